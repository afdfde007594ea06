#include "routen.h"

namespace akte {
namespace {

std::map<std::int64_t, std::int64_t> aktenByEinheit(Tx tx, const Berechtigung& wer) {
  static const sql::Table shape{
      "akte", {{"aktenplaneinheit", sql::Kind::integer, false}, {"anzahl", sql::Kind::integer, false}}};
  // Counted by access first, which an index answers alone: rights are then asked for each access, not for each Akte.
  sql::Query query(
      "SELECT a.aktenplaneinheit, CAST(SUM(a.anzahl) AS BIGINT) FROM (SELECT aktenplaneinheit, zugriff, COUNT(*) AS "
      "anzahl FROM akte WHERE mandant = :mandant GROUP BY aktenplaneinheit, zugriff) a WHERE ",
      wer.mandant);
  query.add(mandant::sichtbar("a.zugriff", wer)).add(" GROUP BY a.aktenplaneinheit");
  std::map<std::int64_t, std::int64_t> counts;
  tx.eachValues(shape, query, [&](std::vector<sql::Value>&& values) {
    counts[std::get<std::int64_t>(values[0])] = std::get<std::int64_t>(values[1]);
  });
  return counts;
}

/// The whole plan with a handful of statements, however long it is.
Result<AktenplanAusgabe> wholePlan(Tx tx, const Berechtigung& wer) {
  const auto rows = tx.query<AktenplaneinheitZeile>(sql::Query::select<AktenplaneinheitZeile>().add(
      " FROM aktenplaneinheit WHERE mandant = :mandant ORDER BY kennzeichen", wer.mandant));
  std::map<std::int64_t, const AktenplaneinheitZeile*> byId;
  std::map<std::int64_t, bool> hasChildren;
  for (const auto& row : rows) {
    byId.emplace(row.id, &row);
    if (row.ueber) hasChildren[*row.ueber] = true;
  }
  std::map<std::int64_t, base::Uuid> units;
  for (const auto& row : mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant))
    units[row.id] = row.uuid;
  std::map<std::int64_t, ZugriffKurz> zugriffe;
  for (const auto& row : mandant::allRows<mandant::ZugriffZeile>(tx, wer.mandant))
    zugriffe[row.id] = {row.uuid, row.bezeichnung};
  auto counts = aktenByEinheit(tx, wer);
  AktenplanAusgabe out;
  for (const auto& row : rows) {
    auto entry = columnsOf(row);
    if (row.ueber) entry.ueber = byId.at(*row.ueber)->uuid;
    entry.blatt = !hasChildren.contains(row.id);
    int tiefe = 1;
    for (auto ueber = row.ueber; ueber; ++tiefe) ueber = byId.at(*ueber)->ueber;
    entry.art = artOf(row, entry.blatt, tiefe);
    if (row.organisationseinheit) entry.organisationseinheit = units.at(*row.organisationseinheit);
    entry.akten = counts[row.id];
    entry.zugriff = zugriffe.at(row.zugriff);
    out.eintraege.push_back(std::move(entry));
  }
  return out;
}

}  // namespace

void addAktenplanRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.add<None, None, AktenplanAusgabe>(
      Verb::get, "/api/aktenplan", {"aktenplan", "Aktenplan", "The whole plan, in order of its signs"},
      [&](const auto& call) { return zugang.read<AktenplanAusgabe>(call, wholePlan); });
  Routen<AktenplaneinheitAusgabe, decltype(&findEinheit)> einheit(routes, zugang, "Aktenplan", &findEinheit);
  einheit.one("/api/aktenplaneinheiten/{id}", {"aktenplaneinheit", "One entry of the plan"});
  einheit.create<AktenplaneinheitNeu>(
      "/api/aktenplaneinheiten", {"aktenplaneinheitAnlegen", "Make an entry of the plan", "aktenplanPflegen"},
      [&](Change& c, const auto& wer, const auto& body) { return schriftgut.createEinheit(c, wer, body); });
  einheit.change<AktenplaneinheitAendern>(
      Verb::patch, "/api/aktenplaneinheiten/{id}",
      {"aktenplaneinheitAendern", "Change an entry of the plan", "aktenplanPflegen"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return schriftgut.changeEinheit(c, wer, before, body);
      });
}

}  // namespace akte
