#include "result.h"

#include <algorithm>
#include <boost/json.hpp>

namespace extractor {

void TextSink::add(std::string_view utf8) {
  const std::size_t fits = std::min(utf8.size(), budget_.text);
  text_.append(utf8.substr(0, fits));
  budget_.text -= fits;
  if (fits < utf8.size()) budget_.exhausted = true;
}

void TextSink::newline() {
  if (!text_.empty() && text_.back() != '\n') add("\n");
}

std::string toJson(const Result& result) {
  namespace json = boost::json;
  json::object out{
      {"status", result.status}, {"format", result.format}, {"mime", result.mime}, {"seitenzahl", result.seitenzahl}};
  const auto put = [](json::object& into, std::string_view key, const std::string& value) {
    if (!value.empty()) into.emplace(key, value);
  };
  put(out, "grund", result.grund);
  put(out, "titel", result.titel);
  auto& seiten = out["seiten"].emplace_array();
  for (const auto& seite : result.seiten) seiten.emplace_back(seite);
  auto& meta = out["metadaten"].emplace_object();
  put(meta, "absender", result.metadaten.absender);
  put(meta, "betreff", result.metadaten.betreff);
  put(meta, "datum", result.metadaten.datum);
  put(meta, "nachrichtId", result.metadaten.nachrichtId);
  auto& anlagen = out["anlagen"].emplace_array();
  for (const auto& anlage : result.anlagen) {
    json::object one{{"dateiname", anlage.dateiname}, {"mime", anlage.mime}, {"groesse", anlage.groesse}};
    put(one, "text", anlage.text);
    anlagen.emplace_back(std::move(one));
  }
  return json::serialize(out);
}

}  // namespace extractor
