// Signs in a text of somebody else: each lies inside it.
#include <cstdlib>

#include "eingang/erkennung.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& fund : eingang::zeichenIn(text))
    if (fund.stelle.von > fund.stelle.bis || fund.stelle.bis > size) std::abort();
  (void)eingang::zeichenForm(text);
  return 0;
}
