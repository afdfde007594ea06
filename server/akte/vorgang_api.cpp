#include "routen.h"

namespace akte {
namespace {

struct VorgangFilter : Seite {
  std::optional<base::Uuid> akte{};
};
BOOST_DESCRIBE_STRUCT(VorgangFilter, (Seite), (akte))

Result<VorgangListe> list(Tx tx, const Berechtigung& wer, const VorgangFilter& filter) {
  auto query = sql::Query::select<VorgangZeile>("v");
  query.add(" FROM vorgang v WHERE v.mandant = :mandant AND ", wer.mandant).add(mandant::sichtbar("v.zugriff", wer));
  if (filter.akte) {
    AKTENLOTSE_GET(akte, findAkte(tx, wer, *filter.akte));
    query.add(" AND v.akte = :akte", akte.akte.id);
  }
  return page<VorgangListe, VorgangZeile>(tx, std::move(query), "v.id", filter, [&](const VorgangZeile& row) {
    return show(tx, wer, findVorgang(tx, wer, row.uuid).value());
  });
}

Result<DokumentListe> dokumente(Tx tx, const Berechtigung& wer, const base::Uuid& vorgang, const Seite& seite) {
  AKTENLOTSE_GET(mit, findVorgang(tx, wer, vorgang));
  auto query = sql::Query::select<DokumentZeile>("d");
  query.add(" FROM dokument d WHERE d.mandant = :mandant AND d.vorgang = :vorgang AND d.ueber IS NULL AND ",
            wer.mandant, mit.vorgang.id);
  query.add(mandant::sichtbar("d.zugriff", wer));
  return pageOf<DokumentListe, DokumentZeile>(
      tx, std::move(query), "d.id", seite,
      [&](std::span<const DokumentZeile> rows) { return showKurz(tx, wer, rows); });
}

}  // namespace

void addVorgangRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.add<None, VorgangFilter, VorgangListe>(
      Verb::get, "/api/vorgaenge", {"vorgaenge", "Vorgang", "Vorgänge, newest first, of all Akten or of one"},
      [&](const auto& call) {
        return zugang.read<VorgangListe>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
  routes.add<None, Seite, DokumentListe>(
      Verb::get, "/api/vorgaenge/{id}/dokumente",
      {"vorgangDokumente", "Dokument", "The Dokumente of a Vorgang, newest first"}, [&](const auto& call) {
        return zugang.read<DokumentListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return dokumente(tx, wer, call.id, call.query); });
      });
  Routen<VorgangAusgabe, decltype(&findVorgang)> vorgang(routes, zugang, "Vorgang", &findVorgang);
  vorgang.one("/api/vorgaenge/{id}", {"vorgang", "One Vorgang"});
  vorgang.create<VorgangNeu>(
      "/api/vorgaenge", {"vorgangAnlegen", "Open a Vorgang in an Akte", "vorgangAnlegen"},
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
