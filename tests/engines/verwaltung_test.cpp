// What the administration does with a whole tenant: its settings as one file, and units that move, merge and part.
#include "akte/aufbewahrung.h"
#include "akte/einstellungen.h"
#include "akte/post.h"
#include "akte/registratur.h"
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
    return world_.read(town.mandant,
                       [&](const sql::ReadTx& tx) { return akte::leseEinstellungen(tx, town.mandant, world_.blobs); });
  }
  EinstellungenBericht apply(Town& town, const PersonZeile& by, const Einstellungen& datei) {
    return must(town.as(by, [&](Change& c, const Berechtigung& wer) {
      return akte::wendeAn(c, wer, world_.schriftgut, datei, {}, {});
    }));
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
  base::Result<akte::ReorganisationZeile> back(const akte::ReorganisationZeile& row) {
    return as(town_.anna, [&](Change& c, const Berechtigung&) { return reorganisation_.nimmZurueck(c, row); });
  }
  akte::RuecknahmeVorschau wayBack(const akte::ReorganisationZeile& row) {
    const auto wer = town_.wer(town_.anna);
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return reorganisation_.ruecknahme(tx, wer, row); });
  }
  /// The unit that takes mail at an address; 0 when none does.
  std::int64_t directory(const std::string& adresse) {
    return std::stoll(world_.fresh.raw().value(
        "SELECT COALESCE(MAX(organisationseinheit), 0) FROM mailadresse_verzeichnis WHERE adresse = '" + adresse +
        "'"));
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
  EXPECT_EQ(refusal(as(town_.anna,
                       [&](Change& c, const Berechtigung& wer) {
                         return akte::wendeAn(c, wer, world_.schriftgut, datei, {}, {});
                       })),
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

TEST_P(VerwaltungTest, aReorganisationIsTakenBackAsOneStep) {
  const auto eins = town_.entry("1");
  const auto neu = town_.unit("30");
  const auto below = town_.unit("11", town_.amt.uuid);
  const auto first = town_.akte(town_.anna, eins), second = town_.akte(town_.anna, eins);
  const auto vorgang = town_.vorgang(town_.bernd, first);
  const auto letter = town_.dokument(town_.bernd, vorgang, "brief.txt", "Brief");
  const auto waiting = town_.eingang(town_.bernd, "post.txt", "Post");
  must(as(town_.anna, [&](Change& c, const Berechtigung&) {
    return akte::createEingangsadresse(c, {{"amt@stadt.example"}, town_.amt.uuid});
  }));
  const akte::PostfachNeu box{{"Amt"}, town_.amt.uuid, {"mail.example"}, 993, jobs::Verschluesselung::tls,
                              {"amt"}, {"amt.txt"},    {"INBOX"},        {},  5,
                              true};
  const auto postfach =
      must(as(town_.anna, [&](Change& c, const Berechtigung&) { return akte::createPostfach(c, box); }));
  const auto before = file(town_);
  const ReorganisationNeu input{Reorganisationsart::zusammenlegen, town_.amt.uuid, neu.uuid, {}, {}, today()};
  const auto told = preview(town_.anna, input);
  EXPECT_EQ(told.adressen, std::vector<std::string>{"amt@stadt.example"});
  EXPECT_EQ(told.postfaecher, std::vector<std::string>{"Amt"});
  auto row = must(plan(input));
  EXPECT_EQ(refusal(back(row)), Code::Konflikt) << "it did not happen yet";
  EXPECT_EQ(work(), 1U);

  // Mail goes on to who took the work.
  EXPECT_EQ(town_.now(postfach).organisationseinheit, neu.id);
  EXPECT_EQ(directory("amt@stadt.example"), neu.id);

  // Since then: a new Akte of the other unit, and one that went on to a third.
  const auto since = must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.createAkte(c, wer, {eins.uuid, {"Neu"}, neu.uuid});
  }));
  const auto third = town_.unit("40");
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return akte::Registratur(world_.schriftgut)
        .umschreiben(c, wer, must(akte::findAkte(c.tx(), wer, second.uuid)), {{}, third.uuid});
  }));
  row = town_.now(row);
  const auto offered = wayBack(row);
  EXPECT_EQ(offered.hindernisse, std::vector<std::string>());
  EXPECT_EQ(offered.zurueck, 4) << "Akte, Vorgang, Dokument, and what waits in the Posteingang";
  EXPECT_EQ(offered.bleiben, 1);

  // What stands against it is said.
  const auto leitung = town_.now(town_.leitung);
  const auto moved = must(as(town_.anna, [&](Change& c, const Berechtigung&) {
    return mandant::changeStelle(c, leitung, {{}, third.uuid, {}, {}});
  }));
  EXPECT_EQ(wayBack(row).hindernisse,
            std::vector{"Die Stelle „" + leitung.bezeichnung + "“ ist seitdem geändert worden."});
  EXPECT_EQ(refusal(back(row)), Code::Konflikt);
  must(as(town_.anna, [&](Change& c, const Berechtigung&) {
    return mandant::changeStelle(c, moved, {{}, neu.uuid, {}, {}});
  }));

  must(back(row));
  EXPECT_EQ(work(), 1U);
  EXPECT_EQ(town_.now(row).status, akte::Reorganisationsstatus::zurueckgenommen);
  EXPECT_EQ(town_.now(first).organisationseinheit, town_.amt.id);
  EXPECT_EQ(town_.now(first).zeichen, first.zeichen);
  EXPECT_EQ(town_.now(vorgang).organisationseinheit, town_.amt.id);
  EXPECT_EQ(town_.now(letter).organisationseinheit, town_.amt.id);
  EXPECT_EQ(town_.now(waiting).organisationseinheit, town_.amt.id);
  EXPECT_EQ(town_.now(waiting).zugriff, waiting.zugriff) << "it waits where it waited";
  EXPECT_EQ(town_.now(since).organisationseinheit, neu.id) << "what was made since stays";
  EXPECT_EQ(town_.now(second).organisationseinheit, third.id) << "what went on stays there";
  EXPECT_EQ(town_.now(below).ueber, town_.amt.id);
  EXPECT_FALSE(town_.now(town_.amt).aufgeloest);
  EXPECT_EQ(directory("amt@stadt.example"), town_.amt.id);
  auto after = file(town_);
  std::erase_if(after.organisationseinheiten, [](const auto& unit) { return unit.kurzzeichen.value == "40"; });
  std::erase_if(after.zugriffe, [](const auto& one) { return one.bezeichnung.value == "Posteingang 40"; });
  EXPECT_EQ(base::toJson(after.stellen), base::toJson(before.stellen));
  EXPECT_EQ(base::toJson(after.organisationseinheiten), base::toJson(before.organisationseinheiten));
  EXPECT_EQ(base::toJson(after.eingangsadressen), base::toJson(before.eingangsadressen));
  EXPECT_EQ(base::toJson(after.postfaecher), base::toJson(before.postfaecher));
  EXPECT_EQ(refusal(back(town_.now(row))), Code::Konflikt) << "once is enough";
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(VerwaltungTest, aMoveIsTakenBackAtOnce) {
  const auto neu = town_.unit("30");
  const auto row = must(plan({Reorganisationsart::verschieben, neu.uuid, town_.amt.uuid, {}, {}, today()}));
  EXPECT_EQ(work(), 1U);
  ASSERT_EQ(town_.now(neu).ueber, town_.amt.id);
  EXPECT_EQ(must(back(town_.now(row))).status, akte::Reorganisationsstatus::zurueckgenommen);
  EXPECT_FALSE(town_.now(neu).ueber);
  EXPECT_EQ(work(), 0U);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(VerwaltungTest, mailAddressesAndMailboxesAreSettingsAndAreTakenBackToo) {
  must(as(town_.anna, [&](Change& c, const Berechtigung&) {
    return akte::createEingangsadresse(c, {{"amt@stadt.example"}, town_.amt.uuid});
  }));
  auto datei = file(town_);
  const auto told = base::toJson(datei);
  EXPECT_EQ(apply(town_, town_.anna, datei).neu, 0);
  const auto oe = datei.eingangsadressen->at(0).organisationseinheit;
  datei.eingangsadressen->push_back({{"Zwei@Stadt.example"}, oe});
  datei.eingangsadressen->push_back({{"keine Adresse"}, oe});
  datei.postfaecher->push_back({{"Post"},
                                oe,
                                {"mail.example"},
                                993,
                                jobs::Verschluesselung::tls,
                                {"post"},
                                {"post.txt"},
                                {"INBOX"},
                                {},
                                5,
                                true});
  datei.textbausteine->push_back({{"Gruß"}, {"Mit freundlichen Grüßen"}, true});
  datei.briefkopf.emplace().ort = {{"Aue"}};
  const auto done = apply(town_, town_.anna, datei);
  EXPECT_EQ(done.neu, 4);
  EXPECT_EQ(done.fehler, 1);
  EXPECT_NE(directory("zwei@stadt.example"), 0);
  const auto planned = [&] {
    return world_.fresh.raw().value("SELECT COUNT(*) FROM auftrag_plan WHERE schluessel LIKE 'postfach:%'");
  };
  EXPECT_EQ(planned(), "1");
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return Registratur(world_.schriftgut).rueckgaengig(c, wer, done.eintrag.value());
  }));
  EXPECT_EQ(base::toJson(file(town_)), told);
  EXPECT_EQ(directory("zwei@stadt.example"), 0);
  EXPECT_EQ(planned(), "0") << "nobody fetches a mailbox that is gone";
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(VerwaltungTest, theEndOfRetentionComesByItself) {
  const auto blatt = town_.entry("1");
  const auto akte = town_.akte(town_.anna, blatt), open = town_.akte(town_.anna, blatt);
  const auto inside = town_.vorgang(town_.bernd, akte), single = town_.vorgang(town_.bernd, open);
  const auto zda = [&](const auto& row) {
    const auto mit = town_.see(town_.anna, row);
    return must(as(town_.anna, [&](Change& c, const Berechtigung& wer) { return world_.schriftgut.zda(c, wer, mit); }));
  };
  const auto until = [&](const auto& row) { return town_.now(row).aufbewahrungBis.value(); };
  zda(single);
  world_.clock.moveSeconds(400 * 86'400LL);
  zda(inside);
  zda(akte);
  ASSERT_LT(until(single), until(inside));
  const auto end = [&] { return akte::beendeAufbewahrung(world_.schriftgut, town_.mandant, 50); };
  EXPECT_EQ(end(), 0);
  world_.clock.setDay(until(single));
  EXPECT_EQ(end(), 0) << "its last day counts";
  world_.clock.moveSeconds(86'400);
  EXPECT_EQ(end(), 1);
  EXPECT_EQ(town_.now(single).status, akte::Status::aussonderungsreif);
  EXPECT_EQ(town_.now(akte).status, akte::Status::abgeschlossen);
  EXPECT_EQ(refusal(as(town_.anna,
                       [&](Change& c, const Berechtigung& wer) {
                         return world_.schriftgut.wechsle(c, wer, must(akte::findVorgang(c.tx(), wer, single.uuid)),
                                                          akte::Uebergang::zdaAufheben);
                       })),
            Code::Konflikt)
      << "nobody opens it again";
  world_.clock.setDay(until(akte));
  world_.clock.moveSeconds(86'400);
  EXPECT_EQ(end(), 2);
  EXPECT_EQ(town_.now(akte).status, akte::Status::aussonderungsreif);
  EXPECT_EQ(town_.now(inside).status, akte::Status::aussonderungsreif);
  // I2: one entry each, by the program itself.
  EXPECT_EQ(world_.fresh.raw().value("SELECT COUNT(*) FROM journal WHERE person = 0 AND aktion LIKE "
                                     "'%.aufbewahrung_beendet'"),
            "3");
  EXPECT_EQ(world_.check(), Findings());
}

}  // namespace
}  // namespace engines
