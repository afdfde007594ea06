#pragma once
// A plain PDF of headings, paragraphs and tables: certificates, press releases, reports. Private to the room.
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace netz {

class Blatt {
 public:
  explicit Blatt(std::string titel) : titel_(std::move(titel)) {}
  Blatt& kopf(std::string_view text) { return schreibe(text, 20, true, 10); }
  Blatt& unterkopf(std::string_view text) { return schreibe(text, 13, true, 4); }
  /// Line breaks begin a new line.
  Blatt& absatz(std::string_view text) { return schreibe(text, 11, false, 8); }
  Blatt& klein(std::string_view text) { return schreibe(text, 9, false, 6); }
  Blatt& abstand(double punkte);
  /// Columns share the width as `anteile` say.
  Blatt& tabelle(const std::vector<double>& anteile, const std::vector<std::vector<std::string>>& zeilen);
  [[nodiscard]] std::string pdf() const;

 private:
  Blatt& schreibe(std::string_view text, double groesse, bool fett, double danach);
  void platz(double hoehe);
  void zeile(double x, double groesse, bool fett, std::string_view text);

  std::string titel_;
  std::vector<std::string> seiten_{std::string()};
  double y_ = 780;
};

/// The two fonts that every reader of PDF has know these letters: all of Latin-1, and those of Sorbian, Polish and
/// Czech. Others become a question mark. Widths are those of Helvetica.
[[nodiscard]] std::string blattSchrift(std::string_view utf8);
[[nodiscard]] double blattBreite(std::string_view utf8, double groesse, bool fett);

}  // namespace netz
