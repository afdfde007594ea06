#include "akte/pruefung.h"
#include "routen.h"

namespace akte {
namespace {

std::vector<EingangAusgabe> show(Tx tx, const Berechtigung& wer, std::span<const DokumentZeile> rows) {
  const auto units = mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant);
  auto kurz = showKurz(tx, wer, rows);
  std::vector<EingangAusgabe> list(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    static_cast<DokumentKurz&>(list[i]) = std::move(kurz[i]);
    const auto& oe = *std::ranges::find(units, rows[i].organisationseinheit, &mandant::OrganisationseinheitZeile::id);
    list[i].organisationseinheit = {oe.uuid, oe.kurzzeichen, oe.bezeichnung};
    list[i].kanal = rows[i].kanal;
  }
  return list;
}

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
  out.eintraege = show(tx, wer, rows);
  sql::Query count("SELECT COUNT(*)");
  out.anzahl = tx.value<std::int64_t>(count.add(where)).value();
  return out;
}

}  // namespace

sql::Query imPosteingang(const Berechtigung& wer) {
  sql::Query out(
      " FROM dokument d WHERE d.mandant = :mandant AND d.vorgang IS NULL AND d.ueber IS NULL "
      "AND d.status = 'inBearbeitung' AND NOT EXISTS (SELECT 1 FROM virenpruefung p WHERE p.mandant = d.mandant AND "
      "p.dokument = d.id AND p.status = 'befund') AND ",
      wer.mandant);
  return out.add(mandant::sichtbar("d.zugriff", wer));
}

void addPosteingangRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, Seite, EingangListe>(
      Verb::get, "/api/posteingang", {"posteingang", "Posteingang", "What waits to be filed, oldest first"},
      [&](const auto& call) {
        return zugang.read<EingangListe>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
}

}  // namespace akte
