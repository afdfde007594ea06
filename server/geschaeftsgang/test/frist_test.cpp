#include "geschaeftsgang/frist.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace geschaeftsgang {
namespace {

using base::Datum;

Datum day(std::string_view text) { return Datum::parse(text).value(); }
Datum end(std::string_view von, Beginn beginn, int dauer, Einheit einheit, Kalender kalender = {}) {
  return berechne({day(von), beginn, dauer, einheit, kalender})->ende;
}
std::vector<std::string> namesOn(Land land, int jahr, bool local = false) {
  std::vector<std::string> out;
  for (const auto& one : feiertage({land, local, local, local}, jahr)) out.emplace_back(one.name);
  return out;
}
bool has(Land land, int jahr, const std::string& name, bool local = false) {
  const auto names = namesOn(land, jahr, local);
  return std::ranges::find(names, name) != names.end();
}

TEST(Ostern, isAsTheTablesSay) {
  for (const auto* text : {"1961-04-02", "1995-04-16", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21",
                           "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22"})
    EXPECT_EQ(ostersonntag(day(text).year()), day(text));
}

RC_GTEST_PROP(Ostern, isASundayInItsFiveWeeks, ()) {
  const auto jahr = *rc::gen::inRange(1583, 3000);
  const auto tag = ostersonntag(jahr);
  RC_ASSERT(wochentag(tag) == 6);
  RC_ASSERT(tag >= Datum::of(jahr, 3, 22));
  RC_ASSERT(tag <= Datum::of(jahr, 4, 25));
}

TEST(Feiertage, ofTheLaender) {
  EXPECT_EQ(namesOn(Land::SN, 2026),
            (std::vector<std::string>{"Neujahr", "Karfreitag", "Ostermontag", "Tag der Arbeit", "Christi Himmelfahrt",
                                      "Pfingstmontag", "Tag der Deutschen Einheit", "Reformationstag",
                                      "Buß- und Bettag", "1. Weihnachtstag", "2. Weihnachtstag"}));
  EXPECT_TRUE(has(Land::SN, 2026, "Fronleichnam", true));
  EXPECT_TRUE(has(Land::ST, 2026, "Heilige Drei Könige"));
  EXPECT_TRUE(has(Land::ST, 2026, "Reformationstag"));
  EXPECT_FALSE(has(Land::ST, 2026, "Buß- und Bettag"));
  EXPECT_FALSE(has(Land::NI, 2016, "Reformationstag"));
  EXPECT_TRUE(has(Land::BY, 2017, "Reformationstag"));
  EXPECT_TRUE(has(Land::NI, 2018, "Reformationstag"));
  EXPECT_TRUE(has(Land::BE, 2025, "Tag der Befreiung"));
  EXPECT_FALSE(has(Land::BE, 2026, "Tag der Befreiung"));
  EXPECT_FALSE(has(Land::MV, 2022, "Internationaler Frauentag"));
  EXPECT_TRUE(has(Land::MV, 2023, "Internationaler Frauentag"));
  EXPECT_TRUE(has(Land::TH, 2019, "Weltkindertag"));
  EXPECT_FALSE(has(Land::BY, 2026, "Mariä Himmelfahrt"));
  EXPECT_TRUE(has(Land::SL, 2026, "Mariä Himmelfahrt"));
  const auto in2026 = feiertage({Land::SN}, 2026);
  EXPECT_EQ(std::ranges::find(in2026, "Buß- und Bettag", &Feiertag::name)->tag, day("2026-11-18"));
  const std::size_t counts[] = {12, 12, 10, 12, 10, 10, 10, 11, 10, 11, 11, 12, 11, 11, 10, 11};
  for (std::size_t i = 0; i < 16; ++i)
    EXPECT_EQ(feiertage({static_cast<Land>(i)}, 2026).size(), counts[i]) << nameOf(static_cast<Land>(i));
}

TEST(Land, isFoundByNameAndLetters) {
  EXPECT_EQ(landFrom("Sachsen-Anhalt"), Land::ST);
  EXPECT_EQ(landFrom("SN"), Land::SN);
  EXPECT_EQ(landFrom("Thüringen"), Land::TH);
  EXPECT_EQ(landFrom("Atlantis"), std::nullopt);
}

TEST(Frist, isCountedAsTheLawSays) {
  using enum Beginn;
  using enum Einheit;
  EXPECT_EQ(end("2026-11-24", ereignis, 14, tage), day("2026-12-08"));
  EXPECT_EQ(end("2026-11-24", ereignis, 2, wochen), day("2026-12-08"));
  EXPECT_EQ(end("2026-11-24", tagesbeginn, 2, wochen), day("2026-12-07"));
  EXPECT_EQ(end("2026-03-31", ereignis, 1, monate), day("2026-04-30"));    // § 188 Abs. 3
  EXPECT_EQ(end("2028-01-31", ereignis, 1, monate), day("2028-02-29"));    // leap year
  EXPECT_EQ(end("2026-01-01", tagesbeginn, 1, jahre), day("2026-12-31"));  // a calendar year
  EXPECT_EQ(end("2026-12-21", ereignis, 4, tage), day("2026-12-28"));      // Christmas, then the weekend
  EXPECT_EQ(end("2026-11-11", ereignis, 1, wochen), day("2026-11-19"));    // Buß- und Bettag
  EXPECT_EQ(end("2026-11-11", ereignis, 1, wochen, {Land::ST}), day("2026-11-18"));
  EXPECT_EQ(end("2026-05-28", ereignis, 1, wochen, {Land::SN, true}), day("2026-06-05"));  // Fronleichnam
}

TEST(Bekanntgabe, isTheFourthDaySince2025) {
  const auto old = berechne({day("2024-12-31"), Beginn::post, 1, Einheit::monate, {}});
  EXPECT_EQ(old->beginn, day("2025-01-03"));
  const auto now = berechne({day("2025-01-01"), Beginn::post, 1, Einheit::monate, {}});
  EXPECT_EQ(now->beginn, day("2025-01-05"));  // a Sunday: the fiction is not moved
  EXPECT_EQ(now->ende, day("2025-02-05"));
}

TEST(Frist, explainsItself) {
  const auto frist = berechne({day("2026-10-14"), Beginn::post, 1, Einheit::monate, {}}).value();
  std::string told;
  for (const auto& one : frist.schritte) told += one.regel + ": " + one.satz + "\n";
  EXPECT_EQ(
      told,
      ": Aufgabe zur Post oder elektronische Absendung am Mittwoch, 14. Oktober 2026.\n"
      "§ 41 Abs. 2 VwVfG: Der Bescheid gilt am vierten Tag danach als bekannt gegeben: Sonntag, 18. Oktober 2026 "
      "(auch wenn das kein Werktag ist).\n"
      "§ 187 Abs. 1 BGB: Der Tag, in dessen Lauf das Ereignis fällt, zählt nicht mit: Sonntag, 18. Oktober 2026.\n"
      "§ 188 Abs. 2 BGB: 1 Monat: sie endet mit dem Tag, der durch seine Zahl dem Anfangstag entspricht: "
      "Mittwoch, 18. November 2026.\n"
      "§ 193 BGB, § 31 Abs. 3 VwVfG: Mittwoch, 18. November 2026 ist kein Werktag (Buß- und Bettag); es gilt der "
      "nächste Tag, Donnerstag, 19. November 2026.\n");
  EXPECT_EQ(frist.kalender, "Feiertage in Sachsen");
  EXPECT_GE(frist.anders.size(), 3U);
}

TEST(Frist, saysWhatAnotherPlaceOfTheLandWouldChange) {
  const auto changes = [](std::string_view von, Land land) {
    const auto frist = berechne({day(von), Beginn::ereignis, 1, Einheit::wochen, {land}}).value();
    std::string out;
    for (const auto& one : frist.anders) out += one + "\n";
    return out;
  };
  const auto told = [&](std::string_view von, Land land, std::string_view what) {
    return changes(von, land).find(what) != std::string::npos;
  };
  EXPECT_TRUE(
      told("2026-05-28", Land::SN, "Wo Fronleichnam Feiertag ist, wäre Donnerstag, 4. Juni 2026 kein Werktag."));
  EXPECT_TRUE(told("2026-05-28", Land::TH, "Wo Fronleichnam Feiertag"));
  EXPECT_FALSE(told("2026-05-28", Land::ST, "Fronleichnam"));
  EXPECT_TRUE(told("2025-08-08", Land::BY, "Wo Mariä Himmelfahrt Feiertag ist, wäre Freitag, 15. August 2025 kein"));
  EXPECT_TRUE(told("2025-08-01", Land::BY, "Wo das Friedensfest Feiertag ist, wäre Freitag, 8. August 2025 kein"));
}

TEST(Frist, refusesWhatIsNone) {
  EXPECT_FALSE(berechne({day("2026-01-01"), Beginn::post, 0, Einheit::tage, {}}));
  EXPECT_FALSE(berechne({day("2026-01-01"), Beginn::post, 1001, Einheit::tage, {}}));
  EXPECT_FALSE(berechne({day("1994-12-31"), Beginn::post, 1, Einheit::tage, {}}));
}

Fristfrage anyQuestion() {
  return {
      plusTage(Datum::of(1995, 1, 1), *rc::gen::inRange(0, 36500)),
      *rc::gen::element(Beginn::ereignis, Beginn::tagesbeginn, Beginn::post),
      *rc::gen::inRange(1, 60),
      *rc::gen::element(Einheit::tage, Einheit::wochen, Einheit::monate, Einheit::jahre),
      {static_cast<Land>(*rc::gen::inRange(0, 16)), *rc::gen::arbitrary<bool>(), *rc::gen::arbitrary<bool>(), false}};
}

RC_GTEST_PROP(Frist, endsOnAWorkingDayAndNoWorkingDayWasPassed, ()) {
  const auto frage = anyQuestion();
  const auto frist = berechne(frage).value();
  RC_ASSERT(!keinWerktag(frage.kalender, frist.ende));
  // Between the day that was counted and the end lies no working day.
  const auto counted = std::ranges::find_if(frist.schritte, [](const auto& s) { return s.regel.starts_with("§ 188"); });
  RC_ASSERT(counted != frist.schritte.end());
  for (auto tag = counted->tag; tag < frist.ende; tag = plusTage(tag, 1))
    RC_ASSERT(keinWerktag(frage.kalender, tag).has_value());
  RC_ASSERT(frist.schritte.back().tag == frist.ende);
}

RC_GTEST_PROP(Frist, neverEndsEarlierWhenItIsLonger, ()) {
  auto frage = anyQuestion();
  const auto shorter = berechne(frage)->ende;
  ++frage.dauer;
  RC_ASSERT(shorter <= berechne(frage)->ende);
}

RC_GTEST_PROP(Frist, ofDaysIsWhatCountingOneByOneGives, ()) {
  auto frage = anyQuestion();
  frage.einheit = Einheit::tage;
  auto tag = frage.tag;
  if (frage.beginn == Beginn::post)
    for (int i = 0; i < (frage.tag.year() < 2025 ? 3 : 4); ++i) tag = plusTage(tag, 1);
  for (int i = frage.beginn == Beginn::tagesbeginn ? 1 : 0; i < frage.dauer; ++i) tag = plusTage(tag, 1);
  while (keinWerktag(frage.kalender, tag)) tag = plusTage(tag, 1);
  RC_ASSERT(berechne(frage)->ende == tag);
}

}  // namespace
}  // namespace geschaeftsgang
