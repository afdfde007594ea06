#include "fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace text {
namespace {

struct Latin {
  UChar32 letter;
  std::string_view ascii;
};

/// Latin letters of DIN 91379 and their like that Unicode does not decompose, or that the standard's search form takes
/// for more than their base letter. Folded again, as Scanner does it with ä and ae, the search form of every letter of
/// the standard is the fold of that letter; so names are found by it.
constexpr std::array<Latin, 23> latinLetters{{
    {0x00DF, "ss"}, {0x00E5, "aa"}, {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "oe"}, {0x00FE, "th"},
    {0x0111, "d"},  // ß å æ ð ø þ đ
    {0x0127, "h"},  {0x0131, "i"},  {0x0138, "k"},  {0x0142, "l"}, {0x014B, "n"},  {0x0153, "oe"},  // ħ ı ĸ ł ŋ œ
    {0x0167, "t"},  {0x0180, "b"},  {0x019A, "l"},  {0x01B6, "z"}, {0x01DD, "e"},  {0x01E5, "g"},   // ŧ ƀ ƚ ƶ ǝ ǥ
    {0x0259, "e"},  {0x0268, "i"},  {0x0289, "u"},  {0x0292, "z"},                                  // ə ɨ ʉ ʒ
}};

std::string_view latin(UChar32 c) {
  const auto found =
      std::find_if(latinLetters.begin(), latinLetters.end(), [c](const Latin& is) { return is.letter == c; });
  return found == latinLetters.end() ? std::string_view() : found->ascii;
}

bool isType(UChar32 c, std::uint32_t mask) { return (U_MASK(u_charType(c)) & mask) != 0; }

constexpr std::uint32_t wordMask = U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK;

/// Spacing modifier letters: the apostrophes and rings of transliterations, which nobody types in a search.
bool isModifier(UChar32 c) { return c >= 0x02B0 && c <= 0x02FF; }

Kind kindOf(UChar32 c) {
  constexpr UChar32 notSign = 0x00AC;      // some OCR writes it for the hyphen at the end of a line
  constexpr UChar32 startOfText = 0x0002;  // some PDF writers leave it there
  constexpr std::array<UChar32, 7> hyphens{'-', '=', notSign, 0x2010, 0x2011, 0x2013, 0x2014};  // so OCR reads them
  if (std::find(hyphens.begin(), hyphens.end(), c) != hyphens.end()) return Kind::hyphen;
  if (c == 0x00AD || c == startOfText) return Kind::softHyphen;
  if (c >= 0x2080 && c <= 0x2089) return Kind::letter;  // subscript digits: CO₂
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || isModifier(c)) return Kind::ignored;
  if (isType(c, U_GC_CC_MASK)) return u_isUWhiteSpace(c) ? Kind::separator : Kind::ignored;
  if (isType(c, U_GC_M_MASK | U_GC_CF_MASK)) return Kind::ignored;
  return isType(c, wordMask) ? Kind::letter : Kind::separator;
}

void append(Folded& folded, std::string_view bytes) {
  if (folded.size + bytes.size() > folded.bytes.size()) return;  // Arabic word ligatures: their beginning must do
  for (const char byte : bytes) folded.bytes[folded.size++] = byte;
}

void appendCodePoint(Folded& folded, UChar32 decomposed) {
  const UChar32 c = u_foldCase(decomposed, U_FOLD_CASE_DEFAULT);
  if (const auto ascii = latin(c); !ascii.empty()) return append(folded, ascii);
  if (isModifier(c) || !isType(c, wordMask) || u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return;
  std::array<char, U8_MAX_LENGTH> utf8{};
  std::size_t size = 0;
  if (const int digit = u_charDigitValue(c); digit >= 0 && isType(c, U_GC_ND_MASK)) {
    utf8[size++] = static_cast<char>('0' + digit);
  } else {
    U8_APPEND_UNSAFE(utf8.data(), size, c);
  }
  append(folded, {utf8.data(), size});
}

}  // namespace

Folded foldCodePoint(char32_t codePoint) {
  const auto c = static_cast<UChar32>(codePoint);
  Folded folded{.kind = kindOf(c)};
  if (folded.kind != Kind::letter) return folded;

  UErrorCode status = U_ZERO_ERROR;
  static const UNormalizer2* const nfkc = unorm2_getNFKCInstance(&status);
  std::array<UChar, 32> buffer{};
  // Syllables of Hangul stay whole, and å is one letter.
  const bool whole = (c >= 0xAC00 && c <= 0xD7A3) || c == 0x00C5 || c == 0x00E5 || c == 0x212B;
  const std::int32_t size =
      whole ? -1 : unorm2_getDecomposition(nfkc, c, buffer.data(), static_cast<std::int32_t>(buffer.size()), &status);
  if (size < 0 || U_FAILURE(status)) {
    appendCodePoint(folded, c);
  } else {
    for (std::int32_t i = 0; i < size;) {
      UChar32 part = 0;
      U16_NEXT(buffer.data(), i, size, part);
      appendCodePoint(folded, part);
    }
  }
  if (folded.size == 0) folded.kind = Kind::ignored;
  return folded;
}

const Folded* foldTable() {
  static const std::vector<Folded> table = [] {
    std::vector<Folded> folds(foldTableSize);
    for (char32_t c = 0; c < foldTableSize; ++c) folds[c] = foldCodePoint(c);
    return folds;
  }();
  return table.data();
}

}  // namespace text
