// Compound files: Word, Excel and PowerPoint before 2007, Outlook messages. Corpus: fuzz/corpus/ole
#include "fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  extractor::fuzz::run({reinterpret_cast<const char*>(data), size}, "application/x-ole-storage", extractor::readOle);
  return 0;
}
