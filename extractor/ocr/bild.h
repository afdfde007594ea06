#pragma once
#include <leptonica/allheaders.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "result.h"

namespace extractor {

struct PixDestroy {
  void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using Bild = std::unique_ptr<Pix, PixDestroy>;

/// A file that has pages to look at.
class Quelle {
 public:
  Quelle() = default;
  Quelle(const Quelle&) = delete;
  Quelle& operator=(const Quelle&) = delete;
  virtual ~Quelle() = default;
  [[nodiscard]] virtual std::string_view format() const = 0;
  [[nodiscard]] virtual int seiten() const = 0;
  /// Page `nr` (from 1), drawn so that its longer side has about `pixel` pixels where it has no pixels of its own; with
  /// its resolution set. Throws Unreadable.
  [[nodiscard]] virtual Bild seite(int nr, int pixel) = 0;
};

/// A PDF, TIFF, JPEG or PNG, which must outlive the result. Throws Unreadable.
[[nodiscard]] std::unique_ptr<Quelle> openQuelle(Bytes bytes);

/// What is needed to look at a page as long as no transparent colour is left: on white.
[[nodiscard]] Bild aufWeiss(Bild bild);

struct Wort {
  std::string text;
  int x = 0, y = 0, breite = 0, hoehe = 0;  ///< in parts of the upright page, extract::kTeile
  int sicherheit = 0;                       ///< percent
  int zeile = 0;
};

struct Seite {
  int drehung = 0;    ///< quarters of a turn that set the page upright, clockwise
  double schief = 0;  ///< degrees
  int sicherheit = 0;
  std::string text{};
  std::vector<Wort> worte{};
  int aufloesung = 0;  ///< dots per inch of the scan; 0 where it does not say
};

/// Texts of the codes that Aktenlotse prints ("aktenlotse:…"); others are passed over.
[[nodiscard]] std::vector<std::string> codesAuf(Pix* bild);

/// A JPEG of the page, `breite` pixels wide, turned by `drehung` quarters.
[[nodiscard]] std::string alsJpeg(Bild bild, int drehung, int breite);

/// The file as PDF with invisible words over its pages; `seiten` are those of the JSON that aktenlotse-ocr gave for
/// each page, by number. Pages that have none stay as they are. Throws Unreadable, or std::exception for a bad JSON.
[[nodiscard]] std::string alsPdf(Bytes bytes, Quelle& quelle, std::string_view seiten, std::string_view schrift);

/// Dots per inch of each page of a PDF that is one picture; 0 for all others. Throws Unreadable, or what qpdf throws.
[[nodiscard]] std::vector<int> scanAufloesungen(Bytes bytes);

/// The pages `von` to `bis` (from 1, both included) as a PDF of their own. Throws Unreadable.
[[nodiscard]] std::string teilPdf(Bytes bytes, Quelle& quelle, int von, int bis);

/// Tesseract, German, with all that it needs in memory.
class Erkenner {
 public:
  /// Reads the language data; before the sandbox closes. Throws std::runtime_error when they are missing.
  Erkenner();
  ~Erkenner();
  Erkenner(const Erkenner&) = delete;
  Erkenner& operator=(const Erkenner&) = delete;
  [[nodiscard]] Seite lesen(Pix* bild);
  /// The font without shapes of invisible text.
  [[nodiscard]] const std::string& schrift() const { return schrift_; }

 private:
  struct Tesseract;
  std::unique_ptr<Tesseract> tesseract_;
  std::string schrift_;
};

[[nodiscard]] std::string toJson(const Seite& seite, const std::vector<std::string>& codes);

}  // namespace extractor
