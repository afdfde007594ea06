// Undo: what an entry wrote is written back, as a change of its own.
#include <algorithm>
#include <map>
#include <utility>

#include "schritte.h"

namespace journal {
namespace {

using base::Code;
using base::fail;
using Values = std::vector<sql::Value>;

std::optional<Values> present(const sql::ReadTx& tx, const sql::Table& table, std::int64_t mandant, std::int64_t id) {
  std::optional<Values> found;
  tx.eachValues(table, sql::Query::selectRow(table, mandant, id), [&](Values&& row) { found = std::move(row); });
  return found;
}

bool isStand(const sql::Table& table, std::size_t column) { return table.columns[column].name == "stand"; }

/// Whether the row still has the values that an entry left in it; its `stand` may have gone on and come back.
bool holds(const sql::Table& table, const Values& row, const boost::json::object& neu) {
  for (const auto& [index, value] : changesFrom(table, neu))
    if (!isStand(table, index) && row[index] != value) return false;
  return true;
}

}  // namespace

std::optional<Eintrag> entry(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t nr) {
  return tx.one<Eintrag>(
      sql::Query::select<Eintrag>().add(" FROM journal WHERE mandant = :mandant AND nr = :nr", mandant, nr));
}

std::vector<Beruehrt> rowsOf(const Eintrag& eintrag) {
  std::vector<Beruehrt> out;
  eachStep(eintrag, [&](const Step& step) {
    Beruehrt one{step.table, step.id, step.alt == nullptr, step.neu == nullptr, {}};
    if (step.alt != nullptr)
      for (const auto& [column, value] : *step.alt) {
        const std::string name(column.data(), column.size());
        if (value.is_int64()) one.vorher.emplace(name, value.get_int64());
        if (value.is_null()) one.vorher.emplace(name, std::nullopt);
      }
    out.push_back(std::move(one));
  });
  return out;
}

std::vector<Beruehrt> geaendertSeit(const sql::ReadTx& tx, const Eintrag& eintrag,
                                    const std::vector<const sql::Table*>& tables,
                                    std::span<const std::string_view> bleibend) {
  // Of a row that the entry touched twice, the last touch counts.
  std::map<std::pair<std::string, std::int64_t>, bool> changed;
  std::vector<Beruehrt> out;
  eachStep(eintrag, [&](const Step& step) {
    if (std::ranges::find(bleibend, step.table) != bleibend.end()) return;
    const auto& table = tableNamed(tables, step.table);
    const auto row = present(tx, table, eintrag.mandant, step.id);
    changed[{step.table, step.id}] =
        row.has_value() != (step.neu != nullptr) || (row && !holds(table, *row, *step.neu));
    out.push_back({step.table, step.id, step.alt == nullptr, step.neu == nullptr});
  });
  std::erase_if(out, [&](const Beruehrt& row) { return !std::exchange(changed[{row.tabelle, row.id}], false); });
  return out;
}

base::Result<std::vector<Beruehrt>> Change::takeBack(const Eintrag& eintrag,
                                                     const std::vector<const sql::Table*>& tables,
                                                     std::span<const std::string_view> bleibend) {
  const auto json = boost::json::parse(eintrag.aenderungen);
  std::vector<Step> steps;
  eachStep(json, [&](const Step& step) {
    if (std::ranges::find(bleibend, step.table) == bleibend.end()) steps.push_back(step);
  });
  std::vector<Beruehrt> out;
  const auto changed = [] { return fail(Code::Konflikt, "Inzwischen wurde daran etwas geändert."); };
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    const auto& table = tableNamed(tables, step->table);
    const auto row = present(tx_, table, mandant_, step->id);
    if (row.has_value() != (step->neu != nullptr)) return changed();
    if (row && !holds(table, *row, *step->neu)) return changed();
    if (step->alt == nullptr) {
      eraseRow(table, *row);
    } else if (!row) {
      insertRow(table, rowFrom(table, *step->alt));
    } else {
      auto after = *row;
      for (auto& [index, value] : changesFrom(table, *step->alt))
        if (!isStand(table, index)) after[index] = std::move(value);
      for (std::size_t i = 0; i < after.size(); ++i)
        if (isStand(table, i)) after[i] = std::get<std::int64_t>(after[i]) + 1;
      updateRow(table, *row, after);
    }
    out.push_back({step->table, step->id, step->neu == nullptr, step->alt == nullptr, {}});
  }
  return out;
}

}  // namespace journal
