#include <ZXing/ReadBarcode.h>
#include <extract/bild_wire.h>
#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <fstream>
#include <numeric>
#include <sstream>
#include <stdexcept>

#include "bild.h"
#include "charset.h"

namespace extractor {
namespace {

constexpr std::string_view kVorsatz = "aktenlotse:";
/// Below this tesseract has mostly guessed; then the page may stand on its side or head.
constexpr int kZweifel = 65;
/// Turns that the orientation detection is this sure of are tried.
constexpr float kSicherGedreht = 2;
/// Degrees: less does tesseract no harm, more is no tilt of a sheet on a scanner.
constexpr float kMinSchief = 0.4F, kMaxSchief = 15;
/// Pixels of the longer side of a small picture, which is doubled so that its letters are large enough.
constexpr int kKlein = 1800;

Bild owned(Pix* pix) {
  if (pix == nullptr) throw Unreadable{"fehler", "speicher"};
  return Bild(pix);
}

std::string owned(char* text) {
  const std::unique_ptr<char[]> keeper(text);
  return text == nullptr ? "" : text;
}

/// The angle in degrees, clockwise, that sets the lines level; 0 when not clear.
float tiltOf(Pix* gray) {
  const Bild black(pixGetDepth(gray) == 1 ? pixClone(gray) : pixConvertTo1(gray, 140));
  float angle = 0, sure = 0;
  if (!black || pixFindSkew(black.get(), &angle, &sure) != 0 || sure < 3) return 0;
  return std::abs(angle) < kMinSchief || std::abs(angle) > kMaxSchief ? 0 : angle;
}

/// Where a point of the level page lay on the tilted one.
struct Kippung {
  double cos = 1, sin = 0, x = 0, y = 0;
  Kippung(double degrees, int width, int height)
      : cos(std::cos(degrees * M_PI / 180)), sin(std::sin(degrees * M_PI / 180)), x(width / 2), y(height / 2) {}
  [[nodiscard]] std::pair<double, double> operator()(double px, double py) const {
    return {x + (px - x) * cos + (py - y) * sin, y + (py - y) * cos - (px - x) * sin};
  }
};

struct Kasten {
  int left = 0, top = 0, right = 0, bottom = 0;
};

/// As high as its line, so that marks of neighbours are of one height; not so where the line is more than one.
Kasten boxOf(const tesseract::ResultIterator& at) {
  Kasten word, line;
  at.BoundingBox(tesseract::RIL_WORD, &word.left, &word.top, &word.right, &word.bottom);
  if (at.BoundingBox(tesseract::RIL_TEXTLINE, &line.left, &line.top, &line.right, &line.bottom) &&
      line.bottom - line.top < 2.5 * (word.bottom - word.top)) {
    word.top = line.top;
    word.bottom = line.bottom;
  }
  return word;
}

int inTeilen(double value, int whole) {
  return std::clamp(static_cast<int>(std::lround(value * extract::kTeile / whole)), 0, extract::kTeile);
}

}  // namespace

struct Erkenner::Tesseract {
  tesseract::TessBaseAPI text, lage;
  int lange = 0, stehende = 0;  ///< of the words last read: those of some letters, and which of them stand upright

  Seite words(Pix* page, double tilt) {
    Seite seite;
    seite.schief = tilt;
    text.SetImage(page);
    text.SetSourceResolution(std::clamp(pixGetXRes(page), 70, 600));
    if (text.Recognize(nullptr) != 0) throw Unreadable{"fehler", "absturz"};
    const std::unique_ptr<tesseract::ResultIterator> at(text.GetIterator());
    const int width = pixGetWidth(page), height = pixGetHeight(page);
    const Kippung back(tilt, width, height);
    int zeile = 0;
    lange = stehende = 0;
    if (at && !at->Empty(tesseract::RIL_WORD)) do {
        Wort wort{.text = cleanLine(owned(at->GetUTF8Text(tesseract::RIL_WORD)), 200)};
        if (at->IsAtBeginningOf(tesseract::RIL_TEXTLINE)) ++zeile;
        if (wort.text.empty()) continue;
        if (!seite.worte.empty())
          seite.text += seite.worte.back().zeile == zeile          ? " "
                        : at->IsAtBeginningOf(tesseract::RIL_PARA) ? "\n\n"
                                                                   : "\n";
        seite.text += wort.text;
        const Kasten box = boxOf(*at);
        if (wort.text.size() > 3) ++lange, stehende += box.bottom - box.top > box.right - box.left;
        const auto [x, y] = back((box.left + box.right) / 2.0, (box.top + box.bottom) / 2.0);
        wort.breite = inTeilen(box.right - box.left, width);
        wort.hoehe = inTeilen(box.bottom - box.top, height);
        wort.x = std::max(0, inTeilen(x, width) - wort.breite / 2);
        wort.y = std::max(0, inTeilen(y, height) - wort.hoehe / 2);
        wort.sicherheit = std::clamp(static_cast<int>(at->Confidence(tesseract::RIL_WORD)), 0, 100);
        wort.zeile = zeile;
        seite.worte.push_back(std::move(wort));
      } while (at->Next(tesseract::RIL_WORD));
    const int sum = std::accumulate(seite.worte.begin(), seite.worte.end(), 0,
                                    [](int all, const Wort& one) { return all + one.sicherheit; });
    seite.sicherheit = seite.worte.empty() ? 0 : sum / static_cast<int>(seite.worte.size());
    text.Clear();
    return seite;
  }

  Seite level(Pix* page) {
    const float tilt = tiltOf(page);
    if (tilt == 0) return words(page, 0);
    const Bild gray = owned(pixConvertTo8(page, 0));
    const Bild straight = owned(pixRotateAMGray(gray.get(), tilt * static_cast<float>(M_PI) / 180, /*grayval=*/255));
    pixCopyResolution(straight.get(), page);
    return words(straight.get(), tilt);
  }

  /// Quarters of a turn that set the page upright; 0 when not clear.
  int turnOf(Pix* page) {
    int degrees = 0;
    float sure = 0, scriptSure = 0;
    const char* script = nullptr;
    lage.SetImage(page);
    const bool found = lage.DetectOrientationScript(&degrees, &sure, &script, &scriptSure);
    lage.Clear();
    return found && sure >= kSicherGedreht ? (360 - degrees) / 90 % 4 : 0;
  }
};

Erkenner::Erkenner() : tesseract_(std::make_unique<Tesseract>()) {
  setMsgSeverity(L_SEVERITY_NONE);
  if (tesseract_->text.Init(nullptr, "deu", tesseract::OEM_LSTM_ONLY) != 0 ||
      tesseract_->lage.Init(nullptr, "osd", tesseract::OEM_TESSERACT_ONLY) != 0)
    throw std::runtime_error("the language data of tesseract are missing (tesseract-ocr-deu, tesseract-ocr-osd)");
  tesseract_->text.SetPageSegMode(tesseract::PSM_AUTO);
  tesseract_->lage.SetPageSegMode(tesseract::PSM_OSD_ONLY);
  std::ifstream font(std::string(tesseract_->text.GetDatapath()) + "/pdf.ttf", std::ios::binary);
  schrift_ = (std::ostringstream() << font.rdbuf()).str();
  if (schrift_.empty()) throw std::runtime_error("pdf.ttf of tesseract is missing");
}

Erkenner::~Erkenner() = default;

Seite Erkenner::lesen(Pix* bild) {
  Bild page = owned(pixGetDepth(bild) == 32 ? pixConvertRGBToLuminance(bild) : pixClone(bild));
  if (const int longer = std::max(pixGetWidth(bild), pixGetHeight(bild)); longer < kKlein && longer > 8) {
    const int resolution = pixGetXRes(bild);
    page = owned(pixScale(page.get(), 2, 2));
    pixSetResolution(page.get(), resolution * 2, resolution * 2);
  }
  Seite seite = tesseract_->level(page.get());
  // Tesseract reads lines that run downwards as they are, but such a sheet lay on its side. Where hardly anything was
  // read, it may have lain on its head.
  const bool sideways = tesseract_->stehende * 2 > tesseract_->lange;
  if (!sideways && seite.sicherheit >= kZweifel) return seite;
  int turn = tesseract_->turnOf(page.get());
  if (turn == 0 && sideways) turn = 3;
  if (turn == 0) return seite;
  const Bild turned = owned(pixRotateOrth(page.get(), turn));
  pixCopyResolution(turned.get(), page.get());
  Seite other = tesseract_->level(turned.get());
  other.drehung = turn;
  return sideways || other.sicherheit > seite.sicherheit ? other : seite;
}

std::vector<std::string> codesAuf(Pix* bild) {
  // Our codes are large: at half of what a letter needs they are read as well, and much faster.
  Bild gray = owned(pixGetDepth(bild) == 1 ? pixScaleToGray(bild, 0.5F) : pixConvertTo8(bild, 0));
  if (std::max(pixGetWidth(gray.get()), pixGetHeight(gray.get())) > 2000)
    gray = owned(pixScale(gray.get(), 0.5F, 0.5F));
  pixEndianByteSwap(gray.get());
  const ZXing::ImageView view(reinterpret_cast<const std::uint8_t*>(pixGetData(gray.get())), pixGetWidth(gray.get()),
                              pixGetHeight(gray.get()), ZXing::ImageFormat::Lum, pixGetWpl(gray.get()) * 4);
  std::vector<std::string> out;
  const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setMaxNumberOfSymbols(8);
  for (const auto& one : ZXing::ReadBarcodes(view, hints)) {
    std::string text = one.isValid() ? cleanLine(one.text(), 100) : std::string();
    if (text.starts_with(kVorsatz)) out.push_back(std::move(text));
  }
  return out;
}

std::string toJson(const Seite& seite, const std::vector<std::string>& codes) {
  namespace json = boost::json;
  json::array worte;
  for (const auto& w : seite.worte)
    worte.push_back(json::array{w.text, w.x, w.y, w.breite, w.hoehe, w.sicherheit, w.zeile});
  return json::serialize(json::object{{"drehung", seite.drehung},
                                      {"sicherheit", seite.sicherheit},
                                      {"aufloesung", seite.aufloesung},
                                      {"text", clean(joinHyphens(seite.text))},
                                      {"worte", std::move(worte)},
                                      {"codes", json::value_from(codes)}});
}

}  // namespace extractor
