// Whatever stands in a line or a subject, it is read without harm.
#include <cstdlib>

#include "../lmtp_befehl.h"
#include "../postweg.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto befehl = eingang::liesBefehl(text);
  if (befehl.adresse.size() > size) std::abort();
  for (const auto& kandidat : eingang::zeichenKandidaten(text))
    if (kandidat.empty() || kandidat.size() > 200) std::abort();
  return 0;
}
