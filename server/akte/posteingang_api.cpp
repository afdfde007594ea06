#include "routen.h"

namespace akte {
namespace {

EingangAusgabe showEingang(Tx tx, const Berechtigung& wer, const DokumentZeile& row) {
  EingangAusgabe out;
  static_cast<DokumentKurz&>(out) = showKurz(tx, wer, row);
  const auto oe =
      mandant::rowById<mandant::OrganisationseinheitZeile>(tx, wer.mandant, row.organisationseinheit).value();
  out.organisationseinheit = {oe.uuid, oe.kurzzeichen, oe.bezeichnung};
  out.kanal = row.kanal;
  return out;
}

/// Oldest first: what waits longest is on top.
Result<EingangListe> list(Tx tx, const Berechtigung& wer, const Seite& seite) {
  AKTENLOTSE_GET(limit, limitOf(seite.limit));
  AKTENLOTSE_GET(after, cursorOf(seite.nach));
  sql::Query where(
      " FROM dokument d WHERE d.mandant = :mandant AND d.vorgang IS NULL AND d.ueber IS NULL "
      "AND d.status = 'inBearbeitung' AND ",
      wer.mandant);
  where.add(mandant::sichtbar("d.zugriff", wer));
  auto query = sql::Query::select<DokumentZeile>("d");
  query.add(where).add(" AND d.id > :nach ORDER BY d.id LIMIT :grenze", after, limit + 1);
  auto rows = tx.query<DokumentZeile>(query);
  EingangListe out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = std::to_string(rows.back().id);
  }
  for (const auto& row : rows) out.eintraege.push_back(showEingang(tx, wer, row));
  sql::Query count("SELECT COUNT(*)");
  out.anzahl = tx.value<std::int64_t>(count.add(where)).value();
  return out;
}

}  // namespace

void addPosteingangRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, Seite, EingangListe>(
      Verb::get, "/api/posteingang", {"posteingang", "Posteingang", "What waits to be filed, oldest first"},
      [&](const auto& call) {
        return zugang.read<EingangListe>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
}

}  // namespace akte
