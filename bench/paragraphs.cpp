// Laws in Markdown become one small text file for each paragraph, a folder for each law.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "base/text.h"
#include "bench.h"

namespace bench {
namespace {

constexpr std::size_t shortestParagraph = 60;  // bytes; less is a heading of headings, or "(weggefallen)"
constexpr std::size_t longestName = 90;

/// The heading as the name of a file: what file systems dislike becomes a blank.
std::string fileName(std::size_t number, std::string_view heading) {
  std::string name(base::cutUtf8(heading, longestName));
  std::ranges::replace_if(
      name, [](char c) { return c == '/' || static_cast<unsigned char>(c) < ' '; }, ' ');
  std::string count = std::to_string(number);
  return std::string(4 - std::min<std::size_t>(4, count.size()), '0') + count + " " + name + ".txt";
}

class Writer {
 public:
  Writer(fs::path into, std::size_t most) : into_(std::move(into)), left_(most) {}

  [[nodiscard]] bool full() const { return left_ == 0; }
  [[nodiscard]] std::size_t files() const { return files_; }
  [[nodiscard]] std::size_t laws() const { return laws_; }

  void law(const std::string& slug, std::string_view text) {
    number_ = 0;
    std::size_t at = text.find("\n#");
    while (at != std::string_view::npos && !full()) {
      const std::size_t next = text.find("\n#", at + 1);
      paragraph(slug, text.substr(at + 1, next == std::string_view::npos ? next : next - at - 1));
      at = next;
    }
    if (number_ > 0) ++laws_;
  }

 private:
  void paragraph(const std::string& slug, std::string_view text) {
    const auto lineEnd = std::min(text.find('\n'), text.size());
    auto heading = text.substr(0, lineEnd);
    heading.remove_prefix(std::min(heading.find_first_not_of("# "), heading.size()));
    const auto begin = text.find_first_not_of("\n ", lineEnd);
    if (heading.empty() || begin == std::string_view::npos || text.size() - begin < shortestParagraph) return;
    const auto folder = into_ / slug;
    if (number_ == 0) fs::create_directories(folder);
    std::ofstream out(folder / fileName(++number_, heading), std::ios::binary);
    out << heading << "\n\n" << text.substr(begin);
    if (!out.flush()) throw std::runtime_error("cannot write into " + folder.string());
    ++files_;
    --left_;
  }

  fs::path into_;
  std::size_t left_, files_ = 0, laws_ = 0, number_ = 0;
};

}  // namespace

void paragraphs(Arguments arguments) {
  std::vector<fs::path> laws;
  for (const auto& entry : fs::recursive_directory_iterator(arguments[0]))
    if (entry.path().filename() == "index.md") laws.push_back(entry.path());
  std::ranges::sort(laws);
  Writer writer(arguments[1], std::stoul(arguments[2]));
  for (const auto& law : laws)
    if (!writer.full()) writer.law(law.parent_path().filename().string(), readFile(law));
  std::cerr << writer.files() << " paragraphs of " << writer.laws() << " laws\n";
}

}  // namespace bench
