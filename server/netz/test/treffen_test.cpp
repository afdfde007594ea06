// Pure rules of meeting: series, moments, iCalendar, sums without a small group, PDF, CSV.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "../bericht.h"
#include "../blatt.h"
#include "../kalender.h"
#include "geschaeftsgang/frist.h"
#include "netz/beitrag.h"
#include "netz/termin.h"
#include "netz/wirkung.h"

namespace netz {
namespace {

std::vector<std::string> daysOf(std::string_view rule, std::string_view from, std::string_view land = "Sachsen") {
  const auto regel = liesRegel(rule);
  EXPECT_TRUE(regel.has_value()) << rule;
  std::vector<std::string> out;
  for (const auto& tag : tageOf(*regel, base::Datum::parse(from).value(), land)) out.push_back(tag.text());
  return out;
}

TEST(Reihe, thirdFridayIsComputedAndGoodFridayLeftOut) {
  using Days = std::vector<std::string>;
  EXPECT_EQ(daysOf("FREQ=MONTHLY;BYDAY=3FR;COUNT=4", "2026-11-28"),
            (Days{"2026-12-18", "2027-01-15", "2027-02-19", "2027-03-19"}));
  // 15 April 2022 was Good Friday and the third of its month.
  EXPECT_EQ(daysOf("FREQ=MONTHLY;BYDAY=3FR;COUNT=2", "2022-04-01"), (Days{"2022-05-20", "2022-06-17"}));
  EXPECT_EQ(daysOf("FREQ=MONTHLY;BYDAY=-1TH;COUNT=2", "2026-01-30"), (Days{"2026-02-26", "2026-03-26"}));
  EXPECT_EQ(daysOf("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=3", "2027-01-12"),
            (Days{"2027-01-12", "2027-01-26", "2027-02-09"}));
  // Epiphany is a holiday in Sachsen-Anhalt, and none in Sachsen.
  EXPECT_EQ(daysOf("FREQ=WEEKLY;BYDAY=WE;COUNT=1", "2027-01-06", "Sachsen-Anhalt"), (Days{"2027-01-13"}));
  EXPECT_EQ(daysOf("FREQ=WEEKLY;BYDAY=WE;COUNT=1", "2027-01-06", "Sachsen"), (Days{"2027-01-06"}));
}

TEST(Reihe, refusesWhatItDoesNotUnderstand) {
  for (const auto* text :
       {"", "FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;BYDAY=FR;COUNT=3", "FREQ=WEEKLY;BYDAY=3FR;COUNT=3",
        "FREQ=MONTHLY;BYDAY=5FR;COUNT=3", "FREQ=MONTHLY;BYDAY=3FR", "FREQ=MONTHLY;BYDAY=3FR;COUNT=61",
        "FREQ=MONTHLY;BYDAY=3FR;COUNT=0", "BYDAY=3FR;COUNT=3", "FREQ=WEEKLY;BYDAY=XX;COUNT=1",
        "FREQ=WEEKLY;BYDAY=TU;INTERVAL=0;COUNT=1", "FREQ=WEEKLY;BYDAY=TU;COUNT=1;UNTIL=20270101"})
    EXPECT_FALSE(liesRegel(text).has_value()) << text;
  EXPECT_EQ(worteOf(liesRegel("FREQ=MONTHLY;BYDAY=3FR;COUNT=12").value()), "dritter Freitag im Monat, 12-mal");
  EXPECT_EQ(worteOf(liesRegel("FREQ=MONTHLY;BYDAY=-1TH;COUNT=6").value()), "letzter Donnerstag im Monat, 6-mal");
}

RC_GTEST_PROP(Reihe, everyDayIsOfTheWeekAndInOrder, ()) {
  Regel regel;
  regel.monatlich = *rc::gen::arbitrary<bool>();
  regel.abstand = *rc::gen::inRange(1, 5);
  regel.wochentag = *rc::gen::inRange(0, 7);
  regel.welcher = regel.monatlich ? *rc::gen::element(-1, 1, 2, 3, 4) : 0;
  regel.anzahl = *rc::gen::inRange(1, 13);
  const auto from = geschaeftsgang::plusTage(base::Datum::of(2026, 1, 1), *rc::gen::inRange(0, 800));
  const auto days = tageOf(regel, from, "Sachsen");
  RC_ASSERT(days.size() == static_cast<std::size_t>(regel.anzahl));
  for (std::size_t i = 0; i < days.size(); ++i) {
    RC_ASSERT(geschaeftsgang::wochentag(days[i]) == regel.wochentag);
    RC_ASSERT(days[i] >= from);
    if (i > 0) RC_ASSERT(days[i - 1] < days[i]);
  }
}

TEST(Moment, isOfTheGermanClockInSummerAndWinter) {
  const auto winter = moment(base::Datum::of(2026, 12, 18), "09:30").value();
  EXPECT_EQ(winter.iso().substr(0, 16), "2026-12-18T08:30");
  EXPECT_EQ(moment(base::Datum::of(2026, 7, 17), "09:30")->iso().substr(0, 16), "2026-07-17T07:30");
  EXPECT_EQ(uhrzeitOf(winter), "09:30");
  EXPECT_EQ(inWorten(winter), "Freitag, 18. Dezember 2026, 09:30 Uhr");
  for (const auto* wrong : {"9:30", "24:00", "09:60", "0930", "ab:cd"})
    EXPECT_FALSE(moment(base::Datum::of(2026, 1, 1), wrong).has_value()) << wrong;
}

TEST(Kalender, foldsLinesAndEscapes) {
  const auto text = kalenderOf({{base::Uuid::make(1), std::string(80, 'x') + "; a, b", "Zeile 1\nZeile 2", "Dresden",
                                 "2026-12-18T08:30:00.000Z", "2026-12-18T09:30:00.000Z", false}},
                               {});
  EXPECT_NE(text.find("DTSTART:20261218T083000Z\r\n"), std::string::npos);
  EXPECT_NE(text.find("\\; a\\, b"), std::string::npos);
  EXPECT_NE(text.find("Zeile 1\\nZeile 2"), std::string::npos);
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find("\r\n", at);
    EXPECT_LE(end - at, 75U);
    at = end + 2;
  }
}

TEST(Ergebnis, isALineOfTheMinutesThatSaysWhatItIs) {
  const auto read = ergebnisseAus(
      "Es waren zwölf da.\n- Risiko: Der Scanner fehlt\n* Maßnahme: Leihgerät vom Kreis\nERWARTUNG: Schulung im Mai\r\n"
      "\u2022 Kooperation: Gemeinsame Scanstelle\nOhne: das\nRisiko:\nMaßnahme: gehört noch zum Scanner\nAntwort: ohne "
      "Frage");
  const std::vector<Ergebnis> wanted{{Beitragart::risiko, "Der Scanner fehlt", {}},
                                     {Beitragart::massnahme, "Leihgerät vom Kreis", 0},
                                     {Beitragart::erwartung, "Schulung im Mai", {}},
                                     {Beitragart::kooperation, "Gemeinsame Scanstelle", {}},
                                     {Beitragart::massnahme, "gehört noch zum Scanner", 0}};
  EXPECT_EQ(read, wanted);
  EXPECT_TRUE(ergebnisseAus("").empty());
  EXPECT_TRUE(ergebnisseAus("Maßnahme: ohne Risiko").empty());
  EXPECT_EQ(ergebnisseAus("Risiko: " + std::string(999, 'x')).at(0).titel.size(), 200U);
}

TEST(Wirkung, isToldOnlyOfThreeTownsWithFiveCasesOnBothSides) {
  const Messung town{12, 240, 8, 72};
  EXPECT_FALSE(summe({town, town}).has_value());
  EXPECT_FALSE(summe({town, town, {4, 80, 8, 72}}).has_value());
  EXPECT_FALSE(summe({town, town, {12, 240, 4, 40}}).has_value());
  const auto sum = summe({town, town, town}).value();
  EXPECT_EQ(sum.kommunen, 3);
  EXPECT_EQ(sum.faelleVorher, 30);   // of 36
  EXPECT_EQ(sum.faelleNachher, 20);  // of 24
  EXPECT_EQ(sum.tageVorher, 20);
  EXPECT_EQ(sum.tageNachher, 9);
}

RC_GTEST_PROP(Wirkung, neverTellsOfFewerThanThreeTownsOrFifteenCases, ()) {
  std::vector<Messung> towns;
  for (int i = *rc::gen::inRange(0, 8); i > 0; --i) {
    Messung one;
    one.faelleVorher = *rc::gen::inRange(0, 12);
    one.faelleNachher = *rc::gen::inRange(0, 12);
    one.tageVorher = one.faelleVorher * *rc::gen::inRange(0, 50);
    one.tageNachher = one.faelleNachher * *rc::gen::inRange(0, 50);
    towns.push_back(one);
  }
  const auto enough =
      std::ranges::count_if(towns, [](const Messung& one) { return one.faelleVorher >= 5 && one.faelleNachher >= 5; });
  const auto sum = summe(towns);
  RC_ASSERT(sum.has_value() == (enough >= 3));
  if (!sum) return;
  RC_ASSERT(sum->faelleVorher % 10 == 0 && sum->faelleNachher % 10 == 0);
  RC_ASSERT(sum->faelleVorher >= 10 && sum->faelleNachher >= 10);
}

TEST(Blatt, knowsTheLettersOfTheNeighboursAndBreaksPages) {
  EXPECT_EQ(blattSchrift("Änderung in Wojerecy: č ě ł"), std::string("\xC4nderung in Wojerecy: \x81 \x83 \x86"));
  EXPECT_EQ(blattSchrift("漢"), "?");
  EXPECT_GT(blattBreite("mmm", 11, false), blattBreite("iii", 11, false));
  Blatt blatt("Prüfung");
  for (int i = 0; i < 120; ++i) blatt.absatz("Ein Absatz, der in eine Zeile passt.");
  const auto pdf = blatt.pdf();
  EXPECT_TRUE(pdf.starts_with("%PDF-1.7"));
  EXPECT_NE(pdf.find("/Count 4"), std::string::npos);
}

TEST(Bericht, quartersAndTables) {
  EXPECT_EQ(quartalOf("2026-01-31"), "2026-Q1");
  EXPECT_EQ(quartalOf("2026-12-01"), "2026-Q4");
  EXPECT_EQ(alsCsv({{"a\"b", "=1+1"}, {"ü", "2"}}), "\xEF\xBB\xBF\"a\"\"b\";\"'=1+1\"\r\n\"ü\";\"2\"\r\n");
}

TEST(Formate, areWhole) {
  EXPECT_EQ(formate().module.size(), 6U);
  EXPECT_EQ(formate().formate.size(), 6U);
  for (const auto& one : formate().formate) {
    EXPECT_FALSE(one.tagesordnung.empty()) << one.schluessel;
    if (one.regel) {
      EXPECT_TRUE(liesRegel(*one.regel).has_value()) << one.schluessel;
    }
    EXPECT_TRUE(moment(base::Datum::of(2027, 1, 4), one.uhrzeit).has_value());
    for (const auto& punkt : one.tagesordnung)
      if (punkt.ergebnis) {
        EXPECT_TRUE(base::enumFrom<Beitragart>(*punkt.ergebnis).has_value()) << *punkt.ergebnis;
      }
  }
}

}  // namespace
}  // namespace netz
