// Any bytes are a model: what is read of it makes a line of at most fifty steps, and a model that is read again the
// same.
#include <cstdlib>

#include "../test/leute.h"
#include "geschaeftsgang/bpmn.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace geschaeftsgang;
  const auto modell = liesBpmn({reinterpret_cast<const char*>(data), size});
  if (!modell) return 0;
  if (modell->schritte.empty() || modell->schritte.size() > 50) std::abort();
  (void)verstehe(zeileOf(*modell, verzeichnis()), verzeichnis(), ich, heute);
  const auto again = liesBpmn(schreibeBpmn(*modell));
  if (!again || again->schritte.size() != modell->schritte.size()) std::abort();
  return 0;
}
