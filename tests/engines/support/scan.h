#pragma once
// Scans made here: sheets with printed lines and codes, as a multi-page TIFF in black and white (CCITT group 4).
#include <initializer_list>
#include <string>
#include <vector>

namespace engines {

struct ScanPage {
  std::vector<std::string> lines{};
  std::string code{};  ///< a QR code in the middle; empty for none
  int quarters = 0;    ///< lies turned so on the glass, clockwise

  ScanPage(std::initializer_list<const char*> printed) : lines(printed.begin(), printed.end()) {}
  explicit ScanPage(std::vector<std::string> printed, std::string barcode = {}, int turned = 0)
      : lines(std::move(printed)), code(std::move(barcode)), quarters(turned) {}
};

/// The bytes of the TIFF.
[[nodiscard]] std::string scanOf(const std::vector<ScanPage>& pages);

}  // namespace engines
