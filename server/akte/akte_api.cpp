#include "routen.h"

namespace akte {
namespace {

struct AkteFilter : Seite {
  std::optional<base::Uuid> aktenplaneinheit{};
};
BOOST_DESCRIBE_STRUCT(AkteFilter, (Seite), (aktenplaneinheit))

Result<AkteListe> list(Tx tx, const Berechtigung& wer, const AkteFilter& filter) {
  auto query = sql::Query::select<AkteZeile>("a");
  query.add(" FROM akte a WHERE a.mandant = :mandant AND ", wer.mandant).add(mandant::sichtbar("a.zugriff", wer));
  if (filter.aktenplaneinheit) {
    AKTENLOTSE_GET(einheit, findEinheit(tx, wer, *filter.aktenplaneinheit));
    query.add(" AND a.aktenplaneinheit = :einheit", einheit.id);
  }
  return page<AkteListe, AkteZeile>(tx, std::move(query), "a.id", filter, [&](const AkteZeile& row) {
    return show(tx, wer, AkteMit{row, {mandant::stufeFor(tx, wer, row.zugriff), row.status == Status::inBearbeitung}});
  });
}

}  // namespace

void addAkteRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.add<None, AkteFilter, AkteListe>(
      Verb::get, "/api/akten", {"akten", "Akte", "Akten, newest first, of the whole plan or of one entry"},
      [&](const auto& call) {
        return zugang.read<AkteListe>(call, [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
  Routen<AkteAusgabe, decltype(&findAkte)> akte(routes, zugang, "Akte", &findAkte);
  akte.one("/api/akten/{id}", {"akte", "One Akte"});
  akte.create<AkteNeu>(
      "/api/akten", {"akteAnlegen", "Open an Akte under a leaf of the plan", "akteAnlegen"},
      [&](Change& c, const auto& wer, const auto& body) { return schriftgut.createAkte(c, wer, body); });
  akte.change<AkteAendern>(Verb::patch, "/api/akten/{id}", {"akteAendern", "Change an Akte", "akteAendern"},
                           [&](Change& c, const auto& wer, const auto& before, const auto& body) {
                             return schriftgut.changeAkte(c, wer, before, body);
                           });
  akte.change<ZugriffSetzen>(
      Verb::put, "/api/akten/{id}/zugriff",
      {"akteZugriff", "Narrow or widen who reaches the Akte and what lies in it", "zugriffSetzen"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return schriftgut.setZugriff(c, wer, before, body);
      });
}

}  // namespace akte
