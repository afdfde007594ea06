#pragma once
#include <array>
#include <cstdint>
#include <span>
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

[[noreturn]] void foundNull();
[[noreturn]] void foundUnknown(std::string_view text, std::string_view type);
[[nodiscard]] base::Uuid uuidOf(std::string_view text);
[[nodiscard]] base::Datum datumOf(std::string_view text);

/// Reads a cell; a value that its type does not know is damage and throws Failure.
template <typename T>
[[nodiscard]] T fromCell(bool null, std::int64_t number, std::string& text) {
  if constexpr (base::IsOptional<T>::value) {
    if (null) return std::nullopt;
    return fromCell<typename T::value_type>(false, number, text);
  } else {
    if (null) foundNull();
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
      foundUnknown(text, base::typeName<T>());
    } else if constexpr (std::is_same_v<T, base::Uuid>) {
      return uuidOf(text);
    } else if constexpr (std::is_same_v<T, base::Datum>) {
      return datumOf(text);
    } else {
      return std::move(text);
    }
  }
}

/// A parameter or a result column of a running statement.
struct Cell {
  Kind kind = Kind::integer;
  bool null = false;
  long long number = 0;
  std::string text{};
};

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

template <typename Row, typename Member>
using MemberType = std::decay_t<decltype(std::declval<Row&>().*Member::pointer)>;

/// What each member of a row struct is as a column.
template <base::DescribedStruct Row>
inline constexpr auto kindsOf = []<template <typename...> class L, typename... M>(L<M...>) {
  return std::array<Kind, sizeof...(M)>{kindOf<MemberType<Row, M>>()...};
}(base::Members<Row>{});
template <base::DescribedStruct Row>
inline constexpr auto nullableOf = []<template <typename...> class L, typename... M>(L<M...>) {
  return std::array<bool, sizeof...(M)>{base::IsOptional<MemberType<Row, M>>::value...};
}(base::Members<Row>{});

[[nodiscard]] Table makeTable(std::string_view name, std::span<const std::string_view> members,
                              std::span<const Kind> kinds, std::span<const bool> nullable);

template <base::DescribedStruct Row>
[[nodiscard]] const Table& tableOf() {
  static const Table table = makeTable(Row::tabelle, base::memberNames<Row>, kindsOf<Row>, nullableOf<Row>);
  return table;
}

void append(std::vector<Value>& values, Value value);

template <base::DescribedStruct Row>
[[nodiscard]] std::vector<Value> valuesOf(const Row& row) {
  std::vector<Value> values;
  values.reserve(kindsOf<Row>.size());
  base::forEachMember<Row>([&](std::string_view, auto pointer) { append(values, toValue(row.*pointer)); });
  return values;
}

/// Reads a row of a query with exactly the columns of its struct.
template <base::DescribedStruct Row>
[[nodiscard]] Row rowFrom(std::span<Cell> cells) {
  Row row{};
  auto* cell = cells.data();
  base::forEachMember<Row>([&](std::string_view, auto pointer) {
    row.*pointer = fromCell<std::decay_t<decltype(row.*pointer)>>(cell->null, cell->number, cell->text);
    ++cell;
  });
  return row;
}
/// The same of values that `valuesOf` gave.
[[nodiscard]] std::vector<Cell> cellsOf(std::vector<Value> values);

}  // namespace sql
