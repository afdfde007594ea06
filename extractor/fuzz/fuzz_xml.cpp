// XML, with the electronic invoice in it. Corpus: fuzz/corpus/xml
#include "fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  extractor::fuzz::run({reinterpret_cast<const char*>(data), size}, "application/xml", extractor::readXml);
  return 0;
}
