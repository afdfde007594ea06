#include "netz/werkzeug.h"

#include <algorithm>

#include "base/json.h"
#include "daten.h"

namespace netz {
namespace {

constexpr std::string_view reihenfolge[] = {"navigator-auswaehlen", "bereitschaftscheck", "e-akte-in-12-schritten",
                                            "aktenplan-workshop",   "rollen-und-rechte",  "scankonzept",
                                            "produktivstart",       "erste-100-tage"};

std::vector<Werkzeug> load() {
  std::vector<Werkzeug> out;
  for (const auto name : reihenfolge) {
    const std::string path = "/werkzeuge/" + std::string(name) + ".json";
    auto read = base::readJson<Werkzeug>(datei(path));
    if (!read) throw base::Failure(path + ": " + read.error().detail);
    if (read->schluessel != name || read->versionen.empty()) throw base::Failure(path + ": not what its name says");
    out.push_back(*std::move(read));
  }
  return out;
}

struct Stelle {
  const Punkt* punkt = nullptr;
  const Abschnitt* abschnitt = nullptr;
};

std::map<std::string_view, Stelle> placesOf(const Fassung& fassung) {
  std::map<std::string_view, Stelle> out;
  for (const auto& abschnitt : fassung.abschnitte)
    for (const auto& punkt : abschnitt.punkte) out[punkt.schluessel] = {&punkt, &abschnitt};
  return out;
}

}  // namespace

const std::vector<Werkzeug>& werkzeuge() {
  static const auto all = load();
  return all;
}

const Werkzeug* werkzeug(std::string_view schluessel) {
  const auto found = std::ranges::find(werkzeuge(), schluessel, &Werkzeug::schluessel);
  return found == werkzeuge().end() ? nullptr : &*found;
}

const Fassung& geltende(const Werkzeug& werkzeug) {
  const auto found = std::ranges::find(werkzeug.versionen, Werkzeugzustand::freigegeben, &Fassung::zustand);
  return found == werkzeug.versionen.end() ? werkzeug.versionen.front() : *found;
}

const Fassung* fassung(const Werkzeug& werkzeug, std::string_view version) {
  const auto found = std::ranges::find(werkzeug.versionen, version, &Fassung::version);
  return found == werkzeug.versionen.end() ? nullptr : &*found;
}

Fassung fuerLand(Fassung fassung, std::string_view land) {
  for (auto& abschnitt : fassung.abschnitte)
    std::erase_if(abschnitt.punkte, [&](const Punkt& punkt) { return punkt.land && *punkt.land != land; });
  return fassung;
}

std::vector<Unterschied> vergleiche(const Fassung& alt, const Fassung& neu) {
  std::vector<Unterschied> out;
  const auto before = placesOf(alt), after = placesOf(neu);
  for (const auto& abschnitt : neu.abschnitte)
    for (const auto& punkt : abschnitt.punkte) {
      const auto found = before.find(punkt.schluessel);
      if (found == before.end()) {
        out.push_back({Unterschiedart::neu, punkt.schluessel, abschnitt.titel, {}, punkt.text});
        continue;
      }
      const auto& was = found->second;
      if (was.punkt->text != punkt.text || was.punkt->hilfe != punkt.hilfe)
        out.push_back({Unterschiedart::geaendert, punkt.schluessel, abschnitt.titel, was.punkt->text, punkt.text});
      else if (was.abschnitt->titel != abschnitt.titel)
        out.push_back(
            {Unterschiedart::verschoben, punkt.schluessel, abschnitt.titel, was.abschnitt->titel, abschnitt.titel});
    }
  for (const auto& abschnitt : alt.abschnitte)
    for (const auto& punkt : abschnitt.punkte)
      if (!after.contains(punkt.schluessel))
        out.push_back({Unterschiedart::entfallen, punkt.schluessel, abschnitt.titel, punkt.text, {}});
  return out;
}

Bearbeitet bearbeite(const Fassung& fassung, const Hakenliste& haken) {
  Bearbeitet out;
  out.entfallen = haken;
  for (const auto& abschnitt : fassung.abschnitte)
    for (const auto& punkt : abschnitt.punkte) {
      const auto found = haken.find(punkt.schluessel);
      const auto said = found == haken.end() ? Haken{} : found->second;
      out.entfallen.erase(punkt.schluessel);
      out.gilt += said.status == Punktstatus::nichtZutreffend ? 0 : 1;
      out.erledigt += said.status == Punktstatus::erledigt ? 1 : 0;
      out.punkte.emplace_back(punkt, said);
    }
  return out;
}

}  // namespace netz
