#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "fold.h"
#include "text/analyser.h"

namespace text {

/// Cuts a text into folded words, without allocating.
///
/// German is spelled in three ways where umlauts get lost: ü, ue, u. All meet in `u`: umlauts lose their dots, and an
/// `e` after a, o or u is dropped, on both sides, whether or not it once was an umlaut (aktuell is `aktull` for the
/// index and for the query). Only `ue` after a, e or q stays (Frauen, Steuer, Quelle: the stemmer needs those endings),
/// unless a `b` follows (gemeindeübergreifend, ausgeübt).
///
/// Measured on a German word list (356,010 words, 77,517 of them with ä ö ü ß) and on the words of all German federal
/// laws (186,833; 41,066): of those with umlauts 94 % were missed when spelled with ae, oe, ue; with the rule none of
/// the list and 24 of the laws, nearly all abbreviations (DEÜV). The price: 17 pairs of the list become one (Duett,
/// Dutt). Dropping every `e` broke the stems of 695 families (Dauer, Dauern); stemming before folding lost 2,200 words.
class Scanner {
 public:
  struct Word {
    std::string_view wort;  ///< valid until the next call
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  explicit Scanner(std::string_view utf8) : source_(utf8) {}

  /// Gives false at the end of the text.
  [[nodiscard]] bool next(Word& word);

  /// Whether the word, the last that `next` gave, is broken off by a hyphen at the end of the text or of a page, so
  /// that its rest is lost.
  [[nodiscard]] bool restIsLost(const Word& word) const;

 private:
  [[nodiscard]] Folded read(std::size_t& at) const;
  [[nodiscard]] bool joinsLine(std::size_t afterHyphen, bool soft, std::size_t& continuation) const;
  void append(const Folded& folded);
  void appendAscii(char c);

  std::string_view source_;
  const Folded* table_ = foldTable();
  std::size_t at_ = 0;
  std::array<char, maxTermBytes> buffer_{};
  std::size_t size_ = 0;
  bool full_ = false;
  bool dropE_ = false;
};

/// The wort of a prefix query: the beginning of the wort of every word that begins so. Only a final `ue` after a or e
/// is not sure of its `e` (a `b` may follow).
[[nodiscard]] std::string_view prefixOf(std::string_view wort);

}  // namespace text
