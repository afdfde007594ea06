#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace extractor {

using Bytes = std::span<const char>;

struct Anlage {
  std::string dateiname, mime;
  std::uint64_t groesse = 0;
  std::string text{};
};

struct Metadaten {
  std::string absender, betreff, datum, nachrichtId;
};

/// What one file gave. `grund` is a code that the parent turns into a German sentence; empty when all is well.
struct Result {
  std::string status = "ok", grund{}, format{}, mime{};
  std::vector<std::string> seiten{};
  std::uint32_t seitenzahl = 0;
  std::string titel{};
  Metadaten metadaten{};
  std::vector<Anlage> anlagen{};
};

/// Thrown by a reader that cannot go on; `grund` as in Result.
struct Unreadable {
  std::string status, grund;
};

/// What one file, with everything inside it, may cost. Shared by nested readers.
struct Budget {
  std::size_t text = std::size_t{32} << 20;
  std::size_t inflated = std::size_t{512} << 20;
  std::size_t seiten = 20'000;
  std::size_t anlagen = 500;
  int depth = 5;
  std::chrono::steady_clock::time_point until{};
  bool exhausted = false;

  /// True when the reader should stop with what it has: it sets `exhausted`, and the result says so.
  [[nodiscard]] bool spent() {
    exhausted = exhausted || text == 0 || std::chrono::steady_clock::now() > until;
    return exhausted;
  }
};

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
