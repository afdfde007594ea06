#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>

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

void appendJsonKey(std::string& out, std::string_view name, bool& first) {
  out += first ? "\"" : ",\"";
  first = false;
  out += name;
  out += "\":";
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

Result<std::int64_t> readEnumerator(const boost::json::value& json, const std::string& feld,
                                    std::span<const Enumerator> all) {
  if (json.is_string()) {
    if (const auto value = valueOf(all, json.get_string())) return *value;
  }
  std::string names;
  for (const auto& one : all) (names += names.empty() ? "" : ", ") += one.name;
  return wrongValue(feld, "einer der Werte " + names);
}

ObjectReader::ObjectReader(const boost::json::value& json, const std::string& feld)
    : object_(json.if_object()), prefix_(feld.empty() ? "" : feld + ".") {
  if (object_ == nullptr) error_ = wrongValue(feld, "ein Objekt").value();
}

const boost::json::value* ObjectReader::next(std::string_view name, bool mayLack) {
  if (error_) return nullptr;
  const auto* member = object_->if_contains(name);
  if (member != nullptr) ++known_;
  if (member == nullptr && mayLack) return nullptr;
  (path_ = prefix_) += name;
  if (member == nullptr) error_ = Error(Code::EingabeUngueltig, "Das Feld „" + path_ + "“ fehlt.", path_);
  return member;
}

std::optional<Error> ObjectReader::end(std::span<const std::string_view> names) {
  if (error_ || known_ == object_->size()) return std::move(error_);
  for (const auto& entry : *object_)
    if (std::ranges::find(names, std::string_view(entry.key())) == names.end()) {
      const std::string path = prefix_ + std::string(entry.key());
      return Error(Code::EingabeUngueltig, "Das Feld „" + path + "“ ist hier nicht bekannt.", path);
    }
  return std::nullopt;
}

}  // namespace base
