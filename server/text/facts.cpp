#include "facts.h"

#include <vector>

#include "compound.h"
#include "stem.h"
#include "text/forgive.h"

namespace text {

const Facts& factsOf(std::string_view wort) {
  thread_local std::vector<Facts> remembered(32'768);
  Facts& facts = remembered[std::hash<std::string_view>{}(wort) % remembered.size()];
  if (facts.wort == wort && !wort.empty()) return facts;
  facts.wort = wort;
  facts.stamm = stem(wort);
  facts.teile.clear();
  for (const auto& part : compoundParts(wort)) {
    if (!facts.teile.empty()) facts.teile += ' ';
    facts.teile += part;
  }
  facts.vokabel = isVocabulary(wort);
  return facts;
}

}  // namespace text
