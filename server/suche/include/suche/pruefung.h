#pragma once
// All checks of all rooms together: what `aktenlotse check` asks.
#include "blob/store.h"
#include "suche/suche.h"

namespace suche {

struct Pruefung {
  std::vector<std::string> befunde{};  ///< German sentences; empty when all is well
  std::int64_t eintraege = 0;          ///< journal entries that were read
  std::int64_t dateien = 0;            ///< different files that were read
};

/// Reads everything: journal and tables, rights, texts, search index and files of every tenant. Damage that stops one
/// check is a finding too, and the others go on.
[[nodiscard]] Pruefung pruefen(sql::Database& database, const blob::Store& blobs);

/// The tables that the journal keeps.
[[nodiscard]] std::vector<const sql::Table*> journalTabellen();

}  // namespace suche
