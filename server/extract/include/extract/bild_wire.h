#pragma once
// What the server and aktenlotse-ocr say to each other, over the socket at the child's fd 0 and 1. The server sends a
// Bildauftrag, with the open file (SCM_RIGHTS) the first time, then `laenge` bytes of JSON; the child answers with a
// Bildantwort and so many bytes. One child sees one file.
#include <cstdint>
#include <string_view>

namespace extract {

enum class Bildarbeit : std::uint8_t {
  /// Opens the file; the answer is `{"format":…,"seiten":n}`.
  oeffnen,
  /// Reads page `seite`: words with their places, turn, codes of separator sheets. JSON.
  lesen,
  /// Only the codes of separator sheets on page `seite`. JSON.
  codes,
  /// A picture of page `seite`, upright, `breite` pixels wide: JPEG bytes. `drehung` as lesen() told.
  bild,
  /// The whole file as a PDF with the words of the JSON laid invisibly over its pages. PDF bytes.
  durchsuchbar,
  /// The pages `seite` to `bis` alone, as PDF bytes.
  teil,
  /// The names of the fields of a template. JSON.
  felder,
  /// The template with the values of the JSON. Bytes of the same format.
  fuellen,
  /// The pages as pictures, with black boxes as the JSON says. PDF bytes.
  schwaerzen,
  /// The PDFs that lie one after another in the file, behind kBuendel, as one. PDF bytes.
  buendeln,
};

/// How a file begins that is a row of PDFs.
inline constexpr std::string_view kBuendel = "aktenlotse-buendel\n";

struct Bildauftrag {
  Bildarbeit arbeit = Bildarbeit::oeffnen;
  std::uint8_t drehung = 0;  ///< quarters of a turn, clockwise
  std::uint16_t breite = 0;
  std::uint32_t seite = 0;  ///< from 1
  std::uint32_t bis = 0;
  std::uint32_t laenge = 0;
};
static_assert(sizeof(Bildauftrag) == 16);

struct Bildantwort {
  /// 1: what was asked for; 0: a code of the table of reasons (hinweis.h).
  std::uint64_t gut = 0;
  std::uint64_t laenge = 0;
};

/// Places on a page are given in so many parts of its width and height.
inline constexpr int kTeile = 10'000;

}  // namespace extract
