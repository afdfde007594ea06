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

bool Schemas::claim(const std::string& name, std::type_index type) {
  const auto [place, isNew] = types_.emplace(name, type);
  if (!isNew && place->second != type) throw base::Failure("two types of the API are called " + name);
  return isNew;
}

}  // namespace http
