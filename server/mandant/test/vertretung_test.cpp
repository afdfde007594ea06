#include "mandant/vertretung.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace mandant {
namespace {

base::Datum day(int day) { return base::Datum::of(2026, 12, day); }
VertretungZeile row(std::int64_t person, std::int64_t vertreter, int von = 1, std::optional<int> bis = {},
                    Bereich bereich = {}) {
  VertretungZeile out;
  out.person = person;
  out.vertreter = vertreter;
  out.von = day(von);
  if (bis) out.bis = day(*bis);
  out.organisationseinheit = bereich.organisationseinheit;
  out.aufgabe = bereich.aufgabe;
  return out;
}
using Rows = std::vector<VertretungZeile>;
std::vector<std::int64_t> ring(const Rows& rows, const VertretungZeile& neu) { return ringMit(rows, neu); }

TEST(Vertretung, holdsFromItsFirstToItsLastDay) {
  const Rows rows{row(1, 2, 5, 10)};
  EXPECT_TRUE(vertreteneOf(rows, 2, day(4)).empty());
  EXPECT_EQ(vertreteneOf(rows, 2, day(5)), (std::vector<Vertretener>{{1, {}}}));
  EXPECT_EQ(vertreteneOf(rows, 2, day(10)).size(), 1U);
  EXPECT_TRUE(vertreteneOf(rows, 2, day(11)).empty());
  EXPECT_TRUE(vertreteneOf(rows, 1, day(5)).empty());
}

TEST(Vertretung, goesOnOverSeveralLevelsAsFarAsAllReach) {
  const Rows rows{row(1, 2, 1, {}, {7, {}}), row(2, 3, 1, {}, {{}, Aufgabe::zeichnung}), row(3, 4, 1, {}, {8, {}})};
  EXPECT_EQ(vertreteneOf(rows, 3, day(1)),
            (std::vector<Vertretener>{{1, {7, Aufgabe::zeichnung}}, {2, {{}, Aufgabe::zeichnung}}}));
  // Units 7 and 8 exclude each other.
  EXPECT_EQ(vertreteneOf(rows, 4, day(1)), (std::vector<Vertretener>{{2, {8, Aufgabe::zeichnung}}, {3, {8, {}}}}));
}

TEST(Vertretung, isNamedForOneUnitOrKindOfWork) {
  const Bereich both{7, Aufgabe::zeichnung};
  EXPECT_TRUE(both.umfasst(7, Aufgabe::zeichnung));
  EXPECT_FALSE(both.umfasst(8, Aufgabe::zeichnung));
  EXPECT_FALSE(both.umfasst(7, Aufgabe::kenntnis));
  EXPECT_TRUE(Bereich{}.umfasst(8, Aufgabe::kenntnis));
  EXPECT_EQ(schnitt({7, {}}, {{}, Aufgabe::kenntnis}), (Bereich{7, Aufgabe::kenntnis}));
  EXPECT_EQ(schnitt({7, {}}, {8, {}}), std::nullopt);
}

TEST(Vertretung, aRingIsFoundOnlyWhereTimeAndPartsMeet) {
  EXPECT_EQ(ring({row(1, 2)}, row(2, 1)), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(ring({row(1, 2), row(2, 3)}, row(3, 1)), (std::vector<std::int64_t>{3, 1, 2}));
  EXPECT_TRUE(ring({row(1, 2, 1, 5)}, row(2, 1, 6)).empty());
  EXPECT_TRUE(ring({row(1, 2, 1, {}, {7, {}})}, row(2, 1, 1, {}, {8, {}})).empty());
  // Two by two they meet, all three never.
  EXPECT_TRUE(ring({row(1, 2, 1, 4), row(2, 3, 4, 8)}, row(3, 1, 5, 9)).empty());
}

RC_GTEST_PROP(Vertretung, isNeverInARing, ()) {
  const auto part = [] {
    Bereich out;
    if (*rc::gen::inRange(0, 3) == 0) out.organisationseinheit = *rc::gen::inRange<std::int64_t>(1, 4);
    if (*rc::gen::inRange(0, 3) == 0) out.aufgabe = *rc::gen::element(Aufgabe::zeichnung, Aufgabe::kenntnis);
    return out;
  };
  Rows kept;
  for (int i = 0; i < 25; ++i) {
    const auto von = *rc::gen::inRange(1, 20);
    auto neu =
        row(*rc::gen::inRange<std::int64_t>(1, 7), *rc::gen::inRange<std::int64_t>(1, 7), von,
            *rc::gen::inRange(0, 3) == 0 ? std::optional<int>() : std::optional(von + *rc::gen::inRange(0, 8)), part());
    if (neu.person != neu.vertreter && ringMit(kept, neu).empty()) kept.push_back(neu);
  }
  for (int tag = 1; tag <= 30; ++tag)
    for (const std::int64_t aufgabe : {0, 2})
      for (std::int64_t unit = 1; unit <= 3; ++unit) {
        // For one kind of work in one unit on one day: following those who stand in, nobody comes twice.
        const auto what = static_cast<Aufgabe>(aufgabe);
        for (std::int64_t start = 1; start < 7; ++start) {
          std::set<std::int64_t> way;
          const std::function<void(std::int64_t)> follow = [&](std::int64_t at) {
            RC_ASSERT(way.insert(at).second);
            for (const auto& r : kept)
              if (r.person == at && r.von <= day(tag) && (!r.bis || *r.bis >= day(tag)) &&
                  bereichOf(r).umfasst(unit, what))
                follow(r.vertreter);
            way.erase(at);
          };
          follow(start);
        }
      }
}

RC_GTEST_PROP(Vertretung, reachesExactlyThoseWhoAreConnected, ()) {
  Rows rows;
  for (int i = 0, n = *rc::gen::inRange(0, 15); i < n; ++i)
    rows.push_back(row(*rc::gen::inRange<std::int64_t>(1, 8), *rc::gen::inRange<std::int64_t>(1, 8)));
  const std::int64_t me = *rc::gen::inRange<std::int64_t>(1, 8);
  // Whoever is reached by following the rows backwards, by brute force.
  std::set<std::int64_t> wanted{me};
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& r : rows) grew = (wanted.contains(r.vertreter) && wanted.insert(r.person).second) || grew;
  }
  wanted.erase(me);
  std::set<std::int64_t> found;
  for (const auto& one : vertreteneOf(rows, me, day(1))) found.insert(one.person);
  RC_ASSERT(found == wanted);
}

}  // namespace
}  // namespace mandant
