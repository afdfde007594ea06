#pragma once
// One connection and its prepared statements. Private to the room.
#include <soci/soci.h>

#include <deque>

#include "raw.h"
#include "sql/database.h"

namespace sql {

/// The engine asks that the transaction be run again (busy, deadlock, serialization, a key taken meanwhile).
class Retry : public base::Failure {
 public:
  explicit Retry(const std::string& what) : Failure(what, base::Code::Ueberlastet) {}
};

/// The connection is gone; it must not be used again.
class Lost : public base::Failure {
 public:
  explicit Lost(const std::string& what) : Failure(what, base::Code::DatenbankFehlt) {}
};

class Connection {
 public:
  Connection(const Address& address, bool readOnly);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  long long run(const Query& query, std::span<const Kind> columns, const std::function<void(std::span<Cell>)>& row);
  /// See ReadTx::numbers.
  void numbers(const Query& query, const NumberRow& row, const Choice& choice);
  /// Statements without parameters or results, past the statement cache.
  void command(const std::string& text);
  [[nodiscard]] Engine engine() const { return engine_; }
  /// The `sqlite3*`.
  [[nodiscard]] void* handle();

 private:
  struct Prepared;
  void openPostgres(const std::string& address);
  std::shared_ptr<Prepared> prepare(const Query& query, std::span<const Kind> columns);
  [[noreturn]] void rethrow(const std::exception& error, std::string_view text) const;

  Engine engine_;
  soci::session session_;
  /// By text and kinds. One that runs inside itself is prepared anew; one whose rows were not all read (because
  /// somebody threw) is not used again.
  std::unordered_map<std::string, std::shared_ptr<Prepared>> cache_;
  std::string key_;  ///< made for each statement
  std::unique_ptr<RawStatements> raw_;
};

}  // namespace sql
