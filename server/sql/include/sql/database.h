#pragma once
// The one door to SQLite and PostgreSQL. Nothing outside this room includes SOCI, SQLite or libpq.
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "sql/query.h"

namespace sql {

enum class Engine : std::uint8_t { sqlite, postgres };

class Connection;

/// A transaction that may read. It lives as long as the closure that it is handed to.
class ReadTx {
 public:
  ReadTx(const ReadTx&) = delete;
  ReadTx& operator=(const ReadTx&) = delete;

  template <base::DescribedStruct Row>
  [[nodiscard]] std::vector<Row> query(const Query& query) const {
    std::vector<Row> rows;
    each<Row>(query, [&](Row&& row) { rows.push_back(std::move(row)); });
    return rows;
  }
  template <base::DescribedStruct Row, typename... Args>
  [[nodiscard]] std::vector<Row> query(Sql text, const Args&... args) const {
    return query<Row>(Query(text, args...));
  }
  /// The first row, if there is one.
  template <base::DescribedStruct Row, typename... Args>
  [[nodiscard]] std::optional<Row> one(Sql text, const Args&... args) const {
    return one<Row>(Query(text, args...));
  }
  template <base::DescribedStruct Row>
  [[nodiscard]] std::optional<Row> one(const Query& query) const {
    std::optional<Row> found;
    each<Row>(query, [&](Row&& row) {
      if (!found) found = std::move(row);
    });
    return found;
  }
  /// The only column of the first row.
  template <typename T>
  [[nodiscard]] std::optional<T> value(const Query& query) const {
    static constexpr Kind kinds[] = {kindOf<T>()};
    std::optional<T> found;
    run(query, kinds, [&](std::span<Cell> cells) {
      if (!found) found = fromCell<T>(cells[0].null, cells[0].number, cells[0].text);
    });
    return found;
  }
  template <typename T, typename... Args>
  [[nodiscard]] std::optional<T> value(Sql text, const Args&... args) const {
    return value<T>(Query(text, args...));
  }
  /// Streams rows; `f` may run other statements.
  template <base::DescribedStruct Row, typename F>
  void each(const Query& query, F&& f) const {
    run(query, kindsOf<Row>, [&](std::span<Cell> cells) { f(rowFrom<Row>(cells)); });
  }
  /// Streams rows of a table whose struct is not at hand (journal, checks).
  void eachValues(const Table& table, const Query& query, const std::function<void(std::vector<Value>&&)>& f) const;

  /// Streams rows of BIGINT columns (NULL counts as 0) without the cost of `each`, for statements that give very many;
  /// `row` says whether to go on. On SQLite the statement may ask `gewaehlt(x)`, for which `choice` answers 0 or how
  /// many terms the row has (1: not known), and `rang(full-text table, "idf of each phrase in thousandths", weight of
  /// each column...)` of a row that was chosen: BM25 times a million, greater is better.
  void numbers(const Query& query, const std::function<bool(std::span<const std::int64_t>)>& row,
               const std::function<std::int64_t(std::int64_t)>& choice = {}) const;

  [[nodiscard]] Engine engine() const;

 protected:
  friend class Database;
  explicit ReadTx(Connection& connection) : connection_(connection) {}
  ~ReadTx() = default;
  /// Runs a statement; returns the number of rows that it changed.
  long long run(const Query& query, std::span<const Kind> columns,
                const std::function<void(std::span<Cell>)>& row) const;

 private:
  Connection& connection_;
};

/// A transaction that may write. Technical tables only (index, sessions, counters); what has legal weight is written
/// through journal::Change, which holds one of these.
class WriteTx : public ReadTx {
 public:
  long long exec(const Query& query) { return run(query, {}, {}); }
  template <typename... Args>
  long long exec(Sql text, const Args&... args) {
    return exec(Query(text, args...));
  }
  /// Runs `f`, which gives a Result. Where it has no value, what `f` wrote is taken back, and the transaction goes on.
  template <typename F>
  auto attempt(F&& f) {
    exec("SAVEPOINT versuch");
    auto result = f();
    if (!result) exec("ROLLBACK TO SAVEPOINT versuch");
    exec("RELEASE SAVEPOINT versuch");
    return result;
  }

 private:
  friend class Database;
  using ReadTx::ReadTx;
};

/// Where the tables are.
struct Address {
  Engine engine = Engine::sqlite;
  std::string target{};  ///< a file's path, or a postgresql:// address
  [[nodiscard]] static Address parse(std::string_view text);
};

struct Options {
  unsigned connections = 6;  ///< readers beside SQLite's one writer, or PostgreSQL connections in all
  unsigned attempts = 5;     ///< how often a transaction is tried when the engine asks for it
};

/// All transactions run through here as closures, which may run more than once and so must have no other effect.
///
/// Writers of one tenant go one after the other on both engines (SQLite: one writer; PostgreSQL: a lock on the tenant
/// for the length of the transaction). So a rule that was checked in a transaction still holds when it commits.
/// A transaction inside another of the same database would wait for itself, so it is refused with a Failure.
class Database {
 public:
  explicit Database(Address address, Options options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// The tenant that a transaction belongs to; 0 is for the few tables without a tenant.
  using Tenant = std::int64_t;

  template <typename F>
  auto read(Tenant tenant, F&& f) {
    using R = std::invoke_result_t<F&, const ReadTx&>;
    std::optional<std::conditional_t<std::is_void_v<R>, bool, R>> result;
    runRead(tenant, [&](const ReadTx& tx) {
      if constexpr (std::is_void_v<R>)
        f(tx);
      else
        result.emplace(f(tx));
    });
    if constexpr (!std::is_void_v<R>) return std::move(*result);
  }

  /// Commits when `f` returns; rolls back when it throws, or returns a Result without a value.
  template <typename F>
  auto write(Tenant tenant, F&& f) {
    using R = std::invoke_result_t<F&, WriteTx&>;
    std::optional<std::conditional_t<std::is_void_v<R>, bool, R>> result;
    runWrite(tenant, [&](WriteTx& tx) {
      if constexpr (std::is_void_v<R>) {
        f(tx);
        return true;
      } else {
        result.emplace(f(tx));
        if constexpr (requires {
                        result->has_value();
                        result->error();
                      })
          return result->has_value();
        return true;
      }
    });
    if constexpr (!std::is_void_v<R>) return std::move(*result);
  }

  [[nodiscard]] Engine engine() const;
  /// Runs a script of statements (migrations), unless `wanted`, which is asked first in the same transaction, says no.
  void script(std::string_view statements, const std::function<bool(WriteTx&)>& wanted);
  /// Whether the engine answers.
  [[nodiscard]] bool ready();

 private:
  void runRead(Tenant tenant, const std::function<void(const ReadTx&)>& f);
  void runWrite(Tenant tenant, const std::function<bool(WriteTx&)>& f);
  class Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace sql
