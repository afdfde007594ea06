#include "akte/tabelle.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "base/text.h"

namespace akte {
namespace {

/// Formulas of spreadsheets begin with one of these.
constexpr std::string_view formula = "=+-@";

bool isNumber(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

char delimiterOf(std::string_view text) {
  std::array<std::size_t, 3> counts{};
  bool quoted = false;
  std::size_t lines = 0;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' && ++lines == 20) break;
    if (const auto found = std::string_view(";,\t").find(c); found != std::string_view::npos) ++counts.at(found);
  }
  return ";,\t"[std::ranges::max_element(counts) - counts.begin()];
}

std::string clean(std::string cell) {
  if (cell.size() > 1 && cell[0] == '\'' && formula.find(cell[1]) != std::string_view::npos) cell.erase(0, 1);
  return base::cleanText(base::repairUtf8(cell), true).value_or("");
}

/// Takes characters and makes lines of cells.
class Reader {
 public:
  void cell() {
    any_ = any_ || !text_.empty();
    row_.zellen.push_back(clean(std::move(text_)));
    text_.clear();
  }
  void line(std::size_t next) {
    cell();
    if (any_) rows_.push_back(std::move(row_));
    row_ = {next, {}};
    any_ = false;
  }
  void add(char c) { text_.push_back(c); }
  [[nodiscard]] bool atStart() const { return text_.empty(); }
  std::vector<TabellenZeile> end(std::size_t line) {
    this->line(line);
    return std::move(rows_);
  }

 private:
  std::vector<TabellenZeile> rows_;
  TabellenZeile row_{1, {}};
  std::string text_;
  bool any_ = false;
};

}  // namespace

std::vector<TabellenZeile> readCsv(std::string_view text) {
  if (text.starts_with(csvAnfang)) text.remove_prefix(csvAnfang.size());
  const char delimiter = delimiterOf(text);
  Reader reader;
  std::size_t line = 1;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
      ++line;
      if (quoted)
        reader.add('\n');
      else
        reader.line(line);
    } else if (quoted) {
      if (c != '"')
        reader.add(c);
      else if (i + 1 < text.size() && text[i + 1] == '"')
        reader.add(text[++i]);
      else
        quoted = false;
    } else if (c == '"' && reader.atStart()) {
      quoted = true;
    } else if (c == delimiter) {
      reader.cell();
    } else {
      reader.add(c);
    }
  }
  return reader.end(line);
}

std::vector<TabellenZeile> readBlatt(std::string_view text) {
  Reader reader;
  std::size_t line = 1;
  for (const char c : text) {
    if (c == '\n')
      reader.line(++line);
    else if (c == '\t')
      reader.cell();
    else
      reader.add(c);
  }
  return reader.end(line);
}

void appendCsv(std::string& out, const std::vector<std::string>& zellen) {
  for (std::size_t i = 0; i < zellen.size(); ++i) {
    if (i > 0) out += ';';
    const auto& text = zellen[i];
    const bool guarded = !text.empty() && formula.find(text[0]) != std::string_view::npos && !isNumber(text);
    if (!guarded && text.find_first_of(";\"\r\n,\t") == std::string::npos) {
      out += text;
      continue;
    }
    out += guarded ? "\"'" : "\"";
    for (const char c : text) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += "\r\n";
}

std::string columnKey(std::string_view utf8) {
  const auto folded = base::foldCase(utf8);
  std::string out;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const auto two = std::string_view(folded).substr(i, 2);
    if (two == "ä" || two == "ö" || two == "ü" || two == "ß") {
      out += two == "ä" ? "ae" : two == "ö" ? "oe" : two == "ü" ? "ue" : "ss";
      ++i;
    } else if (std::isalnum(static_cast<unsigned char>(folded[i])) != 0) {
      out += folded[i];
    }
  }
  return out;
}

}  // namespace akte
