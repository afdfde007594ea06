// Whatever a browser says of a key is read without harm, and nothing of it is believed without a signature.
#include <cstdlib>

#include "mandant/webauthn.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace mandant;
  static const Partei partei{"https://akten.example", "akten.example"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)ausBase64Url(text);
  (void)pruefeRegistrierung(partei, "QUFB", text, text);
  const auto client = [](std::string_view type) {
    return R"({"type":"webauthn.)" + std::string(type) + R"(","challenge":"QUFB","origin":"https://akten.example"})";
  };
  if (const auto key = pruefeRegistrierung(partei, "QUFB", client("create"), text); key && key->kennung.empty())
    std::abort();
  const auto half = text.size() / 2;
  for (const auto algorithm : verfahren) {
    const Schluessel key{"QUFB", base64Url(text.substr(half)), algorithm, 0};
    if (pruefeNachweis(partei, "QUFB", key, {client("get"), std::string(text.substr(0, half)), std::string(text)}))
      std::abort();
  }
  return 0;
}
