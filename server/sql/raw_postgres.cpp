#include <endian.h>
#include <libpq-fe.h>

#include <cstring>

#include "connection.h"

namespace sql {
namespace {

/// `:name` as in SOCI's texts becomes `$n`; text in quotes and casts (::type) stay.
std::string numbered(const std::string& text) {
  std::string out;
  int count = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    const bool name = !quoted && text[i] == ':' && i + 1 < text.size() && std::isalpha(text[i + 1]) != 0 &&
                      (i == 0 || text[i - 1] != ':');
    if (!name) {
      out += text[i];
      continue;
    }
    out += "$" + std::to_string(++count);
    while (i + 1 < text.size() && (std::isalnum(text[i + 1]) != 0 || text[i + 1] == '_')) ++i;
  }
  return out;
}

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

class Statements : public RawStatements {
 public:
  explicit Statements(PGconn* connection) : connection_(connection) {}

  void run(const Query& query, const NumberRow& row, const Choice& /*choice*/) override {
    std::vector<std::string> texts;
    for (const auto& value : query.parameters()) {
      const auto* number = std::get_if<std::int64_t>(&value);
      const auto* text = std::get_if<std::string>(&value);
      texts.push_back(number != nullptr ? std::to_string(*number) : text != nullptr ? *text : std::string());
    }
    std::vector<const char*> values;
    std::vector<Oid> types;
    constexpr Oid int8 = 20, unknown = 0;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto& value = query.parameters()[i];
      values.push_back(std::holds_alternative<std::monostate>(value) ? nullptr : texts[i].c_str());
      types.push_back(std::holds_alternative<std::int64_t>(value) ? int8 : unknown);
    }
    const Answer answer(PQexecParams(connection_, numbered(query.text()).c_str(), static_cast<int>(values.size()),
                                     types.data(), values.data(), nullptr, nullptr, /*binary=*/1));
    if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) {
      const auto what = std::string(PQerrorMessage(connection_)) + " [" + query.text().substr(0, 300) + "]";
      if (PQstatus(connection_) != CONNECTION_OK) throw Lost(what);
      throw base::Failure(what);
    }
    const int columns = PQnfields(answer.get());
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(columns));
    for (int r = 0; r < PQntuples(answer.get()); ++r) {
      for (int c = 0; c < columns; ++c) numbers[static_cast<std::size_t>(c)] = number(answer.get(), r, c);
      if (!row(numbers)) return;
    }
  }

 private:
  static std::int64_t number(const PGresult* answer, int row, int column) {
    if (PQgetisnull(answer, row, column) != 0) return 0;
    if (PQgetlength(answer, row, column) != 8) throw base::Failure("a number that is no BIGINT");
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, PQgetvalue(answer, row, column), sizeof bytes);
    return static_cast<std::int64_t>(be64toh(bytes));
  }

  PGconn* connection_;
};

}  // namespace

std::unique_ptr<RawStatements> rawPostgres(void* connection) {
  return std::make_unique<Statements>(static_cast<PGconn*>(connection));
}

}  // namespace sql
