#include "sql/query.h"

namespace sql {

std::string columnName(std::string_view member) {
  std::string out;
  for (const char c : member) {
    if (c >= 'A' && c <= 'Z') out += '_';
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

void foundNull() { throw base::Failure("a column that must not be null is null"); }

void foundUnknown(std::string_view text, std::string_view type) {
  throw base::Failure("unknown value '" + std::string(text) + "' of " + std::string(type));
}

base::Uuid uuidOf(std::string_view text) {
  if (auto value = base::Uuid::parse(text)) return *value;
  foundUnknown(text, "Uuid");
}

base::Datum datumOf(std::string_view text) {
  if (auto value = base::Datum::parse(text)) return *value;
  foundUnknown(text, "Datum");
}

Table makeTable(std::string_view name, std::span<const std::string_view> members, std::span<const Kind> kinds,
                std::span<const bool> nullable) {
  Table table{name, {}};
  for (std::size_t i = 0; i < members.size(); ++i)
    table.columns.push_back({columnName(members[i]), kinds[i], nullable[i]});
  return table;
}

void append(std::vector<Value>& values, Value value) { values.push_back(std::move(value)); }

std::vector<Cell> cellsOf(std::vector<Value> values) {
  std::vector<Cell> cells;
  for (auto& value : values) {
    auto& cell = cells.emplace_back();
    cell.null = std::holds_alternative<std::monostate>(value);
    if (const auto* number = std::get_if<std::int64_t>(&value)) cell.number = *number;
    if (auto* text = std::get_if<std::string>(&value)) cell.text = std::move(*text);
  }
  return cells;
}

std::string Table::columnList(std::string_view alias) const {
  std::string out;
  for (const auto& column : columns) {
    if (!out.empty()) out += ", ";
    if (!alias.empty()) (out += alias) += '.';
    out += column.name;
  }
  return out;
}

Query& Query::add(const Query& other) {
  text_ += takeParameters(other);
  return *this;
}

const std::string& Query::takeParameters(const Query& other) {
  parameters_.insert(parameters_.end(), other.parameters_.begin(), other.parameters_.end());
  return other.text_;
}

Query Query::insertInto(const Table& table, std::vector<Value> values) {
  Query query;
  query.text_ = "INSERT INTO " + std::string(table.name) + " (" + table.columnList() + ") VALUES (";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) query.text_ += ", ";
    query.text_ += ":" + table.columns[i].name;
  }
  query.text_ += ")";
  query.parameters_ = std::move(values);
  return query;
}

Query Query::update(const Table& table, std::int64_t mandant, std::int64_t id,
                    const std::vector<std::pair<std::size_t, Value>>& changes) {
  Query query;
  query.text_ = "UPDATE " + std::string(table.name) + " SET ";
  bool first = true;
  for (const auto& [index, value] : changes) {
    if (!first) query.text_ += ", ";
    first = false;
    query.text_ += table.columns.at(index).name + " = :neu_" + table.columns[index].name;
    query.parameters_.push_back(value);
  }
  query.add(" WHERE mandant = :mandant AND id = :id", mandant, id);
  return query;
}

Query Query::deleteFrom(const Table& table, std::int64_t mandant, std::int64_t id) {
  Query query;
  query.text_ = "DELETE FROM " + std::string(table.name);
  query.add(" WHERE mandant = :mandant AND id = :id", mandant, id);
  return query;
}

Query Query::deleteAll(std::string_view table, std::int64_t mandant) {
  Query query;
  query.text_ = "DELETE FROM " + std::string(table);
  query.add(" WHERE mandant = :mandant", mandant);
  return query;
}

Query Query::selectRow(const Table& table, std::int64_t mandant, std::int64_t id) {
  Query query;
  query.text_ = "SELECT " + table.columnList() + " FROM " + std::string(table.name);
  query.add(" WHERE mandant = :mandant AND id = :id", mandant, id);
  return query;
}

Query Query::selectWhere(const Table& table, std::int64_t mandant, std::size_t column, const Value& value) {
  Query query;
  query.text_ = "SELECT " + table.columnList() + " FROM " + std::string(table.name);
  query.add(" WHERE mandant = :mandant AND ", mandant);
  query.text_ += table.columns.at(column).name + " = :wert ORDER BY id";
  query.parameters_.push_back(value);
  return query;
}

Query Query::selectAll(const Table& table, std::int64_t mandant) {
  Query query;
  query.text_ = "SELECT " + table.columnList() + " FROM " + std::string(table.name);
  query.add(" WHERE mandant = :mandant ORDER BY id", mandant);
  return query;
}

}  // namespace sql
