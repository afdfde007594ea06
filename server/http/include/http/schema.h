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
  boost::json::value enumeration(std::type_index type, std::span<const base::Enumerator> all);

  std::map<std::string, std::type_index, std::less<>> types_{};
  std::map<std::string, boost::json::object, std::less<>> schemas_{};
};

/// The name of a type without namespaces: akte::Liste<akte::Akte> -> ListeAkte.
[[nodiscard]] std::string schemaName(std::type_index type);
[[nodiscard]] boost::json::object schemaReference(const std::string& name);
[[nodiscard]] boost::json::object schemaText(std::size_t min, std::size_t max);
[[nodiscard]] boost::json::object schemaFormat(std::string_view format);
[[nodiscard]] boost::json::object schemaType(std::string_view type);
[[nodiscard]] boost::json::object schemaInteger();
[[nodiscard]] boost::json::object schemaOrNull(boost::json::value schema);
[[nodiscard]] boost::json::object schemaList(boost::json::value items);
[[nodiscard]] boost::json::object queryParameter(std::string_view name, bool required, boost::json::value schema);

/// Puts the schema of a struct together.
class ObjectSchema {
 public:
  void add(std::string_view member, bool required, boost::json::value schema);
  [[nodiscard]] boost::json::object take();

 private:
  boost::json::object properties_{};
  boost::json::array required_{};
};

template <class T>
boost::json::value Schemas::of() {
  if constexpr (std::is_same_v<T, None>) {
    return nullptr;
  } else if constexpr (std::is_same_v<T, bool>) {
    return schemaType("boolean");
  } else if constexpr (std::is_integral_v<T>) {
    return schemaInteger();
  } else if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, std::string_view>) {
    return schemaType("string");
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
    return schemaType("object");
  } else if constexpr (base::IsOptional<T>::value) {
    return of<typename T::value_type>();
  } else if constexpr (base::IsPatch<T>::value) {
    return schemaOrNull(of<decltype(T::value)>());
  } else if constexpr (base::IsVector<T>::value) {
    return schemaList(of<typename T::value_type>());
  } else if constexpr (base::DescribedEnum<T>) {
    return enumeration(typeid(T), base::enumerators<T>);
  } else {
    static_assert(base::DescribedStruct<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
    const auto name = schemaName(typeid(T));
    if (claim(name, typeid(T))) {
      ObjectSchema schema;
      base::forEachMember<T>([&](std::string_view member, auto pointer) {
        using Member = std::decay_t<decltype(std::declval<T>().*pointer)>;
        schema.add(member, !base::IsOptional<Member>::value && !base::IsPatch<Member>::value, of<Member>());
      });
      schemas_[name] = schema.take();
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
      out.push_back(queryParameter(name, !base::IsOptional<Member>::value, of<Member>()));
    });
  }
  return out;
}

}  // namespace http
