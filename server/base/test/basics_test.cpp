#include <gtest/gtest.h>

#include <set>

#include "base/clock.h"
#include "base/hash.h"
#include "base/id.h"
#include "base/result.h"
#include "base/text.h"

namespace {

TEST(Errors, EachCodeHasItsTextsAndAKeyOfItsOwn) {
  std::set<std::string_view> keys;
  for (const auto& row : base::allCodes()) {
    EXPECT_EQ(base::info(row.code).key, row.key);
    EXPECT_TRUE(keys.insert(row.key).second) << row.key;
    EXPECT_GE(row.httpStatus, 400u);
    for (const auto text : {row.titelDe, row.hinweisDe, row.titelEn, row.hinweisEn})
      EXPECT_FALSE(text.empty()) << row.key;
  }
}

TEST(Uuid, IsVersion7AndSortsByTime) {
  const auto first = base::Uuid::make(1'700'000'000'000), second = base::Uuid::make(1'700'000'000'001);
  EXPECT_EQ(first.text().size(), 36u);
  EXPECT_EQ(first.text()[14], '7');
  EXPECT_NE(std::string("89ab").find(first.text()[19]), std::string::npos);
  EXPECT_LT(first, second);
  EXPECT_NE(base::Uuid::make(1), base::Uuid::make(1));
}

TEST(Uuid, ReadsBothCasesAndNothingElse) {
  const auto uuid = base::Uuid::parse("019B8CF4-FB3F-74DE-AAF8-D9F6157951C1");
  ASSERT_TRUE(uuid.has_value());
  EXPECT_EQ(uuid->text(), "019b8cf4-fb3f-74de-aaf8-d9f6157951c1");
  for (const auto* text : {"", "019b8cf4", "019b8cf4-fb3f-74de-aaf8-d9f6157951cg",
                           "019b8cf4xfb3f-74de-aaf8-d9f6157951c1", "{019b8cf4-fb3f-74de-aaf8-d9f6157951c}"})
    EXPECT_FALSE(base::Uuid::parse(text).has_value()) << text;
}

TEST(Hash, IsSha256) {
  EXPECT_EQ(base::sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(base::Sha256().add("a").add("bc").hex(), base::sha256Hex("abc"));
}

TEST(Zeit, IsShownInUtcWithMilliseconds) {
  EXPECT_EQ(base::Zeitpunkt{0}.iso(), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(base::Zeitpunkt{1'764'000'000'123'456}.iso(), "2025-11-24T16:00:00.123Z");
}

base::Zeitpunkt at(std::int64_t seconds) { return {seconds * 1'000'000}; }

TEST(Datum, IsTheGermanDay) {
  // 2026-03-28 23:30 UTC is the 29th in winter time; 2026-07-01 22:30 UTC is the 2nd in summer time.
  EXPECT_EQ(base::Datum::of(at(1'774'740'600)).text(), "2026-03-29");
  EXPECT_EQ(base::Datum::of(at(1'782'945'000)).text(), "2026-07-02");
  EXPECT_EQ(base::Datum::of(at(1'782'941'400)).text(), "2026-07-01");
  for (const auto* day : {"2026-01-15", "2026-07-15", "2026-03-29", "2026-10-25", "2024-02-29"}) {
    const auto end = base::endOfDay(*base::Datum::parse(day));
    EXPECT_EQ(base::Datum::of(end).text(), day);
    EXPECT_NE(base::Datum::of({end.micros + 1}).text(), day);
  }
}

TEST(Datum, RefusesDaysThatDoNotExist) {
  for (const auto* text :
       {"2026-02-29", "2026-13-01", "2026-00-01", "2026-1-1", "0000-01-01", "26-01-01", "2026-01-01T00", "2026/01/01"})
    EXPECT_FALSE(base::Datum::parse(text).has_value()) << text;
}

TEST(Datum, YearsAreAddedAndLeapDaysStayInTheirMonth) {
  EXPECT_EQ(base::Datum::parse("2024-02-29")->plusYears(1).text(), "2025-02-28");
  EXPECT_EQ(base::Datum::parse("2024-02-29")->plusYears(4).text(), "2028-02-29");
  EXPECT_EQ(base::Datum::parse("2013-01-03")->endOfYear().plusYears(10).text(), "2023-12-31");
}

TEST(Text, IsCleaned) {
  EXPECT_EQ(base::cleanText("  a b \n", true), "a b");
  EXPECT_FALSE(base::cleanText("a\nb", false).has_value());
  EXPECT_FALSE(base::cleanText("a\x07", true).has_value());
  EXPECT_FALSE(base::cleanText("\xff", true).has_value());
  EXPECT_FALSE(base::cleanText("\xed\xa0\x80", true).has_value());  // a lone surrogate
  EXPECT_EQ(base::cleanText("Łužica ß ĳ", false), "Łužica ß ĳ");
}

TEST(Text, IsCutAndCountedByCharacters) {
  EXPECT_EQ(base::countCodePoints("äöü"), 3u);
  EXPECT_EQ(base::cutUtf8("äöü", 3), "ä");
  EXPECT_EQ(base::cutUtf8("abc", 9), "abc");
  EXPECT_EQ(base::repairUtf8(std::string("a\xff\0b", 4)),
            "a\xEF\xBF\xBD"
            "b");
}

TEST(Text, PercentsAreReadAndWritten) {
  EXPECT_EQ(base::percentDecode("a%20b%C3%A4+", true), "a bä ");
  EXPECT_FALSE(base::percentDecode("%2", true).has_value());
  EXPECT_FALSE(base::percentDecode("%zz", true).has_value());
  EXPECT_FALSE(base::percentDecode("%00", true).has_value());
  EXPECT_EQ(base::percentEncode("a bä/"), "a%20b%C3%A4%2F");
}

}  // namespace
