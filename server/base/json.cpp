#include "base/json.h"

#include <fmt/format.h>

#include <cmath>

namespace base {

Result<boost::json::value> parseJson(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 32;
  boost::system::error_code failure;
  boost::json::parser parser({}, options);
  parser.write(text, failure);
  if (failure)
    return fail(Code::JsonUngueltig, "Der Inhalt der Anfrage ist kein gültiges JSON (" + failure.message() + ").");
  return parser.release();
}

void appendJsonString(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text.substr(start, i - start));
    start = i + 1;
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += "\\u00";
      out += {hex[static_cast<unsigned char>(c) >> 4], hex[c & 15]};
    }
  }
  out.append(text.substr(start));
  out += '"';
}

tl::unexpected<Error> wrongValue(const std::string& feld, std::string_view expected) {
  return fail(Code::EingabeUngueltig, fmt::format("„{}“: erwartet wird {}.", feld.empty() ? "Anfrage" : feld, expected),
              feld);
}

Result<std::string> readText(const boost::json::value& json, const std::string& feld, std::size_t min, std::size_t max,
                             bool lines) {
  if (!json.is_string()) return wrongValue(feld, "ein Text");
  const std::string_view raw = json.get_string();
  // NFC never makes text three times longer, so a hostile length is refused before any work is done on it.
  if (raw.size() > 16 * max) return wrongValue(feld, fmt::format("ein Text mit höchstens {} Zeichen", max));
  auto clean = cleanText(raw, lines);
  if (!clean) return wrongValue(feld, "ein Text ohne Steuerzeichen, in UTF-8");
  const auto length = countCodePoints(*clean);
  if (length > max) return wrongValue(feld, fmt::format("ein Text mit höchstens {} Zeichen", max));
  if (length < min)
    return wrongValue(feld,
                      min == 1 ? std::string("ein Text") : fmt::format("ein Text mit mindestens {} Zeichen", min));
  return *std::move(clean);
}

Result<std::int64_t> readInteger(const boost::json::value& json, const std::string& feld) {
  if (json.is_int64()) return json.get_int64();
  return wrongValue(feld, "eine ganze Zahl");
}

}  // namespace base
