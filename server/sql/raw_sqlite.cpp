#include <sqlite3.h>

#include <charconv>

#include "raw.h"

namespace sql {
namespace {

[[noreturn]] void fail(sqlite3* connection, std::string_view what) {
  throw base::Failure(std::string(sqlite3_errmsg(connection)) + " [" + std::string(what.substr(0, 300)) + "]",
                      codeOfSqlite(sqlite3_errcode(connection)));
}

// ---- rang: BM25
// ------------------------------------------------------------------------------------------------------

/// What does not change from row to row of one statement.
struct Weights {
  std::vector<double> idf;
  double averageSize = 1;
};

int makeWeights(const Fts5ExtensionApi* api, Fts5Context* context, std::string_view idf, Weights& out) {
  sqlite3_int64 rows = 0, tokens = 0;
  if (const int rc = api->xRowCount(context, &rows); rc != SQLITE_OK) return rc;
  if (const int rc = api->xColumnTotalSize(context, -1, &tokens); rc != SQLITE_OK) return rc;
  out.averageSize = rows > 0 ? std::max(1.0, static_cast<double>(tokens) / static_cast<double>(rows)) : 1;
  for (std::int64_t thousandths = 0; !idf.empty(); idf.remove_prefix(std::min<std::size_t>(1, idf.size()))) {
    const auto [end, failure] = std::from_chars(idf.data(), idf.data() + idf.size(), thousandths);
    if (failure != std::errc()) return SQLITE_ERROR;
    out.idf.push_back(static_cast<double>(thousandths) / 1000);
    idf.remove_prefix(static_cast<std::size_t>(end - idf.data()));
  }
  return out.idf.size() == static_cast<std::size_t>(api->xPhraseCount(context)) ? SQLITE_OK : SQLITE_ERROR;
}

void rank(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* result, int count,
          sqlite3_value** values) {
  auto* weights = static_cast<Weights*>(api->xGetAuxdata(context, 0));
  if (weights == nullptr) {
    auto made = std::make_unique<Weights>();
    const std::string_view idf(reinterpret_cast<const char*>(sqlite3_value_text(values[0])),
                               static_cast<std::size_t>(sqlite3_value_bytes(values[0])));
    if (const int rc = makeWeights(api, context, idf, *made); rc != SQLITE_OK)
      return sqlite3_result_error_code(result, rc);
    weights = made.get();
    const int rc = api->xSetAuxdata(context, made.release(), [](void* old) { delete static_cast<Weights*>(old); });
    if (rc != SQLITE_OK) return sqlite3_result_error_code(result, rc);
  }
  const auto terms = *static_cast<const std::int64_t*>(api->xUserData(context));
  int size = static_cast<int>(terms);
  if (terms <= 1)
    if (const int rc = api->xColumnSize(context, -1, &size); rc != SQLITE_OK)
      return sqlite3_result_error_code(result, rc);
  constexpr double k1 = 1.2, b = 0.75;
  const double norm = k1 * (1 - b + b * static_cast<double>(size) / weights->averageSize);
  double score = 0;
  for (std::size_t phrase = 0; phrase < weights->idf.size(); ++phrase) {
    Fts5PhraseIter at{};
    int column = 0, offset = 0;
    double found = 0;
    if (api->xPhraseFirst(context, static_cast<int>(phrase), &at, &column, &offset) != SQLITE_OK) continue;
    for (; column >= 0; api->xPhraseNext(context, &at, &column, &offset))
      found += column + 1 < count ? sqlite3_value_double(values[column + 1]) : 1;
    score += weights->idf[phrase] * found * (k1 + 1) / (found + norm);
  }
  sqlite3_result_int64(result, std::max<sqlite3_int64>(1, static_cast<sqlite3_int64>(score * 1'000'000)));
}

// ---- statements
// ------------------------------------------------------------------------------------------------------

class Statements : public RawStatements {
 public:
  explicit Statements(sqlite3* connection) : connection_(connection) {
    check(sqlite3_create_function_v2(
        connection_, "gewaehlt", 1, SQLITE_UTF8 | SQLITE_DIRECTONLY, this,
        [](sqlite3_context* context, int /*count*/, sqlite3_value** values) {
          auto& self = *static_cast<Statements*>(sqlite3_user_data(context));
          self.terms_ = self.choice_ != nullptr ? (*self.choice_)(sqlite3_value_int64(values[0])) : 0;
          sqlite3_result_int(context, self.terms_ != 0 ? 1 : 0);
        },
        nullptr, nullptr, nullptr));
    fts5_api* fts5 = nullptr;
    const Prepared ask = prepare("SELECT fts5(?1)");
    check(sqlite3_bind_pointer(ask.get(), 1, static_cast<void*>(&fts5), "fts5_api_ptr", nullptr));
    sqlite3_step(ask.get());
    if (fts5 == nullptr) fail(connection_, "fts5");
    check(fts5->xCreateFunction(fts5, "rang", &terms_, rank, nullptr));
  }

  void run(const Query& query, const NumberRow& row, const Choice& choice) override {
    auto node = idle_.extract(query.text());  // one that runs is taken out, so it may run inside itself
    Prepared statement = node ? std::move(node.mapped()) : prepare(query.text());
    bind(statement.get(), query);
    const auto* outer = std::exchange(choice_, &choice);
    const struct Back {
      const Choice*& now;
      const Choice* before;
      ~Back() { now = before; }
    } back{choice_, outer};
    std::vector<std::int64_t> numbers(static_cast<std::size_t>(sqlite3_column_count(statement.get())));
    int rc = SQLITE_OK;
    while ((rc = sqlite3_step(statement.get())) == SQLITE_ROW) {
      for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = sqlite3_column_int64(statement.get(), static_cast<int>(i));
      if (!row(numbers)) break;
    }
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) fail(connection_, query.text());
    sqlite3_reset(statement.get());
    if (idle_.size() >= 100) idle_.clear();
    idle_.insert_or_assign(query.text(), std::move(statement));
  }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Prepared = std::unique_ptr<sqlite3_stmt, Finalize>;

  void check(int rc) {
    if (rc != SQLITE_OK) fail(connection_, "raw statements");
  }

  Prepared prepare(const std::string& text) {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v3(connection_, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &made,
                           nullptr) != SQLITE_OK)
      fail(connection_, text);
    return Prepared(made);
  }

  void bind(sqlite3_stmt* statement, const Query& query) {
    for (std::size_t i = 0; i < query.parameters().size(); ++i) {
      const auto& value = query.parameters()[i];
      const int at = static_cast<int>(i) + 1;
      if (const auto* number = std::get_if<std::int64_t>(&value))
        check(sqlite3_bind_int64(statement, at, *number));
      else if (const auto* text = std::get_if<std::string>(&value))
        check(sqlite3_bind_text(statement, at, text->data(), static_cast<int>(text->size()), SQLITE_TRANSIENT));
      else
        check(sqlite3_bind_null(statement, at));
    }
  }

  sqlite3* connection_;
  const Choice* choice_ = nullptr;
  std::int64_t terms_ = 0;  ///< of the row that was chosen last
  std::map<std::string, Prepared> idle_;
};

}  // namespace

std::unique_ptr<RawStatements> rawSqlite(void* connection) {
  return std::make_unique<Statements>(static_cast<sqlite3*>(connection));
}

}  // namespace sql
