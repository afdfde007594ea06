// HTML in any charset. Corpus: fuzz/corpus/html
#include "fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  extractor::fuzz::run({reinterpret_cast<const char*>(data), size}, "text/html",
                       [](auto bytes, auto& budget, auto& result) { extractor::readHtml(bytes, {}, budget, result); });
  return 0;
}
