#pragma once
// Everything that a tenant sets, as one file: written out, compared with another tenant, read in as one change that is
// taken back as one. Things are named as people name them (Kurzzeichen, Bezeichnung, Anmeldename, Kennzeichen), so a
// file goes from one town to another. What the file does not name stays as it is.
#include "akte/felder.h"
#include "akte/post.h"
#include "akte/registratur.h"
#include "akte/vorlagenwerk.h"

namespace akte {

struct StadtTeil {
  base::Line<200> zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  bool fristAbJahresende = true, nebenversionen = false;
  OptId loeschfrist{}, transferfrist{}, stichprobe{}, originaltage{};
};
BOOST_DESCRIBE_STRUCT(StadtTeil, (),
                      (zeichenAkte, zeichenVorgang, zeichenDokument, fristAbJahresende, nebenversionen, loeschfrist,
                       transferfrist, stichprobe, originaltage))

struct OeTeil {
  base::Line<20> kurzzeichen{};
  base::Line<200> bezeichnung{};
  std::optional<base::Line<20>> ueber{};
  std::optional<base::Line<200>> posteingang{};  ///< the name of the access to its Posteingang
};
BOOST_DESCRIBE_STRUCT(OeTeil, (), (kurzzeichen, bezeichnung, ueber, posteingang))

/// Of several with one name in one unit, the first is the first, and so on.
struct StelleTeil {
  base::Line<20> organisationseinheit{};
  base::Line<200> bezeichnung{};
  bool leitung = false;
  std::vector<mandant::Rolle> rollen{};
  std::vector<base::Line<60, 2>> personen{};
};
BOOST_DESCRIBE_STRUCT(StelleTeil, (), (organisationseinheit, bezeichnung, leitung, rollen, personen))

struct PersonTeil {
  base::Line<60, 2> anmeldename{};
  base::Line<100> vorname{}, nachname{};
  std::optional<base::Line<200>> email{};
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(PersonTeil, (), (anmeldename, vorname, nachname, email, aktiv))

/// `traeger`: a Kurzzeichen, „Kurzzeichen/Stelle“, an Anmeldename or a role's letters.
struct EintragTeil {
  mandant::TraegerArt traegerArt{};
  std::optional<base::Line<300>> traeger{};
  mandant::Stufe stufe{};
};
BOOST_DESCRIBE_STRUCT(EintragTeil, (), (traegerArt, traeger, stufe))

struct ZugriffTeil {
  base::Line<200> bezeichnung{};
  std::vector<EintragTeil> eintraege{};
};
BOOST_DESCRIBE_STRUCT(ZugriffTeil, (), (bezeichnung, eintraege))

struct PlanTeil {
  base::Line<40> kennzeichen{};
  std::optional<base::Line<40>> ueber{};
  base::Line<300> titel{};
  std::optional<base::Prose<4000>> beschreibung{};
  OptId aufbewahrungsdauer{};
  Aussonderungsart aussonderungsart{};
  std::optional<Einheitart> art{};
  bool gesperrt = false, stillgelegt = false;
  OptDatum gueltigVon{}, gueltigBis{};
  std::optional<base::Line<200>> zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  std::optional<base::Line<20>> organisationseinheit{};
  std::optional<base::Line<200>> zugriff{};  ///< nothing: as above it
};
BOOST_DESCRIBE_STRUCT(PlanTeil, (),
                      (kennzeichen, ueber, titel, beschreibung, aufbewahrungsdauer, aussonderungsart, art, gesperrt,
                       stillgelegt, gueltigVon, gueltigBis, zeichenAkte, zeichenVorgang, zeichenDokument,
                       organisationseinheit, zugriff))

/// Which unit takes mail at an address.
struct AdresseTeil {
  base::Line<254, 3> adresse{};
  base::Line<20> organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(AdresseTeil, (), (adresse, organisationseinheit))

/// A mailbox; `passwortDatei` is only the name of the file that the operator puts down.
struct PostfachTeil {
  base::Line<200> bezeichnung{};
  base::Line<20> organisationseinheit{};
  base::Line<253> host{};
  std::int64_t port = 993;
  jobs::Verschluesselung verschluesselung{};
  base::Line<200> benutzer{};
  base::Line<100> passwortDatei{};
  base::Line<200> ordner{};
  std::optional<base::Line<200>> zielordner{};
  std::int64_t minuten = 5;
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(PostfachTeil, (),
                      (bezeichnung, organisationseinheit, host, port, verschluesselung, benutzer, passwortDatei, ordner,
                       zielordner, minuten, aktiv))

struct BausteinTeil {
  base::Line<200> bezeichnung{};
  base::Prose<20000, 1> text{};
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(BausteinTeil, (), (bezeichnung, text, aktiv))

struct BriefkopfTeil {
  std::optional<base::Line<200>> name{}, zusatz{}, strasse{};
  std::optional<base::Line<20>> plz{};
  std::optional<base::Line<200>> ort{};
  std::optional<base::Line<60>> telefon{};
  std::optional<base::Line<200>> email{}, internet{}, bank{};
};
BOOST_DESCRIBE_STRUCT(BriefkopfTeil, (), (name, zusatz, strasse, plz, ort, telefon, email, internet, bank))

struct LaufwegvorlageTeil {
  base::Line<100> name{};
  base::Line<1000> zeile{};
  std::optional<base::Line<40>> aktenplaneinheit{};  ///< its Kennzeichen
  std::optional<base::Line<100>> typ{};
};
BOOST_DESCRIBE_STRUCT(LaufwegvorlageTeil, (), (name, zeile, aktenplaneinheit, typ))

/// A template of letters with the file of its newest version, in base64url.
struct DokumentvorlageTeil {
  base::Line<200> bezeichnung{};
  Dokumentart art{};
  bool aktiv = true;
  base::Line<300> dateiname{};
  base::Prose<16'000'000, 1> inhalt{};
};
BOOST_DESCRIBE_STRUCT(DokumentvorlageTeil, (), (bezeichnung, art, aktiv, dateiname, inhalt))

/// Parts that came later may be missing in a file.
struct Einstellungen {
  base::Line<40> format{};
  std::int64_t fassung = 1;
  std::optional<StadtTeil> stadt{};
  std::vector<OeTeil> organisationseinheiten{};
  std::vector<PersonTeil> personen{};
  std::vector<StelleTeil> stellen{};
  std::vector<ZugriffTeil> zugriffe{};
  std::vector<PlanTeil> aktenplan{};
  std::vector<FeldartNeu> felder{};
  std::optional<std::vector<AdresseTeil>> eingangsadressen{};
  std::optional<std::vector<PostfachTeil>> postfaecher{};
  std::optional<std::vector<BausteinTeil>> textbausteine{};
  std::optional<BriefkopfTeil> briefkopf{};
  std::optional<std::vector<LaufwegvorlageTeil>> laufwegvorlagen{};
  std::optional<std::vector<DokumentvorlageTeil>> dokumentvorlagen{};
};
BOOST_DESCRIBE_STRUCT(Einstellungen, (),
                      (format, fassung, stadt, organisationseinheiten, personen, stellen, zugriffe, aktenplan, felder,
                       eingangsadressen, postfaecher, textbausteine, briefkopf, laufwegvorlagen, dokumentvorlagen))
inline constexpr std::string_view einstellungenFormat = "aktenlotse-einstellungen";

enum class Bereich : std::uint8_t {
  stadt,
  organisationseinheiten,
  personen,
  stellen,
  zugriffe,
  aktenplan,
  felder,
  eingangsadressen,
  postfaecher,
  textbausteine,
  briefkopf,
  laufwegvorlagen,
  dokumentvorlagen,
};
BOOST_DESCRIBE_ENUM(Bereich, stadt, organisationseinheiten, personen, stellen, zugriffe, aktenplan, felder,
                    eingangsadressen, postfaecher, textbausteine, briefkopf, laufwegvorlagen, dokumentvorlagen)

struct EinstellungenZeile {
  Bereich bereich{};
  std::string name{};
  ZeilenArt art{};
  std::vector<std::string> hinweise{};  ///< the reason of an error
};
BOOST_DESCRIBE_STRUCT(EinstellungenZeile, (), (bereich, name, art, hinweise))

/// Rows that are as the file says already are counted only.
struct EinstellungenBericht {
  std::int64_t neu = 0, geaendert = 0, gleich = 0, fehler = 0;
  std::vector<EinstellungenZeile> zeilen{};
  std::string pruefsumme{};  ///< of what would happen; to be given when it is applied
  OptId eintrag{};           ///< by it all is taken back
};
BOOST_DESCRIBE_STRUCT(EinstellungenBericht, (), (neu, geaendert, gleich, fehler, zeilen, pruefsumme, eintrag))

/// Without passwords: nobody can sign in by what a file says, and no mailbox is opened by it.
[[nodiscard]] Einstellungen leseEinstellungen(const sql::ReadTx& tx, std::int64_t mandant, const blob::Store& blobs);
/// The files of its templates, looked into and laid down before the transaction; what cannot be a template is refused
/// there, so it is kept as such.
using Eingelesen = std::map<std::string, base::Result<Vorlagendatei>>;
[[nodiscard]] Eingelesen liesVorlagen(const Vorlagenwerk& werk, const Einstellungen& datei);
/// Makes the tenant what the file says; what cannot be is left out and told. Each part needs its right.
[[nodiscard]] base::Result<EinstellungenBericht> wendeAn(Change& change, const Berechtigung& wer,
                                                         Schriftgut& schriftgut, const Einstellungen& datei,
                                                         const Vorlagenwerk& werk, const Eingelesen& dateien);

void addEinstellungenRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut, Vorlagenwerk werk);

}  // namespace akte
