#pragma once
// A whole Aktenplan from a table: first told row by row, then applied as one change (and taken back as one).
#include "akte/schriftgut.h"
#include "akte/tabelle.h"

namespace akte {

enum class ZeilenArt : std::uint8_t { neu, geaendert, gleich, uebergangen, fehler };
BOOST_DESCRIBE_ENUM(ZeilenArt, neu, geaendert, gleich, uebergangen, fehler)

/// What becomes of one row of the file. `hinweise` are German sentences: reasons of an error, else warnings.
struct EinleseZeile {
  std::int64_t zeile = 0;
  std::string kennzeichen{}, titel{};
  OptText ueber{};
  ZeilenArt art{};
  std::vector<std::string> hinweise{}, aenderungen{};
};
BOOST_DESCRIBE_STRUCT(EinleseZeile, (), (zeile, kennzeichen, titel, ueber, art, hinweise, aenderungen))

struct EinleseSpalte {
  std::string spalte{}, feld{};
};
BOOST_DESCRIBE_STRUCT(EinleseSpalte, (), (spalte, feld))

struct EinleseBericht {
  std::vector<EinleseSpalte> spalten{};
  std::vector<std::string> hinweise{};
  std::int64_t neu = 0, geaendert = 0, gleich = 0, uebergangen = 0, fehler = 0;
  std::vector<EinleseZeile> zeilen{};
  std::string pruefsumme{};  ///< of what would happen; to be given when it is applied
  OptId eintrag{};           ///< number of the journal's entry, once applied; by it all is taken back
};
BOOST_DESCRIBE_STRUCT(EinleseBericht, (),
                      (spalten, hinweise, neu, geaendert, gleich, uebergangen, fehler, zeilen, pruefsumme, eintrag))

/// Whether the table has a head line with sign and title.
[[nodiscard]] bool hatSpalten(const std::vector<TabellenZeile>& tabelle);
/// Compares a table with the plan and changes nothing.
[[nodiscard]] EinleseBericht pruefePlan(const sql::ReadTx& tx, const Berechtigung& wer,
                                        const std::vector<TabellenZeile>& tabelle);
/// The plan as CSV, with the columns that `pruefePlan` reads.
[[nodiscard]] std::string planAlsCsv(const sql::ReadTx& tx, std::int64_t mandant);

}  // namespace akte
