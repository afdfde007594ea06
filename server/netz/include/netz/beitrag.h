#pragma once
// What came out of a meeting, and what people add to a Praxis: risks with measures, expectations, success factors,
// experiences, questions with answers. Each lies in the tenant of its writer and hangs on what it is about.
#include "netz/netz.h"

namespace netz {

enum class Beitragart : std::uint8_t {
  risiko,
  massnahme,
  erwartung,
  erfolgsfaktor,
  kooperation,
  werkzeug,
  erfahrung,
  frage,
  antwort
};
BOOST_DESCRIBE_ENUM(Beitragart, risiko, massnahme, erwartung, erfolgsfaktor, kooperation, werkzeug, erfahrung, frage,
                    antwort)

enum class Beitragstatus : std::uint8_t { offen, inArbeit, wirksam, unwirksam, erledigt };
BOOST_DESCRIBE_ENUM(Beitragstatus, offen, inArbeit, wirksam, unwirksam, erledigt)

struct BeitragZeile {
  static constexpr std::string_view tabelle = "netz_beitrag";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Beitragart art{};
  std::string bezug{};  ///< uuid of the Praxis or the event
  OptText zu{};         ///< uuid of what it answers: the risk of a measure, the question of an answer
  std::string titel{};
  OptText inhalt{};
  Beitragstatus status{};
  OptText verantwortlich{};
  OptDatum faellig{};
  Sichtbarkeit sichtbarkeit{};
  std::int64_t person = 0;
  OptText objekt{};  ///< uuid of the cooperation or the tool that it became
};
BOOST_DESCRIBE_STRUCT(BeitragZeile, (),
                      (mandant, id, uuid, stand, art, bezug, zu, titel, inhalt, status, verantwortlich, faellig,
                       sichtbarkeit, person, objekt))

struct BeitragNeu {
  Beitragart art{};
  base::Line<200> titel{};
  std::optional<base::Prose<5000>> inhalt{};
  std::optional<base::Line<200>> verantwortlich{};  ///< an office, of a measure
  OptDatum faellig{};
  Beitragstatus status{};
  Sichtbarkeit sichtbarkeit{};
};
BOOST_DESCRIBE_STRUCT(BeitragNeu, (), (art, titel, inhalt, verantwortlich, faellig, status, sichtbarkeit))

[[nodiscard]] Result<BeitragZeile> findBeitrag(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid);
/// NichtGefunden where the person does not see what it is about, or what it answers.
Result<BeitragZeile> createBeitrag(Change& change, const Berechtigung& wer, const base::Uuid& bezug,
                                   const std::optional<base::Uuid>& zu, const BeitragNeu& input);
Result<BeitragZeile> aendereBeitrag(Change& change, const Berechtigung& wer, const BeitragZeile& before,
                                    const BeitragNeu& input);
Result<BeitragZeile> entferneBeitrag(Change& change, const Berechtigung& wer, const BeitragZeile& before);
[[nodiscard]] bool darfAendern(const Berechtigung& wer, const BeitragZeile& row);

// ---- results of a meeting

/// A line of the minutes that says what it is: „Risiko: …“, „- Maßnahme: …“.
struct Ergebnis {
  Beitragart art{};
  std::string titel{};
  OptId zu{};  ///< which of the list it answers: a measure the last risk before it, an answer the last question
  friend bool operator==(const Ergebnis&, const Ergebnis&) = default;
};
/// In their order. A measure without a risk before it, or an answer without a question, is left out.
[[nodiscard]] std::vector<Ergebnis> ergebnisseAus(std::string_view protokoll);
/// All that its minutes name become contributions; what is there already is left alone. Gives how many came.
Result<std::int64_t> uebernimmErgebnisse(Change& change, const Berechtigung& wer, const base::Uuid& termin);
/// What was named as cooperation or tool becomes one: an offer to all, a draft. Linked both ways.
Result<BeitragZeile> macheObjekt(Change& change, const Berechtigung& wer, const BeitragZeile& before);
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const BeitragZeile& row);

}  // namespace netz
