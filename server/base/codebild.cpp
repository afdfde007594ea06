#include "base/codebild.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <fmt/format.h>

namespace base {

Codebild zeichneCode(const std::string& text) {
  const auto matrix =
      ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(0).setEccLevel(6).encode(text, 0, 0);
  Codebild out{{}, matrix.width()};
  for (int y = 0; y < matrix.height(); ++y)
    for (int x = 0; x < matrix.width(); ++x) {
      if (!matrix.get(x, y)) continue;
      const int begin = x;
      while (x < matrix.width() && matrix.get(x, y)) ++x;
      out.pfad += fmt::format("M{} {}h{}v1h-{}z", begin, y, x - begin, x - begin);
    }
  return out;
}

}  // namespace base
