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
        Rendered{"Häuser", R"({stamm teil kopfstamm} : "haus")"},
        Rendered{"\"die Häuser\"", R"({wort kopfwort} : "die hauser")"},
        Rendered{"„die Häuser“", R"({wort kopfwort} : "die hauser")"},
        Rendered{"Anhal*", R"({wort kopfwort} : "anhal" *)"},
        Rendered{"\"die Häu\"*", R"({wort kopfwort} : "die hau" *)"},
        Rendered{"Sachsen-Anh*", R"({wort kopfwort} : "sachsen anh" *)"},
        Rendered{"632.10-4/2026", R"({stamm kopfstamm} : "632 10 4 2026")"},
        Rendered{"Digital-Lotse", R"({stamm kopfstamm} : "digital lots")"},
        Rendered{"Bescheid Haus", R"(({stamm teil kopfstamm} : "bescheid" AND {stamm teil kopfstamm} : "haus"))"},
        Rendered{"Bescheid UND Haus", R"(({stamm teil kopfstamm} : "bescheid" AND {stamm teil kopfstamm} : "haus"))"},
        Rendered{"Bescheid ODER Haus", R"(({stamm teil kopfstamm} : "bescheid" OR {stamm teil kopfstamm} : "haus"))"},
        Rendered{
            "Bescheid|Haus Akte",
            R"((({stamm teil kopfstamm} : "bescheid" OR {stamm teil kopfstamm} : "haus") AND {stamm teil kopfstamm} : "akt"))"},
        Rendered{"Haus -Bescheid", R"(({stamm teil kopfstamm} : "haus" NOT {stamm teil kopfstamm} : "bescheid"))"},
        Rendered{
            "-Bescheid -\"a b\" Haus",
            R"(({stamm teil kopfstamm} : "haus" NOT ({stamm teil kopfstamm} : "bescheid" OR {wort kopfwort} : "a b")))"},
        Rendered{
            "Haus -(a b)",
            R"(({stamm teil kopfstamm} : "haus" NOT ({stamm teil kopfstamm} : "a" AND {stamm teil kopfstamm} : "b")))"},
        Rendered{"Haus --a", R"(({stamm teil kopfstamm} : "haus" NOT {stamm teil kopfstamm} : "a"))"},
        Rendered{"Müller - Haus", R"(({stamm teil kopfstamm} : "mull" AND {stamm teil kopfstamm} : "haus"))"},
        Rendered{"OR a OR OR b OR", R"(({stamm teil kopfstamm} : "a" OR {stamm teil kopfstamm} : "b"))"},
        Rendered{"() a (§)", R"({stamm teil kopfstamm} : "a")"},
        Rendered{
            "or and not near",
            R"(({stamm teil kopfstamm} : "or" AND {stamm teil kopfstamm} : "and" AND {stamm teil kopfstamm} : "not" AND {stamm teil kopfstamm} : "near"))"},
        Rendered{"treue*", R"({wort kopfwort} : "treu" *)"}, Rendered{"-a", ""}, Rendered{"", ""},
        Rendered{"§ *", ""}));

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
  EXPECT_EQ(text::toFts5(parseQuery("Haus -\"" + many + '"')), R"({stamm teil kopfstamm} : "haus")");
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

INSTANTIATE_TEST_SUITE_P(
    Queries, ToTsquery,
    testing::Values(Candidates{"Häuser", "(shaus|thaus)"}, Candidates{"Anhal*", "wanhal:*"},
                    Candidates{"\"die Akte\"", "(wdie&wakte)"}, Candidates{"a OR b -c", "(((sa|ta)|(sb|tb))&!(sc|tc))"},
                    // A document with both words, but not in this order, must stay.
                    Candidates{"Haus -\"a b\"", "(shaus|thaus)"}, Candidates{"Haus -(\"a b\" c)", "(shaus|thaus)"},
                    Candidates{"Haus -(\"a b\" OR c)", "((shaus|thaus)&!(sc|tc))"},
                    Candidates{"Haus -(a -\"b c\")", "((shaus|thaus)&!((sa|ta)&!(wb&wc)))"}, Candidates{"", ""}));

TEST(Query, rendersConditions) {
  const auto query = parseQuery("a (\"b c\" OR d*) -e");
  EXPECT_TRUE(text::needsPositions(query));
  EXPECT_FALSE(text::needsPositions(parseQuery("a -b")));
  EXPECT_TRUE(text::needsPositions(parseQuery("a -(b \"c d\")")));
  EXPECT_EQ(text::toCondition(query, [](const text::Leaf& leaf) { return '[' + text::toTsquery(leaf) + ']'; }),
            "([(sa|ta)] AND ([(wb<->wc)] OR [(sd|td)]) AND NOT ([(se|te)]))");
}

}  // namespace
