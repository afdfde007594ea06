// Writes PDFs with qpdf: a scan with its words, and parts of a stack.
#include <extract/bild_wire.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <cstdio>
#include <map>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <qpdf/QUtil.hh>

#include "bild.h"
#include "detect.h"

namespace extractor {
namespace {

namespace json = boost::json;
using Griff = QPDFObjectHandle;

/// Widths of the font without shapes, in thousandths: every sign is as wide.
constexpr double kBreite = 500;

/// A Type 0 font whose codes are UTF-16 and whose signs are never drawn.
Griff invisibleFont(QPDF& pdf, std::string_view font) {
  const auto stream = [&](std::string data) { return pdf.makeIndirectObject(Griff::newStream(&pdf, std::move(data))); };
  Griff file = Griff::newStream(&pdf, std::string(font));
  file.getDict().replaceKey("/Length1", Griff::newInteger(static_cast<long long>(font.size())));
  std::string glyphs;
  for (int i = 0; i < 65536; ++i) glyphs.append("\0\1", 2);
  Griff descriptor = Griff::parse(
      "<< /Type /FontDescriptor /FontName /GlyphLessFont /Flags 5 /FontBBox [0 0 500 1000] /ItalicAngle 0 /Ascent 1000 "
      "/Descent -1 /CapHeight 1000 /StemV 80 >>");
  descriptor.replaceKey("/FontFile2", pdf.makeIndirectObject(file));
  Griff signs = Griff::parse(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /GlyphLessFont /DW 500 "
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>");
  signs.replaceKey("/FontDescriptor", pdf.makeIndirectObject(descriptor));
  signs.replaceKey("/CIDToGIDMap", stream(std::move(glyphs)));
  Griff whole = Griff::parse("<< /Type /Font /Subtype /Type0 /BaseFont /GlyphLessFont /Encoding /Identity-H >>");
  whole.replaceKey("/DescendantFonts", Griff::newArray({pdf.makeIndirectObject(signs)}));
  whole.replaceKey("/ToUnicode", stream("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                                        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                                        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
                                        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
                                        "1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
                                        "endcmap CMapName currentdict /CMap defineresource pop end end\n"));
  return pdf.makeIndirectObject(whole);
}

/// A page as it is looked at: its box, and the turn that sets it upright.
struct Blatt {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  int drehung = 0;

  [[nodiscard]] double width() const { return drehung % 2 == 0 ? x1 - x0 : y1 - y0; }
  [[nodiscard]] double height() const { return drehung % 2 == 0 ? y1 - y0 : x1 - x0; }
  /// The text matrix for a word that begins `right` and `down` of the upright page's upper left corner.
  [[nodiscard]] std::string at(double right, double down) const {
    const double x[] = {x0 + right, x0 + down, x1 - right, x1 - down};
    const double y[] = {y1 - down, y0 + right, y0 + down, y1 - right};
    static constexpr const char* kDirection[] = {"1 0 0 1", "0 1 -1 0", "-1 0 0 -1", "0 -1 1 0"};
    char text[96];
    std::snprintf(text, sizeof text, "%s %.2f %.2f Tm", kDirection[drehung], x[drehung], y[drehung]);
    return text;
  }
};

/// UTF-16 as hexadecimal digits; `count` gets how many signs.
std::string hexOf(std::string_view utf8, int& count) {
  std::string out;
  count = 0;
  const std::string utf16 = QUtil::utf8_to_utf16(std::string(utf8));
  // The first two bytes are the mark of the byte order.
  for (std::size_t i = 2; i + 1 < utf16.size(); i += 2, ++count) {
    char hex[5];
    std::snprintf(hex, sizeof hex, "%02X%02X", static_cast<unsigned char>(utf16[i]),
                  static_cast<unsigned char>(utf16[i + 1]));
    out += hex;
  }
  return out;
}

std::string contentOf(const json::array& worte, const Blatt& blatt) {
  std::string out = "BT 3 Tr\n";
  for (const auto& one : worte) {
    const json::array& wort = one.as_array();
    const auto part = [&](std::size_t i, double whole) {
      return static_cast<double>(std::clamp<std::int64_t>(wort.at(i).as_int64(), 0, extract::kTeile)) * whole /
             extract::kTeile;
    };
    const double width = part(3, blatt.width()), height = part(4, blatt.height());
    int signs = 0;
    const std::string hex = hexOf(wort.at(0).as_string(), signs);
    if (signs == 0 || width <= 0 || height <= 0) continue;
    char size[96];
    std::snprintf(size, sizeof size, "/AktenlotseText %.2f Tf %.2f Tz ", height,
                  100 * width / (signs * height * kBreite / 1000));
    // The baseline stands above the lower edge of the box by about a fifth: the tails of g and p.
    out += size + blatt.at(part(1, blatt.width()), part(2, blatt.height()) + 0.8 * height) + " <" + hex + "0020> Tj\n";
  }
  return out + "ET\n";
}

void lay(QPDF& pdf, QPDFPageObjectHelper page, const json::object& seite, const Griff& font) {
  const auto box = page.getCropBox().getArrayAsRectangle();
  Griff turn = page.getAttribute("/Rotate", false);
  const long long own = turn.isInteger() ? turn.getIntValue() / 90 : 0;
  const auto more = std::clamp<std::int64_t>(seite.at("drehung").as_int64(), 0, 3);
  const Blatt blatt{std::min(box.llx, box.urx), std::min(box.lly, box.ury), std::max(box.llx, box.urx),
                    std::max(box.lly, box.ury), static_cast<int>(((own % 4 + 4) % 4 + more) % 4)};
  page.getObjectHandle().replaceKey("/Rotate", Griff::newInteger(blatt.drehung * 90));
  Griff resources = page.getAttribute("/Resources", true);
  if (!resources.isDictionary()) page.getObjectHandle().replaceKey("/Resources", resources = Griff::newDictionary());
  Griff fonts = resources.getKey("/Font");
  fonts = fonts.isDictionary() ? fonts.shallowCopy() : Griff::newDictionary();
  fonts.replaceKey("/AktenlotseText", font);
  resources.replaceKey("/Font", fonts);
  page.addPageContents(pdf.makeIndirectObject(Griff::newStream(&pdf, "q\n")), /*first=*/true);
  page.addPageContents(
      pdf.makeIndirectObject(Griff::newStream(&pdf, "\nQ\n" + contentOf(seite.at("worte").as_array(), blatt))), false);
}

/// The picture as an image of a PDF: scans in black and white bit by bit, all else as JPEG.
Griff imageOf(QPDF& pdf, Pix* bild, std::string_view jpeg) {
  Griff image = Griff::newStream(&pdf);
  Griff dict = image.getDict();
  dict.replaceKey("/Type", Griff::newName("/XObject"));
  dict.replaceKey("/Subtype", Griff::newName("/Image"));
  dict.replaceKey("/Width", Griff::newInteger(pixGetWidth(bild)));
  dict.replaceKey("/Height", Griff::newInteger(pixGetHeight(bild)));
  const bool black = pixGetDepth(bild) == 1;
  dict.replaceKey("/BitsPerComponent", Griff::newInteger(black ? 1 : 8));
  dict.replaceKey("/ColorSpace", Griff::newName(pixGetDepth(bild) == 32 ? "/DeviceRGB" : "/DeviceGray"));
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (black) {
    dict.replaceKey("/Decode", Griff::parse("[1 0]"));
    if (pixGetRasterData(bild, &data, &size) != 0) throw Unreadable{"fehler", "speicher"};
  } else if (jpeg.empty() && pixWriteMemJpeg(&data, &size, bild, 85, 0) != 0) {
    throw Unreadable{"fehler", "speicher"};
  }
  std::string bytes = data == nullptr ? std::string(jpeg) : std::string(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  image.replaceStreamData(bytes, black ? Griff::newNull() : Griff::newName("/DCTDecode"), Griff::newNull());
  return pdf.makeIndirectObject(image);
}

/// A PDF whose pages are the pictures of the file.
void fromPictures(QPDF& pdf, Bytes bytes, Quelle& quelle, int von, int bis) {
  pdf.emptyPDF();
  for (int nr = von; nr <= bis; ++nr) {
    const Bild bild = quelle.seite(nr, 0);
    // What was a JPEG stays bit for bit; one in other colours than leptonica made of it is written anew.
    int format = 0, width = 0, height = 0, bits = 0, samples = 0, map = 0;
    const auto* raw = reinterpret_cast<const l_uint8*>(bytes.data());
    const bool same = quelle.format() == "jpeg" &&
                      pixReadHeaderMem(raw, bytes.size(), &format, &width, &height, &bits, &samples, &map) == 0 &&
                      (samples == 3 || samples == 1) && samples * 8 == (pixGetDepth(bild.get()) == 32 ? 24 : 8);
    const Griff image = imageOf(pdf, bild.get(), same ? std::string_view(bytes.data(), bytes.size()) : "");
    const double scale = 72.0 / std::max(1, pixGetXRes(bild.get()));
    const double w = pixGetWidth(bild.get()) * scale, h = pixGetHeight(bild.get()) * scale;
    char content[96];
    std::snprintf(content, sizeof content, "q %.2f 0 0 %.2f 0 0 cm /Bild Do Q\n", w, h);
    Griff page = Griff::parse("<< /Type /Page /Resources << /XObject << >> >> >>");
    page.getKey("/Resources").getKey("/XObject").replaceKey("/Bild", image);
    page.replaceKey("/MediaBox", Griff::newArray(Griff::Rectangle(0, 0, w, h)));
    page.replaceKey("/Contents", pdf.makeIndirectObject(Griff::newStream(&pdf, std::string(content))));
    QPDFPageDocumentHelper(pdf).addPage(pdf.makeIndirectObject(page), /*first=*/false);
  }
}

void fromPdf(QPDF& pdf, Bytes bytes) {
  pdf.setSuppressWarnings(true);
  pdf.processMemoryFile("scan", bytes.data(), bytes.size());
}

std::string written(QPDF& pdf) {
  QPDFWriter writer(pdf);
  writer.setOutputMemory();
  writer.setDeterministicID(true);  // the same scan gives the same blob
  writer.setPreserveEncryption(false);
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

}  // namespace

std::string alsPdf(Bytes bytes, Quelle& quelle, std::string_view seiten, std::string_view schrift) {
  const json::value all = json::parse(json::string_view(seiten.data(), seiten.size()));
  QPDF pdf;
  if (quelle.format() == "pdf")
    fromPdf(pdf, bytes);
  else
    fromPictures(pdf, bytes, quelle, 1, quelle.seiten());
  const Griff font = invisibleFont(pdf, schrift);
  int nr = 0;
  for (const auto& page : QPDFPageDocumentHelper(pdf).getAllPages())
    if (const auto* seite = all.as_object().if_contains(std::to_string(++nr))) lay(pdf, page, seite->as_object(), font);
  return written(pdf);
}

std::string teilPdf(Bytes bytes, Quelle& quelle, int von, int bis) {
  QPDF pdf;
  if (quelle.format() != "pdf") {
    fromPictures(pdf, bytes, quelle, von, bis);
    return written(pdf);
  }
  QPDF whole;
  fromPdf(whole, bytes);
  pdf.emptyPDF();
  int nr = 0;
  for (const auto& page : QPDFPageDocumentHelper(whole).getAllPages())
    if (++nr >= von && nr <= bis) QPDFPageDocumentHelper(pdf).addPage(page, /*first=*/false);
  return written(pdf);
}

std::vector<int> scanAufloesungen(Bytes bytes) {
  QPDF pdf;
  fromPdf(pdf, bytes);
  std::vector<int> out;
  for (auto& page : QPDFPageDocumentHelper(pdf).getAllPages()) {
    auto images = page.getImages();
    const auto box = page.getMediaBox().getArrayAsRectangle();
    const double inches = std::max(std::abs(box.urx - box.llx), std::abs(box.ury - box.lly)) / 72;
    double dots = 0;
    if (images.size() == 1 && inches > 0) {
      Griff dict = images.begin()->second.getDict();
      const auto side = [&](const char* key) {
        Griff value = dict.getKey(key);
        return value.isInteger() ? static_cast<double>(value.getIntValue()) : 0.0;
      };
      dots = std::max(side("/Width"), side("/Height")) / inches;
    }
    out.push_back(dots < 100'000 ? static_cast<int>(std::lround(dots)) : 0);
  }
  return out;
}

}  // namespace extractor
