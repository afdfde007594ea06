#include "fold.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

#include <string_view>
#include <vector>

namespace text {
namespace {

/// Latin letters of DIN 91379 that Unicode does not decompose.
std::string_view latin(UChar32 c) {
  switch (c) {
    case 0x00DF: return "ss";  // ß
    case 0x00E6: return "ae";  // æ
    case 0x00F0: return "d";   // ð
    case 0x00F8: return "oe";  // ø
    case 0x00FE: return "th";  // þ
    case 0x0111: return "d";   // đ
    case 0x0127: return "h";   // ħ
    case 0x0131: return "i";   // ı
    case 0x0138: return "k";   // ĸ
    case 0x0142: return "l";   // ł
    case 0x014B: return "n";   // ŋ
    case 0x0153: return "oe";  // œ
    case 0x0167: return "t";   // ŧ
    case 0x0180: return "b";   // ƀ
    case 0x019A: return "l";   // ƚ
    case 0x01B6: return "z";   // ƶ
    case 0x01DD: return "e";   // ǝ
    case 0x01E5: return "g";   // ǥ
    case 0x0259: return "e";   // ə
    case 0x0268: return "i";   // ɨ
    case 0x0289: return "u";   // ʉ
    case 0x0292: return "z";   // ʒ
    default: return {};
  }
}

bool isType(UChar32 c, std::uint32_t mask) { return (U_MASK(u_charType(c)) & mask) != 0; }

constexpr std::uint32_t wordMask = U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK;

/// Spacing modifier letters: the apostrophes and rings of transliterations, which nobody types in a search.
bool isModifier(UChar32 c) { return c >= 0x02B0 && c <= 0x02FF; }

Kind kindOf(UChar32 c) {
  constexpr UChar32 notSign = 0x00AC;     // some OCR writes it for the hyphen at the end of a line
  constexpr UChar32 startOfText = 0x0002; // some PDF writers leave it there
  if (c == '-' || c == 0x2010 || c == notSign) return Kind::hyphen;
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
  const bool hangul = c >= 0xAC00 && c <= 0xD7A3;  // its syllables stay whole
  const std::int32_t size =
      hangul ? -1 : unorm2_getDecomposition(nfkc, c, buffer.data(), static_cast<std::int32_t>(buffer.size()), &status);
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
