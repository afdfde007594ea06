#include "rtf.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstring>
#include <map>

#include "charset.h"
#include "read.h"

namespace extractor {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kDepth = 5000;

/// Destinations that hold no text of the document.
constexpr std::array kSilent = {"fonttbl"sv,  "colortbl"sv,     "stylesheet"sv, "info"sv,
                                "pict"sv,     "objdata"sv,      "themedata"sv,  "listtable"sv,
                                "revtbl"sv,   "filetbl"sv,      "datastore"sv,  "fldinst"sv,
                                "xmlnstbl"sv, "latentstyles"sv, "generator"sv,  "listoverridetable"sv,
                                "rsidtbl"sv,  "bkmkstart"sv,    "bkmkend"sv,    "colorschememapping"sv,
                                "htmltag"sv,  "mhtmltag"sv};

/// What \fcharset means, as a name that ICU knows; 0 and others follow \ansicpg.
std::string_view charsetOf(int number) {
  switch (number) {
    case 77:
      return "macintosh";
    case 128:
      return "shift_jis";
    case 129:
      return "ks_c_5601-1987";
    case 134:
      return "gbk";
    case 136:
      return "big5";
    case 161:
      return "windows-1253";
    case 162:
      return "windows-1254";
    case 177:
      return "windows-1255";
    case 178:
      return "windows-1256";
    case 186:
      return "windows-1257";
    case 204:
      return "windows-1251";
    case 222:
      return "windows-874";
    case 238:
      return "windows-1250";
    default:
      return {};
  }
}

class Rtf {
 public:
  Rtf(Bytes bytes, Budget& budget, std::string& titel)
      : text_(bytes.data(), bytes.size()), budget_(budget), sink_(budget), titel_(titel) {}

  std::string run() {
    while (at_ < text_.size() && !budget_.spent()) {
      const char c = text_[at_++];
      if (c == '{')
        open();
      else if (c == '}')
        close();
      else if (c == '\\')
        control();
      else if (c != '\r' && c != '\n')
        byte(c);
    }
    flush();
    return sink_.take();
  }

 private:
  struct Group {
    bool silent = false, title = false, fontTable = false, hidden = false;
    int skipAfterUnicode = 1, font = -1;
  };

  void open() {
    flush();
    if (stack_.size() < kDepth)
      stack_.push_back(now_);
    else
      ++beyond_;
  }

  void close() {
    flush();
    if (beyond_ > 0) {
      --beyond_;
    } else if (!stack_.empty()) {
      now_ = stack_.back();
      stack_.pop_back();
    }
    skip_ = 0;
  }

  void control() {
    if (at_ >= text_.size()) return;
    const char c = text_[at_];
    if (std::isalpha(static_cast<unsigned char>(c)) == 0) return symbol(text_[at_++]);
    const std::size_t begin = at_;
    while (at_ < text_.size() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    std::optional<int> number;
    int value = 0;
    const auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), value);
    if (error == std::errc()) number = value;
    if (error != std::errc::invalid_argument) at_ = static_cast<std::size_t>(end - text_.data());
    if (at_ < text_.size() && text_[at_] == ' ') ++at_;
    flush();
    apply(word, number);
  }

  void symbol(char c) {
    switch (c) {
      case '\'': {
        int value = 0;
        const auto hex = text_.substr(at_, 2);
        const auto [end, error] = std::from_chars(hex.data(), hex.data() + hex.size(), value, 16);
        at_ += hex.size();
        if (error == std::errc()) byte(static_cast<char>(value));
        return;
      }
      case '*':
        // A destination that old readers do not know; its text is none, but for the HTML that Outlook wraps.
        now_.silent = true;
        return;
      case '~':
        return put("\xC2\xA0");
      case '_':
        return put("-");
      case '\n':
      case '\r':
        return line();
      case '\\':
      case '{':
      case '}':
        return byte(c);
      default:
        return;
    }
  }

  void apply(std::string_view word, std::optional<int> number) {
    if (word == "par" || word == "line" || word == "row" || word == "sect" || word == "page")
      line();
    else if (word == "tab" || word == "cell")
      put("\t");
    else if (word == "u" && number)
      unicode(*number);
    else if (word == "uc")
      now_.skipAfterUnicode = std::clamp(number.value_or(1), 0, 100);
    else if (word == "bin")
      at_ = std::min(text_.size(), at_ + static_cast<std::size_t>(std::max(0, number.value_or(0))));
    else if (word == "ansicpg" && number)
      codepage_ = "windows-" + std::to_string(*number);
    else if (word == "mac" || word == "pc")
      codepage_ = word == "mac" ? "macintosh" : "ibm437";
    else if (word == "htmlrtf")
      now_.hidden = number.value_or(1) != 0;
    else if (word == "f" && number)
      now_.font = *number;
    else if (word == "fcharset" && number && now_.fontTable)
      fonts_[now_.font] = charsetOf(*number);
    else
      destination(word);
  }

  void destination(std::string_view word) {
    if (word == "emdash" || word == "endash") return put(word == "emdash" ? "\xE2\x80\x94" : "\xE2\x80\x93");
    if (word == "lquote" || word == "rquote") return put("'");
    if (word == "ldblquote" || word == "rdblquote") return put("\"");
    if (word == "bullet") return put("\xE2\x80\xA2");
    if (word == "title" && now_.silent) {
      now_.title = true;
      return;
    }
    if (word == "fonttbl") now_.fontTable = true;
    if (word == "nonshppict") now_.silent = true;
    if (std::find(kSilent.begin(), kSilent.end(), word) != kSilent.end()) now_.silent = true;
  }

  void unicode(int number) {
    const auto unit = static_cast<char16_t>(number < 0 ? number + 65536 : number);
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else {
      std::u16string units;
      if (high_ != 0) units += high_;
      high_ = 0;
      units += unit;
      put(fromUtf16(units));
    }
    skip_ = now_.skipAfterUnicode;
  }

  void byte(char c) {
    if (skip_ > 0) {
      --skip_;
      return;
    }
    pending_ += c;
  }

  /// Bytes are decoded together: in East Asian charsets one letter has two.
  void flush() {
    if (pending_.empty()) return;
    std::string bytes;
    bytes.swap(pending_);
    const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return c >= 0; });
    if (ascii) return put(bytes);
    const auto font = fonts_.find(now_.font);
    const std::string_view charset = font != fonts_.end() && !font->second.empty() ? font->second : codepage_;
    put(decodeText(bytes, charset).value_or(""));
  }

  void line() {
    flush();
    if (!mute()) sink_.newline();
  }

  void put(std::string_view utf8) {
    flush();
    if (now_.title && titel_.size() < 4096) titel_ += utf8;
    if (!mute()) sink_.add(utf8);
  }

  [[nodiscard]] bool mute() const { return now_.silent || now_.hidden; }

  std::string_view text_;
  Budget& budget_;
  TextSink sink_;
  std::string& titel_;
  std::size_t at_ = 0, beyond_ = 0;
  std::vector<Group> stack_;
  Group now_;
  int skip_ = 0;
  char16_t high_ = 0;
  std::string pending_, codepage_ = "windows-1252";
  std::map<int, std::string_view> fonts_;
};

/// What the dictionary of compressed RTF begins with ([MS-OXRTFCP] 2.1.2.1).
constexpr std::string_view kStart =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS "
    "Sans "
    "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    "\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab"
    "\\tx";

std::uint32_t u32(Bytes bytes, std::size_t at) {
  std::uint32_t out = 0;
  std::memcpy(&out, bytes.data() + at, sizeof out);
  return out;
}

}  // namespace

std::string rtfText(Bytes bytes, Budget& budget, std::string& titel) { return Rtf(bytes, budget, titel).run(); }

std::optional<std::string> unpackRtf(Bytes bytes, Budget& budget) {
  constexpr std::size_t kHeader = 16, kDictionary = 4096;
  if (bytes.size() < kHeader) return std::nullopt;
  const std::uint32_t kind = u32(bytes, 8);
  if (kind == 0x414C454D) return std::string(bytes.data() + kHeader, bytes.size() - kHeader);
  if (kind != 0x75465A4C) return std::nullopt;
  std::array<char, kDictionary> dictionary{};
  std::copy(kStart.begin(), kStart.end(), dictionary.begin());
  std::size_t write = kStart.size();
  const std::size_t most = std::min<std::size_t>(u32(bytes, 4), budget.inflated);
  std::string out;
  const auto add = [&](char c) {
    out += c;
    dictionary[write++ % kDictionary] = c;
  };
  for (std::size_t at = kHeader; at < bytes.size() && out.size() < most;) {
    const auto control = static_cast<unsigned char>(bytes[at++]);
    for (int bit = 0; bit < 8 && at < bytes.size() && out.size() < most; ++bit) {
      if ((control >> bit & 1) == 0) {
        add(bytes[at++]);
        continue;
      }
      if (at + 1 >= bytes.size()) return out;
      const unsigned token = static_cast<unsigned char>(bytes[at]) << 8U | static_cast<unsigned char>(bytes[at + 1]);
      at += 2;
      const std::size_t from = token >> 4U, length = (token & 15U) + 2;
      if (from == write % kDictionary) return out;
      for (std::size_t i = 0; i < length && out.size() < most; ++i) add(dictionary[(from + i) % kDictionary]);
    }
  }
  return out;
}

void readRtf(Bytes bytes, Budget& budget, Result& result) {
  result.seiten.push_back(rtfText(bytes, budget, result.titel));
}

}  // namespace extractor
