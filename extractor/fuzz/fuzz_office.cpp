// A ZIP with office XML; and, as few inputs get through a ZIP's checksums, the same bytes as XML. Corpus:
// fuzz/corpus/office
#include "fuzz/target.h"
#include "office.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace extractor;
  const Bytes bytes(reinterpret_cast<const char*>(data), size);
  fuzz::run(bytes, "application/zip", readZip);
  const auto feed = [&](const std::unique_ptr<XmlVisitor>& visitor) {
    XmlStream xml(*visitor);
    if (xml.feed(bytes.first(size / 2)) && xml.feed(bytes.subspan(size / 2))) (void)xml.finish();
  };
  Budget budget = fuzz::smallBudget();
  TextSink sink(budget);
  Result result;
  bool encrypted = false;
  feed(ooxmlVisitor(sink));
  feed(odfVisitor(sink));
  feed(propertiesVisitor(result));
  feed(manifestVisitor(encrypted));
  return 0;
}
