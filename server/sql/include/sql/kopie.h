#pragma once
// A copy of a whole database, of one moment, while others write.
#include <filesystem>

#include "sql/database.h"

namespace sql {

/// Writes the database to a new file in which everything is as one transaction would see it, and waits for the disk.
/// SQLite: a database that can be opened at once. PostgreSQL: what `pg_restore` takes, made by `pg_dump`, whose role
/// must be above row-level security. Throws base::Failure with a German sentence.
void copyDatabase(const Address& address, const std::filesystem::path& into);

/// Whether there is no database yet, or (PostgreSQL) one without tables. Waits for a restore that is under way there.
[[nodiscard]] bool holdsNothing(const Address& address);

/// Puts what `copyDatabase` wrote in the place of a database that holds nothing: whole, or not at all. PostgreSQL: by
/// `pg_restore`, as the same kind of role.
void restoreDatabase(const std::filesystem::path& from, const Address& address);

}  // namespace sql
