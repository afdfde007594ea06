// Any bytes: terms stay clean and in step, extracts valid.
#include <cstdlib>
#include <string_view>

#include "text/analyser.h"
#include "text/query.h"
#include "text/snippet.h"
#include "text/terms.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

bool isClean(std::string_view term) {
  for (const char c : term) {
    if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80)) return false;
  }
  return !term.empty() && term.size() <= text::maxTermBytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  const auto tokens = text::analyse(source);
  for (const auto& token : tokens) {
    require(isClean(token.wort) && isClean(token.stamm));
    require(token.begin < token.end && token.end <= size);
  }
  const auto terms = text::termText(source);
  require(terms.truncated || terms.count == tokens.size());
  require(text::segmentVectors(terms).empty() == (terms.count == 0));
  require(text::documentVector({}, terms).empty() == (terms.count == 0));
  for (const auto& piece : text::snippet(source, text::parseQuery(source.substr(0, 40)), 20))
    require(!piece.text.empty());
  return 0;
}
