#include "charset.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cctype>

// The macros of ICU narrow on purpose.
#pragma GCC diagnostic ignored "-Wconversion"

namespace extractor {
namespace {

/// From here on, text with more control characters than one in `kControlShare` is taken for binary.
constexpr std::size_t kControlShare = 100;

bool validUtf8(std::string_view bytes) {
  const auto length = static_cast<std::int64_t>(bytes.size());
  for (std::int64_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes.data(), i, length, c);
    // A file cut in the middle of its last character is still UTF-8.
    if (c < 0 && i < length) return false;
  }
  return true;
}

/// The name of an encoding with two bytes per character, by its zero bytes in even or odd places.
const char* guessUtf16(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, 4096);
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0';
  const std::size_t half = head.size() / 2;
  if (zeros[1] * 10 > half * 4 && zeros[0] * 20 < half) return "UTF-16LE";
  if (zeros[0] * 10 > half * 4 && zeros[1] * 20 < half) return "UTF-16BE";
  return nullptr;
}

std::optional<std::string> convert(std::string_view bytes, const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open(charset.c_str(), &status);
  if (U_FAILURE(status)) return std::nullopt;
  std::u16string text;
  std::array<UChar, 4096> buffer{};
  const char* source = bytes.data();
  const char* const end = source + bytes.size();
  do {
    UChar* target = buffer.data();
    status = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &target, buffer.data() + buffer.size(), &source, end, nullptr, true, &status);
    text.append(buffer.data(), target);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  ucnv_close(converter);
  return U_SUCCESS(status) ? std::optional(fromUtf16(text)) : std::nullopt;
}

bool looksBinary(std::string_view utf8) {
  const auto controls = std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\x1a') || c == '\x7f';
  });
  return static_cast<std::size_t>(controls) * kControlShare > utf8.size();
}

std::optional<std::string> decodeAny(std::string_view bytes, std::string_view declared) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return std::string(bytes.substr(3));
  if (bytes.starts_with("\xFF\xFE") && !bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)))
    return convert(bytes.substr(2), "UTF-16LE");
  if (bytes.starts_with("\xFE\xFF")) return convert(bytes.substr(2), "UTF-16BE");
  if (!declared.empty())
    if (auto text = convert(bytes, std::string(declared))) return text;
  if (const char* utf16 = guessUtf16(bytes)) return convert(bytes, utf16);
  if (validUtf8(bytes)) return std::string(bytes);
  return convert(bytes, "windows-1252");
}

bool unwanted(UChar32 c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0xFEFF || c == 0x200B ||
         (c >= 0xFFF0 && c < 0xFFFD) || U_IS_UNICODE_NONCHAR(c);
}

void append(std::string& out, UChar32 c) {
  std::array<char, U8_MAX_LENGTH> bytes{};
  std::size_t length = 0;
  U8_APPEND_UNSAFE(bytes.data(), length, c);
  out.append(bytes.data(), length);
}

/// No blanks before a line end, and no more than one empty line.
void endLine(std::string& out) {
  while (out.ends_with(' ') || out.ends_with('\t')) out.pop_back();
  if (!out.empty() && !out.ends_with("\n\n")) out += '\n';
}

std::string nfc(std::string text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) || normalizer->isNormalizedUTF8(text, status)) return text;
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  normalizer->normalizeUTF8(0, text, sink, nullptr, status);
  return U_SUCCESS(status) ? out : text;
}

bool letter(char c) { return static_cast<unsigned char>(c) >= 0x80 || std::isalpha(c) != 0; }

/// Whether a line begins with the second half of a word: in lower case, and not the "und" of "Haus- und Hof".
bool continuesWord(std::string_view line) {
  if (line.empty()) return false;
  static constexpr std::array<std::string_view, 6> kJoins = {"und ", "oder ", "bzw", "sowie ", "noch ", "als "};
  std::int32_t at = 0;
  UChar32 c = 0;
  U8_NEXT(line.data(), at, static_cast<std::int32_t>(std::min<std::size_t>(line.size(), 4)), c);
  return c > 0 && u_islower(c) &&
         std::none_of(kJoins.begin(), kJoins.end(), [&](auto word) { return line.starts_with(word); });
}

}  // namespace

void warmCharsets() {
  for (const char* name : {"windows-1252", "UTF-16LE", "UTF-16BE", "ISO-8859-15", "GB18030"})
    (void)convert("a\xE4", name);
  (void)nfc("a\xCC\x88");
}

std::optional<std::string> decodeText(Bytes bytes, std::string_view declared) {
  auto text = decodeAny({bytes.data(), bytes.size()}, declared);
  if (text && looksBinary(*text)) text.reset();
  return text;
}

std::string clean(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  bool blank = true;
  const auto length = static_cast<std::int64_t>(utf8.size());
  for (std::int64_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT_OR_FFFD(utf8.data(), i, length, c);
    if (c == '\r') c = (i < length && utf8[static_cast<std::size_t>(i)] == '\n') ? 0 : '\n';
    if (c == '\f' || c == 0x0B || c == 0x2028 || c == 0x2029 || c == 0x85) c = '\n';
    if (unwanted(c)) continue;
    if (c == '\n') {
      endLine(out);
      continue;
    }
    c < 0x80 ? out.push_back(static_cast<char>(c)) : append(out, c);
    blank = blank && u_isUWhiteSpace(c);
  }
  return blank ? std::string() : nfc(std::move(out));
}

std::string cleanLine(std::string_view utf8, std::size_t maxBytes) {
  std::string out;
  for (const char c : clean(utf8.substr(0, maxBytes * 4))) {
    const bool space = c == ' ' || c == '\n' || c == '\t';
    if (!space)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (out.size() > maxBytes) {
    std::size_t end = maxBytes;
    while (end > 0 && U8_IS_TRAIL(out[end])) --end;
    out.resize(end);
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

std::string fromUtf16(std::u16string_view text) {
  std::string out;
  icu::UnicodeString(false, text.data(), static_cast<std::int32_t>(text.size())).toUTF8String(out);
  return out;
}

std::string joinHyphens(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (utf8[i] == '-' && i > 0 && letter(utf8[i - 1])) {
      const std::string_view next = utf8.substr(i + 1);
      const std::size_t lineEnd = next.starts_with('\n') ? 1 : next.starts_with("\r\n") ? 2 : 0;
      if (lineEnd > 0 && continuesWord(next.substr(lineEnd))) {
        i += lineEnd;
        continue;
      }
    }
    out += utf8[i];
  }
  return out;
}

}  // namespace extractor
