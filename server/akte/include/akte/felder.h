#pragma once
// Fields that a tenant adds to its kinds of Akte, Vorgang and Dokument: typed, checked, and searchable.
#include <map>

#include "akte/umfeld.h"

namespace akte {

enum class Feldtyp : std::uint8_t { text, zahl, datum, jaNein, auswahl };
BOOST_DESCRIBE_ENUM(Feldtyp, text, zahl, datum, jaNein, auswahl)

/// What a field is for.
enum class Feldziel : std::uint8_t { akte, vorgang, eingang, ausgang, intern };
BOOST_DESCRIBE_ENUM(Feldziel, akte, vorgang, eingang, ausgang, intern)

/// A field of the objects of one kind (`typ`).
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
  bool aktiv = true;               ///< no longer asked for; values that exist stay
  std::optional<Feldziel> fuer{};  ///< nothing: Vorgänge
};
BOOST_DESCRIBE_STRUCT(FeldartZeile, (),
                      (mandant, id, uuid, stand, typ, bezeichnung, art, auswahl, pflicht, reihenfolge, aktiv, fuer))

/// `zahl` orders what has an order: thousandths of a number, a day as 20261123, 0 or 1.
struct FeldwertZeile {
  static constexpr std::string_view tabelle = "feldwert";
  std::int64_t mandant = 0, id = 0;
  OptId vorgang{}, akte{}, dokument{};  ///< one of them
  std::int64_t feld = 0;
  Text wert{}, suchwert{};
  OptId zahl{};
};
BOOST_DESCRIBE_STRUCT(FeldwertZeile, (), (mandant, id, vorgang, akte, dokument, feld, wert, suchwert, zahl))

struct FeldartNeu {
  base::Line<100> typ{}, bezeichnung{};
  Feldtyp art{};
  std::optional<std::vector<base::Line<100>>> auswahl{};
  std::optional<bool> pflicht{}, aktiv{};
  std::optional<std::int64_t> reihenfolge{};
  std::optional<Feldziel> fuer{};  ///< by default Vorgänge
};
BOOST_DESCRIBE_STRUCT(FeldartNeu, (), (typ, bezeichnung, art, auswahl, pflicht, aktiv, reihenfolge, fuer))

struct WertSetzen {
  base::Uuid feld{};
  std::optional<base::Line<1000>> wert{};  ///< nothing takes it away
};
BOOST_DESCRIBE_STRUCT(WertSetzen, (), (feld, wert))

/// The kind of an object and the values of its fields. A kind that is not named stays.
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
/// What fields hang on: an object with its kind.
struct Feldtraeger {
  Feldziel ziel{};
  SuchArt art{};
  std::int64_t id = 0;
  OptText typ{};
};
[[nodiscard]] Feldtraeger traegerOf(const AkteMit& mit);
[[nodiscard]] Feldtraeger traegerOf(const VorgangMit& mit);
[[nodiscard]] Feldtraeger traegerOf(const DokumentMit& mit);
/// The fields of its kind, in their order.
[[nodiscard]] std::vector<FeldartZeile> felderFor(const sql::ReadTx& tx, std::int64_t mandant,
                                                  const Feldtraeger& traeger);
/// Its values, by field.
[[nodiscard]] std::map<std::int64_t, FeldwertZeile> werteOf(const sql::ReadTx& tx, std::int64_t mandant, SuchArt art,
                                                            std::int64_t id);
/// Those of them that are words or numbers, for the search.
[[nodiscard]] std::vector<std::string> feldworte(const sql::ReadTx& tx, std::int64_t mandant, SuchArt art,
                                                 std::int64_t id);
/// The column of `feldwert` that names objects of a kind.
[[nodiscard]] sql::Sql feldspalte(SuchArt art);

/// Fields of other kinds are refused; those that must be filled must be filled in the end.
[[nodiscard]] base::Result<void> setFelder(Change& change, const Berechtigung& wer, SuchIndex& index,
                                           const AkteMit& mit, const FelderSetzen& input);
[[nodiscard]] base::Result<void> setFelder(Change& change, const Berechtigung& wer, SuchIndex& index,
                                           const VorgangMit& mit, const FelderSetzen& input);
[[nodiscard]] base::Result<void> setFelder(Change& change, const Berechtigung& wer, SuchIndex& index,
                                           const DokumentMit& mit, const FelderSetzen& input);
/// A copy has the values of what it was copied from.
void kopiereFelder(Change& change, SuchArt art, std::int64_t von, std::int64_t nach);

void addFelderRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);

}  // namespace akte
