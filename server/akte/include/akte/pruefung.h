#pragma once
// What is checked of what came in: by the malware scanner before it is opened, and scans for what they show of their
// paper (TR-RESISCAN, normal protection need).
#include "akte/schriftgut.h"

namespace akte {

/// The job that asks the scanner again about all that waits of a tenant, and reads what was released.
inline constexpr std::string_view auftragPruefung = "viren.pruefen";

[[nodiscard]] std::optional<VirenpruefungZeile> pruefungOf(const sql::ReadTx& tx, std::int64_t mandant,
                                                           std::int64_t version);
/// Whether a version may be opened, handed out or copied; the refusal says why not.
[[nodiscard]] base::Result<void> frei(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t version);
/// The same of the newest version of a Dokument and those of its Anlagen.
[[nodiscard]] base::Result<void> frei(const sql::ReadTx& tx, const DokumentZeile& dokument);

/// ` FROM dokument d WHERE …`: what this person sees in the Posteingang. What lies in the Quarantäne is not offered
/// there.
[[nodiscard]] sql::Query imPosteingang(const Berechtigung& wer);

/// What is known of a scan beside its protocol, as far as it was read by now.
struct Scanbild {
  OptId seiten{}, sicherheit{};  ///< percent, the mean of the pages that were recognised
  OptId aufloesung{};            ///< dots per inch, of the coarsest page
  std::int64_t unlesbar = 0;     ///< pages on which nothing could be read
};
[[nodiscard]] Scanbild scanbildOf(const sql::ReadTx& tx, const DokumentZeile& dokument);

}  // namespace akte
