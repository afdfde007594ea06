#pragma once
// JSON Schema (2020-12, as OpenAPI 3.1 uses it) from described structs.
#include <map>
#include <typeindex>

#include "base/json.h"
#include "http/query.h"

namespace http {

/// The schemas of all structs and enums that routes name, each under its own name.
class Schemas {
 public:
  /// A schema or a reference to one; null for None. Throws base::Failure if two different types have the same name.
  template <class T>
  boost::json::value of();

  /// The members of a query struct as OpenAPI parameters.
  template <class Query>
  boost::json::array parameters();

  [[nodiscard]] const std::map<std::string, boost::json::object, std::less<>>& all() const { return schemas_; }

 private:
  /// True if the type is new and its schema is still to be filled in.
  bool claim(const std::string& name, std::type_index type);

  std::map<std::string, std::type_index, std::less<>> types_{};
  std::map<std::string, boost::json::object, std::less<>> schemas_{};
};

/// The name of a type without namespaces: akte::Liste<akte::Akte> -> ListeAkte.
[[nodiscard]] std::string schemaName(std::type_index type);
[[nodiscard]] boost::json::object schemaReference(const std::string& name);
[[nodiscard]] boost::json::object schemaText(std::size_t min, std::size_t max);
[[nodiscard]] boost::json::object schemaFormat(std::string_view format);

template <class T>
boost::json::value Schemas::of() {
  if constexpr (std::is_same_v<T, None>) {
    return nullptr;
  } else if constexpr (std::is_same_v<T, bool>) {
    return boost::json::object{{"type", "boolean"}};
  } else if constexpr (std::is_integral_v<T>) {
    return boost::json::object{{"type", "integer"}, {"format", "int64"}};
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    return boost::json::object{{"type", "string"}};
  } else if constexpr (base::IsText<T>::value) {
    return schemaText(T::min, T::max);
  } else if constexpr (std::is_same_v<T, base::Uuid>) {
    return schemaFormat("uuid");
  } else if constexpr (std::is_same_v<T, base::Datum>) {
    return schemaFormat("date");
  } else if constexpr (std::is_same_v<T, base::Zeitpunkt>) {
    return schemaFormat("date-time");
  } else if constexpr (std::is_same_v<T, boost::json::value>) {
    return boost::json::object{};
  } else if constexpr (std::is_same_v<T, boost::json::object>) {
    return boost::json::object{{"type", "object"}};
  } else if constexpr (base::IsOptional<T>::value) {
    return of<typename T::value_type>();
  } else if constexpr (base::IsPatch<T>::value) {
    return boost::json::object{
        {"anyOf", boost::json::array{of<decltype(T::value)>(), boost::json::object{{"type", "null"}}}}};
  } else if constexpr (base::IsVector<T>::value) {
    return boost::json::object{{"type", "array"}, {"items", of<typename T::value_type>()}};
  } else if constexpr (base::DescribedEnum<T>) {
    const auto name = schemaName(typeid(T));
    if (claim(name, typeid(T))) {
      boost::json::array names;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto e) { names.emplace_back(e.name); });
      schemas_[name] = {{"type", "string"}, {"enum", std::move(names)}};
    }
    return schemaReference(name);
  } else {
    static_assert(base::DescribedStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
    const auto name = schemaName(typeid(T));
    if (claim(name, typeid(T))) {
      boost::json::object properties;
      boost::json::array required;
      base::forEachMember<T>([&](std::string_view member, auto pointer) {
        using Member = std::decay_t<decltype(std::declval<T>().*pointer)>;
        properties[member] = of<Member>();
        if (!base::IsOptional<Member>::value && !base::IsPatch<Member>::value) required.emplace_back(member);
      });
      boost::json::object schema{
          {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
      if (!required.empty()) schema["required"] = std::move(required);
      schemas_[name] = std::move(schema);
    }
    return schemaReference(name);
  }
}

template <class Query>
boost::json::array Schemas::parameters() {
  boost::json::array out;
  if constexpr (!std::is_same_v<Query, None>) {
    base::forEachMember<Query>([&](std::string_view name, auto pointer) {
      using Member = std::decay_t<decltype(std::declval<Query>().*pointer)>;
      boost::json::object parameter{
          {"name", name}, {"in", "query"}, {"required", !base::IsOptional<Member>::value}, {"schema", of<Member>()}};
      if (parameter["schema"].get_object().if_contains("items") != nullptr) parameter["explode"] = false;
      out.push_back(std::move(parameter));
    });
  }
  return out;
}

}  // namespace http
