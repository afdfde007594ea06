// Kinds by content, charsets and cleaning. Corpus: fuzz/corpus/text
#include <unicode/normalizer2.h>

#include "charset.h"
#include "fuzz/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace extractor;
  const Bytes bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view raw(bytes.data(), size);
  const std::string once = clean(joinHyphens(raw));
  // What a reply promises: clean text stays as it is.
  if (clean(once) != once) __builtin_trap();
  if (cleanLine(raw, 20).size() > 20) __builtin_trap();
  Budget budget = fuzz::smallBudget();
  Result result;
  (void)readPlain(bytes, size % 2 == 0 ? "md" : "eml", budget, result);
  return 0;
}
