#pragma once
// Sheets that part a stack of scans. Each carries a code: `t` only parts, `v:<uuid>` says which Vorgang the pages after
// it belong to.
#include "base/id.h"
#include "base/result.h"

namespace rendition {

struct Trenncode {
  std::optional<base::Uuid> vorgang{};
};

/// A code as it was read, without the prefix; nothing for what is none of ours.
[[nodiscard]] std::optional<Trenncode> parseTrenncode(std::string_view code);
/// What is printed, with the prefix.
[[nodiscard]] std::string trenncodeText(const Trenncode& code);

/// Pages of a stack between separator sheets, from 1, both included.
struct Abschnitt {
  std::uint32_t von = 0, bis = 0;
  std::optional<base::Uuid> vorgang{};
};
/// The sections of a stack of `seiten` pages; `blaetter` are the sheets by page. Sheets themselves belong to none,
/// empty sections are left out; nothing when there is no sheet.
[[nodiscard]] std::vector<Abschnitt> abschnitte(const std::map<std::uint32_t, Trenncode>& blaetter,
                                                std::uint32_t seiten);

}  // namespace rendition
