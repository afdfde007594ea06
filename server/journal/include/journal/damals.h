#pragma once
// Rows as they were at a past moment: today's rows, with what entries after the moment wrote taken back.
#include <map>
#include <set>

#include "journal/journal.h"

namespace journal {

class Damals {
 public:
  /// What was done after `moment` counts as not yet done.
  explicit Damals(base::Zeitpunkt moment) : moment_(moment) {}

  /// Takes in the entries after the moment that a statement finds: ` FROM journal j … WHERE …` to be gone on with AND.
  void load(const sql::ReadTx& tx, const sql::Query& from);
  /// Those of one object, of what lies in it, and of what ever lay in it.
  void loadObjekt(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt);

  /// The row at the moment; nothing where it was not there yet.
  template <base::DescribedStruct Row>
  [[nodiscard]] std::optional<Row> at(std::int64_t id, const std::optional<Row>& heute) const {
    auto values = heute ? std::optional(sql::valuesOf(*heute)) : std::nullopt;
    if (!takeBack(sql::tableOf<Row>(), id, values)) return std::nullopt;
    auto cells = sql::cellsOf(std::move(*values));
    return sql::rowFrom<Row>(cells);
  }
  template <base::DescribedStruct Row>
  [[nodiscard]] std::optional<Row> at(const Row& heute) const {
    return at(heute.id, std::optional(heute));
  }
  /// A whole table at the moment, in order of ids: `heute` are its rows of today, of which nothing is left out.
  template <base::DescribedStruct Row>
  [[nodiscard]] std::vector<Row> all(const std::vector<Row>& heute) const {
    std::map<std::int64_t, std::optional<Row>> rows;
    for (const auto id : touched(Row::tabelle)) rows[id];
    for (const auto& row : heute) rows[row.id] = row;
    std::vector<Row> out;
    for (const auto& [id, row] : rows)
      if (auto then = at<Row>(id, row)) out.push_back(std::move(*then));
    return out;
  }
  /// The rows of a table that the entries touched.
  [[nodiscard]] std::set<std::int64_t> touched(std::string_view table) const;

 private:
  struct Step {
    bool made = false, gone = false;
    std::vector<std::pair<std::string, sql::Value>> alt{};
  };
  bool takeBack(const sql::Table& table, std::int64_t id, std::optional<std::vector<sql::Value>>& values) const;

  base::Zeitpunkt moment_;
  std::map<std::int64_t, Eintrag> entries_{};  ///< by number, so that each counts once
  /// By table and row, with the number of the entry: newest first.
  std::map<std::pair<std::string, std::int64_t>, std::map<std::int64_t, Step, std::greater<>>, std::less<>> steps_{};
};

}  // namespace journal
