#include "app.h"

#include <fmt/format.h>
#include <unistd.h>

#include "auswertung/auswertung.h"
#include "blob/s3.h"
#include "migrations.h"

namespace app {
namespace {

namespace fs = std::filesystem;

fs::path programFolder() { return fs::read_symlink("/proc/self/exe").parent_path(); }

bool isPostgres(const std::string& data) { return sql::Address::parse(data).engine == sql::Engine::postgres; }

[[noreturn]] void failEmpty() {
  throw base::Failure("Hier liegen keine Daten. Legen Sie zuerst mit „aktenlotse init“ einen Mandanten an.");
}

sql::Address addressFor(const Settings& settings, Daten daten) {
  auto address = addressOf(settings);
  if (address.engine == sql::Engine::postgres) return address;
  if (daten == Daten::vorhanden && !fs::exists(address.target)) failEmpty();
  fs::create_directories(settings.data);
  // SQLite writes beside the database also when it only reads.
  if (::access(settings.data.c_str(), W_OK) != 0)
    throw base::Failure(
        fmt::format("Der Ordner {} ist schreibgeschützt; Aktenlotse muss darin schreiben.", settings.data));
  fs::permissions(settings.data, fs::perms::owner_all);
  return address;
}

std::string blobPlace(const Settings& settings) {
  if (!settings.blobs.empty()) return settings.blobs;
  if (isPostgres(settings.data))
    throw base::Failure("Mit PostgreSQL braucht es --blobs: den Ordner für die Dateien, oder s3://…");
  return (fs::path(settings.data) / "blobs").string();
}

fs::path uploadsFolder(const Settings& settings) {
  if (!settings.uploads.empty()) return settings.uploads;
  const auto place = blobPlace(settings);
  if (blob::isS3(place))
    throw base::Failure("Mit S3 braucht es --uploads: einen Ordner für Dateien, die noch nicht ganz angekommen sind.");
  return fs::path(place) / "uploads";
}

/// The key that the installation signs with in the Lotsennetz.
fs::path netzSchluessel(const Settings& settings) {
  if (!settings.schluessel.empty()) return settings.schluessel;
  const auto place = blobPlace(settings);
  return (blob::isS3(place) ? uploadsFolder(settings) : fs::path(place)) / "netz.schluessel";
}

bool liesIn(const fs::path& file, const std::string& folder) {
  if (folder.empty() || isPostgres(folder) || blob::isS3(folder)) return false;
  const auto relative = fs::weakly_canonical(file).lexically_relative(fs::weakly_canonical(folder));
  return !relative.empty() && *relative.begin() != "..";
}

blob::Keys keysOf(const Settings& settings) {
  if (settings.blobSchluessel.empty()) return {};
  for (const auto& folder : {settings.data, settings.blobs, settings.blobs2})
    if (liesIn(settings.blobSchluessel, folder))
      throw base::Failure(
          "Der Schlüssel liegt bei den Daten, die er schützen soll. Legen Sie seine Datei an einen anderen Ort.");
  return blob::Keys::fromFile(settings.blobSchluessel);
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

sql::Address addressOf(const Settings& settings) {
  if (settings.data.empty())
    throw base::Failure("Nennen Sie mit --data, wo die Daten liegen: ein Ordner oder postgresql://…");
  if (isPostgres(settings.data)) return sql::Address::parse(settings.data);
  return {sql::Engine::sqlite, (fs::path(settings.data) / "aktenlotse.db").string()};
}

std::unique_ptr<blob::Store> openBlobs(const Settings& settings) {
  auto first = openStore(settings, blobPlace(settings));
  if (settings.blobs2.empty()) return first;
  return std::make_unique<blob::MirrorStore>(std::move(first), openStore(settings, settings.blobs2));
}

std::unique_ptr<blob::Store> openStore(const Settings& settings, const std::string& where) {
  auto keys = keysOf(settings);
  if (blob::isS3(where))
    return std::make_unique<blob::S3Store>(blob::S3Address::parse(where, settings.s3Zugang), std::move(keys));
  return std::make_unique<blob::FolderStore>(where, std::move(keys));
}

std::span<const sql::Migration> migrations() { return embeddedMigrations(); }

std::vector<const sql::Table*> allTables() {
  auto tables = mandant::tables();
  for (const auto& more : {akte::tables(), auswertung::tables(), netz::tables()})
    tables.insert(tables.end(), more.begin(), more.end());
  return tables;
}

App::App(const Settings& settings, Daten daten)
    : database_(addressFor(settings, daten),
                {.connections = static_cast<unsigned>(settings.workers + settings.jobWorkers) + 4, .attempts = 5}),
      blobs_(openBlobs(settings)),
      dateipruefung_(database_, *blobs_, clock_,
                     {std::max(settings.pruefungStunden, 1), /*zweitspeicher=*/!settings.blobs2.empty()}),
      extractor_(extractorOptions(settings)),
      virenscanner_(settings.virenscanner),
      journal_(database_, clock_),
      schriftgut_(journal_, *blobs_, extractor_, index_, &virenscanner_),
      umfeld_(index_),
      stapel_(schriftgut_, umfeld_),
      reorganisation_(schriftgut_),
      zugang_(journal_, settings.secureCookies, mandant::parteiAus(settings.adresse),
              std::int64_t{60} * settings.sitzungRuheMinuten),
      bilder_({.program = besideExtractor(settings, "aktenlotse-ocr")}),
      buero_({.program = besideExtractor(settings, "aktenlotse-buero"), .soffice = sofficeOf(settings)}),
      werkstatt_(schriftgut_, index_, bilder_, buero_),
      kanzlei_(schriftgut_, geschaeftsgang_, bilder_, buero_, settings.postausgang),
      schluessel_(netzSchluessel(settings)),
      verbund_(journal_, schluessel_, settings.verbund),
      werk_(database_, clock_),
      eingang_{uploadsFolder(settings), static_cast<std::uint64_t>(settings.maxUploadMib) << 20, settings.geheimnisse,
               settings.scanOrdner},
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
