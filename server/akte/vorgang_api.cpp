#include "akte/register.h"
#include "routen.h"

namespace akte {
namespace {

struct VorgangFilter : Seite {
  std::optional<base::Uuid> akte{}, registerblatt{};
  std::optional<base::Uuid> ueber{};  ///< a Vorgang: its Teilvorgänge
};
BOOST_DESCRIBE_STRUCT(VorgangFilter, (Seite), (akte, registerblatt, ueber))

struct DokumentFilter : Seite {
  std::optional<base::Uuid> registerblatt{};
};
BOOST_DESCRIBE_STRUCT(DokumentFilter, (Seite), (registerblatt))

/// What lies behind a Registerblatt, and behind those in a Teilakte or a Band.
void narrow(Tx tx, const Berechtigung& wer, sql::Query& query, sql::Sql column, const base::Uuid& uuid) {
  const auto blatt = mandant::rowByUuid<RegisterblattZeile>(tx, wer.mandant, uuid);
  const auto id = blatt ? blatt->id : 0;
  query.add(" AND ").add(column).add(
      " IN (SELECT b.id FROM registerblatt b WHERE b.mandant = :blatt_mandant AND (b.id = :blatt OR b.ueber = "
      ":blatt_ueber))",
      wer.mandant, id, id);
}

Result<VorgangListe> list(Tx tx, const Berechtigung& wer, const VorgangFilter& filter) {
  auto query = sql::Query::select<VorgangZeile>("v");
  query.add(" FROM vorgang v WHERE v.mandant = :mandant AND ", wer.mandant).add(mandant::sichtbar("v.zugriff", wer));
  if (filter.akte) {
    AKTENLOTSE_GET(akte, findAkte(tx, wer, *filter.akte));
    query.add(" AND v.akte = :akte AND v.ueber IS NULL", akte.akte.id);
    if (filter.registerblatt) narrow(tx, wer, query, "v.registerblatt", *filter.registerblatt);
  }
  if (filter.ueber) {
    AKTENLOTSE_GET(oben, findVorgang(tx, wer, *filter.ueber));
    query.add(" AND v.ueber = :ueber", oben.vorgang.id);
  }
  return page<VorgangListe, VorgangZeile>(tx, std::move(query), "v.id", filter, [&](const VorgangZeile& row) {
    return show(tx, wer, findVorgang(tx, wer, row.uuid).value());
  });
}

Result<DokumentListe> dokumente(Tx tx, const Berechtigung& wer, const base::Uuid& vorgang,
                                const DokumentFilter& seite) {
  AKTENLOTSE_GET(mit, findVorgang(tx, wer, vorgang));
  auto query = sql::Query::select<DokumentZeile>("d");
  query.add(" FROM dokument d WHERE d.mandant = :mandant AND d.vorgang = :vorgang AND d.ueber IS NULL AND ",
            wer.mandant, mit.vorgang.id);
  query.add(mandant::sichtbar("d.zugriff", wer));
  if (seite.registerblatt) narrow(tx, wer, query, "d.registerblatt", *seite.registerblatt);
  return pageOf<DokumentListe, DokumentZeile>(
      tx, std::move(query), "d.id", seite,
      [&](std::span<const DokumentZeile> rows) { return showKurz(tx, wer, rows); });
}

}  // namespace

void addVorgangRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.add<None, VorgangFilter, VorgangListe>(
      Verb::get, "/api/vorgaenge",
      {"vorgaenge", "Vorgang",
       "Vorgänge, newest first: all, those that lie in an Akte, or the Teilvorgänge of a Vorgang"},
      [&](const auto& call) {
        return zugang.read<VorgangListe>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
  routes.add<None, DokumentFilter, DokumentListe>(
      Verb::get, "/api/vorgaenge/{id}/dokumente",
      {"vorgangDokumente", "Dokument", "The Dokumente of a Vorgang, newest first"}, [&](const auto& call) {
        return zugang.read<DokumentListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return dokumente(tx, wer, call.id, call.query); });
      });
  Routen<VorgangAusgabe, decltype(&findVorgang)> vorgang(routes, zugang, "Vorgang", &findVorgang);
  vorgang.one("/api/vorgaenge/{id}", {"vorgang", "One Vorgang"});
  vorgang.create<VorgangNeu>(
      "/api/vorgaenge",
      {"vorgangAnlegen", "Open a Vorgang in an Akte, or a Teilvorgang in a Vorgang", "vorgangAnlegen"},
      [&](Change& c, const auto& wer, const auto& body) { return schriftgut.createVorgang(c, wer, body); });
  vorgang.change<VorgangAendern>(Verb::patch, "/api/vorgaenge/{id}",
                                 {"vorgangAendern", "Change a Vorgang", "vorgangAendern"},
                                 [&](Change& c, const auto& wer, const auto& before, const auto& body) {
                                   return schriftgut.changeVorgang(c, wer, before, body);
                                 });
  vorgang.change<ZugriffSetzen>(
      Verb::put, "/api/vorgaenge/{id}/zugriff",
      {"vorgangZugriff", "Narrow or widen who reaches the Vorgang and what lies in it", "zugriffSetzen"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return schriftgut.setZugriff(c, wer, before, body);
      });
}

}  // namespace akte
