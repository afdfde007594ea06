#include "journal/damals.h"

#include "schritte.h"

namespace journal {

void Damals::load(const sql::ReadTx& tx, const sql::Query& from) {
  auto query = sql::Query::select<Eintrag>("j");
  tx.each<Eintrag>(query.add(from).add(" AND j.zeit > :moment", moment_), [&](Eintrag&& entry) {
    if (entries_.contains(entry.nr)) return;
    const auto json = boost::json::parse(entry.aenderungen);
    eachStep(json, [&](const journal::Step& step) {
      auto& noted = steps_[{step.table, step.id}][entry.nr];
      noted.made = step.alt == nullptr;
      noted.gone = step.neu == nullptr;
      if (step.alt != nullptr)
        for (const auto& item : *step.alt) noted.alt.emplace_back(item.key(), valueFrom(item.value()));
    });
    entry.aenderungen.clear();
    entries_.emplace(entry.nr, std::move(entry));
  });
}

void Damals::loadObjekt(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt) {
  load(tx, sql::Query(" FROM journal j WHERE j.mandant = :mandant AND j.objekt = :objekt", mandant, objekt));
  load(tx, sql::Query(" FROM journal j WHERE j.mandant = :mandant AND j.oberobjekt = :objekt", mandant, objekt));
  // What lay in it may have been changed while it lay elsewhere.
  load(tx, sql::Query(
               " FROM (SELECT DISTINCT k.objekt FROM journal k WHERE k.mandant = :mandant AND k.oberobjekt = :objekt) "
               "x JOIN journal j ON j.mandant = :mandant2 AND j.objekt = x.objekt WHERE j.oberobjekt <> :objekt2",
               mandant, objekt, mandant, objekt));
}

std::set<std::int64_t> Damals::touched(std::string_view table) const {
  std::set<std::int64_t> out;
  for (auto at = steps_.lower_bound(std::pair<std::string, std::int64_t>(table, 0));
       at != steps_.end() && at->first.first == table; ++at)
    out.insert(at->first.second);
  return out;
}

bool Damals::takeBack(const sql::Table& table, std::int64_t id, std::optional<std::vector<sql::Value>>& values) const {
  const auto found = steps_.find(std::pair<std::string, std::int64_t>(table.name, id));
  if (found == steps_.end()) return values.has_value();
  for (const auto& [nr, step] : found->second) {
    if (step.made) {
      values.reset();
      continue;
    }
    if (!values) values.emplace(table.columns.size());
    for (const auto& [column, value] : step.alt)
      for (std::size_t i = 0; i < table.columns.size(); ++i)
        if (table.columns[i].name == column) (*values)[i] = value;
  }
  return values.has_value();
}

}  // namespace journal
