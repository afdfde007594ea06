#pragma once
// What goes out as JSON, and the routes by file. Private to the room.
#include "akte/ausgabe.h"
#include "inhalt.h"
#include "netz/kommunen.h"
#include "netz/netz.h"
#include "netz/schluesselbund.h"

namespace netz {

using akte::Seite;
using http::None;
using http::Verb;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

/// Where something comes from.
struct NetzOrt {
  std::string name{}, ags{}, land{};
  OptText herkunft{};  ///< the other installation; nothing: this one
};
BOOST_DESCRIBE_STRUCT(NetzOrt, (), (name, ags, land, herkunft))
/// Of a row; `namen` of the tenants here.
[[nodiscard]] NetzOrt ortOf(Tx tx, const Aushang& row);
/// Rows that may be seen, by their key: ` AND a.… ORDER BY …` is given.
[[nodiscard]] std::vector<Aushang> sichtbare(Tx tx, const Blick& blick, const sql::Query& rest);

struct NetzAngabe {
  Kontaktfeld feld{};
  std::string wert{};
  std::optional<Sichtbarkeit> sichtbarkeit{};  ///< told only to who may change it
};
BOOST_DESCRIBE_STRUCT(NetzAngabe, (), (feld, wert, sichtbarkeit))

struct NetzMitglied {
  base::Uuid id{};
  std::int64_t stand = 0;  ///< 0 where it is not of this tenant
  Programm programm{};
  Netzrolle rolle{};
  Mitgliedstatus status{};
  NetzOrt ort{};
  base::Datum seit{};
  OptDatum bis{};
  std::vector<NetzAngabe> angaben{};
  std::vector<std::string> betreut{};
  bool ich = false, darfAngaben = false, darfAnnehmen = false, darfAusscheiden = false, darfBetreuung = false;
};
BOOST_DESCRIBE_STRUCT(NetzMitglied, (),
                      (id, stand, programm, rolle, status, ort, seit, bis, angaben, betreut, ich, darfAngaben,
                       darfAnnehmen, darfAusscheiden, darfBetreuung))
/// Members of rows that may be seen, each with what may be seen of it.
[[nodiscard]] std::vector<NetzMitglied> mitglieder(Tx tx, const Berechtigung& wer, const Blick& blick,
                                                   const std::vector<Aushang>& rows);

struct NetzPraxisKurz {
  base::Uuid id{};
  std::string titel{}, problem{};
  OptText rahmen{}, aufwand{}, wirkung{};
  NetzOrt ort{};
  OptDatum bestaetigtAm{};
  bool veraltet = false, mitBaustein = false;
};
BOOST_DESCRIBE_STRUCT(NetzPraxisKurz, (),
                      (id, titel, problem, rahmen, aufwand, wirkung, ort, bestaetigtAm, veraltet, mitBaustein))
[[nodiscard]] NetzPraxisKurz praxisKurz(Tx tx, const Aushang& row, const base::Datum& heute);

/// What a cooperation or a tool came out of: the meeting, where the person sees it.
struct NetzHerkunft {
  base::Uuid id{};
  std::string titel{};
};
BOOST_DESCRIBE_STRUCT(NetzHerkunft, (), (id, titel))
[[nodiscard]] std::optional<NetzHerkunft> herkunftOf(Tx tx, const Berechtigung& wer, const base::Uuid& objekt);

void addKommuneRoutes(http::Routes& routes, Zugang& zugang);
void addVerzeichnisRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut, Verbund& verbund);
void addMitgliedRoutes(http::Routes& routes, Zugang& zugang);
void addWerkzeugRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut);
void addChecklisteRoutes(http::Routes& routes, Zugang& zugang);
void addPraxisRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut, Schluesselbund& schluessel,
                     const akte::Vorlagenwerk& werk);
void addProbelaufRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut,
                        const akte::Vorlagenwerk& werk);
class Raeume;
void addKooperationRoutes(http::Routes& routes, Zugang& zugang, Raeume& raeume);
void addVerbundRoutes(http::Routes& routes, Zugang& zugang, Verbund& verbund);
void addBegleitungRoutes(http::Routes& routes, Zugang& zugang);
void addSchulungRoutes(http::Routes& routes, Zugang& zugang);
void addTerminRoutes(http::Routes& routes, Zugang& zugang);
void addBeitragRoutes(http::Routes& routes, Zugang& zugang);
void addSchreibenRoutes(http::Routes& routes, Zugang& zugang, const std::string& adresse);
void addOeffentlichRoutes(http::Routes& routes, Zugang& zugang, const std::string& adresse);
void addBerichtRoutes(http::Routes& routes, Zugang& zugang, const std::string& adresse);

}  // namespace netz
