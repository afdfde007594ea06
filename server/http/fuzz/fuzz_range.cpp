// Whatever a client says of ranges and tags: a part lies inside the file.
#include <cstdlib>

#include "http/range.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::uint64_t whole : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1000}, ~std::uint64_t{0}}) {
    const auto answer = http::parseRange(text, whole);
    if (answer.kind != http::RangeKind::part) continue;
    if (answer.range.begin >= answer.range.end || answer.range.end > whole) std::abort();
  }
  (void)http::matchesTag(text, "\"abc\"");
  return 0;
}
