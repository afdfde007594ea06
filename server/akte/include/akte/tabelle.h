#pragma once
// Tables that people hand in (CSV, or the cells of a spreadsheet) and take away (CSV).
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace akte {

struct TabellenZeile {
  std::size_t nummer = 0;  ///< of the line in the file, from 1
  std::vector<std::string> zellen{};
};

/// RFC 4180, with `;`, `,` or tab between the cells (what the first lines hold most of outside of quotes), and any line
/// ending. Never fails: a quote that is not closed takes the rest of the file. Lines without any text are left out.
[[nodiscard]] std::vector<TabellenZeile> readCsv(std::string_view utf8);
/// Cells parted by tabs and lines, without quoting: how the extractor gives the sheets of a spreadsheet.
[[nodiscard]] std::vector<TabellenZeile> readBlatt(std::string_view utf8);

/// One line of CSV for German spreadsheets: semicolons, CRLF. What a spreadsheet would take for a formula is kept as
/// text by an apostrophe before it; `readCsv` takes it away again.
void appendCsv(std::string& out, const std::vector<std::string>& zellen);
/// What a file for spreadsheets begins with, so that they read UTF-8.
inline constexpr std::string_view csvAnfang = "\xEF\xBB\xBF";

/// The name of a column as it is compared: letters and digits only, lower case, umlauts written out.
[[nodiscard]] std::string columnKey(std::string_view utf8);

}  // namespace akte
