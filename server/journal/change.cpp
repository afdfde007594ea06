#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"
#include "journal/journal.h"

namespace journal {
namespace {

void appendValue(std::string& out, const sql::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    out += std::to_string(*number);
  else if (const auto* text = std::get_if<std::string>(&value))
    base::appendJsonString(out, *text);
  else
    out += "null";
}

/// {"column":value,…} of the columns for which `take(index)` says so.
template <typename Take>
std::string rowJson(const sql::Table& table, const std::vector<sql::Value>& values, Take take) {
  std::string out = "{";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!take(i)) continue;
    if (out.size() > 1) out += ',';
    (out += '"') += table.columns[i].name;
    out += "\":";
    appendValue(out, values[i]);
  }
  return out += '}';
}

std::int64_t idOf(const std::vector<sql::Value>& values) { return std::get<std::int64_t>(values.at(1)); }

constexpr auto all = [](std::size_t) { return true; };

struct Head {
  std::int64_t nr = 0;
  std::string hash{};
};
BOOST_DESCRIBE_STRUCT(Head, (), (nr, hash))

}  // namespace

std::string hashOf(const Eintrag& e) {
  const std::string head =
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n", e.mandant, e.nr, e.kette, e.zeit.micros, e.person,
                  e.fuer, e.aktion, e.objektArt, e.objekt, e.oberobjekt, e.vorher);
  return base::Sha256().add(head).add(e.aenderungen).hex();
}

std::int64_t Change::nextId() {
  if (last_ > 0) return ++last_;
  const auto next = tx_.value<std::int64_t>(
      "INSERT INTO zaehler (mandant, wert) VALUES (:mandant, 1) "
      "ON CONFLICT (mandant) DO UPDATE SET wert = zaehler.wert + 1 RETURNING wert",
      mandant_);
  return taken_ = last_ = next.value();
}

void Change::note(const sql::Table& table, std::int64_t id, const std::string& alt, const std::string& neu) {
  aenderungen_ += aenderungen_.empty() ? "[" : ",";
  aenderungen_ += fmt::format(R"({{"t":"{}","id":{})", table.name, id);
  if (!alt.empty()) (aenderungen_ += ",\"alt\":") += alt;
  if (!neu.empty()) (aenderungen_ += ",\"neu\":") += neu;
  aenderungen_ += '}';
}

void Change::insertRow(const sql::Table& table, std::vector<sql::Value> values) {
  note(table, idOf(values), {}, rowJson(table, values, all));
  tx_.exec(sql::Query::insertInto(table, std::move(values)));
}

void Change::updateRow(const sql::Table& table, const std::vector<sql::Value>& before,
                       const std::vector<sql::Value>& after) {
  std::vector<std::pair<std::size_t, sql::Value>> changed;
  for (std::size_t i = 2; i < after.size(); ++i)
    if (before[i] != after[i]) changed.emplace_back(i, after[i]);
  if (changed.empty()) return;
  const auto differs = [&](std::size_t i) { return before[i] != after[i]; };
  note(table, idOf(after), rowJson(table, before, differs), rowJson(table, after, differs));
  if (tx_.exec(sql::Query::update(table, mandant_, idOf(after), changed)) != 1)
    throw base::Failure("row to be changed is not there: " + std::string(table.name));
}

void Change::eraseRow(const sql::Table& table, const std::vector<sql::Value>& values) {
  note(table, idOf(values), rowJson(table, values, all), {});
  if (tx_.exec(sql::Query::deleteFrom(table, mandant_, idOf(values))) != 1)
    throw base::Failure("row to be removed is not there: " + std::string(table.name));
}

std::int64_t Change::nr() const {
  const auto last =
      tx_.value<std::int64_t>("SELECT nr FROM journal WHERE mandant = :mandant ORDER BY nr DESC LIMIT 1", mandant_);
  return last.value_or(0) + 1;
}

void Change::seal() {
  if (betreff_.aktion.empty()) throw base::Failure("a change without a subject");
  if (!expunged_.empty()) redact();
  if (last_ > taken_) tx_.exec("UPDATE zaehler SET wert = :wert WHERE mandant = :mandant", last_, mandant_);
  const auto head = tx_.one<Head>("SELECT nr, hash FROM journal_kopf WHERE mandant = :mandant AND kette = :kette",
                                  mandant_, betreff_.kette);
  Eintrag eintrag{mandant_,
                  nr(),
                  betreff_.kette,
                  zeit_,
                  wer_.person,
                  wer_.fuer,
                  std::string(betreff_.aktion),
                  std::string(betreff_.objektArt),
                  betreff_.objekt,
                  betreff_.oberobjekt,
                  aenderungen_ + "]",
                  head ? head->hash : std::string(),
                  {}};
  eintrag.hash = hashOf(eintrag);
  tx_.exec(sql::Query::insertInto(sql::tableOf<Eintrag>(), sql::valuesOf(eintrag)));
  tx_.exec(
      "INSERT INTO journal_kopf (mandant, kette, nr, hash) VALUES (:mandant, :kette, :nr, :hash) "
      "ON CONFLICT (mandant, kette) DO UPDATE SET nr = excluded.nr, hash = excluded.hash",
      mandant_, betreff_.kette, eintrag.nr, eintrag.hash);
}

}  // namespace journal
