#include "text/snippet.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <string>
#include <vector>

#include "text/analyser.h"
#include "text/forgive.h"

namespace {

using text::Piece;

std::vector<Piece> snippet(std::string_view source, std::string_view query, std::size_t characters = 240) {
  return text::snippet(source, text::parseQuery(query), characters);
}

/// [hits] in brackets.
std::string shown(const std::vector<Piece>& pieces) {
  std::string result;
  for (const auto& piece : pieces) result += piece.treffer ? '[' + piece.text + ']' : piece.text;
  return result;
}

std::string filler(int words) {
  std::string result;
  for (int i = 0; i < words; ++i) result += "Lorem ipsum ";
  return result;
}

TEST(Snippet, marksWhatWasSoughtInAnyInflection) {
  EXPECT_EQ(shown(snippet("Die Häuser  am\n\tMarkt.", "Haus")), "Die [Häuser] am Markt.");
  EXPECT_EQ(shown(snippet("Strasse und Straße", "Straßen")), "[Strasse] und [Straße]");
  EXPECT_EQ(shown(snippet("Anhaltspunkte, angehalten", "Anhal*")), "[Anhaltspunkte], angehalten");
}

TEST(Snippet, marksCompoundsAndWhatWasForgiven) {
  EXPECT_EQ(shown(snippet("Die Baugenehmigung liegt vor.", "Genehmigung")), "Die [Baugenehmigung] liegt vor.");
  EXPECT_EQ(shown(snippet("Ein Haus in Årsta", "Arsta")), "Ein Haus in [Årsta]");
  const auto wide = text::forgive(text::parseQuery("Lösung Haus"), [](const std::string& wort) {
    return wort == "losung" ? std::vector<std::string>{"lésung"} : std::vector<std::string>{};
  });
  EXPECT_EQ(shown(text::snippet("Die Lesung und die Lésung im Haus", wide)), "Die Lesung und die [Lésung] im [Haus]");
}

TEST(Snippet, marksPhrasesAsAWhole) {
  EXPECT_EQ(shown(snippet("Der Städte- und Gemeindetag, die Städte", "\"städte und gemeindetag\"")),
            "Der [Städte- und Gemeindetag], die Städte");
  EXPECT_EQ(shown(snippet("Az. 632.10-4/2026 und 632", "632.10-4/2026")), "Az. [632.10-4/2026] und 632");
}

TEST(Snippet, keepsNeighboursApart) {
  EXPECT_EQ(shown(snippet("Den Bescheiden\nBescheide", "Bescheid")), "Den [Bescheiden] [Bescheide]");
}

TEST(Snippet, makesBrokenWordsWhole) {
  EXPECT_EQ(shown(snippet("aus Sach-\nsen-Anhalt zu", "Sachsen-Anhalt")), "aus [Sachsen-Anhalt] zu");
  EXPECT_EQ(shown(snippet("aus Sach\u00AD\nsen zu bil-\n\nden", "zu")), "aus Sachsen [zu] bilden");
}

TEST(Snippet, doesNotMarkWhatIsExcluded) {
  EXPECT_EQ(shown(snippet("Haus und Hof", "Haus -Garten -Hof")), "[Haus] und Hof");
}

TEST(Snippet, showsThePlaceWhereMostMeets) {
  const auto source = filler(100) + "Akte allein. " + filler(100) + "Die Akte beim Bescheid. " + filler(100);
  const auto extract = shown(snippet(source, "Bescheid Akte"));
  EXPECT_NE(extract.find("Die [Akte] beim [Bescheid]."), std::string::npos) << extract;
  EXPECT_TRUE(extract.starts_with("… ")) << extract;
  EXPECT_TRUE(extract.ends_with(" …")) << extract;
}

TEST(Snippet, showsTheBeginningWhereNothingIsFound) {
  EXPECT_EQ(shown(snippet("  Erste Zeile\n" + filler(100), "Bescheid", 12)), "Erste Zeile …");
  EXPECT_EQ(shown(snippet("Erste Zeile", "")), "Erste Zeile");
  EXPECT_TRUE(snippet(" \n", "Bescheid").empty());
}

TEST(Snippet, cutsWhatHasNoBlanks) {
  EXPECT_EQ(shown(snippet(std::string(1000, 'x'), "y", 10)), "xxxxxxxxxx …");
  EXPECT_EQ(shown(snippet(std::string(1000, 'x'), "xxx*", 10)), "[xxxxxxxxxx] …");
}

TEST(Snippet, keepsTheHitWhenWhatFollowsHasNoBlanks) {
  EXPECT_EQ(shown(snippet("aa bb Haus" + std::string(50, '.'), "Haus", 12)), "… bb [Haus] …");
}

TEST(Snippet, repairsText) { EXPECT_EQ(shown(snippet("A\xFF \x01Haus\x02", "Haus")), "A\uFFFD [Haus]"); }

TEST(Snippet, findsAtTheEndOfALongText) {
  const auto extract = shown(snippet(filler(200'000) + "Bescheid", "Bescheid"));
  EXPECT_TRUE(extract.ends_with("ipsum [Bescheid]")) << extract;
}

bool isUtf8(const std::string& text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    if (c < 0x20) return false;
  }
  return true;
}

std::size_t characters(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

RC_GTEST_PROP(SnippetProperty, isShortAndValidAndShowsAHit, ()) {
  const std::vector<std::string> parts{"Haus", "Häuser", " ",    "-\n", "\xC3",   "ä",
                                       "b",    "\u00AD", "Akte", ".",   "\u200B", "\x01"};
  const auto chosen = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(parts));
  const auto limit = *rc::gen::inRange<std::size_t>(1, 40);
  std::string source, all;
  for (const auto& part : chosen) source += part;

  bool hit = false;
  for (const auto& piece : snippet(source, "Haus \"akte akte\"", limit)) {
    RC_ASSERT(isUtf8(piece.text));
    RC_ASSERT(!piece.text.empty());
    all += piece.text;
    hit = hit || piece.treffer;
  }
  RC_ASSERT(characters(all) <= limit + 4);
  const auto tokens = text::analyse(source);
  const bool expected =
      std::any_of(tokens.begin(), tokens.end(), [](const auto& token) { return token.stamm == "haus"; });
  // A hit in a compound that is longer than the extract cannot be shown.
  const bool fits =
      std::all_of(tokens.begin(), tokens.end(), [&](const auto& token) { return token.end - token.begin <= limit; });
  if (expected && fits && limit > 20) RC_ASSERT(hit);
}

}  // namespace
