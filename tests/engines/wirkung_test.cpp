// Success factors with evidence, from the case to the figure: towns adopt a Baustein, their cases run, the job
// measures, and what is told is a sum of several towns, or nothing.
#include "netz/wirkung.h"

#include <fmt/format.h>
#include <rapidcheck.h>

#include "akte/felder.h"
#include "netz/netz.h"
#include "support/property.h"
#include "support/world.h"

namespace engines {
namespace {

constexpr std::int64_t day = 24 * 3600;

class Netzmessung : public OnBothEngines {
 protected:
  Netzmessung() : world(GetParam()), werk(world.database, world.clock) {
    netz::addAuftraege(werk, world.journal);
    werk.mandanten([this] { return world.read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); }); });
  }

  struct Ort {
    Ort(World& world, const std::string& name) : town(world, name) {}
    Town town;
    AkteZeile akte{};
    netz::UebernahmeZeile uebernahme{};
  };

  /// A town in a district that has the kind of Vorgang already, of which the Baustein tells more.
  Ort& ort(const std::string& ags) {
    auto& one = *orte.emplace_back(std::make_unique<Ort>(world, "stadt" + std::to_string(orte.size())));
    auto& town = one.town;
    must(world.change(town.mandant, 0, [&](Change& c) -> base::Result<void> {
      const auto before = mandant::allRows<mandant::MandantZeile>(c.tx(), town.mandant).at(0);
      auto after = before;
      after.gebietsschluessel = ags;
      c.update(before, after);
      c.about({"mandant.geaendert", after.tabelle, after.id, 0, 0});
      return {};
    }));
    one.akte = town.akte(town.bernd, town.entry("1"));
    must(town.as(town.anna, [&](Change& c, const Berechtigung& w) {
      akte::FeldartNeu feld;
      feld.typ = {"Antrag"};
      feld.bezeichnung = {"Ort"};
      return akte::createFeldart(c, w, feld);
    }));
    return one;
  }

  std::vector<VorgangZeile> beginne(Ort& one, std::int64_t cases) {
    std::vector<VorgangZeile> out;
    for (std::int64_t i = 0; i < cases; ++i) {
      const auto vorgang = one.town.vorgang(one.town.bernd, one.akte);
      const auto mit = one.town.see(one.town.bernd, vorgang);
      must(one.town.as(one.town.bernd, [&](Change& c, const Berechtigung& w) {
        akte::FelderSetzen input;
        input.typ = {true, base::Line<100>{"Antrag"}};
        return akte::setFelder(c, w, world.index, mit, input);
      }));
      out.push_back(one.town.now(vorgang));
    }
    return out;
  }
  void beende(Ort& one, const std::vector<VorgangZeile>& cases) {
    for (const auto& vorgang : cases) {
      const auto mit = one.town.see(one.town.anna, vorgang);
      must(one.town.as(one.town.anna, [&](Change& c, const Berechtigung& w) {
        return world.schriftgut.wechsle(c, w, mit, akte::Uebergang::zda, {});
      }));
    }
  }
  /// Cases of so many days in all towns at once: as many as stand for each.
  void laufe(const std::vector<std::int64_t>& zahlen, std::int64_t tage) {
    std::vector<std::vector<VorgangZeile>> cases;
    for (std::size_t i = 0; i < orte.size(); ++i) cases.push_back(beginne(*orte[i], zahlen[i]));
    world.clock.moveSeconds(tage * day);
    for (std::size_t i = 0; i < orte.size(); ++i) beende(*orte[i], cases[i]);
    world.clock.moveSeconds(day);
  }

  std::string paket() {
    netz::Baustein out;
    out.id = Uuid::parse(baustein).value();
    out.version = {"1.0"};
    out.titel = {"Antrag in drei Schritten"};
    out.lizenz = {"CC BY 4.0"};
    out.von = {{"Auenbrück"}, {"14999010"}, {"Sachsen"}};
    out.erstellt = base::Datum::parse("2025-01-01").value();
    out.inhalt.aktenplan = {{{"900"}, {}, {"Anträge"}, {}, 10, akte::Aussonderungsart::B}};
    out.inhalt.felder = {{{"Antrag"}, {"Grund"}, akte::Feldtyp::text, {}, false, 1, {}}};
    out.proben = {{{"Frist"}, netz::Probenart::frist, {"900"}, 10}};
    return netz::unterschreibe(out, paar);
  }
  /// It is adopted as everybody adopts, and the town agrees that its figures count.
  void uebernehmt(Ort& one) {
    const auto wer = mandant::systemBerechtigung(one.town.mandant);
    must(world.change(one.town.mandant, 0, [&](Change& c) {
      return netz::vertraue(c, wer, {{paar.oeffentlich}, {"Auenbrück"}, true});
    }));
    netz::BausteinAnnehmen input;
    input.datei = base::Prose<400'000>{paket()};
    one.uebernahme = must(world.change(
        one.town.mandant, 0, [&](Change& c) { return netz::uebernimm(c, wer, world.schriftgut, input, {}, {}); }));
    stimmt(one, true);
  }
  void stimmt(Ort& one, bool einverstanden) {
    const auto wer = mandant::systemBerechtigung(one.town.mandant);
    must(world.change(one.town.mandant, 0,
                      [&](Change& c) { return netz::stimmeZu(c, wer, one.uebernahme, einverstanden); }));
  }
  /// The job that is due each day.
  void miss() {
    world.clock.moveSeconds(day);
    werk.leeren();
  }
  std::optional<netz::Wirkungssumme> summe() {
    return world.read(0, [](const sql::ReadTx& tx) { return netz::wirkungOf(tx, std::string_view(baustein)); });
  }
  netz::Wirkungsbild bild() {
    return world.read(0, [](const sql::ReadTx& tx) { return netz::wirkungsbildOf(tx); });
  }
  /// Rows of figures that somebody of any town, or nobody at all, is shown.
  std::size_t gezeigt() {
    std::size_t out = 0;
    for (const auto& one : orte)
      for (const auto& person : {one->town.anna, one->town.bernd}) {
        const auto wer = one->town.wer(person);
        out += world.read(one->town.mandant, [&](const sql::ReadTx& tx) {
          return tx
              .query<netz::Aushang>(sql::Query::select<netz::Aushang>("a")
                                        .add(" FROM netz_aushang a WHERE a.art = 'wirkung' AND ")
                                        .add(netz::imNetzSichtbar(tx, netz::blickOf(tx, wer))))
              .size();
        });
      }
    return out;
  }

  static constexpr auto baustein = "01900000-0000-7000-8000-000000000001";
  World world;
  jobs::Werk werk;
  netz::Schluesselpaar paar = netz::neuesSchluesselpaar();
  std::vector<std::unique_ptr<Ort>> orte;
};

TEST_P(Netzmessung, ToldOfThreeTownsWithFiveCasesEachAndOfNothingSmaller) {
  for (const auto* ags : {"14521010", "14521020", "14625010", "14521030"}) ort(ags);
  laufe({6, 6, 7, 6}, 20);
  // Under way when the Baustein comes, even if begun on the same day: of neither side.
  const auto unterwegs = beginne(*orte[0], 3);
  world.clock.moveSeconds(3600);
  for (auto& one : orte) uebernehmt(*one);
  EXPECT_FALSE(summe()) << "there is nothing after it yet";
  world.clock.moveSeconds(day);
  beende(*orte[0], unterwegs);

  // Four cases are too few, and two towns with enough are too few.
  laufe({5, 5, 4, 4}, 9);
  miss();
  EXPECT_FALSE(summe());
  EXPECT_TRUE(bild().quartale.empty());
  EXPECT_TRUE(bild().kreise.empty());
  EXPECT_EQ(gezeigt(), 0U);

  // The fifth case of the third town: now three tell, rounded. The fourth, with its four, is in no figure.
  laufe({0, 0, 1, 0}, 9);
  miss();
  const auto now = summe();
  ASSERT_TRUE(now);
  EXPECT_EQ(now->kommunen, 3);
  EXPECT_EQ(now->faelleVorher, 10) << "19, in tens downwards";
  EXPECT_EQ(now->faelleNachher, 10) << "15, in tens downwards";
  EXPECT_EQ(now->tageVorher, 20);
  EXPECT_EQ(now->tageNachher, 9);
  for (const auto& [name, one] : bild().quartale) {
    EXPECT_EQ(one.faelleNachher % 10, 0) << name;
    EXPECT_GE(one.kommunen, 3) << name;
  }
  EXPECT_TRUE(bild().kreise.empty()) << "no district has three towns with five cases";
  EXPECT_EQ(gezeigt(), 0U) << "what one town measured is shown to nobody, also not to itself here";

  // What nothing happened to is not measured into the journal again.
  const auto entries = orte[0]->town.entries();
  miss();
  EXPECT_EQ(orte[0]->town.entries(), entries);

  // A town that takes its word back is in no figure any more, and then there are too few.
  stimmt(*orte[1], false);
  EXPECT_FALSE(summe());
  EXPECT_TRUE(bild().quartale.empty());
  // With the fifth case of the fourth there are three again.
  laufe({0, 0, 0, 1}, 9);
  miss();
  ASSERT_TRUE(summe());
  EXPECT_EQ(summe()->kommunen, 3);
  auto tables = suche::journalTabellen();
  for (const auto* table : netz::tables()) tables.push_back(table);
  for (const auto& one : orte)
    EXPECT_EQ(world.read(one->town.mandant,
                         [&](const sql::ReadTx& tx) { return journal::check(tx, one->town.mandant, tables); }),
              Findings());
}

ON_BOTH_ENGINES(Netzmessung);

/// Towns with too few cases change nothing of what is told, so nothing of them can be read off it.
TEST(Netzsumme, TellsNothingOfSmallGroups) {
  EXPECT_TRUE(rc::check([] {
    const auto town = [](int least, int most) {
      return rc::gen::map(rc::gen::tuple(rc::gen::inRange(least, most), rc::gen::inRange(0, 60),
                                         rc::gen::inRange(least, most), rc::gen::inRange(0, 60)),
                          [](const auto& t) {
                            return netz::Messung{std::get<0>(t),
                                                 std::int64_t{std::get<0>(t)} * std::get<1>(t),
                                                 std::get<2>(t),
                                                 std::int64_t{std::get<2>(t)} * std::get<3>(t),
                                                 {}};
                          });
    };
    const auto large = *rc::gen::container<std::vector<netz::Messung>>(town(5, 40));
    const auto small = *rc::gen::container<std::vector<netz::Messung>>(town(0, 5));
    auto all = large;
    all.insert(all.end(), small.begin(), small.end());
    const auto alone = netz::summe(large), with = netz::summe(all);
    RC_ASSERT(alone.has_value() == (large.size() >= 3));
    RC_ASSERT(with.has_value() == alone.has_value());
    if (!with) return;
    RC_ASSERT(with->kommunen == alone->kommunen && with->faelleVorher == alone->faelleVorher &&
              with->faelleNachher == alone->faelleNachher && with->tageVorher == alone->tageVorher &&
              with->tageNachher == alone->tageNachher);
    RC_ASSERT(with->faelleVorher % 10 == 0 && with->faelleNachher % 10 == 0);
  }));
}

}  // namespace
}  // namespace engines
