#include "app.h"

#include <fmt/format.h>

#include "auswertung/auswertung.h"
#include "migrations.h"

namespace app {
namespace {

namespace fs = std::filesystem;

fs::path programFolder() { return fs::read_symlink("/proc/self/exe").parent_path(); }

bool isPostgres(const std::string& data) { return sql::Address::parse(data).engine == sql::Engine::postgres; }

[[noreturn]] void failEmpty() {
  throw base::Failure("Hier liegen keine Daten. Legen Sie zuerst mit „aktenlotse init“ einen Mandanten an.");
}

sql::Address addressOf(const Settings& settings, Daten daten) {
  if (settings.data.empty())
    throw base::Failure("Nennen Sie mit --data, wo die Daten liegen: ein Ordner oder postgresql://…");
  if (isPostgres(settings.data)) return sql::Address::parse(settings.data);
  const auto file = fs::path(settings.data) / "aktenlotse.db";
  if (daten == Daten::vorhanden && !fs::exists(file)) failEmpty();
  fs::create_directories(settings.data);
  fs::permissions(settings.data, fs::perms::owner_all);
  return {sql::Engine::sqlite, file.string()};
}

fs::path blobFolder(const Settings& settings) {
  if (!settings.blobs.empty()) return settings.blobs;
  if (isPostgres(settings.data)) throw base::Failure("Mit PostgreSQL braucht es --blobs: den Ordner für die Dateien.");
  return fs::path(settings.data) / "blobs";
}

extract::Options extractorOptions(const Settings& settings) {
  extract::Options options;
  options.wall = std::chrono::seconds(settings.extractSeconds);
  for (const auto& candidate : {fs::path(settings.extractor), programFolder() / "aktenlotse-extract",
                                programFolder() / "../libexec/aktenlotse/aktenlotse-extract"}) {
    if (candidate.empty() || !fs::exists(candidate)) continue;
    options.program = fs::canonical(candidate);
    return options;
  }
  throw base::Failure("aktenlotse-extract ist nicht zu finden; nennen Sie es mit --extractor.");
}

/// The other programs that open untrusted files lie beside the extractor; empty where one does not.
fs::path besideExtractor(const Settings& settings, std::string_view name) {
  const auto path = extractorOptions(settings).program.parent_path() / name;
  return fs::exists(path) ? path : fs::path();
}

/// Empty where LibreOffice is not installed, or not wanted.
fs::path sofficeOf(const Settings& settings) {
  if (settings.soffice == "aus") return {};
  const fs::path debian = "/usr/lib/libreoffice/program/soffice.bin";
  if (settings.soffice.empty()) return fs::exists(debian) ? debian : fs::path();
  if (!fs::exists(settings.soffice))
    throw base::Failure(
        fmt::format("Unter {} liegt kein soffice.bin; nennen Sie es richtig mit --soffice.", settings.soffice));
  return settings.soffice;
}

}  // namespace

std::span<const sql::Migration> migrations() { return embeddedMigrations(); }

std::vector<const sql::Table*> allTables() {
  auto tables = mandant::tables();
  for (const auto& more : {akte::tables(), auswertung::tables(), netz::tables()})
    tables.insert(tables.end(), more.begin(), more.end());
  return tables;
}

App::App(const Settings& settings, Daten daten)
    : database_(addressOf(settings, daten),
                {.connections = static_cast<unsigned>(settings.workers + settings.jobWorkers) + 4, .attempts = 5}),
      blobs_(blobFolder(settings)),
      extractor_(extractorOptions(settings)),
      virenscanner_(settings.virenscanner),
      journal_(database_, clock_),
      schriftgut_(journal_, blobs_, extractor_, index_, &virenscanner_),
      umfeld_(index_),
      stapel_(schriftgut_, umfeld_),
      reorganisation_(schriftgut_),
      zugang_(journal_, settings.secureCookies, mandant::parteiAus(settings.adresse)),
      bilder_({.program = besideExtractor(settings, "aktenlotse-ocr")}),
      buero_({.program = besideExtractor(settings, "aktenlotse-buero"), .soffice = sofficeOf(settings)}),
      werkstatt_(schriftgut_, index_, bilder_, buero_),
      kanzlei_(schriftgut_, geschaeftsgang_, bilder_, buero_, settings.postausgang),
      schluessel_(settings.schluessel.empty() ? blobFolder(settings) / "netz.schluessel"
                                              : fs::path(settings.schluessel)),
      verbund_(journal_, schluessel_, settings.verbund),
      werk_(database_, clock_),
      eingang_{blobFolder(settings) / "uploads", static_cast<std::uint64_t>(settings.maxUploadMib) << 20,
               settings.geheimnisse, settings.scanOrdner},
      adresse_(settings.adresse.empty() ? fmt::format("http://{}:{}", settings.host, settings.port)
                                        : settings.adresse) {
  while (adresse_.ends_with('/')) adresse_.pop_back();
  const auto states = sql::migrationStates(database_, migrations());
  if (!states) throw base::Failure(states.error().detail);
  const bool fresh = std::ranges::none_of(*states, &sql::MigrationState::applied);
  if (fresh && daten == Daten::vorhanden) failEmpty();
  const auto done = fresh || daten == Daten::migrieren ? sql::migrate(database_, migrations(), clock_).map([](auto) {})
                                                       : sql::requireCurrent(database_, migrations());
  if (!done) throw base::Failure(done.error().detail);
  registerJobs(*this, settings);
}

std::int64_t App::mandant(const std::string& schluessel) {
  const auto found = database_.read(0, [&](const sql::ReadTx& tx) { return mandant::mandantByKey(tx, schluessel); });
  if (!found) throw base::Failure(fmt::format("Den Mandanten „{}“ gibt es nicht.", schluessel));
  return *found;
}

fs::path demoFolder() {
  if (const auto installed = programFolder() / "../share/aktenlotse/demo"; fs::exists(installed / "staedte.json"))
    return fs::canonical(installed);
  for (auto folder = programFolder(); folder.has_relative_path(); folder = folder.parent_path())
    if (fs::exists(folder / "demo" / "staedte.json")) return folder / "demo";
  return {};
}

}  // namespace app
