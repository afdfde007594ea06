// Lawful deletion in a journal that otherwise only grows: what an object said is taken out of the entries that hold it,
// and the deletion's own entry notes for each the hash before and after. The hash that the chain was made with stays.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "schritte.h"

namespace journal {
namespace {

/// What tells nothing of the content, and what rules, tables and the protocol need.
constexpr std::array bleibt{"uuid", "zeichen", "objekt_art", "status", "art", "medium", "geheimhaltung", "kanal"};

std::string cleared(std::int64_t id) { return fmt::format("(gelöscht {})", id); }

void clear(boost::json::value* side, std::int64_t id) {
  if (side == nullptr) return;
  for (auto& item : side->as_object())
    if (item.value().is_string() && std::ranges::find(bleibt, std::string_view(item.key())) == bleibt.end())
      item.value() = cleared(id);
}

using Rows = std::set<std::pair<std::string, std::int64_t>>;

/// Whether an entry touches one of the rows: found in its text, without reading all of it as JSON. Inside of values
/// quotation marks are escaped, so this cannot be a value.
bool touches(const std::string& text, const Rows& rows) {
  constexpr std::string_view head = R"({"t":")", middle = R"(","id":)";
  for (auto at = text.find(head); at != std::string::npos; at = text.find(head, at + 1)) {
    const auto begin = at + head.size(), end = text.find('"', begin);
    if (end == std::string::npos || text.compare(end, middle.size(), middle) != 0) continue;
    const auto id = std::strtoll(text.c_str() + end + middle.size(), nullptr, 10);
    if (rows.contains({text.substr(begin, end - begin), id})) return true;
  }
  return false;
}

std::string without(const std::string& text, const Rows& rows) {
  auto json = boost::json::parse(text);
  for (auto& item : json.as_array()) {
    auto& step = item.as_object();
    const auto id = step.at("id").as_int64();
    if (!rows.contains({std::string(step.at("t").as_string()), id})) continue;
    clear(step.if_contains("alt"), id);
    clear(step.if_contains("neu"), id);
  }
  return boost::json::serialize(json);
}

}  // namespace

void Change::expunge(const sql::Table& table, std::int64_t id) {
  std::optional<boost::json::value> row;
  tx_.eachValues(table, sql::Query::selectRow(table, mandant_, id), [&](std::vector<sql::Value>&& values) {
    boost::json::object object;
    for (std::size_t i = 0; i < values.size(); ++i) {
      auto& cell = object[table.columns[i].name];
      if (const auto* number = std::get_if<std::int64_t>(&values[i])) cell = *number;
      if (const auto* text = std::get_if<std::string>(&values[i])) cell = *text;
    }
    row = std::move(object);
  });
  if (!row) throw base::Failure("row to be expunged is not there: " + std::string(table.name));
  clear(&*row, id);
  note(table, id, boost::json::serialize(*row), {});
  expunged_.emplace(table.name, id);
  if (tx_.exec(sql::Query::deleteFrom(table, mandant_, id)) != 1)
    throw base::Failure("row to be expunged is not there: " + std::string(table.name));
}

void Change::redact() {
  std::vector<Eintrag> found;
  tx_.each<Eintrag>(sql::Query::select<Eintrag>().add(" FROM journal WHERE mandant = :mandant ORDER BY nr", mandant_),
                    [&](Eintrag&& entry) {
                      if (touches(entry.aenderungen, expunged_)) found.push_back(std::move(entry));
                    });
  const sql::Table journal{Eintrag::tabelle, {}};
  for (auto& entry : found) {
    const auto before = hashOf(entry);
    entry.aenderungen = without(entry.aenderungen, expunged_);
    const auto after = hashOf(entry);
    if (after == before) continue;
    tx_.exec("UPDATE journal SET aenderungen = :aenderungen WHERE mandant = :mandant AND nr = :nr", entry.aenderungen,
             mandant_, entry.nr);
    note(journal, entry.nr, fmt::format(R"({{"hash":"{}"}})", before), fmt::format(R"({{"hash":"{}"}})", after));
  }
}

}  // namespace journal
