#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace extractor {

using Bytes = std::span<const char>;

/// A file inside the file: attached, embedded or packed.
struct Teil {
  std::string dateiname, mime;
  /// Where it lies in the file: the path in an archive, else its name.
  std::string pfad{};
  std::uint64_t groesse = 0;
  /// Where its bytes begin in the TeilAblage; nothing when they were not handed out.
  std::optional<std::uint64_t> ablage{};
};

struct Metadaten {
  std::string absender, betreff, datum, nachrichtId;
  std::string bezug{};  ///< Message-IDs that it answers, nearest first, parted by spaces
};

/// An electronic invoice (EN 16931, ZUGFeRD 1.0). Days are ISO 8601, the amount is what is to be paid, a decimal number
/// with a point; a field is empty when the invoice does not have it.
struct Rechnung {
  std::string syntax{}, art{}, nummer{}, absender{}, datum{}, betrag{}, waehrung{}, faellig{}, iban{}, leitwegId{};
};

/// What one file gave. `grund` is a code that the parent turns into a German sentence; empty when all is well.
struct Result {
  std::string status = "ok", grund{}, format{}, mime{};
  std::vector<std::string> seiten{};
  std::uint32_t seitenzahl = 0;
  std::string titel{};
  Metadaten metadaten{};
  std::vector<Teil> teile{};
  std::optional<Rechnung> rechnung{};
};

/// Thrown by a reader that cannot go on; `grund` as in Result.
struct Unreadable {
  std::string status, grund;
};

/// Where the bytes of parts go.
class TeilAblage {
 public:
  virtual ~TeilAblage() = default;
  /// The place of the bytes; nothing when there is no more room.
  [[nodiscard]] virtual std::optional<std::uint64_t> put(Bytes bytes) = 0;
};

/// What one file, with everything inside it, may cost. Shared by nested readers.
struct Budget {
  std::size_t text = std::size_t{32} << 20;
  std::size_t inflated = std::size_t{512} << 20;
  std::size_t seiten = 20'000;
  std::size_t teile = 300;
  int depth = 5;
  std::chrono::steady_clock::time_point until{};
  bool exhausted = false;
  /// Set when a part was not handed out, for lack of room or because there are too many.
  bool teileFehlen = false;
  /// Nothing where nobody takes parts; they are listed only.
  TeilAblage* ablage = nullptr;

  /// True when the reader should stop with what it has: it sets `exhausted`, and the result says so.
  [[nodiscard]] bool spent() {
    exhausted = exhausted || text == 0 || std::chrono::steady_clock::now() > until;
    return exhausted;
  }
};

/// Lists a part and hands out its bytes. False when there are too many already.
bool addTeil(Result& result, Budget& budget, Teil teil, Bytes bytes);
/// Whether one more part may be listed; else the budget notes that some are missing.
[[nodiscard]] bool roomForTeil(const Result& result, Budget& budget);

/// Text that grows within a budget; what goes beyond is dropped and noted in the budget.
class TextSink {
 public:
  explicit TextSink(Budget& budget) : budget_(budget) {}
  void add(std::string_view utf8);
  /// Ends the line, unless nothing stands on it.
  void newline();
  [[nodiscard]] std::string take() { return std::move(text_); }
  [[nodiscard]] bool empty() const { return text_.empty(); }

 private:
  Budget& budget_;
  std::string text_;
};

/// The reply as JSON; empty fields are left out.
[[nodiscard]] std::string toJson(const Result& result);

}  // namespace extractor
