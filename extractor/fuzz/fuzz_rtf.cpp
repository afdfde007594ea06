// RTF; and the same bytes as the compressed RTF of Outlook. Corpus: fuzz/corpus/rtf
#include "fuzz/target.h"
#include "rtf.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const extractor::Bytes bytes(reinterpret_cast<const char*>(data), size);
  extractor::fuzz::run(bytes, "application/rtf", extractor::readRtf);
  extractor::Budget budget = extractor::fuzz::smallBudget();
  (void)extractor::unpackRtf(bytes, budget);
  return 0;
}
