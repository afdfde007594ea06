// Invariant I8: while a Löschsperre stands on an Akte, nothing in it goes, whatever is tried in whatever order.
#include "akte/schutz.h"

#include "akte/aufbewahrung.h"
#include "support/property.h"
#include "support/world.h"

namespace engines {
namespace {

using akte::LoeschsperreZeile;
using akte::Registratur;
using akte::Status;
using akte::Uebergang;
using base::Datum;

class Schutz : public OnBothEngines {
 protected:
  void SetUp() override {
    must(world_.change(town_.mandant, 0, [&](Change& c) {
      akte::MandantAendern input;
      input.loeschfrist = {true, 0};
      return world_.schriftgut.changeMandant(c, mandant::allRows<mandant::MandantZeile>(c.tx(), town_.mandant).at(0),
                                             input);
    }));
    must(world_.change(town_.mandant, 0, [&](Change& c) {
      return mandant::changeStelle(
          c, mandant::rowById<StelleZeile>(c.tx(), town_.mandant, town_.sachbearbeitung.id).value(),
          {{}, {}, {}, std::vector{Rolle::SB, Rolle::LP}});
    }));
  }
  template <class Row>
  std::optional<Row> find(const Row& row) {
    return world_.read(town_.mandant,
                       [&](const sql::ReadTx& tx) { return mandant::rowById<Row>(tx, town_.mandant, row.id); });
  }
  LoeschsperreZeile hold(const AkteZeile& akte) {
    const auto mit = town_.see(town_.anna, akte);
    return must(town_.as(
        town_.anna, [&](Change& c, const Berechtigung& w) { return akte::setzeLoeschsperre(c, w, mit, {{"Klage"}}); }));
  }
  void lift(const LoeschsperreZeile& sperre) {
    must(town_.as(town_.anna,
                  [&](Change& c, const Berechtigung& w) { return akte::hebeLoeschsperreAuf(c, w, sperre); }));
  }
  /// Tries a transition; what is refused is no matter.
  template <class Row>
  void go(const PersonZeile& by, const Row& wanted, Uebergang uebergang) {
    const auto row = find(wanted);
    if (!row) return;
    const auto mit = town_.see(by, *row);
    (void)town_.as(by, [&](Change& c, const Berechtigung& w) -> base::Result<void> {
      if (uebergang == Uebergang::loeschungBestaetigen) {
        if (row->status != Status::loeschungBeantragt) return base::fail(Code::Konflikt);
        AKTENLOTSE_TRY(world_.schriftgut.loesche(c, w, akte::lageOf(mit), mit.gegenstand));
      } else {
        AKTENLOTSE_TRY(world_.schriftgut.wechsle(c, w, mit, uebergang, {{{"Probe"}}}));
      }
      return {};
    });
  }

  World world_{GetParam()};
  Town town_{world_};
  AktenplaneinheitZeile blatt_ = town_.entry("632");
};
ON_BOTH_ENGINES(Schutz);

TEST_P(Schutz, I8NothingGoesWhileAHoldStands) {
  forAll(8, 20, [&] {
    const auto akte = town_.akte(town_.bernd, blatt_);
    const auto other = town_.akte(town_.bernd, blatt_);
    const auto vorgang = town_.vorgang(town_.bernd, akte);
    const auto dokument = town_.dokument(town_.bernd, vorgang, "a.txt", "Text");
    std::vector<LoeschsperreZeile> open;
    bool moved = false;
    for (const auto what : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 16))) {
      const auto before = std::tuple(find(akte), find(vorgang), find(dokument));
      const bool held = !open.empty();
      switch (what) {
        case 0:
          if (find(akte) && open.size() < 3) open.push_back(hold(akte));
          break;
        case 1:
          if (!open.empty()) {
            lift(open.back());
            open.pop_back();
          }
          break;
        case 2:
          go(town_.anna, akte, Uebergang::loeschmarkierung);
          break;
        case 3:
          go(town_.anna, vorgang, Uebergang::loeschmarkierung);
          break;
        case 4:
          go(town_.anna, dokument, Uebergang::loeschmarkierung);
          break;
        case 5:
          go(town_.bernd, akte, Uebergang::loeschungBestaetigen);
          break;
        case 6:
          go(town_.bernd, vorgang, Uebergang::loeschungBestaetigen);
          break;
        case 7:
          go(town_.bernd, dokument, Uebergang::loeschungBestaetigen);
          break;
        case 8:
          go(town_.bernd, vorgang, Uebergang::weglegen);
          break;
        case 9:
          go(town_.bernd, dokument, Uebergang::weglegen);
          break;
        case 10:
          go(town_.bernd, vorgang, Uebergang::zda);
          break;
        case 11:
          world_.clock.moveSeconds(12LL * 366 * 86'400);
          akte::beendeAufbewahrung(world_.schriftgut, town_.mandant, 50);
          break;
        case 12:
        case 13:
          if (const auto row = find(vorgang); row && find(akte)) {
            const auto mit = town_.see(town_.anna, *row);
            const auto& ziel = row->akte == akte.id ? other : akte;
            const auto done = town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
              return Registratur(world_.schriftgut).umschreiben(c, w, mit, {ziel.uuid});
            });
            moved = done ? !moved : moved;
          }
          break;
        case 14:
          go(town_.anna, vorgang, Uebergang::loeschmarkierungZurueckziehen);
          break;
        default:
          go(town_.anna, vorgang, Uebergang::weglegenAufheben);
      }
      if (!held) continue;
      const auto& [a, v, d] = before;
      RC_ASSERT(!a || find(akte));
      if (!v || v->akte != akte.id) continue;
      const auto nowV = find(vorgang);
      RC_ASSERT(nowV.has_value());
      RC_ASSERT(nowV->akte == akte.id);
      RC_ASSERT(nowV->status == v->status ||
                (nowV->status != Status::weggelegt && nowV->status != Status::aussonderungsreif &&
                 nowV->status != Status::loeschungBeantragt));
      RC_ASSERT(!d || find(dokument));
      if (d) {
        const auto status = find(dokument)->status;
        RC_ASSERT(status == d->status || (status != Status::weggelegt && status != Status::loeschungBeantragt));
      }
    }
  });
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Schutz, whatIsComputedDownwardFollowsEachMove) {
  const auto geheim = town_.akte(town_.anna, blatt_), offen = town_.akte(town_.anna, blatt_);
  const auto vorgang = town_.vorgang(town_.anna, offen);
  const auto dokument = town_.dokument(town_.anna, vorgang, "a.txt", "Text");
  const auto mit = town_.see(town_.anna, geheim);
  must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
    return akte::setzeGeheimhaltung(c, w, mit, {akte::Geheimhaltung::vertraulich});
  }));
  const auto grade = [&] { return akte::geheimhaltungOf(town_.see(town_.anna, town_.now(dokument))); };
  EXPECT_EQ(grade(), akte::Geheimhaltung::offen);
  const auto move = [&](const AkteZeile& ziel) {
    const auto now = town_.see(town_.anna, town_.now(vorgang));
    must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
      return Registratur(world_.schriftgut).umschreiben(c, w, now, {ziel.uuid});
    }));
  };
  move(geheim);
  EXPECT_EQ(grade(), akte::Geheimhaltung::vertraulich);
  move(offen);
  EXPECT_EQ(grade(), akte::Geheimhaltung::offen);
}

TEST_P(Schutz, looksAreNotedOnceADayAndForgottenInTime) {
  const auto geheim = town_.akte(town_.anna, blatt_);
  const auto mit = town_.see(town_.anna, geheim);
  must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
    return akte::setzeGeheimhaltung(c, w, mit, {akte::Geheimhaltung::nfd});
  }));
  const auto look = [&](const PersonZeile& by) {
    akte::Einsicht einsicht(world_.journal);
    const auto seen = town_.see(by, town_.now(geheim));
    const auto wer = town_.wer(by);
    world_.read(town_.mandant, [&](const sql::ReadTx& tx) { einsicht.merke(tx, wer, seen); });
    einsicht.halteFest();
    einsicht.halteFest();
  };
  const auto count = [&] {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return tx.value<std::int64_t>("SELECT COUNT(*) FROM einsicht WHERE mandant = :m", town_.mandant).value();
    });
  };
  world_.clock.setDay(Datum::of(2026, 12, 31));
  look(town_.bernd);
  look(town_.bernd);
  look(town_.anna);
  EXPECT_EQ(count(), 2);
  world_.clock.setDay(Datum::of(2027, 1, 1));
  look(town_.bernd);
  EXPECT_EQ(count(), 3);
  const auto forget = [&](const Datum& day) {
    world_.database.write(town_.mandant, [&](sql::WriteTx& tx) { akte::vergissEinsichten(tx, town_.mandant, day); });
  };
  forget(Datum::of(2027, 12, 31));
  EXPECT_EQ(count(), 3);
  forget(Datum::of(2028, 1, 1));
  EXPECT_EQ(count(), 1);
  EXPECT_EQ(world_.check(), Findings());
}

}  // namespace
}  // namespace engines
