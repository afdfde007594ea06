#include "suche/wortschatz.h"

#include "text/forgive.h"

namespace suche {
namespace {

struct Wort {
  std::string wort{};
};
BOOST_DESCRIBE_STRUCT(Wort, (), (wort))

struct Zaehlung {
  std::string wort{};
  std::int64_t dokumente = 0;
};
BOOST_DESCRIBE_STRUCT(Zaehlung, (), (wort, dokumente))

struct Schluessel {
  std::int64_t schluessel = 0;
  std::string wort{};
};
BOOST_DESCRIBE_STRUCT(Schluessel, (), (schluessel, wort))

constexpr std::size_t mostAccepted = 6;        // near words beside one word of the question
constexpr std::size_t mostLookedAt = 20;       // of those that are near, the nearest
constexpr std::int64_t mostGathered = 50'000;  // keys beside the table where SQLite looks them up

/// As JSON for SQLite, as an array for PostgreSQL. Entries hold letters, digits and hyphens only.
std::string listOf(sql::Engine engine, const std::vector<std::string>& entries) {
  std::string out;
  for (const auto& entry : entries) {
    out += out.empty() ? "" : ",";
    ((out += '"') += entry) += '"';
  }
  return engine == sql::Engine::postgres ? '{' + out + '}' : '[' + out + ']';
}

std::string listOf(sql::Engine engine, const std::vector<std::int64_t>& numbers) {
  const auto out = fmt::format("{}", fmt::join(numbers, ","));
  return engine == sql::Engine::postgres ? '{' + out + '}' : '[' + out + ']';
}

/// Words with a number each: one JSON list of pairs for SQLite, two arrays for PostgreSQL.
class Paare {
 public:
  Paare() = default;
  /// Those whose number is of this sign, in the order in which the tables keep them.
  Paare(const Wortzahlen& worte, int sign) {
    std::vector<const Wortzahlen::value_type*> sorted;
    for (const auto& entry : worte)
      if (entry.second * sign > 0) sorted.push_back(&entry);
    std::ranges::sort(sorted, {}, [](const auto* entry) -> const std::string& { return entry->first; });
    for (const auto* entry : sorted) add(entry->first, entry->second);
  }
  void add(std::string_view wort, std::int64_t zahl) {
    worte_.emplace_back(wort);
    zahlen_.push_back(zahl);
  }
  [[nodiscard]] bool empty() const { return worte_.empty(); }
  [[nodiscard]] std::string worte() const { return listOf(sql::Engine::postgres, worte_); }
  [[nodiscard]] std::string zahlen() const { return listOf(sql::Engine::postgres, zahlen_); }
  [[nodiscard]] std::string json() const {
    std::string out = "[";
    for (std::size_t i = 0; i < worte_.size(); ++i)
      ((((out += i > 0 ? ",[\"" : "[\"") += worte_[i]) += "\",") += std::to_string(zahlen_[i])) += ']';
    return out += ']';
  }

 private:
  std::vector<std::string> worte_;
  std::vector<std::int64_t> zahlen_;
};

/// Where enough is gathered, of all tenants: it goes over in the order of the table, so each of its pages is written
/// once.
void ordneSchluesselEin(sql::WriteTx& tx) {
  if (tx.value<std::int64_t>("SELECT MAX(rowid) FROM suche_schluessel_neu").value() < mostGathered) return;
  tx.exec(
      "INSERT INTO suche_schluessel (mandant, schluessel, wort) SELECT mandant, schluessel, wort FROM "
      "suche_schluessel_neu ORDER BY mandant, schluessel, wort");
  tx.exec("DELETE FROM suche_schluessel_neu");
}

void insertSchluessel(sql::WriteTx& tx, std::int64_t mandant, const std::vector<std::string>& neue) {
  Paare paare;
  for (const auto& wort : neue)
    for (const auto key : text::vocabularyKeys(wort)) paare.add(wort, key);
  if (paare.empty()) return;
  if (tx.engine() == sql::Engine::postgres) {
    tx.exec(
        "INSERT INTO suche_schluessel (mandant, schluessel, wort) SELECT CAST(:mandant AS bigint), k.schluessel, "
        "k.wort "
        "FROM unnest(CAST(:schluessel AS bigint[]), CAST(:worte AS text[])) AS k (schluessel, wort)",
        mandant, paare.zahlen(), paare.worte());
    return;
  }
  tx.exec(
      "INSERT INTO suche_schluessel_neu (mandant, schluessel, wort) SELECT :mandant, value ->> 1, value ->> 0 "
      "FROM json_each(:paare)",
      mandant, paare.json());
  ordneSchluesselEin(tx);
}

std::vector<std::string> entriesWith(const sql::ReadTx& tx, std::int64_t mandant,
                                     const std::vector<std::int64_t>& keys) {
  const auto engine = tx.engine();
  const auto rows = engine == sql::Engine::postgres
                        ? tx.query<Wort>(
                              "SELECT DISTINCT wort FROM suche_schluessel WHERE mandant = :mandant AND schluessel = "
                              "ANY (CAST(:schluessel AS bigint[])) ORDER BY wort",
                              mandant, listOf(engine, keys))
                        : tx.query<Wort>(
                              "SELECT wort FROM suche_schluessel WHERE mandant = :mandant AND schluessel IN "
                              "(SELECT value FROM json_each(:schluessel)) UNION SELECT wort FROM suche_schluessel_neu "
                              "WHERE mandant = :mandant2 AND schluessel IN (SELECT value FROM json_each(:schluessel2)) "
                              "ORDER BY wort",
                              mandant, listOf(engine, keys), mandant, listOf(engine, keys));
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(row.wort);
  return out;
}

/// Whether a leaf of one term finds a document that the person may see. Of words that stand in very many documents
/// only the newest are looked at, so that this stays quick for those who see few.
bool isFound(const sql::ReadTx& tx, const mandant::Berechtigung& wer, const text::Leaf& leaf) {
  const text::Query query{.root = text::Node{leaf}, .hints = {}};
  sql::Query found("SELECT s.objekt FROM ");
  if (tx.engine() == sql::Engine::postgres) {
    found.add(
        "(SELECT objekt, zugriff FROM suche WHERE mandant = :mandant AND art = 'dokument' AND "
        "woerter @@ CAST(:frage AS tsquery) LIMIT 5000) s WHERE ",
        wer.mandant, text::candidateTsquery(query));
  } else {
    const std::int64_t base = wer.mandant << 40;
    found.add(
        "(SELECT rowid - :basis AS objekt FROM suche_wort WHERE suche_wort MATCH :frage AND rowid BETWEEN :von AND "
        ":bis "
        "ORDER BY rowid DESC LIMIT 5000) w JOIN suche s ON s.mandant = :mandant AND s.objekt = w.objekt WHERE ",
        base, text::toFts5(query), base, base + (std::int64_t{1} << 40) - 1, wer.mandant);
  }
  found.add(mandant::sichtbar("s.zugriff", wer)).add(" LIMIT 1");
  return tx.value<std::int64_t>(found).has_value();
}

/// The near words to look for beside one word.
std::vector<std::string> acceptedFor(const sql::ReadTx& tx, const mandant::Berechtigung& wer, const std::string& wort,
                                     Nachsicht nachsicht) {
  if (text::allowedEdits(wort) == 0) return {};
  const bool found = isFound(tx, wer, text::leafOf(wort));
  if (!found) nachsicht = Nachsicht::vertippt;
  const auto near = text::nearWords(
      wort, [&](const std::vector<std::int64_t>& keys) { return entriesWith(tx, wer.mandant, keys); },
      nachsicht == Nachsicht::vertippt ? text::Reach::any : text::Reach::misread);
  std::vector<std::string> accepted;
  std::size_t lookedAt = 0;
  std::optional<int> nearest;
  for (const auto& one : near) {
    if (accepted.size() == mostAccepted || lookedAt == mostLookedAt) break;
    if (found && one.cost > text::costOfMisread) break;
    // A German word only where none is nearer: what stands further off was hardly meant.
    if (one.known && one.cost > nearest.value_or(one.cost)) continue;
    ++lookedAt;
    if (!isFound(tx, wer, text::leafOf(one.eintrag))) continue;
    nearest = nearest.value_or(one.cost);
    accepted.push_back(one.eintrag);
  }
  return accepted;
}

void mehr(sql::WriteTx& tx, std::int64_t mandant, const Wortzahlen& worte) {
  const Paare paare(worte, 1);
  if (paare.empty()) return;
  const auto counted =
      tx.engine() == sql::Engine::postgres
          ? tx.query<Zaehlung>(
                "INSERT INTO suche_wortschatz AS s (mandant, wort, dokumente) SELECT CAST(:mandant AS bigint), w.wort, "
                "w.zahl FROM unnest(CAST(:worte AS text[]), CAST(:zahlen AS bigint[])) AS w (wort, zahl) "
                "ON CONFLICT (mandant, wort) DO UPDATE SET dokumente = s.dokumente + excluded.dokumente "
                "RETURNING wort, dokumente",
                mandant, paare.worte(), paare.zahlen())
          : tx.query<Zaehlung>(
                "INSERT INTO suche_wortschatz (mandant, wort, dokumente) SELECT :mandant, value ->> 0, value ->> 1 "
                "FROM json_each(:paare) WHERE true ON CONFLICT (mandant, wort) DO UPDATE SET dokumente = "
                "dokumente + excluded.dokumente RETURNING wort, dokumente",
                mandant, paare.json());
  std::vector<std::string> neue;
  for (const auto& row : counted)
    if (row.dokumente == worte.at(row.wort)) neue.push_back(row.wort);
  insertSchluessel(tx, mandant, neue);
}

void weniger(sql::WriteTx& tx, std::int64_t mandant, const Wortzahlen& worte) {
  const Paare paare(worte, -1);
  if (paare.empty()) return;
  const auto counted =
      tx.engine() == sql::Engine::postgres
          ? tx.query<Zaehlung>(
                "UPDATE suche_wortschatz AS s SET dokumente = s.dokumente + w.zahl FROM unnest(CAST(:worte AS text[]), "
                "CAST(:zahlen AS bigint[])) AS w (wort, zahl) WHERE s.mandant = :mandant AND s.wort = w.wort "
                "RETURNING s.wort, s.dokumente",
                paare.worte(), paare.zahlen(), mandant)
          : tx.query<Zaehlung>(
                "UPDATE suche_wortschatz SET dokumente = dokumente + w.zahl FROM (SELECT value ->> 0 AS wort, value "
                "->> 1 AS zahl FROM json_each(:paare)) w WHERE mandant = :mandant AND suche_wortschatz.wort = w.wort "
                "RETURNING suche_wortschatz.wort, dokumente",
                paare.json(), mandant);
  for (const auto& row : counted) {
    if (row.dokumente > 0) continue;
    tx.exec("DELETE FROM suche_wortschatz WHERE mandant = :mandant AND wort = :wort", mandant, row.wort);
    for (const auto key : text::vocabularyKeys(row.wort)) {
      const auto gone =
          tx.exec("DELETE FROM suche_schluessel WHERE mandant = :mandant AND schluessel = :schluessel AND wort = :wort",
                  mandant, key, row.wort);
      if (gone == 0 && tx.engine() == sql::Engine::sqlite)
        tx.exec(
            "DELETE FROM suche_schluessel_neu WHERE mandant = :mandant AND schluessel = :schluessel AND wort = :wort",
            mandant, key, row.wort);
    }
  }
}

}  // namespace

void zaehleWorte(sql::WriteTx& tx, std::int64_t mandant, const Wortzahlen& worte) {
  mehr(tx, mandant, worte);
  weniger(tx, mandant, worte);
}

Vergebung vergeben(const sql::ReadTx& tx, const mandant::Berechtigung& wer, const text::Query& frage,
                   Nachsicht nachsicht) {
  Vergebung out;
  out.frage = text::forgive(frage, [&](const std::string& wort) {
    auto accepted = acceptedFor(tx, wer, wort, nachsicht);
    for (const auto& eintrag : accepted)
      if (std::ranges::find(out.auchGefunden, eintrag) == out.auchGefunden.end()) out.auchGefunden.push_back(eintrag);
    return accepted;
  });
  return out;
}

std::vector<std::string> checkWortschatz(const sql::ReadTx& tx, std::int64_t mandant,
                                         const std::map<std::string, std::int64_t>& dokumente) {
  std::vector<std::string> found;
  std::size_t right = 0;
  for (const auto& row : tx.query<Zaehlung>(
           "SELECT wort, dokumente FROM suche_wortschatz WHERE mandant = :mandant ORDER BY wort", mandant)) {
    const auto expected = dokumente.find(row.wort);
    if (expected != dokumente.end() && expected->second == row.dokumente)
      ++right;
    else
      found.push_back("Suche: der Wortschatz zählt „" + row.wort + "“ nicht so oft, wie es vorkommt.");
  }
  if (right < dokumente.size() && found.empty()) found.emplace_back("Suche: im Wortschatz fehlen Wörter.");
  std::size_t expectedKeys = 0, keys = 0;
  for (const auto& [wort, count] : dokumente) expectedKeys += text::vocabularyKeys(wort).size();
  auto all = sql::Query("SELECT schluessel, wort FROM suche_schluessel WHERE mandant = :mandant", mandant);
  if (tx.engine() == sql::Engine::sqlite)
    all.add(" UNION ALL SELECT schluessel, wort FROM suche_schluessel_neu WHERE mandant = :mandant2", mandant);
  tx.each<Schluessel>(all.add(" ORDER BY wort"), [&](Schluessel&& row) {
    const auto ofWort = text::vocabularyKeys(row.wort);
    if (dokumente.contains(row.wort) && std::ranges::find(ofWort, row.schluessel) != ofWort.end())
      ++keys;
    else
      found.push_back("Suche: ein Schlüssel zu „" + row.wort + "“ gehört nicht in den Wortschatz.");
  });
  if (keys != expectedKeys)
    found.emplace_back("Suche: im Wortschatz fehlen Schlüssel. Rufen Sie „aktenlotse reindex“ auf.");
  return found;
}

}  // namespace suche
