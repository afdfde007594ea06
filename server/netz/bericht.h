#pragma once
// What the network reached, by quarter and by district, of what the person who asks may see. Private to the room.
#include "netz/wirkung.h"
#include "routen.h"

namespace netz {

struct NetzQuartal {
  std::string quartal{};                       ///< "2026-Q4"
  std::int64_t kommunen = 0, navigatoren = 0;  ///< by its end: reached towns, Navigatoren at work
  std::int64_t veranstaltungen = 0, teilnahmen = 0, uebernahmen = 0;  ///< in it
  std::optional<Wirkungssumme> wirkung{};                             ///< of cases that ended in it
};
BOOST_DESCRIBE_STRUCT(NetzQuartal, (),
                      (quartal, kommunen, navigatoren, veranstaltungen, teilnahmen, uebernahmen, wirkung))

struct NetzKreisbericht {
  std::string kreis{}, name{}, land{};
  std::int64_t kommunen = 0, erreicht = 0, navigatoren = 0, veranstaltungen = 0, uebernahmen = 0;
  std::optional<Wirkungssumme> wirkung{};
};
BOOST_DESCRIBE_STRUCT(NetzKreisbericht, (),
                      (kreis, name, land, kommunen, erreicht, navigatoren, veranstaltungen, uebernahmen, wirkung))

struct NetzEffekt {
  std::string titel{};
  Wirkungssumme summe{};
};
BOOST_DESCRIBE_STRUCT(NetzEffekt, (), (titel, summe))

struct NetzBericht {
  std::vector<NetzQuartal> quartale{};  ///< the oldest first
  std::vector<NetzKreisbericht> kreise{};
  std::vector<NetzEffekt> effekte{};
  std::string quelle{};
};
BOOST_DESCRIBE_STRUCT(NetzBericht, (), (quartale, kreise, effekte, quelle))

[[nodiscard]] NetzBericht berichte(Tx tx, const Berechtigung& wer, const base::Datum& heute);
[[nodiscard]] std::string alsCsv(const std::vector<std::vector<std::string>>& zeilen);
[[nodiscard]] std::vector<std::vector<std::string>> quartalzeilen(const NetzBericht& bericht);
[[nodiscard]] std::vector<std::vector<std::string>> kreiszeilen(const NetzBericht& bericht);

/// The Praxen that everybody may see, as DCAT-AP.de in JSON-LD.
[[nodiscard]] std::string katalogOf(Tx tx, const std::string& adresse);

}  // namespace netz
