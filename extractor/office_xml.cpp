#include <algorithm>
#include <charconv>

#include "office.h"

namespace extractor {
namespace {

class Ooxml : public XmlVisitor {
 public:
  explicit Ooxml(TextSink& sink) : sink_(sink) {}

  void start(std::string_view name, const Attributes&) override {
    // A text box is stored twice, for new and for old programs.
    if (name == "Fallback") ++skipped_;
    runs_ += name == "r";
    inText_ = name == "t";
    // Outside of runs, <tab> defines a tab stop.
    if (skipped_ > 0 || runs_ == 0) return;
    if (name == "tab")
      sink_.add("\t");
    else if (name == "br" || name == "cr")
      sink_.newline();
    else if (name == "noBreakHyphen")
      sink_.add("-");
  }

  void end(std::string_view name) override {
    if (name == "Fallback") --skipped_;
    runs_ -= name == "r";
    inText_ = false;
    if (skipped_ > 0) return;
    if (name == "p" || name == "si" || name == "row")
      sink_.newline();
    else if (name == "tc" || name == "is")
      sink_.add("\t");
  }

  void text(std::string_view utf8) override {
    if (inText_ && skipped_ == 0) sink_.add(utf8);
  }

 private:
  TextSink& sink_;
  int skipped_ = 0, runs_ = 0;
  bool inText_ = false;
};

class Odf : public XmlVisitor {
 public:
  explicit Odf(TextSink& sink) : sink_(sink) {}

  void start(std::string_view name, const Attributes& attributes) override {
    skipped_ += name == "tracked-changes";
    if (name == "p" || name == "h") ++paragraphs_;
    if (!visible()) return;
    if (name == "tab")
      sink_.add("\t");
    else if (name == "line-break")
      sink_.newline();
    else if (name == "s")
      sink_.add(std::string(blanks(attributes.get("c")), ' '));
  }

  void end(std::string_view name) override {
    if (name == "p" || name == "h") {
      if (visible()) sink_.newline();
      --paragraphs_;
    }
    skipped_ -= name == "tracked-changes";
    if (name == "table" || name == "page") sink_.add("\f");
  }

  void text(std::string_view utf8) override {
    if (visible()) sink_.add(utf8);
  }

 private:
  [[nodiscard]] bool visible() const { return paragraphs_ > 0 && skipped_ == 0; }

  static std::size_t blanks(std::string_view count) {
    std::size_t n = 1;
    std::from_chars(count.data(), count.data() + count.size(), n);
    return std::min<std::size_t>(n, 100);
  }

  TextSink& sink_;
  int paragraphs_ = 0, skipped_ = 0;
};

class Properties : public XmlVisitor {
 public:
  explicit Properties(Result& result) : result_(result) {}

  void start(std::string_view name, const Attributes& attributes) override {
    element_ = name;
    if (name == "document-statistic") setPages(attributes.get("page-count"));
  }

  void end(std::string_view name) override {
    if (name == "Pages") setPages(value_);
    element_.clear();
    value_.clear();
  }

  void text(std::string_view utf8) override {
    if (element_ == "title" && result_.titel.size() < 4096)
      result_.titel += utf8;
    else if (element_ == "Pages" && value_.size() < 16)
      value_ += utf8;
  }

 private:
  void setPages(std::string_view number) {
    std::uint32_t pages = 0;
    std::from_chars(number.data(), number.data() + number.size(), pages);
    if (pages < 100'000) result_.seitenzahl = pages;
  }

  Result& result_;
  std::string element_, value_;
};

class Manifest : public XmlVisitor {
 public:
  explicit Manifest(bool& encrypted) : encrypted_(encrypted) {}
  void start(std::string_view name, const Attributes&) override { encrypted_ |= name == "encryption-data"; }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

 private:
  bool& encrypted_;
};

}  // namespace

std::unique_ptr<XmlVisitor> ooxmlVisitor(TextSink& sink) { return std::make_unique<Ooxml>(sink); }
std::unique_ptr<XmlVisitor> odfVisitor(TextSink& sink) { return std::make_unique<Odf>(sink); }
std::unique_ptr<XmlVisitor> propertiesVisitor(Result& result) { return std::make_unique<Properties>(result); }
std::unique_ptr<XmlVisitor> manifestVisitor(bool& encrypted) { return std::make_unique<Manifest>(encrypted); }

}  // namespace extractor
