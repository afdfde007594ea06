#pragma once
// The rows of the Schriftgut, column for column. Words are xdomea's.
#include "mandant/zeilen.h"

namespace akte {

/// What lies in something that is not inBearbeitung cannot be changed either, whatever its own status.
enum class Status : std::uint8_t {
  inBearbeitung,
  abgeschlossen,
  storniert,
  weggelegt,
  loeschungBeantragt,
  aussonderungsreif,  ///< was abgeschlossen, and its retention is over
};
BOOST_DESCRIBE_ENUM(Status, inBearbeitung, abgeschlossen, storniert, weggelegt, loeschungBeantragt, aussonderungsreif)

enum class Aussonderungsart : std::uint8_t { A, B, V };
BOOST_DESCRIBE_ENUM(Aussonderungsart, A, B, V)

enum class Dokumentart : std::uint8_t { Eingang, Ausgang, Intern };
BOOST_DESCRIBE_ENUM(Dokumentart, Eingang, Ausgang, Intern)

/// What an entry of the plan is for. Akten lie at a Betreffseinheit only; nothing lies below one (M2.1).
enum class Einheitart : std::uint8_t { Haupteinheit, Obereinheit, Untereinheit, Betreffseinheit };
BOOST_DESCRIBE_ENUM(Einheitart, Haupteinheit, Obereinheit, Untereinheit, Betreffseinheit)

/// xdomea MediumCode 001 to 003.
enum class Medium : std::uint8_t { elektronisch, hybrid, papier };
BOOST_DESCRIBE_ENUM(Medium, elektronisch, hybrid, papier)

/// xdomea Geheimhaltung; higher grades are out of scope.
enum class Geheimhaltung : std::uint8_t { offen, nfd, vertraulich };
BOOST_DESCRIBE_ENUM(Geheimhaltung, offen, nfd, vertraulich)

/// How a Dokument came.
enum class Kanal : std::uint8_t { upload, import, scan, mail, portal };
BOOST_DESCRIBE_ENUM(Kanal, upload, import, scan, mail, portal)

/// What the extractor could make of a version; the last three were not opened, see VirenpruefungZeile.
enum class TextStatus : std::uint8_t { ok, leer, fehler, gesperrt, ungeprueft, quarantaene, kassiert };
BOOST_DESCRIBE_ENUM(TextStatus, ok, leer, fehler, gesperrt, ungeprueft, quarantaene, kassiert)

/// What made a version.
enum class Anlass : std::uint8_t { hochgeladen, abgelegt, wiederhergestellt, bearbeitet, entworfen };
BOOST_DESCRIBE_ENUM(Anlass, hochgeladen, abgelegt, wiederhergestellt, bearbeitet, entworfen)

using Text = std::string;
using OptText = std::optional<std::string>;
using OptDatum = std::optional<base::Datum>;
using OptId = std::optional<std::int64_t>;

struct AktenplaneinheitZeile {
  static constexpr std::string_view tabelle = "aktenplaneinheit";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  OptId ueber{};
  Text kennzeichen{}, titel{};
  OptText beschreibung{};
  OptId aufbewahrungsdauer{};  ///< years; nothing = unbefristet
  Aussonderungsart aussonderungsart{};
  bool gesperrt = false, stillgelegt = false;
  OptDatum gueltigVon{}, gueltigBis{};
  OptText zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  OptId organisationseinheit{};
  std::int64_t zugriff = 0;
  bool eigenerZugriff = false;      ///< set here, so it does not follow what lies above
  std::optional<Einheitart> art{};  ///< nothing = as its place in the plan says
};
BOOST_DESCRIBE_STRUCT(AktenplaneinheitZeile, (),
                      (mandant, id, uuid, stand, ueber, kennzeichen, titel, beschreibung, aufbewahrungsdauer,
                       aussonderungsart, gesperrt, stillgelegt, gueltigVon, gueltigBis, zeichenAkte, zeichenVorgang,
                       zeichenDokument, organisationseinheit, zugriff, eigenerZugriff, art))

struct ZeichenZaehlerZeile {
  static constexpr std::string_view tabelle = "zeichen_zaehler";
  std::int64_t mandant = 0, id = 0;
  Text bereich{};
  std::int64_t wert = 0;
};
BOOST_DESCRIBE_STRUCT(ZeichenZaehlerZeile, (), (mandant, id, bereich, wert))

struct ZeichenZeile {
  static constexpr std::string_view tabelle = "zeichen";
  std::int64_t mandant = 0, id = 0;
  Text zeichen{}, objektArt{};
  std::int64_t objekt = 0;
  OptId darin{};  ///< of a sign that was given up: the Akte or Vorgang whose sign it names; nothing while it is in use
};
BOOST_DESCRIBE_STRUCT(ZeichenZeile, (), (mandant, id, zeichen, objektArt, objekt, darin))

struct AkteZeile {
  static constexpr std::string_view tabelle = "akte";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1, aktenplaneinheit = 0, organisationseinheit = 0;
  Text zeichen{};
  std::int64_t nummer = 0;
  Text betreff{};
  OptText bemerkung{}, typ{}, standort{};
  Medium medium{};
  Geheimhaltung geheimhaltung{};
  OptText datenschutzstufe{};
  Status status{};
  base::Zeitpunkt angelegt{};
  OptDatum laufzeitBeginn{}, laufzeitEnde{}, zdaDatum{};
  OptId aufbewahrungsdauer{};
  Aussonderungsart aussonderungsart{};
  OptDatum transferfristEnde{}, aufbewahrungBis{};
  std::int64_t zugriff = 0;
  bool eigenerZugriff = false;  ///< set here, so it does not follow the plan
};
BOOST_DESCRIBE_STRUCT(AkteZeile, (),
                      (mandant, id, uuid, stand, aktenplaneinheit, organisationseinheit, zeichen, nummer, betreff,
                       bemerkung, typ, standort, medium, geheimhaltung, datenschutzstufe, status, angelegt,
                       laufzeitBeginn, laufzeitEnde, zdaDatum, aufbewahrungsdauer, aussonderungsart, transferfristEnde,
                       aufbewahrungBis, zugriff, eigenerZugriff))

struct VorgangZeile {
  static constexpr std::string_view tabelle = "vorgang";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1, akte = 0, organisationseinheit = 0;
  OptId bearbeitung{};
  Text zeichen{};
  std::int64_t nummer = 0;
  Text betreff{};
  OptText bemerkung{}, typ{}, fremdesGeschaeftszeichen{};
  Medium medium{};
  Geheimhaltung geheimhaltung{};
  OptText datenschutzstufe{};
  Status status{};
  base::Zeitpunkt angelegt{};
  OptDatum laufzeitBeginn{}, laufzeitEnde{}, zdaDatum{};
  OptId aufbewahrungsdauer{};
  Aussonderungsart aussonderungsart{};
  OptDatum transferfristEnde{}, aufbewahrungBis{};
  std::int64_t zugriff = 0;
  bool eigenerZugriff = false;  ///< set here, so it does not follow the Akte
  OptId registerblatt{};        ///< of the Akte: behind which it lies
  OptId ueber{};                ///< of a Teilvorgang: the Vorgang in which it lies, in the same Akte
  /// What it lies in: a Vorgang or the Akte.
  [[nodiscard]] std::int64_t darin() const { return ueber.value_or(akte); }
};
BOOST_DESCRIBE_STRUCT(VorgangZeile, (),
                      (mandant, id, uuid, stand, akte, organisationseinheit, bearbeitung, zeichen, nummer, betreff,
                       bemerkung, typ, fremdesGeschaeftszeichen, medium, geheimhaltung, datenschutzstufe, status,
                       angelegt, laufzeitBeginn, laufzeitEnde, zdaDatum, aufbewahrungsdauer, aussonderungsart,
                       transferfristEnde, aufbewahrungBis, zugriff, eigenerZugriff, registerblatt, ueber))

/// A Dokument without a Vorgang lies in the Posteingang of its Organisationseinheit; one with `ueber` is an Anlage.
struct DokumentZeile {
  static constexpr std::string_view tabelle = "dokument";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  OptId vorgang{}, ueber{};
  std::int64_t organisationseinheit = 0;
  OptText zeichen{};
  std::int64_t nummer = 0;
  Dokumentart art{};
  OptText typ{};
  Text betreff{};
  OptText hier{}, bezug{}, bemerkung{}, absender{}, empfaenger{}, fremdesGeschaeftszeichen{};
  OptDatum datum{}, eingangsdatum{}, ausgangsdatum{};
  Kanal kanal{};
  Medium medium{};
  Geheimhaltung geheimhaltung{};
  OptText datenschutzstufe{};
  Status status{};
  base::Zeitpunkt angelegt{};
  std::int64_t ersteller = 0, version = 0, zugriff = 0;
  OptDatum aufbewahrungBis{};            ///< of what was put aside
  OptId registerblatt{};                 ///< of the Vorgang: behind which it lies
  std::optional<bool> eigenerZugriff{};  ///< set here, so it does not follow the Vorgang; an Anlage has its Dokument's
  [[nodiscard]] bool hatEigenenZugriff() const { return eigenerZugriff.value_or(false); }
};
BOOST_DESCRIBE_STRUCT(DokumentZeile, (),
                      (mandant, id, uuid, stand, vorgang, ueber, organisationseinheit, zeichen, nummer, art, typ,
                       betreff, hier, bezug, bemerkung, absender, empfaenger, fremdesGeschaeftszeichen, datum,
                       eingangsdatum, ausgangsdatum, kanal, medium, geheimhaltung, datenschutzstufe, status, angelegt,
                       ersteller, version, zugriff, aufbewahrungBis, registerblatt, eigenerZugriff))

struct VersionZeile {
  static constexpr std::string_view tabelle = "version";
  std::int64_t mandant = 0, id = 0, dokument = 0, nr = 0;
  Text sha256{};
  std::int64_t groesse = 0;
  Text dateiname{}, format{}, mime{};
  base::Zeitpunkt angelegt{};
  std::int64_t ersteller = 0;
  OptId basis{};                   ///< the version that its maker had before him
  bool konflikt = false;           ///< somebody else had made a newer one meanwhile
  std::optional<Anlass> anlass{};  ///< nothing for those from before it was noted
  OptId haupt{}, neben{};          ///< major and minor number, where the tenant counts so
};
BOOST_DESCRIBE_STRUCT(VersionZeile, (),
                      (mandant, id, dokument, nr, sha256, groesse, dateiname, format, mime, angelegt, ersteller, basis,
                       konflikt, anlass, haupt, neben))

/// What became of a deletion that somebody asked for.
enum class Ergebnis : std::uint8_t { beantragt, zurueckgezogen, abgelehnt, geloescht };
BOOST_DESCRIBE_ENUM(Ergebnis, beantragt, zurueckgezogen, abgelehnt, geloescht)

/// A deletion that was asked for; when the object has gone, the protocol that stays (M3.18).
struct LoeschungZeile {
  static constexpr std::string_view tabelle = "loeschung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Text objektArt{};
  std::int64_t objekt = 0;
  OptText zeichen{};
  std::int64_t zugriff = 0;
  Text grund{};
  std::int64_t antragsteller = 0;
  base::Zeitpunkt beantragtAm{};
  base::Datum fruehestens{};  ///< the first day on which it may be confirmed
  Ergebnis ergebnis{};
  OptId entscheider{};
  std::optional<base::Zeitpunkt> entschiedenAm{};
  OptId vorgaenge{}, dokumente{}, versionen{};  ///< how much went
};
BOOST_DESCRIBE_STRUCT(LoeschungZeile, (),
                      (mandant, id, uuid, stand, objektArt, objekt, zeichen, zugriff, grund, antragsteller, beantragtAm,
                       fruehestens, ergebnis, entscheider, entschiedenAm, vorgaenge, dokumente, versionen))

/// Nothing in the Akte goes for good while it stands (invariant I8).
struct LoeschsperreZeile {
  static constexpr std::string_view tabelle = "loeschsperre";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::int64_t akte = 0;
  Text grund{};
  std::int64_t person = 0;
  base::Zeitpunkt seit{};
  OptId aufgehobenVon{};
  std::optional<base::Zeitpunkt> aufgehobenAm{};
};
BOOST_DESCRIBE_STRUCT(LoeschsperreZeile, (),
                      (mandant, id, uuid, stand, akte, grund, person, seit, aufgehobenVon, aufgehobenAm))

/// Derived, not journalled: what the extractor read. Pages are parted by form feeds.
struct VolltextZeile {
  static constexpr std::string_view tabelle = "volltext";
  std::int64_t mandant = 0, version = 0;
  TextStatus status{};
  OptText hinweis{};
  OptId seiten{};
  Text text{}, pruefsumme{};
};
BOOST_DESCRIBE_STRUCT(VolltextZeile, (), (mandant, version, status, hinweis, seiten, text, pruefsumme))
/// SHA-256 over all columns of the row but `mandant` and `pruefsumme` itself.
[[nodiscard]] std::string pruefsummeOf(const VolltextZeile& row);

/// Ties an Anlage to the original in which it came, and to its place there.
struct TeilZeile {
  static constexpr std::string_view tabelle = "teil";
  std::int64_t mandant = 0, id = 0;
  std::int64_t dokument = 0;  ///< the Anlage
  std::int64_t version = 0;   ///< the original
  std::int64_t nr = 0;
  Text pfad{};
};
BOOST_DESCRIBE_STRUCT(TeilZeile, (), (mandant, id, dokument, version, nr, pfad))

enum class Rechnungsart : std::uint8_t { rechnung, gutschrift };
BOOST_DESCRIBE_ENUM(Rechnungsart, rechnung, gutschrift)

/// What an electronic invoice says of itself, as it was read in a version.
struct RechnungZeile {
  static constexpr std::string_view tabelle = "rechnung";
  std::int64_t mandant = 0, id = 0, dokument = 0, version = 0;
  Text syntax{};
  Rechnungsart art{};
  Text nummer{};
  OptText absender{};
  OptDatum datum{};
  OptText betrag{};  ///< a decimal number with a point
  OptText waehrung{};
  OptDatum faellig{};
  OptText iban{}, leitwegId{};
};
BOOST_DESCRIBE_STRUCT(RechnungZeile, (),
                      (mandant, id, dokument, version, syntax, art, nummer, absender, datum, betrag, waehrung, faellig,
                       iban, leitwegId))

/// How far the malware check of a version is that was not clean at once.
enum class Pruefstatus : std::uint8_t {
  wartet,       ///< the scanner has not answered yet
  befund,       ///< it found something: the version lies in the Quarantäne
  sauber,       ///< it waited, and is clean
  freigegeben,  ///< somebody answers for it
  kassiert,     ///< its bytes are gone
};
BOOST_DESCRIBE_ENUM(Pruefstatus, wartet, befund, sauber, freigegeben, kassiert)

/// A version that may not be opened, or could not be for a while. One that was clean at once has no such row.
struct VirenpruefungZeile {
  static constexpr std::string_view tabelle = "virenpruefung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::int64_t dokument = 0, version = 0;
  Pruefstatus status{};
  OptText befund{};
  base::Zeitpunkt angelegt{};
  OptId entscheider{};
  std::optional<base::Zeitpunkt> entschiedenAm{};
  OptText grund{};
};
BOOST_DESCRIBE_STRUCT(VirenpruefungZeile, (),
                      (mandant, id, uuid, stand, dokument, version, status, befund, angelegt, entscheider,
                       entschiedenAm, grund))

/// What came of looking at a scan of the sample.
enum class Stichprobe : std::uint8_t { offen, gut, neuScannen };
BOOST_DESCRIBE_ENUM(Stichprobe, offen, gut, neuScannen)

/// How a sheet of paper became this Dokument, and what becomes of the paper (TR-RESISCAN).
struct ScanprotokollZeile {
  static constexpr std::string_view tabelle = "scanprotokoll";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::int64_t dokument = 0;
  std::int64_t nummer = 0;  ///< of the tenant's scans
  Text geraet{};            ///< the folder that the scanner writes into, or what the person named
  OptId person{};
  base::Zeitpunkt gescannt{};
  std::optional<Stichprobe> stichprobe{};  ///< nothing: not in the sample
  OptId pruefer{};
  std::optional<base::Zeitpunkt> geprueftAm{};
  OptText bemerkung{};
  OptDatum originalBis{};  ///< nothing: the paper is kept for good
  OptDatum vernichtetAm{};
  OptId vernichtetVon{};
  OptText vernichtung{};
};
BOOST_DESCRIBE_STRUCT(ScanprotokollZeile, (),
                      (mandant, id, uuid, stand, dokument, nummer, geraet, person, gescannt, stichprobe, pruefer,
                       geprueftAm, bemerkung, originalBis, vernichtetAm, vernichtetVon, vernichtung))

/// A rule that somebody made from a correction: letters of a sender, or with words in their Betreff, belong there.
struct AblageregelZeile {
  static constexpr std::string_view tabelle = "ablageregel";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  OptText absender{};      ///< one key for a sender, however he is written
  OptText absenderName{};  ///< as the letter wrote it that the rule was made from
  OptText worte{};         ///< all of them in the Betreff
  OptId organisationseinheit{};
  std::int64_t akte = 0;
  OptId vorgang{};  ///< nothing: a new Vorgang in the Akte
  std::int64_t person = 0;
  base::Zeitpunkt angelegt{};
};
BOOST_DESCRIBE_STRUCT(AblageregelZeile, (),
                      (mandant, id, uuid, stand, absender, absenderName, worte, organisationseinheit, akte, vorgang,
                       person, angelegt))

/// The journalled tables of this room.
[[nodiscard]] std::vector<const sql::Table*> tables();

}  // namespace akte
