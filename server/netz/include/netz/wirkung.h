#pragma once
// Success factors with evidence: how long cases took before and after a Baustein was adopted, told only as sums of
// several towns that agree, so that they name no person and no small group.
#include <map>

#include "netz/praxis.h"

namespace netz {

struct WirkungZeile {
  static constexpr std::string_view tabelle = "netz_wirkung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::int64_t uebernahme = 0;
  bool einverstanden = false;
  std::int64_t faelleVorher = 0, tageVorher = 0, faelleNachher = 0, tageNachher = 0;
  base::Datum tag{};   ///< as of which the figures were taken
  OptText quartale{};  ///< JSON: those after, by the quarter in which they ended
};
BOOST_DESCRIBE_STRUCT(WirkungZeile, (),
                      (mandant, id, uuid, stand, uebernahme, einverstanden, faelleVorher, tageVorher, faelleNachher,
                       tageNachher, tag, quartale))

struct Quartalmessung {
  std::string quartal{};  ///< "2026-Q4"
  std::int64_t faelle = 0, tage = 0;
};
BOOST_DESCRIBE_STRUCT(Quartalmessung, (), (quartal, faelle, tage))

/// What is told: only from 3 towns that each have 5 cases on both sides; days rounded, cases to tens downwards.
struct Wirkungssumme {
  std::int64_t kommunen = 0, faelleVorher = 0, faelleNachher = 0, tageVorher = 0, tageNachher = 0;
};
BOOST_DESCRIBE_STRUCT(Wirkungssumme, (), (kommunen, faelleVorher, faelleNachher, tageVorher, tageNachher))

constexpr std::int64_t kleinsteFaelle = 5, kleinsteKommunen = 3;
struct Messung {
  std::int64_t faelleVorher = 0, tageVorher = 0, faelleNachher = 0, tageNachher = 0;
  std::vector<Quartalmessung> quartale{};  ///< the oldest first
};
/// Pure rule: towns with too few cases count for nothing.
[[nodiscard]] std::optional<Wirkungssumme> summe(const std::vector<Messung>& messungen);

/// The figures of this town as they are now.
[[nodiscard]] Messung miss(const sql::ReadTx& tx, const UebernahmeZeile& row);
Result<WirkungZeile> stimmeZu(Change& change, const Berechtigung& wer, const UebernahmeZeile& row, bool einverstanden);
[[nodiscard]] std::optional<WirkungZeile> wirkungOf(const sql::ReadTx& tx, const UebernahmeZeile& row);
/// Of all towns that agree, of the package with this identity.
[[nodiscard]] std::optional<Wirkungssumme> wirkungOf(const sql::ReadTx& tx, std::string_view baustein);
/// Of all Bausteine and towns that agree: by the quarter in which cases ended, and by district.
struct Wirkungsbild {
  std::map<std::string, Wirkungssumme> quartale{}, kreise{};
};
[[nodiscard]] Wirkungsbild wirkungsbildOf(const sql::ReadTx& tx);
/// What a town that agreed has by now; nothing where that is what it hung out already.
bool messeNeu(Change& change);
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const WirkungZeile& row);

/// "2026-Q4" of a day as ISO writes it.
[[nodiscard]] std::string quartalOf(std::string_view isoTag);

}  // namespace netz
