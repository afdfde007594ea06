// Templates: looked through for fields, and filled.
#include "target.h"
#include "vorlage.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool warm = (extractor::warmUp(), true);
  (void)warm;
  const extractor::Bytes bytes(reinterpret_cast<const char*>(data), size);
  try {
    const auto format = extractor::vorlagenformat(bytes);
    if (format.empty()) return 0;
    (void)extractor::felderIn(bytes, format);
    (void)extractor::gefuellt(bytes, format, R"({"az":"632.1","text":"Eins\n\nZwei","a":""})");
  } catch (const extractor::Unreadable&) {
  } catch (const std::exception&) {
  }
  return 0;
}
