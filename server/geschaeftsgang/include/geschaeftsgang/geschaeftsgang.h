#pragma once
// What may be done with slips, steps and marks: rights, rules, tables and journal in one transaction.
#include "akte/ausgabe.h"
#include "geschaeftsgang/laufzeile.h"

namespace geschaeftsgang {

using akte::VorgangMit;
using akte::ZeichnungZeile;
using journal::Change;
using mandant::Berechtigung;
using mandant::Recht;

struct LaufwegNeu {
  base::Line<1000> zeile{};
  std::optional<base::Uuid> dokument{};  ///< of the Vorgang; nothing: the Vorgang itself goes round
};
BOOST_DESCRIBE_STRUCT(LaufwegNeu, (), (zeile, dokument))

enum class Schritthandlung : std::uint8_t { erledigen, zurueckgeben, uebernehmen, delegieren, ueberspringen };
BOOST_DESCRIBE_ENUM(Schritthandlung, erledigen, zurueckgeben, uebernehmen, delegieren, ueberspringen)

struct SchrittHandeln {
  base::Uuid schritt{};
  Schritthandlung handlung{};
  std::optional<base::Prose<1000, 1>> vermerk{};  ///< a remark; of a return or a skip the reason, which must be there
  std::optional<base::Line<500>> uebergehen{};    ///< why a Schlusszeichnung does without Mitzeichnungen
  std::optional<base::Line<200>> an{};            ///< to whom it is delegated, as in a line: @name
};
BOOST_DESCRIBE_STRUCT(SchrittHandeln, (), (schritt, handlung, vermerk, uebergehen, an))

struct SchritteEinfuegen {
  base::Uuid schritt{};  ///< behind its stage
  base::Line<1000> zeile{};
};
BOOST_DESCRIBE_STRUCT(SchritteEinfuegen, (), (schritt, zeile))

struct LaufwegZurueckholen {
  base::Uuid laufweg{};
  base::Line<500> grund{};
};
BOOST_DESCRIBE_STRUCT(LaufwegZurueckholen, (), (laufweg, grund))

/// Whom lines of this tenant can name.
[[nodiscard]] Verzeichnis verzeichnisOf(const sql::ReadTx& tx, std::int64_t mandant);
/// A person with his Stellen, units and roles.
[[nodiscard]] Person personOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person);
[[nodiscard]] std::string nameOf(const sql::ReadTx& tx, std::int64_t mandant, const Adressat& adressat);
[[nodiscard]] Schritte schritteOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t laufweg);

/// The line of a person understood for a Vorgang: also whether those named reach it and may do what is asked.
[[nodiscard]] Entwurf verstehe(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& vorgang,
                               std::string_view zeile, const Verzeichnis& verzeichnis, const base::Datum& heute);
/// What this person may do with a step now, whatever may stand against it.
[[nodiscard]] std::vector<Schritthandlung> angeboten(const Berechtigung& wer, const Person& ich,
                                                     const VorgangMit& vorgang, const LaufwegZeile& laufweg,
                                                     const SchrittZeile& schritt, bool veraltet);

class Geschaeftsgang {
 public:
  explicit Geschaeftsgang(akte::Schriftgut& schriftgut) : schriftgut_(schriftgut) {}

  Result<LaufwegZeile> starte(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                              const LaufwegNeu& input);
  /// Done, returned, taken, delegated or skipped. A Mitzeichnung whose version is old is given again.
  Result<void> handle(Change& change, const Berechtigung& wer, const VorgangMit& vorgang, const SchrittHandeln& input);
  Result<void> fuegeEin(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                        const SchritteEinfuegen& input);
  Result<void> holeZurueck(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                           const LaufwegZurueckholen& input);

  [[nodiscard]] akte::Schriftgut& schriftgut() { return schriftgut_; }

 private:
  struct Ort;
  Result<Ort> ortOf(Change& change, const base::Uuid& schritt, const VorgangMit& vorgang) const;
  Result<void> erledige(Change& change, const Berechtigung& wer, const VorgangMit& vorgang, Ort& ort, const Akt& akt,
                        const SchrittHandeln& input);
  akte::Schriftgut& schriftgut_;
};

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, Geschaeftsgang& geschaeftsgang);

}  // namespace geschaeftsgang
