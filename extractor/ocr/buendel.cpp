// Several PDFs as one, with page numbers and bookmarks; and pages from which parts are taken out for good.
#include <extract/bild_wire.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>

#include "bild.h"
#include "blatt.h"

namespace extractor {
namespace {

namespace json = boost::json;
using Griff = QPDFObjectHandle;

constexpr std::size_t kMaxSeiten = 20'000;
/// Pixels of the longer side of a redacted page: A4 at 200 dpi, which reads well on paper.
constexpr int kPixel = 2340;

struct Lesezeichen {
  std::string titel;
  Griff seite;
};

/// A flat list of bookmarks.
void addBookmarks(QPDF& pdf, const std::vector<Lesezeichen>& all) {
  if (all.empty()) return;
  Griff root = pdf.makeIndirectObject(Griff::parse("<< /Type /Outlines >>"));
  std::vector<Griff> items;
  for (const auto& one : all) {
    Griff item = pdf.makeIndirectObject(Griff::newDictionary());
    item.replaceKey("/Title", Griff::newUnicodeString(one.titel));
    item.replaceKey("/Parent", root);
    item.replaceKey("/Dest", Griff::newArray({one.seite, Griff::newName("/Fit")}));
    items.push_back(item);
  }
  for (std::size_t i = 1; i < items.size(); ++i) {
    items[i].replaceKey("/Prev", items[i - 1]);
    items[i - 1].replaceKey("/Next", items[i]);
  }
  root.replaceKey("/First", items.front());
  root.replaceKey("/Last", items.back());
  root.replaceKey("/Count", Griff::newInteger(static_cast<long long>(items.size())));
  pdf.getRoot().replaceKey("/Outlines", root);
  pdf.getRoot().replaceKey("/PageMode", Griff::newName("/UseOutlines"));
}

void addNumbers(QPDF& pdf) {
  const Griff font = pdf.makeIndirectObject(
      Griff::parse("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"));
  auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
  std::size_t nr = 0;
  for (auto& page : pages) {
    const auto blatt = blattOf(page);
    char text[64];
    const int length = std::snprintf(text, sizeof text, "Seite %zu von %zu", ++nr, pages.size());
    addFont(page, "/AktenlotseZahl", font);
    // Digits of Helvetica are 0.556 of its size wide; a white edge keeps them readable on dark pages.
    const double x = std::max(4.0, blatt.width() - 20 - length * 8 * 0.5), y = blatt.height() - 10;
    addOver(pdf, page,
            "q BT /AktenlotseZahl 8 Tf 2 Tr 1 w 1 1 1 RG 0 0 0 rg " + blatt.at(x, y) + " (" + text + ") Tj 0 Tr " +
                blatt.at(x, y) + " (" + text + ") Tj ET Q\n");
  }
}

}  // namespace

std::string buendelPdf(Bytes bytes, std::string_view angaben) {
  const json::value all = json::parse(json::string_view(angaben.data(), angaben.size()));
  QPDF pdf;
  pdf.emptyPDF();
  QPDFPageDocumentHelper into(pdf);
  std::vector<std::unique_ptr<QPDF>> sources;  // streams are copied when all is written
  std::vector<Lesezeichen> marks;
  std::size_t pages = 0;
  for (const auto& value : all.as_object().at("teile").as_array()) {
    const auto& teil = value.as_object();
    const auto von = static_cast<std::size_t>(teil.at("von").as_int64());
    const auto laenge = static_cast<std::size_t>(teil.at("laenge").as_int64());
    if (von > bytes.size() || laenge > bytes.size() - von) throw Unreadable{"fehler", "beschaedigt"};
    // A part may be pages of one that came before: sheets that were made in one go.
    const auto first = teil.contains("ab") ? teil.at("ab").as_int64() : 1;
    const auto last = teil.contains("bis") ? teil.at("bis").as_int64() : INT64_MAX;
    sources.push_back(std::make_unique<QPDF>());
    fromPdf(*sources.back(), bytes.subspan(von, laenge));
    std::int64_t nr = 0;
    bool marked = false;
    for (auto& page : QPDFPageDocumentHelper(*sources.back()).getAllPages()) {
      if (++nr < first || nr > last) continue;
      if (++pages > kMaxSeiten) throw Unreadable{"fehler", "zu_gross"};
      into.addPage(page, /*first=*/false);
      if (marked || !teil.contains("titel")) continue;
      marks.push_back({std::string(teil.at("titel").as_string()), into.getAllPages().back().getObjectHandle()});
      marked = true;
    }
  }
  if (pages == 0) throw Unreadable{"fehler", "beschaedigt"};
  addBookmarks(pdf, marks);
  if (all.as_object().contains("seitenzahlen")) addNumbers(pdf);
  return written(pdf);
}

std::string geschwaerzt(Quelle& quelle, std::string_view stellen) {
  const json::value all = json::parse(json::string_view(stellen.data(), stellen.size()));
  QPDF pdf;
  pdf.emptyPDF();
  // Every page becomes a picture, also one without boxes: in a PDF, what one page shows may lie in another's objects.
  for (int nr = 1; nr <= quelle.seiten(); ++nr) {
    const Bild bild = quelle.seite(nr, kPixel);
    if (const auto* boxes = all.as_object().if_contains(std::to_string(nr)))
      for (const auto& box : boxes->as_array()) {
        const auto& at = box.as_array();
        const auto part = [&](std::size_t i, int whole) {
          return static_cast<int>(std::clamp<std::int64_t>(at.at(i).as_int64(), 0, extract::kTeile) * whole /
                                  extract::kTeile);
        };
        const int w = pixGetWidth(bild.get()), h = pixGetHeight(bild.get());
        // One pixel more on each side: rounding must not leave an edge of a letter.
        BOX* area = boxCreate(std::max(0, part(0, w) - 1), std::max(0, part(1, h) - 1), part(2, w) + 3, part(3, h) + 3);
        const int failed =
            pixGetDepth(bild.get()) == 1 ? pixSetInRect(bild.get(), area) : pixClearInRect(bild.get(), area);
        boxDestroy(&area);
        if (failed != 0) throw Unreadable{"fehler", "speicher"};
      }
    addPicture(pdf, bild.get(), {});
  }
  return written(pdf);
}

}  // namespace extractor
