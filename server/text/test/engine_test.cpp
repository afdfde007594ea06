// FTS5 and a plain evaluation over word lists must find the same, for random documents and queries.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "fts5.h"
#include "plain_search.h"
#include "text/analyser.h"
#include "text/query.h"

namespace {

using Words = std::vector<std::string>;

const Words vocabulary{"Haus",     "Häuser",        "Haeuser", "Bescheid",   "Bescheide",      "Straße",
                       "strassen", "632.10-4/2026", "632",     "10",         "Sachsen-Anhalt", "Sachsen",
                       "Anhalt",   "Anhalts",       "treue",   "Treuebruch", "Bruch",          "übung",
                       "Москва",   "москвы",        "a",       "und"};

/// A query before it is written down.
struct Model {
  enum class Kind { word, prefix, phrase, all, any };
  Kind kind = Kind::word;
  std::string words;
  std::vector<Model> with;
  std::vector<Model> without;
};

std::string written(const Model& model) {
  std::string result;
  switch (model.kind) {
    case Model::Kind::word:
      return model.words;
    case Model::Kind::prefix:
      return model.words + '*';
    case Model::Kind::phrase:
      return '"' + model.words + '"';
    case Model::Kind::any:
      for (const auto& child : model.with) result.append(result.empty() ? "(" : " OR ").append(written(child));
      return result + ')';
    case Model::Kind::all:
      for (const auto& child : model.with) result.append(result.empty() ? "(" : " ").append(written(child));
      for (const auto& child : model.without) result.append(" -").append(written(child));
      return result + ')';
  }
  return result;
}

bool matches(const text::Token& token, const text::Token& sought, Model::Kind kind, bool last) {
  if (kind == Model::Kind::word) return token.stamm == sought.stamm;
  if (kind == Model::Kind::phrase || !last) return token.wort == sought.wort;
  return token.wort.starts_with(sought.wort) || (sought.wort == "treue" && token.wort.starts_with("treu"));
}

bool holds(const Model& model, const std::vector<text::Token>& document) {
  const auto child = [&](const Model& is) { return holds(is, document); };
  if (model.kind == Model::Kind::any) return std::any_of(model.with.begin(), model.with.end(), child);
  if (model.kind == Model::Kind::all) {
    return std::all_of(model.with.begin(), model.with.end(), child) &&
           std::none_of(model.without.begin(), model.without.end(), child);
  }
  const auto sought = text::analyse(model.words);
  if (model.kind == Model::Kind::word && sought.size() == 1)
    return std::any_of(document.begin(), document.end(),
                       [&](const auto& token) { return stemHolds(sought[0].stamm, token); });
  for (std::size_t start = 0; start + sought.size() <= document.size(); ++start) {
    std::size_t i = 0;
    while (i < sought.size() && matches(document[start + i], sought[i], model.kind, i + 1 == sought.size())) ++i;
    if (i == sought.size()) return true;
  }
  return false;
}

rc::Gen<Words> someWords(std::size_t least, std::size_t most) {
  return rc::gen::mapcat(rc::gen::inRange(least, most + 1), [](std::size_t count) {
    return rc::gen::container<Words>(count, rc::gen::elementOf(vocabulary));
  });
}

std::string joined(const Words& words) {
  std::string result;
  for (const auto& word : words) result.append(result.empty() ? "" : " ").append(word);
  return result;
}

Model randomModel(int depth) {
  const int kind = *rc::gen::inRange(0, depth > 0 ? 5 : 3);
  Model model{.kind = static_cast<Model::Kind>(kind), .words = {}, .with = {}, .without = {}};
  if (kind < 2) {
    model.words = *rc::gen::elementOf(vocabulary);
    if (model.kind == Model::Kind::prefix && model.words == "a") model.words = "un";
  } else if (model.kind == Model::Kind::phrase) {
    model.words = joined(*someWords(1, 3));
  } else {
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) model.with.push_back(randomModel(depth - 1));
    if (model.kind == Model::Kind::all) {
      for (int i = *rc::gen::inRange(0, 3); i > 0; --i) model.without.push_back(randomModel(depth - 1));
    }
  }
  return model;
}

RC_GTEST_PROP(Engine, findsWhatThePlainEvaluationFinds, ()) {
  const auto documents =
      *rc::gen::resize(12, rc::gen::nonEmpty(rc::gen::container<std::vector<Words>>(someWords(0, 9))));
  const Model model = randomModel(2);
  const auto query = text::parseQuery(written(model));
  RC_PRE(query.hints.empty());  // too many words

  Fts5 engine;
  std::set<int> expected, evaluated;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto source = joined(documents[i]);
    const auto tokens = text::analyse(source);
    engine.add(static_cast<int>(i), source);
    if (holds(model, tokens)) expected.insert(static_cast<int>(i));
    if (text::evaluate(query, [&](const text::Leaf& leaf) { return leafHolds(leaf, tokens); })) {
      evaluated.insert(static_cast<int>(i));
    }
  }
  RC_LOG() << written(model) << " -> " << text::toFts5(query);
  RC_ASSERT(evaluated == expected);
  RC_ASSERT(engine.find(text::toFts5(query)) == expected);
}

RC_GTEST_PROP(Engine, acceptsAnyInput, ()) {
  const auto signs = rc::gen::elementOf(
      Words{"\"", "(",  ")", "-", "*", " ",    "OR",   "AND",   "NEAR", "NOT", "a",    "Haus",   ":",    "^", "+",
            "{",  "\\", "'", "|", "„", "\xFF", "wort", "stamm", "\x01", ",",   "von:", "datum:", "2024", ".."});
  const auto pieces = *rc::gen::container<Words>(signs);
  std::string input;
  for (const auto& piece : pieces) input += piece;
  const auto query = text::parseQuery(input);
  RC_ASSERT(query.root.has_value() || !query.filters.empty() || !query.hints.empty());
  static Fts5 engine;
  if (query.root) engine.find(text::toFts5(query));
}

/// A beginning of a word, as it grows under the typing hand, finds the word.
RC_GTEST_PROP(Engine, everyBeginningFindsTheWord, ()) {
  const auto letters = *rc::gen::nonEmpty(
      rc::gen::container<Words>(rc::gen::elementOf(Words{"a", "e", "u", "b", "q", "ä", "ü", "ß", "r", "1", "Ł", "я"})));
  std::string word;
  for (const auto& letter : letters) word += letter;
  Fts5 engine;
  engine.add(1, word);
  std::string beginning;
  for (const auto& letter : letters) {
    beginning += letter;
    const auto query = text::parseQuery(beginning + '*');
    if (query.hints.empty()) RC_ASSERT(engine.find(text::toFts5(query)) == std::set<int>{1});
  }
}

}  // namespace
