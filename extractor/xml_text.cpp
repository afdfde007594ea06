// XML of no known kind: its text, one line for each element that has any.
#include "charset.h"
#include "read.h"
#include "rechnung.h"
#include "xml.h"

namespace extractor {
namespace {

class Lines : public XmlVisitor {
 public:
  explicit Lines(TextSink& sink) : sink_(sink) {}
  void start(std::string_view, const Attributes&) override { sink_.newline(); }
  void end(std::string_view) override { sink_.newline(); }
  void text(std::string_view utf8) override {
    if (utf8.find_first_not_of(" \t\r\n") != utf8.npos) sink_.add(utf8);
  }

 private:
  TextSink& sink_;
};

}  // namespace

void readXml(Bytes bytes, Budget& budget, Result& result) {
  result.rechnung = readRechnung(bytes);
  TextSink sink(budget);
  Lines lines(sink);
  XmlStream xml(lines);
  constexpr std::size_t kPiece = std::size_t{1} << 20;
  bool whole = true;
  for (std::size_t at = 0; at < bytes.size() && whole && !budget.spent(); at += kPiece)
    whole = xml.feed(bytes.subspan(at, std::min(kPiece, bytes.size() - at)));
  if (!budget.exhausted) whole = whole && xml.finish();
  std::string text = sink.take();
  if (!whole) {
    result.grund = "teilweise";
    // What a reader of text sees in it is better than nothing.
    if (text.empty()) text = decodeText(bytes).value_or("");
  }
  result.seiten.push_back(std::move(text));
  result.seitenzahl = 1;
}

}  // namespace extractor
