#include "scanner.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace text {
namespace {

constexpr std::size_t maxLineGap = 64;  // bytes of white space between the halves of a broken word

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// `Haupt-` at the end of a line may stand for a word yet to come: Haupt- und Nebenamt.
bool isConjunction(std::string_view rest) {
  static constexpr std::array<std::string_view, 7> words{"und", "oder", "bzw", "sowie", "wie", "als", "bis"};
  const auto letters = std::find_if(rest.begin(), rest.end(), [](char c) { return c < 'a' || c > 'z'; });
  // A letter beyond ASCII goes on with the word (bisüber); punctuation does not.
  if (letters != rest.end() && static_cast<unsigned char>(*letters) >= 0x80) return false;
  const std::string_view word(rest.data(), static_cast<std::size_t>(letters - rest.begin()));
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool endsWithOpenUe(std::string_view wort) {
  return wort.size() >= 3 && wort.ends_with("ue") && (wort[wort.size() - 3] == 'a' || wort[wort.size() - 3] == 'e');
}

}  // namespace

Folded Scanner::read(std::size_t& at) const {
  const auto lead = static_cast<unsigned char>(source_[at]);
  if (lead < 0x80) {
    ++at;
    return table_[lead];
  }
  UChar32 c = 0;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(source_.data());
  U8_NEXT(bytes, at, source_.size(), c);
  if (c < 0) return {};
  const auto codePoint = static_cast<char32_t>(c);
  return codePoint < foldTableSize ? table_[codePoint] : foldCodePoint(codePoint);
}

bool Scanner::joinsLine(std::size_t afterHyphen, bool soft, std::size_t& continuation) const {
  if (size_ > 0 && isDigit(buffer_[size_ - 1])) return false;
  std::size_t at = afterHyphen;
  bool newLine = false;
  for (const std::size_t limit = std::min(source_.size(), afterHyphen + maxLineGap); at < limit; ++at) {
    const char c = source_[at];
    if (c == '\n' || c == '\r' || c == '\f')
      newLine = true;
    else if (c != ' ' && c != '\t')
      break;
  }
  if (!newLine || at >= source_.size()) return false;
  UChar32 c = 0;
  std::size_t after = at;
  U8_NEXT(reinterpret_cast<const std::uint8_t*>(source_.data()), after, source_.size(), c);
  if (c < 0 || !(soft ? u_isalpha(c) : u_islower(c)) || isConjunction(source_.substr(at))) return false;
  continuation = at;
  return true;
}

void Scanner::appendAscii(char c) {
  if (c == 'e' && dropE_) return;
  if (c == 'b' && endsWithOpenUe({buffer_.data(), size_})) --size_;
  if (size_ == buffer_.size()) {
    full_ = true;
    return;
  }
  const char before = size_ > 0 ? buffer_[size_ - 1] : '\0';
  buffer_[size_++] = c;
  dropE_ = c == 'a' || c == 'o' || (c == 'u' && before != 'a' && before != 'e' && before != 'q');
}

void Scanner::append(const Folded& folded) {
  if (full_) return;
  if (static_cast<unsigned char>(folded.bytes[0]) < 0x80) {
    for (std::size_t i = 0; i < folded.size; ++i) appendAscii(folded.bytes[i]);
    return;
  }
  if (size_ + folded.size > buffer_.size()) {
    full_ = true;
    return;
  }
  std::copy_n(folded.bytes.begin(), folded.size, buffer_.begin() + static_cast<std::ptrdiff_t>(size_));
  size_ += folded.size;
  dropE_ = false;
}

bool Scanner::next(Word& word) {
  size_ = 0;
  full_ = dropE_ = false;
  while (at_ < source_.size()) {
    const std::size_t start = at_;
    std::size_t after = at_;
    const Folded folded = read(after);
    if (folded.kind == Kind::letter) {
      if (size_ == 0) word.begin = start;
      append(folded);
      word.end = at_ = after;
      continue;
    }
    at_ = after;
    if (size_ == 0 || folded.kind == Kind::ignored) continue;
    const bool soft = folded.kind == Kind::softHyphen;
    if ((soft || folded.kind == Kind::hyphen) && joinsLine(after, soft, at_)) continue;
    if (!soft) break;
  }
  word.wort = {buffer_.data(), size_};
  return size_ > 0;
}

bool Scanner::restIsLost(const Word& word) const {
  if (word.end >= source_.size() || (source_[word.end] != '-' && static_cast<unsigned char>(source_[word.end]) < 0x80))
    return false;
  std::size_t at = word.end;
  const Kind kind = read(at).kind;
  if (kind != Kind::hyphen && kind != Kind::softHyphen) return false;
  const auto rest = source_.substr(at, maxLineGap);
  const auto next = rest.find_first_not_of(" \t\r\n");
  return next == std::string_view::npos ? at + rest.size() == source_.size() : rest[next] == '\f';
}

std::string_view prefixOf(std::string_view wort) {
  return endsWithOpenUe(wort) ? wort.substr(0, wort.size() - 1) : wort;
}

}  // namespace text
