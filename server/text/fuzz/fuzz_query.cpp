// Any input is a query that every renderer can write, that FTS5 accepts, and that finds there what plain search finds.
#include <cstdlib>
#include <string>
#include <string_view>

#include "../test/fts5.h"
#include "../test/plain_search.h"
#include "text/analyser.h"
#include "text/query.h"

namespace {

const std::string document = "Die Häuser der Stadt, Az. 632.10-4/2026, Sachsen-Anhalt a b a c 1 2 or and";

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto tokens = text::analyse(document);
  static Fts5 engine = [] {
    Fts5 made;
    made.add(1, document);
    return made;
  }();
  const auto query = text::parseQuery({reinterpret_cast<const char*>(data), size});
  const auto condition = text::toCondition(query, [](const text::Leaf& leaf) { return text::toTsquery(leaf); });
  const bool found = text::evaluate(query, [](const text::Leaf& leaf) { return leafHolds(leaf, tokens); });
  if (!query.root) {
    require(!found && (!query.hints.empty() || !query.filters.empty()) && condition.empty());
    require(text::toFts5(query).empty() && text::candidateTsquery(query).empty());
    return 0;
  }
  require(!condition.empty() && !text::candidateTsquery(query).empty() && !text::shownLeaves(query).empty());
  require(engine.find(text::toFts5(query)).contains(1) == found);  // throws what SQLite refuses
  return 0;
}
