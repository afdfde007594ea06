#pragma once
// Rows of the Kooperationsbörse and of shared rooms, column for column.
#include "netz/kommunen.h"
#include "netz/zeilen.h"

namespace netz {

enum class Richtung : std::uint8_t { suche, biete };
BOOST_DESCRIBE_ENUM(Richtung, suche, biete)

/// How towns bind themselves; `offen`: whichever the other prefers.
enum class Rechtsform : std::uint8_t {
  offen,
  formlos,
  arbeitsgemeinschaft,
  zweckvereinbarung,
  zweckverband,
  genossenschaft,
};
BOOST_DESCRIBE_ENUM(Rechtsform, offen, formlos, arbeitsgemeinschaft, zweckvereinbarung, zweckverband, genossenschaft)

enum class Kooperationsstatus : std::uint8_t { offen, imGespraech, vereinbart, beendet };
BOOST_DESCRIBE_ENUM(Kooperationsstatus, offen, imGespraech, vereinbart, beendet)

struct KooperationZeile {
  static constexpr std::string_view tabelle = "netz_kooperation";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Richtung richtung{};
  std::string thema{};
  OptText beschreibung{};
  std::string laender{};  ///< lines; none: any
  Rechtsform rechtsform{};
  std::optional<Groesse> groesseVon{}, groesseBis{};
  Kooperationsstatus status{};
  OptText gegenueber{};
  OptId kontakt{};  ///< a Mitglied of the same tenant
  Sichtbarkeit sichtbarkeit{};
  base::Datum angelegt{};
};
BOOST_DESCRIBE_STRUCT(KooperationZeile, (),
                      (mandant, id, uuid, stand, richtung, thema, beschreibung, laender, rechtsform, groesseVon,
                       groesseBis, status, gegenueber, kontakt, sichtbarkeit, angelegt))

enum class Raumstatus : std::uint8_t { offen, beendet };
BOOST_DESCRIBE_ENUM(Raumstatus, offen, beendet)

struct RaumZeile {
  static constexpr std::string_view tabelle = "netz_raum";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string raum{};  ///< the name that both sides know
  std::int64_t kooperation = 0, vorgang = 0;
  std::int64_t gegen = 0;   ///< the other tenant
  std::int64_t person = 0;  ///< who opened or accepted; what comes is filed with this person's rights
  Raumstatus status{};
};
BOOST_DESCRIBE_STRUCT(RaumZeile, (), (mandant, id, uuid, stand, raum, kooperation, vorgang, gegen, person, status))

struct RaumstueckZeile {
  static constexpr std::string_view tabelle = "netz_raumstueck";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t raum = 0;
  bool gegeben = false;
  std::int64_t dokument = 0, nr = 0;  ///< the version that was given, or that came
  std::string sha256{}, uebergabe{};
};
BOOST_DESCRIBE_STRUCT(RaumstueckZeile, (), (mandant, id, uuid, raum, gegeben, dokument, nr, sha256, uebergabe))

}  // namespace netz
