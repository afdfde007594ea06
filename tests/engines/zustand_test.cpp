// Storno, Weglegen, zdA and lawful deletion: the table of transitions, played.
#include "akte/zustand.h"

#include <algorithm>

#include "support/world.h"

namespace engines {
namespace {

using akte::Bedingung;
using akte::Ergebnis;
using akte::Status;
using akte::SuchArt;
using akte::Uebergang;
using base::Datum;

class Zustand : public OnBothEngines {
 protected:
  void SetUp() override {
    akte_ = town_.akte(town_.bernd, blatt_);
    vorgang_ = town_.vorgang(town_.bernd, akte_, "Geheimwort Zwiebelturm");
    dokument_ = town_.dokument(town_.bernd, vorgang_, "Kuckucksuhr.txt", "Mit Sternschnuppe");
    settings([](auto& input) { input.loeschfrist = {true, 3}; });
    must(world_.change(town_.mandant, 0, [&](Change& c) {
      return mandant::changeStelle(
          c, mandant::rowById<StelleZeile>(c.tx(), town_.mandant, town_.sachbearbeitung.id).value(),
          {{}, {}, {}, std::vector{Rolle::SB, Rolle::LP}});
    }));
  }
  template <typename F>
  void settings(F f) {
    must(world_.change(town_.mandant, 0, [&](Change& c) {
      akte::MandantAendern input;
      f(input);
      return world_.schriftgut.changeMandant(c, mandant::allRows<mandant::MandantZeile>(c.tx(), town_.mandant).at(0),
                                             input);
    }));
  }
  template <class Row>
  auto go(const PersonZeile& by, const Row& row, Uebergang uebergang) {
    const auto mit = town_.see(by, row);
    return town_.as(by, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.wechsle(c, w, mit, uebergang, {{{"Doppelt erfasst"}}});
    });
  }
  template <class Row>
  base::Result<akte::Geloescht> loesche(const PersonZeile& by, const Row& row) {
    const auto mit = town_.see(by, row);
    return town_.as(by, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.loesche(c, w, akte::lageOf(mit), mit.gegenstand);
    });
  }
  template <class Row>
  std::vector<akte::Hindernis> against(const PersonZeile& by, const Row& row, Uebergang uebergang) {
    const auto lage = akte::lageOf(town_.see(by, row));
    const auto wer = town_.wer(by);
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return akte::hindernisse(tx, wer, lage, akte::regelFor(lage.selbst.art, uebergang), world_.clock.now());
    });
  }
  std::optional<Code> write() {
    const auto mit = town_.see(town_.bernd, dokument_);
    return refusal(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.changeDokument(c, w, mit, {{{"x"}}, {}, {}, {}, {}, {}, {}});
    }));
  }
  /// All that the database says of the tenant, to look for words in.
  std::string everything() {
    auto raw = world_.fresh.raw();
    std::string out;
    const auto add = [&](const std::string& sql) {
      for (const auto& row : raw(sql))
        for (const auto& cell : row) out += cell.value_or("") + "\n";
    };
    for (const auto* table : suche::journalTabellen())
      add("SELECT " + table->columnList() + " FROM " + std::string(table->name));
    add("SELECT aenderungen FROM journal");
    add("SELECT text FROM volltext");
    add("SELECT kopf FROM suche");
    return out;
  }

  World world_{GetParam()};
  Town town_{world_};
  AktenplaneinheitZeile blatt_ = town_.entry("632");
  AkteZeile akte_;
  VorgangZeile vorgang_;
  DokumentZeile dokument_;
};
ON_BOTH_ENGINES(Zustand);

TEST(Zustandstabelle, isWhole) {
  std::set<std::string> kennungen;
  for (const auto& regel : akte::regeln()) {
    EXPECT_TRUE(kennungen.insert(regel.kennung).second) << regel.kennung;
    EXPECT_EQ(regel.von == Status::inBearbeitung, regel.nach && *regel.nach != Status::inBearbeitung) << regel.kennung;
    // Whatever is closed can be opened again, or goes with two people.
    if (regel.von == Status::inBearbeitung) {
      EXPECT_TRUE(std::ranges::any_of(akte::regeln(), [&](const auto& back) {
        return back.art == regel.art && back.von == regel.nach && back.nach == Status::inBearbeitung;
      })) << regel.kennung;
    }
    if (regel.art != SuchArt::akte) {
      EXPECT_EQ(std::ranges::count(regel.bedingungen, Bedingung::obenOffen), 1) << regel.kennung;
    }
  }
}

TEST_P(Zustand, stornoHoldsForAllThatLiesWithin) {
  must(go(town_.anna, akte_, Uebergang::stornieren));
  EXPECT_EQ(write(), Code::Abgeschlossen);
  EXPECT_EQ(akte::zustandOf(akte::lageOf(town_.see(town_.bernd, dokument_))), Status::storniert);
  EXPECT_EQ(refusal(go(town_.anna, vorgang_, Uebergang::zda)), Code::Abgeschlossen);
  EXPECT_EQ(refusal(town_.as(town_.bernd,
                             [&](Change& c, const Berechtigung& w) {
                               return world_.schriftgut.createVorgang(c, w, {akte_.uuid, {"neu"}, {}});
                             })),
            Code::Abgeschlossen);
  const auto above = against(town_.anna, vorgang_, Uebergang::zda);
  ASSERT_EQ(above.size(), 1U);
  EXPECT_EQ(above[0].grund, Bedingung::obenOffen);
  EXPECT_EQ(above[0].objekt->id, akte_.id);
  EXPECT_EQ(akte::loesungFor(above[0]), Uebergang::stornoAufheben);
  must(go(town_.anna, town_.now(akte_), Uebergang::stornoAufheben));
  EXPECT_EQ(write(), std::nullopt);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Zustand, ofADokumentHoldsForItsAnlagen) {
  const auto mit = town_.see(town_.bernd, dokument_);
  const auto datei = world_.file("a.txt", "Anlage");
  const auto anlage = must(town_.as(
      town_.bernd, [&](Change& c, const Berechtigung& w) { return world_.schriftgut.createAnlage(c, w, mit, datei); }));
  must(go(town_.bernd, dokument_, Uebergang::stornieren));
  const auto seen = town_.see(town_.bernd, anlage);
  EXPECT_FALSE(seen.gegenstand.offen);
  EXPECT_EQ(refusal(town_.as(
                town_.bernd,
                [&](Change& c, const Berechtigung& w) { return world_.schriftgut.addVersion(c, w, seen, datei, {}); })),
            Code::Abgeschlossen);
}

/// What stands against it is listed, and solving it clears the way (M3.15, M3.20).
TEST_P(Zustand, namesWhatStandsAgainstIt) {
  auto open = against(town_.anna, akte_, Uebergang::zda);
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].grund, Bedingung::vorgaengeGeschlossen);
  EXPECT_EQ(open[0].objekt->uuid, vorgang_.uuid);
  EXPECT_EQ(refusal(go(town_.anna, akte_, Uebergang::zda)), Code::NochOffen);
  must(go(town_.anna, vorgang_, *akte::loesungFor(open[0])));
  EXPECT_TRUE(against(town_.anna, akte_, Uebergang::zda).empty());
  const auto closed = against(town_.anna, akte_, Uebergang::stornieren);
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(closed[0].grund, Bedingung::nichtsAbgeschlossen);
  EXPECT_EQ(akte::loesungFor(closed[0]), Uebergang::zdaAufheben);
  must(go(town_.anna, town_.now(vorgang_), Uebergang::zdaAufheben));
  must(go(town_.anna, town_.now(vorgang_), Uebergang::stornieren));
  must(go(town_.anna, akte_, Uebergang::zda));
}

/// Of what somebody may not see no name is told, only that there is something.
TEST_P(Zustand, tellsNothingOfWhatIsHidden) {
  const auto narrow = town_.access("nur Anna", {{TraegerArt::person, {{town_.anna.uuid.text()}}, Stufe::bearbeiten}});
  must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.setZugriff(c, w, akte::findVorgang(c.tx(), w, vorgang_.uuid).value(), {narrow.uuid});
  }));
  const auto seen = against(town_.bernd, akte_, Uebergang::zda);
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_TRUE(seen[0].verdeckt);
  EXPECT_FALSE(seen[0].objekt);
}

TEST_P(Zustand, whatIsPutAsideIsKeptForOneYear) {
  world_.clock.setDay(Datum::of(2026, 5, 5));
  EXPECT_EQ(must(go(town_.bernd, dokument_, Uebergang::weglegen)).aufbewahrungBis, Datum::of(2027, 12, 31));
  EXPECT_EQ(write(), Code::Abgeschlossen);
  EXPECT_EQ(must(go(town_.bernd, town_.now(dokument_), Uebergang::weglegenAufheben)).aufbewahrungBis, std::nullopt);
  const auto vorgang = must(go(town_.bernd, vorgang_, Uebergang::weglegen));
  EXPECT_EQ(vorgang.aufbewahrungBis, Datum::of(2027, 12, 31));
  EXPECT_EQ(vorgang.zdaDatum, Datum::of(2026, 5, 5));
  const auto back = must(go(town_.bernd, vorgang, Uebergang::weglegenAufheben));
  EXPECT_EQ(back.aufbewahrungBis, std::nullopt);
  EXPECT_EQ(back.zdaDatum, std::nullopt);
}

/// M3.21.
TEST_P(Zustand, aZdaIsTakenBackOnlyWithinTheTransferfrist) {
  world_.clock.setDay(Datum::of(2026, 5, 5));
  settings([](auto& input) { input.transferfrist = {true, 2}; });
  const auto closed = must(go(town_.anna, vorgang_, Uebergang::zda));
  EXPECT_EQ(closed.transferfristEnde, Datum::of(2028, 5, 5));
  world_.clock.setDay(Datum::of(2028, 5, 6));
  EXPECT_EQ(refusal(go(town_.anna, closed, Uebergang::zdaAufheben)), Code::Konflikt);
  world_.clock.setDay(Datum::of(2028, 5, 5));
  EXPECT_EQ(must(go(town_.anna, closed, Uebergang::zdaAufheben)).transferfristEnde, std::nullopt);
}

/// M4.23, M4.24: two people, a delay, a protocol.
TEST_P(Zustand, deletionNeedsTwoPeopleAndTime) {
  EXPECT_EQ(refusal(go(town_.bernd, vorgang_, Uebergang::loeschmarkierung)), Code::NichtErlaubt) << "not his right";
  const auto asked = must(go(town_.anna, vorgang_, Uebergang::loeschmarkierung));
  EXPECT_EQ(asked.status, Status::loeschungBeantragt);
  EXPECT_EQ(write(), Code::Abgeschlossen);
  EXPECT_EQ(refusal(loesche(town_.anna, asked)), Code::NichtErlaubt);
  EXPECT_EQ(refusal(loesche(town_.bernd, asked)), Code::Konflikt) << "the days are not over";
  must(go(town_.bernd, asked, Uebergang::loeschungAblehnen));
  const auto again = must(go(town_.anna, town_.now(vorgang_), Uebergang::loeschmarkierung));
  must(go(town_.anna, again, Uebergang::loeschmarkierungZurueckziehen));
  must(go(town_.anna, town_.now(vorgang_), Uebergang::loeschmarkierung));
  world_.clock.moveSeconds(3 * 86'400);
  const auto gone = must(loesche(town_.bernd, town_.now(vorgang_)));
  EXPECT_EQ(gone.protokoll.ergebnis, Ergebnis::geloescht);
  EXPECT_EQ(gone.protokoll.zeichen, vorgang_.zeichen);
  EXPECT_EQ(gone.protokoll.antragsteller, town_.anna.id);
  EXPECT_EQ(gone.protokoll.entscheider, town_.bernd.id);
  EXPECT_EQ(gone.protokoll.dokumente, 1);
  EXPECT_EQ(gone.protokoll.versionen, 1);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Zustand, isNotDeletedWhereTheTenantDeletesNothingOrNobodyReviews) {
  settings([](auto& input) { input.loeschfrist = {true, {}}; });
  auto found = against(town_.anna, vorgang_, Uebergang::loeschmarkierung);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].grund, Bedingung::loeschenErlaubt);
  settings([](auto& input) { input.loeschfrist = {true, 0}; });
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    return mandant::changeStelle(c,
                                 mandant::rowById<StelleZeile>(c.tx(), town_.mandant, town_.sachbearbeitung.id).value(),
                                 {{}, {}, {}, std::vector{Rolle::SB}});
  }));
  found = against(town_.anna, vorgang_, Uebergang::loeschmarkierung);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].grund, Bedingung::prueferGesetzt);
  must(go(town_.bernd, dokument_, Uebergang::weglegen));
  EXPECT_EQ(against(town_.anna, vorgang_, Uebergang::loeschmarkierung).size(), 2U) << "what is kept for a period stays";
}

/// What was deleted is in no table, no text and no journal entry, and yet the journal proves itself and gives the
/// tables.
TEST_P(Zustand, whatIsDeletedIsGoneAndTheJournalHolds) {
  const auto other = town_.vorgang(town_.bernd, akte_, "Bleibt stehen");
  town_.version(town_.bernd, dokument_, "Zweite Sternschnuppe", 1);
  must(go(town_.anna, vorgang_, Uebergang::loeschmarkierung));
  world_.clock.moveSeconds(3 * 86'400);
  for (const auto* word : {"Zwiebelturm", "Kuckucksuhr", "Sternschnuppe"})
    EXPECT_NE(everything().find(word), std::string::npos) << word;
  const auto gone = must(loesche(town_.bernd, town_.now(vorgang_)));
  const auto left = everything();
  for (const auto* word : {"Zwiebelturm", "Kuckucksuhr", "Sternschnuppe", gone.sha256.at(0).c_str()})
    EXPECT_EQ(left.find(word), std::string::npos) << word;
  EXPECT_NE(left.find("Bleibt stehen"), std::string::npos);
  EXPECT_NE(left.find("Doppelt erfasst"), std::string::npos) << "the protocol stays";
  EXPECT_TRUE(town_.found(town_.bernd, "Sternschnuppe").empty());
  EXPECT_EQ(world_.check(), Findings());

  const FreshDatabase fresh(GetParam(), FreshDatabase::Kind::migrated);
  sql::Database copy(fresh.address());
  world_.read(town_.mandant, [&](const sql::ReadTx& from) {
    copy.write(town_.mandant,
               [&](sql::WriteTx& into) { journal::replay(from, into, town_.mandant, suche::journalTabellen()); });
  });
  copy.read(town_.mandant, [&](const sql::ReadTx& tx) {
    EXPECT_EQ(journal::check(tx, town_.mandant, suche::journalTabellen()), Findings());
    EXPECT_FALSE(mandant::rowById<VorgangZeile>(tx, town_.mandant, vorgang_.id));
    EXPECT_TRUE(mandant::rowById<VorgangZeile>(tx, town_.mandant, other.id));
  });

  const auto next = town_.vorgang(town_.bernd, akte_);
  EXPECT_NE(next.zeichen, vorgang_.zeichen) << "its sign is not given again";
  EXPECT_EQ(next.nummer, other.nummer + 1);
}

/// The files go when nothing names them any more, also in no other tenant.
TEST_P(Zustand, filesOfADeletionGoUnlessSomebodyElseHasThem) {
  Town kreis(world_, "kreis");
  const auto theirs = kreis.vorgang(kreis.bernd, kreis.akte(kreis.bernd, kreis.entry("1")));
  kreis.dokument(kreis.bernd, theirs, "gleich.txt", "Mit Sternschnuppe");
  const auto alone = town_.dokument(town_.bernd, vorgang_, "allein.txt", "Nur hier");
  must(go(town_.anna, vorgang_, Uebergang::loeschmarkierung));
  world_.clock.setDay(Datum::of(2030, 1, 1));
  const auto gone = must(loesche(town_.bernd, town_.now(vorgang_)));
  world_.schriftgut.aufraeumen(gone.sha256);
  EXPECT_TRUE(world_.blobs.open(base::sha256Hex("Mit Sternschnuppe")).has_value());
  EXPECT_FALSE(world_.blobs.open(base::sha256Hex("Nur hier")).has_value()) << alone.id;
  EXPECT_EQ(world_.check(), Findings());
}

/// Whoever puts other words where content was taken out is found out.
TEST_P(Zustand, anEntryWhoseContentWasTakenOutIsStillWatched) {
  must(go(town_.anna, vorgang_, Uebergang::loeschmarkierung));
  world_.clock.moveSeconds(3 * 86'400);
  must(loesche(town_.bernd, town_.now(vorgang_)));
  auto raw = world_.fresh.raw();
  const std::string nr = raw.value("SELECT MIN(nr) FROM journal WHERE aktion = 'vorgang.angelegt'");
  raw("UPDATE journal SET aenderungen = REPLACE(aenderungen, '(gel', '(Gel') WHERE nr = " + nr);
  const auto found = world_.check();
  EXPECT_TRUE(std::ranges::any_of(found, [&](const auto& text) {
    return text.find("der Eintrag " + nr + " wurde verändert") != std::string::npos;
  }));
}

}  // namespace
}  // namespace engines
