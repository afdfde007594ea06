// The text of Word ([MS-DOC]) and PowerPoint ([MS-PPT]) documents before 2007.
#include <algorithm>

#include "charset.h"
#include "ole.h"

namespace extractor {
namespace {

/// Word's text with what its control characters mean; the instructions of fields are left out.
class WordText {
 public:
  explicit WordText(TextSink& sink) : sink_(sink) {}

  void add(std::u16string_view units) {
    std::u16string run;
    for (const char16_t c : units) {
      if (c >= 0x20) {
        if (instructions_ == 0 && c != 0x1F) run += c;
        continue;
      }
      special(c, run);
    }
    put(run);
  }

 private:
  void special(char16_t c, std::u16string& run) {
    switch (c) {
      case 0x13:
        ++fields_;
        ++instructions_;
        return;
      case 0x14:
        if (instructions_ > 0) --instructions_;
        return;
      case 0x15:
        if (fields_ > 0 && instructions_ == fields_) --instructions_;
        if (fields_ > 0) --fields_;
        instructions_ = std::min(instructions_, fields_);
        return;
      case 0x1E:
        run += u'-';
        return;
      case 0x07:
      case 0x09:
        run += u'\t';
        return;
      case 0x0A:
      case 0x0B:
      case 0x0C:
      case 0x0D:
        put(run);
        sink_.newline();
        return;
      default:
        return;
    }
  }

  void put(std::u16string& run) {
    if (instructions_ == 0 && !run.empty()) sink_.add(fromUtf16(run));
    run.clear();
  }

  TextSink& sink_;
  int fields_ = 0, instructions_ = 0;
};

std::u16string widen(std::string_view bytes) {
  std::u16string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) out += static_cast<unsigned char>(bytes[i]);
  // Only what Windows has between 0x80 and 0x9F differs from Latin 1.
  static constexpr char16_t kWindows[] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                          0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
  for (auto& c : out)
    if (c >= 0x80 && c < 0xA0) c = kWindows[c - 0x80];
  return out;
}

/// The pieces of the text, from the table in the table stream (CLX, Pcdt).
void readPieces(std::string_view document, std::string_view clx, WordText& text, Budget& budget) {
  std::size_t pos = 0;
  while (pos < clx.size() && clx[pos] == 1) pos += 3 + at<std::uint16_t>(clx, pos + 1);
  if (pos >= clx.size() || clx[pos] != 2) throw Unreadable{"fehler", "beschaedigt"};
  const std::string_view pieces = clx.substr(pos + 5 <= clx.size() ? pos + 5 : clx.size());
  const std::size_t size = std::min<std::size_t>(at<std::uint32_t>(clx, pos + 1), pieces.size());
  const std::size_t count = size < 4 ? 0 : (size - 4) / 12;
  for (std::size_t i = 0; i < count && !budget.spent(); ++i) {
    const std::uint32_t begin = at<std::uint32_t>(pieces, i * 4), end = at<std::uint32_t>(pieces, i * 4 + 4);
    const auto place = at<std::uint32_t>(pieces, (count + 1) * 4 + i * 8 + 2);
    if (end <= begin) continue;
    const bool narrow = (place & 0x40000000U) != 0;
    const std::size_t offset = narrow ? (place & 0x3FFFFFFFU) / 2 : place;
    const std::size_t bytes = std::size_t{end - begin} * (narrow ? 1 : 2);
    if (offset >= document.size()) continue;
    const std::string_view piece = document.substr(offset, bytes);
    if (narrow) {
      text.add(widen(piece));
    } else {
      std::u16string units(piece.size() / 2, u'\0');
      std::memcpy(units.data(), piece.data(), units.size() * 2);
      text.add(units);
    }
  }
}

constexpr unsigned kContainer = 0xF;
enum PptRecord : std::uint16_t {
  kSlide = 0x03EE,
  kSlidePersist = 0x03F3,
  kTextChars = 0x0FA0,
  kTextBytes = 0x0FA8,
  kSlideList = 0x0FF0,
  kMainMaster = 0x03F8,
  kNotes = 0x03F0,
  kCrypt = 0x2F14,
};

/// Walks the records of a presentation and gathers the text of each slide: the outline holds some of it, the slide the
/// rest.
class Presentation {
 public:
  Presentation(Budget& budget, Result& result) : budget_(budget), result_(result) {}

  void run(std::string_view records) {
    walk(records, 0);
    const std::size_t slides = std::max(outline_.size(), slides_.size());
    for (std::size_t i = 0; i < slides; ++i) {
      TextSink page(budget_);
      for (const auto* from : {&outline_, &slides_})
        if (i < from->size()) page.add((*from)[i]);
      result_.seiten.push_back(page.take());
    }
    if (!other_.empty()) result_.seiten.push_back(other_);
    result_.seitenzahl = static_cast<std::uint32_t>(slides);
  }

 private:
  void walk(std::string_view records, int depth) {
    for (std::size_t pos = 0; pos + 8 <= records.size() && depth < 32 && !budget_.spent();) {
      const auto head = at<std::uint16_t>(records, pos), type = at<std::uint16_t>(records, pos + 2);
      const std::size_t length = std::min<std::size_t>(at<std::uint32_t>(records, pos + 4), records.size() - pos - 8);
      record(head, type, records.substr(pos + 8, length), depth);
      pos += 8 + length;
    }
  }

  void record(std::uint16_t head, std::uint16_t type, std::string_view body, int depth) {
    if (type == kCrypt) throw Unreadable{"gesperrt", "kennwort"};
    if (type == kTextChars) return put(fromUtf16Bytes(body));
    if (type == kTextBytes) return put(fromUtf16(widen(body)));
    if (type == kSlidePersist && into_ == &outline_) outline_.emplace_back();
    if ((head & 15U) != kContainer) return;
    auto* const outer = into_;
    if (type == kSlide) {
      slides_.emplace_back();
      into_ = &slides_;
    } else if (type == kSlideList) {
      into_ = head >> 4U == 0 ? &outline_ : nullptr;
    } else if (type == kMainMaster || type == kNotes) {
      into_ = nullptr;
    }
    // What masters say ("Click to edit") is nobody's text.
    if (type != kMainMaster && !(type == kSlideList && head >> 4U == 1)) walk(body, depth + 1);
    into_ = outer;
  }

  void put(std::string text) {
    std::replace(text.begin(), text.end(), '\r', '\n');
    std::replace(text.begin(), text.end(), '\v', '\n');
    (into_ == nullptr || into_->empty() ? other_ : into_->back()) += text + '\n';
  }

  Budget& budget_;
  Result& result_;
  std::vector<std::string> outline_, slides_;
  std::string other_;
  std::vector<std::string>* into_ = nullptr;
};

}  // namespace

void readDoc(const Ole& ole, Budget& budget, Result& result) {
  const auto document = ole.stream("WordDocument");
  if (!document || document->size() < 0x60) throw Unreadable{"fehler", "beschaedigt"};
  const auto flags = at<std::uint16_t>(*document, 0x0A);
  if ((flags & 0x0100U) != 0) throw Unreadable{"gesperrt", "kennwort"};
  TextSink sink(budget);
  WordText text(sink);
  constexpr std::uint16_t kWord97 = 0xC1;
  if (at<std::uint16_t>(*document, 2) >= kWord97) {
    const auto table = ole.stream((flags & 0x0200U) != 0 ? "1Table" : "0Table");
    const auto from = at<std::uint32_t>(*document, 0x01A2), size = at<std::uint32_t>(*document, 0x01A6);
    if (!table || from >= table->size()) throw Unreadable{"fehler", "beschaedigt"};
    readPieces(*document, std::string_view(*table).substr(from, size), text, budget);
  } else {
    // Word 6 and 95 keep a text in one run, of one byte for a letter.
    const auto from = at<std::uint32_t>(*document, 0x18), to = at<std::uint32_t>(*document, 0x1C);
    if (from >= to || from >= document->size()) throw Unreadable{"fehler", "beschaedigt"};
    text.add(widen(std::string_view(*document).substr(from, to - from)));
  }
  result.seiten.push_back(sink.take());
}

void readPpt(const Ole& ole, Budget& budget, Result& result) {
  constexpr std::uint32_t kEncrypted = 0xF3D1C4DF;
  const auto user = ole.stream("Current User");
  if (user && at<std::uint32_t>(*user, 12) == kEncrypted) throw Unreadable{"gesperrt", "kennwort"};
  const auto records = ole.stream("PowerPoint Document");
  if (!records) throw Unreadable{"fehler", "beschaedigt"};
  Presentation(budget, result).run(*records);
}

}  // namespace extractor
