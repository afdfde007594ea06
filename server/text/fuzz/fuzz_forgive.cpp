// Any two words: costs are the same in both directions, a vocabulary gives what it has, and the query stays one for
// FTS5.
#include <cstdlib>
#include <string>

#include "../distance.h"
#include "../test/fts5.h"
#include "text/analyser.h"
#include "text/forgive.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Fts5 engine;
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const auto terms = text::termText(source.substr(0, 2000));
  for (const auto& entry : terms.vokabeln) require(!text::vocabularyKeys(entry).empty());
  const auto query = text::parseQuery(source.substr(0, 300));
  const auto wide = text::forgive(query, [&](const std::string& wort) {
    std::vector<std::string> accepted;
    for (const auto& near : text::nearWords(wort, [&](const auto&) { return terms.vokabeln; })) {
      require(near.cost > 0 && near.cost <= 6);
      if (accepted.size() < 4) accepted.push_back(near.eintrag);
    }
    return accepted;
  });
  require(text::toFts5(text::exactly(wide)) == text::toFts5(query));
  if (wide.root) (void)engine.find(text::toFts5(wide));  // throws what SQLite refuses
  return 0;
}
