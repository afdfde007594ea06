// Tables that people hand in, and what their columns and signs mean.
#include <gtest/gtest.h>

#include "../plan_spalten.h"

namespace akte {
namespace {

using Cells = std::vector<std::string>;

Cells cellsOf(const std::vector<TabellenZeile>& table, std::size_t row) { return table.at(row).zellen; }

TEST(Csv, readsQuotesLinesAndAnyDelimiter) {
  const auto table =
      readCsv("\xEF\xBB\xBFKennzeichen;Titel\r\n\"1;2\";\"er sagte \"\"nein\"\"\r\nund ging\"\r\n\r\n;;\r\n3;c");
  ASSERT_EQ(table.size(), 3U) << "empty lines are left out";
  EXPECT_EQ(cellsOf(table, 0), (Cells{"Kennzeichen", "Titel"}));
  EXPECT_EQ(cellsOf(table, 1), (Cells{"1;2", "er sagte \"nein\"\nund ging"}));
  EXPECT_EQ(cellsOf(table, 2), (Cells{"3", "c"}));
  EXPECT_EQ(table[1].nummer, 2U);
  EXPECT_EQ(table[2].nummer, 6U) << "lines are counted as an editor shows them";
  EXPECT_EQ(cellsOf(readCsv("a,b\nc,d"), 1), (Cells{"c", "d"}));
  EXPECT_EQ(cellsOf(readCsv("a\tb\nc\td\n"), 1), (Cells{"c", "d"}));
  EXPECT_EQ(cellsOf(readCsv("a;b\r1;\"offen\n2;"), 1), (Cells{"1", "offen\n2;"}));
}

TEST(Csv, whatIsWrittenIsReadAgainAndIsNoFormula) {
  const Cells cells{"=SUMME(A1)", "-", "-12.5", "a;b", "\"x\"", "zwei\nZeilen", "", "Łódź"};
  std::string text;
  appendCsv(text, cells);
  EXPECT_EQ(text, "\"'=SUMME(A1)\";\"'-\";-12.5;\"a;b\";\"\"\"x\"\"\";\"zwei\nZeilen\";;Łódź\r\n");
  EXPECT_EQ(cellsOf(readCsv(text), 0), cells);
}

TEST(Spalten, areFoundUnderAnyHead) {
  const auto table = readCsv(
      "Ordnungssystem;;\nNr.;Titel der "
      "Ordnungsposition;Archiv-\nreference_number;effective_title;archival_value\n1;Eins;V\n");
  const auto spalten = findeSpalten(table);
  EXPECT_TRUE(spalten.erkannt);
  EXPECT_EQ(spalten.erste, 3U) << "the head line that names most";
  EXPECT_EQ(spalten.zelle(table[3], Feld::aussonderungsart), "V");
  const auto bare = findeSpalten(readCsv("11,Innere Verwaltung\n12,Ordnung"));
  EXPECT_FALSE(bare.erkannt);
  EXPECT_EQ(bare.erste, 0U);
}

TEST(Spalten, valuesAreReadAsPeopleWriteThem) {
  EXPECT_EQ(jahreFrom("10 Jahre"), OptId(10));
  ASSERT_TRUE(jahreFrom("dauernd"));
  EXPECT_FALSE(*jahreFrom("dauernd")) << "for ever is no number";
  for (const auto* bad : {"", "-1", "201", "10 Monate", "zehn", "99999999999999999999"})
    EXPECT_FALSE(jahreFrom(bad)) << bad;
  EXPECT_EQ(aussonderungsartFrom("Nicht archivwürdig"), Aussonderungsart::V);
  EXPECT_EQ(aussonderungsartFrom("Archivwürdig"), Aussonderungsart::A);
  EXPECT_EQ(aussonderungsartFrom("Sampling"), Aussonderungsart::B);
  EXPECT_FALSE(aussonderungsartFrom("X"));
  EXPECT_EQ(tagFrom("2000-01-01 00:00:00"), base::Datum::of(2000, 1, 1));
  EXPECT_EQ(tagFrom("31.12.2099"), base::Datum::of(2099, 12, 31));
  EXPECT_FALSE(tagFrom("31.02.2099"));
}

TEST(Gliederung, findsWhatIsAboveASign) {
  const auto above = [](const Gliederung& in, const std::string& sign) {
    return in.ueber(sign).kennzeichen.value_or("");
  };
  const Gliederung stufig({"0", "1", "10", "0.0", "0.0.1", "0.0.1.1", "10.1"});
  EXPECT_EQ(above(stufig, "0.0.1.1"), "0.0.1");
  EXPECT_EQ(above(stufig, "0.0"), "0");
  EXPECT_EQ(above(stufig, "10"), "") << "10 is no part of 1 where dots part the levels";
  EXPECT_EQ(above(stufig, "10.1"), "10");
  const Gliederung dezimal({"0", "01", "011", "6", "63", "632", "632.10"});
  EXPECT_EQ(above(dezimal, "011"), "01");
  EXPECT_EQ(above(dezimal, "632.10"), "632");
  EXPECT_EQ(above(dezimal, "0"), "");
  const Gliederung luecke({"12", "54.10", "12.60.01"});
  EXPECT_EQ(above(luecke, "12.60.01"), "12");
  EXPECT_EQ(luecke.ueber("12.60.01").vermisst, "12.60");
  EXPECT_EQ(above(luecke, "54.10"), "");
  EXPECT_EQ(luecke.ueber("54.10").vermisst, "54");
}

}  // namespace
}  // namespace akte
