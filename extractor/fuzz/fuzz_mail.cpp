// A mail, with whatever is attached to it. Corpus: fuzz/corpus/mail
#include "fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  extractor::fuzz::run({reinterpret_cast<const char*>(data), size}, "message/rfc822", extractor::readMail);
  return 0;
}
