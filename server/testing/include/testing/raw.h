#pragma once
#include <optional>
#include <string>
#include <vector>

struct sqlite3;
struct pg_conn;

namespace testing_support {

/// SQL past the door of the server: to look, to damage, to stand in the way. A path is opened with SQLite, a
/// postgresql:// address with libpq.
class Raw {
 public:
  explicit Raw(const std::string& address);
  ~Raw();
  Raw(const Raw&) = delete;
  Raw& operator=(const Raw&) = delete;

  using Row = std::vector<std::optional<std::string>>;
  /// Runs a statement or a script; gives the rows of the last one. Throws std::runtime_error.
  std::vector<Row> operator()(const std::string& sql);
  /// The first column of the first row; throws when there is none or it is null.
  std::string value(const std::string& sql);
  [[nodiscard]] bool isPostgres() const { return postgres_ != nullptr; }

 private:
  sqlite3* sqlite_ = nullptr;
  pg_conn* postgres_ = nullptr;
};

/// A text as an SQL literal of both engines.
[[nodiscard]] std::string sqlLiteral(const std::string& text);

}  // namespace testing_support
