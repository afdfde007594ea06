#pragma once
#include <array>
#include <cstdint>

namespace text {

enum class Kind : std::uint8_t {
  separator,
  ignored,     ///< stands inside words without being part of them
  letter,      ///< letter or digit
  hyphen,      ///< parts words, but joins them over the end of a line
  softHyphen,  ///< ignored, and joins over the end of a line
};

/// What one code point adds to a term: ASCII letters and digits where there are any, else the case-folded letter.
struct Folded {
  Kind kind = Kind::separator;
  std::uint8_t size = 0;
  std::array<char, 6> bytes{};
};

inline constexpr char32_t foldTableSize = 0x2100;  // Latin to Greek extended, punctuation, sub- and superscripts

/// The folds of U+0000 to U+20FF, made once from ICU.
[[nodiscard]] const Folded* foldTable();

/// The fold of any code point; slow, for those beyond the table.
[[nodiscard]] Folded foldCodePoint(char32_t codePoint);

}  // namespace text
