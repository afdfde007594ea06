// Whatever stands in the fields of an upload: a number is one that was written, and a checksum fits to nothing by
// chance.
#include <cstdlib>

#include "../tus_kopf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto zahl = eingang::tusZahl(text); zahl && *zahl > (1ull << 50)) std::abort();
  if (const auto zahl = eingang::tusZahl(text); zahl && eingang::tusZahl(std::to_string(*zahl)) != zahl) std::abort();
  const std::string hash(64, 'a');
  const auto fits = eingang::tusPasst(text, hash);
  if (fits.value_or(false) && text != "sha256 qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqo=") std::abort();
  return 0;
}
