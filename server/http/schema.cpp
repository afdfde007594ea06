#include "http/schema.h"

#include <boost/core/demangle.hpp>
#include <cctype>

namespace http {

std::string schemaName(std::type_index type) {
  const std::string full = boost::core::demangle(type.name());
  std::string out, word;
  for (std::size_t i = 0; i < full.size(); ++i) {
    if (std::isalnum(static_cast<unsigned char>(full[i])) != 0) {
      word += full[i];
      continue;
    }
    if (full[i] == ')' || full.compare(i, 2, "::") == 0) {
      word.clear();
    } else if (full[i] != '(' && full[i] != ' ') {
      out += word;
      word.clear();
    }
  }
  return out + word;
}

boost::json::object schemaReference(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

boost::json::object schemaText(std::size_t min, std::size_t max) {
  boost::json::object schema{{"type", "string"}, {"maxLength", max}};
  if (min > 0) schema["minLength"] = min;
  return schema;
}

boost::json::object schemaFormat(std::string_view format) { return {{"type", "string"}, {"format", format}}; }

boost::json::object schemaType(std::string_view type) { return {{"type", type}}; }

boost::json::object schemaInteger() { return {{"type", "integer"}, {"format", "int64"}}; }

boost::json::object schemaOrNull(boost::json::value schema) {
  return {{"anyOf", boost::json::array{std::move(schema), schemaType("null")}}};
}

boost::json::object schemaList(boost::json::value items) { return {{"type", "array"}, {"items", std::move(items)}}; }

boost::json::object queryParameter(std::string_view name, bool required, boost::json::value schema) {
  const bool list = schema.get_object().if_contains("items") != nullptr;
  boost::json::object parameter{{"name", name}, {"in", "query"}, {"required", required}, {"schema", std::move(schema)}};
  if (list) parameter["explode"] = false;
  return parameter;
}

void ObjectSchema::add(std::string_view member, bool required, boost::json::value schema) {
  properties_[member] = std::move(schema);
  if (required) required_.emplace_back(member);
}

boost::json::object ObjectSchema::take() {
  boost::json::object schema{
      {"type", "object"}, {"properties", std::move(properties_)}, {"additionalProperties", false}};
  if (!required_.empty()) schema["required"] = std::move(required_);
  return schema;
}

boost::json::value Schemas::enumeration(std::type_index type, std::span<const base::Enumerator> all) {
  const auto name = schemaName(type);
  if (claim(name, type)) {
    boost::json::array names;
    for (const auto& one : all) names.emplace_back(one.name);
    schemas_[name] = {{"type", "string"}, {"enum", std::move(names)}};
  }
  return schemaReference(name);
}

bool Schemas::claim(const std::string& name, std::type_index type) {
  const auto [place, isNew] = types_.emplace(name, type);
  if (!isNew && place->second != type) throw base::Failure("two types of the API are called " + name);
  return isNew;
}

}  // namespace http
