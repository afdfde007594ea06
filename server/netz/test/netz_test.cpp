// The register, the Werkzeugkoffer and its rules.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "netz/kommunen_einlesen.h"
#include "netz/werkzeug.h"

namespace netz {
namespace {

std::size_t count(std::string_view land, bool kreise) {
  return static_cast<std::size_t>(std::ranges::count_if(mitgeliefert().alle, [&](const Kommune& one) {
    return one.land == land && (one.art == Kommuneart::landkreis) == kreise;
  }));
}

TEST(Register, hasEveryTownAndDistrictOfBothLaender) {
  EXPECT_EQ(count("Sachsen", false), 418U);
  EXPECT_EQ(count("Sachsen-Anhalt", false), 218U);
  EXPECT_EQ(count("Sachsen", true), 10U);
  EXPECT_EQ(count("Sachsen-Anhalt", true), 11U);
  std::set<std::string_view> keys;
  for (const auto& one : mitgeliefert().alle) {
    EXPECT_TRUE(keys.insert(one.ags).second) << one.ags;
    EXPECT_EQ(one.ars.size(), 12U) << one.name;
    EXPECT_EQ(one.ags.substr(0, 5), one.kreis);
    EXPECT_FALSE(one.kreisname.empty()) << one.name;
    EXPECT_GT(one.einwohner, 0) << one.name;
  }
}

TEST(Register, knowsATownByItsKey) {
  const auto* town = mitgeliefert().find("14626110");
  ASSERT_NE(town, nullptr);
  EXPECT_TRUE(town->name.starts_with("Görlitz"));
  EXPECT_EQ(town->kreisname, "Görlitz");
  EXPECT_EQ(town->plz, "02826");
  EXPECT_EQ(mitgeliefert().find("15003000")->art, Kommuneart::kreisfreieStadt);
  EXPECT_EQ(mitgeliefert().find("99999999"), nullptr);
  EXPECT_EQ(landOf("15"), "Sachsen-Anhalt");
  EXPECT_EQ(landOf("x"), "");
  EXPECT_NE(mitgeliefert().quelle.find("Statistisches Bundesamt"), std::string_view::npos);
}

TEST(Register, classesOfSizeTouchEachOther) {
  EXPECT_EQ(groesseOf(0), Groesse::bis2000);
  EXPECT_EQ(groesseOf(1'999), Groesse::bis2000);
  EXPECT_EQ(groesseOf(2'000), Groesse::bis5000);
  EXPECT_EQ(groesseOf(99'999), Groesse::bis100000);
  EXPECT_EQ(groesseOf(100'000), Groesse::ueber100000);
}

TEST(Einlesen, keepsTheLettersOfTheSorbianNames) {
  EXPECT_EQ(mitgeliefert().find("14626600")->name, "Weißwasser/O.L., Stadt / Běła Woda");
}

std::vector<akte::TabellenZeile> tabelle(std::vector<std::vector<std::string>> rows) {
  std::vector<akte::TabellenZeile> out{
      {1, {"AGS", "ARS", "Name", "Textkennzeichen", "Kreis", "Verband", "Einwohner", "PLZ"}}};
  for (auto& row : rows) out.push_back({out.size() + 1, std::move(row)});
  return out;
}

std::vector<std::string> zeileVon(const Kommune& one) {
  const auto* kennzeichen = one.art == Kommuneart::landkreis         ? "44"
                            : one.art == Kommuneart::kreisfreieStadt ? "61"
                            : one.art == Kommuneart::stadt           ? "63"
                                                                     : "64";
  return {one.ags, one.ars, one.name, kennzeichen, one.kreisname, one.verband, std::to_string(one.einwohner), one.plz};
}

RC_GTEST_PROP(Einlesen, changesNothingWhereItIsWhatOneHas, ()) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& one : mitgeliefert().alle)
    if (*rc::gen::inRange(0, 20) == 0) rows.push_back(zeileVon(one));
  rows.push_back(zeileVon(mitgeliefert().alle.front()));
  std::ranges::sort(rows);
  rows.erase(std::ranges::unique(rows).begin(), rows.end());
  const auto count = static_cast<std::int64_t>(rows.size());
  const auto done = vergleicheKommunen(tabelle(std::move(rows)), mitgeliefert());
  RC_ASSERT(done.has_value());
  RC_ASSERT(done->bericht.gleich == count);
  RC_ASSERT(done->schreiben.empty());
}

/// Whatever cells a table has: each row is told once, and what is written has a whole key, a Land and a name, once.
RC_GTEST_PROP(Einlesen, writesOnlyWhatIsWhole, ()) {
  const auto digits = rc::gen::container<std::string>(rc::gen::elementOf(std::string("0123456789")));
  const auto cell =
      rc::gen::oneOf(digits, rc::gen::element<std::string>("", "16061045", "16061", "160610045045", "Stadt X", "44",
                                                           "61", "63", "66", "Eichsfeld", "12.345", "37308"));
  const auto rows =
      *rc::gen::container<std::vector<std::vector<std::string>>>(rc::gen::container<std::vector<std::string>>(8, cell));
  const auto done = vergleicheKommunen(tabelle(rows), mitgeliefert());
  if (rows.empty()) {
    RC_ASSERT(!done);
    return;
  }
  RC_ASSERT(done.has_value());
  const auto& told = done->bericht;
  RC_ASSERT(told.zeilen.size() == rows.size());
  RC_ASSERT(told.neu + told.geaendert + told.gleich + told.uebergangen + told.fehler ==
            static_cast<std::int64_t>(rows.size()));
  std::set<std::string> keys;
  for (const auto& row : done->schreiben) {
    RC_ASSERT(keys.insert(row.ags).second);
    RC_ASSERT(row.ags.size() == (row.art == Kommuneart::landkreis ? 5U : 8U));
    RC_ASSERT(!landOf(row.ags).empty());
    RC_ASSERT(!row.name.empty());
    RC_ASSERT(row.einwohner >= 0);
  }
  for (const auto& satz : told.zeilen) RC_ASSERT((satz.art == akte::ZeilenArt::fehler) <= !satz.hinweise.empty());
}

TEST(Werkzeugkoffer, isWholeAndItsKeysAreOfOneKind) {
  EXPECT_EQ(werkzeuge().size(), 8U);
  for (const auto& tool : werkzeuge()) {
    EXPECT_FALSE(tool.titel.empty() || tool.kurz.empty() || tool.fuer.empty() || tool.lizenz.empty())
        << tool.schluessel;
    for (const auto& version : tool.versionen) {
      std::set<std::string> keys;
      for (const auto& abschnitt : version.abschnitte)
        for (const auto& punkt : abschnitt.punkte) {
          EXPECT_TRUE(keys.insert(punkt.schluessel).second) << tool.schluessel << ' ' << punkt.schluessel;
          EXPECT_LE(punkt.schluessel.size(), 60U);
          if (punkt.land) {
            EXPECT_TRUE(*punkt.land == "Sachsen" || *punkt.land == "Sachsen-Anhalt");
          }
        }
      EXPECT_GE(keys.size(), 10U) << tool.schluessel;
    }
  }
}

TEST(Werkzeugkoffer, aLandSeesItsOwnVariantAlone) {
  const auto& tool = *werkzeug("navigator-auswaehlen");
  const auto has = [](const Fassung& one, std::string_view key) {
    return std::ranges::any_of(one.abschnitte, [&](const Abschnitt& abschnitt) {
      return std::ranges::find(abschnitt.punkte, key, &Punkt::schluessel) != abschnitt.punkte.end();
    });
  };
  const auto here = fuerLand(geltende(tool), "Sachsen-Anhalt");
  EXPECT_TRUE(has(here, "schulung-st"));
  EXPECT_FALSE(has(here, "schulung-sn"));
}

TEST(Werkzeugkoffer, aNewVersionIsComparedPointByPoint) {
  const auto& tool = *werkzeug("e-akte-in-12-schritten");
  const auto found = vergleiche(*fassung(tool, "0.9"), *fassung(tool, "1.0"));
  const auto with = [&](Unterschiedart art) {
    std::set<std::string> out;
    for (const auto& one : found)
      if (one.art == art) out.insert(one.schluessel);
    return out;
  };
  EXPECT_EQ(with(Unterschiedart::neu), (std::set<std::string>{"archiv-frueh", "teilen"}));
  EXPECT_EQ(with(Unterschiedart::geaendert), (std::set<std::string>{"pilotamt"}));
  EXPECT_EQ(with(Unterschiedart::entfallen), (std::set<std::string>{"scanner"}));
  EXPECT_TRUE(vergleiche(geltende(tool), geltende(tool)).empty());
}

/// Some of the numbers below `end`.
std::set<int> someOf(int end) {
  std::set<int> out;
  for (const int one : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, end))) out.insert(one);
  return out;
}

Fassung anyVersion() {
  Fassung out;
  out.abschnitte = {{"A", {}, {}}, {"B", {}, {}}};
  for (const int key : someOf(12)) {
    auto& part = out.abschnitte[*rc::gen::inRange<std::size_t>(0, 2)];
    part.punkte.push_back({"p" + std::to_string(key), *rc::gen::elementOf(std::vector<std::string>{"x", "y"}), {}, {}});
  }
  return out;
}

RC_GTEST_PROP(Werkzeugkoffer, noVersionLosesATick, ()) {
  Hakenliste said;
  for (const int key : someOf(12))
    said["p" + std::to_string(key)] = {
        *rc::gen::element(Punktstatus::erledigt, Punktstatus::nichtZutreffend, Punktstatus::offen),
        *rc::gen::element<std::string>("", "Notiz")};
  const auto version = anyVersion();
  const auto done = bearbeite(version, said);
  // What was said is there again, at its point or beside it, and nowhere twice.
  auto seen = done.entfallen;
  for (const auto& [punkt, haken] : done.punkte) {
    RC_ASSERT(!done.entfallen.contains(punkt.schluessel));
    if (said.contains(punkt.schluessel)) seen[punkt.schluessel] = haken;
  }
  RC_ASSERT(seen == said);
  RC_ASSERT(done.erledigt <= done.gilt);
}

RC_GTEST_PROP(Werkzeugkoffer, differencesTellExactlyWhatIsDifferent, ()) {
  const auto alt = anyVersion(), neu = anyVersion();
  std::map<std::string, std::pair<std::string, std::string>> before, after;
  for (const auto& [version, places] : {std::pair(&alt, &before), std::pair(&neu, &after)})
    for (const auto& abschnitt : version->abschnitte)
      for (const auto& punkt : abschnitt.punkte) (*places)[punkt.schluessel] = {abschnitt.titel, punkt.text};
  std::set<std::string> told;
  for (const auto& one : vergleiche(alt, neu)) RC_ASSERT(told.insert(one.schluessel).second);
  for (int key = 0; key < 12; ++key) {
    const auto name = "p" + std::to_string(key);
    const auto was = before.find(name), is = after.find(name);
    const bool same = (was == before.end() && is == after.end()) ||
                      (was != before.end() && is != after.end() && was->second == is->second);
    RC_ASSERT(told.contains(name) == !same);
  }
}

}  // namespace
}  // namespace netz
