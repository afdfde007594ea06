#pragma once
// How a slip runs: pure rules over its steps. A done or skipped step never changes; no step is lost or done twice.
#include <span>

#include "akte/laufweg_zeilen.h"

namespace geschaeftsgang {

using akte::Laufwegstatus;
using akte::LaufwegZeile;
using akte::Quorum;
using akte::Schrittart;
using akte::Schrittergebnis;
using akte::Schrittstatus;
using akte::SchrittZeile;
using mandant::Rolle;
using mandant::TraegerArt;

/// Steps of one slip, in order of their numbers.
using Schritte = std::vector<SchrittZeile>;

/// Whom a step is for.
struct Adressat {
  TraegerArt art = TraegerArt::person;
  std::int64_t id = 0;
  std::optional<Rolle> rolle{};
  friend bool operator==(const Adressat&, const Adressat&) = default;
};
[[nodiscard]] Adressat adressatOf(const SchrittZeile& schritt);
void setAdressat(SchrittZeile& schritt, const Adressat& adressat);

/// A person with all by which he can be named.
struct Person {
  std::int64_t id = 0;
  std::vector<std::int64_t> stellen{}, einheiten{};
  std::vector<Rolle> rollen{};
};
[[nodiscard]] bool istGemeint(const Adressat& adressat, const Person& person);
/// For whom this person may do the step: 0 for himself, the id of somebody for whom he stands in, or nothing.
[[nodiscard]] std::optional<std::int64_t> fuerWen(const SchrittZeile& schritt, const Person& person,
                                                  std::span<const Person> vertretene = {});

/// The same for a Mitzeichnung that was given and is asked for again: it belongs to whom it was given for.
[[nodiscard]] std::optional<std::int64_t> fuerWenErneut(const SchrittZeile& schritt, const Person& person,
                                                        std::span<const Person> vertretene = {});

/// Who acts, on whose behalf (0: his own), when, and what he says.
struct Akt {
  std::int64_t person = 0, fuer = 0;
  base::Zeitpunkt zeit{};
  std::optional<std::string> vermerk{};
};

using base::Result;

/// Numbers the steps, and makes those of the first stage current.
void starte(Schritte& schritte, base::Zeitpunkt zeit);
/// The step is done; what is next becomes current. Konflikt unless it is current.
[[nodiscard]] Result<void> erledige(Schritte& schritte, std::size_t i, const Akt& akt);
/// Skips a current or future step, with a reason; it stays visible.
[[nodiscard]] Result<void> ueberspringe(Schritte& schritte, std::size_t i, const Akt& akt);
/// Back to the author with a reason: the step is noted as returned, what ran beside it is skipped, and then come a step
/// for the author and those steps again. What was to follow follows after that.
[[nodiscard]] Result<void> gibZurueck(Schritte& schritte, std::size_t i, const Akt& akt, const Adressat& an);
/// The step is skipped, and another person gets the same one beside it.
[[nodiscard]] Result<void> delegiere(Schritte& schritte, std::size_t i, const Akt& akt, const Adressat& an);
/// Somebody takes what was for many. Konflikt when another has it.
[[nodiscard]] Result<void> uebernimm(Schritte& schritte, std::size_t i, const Akt& akt);
/// Puts steps (of stages counted from 1 within `neue`) behind the stage of step `i`; Konflikt when this stage is over.
[[nodiscard]] Result<void> fuegeEin(Schritte& schritte, std::size_t i, Schritte neue, base::Zeitpunkt zeit);
/// All that is not over is skipped, with a reason.
void holeZurueck(Schritte& schritte, const Akt& akt);

/// Whether anything is still to come or to do.
[[nodiscard]] bool laeuft(const Schritte& schritte);
/// Whether it keeps a Vorgang from being closed: all but Kenntnis and zdA (M4.18).
[[nodiscard]] bool hemmtZda(const SchrittZeile& schritt);
/// Mitzeichnungen of the slip that were not given, or not on the newest version; `gezeichnet` says which steps have a
/// mark on it. In an Umlaufmappe (`mappe`) that is the newest version of each Dokument.
[[nodiscard]] std::vector<std::size_t> fehlendeMitzeichnungen(const Schritte& schritte,
                                                              std::span<const std::int64_t> gezeichnet,
                                                              bool mappe = false);

}  // namespace geschaeftsgang
