#pragma once
// What goes out as JSON, and how it is read from the tables. Every list shows only rows that the person may see.
#include "akte/schriftgut.h"

namespace akte {

using mandant::OrganisationseinheitKurz;
using mandant::PersonKurz;
using mandant::ZugriffKurz;

/// An object in short, for links.
struct Verweis {
  base::Uuid id{};
  std::string zeichen{}, betreff{};
};
BOOST_DESCRIBE_STRUCT(Verweis, (), (id, zeichen, betreff))

struct EinheitKurz {
  base::Uuid id{};
  std::string kennzeichen{}, titel{};
};
BOOST_DESCRIBE_STRUCT(EinheitKurz, (), (id, kennzeichen, titel))

struct AktenplaneinheitAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::optional<base::Uuid> ueber{};
  std::string kennzeichen{}, titel{};
  OptText beschreibung{};
  OptId aufbewahrungsdauer{};
  Aussonderungsart aussonderungsart{};
  /// `art` as its place says where none was set.
  Einheitart art{};
  bool artGesetzt = false, blatt = true, gesperrt = false, stillgelegt = false;
  OptDatum gueltigVon{}, gueltigBis{};
  std::optional<base::Uuid> organisationseinheit{};
  std::int64_t akten = 0;
  ZugriffKurz zugriff{};
  OptText zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
};
BOOST_DESCRIBE_STRUCT(AktenplaneinheitAusgabe, (),
                      (id, stand, ueber, kennzeichen, titel, beschreibung, aufbewahrungsdauer, aussonderungsart, art,
                       artGesetzt, blatt, gesperrt, stillgelegt, gueltigVon, gueltigBis, organisationseinheit, akten,
                       zugriff, zeichenAkte, zeichenVorgang, zeichenDokument))
/// What an entry is for: as set, or a Betreffseinheit where nothing lies below it, else as deep as it lies (from 1).
[[nodiscard]] Einheitart artOf(const AktenplaneinheitZeile& row, bool blatt, int tiefe);
struct AktenplanAusgabe {
  std::vector<AktenplaneinheitAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(AktenplanAusgabe, (), (eintraege))

struct AkteAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string zeichen{}, betreff{};
  OptText bemerkung{};
  EinheitKurz aktenplaneinheit{};
  OrganisationseinheitKurz organisationseinheit{};
  Status status{};
  base::Zeitpunkt angelegt{};
  OptDatum zdaDatum{}, aufbewahrungBis{};
  OptId aufbewahrungsdauer{};
  Aussonderungsart aussonderungsart{};
  ZugriffKurz zugriff{};
  std::int64_t vorgaenge = 0;
  std::vector<Recht> darf{};
  Status zustand{};  ///< its own status, or that of what it lies in where this is closed
  std::vector<Uebergang> uebergaenge{};
  Geheimhaltung geheimhaltung{};
};
BOOST_DESCRIBE_STRUCT(AkteAusgabe, (),
                      (id, stand, zeichen, betreff, bemerkung, aktenplaneinheit, organisationseinheit, status, angelegt,
                       zdaDatum, aufbewahrungBis, aufbewahrungsdauer, aussonderungsart, zugriff, vorgaenge, darf,
                       zustand, uebergaenge, geheimhaltung))
struct AkteListe {
  std::vector<AkteAusgabe> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(AkteListe, (), (eintraege, nach))

struct VorgangAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string zeichen{}, betreff{};
  OptText bemerkung{}, fremdesGeschaeftszeichen{};
  std::optional<Verweis> akte{};  ///< nothing where the Akte is hidden from somebody to whom the Vorgang was opened
  EinheitKurz aktenplaneinheit{};
  OrganisationseinheitKurz organisationseinheit{};
  std::optional<PersonKurz> bearbeitung{};
  Status status{};
  base::Zeitpunkt angelegt{};
  OptDatum zdaDatum{}, aufbewahrungBis{};
  OptId aufbewahrungsdauer{};
  Aussonderungsart aussonderungsart{};
  ZugriffKurz zugriff{};
  std::int64_t dokumente = 0;
  std::vector<Recht> darf{};
  Status zustand{};  ///< its own status, or that of what it lies in where this is closed
  std::vector<Uebergang> uebergaenge{};
  std::optional<base::Uuid> registerblatt{};  ///< of the Akte
  Geheimhaltung geheimhaltung{};              ///< its own, or that of the Akte where this is stricter
  Geheimhaltung geheimhaltungUeber{};         ///< the least that it may have
  std::optional<Verweis> ueber{};             ///< of a Teilvorgang: its Vorgang, where the person sees it
  std::int64_t teilvorgaenge = 0;
};
BOOST_DESCRIBE_STRUCT(VorgangAusgabe, (),
                      (id, stand, zeichen, betreff, bemerkung, fremdesGeschaeftszeichen, akte, aktenplaneinheit,
                       organisationseinheit, bearbeitung, status, angelegt, zdaDatum, aufbewahrungBis,
                       aufbewahrungsdauer, aussonderungsart, zugriff, dokumente, darf, zustand, uebergaenge,
                       registerblatt, geheimhaltung, geheimhaltungUeber, ueber, teilvorgaenge))
struct VorgangListe {
  std::vector<VorgangAusgabe> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(VorgangListe, (), (eintraege, nach))

/// What an electronic invoice says of itself. `betrag` is a decimal number with a point, and what is to be paid.
struct RechnungAusgabe {
  Rechnungsart art{};
  std::string nummer{};
  OptText absender{};
  OptDatum datum{};
  OptText betrag{}, waehrung{};
  OptDatum faellig{};
  OptText iban{}, leitwegId{};
};
BOOST_DESCRIBE_STRUCT(RechnungAusgabe, (), (art, nummer, absender, datum, betrag, waehrung, faellig, iban, leitwegId))

struct DokumentKurz {
  base::Uuid id{};
  std::int64_t stand = 0;
  OptText zeichen{};
  std::string betreff{};
  Dokumentart art{};
  OptDatum datum{}, eingangsdatum{};
  OptText absender{};
  std::string dateiname{}, format{};
  std::int64_t groesse = 0;
  OptId seiten{};
  std::int64_t version = 0, anlagen = 0;
  base::Zeitpunkt erstellt{};
  TextStatus textStatus{};
  Status status{};
  bool nameWiderspricht = false;              ///< the name promises another kind of file than the content is
  OptText pfad{};                             ///< of an Anlage that came in a file: its place there
  std::optional<RechnungAusgabe> rechnung{};  ///< of the Dokument itself, else of the first Anlage that is one
  Geheimhaltung geheimhaltung{};              ///< its own, or that of what it lies in where this is stricter
};
BOOST_DESCRIBE_STRUCT(DokumentKurz, (),
                      (id, stand, zeichen, betreff, art, datum, eingangsdatum, absender, dateiname, format, groesse,
                       seiten, version, anlagen, erstellt, textStatus, status, nameWiderspricht, pfad, rechnung,
                       geheimhaltung))
struct DokumentListe {
  std::vector<DokumentKurz> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(DokumentListe, (), (eintraege, nach))

struct VersionAusgabe {
  std::int64_t nr = 0;
  std::string dateiname{}, format{}, mime{};
  std::int64_t groesse = 0;
  std::string sha256{};
  OptId seiten{};
  base::Zeitpunkt erstellt{};
  std::optional<PersonKurz> ersteller{};
  OptId basis{};
  bool konflikt = false;
  TextStatus textStatus{};
  OptText textHinweis{};
  std::optional<Anlass> anlass{};
  std::string nummer{};  ///< "3", or "2.1" where the tenant counts major and minor versions
};
BOOST_DESCRIBE_STRUCT(VersionAusgabe, (),
                      (nr, dateiname, format, mime, groesse, sha256, seiten, erstellt, ersteller, basis, konflikt,
                       textStatus, textHinweis, anlass, nummer))

struct DokumentAusgabe : DokumentKurz {
  std::optional<Verweis> vorgang{}, akte{};
  std::optional<base::Uuid> uebergeordnet{};
  OrganisationseinheitKurz organisationseinheit{};
  OptText fremdesGeschaeftszeichen{}, bemerkung{};
  ZugriffKurz zugriff{};
  OptText textHinweis{};
  std::vector<VersionAusgabe> versionen{};
  std::vector<DokumentKurz> anlagenListe{};
  std::vector<Recht> darf{};
  Status zustand{};  ///< its own status, or that of what it lies in where this is closed
  std::vector<Uebergang> uebergaenge{};
  OptDatum aufbewahrungBis{};
  std::optional<base::Uuid> registerblatt{};  ///< of the Vorgang
  bool eigenerZugriff = false;
  Kanal kanal{};
  Geheimhaltung geheimhaltungUeber{};  ///< the least that it may have
};
BOOST_DESCRIBE_STRUCT(DokumentAusgabe, (DokumentKurz),
                      (vorgang, akte, uebergeordnet, organisationseinheit, fremdesGeschaeftszeichen, bemerkung, zugriff,
                       textHinweis, versionen, anlagenListe, darf, zustand, uebergaenge, aufbewahrungBis, registerblatt,
                       eigenerZugriff, kanal, geheimhaltungUeber))

struct EingangAusgabe : DokumentKurz {
  OrganisationseinheitKurz organisationseinheit{};
  Kanal kanal{};
  std::optional<PersonKurz> uebernommenVon{};
};
BOOST_DESCRIBE_STRUCT(EingangAusgabe, (DokumentKurz), (organisationseinheit, kanal, uebernommenVon))
struct EingangListe {
  std::vector<EingangAusgabe> eintraege{};
  OptText nach{};
  std::int64_t anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(EingangListe, (), (eintraege, nach, anzahl))

/// Page of a list: `nach` is the cursor that the last reply gave.
struct Seite {
  std::optional<std::int64_t> limit{};
  std::optional<base::Line<200>> nach{};
};
BOOST_DESCRIBE_STRUCT(Seite, (), (limit, nach))

/// 1 to 200, by default 50.
[[nodiscard]] base::Result<std::int64_t> limitOf(const std::optional<std::int64_t>& limit);
/// A cursor is the id of the last row shown; nothing when absent, refused when it is not one.
[[nodiscard]] base::Result<std::int64_t> cursorOf(const std::optional<base::Line<200>>& nach);

[[nodiscard]] AkteAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer, const AkteMit& akte);
[[nodiscard]] VorgangAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& vorgang);
[[nodiscard]] DokumentAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer, const DokumentMit& dokument);
[[nodiscard]] DokumentKurz showKurz(const sql::ReadTx& tx, const Berechtigung& wer, const DokumentZeile& row);
/// The same for a list, in its order, with as many statements as for one.
[[nodiscard]] std::vector<DokumentKurz> showKurz(const sql::ReadTx& tx, const Berechtigung& wer,
                                                 std::span<const DokumentZeile> rows);
/// What the row itself says; place, counts and access are for the caller to add.
[[nodiscard]] AktenplaneinheitAusgabe columnsOf(const AktenplaneinheitZeile& row);
[[nodiscard]] AktenplaneinheitAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer,
                                           const AktenplaneinheitZeile& row);

/// Routes of Aktenplan, Akte, Vorgang, Dokument and Historie.
void addMandantRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);
void addAktenplanRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);
void addAkteRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);
void addVorgangRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);
void addDokumentRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);
void addRegistraturRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);
class Umfeld;
void addUmfeldRoutes(http::Routes& routes, mandant::Zugang& zugang, Umfeld& umfeld);
void addKontaktRoutes(http::Routes& routes, mandant::Zugang& zugang, Umfeld& umfeld);
/// Transitions of Akte, Vorgang and Dokument, and the protocol of deletions.
void addZustandRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);
void addHistorieRoutes(http::Routes& routes, mandant::Zugang& zugang);
/// How things stood at a past moment, and what changed between two.
void addStandRoutes(http::Routes& routes, mandant::Zugang& zugang);

/// The sink of an upload: bytes go straight into the blob store.
class DateiSink : public http::UploadSink {
 public:
  explicit DateiSink(blob::Store& store) : writer_(store.writer()) {}
  void write(std::string_view piece) override { writer_->write(piece); }
  [[nodiscard]] blob::Writer& writer() { return *writer_; }

 private:
  std::unique_ptr<blob::Writer> writer_;
};

/// `?dateiname=` and what goes with it.
struct UploadAngaben {
  base::Line<300> dateiname{};
  std::optional<Dokumentart> art{};
  std::optional<std::int64_t> basis{};
  std::optional<base::Uuid> organisationseinheit{};
  std::optional<Anlass> anlass{};  ///< of a version
  std::optional<bool> neben{};     ///< a minor version
  /// It was scanned from paper, with this device.
  std::optional<base::Line<100>> geraet{};
};
BOOST_DESCRIBE_STRUCT(UploadAngaben, (), (dateiname, art, basis, organisationseinheit, anlass, neben, geraet))

}  // namespace akte
