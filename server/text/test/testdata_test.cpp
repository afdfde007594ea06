// The press release from a scanner, and German law, against a real FTS5.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "../compound.h"
#include "fts5.h"
#include "testing/folder.h"
#include "text/analyser.h"
#include "text/query.h"
#include "text/snippet.h"

namespace {

std::string readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::string replaceAll(std::string in, const std::vector<std::pair<std::string, std::string>>& pairs) {
  for (const auto& [from, to] : pairs) {
    for (std::size_t at = in.find(from); at != std::string::npos; at = in.find(from, at + to.size())) {
      in.replace(at, from.size(), to);
    }
  }
  return in;
}

TEST(Testdata, thePressReleaseIsFoundByItsWords) {
  const auto folder = testing_support::testData();
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no test material at " << folder;
  const auto source = readFile(folder / "seed/pressemitteilung-2025-04-25.ocr.txt");
  Fts5 engine;
  engine.add(1, source);
  engine.add(2, "Ein anderes Schreiben");
  for (const auto* words :
       {"Sachsen-Anhalt", "\"Sachsen-Anhalt\"", "Sächsischer Städte- und Gemeindetag", "Austausch*",
        "\"Delegation aus Sachsen-Anhalt\"", "Städte- und Gemeindebund", "Digitalnavigatoren-Programm",
        "Vorgangsbearbeitung OR Aktenbearbeitung", "Gäste", "gaesten", "Landkreistag -Bayern", "25. April 2025",
        "www.Digital-Lotsen.de", "\"Gemeinden bilden beim SSG\""}) {
    const auto query = text::parseQuery(words);
    EXPECT_TRUE(query.hints.empty()) << words;
    EXPECT_EQ(engine.find(text::toFts5(query)), std::set<int>{1}) << words;
    const auto extract = text::snippet(source, query);
    EXPECT_TRUE(std::any_of(extract.begin(), extract.end(), [](const auto& piece) { return piece.treffer; })) << words;
  }
}

/// The paragraphs of some laws.
std::vector<std::string> paragraphs(const std::filesystem::path& folder) {
  std::vector<std::string> result;
  for (const auto* law : {"bgb.md", "bmg.md", "baunvo.md"}) {
    std::istringstream lines(readFile(folder / "gesetze/auswahl" / law));
    result.emplace_back();
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("##")) result.emplace_back();
      result.back().append(line).append("\n");
    }
  }
  return result;
}

/// The spellings of a word in which people and machines write it.
std::vector<std::string> spellings(const std::string& word) {
  return {word,
          replaceAll(word, {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}, {"ß", "ss"}}),
          replaceAll(word, {{"ä", "a"}, {"ö", "o"}, {"ü", "u"}, {"Ä", "A"}, {"Ö", "O"}, {"Ü", "U"}, {"ß", "ss"}}),
          replaceAll(word, {{"ä", "a\u0308"}, {"ö", "o\u0308"}, {"ü", "u\u0308"}})};
}

TEST(Testdata, everyWordOfALawFindsItsParagraphsInEverySpelling) {
  const auto folder = testing_support::testData();
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no test material at " << folder;
  const auto sources = paragraphs(folder);
  ASSERT_GT(sources.size(), 2000U);
  Fts5 engine;
  std::vector<std::set<std::string>> staemme;  // of each paragraph
  for (std::size_t i = 0; i < sources.size(); ++i) {
    engine.add(static_cast<int>(i), sources[i]);
    staemme.emplace_back();
    for (const auto& token : text::analyse(sources[i])) {
      staemme.back().insert(token.stamm);
      for (auto& part : text::compoundParts(token.wort)) staemme.back().insert(std::move(part));
    }
  }
  for (std::size_t i = 0; i < sources.size(); i += 41) {
    for (const auto& token : text::analyse(sources[i])) {
      if (token.position % 5 != 0) continue;
      std::set<int> expected;
      for (std::size_t k = 0; k < staemme.size(); ++k) {
        if (staemme[k].contains(token.stamm)) expected.insert(static_cast<int>(k));
      }
      for (const auto& word : spellings(sources[i].substr(token.begin, token.end - token.begin))) {
        ASSERT_EQ(engine.find(text::toFts5(text::parseQuery(word))), expected) << word;
      }
    }
  }
}

}  // namespace
