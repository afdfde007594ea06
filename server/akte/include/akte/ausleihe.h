#pragma once
// Where the paper of an Akte is: medium, place, and who has it on loan.
#include "akte/umfeld.h"

namespace akte {

/// A loan; open until `zurueck`.
struct AusleiheZeile {
  static constexpr std::string_view tabelle = "ausleihe";
  std::int64_t mandant = 0, id = 0, akte = 0, person = 0;
  base::Datum seit{};
  OptDatum bis{}, zurueck{};
  OptText bemerkung{};
};
BOOST_DESCRIBE_STRUCT(AusleiheZeile, (), (mandant, id, akte, person, seit, bis, zurueck, bemerkung))

struct StandortSetzen {
  std::optional<Medium> medium{};
  base::Patch<base::Line<200>> standort{};
};
BOOST_DESCRIBE_STRUCT(StandortSetzen, (), (medium, standort))

struct Ausleihen {
  std::optional<base::Uuid> person{};  ///< by default oneself
  std::optional<base::Datum> bis{};
  std::optional<base::Line<300>> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(Ausleihen, (), (person, bis, bemerkung))

void addAusleiheRoutes(http::Routes& routes, mandant::Zugang& zugang);

}  // namespace akte
