// TNEF, the winmail.dat of Outlook. Corpus: fuzz/corpus/tnef
#include "fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  extractor::fuzz::run({reinterpret_cast<const char*>(data), size}, "application/vnd.ms-tnef", extractor::readTnef);
  return 0;
}
