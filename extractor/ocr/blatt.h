#pragma once
#include <qpdf/QPDFPageObjectHelper.hh>
#include <string>
#include <string_view>

class QPDF;

namespace extractor {

/// A page as it is looked at: its box, and the turn that sets it upright.
struct Blatt {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  int drehung = 0;

  [[nodiscard]] double width() const { return drehung % 2 == 0 ? x1 - x0 : y1 - y0; }
  [[nodiscard]] double height() const { return drehung % 2 == 0 ? y1 - y0 : x1 - x0; }
  /// The text matrix for a word that begins `right` and `down` of the upright page's upper left corner.
  [[nodiscard]] std::string at(double right, double down) const;
};
/// `mehr` quarters of a turn beyond what the page says itself.
[[nodiscard]] Blatt blattOf(QPDFPageObjectHelper& page, std::int64_t mehr = 0);

/// Gives the page a font under a name, without touching what other pages share with it.
void addFont(QPDFPageObjectHelper& page, const std::string& name, const QPDFObjectHandle& font);
/// Writes over what is on the page, whatever state its content leaves behind.
void addOver(QPDF& pdf, QPDFPageObjectHelper& page, const std::string& content);

/// A page that is the picture.
void addPicture(QPDF& pdf, Pix* bild, std::string_view jpeg);
void fromPdf(QPDF& pdf, Bytes bytes);
[[nodiscard]] std::string written(QPDF& pdf);

}  // namespace extractor
