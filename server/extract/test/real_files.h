#pragma once
// Helpers for tests that read the shared real files.
#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "reader.h"

namespace extract::test {

/// Rows of expected/NAME.tsv, by column name.
inline std::vector<std::map<std::string, std::string>> table(const std::filesystem::path& path) {
  std::vector<std::map<std::string, std::string>> rows;
  std::vector<std::string> columns;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> cells;
    std::istringstream split(line);
    for (std::string cell; std::getline(split, cell, '\t');) cells.push_back(cell);
    if (columns.empty()) {
      columns = cells;
      continue;
    }
    cells.resize(columns.size());
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i) row[columns[i]] = cells[i];
  }
  return rows;
}

/// Characters that leave ink.
inline std::size_t inkOf(const std::string& utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return c != ' ' && c != '\n' && c != '\t' && (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

/// Tools count blanks too, and differ in what they call text; a loss of half of it would be a bug.
inline bool near(std::size_t ink, std::size_t expectedChars) {
  return static_cast<double>(ink) <= static_cast<double>(expectedChars) * 1.25 + 100 &&
         static_cast<double>(ink) >= static_cast<double>(expectedChars) * 0.55 - 100;
}

/// libarchive keeps its hostile samples uuencoded.
inline std::string uudecode(const std::string& text) {
  std::istringstream in(text);
  std::string out, line;
  while (std::getline(in, line) && line.rfind("begin ", 0) != 0) {
  }
  const auto six = [&](std::size_t i) { return i < line.size() ? static_cast<unsigned>(line[i] - ' ') & 63U : 0U; };
  while (std::getline(in, line) && line != "end") {
    std::size_t left = six(0);
    for (std::size_t i = 1; left > 0; i += 4) {
      const unsigned bits = six(i) << 18 | six(i + 1) << 12 | six(i + 2) << 6 | six(i + 3);
      for (int shift = 16; shift >= 0 && left > 0; shift -= 8, --left) out += static_cast<char>(bits >> shift & 0xFF);
    }
  }
  return out;
}

/// The bytes of a shared file; those that are kept uuencoded are unpacked.
inline std::string contentOf(const std::filesystem::path& path) {
  return path.extension() == ".uu" ? uudecode(bytesOf(path)) : bytesOf(path);
}

inline std::string nameOf(const std::filesystem::path& path) {
  return path.extension() == ".uu" ? path.stem().string() : path.filename().string();
}

}  // namespace extract::test
