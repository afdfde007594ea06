#include "text/analyser.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

namespace {

using text::analyse;
using Words = std::vector<std::string>;

Words worte(std::string_view utf8) {
  Words result;
  for (const auto& token : analyse(utf8)) result.push_back(token.wort);
  return result;
}

Words staemme(std::string_view utf8) {
  Words result;
  for (const auto& token : analyse(utf8)) result.push_back(token.stamm);
  return result;
}

struct Same {
  const char* left;
  const char* right;
};

class SameWort : public testing::TestWithParam<Same> {};

TEST_P(SameWort, meets) { EXPECT_EQ(worte(GetParam().left), worte(GetParam().right)); }

INSTANTIATE_TEST_SUITE_P(
    Spellings, SameWort,
    testing::Values(Same{"Straße", "Strasse"}, Same{"STRASSE", "STRAẞE"}, Same{"Müller", "Mueller"},
                    Same{"Müller", "muller"}, Same{"Fu\u0308hrung", "Führung"}, Same{"Bäuerin", "Baeuerin"},
                    Same{"Äußerung", "AEUSSERUNG"}, Same{"gemeindeübergreifend", "gemeindeuebergreifend"},
                    Same{"ausgeübt", "ausgeuebt"}, Same{"Bauübungen", "Bauuebungen"}, Same{"säen", "saeen"},
                    Same{"Goethe", "Göthe"}, Same{"Citroën", "Citroen"}, Same{"Wałęsa", "Walesa"},
                    Same{"Đorđević", "Dordevic"}, Same{"Sørensen", "Soerensen"}, Same{"Æbelø", "Aebeloe"},
                    Same{"Þór", "Thor"}, Same{"Œuvre", "Oeuvre"}, Same{"Nguyễn", "Nguyen"}, Same{"Iğdır", "Igdir"},
                    Same{"İstanbul", "istanbul"}, Same{"Mykolaʼiv", "Mykolaiv"}, Same{"ﬁnden", "finden"},
                    Same{"Ver\u00ADwal\u00ADtung", "Verwaltung"}, Same{"Akten\u200Bzeichen", "Aktenzeichen"},
                    Same{"Akten\x01zeichen", "Aktenzeichen"}, Same{"ＡＫＴＥ", "Akte"}, Same{"CO₂", "CO2"},
                    Same{"Ⅳ", "IV"}, Same{"٣", "3"}, Same{"Ångström", "AANGSTROEM"}, Same{"Århus", "Aarhus"},
                    Same{"Ŋuŋ", "NUN"}, Same{"Ĳssel", "IJSSEL"}, Same{"Ħal Għargħur", "HAL GHARGHUR"},
                    Same{"ÐÓRÐUR", "DORDUR"}, Same{"Ŧeŧ", "TET"}, Same{"K\u035FHan", "KHAN"},
                    Same{"S\u031B\u0304a", "SA"}, Same{"Əliyev", "ELIYEV"}, Same{"ΆΘΗΝΑΣ", "άθηνας"},
                    Same{"МОСКВА", "Москва"}));

class SameStamm : public testing::TestWithParam<Same> {};

TEST_P(SameStamm, meets) { EXPECT_EQ(staemme(GetParam().left), staemme(GetParam().right)); }

INSTANTIATE_TEST_SUITE_P(Inflections, SameStamm,
                         testing::Values(Same{"Haus", "Häuser"}, Same{"Haus", "HAEUSERN"},
                                         Same{"Bescheid", "Bescheide"}, Same{"Straße", "Strassen"},
                                         Same{"Stadt", "Städte"}, Same{"Sächsischer", "sachsischen"},
                                         Same{"Steuer", "Steuern"}, Same{"Frau", "Frauen"}, Same{"fördert", "fordert"},
                                         Same{"Gast", "Gästen"}));

class DifferentWort : public testing::TestWithParam<Same> {};

TEST_P(DifferentWort, staysApart) { EXPECT_NE(worte(GetParam().left), worte(GetParam().right)); }

INSTANTIATE_TEST_SUITE_P(Words, DifferentWort,
                         testing::Values(Same{"neue", "neu"}, Same{"Bauer", "Baur"}, Same{"Quelle", "Qulle"},
                                         Same{"007", "7"}, Same{"Masse", "Mase"}));

struct Cut {
  const char* source;
  Words worte;
};

class Cuts : public testing::TestWithParam<Cut> {};

TEST_P(Cuts, intoWords) { EXPECT_EQ(worte(GetParam().source), GetParam().worte); }

INSTANTIATE_TEST_SUITE_P(
    Signs, Cuts,
    testing::Values(Cut{"", {}}, Cut{"§ – „“ * ( ) \" ' \t\n", {}}, Cut{"632.10-4/2026", {"632", "10", "4", "2026"}},
                    Cut{"12.345,67 EUR", {"12", "345", "67", "eur"}}, Cut{"03.04.2026", {"03", "04", "2026"}},
                    Cut{"§5 Abs. 2a", {"5", "abs", "2a"}}, Cut{"Gesetz¹ über", {"gesetz", "uber"}},
                    Cut{"post@stadt-beispiel.de", {"post", "stadt", "beispiel", "de"}},
                    Cut{"https://www.beispiel.de/a?b=1", {"https", "www", "beispiel", "de", "a", "b", "1"}},
                    Cut{"Akte\u00A0Nr.\u202F7", {"akte", "nr", "7"}}, Cut{"a\xFF\xC3(b", {"a", "b"}},
                    Cut{"\xED\xA0\x80x", {"x"}}, Cut{"😀Akte😀", {"akte"}}, Cut{"O'Neill", {"o", "neill"}},
                    Cut{"\u0301\u0308", {}}, Cut{"한국", {"한국"}}));

INSTANTIATE_TEST_SUITE_P(
    BrokenLines, Cuts,
    testing::Values(Cut{"Sach-\nsen-Anhalt", {"sachsen", "anhalt"}}, Cut{"Anhalts-\r\npunkte", {"anhaltspunkte"}},
                    Cut{"Sachsen-\nAnhalt", {"sachsen", "anhalt"}}, Cut{"bil-\n\n  den beim", {"bilden", "beim"}},
                    Cut{"Haupt-\nund Nebenamt", {"haupt", "und", "nebenamt"}}, Cut{"Gr-\nundung", {"grundung"}},
                    Cut{"Sach\u00AD\nsen", {"sachsen"}}, Cut{"Sach¬\nsen", {"sachsen"}},
                    Cut{"Sach\x02\nsen", {"sachsen"}}, Cut{"Sach‐\nsen", {"sachsen"}},
                    Cut{"2024-\nbis 2025", {"2024", "bis", "2025"}}, Cut{"§ 12-\nabsatz", {"12", "absatz"}},
                    Cut{"Akten- zeichen", {"akten", "zeichen"}}, Cut{"Kommunal- \nverwaltung", {"kommunalverwaltung"}},
                    Cut{"Ein- und Ausgang", {"ein", "und", "ausgang"}}, Cut{"Verwal–\ntung", {"verwaltung"}},
                    Cut{"Verwal=\ntung", {"verwaltung"}}, Cut{"a=b – c", {"a", "b", "c"}},
                    Cut{"Mög-\nlich-\nkeiten", {"moglichkeiten"}}, Cut{"Über-\n", {"uber"}},
                    Cut{"Be-\nübung", {"beubung"}}));

TEST(Analyser, givesPlaces) {
  const std::string source = "Die Sach-\nsen, Äcker.";
  const auto tokens = analyse(source);
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(source.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), "Sach-\nsen");
  EXPECT_EQ(source.substr(tokens[2].begin, tokens[2].end - tokens[2].begin), "Äcker");
  EXPECT_EQ(tokens[2].position, 2U);
}

TEST(Analyser, cutsLongTerms) {
  const auto tokens = analyse(std::string(1000, 'x') + " " + std::string(63, 'x') + "я");
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[0].wort, std::string(64, 'x'));
  EXPECT_EQ(tokens[0].end, 1000U);
  EXPECT_EQ(tokens[1].wort, std::string(63, 'x'));  // never half a character
}

TEST(Analyser, servesManyThreads) {
  const std::string source = "Die Häuser der Straßen in den Gemeinden und Städten";
  const auto expected = analyse(source);
  std::vector<std::vector<text::Token>> results(8);
  {
    std::vector<std::jthread> threads;
    for (auto& result : results) {
      threads.emplace_back([&] {
        for (int i = 0; i < 100; ++i) result = analyse(source);
      });
    }
  }
  for (const auto& result : results) EXPECT_EQ(result, expected);
}

/// Text that is dense in what the rules look at.
rc::Gen<std::string> germanish() {
  const auto piece = rc::gen::elementOf(Words{"a", "e",  "o",   "u",    "b", "q",    "ä",  "ö",   "ü",      "ß",
                                              "æ", "ue", "aue", "eueb", "S", "n",    "st", "-\n", "\u00AD", "\u0308",
                                              " ", "-",  ".",   "3",    "я", "\xC3", "\n", "und", "¹",      "\x01"});
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const Words& pieces) {
    std::string joined;
    for (const auto& part : pieces) joined += part;
    return joined;
  });
}

bool isCleanTerm(const std::string& term) {
  return !term.empty() && term.size() <= text::maxTermBytes && std::all_of(term.begin(), term.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
  });
}

RC_GTEST_PROP(AnalyserProperty, termsAreCleanAndInOrder, ()) {
  const auto source = *rc::gen::oneOf(germanish(), rc::gen::string<std::string>());
  std::size_t end = 0;
  std::uint32_t position = 0;
  for (const auto& token : analyse(source)) {
    RC_ASSERT(isCleanTerm(token.wort));
    RC_ASSERT(isCleanTerm(token.stamm));
    RC_ASSERT(token.stamm.front() == token.wort.front());  // the snippets rely on it
    RC_ASSERT(token.position == position++);
    RC_ASSERT(token.begin >= end);
    RC_ASSERT(token.end > token.begin);
    end = token.end;
  }
  RC_ASSERT(end <= source.size());
}

RC_GTEST_PROP(AnalyserProperty, aTermIsItsOwnTerm, ()) {
  const auto source = *germanish();
  for (const auto& token : analyse(source)) RC_ASSERT(worte(token.wort) == Words{token.wort});
}

RC_GTEST_PROP(AnalyserProperty, stammDependsOnWortAlone, ()) {
  const auto source = *germanish();
  for (const auto& token : analyse(source)) RC_ASSERT(staemme(token.wort) == Words{token.stamm});
}

}  // namespace
