#pragma once
// What may be done with slips, steps and marks: rights, rules, tables and journal in one transaction.
#include "akte/ausgabe.h"
#include "base/guarded.h"
#include "geschaeftsgang/laufzeile.h"
#include "jobs/jobs.h"
#include "mandant/vertretung.h"

namespace geschaeftsgang {

using akte::VorgangMit;
using akte::ZeichnungZeile;
using journal::Change;
using mandant::Berechtigung;
using mandant::Recht;

struct LaufwegNeu {
  base::Line<1000> zeile{};
  std::optional<base::Uuid> dokument{};     ///< of the Vorgang; nothing: the Vorgang itself goes round
  std::optional<base::Uuid> umlaufmappe{};  ///< or an Umlaufmappe of it
};
BOOST_DESCRIBE_STRUCT(LaufwegNeu, (), (zeile, dokument, umlaufmappe))

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

struct VorlageNeu {
  base::Line<100> name{};
  base::Line<1000> zeile{};
  std::optional<base::Uuid> aktenplaneinheit{};
  std::optional<base::Line<100>> typ{};
};
BOOST_DESCRIBE_STRUCT(VorlageNeu, (), (name, zeile, aktenplaneinheit, typ))
/// Refuses a line that is not understood now.
[[nodiscard]] Result<void> pruefeZeile(const sql::ReadTx& tx, const Berechtigung& wer, const std::string& zeile,
                                       const base::Datum& heute);
/// A slip by name; refused where its line is not understood.
[[nodiscard]] Result<akte::LaufwegvorlageZeile> createVorlage(Change& change, const Berechtigung& wer,
                                                              const VorlageNeu& input);

/// Whom lines of this tenant can name.
[[nodiscard]] Verzeichnis verzeichnisOf(const sql::ReadTx& tx, std::int64_t mandant);
/// All who are meant by an address, and are there.
[[nodiscard]] std::vector<std::int64_t> gemeinte(const sql::ReadTx& tx, std::int64_t mandant, const Adressat& an);
/// A person with his Stellen, units and roles.
[[nodiscard]] Person personOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person);
[[nodiscard]] std::string nameOf(const sql::ReadTx& tx, std::int64_t mandant, const Adressat& adressat);
[[nodiscard]] Schritte schritteOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t laufweg);

/// The line of a person understood for a Vorgang: also whether those named reach it and may do what is asked.
[[nodiscard]] Entwurf verstehe(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& vorgang,
                               std::string_view zeile, const Verzeichnis& verzeichnis, const base::Datum& heute);
/// What this person may do with a step now, whatever may stand against it; `vertretene` are those for whom he stands
/// in with it.
[[nodiscard]] std::vector<Schritthandlung> angeboten(const Berechtigung& wer, const Person& ich,
                                                     std::span<const Person> vertretene, const VorgangMit& vorgang,
                                                     const LaufwegZeile& laufweg, const SchrittZeile& schritt,
                                                     bool veraltet);

/// For whom somebody stands in on a day, asked for one step after another.
class Vertretungen {
 public:
  Vertretungen(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person, const base::Datum& heute);
  /// Those whose step of this kind, in an Akte of this unit, he may do.
  [[nodiscard]] std::vector<Person> bei(Schrittart art, std::int64_t organisationseinheit) const;

 private:
  std::vector<std::pair<Person, mandant::Bereich>> alle_{};
};

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

  /// `verzeichnisOf`, made anew only when somebody in it has changed. Ask before the transaction itself changes any.
  [[nodiscard]] std::shared_ptr<const Verzeichnis> verzeichnis(const sql::ReadTx& tx, std::int64_t mandant);

  [[nodiscard]] akte::Schriftgut& schriftgut() { return schriftgut_; }

 private:
  struct Bekannt;
  struct Ort;
  Result<Ort> ortOf(Change& change, const base::Uuid& schritt, const VorgangMit& vorgang) const;
  Result<void> erledige(Change& change, const Berechtigung& wer, const VorgangMit& vorgang, Ort& ort, const Akt& akt,
                        bool erneut, const SchrittHandeln& input);
  Result<Schritte> rowsOf(Change& change, const Berechtigung& wer, const VorgangMit& vorgang, std::string_view zeile);
  akte::Schriftgut& schriftgut_;
  base::Guarded<std::map<std::int64_t, std::shared_ptr<const Bekannt>>> bekannt_{};
};

/// The job that tells those of new steps who want to know at once; asked for when a step comes up.
inline constexpr std::string_view neuesAuftrag = "postkorb.neues";
/// The jobs that tell people by mail what is theirs to do; once a day where mail goes out at all.
void addAuftraege(jobs::Werk& werk, sql::Database& database, const base::Clock& clock, bool mailGeht);

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, Geschaeftsgang& geschaeftsgang);

}  // namespace geschaeftsgang
