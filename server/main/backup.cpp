#include <fmt/format.h>

#include <iostream>

#include "akte/renditionen.h"
#include "app.h"
#include "sql/kopie.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using base::Failure;
using Named = std::map<std::string, std::int64_t>;

constexpr std::size_t groupSize = 200;

/// Every file that a row of the database names, with its size.
Named namedFiles(sql::Database& database) {
  Named out;
  for (const auto mandant : database.read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); }))
    database.read(mandant, [&](const sql::ReadTx& tx) { out.merge(akte::genannteDateien(tx, mandant)); });
  return out;
}

/// Copies files into another store, those that it has left out.
class Files {
 public:
  Files(const blob::Store& from, blob::Store& into) : from_(from), into_(into) {}

  template <typename Names>
  void copy(const Names& names) {
    missing.clear();
    damaged.clear();
    for (const auto& name : names) copyOne(name);
    commit();
  }

  std::vector<std::string> missing, damaged;
  std::size_t copied = 0;

 private:
  void copyOne(const Named::value_type& named) { copyOne(named.first); }
  void copyOne(const std::string& sha256) {
    const auto opened = from_.open(sha256);
    if (const auto there = into_.open(sha256); there && (!opened || there->size == opened->size)) return;
    if (!opened) return missing.push_back(sha256);
    try {
      open_.push_back(blob::copyOf(*opened, sha256, into_));
    } catch (const Failure& failure) {
      if (failure.code() != base::Code::InhaltBeschaedigt) throw;
      return damaged.push_back(sha256);
    }
    if (open_.size() == groupSize) commit();
  }

  void commit() {
    copied += into_.commitAll(open_).size();
    open_.clear();
  }

  const blob::Store& from_;
  blob::Store& into_;
  std::vector<std::unique_ptr<blob::Writer>> open_;
};

void tellOf(const Files& files) {
  for (const auto& sha256 : files.missing) std::cout << fmt::format("Der Dateiinhalt {} fehlt.\n", sha256);
  for (const auto& sha256 : files.damaged)
    std::cout << fmt::format("Der Dateiinhalt {} ist verändert: Seine Prüfsumme stimmt nicht.\n", sha256);
}

fs::path folderFor(const Settings& settings, const std::string& to) {
  fs::create_directories(to);
  const auto folder = fs::canonical(to);
  if (fs::exists(settings.data) && fs::canonical(settings.data) == folder)
    throw Failure(
        "Die Sicherung kann nicht dort liegen, wo die Daten liegen. Nennen Sie mit --to einen anderen Ordner.");
  if (!fs::is_empty(folder) && !fs::exists(folder / "blobs"))
    throw Failure(fmt::format(
        "{} ist weder leer noch eine Sicherung von Aktenlotse. Nennen Sie mit --to einen anderen Ordner.", to));
  fs::permissions(folder, fs::perms::owner_all);
  return folder;
}

}  // namespace

int backup(const Settings& settings, const std::string& to) {
  App app(settings);
  const auto folder = folderFor(settings, to);
  const bool sqlite = app.database().engine() == sql::Engine::sqlite;
  const auto address = addressOf(settings);
  const auto place = folder / (sqlite ? "aktenlotse.db" : "aktenlotse.dump");
  const auto fresh = fs::path(place.string() + ".neu");
  const auto blobs = openStore(settings, (folder / "blobs").string());
  Files files(app.blobs(), *blobs);
  Named named;
  // A file may be deleted lawfully between the copy of the database, which names it, and its own; then once more.
  for (int attempt = 0; attempt < 3; ++attempt) {
    fs::remove(fresh);
    sql::copyDatabase(address, fresh);
    if (sqlite) {
      sql::Database copy({sql::Engine::sqlite, fresh.string()});
      named = namedFiles(copy);
    } else {
      named = namedFiles(app.database());
    }
    files.copy(named);
    const auto now = namedFiles(app.database());
    if (std::ranges::all_of(files.missing, [&](const auto& sha256) { return now.contains(sha256); })) break;
  }
  for (const auto* rest : {"-wal", "-shm"}) fs::remove(place.string() + rest);
  fs::rename(fresh, place);
  tellOf(files);
  std::cout << fmt::format("Gesichert: die Datenbank und {} Dateien, davon {} neu kopiert.\n", named.size(),
                           files.copied);
  return files.missing.empty() && files.damaged.empty() ? 0 : 1;
}

int restore(const Settings& settings, const std::string& from) {
  const auto folder = fs::canonical(from);
  const auto address = addressOf(settings);
  const bool sqlite = address.engine == sql::Engine::sqlite;
  const auto source = folder / (sqlite ? "aktenlotse.db" : "aktenlotse.dump");
  if (!fs::exists(source))
    throw Failure(fmt::format("In {} liegt keine Sicherung, die hierher passt: Es fehlt {}.", folder.string(),
                              source.filename().string()));
  if (sqlite) fs::create_directories(settings.data);
  if (!sql::holdsNothing(address))
    throw Failure(
        "Hier liegen schon Daten. Eine Sicherung wird nur dort wiederhergestellt, wo noch nichts liegt; nennen Sie mit "
        "--data einen anderen Ort.");
  const auto blobs = openBlobs(settings);
  const auto saved = openStore(settings, (folder / "blobs").string());
  Files files(*saved, *blobs);
  std::vector<std::string> names;
  saved->each([&](const std::string& sha256, base::Zeitpunkt) { names.push_back(sha256); });
  files.copy(names);
  // The database comes last: where it is, the files are.
  sql::restoreDatabase(source, address);
  tellOf(files);
  std::cout << fmt::format("Wiederhergestellt: die Datenbank und {} Dateien, davon {} neu kopiert.\n", names.size(),
                           files.copied)
            << std::flush;
  {
    sql::Database database(address);
    const auto states = sql::migrationStates(database, migrations());
    if (!states) throw Failure(states.error().detail);
    if (!std::ranges::all_of(*states, &sql::MigrationState::applied)) {
      std::cout
          << "Die Sicherung ist von einer älteren Version. Rufen Sie jetzt „aktenlotse migrate“ auf, mit der Rolle, "
             "mit der der Server arbeitet, und danach „aktenlotse check“.\n";
      return files.damaged.empty() ? 0 : 1;
    }
  }
  return std::max(check(settings), files.damaged.empty() ? 0 : 1);
}

int move(const Settings& settings, const std::string& to) {
  App app(settings);
  const auto target = openStore(settings, to);
  Files files(app.blobs(), *target);
  const auto named = namedFiles(app.database());
  files.copy(named);
  tellOf(files);
  std::cout << fmt::format("{} Dateien liegen dort, davon {} neu kopiert.\n",
                           named.size() - files.missing.size() - files.damaged.size(), files.copied);
  return files.missing.empty() && files.damaged.empty() ? 0 : 1;
}

int rekey(const Settings& settings) {
  if (settings.blobSchluessel.empty()) throw Failure("Nennen Sie mit --blob-schluessel die Datei der Schlüssel.");
  App app(settings);
  std::vector<std::string> names;
  app.blobs().each([&](const std::string& sha256, base::Zeitpunkt) { names.push_back(sha256); });
  std::size_t renewed = 0, failed = 0;
  for (const auto& sha256 : names) try {
      renewed += app.blobs().renew(sha256) ? 1 : 0;
    } catch (const Failure& failure) {
      ++failed;
      std::cout << fmt::format("Der Dateiinhalt {} bleibt, wie er ist: {}\n", sha256, failure.what());
    }
  std::cout << fmt::format("{} von {} Dateien neu verschlüsselt.\n", renewed, names.size());
  return failed == 0 ? 0 : 1;
}

}  // namespace app
