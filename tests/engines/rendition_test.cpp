// Renditions: what jobs make of a version later, on both databases, with the real program that reads scans.
#include "rendition/rendition.h"

#include <gmock/gmock.h>

#include "akte/zustand.h"
#include "rendition/trennblatt.h"
#include "support/scan.h"
#include "support/world.h"

namespace engines {
namespace {

using rendition::RenditionArt;
using testing::HasSubstr;

class Renditionen : public OnBothEngines {
 protected:
  World world_{GetParam()};
  Town town_{world_};
  extract::Bilder bilder_{{.program = AKTENLOTSE_OCR}};
  rendition::Buero buero_{{.program = AKTENLOTSE_BUERO, .soffice = soffice()}};
  rendition::Werkstatt werkstatt_{world_.schriftgut, world_.index, bilder_, buero_};

  static std::filesystem::path soffice() {
    const std::filesystem::path debian = "/usr/lib/libreoffice/program/soffice.bin";
    return std::filesystem::exists(debian) ? debian : std::filesystem::path();
  }
  /// Does what waits, as a server with workers would.
  std::size_t work() {
    jobs::Werk werk(world_.database, world_.clock);
    for (auto& art : werkstatt_.arten()) werk.art(std::move(art));
    werk.mandanten([&] { return std::vector<std::int64_t>{town_.mandant}; });
    return werk.leeren();
  }
  akte::Datei upload(const std::string& name, const std::string& bytes) {
    auto writer = world_.blobs.writer();
    writer->write(bytes);
    return world_.schriftgut.einlagern(*writer, name);
  }
  DokumentZeile eingang(const std::string& name, const std::string& bytes) {
    return must(town_.as(town_.bernd, [&](Change& change, const Berechtigung& wer) {
      return world_.schriftgut.createEingang(change, wer, {}, upload(name, bytes), {.kanal = akte::Kanal::scan});
    }));
  }
  akte::VersionZeile version(const DokumentZeile& dokument) {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return tx
          .one<akte::VersionZeile>(sql::Query::select<akte::VersionZeile>().add(
              " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", town_.mandant,
              dokument.id, dokument.version))
          .value();
    });
  }
  akte::VolltextZeile volltext(const DokumentZeile& dokument) {
    const auto id = version(dokument).id;
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return tx
          .one<akte::VolltextZeile>(sql::Query::select<akte::VolltextZeile>().add(
              " FROM volltext WHERE mandant = :mandant AND version = :version", town_.mandant, id))
          .value();
    });
  }
  std::vector<akte::RenditionZeile> renditionen(const DokumentZeile& dokument) {
    const auto id = version(dokument).id;
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return tx.query<akte::RenditionZeile>(sql::Query::select<akte::RenditionZeile>().add(
          " FROM rendition WHERE mandant = :mandant AND version = :version ORDER BY art, seite", town_.mandant, id));
    });
  }
  std::vector<DokumentZeile> dokumente() {
    return world_.read(town_.mandant,
                       [&](const sql::ReadTx& tx) { return mandant::allRows<DokumentZeile>(tx, town_.mandant); });
  }
};

TEST_P(Renditionen, aScanIsThereAtOnceAndFoundOnceItWasRead) {
  const auto dokument = eingang("brief.tif", scanOf({{"Antrag auf Sondernutzung", "Erlenweg"}}));
  EXPECT_EQ(volltext(dokument).status, akte::TextStatus::leer);
  EXPECT_TRUE(town_.found(town_.bernd, "Sondernutzung").empty());
  EXPECT_GT(work(), 0U);
  EXPECT_EQ(volltext(dokument).status, akte::TextStatus::ok);
  EXPECT_THAT(volltext(dokument).text, HasSubstr("Sondernutzung"));
  EXPECT_EQ(town_.found(town_.bernd, "Sondernutzung"), std::vector{dokument.id});
  const auto made = renditionen(dokument);
  ASSERT_EQ(made.size(), 3U);
  EXPECT_EQ(made[0].art, RenditionArt::durchsuchbar);
  EXPECT_EQ(made[1].seite, 0);
  EXPECT_EQ(made[2].seite, 1);
  EXPECT_EQ(world_.check(), Findings{});
  EXPECT_EQ(work(), 0U) << "and nothing is left to do";
}

TEST_P(Renditionen, aChangedTextLeavesNoOldWordInTheIndex) {
  const auto dokument = eingang("brief.txt", "Altwort");
  ASSERT_EQ(town_.found(town_.bernd, "Altwort").size(), 1U);
  auto row = volltext(dokument);
  row.text = "Neuwort";
  world_.database.write(town_.mandant, [&](sql::WriteTx& tx) { akte::setzeText(tx, world_.index, row); });
  EXPECT_TRUE(town_.found(town_.bernd, "Altwort").empty());
  EXPECT_EQ(town_.found(town_.bernd, "Neuwort"), std::vector{dokument.id});
  EXPECT_EQ(world_.check(), Findings{});
}

TEST_P(Renditionen, filesOfRenditionsAreNamedAndChecked) {
  const auto dokument = eingang("brief.tif", scanOf({{"Rechnung"}}));
  work();
  const auto named =
      world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return akte::genannteDateien(tx, town_.mandant); });
  for (const auto& row : renditionen(dokument)) EXPECT_TRUE(named.contains(row.sha256));
  const auto sha256 = renditionen(dokument)[0].sha256;
  ASSERT_TRUE(world_.blobs.remove(sha256, world_.clock.now().plusSeconds(1'000'000'000)));
  EXPECT_EQ(world_.check().size(), 1U);
}

TEST_P(Renditionen, aStackIsPartedAtItsSheets) {
  const auto vorgang = town_.vorgang(town_.bernd, town_.akte(town_.bernd, town_.entry("1")));
  const auto stapel = eingang("stapel.tif", scanOf({{"Erster Brief"},
                                                    ScanPage({}, rendition::trenncodeText({})),
                                                    {"Zweiter Brief"},
                                                    {"Seite zwei"},
                                                    ScanPage({}, rendition::trenncodeText({vorgang.uuid})),
                                                    {"Dritter Brief"}}));
  work();
  const auto all = dokumente();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].status, akte::Status::abgeschlossen);
  EXPECT_THAT(all[0].bemerkung.value_or(""), HasSubstr("In 3 Teile getrennt"));
  EXPECT_EQ(version(all[0]).sha256, version(stapel).sha256) << "the stack stays as it came";
  EXPECT_FALSE(all[1].vorgang);
  EXPECT_FALSE(all[2].vorgang);
  EXPECT_EQ(all[3].vorgang, vorgang.id);
  EXPECT_EQ(volltext(all[2]).seiten, 2);
  EXPECT_EQ(town_.found(town_.bernd, "Dritter"), (std::vector{all[0].id, all[3].id}));
  for (std::size_t i = 1; i < 4; ++i) {
    EXPECT_EQ(version(all[i]).format, "pdf");
    EXPECT_THAT(renditionen(all[i]),
                testing::Contains(testing::Field(&akte::RenditionZeile::art, RenditionArt::durchsuchbar)));
  }
  EXPECT_EQ(world_.check(), Findings{});
}

TEST_P(Renditionen, aSheetOfAVorgangThatOneMayNotReachLeavesThePagesInThePosteingang) {
  const auto closed = town_.vorgang(town_.anna, town_.akte(town_.anna, town_.entry("1")));
  const auto seen = town_.see(town_.anna, closed);
  must(town_.as(town_.anna, [&](Change& change, const Berechtigung& wer) {
    return world_.schriftgut.wechsle(change, wer, seen, akte::Uebergang::zda, {});
  }));
  eingang("stapel.tif", scanOf({ScanPage({}, rendition::trenncodeText({closed.uuid})), {"Ein Brief"}}));
  work();
  const auto all = dokumente();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_FALSE(all[1].vorgang);
  EXPECT_THAT(all[1].bemerkung.value_or(""), HasSubstr("konnte er nicht gelegt werden"));
}

TEST_P(Renditionen, pagesThatWereReadStayReadWhenTheJobIsCutOff) {
  std::vector<ScanPage> pages;
  const std::vector<std::string> baeume{"Ahorn",  "Birke", "Eiche",  "Erle",  "Esche", "Fichte",
                                        "Kiefer", "Linde", "Pappel", "Tanne", "Weide"};
  for (const auto& baum : baeume) pages.emplace_back(std::vector{"Nummer " + baum});
  const auto dokument = eingang("lang.tif", scanOf(pages));
  const auto id = version(dokument).id;
  const auto read = [&] {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return tx.value<std::int64_t>("SELECT COUNT(*) FROM seite WHERE mandant = :mandant AND version = :version",
                                    town_.mandant, id);
    });
  };
  jobs::Werk first(world_.database, world_.clock);
  bool stop = false;
  for (auto& art : werkstatt_.arten()) {
    if (art.name == akte::auftragTexterkennung)
      art.ausfuehren = [&, run = art.ausfuehren](jobs::Lauf& lauf) -> jobs::Ergebnis {
        if (stop) return jobs::spaeter("the server stopped");
        stop = true;
        return run(lauf);
      };
    first.art(std::move(art));
  }
  first.mandanten([&] { return std::vector<std::int64_t>{town_.mandant}; });
  first.leeren();
  EXPECT_EQ(read(), 8) << "one run reads eight pages";
  EXPECT_EQ(volltext(dokument).status, akte::TextStatus::leer);
  world_.clock.moveSeconds(3600);
  work();
  EXPECT_EQ(read(), 11);
  const auto text = volltext(dokument).text;
  for (const auto& baum : baeume) EXPECT_THAT(text, HasSubstr(baum)) << "no page is lost";
  EXPECT_EQ(world_.check(), Findings{});
}

TEST_P(Renditionen, whatIsNotOpenedAgainGetsItsLongTermFormat) {
  if (!buero_.vorhanden()) GTEST_SKIP() << "LibreOffice is not installed";
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    akte::MandantAendern input;
    input.transferfrist = {true, 1};
    return world_.schriftgut.changeMandant(c, mandant::allRows<mandant::MandantZeile>(c.tx(), town_.mandant).at(0),
                                           input);
  }));
  const auto vorgang = town_.vorgang(town_.bernd, town_.akte(town_.bernd, town_.entry("1")));
  const auto file = [&](const std::string& name, const std::string& bytes) {
    const auto datei = upload(name, bytes);
    return must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
      return world_.schriftgut.createDokument(c, wer, vorgang.uuid, datei, {});
    }));
  };
  const auto letter = file("brief.rtf", "{\\rtf1\\ansi Der Antrag ist eingegangen.\\par}");
  const auto plain = file("notiz.txt", "Eine Notiz");
  (void)work();
  const auto order = [&] {
    return world_.database.write(town_.mandant, [&](sql::WriteTx& tx) {
      return akte::bestelleLangzeit(tx, town_.mandant, world_.clock.now(), 50);
    });
  };
  EXPECT_EQ(order(), 0) << "it is in work";
  must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.zda(c, wer, must(akte::findVorgang(c.tx(), wer, vorgang.uuid)));
  }));
  EXPECT_EQ(order(), 0) << "it may be opened again";
  world_.clock.moveSeconds(367 * 86'400LL);
  EXPECT_EQ(order(), 1);
  EXPECT_EQ(order(), 0) << "asked for once";
  (void)work();
  EXPECT_TRUE(renditionen(plain).empty()) << "plain text is a long-term format";
  std::optional<akte::RenditionZeile> made;
  for (const auto& row : renditionen(letter))
    if (row.art == RenditionArt::langzeit) made = row;
  ASSERT_TRUE(made);
  const auto opened = world_.blobs.open(made->sha256);
  ASSERT_TRUE(opened);
  const auto bytes = opened->read(0, opened->size);
  EXPECT_THAT(bytes, testing::StartsWith("%PDF-"));
  EXPECT_THAT(bytes, HasSubstr("<pdfaid:part>2</pdfaid:part>"));
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Renditionen, goWithTheDokumentThatIsDeleted) {
  must(world_.change(town_.mandant, 0, [&](Change& change) {
    akte::MandantAendern input;
    input.loeschfrist = {true, 0};
    return world_.schriftgut.changeMandant(
        change, mandant::allRows<mandant::MandantZeile>(change.tx(), town_.mandant).at(0), input);
  }));
  town_.occupy(town_.post(town_.amt, {mandant::Rolle::LP}), {town_.bernd});
  const auto vorgang = town_.vorgang(town_.bernd, town_.akte(town_.bernd, town_.entry("1")));
  const auto dokument = must(town_.as(town_.bernd, [&](Change& change, const Berechtigung& wer) {
    return world_.schriftgut.createDokument(change, wer, vorgang.uuid,
                                            upload("brief.tif", scanOf({{"Antrag auf Sondernutzung"}})), {});
  }));
  work();
  const auto made = renditionen(dokument);
  ASSERT_FALSE(made.empty());
  const auto marked = town_.see(town_.anna, vorgang);
  must(town_.as(town_.anna, [&](Change& change, const Berechtigung& wer) {
    return world_.schriftgut.wechsle(change, wer, marked, akte::Uebergang::loeschmarkierung, {{{"Doppelt"}}});
  }));
  world_.clock.setDay(base::Datum::of(2030, 1, 1));
  const auto seen = town_.see(town_.bernd, town_.now(vorgang));
  const auto gone = must(town_.as(town_.bernd, [&](Change& change, const Berechtigung& wer) {
    return world_.schriftgut.loesche(change, wer, akte::lageOf(seen), seen.gegenstand);
  }));
  EXPECT_EQ(gone.protokoll.versionen, 1) << "renditions are no versions";
  world_.schriftgut.aufraeumen(gone.sha256);
  for (const auto& row : made) EXPECT_FALSE(world_.blobs.open(row.sha256).has_value());
  const auto left = world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
    return tx.value<std::int64_t>(
        "SELECT (SELECT COUNT(*) FROM seite WHERE mandant = :mandant) + (SELECT COUNT(*) FROM rendition WHERE mandant "
        "= "
        ":mandant2)",
        town_.mandant, town_.mandant);
  });
  EXPECT_EQ(left, 0);
  EXPECT_EQ(world_.check(), Findings{});
}

TEST_P(Renditionen, aVersionThatIsRestoredKeepsWhatWasReadInIt) {
  const auto dokument = eingang("brief.tif", scanOf({{"Antrag auf Sondernutzung"}}));
  work();
  const auto before = renditionen(dokument);
  town_.version(town_.bernd, dokument, "Zweite Fassung", 1);
  const auto seen = town_.see(town_.bernd, town_.now(dokument));
  const auto restored = must(town_.as(town_.bernd, [&](Change& change, const Berechtigung& wer) {
    return world_.schriftgut.restoreVersion(change, wer, seen, 1);
  }));
  ASSERT_EQ(restored.version, 3);
  const auto sums = [](const std::vector<akte::RenditionZeile>& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(row.sha256);
    return out;
  };
  EXPECT_EQ(sums(renditionen(restored)), sums(before));
  work();
  EXPECT_EQ(renditionen(restored).size(), before.size());
  EXPECT_EQ(town_.found(town_.bernd, "Sondernutzung"), std::vector{dokument.id});
  EXPECT_EQ(world_.check(), Findings{});
}

ON_BOTH_ENGINES(Renditionen);

}  // namespace
}  // namespace engines
