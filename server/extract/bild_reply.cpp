#include "bild_reply.h"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "extract/bild_wire.h"
#include "extract/bilder.h"

namespace extract {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxText = 4 << 20, kMaxWort = 200, kMaxWorte = 200'000, kMaxCodes = 8, kMaxCode = 100;
constexpr std::uint32_t kMaxSeiten = 100'000;
constexpr std::string_view kVorsatz = "aktenlotse:";

struct Invalid {};

void require(bool condition) {
  if (!condition) throw Invalid{};
}

template <typename T>
T number(const json::value& value, std::uint64_t most) {
  require(value.is_int64() && value.get_int64() >= 0 && static_cast<std::uint64_t>(value.get_int64()) <= most);
  return static_cast<T>(value.get_int64());
}

/// A text without control characters; `lines` allows the ends of lines.
std::string text(const json::value& value, std::size_t most, bool lines) {
  require(value.is_string() && value.get_string().size() <= most);
  const auto& string = value.get_string();
  require(
      std::none_of(string.begin(), string.end(), [&](char c) { return c >= 0 && c < ' ' && !(lines && c == '\n'); }));
  return {string.begin(), string.end()};
}

Wort wortOf(const json::value& value) {
  const json::array& parts = value.as_array();
  require(parts.size() == 7);
  return {text(parts[0], kMaxWort, false),           number<std::uint16_t>(parts[1], kTeile),
          number<std::uint16_t>(parts[2], kTeile),   number<std::uint16_t>(parts[3], kTeile),
          number<std::uint16_t>(parts[4], kTeile),   number<std::uint8_t>(parts[5], 100),
          number<std::uint32_t>(parts[6], kMaxWorte)};
}

Bildseite seiteOf(const json::object& object) {
  Bildseite out{number<std::uint8_t>(object.at("drehung"), 3),
                number<std::uint8_t>(object.at("sicherheit"), 100),
                text(object.at("text"), kMaxText, true),
                {},
                {},
                number<std::uint16_t>(object.at("aufloesung"), 9600)};
  const json::array& worte = object.at("worte").as_array();
  const json::array& codes = object.at("codes").as_array();
  require(worte.size() <= kMaxWorte && codes.size() <= kMaxCodes);
  for (const auto& one : worte) out.worte.push_back(wortOf(one));
  for (const auto& one : codes) {
    std::string code = text(one, kMaxCode, false);
    require(code.starts_with(kVorsatz));
    out.codes.push_back(code.substr(kVorsatz.size()));
  }
  return out;
}

std::optional<json::value> parsed(std::string_view text) {
  boost::system::error_code error;
  json::value value = json::parse({text.data(), text.size()}, error, {}, {.max_depth = 4});
  if (error || !value.is_object()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Bildseite> parseBildseite(std::string_view text) {
  try {
    const auto value = parsed(text);
    if (!value) return std::nullopt;
    return seiteOf(value->get_object());
  } catch (const Invalid&) {
  } catch (const std::exception&) {  // a member that is missing, or of another kind
  }
  return std::nullopt;
}

bool parseGeoeffnet(std::string_view text, std::string& format, std::uint32_t& seiten) {
  const auto value = parsed(text);
  const auto* name = value ? value->get_object().if_contains("format") : nullptr;
  const auto* count = value ? value->get_object().if_contains("seiten") : nullptr;
  if (name == nullptr || !name->is_string() || count == nullptr || !count->is_int64()) return false;
  format = std::string(name->get_string());
  if (count->get_int64() < 1 || count->get_int64() > kMaxSeiten) return false;
  seiten = static_cast<std::uint32_t>(count->get_int64());
  return format == "pdf" || format == "tiff" || format == "jpeg" || format == "png";
}

std::string worteJson(const Bildseite& seite) {
  json::array worte;
  for (const auto& w : seite.worte)
    worte.push_back(json::array{w.text, w.x, w.y, w.breite, w.hoehe, w.sicherheit, w.zeile});
  return json::serialize(json::object{{"drehung", seite.drehung}, {"worte", std::move(worte)}});
}

}  // namespace extract
