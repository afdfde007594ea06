#include <poppler-document.h>
#include <poppler-embedded-file.h>
#include <poppler-page.h>

#include <algorithm>
#include <climits>
#include <memory>

#include "charset.h"
#include "read.h"
#include "rechnung.h"

namespace extractor {
namespace {

// poppler's own conversion needs an iconv module for each call; ICU has all it needs in memory.
std::string toUtf8(const poppler::ustring& text) {
  std::u16string utf16(text.begin(), text.end());
  return fromUtf16(utf16);
}

void readPages(const poppler::document& document, Budget& budget, Result& result) {
  const int count = document.pages();
  result.seitenzahl = static_cast<std::uint32_t>(std::max(count, 0));
  for (int i = 0; i < count && !budget.spent(); ++i) {
    if (result.seiten.size() >= budget.seiten) {
      budget.exhausted = true;
      return;
    }
    TextSink sink(budget);
    const std::unique_ptr<poppler::page> page(document.create_page(i));
    // The other layouts drop every hyphen at a line end ("E-" and "Akte" become "EAkte"); joinHyphens() knows better.
    if (page) sink.add(joinHyphens(toUtf8(page->text(poppler::rectf(), poppler::page::raw_order_layout))));
    // A page that cannot be read keeps its place, so that numbers stay right.
    result.seiten.push_back(sink.take());
  }
}

bool looksXml(Bytes bytes) {
  const std::string_view head(bytes.data(), std::min<std::size_t>(bytes.size(), 16));
  return head.starts_with("<") || head.starts_with("\xEF\xBB\xBF<");
}

void handOutEmbedded(const poppler::document& document, Budget& budget, Result& result) {
  if (!document.has_embedded_files()) return;
  for (const poppler::embedded_file* file : document.embedded_files()) {
    if (file == nullptr || !file->is_valid()) continue;
    if (!roomForTeil(result, budget)) return;
    const auto bytes = file->data();
    // ZUGFeRD and Factur-X: the invoice travels in the PDF.
    const auto rechnung = looksXml(bytes) ? readRechnung(bytes) : std::nullopt;
    if (!result.rechnung) result.rechnung = rechnung;
    std::string name = file->name();
    // poppler ends a name in UTF-16 at its first zero byte, so nothing is left of it.
    if (name.empty() || name.starts_with("\xFE\xFF") || name.starts_with("\xFF\xFE"))
      name = rechnung ? "Rechnung.xml" : "Anlage " + std::to_string(result.teile.size() + 1);
    addTeil(result, budget, {name, file->mime_type()}, bytes);
  }
}

}  // namespace

void readPdf(Bytes bytes, Budget& budget, Result& result) {
  if (bytes.size() > INT_MAX) throw Unreadable{"fehler", "zu_gross"};
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) throw Unreadable{"fehler", "beschaedigt"};
  if (document->is_locked()) throw Unreadable{"gesperrt", "kennwort"};
  result.titel = toUtf8(document->get_title());
  readPages(*document, budget, result);
  handOutEmbedded(*document, budget, result);
  if (result.seitenzahl == 0) throw Unreadable{"fehler", "beschaedigt"};
}

}  // namespace extractor
