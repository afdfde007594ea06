#pragma once
// Everything that comes in: ways in, what is known of it already, and where it belongs.
#include <filesystem>

#include "akte/ausgabe.h"
#include "jobs/jobs.h"

namespace eingang {

struct Einstellungen {
  std::filesystem::path halbeUploads{};  ///< folder of uploads that are under way; shared by all servers of a database
  std::uint64_t maxBytes = 2ull << 30;   ///< of one file
  /// Passwords of mailboxes: GEHEIMNISSE/<tenant's key>/<name>, put there by the operator. Empty = no mailbox is
  /// fetched.
  std::filesystem::path geheimnisse{};
  /// What scanners write into: ORDNER/<tenant's key>/<Kurzzeichen of a unit>/. Empty = none is watched.
  std::filesystem::path scanOrdner{};
};

/// The address at which a unit takes mail, or the nearest unit above it that has one.
[[nodiscard]] std::optional<std::string> adresseVon(const sql::ReadTx& tx, std::int64_t mandant,
                                                    std::int64_t organisationseinheit);

/// All routes of the room.
void addRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut,
               const Einstellungen& einstellungen);

/// The kinds of jobs of the room.
void addAuftraege(jobs::Werk& werk, akte::Schriftgut& schriftgut, const Einstellungen& einstellungen);

}  // namespace eingang
