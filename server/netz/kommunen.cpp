#include "netz/kommunen.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "base/text.h"
#include "daten.h"

namespace netz {
namespace {

std::vector<std::string_view> split(std::string_view line) {
  std::vector<std::string_view> out;
  for (;;) {
    const auto tab = line.find('\t');
    out.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return out;
    line.remove_prefix(tab + 1);
  }
}

Kommuneart artFrom(std::string_view kennzeichen, std::string_view ags) {
  if (ags.size() == 5) return Kommuneart::landkreis;
  if (kennzeichen == "61" || kennzeichen == "62") return Kommuneart::kreisfreieStadt;
  return kennzeichen == "63" || kennzeichen == "67" ? Kommuneart::stadt : Kommuneart::gemeinde;
}

struct Register {
  std::string_view quelle{};
  std::vector<Kommune> alle{};
  std::unordered_map<std::string_view, const Kommune*> nachAgs{};
};

std::vector<Kommune> parse(std::string_view rest, std::string_view& quelle) {
  std::vector<Kommune> out;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.starts_with("# Quelle: ")) quelle = line.substr(10);
    if (line.empty() || line.starts_with('#')) continue;
    const auto cells = split(line);
    Kommune one{cells.at(0), cells.at(1), cells.at(2), artFrom(cells.at(3), cells.at(0)), cells.at(4)};
    one.verband = cells.at(5);
    one.land = landOf(one.ags);
    std::from_chars(cells.at(6).data(), cells.at(6).data() + cells.at(6).size(), one.einwohner);
    one.plz = cells.at(7);
    out.push_back(std::move(one));
  }
  return out;
}

Register make() {
  Register out;
  out.alle = parse(datei("/gemeinden.tsv"), out.quelle);
  std::map<std::string_view, std::string_view> kreise;
  std::map<std::string_view, std::int64_t> einwohner;
  for (const auto& one : out.alle) {
    if (one.art == Kommuneart::landkreis || one.art == Kommuneart::kreisfreieStadt) kreise[one.kreis] = one.name;
    einwohner[one.kreis] += one.einwohner;
  }
  for (auto& one : out.alle) {
    one.kreisname = kreise[one.kreis];
    if (one.art == Kommuneart::landkreis) one.einwohner = einwohner[one.kreis];
    one.suche = base::foldCase(std::string(one.name) + " " + std::string(one.ags) + " " + std::string(one.ars) + " " +
                               std::string(one.plz) + " " + std::string(one.kreisname));
  }
  std::ranges::stable_sort(out.alle, {}, [](const Kommune& one) { return one.suche; });
  for (const auto& one : out.alle) out.nachAgs.emplace(one.ags, &one);
  return out;
}

const Register& get() {
  static const Register made = make();
  return made;
}

}  // namespace

std::span<const Kommune> kommunen() { return get().alle; }

const Kommune* kommune(std::string_view ags) {
  const auto found = get().nachAgs.find(ags);
  return found == get().nachAgs.end() ? nullptr : found->second;
}

Groesse groesseOf(std::int64_t einwohner) {
  static constexpr std::int64_t grenzen[] = {2'000, 5'000, 10'000, 20'000, 50'000, 100'000};
  return static_cast<Groesse>(std::ranges::upper_bound(grenzen, einwohner) - std::begin(grenzen));
}

std::string_view landOf(std::string_view ags) {
  static constexpr std::string_view laender[] = {"Schleswig-Holstein",
                                                 "Hamburg",
                                                 "Niedersachsen",
                                                 "Bremen",
                                                 "Nordrhein-Westfalen",
                                                 "Hessen",
                                                 "Rheinland-Pfalz",
                                                 "Baden-Württemberg",
                                                 "Bayern",
                                                 "Saarland",
                                                 "Berlin",
                                                 "Brandenburg",
                                                 "Mecklenburg-Vorpommern",
                                                 "Sachsen",
                                                 "Sachsen-Anhalt",
                                                 "Thüringen"};
  std::size_t number = 0;
  if (ags.size() < 2 || std::from_chars(ags.data(), ags.data() + 2, number).ptr != ags.data() + 2) return {};
  return number >= 1 && number <= std::size(laender) ? laender[number - 1] : std::string_view();
}

std::string_view quelle() { return get().quelle; }

}  // namespace netz
