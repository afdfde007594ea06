#include "geschaeftsgang/laufweg.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace geschaeftsgang {
namespace {

using enum Schrittstatus;
using A = Schrittart;
constexpr Adressat author{TraegerArt::person, 99, {}};

SchrittZeile step(std::int64_t stufe, A art, Adressat an, Quorum quorum = Quorum::alle) {
  SchrittZeile out;
  out.stufe = stufe;
  out.art = art;
  out.quorum = quorum;
  setAdressat(out, an);
  return out;
}
Adressat person(std::int64_t id) { return {TraegerArt::person, id, {}}; }
Akt by(std::int64_t id, std::optional<std::string> vermerk = {}) { return {id, 0, {1}, std::move(vermerk)}; }

std::string states(const Schritte& schritte) {
  std::string out;
  for (const auto& s : schritte) out += "zaeu"[static_cast<int>(s.status)];
  return out;
}

TEST(Laufweg, runsStageByStage) {
  Schritte s{step(1, A::mitzeichnung, person(1)), step(1, A::mitzeichnung, person(2)),
             step(2, A::schlusszeichnung, person(3)), step(3, A::zda, person(4))};
  starte(s, {1});
  EXPECT_EQ(states(s), "aazz");
  EXPECT_TRUE(erledige(s, 0, by(1)));
  EXPECT_EQ(states(s), "eazz");
  EXPECT_EQ(erledige(s, 0, by(1)).error().code, base::Code::Konflikt);  // not twice
  EXPECT_EQ(erledige(s, 2, by(3)).error().code, base::Code::Konflikt);  // not yet
  EXPECT_TRUE(erledige(s, 1, by(2)));
  EXPECT_EQ(states(s), "eeaz");
  EXPECT_TRUE(erledige(s, 2, by(3)));
  EXPECT_TRUE(erledige(s, 3, by(4)));
  EXPECT_EQ(states(s), "eeee");
  EXPECT_FALSE(laeuft(s));
}

TEST(Laufweg, goesOnWhenEnoughAreDone) {
  Schritte one{step(1, A::mitzeichnung, person(1), Quorum::einer), step(1, A::mitzeichnung, person(2), Quorum::einer),
               step(2, A::zda, person(3))};
  starte(one, {1});
  ASSERT_TRUE(erledige(one, 1, by(2)));
  EXPECT_EQ(states(one), "uea");
  EXPECT_TRUE(fehlendeMitzeichnungen(one, {}).empty());
  Schritte most{step(1, A::pruefung, person(1), Quorum::mehrheit), step(1, A::pruefung, person(2), Quorum::mehrheit),
                step(1, A::pruefung, person(3), Quorum::mehrheit)};
  starte(most, {1});
  ASSERT_TRUE(erledige(most, 0, by(1)));
  EXPECT_EQ(states(most), "eaa");
  ASSERT_TRUE(erledige(most, 2, by(3)));
  EXPECT_EQ(states(most), "eue");
}

TEST(Laufweg, isNotKeptByKenntnis) {
  Schritte s{step(1, A::kenntnis, person(1)), step(2, A::bearbeitung, person(2)), step(3, A::zda, person(2))};
  starte(s, {1});
  EXPECT_EQ(states(s), "aaz");
  EXPECT_FALSE(hemmtZda(s[0]));
  EXPECT_TRUE(hemmtZda(s[1]));
  EXPECT_FALSE(hemmtZda(s[2]));
}

TEST(Laufweg, comesBackToTheAuthorAndIsAskedAgain) {
  Schritte s{step(1, A::mitzeichnung, person(1)), step(1, A::mitzeichnung, person(2)),
             step(2, A::schlusszeichnung, person(3))};
  starte(s, {1});
  EXPECT_EQ(gibZurueck(s, 0, by(1), author).error().code, base::Code::EingabeUngueltig);  // without a reason
  ASSERT_TRUE(gibZurueck(s, 0, by(1, "Rechtsgrundlage fehlt"), author));
  EXPECT_EQ(states(s), "euazzz");
  EXPECT_EQ(adressatOf(s[2]), author);
  EXPECT_EQ(s[2].text, "Rechtsgrundlage fehlt");
  ASSERT_TRUE(erledige(s, 2, by(99)));
  EXPECT_EQ(states(s), "eueaaz");
  EXPECT_EQ(fehlendeMitzeichnungen(s, {}).size(), 2U);
  ASSERT_TRUE(erledige(s, 3, by(1)));
  ASSERT_TRUE(erledige(s, 4, by(2)));
  EXPECT_TRUE(fehlendeMitzeichnungen(s, {}).empty());
  EXPECT_EQ(states(s), "eueeea");
}

TEST(Laufweg, isDelegatedTakenInsertedRecalled) {
  Schritte s{step(1, A::stellungnahme, {TraegerArt::organisationseinheit, 7, {}}), step(2, A::zda, person(1))};
  starte(s, {1});
  ASSERT_TRUE(uebernimm(s, 0, by(5)));
  EXPECT_EQ(uebernimm(s, 0, by(6)).error().code, base::Code::Vergeben);
  ASSERT_TRUE(delegiere(s, 0, by(5, "Urlaub"), person(6)));
  EXPECT_EQ(states(s), "uaz");
  EXPECT_EQ(delegiere(s, 1, by(6), person(6)).error().code, base::Code::EingabeUngueltig);
  ASSERT_TRUE(fuegeEin(s, 1, {step(1, A::pruefung, person(8)), step(2, A::mitzeichnung, person(9))}, {1}));
  EXPECT_EQ(states(s), "uazzz");
  EXPECT_EQ(s[2].nr, 3);
  ASSERT_TRUE(erledige(s, 1, by(6)));
  EXPECT_EQ(fuegeEin(s, 1, {step(1, A::pruefung, person(8))}, {1}).error().code, base::Code::Konflikt);
  ASSERT_TRUE(ueberspringe(s, 3, by(1, "nicht nötig")));
  EXPECT_EQ(states(s), "ueauz");
  holeZurueck(s, by(1, "Irrtum"));
  EXPECT_EQ(states(s), "ueuuu");
}

TEST(Laufweg, countsMarksOnTheVersionThatIsSigned) {
  auto mz = step(1, A::mitzeichnung, person(1));
  mz.id = 41;
  mz.dokument = 5;
  Schritte s{mz, step(2, A::schlusszeichnung, person(2))};
  starte(s, {1});
  EXPECT_EQ(fehlendeMitzeichnungen(s, {}).size(), 1U);
  ASSERT_TRUE(erledige(s, 0, by(1)));
  EXPECT_EQ(fehlendeMitzeichnungen(s, {}).size(), 1U);  // no mark on this version
  const std::vector<std::int64_t> marked{41};
  EXPECT_TRUE(fehlendeMitzeichnungen(s, marked).empty());
}

// ---- random slips and random people

struct Town {
  std::vector<Person> people;
};
Town anyTown() {
  Town out;
  for (std::int64_t id = 1; id <= 6; ++id) {
    Person p;
    p.id = id;
    p.stellen = {*rc::gen::inRange<std::int64_t>(10, 14)};
    p.einheiten = {*rc::gen::inRange<std::int64_t>(20, 23)};
    if (*rc::gen::arbitrary<bool>()) p.rollen.push_back(Rolle::LT);
    out.people.push_back(p);
  }
  return out;
}
Adressat anyone() {
  switch (*rc::gen::inRange(0, 4)) {
    case 0:
      return person(*rc::gen::inRange(1, 7));
    case 1:
      return {TraegerArt::stelle, *rc::gen::inRange(10, 14), {}};
    case 2:
      return {TraegerArt::organisationseinheit, *rc::gen::inRange(20, 23), {}};
    default:
      return {TraegerArt::rolle, 0, Rolle::LT};
  }
}
Schritte anySlip(int mostStages) {
  Schritte out;
  std::int64_t key = *rc::gen::inRange(1000, 100000) * 100;
  const int stages = *rc::gen::inRange(1, mostStages + 1);
  for (int stage = 1; stage <= stages; ++stage) {
    const auto quorum = *rc::gen::element(Quorum::alle, Quorum::einer, Quorum::mehrheit);
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      out.push_back(step(stage, static_cast<A>(*rc::gen::inRange(0, 10)), anyone(), quorum));
      out.back().id = ++key;  // follows the step through the run
    }
  }
  return out;
}

bool over(const SchrittZeile& s) { return s.status == erledigt || s.status == uebersprungen; }

/// What must hold of a slip at every moment.
void checkSlip(const Schritte& s) {
  bool later = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    RC_ASSERT(s[i].nr == static_cast<std::int64_t>(i) + 1);
    if (i > 0) RC_ASSERT(s[i - 1].stufe <= s[i].stufe);
    if (s[i].status != uebersprungen) RC_ASSERT((s[i].status == zukuenftig) == !s[i].aktuellSeit.has_value());
    RC_ASSERT(over(s[i]) == s[i].erledigtAm.has_value());
    RC_ASSERT(over(s[i]) == s[i].ergebnis.has_value());
    if (s[i].status == erledigt) RC_ASSERT(s[i].bearbeiter.has_value());
    later = later || s[i].status == zukuenftig;
  }
  // Somebody has it, or it is over: what is to come waits for somebody who can act.
  const bool somebody = std::ranges::any_of(s, [](const auto& x) { return x.status == aktuell; });
  RC_ASSERT(somebody == laeuft(s));
  if (later) {
    RC_ASSERT(std::ranges::any_of(s, [](const auto& x) { return x.status == aktuell && x.art != A::kenntnis; }));
  }
  // Stages that block run one at a time.
  std::optional<std::int64_t> stage;
  for (const auto& x : s)
    if (x.status == aktuell && x.art != A::kenntnis) {
      if (stage) RC_ASSERT(*stage == x.stufe);
      stage = x.stufe;
    }
}

RC_GTEST_PROP(Laufweg, losesNoStepAndDoesNoneTwice, ()) {
  const auto town = anyTown();
  auto s = anySlip(5);
  std::map<std::int64_t, SchrittZeile> known;
  starte(s, {1});
  checkSlip(s);
  for (const auto& x : s) known[x.id] = x;
  std::int64_t fresh = 1'000'000'000;
  for (int turn = 0; turn < 30 && laeuft(s); ++turn) {
    const auto i = *rc::gen::inRange<std::size_t>(0, s.size());
    const auto& who = town.people[*rc::gen::inRange<std::size_t>(0, town.people.size())];
    const auto& other = town.people[*rc::gen::inRange<std::size_t>(0, town.people.size())];
    const bool deputy = *rc::gen::arbitrary<bool>();
    const auto fuer = fuerWen(s[i], who, deputy ? std::span(&other, 1) : std::span<const Person>{});
    // Nobody acts who is not meant, nor stands in for one who is.
    const auto mine = istGemeint(adressatOf(s[i]), who), theirs = deputy && istGemeint(adressatOf(s[i]), other);
    if (!s[i].bearbeiter || s[i].status != aktuell) {
      const bool may = mine || theirs;
      RC_ASSERT(fuer.has_value() == may);
    }
    if (!fuer) continue;
    if (*fuer != 0) RC_ASSERT(*fuer == other.id);
    const Akt akt{who.id, *fuer, {turn + 2}, "Grund"};
    const auto before = s;
    base::Result<void> done;
    const int kind = *rc::gen::inRange(0, 8);
    if (kind <= 3)
      done = erledige(s, i, akt);
    else if (kind == 4)
      done = ueberspringe(s, i, akt);
    else if (kind == 5)
      done = gibZurueck(s, i, akt, author);
    else if (kind == 6)
      done = delegiere(s, i, akt, anyone());
    else
      done = fuegeEin(s, i, anySlip(2), akt.zeit);
    if (!done) {
      RC_ASSERT(before == s);  // a refusal changes nothing
      continue;
    }
    checkSlip(s);
    std::map<std::int64_t, int> seen;
    for (auto& x : s) {
      if (x.id == 0 || !known.contains(x.id)) x.id = ++fresh;
      ++seen[x.id];
      if (const auto was = known.find(x.id); was != known.end() && over(was->second)) {
        auto same = x;
        same.nr = was->second.nr;  // what was skipped ahead may move back
        same.stufe = was->second.stufe;
        RC_ASSERT(same == was->second);
        if (x.status == erledigt) RC_ASSERT(x.nr == was->second.nr);
      }
    }
    for (const auto& [id, x] : known) RC_ASSERT(seen[id] == 1);
    // A deputy's act names both.
    const auto& acted = *std::ranges::find(s, before[i].id, &SchrittZeile::id);
    if (kind <= 6 && *fuer != 0) {
      RC_ASSERT(acted.bearbeiter == who.id);
      RC_ASSERT(acted.vertretene == other.id);
    }
    known.clear();
    for (const auto& x : s) known[x.id] = x;
  }
}

RC_GTEST_PROP(Laufweg, endsWhenEverybodyDoesHisPart, ()) {
  auto s = anySlip(6);
  starte(s, {1});
  for (std::size_t turns = 0; laeuft(s); ++turns) {
    RC_ASSERT(turns <= s.size());
    const auto next = std::ranges::find(s, aktuell, &SchrittZeile::status);
    RC_ASSERT(next != s.end());
    RC_ASSERT(erledige(s, static_cast<std::size_t>(next - s.begin()), by(1)).has_value());
  }
}

}  // namespace
}  // namespace geschaeftsgang
