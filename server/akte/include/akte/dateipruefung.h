#pragma once
// Reads the files of a tenant again, some each hour, so that all are read in the course of days: what is damaged is
// found before somebody needs it, mended from the second store where there is one, and shown to the administrator.
#include <atomic>

#include "blob/store.h"
#include "jobs/jobs.h"
#include "mandant/zugang.h"

namespace akte {

/// How far the reading of a tenant's files is.
struct DateipruefungZeile {
  static constexpr std::string_view tabelle = "dateipruefung";
  std::int64_t mandant = 0, stelle = 0;
  base::Zeitpunkt rundeSeit{};
  std::int64_t gelesen = 0;
  std::optional<base::Zeitpunkt> vollstaendig{};
  base::Zeitpunkt zuletzt{};
};
BOOST_DESCRIBE_STRUCT(DateipruefungZeile, (), (mandant, stelle, rundeSeit, gelesen, vollstaendig, zuletzt))

struct DateischadenZeile {
  static constexpr std::string_view tabelle = "dateischaden";
  std::int64_t mandant = 0;
  std::string sha256{}, schaden{};
  base::Zeitpunkt entdeckt{};
  std::optional<base::Zeitpunkt> behoben{};
};
BOOST_DESCRIBE_STRUCT(DateischadenZeile, (), (mandant, sha256, schaden, entdeckt, behoben))

struct Pruefplan {
  std::int64_t stunden = 7 * 24;  ///< in which all files are read once
  bool zweitspeicher = false;     ///< there is one to mend from
};

class Dateipruefung {
 public:
  Dateipruefung(sql::Database& database, blob::Store& blobs, const base::Clock& clock, Pruefplan plan)
      : database_(database), blobs_(blobs), clock_(clock), plan_(plan) {}

  /// The kind of job: the next share, or all where it is asked for.
  [[nodiscard]] jobs::Art art();
  static constexpr std::string_view artName = "dateien.pruefen";
  static constexpr std::string_view planName = "dateien.pruefen";  ///< of the share that comes by itself
  /// Reads all files of a tenant now. Gives what it found, whole again or not.
  std::vector<DateischadenZeile> alles(std::int64_t mandant);
  /// Damaged files that are not mended, of all tenants.
  [[nodiscard]] std::int64_t offen(const std::vector<std::int64_t>& mandanten);
  /// Files read since the program started.
  [[nodiscard]] std::uint64_t gelesen() const { return gelesen_; }

  [[nodiscard]] const Pruefplan& plan() const { return plan_; }
  /// How many places there are for `stelle`.
  static constexpr std::int64_t stellen = std::int64_t{1} << 32;

 private:
  struct Strecke {
    std::int64_t von = 0, bis = stellen;
  };
  using Weiter = std::function<bool(std::size_t done, std::size_t all)>;
  jobs::Ergebnis laufe(jobs::Lauf& lauf);
  /// Reads the files of a stretch, this many bytes a second (0: as fast as it goes), and notes damage; false when
  /// `weiter` said to stop.
  bool lies(std::int64_t mandant, Strecke strecke, double bytesProSekunde, const Weiter& weiter,
            std::vector<DateischadenZeile>& gefunden);
  void merke(sql::WriteTx& tx, std::int64_t mandant, Strecke strecke, base::Zeitpunkt jetzt, std::int64_t anzahl);
  [[nodiscard]] Strecke naechste(std::int64_t mandant, base::Zeitpunkt jetzt);

  sql::Database& database_;
  blob::Store& blobs_;
  const base::Clock& clock_;
  Pruefplan plan_;
  std::atomic<std::uint64_t> gelesen_ = 0;
};

void addDateipruefungRoutes(http::Routes& routes, mandant::Zugang& zugang, Dateipruefung& pruefung);

}  // namespace akte
