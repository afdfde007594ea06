#pragma once
// The life of Akte, Vorgang and Dokument as one table: which transitions there are, what stands against each, what it
// does (domain chapter 2.4). docs/zustaende.md is printed from it, and the routes are made from it.
#include "akte/zeilen.h"
#include "mandant/rechte.h"

namespace akte {

enum class SuchArt : std::uint8_t;
struct AkteMit;
struct VorgangMit;
struct DokumentMit;

enum class Uebergang : std::uint8_t {
  zda,
  zdaAufheben,
  stornieren,
  stornoAufheben,
  weglegen,
  weglegenAufheben,
  loeschmarkierung,
  loeschmarkierungZurueckziehen,
  loeschungAblehnen,
  loeschungBestaetigen,
};
BOOST_DESCRIBE_ENUM(Uebergang, zda, zdaAufheben, stornieren, stornoAufheben, weglegen, weglegenAufheben,
                    loeschmarkierung, loeschmarkierungZurueckziehen, loeschungAblehnen, loeschungBestaetigen)

/// What must hold for a transition, beside right and own status. What lies above must be inBearbeitung for each.
enum class Bedingung : std::uint8_t {
  obenOffen,
  vorgaengeGeschlossen,
  teilvorgaengeGeschlossen,
  nichtsAbgeschlossen,
  nichtsInAufbewahrung,
  keineLoeschungBeantragt,
  transferfristLaeuft,
  loeschenErlaubt,
  prueferGesetzt,
  andererAlsAntragsteller,
  wartezeitUm,
  nichtsImGeschaeftsgang,
  nichtSchlussgezeichnet,
  keineLoeschsperre,
};
BOOST_DESCRIBE_ENUM(Bedingung, obenOffen, vorgaengeGeschlossen, teilvorgaengeGeschlossen, nichtsAbgeschlossen,
                    nichtsInAufbewahrung, keineLoeschungBeantragt, transferfristLaeuft, loeschenErlaubt, prueferGesetzt,
                    andererAlsAntragsteller, wartezeitUm, nichtsImGeschaeftsgang, nichtSchlussgezeichnet,
                    keineLoeschsperre)

/// What a transition does beside setting the status.
enum class Wirkung : std::uint8_t { fristen, fristenLeeren, einJahr, antrag, antragErledigt, inhaltWeg };
BOOST_DESCRIBE_ENUM(Wirkung, fristen, fristenLeeren, einJahr, antrag, antragErledigt, inhaltWeg)

/// One row of the table.
struct Regel {
  SuchArt art{};
  Uebergang uebergang{};
  Status von{};
  std::optional<Status> nach{};  ///< nothing: the object goes
  mandant::Recht recht{};
  std::vector<Bedingung> bedingungen{};
  std::vector<Wirkung> wirkungen{};
  std::string quelle{};   ///< use cases of the rulebook
  std::string kennung{};  ///< the route's id: vorgangZda
  std::string pfad{};     ///< the route's end: zda-aufheben
  std::string aktion{};   ///< what the journal calls it: vorgang.zda_aufgehoben
  std::string summary{};
};
[[nodiscard]] const std::vector<Regel>& regeln();
/// Throws when the table has none: a bug.
[[nodiscard]] const Regel& regelFor(SuchArt art, Uebergang uebergang);

/// An object as the table needs it.
struct Knoten {
  SuchArt art{};
  std::int64_t id = 0, stand = 0, zugriff = 0;
  base::Uuid uuid{};
  std::string zeichen{}, betreff{};
  Status status{};
};
struct Lage {
  Knoten selbst{};
  std::vector<Knoten> darueber{};  ///< nearest first
  OptDatum transferfristEnde{};
};
[[nodiscard]] Knoten knotenOf(const AkteZeile& row);
[[nodiscard]] Knoten knotenOf(const VorgangZeile& row);
[[nodiscard]] Knoten knotenOf(const DokumentZeile& row);
[[nodiscard]] Lage lageOf(const AkteMit& mit);
[[nodiscard]] Lage lageOf(const VorgangMit& mit);
[[nodiscard]] Lage lageOf(const DokumentMit& mit);
/// Its own status, or of the nearest above it that is not inBearbeitung: Storno and zdA hold for all that lies within.
[[nodiscard]] Status zustandOf(const Lage& lage);

/// One thing that stands against a transition. Without an object it is the tenant, time, or something in it that this
/// person may not see.
struct Hindernis {
  Bedingung grund{};
  std::optional<Knoten> objekt{};
  bool verdeckt = false;
  std::optional<LoeschsperreZeile> sperre{};  ///< on the object; lifting it solves this
};
/// All that stands against it; of each kind at most 20 objects. Empty: it may be done, if right and status are there.
[[nodiscard]] std::vector<Hindernis> hindernisse(const sql::ReadTx& tx, const mandant::Berechtigung& wer,
                                                 const Lage& lage, const Regel& regel, base::Zeitpunkt jetzt);
/// What solves it: the transition of its object that does. Nothing where no transition does.
[[nodiscard]] std::optional<Uebergang> loesungFor(const Hindernis& hindernis);
/// In words, without the object's name.
[[nodiscard]] std::string satz(const Hindernis& hindernis, bool english);
/// The transitions that role, access and status offer now, whatever may stand against them.
[[nodiscard]] std::vector<const Regel*> angeboten(const mandant::Berechtigung& wer, const Lage& lage,
                                                  const std::optional<mandant::Stufe>& stufe);

/// The open request to delete an object.
[[nodiscard]] std::optional<LoeschungZeile> offeneLoeschung(const sql::ReadTx& tx, std::int64_t mandant,
                                                            const Knoten& objekt);

/// The table as Markdown.
[[nodiscard]] std::string beschreibeZustaende();

}  // namespace akte
