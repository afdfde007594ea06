#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "extract/extract.h"

namespace extract {

/// One row of the table of reasons.
struct Hinweis {
  std::string_view code;
  Status status;
  std::string_view text;
};

/// The row of a code; nothing for a code that is not in the table.
[[nodiscard]] std::optional<Hinweis> findHinweis(std::string_view code);

/// A Text that is only a reason.
[[nodiscard]] Text failure(std::string_view code, std::chrono::milliseconds wall = {});

}  // namespace extract
