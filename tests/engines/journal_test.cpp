// The journal through the use cases: chains, exactly one entry for each change, nothing for what is refused.
#include <set>
#include <thread>

#include "support/world.h"

namespace engines {
namespace {

class Journal : public OnBothEngines {
 protected:
  World world_{GetParam()};
  Town town_{world_};
};
ON_BOTH_ENGINES(Journal);

std::vector<journal::Eintrag> all(Town& town) {
  return town.world.read(town.mandant, [&](const sql::ReadTx& tx) {
    return tx.query<journal::Eintrag>(
        sql::Query::select<journal::Eintrag>().add(" FROM journal WHERE mandant = :mandant ORDER BY nr", town.mandant));
  });
}

TEST_P(Journal, isWholeAfterTheBuildingOfATown) {
  EXPECT_EQ(world_.check(), Findings());
  EXPECT_GT(town_.entries(), 7);
}

TEST_P(Journal, hasOneChainForEachAkteAndOneForTheRest) {
  const auto blatt = town_.entry("1");
  const auto first = town_.akte(town_.bernd, blatt), second = town_.akte(town_.bernd, blatt);
  const auto vorgang = town_.vorgang(town_.bernd, first);
  town_.vorgang(town_.bernd, second);
  town_.dokument(town_.bernd, vorgang, "a.txt", "Text");
  town_.eingang(town_.bernd, "b.txt", "Text");
  std::map<std::int64_t, std::string> ends;
  std::map<std::int64_t, int> counts;
  for (const auto& eintrag : all(town_)) {
    EXPECT_EQ(eintrag.vorher, ends[eintrag.kette]);
    EXPECT_EQ(eintrag.hash, journal::hashOf(eintrag));
    ends[eintrag.kette] = eintrag.hash;
    ++counts[eintrag.kette];
  }
  EXPECT_EQ(counts.size(), 3U);
  EXPECT_EQ(counts[first.id], 3);
  EXPECT_EQ(counts[second.id], 2);
}

TEST_P(Journal, writesOneEntryForEachChange) {
  const auto blatt = town_.entry("1");
  auto before = town_.entries();
  const auto expectOne = [&](const char* what) {
    EXPECT_EQ(town_.entries(), before + 1) << what;
    before = town_.entries();
  };
  const auto akte = town_.akte(town_.bernd, blatt);
  expectOne("akte");
  const auto vorgang = town_.vorgang(town_.bernd, akte);
  expectOne("vorgang");
  const auto dokument = town_.dokument(town_.bernd, vorgang, "a.txt", "eins");
  expectOne("dokument");
  town_.version(town_.bernd, dokument, "zwei", 1);
  expectOne("version");
  town_.unit("20");
  expectOne("unit");
  town_.access("Z", {{TraegerArt::alle, {}, Stufe::lesen}});
  expectOne("access");
  const auto last = all(town_).back();
  EXPECT_EQ(last.aktion, "zugriff.angelegt");
  EXPECT_EQ(last.zeit, world_.clock.now());
  EXPECT_EQ(all(town_)[static_cast<std::size_t>(before) - 3].person, town_.bernd.id);
}

TEST_P(Journal, writesNothingForWhatIsRefused) {
  const auto blatt = town_.entry("1");
  const auto akte = town_.akte(town_.bernd, blatt);
  const auto vorgang = town_.vorgang(town_.bernd, akte);
  const auto before = town_.entries();
  const auto rows = [&] {
    auto raw = world_.fresh.raw();
    std::string out;
    for (const auto* table : suche::journalTabellen())
      out += raw.value("SELECT COUNT(*) FROM " + std::string(table->name)) + " ";
    return out + raw.value("SELECT SUM(wert) FROM zaehler");
  };
  const auto counted = rows();
  const auto refused = [&](auto f) { EXPECT_TRUE(refusal(town_.as(town_.bernd, f))); };
  const auto nobody = Uuid::make(1);
  refused([&](Change& c, const Berechtigung& w) { return world_.schriftgut.createAkte(c, w, {nobody, {"x"}, {}}); });
  // Refused late, after a number was drawn.
  refused([&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.createVorgang(c, w, {akte.uuid, {"x"}, nobody});
  });
  refused([&](Change& c, const Berechtigung&) {
    return mandant::createOrganisationseinheit(c, {{"10"}, {"doppelt"}, {}});
  });
  refused([&](Change& c, const Berechtigung&) {
    return mandant::createOrganisationseinheit(c, {{"77"}, {"x"}, nobody});
  });
  refused([&](Change& c, const Berechtigung&) {
    return mandant::createPerson(c, {{"V"}, {"N"}, {"neu"}, {}, {"kurz"}});
  });
  refused([&](Change& c, const Berechtigung&) { return mandant::besetzen(c, town_.leitung, {nobody}); });
  refused([&](Change& c, const Berechtigung&) {
    return mandant::createZugriff(c, {{"Z"}, {{TraegerArt::person, {{nobody.text()}}, Stufe::lesen}}});
  });
  const auto seen = town_.see(town_.bernd, akte);
  refused([&](Change& c, const Berechtigung& w) { return world_.schriftgut.zda(c, w, seen); });
  EXPECT_EQ(town_.entries(), before);
  EXPECT_EQ(rows(), counted);
  EXPECT_EQ(town_.vorgang(town_.bernd, akte).nummer, vorgang.nummer + 1)
      << "a number that was drawn for nothing is free again";
  EXPECT_EQ(world_.check(), Findings());
}

/// A group commits several changes together. What one of them wrote before it was refused must not stay without an
/// entry.
TEST_P(Journal, aRefusedChangeInAGroupLeavesNothing) {
  const auto akte = town_.akte(town_.bernd, town_.entry("1"));
  const auto berechtigung = town_.wer(town_.bernd);
  const auto before = town_.entries();
  world_.database.write(town_.mandant, [&](sql::WriteTx& tx) {
    const auto make = [&](const char* betreff, const std::optional<Uuid>& bearbeitung) {
      return refusal(world_.journal.one(tx, town_.mandant, [&](Change& c) {
        // As the use cases do: a number is drawn, and then the change is refused.
        (void)akte::nextNumber(c, std::string("probe:") + betreff);
        return world_.schriftgut.createVorgang(c, berechtigung, {akte.uuid, {betreff}, bearbeitung});
      }));
    };
    EXPECT_FALSE(make("erster", {}));
    EXPECT_EQ(make("zweiter", Uuid::make(1)), Code::EingabeUngueltig);
    EXPECT_FALSE(make("dritter", {}));
  });
  EXPECT_EQ(town_.entries(), before + 2);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Journal, fiftyPeopleOpenVorgaengeAtOnce) {
  const auto akte = town_.akte(town_.bernd, town_.entry("1"));
  const auto berechtigung = town_.wer(town_.bernd);
  std::vector<VorgangZeile> made(50);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < made.size(); ++i)
    threads.emplace_back([&, i] {
      made[i] = must(world_.change(town_.mandant, town_.bernd.id, [&](Change& c) {
        return world_.schriftgut.createVorgang(c, berechtigung, {akte.uuid, {"Vorgang " + std::to_string(i)}, {}});
      }));
    });
  for (auto& thread : threads) thread.join();
  std::set<std::string> signs;
  std::set<std::int64_t> numbers;
  for (const auto& vorgang : made) {
    signs.insert(vorgang.zeichen);
    numbers.insert(vorgang.nummer);
  }
  EXPECT_EQ(signs.size(), made.size());
  EXPECT_EQ(numbers.size(), made.size());
  EXPECT_EQ(*numbers.begin(), 1);
  EXPECT_EQ(*numbers.rbegin(), 50);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Journal, tenantsHaveJournalsOfTheirOwn) {
  Town other(world_, "kreis");
  const auto before = town_.entries();
  other.akte(other.bernd, other.entry("1"));
  EXPECT_EQ(town_.entries(), before);
  EXPECT_NE(other.mandant, town_.mandant);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Journal, aChangeThatIsRunAgainIsWrittenOnce) {
  const auto before = town_.entries();
  int runs = 0;
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    if (++runs == 1)
      c.tx().exec("INSERT INTO mandant_verzeichnis (mandant, schluessel, name) VALUES (:m, 'x', 'x')", town_.mandant);
    return mandant::createOrganisationseinheit(c, {{"30"}, {"x"}, {}});
  }));
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(town_.entries(), before + 1);
  EXPECT_EQ(world_.check(), Findings());
}

}  // namespace
}  // namespace engines
