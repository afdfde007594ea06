#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The one maker of search terms. Index and query pass through it, the engines only store what it gives, so FTS5 and
/// PostgreSQL find the same. It folds and never guesses: a change of any rule here asks for `aktenlotse reindex`.
namespace text {

/// Counted up with every change of what is indexed, in the rules or the list of German words; an index made by another
/// version has to be made anew.
inline constexpr std::int64_t analyserVersion = 2;

/// Longest term in bytes; what a word has beyond that does not count (its first 64 bytes still find it).
inline constexpr std::size_t maxTermBytes = 64;

/// One word of a text.
///
/// `wort` is the surface form as everybody may have typed it: lower case, accents and umlauts removed, ß as ss, and the
/// spellings ae, oe, ue as a, o, u (see scanner.h), so that Müller, Mueller, MULLER and the OCR's Muller are all
/// `muller`. `stamm` is the Snowball stem of `wort` (Häuser, Haus: `haus`); it is a function of `wort` alone. Terms
/// with digits or with letters beyond ASCII are not stemmed.
///
/// Both consist of ASCII letters and digits and of non-ASCII letters only, are never empty and at most `maxTermBytes`
/// long: they may stand unquoted in FTS5 tokens and tsvector literals.
struct Token {
  std::string wort;
  std::string stamm;
  std::uint32_t position = 0;  ///< 0, 1, 2, ... without gaps
  std::size_t begin = 0;       ///< first byte in the source
  std::size_t end = 0;         ///< one past the last byte; a word broken over lines spans the break
  friend bool operator==(const Token&, const Token&) = default;
};

/// All words of a text, in order. Never fails: invalid UTF-8 and signs part words, control characters, accents that
/// stand alone, soft hyphens and zero-width characters are passed over.
///
/// A word is a run of letters and digits: `632.10-4/2026` gives 632, 10, 4, 2026 (leading zeros stay), `Sachsen-Anhalt`
/// gives sachsen, anhalt, `CO₂` gives co2; superscripts part words, because they are footnote marks (Gesetz¹).
/// A hyphen at the end of a line joins when a small letter follows (Sach-/sen), but not before und, oder and the like
/// (Haupt-/und Nebenamt).
///
/// A word of DIN 91379 gives what its search form gives (Ångström: AANGSTROEM).
///
/// Thread-safe; keeps a small cache of stems for each thread.
[[nodiscard]] std::vector<Token> analyse(std::string_view utf8);

}  // namespace text
