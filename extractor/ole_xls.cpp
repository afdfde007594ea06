// The cells of Excel workbooks before 2007 ([MS-XLS]; BIFF5 too): each sheet is a page, rows are lines.
#include <algorithm>

#include "charset.h"
#include "ole.h"
#include "tabelle.h"

namespace extractor {
namespace {

enum Record : std::uint16_t {
  kFormula = 0x06,
  kEof = 0x0A,
  kFilePass = 0x2F,
  kContinue = 0x3C,
  kCodePage = 0x42,
  kBoundSheet = 0x85,
  kMulRk = 0xBD,
  kRString = 0xD6,
  kSst = 0xFC,
  kLabelSst = 0xFD,
  kNumber = 0x203,
  kLabel = 0x204,
  kString = 0x207,
  kRk = 0x27E,
  kBof = 0x809,
};

double fromRk(std::uint32_t rk) {
  double value = 0;
  if ((rk & 2U) != 0) {
    value = static_cast<std::int32_t>(rk) >> 2;
  } else {
    const std::uint64_t bits = std::uint64_t{rk & 0xFFFFFFFCU} << 32U;
    std::memcpy(&value, &bits, sizeof value);
  }
  return (rk & 1U) != 0 ? value / 100 : value;
}

/// Reads the shared strings, which may be cut in their middle by CONTINUE records; then the flag of width comes again.
class SharedStrings {
 public:
  SharedStrings(std::vector<std::string_view> pieces, Budget& budget) : pieces_(std::move(pieces)), budget_(budget) {}

  std::vector<std::string> read() {
    std::vector<std::string> out;
    if (pieces_.empty()) return out;
    pos_ = 8;
    const auto count = at<std::uint32_t>(pieces_[0], 4);
    for (std::uint32_t i = 0; i < count && piece_ < pieces_.size() && !budget_.spent(); ++i) out.push_back(one());
    return out;
  }

 private:
  std::string one() {
    settle();
    const auto length = take<std::uint16_t>();
    const auto flags = take<std::uint8_t>();
    const std::uint32_t runs = (flags & 8U) != 0 ? take<std::uint16_t>() : 0;
    const std::uint32_t extra = (flags & 4U) != 0 ? take<std::uint32_t>() : 0;
    const std::string text = letters(length, (flags & 1U) != 0);
    skip(std::size_t{runs} * 4 + extra);
    return text;
  }

  std::string letters(std::size_t count, bool wide) {
    std::u16string units;
    while (count > 0 && piece_ < pieces_.size()) {
      if (pos_ >= pieces_[piece_].size()) {
        ++piece_;
        pos_ = 0;
        if (piece_ < pieces_.size()) wide = (take<std::uint8_t>() & 1U) != 0;
        continue;
      }
      const std::string_view rest = pieces_[piece_].substr(pos_);
      const std::size_t here = std::min(count, std::max<std::size_t>(1, rest.size() / (wide ? 2 : 1)));
      for (std::size_t i = 0; i < here; ++i)
        units += wide ? at<char16_t>(rest, i * 2) : static_cast<char16_t>(static_cast<unsigned char>(rest[i]));
      pos_ += here * (wide ? 2 : 1);
      count -= here;
    }
    return fromUtf16(units);
  }

  template <typename T>
  T take() {
    settle();
    if (piece_ >= pieces_.size()) return 0;
    const T out = at<T>(pieces_[piece_], pos_);
    pos_ += sizeof(T);
    return out;
  }

  void skip(std::size_t bytes) {
    while (bytes > 0 && piece_ < pieces_.size()) {
      settle();
      if (piece_ >= pieces_.size()) return;
      const std::size_t here = std::min(bytes, pieces_[piece_].size() - pos_);
      pos_ += here;
      bytes -= here;
    }
  }

  void settle() {
    while (piece_ < pieces_.size() && pos_ >= pieces_[piece_].size()) {
      ++piece_;
      pos_ = 0;
    }
  }

  std::vector<std::string_view> pieces_;
  Budget& budget_;
  std::size_t piece_ = 0, pos_ = 0;
};

class Workbook {
 public:
  Workbook(std::string_view bytes, Budget& budget, Result& result) : bytes_(bytes), budget_(budget), result_(result) {}

  void run() {
    for (std::size_t pos = 0; pos + 4 <= bytes_.size() && !budget_.spent();) {
      const auto type = at<std::uint16_t>(bytes_, pos);
      const std::string_view body = bytes_.substr(pos + 4, at<std::uint16_t>(bytes_, pos + 2));
      pos += 4 + body.size();
      if (type == kSst) {
        std::vector<std::string_view> pieces{body};
        while (pos + 4 <= bytes_.size() && at<std::uint16_t>(bytes_, pos) == kContinue) {
          pieces.push_back(bytes_.substr(pos + 4, at<std::uint16_t>(bytes_, pos + 2)));
          pos += 4 + pieces.back().size();
        }
        shared_ = SharedStrings(std::move(pieces), budget_).read();
      } else {
        record(type, body);
      }
    }
    if (result_.seiten.empty()) throw Unreadable{"fehler", "beschaedigt"};
    result_.seitenzahl = static_cast<std::uint32_t>(result_.seiten.size());
  }

 private:
  void record(std::uint16_t type, std::string_view body) {
    switch (type) {
      case kFilePass:
        throw Unreadable{"gesperrt", "kennwort"};
      case kCodePage:
        codepage_ = "windows-" + std::to_string(at<std::uint16_t>(body, 0));
        return;
      case kBof:
        return beginPart(body);
      case kEof:
        return endPart();
      case kBoundSheet:
        names_.push_back(wide_ ? unicode(body.substr(std::min<std::size_t>(7, body.size())), at<std::uint8_t>(body, 6))
                               : narrow(body.substr(std::min<std::size_t>(7, body.size())), at<std::uint8_t>(body, 6)));
        return;
      default:
        return cell(type, body);
    }
  }

  void beginPart(std::string_view body) {
    ++depth_;
    wide_ = at<std::uint16_t>(body, 0) >= 0x0600;
    constexpr std::uint16_t kSheet = 0x10;
    if (depth_ != 1) return;
    sheet_ = at<std::uint16_t>(body, 2) == kSheet;
    const bool globals = at<std::uint16_t>(body, 2) == 0x05;
    if (!globals && part_ < names_.size()) page_ = names_[part_] + "\n";
    if (!globals) ++part_;
  }

  void endPart() {
    if (--depth_ > 0) return;
    depth_ = 0;
    if (!page_.empty()) {
      TextSink sink(budget_);
      sink.add(page_);
      result_.seiten.push_back(sink.take());
    }
    page_.clear();
    row_ = -1;
  }

  void cell(std::uint16_t type, std::string_view body) {
    const int row = at<std::uint16_t>(body, 0);
    switch (type) {
      case kLabelSst:
        if (const auto index = at<std::uint32_t>(body, 6); index < shared_.size()) put(row, shared_[index]);
        return;
      case kLabel:
      case kRString: {
        const std::string_view rest = body.substr(std::min<std::size_t>(8, body.size()));
        return put(row, wide_ ? unicode(rest, at<std::uint16_t>(body, 6)) : narrow(rest, at<std::uint16_t>(body, 6)));
      }
      case kNumber:
        return put(row, cellNumber(at<double>(body, 6)));
      case kRk:
        return put(row, cellNumber(fromRk(at<std::uint32_t>(body, 6))));
      case kMulRk:
        for (std::size_t pos = 4; pos + 8 <= body.size(); pos += 6)
          put(row, cellNumber(fromRk(at<std::uint32_t>(body, pos + 2))));
        return;
      case kFormula:
        formulaRow_ = row;
        if (at<std::uint16_t>(body, 12) != 0xFFFF) put(row, cellNumber(at<double>(body, 6)));
        return;
      case kString:
        return put(formulaRow_,
                   wide_ ? unicode(body.substr(std::min<std::size_t>(2, body.size())), at<std::uint16_t>(body, 0))
                         : narrow(body.substr(std::min<std::size_t>(2, body.size())), at<std::uint16_t>(body, 0)));
      default:
        return;
    }
  }

  /// A flag of width, then so many letters.
  static std::string unicode(std::string_view bytes, std::size_t letters) {
    if (bytes.empty()) return {};
    const bool wide = (bytes[0] & 1) != 0;
    bytes.remove_prefix(1);
    if (wide) return fromUtf16Bytes(bytes.substr(0, letters * 2));
    std::u16string units;
    for (const char c : bytes.substr(0, letters)) units += static_cast<unsigned char>(c);
    return fromUtf16(units);
  }

  [[nodiscard]] std::string narrow(std::string_view bytes, std::size_t letters) const {
    return decodeText(bytes.substr(0, letters), codepage_).value_or("");
  }

  void put(int row, const std::string& text) {
    if (!sheet_ || depth_ != 1 || text.empty() || page_.size() > budget_.text) return;
    if (row != row_ && !page_.empty() && page_.back() != '\n') page_ += '\n';
    if (row == row_) page_ += '\t';
    row_ = row;
    page_ += text;
  }

  std::string_view bytes_;
  Budget& budget_;
  Result& result_;
  std::vector<std::string> shared_, names_;
  std::string codepage_ = "windows-1252", page_;
  int depth_ = 0, row_ = -1, formulaRow_ = 0;
  std::size_t part_ = 0;
  bool wide_ = true, sheet_ = false;
};

}  // namespace

void readXls(const Ole& ole, Budget& budget, Result& result) {
  auto bytes = ole.stream("Workbook");
  if (!bytes) bytes = ole.stream("Book");
  if (!bytes) throw Unreadable{"fehler", "beschaedigt"};
  Workbook(*bytes, budget, result).run();
}

}  // namespace extractor
