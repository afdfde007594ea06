#pragma once
// How the work runs: figures for heads of units and for the administration. They count every case of the units asked
// for and name none, so they tell nothing of what somebody may not read.
#include "akte/ausgabe.h"

namespace auswertung {

/// What the Personalrat has agreed to; one row, made when it is first set.
struct AuswertungsregelZeile {
  static constexpr std::string_view tabelle = "auswertungsregel";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  bool personen = false;  ///< reports name people
};
BOOST_DESCRIBE_STRUCT(AuswertungsregelZeile, (), (mandant, id, uuid, stand, personen))

/// The journalled tables of this room.
[[nodiscard]] std::vector<const sql::Table*> tables();

struct Kennzahlen {
  std::int64_t offen = 0;                               ///< now
  std::int64_t neu = 0;                                 ///< opened in the period
  std::int64_t abgeschlossen = 0;                       ///< closed in the period
  std::optional<std::int64_t> medianTage{}, p90Tage{};  ///< duration of those that were closed
  std::int64_t ueberfaellig = 0;                        ///< open steps of a Laufweg whose day is over, now
};
BOOST_DESCRIBE_STRUCT(Kennzahlen, (), (offen, neu, abgeschlossen, medianTage, p90Tage, ueberfaellig))

/// The value that at most `prozent` of the list lie above, by nearest rank; nothing of an empty list.
[[nodiscard]] std::optional<std::int64_t> quantil(std::vector<std::int64_t> werte, int prozent);
/// Days between two days of the calendar.
[[nodiscard]] std::int64_t tageZwischen(const base::Datum& von, const base::Datum& bis);
/// A field of a CSV: quoted where needed, and never taken for a formula.
[[nodiscard]] std::string csvFeld(std::string_view text);

void addRoutes(http::Routes& routes, mandant::Zugang& zugang);

}  // namespace auswertung
