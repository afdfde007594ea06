#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <climits>
#include <cmath>

#include "bild.h"
#include "detect.h"

namespace extractor {
namespace {

/// More than any desk scanner gives for A3; what claims to be larger is made to fill the memory.
constexpr std::int64_t kMaxPixel = 120'000'000;
constexpr int kMaxSeiten = 5'000;
/// What tesseract reads best; also for pictures that do not say.
constexpr int kAufloesung = 300;

const l_uint8* raw(Bytes bytes) { return reinterpret_cast<const l_uint8*>(bytes.data()); }

Bild checked(Pix* pix) {
  if (pix == nullptr) throw Unreadable{"fehler", "beschaedigt"};
  return Bild(pix);
}

void refuseHuge(int width, int height) {
  if (width <= 0 || height <= 0) throw Unreadable{"fehler", "beschaedigt"};
  if (std::int64_t{width} * height > kMaxPixel) throw Unreadable{"fehler", "zu_gross"};
}

class Einzelbild : public Quelle {
 public:
  Einzelbild(Bytes bytes, std::string_view format) : bytes_(bytes), format_(format) {}
  [[nodiscard]] std::string_view format() const override { return format_; }
  [[nodiscard]] int seiten() const override { return 1; }
  [[nodiscard]] Bild seite(int, int) override {
    int format = 0, width = 0, height = 0, bits = 0, samples = 0, map = 0;
    if (pixReadHeaderMem(raw(bytes_), bytes_.size(), &format, &width, &height, &bits, &samples, &map) != 0)
      throw Unreadable{"fehler", "beschaedigt"};
    refuseHuge(width, height);
    return aufWeiss(checked(pixReadMem(raw(bytes_), bytes_.size())));
  }

 private:
  Bytes bytes_;
  std::string_view format_;
};

class Tiff : public Quelle {
 public:
  explicit Tiff(Bytes bytes) : bytes_(bytes) {
    while (seiten_ < kMaxSeiten && header(seiten_)) ++seiten_;
    if (seiten_ == 0) throw Unreadable{"fehler", "beschaedigt"};
  }
  [[nodiscard]] std::string_view format() const override { return "tiff"; }
  [[nodiscard]] int seiten() const override { return seiten_; }
  [[nodiscard]] Bild seite(int nr, int) override {
    if (!header(nr - 1)) throw Unreadable{"fehler", "beschaedigt"};
    refuseHuge(width_, height_);
    Bild bild = aufWeiss(checked(pixReadMemTiff(raw(bytes_), bytes_.size(), nr - 1)));
    // Fax pages have other resolutions across than along.
    const int across = pixGetXRes(bild.get()), along = pixGetYRes(bild.get());
    if (across >= 50 && along >= 50 && std::abs(across - along) * 20 > across) {
      const auto factor = static_cast<float>(across) / static_cast<float>(along);
      bild = checked(factor > 1 ? pixScale(bild.get(), 1, factor) : pixScale(bild.get(), 1 / factor, 1));
      pixSetResolution(bild.get(), std::max(across, along), std::max(across, along));
    }
    return bild;
  }

 private:
  bool header(int index) {
    int bits = 0, samples = 0, resolution = 0, map = 0, format = 0;
    return readHeaderMemTiff(raw(bytes_), bytes_.size(), index, &width_, &height_, &bits, &samples, &resolution, &map,
                             &format) == 0;
  }
  Bytes bytes_;
  int seiten_ = 0, width_ = 0, height_ = 0;
};

class Pdf : public Quelle {
 public:
  explicit Pdf(Bytes bytes) {
    if (bytes.size() > INT_MAX) throw Unreadable{"fehler", "zu_gross"};
    document_.reset(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
    if (!document_ || document_->pages() <= 0) throw Unreadable{"fehler", "beschaedigt"};
    if (document_->is_locked()) throw Unreadable{"gesperrt", "kennwort"};
  }
  [[nodiscard]] std::string_view format() const override { return "pdf"; }
  [[nodiscard]] int seiten() const override { return document_->pages(); }
  [[nodiscard]] Bild seite(int nr, int pixel) override {
    const std::unique_ptr<poppler::page> page(document_->create_page(nr - 1));
    if (!page) throw Unreadable{"fehler", "beschaedigt"};
    const auto rect = page->page_rect();
    const double longer = std::max({rect.width(), rect.height(), 1.0});
    const double dpi = std::min<double>(kAufloesung, pixel * 72.0 / longer);
    poppler::page_renderer renderer;
    renderer.set_render_hints(poppler::page_renderer::antialiasing | poppler::page_renderer::text_antialiasing);
    renderer.set_image_format(pixel < 1000 ? poppler::image::format_rgb24 : poppler::image::format_gray8);
    const poppler::image image = renderer.render_page(page.get(), dpi, dpi);
    if (!image.is_valid()) throw Unreadable{"fehler", "beschaedigt"};
    return toPix(image, static_cast<int>(std::lround(dpi)));
  }

 private:
  static Bild toPix(const poppler::image& image, int dpi) {
    const bool gray = image.format() == poppler::image::format_gray8;
    refuseHuge(image.width(), image.height());
    Bild bild = checked(pixCreate(image.width(), image.height(), gray ? 8 : 32));
    const l_int32 words = pixGetWpl(bild.get());
    l_uint32* line = pixGetData(bild.get());
    for (int y = 0; y < image.height(); ++y, line += words) {
      const auto* from = reinterpret_cast<const unsigned char*>(image.const_data()) +
                         static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
      for (int x = 0; x < image.width(); ++x) {
        if (gray)
          SET_DATA_BYTE(line, x, from[x]);
        else
          composeRGBPixel(from[3 * x], from[3 * x + 1], from[3 * x + 2], line + x);
      }
    }
    pixSetResolution(bild.get(), dpi, dpi);
    return bild;
  }

  std::unique_ptr<poppler::document> document_;
};

}  // namespace

Bild aufWeiss(Bild bild) {
  if (pixGetSpp(bild.get()) == 4) bild = checked(pixAlphaBlendUniform(bild.get(), 0xffffff00));
  if (pixGetColormap(bild.get()) != nullptr) bild = checked(pixRemoveColormap(bild.get(), REMOVE_CMAP_BASED_ON_SRC));
  if (pixGetDepth(bild.get()) == 16) bild = checked(pixConvert16To8(bild.get(), L_MS_BYTE));
  if (const int depth = pixGetDepth(bild.get()); depth == 2 || depth == 4) bild = checked(pixConvertTo8(bild.get(), 0));
  const int resolution = pixGetXRes(bild.get());
  if (resolution < 50 || resolution > 2400) {
    // Nobody said: a picture as large as a scan is taken for A4.
    const int longer = std::max(pixGetWidth(bild.get()), pixGetHeight(bild.get()));
    const int guess = longer > 1500 ? std::clamp(static_cast<int>(longer / 11.7), 100, 1200) : 96;
    pixSetResolution(bild.get(), guess, guess);
  }
  return bild;
}

std::unique_ptr<Quelle> openQuelle(Bytes bytes) {
  const Kind kind = detect(bytes, "");
  if (kind.format == "pdf") return std::make_unique<Pdf>(bytes);
  if (kind.format == "tiff") return std::make_unique<Tiff>(bytes);
  if (kind.format == "jpeg" || kind.format == "png") return std::make_unique<Einzelbild>(bytes, kind.format);
  throw Unreadable{"leer", "ohne_leser"};
}

std::string alsJpeg(Bild bild, int drehung, int breite) {
  if (drehung % 4 != 0) bild = checked(pixRotateOrth(bild.get(), drehung % 4));
  const int width = pixGetWidth(bild.get());
  if (width > breite) {
    const float factor = static_cast<float>(breite) / static_cast<float>(width);
    bild = checked(pixGetDepth(bild.get()) == 1 ? pixScaleToGray(bild.get(), factor)
                                                : pixScale(bild.get(), factor, factor));
  }
  if (pixGetDepth(bild.get()) == 1) bild = checked(pixConvertTo8(bild.get(), 0));
  l_uint8* data = nullptr;
  std::size_t size = 0;
  if (pixWriteMemJpeg(&data, &size, bild.get(), 80, 0) != 0) throw Unreadable{"fehler", "speicher"};
  std::string out(reinterpret_cast<const char*>(data), size);
  lept_free(data);
  return out;
}

}  // namespace extractor
