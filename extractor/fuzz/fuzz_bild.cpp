// Pictures and PDFs that are looked at: opened, drawn, searched for codes, and laid into a searchable PDF.
#include <poppler-global.h>

#include "bild.h"
#include "target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const bool quiet = [] {
    setMsgSeverity(L_SEVERITY_NONE);
    poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
    return true;
  }();
  (void)quiet;
  const extractor::Bytes bytes(reinterpret_cast<const char*>(data), size);
  try {
    const auto quelle = extractor::openQuelle(bytes);
    (void)extractor::codesAuf(quelle->seite(1, 600).get());
    (void)extractor::alsJpeg(quelle->seite(1, 400), 1, 320);
    (void)extractor::alsPdf(bytes, *quelle, R"({"1":{"drehung":1,"worte":[["Wort",10,20,300,40,90,1]]}})", "font");
    (void)extractor::teilPdf(bytes, *quelle, 1, 1);
  } catch (const extractor::Unreadable&) {
  } catch (const std::exception&) {
  }
  return 0;
}
