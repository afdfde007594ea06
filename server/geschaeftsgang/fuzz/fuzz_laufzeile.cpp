// Any bytes are a line: places lie inside it, and what was understood is written and understood again as the same.
#include <cstdlib>

#include "../test/leute.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geschaeftsgang;
  const std::string_view zeile(reinterpret_cast<const char*>(data), size);
  const auto entwurf = verstehe(zeile, verzeichnis(), ich, heute);
  require(entwurf.schritte.size() <= 50);
  for (const auto& s : entwurf.schritte) require(s.von <= s.bis && s.bis <= size);
  for (const auto& h : entwurf.hinweise) require(h.von <= h.bis && h.bis <= size && !h.text.empty());
  for (std::size_t at : {std::size_t{0}, size / 2, size})
    for (const auto& one : ergaenze(zeile, at, verzeichnis(), heute)) require(one.von <= at && at <= one.bis);
  if (!entwurf.hinweise.empty()) return 0;
  const auto written = schreibe(entwurf.schritte, verzeichnis(), ich);
  const auto again = verstehe(written, verzeichnis(), ich, heute);
  require(again.hinweise.empty() && again.schritte.size() == entwurf.schritte.size());
  require(schreibe(again.schritte, verzeichnis(), ich) == written);
  return 0;
}
