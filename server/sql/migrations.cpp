#include "sql/migrations.h"

#include <fmt/format.h>

#include "base/hash.h"

namespace sql {
namespace {

struct Applied {
  std::int64_t nummer = 0;
  std::string name{};
  std::string pruefsumme{};
};
BOOST_DESCRIBE_STRUCT(Applied, (), (nummer, name, pruefsumme))

std::string_view textFor(const Migration& migration, Engine engine) {
  return engine == Engine::sqlite ? migration.sqlite : migration.postgres;
}

void createTable(Database& database) {
  database.script(database.engine() == Engine::sqlite
                      ? "CREATE TABLE IF NOT EXISTS migration (nummer INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                        "pruefsumme TEXT NOT NULL, zeit INTEGER NOT NULL) STRICT;"
                      : "CREATE TABLE IF NOT EXISTS migration (nummer BIGINT PRIMARY KEY, name TEXT NOT NULL, "
                        "pruefsumme TEXT NOT NULL, zeit BIGINT NOT NULL);",
                  [](WriteTx&) { return true; });
}

std::vector<Applied> applied(const ReadTx& tx) {
  const bool begun =
      tx.engine() == Engine::sqlite
          ? tx.value<std::int64_t>("SELECT 1 FROM sqlite_master WHERE name = 'migration'").has_value()
          : tx.value<std::string>(
                  "SELECT CAST(to_regclass('migration') AS TEXT) WHERE to_regclass('migration') IS NOT NULL")
                .has_value();
  if (!begun) return {};
  return tx.query<Applied>("SELECT nummer, name, pruefsumme FROM migration ORDER BY nummer");
}

/// The number of steps that stand in the database, after comparing each with ours.
base::Result<std::size_t> compare(const std::vector<Applied>& there, std::span<const Migration> ours, Engine engine) {
  for (std::size_t i = 0; i < there.size(); ++i) {
    if (i >= ours.size())
      return base::fail(base::Code::Konflikt,
                        fmt::format("Die Datenbank ist neuer als dieses Programm (Schritt {} „{}“). "
                                    "Nehmen Sie die neuere Version von Aktenlotse.",
                                    there[i].nummer, there[i].name));
    const bool same = there[i].nummer == ours[i].number && there[i].name == ours[i].name &&
                      there[i].pruefsumme == base::sha256Hex(textFor(ours[i], engine));
    if (!same)
      return base::fail(base::Code::Konflikt,
                        fmt::format("Der Schritt {} „{}“ der Datenbank stimmt nicht mit dem dieses "
                                    "Programms überein. Er wurde nachträglich geändert; es wird "
                                    "nichts angefasst.",
                                    there[i].nummer, there[i].name));
  }
  return there.size();
}

}  // namespace

base::Result<std::int64_t> migrate(Database& database, std::span<const Migration> migrations,
                                   const base::Clock& clock) {
  createTable(database);
  const auto there = database.read(0, [](const ReadTx& tx) { return applied(tx); });
  AKTENLOTSE_GET(count, compare(there, migrations, database.engine()));
  std::int64_t done = 0;
  for (const auto& migration : migrations.subspan(count)) {
    const auto text = textFor(migration, database.engine());
    bool ours = false;
    database.script(text, [&](WriteTx& tx) {
      // Another program may have started at the same time.
      ours = !tx.value<std::int64_t>("SELECT nummer FROM migration WHERE nummer = :nummer", migration.number);
      if (!ours) return false;
      tx.exec("INSERT INTO migration (nummer, name, pruefsumme, zeit) VALUES (:nummer, :name, :pruefsumme, :zeit)",
              migration.number, migration.name, base::sha256Hex(text), clock.now());
      return true;
    });
    done += ours ? 1 : 0;
  }
  return done;
}

base::Result<std::vector<MigrationState>> migrationStates(Database& database, std::span<const Migration> migrations) {
  const auto there = database.read(0, [](const ReadTx& tx) { return applied(tx); });
  AKTENLOTSE_GET(count, compare(there, migrations, database.engine()));
  std::vector<MigrationState> states;
  for (std::size_t i = 0; i < migrations.size(); ++i)
    states.push_back({migrations[i].number, std::string(migrations[i].name), i < count});
  return states;
}

base::Result<void> requireCurrent(Database& database, std::span<const Migration> migrations) {
  AKTENLOTSE_GET(states, migrationStates(database, migrations));
  for (const auto& state : states)
    if (!state.applied)
      return base::fail(base::Code::Konflikt, fmt::format("Der Datenbank fehlt der Schritt {} „{}“. Rufen Sie zuerst "
                                                          "„aktenlotse migrate“ auf.",
                                                          state.number, state.name));
  return {};
}

}  // namespace sql
