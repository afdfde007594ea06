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

std::string Table::columnList(std::string_view alias) const {
  std::string out;
  for (const auto& column : columns) {
    if (!out.empty()) out += ", ";
    if (!alias.empty()) (out += alias) += '.';
    out += column.name;
  }
  return out;
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
