#include "text/terms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "text/analyser.h"

namespace {

std::vector<std::string> split(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

/// A segment literal read back: position -> lexemes.
std::map<int, std::set<std::string>> positions(const std::string& literal) {
  std::map<int, std::set<std::string>> result;
  for (const auto& entry : split(literal)) {
    const auto colon = entry.find(':');
    std::istringstream list(entry.substr(colon + 1));
    for (std::string position; std::getline(list, position, ',');) {
      result[std::stoi(position)].insert(entry.substr(0, colon));
    }
  }
  return result;
}

std::string manyWords(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text.append("wort").append(std::to_string(i)).append(" ");
  return text;
}

TEST(Terms, givesTwoStreamsInStep) {
  const auto terms = text::termText("Die Häuser in Sach-\nsen-Anhalt");
  EXPECT_EQ(terms.worte, "die hauser in sachsen anhalt");
  EXPECT_EQ(terms.staemme, "die haus in sachs anhalt");
  EXPECT_EQ(terms.count, 5U);
  EXPECT_FALSE(terms.truncated);
}

TEST(Terms, givesPartsAndOtherFormsOnce) {
  const auto terms = text::termText("Lésung der Baugenehmigung, Baugenehmigungen in Årsta, Erfahrunasaus-\n");
  EXPECT_EQ(terms.teile, "lésung bau genehm arsta");
  EXPECT_EQ(terms.vokabeln, (std::vector<std::string>{"aarsta", "erfahrunasaus", "erfahrunasaus-", "lésung"}));
}

TEST(Terms, nothingOfNothing) {
  const auto terms = text::termText(" – § \n");
  EXPECT_EQ(terms.count, 0U);
  EXPECT_EQ(text::documentVector(terms, terms), "");
  EXPECT_TRUE(text::segmentVectors(terms).empty());
}

TEST(Terms, stopsAtTheLimitOfDistinctTerms) {
  std::string source;
  for (std::size_t i = 0; i < text::maxDistinctTerms + 5; ++i) source += std::to_string(i) + " 7 ";
  const auto terms = text::termText(source);
  EXPECT_TRUE(terms.truncated);
  EXPECT_EQ(terms.count, 2 * text::maxDistinctTerms);
  EXPECT_TRUE(terms.worte.ends_with(" 59999 7")) << terms.worte.substr(terms.worte.size() - 20);
}

TEST(Terms, stopsAtTheLimitOfBytes) {
  const auto terms = text::termText(manyWords(text::maxDistinctTerms + 5));
  EXPECT_TRUE(terms.truncated);
  EXPECT_LE(terms.count, text::maxDistinctTerms);
  const auto worte = split(terms.worte);
  EXPECT_EQ(worte.size(), terms.count);
  EXPECT_EQ(split(terms.staemme).size(), terms.count);
  EXPECT_EQ(worte.back(), "wort" + std::to_string(terms.count - 1));
  EXPECT_LE(text::documentVector({}, terms).size(), text::maxVectorBytes + 2 * terms.count);
}

TEST(Terms, aLongTextOfFewWordsIsWhole) {
  std::string source;
  for (int i = 0; i < 300'000; ++i) source += "Bescheid Akte ";
  const auto terms = text::termText(source);
  EXPECT_FALSE(terms.truncated);
  EXPECT_EQ(terms.count, 600'000U);
}

TEST(Terms, documentVectorHasEachLexemeOnce) {
  EXPECT_EQ(text::documentVector({}, text::termText("Häuser Haus Häuser")), "whauser shaus whaus");
  EXPECT_EQ(text::documentVector(text::termText("Haus"), text::termText("Häuser Bauantrag")),
            "whaus:1A shaus:1A whauser wbauantrag sbauantrag tbau tantrag");
}

TEST(Terms, segmentsHoldEverySequence) {
  const auto terms = text::termText(manyWords(20'000));
  const auto segments = text::segmentVectors(terms);
  ASSERT_EQ(segments.size(), 3U);
  std::set<std::string> starts;  // of sequences of `segmentOverlap` words that lie whole in one segment
  for (const auto& segment : segments) {
    const auto places = positions(segment);
    ASSERT_EQ(places.begin()->first, 1);
    ASSERT_EQ(places.rbegin()->first, static_cast<int>(places.size()));
    for (std::size_t i = 1; i + text::segmentOverlap - 1 <= places.size(); ++i) {
      for (const auto& lexeme : places.at(static_cast<int>(i))) starts.insert(lexeme);
    }
  }
  for (std::size_t i = 0; i + text::segmentOverlap <= 20'000; ++i) {
    ASSERT_TRUE(starts.contains("wwort" + std::to_string(i))) << i;
  }
}

TEST(Terms, segmentsKeepEveryPlaceOfACommonWord) {
  std::string source;
  for (int i = 0; i < 1000; ++i) source += "und ";
  std::size_t places = 0, longest = 0;
  const auto segments = text::segmentVectors(text::termText(source));
  for (const auto& segment : segments) {
    const auto here = positions(segment).size();
    places += here;
    longest = std::max(longest, here);
  }
  EXPECT_EQ(longest, 255U);
  EXPECT_EQ(places - (segments.size() - 1) * text::segmentOverlap, 1000U);
}

}  // namespace
