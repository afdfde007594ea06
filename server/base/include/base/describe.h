#pragma once
// Describe a struct once with BOOST_DESCRIBE_STRUCT; JSON, validation, OpenAPI and SQL binding follow from it.
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
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
  boost::mp11::mp_for_each<Members<T>>([&](auto member) { f(std::string_view(member.name), member.pointer); });
}

template <DescribedEnum E>
[[nodiscard]] std::string_view enumName(E value) {
  return boost::describe::enum_to_string(value, "?");
}

template <DescribedEnum E>
[[nodiscard]] std::optional<E> enumFrom(std::string_view name) {
  E value{};
  if (!boost::describe::enum_from_string(std::string(name).c_str(), value)) return std::nullopt;
  return value;
}

/// The unqualified name of a type, for schemas and messages.
template <typename T>
[[nodiscard]] std::string typeName() {
  std::string_view name = __PRETTY_FUNCTION__;
  name = name.substr(name.find("T = ") + 4);
  name = name.substr(0, name.find_first_of(";]"));
  const auto colon = name.rfind("::");
  return std::string(colon == std::string_view::npos ? name : name.substr(colon + 2));
}

}  // namespace base
