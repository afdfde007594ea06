#include "testing/raw.h"

#include <libpq-fe.h>
#include <sqlite3.h>

#include <memory>
#include <stdexcept>

namespace testing_support {

Raw::Raw(const std::string& address) {
  if (address.starts_with("postgresql://")) {
    postgres_ = PQconnectdb(address.c_str());
    if (PQstatus(postgres_) == CONNECTION_OK) return;
    const std::string reason = PQerrorMessage(postgres_);
    PQfinish(postgres_);
    throw std::runtime_error(reason);
  }
  if (sqlite3_open(address.c_str(), &sqlite_) != SQLITE_OK) throw std::runtime_error("cannot open " + address);
  sqlite3_busy_timeout(sqlite_, 15'000);
}

Raw::~Raw() {
  if (postgres_ != nullptr) PQfinish(postgres_);
  sqlite3_close(sqlite_);
}

std::vector<Raw::Row> Raw::operator()(const std::string& sql) {
  std::vector<Row> rows;
  if (sqlite_ != nullptr) {
    const auto take = [](void* into, int count, char** values, char**) {
      auto& row = static_cast<std::vector<Row>*>(into)->emplace_back();
      for (int i = 0; i < count; ++i)
        row.push_back(values[i] == nullptr ? std::nullopt : std::optional<std::string>(values[i]));
      return 0;
    };
    char* message = nullptr;
    if (sqlite3_exec(sqlite_, sql.c_str(), take, &rows, &message) == SQLITE_OK) return rows;
    const std::string reason = message == nullptr ? "?" : message;
    sqlite3_free(message);
    throw std::runtime_error(reason + " [" + sql.substr(0, 200) + "]");
  }
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(postgres_, sql.c_str()), PQclear);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw std::runtime_error(std::string(PQerrorMessage(postgres_)) + " [" + sql.substr(0, 200) + "]");
  for (int r = 0; r < PQntuples(result.get()); ++r) {
    auto& row = rows.emplace_back();
    for (int c = 0; c < PQnfields(result.get()); ++c)
      row.push_back(PQgetisnull(result.get(), r, c) != 0 ? std::nullopt
                                                         : std::optional<std::string>(PQgetvalue(result.get(), r, c)));
  }
  return rows;
}

std::string Raw::value(const std::string& sql) {
  const auto rows = (*this)(sql);
  if (rows.empty() || rows[0].empty() || !rows[0][0]) throw std::runtime_error("no value [" + sql + "]");
  return *rows[0][0];
}

std::string sqlLiteral(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

}  // namespace testing_support
