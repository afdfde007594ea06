#pragma once
// Events (Veranstaltung, called Termin): seats, a waiting list that moves up by itself, series by rule, agenda,
// minutes, feedback, and training. The tenant that invites keeps who takes part (docs/decisions/0032).
#include "jobs/mail.h"
#include "netz/netz.h"

namespace netz {

enum class Terminart : std::uint8_t { kurs, workshop, fruehstueck, sprechstunde, netzwerktreffen };
BOOST_DESCRIBE_ENUM(Terminart, kurs, workshop, fruehstueck, sprechstunde, netzwerktreffen)

/// `geplant` is seen by the own tenant alone. That it is full is counted, not said.
enum class Terminstatus : std::uint8_t { geplant, offen, durchgefuehrt, abgesagt };
BOOST_DESCRIBE_ENUM(Terminstatus, geplant, offen, durchgefuehrt, abgesagt)

enum class Anmeldestatus : std::uint8_t { angemeldet, wartet };
BOOST_DESCRIBE_ENUM(Anmeldestatus, angemeldet, wartet)

/// A point of the agenda; what comes out of it becomes contributions of this kind.
struct Punktplan {
  std::string titel{};
  std::int64_t minuten = 0;
  OptText ergebnis{};  ///< kind of contribution that it collects
};
BOOST_DESCRIBE_STRUCT(Punktplan, (), (titel, minuten, ergebnis))

struct Material {
  std::string titel{}, adresse{};
};
BOOST_DESCRIBE_STRUCT(Material, (), (titel, adresse))

struct TerminZeile {
  static constexpr std::string_view tabelle = "netz_termin";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Terminart art{};
  Terminstatus status{};
  std::string titel{};
  OptText beschreibung{};
  base::Zeitpunkt beginn{}, ende{};
  OptText ort{}, link{};
  OptId plaetze{};                                   ///< nothing: as many as like
  OptText modul{};                                   ///< of the Basisbefähigung
  OptText reihe{};                                   ///< uuid that all of a series share
  OptText regel{};                                   ///< RRULE of the series
  std::string tagesordnung = "[]", material = "[]";  ///< JSON
  OptText protokoll{};
  Sichtbarkeit sichtbarkeit{};
};
BOOST_DESCRIBE_STRUCT(TerminZeile, (),
                      (mandant, id, uuid, stand, art, status, titel, beschreibung, beginn, ende, ort, link, plaetze,
                       modul, reihe, regel, tagesordnung, material, protokoll, sichtbarkeit))

struct AnmeldungZeile {
  static constexpr std::string_view tabelle = "netz_anmeldung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t termin = 0, nr = 0;
  std::string person{}, name{};
  OptText email{};
  std::string kommune{};
  Anmeldestatus status{};
  std::optional<bool> dabei{};  ///< as the list of those present says
  bool rueckmeldung = false;
  base::Zeitpunkt zeit{};
};
BOOST_DESCRIBE_STRUCT(AnmeldungZeile, (),
                      (mandant, id, uuid, termin, nr, person, name, email, kommune, status, dabei, rueckmeldung, zeit))

struct RueckmeldungZeile {
  static constexpr std::string_view tabelle = "netz_rueckmeldung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t termin = 0, note = 0;
  OptText inhalt{};
};
BOOST_DESCRIBE_STRUCT(RueckmeldungZeile, (), (mandant, id, uuid, termin, note, inhalt))

// ---- series by rule (RFC 5545, as much of it as people say: "third Friday", "every second Tuesday")

struct Regel {
  bool monatlich = false;
  int abstand = 1;    ///< every n-th week or month
  int wochentag = 0;  ///< 0 = Monday
  int welcher = 0;    ///< of the month: 1 to 4, or -1 for the last
  int anzahl = 0;
};
/// `FREQ=MONTHLY;BYDAY=3FR;COUNT=12`, `FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=6`.
[[nodiscard]] Result<Regel> liesRegel(std::string_view text);
[[nodiscard]] std::string worteOf(const Regel& regel);
/// The days from `ab` on that the rule names; holidays of the Land are left out, and another day is taken at the end.
[[nodiscard]] std::vector<base::Datum> tageOf(const Regel& regel, const base::Datum& ab, std::string_view land);
/// The moment of a German day and clock time, "09:30".
[[nodiscard]] std::optional<base::Zeitpunkt> moment(const base::Datum& tag, std::string_view uhrzeit);
/// "Freitag, 18. Dezember 2026, 9:30 Uhr".
[[nodiscard]] std::string inWorten(base::Zeitpunkt zeit);
[[nodiscard]] std::string uhrzeitOf(base::Zeitpunkt zeit);

// ---- ready-made formats, and the modules of the Basisbefähigung, as they lie in the program

struct Modul {
  std::string schluessel{}, titel{}, inhalt{};
};
BOOST_DESCRIBE_STRUCT(Modul, (), (schluessel, titel, inhalt))
struct Format {
  std::string schluessel{}, titel{};
  Terminart art{};
  std::string beschreibung{}, uhrzeit{};
  std::int64_t minuten = 60;
  OptId plaetze{};
  OptText regel{};
  std::vector<Punktplan> tagesordnung{};
};
BOOST_DESCRIBE_STRUCT(Format, (),
                      (schluessel, titel, art, beschreibung, uhrzeit, minuten, plaetze, regel, tagesordnung))
struct Formate {
  std::vector<Format> formate{};
  std::vector<Modul> module{};
};
BOOST_DESCRIBE_STRUCT(Formate, (), (formate, module))
[[nodiscard]] const Formate& formate();
[[nodiscard]] const Modul* modul(std::string_view schluessel);

// ---- use cases

struct PunktplanNeu {
  base::Line<200> titel{};
  std::int64_t minuten = 0;
  std::optional<base::Line<20>> ergebnis{};
};
BOOST_DESCRIBE_STRUCT(PunktplanNeu, (), (titel, minuten, ergebnis))
struct MaterialNeu {
  base::Line<200> titel{};
  base::Line<500> adresse{};
};
BOOST_DESCRIBE_STRUCT(MaterialNeu, (), (titel, adresse))

struct TerminNeu {
  Terminart art{};
  base::Line<200> titel{};
  std::optional<base::Prose<5000>> beschreibung{};
  base::Datum tag{};
  base::Line<5, 5> von{}, bis{};
  std::optional<base::Line<300>> ort{};
  std::optional<base::Line<500>> link{};  ///< told only to those who take part
  std::optional<std::int64_t> plaetze{};
  std::optional<base::Line<60>> modul{};
  std::optional<base::Line<100>> regel{};  ///< only when it is made
  std::vector<PunktplanNeu> tagesordnung{};
  Sichtbarkeit sichtbarkeit{};
};
BOOST_DESCRIBE_STRUCT(TerminNeu, (),
                      (art, titel, beschreibung, tag, von, bis, ort, link, plaetze, modul, regel, tagesordnung,
                       sichtbarkeit))

struct TerminZustand {
  Terminstatus status{};
};
BOOST_DESCRIBE_STRUCT(TerminZustand, (), (status))

struct TerminNachlese {
  std::optional<base::Prose<10000>> protokoll{};
  std::vector<MaterialNeu> material{};
};
BOOST_DESCRIBE_STRUCT(TerminNachlese, (), (protokoll, material))

struct DabeiSetzen {
  bool dabei = false;
};
BOOST_DESCRIBE_STRUCT(DabeiSetzen, (), (dabei))

struct RueckmeldungNeu {
  std::int64_t note = 0;  ///< 1 (helped little) to 5 (helped much)
  std::optional<base::Prose<2000>> text{};
};
BOOST_DESCRIBE_STRUCT(RueckmeldungNeu, (), (note, text))

/// Who signs up, as the inviting tenant is told.
struct Teilnehmer {
  base::Uuid person{};
  std::string name{};
  OptText email{};
  std::string kommune{};
};
[[nodiscard]] Teilnehmer teilnehmerOf(const sql::ReadTx& tx, const Berechtigung& wer);

[[nodiscard]] Result<TerminZeile> findTermin(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid);
[[nodiscard]] std::vector<AnmeldungZeile> anmeldungenOf(const sql::ReadTx& tx, const TerminZeile& row);
[[nodiscard]] std::vector<Terminstatus> naechste(const sql::ReadTx& tx, const Berechtigung& wer,
                                                 const TerminZeile& row);
/// One, or all of its series; gives the first.
Result<TerminZeile> createTermin(Change& change, const Berechtigung& wer, const TerminNeu& input);
Result<TerminZeile> aendereTermin(Change& change, const Berechtigung& wer, const TerminZeile& before,
                                  const TerminNeu& input);
Result<TerminZeile> wechsle(Change& change, const Berechtigung& wer, const TerminZeile& before, Terminstatus nach);
Result<TerminZeile> liesNach(Change& change, const Berechtigung& wer, const TerminZeile& before,
                             const TerminNachlese& input);
Result<TerminZeile> setzeDabei(Change& change, const Berechtigung& wer, const TerminZeile& before, std::int64_t nr,
                               bool dabei);

/// These run in the inviting tenant, for somebody of whichever tenant who was found to see the event.
Result<TerminZeile> meldeAn(Change& change, const base::Uuid& termin, const Teilnehmer& wer);
Result<TerminZeile> meldeAb(Change& change, const base::Uuid& termin, const base::Uuid& person);
Result<TerminZeile> meldeZurueck(Change& change, const base::Uuid& termin, const base::Uuid& person,
                                 const RueckmeldungNeu& input);

[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const TerminZeile& row);
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const AnmeldungZeile& row);

/// Reminders by mail, a day before.
[[nodiscard]] jobs::Art erinnerungArt(sql::Database& database, const base::Clock& clock);

}  // namespace netz
