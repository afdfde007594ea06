#include "http/query.h"

#include <charconv>

#include "utf8.h"

namespace http {

bool isPlainUtf8(std::string_view text) {
  bool ascii = true;
  for (const char c : text) ascii = ascii && c >= 0x20 && c < 0x7F;
  return ascii || base::cleanText(text, true).has_value();
}

base::Result<Fields> splitQuery(std::string_view queryString) {
  constexpr std::size_t maxFields = 100;
  Fields fields;
  while (!queryString.empty()) {
    const auto end = queryString.find('&');
    const auto pair = queryString.substr(0, end);
    queryString = end == std::string_view::npos ? std::string_view() : queryString.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = base::percentDecode(pair.substr(0, equals), true);
    auto value =
        base::percentDecode(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
    if (!name || !value || !isPlainUtf8(*name) || !isPlainUtf8(*value))
      return base::fail(base::Code::AnfrageUngueltig, "Die Angaben in der Adresse sind nicht lesbar.");
    if (fields.size() == maxFields)
      return base::fail(base::Code::AnfrageUngueltig, "Die Adresse enthält zu viele Angaben.");
    fields.emplace_back(*std::move(name), *std::move(value));
  }
  return fields;
}

base::Result<void> refuseQuery(const Fields& fields) {
  if (fields.empty()) return {};
  const auto& name = fields.front().first;
  return base::fail(base::Code::EingabeUngueltig, "Die Angabe „" + name + "“ ist hier nicht bekannt.", name);
}

namespace detail {

boost::json::value queryInteger(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure == std::errc() && end == text.data() + text.size()) return number;
  return boost::json::string(text);
}

boost::json::value queryBool(std::string_view text) {
  if (text == "1" || text == "true") return true;
  if (text == "0" || text == "false") return false;
  return boost::json::string(text);
}

std::vector<std::string_view> splitList(std::string_view text) {
  std::vector<std::string_view> items;
  while (!text.empty()) {
    const auto comma = text.find(',');
    items.push_back(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
  }
  return items;
}

}  // namespace detail
}  // namespace http
