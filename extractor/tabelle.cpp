// The cells of XLSX.
#include "tabelle.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "office.h"

namespace extractor {
namespace {

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
  Sheet(TextSink& sink, const std::vector<std::string>& shared) : sink_(sink), shared_(shared) {}

  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "row") {
      first_ = true;
    } else if (name == "c") {
      type_ = attributes.get("t");
      value_.clear();
    }
    inValue_ = name == "v" || name == "t";
  }

  void end(std::string_view name) override {
    inValue_ = false;
    if (name == "row") sink_.newline();
    if (name != "c" || value_.empty()) return;
    if (!first_) sink_.add("\t");
    first_ = false;
    sink_.add(shown());
  }

  void text(std::string_view utf8) override {
    if (inValue_ && value_.size() < 40'000) value_ += utf8;
  }

 private:
  [[nodiscard]] std::string shown() const {
    if (type_ == "s") {
      std::size_t index = shared_.size();
      std::from_chars(value_.data(), value_.data() + value_.size(), index);
      return index < shared_.size() ? shared_[index] : std::string();
    }
    return type_.empty() || type_ == "n" ? cellNumber(std::string_view(value_)) : value_;
  }

  TextSink& sink_;
  const std::vector<std::string>& shared_;
  std::string type_, value_;
  bool inValue_ = false, first_ = true;
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

}  // namespace extractor
