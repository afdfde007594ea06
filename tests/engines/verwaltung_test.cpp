// What the administration does with a whole tenant: its settings as one file, and units that move, merge and part.
#include "akte/einstellungen.h"
#include "akte/reorganisation.h"
#include "support/world.h"

namespace engines {
namespace {

using akte::Einstellungen;
using akte::EinstellungenBericht;
using akte::Registratur;
using akte::ReorganisationNeu;
using akte::Reorganisationsart;
using base::Line;

class VerwaltungTest : public OnBothEngines {
 protected:
  template <typename F>
  auto as(const PersonZeile& by, F&& f) {
    return town_.as(by, std::forward<F>(f));
  }
  Einstellungen file(const Town& town) {
    return world_.read(town.mandant, [&](const sql::ReadTx& tx) { return akte::leseEinstellungen(tx, town.mandant); });
  }
  EinstellungenBericht apply(Town& town, const PersonZeile& by, const Einstellungen& datei) {
    return must(town.as(
        by, [&](Change& c, const Berechtigung& wer) { return akte::wendeAn(c, wer, world_.schriftgut, datei); }));
  }
  base::Result<akte::ReorganisationZeile> plan(const ReorganisationNeu& input) {
    return as(town_.anna, [&](Change& c, const Berechtigung& wer) { return reorganisation_.plane(c, wer, input); });
  }
  akte::ReorganisationVorschau preview(const PersonZeile& by, const ReorganisationNeu& input) {
    const auto wer = town_.wer(by);
    return must(world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return reorganisation_.vorschau(tx, wer, world_.clock.now(), input);
    }));
  }
  base::Datum today(int plusDays = 0) { return base::Datum::of(world_.clock.now().plusSeconds(plusDays * 86'400)); }
  std::size_t work() {
    jobs::Werk werk(world_.database, world_.clock);
    akte::addReorganisationAuftrag(werk, reorganisation_);
    return werk.leeren();
  }

  World world_{GetParam()};
  Town town_{world_};
  akte::Reorganisation reorganisation_{world_.schriftgut};
};
ON_BOTH_ENGINES(VerwaltungTest);

TEST_P(VerwaltungTest, settingsGoFromOneTownToAnotherAndAreTakenBackAsOne) {
  town_.entry("1");
  const auto eins = town_.world.read(town_.mandant, [&](const sql::ReadTx& tx) {
    return mandant::allRows<AktenplaneinheitZeile>(tx, town_.mandant).at(0);
  });
  town_.access("Nur das Amt", {{TraegerArt::organisationseinheit, Line<40>{town_.amt.uuid.text()}, Stufe::lesen},
                               {TraegerArt::stelle, Line<40>{town_.leitung.uuid.text()}, Stufe::bearbeiten},
                               {TraegerArt::person, Line<40>{town_.bernd.uuid.text()}, Stufe::lesen},
                               {TraegerArt::rolle, Line<40>{"LT"}, Stufe::lesen}});
  town_.entry("2", eins.uuid);
  town_.post(town_.unit("20", town_.amt.uuid), {Rolle::SB});
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    akte::FeldartNeu neu{{"Bauantrag"}, {"Klasse"}, akte::Feldtyp::auswahl};
    neu.auswahl = std::vector<Line<100>>{{"GK 1"}, {"GK 2"}};
    neu.fuer = akte::Feldziel::akte;
    return akte::createFeldart(c, wer, neu);
  }));
  const auto datei = file(town_);
  const auto same = apply(town_, town_.anna, datei);
  EXPECT_EQ(same.neu + same.geaendert + same.fehler, 0) << base::toJson(same);
  EXPECT_FALSE(same.eintrag) << "nothing changed, so nothing is noted";

  Town other(world_, "kreis");
  const auto before = file(other);
  const auto entries = other.entries();
  const auto report = apply(other, other.anna, datei);
  EXPECT_EQ(report.fehler, 0) << base::toJson(report);
  EXPECT_GT(report.neu, 5);
  EXPECT_EQ(other.entries(), entries + 1) << "one step";
  const auto after = file(other);
  const auto has = [&](const auto& list, const auto& member, const std::string& name) {
    return std::ranges::any_of(list, [&](const auto& one) { return (one.*member).value == name; });
  };
  EXPECT_TRUE(has(after.aktenplan, &akte::PlanTeil::kennzeichen, "2"));
  EXPECT_TRUE(has(after.organisationseinheiten, &akte::OeTeil::kurzzeichen, "20"));
  const auto access =
      std::ranges::find_if(after.zugriffe, [](const auto& one) { return one.bezeichnung.value == "Nur das Amt"; });
  ASSERT_NE(access, after.zugriffe.end());
  EXPECT_EQ(access->eintraege.size(), 4U);
  EXPECT_EQ(apply(other, other.anna, datei).neu, 0) << "a second time nothing is left to do";
  EXPECT_EQ(world_.check(), Findings());

  must(other.as(other.anna, [&](Change& c, const Berechtigung& wer) {
    return Registratur(world_.schriftgut).rueckgaengig(c, wer, report.eintrag.value());
  }));
  EXPECT_EQ(base::toJson(file(other)), base::toJson(before));
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(VerwaltungTest, whatCannotBeIsToldAndLeftOutAndEachPartNeedsItsRight) {
  auto datei = file(town_);
  datei.zugriffe.push_back({{"Falsch"}, {{TraegerArt::person, Line<300>{"niemand"}, Stufe::lesen}}});
  datei.aktenplan.push_back({});
  datei.aktenplan.back().kennzeichen = {"9"};
  datei.aktenplan.back().titel = {"Neun"};
  datei.aktenplan.back().ueber = {{"8"}};
  const auto report = apply(town_, town_.anna, datei);
  EXPECT_EQ(report.fehler, 2);
  EXPECT_EQ(report.zeilen[0].hinweise, std::vector<std::string>{"Die Person „niemand“ gibt es nicht."});
  EXPECT_EQ(apply(town_, town_.bernd, datei).gleich, 0) << "without rights every part is refused";
  datei.format = {"etwas anderes"};
  EXPECT_EQ(
      refusal(as(town_.anna,
                 [&](Change& c, const Berechtigung& wer) { return akte::wendeAn(c, wer, world_.schriftgut, datei); })),
      Code::EingabeUngueltig);
}

TEST_P(VerwaltungTest, aUnitIsMergedIntoAnotherWithItsFilesAsOfADay) {
  const auto eins = town_.entry("1");
  const auto neu = town_.unit("30");
  const auto below = town_.unit("10.1", town_.amt.uuid);
  const auto geheim = town_.access(
      "Nur das Amt", {{TraegerArt::organisationseinheit, Line<40>{town_.amt.uuid.text()}, Stufe::bearbeiten}});
  const auto offen = town_.akte(town_.anna, eins), zu = town_.akte(town_.anna, eins);
  const auto vorgang = town_.vorgang(town_.bernd, offen);
  const auto letter = town_.dokument(town_.bernd, vorgang, "brief.txt", "Brief an das Amt");
  const auto waiting = town_.eingang(town_.bernd, "post.txt", "Post");
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.zda(c, wer, must(akte::findAkte(c.tx(), wer, zu.uuid)));
  }));
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.setZugriff(c, wer, must(akte::findAkte(c.tx(), wer, offen.uuid)), {geheim.uuid});
  }));
  const ReorganisationNeu input{Reorganisationsart::zusammenlegen, town_.amt.uuid, neu.uuid, {}, {}, today(2)};
  const auto told = preview(town_.anna, input);
  EXPECT_EQ(told.akten, 2);
  EXPECT_EQ(told.vorgaenge, 1);
  EXPECT_EQ(told.posteingang, 1);
  EXPECT_EQ(told.stellen.size(), 2U);
  EXPECT_FALSE(told.mehr);
  EXPECT_TRUE(preview(town_.person("carla", {}), input).mehr) << "who sees less is told that there is more";
  EXPECT_EQ(refusal(plan({Reorganisationsart::zusammenlegen, town_.amt.uuid, below.uuid, {}, {}, today()})),
            Code::Konflikt);
  EXPECT_EQ(refusal(plan({Reorganisationsart::zusammenlegen, town_.amt.uuid, neu.uuid, {}, {}, today(-1)})),
            Code::EingabeUngueltig);
  must(plan(input));
  EXPECT_EQ(work(), 0U) << "its day has not come";
  EXPECT_EQ(town_.now(offen).organisationseinheit, town_.amt.id);

  world_.clock.moveSeconds(2 * 86'400);
  EXPECT_EQ(work(), 1U);
  EXPECT_EQ(town_.now(offen).organisationseinheit, neu.id);
  EXPECT_EQ(town_.now(offen).zeichen, offen.zeichen) << "signs stay";
  EXPECT_EQ(town_.now(zu).organisationseinheit, neu.id) << "closed files are led too";
  EXPECT_EQ(town_.now(vorgang).organisationseinheit, neu.id);
  EXPECT_EQ(town_.now(letter).organisationseinheit, neu.id);
  EXPECT_EQ(town_.now(waiting).zugriff, town_.now(neu).zugriff) << "it waits in the other Posteingang";
  EXPECT_EQ(town_.now(town_.leitung).organisationseinheit, neu.id);
  EXPECT_EQ(town_.now(below).ueber, neu.id);
  EXPECT_TRUE(town_.now(town_.amt).aufgeloest);
  EXPECT_EQ(town_.found(town_.bernd, "Brief"), std::vector{letter.id}) << "who came along reaches what came along";
  EXPECT_EQ(refusal(as(town_.anna,
                       [&](Change& c, const Berechtigung& wer) {
                         return world_.schriftgut.createAkte(c, wer, {eins.uuid, {"Neu"}, town_.amt.uuid});
                       })),
            Code::Konflikt)
      << "a unit that is gone leads nothing new";
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(VerwaltungTest, aPartOfAUnitGoesToAnotherAndAPlanIsCalledOff) {
  const auto eins = town_.entry("1"), zwei = town_.entry("2");
  const auto neu = town_.unit("30");
  const auto goes = town_.akte(town_.anna, zwei), stays = town_.akte(town_.anna, eins);
  const ReorganisationNeu input{
      Reorganisationsart::teilen, town_.amt.uuid, neu.uuid, std::vector{town_.sachbearbeitung.uuid},
      std::vector{zwei.uuid},     today()};
  EXPECT_EQ(preview(town_.anna, input).akten, 1);
  EXPECT_EQ(refusal(plan({Reorganisationsart::teilen, town_.amt.uuid, neu.uuid, {}, {}, today()})),
            Code::EingabeUngueltig);
  const auto row = must(plan(input));
  must(as(town_.anna, [&](Change& c, const Berechtigung&) { return reorganisation_.sageAb(c, row); }));
  EXPECT_EQ(work(), 1U);
  EXPECT_EQ(town_.now(goes).organisationseinheit, town_.amt.id) << "called off";
  must(plan(input));
  EXPECT_EQ(work(), 1U);
  EXPECT_EQ(town_.now(goes).organisationseinheit, neu.id);
  EXPECT_EQ(town_.now(stays).organisationseinheit, town_.amt.id);
  EXPECT_EQ(town_.now(town_.sachbearbeitung).organisationseinheit, neu.id);
  EXPECT_EQ(town_.now(town_.leitung).organisationseinheit, town_.amt.id);
  EXPECT_FALSE(town_.now(town_.amt).aufgeloest);
  must(plan({Reorganisationsart::verschieben, neu.uuid, town_.amt.uuid, {}, {}, today()}));
  EXPECT_EQ(work(), 1U);
  EXPECT_EQ(town_.now(neu).ueber, town_.amt.id);
  EXPECT_EQ(world_.check(), Findings());
}

}  // namespace
}  // namespace engines
