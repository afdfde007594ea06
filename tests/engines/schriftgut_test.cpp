// Akten, Vorgänge and Dokumente: signs, retention, versions, filing, and what is closed.
#include <thread>

#include "support/property.h"
#include "support/world.h"

namespace engines {
namespace {

using akte::aufbewahrungBis;
using akte::Ebene;
using akte::Status;
using base::Datum;

TEST(Geschaeftszeichen, templatesThatCannotGiveEachObjectItsOwnSignAreRefused) {
  for (const auto* good : {"{Aktenplan}-{Akte}", "{OE}/{Jahr}/{Lfd:4}", "{Akte}", "A{Akte}}", "{Lfd:1}", "{Lfd:9}"})
    EXPECT_TRUE(akte::checkVorlage(good, Ebene::akte)) << good;
  for (const auto* bad : {"", "x", "{Aktenplan}", "{Akte", "{akte}", "{Akte}{Foo}", "{Lfd}", "{Lfd:0}", "{Lfd:10}",
                          "{Lfd:x}", "{Akte:3}", "{}", "{Akte}-{Vorgang}", "{Akte}-{Dokument}", "{{Akte}}"})
    EXPECT_FALSE(akte::checkVorlage(bad, Ebene::akte)) << bad;
  EXPECT_TRUE(akte::checkVorlage("{Akte}/{Vorgang}", Ebene::vorgang));
  EXPECT_FALSE(akte::checkVorlage("{Akte}/{Jahr}", Ebene::vorgang));
  EXPECT_FALSE(akte::checkVorlage("{Vorgang}-{Dokument}", Ebene::vorgang));
  EXPECT_TRUE(akte::checkVorlage("{Vorgang}-{Dokument}", Ebene::dokument));
}

TEST(Geschaeftszeichen, areFilledIn) {
  const akte::ZeichenTeile teile{"10.2", "632.10", 2026, 4, 17, 3, 42};
  EXPECT_EQ(akte::render("{Aktenplan}-{Akte}/{Jahr}-{Vorgang}-{Dokument}", teile), "632.10-4/2026-17-3");
  EXPECT_EQ(akte::render("{OE} {Lfd:6}", teile), "10.2 000042");
  EXPECT_EQ(akte::render("{Lfd:1}", teile), "42") << "a number longer than its place is not cut";
}

/// The oracle of the rulebook, chapter 2.6.
TEST(Aufbewahrung, endsWithTheYearOrToTheDay) {
  EXPECT_EQ(aufbewahrungBis(Datum::of(2013, 1, 3), 10, true), Datum::of(2023, 12, 31));
  EXPECT_EQ(aufbewahrungBis(Datum::of(2013, 1, 3), 10, false), Datum::of(2023, 1, 3));
  EXPECT_EQ(aufbewahrungBis(Datum::of(2013, 12, 31), 10, true), Datum::of(2023, 12, 31));
  EXPECT_EQ(aufbewahrungBis(Datum::of(2024, 2, 29), 1, false), Datum::of(2025, 2, 28));
  EXPECT_EQ(aufbewahrungBis(Datum::of(2024, 2, 29), 4, false), Datum::of(2028, 2, 29));
  EXPECT_EQ(aufbewahrungBis(Datum::of(2000, 2, 29), 100, false), Datum::of(2100, 2, 28)) << "2100 is no leap year";
  EXPECT_EQ(aufbewahrungBis(Datum::of(2024, 2, 29), 0, false), Datum::of(2024, 2, 29));
  EXPECT_EQ(aufbewahrungBis(Datum::of(2024, 2, 29), 0, true), Datum::of(2024, 12, 31));
  EXPECT_EQ(aufbewahrungBis(Datum::of(2024, 2, 29), std::nullopt, true), std::nullopt) << "for ever";
}

class Akten : public OnBothEngines {
 protected:
  void SetUp() override {
    blatt_ = town_.entry("632.10");
    akte_ = town_.akte(town_.bernd, blatt_);
    vorgang_ = town_.vorgang(town_.bernd, akte_);
  }
  template <class Row, typename F>
  auto act(const PersonZeile& by, const Row& row, F f) {
    const auto mit = town_.see(by, row);
    return town_.as(by, [&](Change& c, const Berechtigung& w) { return f(c, w, mit); });
  }
  template <class Row>
  auto zda(const PersonZeile& by, const Row& row) {
    return act(by, row,
               [&](Change& c, const Berechtigung& w, const auto& mit) { return world_.schriftgut.zda(c, w, mit); });
  }
  template <class Row>
  auto aufheben(const PersonZeile& by, const Row& row) {
    return act(by, row, [&](Change& c, const Berechtigung& w, const auto& mit) {
      return world_.schriftgut.zdaAufheben(c, w, mit);
    });
  }
  auto ablegen(const DokumentZeile& row, const VorgangZeile& ziel) {
    return act(town_.bernd, row, [&](Change& c, const Berechtigung& w, const auto& mit) {
      return world_.schriftgut.ablegen(c, w, mit, {ziel.uuid, {}, {}, {}, {}});
    });
  }
  auto zurueck(const DokumentZeile& row) {
    return act(town_.bernd, row,
               [&](Change& c, const Berechtigung& w, const auto& mit) { return world_.schriftgut.zurueck(c, w, mit); });
  }
  auto anlage(const DokumentZeile& row, const std::string& name) {
    const auto datei = world_.file(name, "Anlage " + name);
    return act(town_.bernd, row, [&](Change& c, const Berechtigung& w, const auto& mit) {
      return world_.schriftgut.createAnlage(c, w, mit, datei);
    });
  }
  void templates(const akte::MandantAendern& input) {
    must(world_.change(town_.mandant, 0, [&](Change& c) {
      return world_.schriftgut.changeMandant(c, mandant::allRows<mandant::MandantZeile>(c.tx(), town_.mandant).at(0),
                                             input);
    }));
  }
  std::vector<akte::VersionZeile> versions(const DokumentZeile& row) {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return tx.query<akte::VersionZeile>(sql::Query::select<akte::VersionZeile>().add(
          " FROM version WHERE mandant = :m AND dokument = :d ORDER BY nr", town_.mandant, row.id));
    });
  }

  World world_{GetParam()};
  Town town_{world_};
  AktenplaneinheitZeile blatt_;
  AkteZeile akte_;
  VorgangZeile vorgang_;
};
ON_BOTH_ENGINES(Akten);

TEST_P(Akten, haveSignsThatCountOnInTheirPlace) {
  EXPECT_EQ(akte_.zeichen, "632.10-1");
  EXPECT_EQ(vorgang_.zeichen, "632.10-1/2025-1");
  EXPECT_EQ(town_.akte(town_.bernd, blatt_).zeichen, "632.10-2");
  EXPECT_EQ(town_.vorgang(town_.bernd, akte_).zeichen, "632.10-1/2025-2");
  const auto first = town_.dokument(town_.bernd, vorgang_, "a.txt", "a");
  EXPECT_EQ(first.zeichen, "632.10-1/2025-1-1");
  // The year is that of the Vorgang for what lies in it, and that of the day for a new one.
  world_.clock.setDay(Datum::of(2026, 1, 1));
  EXPECT_EQ(town_.dokument(town_.bernd, vorgang_, "b.txt", "b").zeichen, "632.10-1/2025-1-2");
  EXPECT_EQ(town_.vorgang(town_.bernd, akte_).zeichen, "632.10-1/2026-3");
  // New Year begins at German midnight, an hour before it does in UTC.
  world_.clock.setDay(Datum::of(2026, 12, 31));
  world_.clock.moveSeconds(11 * 3600 + 1);
  EXPECT_EQ(town_.vorgang(town_.bernd, akte_).zeichen, "632.10-1/2027-4");
}

TEST_P(Akten, runningNumbersCountByWhatStandsAroundThem) {
  akte::MandantAendern input;
  input.zeichenVorgang = {{"{OE}.{Jahr}.{Lfd:3}"}};
  templates(input);
  const auto other = town_.akte(town_.bernd, town_.entry("7"));
  EXPECT_EQ(town_.vorgang(town_.bernd, akte_).zeichen, "10.2025.001");
  EXPECT_EQ(town_.vorgang(town_.bernd, other).zeichen, "10.2025.002")
      << "across Akten, as the text around it is the same";
  world_.clock.setDay(Datum::of(2026, 5, 5));
  EXPECT_EQ(town_.vorgang(town_.bernd, akte_).zeichen, "10.2026.001");
}

TEST_P(Akten, aSignIsNeverGivenTwice) {
  akte::MandantAendern input;
  input.zeichenAkte = {{"A{Akte}"}};
  input.zeichenVorgang = {{"{Akte}{Vorgang}"}};
  templates(input);
  const auto other = town_.entry("7");
  EXPECT_EQ(town_.akte(town_.bernd, blatt_).zeichen, "A2");
  EXPECT_EQ(town_.akte(town_.bernd, other).zeichen, "A1");
  EXPECT_EQ(town_.akte(town_.bernd, other).zeichen, "A3") << "A2 is taken";
  // 1 and 12 read like 11 and 2: whoever comes second gets the next.
  std::set<std::string> signs;
  const auto eleven = [&] {
    AkteZeile last = akte_;
    while (last.nummer < 11) last = town_.akte(town_.bernd, blatt_);
    return last;
  }();
  for (int i = 0; i < 14; ++i) {
    EXPECT_TRUE(signs.insert(town_.vorgang(town_.bernd, akte_).zeichen).second);
    EXPECT_TRUE(signs.insert(town_.vorgang(town_.bernd, eleven).zeichen).second);
  }
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Akten, randomTemplatesGiveDistinctSigns) {
  static const std::vector<std::string> parts{"{OE}",    "{Aktenplan}", "{Akte}", "{Vorgang}", "{Jahr}",
                                              "{Lfd:2}", "-",           "/",      "1"};
  forAll(25, 100, [&](const std::vector<unsigned>& picks) {
    std::string vorlage;
    for (const auto pick : picks) vorlage += parts[pick % parts.size()];
    RC_PRE(vorlage.size() <= 200 && akte::checkVorlage(vorlage, Ebene::vorgang).has_value());
    akte::MandantAendern input;
    input.zeichenVorgang = {{vorlage}};
    templates(input);
    const auto one = town_.akte(town_.bernd, blatt_), two = town_.akte(town_.bernd, blatt_);
    for (int i = 0; i < 3; ++i) {
      // The table of signs is unique, so a sign that comes twice would be refused by it.
      RC_ASSERT(!town_.vorgang(town_.bernd, one).zeichen.empty());
      RC_ASSERT(!town_.vorgang(town_.bernd, two).zeichen.empty());
    }
  });
}

TEST_P(Akten, badTemplatesDoNotComeIn) {
  akte::MandantAendern input;
  input.zeichenVorgang = {{"{Akte}/{Jahr}"}};
  const auto before = town_.entries();
  EXPECT_EQ(refusal(world_.change(town_.mandant, 0,
                                  [&](Change& c) {
                                    return world_.schriftgut.changeMandant(
                                        c, mandant::allRows<mandant::MandantZeile>(c.tx(), town_.mandant).at(0), input);
                                  })),
            Code::EingabeUngueltig);
  EXPECT_EQ(town_.entries(), before);
}

TEST_P(Akten, lieOnlyInLeavesThatAreOpen) {
  const auto above = town_.entry("5");
  const auto leaf = town_.entry("5.1", above.uuid);
  const auto make = [&](const AktenplaneinheitZeile& entry) {
    return refusal(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.createAkte(c, w, {entry.uuid, {"x"}, {}});
    }));
  };
  EXPECT_EQ(make(above), Code::KeinBlatt);
  EXPECT_FALSE(make(leaf));
  akte::AktenplaneinheitAendern lock;
  lock.gesperrt = true;
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    return world_.schriftgut.changeEinheit(c, mandant::systemBerechtigung(town_.mandant), leaf, lock);
  }));
  EXPECT_EQ(make(leaf), Code::Gesperrt);
  EXPECT_EQ(refusal(world_.change(town_.mandant, 0,
                                  [&](Change& c) {
                                    return world_.schriftgut.createEinheit(
                                        c, mandant::systemBerechtigung(town_.mandant),
                                        {blatt_.uuid, {"632.10.1"}, {"x"}, {}, {}, akte::Aussonderungsart::V, {}, {}});
                                  })),
            Code::Konflikt)
      << "it holds an Akte";
}

TEST_P(Akten, areClosedAfterTheirVorgaengeAndTheDaysAreCountedFromThen) {
  world_.clock.setDay(Datum::of(2013, 1, 3));
  EXPECT_EQ(refusal(zda(town_.anna, akte_)), Code::NochOffen);
  EXPECT_EQ(refusal(zda(town_.bernd, akte_)), Code::NichtErlaubt) << "not with that role";
  const auto closed = must(zda(town_.bernd, vorgang_));
  EXPECT_EQ(closed.status, Status::abgeschlossen);
  EXPECT_EQ(closed.zdaDatum, Datum::of(2013, 1, 3));
  EXPECT_EQ(closed.aufbewahrungBis, Datum::of(2023, 12, 31));
  world_.clock.setDay(Datum::of(2014, 6, 1));
  EXPECT_EQ(must(zda(town_.anna, akte_)).aufbewahrungBis, Datum::of(2024, 12, 31));
  // A Vorgang opens only in an open Akte; opening clears what was computed (I4).
  EXPECT_EQ(refusal(aufheben(town_.bernd, vorgang_)), Code::Abgeschlossen);
  const auto akte = must(aufheben(town_.anna, akte_));
  EXPECT_EQ(std::tuple(akte.status, akte.zdaDatum, akte.aufbewahrungBis),
            std::tuple(Status::inBearbeitung, std::nullopt, std::nullopt));
  const auto vorgang = must(aufheben(town_.bernd, vorgang_));
  EXPECT_EQ(std::tuple(vorgang.status, vorgang.zdaDatum, vorgang.aufbewahrungBis),
            std::tuple(Status::inBearbeitung, std::nullopt, std::nullopt));
  EXPECT_EQ(refusal(aufheben(town_.bernd, vorgang_)), Code::Konflikt);
  EXPECT_EQ(refusal(aufheben(town_.anna, akte_)), Code::Konflikt);
  akte::MandantAendern toTheDay;
  toTheDay.fristAbJahresende = false;
  templates(toTheDay);
  world_.clock.setDay(Datum::of(2024, 2, 29));
  EXPECT_EQ(must(zda(town_.bernd, vorgang_)).aufbewahrungBis, Datum::of(2034, 2, 28));
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Akten, thatAreClosedRefuseEveryChange) {
  const auto dokument = town_.dokument(town_.bernd, vorgang_, "a.txt", "a");
  const auto eingang = town_.eingang(town_.bernd, "b.txt", "b");
  const auto zugriff = town_.access("Z", {{TraegerArt::alle, {}, Stufe::bearbeiten}});
  must(zda(town_.bernd, vorgang_));
  auto& schriftgut = world_.schriftgut;
  const auto datei = world_.file("neu.txt", "neu");
  const auto everything = [&](const char* when) {
    const auto expectClosed = [&](const auto& result) { EXPECT_EQ(refusal(result), Code::Abgeschlossen) << when; };
    const auto before = town_.entries();
    expectClosed(act(town_.anna, vorgang_, [&](Change& c, const Berechtigung& w, const auto& mit) {
      return schriftgut.changeVorgang(c, w, mit, {});
    }));
    expectClosed(act(town_.anna, vorgang_, [&](Change& c, const Berechtigung& w, const auto& mit) {
      return schriftgut.setZugriff(c, w, mit, {zugriff.uuid});
    }));
    expectClosed(zda(town_.anna, vorgang_));
    expectClosed(act(town_.anna, dokument, [&](Change& c, const Berechtigung& w, const auto& mit) {
      return schriftgut.changeDokument(c, w, mit, {});
    }));
    expectClosed(act(town_.anna, dokument, [&](Change& c, const Berechtigung& w, const auto& mit) {
      return schriftgut.addVersion(c, w, mit, datei, {});
    }));
    expectClosed(anlage(dokument, "x.txt"));
    expectClosed(zurueck(dokument));
    expectClosed(ablegen(eingang, vorgang_));
    expectClosed(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
      return schriftgut.createDokument(c, w, vorgang_.uuid, datei, {});
    }));
    EXPECT_EQ(town_.entries(), before);
  };
  everything("the Vorgang is closed");
  must(zda(town_.anna, akte_));
  everything("the Akte is closed");
  const auto expectClosed = [&](const auto& result) { EXPECT_EQ(refusal(result), Code::Abgeschlossen); };
  expectClosed(act(town_.anna, akte_, [&](Change& c, const Berechtigung& w, const auto& mit) {
    return schriftgut.changeAkte(c, w, mit, {});
  }));
  expectClosed(act(town_.anna, akte_, [&](Change& c, const Berechtigung& w, const auto& mit) {
    return schriftgut.setZugriff(c, w, mit, {zugriff.uuid});
  }));
  expectClosed(zda(town_.anna, akte_));
  expectClosed(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
    return schriftgut.createVorgang(c, w, {akte_.uuid, {"x"}, {}});
  }));
}

TEST_P(Akten, keepBothOfTwoVersionsSavedAtOnce) {
  const auto dokument = town_.dokument(town_.bernd, vorgang_, "a.txt", "eins");
  town_.version(town_.bernd, dokument, "zwei von Bernd", 1);
  town_.version(town_.anna, dokument, "zwei von Anna", 1);
  town_.version(town_.anna, dokument, "drei", 3);
  town_.version(town_.anna, dokument, "vier, ohne Angabe");
  const auto all = versions(dokument);
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ((std::vector{all[0].konflikt, all[1].konflikt, all[2].konflikt, all[3].konflikt, all[4].konflikt}),
            (std::vector{false, false, true, false, false}));
  EXPECT_EQ(all[2].ersteller, town_.anna.id);
  EXPECT_EQ(all[2].basis, 1);
  EXPECT_EQ(town_.now(dokument).version, 5);
  for (const auto basis : {0, -1, 6})
    EXPECT_EQ(refusal(act(town_.bernd, dokument,
                          [&](Change& c, const Berechtigung& w, const auto& mit) {
                            return world_.schriftgut.addVersion(c, w, mit, world_.file("x.txt", "x"), basis);
                          })),
              Code::EingabeUngueltig)
        << basis;
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Akten, loseNoVersionOfManySavedByThreads) {
  const auto dokument = town_.dokument(town_.bernd, vorgang_, "a.txt", "eins");
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i)
    threads.emplace_back(
        [&, i] { town_.version(i % 2 == 0 ? town_.anna : town_.bernd, dokument, "Fassung " + std::to_string(i), 1); });
  for (auto& thread : threads) thread.join();
  const auto all = versions(dokument);
  ASSERT_EQ(all.size(), 11U);
  std::set<std::string> contents;
  int konflikte = 0;
  for (const auto& version : all) {
    contents.insert(version.sha256);
    konflikte += version.konflikt ? 1 : 0;
  }
  EXPECT_EQ(contents.size(), 11U);
  EXPECT_EQ(konflikte, 9) << "one of them saw the newest";
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Akten, takeWhatIsFiledWithItsAnlagenAndGiveItBack) {
  const auto eingang = town_.eingang(town_.bernd, "brief.txt", "Brief");
  const auto beilage = must(anlage(eingang, "beilage.txt"));
  EXPECT_EQ(eingang.zugriff, town_.amt.zugriff);
  EXPECT_EQ(eingang.eingangsdatum, Datum::of(2025, 3, 3));
  const auto filed = must(ablegen(eingang, vorgang_));
  EXPECT_EQ(filed.zeichen, vorgang_.zeichen + "-1");
  EXPECT_EQ(filed.zugriff, vorgang_.zugriff);
  EXPECT_EQ(town_.now(beilage).vorgang, vorgang_.id);
  EXPECT_EQ(town_.now(beilage).zugriff, vorgang_.zugriff);
  EXPECT_EQ(refusal(ablegen(filed, vorgang_)), Code::Konflikt) << "it lies there";
  EXPECT_EQ(refusal(ablegen(town_.now(beilage), vorgang_)), Code::Konflikt) << "an Anlage goes with its Dokument";
  EXPECT_EQ(refusal(zurueck(town_.now(beilage))), Code::Konflikt);
  EXPECT_EQ(refusal(anlage(beilage, "zweite.txt")), Code::Konflikt) << "no Anlage of an Anlage";

  const auto back = must(zurueck(filed));
  EXPECT_EQ(std::tuple(back.vorgang, back.zeichen, back.zugriff),
            std::tuple(std::nullopt, std::nullopt, town_.amt.zugriff));
  EXPECT_EQ(town_.now(beilage).vorgang, std::nullopt);
  EXPECT_EQ(refusal(zurueck(back)), Code::Konflikt);
  const auto again = must(ablegen(back, vorgang_));
  EXPECT_EQ(again.zeichen, vorgang_.zeichen + "-2") << "the first sign is not given again";

  const auto other = town_.vorgang(town_.bernd, akte_);
  const auto moved = must(ablegen(again, other));
  EXPECT_EQ(moved.zeichen, other.zeichen + "-1");
  EXPECT_EQ(town_.now(beilage).vorgang, other.id);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Akten, nameTheirPeopleAndThoseMustWorkHere) {
  const auto gone = town_.person("gone", {});
  must(world_.change(town_.mandant, 0, [&](Change& c) { return mandant::changePerson(c, gone, {{}, {}, {}, false}); }));
  EXPECT_EQ(vorgang_.bearbeitung, town_.bernd.id);
  EXPECT_EQ(refusal(town_.as(town_.bernd,
                             [&](Change& c, const Berechtigung& w) {
                               return world_.schriftgut.createVorgang(c, w, {akte_.uuid, {"x"}, gone.uuid});
                             })),
            Code::EingabeUngueltig);
  EXPECT_EQ(refusal(act(town_.bernd, vorgang_,
                        [&](Change& c, const Berechtigung& w, const auto& mit) {
                          return world_.schriftgut.changeVorgang(c, w, mit, {{}, {true, gone.uuid}, {}, {}});
                        })),
            Code::EingabeUngueltig);
}

TEST_P(Akten, storeAFileAsTheExtractorReadsIt) {
  auto writer = world_.blobs.writer();
  writer->write("Sehr geehrte Damen und Herren,\ndie Straße wird gesperrt.\n");
  const auto datei = world_.schriftgut.einlagern(*writer, "../../etc/Straßen sperrung_2025.txt");
  EXPECT_EQ(datei.dateiname, "Straßen sperrung_2025.txt");
  EXPECT_EQ(datei.text.status, extract::Status::Ok);
  const auto dokument = must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.createDokument(c, w, vorgang_.uuid, datei, {});
  }));
  EXPECT_EQ(dokument.betreff, "Straßen sperrung 2025");
  EXPECT_EQ(town_.found(town_.bernd, "Strassen gesperrt"), std::vector{dokument.id});
  EXPECT_EQ(world_.check(), Findings());
}

constexpr std::string_view mail =
    "From: Erika Muster <erika@example.org>\r\nTo: amt@example.org\r\nSubject: Antrag mit Plan\r\nMIME-Version: 1.0\r\n"
    "Date: Mon, 2 Mar 2026 10:00:00 +0100\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
    "Content-Type: text/plain\r\n\r\nAnbei der Lageplan.\r\n--b\r\nContent-Type: text/plain\r\n"
    "Content-Disposition: attachment; filename=lageplan.txt\r\n\r\nFlurst\xFC"
    "ck 17\r\n--b\r\n"
    "Content-Type: message/rfc822\r\n\r\nFrom: x@example.org\r\nTo: y@example.org\r\nSubject: Weitergeleitet\r\n"
    "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=notiz.txt\r\n\r\nZisterne\r\n--b--\r\n";

TEST_P(Akten, keepAMailAsOneEingangWithItsParts) {
  auto writer = world_.blobs.writer();
  writer->write(mail);
  const auto datei = world_.schriftgut.einlagern(*writer, "nachricht.eml");
  ASSERT_EQ(datei.teile.size(), 3U);
  EXPECT_EQ(datei.teile[2].pfad, "Weitergeleitet.eml/notiz.txt");
  const auto eingang = must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.createEingang(c, w, {}, datei, {.kanal = akte::Kanal::mail});
  }));
  EXPECT_EQ(eingang.betreff, "Antrag mit Plan");
  const auto anlagen = world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
    return tx.query<DokumentZeile>(sql::Query::select<DokumentZeile>().add(
        " FROM dokument WHERE mandant = :mandant AND ueber = :ueber ORDER BY id", town_.mandant, eingang.id));
  });
  ASSERT_EQ(anlagen.size(), 3U);
  EXPECT_EQ(anlagen[0].betreff, "lageplan");
  EXPECT_EQ(anlagen[0].kanal, akte::Kanal::mail);
  EXPECT_EQ(anlagen[0].zugriff, eingang.zugriff);
  // Each is found by its own words, and by them alone.
  EXPECT_EQ(town_.found(town_.bernd, "anbei"), std::vector{eingang.id});
  EXPECT_EQ(town_.found(town_.bernd, "Flurstück"), std::vector{anlagen[0].id});
  EXPECT_EQ(town_.found(town_.bernd, "Zisterne"), std::vector{anlagen[2].id});
  // The original is untouched, and each Anlage knows its place in it.
  const auto original = world_.blobs.open(datei.ref.sha256);
  EXPECT_EQ(original->read(0, 10'000), mail);
  const auto teile = world_.read(
      town_.mandant, [&](const sql::ReadTx& tx) { return mandant::allRows<akte::TeilZeile>(tx, town_.mandant); });
  ASSERT_EQ(teile.size(), 3U);
  EXPECT_EQ(teile[2].dokument, anlagen[2].id);
  EXPECT_EQ(teile[2].pfad, "Weitergeleitet.eml/notiz.txt");
  // Filed and taken back as a whole.
  const auto filed = must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.ablegen(c, w, must(akte::findDokument(c.tx(), w, eingang.uuid)),
                                     {vorgang_.uuid, {}, {}, {}, {}});
  }));
  EXPECT_EQ(town_.now(anlagen[2]).vorgang, filed.vorgang);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Akten, searchWhatLiesInANewVersion) {
  const auto dokument = town_.dokument(town_.bernd, vorgang_, "a.txt", "Entwurf");
  auto writer = world_.blobs.writer();
  writer->write(mail);
  const auto datei = world_.schriftgut.einlagern(*writer, "nachricht.eml");
  must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.addVersion(c, w, must(akte::findDokument(c.tx(), w, dokument.uuid)), datei, 1);
  }));
  EXPECT_EQ(town_.found(town_.bernd, "Zisterne"), std::vector{dokument.id});
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Akten, keepThePagesOfATextApart) {
  auto datei = world_.file("zwei.pdf", "Bytes");
  datei.text.seiten = {"Erste Seite", "Zweite Seite"};
  const auto dokument = must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.createDokument(c, w, vorgang_.uuid, datei, {});
  }));
  const auto angemeldet = must(world_.zugang.anmelden("stadt", "bernd", password));
  const auto answer = world_.request("GET", "/api/dokumente/" + dokument.uuid.text() + "/versionen/1/text",
                                     {{"Cookie", angemeldet.cookie.substr(0, angemeldet.cookie.find(';'))}});
  const auto& seiten = answer.json.at("seiten").as_array();
  ASSERT_EQ(seiten.size(), 2U) << answer.text;
  EXPECT_EQ(std::string_view(seiten[0].as_string()), "Erste Seite");
  EXPECT_EQ(std::string_view(seiten[1].as_string()), "Zweite Seite");
}

}  // namespace
}  // namespace engines
