// Any bytes are a template for signs or are refused; one that is taken gives each object a sign of its own.
#include <cstdlib>

#include "akte/geschaeftszeichen.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace akte;
  const std::string_view vorlage(reinterpret_cast<const char*>(data), size);
  for (const auto ebene : {Ebene::akte, Ebene::vorgang, Ebene::dokument}) {
    if (!checkVorlage(vorlage, ebene)) continue;
    ZeichenTeile one{"BA", "632", 2026, 1, 1, 1, 1};
    ZeichenTeile two{"BA", "632", 2026, 2, 2, 2, 2};
    const auto first = render(vorlage, one);
    if (first.empty() || first == render(vorlage, two) || first != render(vorlage, one)) std::abort();
  }
  return 0;
}
