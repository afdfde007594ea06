#pragma once
#include <sqlite3.h>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "text/terms.h"

/// A full text table in memory as the search room makes it.
class Fts5 {
 public:
  Fts5() {
    sqlite3* raw = nullptr;
    check(sqlite3_open(":memory:", &raw));
    database_.reset(raw);
    check(sqlite3_exec(raw,
                       "CREATE VIRTUAL TABLE t USING fts5(wort, stamm, teil, kopfwort, kopfstamm, "
                       "content='', tokenize='ascii')",
                       nullptr, nullptr, nullptr));
  }

  void add(int id, const std::string& source) {
    const auto terms = text::termText(source);
    Statement insert = prepare("INSERT INTO t(rowid, wort, stamm, teil) VALUES(?, ?, ?, ?)");
    sqlite3_bind_int(insert.get(), 1, id);
    bind(insert, 2, terms.worte);
    bind(insert, 3, terms.staemme);
    bind(insert, 4, terms.teile);
    if (sqlite3_step(insert.get()) != SQLITE_DONE) check(SQLITE_ERROR);
  }

  /// The ids that a MATCH expression finds. Throws what SQLite complains of.
  std::set<int> find(const std::string& match) {
    Statement select = prepare("SELECT rowid FROM t WHERE t MATCH ?");
    bind(select, 1, match);
    std::set<int> ids;
    int code = sqlite3_step(select.get());
    for (; code == SQLITE_ROW; code = sqlite3_step(select.get())) ids.insert(sqlite3_column_int(select.get(), 0));
    check(code == SQLITE_DONE ? SQLITE_OK : code);
    return ids;
  }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  using Statement = std::unique_ptr<sqlite3_stmt, Close>;

  void check(int code) const {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_.get()));
  }

  Statement prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v2(database_.get(), sql, -1, &statement, nullptr));
    return Statement(statement);
  }

  static void bind(const Statement& statement, int index, const std::string& value) {
    sqlite3_bind_text(statement.get(), index, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
  }

  std::unique_ptr<sqlite3, Close> database_;
};
