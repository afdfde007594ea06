#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "auswertung/auswertung.h"

using auswertung::csvFeld;
using auswertung::quantil;

TEST(Quantil, isOfTheNearestRank) {
  EXPECT_FALSE(quantil({}, 50));
  EXPECT_EQ(quantil({7}, 90), 7);
  EXPECT_EQ(quantil({3, 1, 2}, 50), 2);
  EXPECT_EQ(quantil({10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 90), 9);
}

RC_GTEST_PROP(Quantil, atMostTheRestLiesAbove, ()) {
  const auto all = *rc::gen::nonEmpty(rc::gen::arbitrary<std::vector<std::int64_t>>());
  const auto percent = *rc::gen::inRange(1, 101);
  const auto value = quantil(all, percent);
  RC_ASSERT(value.has_value());
  RC_ASSERT(std::ranges::find(all, *value) != all.end());
  const auto above = static_cast<std::size_t>(std::ranges::count_if(all, [&](auto one) { return one > *value; }));
  RC_ASSERT(above * 100 <= all.size() * static_cast<std::size_t>(100 - percent));
}

TEST(Tage, areOfTheCalendar) {
  const auto day = [](std::string_view text) { return base::Datum::parse(text).value(); };
  EXPECT_EQ(auswertung::tageZwischen(day("2024-02-28"), day("2024-03-01")), 2);
  EXPECT_EQ(auswertung::tageZwischen(day("2026-12-31"), day("2027-01-01")), 1);
}

TEST(Csv, isNeverAFormula) {
  EXPECT_EQ(csvFeld("Bauamt"), "Bauamt");
  EXPECT_EQ(csvFeld("=1+1"), "'=1+1");
  EXPECT_EQ(csvFeld("a;\"b\""), "\"a;\"\"b\"\"\"");
}
