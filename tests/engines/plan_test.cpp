// The plan as a whole: read in from tables, moved, closed, and every step taken back.
#include <fstream>
#include <sstream>

#include "akte/registratur.h"
#include "support/world.h"

namespace engines {
namespace {

using akte::Aussonderungsart;
using akte::Einheitart;
using akte::EinleseBericht;
using akte::Registratur;
using akte::ZeilenArt;

class Plan : public OnBothEngines {
 protected:
  EinleseBericht look(const PersonZeile& by, const std::string& csv) {
    const auto wer = town_.wer(by);
    return world_.read(town_.mandant,
                       [&](const sql::ReadTx& tx) { return akte::pruefePlan(tx, wer, akte::readCsv(csv)); });
  }
  base::Result<EinleseBericht> apply(const PersonZeile& by, const std::string& csv, const std::string& pruefsumme) {
    return town_.as(by, [&](Change& c, const Berechtigung& wer) {
      return Registratur(world_.schriftgut).lesePlanEin(c, wer, akte::readCsv(csv), pruefsumme);
    });
  }
  base::Result<void> undo(const PersonZeile& by, std::int64_t nr) {
    return town_.as(by, [&](Change& c, const Berechtigung& wer) {
      return Registratur(world_.schriftgut).rueckgaengig(c, wer, nr);
    });
  }
  std::optional<AktenplaneinheitZeile> at(const std::string& kennzeichen) {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return tx.one<AktenplaneinheitZeile>(sql::Query::select<AktenplaneinheitZeile>().add(
          " FROM aktenplaneinheit WHERE mandant = :m AND kennzeichen = :k", town_.mandant, kennzeichen));
    });
  }
  std::int64_t count() {
    return world_
        .read(town_.mandant,
              [&](const sql::ReadTx& tx) {
                return tx.value<std::int64_t>("SELECT COUNT(*) FROM aktenplaneinheit WHERE mandant = :m",
                                              town_.mandant);
              })
        .value();
  }
  auto change(const PersonZeile& by, const AktenplaneinheitZeile& row, const akte::AktenplaneinheitAendern& input) {
    const auto now = town_.now(row);
    return town_.as(
        by, [&](Change& c, const Berechtigung& wer) { return world_.schriftgut.changeEinheit(c, wer, now, input); });
  }
  static const akte::EinleseZeile& row(const EinleseBericht& bericht, const std::string& kennzeichen) {
    return *std::ranges::find(bericht.zeilen, kennzeichen, &akte::EinleseZeile::kennzeichen);
  }
  static std::string material(const std::string& name) {
    std::ifstream in(testing_support::testData() / "aktenplan" / name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

  World world_{GetParam()};
  Town town_{world_};
};
ON_BOTH_ENGINES(Plan);

TEST_P(Plan, aSwissPlanIsReadInAsOneStepAndTakenBackAsOne) {
  const auto csv = material("ordnungssystem_gemeinde_ch.csv");
  if (csv.empty()) GTEST_SKIP() << "without the test material";
  const auto before = count();
  const auto preview = look(town_.anna, csv);
  EXPECT_EQ(count(), before) << "a preview writes nothing";
  // The file names 4.2.2.3 twice; the second one is told and left out.
  ASSERT_EQ(preview.fehler, 1) << base::toJson(preview).substr(0, 2000);
  const auto bad = std::ranges::find(preview.zeilen, ZeilenArt::fehler, &akte::EinleseZeile::art);
  EXPECT_EQ(bad->kennzeichen, "4.2.2.3");
  EXPECT_GT(preview.neu, 600);
  EXPECT_EQ(row(preview, "0.0.1.1").ueber, "0.0.1");
  const auto entries = town_.entries();
  const auto done = must(apply(town_.anna, csv, preview.pruefsumme));
  EXPECT_EQ(town_.entries(), entries + 1);
  EXPECT_EQ(done.eintrag, entries + 1);
  EXPECT_EQ(count(), before + preview.neu);
  const auto leaf = at("0.0.1.1").value();
  EXPECT_EQ(leaf.titel, "Gemeindeordnung");
  EXPECT_EQ(leaf.aufbewahrungsdauer, 10);
  EXPECT_EQ(leaf.aussonderungsart, Aussonderungsart::A);
  EXPECT_EQ(leaf.ueber, at("0.0.1")->id);
  EXPECT_EQ(at("0.0.0")->aussonderungsart, Aussonderungsart::V);
  EXPECT_EQ(world_.check(), Findings());
  // The same file again changes nothing.
  EXPECT_EQ(look(town_.anna, csv).gleich, preview.neu);
  must(undo(town_.anna, *done.eintrag));
  EXPECT_EQ(count(), before);
  EXPECT_EQ(world_.check(), Findings());
  EXPECT_EQ(look(town_.anna, csv).neu, preview.neu);
}

TEST_P(Plan, whatIsExportedReadsInAsUnchanged) {
  town_.entry("1");
  const auto above = at("1").value();
  town_.entry("1.1", above.uuid, std::nullopt);
  const auto csv =
      world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return akte::planAlsCsv(tx, town_.mandant); });
  const auto preview = look(town_.anna, csv);
  EXPECT_EQ(preview.gleich, count()) << csv;
  EXPECT_EQ(preview.neu + preview.geaendert + preview.fehler, 0);
}

TEST_P(Plan, everyRowSaysWhatIsWrongWithIt) {
  const auto preview = look(town_.anna,
                            "Kennzeichen;Titel;Über;Aufbewahrungsdauer;Gültig von;Gültig bis;Zugriff;OE\n"
                            "1;Eins;;;;;;\n"
                            "1;Noch einmal;;;;;;\n"
                            ";Überschrift;;;;;;\n"
                            "2;;;;;;;\n"
                            "3;Drei;4;;;;;\n"
                            "4;Vier;3;;;;;\n"
                            "5;Fünf;99;;;;;\n"
                            "6;Sechs;;ewig;;;;\n"
                            "7;Sieben;;;2026-01-02;2026-01-01;;\n"
                            "8;Acht;;;;;Geheim;\n"
                            "8.1;Kind;;;;;;\n"
                            "9.9.9;Tief;;;;;;\n");
  const auto art = [&](const std::string& sign) { return row(preview, sign).art; };
  EXPECT_EQ(art("1"), ZeilenArt::neu);
  EXPECT_EQ(preview.zeilen[1].art, ZeilenArt::fehler) << "twice";
  EXPECT_EQ(preview.zeilen[1].hinweise.at(0), "Das Kennzeichen steht schon in Zeile 2.");
  EXPECT_EQ(preview.zeilen[2].art, ZeilenArt::uebergangen);
  for (const auto* bad : {"2", "3", "4", "5", "6", "7", "8"}) {
    EXPECT_EQ(art(bad), ZeilenArt::fehler) << bad;
    EXPECT_FALSE(row(preview, bad).hinweise.empty()) << bad;
  }
  EXPECT_EQ(art("8.1"), ZeilenArt::fehler) << "what is above it does not come";
  EXPECT_EQ(art("9.9.9"), ZeilenArt::neu);
  EXPECT_EQ(row(preview, "9.9.9").hinweise.size(), 1U) << "it is told that 9.9 is missing";
  const auto done = must(apply(town_.anna, "Kennzeichen;Titel\n1;Eins\n2;\n",
                               look(town_.anna, "Kennzeichen;Titel\n1;Eins\n2;\n").pruefsumme));
  EXPECT_EQ(done.neu, 1);
  EXPECT_FALSE(at("2"));
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Plan, isAppliedOnlyAsItWasLookedAt) {
  const std::string csv = "Kennzeichen;Titel\n1;Eins\n";
  const auto preview = look(town_.anna, csv);
  EXPECT_EQ(refusal(apply(town_.anna, "Kennzeichen;Titel\n1;Anders\n", preview.pruefsumme)), Code::Konflikt);
  town_.entry("1");
  EXPECT_EQ(refusal(apply(town_.anna, csv, preview.pruefsumme)), Code::Konflikt);
}

TEST_P(Plan, disposalDataNeedARightOfItsOwn) {
  const auto fach = town_.person("fach", {town_.post(town_.amt, {Rolle::FA})});
  const auto archiv = town_.person("archiv", {town_.post(town_.amt, {Rolle::ARC})});
  const std::string csv = "Kennzeichen;Titel;Aufbewahrungsdauer;Aussonderungsart\n1;Eins;30;A\n";
  const auto preview = look(fach, csv);
  EXPECT_EQ(preview.hinweise.size(), 1U);
  must(apply(fach, csv, preview.pruefsumme));
  EXPECT_EQ(at("1")->aufbewahrungsdauer, 10) << "as every new entry (M2.1)";
  EXPECT_EQ(at("1")->aussonderungsart, Aussonderungsart::B);
  akte::AktenplaneinheitAendern years;
  years.aufbewahrungsdauer = {true, 30};
  EXPECT_EQ(refusal(change(fach, *at("1"), years)), Code::NichtErlaubt);
  // The archive appraises, and what is still B below follows (M2.7).
  const auto akte = town_.akte(town_.anna, *at("1"));
  const auto set = [&](Aussonderungsart art) {
    const auto now = *at("1");
    return town_.as(archiv, [&](Change& c, const Berechtigung& wer) {
      return world_.schriftgut.setAussonderung(c, wer, now, {{true, 30}, art});
    });
  };
  EXPECT_EQ(must(set(Aussonderungsart::A)).aufbewahrungsdauer, 30);
  EXPECT_EQ(town_.now(akte).aussonderungsart, Aussonderungsart::A);
  EXPECT_EQ(refusal(set(Aussonderungsart::V)), Code::Konflikt) << "one below is appraised already";
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Plan, anEntryThatIsClosedAboveTakesNoAkten) {
  const auto above = town_.entry("1");
  const auto leaf = town_.entry("1.1", above.uuid);
  const auto open = [&] {
    return refusal(town_.as(town_.anna, [&](Change& c, const Berechtigung& wer) {
      return world_.schriftgut.createAkte(c, wer, {leaf.uuid, {"Akte"}, {}});
    }));
  };
  EXPECT_FALSE(open());
  akte::AktenplaneinheitAendern input;
  input.stillgelegt = true;
  must(change(town_.anna, above, input));
  EXPECT_EQ(open(), Code::Gesperrt);
  input = {};
  input.stillgelegt = false;
  input.gueltigBis = {true, base::Datum::of(2025, 3, 3)};
  must(change(town_.anna, above, input));
  EXPECT_FALSE(open()) << "the last day belongs to it";
  world_.clock.setDay(base::Datum::of(2025, 3, 4));
  EXPECT_EQ(open(), Code::Gesperrt);
  input = {};
  input.gueltigVon = {true, base::Datum::of(2026, 1, 1)};
  EXPECT_EQ(refusal(change(town_.anna, above, input)), Code::EingabeUngueltig) << "it would end before it begins";
  input = {};
  input.art = {true, Einheitart::Untereinheit};
  EXPECT_EQ(refusal(change(town_.anna, leaf, input)), Code::Konflikt) << "Akten lie at it";
}

TEST_P(Plan, anEntryMovesWithWhatLiesBelowAndAccessFollows) {
  const auto geheim = town_.access("Geheim", {{TraegerArt::rolle, base::Line<40>{"LT"}, Stufe::bearbeiten}});
  const auto one = town_.entry("1");
  const auto two = town_.entry("2", {}, 10, geheim.uuid);
  const auto leaf = town_.entry("1.1", one.uuid);
  const auto akte = town_.akte(town_.anna, leaf);
  akte::AktenplaneinheitAendern input;
  const auto under = [&](const AktenplaneinheitZeile& row) {
    input = {};
    input.ueber = {true, row.uuid};
    return input;
  };
  EXPECT_EQ(refusal(change(town_.anna, one, under(leaf))), Code::Konflikt) << "it holds Akten";
  const auto empty = town_.entry("1.2", one.uuid);
  EXPECT_EQ(refusal(change(town_.anna, one, under(empty))), Code::Konflikt) << "under itself";
  EXPECT_EQ(refusal(change(town_.anna, one, under(one))), Code::Konflikt);
  must(change(town_.anna, leaf, under(two)));
  EXPECT_EQ(town_.now(leaf).ueber, two.id);
  EXPECT_EQ(town_.now(akte).zugriff, geheim.id);
  EXPECT_EQ(town_.now(akte).zeichen, akte.zeichen) << "signs stay";
  const auto nr = town_.entries();
  EXPECT_EQ(refusal(undo(town_.bernd, nr)), Code::NichtGefunden) << "only one's own";
  must(undo(town_.anna, nr));
  EXPECT_EQ(town_.now(leaf).ueber, one.id);
  EXPECT_EQ(town_.now(akte).zugriff, akte.zugriff);
  EXPECT_EQ(refusal(undo(town_.anna, nr)), Code::Konflikt) << "it is undone";
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Plan, onlyAnEntryThatNeverHeldAnythingIsRemoved) {
  const auto one = town_.entry("1");
  const auto leaf = town_.entry("1.1", one.uuid);
  const auto remove = [&](const AktenplaneinheitZeile& row) {
    const auto now = town_.now(row);
    return refusal(
        town_.as(town_.anna, [&](Change& c, const Berechtigung&) { return world_.schriftgut.removeEinheit(c, now); }));
  };
  EXPECT_EQ(remove(one), Code::Konflikt);
  EXPECT_FALSE(remove(leaf));
  EXPECT_FALSE(at("1.1"));
  must(undo(town_.anna, town_.entries()));
  EXPECT_EQ(at("1.1")->id, leaf.id);
  town_.akte(town_.anna, leaf);
  EXPECT_EQ(remove(leaf), Code::Konflikt);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Plan, aPlanInUseIsNotTakenBackFromUnderItsAkten) {
  const std::string csv = "Kennzeichen;Titel\n1;Eins\n";
  const auto done = must(apply(town_.anna, csv, look(town_.anna, csv).pruefsumme));
  town_.akte(town_.anna, *at("1"));
  EXPECT_EQ(refusal(undo(town_.anna, *done.eintrag)), Code::Konflikt);
  EXPECT_TRUE(at("1"));
}

}  // namespace
}  // namespace engines
