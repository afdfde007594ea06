#pragma once
// The steps that an entry's text holds. Private to the room.
#include "base/json.h"
#include "journal/journal.h"

namespace journal {

using Tables = std::vector<const sql::Table*>;

inline const sql::Table& tableNamed(const Tables& tables, std::string_view name) {
  for (const auto* table : tables)
    if (table->name == name) return *table;
  throw base::Failure("the journal names an unknown table: " + std::string(name));
}

inline sql::Value valueFrom(const boost::json::value& json) {
  if (json.is_int64()) return json.get_int64();
  if (json.is_string()) return std::string(json.get_string());
  return {};
}

/// One row that an entry inserts, changes or removes.
struct Step {
  std::string table;
  std::int64_t id;
  const boost::json::object* alt;
  const boost::json::object* neu;
};

template <typename F>
void eachStep(const boost::json::value& json, F&& f) {
  for (const auto& item : json.as_array()) {
    const auto& object = item.as_object();
    const auto* alt = object.if_contains("alt");
    const auto* neu = object.if_contains("neu");
    f(Step{std::string(object.at("t").as_string()), object.at("id").as_int64(),
           alt == nullptr ? nullptr : &alt->as_object(), neu == nullptr ? nullptr : &neu->as_object()});
  }
}

template <typename F>
void eachStep(const Eintrag& eintrag, F&& f) {
  const boost::json::value json = boost::json::parse(eintrag.aenderungen);
  eachStep(json, std::forward<F>(f));
}

inline std::vector<sql::Value> rowFrom(const sql::Table& table, const boost::json::object& json) {
  std::vector<sql::Value> values;
  for (const auto& column : table.columns) {
    // A column that a later migration added is empty in older entries.
    const auto* found = json.if_contains(column.name);
    values.push_back(found == nullptr ? sql::Value{} : valueFrom(*found));
  }
  return values;
}

inline std::vector<std::pair<std::size_t, sql::Value>> changesFrom(const sql::Table& table,
                                                                   const boost::json::object& json) {
  std::vector<std::pair<std::size_t, sql::Value>> changes;
  for (std::size_t i = 0; i < table.columns.size(); ++i)
    if (const auto* found = json.if_contains(table.columns[i].name)) changes.emplace_back(i, valueFrom(*found));
  return changes;
}

}  // namespace journal
