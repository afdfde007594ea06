#pragma once
// Fields that a tenant adds to its kinds of Vorgang: typed, checked, and searchable.
#include "akte/umfeld.h"

namespace akte {

enum class Feldtyp : std::uint8_t { text, zahl, datum, jaNein, auswahl };
BOOST_DESCRIBE_ENUM(Feldtyp, text, zahl, datum, jaNein, auswahl)

/// A field of the Vorgänge of one kind (`typ`).
struct FeldartZeile {
  static constexpr std::string_view tabelle = "feldart";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Text typ{}, bezeichnung{};
  Feldtyp art{};
  OptText auswahl{};  ///< of an Auswahl: its values, one a line
  bool pflicht = false;
  std::int64_t reihenfolge = 0;
  bool aktiv = true;  ///< no longer asked for; values that exist stay
};
BOOST_DESCRIBE_STRUCT(FeldartZeile, (),
                      (mandant, id, uuid, stand, typ, bezeichnung, art, auswahl, pflicht, reihenfolge, aktiv))

/// `zahl` orders what has an order: thousandths of a number, a day as 20261123, 0 or 1.
struct FeldwertZeile {
  static constexpr std::string_view tabelle = "feldwert";
  std::int64_t mandant = 0, id = 0, vorgang = 0, feld = 0;
  Text wert{}, suchwert{};
  OptId zahl{};
};
BOOST_DESCRIBE_STRUCT(FeldwertZeile, (), (mandant, id, vorgang, feld, wert, suchwert, zahl))

struct FeldartNeu {
  base::Line<100> typ{}, bezeichnung{};
  Feldtyp art{};
  std::optional<std::vector<base::Line<100>>> auswahl{};
  std::optional<bool> pflicht{}, aktiv{};
  std::optional<std::int64_t> reihenfolge{};
};
BOOST_DESCRIBE_STRUCT(FeldartNeu, (), (typ, bezeichnung, art, auswahl, pflicht, aktiv, reihenfolge))

struct WertSetzen {
  base::Uuid feld{};
  std::optional<base::Line<1000>> wert{};  ///< nothing takes it away
};
BOOST_DESCRIBE_STRUCT(WertSetzen, (), (feld, wert))

/// The kind of a Vorgang and the values of its fields. A kind that is not named stays.
struct FelderSetzen {
  base::Patch<base::Line<100>> typ{};
  std::vector<WertSetzen> werte{};
};
BOOST_DESCRIBE_STRUCT(FelderSetzen, (), (typ, werte))

/// A value as it is kept: checked against its field. `feld` of an error is the field's name.
struct Wert {
  std::string wert{}, suchwert{};
  OptId zahl{};
};
[[nodiscard]] base::Result<Wert> readWert(const FeldartZeile& feld, const std::string& text);

[[nodiscard]] base::Result<FeldartZeile> createFeldart(Change& change, const Berechtigung& wer,
                                                       const FeldartNeu& input);
[[nodiscard]] base::Result<FeldartZeile> changeFeldart(Change& change, const Berechtigung& wer,
                                                       const FeldartZeile& before, const FeldartNeu& input);
/// Fields of other kinds are refused; those that must be filled must be filled in the end.
[[nodiscard]] base::Result<void> setFelder(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                           const FelderSetzen& input);

void addFelderRoutes(http::Routes& routes, mandant::Zugang& zugang);

}  // namespace akte
