#pragma once
#include <span>

#include "sql/database.h"

namespace sql {

/// One numbered step of the schema, in the engine's own words. Once landed it is never edited.
struct Migration {
  std::int64_t number;
  std::string_view name;
  std::string_view sqlite;
  std::string_view postgres;
};

struct MigrationState {
  std::int64_t number;
  std::string name;
  bool applied;
};

/// Applies what is missing, each in a transaction of its own, with its name and checksum recorded. Refuses a database
/// whose recorded steps differ from ours (edited, or written by a newer program). Returns how many were applied.
[[nodiscard]] base::Result<std::int64_t> migrate(Database& database, std::span<const Migration> migrations,
                                                 const base::Clock& clock);

/// Refuses as `migrate` does, and also when steps are missing; changes nothing.
[[nodiscard]] base::Result<void> requireCurrent(Database& database, std::span<const Migration> migrations);

[[nodiscard]] base::Result<std::vector<MigrationState>> migrationStates(Database& database,
                                                                        std::span<const Migration> migrations);

}  // namespace sql
