#include "result.h"

#include <algorithm>
#include <boost/json.hpp>

namespace extractor {
namespace {

namespace json = boost::json;

void put(json::object& into, std::string_view key, const std::string& value) {
  if (!value.empty()) into.emplace(key, value);
}

json::object jsonOf(const Teil& teil) {
  json::object one{{"dateiname", teil.dateiname}, {"mime", teil.mime}, {"groesse", teil.groesse}};
  put(one, "pfad", teil.pfad);
  if (teil.ablage) one.emplace("ablage", *teil.ablage);
  return one;
}

json::object jsonOf(const Rechnung& rechnung) {
  json::object out;
  put(out, "syntax", rechnung.syntax);
  put(out, "art", rechnung.art);
  put(out, "nummer", rechnung.nummer);
  put(out, "absender", rechnung.absender);
  put(out, "datum", rechnung.datum);
  put(out, "betrag", rechnung.betrag);
  put(out, "waehrung", rechnung.waehrung);
  put(out, "faellig", rechnung.faellig);
  put(out, "iban", rechnung.iban);
  put(out, "leitwegId", rechnung.leitwegId);
  return out;
}

}  // namespace

void TextSink::add(std::string_view utf8) {
  const std::size_t fits = std::min(utf8.size(), budget_.text);
  text_.append(utf8.substr(0, fits));
  budget_.text -= fits;
  if (fits < utf8.size()) budget_.exhausted = true;
}

void TextSink::newline() {
  if (!text_.empty() && text_.back() != '\n') add("\n");
}

bool roomForTeil(const Result& result, Budget& budget) {
  if (result.teile.size() < budget.teile) return true;
  budget.teileFehlen = true;
  return false;
}

bool addTeil(Result& result, Budget& budget, Teil teil, Bytes bytes) {
  if (!roomForTeil(result, budget)) return false;
  teil.groesse = bytes.size();
  if (teil.pfad.empty()) teil.pfad = teil.dateiname;
  if (budget.ablage != nullptr) {
    teil.ablage = budget.ablage->put(bytes);
    budget.teileFehlen = budget.teileFehlen || !teil.ablage;
  }
  result.teile.push_back(std::move(teil));
  return true;
}

std::string toJson(const Result& result) {
  json::object out{
      {"status", result.status}, {"format", result.format}, {"mime", result.mime}, {"seitenzahl", result.seitenzahl}};
  put(out, "grund", result.grund);
  put(out, "titel", result.titel);
  auto& seiten = out["seiten"].emplace_array();
  for (const auto& seite : result.seiten) seiten.emplace_back(seite);
  auto& meta = out["metadaten"].emplace_object();
  put(meta, "absender", result.metadaten.absender);
  put(meta, "betreff", result.metadaten.betreff);
  put(meta, "datum", result.metadaten.datum);
  put(meta, "nachrichtId", result.metadaten.nachrichtId);
  put(meta, "bezug", result.metadaten.bezug);
  auto& teile = out["teile"].emplace_array();
  for (const auto& teil : result.teile) teile.emplace_back(jsonOf(teil));
  if (result.rechnung) out["rechnung"] = jsonOf(*result.rechnung);
  return json::serialize(out);
}

}  // namespace extractor
