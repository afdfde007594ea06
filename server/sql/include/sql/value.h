#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/describe.h"
#include "base/id.h"
#include "base/result.h"

namespace sql {

/// What a column holds. Truth values, keys and moments are integers; days, UUIDs, hashes and enumerations are text.
/// There are no floating-point columns.
using Value = std::variant<std::monostate, std::int64_t, std::string>;
enum class Kind : std::uint8_t { integer, text };

template <typename T>
struct IsId : std::false_type {};
template <typename Tag>
struct IsId<base::Id<Tag>> : std::true_type {};

template <typename T>
consteval Kind kindOf() {
  if constexpr (base::IsOptional<T>::value)
    return kindOf<typename T::value_type>();
  else
    return std::is_integral_v<T> || IsId<T>::value || std::is_same_v<T, base::Zeitpunkt> ? Kind::integer : Kind::text;
}

template <typename T>
[[nodiscard]] Value toValue(const T& value) {
  if constexpr (std::is_integral_v<T>)
    return static_cast<std::int64_t>(value);
  else if constexpr (IsId<T>::value)
    return value.value;
  else if constexpr (std::is_same_v<T, base::Zeitpunkt>)
    return value.micros;
  else if constexpr (base::IsOptional<T>::value)
    return value ? toValue(*value) : Value{};
  else if constexpr (base::DescribedEnum<T>)
    return std::string(base::enumName(value));
  else if constexpr (std::is_same_v<T, base::Uuid> || std::is_same_v<T, base::Datum>)
    return value.text();
  else
    return std::string(std::string_view(value));
}

/// Reads a cell; a value that its type does not know is damage and throws Failure.
template <typename T>
[[nodiscard]] T fromCell(bool null, std::int64_t number, std::string& text) {
  if constexpr (base::IsOptional<T>::value) {
    if (null) return std::nullopt;
    return fromCell<typename T::value_type>(false, number, text);
  } else {
    if (null) throw base::Failure("a column that must not be null is null");
    if constexpr (std::is_same_v<T, bool>) {
      return number != 0;
    } else if constexpr (std::is_integral_v<T>) {
      return static_cast<T>(number);
    } else if constexpr (IsId<T>::value) {
      return T{number};
    } else if constexpr (std::is_same_v<T, base::Zeitpunkt>) {
      return base::Zeitpunkt{number};
    } else if constexpr (base::DescribedEnum<T>) {
      if (auto value = base::enumFrom<T>(text)) return *value;
      throw base::Failure("unknown value '" + text + "' of " + base::typeName<T>());
    } else if constexpr (std::is_same_v<T, base::Uuid> || std::is_same_v<T, base::Datum>) {
      if (auto value = T::parse(text)) return *value;
      throw base::Failure("malformed " + base::typeName<T>() + " '" + text + "'");
    } else {
      return std::move(text);
    }
  }
}

struct Column {
  std::string name;
  Kind kind;
  bool nullable;
};

/// A table as its row struct describes it: `static constexpr std::string_view tabelle` and one member for each column.
/// The first two columns are `mandant` and `id`, the primary key.
struct Table {
  std::string_view name;
  std::vector<Column> columns;
  /// "a, b, c" or, with an alias, "x.a, x.b, x.c".
  [[nodiscard]] std::string columnList(std::string_view alias = {}) const;
};

/// fremdesGeschaeftszeichen -> fremdes_geschaeftszeichen
[[nodiscard]] std::string columnName(std::string_view member);

template <base::DescribedStruct Row>
[[nodiscard]] const Table& tableOf() {
  static const Table table = [] {
    Table made{Row::tabelle, {}};
    base::forEachMember<Row>([&](std::string_view name, auto pointer) {
      using Member = std::decay_t<decltype(std::declval<Row&>().*pointer)>;
      made.columns.push_back({columnName(name), kindOf<Member>(), base::IsOptional<Member>::value});
    });
    return made;
  }();
  return table;
}

template <base::DescribedStruct Row>
[[nodiscard]] std::vector<Value> valuesOf(const Row& row) {
  std::vector<Value> values;
  base::forEachMember<Row>([&](std::string_view, auto pointer) { values.push_back(toValue(row.*pointer)); });
  return values;
}

}  // namespace sql
