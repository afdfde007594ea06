// Fields of the query language, and days as people write them.
#include <gtest/gtest.h>

#include "text/query.h"
#include "text/snippet.h"

namespace {

using text::Feld;
using text::Filter;
using text::Zeitraum;

std::vector<Filter> filters(std::string_view typed) { return text::parseQuery(typed).filters; }

TEST(Fields, areReadAnywhereInBothLanguages) {
  EXPECT_EQ(filters("von:Müller"), (std::vector<Filter>{{Feld::von, "Müller", false}}));
  EXPECT_EQ(filters("Haus FROM:\"Stadt Aue\" -typ:pdf"),
            (std::vector<Filter>{{Feld::von, "Stadt Aue", false}, {Feld::typ, "pdf", true}}));
  EXPECT_EQ(filters("(az:632.10-4/2026 OR oe:32) akte:632-1 in:Garage"),
            (std::vector<Filter>{{Feld::az, "632.10-4/2026", false},
                                 {Feld::oe, "32", false},
                                 {Feld::akte, "632-1", false},
                                 {Feld::in, "Garage", false}}));
  EXPECT_EQ(filters("von: Müller"), filters("von:Müller"));
  EXPECT_EQ(filters("von:„Stadt Aue“"), (std::vector<Filter>{{Feld::von, "Stadt Aue", false}}));
}

TEST(Fields, leaveTheWordsAlone) {
  const auto query = text::parseQuery("Haus von:Müller Garten");
  EXPECT_EQ(text::toFts5(query), text::toFts5(text::parseQuery("Haus Garten")));
  EXPECT_TRUE(text::parseQuery("typ:pdf").hints.empty());
  EXPECT_FALSE(text::parseQuery("typ:pdf").root.has_value());
  EXPECT_TRUE(filters("10:30 http://aue.de").empty()) << "other colons are none";
}

TEST(Fields, withoutAValueArePassedOver) {
  for (const auto* typed : {"von:", "von:\"\"", "von:-", "datum:gestern", "datum:..", "datum:2024-13"})
    EXPECT_TRUE(filters(typed).empty()) << typed;
  EXPECT_FALSE(text::parseQuery("datum:gestern").hints.empty());
}

TEST(Zeitraeume, areReadAsPeopleWriteThem) {
  EXPECT_EQ(text::parseZeitraum("2024"), (Zeitraum{20240000, 20241231}));
  EXPECT_EQ(text::parseZeitraum("2024-03"), (Zeitraum{20240300, 20240331}));
  EXPECT_EQ(text::parseZeitraum("3.2024"), text::parseZeitraum("03/2024"));
  EXPECT_EQ(text::parseZeitraum("15.3.2024"), (Zeitraum{20240315, 20240315}));
  EXPECT_EQ(text::parseZeitraum("2024-03-15"), text::parseZeitraum("15.03.2024"));
  EXPECT_EQ(text::parseZeitraum("2024..2025"), (Zeitraum{20240000, 20251231}));
  EXPECT_EQ(text::parseZeitraum("1.2.2024..3.2024"), (Zeitraum{20240201, 20240331}));
  EXPECT_EQ(text::parseZeitraum("2024.."), (Zeitraum{20240000, 99999999}));
  EXPECT_EQ(text::parseZeitraum("..2023"), (Zeitraum{0, 20231231}));
  for (const auto* wrong :
       {"", "..", "24", "13.2024", "2025..2024", "1.2.3.4", "20244", "a", "2024-xx", "-", "2024...2025"})
    EXPECT_FALSE(text::parseZeitraum(wrong)) << wrong;
}

TEST(Place, isWhereTheBestHitsBegin) {
  const std::string text = " \n Erste Seite\fZweite Seite: das Haus am Markt\fDritte Seite";
  std::size_t place = 0;
  ASSERT_FALSE(text::snippet(text, text::parseQuery("Haus Markt"), 240, &place).empty());
  EXPECT_EQ(text.substr(place, 4), "Haus");
}

}  // namespace
