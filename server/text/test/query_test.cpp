#include "text/query.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace {

using text::parseQuery;

std::vector<std::string> codes(std::string_view query) {
  std::vector<std::string> result;
  for (const auto& hint : parseQuery(query).hints) result.emplace_back(hint.code);
  return result;
}

struct Rendered {
  const char* query;
  const char* fts5;
};

class ToFts5 : public testing::TestWithParam<Rendered> {};

TEST_P(ToFts5, renders) { EXPECT_EQ(text::toFts5(parseQuery(GetParam().query)), GetParam().fts5); }

INSTANTIATE_TEST_SUITE_P(
    Queries, ToFts5,
    testing::Values(
        Rendered{"Häuser", R"(stamm : "haus")"}, Rendered{"\"die Häuser\"", R"(wort : "die hauser")"},
        Rendered{"„die Häuser“", R"(wort : "die hauser")"}, Rendered{"Anhal*", R"(wort : "anhal" *)"},
        Rendered{"\"die Häu\"*", R"(wort : "die hau" *)"}, Rendered{"Sachsen-Anh*", R"(wort : "sachsen anh" *)"},
        Rendered{"632.10-4/2026", R"(stamm : "632 10 4 2026")"}, Rendered{"Digital-Lotse", R"(stamm : "digital lots")"},
        Rendered{"Bescheid Haus", R"((stamm : "bescheid" AND stamm : "haus"))"},
        Rendered{"Bescheid UND Haus", R"((stamm : "bescheid" AND stamm : "haus"))"},
        Rendered{"Bescheid ODER Haus", R"((stamm : "bescheid" OR stamm : "haus"))"},
        Rendered{"Bescheid|Haus Akte", R"(((stamm : "bescheid" OR stamm : "haus") AND stamm : "akt"))"},
        Rendered{"Haus -Bescheid", R"((stamm : "haus" NOT stamm : "bescheid"))"},
        Rendered{"-Bescheid -\"a b\" Haus", R"((stamm : "haus" NOT (stamm : "bescheid" OR wort : "a b")))"},
        Rendered{"Haus -(a b)", R"((stamm : "haus" NOT (stamm : "a" AND stamm : "b")))"},
        Rendered{"Haus --a", R"((stamm : "haus" NOT stamm : "a"))"},
        Rendered{"Müller - Haus", R"((stamm : "mull" AND stamm : "haus"))"},
        Rendered{"OR a OR OR b OR", R"((stamm : "a" OR stamm : "b"))"}, Rendered{"() a (§)", R"(stamm : "a")"},
        Rendered{"or and not near", R"((stamm : "or" AND stamm : "and" AND stamm : "not" AND stamm : "near"))"},
        Rendered{"treue*", R"(wort : "treu" *)"}, Rendered{"-a", ""}, Rendered{"", ""}, Rendered{"§ *", ""}));

struct Hinted {
  const char* query;
  std::vector<std::string> codes;
};

class Hints : public testing::TestWithParam<Hinted> {};

TEST_P(Hints, areGiven) { EXPECT_EQ(codes(GetParam().query), GetParam().codes); }

INSTANTIATE_TEST_SUITE_P(Queries, Hints,
                         testing::Values(Hinted{"Haus", {}}, Hinted{"", {"suche-leer"}}, Hinted{"§ -", {"suche-leer"}},
                                         Hinted{"-a -b", {"suche-nur-ausschluss"}},
                                         Hinted{"a OR -b", {"suche-nur-ausschluss"}},
                                         Hinted{"a (-b)", {"suche-nur-ausschluss"}},
                                         Hinted{"\"a b", {"suche-anfuehrungszeichen"}}, Hinted{"(a", {"suche-klammer"}},
                                         Hinted{"a) b", {"suche-klammer"}}, Hinted{"a*", {"suche-stern"}},
                                         Hinted{"Bau*amt", {"suche-stern"}}));

TEST(Query, unbalancedQuoteIsClosedAtTheEnd) {
  EXPECT_EQ(text::toFts5(parseQuery("\"die Akte")), text::toFts5(parseQuery("\"die Akte\"")));
}

TEST(Query, hasLimits) {
  EXPECT_EQ(codes(std::string(501, 'x')), std::vector<std::string>{"suche-zu-lang"});
  std::string umlauts;
  for (int i = 0; i < 500; ++i) umlauts += "ä";
  EXPECT_TRUE(codes(umlauts).empty());

  std::string many;
  for (int i = 0; i < 40; ++i) many += "w" + std::to_string(i) + " ";
  EXPECT_EQ(codes(many), std::vector<std::string>{"suche-zu-viele-woerter"});
  EXPECT_EQ(text::shownLeaves(parseQuery(many)).size(), text::maxQueryTerms);

  const auto phrase = parseQuery('"' + many + '"');
  ASSERT_EQ(text::shownLeaves(phrase).size(), 1U);
  EXPECT_EQ(text::shownLeaves(phrase).front()->terms.size(), text::maxQueryTerms);

  // A phrase cut short would exclude too much.
  EXPECT_EQ(text::toFts5(parseQuery("Haus -\"" + many + '"')), R"(stamm : "haus")");
  EXPECT_EQ(codes(std::string(17, '(') + "a" + std::string(17, ')') + " b"), std::vector<std::string>{"suche-tiefe"});
}

struct Candidates {
  const char* query;
  const char* tsquery;
};

class ToTsquery : public testing::TestWithParam<Candidates> {};

TEST_P(ToTsquery, givesCandidates) {
  EXPECT_EQ(text::candidateTsquery(parseQuery(GetParam().query)), GetParam().tsquery);
}

INSTANTIATE_TEST_SUITE_P(Queries, ToTsquery,
                         testing::Values(Candidates{"Häuser", "shaus"}, Candidates{"Anhal*", "wanhal:*"},
                                         Candidates{"\"die Akte\"", "(wdie&wakte)"},
                                         Candidates{"a OR b -c", "((sa|sb)&!sc)"},
                                         // A document with both words, but not in this order, must stay.
                                         Candidates{"Haus -\"a b\"", "shaus"}, Candidates{"Haus -(\"a b\" c)", "shaus"},
                                         Candidates{"Haus -(\"a b\" OR c)", "(shaus&!sc)"},
                                         Candidates{"Haus -(a -\"b c\")", "(shaus&!(sa&!(wb&wc)))"},
                                         Candidates{"", ""}));

TEST(Query, rendersConditions) {
  const auto query = parseQuery("a (\"b c\" OR d*) -e");
  EXPECT_TRUE(text::needsPositions(query));
  EXPECT_FALSE(text::needsPositions(parseQuery("a -b")));
  EXPECT_TRUE(text::needsPositions(parseQuery("a -(b \"c d\")")));
  EXPECT_EQ(text::toCondition(query, [](const text::Leaf& leaf) { return '[' + text::toTsquery(leaf) + ']'; }),
            "([sa] AND ([(wb<->wc)] OR [sd]) AND NOT ([se]))");
}

}  // namespace
