#pragma once
// Sheets that the program writes itself (address sheet, contents, metadata, notes), as flat OpenDocument, which
// LibreOffice prints.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace schreiben {

class Blaetter {
 public:
  /// Begins a sheet on a new page. Its first line says "Blatt n" when it is numbered, so that its pages are found
  /// again.
  void neu(bool numeriert = false);
  void titel(std::string_view text);
  void ueberschrift(std::string_view text);
  /// Each line of the text is a paragraph of its own.
  void absatz(std::string_view text);
  /// An address where the window of an envelope shows it (DIN 5008, form B).
  void anschrift(std::string_view absender, std::string_view text);
  /// What is left and what is right, row by row.
  void tabelle(const std::vector<std::pair<std::string, std::string>>& zeilen);
  /// Rows that may be of any width; the first is the head. `breiten` in percent.
  void liste(const std::vector<std::vector<std::string>>& zeilen, const std::vector<int>& breiten);
  /// Headings, lists and paragraphs; all else of Markdown stands as it was typed.
  void markdown(std::string_view text);
  [[nodiscard]] std::string fodt() const;

 private:
  void paragraph(std::string_view style, std::string_view text);
  std::string body_{};
  int umbrueche_ = 0, tabellen_ = 0, nummer_ = 0;
  std::string stile_{};
  bool umbruch_ = false;
};

}  // namespace schreiben
