// Seats and waiting lists on both engines: never more than there are, whoever comes and goes; mail when it moves.
#include <fmt/format.h>
#include <rapidcheck.h>

#include <thread>

#include "netz/termin.h"
#include "netz/wirkung.h"
#include "support/property.h"
#include "support/world.h"

namespace engines {
namespace {

using netz::Anmeldestatus;
using netz::TerminZeile;

class Netztermine : public OnBothEngines {
 protected:
  Netztermine() : world(GetParam()), town(world), werk(world.database, world.clock) {
    werk.art(netz::erinnerungArt(world.database, world.clock));
  }

  TerminZeile event(std::optional<std::int64_t> seats, const std::string& day = "2026-12-18") {
    netz::TerminNeu input;
    input.titel = {"Probe"};
    input.tag = base::Datum::parse(day).value();
    input.von = {"09:30"};
    input.bis = {"10:30"};
    input.ort = base::Line<300>{"Rathaus"};
    input.plaetze = seats;
    input.sichtbarkeit = netz::Sichtbarkeit::netze;
    const auto wer = mandant::systemBerechtigung(town.mandant);
    const auto made = must(world.change(town.mandant, 0, [&](Change& c) { return netz::createTermin(c, wer, input); }));
    return must(world.change(town.mandant, 0,
                             [&](Change& c) { return netz::wechsle(c, wer, made, netz::Terminstatus::offen); }));
  }
  static netz::Teilnehmer guest(int number) {
    auto text = fmt::format("00000000-0000-7000-8000-{:012}", number);
    return {Uuid::parse(text).value(), fmt::format("Gast {}", number), fmt::format("gast{}@probe.example", number),
            "Stadt Probe"};
  }
  base::Result<TerminZeile> in(const TerminZeile& row, int number) {
    return world.change(town.mandant, 0, [&](Change& c) { return netz::meldeAn(c, row.uuid, guest(number)); });
  }
  base::Result<TerminZeile> out(const TerminZeile& row, int number) {
    return world.change(town.mandant, 0, [&](Change& c) { return netz::meldeAb(c, row.uuid, guest(number).person); });
  }
  std::vector<netz::AnmeldungZeile> list(const TerminZeile& row) {
    return world.read(town.mandant, [&](const sql::ReadTx& tx) { return netz::anmeldungenOf(tx, row); });
  }
  std::int64_t mails(const std::string& about) {
    return world.read(town.mandant, [&](const sql::ReadTx& tx) {
      return tx
          .value<std::int64_t>(
              "SELECT COUNT(*) FROM auftrag WHERE mandant = :mandant AND art = 'mail' AND nutzlast LIKE '%' || :about "
              "|| '%'",
              town.mandant, about)
          .value();
    });
  }

  World world;
  Town town;
  jobs::Werk werk;
};

TEST_P(Netztermine, ManyAtOnceNeverGetMoreThanTheSeats) {
  const auto row = event(5);
  std::vector<std::thread> people;
  for (int i = 0; i < 50; ++i) people.emplace_back([&, i] { must(in(row, i)); });
  for (auto& one : people) one.join();
  const auto all = list(row);
  EXPECT_EQ(all.size(), 50U);
  EXPECT_EQ(std::ranges::count(all, Anmeldestatus::angemeldet, &netz::AnmeldungZeile::status), 5);
  EXPECT_EQ(mails("Auf der Warteliste"), 45);
}

TEST_P(Netztermine, MoveUpInOrderWhateverHappens) {
  forAll(6, 20, [&] {
    const auto seats = *rc::gen::inRange<std::int64_t>(1, 4);
    const auto row = event(seats);
    std::vector<int> order;
    for (const auto who : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 8))) {
      const auto there = std::ranges::find(order, who);
      if (there == order.end()) {
        must(in(row, who));
        order.push_back(who);
      } else {
        must(out(row, who));
        order.erase(there);
      }
      const auto all = list(row);
      RC_ASSERT(all.size() == order.size());
      for (std::size_t i = 0; i < all.size(); ++i) {
        RC_ASSERT(all[i].person == guest(order[i]).person.text());
        RC_ASSERT((all[i].status == Anmeldestatus::angemeldet) == (i < static_cast<std::size_t>(seats)));
      }
    }
  });
}

TEST_P(Netztermine, WhoWithdrawsIsGoneFromTheJournalToo) {
  const auto row = event(2);
  must(in(row, 1));
  must(out(row, 1));
  const auto kept = world.read(town.mandant, [&](const sql::ReadTx& tx) {
    return tx
        .value<std::int64_t>("SELECT COUNT(*) FROM journal WHERE mandant = :mandant AND aenderungen LIKE '%Gast 1%'",
                             town.mandant)
        .value();
  });
  EXPECT_EQ(kept, 0);
}

TEST_P(Netztermine, RemindADayBeforeAndNotOfWhatMoved) {
  world.clock.setDay(base::Datum::of(2026, 12, 1));
  const auto row = event(1);
  must(in(row, 1));
  must(in(row, 2));
  werk.leeren();
  EXPECT_EQ(mails("Morgen:"), 0);
  world.clock.moveSeconds((row.beginn.micros - world.clock.now().micros) / 1'000'000 - 24 * 3600 + 60);
  werk.leeren();
  EXPECT_EQ(mails("Morgen:"), 1) << "who waits is not reminded";
  werk.leeren();
  EXPECT_EQ(mails("Morgen:"), 1);
  // Who moves up within the last day is told that he has a seat.
  must(out(row, 1));
  EXPECT_EQ(mails("Sie sind dabei"), 1);
}

ON_BOTH_ENGINES(Netztermine);

class Netzwirkung : public OnBothEngines {
 protected:
  Netzwirkung() : world(GetParam()) {}

  /// What a town hangs out: 12 cases of 20 days before, some of 9 days in one quarter after.
  void say(std::int64_t town, const std::string& kreis, std::int64_t cases, const std::string& baustein = "a") {
    world.database.write(0, [&](sql::WriteTx& tx) {
      netz::Aushang row;
      row.uuid = netz::uuidAus(fmt::format("wirkung {} {}", town, baustein));
      row.eigner = town;
      row.art = netz::Aushangart::wirkung;
      row.sichtbarkeit = netz::Sichtbarkeit::coaching;
      row.titel = baustein;
      row.inhalt =
          fmt::format(R"({{"faelleVorher":12,"tageVorher":240,"faelleNachher":{0},"tageNachher":{1},"kreis":"{2}",)"
                      R"("quartale":[{{"quartal":"2026-Q3","faelle":{0},"tage":{1}}}]}})",
                      cases, 9 * cases, kreis);
      netz::haenge(tx, row);
    });
  }
  netz::Wirkungsbild bild() {
    return world.read(0, [&](const sql::ReadTx& tx) { return netz::wirkungsbildOf(tx); });
  }

  World world;
};

TEST_P(Netzwirkung, IsToldByQuarterAndDistrictOfThreeTownsAndNoFewer) {
  say(1, "14521", 8);
  say(2, "14521", 8);
  say(3, "14625", 8);
  say(4, "14521", 4);
  auto now = bild();
  ASSERT_EQ(now.quartale.size(), 1U);
  EXPECT_EQ(now.quartale.at("2026-Q3").kommunen, 3);
  EXPECT_EQ(now.quartale.at("2026-Q3").tageVorher, 20);
  EXPECT_EQ(now.quartale.at("2026-Q3").tageNachher, 9);
  EXPECT_TRUE(now.kreise.empty()) << "two towns with enough cases are too few in a district";
  // A town counts once, with all that it adopted.
  say(4, "14521", 4, "b");
  now = bild();
  EXPECT_EQ(now.quartale.at("2026-Q3").kommunen, 4);
  EXPECT_EQ(now.kreise.size(), 1U);
  EXPECT_EQ(now.kreise.at("14521").kommunen, 3);
  EXPECT_EQ(now.kreise.at("14521").faelleNachher, 20);  // of 24
}

ON_BOTH_ENGINES(Netzwirkung);

}  // namespace
}  // namespace engines
