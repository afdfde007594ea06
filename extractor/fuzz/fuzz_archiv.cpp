// Archives of all kinds. Corpus: fuzz/corpus/archiv
#include "fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  extractor::fuzz::run({reinterpret_cast<const char*>(data), size}, "application/zip", extractor::readArchiv);
  return 0;
}
