// The cells of XLSX and ODS, so that a table can be read from the text again.
#include "tabelle.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "office.h"

namespace extractor {
namespace {

/// Cells beyond are put one after the other: a lone cell in column XFD must not cost 16,000 tabs a row.
constexpr std::size_t kColumns = 256;

/// The cells of one row, each at its column.
class Row {
 public:
  explicit Row(TextSink& sink) : sink_(sink) {}

  void put(std::size_t column, std::string_view text) {
    if (text.empty()) return;
    std::string tabs;
    for (; at_ < column && at_ < kColumns; ++at_) tabs += '\t';
    if (tabs.empty() && any_) tabs = "\t";
    sink_.add(tabs);
    // Line breaks and tabs inside of a cell would look like more cells.
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t' || c == '\r'; }, ' ');
    sink_.add(line);
    any_ = true;
  }
  void end() {
    if (any_) sink_.newline();
    at_ = 0;
    any_ = false;
  }

 private:
  TextSink& sink_;
  std::size_t at_ = 0;
  bool any_ = false;
};

class SharedStrings : public XmlVisitor {
 public:
  SharedStrings(std::vector<std::string>& into, Budget& budget) : into_(into), budget_(budget) {}
  void start(std::string_view name, const Attributes&) override {
    if (name == "si") value_.clear();
    inText_ = name == "t" && phonetic_ == 0;
    // How East Asian words are read stands beside them.
    phonetic_ += name == "rPh";
  }
  void end(std::string_view name) override {
    inText_ = false;
    phonetic_ -= name == "rPh";
    if (name == "si") into_.push_back(std::move(value_));
  }
  void text(std::string_view utf8) override {
    if (!inText_ || size_ > budget_.text) return;
    size_ += utf8.size();
    value_ += utf8;
  }

 private:
  std::vector<std::string>& into_;
  Budget& budget_;
  std::string value_;
  std::size_t size_ = 0;
  int phonetic_ = 0;
  bool inText_ = false;
};

class SheetNames : public XmlVisitor {
 public:
  explicit SheetNames(std::vector<std::string>& names) : names_(names) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "sheet") names_.emplace_back(attributes.get("name"));
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

 private:
  std::vector<std::string>& names_;
};

class Sheet : public XmlVisitor {
 public:
  Sheet(TextSink& sink, const std::vector<std::string>& shared) : row_(sink), shared_(shared) {}

  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "c") {
      type_ = attributes.get("t");
      value_.clear();
      const std::size_t column = columnOf(attributes.get("r"));
      column_ = column > 0 ? column - 1 : next_;
      next_ = column_ + 1;
    }
    inValue_ = name == "v" || name == "t";
  }

  void end(std::string_view name) override {
    inValue_ = false;
    if (name == "row") {
      row_.end();
      next_ = 0;
    } else if (name == "c" && !value_.empty()) {
      row_.put(column_, shown());
    }
  }

  void text(std::string_view utf8) override {
    if (inValue_ && value_.size() < 40'000) value_ += utf8;
  }

 private:
  /// "BC12" is column 55; 0 when there are no letters.
  static std::size_t columnOf(std::string_view reference) {
    std::size_t column = 0;
    for (const char c : reference) {
      if (c < 'A' || c > 'Z' || column > kColumns * 100) break;
      column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
    }
    return column;
  }

  [[nodiscard]] std::string shown() const {
    if (type_ == "s") {
      std::size_t index = shared_.size();
      std::from_chars(value_.data(), value_.data() + value_.size(), index);
      return index < shared_.size() ? shared_[index] : std::string();
    }
    return type_.empty() || type_ == "n" ? cellNumber(std::string_view(value_)) : value_;
  }

  Row row_;
  const std::vector<std::string>& shared_;
  std::string type_, value_;
  std::size_t column_ = 0, next_ = 0;
  bool inValue_ = false;
};

class OdfSheet : public XmlVisitor {
 public:
  explicit OdfSheet(TextSink& sink) : sink_(sink), row_(sink) {}

  void start(std::string_view name, const Attributes& attributes) override {
    if (isCell(name)) {
      value_.clear();
      repeated_ = 1;
      const auto count = attributes.get("number-columns-repeated");
      std::from_chars(count.data(), count.data() + count.size(), repeated_);
    } else if (name == "p") {
      if (!value_.empty()) value_ += ' ';
      ++paragraphs_;
    }
    hidden_ += name == "annotation" || name == "tracked-changes";
  }

  void end(std::string_view name) override {
    paragraphs_ -= name == "p";
    hidden_ -= name == "annotation" || name == "tracked-changes";
    if (name == "table-row") {
      row_.end();
      column_ = 0;
    } else if (isCell(name)) {
      for (std::size_t i = 0; i < repeated_ && i < kColumns; ++i) row_.put(column_ + i, value_);
      column_ += std::min(repeated_, kColumns * 100);
      value_.clear();
    } else if (name == "table") {
      sink_.add("\f");
    }
  }

  void text(std::string_view utf8) override {
    if (paragraphs_ > 0 && hidden_ == 0 && value_.size() < 40'000) value_ += utf8;
  }

 private:
  static bool isCell(std::string_view name) { return name == "table-cell" || name == "covered-table-cell"; }

  TextSink& sink_;
  Row row_;
  std::string value_;
  std::size_t column_ = 0, repeated_ = 1;
  int paragraphs_ = 0, hidden_ = 0;
};

}  // namespace

std::string cellNumber(double value) {
  if (!std::isfinite(value)) return {};
  std::string out = fmt::format("{:.15g}", value);
  std::replace(out.begin(), out.end(), '.', ',');
  return out;
}

std::string cellNumber(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? cellNumber(value) : std::string(text);
}

std::unique_ptr<XmlVisitor> sharedStringsVisitor(std::vector<std::string>& into, Budget& budget) {
  return std::make_unique<SharedStrings>(into, budget);
}
std::unique_ptr<XmlVisitor> workbookVisitor(std::vector<std::string>& names) {
  return std::make_unique<SheetNames>(names);
}
std::unique_ptr<XmlVisitor> sheetVisitor(TextSink& sink, const std::vector<std::string>& shared) {
  return std::make_unique<Sheet>(sink, shared);
}
std::unique_ptr<XmlVisitor> odfSheetVisitor(TextSink& sink) { return std::make_unique<OdfSheet>(sink); }

}  // namespace extractor
