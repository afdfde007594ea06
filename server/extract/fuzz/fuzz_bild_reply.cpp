// What a hostile aktenlotse-ocr could answer; whatever is taken must come back the same way.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "../bild_reply.h"
#include "extract/bilder.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  std::string format;
  std::uint32_t seiten = 0;
  (void)extract::parseGeoeffnet(text, format, seiten);
  if (const auto seite = extract::parseBildseite(text)) {
    const std::string json = extract::worteJson(*seite);
    const std::string again = json.substr(0, json.size() - 1) + R"(,"sicherheit":0,"text":"","codes":[]})";
    const auto other = extract::parseBildseite(again);
    if (!other || extract::worteJson(*other) != json) std::abort();
  }
  return 0;
}
