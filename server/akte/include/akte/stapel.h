#pragma once
// Work on many objects at once: told before, done step by step by a job, each object with its own entry in the journal,
// taken back as a whole. What is to be done lies in the tables, so it goes on after a crash where it stopped.
#include "akte/registratur.h"
#include "jobs/jobs.h"

namespace akte {

enum class Handlung : std::uint8_t { ablegen, umschreiben, verschlagworten, zda, stornieren, gliedern };
BOOST_DESCRIBE_ENUM(Handlung, ablegen, umschreiben, verschlagworten, zda, stornieren, gliedern)

enum class StapelStatus : std::uint8_t { laeuft, fertig, nimmtZurueck, zurueckgenommen };
BOOST_DESCRIBE_ENUM(StapelStatus, laeuft, fertig, nimmtZurueck, zurueckgenommen)

enum class ObjektStatus : std::uint8_t { wartet, erledigt, abgelehnt, zurueck };
BOOST_DESCRIBE_ENUM(ObjektStatus, wartet, erledigt, abgelehnt, zurueck)

/// `ziel`: the Vorgang for ablegen, the entry of the plan or the Akte for umschreiben, the Registerblatt for gliedern
/// (none: behind none). `wort`: for verschlagworten.
struct StapelAngaben {
  std::optional<base::Uuid> ziel{};
  std::optional<base::Line<80>> wort{};
};
BOOST_DESCRIBE_STRUCT(StapelAngaben, (), (ziel, wort))

struct StapelObjekt {
  SuchArt art{};
  base::Uuid id{};
};
BOOST_DESCRIBE_STRUCT(StapelObjekt, (), (art, id))

struct StapelNeu {
  Handlung handlung{};
  StapelAngaben angaben{};
  std::vector<StapelObjekt> objekte{};
};
BOOST_DESCRIBE_STRUCT(StapelNeu, (), (handlung, angaben, objekte))

/// Technical, outside the journal.
struct StapelZeile {
  static constexpr std::string_view tabelle = "stapel";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t person = 0;
  Handlung handlung{};
  Text angaben{};
  StapelStatus status{};
  base::Zeitpunkt angelegt{};
  std::int64_t gesamt = 0;
};
BOOST_DESCRIBE_STRUCT(StapelZeile, (), (mandant, id, uuid, person, handlung, angaben, status, angelegt, gesamt))

struct StapelPlatz {
  std::int64_t platz = 0;
  Text objektArt{};
  std::int64_t objekt = 0;
  ObjektStatus status{};
  OptText hinweis{};
  OptId eintrag{};
};
BOOST_DESCRIBE_STRUCT(StapelPlatz, (), (platz, objektArt, objekt, status, hinweis, eintrag))

/// What would become of one object.
struct StapelVorschau {
  SuchArt art{};
  base::Uuid id{};
  std::string zeichen{}, betreff{};
  bool geht = false;
  OptText hinweis{};
};
BOOST_DESCRIBE_STRUCT(StapelVorschau, (), (art, id, zeichen, betreff, geht, hinweis))

class Stapel {
 public:
  Stapel(Schriftgut& schriftgut, Umfeld& umfeld) : schriftgut_(schriftgut), umfeld_(umfeld) {}

  /// Tries everything and writes nothing. Objects that the person does not see are left out.
  [[nodiscard]] base::Result<std::vector<StapelVorschau>> vorschau(std::int64_t mandant, std::int64_t person,
                                                                   const StapelNeu& input);
  /// Notes what is to be done, with its job, in the caller's transaction. At most 10,000 objects; unknown ones are
  /// refused.
  [[nodiscard]] base::Result<StapelZeile> stelleEin(Change& change, const Berechtigung& wer, const StapelNeu& input);
  /// Does the next `hoechstens` objects in one transaction, with the rights that the person has now. Gives how many are
  /// still to be done; 0 ends it.
  std::int64_t schritt(std::int64_t mandant, std::int64_t stapel, std::int64_t hoechstens);
  /// From now on the steps take back what was done, newest first.
  [[nodiscard]] base::Result<StapelZeile> nimmZurueck(Change& change, const Berechtigung& wer, std::int64_t stapel);
  /// The job: all steps, until it is to stop.
  [[nodiscard]] jobs::Ergebnis laufe(jobs::Lauf& lauf);

 private:
  base::Result<void> tu(Change& change, const Berechtigung& wer, Handlung handlung, const StapelAngaben& angaben,
                        const Objekt& objekt);
  base::Result<void> zurueck(Change& change, const Berechtigung& wer, Handlung handlung, const Objekt& objekt,
                             std::int64_t eintrag);

  Schriftgut& schriftgut_;
  Umfeld& umfeld_;
};

/// One's own; NichtGefunden for those of others.
[[nodiscard]] base::Result<StapelZeile> findStapel(const sql::ReadTx& tx, const Berechtigung& wer, std::int64_t id);

void addStapelAuftrag(jobs::Werk& werk, Stapel& stapel);
void addStapelRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut, Stapel& stapel);

}  // namespace akte
