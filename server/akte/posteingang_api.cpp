#include <algorithm>
#include <map>
#include <set>

#include "akte/pruefung.h"
#include "akte/uebernahme.h"
#include "routen.h"
#include "sql/liste.h"

namespace akte {

std::vector<EingangAusgabe> showEingaenge(Tx tx, const Berechtigung& wer, std::span<const DokumentZeile> rows) {
  const auto units = mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant);
  auto kurz = showKurz(tx, wer, rows);
  std::vector<EingangAusgabe> list(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    static_cast<DokumentKurz&>(list[i]) = std::move(kurz[i]);
    const auto& oe = *std::ranges::find(units, rows[i].organisationseinheit, &mandant::OrganisationseinheitZeile::id);
    list[i].organisationseinheit = {oe.uuid, oe.kurzzeichen, oe.bezeichnung};
    list[i].kanal = rows[i].kanal;
  }
  std::map<std::int64_t, UebernahmeZeile> taken;
  if (!rows.empty())
    tx.each<UebernahmeZeile>(
        sql::Query::select<UebernahmeZeile>()
            .add(" FROM uebernahme WHERE mandant = :mandant AND bearbeitung IS NOT NULL AND dokument", wer.mandant)
            .add(sql::in(tx, sql::numbersOf(rows, &DokumentZeile::id))),
        [&](UebernahmeZeile&& row) { taken.emplace(row.dokument, std::move(row)); });
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (const auto found = taken.find(rows[i].id);
        found != taken.end() && found->second.organisationseinheit == rows[i].organisationseinheit)
      list[i].uebernommenVon = mandant::personKurz(tx, wer.mandant, *found->second.bearbeitung);
  return list;
}

namespace {

/// Oldest first: what waits longest is on top.
Result<EingangListe> list(Tx tx, const Berechtigung& wer, const Seite& seite) {
  AKTENLOTSE_GET(limit, limitOf(seite.limit));
  AKTENLOTSE_GET(after, cursorOf(seite.nach));
  const auto where = imPosteingang(wer);
  auto query = sql::Query::select<DokumentZeile>("d");
  query.add(where).add(" AND d.id > :nach ORDER BY d.id LIMIT :grenze", after, limit + 1);
  auto rows = tx.query<DokumentZeile>(query);
  EingangListe out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = std::to_string(rows.back().id);
  }
  out.eintraege = showEingaenge(tx, wer, rows);
  sql::Query count("SELECT COUNT(*)");
  out.anzahl = tx.value<std::int64_t>(count.add(where)).value();
  return out;
}

/// Those who see the place of what came into the Posteingang, or left it, are told.
void deute(Tx tx, std::int64_t mandant, std::span<const journal::Beruehrt> rows, mandant::Hoererschaft& hoerer) {
  std::vector<std::int64_t> pruefungen, uebernahmen, dokumente;
  for (const auto& row : rows)
    if (row.tabelle == VirenpruefungZeile::tabelle)
      pruefungen.push_back(row.id);
    else if (row.tabelle == UebernahmeZeile::tabelle)
      uebernahmen.push_back(row.id);
    else if (row.tabelle == DokumentZeile::tabelle)
      dokumente.push_back(row.id);
  if (!pruefungen.empty())
    for (const auto& row :
         tx.query<VirenpruefungZeile>(sql::Query::select<VirenpruefungZeile>()
                                          .add(" FROM virenpruefung WHERE mandant = :mandant AND id", mandant)
                                          .add(sql::in(tx, pruefungen))))
      dokumente.push_back(row.dokument);
  if (!uebernahmen.empty())
    for (const auto& row :
         tx.query<UebernahmeZeile>(sql::Query::select<UebernahmeZeile>()
                                       .add(" FROM uebernahme WHERE mandant = :mandant AND id", mandant)
                                       .add(sql::in(tx, uebernahmen))))
      dokumente.push_back(row.dokument);
  if (dokumente.empty()) return;
  std::map<std::int64_t, DokumentZeile> now;
  for (auto& row : tx.query<DokumentZeile>(sql::Query::select<DokumentZeile>()
                                               .add(" FROM dokument WHERE mandant = :mandant AND id", mandant)
                                               .add(sql::in(tx, dokumente))))
    now.emplace(row.id, std::move(row));
  std::set<std::int64_t> places;
  for (const auto& [id, row] : now)
    if (!row.vorgang && !row.ueber) places.insert(row.zugriff);
  for (const auto& row : rows) {
    if (row.tabelle != DokumentZeile::tabelle) continue;
    const auto left = row.vorher.find("vorgang"), place = row.vorher.find("zugriff");
    const auto found = now.find(row.id);
    const bool lay = left != row.vorher.end() && !left->second;
    if (!lay && (found == now.end() || found->second.vorgang)) continue;
    if (place != row.vorher.end() && place->second) places.insert(*place->second);
    if (found != now.end()) places.insert(found->second.zugriff);
  }
  if (places.empty()) return;
  static const sql::Table shape{"person_zugriff", {{"person", sql::Kind::integer, false}}};
  tx.eachValues(shape,
                sql::Query("SELECT DISTINCT person FROM person_zugriff WHERE mandant = :mandant AND zugriff", mandant)
                    .add(sql::in(tx, std::vector<std::int64_t>(places.begin(), places.end()))),
                [&](std::vector<sql::Value>&& row) {
                  const auto person = std::get<std::int64_t>(row[0]);
                  if (hoerer.hoert(person)) hoerer.melde(person, mandant::Ereignis::posteingang);
                });
}

}  // namespace

sql::Query imPosteingang(const Berechtigung& wer) {
  // The sign keeps SQLite from the index of `ueber`, which is empty in nearly all rows; that of `vorgang` is the one.
  sql::Query out(
      " FROM dokument d WHERE d.mandant = :mandant AND d.vorgang IS NULL AND +d.ueber IS NULL "
      "AND d.status = 'inBearbeitung' AND NOT EXISTS (SELECT 1 FROM virenpruefung p WHERE p.mandant = d.mandant AND "
      "p.dokument = d.id AND p.status = 'befund') AND ",
      wer.mandant);
  return out.add(mandant::sichtbar("d.zugriff", wer));
}

void addPosteingangRoutes(http::Routes& routes, Zugang& zugang) {
  zugang.ereignisse().deuter([](Tx tx, std::int64_t mandant, const mandant::Ereignisse::Neues& neues,
                                const base::Datum&,
                                mandant::Hoererschaft& hoerer) { deute(tx, mandant, neues.zeilen, hoerer); });
  addUebernahmeRoutes(routes, zugang);
  routes.add<None, Seite, EingangListe>(
      Verb::get, "/api/posteingang", {"posteingang", "Posteingang", "What waits to be filed, oldest first"},
      [&](const auto& call) {
        return zugang.read<EingangListe>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
}

}  // namespace akte
