#pragma once
#include "sql/value.h"

namespace sql {

/// SQL text that is known when the program is compiled: a string made at run time cannot become one.
class Sql {
 public:
  template <std::size_t N>
  consteval Sql(const char (&text)[N]) : text_(text, N - 1) {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// A statement put together from literal pieces, with its parameters in order of their `:names`. Names are for the
/// reader only and must not repeat in one statement.
class Query {
 public:
  Query() = default;
  template <typename... Args>
  explicit Query(Sql text, const Args&... args) {
    add(text, args...);
  }
  template <typename... Args>
  Query& add(Sql text, const Args&... args) {
    text_ += text.text();
    (append(parameters_, toValue(args)), ...);
    return *this;
  }
  Query& add(const Query& other);
  /// `SELECT` and all columns of a table's row struct; go on with ` FROM …`.
  template <base::DescribedStruct Row>
  [[nodiscard]] static Query select(Sql alias = "") {
    Query query;
    query.text_ = "SELECT " + tableOf<Row>().columnList(alias.text());
    return query;
  }
  /// The name of a row struct's table.
  template <base::DescribedStruct Row>
  [[nodiscard]] static Query tableName() {
    Query query;
    query.text_ = Row::tabelle;
    return query;
  }
  [[nodiscard]] static Query insertInto(const Table& table, std::vector<Value> values);
  /// Sets the columns given in one row, which is named by its key.
  [[nodiscard]] static Query update(const Table& table, std::int64_t mandant, std::int64_t id,
                                    const std::vector<std::pair<std::size_t, Value>>& changes);
  [[nodiscard]] static Query deleteFrom(const Table& table, std::int64_t mandant, std::int64_t id);
  /// All rows of a tenant.
  [[nodiscard]] static Query deleteAll(std::string_view table, std::int64_t mandant);
  [[nodiscard]] static Query selectRow(const Table& table, std::int64_t mandant, std::int64_t id);
  /// The rows of a tenant that have this in one column, in order of their ids.
  [[nodiscard]] static Query selectWhere(const Table& table, std::int64_t mandant, std::size_t column,
                                         const Value& value);
  /// All rows of a tenant in order of their ids.
  [[nodiscard]] static Query selectAll(const Table& table, std::int64_t mandant);

  /// A boolean expression whose shape is only known at run time: `make` gets a function that takes each part and gives
  /// the text to stand for it; parameters are kept in the order of the parts.
  template <typename Make>
  [[nodiscard]] static Query condition(Make make) {
    Query query;
    query.text_ = make([&](const Query& part) { return query.takeParameters(part); });
    return query;
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::vector<Value>& parameters() const { return parameters_; }

 private:
  /// Gives the other's text.
  const std::string& takeParameters(const Query& other);

  std::string text_;
  std::vector<Value> parameters_;
};

}  // namespace sql
