#pragma once
// The rows of the network as the tenants hold them, column for column.
#include "mandant/zugang.h"

namespace netz {

/// Who may see it: everybody, all networks, those of the same Land, those of the same town, or the Lotse and the town's
/// Navigatoren alone.
enum class Sichtbarkeit : std::uint8_t { oeffentlich, netze, land, kommune, coaching };
BOOST_DESCRIBE_ENUM(Sichtbarkeit, oeffentlich, netze, land, kommune, coaching)

enum class Programm : std::uint8_t { lotsenSachsen, lotsenSachsenAnhalt, diva };
BOOST_DESCRIBE_ENUM(Programm, lotsenSachsen, lotsenSachsenAnhalt, diva)

enum class Netzrolle : std::uint8_t { lotse, navigator, projektteam, verband, ministerium, partner, gast };
BOOST_DESCRIBE_ENUM(Netzrolle, lotse, navigator, projektteam, verband, ministerium, partner, gast)

enum class Mitgliedstatus : std::uint8_t { eingeladen, aktiv, ausgeschieden };
BOOST_DESCRIBE_ENUM(Mitgliedstatus, eingeladen, aktiv, ausgeschieden)

enum class Kontaktfeld : std::uint8_t { name, funktion, email, telefon, themen };
BOOST_DESCRIBE_ENUM(Kontaktfeld, name, funktion, email, telefon, themen)

/// How far a town is with the E-Akte.
enum class Einfuehrung : std::uint8_t { keine, geplant, pilot, teilweise, ganz };
BOOST_DESCRIBE_ENUM(Einfuehrung, keine, geplant, pilot, teilweise, ganz)

enum class Punktstatus : std::uint8_t { offen, erledigt, nichtZutreffend };
BOOST_DESCRIBE_ENUM(Punktstatus, offen, erledigt, nichtZutreffend)

enum class Checklistenstatus : std::uint8_t { laeuft, beendet };
BOOST_DESCRIBE_ENUM(Checklistenstatus, laeuft, beendet)

enum class Praxisstatus : std::uint8_t { entwurf, pruefung, veroeffentlicht, archiviert };
BOOST_DESCRIBE_ENUM(Praxisstatus, entwurf, pruefung, veroeffentlicht, archiviert)

enum class Uebernahmestatus : std::uint8_t { aktiv, ersetzt, zurueckgenommen };
BOOST_DESCRIBE_ENUM(Uebernahmestatus, aktiv, ersetzt, zurueckgenommen)

using OptText = std::optional<std::string>;
using OptId = std::optional<std::int64_t>;
using OptDatum = std::optional<base::Datum>;

struct ProfilZeile {
  static constexpr std::string_view tabelle = "netz_profil";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string ags{};
  OptId einwohner{};
  Einfuehrung einfuehrung{};
  OptText produkte{}, bietet{}, sucht{};
  Sichtbarkeit sichtbarkeit{};
  OptText mitgliedIn{};  ///< keys of associations, with spaces between
};
BOOST_DESCRIBE_STRUCT(ProfilZeile, (),
                      (mandant, id, uuid, stand, ags, einwohner, einfuehrung, produkte, bietet, sucht, sichtbarkeit,
                       mitgliedIn))

struct MitgliedZeile {
  static constexpr std::string_view tabelle = "netz_mitglied";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Programm programm{};
  Netzrolle rolle{};
  Mitgliedstatus status{};
  std::string ags{};  ///< the town that the person belongs to; empty for a person of no town
  OptId person{};     ///< who it is here; nothing for a person without an account
  std::int64_t eingeladenVon = 0;
  base::Datum seit{};
  OptDatum bis{};
};
BOOST_DESCRIBE_STRUCT(MitgliedZeile, (),
                      (mandant, id, uuid, stand, programm, rolle, status, ags, person, eingeladenVon, seit, bis))

struct AngabeZeile {
  static constexpr std::string_view tabelle = "netz_angabe";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t mitglied = 0;
  Kontaktfeld feld{};
  std::string wert{};
  Sichtbarkeit sichtbarkeit{};
};
BOOST_DESCRIBE_STRUCT(AngabeZeile, (), (mandant, id, uuid, mitglied, feld, wert, sichtbarkeit))

struct BetreuungZeile {
  static constexpr std::string_view tabelle = "netz_betreuung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t mitglied = 0;
  std::string ags{};
};
BOOST_DESCRIBE_STRUCT(BetreuungZeile, (), (mandant, id, uuid, mitglied, ags))

struct ChecklisteZeile {
  static constexpr std::string_view tabelle = "netz_checkliste";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string werkzeug{}, version{}, bezeichnung{};
  Checklistenstatus status{};
  base::Datum begonnen{};
  std::int64_t begonnenVon = 0;
  OptText abbild{};  ///< JSON: what it asks, where the tool is not of the program
};
BOOST_DESCRIBE_STRUCT(ChecklisteZeile, (),
                      (mandant, id, uuid, stand, werkzeug, version, bezeichnung, status, begonnen, begonnenVon, abbild))

struct PunktZeile {
  static constexpr std::string_view tabelle = "netz_punkt";
  std::int64_t mandant = 0, id = 0, checkliste = 0;
  std::string schluessel{};
  Punktstatus status{};
  OptText notiz{};
  std::int64_t person = 0;
  base::Zeitpunkt zeit{};
  OptText nachweis{}, nachweisArt{};  ///< key and kind of the Akte, Vorgang or Dokument that proves it
};
BOOST_DESCRIBE_STRUCT(PunktZeile, (),
                      (mandant, id, checkliste, schluessel, status, notiz, person, zeit, nachweis, nachweisArt))

struct PraxisZeile {
  static constexpr std::string_view tabelle = "netz_praxis";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Praxisstatus status{};
  std::string titel{}, problem{};
  OptText rahmen{}, schritte{}, aufwand{}, wirkung{}, erfolgsfaktoren{};
  OptId kontakt{};  ///< a Mitglied of the same tenant
  std::string lizenz{};
  OptDatum bestaetigtAm{};
  Sichtbarkeit sichtbarkeit{};
  OptText baustein{};  ///< the signed package, as it is given on
};
BOOST_DESCRIBE_STRUCT(PraxisZeile, (),
                      (mandant, id, uuid, stand, status, titel, problem, rahmen, schritte, aufwand, wirkung,
                       erfolgsfaktoren, kontakt, lizenz, bestaetigtAm, sichtbarkeit, baustein))

struct UebernahmeZeile {
  static constexpr std::string_view tabelle = "netz_uebernahme";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string baustein{}, version{}, titel{}, von{}, schluessel{};
  std::string paket{};     ///< as it was adopted: what the town's own changes are found by
  std::string namen{};     ///< JSON: names of the package, and what they became here
  std::string laufwege{};  ///< JSON: slips as this town runs them
  Uebernahmestatus status{};
  std::int64_t eintrag = 0;  ///< the journal entry of the adoption
  base::Datum uebernommen{};
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(UebernahmeZeile, (),
                      (mandant, id, uuid, stand, baustein, version, titel, von, schluessel, paket, namen, laufwege,
                       status, eintrag, uebernommen, person))

struct VertrauenZeile {
  static constexpr std::string_view tabelle = "netz_vertrauen";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string schluessel{}, name{};
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(VertrauenZeile, (), (mandant, id, uuid, stand, schluessel, name, aktiv))

[[nodiscard]] std::vector<const sql::Table*> tables();

}  // namespace netz
