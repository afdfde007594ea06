#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace extract {

enum class Status {
  /// There is text; `hinweisCode` may still say that it is not all of it.
  Ok,
  /// The file is sound as far as we can tell, and has no text to read (picture, scan, unknown kind).
  Leer,
  /// The file could not be read.
  Fehler,
  /// The file is encrypted.
  Gesperrt,
};

/// The word for the API: ok, leer, fehler, gesperrt.
[[nodiscard]] std::string_view toString(Status status);

/// A file inside the file: attached, embedded or packed.
struct Teil {
  /// As the sender wrote it: never use it as a path.
  std::string dateiname;
  std::string mime;
  /// Where it lies in the file: the path in an archive, else its name.
  std::string pfad{};
  std::uint64_t groesse = 0;
  /// Its bytes were handed out; else they are to be had from the file only.
  bool uebergeben = false;
};

/// Takes the bytes of a part; they are valid during the call only.
using TeilZiel = std::function<void(const Teil& teil, std::string_view bytes)>;

/// An electronic invoice (EN 16931, ZUGFeRD 1.0). Days are ISO 8601, `betrag` is a decimal number with a point: what is
/// to be paid. A field is empty when the invoice does not have it.
struct Rechnung {
  std::string syntax{}, art{}, nummer{}, absender{}, datum{}, betrag{}, waehrung{}, faellig{}, iban{}, leitwegId{};
};

/// Of a mail; a field is empty when the mail does not have it. `datum` is ISO 8601 in UTC.
struct Metadaten {
  std::string absender{}, betreff{}, datum{}, nachrichtId{};
  std::string bezug{};  ///< Message-IDs that it answers, nearest first, parted by spaces
};

/// What a file says. All strings are valid UTF-8 in NFC, without control characters but \n and \t.
struct Text {
  Status status = Status::Fehler;
  /// Stable code of the reason, and a German sentence that says what is wrong and what to do; both empty when all is
  /// well.
  std::string hinweisCode{}, hinweis{};
  /// By content, not by name: pdf docx xlsx pptx odt ods odp txt md html eml mbox ole rtf png jpeg tiff zip ...
  /// unknown.
  std::string format = "unknown";
  std::string mime = "application/octet-stream";
  /// The text of each page, where the format has pages; else one for all.
  std::vector<std::string> seiten{};
  /// 0 when not known. May be more than `seiten` when reading stopped early or the format keeps pages to itself.
  std::uint32_t seitenzahl = 0;
  std::string titel{};
  Metadaten metadaten{};
  /// What lies inside, in its order.
  std::vector<Teil> teile{};
  std::optional<Rechnung> rechnung{};

  /// Everything that can be searched: all pages, empty ones too, parted by form feeds.
  [[nodiscard]] std::string gesamt() const;
};

/// Says that not all parts were taken, unless something else is said already.
void noteMissingParts(Text& text);

struct Options {
  /// Path of aktenlotse-extract.
  std::filesystem::path program;
  /// Wall time for one file.
  std::chrono::milliseconds wall = std::chrono::seconds(20);
  /// Address space of one child, in bytes.
  std::uint64_t memory = std::uint64_t{1} << 30;
  /// What the parts of one file may have together, in bytes.
  std::uint64_t teile = std::uint64_t{256} << 20;
  /// Files read at the same time; as many idle children are kept warm.
  int parallel = 2;
  /// A child that has only seen plain text serves so many files.
  int filesPerChild = 1000;
};

/// Reads files in sandboxed children. Safe to call from many threads; more than `parallel` calls wait for their turn.
///
/// A child is asked first in Stage::Plain, where no parser runs. Only when the file needs one is it asked again, and
/// that child is killed afterwards, whatever it says: a hostile file can never see or alter the next one.
class Extractor {
 public:
  explicit Extractor(Options options);
  ~Extractor();
  Extractor(const Extractor&) = delete;
  Extractor& operator=(const Extractor&) = delete;

  /// Reads the regular file behind `fd` from its start; the descriptor stays the caller's, its position is undefined
  /// afterwards. Of `dateiname` only the extension is used. A bad file, a crash or a limit is a Text with a reason;
  /// throws only std::bad_alloc, and what `ziel` throws. `ziel` is called for each part whose bytes were handed out, in
  /// the order of Text::teile; the parts themselves are not read.
  [[nodiscard]] Text extract(int fd, std::string_view dateiname, const TeilZiel& ziel = {}) const;

 private:
  class Pool;
  std::unique_ptr<Pool> pool_;
};

}  // namespace extract
