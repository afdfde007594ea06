#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace text {

/// é where a word keeps it, as one byte.
inline constexpr char acuteSymbol = '\xE9';

/// How far two words are apart: 3 for an edit (a letter too many, too few, another, or two that change places), 2 for
/// what OCR confuses (rn and m, g and q, i and l, ü and i, ß and f3), 1 for é in the place of ä or ö. Stops counting
/// above 9.
[[nodiscard]] int costBetween(std::string_view typed, std::string_view other);

/// The same between a beginning of `typed`, at least nine letters long, and `other`, which lost its rest.
[[nodiscard]] int costOfBeginning(std::string_view typed, std::string_view other);

/// What may be between words of this length: one edit or two misread letters; two edits or three misread letters from
/// nine letters.
[[nodiscard]] int budget(std::size_t length);

/// How OCR may have read a word where it takes two letters for one or one for two, one place at a time.
[[nodiscard]] std::vector<std::string> misreadings(std::string_view word);

}  // namespace text
