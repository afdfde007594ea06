#pragma once
// Describe a struct once with BOOST_DESCRIBE_STRUCT; JSON, validation, OpenAPI and SQL binding follow from it.
//
// What does not depend on the struct stands in functions of its own: these templates are made for hundreds of types, in
// hundreds of files.
#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace base {

template <typename T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <typename T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
struct IsVector : std::false_type {};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {};

template <typename T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// Calls `f(name, memberPointer)` for each described member, those of described bases first.
template <typename T, typename F>
constexpr void forEachMember(F&& f) {
  // By number: a function that has the list itself as its argument has a name of kilobytes.
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (f(std::string_view(boost::mp11::mp_at_c<Members<T>, I>::name), boost::mp11::mp_at_c<Members<T>, I>::pointer), ...);
  }
  (std::make_index_sequence<boost::mp11::mp_size<Members<T>>::value>());
}

/// The names of all described members, those of described bases first.
template <typename T>
inline constexpr auto memberNames = []<template <typename...> class L, typename... M>(L<M...>) {
  return std::array<std::string_view, sizeof...(M)>{M::name...};
}(Members<T>{});

struct Enumerator {
  std::string_view name;
  std::int64_t value;
};

template <DescribedEnum E>
inline constexpr auto enumerators = []<template <typename...> class L, typename... D>(L<D...>) {
  return std::array<Enumerator, sizeof...(D)>{Enumerator{D::name, static_cast<std::int64_t>(D::value)}...};
}(boost::describe::describe_enumerators<E>{});

/// "?" for a value without a name.
[[nodiscard]] std::string_view nameOf(std::span<const Enumerator> all, std::int64_t value);
[[nodiscard]] std::optional<std::int64_t> valueOf(std::span<const Enumerator> all, std::string_view name);

template <DescribedEnum E>
[[nodiscard]] std::string_view enumName(E value) {
  return nameOf(enumerators<E>, static_cast<std::int64_t>(value));
}

template <DescribedEnum E>
[[nodiscard]] std::optional<E> enumFrom(std::string_view name) {
  const auto value = valueOf(enumerators<E>, name);
  return value ? std::optional(static_cast<E>(*value)) : std::nullopt;
}

/// The unqualified name of a type, for messages.
template <typename T>
[[nodiscard]] constexpr std::string_view typeName() {
  std::string_view name = __PRETTY_FUNCTION__;
  name = name.substr(name.find("T = ") + 4);
  name = name.substr(0, name.find_first_of(";]"));
  const auto colon = name.rfind("::");
  return colon == std::string_view::npos ? name : name.substr(colon + 2);
}

}  // namespace base
