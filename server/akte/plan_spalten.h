#pragma once
// Which column of a foreign table is what, and what its cells mean. Private to the room.
#include <array>

#include "akte/plan_einlesen.h"

namespace akte {

enum class Feld : std::uint8_t {
  kennzeichen,
  titel,
  beschreibung,
  aufbewahrungsdauer,
  aussonderungsart,
  gueltigVon,
  gueltigBis,
  ueber,
  organisationseinheit,
  zugriff,
  art,
  gesperrt,
  stillgelegt,
};
BOOST_DESCRIBE_ENUM(Feld, kennzeichen, titel, beschreibung, aufbewahrungsdauer, aussonderungsart, gueltigVon,
                    gueltigBis, ueber, organisationseinheit, zugriff, art, gesperrt, stillgelegt)
constexpr std::size_t feldAnzahl = 13;

struct Spalten {
  std::array<std::optional<std::size_t>, feldAnzahl> stelle{};
  std::size_t erste = 0;  ///< index of the first row with data
  bool erkannt = true;    ///< a head line was found

  [[nodiscard]] bool hat(Feld feld) const { return stelle.at(static_cast<std::size_t>(feld)).has_value(); }
  /// The cell of a field, in one line unless `lines`; empty when there is none.
  [[nodiscard]] std::string zelle(const TabellenZeile& zeile, Feld feld, bool lines = false) const;
};

/// Finds the head line among the first twenty; without one the first two columns are sign and title.
[[nodiscard]] Spalten findeSpalten(const std::vector<TabellenZeile>& tabelle);

/// Years, or nothing for unbefristet; the outer nothing is what cannot be read.
[[nodiscard]] std::optional<OptId> jahreFrom(const std::string& text);
[[nodiscard]] std::optional<Aussonderungsart> aussonderungsartFrom(const std::string& text);
/// 2026-11-23, 23.11.2026, each with or without a time after it.
[[nodiscard]] OptDatum tagFrom(const std::string& text);
[[nodiscard]] std::optional<bool> jaNeinFrom(const std::string& text);
[[nodiscard]] std::optional<Einheitart> einheitartFrom(const std::string& text);

/// The sign above a sign, as its form says: the longest beginning that is a sign too. Signs with dots, dashes or
/// slashes are cut there; others by letters only where the plan as a whole counts that way (0, 01, 011).
class Gliederung {
 public:
  explicit Gliederung(std::vector<std::string> kennzeichen);
  struct Oben {
    OptText kennzeichen{};
    OptText vermisst{};  ///< the sign directly above, which the plan does not have
  };
  [[nodiscard]] Oben ueber(const std::string& kennzeichen) const;

 private:
  [[nodiscard]] bool kennt(std::string_view text) const;
  std::vector<std::string> alle_;
  bool nachLaenge_ = false;
};

}  // namespace akte
