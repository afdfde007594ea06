#include "netz/kommunen.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <mutex>

#include "base/text.h"
#include "daten.h"
#include "netz/kommunen_einlesen.h"

namespace netz {
namespace {

struct Quelle {
  std::string quelle{};
};
BOOST_DESCRIBE_STRUCT(Quelle, (), (quelle))

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

std::vector<Kommune> parse(std::string_view rest, std::string& quelle) {
  std::vector<Kommune> out;
  while (!rest.empty()) {
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.starts_with("# Quelle: ")) quelle = line.substr(10);
    if (line.empty() || line.starts_with('#')) continue;
    const auto cells = split(line);
    Kommune one;
    one.ags = cells.at(0);
    one.ars = cells.at(1);
    one.name = cells.at(2);
    one.art = artFrom(cells.at(3), cells.at(0));
    one.verband = cells.at(5);
    std::from_chars(cells.at(6).data(), cells.at(6).data() + cells.at(6).size(), one.einwohner);
    one.plz = cells.at(7);
    out.push_back(std::move(one));
  }
  return out;
}

/// What follows from the rows together: districts with their names and sums, order, and what is searched.
std::shared_ptr<Register> fertig(std::vector<Kommune> alle, std::string quelle) {
  auto out = std::make_shared<Register>();
  out->alle = std::move(alle);
  out->quelle = std::move(quelle);
  std::map<std::string, std::string> kreise;
  std::map<std::string, std::int64_t> einwohner;
  for (auto& one : out->alle) {
    one.kreis = one.ags.substr(0, 5);
    one.land = landOf(one.ags);
    if (one.art == Kommuneart::landkreis) one.einwohner = 0;
    if (one.art == Kommuneart::landkreis || one.art == Kommuneart::kreisfreieStadt) kreise[one.kreis] = one.name;
    einwohner[one.kreis] += one.einwohner;
  }
  for (auto& one : out->alle) {
    one.kreisname = kreise[one.kreis];
    if (one.art == Kommuneart::landkreis) one.einwohner = einwohner[one.kreis];
    one.suche = base::foldCase(one.name + " " + one.ags + " " + one.ars + " " + one.plz + " " + one.kreisname);
  }
  std::ranges::stable_sort(out->alle, {}, [](const Kommune& one) { return std::string_view(one.suche); });
  for (const auto& one : out->alle) out->nachAgs.emplace(one.ags, &one);
  return out;
}

std::shared_ptr<const Register> make() {
  std::string quelle;
  auto alle = parse(datei("/gemeinden.tsv"), quelle);
  return fertig(std::move(alle), std::move(quelle));
}

const std::shared_ptr<const Register>& program() {
  static const auto made = make();
  return made;
}

/// What was read in goes before what came with the program.
std::shared_ptr<const Register> read(const sql::ReadTx& tx, const std::string& lesung) {
  std::map<std::string, Kommune> all;
  for (const auto& one : program()->alle) all.emplace(one.ags, one);
  for (auto& row : tx.query<KommuneZeile>(sql::Query::select<KommuneZeile>().add(" FROM netz_kommune ORDER BY ags"))) {
    auto& one = all[row.ags];
    one.ags = std::move(row.ags);
    one.ars = std::move(row.ars);
    one.name = std::move(row.name);
    one.art = row.art;
    one.verband = std::move(row.verband);
    one.einwohner = row.einwohner;
    if (!row.plz.empty()) one.plz = std::move(row.plz);
  }
  std::vector<Kommune> alle;
  for (auto& [ags, one] : all) alle.push_back(std::move(one));
  auto quelle = program()->quelle;
  for (const auto& one : tx.query<Quelle>("SELECT DISTINCT l.quelle FROM netz_kommunenlesung l JOIN netz_kommune k ON "
                                          "k.lesung = l.nr ORDER BY l.quelle"))
    if (quelle.find(one.quelle) == std::string::npos) quelle += "; " + one.quelle;
  auto out = fertig(std::move(alle), std::move(quelle));
  out->lesung = lesung;
  return out;
}

std::mutex gate;
std::shared_ptr<const Register> held;  ///< what was read last, by whichever transaction

}  // namespace

const Kommune* Register::find(std::string_view ags) const {
  const auto found = nachAgs.find(ags);
  return found == nachAgs.end() ? nullptr : found->second;
}

std::string Register::kreisname(const std::string& kreis) const {
  const auto* named = find(kreis);
  if (named == nullptr) named = find(kreis + "000");
  return named == nullptr ? kreis : named->name;
}

const Register& mitgeliefert() { return *program(); }

std::shared_ptr<const Register> registerOf(const sql::ReadTx& tx) {
  const auto lesung = tx.value<std::string>("SELECT uuid FROM netz_kommunenlesung ORDER BY nr DESC LIMIT 1");
  if (!lesung) return program();
  {
    const std::scoped_lock lock(gate);
    if (held != nullptr && held->lesung == *lesung) return held;
  }
  auto made = read(tx, *lesung);
  const std::scoped_lock lock(gate);
  held = made;
  return made;
}

std::shared_ptr<const Kommune> kommune(const sql::ReadTx& tx, std::string_view ags) {
  auto now = registerOf(tx);
  const auto* found = now->find(ags);
  return found == nullptr ? nullptr : std::shared_ptr<const Kommune>(now, found);
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

}  // namespace netz
