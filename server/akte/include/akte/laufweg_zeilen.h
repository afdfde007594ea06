#pragma once
// The rows of the Geschäftsgang, column for column. Words are xdomea's (Geschaeftsgang, Beteiligungsschritt). They lie
// here because what hangs on an Akte goes with it when it is lawfully deleted.
#include "akte/zeilen.h"

namespace akte {

enum class Schrittart : std::uint8_t {
  bearbeitung,
  mitzeichnung,
  schlusszeichnung,
  kenntnis,
  stellungnahme,
  pruefung,
  ruecksprache,
  wiedervorlage,
  versand,
  zda,
};
BOOST_DESCRIBE_ENUM(Schrittart, bearbeitung, mitzeichnung, schlusszeichnung, kenntnis, stellungnahme, pruefung,
                    ruecksprache, wiedervorlage, versand, zda)

/// xdomea Beteiligungsstatus 001 to 004.
enum class Schrittstatus : std::uint8_t { zukuenftig, aktuell, erledigt, uebersprungen };
BOOST_DESCRIBE_ENUM(Schrittstatus, zukuenftig, aktuell, erledigt, uebersprungen)

/// Of steps side by side: how many must be done before it goes on.
enum class Quorum : std::uint8_t { alle, einer, mehrheit };
BOOST_DESCRIBE_ENUM(Quorum, alle, einer, mehrheit)

/// How a step ended. `entfallen`: enough of those beside it were done, or one of them was returned.
enum class Schrittergebnis : std::uint8_t {
  erledigt,
  zurueckgegeben,
  uebersprungen,
  delegiert,
  entfallen,
  zurueckgeholt
};
BOOST_DESCRIBE_ENUM(Schrittergebnis, erledigt, zurueckgegeben, uebersprungen, delegiert, entfallen, zurueckgeholt)

enum class Laufwegstatus : std::uint8_t { laeuft, beendet, zurueckgeholt };
BOOST_DESCRIBE_ENUM(Laufwegstatus, laeuft, beendet, zurueckgeholt)

/// Dokumente of a Vorgang that go round together.
struct UmlaufmappeZeile {
  static constexpr std::string_view tabelle = "umlaufmappe";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1, vorgang = 0;
  Text titel{};
  std::int64_t ersteller = 0;
  base::Zeitpunkt angelegt{};
};
BOOST_DESCRIBE_STRUCT(UmlaufmappeZeile, (), (mandant, id, uuid, stand, vorgang, titel, ersteller, angelegt))

struct MappenstueckZeile {
  static constexpr std::string_view tabelle = "mappenstueck";
  std::int64_t mandant = 0, id = 0, umlaufmappe = 0, dokument = 0;
};
BOOST_DESCRIBE_STRUCT(MappenstueckZeile, (), (mandant, id, umlaufmappe, dokument))

/// What somebody wrote on a page of a version, on a layer of its own: the file stays as it is. The place is in
/// thousandths of the page, from its upper left corner.
struct AnmerkungZeile {
  static constexpr std::string_view tabelle = "anmerkung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t dokument = 0, versionNr = 0, seite = 1, x = 0, y = 0, breite = 0, hoehe = 0;
  Text text{};
  std::int64_t person = 0;
  base::Zeitpunkt zeit{};
};
BOOST_DESCRIBE_STRUCT(AnmerkungZeile, (),
                      (mandant, id, uuid, dokument, versionNr, seite, x, y, breite, hoehe, text, person, zeit))

/// Geschaeftsgang: a slip of a Vorgang, or of one Dokument in it, or of an Umlaufmappe.
struct LaufwegZeile {
  static constexpr std::string_view tabelle = "laufweg";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1, vorgang = 0;
  OptId dokument{};
  std::int64_t ersteller = 0;
  base::Zeitpunkt angelegt{};
  Laufwegstatus status{};
  OptId umlaufmappe{};
};
BOOST_DESCRIBE_STRUCT(LaufwegZeile, (),
                      (mandant, id, uuid, stand, vorgang, dokument, ersteller, angelegt, status, umlaufmappe))

/// Beteiligungsschritt. Up to `text` its Verfuegungsteil, then its Bearbeitungsteil.
struct SchrittZeile {
  static constexpr std::string_view tabelle = "schritt";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1, laufweg = 0, vorgang = 0;
  OptId dokument{};
  std::int64_t nr = 0;     ///< consecutive in the slip
  std::int64_t stufe = 0;  ///< steps of one stage run side by side
  Quorum quorum{};
  Schrittart art{};
  mandant::TraegerArt adressatArt{};  ///< person, stelle, organisationseinheit or rolle
  std::int64_t adressat = 0;          ///< 0 for a role
  std::optional<mandant::Rolle> rolle{};
  OptDatum termin{};
  OptText text{};
  std::int64_t ersteller = 0;
  Schrittstatus status{};
  std::optional<base::Zeitpunkt> aktuellSeit{};
  OptId bearbeiter{};  ///< who did it, or, while it is current, who took it
  OptId vertretene{};  ///< on whose behalf
  std::optional<base::Zeitpunkt> erledigtAm{};
  std::optional<Schrittergebnis> ergebnis{};
  OptText vermerk{};
  friend bool operator==(const SchrittZeile&, const SchrittZeile&) = default;
};
BOOST_DESCRIBE_STRUCT(SchrittZeile, (),
                      (mandant, id, uuid, stand, laufweg, vorgang, dokument, nr, stufe, quorum, art, adressatArt,
                       adressat, rolle, termin, text, ersteller, status, aktuellSeit, bearbeiter, vertretene,
                       erledigtAm, ergebnis, vermerk))

/// A slip by name, as a line; proposed in Akten of an entry of the plan (and of those below it) and for a kind of
/// Vorgang, where they are named.
struct LaufwegvorlageZeile {
  static constexpr std::string_view tabelle = "laufwegvorlage";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Text name{}, zeile{};
  OptId aktenplaneinheit{};
  OptText typ{};
};
BOOST_DESCRIBE_STRUCT(LaufwegvorlageZeile, (), (mandant, id, uuid, stand, name, zeile, aktenplaneinheit, typ))

/// A mark on one version of a Dokument: who, on whose behalf, when, on which bytes. It never changes.
struct ZeichnungZeile {
  static constexpr std::string_view tabelle = "zeichnung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t dokument = 0, schritt = 0;
  Schrittart art{};
  std::int64_t versionNr = 0;
  Text sha256{};
  std::int64_t person = 0;
  OptId vertretene{};
  base::Zeitpunkt zeit{};
  OptText uebergangen{};  ///< of a Schlusszeichnung without all Mitzeichnungen: why
};
BOOST_DESCRIBE_STRUCT(ZeichnungZeile, (),
                      (mandant, id, uuid, dokument, schritt, art, versionNr, sha256, person, vertretene, zeit,
                       uebergangen))

}  // namespace akte
