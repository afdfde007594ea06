#include "netz/werkzeug.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

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
  for (const auto zustand : {Werkzeugzustand::freigegeben, Werkzeugzustand::pilot})
    if (const auto found = std::ranges::find(werkzeug.versionen, zustand, &Fassung::zustand);
        found != werkzeug.versionen.end())
      return *found;
  return werkzeug.versionen.front();
}

const Fassung* fassung(const Werkzeug& werkzeug, std::string_view version) {
  const auto found = std::ranges::find(werkzeug.versionen, version, &Fassung::version);
  return found == werkzeug.versionen.end() ? nullptr : &*found;
}

Fassung fuerLand(Fassung fassung, std::string_view land) {
  std::set<std::string> eigene;
  for (const auto& abschnitt : fassung.abschnitte)
    for (const auto& punkt : abschnitt.punkte)
      if (punkt.land && *punkt.land == land) eigene.insert(punkt.schluessel);
  for (auto& abschnitt : fassung.abschnitte)
    std::erase_if(abschnitt.punkte, [&](const Punkt& punkt) {
      return punkt.land ? *punkt.land != land : eigene.contains(punkt.schluessel);
    });
  return fassung;
}

std::vector<Abschnitt> abschnitteAus(const std::vector<WerkzeugAbschnitt>& input) {
  const auto text = [](const auto& given) {
    return given && !given->value.empty() ? OptText(given->value) : OptText();
  };
  std::vector<Abschnitt> out;
  for (const auto& abschnitt : input) {
    out.push_back({abschnitt.titel.value, text(abschnitt.text), {}});
    for (const auto& one : abschnitt.punkte)
      out.back().punkte.push_back({one.schluessel.value, one.text.value, text(one.hilfe), text(one.land)});
  }
  return out;
}

std::vector<WerkzeugAbschnitt> alsEingabe(const std::vector<Abschnitt>& abschnitte) {
  std::vector<WerkzeugAbschnitt> out;
  for (const auto& abschnitt : abschnitte) {
    out.push_back({{abschnitt.titel}, {}, {}});
    if (abschnitt.text) out.back().text = base::Prose<10000>{*abschnitt.text};
    for (const auto& one : abschnitt.punkte) {
      WerkzeugPunkt punkt{{one.schluessel}, {one.text}, {}, {}};
      if (one.hilfe) punkt.hilfe = base::Prose<2000>{*one.hilfe};
      if (one.land) punkt.land = base::Line<60>{*one.land};
      out.back().punkte.push_back(std::move(punkt));
    }
  }
  return out;
}

OptText maengelOf(const std::vector<WerkzeugAbschnitt>& abschnitte) {
  std::set<std::string> titel, punkte;
  if (abschnitte.empty()) return "Es fehlt ein Abschnitt.";
  for (const auto& abschnitt : abschnitte) {
    if (!titel.insert(abschnitt.titel.value).second)
      return fmt::format("Den Abschnitt „{}“ gibt es zweimal.", abschnitt.titel.value);
    if (abschnitt.punkte.empty() && (!abschnitt.text || abschnitt.text->value.empty()))
      return fmt::format("Der Abschnitt „{}“ ist leer.", abschnitt.titel.value);
    for (const auto& one : abschnitt.punkte) {
      if (one.schluessel.value.empty()) return fmt::format("Der Punkt „{}“ hat keinen Schlüssel.", one.text.value);
      // So begin the keys of what a town adds to its checklist.
      if (one.schluessel.value.starts_with("eigen-"))
        return fmt::format("Der Schlüssel {} ist für eigene Punkte vergeben.", one.schluessel.value);
      if (!punkte.insert(one.schluessel.value + "\n" + (one.land ? one.land->value : "")).second)
        return fmt::format("Der Punkt {} steht zweimal darin.", one.schluessel.value);
    }
  }
  return {};
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
