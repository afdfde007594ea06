#include "plan_spalten.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace akte {
namespace {

struct Name {
  std::string_view key;
  Feld feld;
};
/// How plans in use name their columns (columnKey of the name). The English ones are those of the Swiss form.
constexpr Name namen[] = {
    {"kennzeichen", Feld::kennzeichen},
    {"aktenplankennzeichen", Feld::kennzeichen},
    {"aktenplannummer", Feld::kennzeichen},
    {"aktenplannr", Feld::kennzeichen},
    {"aktenzeichen", Feld::kennzeichen},
    {"ordnungspositionsnummer", Feld::kennzeichen},
    {"referencenumber", Feld::kennzeichen},
    {"gliederungsnummer", Feld::kennzeichen},
    {"produktnummer", Feld::kennzeichen},
    {"nummer", Feld::kennzeichen},
    {"nr", Feld::kennzeichen},
    {"titel", Feld::titel},
    {"titelderordnungsposition", Feld::titel},
    {"effectivetitle", Feld::titel},
    {"bezeichnung", Feld::titel},
    {"inhaltsangabe", Feld::titel},
    {"betreff", Feld::titel},
    {"aufgabe", Feld::titel},
    {"beschreibung", Feld::beschreibung},
    {"beschreibungoptional", Feld::beschreibung},
    {"description", Feld::beschreibung},
    {"erlaeuterung", Feld::beschreibung},
    {"aufbewahrungsdauer", Feld::aufbewahrungsdauer},
    {"aufbewahrungsfrist", Feld::aufbewahrungsdauer},
    {"aufbewahrunginverwaltung", Feld::aufbewahrungsdauer},
    {"retentionperiod", Feld::aufbewahrungsdauer},
    {"aussonderungsart", Feld::aussonderungsart},
    {"archivwuerdigkeit", Feld::aussonderungsart},
    {"archivalvalue", Feld::aussonderungsart},
    {"gueltigab", Feld::gueltigVon},
    {"gueltigvon", Feld::gueltigVon},
    {"validfrom", Feld::gueltigVon},
    {"gueltigbis", Feld::gueltigBis},
    {"validuntil", Feld::gueltigBis},
    {"ueber", Feld::ueber},
    {"uebergeordnet", Feld::ueber},
    {"organisationseinheit", Feld::organisationseinheit},
    {"zugriff", Feld::zugriff},
    {"art", Feld::art},
    {"einheitart", Feld::art},
    {"gesperrt", Feld::gesperrt},
    {"stillgelegt", Feld::stillgelegt},
};

constexpr std::string_view trenner = ".-/ ";

Spalten spaltenOf(const TabellenZeile& zeile) {
  Spalten out;
  for (std::size_t i = 0; i < zeile.zellen.size(); ++i) {
    const auto key = columnKey(zeile.zellen[i]);
    for (const auto& name : namen) {
      auto& stelle = out.stelle.at(static_cast<std::size_t>(name.feld));
      if (name.key == key && !stelle) stelle = i;
    }
  }
  return out;
}

std::size_t found(const Spalten& spalten) {
  return static_cast<std::size_t>(std::ranges::count_if(spalten.stelle, [](const auto& at) { return at.has_value(); }));
}

}  // namespace

std::string Spalten::zelle(const TabellenZeile& zeile, Feld feld, bool lines) const {
  const auto at = stelle.at(static_cast<std::size_t>(feld));
  if (!at || *at >= zeile.zellen.size()) return "";
  auto text = zeile.zellen[*at];
  if (!lines)
    std::ranges::replace_if(
        text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return text;
}

Spalten findeSpalten(const std::vector<TabellenZeile>& tabelle) {
  Spalten best;
  for (std::size_t i = 0; i < std::min<std::size_t>(20, tabelle.size()); ++i) {
    auto here = spaltenOf(tabelle[i]);
    here.erste = i + 1;
    if (here.hat(Feld::kennzeichen) && here.hat(Feld::titel) && found(here) >= found(best)) best = here;
  }
  if (found(best) > 0) return best;
  best.erkannt = false;
  best.stelle[0] = 0;
  best.stelle[1] = 1;
  return best;
}

std::optional<OptId> jahreFrom(const std::string& text) {
  const auto key = columnKey(text);
  if (key == "unbefristet" || key == "dauernd" || key == "unbegrenzt" || key == "permanent") return OptId();
  std::int64_t jahre = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), jahre);
  if (error != std::errc() || jahre < 0 || jahre > 200) return std::nullopt;
  const auto rest = columnKey(std::string_view(end, static_cast<std::size_t>(text.data() + text.size() - end)));
  if (!rest.empty() && rest != "jahre" && rest != "jahr" && rest != "j") return std::nullopt;
  return OptId(jahre);
}

std::optional<Aussonderungsart> aussonderungsartFrom(const std::string& text) {
  const auto key = columnKey(text);
  for (const auto* word : {"a", "archivwuerdig", "archivieren", "aarchivieren"})
    if (key == word) return Aussonderungsart::A;
  for (const auto* word : {"b", "bewerten", "bbewerten", "sampling", "auswahl", "pruefen", "nochnichtgeprueft"})
    if (key == word) return Aussonderungsart::B;
  for (const auto* word : {"v", "nichtarchivwuerdig", "vernichten", "vvernichten", "kassieren"})
    if (key == word) return Aussonderungsart::V;
  return std::nullopt;
}

OptDatum tagFrom(const std::string& text) {
  const auto day = std::string_view(text).substr(0, text.find_first_of(" T"));
  if (day.size() == 10 && day[2] == '.' && day[5] == '.')
    return base::Datum::parse(fmt::format("{}-{}-{}", day.substr(6), day.substr(3, 2), day.substr(0, 2)));
  return base::Datum::parse(day);
}

std::optional<bool> jaNeinFrom(const std::string& text) {
  const auto key = columnKey(text);
  if (key == "ja" || key == "x" || key == "1" || key == "true" || key == "wahr") return true;
  if (key == "nein" || key.empty() || key == "0" || key == "false" || key == "falsch") return false;
  return std::nullopt;
}

std::optional<Einheitart> einheitartFrom(const std::string& text) {
  const auto key = columnKey(text);
  if (key == "haupteinheit" || key == "hauptgruppe") return Einheitart::Haupteinheit;
  if (key == "obereinheit" || key == "obergruppe") return Einheitart::Obereinheit;
  if (key == "untereinheit" || key == "untergruppe" || key == "gruppe") return Einheitart::Untereinheit;
  if (key == "betreffseinheit") return Einheitart::Betreffseinheit;
  return std::nullopt;
}

Gliederung::Gliederung(std::vector<std::string> kennzeichen) : alle_(std::move(kennzeichen)) {
  std::ranges::sort(alle_);
  const auto plain = [](const std::string& text) { return text.find_first_of(trenner) == std::string::npos; };
  const bool stufig = std::ranges::any_of(alle_, [&](const std::string& text) {
    return !plain(text) && text.find_first_of(trenner) == 1 && kennt(text.substr(0, 1));
  });
  std::size_t longer = 0, below = 0;
  for (const auto& text : alle_)
    if (plain(text) && text.size() > 1) {
      ++longer;
      below += kennt(std::string_view(text).substr(0, text.size() - 1)) ? 1 : 0;
    }
  nachLaenge_ = !stufig && below > 0 && below * 5 >= longer * 4;
}

bool Gliederung::kennt(std::string_view text) const {
  return std::ranges::binary_search(alle_, text, {}, [](const auto& item) { return std::string_view(item); });
}

Gliederung::Oben Gliederung::ueber(const std::string& kennzeichen) const {
  Oben out;
  std::string_view rest = kennzeichen;
  for (auto cut = rest.find_last_of(trenner); cut != std::string_view::npos && cut > 0;
       cut = rest.find_last_of(trenner)) {
    rest = rest.substr(0, rest.find_last_not_of(trenner, cut) + 1);
    if (rest.empty()) return out;
    if (kennt(rest)) {
      out.kennzeichen = std::string(rest);
      return out;
    }
    if (!out.vermisst) out.vermisst = std::string(rest);
  }
  for (rest = base::cutUtf8(rest, rest.size() - 1); nachLaenge_ && !rest.empty();
       rest = base::cutUtf8(rest, rest.size() - 1))
    if (kennt(rest)) {
      out.kennzeichen = std::string(rest);
      return out;
    }
  return out;
}

}  // namespace akte
