// Paragraphs printed, blurred, tilted and read again; and the list of German words that the analyser has.
#include <fmt/format.h>
#include <leptonica/allheaders.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <random>
#include <set>
#include <stdexcept>
#include <unordered_map>

#include "bench.h"
#include "text/analyser.h"

namespace bench {
namespace {

constexpr std::size_t shortest = 250, longest = 900;  // bytes of a paragraph that is printed
constexpr std::size_t shortestWord = 6;

std::vector<fs::path> filesIn(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

std::string html(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  return out;
}

}  // namespace

/// FILES INTO COUNT: takes so many paragraphs out of FILES, and writes print.html, a page for each, and questions.tsv:
/// for each a rare word and two words of it.
void scans(Arguments arguments) {
  const fs::path into = arguments[1];
  const std::size_t count = std::stoul(arguments[2]);
  const auto files = filesIn(arguments[0]);
  fs::create_directories(into);
  std::ofstream print(into / "print.html"), questions(into / "questions.tsv");
  print << "<meta charset=utf-8><style>@page { size: A5; margin: 15mm } body { font: 10pt 'DejaVu Serif' } "
           "section { page-break-after: always }</style>\n";
  std::size_t taken = 0;
  for (std::size_t i = 0; i < files.size() && taken < count; ++i) {
    const auto& file = files[i * 7919 % files.size()];
    const auto text = readFile(file);
    if (text.size() < shortest || text.size() > longest) continue;
    std::vector<std::string> words;
    for (const auto& token : text::analyse(text))
      if (token.wort.size() >= shortestWord && token.wort[0] >= 'a')
        words.push_back(text.substr(token.begin, token.end - token.begin));
    if (words.size() < 10) continue;
    const auto name = fmt::format("scan-{:03}", ++taken);
    print << "<section>" << html(text) << "</section>\n";
    questions << name << "\tof one word\t" << *std::ranges::max_element(words, {}, &std::string::size) << '\n';
    questions << name << "\tof two words\t" << words[words.size() / 3] << ' ' << words[2 * words.size() / 3] << '\n';
    questions << name << "\tof three words\t" << words[1] << ' ' << words[words.size() / 2] << ' '
              << words[words.size() - 2] << '\n';
    fs::remove(file);  // the print alone shall be found
  }
  if (taken < count) throw std::runtime_error("too few paragraphs");
}

/// IN OUT: a picture as it comes from an old copier and a scanner: tilted, blurred, with little contrast and dust.
void rescan(Arguments arguments) {
  std::mt19937 random(static_cast<unsigned>(std::hash<std::string>{}(fs::path(arguments[0]).filename().string())));
  PIX* pix = pixRead(arguments[0].c_str());
  if (pix == nullptr) throw std::runtime_error("no picture " + arguments[0]);
  const auto next = [&pix](PIX* made) {
    if (made == nullptr) throw std::runtime_error("the picture cannot be changed");
    pixDestroy(&pix);
    pix = made;
  };
  next(pixConvertTo8(pix, 0));
  const auto tilt = static_cast<float>((static_cast<int>(random() % 200) - 100) / 100.0 * 0.015);  // up to 0.9 degrees
  next(pixRotate(pix, tilt, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
  next(pixBlockconv(pix, 1, 1));
  next(pixAddGaussianNoise(pix, 14));
  if (pixWriteImpliedFormat(arguments[1].c_str(), pix, 0, 0) != 0)
    throw std::runtime_error("cannot write " + arguments[1]);
  pixDestroy(&pix);
}

/// FOLDER...: the words of four letters and more in at least four files (of those below the last folder: six, and only
/// what the others have not), each with a capital letter for the logarithm of the number of paragraphs.
void words(Arguments arguments) {
  struct Count {
    std::uint32_t paragraphs = 0, files = 0;
  };
  std::unordered_map<std::string, Count> laws, speech;
  for (const auto& folder : arguments) {
    auto& counts = &folder == &arguments.back() ? speech : laws;
    for (const auto& file : filesIn(folder)) {
      std::set<std::string> ofFile;
      const auto text = readFile(file);
      for (std::size_t at = 0; at < text.size();) {
        const auto next = std::min(text.find("\n#", at + 1), text.size());
        std::set<std::string> ofParagraph;
        for (auto& token : text::analyse(std::string_view(text).substr(at, next - at))) {
          const auto& wort = token.wort;
          if (wort.size() >= 4 && wort.size() <= 32 &&
              std::ranges::all_of(wort, [](char c) { return c >= 'a' && c <= 'z'; }) &&
              wort.find_first_not_of(wort[0]) != std::string::npos)
            ofParagraph.insert(wort);
        }
        for (const auto& wort : ofParagraph) ++counts[wort].paragraphs;
        ofFile.merge(ofParagraph);
        at = next;
      }
      for (const auto& wort : ofFile) ++counts[wort].files;
    }
  }
  std::set<std::string> lines;
  const auto take = [&](const std::string& wort, const Count& count) {
    lines.insert(wort + static_cast<char>('A' + static_cast<int>(1.45 * std::log2(count.paragraphs))));
  };
  for (const auto& [wort, count] : laws)
    if (count.files >= 4) take(wort, count);
  for (const auto& [wort, count] : speech)
    if (count.files >= 6 && (!laws.contains(wort) || laws.at(wort).files < 4)) take(wort, count);
  for (const auto& line : lines) std::cout << line << '\n';
}

}  // namespace bench
