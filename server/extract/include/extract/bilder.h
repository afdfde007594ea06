#pragma once
// Pages as pictures: text recognition, previews, codes of separator sheets, searchable PDFs. The work is done by
// aktenlotse-ocr, one sandboxed child for each file.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace extract {

/// A word and its place on the upright page, in parts of kTeile of the page's width and height.
struct Wort {
  std::string text{};
  std::uint16_t x = 0, y = 0, breite = 0, hoehe = 0;
  std::uint8_t sicherheit = 0;  ///< percent
  std::uint32_t zeile = 0;      ///< number of its line on the page
};

struct Bildseite {
  std::uint8_t drehung = 0;  ///< quarters of a turn, clockwise, that set the page upright
  std::uint8_t sicherheit = 0;
  std::string text{};
  std::vector<Wort> worte{};
  /// Of separator sheets and labels, without their prefix.
  std::vector<std::string> codes{};
  std::uint16_t aufloesung = 0;  ///< dots per inch of the scan; 0 where it does not say
};

/// Takes an answer of the child as what it is, the word of a stranger; nothing when anything in it is wrong.
[[nodiscard]] std::optional<Bildseite> parseBildseite(std::string_view json);

struct BilderOptions {
  /// Path of aktenlotse-ocr; empty where it is not installed.
  std::filesystem::path program;
  /// Wall time for one page, and for each other piece of work.
  std::chrono::milliseconds wall = std::chrono::seconds(120);
  /// Address space of a child, in bytes.
  std::uint64_t memory = std::uint64_t{2} << 30;
};

/// Why a piece of work gave nothing: a code of the table of reasons and its German sentence.
struct Bildfehler {
  std::string code{}, text{};
};
template <typename T>
using BildErgebnis = tl::expected<T, Bildfehler>;
/// The reason of a code of the table; `wall` is the limit that the sentence names.
[[nodiscard]] Bildfehler bildfehler(std::string_view code, std::chrono::milliseconds wall);

/// One file, open in one child. Not for two threads at once. After `absturz`, `zeitlimit` or `abgewehrt` the child is
/// gone and every call fails the same way; the caller opens the file again if it wants to go on with another page.
class Bilderfolge {
 public:
  ~Bilderfolge();
  Bilderfolge(const Bilderfolge&) = delete;
  Bilderfolge& operator=(const Bilderfolge&) = delete;

  using Senke = std::function<void(std::string_view)>;

  [[nodiscard]] std::uint32_t seiten() const { return seiten_; }
  /// pdf, tiff, jpeg or png; of templates docx, odt, txt or md, with no pages; buendel.
  [[nodiscard]] const std::string& format() const { return format_; }
  /// Whether the child still lives.
  [[nodiscard]] bool lebt() const;
  [[nodiscard]] BildErgebnis<Bildseite> lesen(std::uint32_t seite);
  [[nodiscard]] BildErgebnis<std::vector<std::string>> codes(std::uint32_t seite);
  /// Gives the JPEG to `senke` piece by piece.
  [[nodiscard]] BildErgebnis<void> bild(std::uint32_t seite, std::uint8_t drehung, std::uint16_t breite,
                                        const Senke& senke);
  /// The file as a PDF with words over the pages named in `seiten`: a JSON object by page number, each as worteJson()
  /// makes it.
  [[nodiscard]] BildErgebnis<void> durchsuchbar(std::string_view seiten, const Senke& senke);
  /// The pages `von` to `bis` as a PDF.
  [[nodiscard]] BildErgebnis<void> teil(std::uint32_t von, std::uint32_t bis, const Senke& senke);
  /// Of a template (docx, odt, txt, md): the names of its fields.
  [[nodiscard]] BildErgebnis<std::vector<std::string>> felder();
  /// The template with values, a JSON object of texts; \n ends a line, and fields that it does not name stay.
  [[nodiscard]] BildErgebnis<void> fuellen(std::string_view werte, const Senke& senke);
  /// The pages as pictures in a PDF. `stellen` is a JSON object by number of the page: [[x,y,width,height],…] in parts
  /// of the upright page. What lies under a box is in the result no more, nor is any text.
  [[nodiscard]] BildErgebnis<void> schwaerzen(std::string_view stellen, const Senke& senke);
  /// Of a file that is kBuendel and PDFs behind it: {"teile":[{"von":n,"laenge":n,"ab":page,"bis":page,"titel":…}],
  /// "seitenzahlen":true} as one PDF with bookmarks. All parts are open in one child: what is hostile in one could
  /// alter the others.
  [[nodiscard]] BildErgebnis<void> buendeln(std::string_view angaben, const Senke& senke);

 private:
  friend class Bilder;
  struct Innen;
  Bilderfolge();
  std::unique_ptr<Innen> innen_;
  std::uint32_t seiten_ = 0;
  std::string format_{};
};

/// The JSON of a page that durchsuchbar() takes, and that rooms may store: {"drehung":n,"worte":[[text,x,y,w,h,…],…]}.
[[nodiscard]] std::string worteJson(const Bildseite& seite);

class Bilder {
 public:
  explicit Bilder(BilderOptions options) : options_(std::move(options)) {}
  [[nodiscard]] bool vorhanden() const { return !options_.program.empty(); }
  /// Opens the regular file behind `fd`, which stays the caller's and is needed no longer afterwards.
  [[nodiscard]] BildErgebnis<std::unique_ptr<Bilderfolge>> open(int fd) const;

 private:
  BilderOptions options_;
};

}  // namespace extract
