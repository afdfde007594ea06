#include "../compound.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "../facts.h"
#include "../stem.h"
#include "../words.h"
#include "text/analyser.h"
#include "text/forgive.h"
#include "text/terms.h"

namespace {

using Words = std::vector<std::string>;

struct Cut {
  const char* word;
  Words parts;
};

class Compounds : public testing::TestWithParam<Cut> {};

TEST_P(Compounds, areCut) { EXPECT_EQ(text::compoundParts(text::analyse(GetParam().word)[0].wort), GetParam().parts); }

INSTANTIATE_TEST_SUITE_P(
    Words, Compounds,
    testing::Values(Cut{"Grundstücksverkehrsgenehmigung", {"grundstucksverkehr", "grundstuck", "verkehr", "genehm"}},
                    Cut{"Baugenehmigung", {"bau", "genehm"}}, Cut{"Hundesteuer", {"hund", "steu"}},
                    Cut{"Straßenreinigungsgebühr", {"strassenrein", "strass", "reinig", "gebuhr"}},
                    Cut{"Strassenreinigungsgebuehr", {"strassenrein", "strass", "reinig", "gebuhr"}},
                    Cut{"Erfahrungsaustausch", {"erfahr", "austausch"}},
                    Cut{"Personalausweisgesetz", {"personalausweis", "personal", "ausweis", "gesetz"}},
                    Cut{"Feuerwehrgerätehaus", {"feuerwehr", "gerat", "haus"}}, Cut{"Überprüfung", {"prufung"}},
                    Cut{"Gemeindetag", {"gemeind", "tag"}}));

INSTANTIATE_TEST_SUITE_P(Whole, Compounds,
                         testing::Values(Cut{"Gesellschaft", {}}, Cut{"Unterlassung", {}}, Cut{"Bescheid", {}},
                                         Cut{"Verantwortung", {}}, Cut{"berücksichtigen", {}}, Cut{"Entscheidung", {}},
                                         Cut{"Haus", {}}, Cut{"Zuständigkeit", {}}, Cut{"Москвамосква", {}},
                                         Cut{"xxxxxxxxxxxxxxxxxxxx", {}}));

TEST(KnownWords, areInOrderAndClean) {
  const auto words = text::knownWords();
  ASSERT_GT(words.size(), 90'000U);
  for (std::size_t i = 0; i < words.size(); ++i) {
    ASSERT_TRUE(i == 0 || words[i - 1].wort < words[i].wort) << words[i].wort;
    ASSERT_TRUE(std::ranges::all_of(words[i].wort, [](char c) { return c >= 'a' && c <= 'z'; })) << words[i].wort;
    ASSERT_LE(words[i].common, 25) << words[i].wort;
  }
  EXPECT_TRUE(text::knownAs("gemeinde"));
  EXPECT_FALSE(text::knownAs("gerneinde"));
}

/// Who changes what is indexed counts `analyserVersion` up, and puts the new sum here.
TEST(AnalyserVersion, belongsToTheseTerms) {
  std::uint64_t sum = 14'695'981'039'346'656'037U;
  const auto mix = [&sum](const std::string& terms) {
    for (const char c : terms) sum = (sum ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U;
  };
  std::string all =
      "Straße Müller Årsta Kooperationsmég-\nlichkeiten 632.10-4/2026 begrif3t Haupt-\nund CO₂ Ein- und Москва ";
  const auto words = text::knownWords();
  for (std::size_t i = 0; i < words.size(); i += 7) (all += words[i].wort) += words[(i * 31) % words.size()].wort;
  for (std::size_t at = 0; at < all.size(); at += 1000) {
    const auto terms = text::termText(all.substr(at, 1000));
    for (const auto* stream : {&terms.worte, &terms.staemme, &terms.teile}) mix(*stream);
    for (const auto& entry : terms.vokabeln) mix(entry);
  }
  EXPECT_EQ(std::pair(text::analyserVersion, sum), std::pair(std::int64_t{2}, std::uint64_t{6413460251911866509U}));
}

RC_GTEST_PROP(CompoundProperty, partsAreStemsOfPiecesInOrder, ()) {
  const auto words = text::knownWords();
  std::string wort;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
    wort += words[static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(words.size())))].wort;
  for (const auto& part : text::compoundParts(wort)) {
    RC_ASSERT(part.size() >= 2);
    RC_ASSERT(wort.find(part.substr(0, 2)) != std::string::npos);
  }
  std::string joined;
  for (const auto& part : text::compoundParts(wort)) (joined += joined.empty() ? "" : " ") += part;
  for (int again = 0; again < 2; ++again) {
    const auto& facts = text::factsOf(wort);
    RC_ASSERT(facts.teile == joined);
    RC_ASSERT(facts.stamm == text::stem(wort));
    RC_ASSERT(facts.vokabel == text::isVocabulary(wort));
  }
}

}  // namespace
