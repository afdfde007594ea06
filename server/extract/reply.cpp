#include "reply.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>

#include "hinweis.h"

namespace extract {
namespace {

namespace json = boost::json;

constexpr std::size_t kLine = 1000, kTeile = 10'000, kSeiten = 100'000;

struct Invalid {};

void require(bool condition) {
  if (!condition) throw Invalid{};
}

const json::value* find(const json::object& object, std::string_view key) { return object.if_contains(key); }

/// A text without control characters.
std::string textOf(const json::value& value, std::size_t most) {
  require(value.is_string() && value.get_string().size() <= most);
  const auto& string = value.get_string();
  require(
      std::none_of(string.begin(), string.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n' && c != '\t'; }));
  return {string.begin(), string.end()};
}

/// The same of a member; absent means empty.
std::string text(const json::object& object, std::string_view key, std::size_t most = kMaxReply) {
  const json::value* value = find(object, key);
  return value == nullptr ? std::string() : textOf(*value, most);
}

std::string word(const json::object& object, std::string_view key, std::string_view otherChars) {
  std::string out = text(object, key, 127);
  require(std::all_of(out.begin(), out.end(), [&](unsigned char c) {
    return std::isdigit(c) || (c >= 'a' && c <= 'z') || otherChars.find(static_cast<char>(c)) != otherChars.npos;
  }));
  return out;
}

std::uint64_t number(const json::object& object, std::string_view key, std::uint64_t most) {
  const json::value* value = find(object, key);
  if (value == nullptr) return 0;
  require(value->is_int64() && value->get_int64() >= 0 && static_cast<std::uint64_t>(value->get_int64()) <= most);
  return static_cast<std::uint64_t>(value->get_int64());
}

const json::array& list(const json::object& object, std::string_view key, std::size_t most) {
  static const json::array kNone;
  const json::value* value = find(object, key);
  if (value == nullptr) return kNone;
  require(value->is_array() && value->get_array().size() <= most);
  return value->get_array();
}

Status statusOf(const std::string& name) {
  for (const Status status : {Status::Ok, Status::Leer, Status::Fehler, Status::Gesperrt})
    if (toString(status) == name) return status;
  throw Invalid{};
}

constexpr std::uint64_t kSize = std::uint64_t{1} << 40;

Teil teilOf(const json::object& object) {
  return {text(object, "dateiname", kLine), text(object, "mime", 127), text(object, "pfad", kLine),
          number(object, "groesse", kSize), find(object, "ablage") != nullptr};
}

/// A day as YYYY-MM-DD; empty when absent.
std::string day(const json::object& object, std::string_view key) {
  std::string out = text(object, key, 10);
  require(out.empty() || (out.size() == 10 && out[4] == '-' && out[7] == '-'));
  for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9})
    require(out.empty() || std::isdigit(static_cast<unsigned char>(out[i])));
  return out;
}

Rechnung rechnungOf(const json::object& object) {
  Rechnung out;
  out.syntax = word(object, "syntax", "");
  out.art = word(object, "art", "");
  out.nummer = text(object, "nummer", kLine);
  out.absender = text(object, "absender", kLine);
  out.datum = day(object, "datum");
  out.betrag = word(object, "betrag", "-.");
  out.waehrung = text(object, "waehrung", 3);
  out.faellig = day(object, "faellig");
  out.iban = text(object, "iban", 34);
  out.leitwegId = text(object, "leitwegId", kLine);
  return out;
}

const json::object* member(const json::object& object, std::string_view key) {
  const json::value* value = find(object, key);
  require(value == nullptr || value->is_object());
  return value == nullptr ? nullptr : &value->get_object();
}

Reply replyOf(const json::object& reply) {
  Reply whole{{.status = statusOf(word(reply, "status", ""))}, {}};
  Text& out = whole.text;
  out.hinweisCode = word(reply, "grund", "_");
  if (!out.hinweisCode.empty()) {
    const auto row = findHinweis(out.hinweisCode);
    require(row && row->status == out.status);
    out.hinweis = row->text;
  } else {
    require(out.status == Status::Ok);
  }
  out.format = word(reply, "format", "");
  out.mime = word(reply, "mime", "/.+-");
  out.seitenzahl = static_cast<std::uint32_t>(number(reply, "seitenzahl", 1'000'000'000));
  out.titel = text(reply, "titel", kLine);
  for (const auto& seite : list(reply, "seiten", kSeiten)) out.seiten.push_back(textOf(seite, kMaxReply));
  if (const auto* meta = member(reply, "metadaten"))
    out.metadaten = {text(*meta, "absender", kLine), text(*meta, "betreff", kLine), text(*meta, "datum", kLine),
                     text(*meta, "nachrichtId", kLine), text(*meta, "bezug", kLine)};
  for (const auto& value : list(reply, "teile", kTeile)) {
    require(value.is_object());
    out.teile.push_back(teilOf(value.get_object()));
    auto& place = whole.ablage.emplace_back();
    if (out.teile.back().uebergeben) place = number(value.get_object(), "ablage", kSize);
  }
  if (const auto* rechnung = member(reply, "rechnung")) out.rechnung = rechnungOf(*rechnung);
  return whole;
}

}  // namespace

std::optional<Reply> parseReply(std::string_view reply) {
  boost::system::error_code error;
  json::monotonic_resource memory;
  json::parse_options options;
  options.max_depth = 4;
  const json::value value = json::parse(reply, error, &memory, options);
  if (error || !value.is_object()) return std::nullopt;
  try {
    return replyOf(value.get_object());
  } catch (const Invalid&) {
    return std::nullopt;
  }
}

}  // namespace extract
