// The search form of names (DIN 91379).
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "akte/umfeld.h"

namespace akte {

std::string suchform(std::string_view utf8) {
  static constexpr std::pair<char32_t, const char*> written[] = {
      {U'Ä', "AE"}, {U'Å', "AA"}, {U'Æ', "AE"}, {U'Ö', "OE"}, {U'Ø', "OE"}, {U'Œ', "OE"}, {U'Ü', "UE"},
      {U'ß', "SS"}, {U'ẞ', "SS"}, {U'Þ', "TH"}, {U'Ð', "D"},  {U'Đ', "D"},  {U'Ħ', "H"},  {U'Ł', "L"},
      {U'Ŋ', "NG"}, {U'Ŧ', "T"},  {U'Ĳ', "IJ"}, {U'ı', "I"},  {U'Ə', "E"}};
  UErrorCode error = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(error);
  const auto source =
      icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size())));
  icu::UnicodeString out;
  for (std::int32_t i = 0; i < source.length();) {
    const UChar32 c = u_toupper(source.char32At(i));
    i = source.moveIndex32(i, 1);
    const auto* const special =
        std::ranges::find(written, static_cast<char32_t>(c), &std::pair<char32_t, const char*>::first);
    if (special != std::end(written)) {
      out += icu::UnicodeString(special->second);
      continue;
    }
    icu::UnicodeString parts;
    if (!nfd->getDecomposition(c, parts)) parts = icu::UnicodeString(c);
    for (std::int32_t p = 0; p < parts.length(); p = parts.moveIndex32(p, 1)) {
      const UChar32 part = parts.char32At(p);
      if (u_isalnum(part))
        out += part;
      else if (u_getCombiningClass(part) == 0 && !out.isEmpty() && !out.endsWith(u" "))
        out += u' ';
    }
  }
  std::string text;
  out.trim().toUTF8String(text);
  return text;
}

}  // namespace akte
