#pragma once
// What the measurements of bench/run share. Every failure is a std::runtime_error that ends the program.
#include <sqlite3.h>

#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// Seconds since `start`.
[[nodiscard]] double since(Clock::time_point start);

/// The value that `share` (0 to 1) of the values do not exceed. Sorts them; they must not be empty.
[[nodiscard]] double percentile(std::vector<double>& values, double share);

[[nodiscard]] std::string readFile(const fs::path& path);

/// A prepared statement.
class Statement {
 public:
  Statement(sqlite3* database, const char* sql);
  void bind(int at, std::string_view text);
  void bind(int at, std::int64_t number);
  /// False at the end, and then ready to be bound anew.
  bool step();
  [[nodiscard]] std::int64_t number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  [[nodiscard]] std::string_view text(int column) const;

 private:
  std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> statement_{nullptr, &sqlite3_finalize};
};

using Database = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
/// Opens a database with the settings that the program itself uses.
[[nodiscard]] Database openDatabase(const fs::path& path);
void execute(sqlite3* database, const char* sql);

/// One HTTP/1.1 connection that stays open.
class Client {
 public:
  explicit Client(std::string_view port);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  Client(Client&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)),
        cookie(std::move(other.cookie)),
        csrf(std::move(other.csrf)),
        stand(other.stand) {}
  ~Client();

  struct Reply {
    int status = 0;
    std::string body{}, cookie{};
  };
  [[nodiscard]] Reply request(std::string_view method, const std::string& target, const std::string& body = "",
                              std::string_view contentType = "application/json");
  /// GET that must answer 200.
  [[nodiscard]] boost::json::value get(const std::string& target);

 private:
  int socket_ = -1;

 public:
  std::string cookie{}, csrf{};         ///< sent with every request
  std::optional<std::int64_t> stand{};  ///< sent as If-Match
};

/// Logs in as the first clerk of the demo that can see an Akte, and gives the session's cookie.
struct Login {
  std::string cookie{}, mandant{}, akte{}, csrf{};  ///< the Akte's sign
};
[[nodiscard]] Login login(std::string_view port);
/// The session of one of the demo's people.
[[nodiscard]] std::string loginAs(std::string_view port, std::string_view name);

// The measurements. Each prints Markdown for docs/performance.md on standard output, and progress on standard error.
using Arguments = std::span<const std::string>;
void paragraphs(Arguments arguments);
void plain(Arguments arguments);
void ocr(Arguments arguments);
void search(Arguments arguments);
void grow(Arguments arguments);
void akten(Arguments arguments);
void idle(Arguments arguments);
void geschaeftsgang(Arguments arguments);
void netzFuellen(Arguments arguments);
void vorschlaege(Arguments arguments);
void pdf(Arguments arguments);
void quality(Arguments arguments);
void misread(Arguments arguments);
void scans(Arguments arguments);
void rescan(Arguments arguments);
void words(Arguments arguments);

}  // namespace bench
