#include "suche/pruefung.h"

#include <fmt/format.h>

#include <algorithm>

#include "akte/renditionen.h"

namespace suche {
namespace {

using Findings = std::vector<std::string>;

struct Verzeichnis {
  std::int64_t mandant = 0;
  std::string schluessel{}, name{};
};
BOOST_DESCRIBE_STRUCT(Verzeichnis, (), (mandant, schluessel, name))

Findings checkVerzeichnis(const sql::ReadTx& tx, const Verzeichnis& eintrag) {
  const auto rows = mandant::allRows<mandant::MandantZeile>(tx, eintrag.mandant);
  if (rows.size() == 1 && rows[0].schluessel == eintrag.schluessel && rows[0].name == eintrag.name) return {};
  return {fmt::format("Mandant {}: das Verzeichnis der Mandanten nennt ihn anders als er selbst.", eintrag.mandant)};
}

/// A tenant that has entries and is not in the list. Numbers are given one after the other, so it is one of these.
Findings checkVerschwundene(sql::Database& database, const std::vector<Verzeichnis>& verzeichnis) {
  Findings found;
  for (std::int64_t number = 1; number <= static_cast<std::int64_t>(verzeichnis.size()) + 1; ++number) {
    if (std::ranges::find(verzeichnis, number, &Verzeichnis::mandant) != verzeichnis.end()) continue;
    const auto entries = database.read(number, [&](const sql::ReadTx& tx) {
      return tx.value<std::int64_t>("SELECT COUNT(*) FROM journal WHERE mandant = :mandant", number).value();
    });
    if (entries > 0) found.push_back(fmt::format("Mandant {}: im Verzeichnis der Mandanten fehlt er.", number));
  }
  return found;
}

/// The files of a tenant with the sizes that its versions name.
using Dateien = std::map<std::string, std::int64_t>;

Findings checkGroessen(const sql::ReadTx& tx, std::int64_t mandant, Dateien& dateien) {
  Findings found;
  for (const auto& version : mandant::allRows<akte::VersionZeile>(tx, mandant))
    if (dateien.emplace(version.sha256, version.groesse).first->second != version.groesse)
      found.push_back(fmt::format("Version {}: die Größe der Datei stimmt nicht.", version.id));
  tx.each<akte::RenditionZeile>(
      sql::Query::select<akte::RenditionZeile>().add(
          " FROM rendition WHERE mandant = :mandant ORDER BY version, art, seite", mandant),
      [&](akte::RenditionZeile&& row) {
        if (dateien.emplace(row.sha256, row.groesse).first->second != row.groesse)
          found.push_back(fmt::format("Version {}: die Größe einer Rendition stimmt nicht.", row.version));
      });
  return found;
}

Findings checkDatei(const blob::Store& blobs, const std::string& sha256, std::int64_t groesse) {
  if (const auto wrong = blobs.verify(sha256)) return {*wrong};
  const auto opened = blobs.open(sha256);
  if (opened && opened->size == static_cast<std::uint64_t>(groesse)) return {};
  return {fmt::format("Datei {}: sie ist nicht so groß, wie die Version sagt.", sha256)};
}

}  // namespace

std::vector<const sql::Table*> journalTabellen() {
  auto tables = mandant::tables();
  const auto more = akte::tables();
  tables.insert(tables.end(), more.begin(), more.end());
  return tables;
}

Pruefung pruefen(sql::Database& database, const blob::Store& blobs) {
  Pruefung out;
  const auto run = [&out](std::string_view what, auto check) {
    try {
      const Findings found = check();
      out.befunde.insert(out.befunde.end(), found.begin(), found.end());
    } catch (const std::exception& error) {
      out.befunde.push_back(fmt::format("{}: die Prüfung kam nicht zu Ende ({}).", what, error.what()));
    }
  };
  const auto verzeichnis = database.read(0, [](const sql::ReadTx& tx) {
    return tx.query<Verzeichnis>("SELECT mandant, schluessel, name FROM mandant_verzeichnis ORDER BY mandant");
  });
  Dateien dateien;
  run("Mandanten", [&] { return checkVerschwundene(database, verzeichnis); });
  for (const auto& eintrag : verzeichnis) {
    const auto mandant = eintrag.mandant;
    const auto onTables = [&](std::string_view what, auto check) {
      run(what, [&] { return database.read(mandant, check); });
    };
    onTables("Mandanten", [&](const sql::ReadTx& tx) { return checkVerzeichnis(tx, eintrag); });
    onTables("Journal", [&](const sql::ReadTx& tx) { return journal::check(tx, mandant, journalTabellen()); });
    onTables("Rechte", [&](const sql::ReadTx& tx) { return mandant::checkReach(tx, mandant); });
    onTables("Volltext", [&](const sql::ReadTx& tx) { return akte::check(tx, mandant); });
    onTables("Suche", [&](const sql::ReadTx& tx) { return check(tx, mandant); });
    onTables("Dateien", [&](const sql::ReadTx& tx) { return checkGroessen(tx, mandant, dateien); });
    out.eintraege += database.read(mandant, [&](const sql::ReadTx& tx) {
      return tx.value<std::int64_t>("SELECT COUNT(*) FROM journal WHERE mandant = :mandant", mandant).value();
    });
  }
  for (const auto& [sha256, groesse] : dateien) run("Dateien", [&] { return checkDatei(blobs, sha256, groesse); });
  out.dateien = static_cast<std::int64_t>(dateien.size());
  return out;
}

}  // namespace suche
