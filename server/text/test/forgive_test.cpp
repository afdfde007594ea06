#include "text/forgive.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "../distance.h"
#include "../words.h"
#include "text/analyser.h"

namespace {

using Words = std::vector<std::string>;

/// A vocabulary as the search room keeps it.
class Vocabulary {
 public:
  explicit Vocabulary(const Words& entries) {
    for (const auto& entry : entries)
      for (const auto key : text::vocabularyKeys(entry)) rows_.emplace(key, entry);
  }
  Words operator()(const std::vector<std::int64_t>& keys) const {
    std::set<std::string> found;
    for (const auto key : keys)
      for (auto at = rows_.lower_bound({key, ""}); at != rows_.end() && at->first == key; ++at)
        found.insert(at->second);
    return {found.begin(), found.end()};
  }

 private:
  std::set<std::pair<std::int64_t, std::string>> rows_;
};

Words near(const std::string& wort, const Words& entries) {
  Words out;
  for (const auto& one : text::nearWords(wort, Vocabulary(entries)))
    if (!one.known) out.push_back(one.eintrag);
  return out;
}

struct Pair {
  const char* typed;
  const char* read;
};

class Forgiven : public testing::TestWithParam<Pair> {};

TEST_P(Forgiven, isNear) { EXPECT_EQ(near(GetParam().typed, {GetParam().read}), Words{GetParam().read}); }

INSTANTIATE_TEST_SUITE_P(MisreadByOcr, Forgiven,
                         testing::Values(Pair{"losungen", "lésungen"}, Pair{"geschaftsfuhrer", "geschéftsfuhrers"},
                                         Pair{"gemeinde", "gerneinde"}, Pair{"lernen", "lemen"},
                                         Pair{"begrusst", "begrif3t"}, Pair{"strasse", "straf3e"},
                                         Pair{"strasse", "strabe"}, Pair{"mitglieder", "mitalieder"},
                                         Pair{"gegenuber", "gegeniber"}, Pair{"pflegt", "pfleqt"},
                                         Pair{"zwiebelturm", "zwiebelturrn"}, Pair{"allgemein", "a1lgemein"},
                                         Pair{"fordert", "f6rdert"}, Pair{"wasserwerk", "vvasserwerk"}));

INSTANTIATE_TEST_SUITE_P(Mistyped, Forgiven,
                         testing::Values(Pair{"zwirn", "zwrin"}, Pair{"zwiebel", "zwibel"}, Pair{"zwiebel", "zzwiebel"},
                                         Pair{"zwiebel", "zwiebex"}, Pair{"xwiebel", "zwiebel"},
                                         Pair{"zwiebeltrum", "zwiebelturn"}, Pair{"qzwiebeltur", "zwiebelturm"},
                                         Pair{"erfahrungsaustausch", "erfahrunasaus-"}));

class NotForgiven : public testing::TestWithParam<Pair> {};

TEST_P(NotForgiven, isNotNear) { EXPECT_EQ(near(GetParam().typed, {GetParam().read}), Words{}); }

INSTANTIATE_TEST_SUITE_P(Pairs, NotForgiven,
                         testing::Values(Pair{"zwirn", "zweig"}, Pair{"turm", "tarm"}, Pair{"zwiebel", "zwibbl"},
                                         Pair{"zwiebelturm", "zweibeltrmu"}, Pair{"4711", "4712"},
                                         Pair{"zwiebelturme", "zwiebelturm"},  // the same stem: found anyway
                                         Pair{"москва", "москве"}, Pair{"erfahrungsaustausch", "erinnerungsaus-"}));

TEST(Forgive, knownWordsAreNearToo) {
  const auto found = text::nearWords("bescheit", Vocabulary({}));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front(), (text::Near{"bescheid", 3, true}));
}

TEST(Forgive, theNearestComesFirst) {
  EXPECT_EQ(near("zwiebelturm", {"zwiebeltxxm", "zwiebelturn", "zwiebelturrn"}),
            (Words{"zwiebelturrn", "zwiebelturn", "zwiebeltxxm"}));
}

TEST(Forgive, whatWasAskedStandsFirstAndCanBeHadAlone) {
  const auto asked = text::parseQuery("Zwiebel Haus -Turm");
  const auto wide = text::forgive(asked, [](const std::string& wort) {
    return wort == "zwiebel" ? Words{"zwibel", "lésung", "zwie-"} : Words{};
  });
  EXPECT_EQ(
      text::toFts5(wide),
      "((({stamm teil kopfstamm} : \"zwiebel\" OR {stamm teil kopfstamm} : \"zwibel\" OR teil : \"lésung\" OR "
      "{wort kopfwort} : \"zwie\") AND {stamm teil kopfstamm} : \"haus\") NOT {stamm teil kopfstamm} : \"turm\")");
  EXPECT_TRUE(text::forgives(wide));
  EXPECT_FALSE(text::forgives(asked));
  EXPECT_EQ(text::toFts5(text::exactly(wide)), text::toFts5(asked));
}

TEST(Forgive, aMisreadWordIsForgivenInACompoundWithHyphens) {
  const auto wide = text::forgive(text::parseQuery("Sachsen-Anhalt"),
                                  [](const std::string& wort) { return wort == "anhalt" ? Words{"anhait"} : Words{}; });
  EXPECT_EQ(text::toFts5(wide), "({stamm kopfstamm} : \"sachs anhalt\" OR {stamm kopfstamm} : \"sachs anhait\")");
}

TEST(Forgive, theVocabularyLeavesOutWhatIsKnownShortOrForeign) {
  for (const auto* out : {"gemeinde", "haus", "abc", "12345", "a123", "москва", "x1y2z3"})
    EXPECT_FALSE(text::isVocabulary(out)) << out;
  for (const auto* in : {"gerneinde", "begrif3t", "quastenflosser", "zwrn"}) EXPECT_TRUE(text::isVocabulary(in)) << in;
  EXPECT_FALSE(text::isVocabulary(std::string(41, 'x')));
}

/// A word after some edits, each a letter more, less, another, or (the fourth kind) two that change places.
std::string edited(std::string word, int edits, int kinds) {
  for (; edits > 0; --edits) {
    const auto at = static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(word.size())));
    const char letter = *rc::gen::inRange('a', static_cast<char>('z' + 1));
    switch (*rc::gen::inRange(0, kinds)) {
      case 0:
        word.insert(word.begin() + static_cast<std::ptrdiff_t>(at), letter);
        break;
      case 1:
        word.erase(at, 1);
        break;
      case 2:
        word[at] = letter;
        break;
      default:
        if (at + 1 < word.size()) std::swap(word[at], word[at + 1]);
    }
  }
  return word;
}

std::string randomWord(int least, int most) {
  return *rc::gen::container<std::string>(static_cast<std::size_t>(*rc::gen::inRange(least, most)),
                                          rc::gen::inRange('a', static_cast<char>('z' + 1)));
}

RC_GTEST_PROP(ForgiveProperty, everyWordWithOneEditIsFound, ()) {
  const auto word = randomWord(5, 30);
  const auto other = edited(word, 1, 4);
  RC_PRE(text::isVocabulary(other) && text::costBetween(word, other) > 0);
  const bool sameStem = text::leafOf(word).terms == text::leafOf(other).terms;
  RC_ASSERT(near(word, {other}) == (sameStem ? Words{} : Words{other}));
}

RC_GTEST_PROP(ForgiveProperty, everyLongWordWithTwoEditsIsFound, ()) {
  const auto word = randomWord(10, 30);
  const auto other = edited(word, 2, 3);
  RC_PRE(text::isVocabulary(other) && other.size() >= 9 && text::costBetween(word, other) > 0);
  const bool sameStem = text::leafOf(word).terms == text::leafOf(other).terms;
  RC_ASSERT(near(word, {other}) == (sameStem || text::costBetween(word, other) > 6 ? Words{} : Words{other}));
}

RC_GTEST_PROP(ForgiveProperty, whatIsMisreadIsFoundByFewKeysToo, ()) {
  const auto word = randomWord(5, 24);
  auto other = word;
  for (int i = *rc::gen::inRange(1, 3); i > 0; --i) {
    const auto readings = text::misreadings(other);
    other = readings.empty() ? edited(other, 1, 3) : *rc::gen::elementOf(readings);
  }
  const int cost = text::costBetween(word, other);
  RC_PRE(text::isVocabulary(other) && cost > 0 && cost <= text::costOfMisread);
  const Vocabulary vocabulary({other});
  auto all = text::nearWords(word, vocabulary);
  std::erase_if(all, [](const auto& one) { return one.known; });
  RC_ASSERT(text::nearWords(word, vocabulary, text::Reach::misread) == all);
}

}  // namespace
