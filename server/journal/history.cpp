#include <fmt/format.h>

#include <map>

#include "schritte.h"

namespace journal {
namespace {

sql::Query all(std::int64_t mandant) {
  return sql::Query::select<Eintrag>().add(" FROM journal WHERE mandant = :mandant ORDER BY nr", mandant);
}

}  // namespace

std::vector<Eintrag> history(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt, std::int64_t kette,
                             std::int64_t before, std::int64_t limit) {
  auto query = sql::Query::select<Eintrag>();
  query.add(" FROM journal WHERE mandant = :mandant", mandant);
  if (kette != 0)
    query.add(" AND kette = :kette", kette);
  else
    query.add(" AND (objekt = :objekt OR oberobjekt = :oberobjekt)", objekt, objekt);
  if (before != 0) query.add(" AND nr < :vor", before);
  query.add(" ORDER BY nr DESC LIMIT :grenze", limit);
  return tx.query<Eintrag>(query);
}

void replay(const sql::ReadTx& from, sql::WriteTx& into, std::int64_t mandant, const Tables& tables) {
  std::int64_t highest = 0;
  from.each<Eintrag>(all(mandant), [&](Eintrag&& eintrag) {
    eachStep(eintrag, [&](const Step& step) {
      if (step.table == Eintrag::tabelle)
        return;  // what was taken out of entries is out of those that are read here too
      const auto& table = tableNamed(tables, step.table);
      highest = std::max(highest, step.id);
      if (step.alt == nullptr)
        into.exec(sql::Query::insertInto(table, rowFrom(table, *step.neu)));
      else if (step.neu == nullptr)
        into.exec(sql::Query::deleteFrom(table, mandant, step.id));
      else
        into.exec(sql::Query::update(table, mandant, step.id, changesFrom(table, *step.neu)));
    });
    into.exec(sql::Query::insertInto(sql::tableOf<Eintrag>(), sql::valuesOf(eintrag)));
    into.exec(
        "INSERT INTO journal_kopf (mandant, kette, nr, hash) VALUES (:mandant, :kette, :nr, :hash) "
        "ON CONFLICT (mandant, kette) DO UPDATE SET nr = excluded.nr, hash = excluded.hash",
        mandant, eintrag.kette, eintrag.nr, eintrag.hash);
  });
  if (highest > 0) into.exec("INSERT INTO zaehler (mandant, wert) VALUES (:mandant, :wert)", mandant, highest);
}

namespace {

/// Walks the journal and then the tables; collects what does not agree.
class Checker {
 public:
  Checker(const sql::ReadTx& tx, std::int64_t mandant, const Tables& tables)
      : tx_(tx), mandant_(mandant), tables_(tables) {}

  std::vector<std::string> run() {
    tx_.each<Eintrag>(all(mandant_), [&](Eintrag&& eintrag) { checkEntry(eintrag); });
    for (const auto& [nr, hashes] : altered_)
      if (hashes.first != hashes.second)
        report(fmt::format("Journal: der Eintrag {} wurde verändert (Prüfsumme stimmt nicht).", nr));
    checkHeads();
    for (const auto* table : tables_) checkTable(*table);
    for (const auto& [key, row] : rows_)
      report(fmt::format("Tabelle {}: die Zeile {} fehlt, das Journal führt sie.", key.first, key.second));
    checkCounter();
    return std::move(found_);
  }

 private:
  using Key = std::pair<std::string, std::int64_t>;

  void report(std::string text) { found_.push_back(std::move(text)); }

  void checkEntry(const Eintrag& eintrag) {
    ++number_;
    if (eintrag.nr != number_) {
      report(fmt::format("Journal: auf Eintrag {} folgt Eintrag {}; dazwischen fehlt etwas.", number_ - 1, eintrag.nr));
      number_ = eintrag.nr;
    }
    if (auto hash = hashOf(eintrag); hash != eintrag.hash) altered_[eintrag.nr] = {eintrag.hash, std::move(hash)};
    if (heads_[eintrag.kette].second != eintrag.vorher)
      report(fmt::format("Journal: der Eintrag {} schließt nicht an seine Kette an.", eintrag.nr));
    heads_[eintrag.kette] = {eintrag.nr, eintrag.hash};
    try {
      eachStep(eintrag, [&](const Step& step) {
        if (step.table == Eintrag::tabelle)
          follow(eintrag, step);
        else
          apply(step);
      });
    } catch (const std::exception& error) {
      report(fmt::format("Journal: der Eintrag {} ist nicht lesbar ({}).", eintrag.nr, error.what()));
    }
  }

  /// A lawful deletion took content out of an earlier entry, whose own hash is then that of what stood there before.
  void follow(const Eintrag& eintrag, const Step& step) {
    const auto found = altered_.find(step.id);
    if (step.id < eintrag.nr && eintrag.aktion.ends_with(".geloescht") && found != altered_.end() &&
        std::string_view(step.alt->at("hash").as_string()) == found->second.first)
      found->second.first = step.neu->at("hash").as_string();
    else
      report(fmt::format("Journal: der Eintrag {} nennt eine Löschung im Eintrag {}, die dort nicht steht.", eintrag.nr,
                         step.id));
  }

  void apply(const Step& step) {
    highest_ = std::max(highest_, step.id);
    const auto& table = tableNamed(tables_, step.table);
    const Key key{step.table, step.id};
    checkAlt(table, step, rows_.find(key));
    if (step.neu == nullptr) {
      rows_.erase(key);
    } else if (step.alt == nullptr) {
      rows_[key] = rowFrom(table, *step.neu);
    } else {
      auto& row = rows_[key];
      row.resize(table.columns.size());
      for (auto& [index, value] : changesFrom(table, *step.neu)) row[index] = std::move(value);
    }
  }

  /// An entry's old values are what the one before it left.
  void checkAlt(const sql::Table& table, const Step& step, std::map<Key, std::vector<sql::Value>>::const_iterator row) {
    bool same = (step.alt == nullptr) == (row == rows_.end());
    if (same && step.alt != nullptr)
      for (const auto& [index, value] : changesFrom(table, *step.alt)) same = same && row->second[index] == value;
    if (!same)
      report(fmt::format("Journal: der Eintrag {} nennt für {} {} einen anderen alten Stand.", number_, step.table,
                         step.id));
  }

  void checkHeads() {
    const sql::Table table{
        "journal_kopf",
        {{"kette", sql::Kind::integer, false}, {"nr", sql::Kind::integer, false}, {"hash", sql::Kind::text, false}}};
    sql::Query query("SELECT kette, nr, hash FROM journal_kopf WHERE mandant = :mandant ORDER BY kette", mandant_);
    tx_.eachValues(table, query, [&](std::vector<sql::Value>&& row) {
      const auto kette = std::get<std::int64_t>(row[0]);
      const auto expected = heads_.find(kette);
      if (expected == heads_.end() || std::get<std::int64_t>(row[1]) != expected->second.first ||
          std::get<std::string>(row[2]) != expected->second.second)
        report(fmt::format("Journal: das Ende der Kette {} stimmt nicht; es fehlen Einträge, oder es wurde verändert.",
                           kette));
      if (expected != heads_.end()) heads_.erase(expected);
    });
    for (const auto& [kette, head] : heads_) report(fmt::format("Journal: der Kette {} fehlt ihr Ende.", kette));
  }

  void checkTable(const sql::Table& table) {
    tx_.eachValues(table, sql::Query::selectAll(table, mandant_), [&](std::vector<sql::Value>&& row) {
      const auto id = std::get<std::int64_t>(row[1]);
      const auto expected = rows_.find({std::string(table.name), id});
      if (expected == rows_.end()) {
        report(fmt::format("Tabelle {}: die Zeile {} steht nicht im Journal.", table.name, id));
        return;
      }
      for (std::size_t i = 0; i < row.size(); ++i)
        if (row[i] != expected->second[i])
          report(
              fmt::format("Tabelle {}, Zeile {}, Spalte {}: der Wert ist nicht der, den das Journal zuletzt schrieb.",
                          table.name, id, table.columns[i].name));
      rows_.erase(expected);
    });
  }

  void checkCounter() {
    const auto value = tx_.value<std::int64_t>("SELECT wert FROM zaehler WHERE mandant = :mandant", mandant_);
    if (value.value_or(0) != highest_)
      report(fmt::format("Zähler: der Stand {} passt nicht zum Journal ({}).", value.value_or(0), highest_));
  }

  const sql::ReadTx& tx_;
  std::int64_t mandant_;
  const Tables& tables_;
  std::vector<std::string> found_;
  std::map<std::int64_t, std::pair<std::int64_t, std::string>> heads_;
  std::map<Key, std::vector<sql::Value>> rows_;
  /// Entries whose text does not give their hash: the hash that the journal says it should have by now, and the one it
  /// has.
  std::map<std::int64_t, std::pair<std::string, std::string>> altered_;
  std::int64_t number_ = 0;
  std::int64_t highest_ = 0;
};

}  // namespace

std::vector<std::string> check(const sql::ReadTx& tx, std::int64_t mandant, const Tables& tables) {
  return Checker(tx, mandant, tables).run();
}

}  // namespace journal
