#include <fcntl.h>
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <set>

#include "akte/registratur.h"
#include "akte/renditionen.h"
#include "app.h"
#include "base/hash.h"
#include "netz/kommunen_einlesen.h"

namespace app {
namespace {

using base::Failure;

template <typename T>
T need(base::Result<T> result) {
  if (!result)
    throw Failure(result.error().detail.empty() ? std::string(base::info(result.error().code).titelDe)
                                                : result.error().detail);
  return *std::move(result);
}

template <std::size_t Max>
base::Line<Max> lineOf(const std::string& text, const char* name) {
  auto clean = base::cleanText(text, false);
  if (!clean || clean->empty() || base::countCodePoints(*clean) > Max)
    throw Failure(fmt::format("„{}“ ist leer, zu lang oder kein Text.", name));
  return {*std::move(clean)};
}

std::vector<std::int64_t> allMandanten(App& app) {
  return app.database().read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); });
}

}  // namespace

std::string readLine(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

int init(const Settings& settings, const InitOptions& options) {
  if (options.mandant.starts_with('~')) throw Failure("Ein Schlüssel beginnt nicht mit „~“.");
  App app(settings, Daten::oderNeu);
  const std::string passwort = options.passwortDatei.empty() ? base::randomHex(8) : readLine(options.passwortDatei);
  mandant::MandantNeu town{{lineOf<40>(options.mandant, "mandant").value},
                           lineOf<200>(options.name, "name"),
                           {},
                           lineOf<60>(options.land, "land"),
                           {},
                           {},
                           {}};
  if (!options.ags.empty()) town.gebietsschluessel = lineOf<12>(options.ags, "ags");
  mandant::PersonNeu person{lineOf<100>(options.vorname, "vorname"),
                            lineOf<100>(options.nachname, "nachname"),
                            {lineOf<60>(options.anmeldename, "anmeldename").value},
                            {},
                            lineOf<200>(passwort, "passwort")};
  if (const auto checked = mandant::checkNewPassword(passwort, person.anmeldename.value); !checked)
    throw Failure(checked.error().detail);
  const auto mandant = need(mandant::createMandant(app.journal(), town));
  const auto change = [&](auto f) { return need(app.journal().change(mandant, f)); };
  const auto oe = change([&](journal::Change& c) {
    return mandant::createOrganisationseinheit(c, {{"V"}, {"Verwaltung"}, {}});
  });
  const auto admin =
      change([&](journal::Change& c) { return mandant::createPerson(c, person, options.passwortDatei.empty()); });
  using mandant::Rolle;
  const auto stelle = change([&](journal::Change& c) {
    return mandant::createStelle(c, {{"Administration"}, oe.uuid, false, {Rolle::FA, Rolle::DA}});
  });
  change([&](journal::Change& c) { return mandant::besetzen(c, stelle, {admin.uuid}); });
  std::cout << fmt::format("Mandant „{}“ ist angelegt. Anmeldung: {} / {}", town.name.value, town.schluessel.value,
                           person.anmeldename.value);
  if (options.passwortDatei.empty())
    std::cout << fmt::format(" / {}\nBei der ersten Anmeldung wählen Sie ein eigenes Passwort.", passwort);
  std::cout << '\n';
  return 0;
}

int migrate(const Settings& settings) {
  App app(settings, Daten::migrieren);
  for (const auto& step : need(sql::migrationStates(app.database(), migrations())))
    std::cout << fmt::format("{:04} {}\n", step.number, step.name);
  renewIndex(app);
  std::cout << "Die Datenbank ist auf dem Stand dieses Programms.\n";
  return 0;
}

int kommunen(const Settings& settings, const KommunenOptions& options) {
  App app(settings);
  const blob::Descriptor datei(::open(options.datei.c_str(), O_RDONLY | O_CLOEXEC));
  if (!datei.valid()) throw Failure(fmt::format("{} lässt sich nicht lesen.", options.datei));
  const auto tabelle =
      need(akte::tabelleAus(app.schriftgut(), datei.get(), std::filesystem::path(options.datei).filename().string()));
  const auto quelle = lineOf<300>(options.quelle, "quelle").value;
  const auto bericht = options.probe
                           ? need(app.database().read(
                                 0,
                                 [&](const sql::ReadTx& tx) {
                                   return netz::vergleicheKommunen(tabelle, *netz::registerOf(tx)).map([](auto done) {
                                     return done.bericht;
                                   });
                                 }))
                           : need(netz::liesKommunenEin(app.database(), app.clock().now(), tabelle, quelle, 0, 0));
  for (const auto& row : bericht.zeilen) {
    if (row.art == akte::ZeilenArt::gleich) continue;
    std::cout << fmt::format("Zeile {}: {} {} – {}", row.zeile, row.ags, row.name, base::enumName(row.art));
    for (const auto& one : row.hinweise) std::cout << ' ' << one;
    std::cout << '\n';
  }
  for (const auto& one : bericht.hinweise) std::cout << one << '\n';
  std::cout << fmt::format("{}{} neu, {} geändert, {} gleich, {} übergangen, {} mit Fehlern; {} Landkreise.\n",
                           options.probe ? "Nur zur Probe: " : "", bericht.neu, bericht.geaendert, bericht.gleich,
                           bericht.uebergangen, bericht.fehler, bericht.kreise);
  return bericht.fehler == 0 ? 0 : 1;
}

int search(const Settings& settings, const SearchOptions& options) {
  App app(settings);
  const auto mandant = app.mandant(options.mandant);
  const auto query = text::parseQuery(options.query);
  struct Hit {
    std::string zeichen, betreff, id;
  };
  std::int64_t anzahl = 0;
  std::vector<Hit> hits;
  app.database().read(mandant, [&](const sql::ReadTx& tx) {
    hits.clear();
    auto wer = mandant::systemBerechtigung(mandant);
    if (!options.person.empty()) {
      const auto id =
          tx.value<std::int64_t>("SELECT id FROM person WHERE mandant = :mandant AND anmeldename = :name AND aktiv = 1",
                                 mandant, options.person);
      if (!id) throw Failure(fmt::format("Die Person „{}“ gibt es nicht.", options.person));
      wer = mandant::berechtigungOf(tx, mandant, *id);
    }
    const auto found = suche::find(tx, wer, query, options.limit, 0);
    anzahl = found.anzahl;
    for (const auto& treffer : found.treffer) {
      const auto row = mandant::rowById<akte::DokumentZeile>(tx, mandant, treffer.dokument).value();
      hits.push_back({row.zeichen.value_or(""), row.betreff, row.uuid.text()});
    }
  });
  if (options.json) {
    boost::json::array list;
    for (const auto& hit : hits) list.push_back({{"id", hit.id}, {"zeichen", hit.zeichen}, {"betreff", hit.betreff}});
    std::cout << boost::json::serialize(boost::json::object{{"anzahl", anzahl}, {"eintraege", list}}) << '\n';
    return 0;
  }
  std::cout << fmt::format("{} Treffer\n", anzahl);
  for (const auto& hit : hits) std::cout << fmt::format("{:24} {}\n", hit.zeichen, hit.betreff);
  for (const auto& hint : query.hints) std::cout << hint.de << '\n';
  return 0;
}

int check(const Settings& settings) {
  App app(settings);
  std::vector<std::string> found;
  const auto add = [&](std::vector<std::string> more) { found.insert(found.end(), more.begin(), more.end()); };
  std::set<std::string> named;
  std::int64_t entries = 0;
  for (const auto mandant : allMandanten(app)) {
    app.database().read(mandant, [&](const sql::ReadTx& tx) {
      add(journal::check(tx, mandant, allTables()));
      add(mandant::checkReach(tx, mandant));
      add(akte::check(tx, mandant));
      add(suche::check(tx, mandant));
      add(netz::checkAushang(tx, mandant));
      entries += tx.value<std::int64_t>("SELECT COUNT(*) FROM journal WHERE mandant = :mandant", mandant).value();
      for (const auto& [sha256, groesse] : akte::genannteDateien(tx, mandant)) named.insert(sha256);
    });
  }
  for (const auto& sha256 : named)
    if (const auto wrong = app.blobs().verify(sha256)) found.push_back(*wrong);
  for (const auto& text : found) std::cout << text << '\n';
  std::cout << fmt::format("{} Journaleinträge und {} Dateien geprüft, {} Befunde.\n", entries, named.size(),
                           found.size());
  return found.empty() ? 0 : 1;
}

int scrub(const Settings& settings) {
  App app(settings);
  std::int64_t mended = 0, left = 0;
  for (const auto mandant : allMandanten(app))
    for (const auto& row : app.dateipruefung().alles(mandant)) {
      std::cout << row.schaden << (row.behoben ? " Er ist jetzt in Ordnung.\n" : "\n");
      ++(row.behoben ? mended : left);
    }
  std::cout << fmt::format("{} Dateien gelesen, {} in Ordnung gebracht, {} beschädigt.\n",
                           app.dateipruefung().gelesen(), mended, left);
  return left == 0 ? 0 : 1;
}

void renewIndex(App& app) {
  const auto mandanten = allMandanten(app);
  const bool old = std::ranges::any_of(mandanten, [&](std::int64_t mandant) {
    return app.database().read(mandant, [&](const sql::ReadTx& tx) { return suche::Index::veraltet(tx, mandant); });
  });
  if (!old) return;
  std::cout << "Der Suchindex wird neu aufgebaut …" << std::endl;
  const auto count = app.index().rebuild(app.database(), mandanten);
  std::cout << fmt::format("{} Objekte neu in die Suche aufgenommen.\n", count) << std::flush;
}

int reindex(const Settings& settings) {
  App app(settings);
  const auto count = app.index().rebuild(app.database(), allMandanten(app));
  std::cout << fmt::format("{} Objekte neu in die Suche aufgenommen.\n", count);
  return 0;
}

int collect(const Settings& settings) {
  constexpr std::int64_t hour = 3600, day = 24 * hour;
  App app(settings);
  const auto now = app.clock().now();
  std::vector<std::string> candidates;
  app.blobs().each([&](const std::string& sha256, base::Zeitpunkt modified) {
    if (modified <= now.plusSeconds(-hour)) candidates.push_back(sha256);
  });
  std::set<std::string> named;
  for (const auto mandant : allMandanten(app))
    app.database().read(mandant, [&](const sql::ReadTx& tx) {
      for (const auto& [sha256, groesse] : akte::genannteDateien(tx, mandant)) named.insert(sha256);
    });
  std::size_t removed = 0;
  for (const auto& sha256 : candidates)
    if (!named.contains(sha256) && app.blobs().remove(sha256, now.plusSeconds(-hour))) ++removed;
  const auto swept = app.blobs().sweep(now.plusSeconds(-day));
  std::cout << fmt::format("{} Dateien ohne Nennung und {} liegengebliebene Uploads entfernt.\n", removed, swept);
  return 0;
}

namespace {

void describeErrors() {
  std::cout << "# Errors\n\nPrinted by `aktenlotse describe fehler`. Codes are stable.\n\n| code | HTTP | German | "
               "English |\n| --- | --- | --- | --- |\n";
  for (const auto& row : base::allCodes())
    std::cout << fmt::format("| `{}` | {} | {} {} | {} {} |\n", row.key, row.httpStatus, row.titelDe, row.hinweisDe,
                             row.titelEn, row.hinweisEn);
}

void describeRights() {
  using mandant::Recht;
  using mandant::Rolle;
  std::cout
      << "# Rights\n\nPrinted by `aktenlotse describe rechte`. A right asks three things: the role has it (this "
         "table), the access\n"
         "definition reaches the object (`bearbeiten`, or `lesen` for reading), and the object and what it lies in are "
         "open.\n"
         "Reading asks only the second. Who does not reach an object is told that it does not exist.\n\n| right |";
  std::vector<Rolle> rollen;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Rolle>>([&](auto e) { rollen.push_back(e.value); });
  for (const auto rolle : rollen) std::cout << fmt::format(" {} |", base::enumName(rolle));
  std::cout << "\n| --- |";
  for (std::size_t i = 0; i < rollen.size(); ++i) std::cout << " --- |";
  std::cout << '\n';
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Recht>>([&](auto e) {
    std::cout << "| `" << e.name << "` |";
    for (const auto rolle : rollen)
      std::cout << (std::ranges::count(mandant::rechteOf(rolle), e.value) > 0 ? " x |" : "  |");
    std::cout << '\n';
  });
  std::cout << '\n';
  for (const auto rolle : rollen)
    std::cout << fmt::format("- **{}** {}\n", base::enumName(rolle), mandant::bezeichnung(rolle));
}

}  // namespace

int describe(const std::string& what) {
  if (what == "fehler") describeErrors();
  if (what == "rechte") describeRights();
  if (what == "zustaende") std::cout << akte::beschreibeZustaende();
  if (what == "openapi") {
    // The table of routes needs its parts, but never runs them: a database that is gone again is enough.
    const auto folder = std::filesystem::temp_directory_path() / ("aktenlotse-describe-" + base::randomHex(8));
    Settings settings;
    settings.data = folder.string();
    {
      App app(settings, Daten::oderNeu);
      http::Routes routes;
      addRoutes(routes, app, false);
      std::cout << boost::json::serialize(routes.openApi("Aktenlotse", AKTENLOTSE_VERSION)) << '\n';
    }
    std::filesystem::remove_all(folder);
  }
  return 0;
}

}  // namespace app
