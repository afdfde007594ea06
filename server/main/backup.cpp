#include <fmt/format.h>

#include <iostream>

#include "akte/renditionen.h"
#include "app.h"
#include "base/hash.h"
#include "sql/kopie.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using base::Failure;
using Named = std::map<std::string, std::int64_t>;

constexpr std::size_t groupSize = 200;
constexpr std::size_t pieceSize = 1024 * 1024;

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

  void copy(const Named& named) {
    missing.clear();
    damaged.clear();
    for (const auto& [sha256, size] : named) copyOne(sha256);
    commit();
  }

  std::vector<std::string> missing, damaged;
  std::size_t copied = 0;

 private:
  void copyOne(const std::string& sha256) {
    const auto opened = from_.open(sha256);
    if (const auto there = into_.open(sha256); there && (!opened || there->size == opened->size)) return;
    if (!opened) return missing.push_back(sha256);
    auto writer = into_.writer();
    base::Sha256 hash;
    for (std::uint64_t at = 0; at < opened->size; at += pieceSize) {
      const auto piece = opened->read(at, pieceSize);
      hash.add(piece);
      writer->write(piece);
    }
    if (hash.hex() != sha256) return damaged.push_back(sha256);
    open_.push_back(std::move(writer));
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
  const auto address = sqlite ? sql::Address{sql::Engine::sqlite, (fs::path(settings.data) / "aktenlotse.db").string()}
                              : sql::Address::parse(settings.data);
  const auto place = folder / (sqlite ? "aktenlotse.db" : "aktenlotse.dump");
  const auto fresh = fs::path(place.string() + ".neu");
  blob::FolderStore blobs(folder / "blobs");
  Files files(app.blobs(), blobs);
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
  for (const auto& sha256 : files.missing) std::cout << fmt::format("Der Dateiinhalt {} fehlt.\n", sha256);
  for (const auto& sha256 : files.damaged)
    std::cout << fmt::format("Der Dateiinhalt {} ist verändert: Seine Prüfsumme stimmt nicht.\n", sha256);
  std::cout << fmt::format("Gesichert: die Datenbank und {} Dateien, davon {} neu kopiert.\n", named.size(),
                           files.copied);
  return files.missing.empty() && files.damaged.empty() ? 0 : 1;
}

}  // namespace app
