#include "support/scan.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <leptonica/allheaders.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "testing/folder.h"

namespace engines {
namespace {

// A5 at 200 dpi: as small as letters of a scan get.
constexpr int kWidth = 1160, kHeight = 1650;

void printLines(Pix* sheet, const std::vector<std::string>& lines) {
  L_Bmf* font = bmfCreate(nullptr, 20);
  int y = 120;
  for (const auto& line : lines) {
    int width = 0, overflow = 0;
    pixSetTextline(sheet, font, line.c_str(), 1, 100, y, &width, &overflow);
    y += 100;
  }
  bmfDestroy(&font);
}

void printCode(Pix* sheet, const std::string& code) {
  const auto matrix = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(0).encode(code, 420, 420);
  for (int y = 0; y < matrix.height(); ++y)
    for (int x = 0; x < matrix.width(); ++x)
      if (matrix.get(x, y)) pixSetPixel(sheet, 370 + x, 600 + y, 1);
}

}  // namespace

std::string scanOf(const std::vector<ScanPage>& pages) {
  const testing_support::TemporaryFolder folder;
  const auto path = folder.path() / "scan.tif";
  for (const auto& page : pages) {
    Pix* sheet = pixCreate(kWidth, kHeight, 1);
    pixSetResolution(sheet, 200, 200);
    printLines(sheet, page.lines);
    if (!page.code.empty()) printCode(sheet, page.code);
    Pix* turned = pixRotateOrth(sheet, page.quarters);
    pixSetResolution(turned, 200, 200);
    const bool first = &page == &pages.front();
    if (pixWriteTiff(path.c_str(), turned, IFF_TIFF_G4, first ? "w" : "a") != 0) throw std::runtime_error("no TIFF");
    pixDestroy(&sheet);
    pixDestroy(&turned);
  }
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace engines
