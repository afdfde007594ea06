#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "../compound.h"
#include "text/analyser.h"
#include "text/query.h"

/// Whether a stem is that of a word, or of a part of it.
inline bool stemHolds(const std::string& stamm, const text::Token& token) {
  const auto parts = text::compoundParts(token.wort);
  return token.stamm == stamm || std::find(parts.begin(), parts.end(), stamm) != parts.end();
}

/// Whether a document's words meet one leaf of a query: the plainest way, to hold the engines against.
inline bool leafHolds(const text::Leaf& leaf, const std::vector<text::Token>& document) {
  const auto& terms = leaf.terms;
  if (leaf.stream == text::Leaf::Stream::stamm && terms.size() == 1)
    return std::any_of(document.begin(), document.end(), [&](const auto& token) { return stemHolds(terms[0], token); });
  for (std::size_t start = 0; start + terms.size() <= document.size(); ++start) {
    std::size_t i = 0;
    for (; i < terms.size(); ++i) {
      const auto& token = document[start + i];
      const auto& term = leaf.stream == text::Leaf::Stream::wort ? token.wort : token.stamm;
      if (leaf.prefix && i + 1 == terms.size() ? !term.starts_with(terms[i]) : term != terms[i]) break;
    }
    if (i == terms.size()) return true;
  }
  return false;
}
