#pragma once
// What goes out as JSON, and the routes by file. Private to the room.
#include "geschaeftsgang/geschaeftsgang.h"

namespace geschaeftsgang {

using akte::OptDatum;
using akte::OptText;
using akte::Verweis;
using http::None;
using http::Verb;
using mandant::PersonKurz;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

struct AdressatAusgabe {
  TraegerArt art{};
  std::string name{};
};
BOOST_DESCRIBE_STRUCT(AdressatAusgabe, (), (art, name))

struct ZeichnungAusgabe {
  base::Uuid id{};
  Schrittart art{};
  std::int64_t version = 0;
  std::string sha256{};
  std::optional<PersonKurz> person{}, vertretene{};
  base::Zeitpunkt zeit{};
  OptText uebergangen{};
  bool veraltet = false;  ///< there is a newer version
};
BOOST_DESCRIBE_STRUCT(ZeichnungAusgabe, (), (id, art, version, sha256, person, vertretene, zeit, uebergangen, veraltet))

struct LaufwegSchrittAusgabe {
  base::Uuid id{};
  std::int64_t nr = 0, stufe = 0;
  Quorum quorum{};
  Schrittart art{};
  AdressatAusgabe adressat{};
  OptDatum termin{};
  OptText text{};
  Schrittstatus status{};
  std::optional<base::Zeitpunkt> aktuellSeit{}, erledigtAm{};
  std::optional<PersonKurz> bearbeiter{}, vertretene{};
  std::optional<Schrittergebnis> ergebnis{};
  OptText vermerk{};
  bool veraltet = false;  ///< a Mitzeichnung that was given, but not on the newest version
  std::vector<Schritthandlung> darf{};
};
BOOST_DESCRIBE_STRUCT(LaufwegSchrittAusgabe, (),
                      (id, nr, stufe, quorum, art, adressat, termin, text, status, aktuellSeit, erledigtAm, bearbeiter,
                       vertretene, ergebnis, vermerk, veraltet, darf))

struct LaufwegAusgabe {
  base::Uuid id{};
  std::optional<Verweis> dokument{};  ///< nothing also where it is hidden from this person
  std::optional<PersonKurz> ersteller{};
  base::Zeitpunkt angelegt{};
  Laufwegstatus status{};
  std::string zeile{};
  bool zurueckholbar = false;
  std::vector<LaufwegSchrittAusgabe> schritte{};
  OptText umlaufmappe{};  ///< its title
};
BOOST_DESCRIBE_STRUCT(LaufwegAusgabe, (),
                      (id, dokument, ersteller, angelegt, status, zeile, zurueckholbar, schritte, umlaufmappe))

/// All slips of a Vorgang, the newest first.
struct LaufwegListe {
  std::vector<LaufwegAusgabe> eintraege{};
  bool starten = false;  ///< whether this person may start one
};
BOOST_DESCRIBE_STRUCT(LaufwegListe, (), (eintraege, starten))

[[nodiscard]] LaufwegListe laufwege(Tx tx, const Berechtigung& wer, const VorgangMit& vorgang,
                                    const Verzeichnis& verzeichnis, const base::Datum& heute);
/// The Dokument in short, if this person may see it.
[[nodiscard]] std::optional<Verweis> dokumentKurz(Tx tx, const Berechtigung& wer, const akte::OptId& id);

/// Tells those who listen whose Postkorb the rows have changed.
void deutePostkorb(Tx tx, std::int64_t mandant, std::span<const journal::Beruehrt> rows, const base::Datum& heute,
                   mandant::Hoererschaft& hoerer);
void addLaufwegRoutes(http::Routes& routes, Zugang& zugang, Geschaeftsgang& geschaeftsgang);
void addPostkorbRoutes(http::Routes& routes, Zugang& zugang, Geschaeftsgang& geschaeftsgang);
void addFristRoutes(http::Routes& routes, Zugang& zugang);
void addVorlageRoutes(http::Routes& routes, Zugang& zugang);
void addKalenderRoutes(http::Routes& routes, Zugang& zugang);
/// The ids of what lies in an Umlaufmappe; its title; and whether a slip may be started for it.
[[nodiscard]] std::vector<std::int64_t> dokumenteIn(Tx tx, std::int64_t mandant, const akte::OptId& mappe);
[[nodiscard]] std::optional<std::string> mappentitel(Tx tx, std::int64_t mandant, const akte::OptId& mappe);
[[nodiscard]] Result<std::int64_t> mappeFuerLaufweg(Tx tx, const VorgangMit& vorgang, const base::Uuid& id);
/// What marks of a slip bind to: its Dokument, or those of its Umlaufmappe; not what was cancelled or put aside.
[[nodiscard]] std::vector<akte::DokumentZeile> gebundene(Tx tx, const LaufwegZeile& laufweg);
/// Steps of the slip that have a mark on the newest version of all of these.
[[nodiscard]] std::vector<std::int64_t> gezeichnete(Tx tx, const LaufwegZeile& laufweg);
void addMappenRoutes(http::Routes& routes, Zugang& zugang);
void addAnmerkungRoutes(http::Routes& routes, Zugang& zugang);
void addNachrichtRoutes(http::Routes& routes, Zugang& zugang);

}  // namespace geschaeftsgang
