#pragma once
// A unit that moves under another, is merged into another, or gives a part of itself to another, as of a day: first
// told, then planned, and done by a job. Signs stay; what changes is who leads the files. The organisation's change is
// one entry of the journal, and each Akte gets one of its own.
#include "akte/schriftgut.h"
#include "jobs/jobs.h"

namespace akte {

enum class Reorganisationsart : std::uint8_t { verschieben, zusammenlegen, teilen };
BOOST_DESCRIBE_ENUM(Reorganisationsart, verschieben, zusammenlegen, teilen)

enum class Reorganisationsstatus : std::uint8_t { geplant, laeuft, fertig, abgesagt, nimmtZurueck, zurueckgenommen };
BOOST_DESCRIBE_ENUM(Reorganisationsstatus, geplant, laeuft, fertig, abgesagt, nimmtZurueck, zurueckgenommen)

struct ReorganisationZeile {
  static constexpr std::string_view tabelle = "reorganisation";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  Reorganisationsart art{};
  std::int64_t einheit = 0;
  OptId ziel{};
  Text stellen{}, eintraege{};  ///< of a part: ids, with commas
  base::Datum stichtag{};
  std::int64_t person = 0;
  Reorganisationsstatus status{};
};
BOOST_DESCRIBE_STRUCT(ReorganisationZeile, (),
                      (mandant, id, uuid, stand, art, einheit, ziel, stellen, eintraege, stichtag, person, status))

/// `ziel`: the unit above (nothing: at the top), the one into which it is merged, or the one that gets the part, which
/// is made before. A part is some Stellen, and the files under some entries of the plan.
struct ReorganisationNeu {
  Reorganisationsart art{};
  base::Uuid einheit{};
  std::optional<base::Uuid> ziel{};
  std::optional<std::vector<base::Uuid>> stellen{}, aktenplaneinheiten{};
  base::Datum stichtag{};
};
BOOST_DESCRIBE_STRUCT(ReorganisationNeu, (), (art, einheit, ziel, stellen, aktenplaneinheiten, stichtag))

/// What would go, of today. Of files only what the person sees is counted.
struct ReorganisationVorschau {
  std::vector<std::string> stellen{}, einheiten{}, zugriffe{}, eintraege{};
  std::vector<std::string> adressen{}, postfaecher{};  ///< mail addresses and mailboxes
  std::int64_t akten = 0, vorgaenge = 0, posteingang = 0;
  bool mehr = false;  ///< there is more that the person does not see
};
BOOST_DESCRIBE_STRUCT(ReorganisationVorschau, (),
                      (stellen, einheiten, zugriffe, eintraege, adressen, postfaecher, akten, vorgaenge, posteingang,
                       mehr))

/// What the way back would do, of today. With anything in `hindernisse` there is none.
struct RuecknahmeVorschau {
  std::vector<std::string> hindernisse{};  ///< German sentences
  std::int64_t zurueck = 0;                ///< objects that go back, of those that the person sees
  std::int64_t bleiben = 0;                ///< that went on to yet another unit: they stay there
  bool mehr = false;                       ///< there is more that the person does not see
};
BOOST_DESCRIBE_STRUCT(RuecknahmeVorschau, (), (hindernisse, zurueck, bleiben, mehr))

class Reorganisation {
 public:
  explicit Reorganisation(Schriftgut& schriftgut) : schriftgut_(schriftgut) {}
  [[nodiscard]] base::Result<ReorganisationVorschau> vorschau(const sql::ReadTx& tx, const Berechtigung& wer,
                                                              base::Zeitpunkt jetzt, const ReorganisationNeu& input);
  [[nodiscard]] base::Result<ReorganisationZeile> plane(Change& change, const Berechtigung& wer,
                                                        const ReorganisationNeu& input);
  /// Until its day comes.
  [[nodiscard]] base::Result<ReorganisationZeile> sageAb(Change& change, const ReorganisationZeile& before);
  [[nodiscard]] RuecknahmeVorschau ruecknahme(const sql::ReadTx& tx, const Berechtigung& wer,
                                              const ReorganisationZeile& row) const;
  /// Takes all of it back: the organisation at once, its files by the job. Refused with the first of what stands
  /// against it.
  [[nodiscard]] base::Result<ReorganisationZeile> nimmZurueck(Change& change, const ReorganisationZeile& before);
  /// The job. What is done is done in steps, so it goes on where it stopped.
  [[nodiscard]] jobs::Ergebnis laufe(jobs::Lauf& lauf);

 private:
  static void bestelle(Change& change, const ReorganisationZeile& row, base::Zeitpunkt ab);
  base::Result<ReorganisationZeile> check(const sql::ReadTx& tx, const Berechtigung& wer, base::Zeitpunkt jetzt,
                                          const ReorganisationNeu& input) const;
  base::Result<void> ordne(Change& change, const ReorganisationZeile& row);
  /// How many were done; 0: nothing is left.
  std::int64_t schritt(sql::WriteTx& tx, const ReorganisationZeile& row);
  /// Gives back what one entry handed over, as far as it lies where that entry left it.
  base::Result<void> gibZurueck(Change& change, const ReorganisationZeile& row, const journal::Eintrag& eintrag);
  std::int64_t schrittZurueck(sql::WriteTx& tx, const ReorganisationZeile& row, std::int64_t nach);
  jobs::Ergebnis laufeZurueck(jobs::Lauf& lauf, const ReorganisationZeile& row);
  base::Result<void> uebergib(Change& change, const ReorganisationZeile& row, const AkteZeile& akte);
  base::Result<void> uebergib(Change& change, const ReorganisationZeile& row, const VorgangZeile& vorgang);
  base::Result<void> uebergib(Change& change, const ReorganisationZeile& row, const DokumentZeile& dokument);

  Schriftgut& schriftgut_;
};

void addReorganisationAuftrag(jobs::Werk& werk, Reorganisation& reorganisation);
void addReorganisationRoutes(http::Routes& routes, mandant::Zugang& zugang, Reorganisation& reorganisation);

}  // namespace akte
