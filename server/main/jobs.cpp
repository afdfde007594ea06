// The kinds of jobs, and the command that lists and runs them.
#include <fmt/format.h>

#include <iostream>

#include "akte/aufbewahrung.h"
#include "app.h"

namespace app {
namespace {

/// Ended jobs are kept for as long as somebody may ask what became of them.
constexpr std::int64_t hour = 3600, day = 24 * hour, keepDone = 30 * day, keepFailed = 180 * day;

jobs::Art aufraeumen(sql::Database& database, const base::Clock& clock) {
  jobs::Art art;
  art.name = "auftraege.aufraeumen";
  art.bezeichnungDe = "Alte Aufträge entfernen";
  art.bezeichnungEn = "Remove old jobs";
  art.ausfuehren = [&](jobs::Lauf& lauf) -> jobs::Ergebnis {
    const auto now = clock.now();
    database.write(lauf.mandant(), [&](sql::WriteTx& tx) {
      jobs::raeumeAuf(tx, lauf.mandant(), now.plusSeconds(-keepDone), now.plusSeconds(-keepFailed));
      lauf.abschliessen(tx);
    });
    return {};
  };
  return art;
}

}  // namespace

void registerJobs(App& app, const Settings& settings) {
  auto& werk = app.werk();
  werk.mandanten(
      [&app] { return app.database().read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); }); });
  werk.art(jobs::mailArt(settings.postausgang));
  werk.art(aufraeumen(app.database(), app.clock()));
  werk.art(app.dateipruefung().art());
  if (settings.pruefungStunden > 0)
    werk.fuerJedenMandanten(std::string(akte::Dateipruefung::planName), std::string(akte::Dateipruefung::artName),
                            hour);
  akte::addStapelAuftrag(werk, app.stapel());
  akte::addAufbewahrungAuftrag(werk, app.schriftgut());
  akte::addReorganisationAuftrag(werk, app.reorganisation());
  for (auto& art : app.werkstatt().arten()) werk.art(std::move(art));
  for (auto& art : app.kanzlei().arten()) werk.art(std::move(art));
  werk.fuerJedenMandanten("auftraege.aufraeumen", "auftraege.aufraeumen", day);
  suche::addAuftraege(werk, app.database(), app.bestand(), app.clock());
  geschaeftsgang::addAuftraege(werk, app.database(), app.clock(), !settings.postausgang.host.empty());
  werk.art(app.verbund().auftrag());
  werk.fuerJedenMandanten("netz.verbund", std::string(netz::Verbund::auftragsart), 300);
  werk.art(app.raeume().auftrag());
  werk.fuerJedenMandanten("netz.raum", std::string(netz::Raeume::auftragsart), 300);
  netz::addAuftraege(werk, app.journal());
  eingang::addAuftraege(werk, app.schriftgut(), app.eingangEinstellungen());
}

int renditionen(const Settings& settings) {
  App app(settings);
  std::int64_t count = 0;
  for (const auto mandant : app.database().read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); }))
    count += rendition::bestelleFehlende(app.database(), mandant, app.clock().now());
  std::cout << fmt::format("Für {} Dokumente sind Texterkennung, Vorschau oder PDF neu bestellt.\n", count);
  return 0;
}

int jobs(const Settings& settings, const JobsOptions& options) {
  App app(settings);
  if (options.run) std::cout << fmt::format("{} Aufträge ausgeführt.\n", app.werk().leeren());
  auto tenants = app.database().read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); });
  if (!options.mandant.empty()) tenants = {app.mandant(options.mandant)};
  for (const auto mandant : tenants)
    for (const auto& row : app.database().read(
             mandant, [&](const sql::ReadTx& tx) { return jobs::liste(tx, mandant, {.limit = options.limit}); }))
      std::cout << fmt::format("{} {:24} {:11} Versuch {} {}/{} {}\n", row.angelegt.iso(), row.art,
                               base::enumName(row.status), row.versuch, row.fortschritt, row.gesamt, row.hinweis);
  return 0;
}

}  // namespace app
