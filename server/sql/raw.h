#pragma once
// Rows of numbers without SOCI between, for statements that give very many. Private to the room.
#include <functional>
#include <map>
#include <memory>
#include <span>

#include "sql/query.h"

namespace sql {

/// Each row; false ends the statement.
using NumberRow = std::function<bool(std::span<const std::int64_t>)>;

/// What `gewaehlt(x)` answers in a running statement: 0 for no, else the number of terms in the row (1: not known).
using Choice = std::function<std::int64_t(std::int64_t)>;

/// What a person is told of an error of SQLite that no second attempt mends.
[[nodiscard]] base::Code codeOfSqlite(int result);

class RawStatements {
 public:
  RawStatements() = default;
  RawStatements(const RawStatements&) = delete;
  RawStatements& operator=(const RawStatements&) = delete;
  virtual ~RawStatements() = default;
  /// NULL counts as 0. Throws base::Failure.
  virtual void run(const Query& query, const NumberRow& row, const Choice& choice) = 0;
};

/// Over an `sqlite3*`, which must outlive it. Registers two functions with the connection: `gewaehlt(x)` (see Choice)
/// and `rang(full-text table, "idf of each phrase in thousandths", weight of each column...)`, BM25 times a million,
/// greater is better.
[[nodiscard]] std::unique_ptr<RawStatements> rawSqlite(void* connection);
/// Over a `PGconn*`, which must outlive it.
[[nodiscard]] std::unique_ptr<RawStatements> rawPostgres(void* connection);

}  // namespace sql
