// Jobs on both engines: none lost, none done twice, none run for a change that did not happen.
#include <atomic>

#include "jobs/jobs.h"
#include "support/world.h"

namespace engines {
namespace {

using jobs::Ergebnis;
using jobs::Lauf;
using Status = jobs::Auftragsstatus;

class Auftraege : public OnBothEngines {
 protected:
  Auftraege() : world(GetParam()), town(world), werk(world.database, world.clock) {}

  Uuid ask(jobs::Neu neu) {
    return world.database.write(
        town.mandant, [&](sql::WriteTx& tx) { return jobs::stelleEin(tx, town.mandant, world.clock.now(), neu); });
  }
  jobs::AuftragZeile row(const Uuid& uuid) {
    return world.read(town.mandant, [&](const sql::ReadTx& tx) { return jobs::finde(tx, town.mandant, uuid).value(); });
  }
  void kind(const std::string& name, std::function<Ergebnis(Lauf&)> f, std::int64_t versuche = 3) {
    werk.art({.name = name,
              .bezeichnungDe = name,
              .bezeichnungEn = name,
              .ausfuehren = std::move(f),
              .versuche = versuche,
              .erstePause = 10,
              .pachtSekunden = 60});
  }
  std::size_t count(const sql::ReadTx& tx) { return jobs::liste(tx, town.mandant, {}).size(); }

  World world;
  Town town;
  jobs::Werk werk;
};

TEST_P(Auftraege, CommitWithTheChangeThatAsksForThem) {
  int runs = 0;
  kind("probe", [&](Lauf&) -> Ergebnis { return ++runs, Ergebnis{}; });
  const auto refused = world.database.write(town.mandant, [&](sql::WriteTx& tx) -> base::Result<void> {
    jobs::stelleEin(tx, town.mandant, world.clock.now(), {.art = "probe"});
    return base::fail(Code::Konflikt);
  });
  EXPECT_FALSE(refused);
  EXPECT_EQ(werk.leeren(), 0U);
  const auto uuid = ask({.art = "probe"});
  EXPECT_EQ(werk.leeren(), 1U);
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(row(uuid).status, Status::erledigt);
  EXPECT_EQ(werk.leeren(), 0U);
}

TEST_P(Auftraege, AreTriedAgainAfterGrowingPausesAndThenGivenUp) {
  int runs = 0;
  kind("probe", [&](Lauf&) -> Ergebnis { return ++runs, jobs::spaeter("Gegenstelle schweigt"); });
  const auto uuid = ask({.art = "probe"});
  EXPECT_EQ(werk.leeren(), 1U);
  EXPECT_EQ(row(uuid).status, Status::wartet);
  EXPECT_EQ(row(uuid).hinweis, "Gegenstelle schweigt");
  world.clock.moveSeconds(9);
  EXPECT_EQ(werk.leeren(), 0U);
  world.clock.moveSeconds(2);
  EXPECT_EQ(werk.leeren(), 1U);
  world.clock.moveSeconds(39);
  EXPECT_EQ(werk.leeren(), 0U);
  world.clock.moveSeconds(2);
  EXPECT_EQ(werk.leeren(), 1U);
  EXPECT_EQ(row(uuid).status, Status::gescheitert);
  EXPECT_EQ(runs, 3);
  // Asked for again, it has all its attempts.
  must(world.database.write(
      town.mandant, [&](sql::WriteTx& tx) { return jobs::wiederhole(tx, town.mandant, uuid, world.clock.now()); }));
  EXPECT_EQ(werk.leeren(), 1U);
  EXPECT_EQ(row(uuid).status, Status::wartet);
}

TEST_P(Auftraege, WhatCannotSucceedAndWhatThrowsAreToldApart) {
  kind("nie", [](Lauf&) -> Ergebnis { return jobs::nie("Die Adresse gibt es nicht."); });
  kind("wirft", [](Lauf&) -> Ergebnis { throw base::Failure("broken"); });
  const auto never = ask({.art = "nie"}), throws = ask({.art = "wirft"});
  EXPECT_EQ(werk.leeren(), 2U);
  EXPECT_EQ(row(never).status, Status::gescheitert);
  EXPECT_EQ(row(never).hinweis, "Die Adresse gibt es nicht.");
  EXPECT_EQ(row(throws).status, Status::wartet);
  EXPECT_EQ(row(throws).hinweis, "broken");
}

TEST_P(Auftraege, AKeyKeepsOneWaitingButARunningOneDoesNotCount) {
  int runs = 0;
  kind("probe", [&](Lauf&) -> Ergebnis {
    if (++runs == 1) ask({.art = "probe", .schluessel = "x"});
    return {};
  });
  const auto first = ask({.art = "probe", .schluessel = "x"});
  EXPECT_EQ(ask({.art = "probe", .schluessel = "x"}), first);
  EXPECT_NE(ask({.art = "probe", .schluessel = "y"}), first);
  EXPECT_EQ(werk.leeren(), 3U);
}

TEST_P(Auftraege, AFailedOneGivesWayToANewerOneWithItsKey) {
  int runs = 0;
  kind("probe", [&](Lauf&) -> Ergebnis {
    if (++runs > 1) return {};
    ask({.art = "probe", .schluessel = "x"});
    return jobs::spaeter("noch nicht");
  });
  const auto first = ask({.art = "probe", .schluessel = "x"});
  EXPECT_EQ(werk.leeren(), 2U);
  EXPECT_EQ(row(first).status, Status::abgebrochen);
}

TEST_P(Auftraege, ALeaseThatRanOutIsTakenByAnotherAndTheFirstCanWriteNothingMore) {
  jobs::Werk other(world.database, world.clock);
  int effects = 0, runs = 0;
  const auto handler = [&](Lauf& lauf) -> Ergebnis {
    if (++runs == 1) {
      world.clock.moveSeconds(61);  // as if this process had slept
      EXPECT_EQ(other.leeren(), 1U);
      EXPECT_FALSE(lauf.weiter());
    }
    world.database.write(lauf.mandant(), [&](sql::WriteTx& tx) { lauf.abschliessen(tx); });
    ++effects;
    return {};
  };
  kind("probe", handler);
  other.art({.name = "probe", .bezeichnungDe = "", .bezeichnungEn = "", .ausfuehren = handler, .pachtSekunden = 60});
  const auto uuid = ask({.art = "probe"});
  EXPECT_EQ(werk.leeren(), 1U);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(effects, 1);
  EXPECT_EQ(row(uuid).status, Status::erledigt);
  EXPECT_EQ(row(uuid).versuch, 2);
}

TEST_P(Auftraege, OfManyWorkersEachJobIsDoneByOne) {
  constexpr int jobs = 60;
  std::vector<std::atomic<int>> done(jobs);
  const auto handler = [&](Lauf& lauf) -> Ergebnis {
    done[static_cast<std::size_t>(boost::json::parse(lauf.auftrag().nutzlast).at("nr").as_int64())]++;
    return {};
  };
  for (int i = 0; i < jobs; ++i) ask({.art = "probe", .nutzlast = R"({"nr":)" + std::to_string(i) + "}"});
  // Two servers: each with a database door of its own.
  sql::Database second(world.fresh.address(), {.connections = 4});
  jobs::Werk other(second, world.clock);
  kind("probe", handler);
  other.art({.name = "probe", .bezeichnungDe = "", .bezeichnungEn = "", .ausfuehren = handler});
  werk.start(2, std::chrono::milliseconds(5));
  other.start(2, std::chrono::milliseconds(5));
  for (;;) {
    const auto open = world.read(town.mandant, [&](const sql::ReadTx& tx) {
      return ::jobs::liste(tx, town.mandant, {.status = Status::erledigt}).size();
    });
    if (open == jobs) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  werk.stop();
  other.stop();
  for (const auto& times : done) EXPECT_EQ(times.load(), 1);
}

TEST_P(Auftraege, CancelledOnesEndAtTheNextStep) {
  int steps = 0;
  Uuid running;
  kind("lang", [&](Lauf& lauf) -> Ergebnis {
    while (lauf.fortschritt(++steps, 100, "Schritt")) {
      if (steps == 3)
        must(world.database.write(town.mandant, [&](sql::WriteTx& tx) {
          return jobs::brichAb(tx, town.mandant, running, world.clock.now());
        }));
    }
    return {};
  });
  running = ask({.art = "lang", .person = town.bernd.id});
  EXPECT_EQ(werk.leeren(), 1U);
  EXPECT_EQ(steps, 4);
  EXPECT_EQ(row(running).status, Status::abgebrochen);
  EXPECT_EQ(row(running).fortschritt, 4);
  const auto waiting = ask({.art = "lang", .ab = world.clock.now().plusSeconds(100)});
  must(world.database.write(
      town.mandant, [&](sql::WriteTx& tx) { return jobs::brichAb(tx, town.mandant, waiting, world.clock.now()); }));
  world.clock.moveSeconds(200);
  EXPECT_EQ(werk.leeren(), 0U);
}

TEST_P(Auftraege, AStoppedServerGivesItsJobsBackUncounted) {
  std::atomic<bool> begun = false;
  kind("lang", [&](Lauf& lauf) -> Ergebnis {
    begun = true;
    while (lauf.weiter()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return {};
  });
  const auto uuid = ask({.art = "lang"});
  werk.start(1, std::chrono::milliseconds(5));
  while (!begun) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  werk.stop();
  EXPECT_EQ(row(uuid).status, Status::wartet);
  EXPECT_EQ(row(uuid).versuch, 0);
}

TEST_P(Auftraege, OneThatKillsTheProgramEachTimeIsGivenUp) {
  const auto uuid = ask({.art = "probe"});
  kind("probe", [](Lauf&) -> Ergebnis { return {}; });
  world.database.write(town.mandant, [&](sql::WriteTx& tx) {
    tx.exec(
        "UPDATE auftrag SET status = 'laeuft', versuch = 3, pacht = 'tot', pacht_bis = :bis WHERE mandant = :mandant",
        world.clock.now().plusSeconds(-1), town.mandant);
  });
  werk.leeren();
  EXPECT_EQ(row(uuid).status, Status::gescheitert);
}

TEST_P(Auftraege, RecurringOnesComeAtTheirTimeAndOnlyOnceAtATime) {
  int runs = 0;
  kind("takt", [&](Lauf&) -> Ergebnis { return ++runs, Ergebnis{}; });
  world.database.write(town.mandant, [&](sql::WriteTx& tx) {
    jobs::plane(tx, town.mandant, "p", "takt", "{}", 60, world.clock.now().plusSeconds(60));
  });
  EXPECT_EQ(werk.leeren(), 0U);
  world.clock.moveSeconds(61);
  EXPECT_EQ(werk.leeren(), 1U);
  world.clock.moveSeconds(600);  // what was missed is made up for once
  EXPECT_EQ(werk.leeren(), 1U);
  world.clock.moveSeconds(59);
  EXPECT_EQ(werk.leeren(), 1U);
  world.database.write(town.mandant, [&](sql::WriteTx& tx) { jobs::planeAb(tx, town.mandant, "p"); });
  world.clock.moveSeconds(600);
  EXPECT_EQ(werk.leeren(), 0U);
  EXPECT_EQ(runs, 3);
}

TEST_P(Auftraege, EveryTenantHasItsOwnAndKindsOfANewerProgramAreLeftAlone) {
  Town other(world, "zweite");
  std::map<std::int64_t, int> runs;
  kind("takt", [&](Lauf& lauf) -> Ergebnis { return ++runs[lauf.mandant()], Ergebnis{}; });
  werk.mandanten([&] { return std::vector{town.mandant, other.mandant}; });
  werk.fuerJedenMandanten("t", "takt", 60);
  werk.planen();
  ask({.art = "unbekannt"});
  ask({.art = "takt", .fassung = 2});
  EXPECT_EQ(werk.leeren(), 2U);
  world.clock.moveSeconds(61);
  EXPECT_EQ(werk.leeren(), 2U);
  EXPECT_EQ(runs[town.mandant], 2);
  EXPECT_EQ(runs[other.mandant], 2);
  EXPECT_EQ(world.read(town.mandant,
                       [&](const sql::ReadTx& tx) {
                         return jobs::liste(tx, town.mandant, {.status = Status::wartet}).size();
                       }),
            2U);
  const auto ours = ask({.art = "takt"});
  EXPECT_FALSE(world.read(other.mandant,
                          [&](const sql::ReadTx& tx) { return jobs::finde(tx, other.mandant, ours).has_value(); }));
}

TEST_P(Auftraege, EndedOnesAreRemovedAfterTheirTime) {
  kind("gut", [](Lauf&) -> Ergebnis { return {}; });
  kind("schlecht", [](Lauf&) -> Ergebnis { return jobs::nie("x"); });
  ask({.art = "gut"});
  ask({.art = "schlecht"});
  ask({.art = "gut", .ab = world.clock.now().plusSeconds(10'000)});
  werk.leeren();
  world.clock.moveSeconds(100);
  const auto left = [&](std::int64_t done, std::int64_t failed) {
    return world.database.write(town.mandant, [&](sql::WriteTx& tx) {
      jobs::raeumeAuf(tx, town.mandant, world.clock.now().plusSeconds(-done), world.clock.now().plusSeconds(-failed));
      return count(tx);
    });
  };
  EXPECT_EQ(left(200, 200), 3U);
  EXPECT_EQ(left(50, 200), 2U);
  EXPECT_EQ(left(50, 50), 1U);
}

ON_BOTH_ENGINES(Auftraege);

}  // namespace
}  // namespace engines
