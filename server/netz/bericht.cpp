#include "bericht.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "treffen_inhalt.h"

namespace netz {
namespace {

struct Spanne {
  std::string von{}, bis{};  ///< quarters; empty: still
};

/// What happened, by quarter, before it is summed.
struct Zaehlung {
  std::map<std::string, std::string> ersterKontakt{};  ///< town -> quarter in which it was reached
  std::vector<Spanne> navigatoren{};
  std::map<std::string, NetzQuartal> quartale{};
  std::map<std::string, NetzKreisbericht> kreise{};
};

void reach(Zaehlung& out, const std::string& ags, const std::string& quartal) {
  if (ags.empty()) return;
  auto& first = out.ersterKontakt.try_emplace(ags, quartal).first->second;
  first = std::min(first, quartal);
}

NetzKreisbericht& kreisOf(Zaehlung& out, const std::string& ags) { return out.kreise[ags.substr(0, 5)]; }

void count(Zaehlung& out, const Aushang& row, const std::string& jetzt) {
  if (row.art == Aushangart::mitglied) {
    const auto one = inhaltOf<MitgliedInhalt>(row);
    if (one.rolle != Netzrolle::navigator) return;
    const auto from = quartalOf(one.seit.text());
    reach(out, row.ags, from);
    out.navigatoren.push_back({from, one.bis ? quartalOf(one.bis->text()) : std::string()});
    if (one.status == Mitgliedstatus::aktiv && !row.ags.empty()) ++kreisOf(out, row.ags).navigatoren;
  } else if (row.art == Aushangart::termin) {
    const auto one = inhaltOf<TerminInhalt>(row);
    if (one.status == Terminstatus::abgesagt || one.beginn > jetzt) return;
    auto& quartal = out.quartale[quartalOf(one.beginn)];
    ++quartal.veranstaltungen;
    quartal.teilnahmen += one.dabei > 0 ? one.dabei : one.belegt;
    if (!row.ags.empty()) ++kreisOf(out, row.ags).veranstaltungen;
  } else if (row.art == Aushangart::uebernahme) {
    ++out.quartale[quartalOf(row.ordnung)].uebernahmen;
    reach(out, row.ags, quartalOf(row.ordnung));
    if (!row.ags.empty()) ++kreisOf(out, row.ags).uebernahmen;
  }
}

std::string next(const std::string& quartal) {
  const auto year = std::stoi(quartal.substr(0, 4));
  const auto which = quartal.back() - '0';
  return which == 4 ? fmt::format("{:04}-Q1", year + 1) : fmt::format("{:04}-Q{}", year, which + 1);
}

std::vector<NetzQuartal> summed(Zaehlung& counted, const std::string& heute) {
  auto first = heute;
  for (const auto& [ags, quartal] : counted.ersterKontakt) first = std::min(first, quartal);
  for (const auto& [quartal, one] : counted.quartale) first = std::min(first, quartal);
  // Three years are what a funder asks for.
  const auto oldest = fmt::format("{:04}-Q1", std::stoi(heute.substr(0, 4)) - 2);
  std::vector<NetzQuartal> out;
  for (auto quartal = std::max(first, oldest); quartal <= heute; quartal = next(quartal)) {
    auto one = counted.quartale[quartal];
    one.quartal = quartal;
    for (const auto& [ags, since] : counted.ersterKontakt) one.kommunen += since <= quartal ? 1 : 0;
    for (const auto& span : counted.navigatoren)
      one.navigatoren += span.von <= quartal && (span.bis.empty() || span.bis > quartal) ? 1 : 0;
    out.push_back(one);
  }
  return out;
}

}  // namespace

NetzBericht berichte(Tx tx, const Berechtigung& wer, const base::Datum& heute) {
  const auto blick = blickOf(tx, wer);
  Zaehlung counted;
  const auto jetzt = base::endOfDay(heute).iso();
  for (const auto& row :
       sichtbare(tx, blick, sql::Query(" AND a.art IN ('mitglied', 'termin', 'uebernahme') ORDER BY a.uuid")))
    count(counted, row, jetzt);
  NetzBericht out;
  const auto alle = registerOf(tx);
  out.quelle = alle->quelle;
  const auto effects = wirkungsbildOf(tx);
  out.quartale = summed(counted, quartalOf(heute.text()));
  for (auto& one : out.quartale)
    if (const auto found = effects.quartale.find(one.quartal); found != effects.quartale.end())
      one.wirkung = found->second;
  for (const auto& one : alle->alle)
    if (one.art != Kommuneart::landkreis) ++counted.kreise[one.kreis].kommunen;
  for (const auto& [ags, quartal] : counted.ersterKontakt) ++kreisOf(counted, ags).erreicht;
  for (auto& [kreis, one] : counted.kreise) {
    one.kreis = kreis;
    one.name = alle->kreisname(kreis);
    one.land = landOf(kreis);
    if (const auto found = effects.kreise.find(kreis); found != effects.kreise.end()) one.wirkung = found->second;
    out.kreise.push_back(one);
  }
  std::map<std::string, std::string> titles;
  for (const auto& row : sichtbare(tx, blick, sql::Query(" AND a.art = 'uebernahme' ORDER BY a.uuid"))) {
    const auto one = inhaltOf<UebernahmeInhalt>(row);
    titles[one.baustein] = row.titel;
  }
  for (const auto& [baustein, titel] : titles)
    if (const auto sum = wirkungOf(tx, baustein)) out.effekte.push_back({titel, *sum});
  return out;
}

std::string alsCsv(const std::vector<std::vector<std::string>>& zeilen) {
  std::string out = "\xEF\xBB\xBF";
  for (const auto& row : zeilen) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      out += i == 0 ? "\"" : ";\"";
      // A program for tables must not take a name for a formula.
      if (!row[i].empty() && std::string_view("=+-@\t\r").find(row[i].front()) != std::string_view::npos) out += '\'';
      for (const char c : row[i]) out += c == '"' ? std::string("\"\"") : std::string(1, c);
      out += '"';
    }
    out += "\r\n";
  }
  return out;
}

namespace {

/// Days before and after; empty where too few towns agree.
void addWirkung(std::vector<std::string>& row, const std::optional<Wirkungssumme>& wirkung) {
  row.push_back(wirkung ? std::to_string(wirkung->tageVorher) : "");
  row.push_back(wirkung ? std::to_string(wirkung->tageNachher) : "");
}

}  // namespace

std::vector<std::vector<std::string>> quartalzeilen(const NetzBericht& bericht) {
  std::vector<std::vector<std::string>> out{{"Quartal", "Erreichte Kommunen", "Aktive Navigatoren", "Veranstaltungen",
                                             "Teilnahmen", "Übernahmen", "Tage vorher", "Tage nachher"}};
  for (const auto& one : bericht.quartale) {
    out.push_back({one.quartal, std::to_string(one.kommunen), std::to_string(one.navigatoren),
                   std::to_string(one.veranstaltungen), std::to_string(one.teilnahmen),
                   std::to_string(one.uebernahmen)});
    addWirkung(out.back(), one.wirkung);
  }
  return out;
}

std::vector<std::vector<std::string>> kreiszeilen(const NetzBericht& bericht) {
  std::vector<std::vector<std::string>> out{{"Kreis", "Land", "Kommunen", "Erreicht", "Navigatoren", "Veranstaltungen",
                                             "Übernahmen", "Tage vorher", "Tage nachher"}};
  for (const auto& one : bericht.kreise) {
    out.push_back({one.name, one.land, std::to_string(one.kommunen), std::to_string(one.erreicht),
                   std::to_string(one.navigatoren), std::to_string(one.veranstaltungen),
                   std::to_string(one.uebernahmen)});
    addWirkung(out.back(), one.wirkung);
  }
  return out;
}

namespace {

/// What has no name there is not taken for open.
constexpr std::string_view andereLizenz = "http://dcat-ap.de/def/licenses/other-closed";

/// As DCAT-AP.de names licences.
std::string lizenzOf(const std::string& name) {
  static const std::map<std::string, std::string, std::less<>> namen = {
      {"cc by 4.0", "cc-by/4.0"},       {"cc-by-4.0", "cc-by/4.0"},
      {"cc by-sa 4.0", "cc-by-sa/4.0"}, {"cc-by-sa-4.0", "cc-by-sa/4.0"},
      {"cc0 1.0", "cc-zero"},           {"cc0", "cc-zero"},
      {"dl-de/by-2-0", "dl-by-de/2.0"}, {"dl-de/zero-2-0", "dl-zero-de/2.0"}};
  const auto found = namen.find(base::foldCase(name));
  return found == namen.end() ? std::string(andereLizenz) : "http://dcat-ap.de/def/licenses/" + found->second;
}

}  // namespace

std::string katalogOf(Tx tx, const std::string& adresse) {
  using boost::json::array;
  using boost::json::object;
  const auto id = [](std::string iri) { return object{{"@id", std::move(iri)}}; };
  const auto german = [](std::string text) { return object{{"@language", "de"}, {"@value", std::move(text)}}; };
  const auto typed = [](std::string value, std::string_view type) {
    return object{{"@type", type}, {"@value", std::move(value)}};
  };
  // Who reads it may not know that an organisation is an agent.
  const array stelle{"foaf:Agent", "foaf:Organization"};
  array sets, graph;
  for (const auto& row : tx.query<Aushang>(
           sql::Query::select<Aushang>("a").add(" FROM netz_aushang a WHERE a.art = 'praxis' AND a.sichtbarkeit = "
                                                "'oeffentlich' AND a.herkunft = '' ORDER BY a.uuid"))) {
    const auto inhalt = inhaltOf<PraxisInhalt>(row);
    const auto iri = fmt::format("{}/oeffentlich/katalog#{}", adresse, row.uuid.text());
    const auto von =
        fmt::format("{}/oeffentlich/katalog#von-{}", adresse, row.ags.empty() ? std::to_string(row.eigner) : row.ags);
    const auto name =
        tx.value<std::string>("SELECT name FROM mandant_verzeichnis WHERE mandant = :eigner", row.eigner).value_or("");
    object one{{"@id", iri},
               {"@type", "dcat:Dataset"},
               {"dct:title", german(row.titel)},
               {"dct:description", german(inhalt.problem + (inhalt.wirkung ? "\n\n" + *inhalt.wirkung : ""))},
               {"dct:identifier", row.uuid.text()},
               {"dct:publisher", object{{"@id", von}, {"@type", stelle}, {"foaf:name", name}}},
               {"dct:language", id("http://publications.europa.eu/resource/authority/language/DEU")},
               {"dcat:theme", id("http://publications.europa.eu/resource/authority/data-theme/GOVE")},
               {"dcat:keyword", array{german("E-Akte"), german("Vorgangsbearbeitung"), german("Lotsennetz")}},
               {"dcatde:contributorID", id("http://dcat-ap.de/def/contributors/aktenlotse")}};
    if (!row.ags.empty())
      one["dcatde:politicalGeocodingURI"] =
          id(fmt::format("http://dcat-ap.de/def/politicalGeocoding/{}/{}",
                         row.ags.size() == 5 ? "districtKey" : "municipalityKey", row.ags));
    if (inhalt.bestaetigtAm) one["dct:modified"] = typed(inhalt.bestaetigtAm->text(), "xsd:date");
    object distribution{{"@id", iri + "-datei"},
                        {"@type", "dcat:Distribution"},
                        {"dct:license", id(lizenzOf(inhalt.lizenz))},
                        {"dct:format", id("http://publications.europa.eu/resource/authority/file-type/JSON")},
                        {"dcat:accessURL", id(fmt::format("{}/oeffentlich/praxis/{}", adresse, row.uuid.text()))}};
    if (lizenzOf(inhalt.lizenz) == andereLizenz)
      distribution["dct:rights"] = object{{"@type", "dct:RightsStatement"}, {"rdfs:label", german(inhalt.lizenz)}};
    one["dcat:distribution"] = std::move(distribution);
    sets.push_back(id(iri));
    graph.push_back(std::move(one));
  }
  graph.insert(graph.begin(),
               object{{"@id", adresse + "/oeffentlich/katalog"},
                      {"@type", "dcat:Catalog"},
                      {"dct:title", german("Praxis im Lotsennetz")},
                      {"dct:description",
                       german("Was in einer Kommune mit der E-Akte läuft und anderswo übernommen werden kann")},
                      {"dct:publisher", object{{"@id", adresse + "/oeffentlich/katalog#herausgeber"},
                                               {"@type", stelle},
                                               {"foaf:name", "Lotsennetz"}}},
                      {"dct:language", id("http://publications.europa.eu/resource/authority/language/DEU")},
                      {"foaf:homepage", id(adresse + "/oeffentlich/presse")},
                      {"dcat:dataset", sets}});
  return boost::json::serialize(object{{"@context", object{{"dcat", "http://www.w3.org/ns/dcat#"},
                                                           {"dct", "http://purl.org/dc/terms/"},
                                                           {"dcatde", "http://dcat-ap.de/def/dcatde/"},
                                                           {"foaf", "http://xmlns.com/foaf/0.1/"},
                                                           {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
                                                           {"xsd", "http://www.w3.org/2001/XMLSchema#"}}},
                                       {"@graph", graph}});
}

}  // namespace netz
