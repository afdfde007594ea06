#include "schrift.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace eingang {

bool istZiffer(char c) { return c >= '0' && c <= '9'; }
bool istBuchstabe(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

std::string kleingeschrieben(std::string_view utf8) {
  std::string out(utf8);
  for (std::size_t i = 0; i < out.size(); ++i) {
    auto& c = out[i];
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    const auto next = i + 1 < out.size() ? static_cast<unsigned char>(out[i + 1]) : 0U;
    // U+00C0 to U+00DE without the multiplication sign: the second byte moves by 0x20.
    if (static_cast<unsigned char>(c) == 0xC3 && next >= 0x80 && next <= 0x9E && next != 0x97)
      out[i + 1] = static_cast<char>(next + 0x20);
  }
  return out;
}

Schrift::Schrift(std::string_view utf8)
    : text_(base::cutUtf8(utf8, gelesen)), klein_(kleingeschrieben(text_)), zeilen_() {
  bool absatz = true;
  for (std::size_t begin = 0; begin < text_.size();) {
    const auto end = std::min(text_.find_first_of("\n\f", begin), text_.size());
    auto von = begin, bis = end;
    const auto blank = [&](std::size_t at) { return text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\r'; };
    while (von < bis && blank(von)) ++von;
    while (bis > von && blank(bis - 1)) --bis;
    if (von < bis) zeilen_.push_back({von, bis, absatz});
    absatz = von == bis || (end < text_.size() && text_[end] == '\f');
    begin = end + 1;
  }
}

TextFund Schrift::fund(std::size_t von, std::size_t bis) const {
  std::string wert;
  for (const char c : text_.substr(von, bis - von)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    if (!blank)
      wert += c;
    else if (!wert.empty() && wert.back() != ' ')
      wert += ' ';
  }
  return {base::cleanText(wert, false).value_or(""), {von, bis}};
}

bool enthaeltWort(std::string_view klein, std::string_view wort) {
  for (auto at = klein.find(wort); at != std::string_view::npos; at = klein.find(wort, at + 1)) {
    const auto end = at + wort.size();
    if ((at == 0 || !istBuchstabe(klein[at - 1])) && (end == klein.size() || !istBuchstabe(klein[end]))) return true;
  }
  return false;
}

namespace {

/// With what OCR makes of them.
constexpr std::array<std::pair<std::string_view, int>, 34> monate{
    {{"januar", 1},    {"jänner", 1},   {"jan", 1},      {"februar", 2},   {"feber", 2},     {"feb", 2},
     {"märz", 3},      {"maerz", 3},    {"marz", 3},     {"mérz", 3},      {"mrz", 3},       {"mär", 3},
     {"april", 4},     {"apr", 4},      {"mai", 5},      {"juni", 6},      {"jun", 6},       {"juli", 7},
     {"jul", 7},       {"august", 8},   {"aug", 8},      {"september", 9}, {"sept", 9},      {"sep", 9},
     {"oktober", 10},  {"0ktober", 10}, {"okt", 10},     {"november", 11}, {"n0vember", 11}, {"nov", 11},
     {"dezember", 12}, {"dez", 12},     {"october", 10}, {"december", 12}}};

/// Reads on from a place; every step fails softly.
class Leser {
 public:
  Leser(std::string_view klein, std::size_t at) : klein_(klein), at_(at) {}
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::size_t digits() const {
    std::size_t n = 0;
    while (at_ + n < klein_.size() && istZiffer(klein_[at_ + n])) ++n;
    return n;
  }
  int number(std::size_t digits) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) value = value * 10 + (klein_[at_ + i] - '0');
    at_ += digits;
    return value;
  }
  bool take(char c) {
    if (at_ >= klein_.size() || klein_[at_] != c) return false;
    ++at_;
    return true;
  }
  /// A few blanks, one line break among them.
  void blanks() {
    for (int n = 0; n < 3 && at_ < klein_.size() && (klein_[at_] == ' ' || klein_[at_] == '\n' || klein_[at_] == '\t');
         ++n)
      ++at_;
  }
  int month() {
    std::size_t end = at_;
    while (end < klein_.size() && (istBuchstabe(klein_[end]) || klein_[end] == '0')) ++end;
    const auto word = klein_.substr(at_, end - at_);
    const auto found = std::ranges::find(monate, word, &std::pair<std::string_view, int>::first);
    if (found == monate.end()) return 0;
    at_ = end;
    take('.');
    return found->second;
  }
  /// A year of four digits, or of two; 0 where there is none.
  int year(bool twoDigits) {
    const auto before = at_;
    blanks();
    const auto n = digits();
    if (n == 4) {
      const int year = number(4);
      if (year >= 1900 && year < 2100) return year;
    } else if (n == 2 && twoDigits && at_ == before) {
      return 2000 + number(2);
    }
    at_ = before;
    return 0;
  }

 private:
  std::string_view klein_;
  std::size_t at_;
};

std::optional<Tag> tagAt(std::string_view klein, std::size_t von) {
  Leser leser(klein, von);
  const auto n = leser.digits();
  Tag out{{von, von}, 0, 0, 0};
  if (n == 4) {
    out.jahr = leser.number(4);
    if (!leser.take('-') || leser.digits() != 2) return std::nullopt;
    out.monat = leser.number(2);
    if (!leser.take('-') || leser.digits() != 2) return std::nullopt;
    out.tag = leser.number(2);
  } else if (n == 1 || n == 2) {
    out.tag = leser.number(n);
    const bool dot = leser.take('.');
    leser.blanks();
    const auto m = leser.digits();
    if (dot && (m == 1 || m == 2)) {
      out.monat = leser.number(m);
      if (!leser.take('.')) return std::nullopt;
      out.jahr = leser.year(/*twoDigits=*/true);
    } else {
      out.monat = leser.month();
      if (out.monat == 0) return std::nullopt;
      out.jahr = leser.year(/*twoDigits=*/false);
    }
  } else {
    return std::nullopt;
  }
  out.stelle.bis = leser.at();
  while (out.stelle.bis > von && (klein[out.stelle.bis - 1] == ' ' || klein[out.stelle.bis - 1] == '\n'))
    --out.stelle.bis;
  const char next = out.stelle.bis < klein.size() ? klein[out.stelle.bis] : ' ';
  if (istZiffer(next) || (out.jahr != 0 && (next == '-' || next == '/'))) return std::nullopt;
  const bool real =
      base::Datum::parse(fmt::format("{:04}-{:02}-{:02}", out.jahr == 0 ? 2024 : out.jahr, out.monat, out.tag))
          .has_value();
  return real ? std::optional(out) : std::nullopt;
}

}  // namespace

std::vector<Tag> tageIn(const Schrift& schrift) {
  std::vector<Tag> out;
  const auto klein = schrift.klein();
  for (std::size_t at = 0; at < klein.size();) {
    if (!istZiffer(klein[at])) {
      ++at;
      continue;
    }
    const char before = at == 0 ? ' ' : klein[at - 1];
    const bool begins = !istZiffer(before) && before != '.' && before != '-' && before != '/' && before != ',' &&
                        !(before >= 'a' && before <= 'z');
    const auto tag = begins ? tagAt(klein, at) : std::nullopt;
    if (tag) out.push_back(*tag);
    const auto next = tag ? tag->stelle.bis : at + 1;
    at = std::max(next, at + 1);
    while (!tag && at < klein.size() && istZiffer(klein[at])) ++at;
  }
  return out;
}

std::optional<base::Datum> datumOf(const Tag& tag, const base::Datum& heute, bool zurueck) {
  const auto day = [&](int year) {
    return base::Datum::parse(fmt::format("{:04}-{:02}-{:02}", year, tag.monat, tag.tag));
  };
  if (tag.jahr != 0) return day(tag.jahr);
  const auto now = day(heute.year());
  if (!now) return std::nullopt;
  if (zurueck && *now > heute) return day(heute.year() - 1);
  if (!zurueck && *now < heute) return day(heute.year() + 1);
  return now;
}

}  // namespace eingang
