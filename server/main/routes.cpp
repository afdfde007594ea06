#include <fmt/format.h>

#include "akte/ausleihe.h"
#include "akte/einstellungen.h"
#include "akte/felder.h"
#include "akte/register.h"
#include "akte/schutz.h"
#include "akte/warum.h"
#include "app.h"
#include "auswertung/auswertung.h"
#include "http/metrics.h"
#include "mandant/vertretung.h"
#include "netz/praxis.h"

namespace app {
namespace {

using http::None;
using http::Verb;

struct MandantKurz {
  std::string schluessel{}, name{};
};
BOOST_DESCRIBE_STRUCT(MandantKurz, (), (schluessel, name))

struct Start {
  std::string version{};
  bool demo = false;
  std::vector<MandantKurz> mandanten{};
  std::vector<DemoLogin> logins{};
};
BOOST_DESCRIBE_STRUCT(Start, (), (version, demo, mandanten, logins))

struct Zustand {
  std::string zustand{};
};
BOOST_DESCRIBE_STRUCT(Zustand, (), (zustand))

/// Templates that come in a Baustein go the way of those that are uploaded.
akte::Vorlagenwerk vorlagenwerk(schreiben::Kanzlei& kanzlei) {
  const auto gelesen = [](const akte::Vorlagendatei& datei) {
    return schreiben::Kanzlei::Vorlagendatei{datei.format, datei.felder};
  };
  akte::Vorlagenwerk out;
  out.lies = [&kanzlei](std::string_view bytes, const std::string& dateiname) -> base::Result<akte::Vorlagendatei> {
    const auto writer = kanzlei.schriftgut().blobs().writer();
    writer->write(bytes);
    AKTENLOTSE_GET(checked, kanzlei.pruefeVorlage(writer->descriptor()));
    return akte::Vorlagendatei{kanzlei.schriftgut().einlagern(*writer, dateiname), checked.format, checked.felder};
  };
  out.lege = [gelesen](journal::Change& change, std::int64_t person, const std::string& bezeichnung,
                       akte::Dokumentart art, const akte::Vorlagendatei& datei) {
    schreiben::Kanzlei::legeVorlage(change, person, bezeichnung, art, datei.datei, gelesen(datei));
  };
  out.legeFassung = [gelesen](journal::Change& change, std::int64_t person, const akte::DokumentvorlageZeile& vorlage,
                              const akte::Vorlagendatei& datei) {
    schreiben::Kanzlei::legeFassung(change, person, vorlage, datei.datei, gelesen(datei));
  };
  out.verstehe = &geschaeftsgang::pruefeZeile;
  return out;
}

/// Tenants are named to strangers only in the demo, or where there is just one.
Start startOf(App& app, bool demo) {
  Start out{AKTENLOTSE_VERSION, demo, {}, {}};
  auto towns = app.database().read(0, [](const sql::ReadTx& tx) {
    // One that is just being made has a key that begins so (uebung.cpp).
    return tx.query<MandantKurz>(
        "SELECT schluessel, name FROM mandant_verzeichnis WHERE schluessel NOT LIKE '~%' ORDER BY mandant");
  });
  if (demo || towns.size() == 1) out.mandanten = std::move(towns);
  if (demo) out.logins = demoLogins(demoFolder());
  return out;
}

}  // namespace

void addRoutes(http::Routes& routes, App& app, bool demo) {
  routes.gate(
      [&app](const http::Request& request, const http::RouteInfo& info) { return app.zugang().admit(request, info); });
  routes.add<None, None, Start>(Verb::get, "/api/start",
                                {.id = "start", .tag = "System", .summary = "What the login page needs", .open = true},
                                [&app, demo](const auto&) -> base::Result<http::Reply<Start>> {
                                  http::Reply<Start> reply;
                                  reply.value = startOf(app, demo);
                                  return reply;
                                });
  routes.add<None, None, Zustand>(Verb::get, "/api/health",
                                  {.id = "health", .tag = "System", .summary = "The process answers", .open = true},
                                  [](const auto&) -> base::Result<http::Reply<Zustand>> {
                                    http::Reply<Zustand> reply;
                                    reply.value.zustand = "ok";
                                    return reply;
                                  });
  routes.add<None, None, Zustand>(Verb::get, "/api/ready",
                                  {.id = "ready", .tag = "System", .summary = "The database answers too", .open = true},
                                  [&app](const auto&) -> base::Result<http::Reply<Zustand>> {
                                    if (!app.database().ready())
                                      return base::fail(base::Code::Ueberlastet, "Die Datenbank antwortet nicht.");
                                    http::Reply<Zustand> reply;
                                    reply.value.zustand = "bereit";
                                    return reply;
                                  });
  mandant::addAnmeldungRoutes(routes, app.zugang());
  mandant::addOrganisationRoutes(routes, app.zugang());
  akte::addMandantRoutes(routes, app.zugang(), app.schriftgut());
  addUebungRoutes(routes, app);
  akte::addAktenplanRoutes(routes, app.zugang(), app.schriftgut());
  akte::addAkteRoutes(routes, app.zugang(), app.schriftgut());
  akte::addVorgangRoutes(routes, app.zugang(), app.schriftgut());
  akte::addDokumentRoutes(routes, app.zugang(), app.schriftgut());
  akte::addRegistraturRoutes(routes, app.zugang(), app.schriftgut());
  akte::addUmfeldRoutes(routes, app.zugang(), app.umfeld());
  akte::addKontaktRoutes(routes, app.zugang(), app.umfeld());
  akte::addWarumRoutes(routes, app.zugang());
  akte::addFelderRoutes(routes, app.zugang(), app.schriftgut());
  akte::addRegisterRoutes(routes, app.zugang());
  akte::addEinstellungenRoutes(routes, app.zugang(), app.schriftgut(), vorlagenwerk(app.kanzlei()));
  akte::addReorganisationRoutes(routes, app.zugang(), app.reorganisation());
  akte::addAusleiheRoutes(routes, app.zugang());
  akte::addSchutzRoutes(routes, app.zugang());
  mandant::addVertretungRoutes(routes, app.zugang());
  akte::addOrganisationEinlesenRoutes(routes, app.zugang(), app.schriftgut());
  akte::addStapelRoutes(routes, app.zugang(), app.schriftgut(), app.stapel());
  akte::addZustandRoutes(routes, app.zugang(), app.schriftgut());
  akte::addHistorieRoutes(routes, app.zugang());
  akte::addStandRoutes(routes, app.zugang());
  suche::addRoutes(routes, app.zugang(), app.bestand(), app.clock());
  akte::addDateipruefungRoutes(routes, app.zugang(), app.dateipruefung());
  mandant::addAuftragRoutes(routes, app.zugang(), app.werk());
  geschaeftsgang::addRoutes(routes, app.zugang(), app.geschaeftsgang());
  netz::addRoutes(routes, app.zugang(), app.schriftgut(), app.verbund(), app.raeume(), vorlagenwerk(app.kanzlei()),
                  app.adresse());
  eingang::addRoutes(routes, app.zugang(), app.schriftgut(), app.eingangEinstellungen());
  rendition::addRoutes(routes, app.zugang(), app.schriftgut());
  auswertung::addRoutes(routes, app.zugang());
  schreiben::addRoutes(routes, app.zugang(), app.kanzlei());
  routes.addRaw<None>(
      Verb::get, "/api/openapi.json",
      {.id = "openapi", .tag = "System", .summary = "This description", .open = true, .produces = "application/json"},
      [&routes](const auto&) -> base::Result<http::Response> {
        return http::text(200, "application/json",
                          boost::json::serialize(routes.openApi("Aktenlotse", AKTENLOTSE_VERSION)));
      });
}

}  // namespace app
