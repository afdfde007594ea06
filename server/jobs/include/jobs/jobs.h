#pragma once
// Work in the background (Auftrag): a row that commits with the change that asks for it, so none is lost and none is
// run for a change that did not happen.
//
//   stelleEin ──► wartet ──lease──► laeuft ──handler says so──► erledigt
//                  ▲  │               │ ├─ refused for good, or attempts used up ──► gescheitert ──wiederholen──►
//                  wartet │  └─abbrechen─┐   │ └─ asked to stop (abbruch) ──► abgebrochen │              ▼   │ │
//                  abgebrochen └── failed, after a pause that grows ─┤ └── lease ran out (process killed) ───┘  the
//                  attempt counts
//
// Any number of processes may work on one database: a job is leased with one statement, and the writers of a tenant go
// one after the other on both engines. What a handler writes commits together with its end when it calls
// `Lauf::abschliessen` in that transaction; a worker that lost its lease meanwhile cannot.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>

#include "base/json.h"
#include "sql/database.h"

namespace jobs {

enum class Auftragsstatus : std::uint8_t { wartet, laeuft, erledigt, gescheitert, abgebrochen };
BOOST_DESCRIBE_ENUM(Auftragsstatus, wartet, laeuft, erledigt, gescheitert, abgebrochen)

/// A job as it is stored. A technical table: it is not in the journal.
struct AuftragZeile {
  static constexpr std::string_view tabelle = "auftrag";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::string art{};
  std::int64_t fassung = 1;  ///< of the payload
  std::string nutzlast{};    ///< JSON object
  std::optional<std::string> schluessel{};
  Auftragsstatus status = Auftragsstatus::wartet;
  std::int64_t vorrang = 0;  ///< higher goes first
  std::int64_t versuch = 0;  ///< attempts begun
  base::Zeitpunkt ab{};      ///< not before
  std::optional<std::string> pacht{};
  std::optional<base::Zeitpunkt> pachtBis{};
  bool abbruch = false;
  std::int64_t fortschritt = 0, gesamt = 0;
  std::string hinweis{};  ///< where it is, or why it failed; shown to the administrator, so it names no content
  std::int64_t person = 0;
  std::optional<base::Uuid> objekt{};
  base::Zeitpunkt angelegt{};
  std::optional<base::Zeitpunkt> begonnen{}, beendet{};
};
BOOST_DESCRIBE_STRUCT(AuftragZeile, (),
                      (mandant, id, uuid, art, fassung, nutzlast, schluessel, status, vorrang, versuch, ab, pacht,
                       pachtBis, abbruch, fortschritt, gesamt, hinweis, person, objekt, angelegt, begonnen, beendet))

struct Neu {
  std::string_view art{};
  std::int64_t fassung = 1;
  std::string nutzlast = "{}";  ///< JSON object; base::toJson of a described struct
  /// While a job with this key waits, asking again asks for nothing more. One that runs already may have read too
  /// early, so it does not count.
  std::optional<std::string> schluessel{};
  std::int64_t vorrang = 0;
  std::optional<base::Zeitpunkt> ab{};  ///< default now
  std::int64_t person = 0;              ///< whom its progress is shown to
  std::optional<base::Uuid> objekt{};   ///< what it is about, so that the object's screen finds it
};

/// Puts a job into the transaction that asks for it. Gives its name: of the one that waits already, if there is one.
base::Uuid stelleEin(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, const Neu& neu);

/// A recurring job, named by its key: every `sekunden` from `zuerst` on. Set again, it changes; its next time stays
/// unless the interval differs. While one of its jobs is open, no second one is made.
void plane(sql::WriteTx& tx, std::int64_t mandant, std::string_view schluessel, std::string_view art,
           std::string_view nutzlast, std::int64_t sekunden, base::Zeitpunkt zuerst);
void planeAb(sql::WriteTx& tx, std::int64_t mandant, std::string_view schluessel);
/// When the recurring job of this key is made next; nothing where there is none.
[[nodiscard]] std::optional<base::Zeitpunkt> naechster(const sql::ReadTx& tx, std::int64_t mandant,
                                                       std::string_view schluessel);

/// One run of a job, as its handler sees it. All calls are outside of transactions but `abschliessen`.
class Lauf {
 public:
  [[nodiscard]] const AuftragZeile& auftrag() const { return auftrag_; }
  [[nodiscard]] std::int64_t mandant() const { return auftrag_.mandant; }
  template <typename T>
  [[nodiscard]] base::Result<T> nutzlast() const {
    return base::readJson<T>(auftrag_.nutzlast);
  }
  /// Notes how far it is and keeps the lease. False = stop soon: somebody cancelled it, the server stops, or the lease
  /// is gone. A handler that stops returns without a value of any kind mattering.
  [[nodiscard]] bool fortschritt(std::int64_t erledigt, std::int64_t gesamt, std::string_view hinweis = {});
  [[nodiscard]] bool weiter();  ///< the same question without a note
  /// Ends the job in the handler's own transaction, so that its effect and its end are one. Throws where the lease is
  /// lost, so that the transaction rolls back.
  void abschliessen(sql::WriteTx& tx);

 private:
  friend class Werk;
  Lauf(sql::Database& database, const base::Clock& clock, AuftragZeile auftrag, std::int64_t pachtSekunden,
       std::function<bool()> haelt)
      : database_(database),
        clock_(clock),
        auftrag_(std::move(auftrag)),
        pachtSekunden_(pachtSekunden),
        haelt_(std::move(haelt)) {}
  sql::Database& database_;
  const base::Clock& clock_;
  AuftragZeile auftrag_;
  std::int64_t pachtSekunden_;
  std::function<bool()> haelt_;
  bool angehalten_ = false;  ///< it was told to stop
};

/// What a handler gives: done, or why not. `endgueltig` asks for no further attempt.
struct Misserfolg {
  std::string grund{};
  bool endgueltig = false;
};
using Ergebnis = tl::expected<void, Misserfolg>;
[[nodiscard]] inline tl::unexpected<Misserfolg> spaeter(std::string grund) {
  return tl::unexpected<Misserfolg>({std::move(grund), false});
}
[[nodiscard]] inline tl::unexpected<Misserfolg> nie(std::string grund) {
  return tl::unexpected<Misserfolg>({std::move(grund), true});
}
/// A refusal of the program's own rules does not become better by waiting.
[[nodiscard]] tl::unexpected<Misserfolg> nie(const base::Error& error);

struct Art {
  std::string name{};
  std::string bezeichnungDe{}, bezeichnungEn{};  ///< as the administrator reads it
  std::function<Ergebnis(Lauf&)> ausfuehren{};
  std::int64_t fassung = 1;  ///< the newest payload that it understands; newer ones are left to newer servers
  std::int64_t versuche = 8;
  std::int64_t erstePause = 10;  ///< seconds; four times as long each time
  std::int64_t laengstePause = 6 * 3600;
  std::int64_t pachtSekunden = 120;
};

/// The workers over one database. Kinds are registered before `start`.
class Werk {
 public:
  Werk(sql::Database& database, const base::Clock& clock);
  ~Werk();
  Werk(const Werk&) = delete;
  Werk& operator=(const Werk&) = delete;

  void art(Art art);
  [[nodiscard]] const std::map<std::string, Art, std::less<>>& arten() const { return arten_; }
  /// A recurring job that every tenant has, those to come as well. `tenants` names them.
  void fuerJedenMandanten(std::string schluessel, std::string art, std::int64_t sekunden);
  void mandanten(std::function<std::vector<std::int64_t>()> list) { mandanten_ = std::move(list); }
  /// Told of each attempt that failed: kind and reason, for the log.
  void beobachter(std::function<void(const AuftragZeile&, const std::string&)> f) { beobachter_ = std::move(f); }

  /// Starts threads; each looks for due work every `takt`.
  void start(unsigned threads, std::chrono::milliseconds takt = std::chrono::milliseconds(200));
  /// Lets running handlers come to a point where they stop, then gives their jobs back without counting the attempt.
  void stop();
  /// Runs what is due now, and what that asks for, on this thread; gives how many runs there were. For tests and
  /// commands.
  std::size_t leeren();
  /// Makes the recurring jobs of tenants that lack them.
  void planen();

 private:
  struct Plan {
    std::string schluessel, art;
    std::int64_t sekunden;
  };
  [[nodiscard]] std::vector<std::int64_t> faellige();
  [[nodiscard]] std::optional<AuftragZeile> pachte(std::int64_t mandant);
  void fuehreAus(AuftragZeile auftrag);
  void beende(const AuftragZeile& auftrag, const Art& art, bool angehalten, const Ergebnis& ergebnis);
  /// True when it ran something.
  bool einmal();
  void arbeite(std::chrono::milliseconds takt);
  void haltePachten();

  sql::Database& database_;
  const base::Clock& clock_;
  std::map<std::string, Art, std::less<>> arten_;
  std::vector<Plan> plaene_;
  std::function<std::vector<std::int64_t>()> mandanten_;
  std::function<void(const AuftragZeile&, const std::string&)> beobachter_;
  std::mutex mutex_;
  std::condition_variable geweckt_;
  bool haelt_ = false;
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> pachten_;  ///< lease -> tenant, seconds
  std::vector<std::thread> threads_;
};

// ---- for the administrator
// ------------------------------------------------------------------------------------------------

struct Filter {
  std::optional<Auftragsstatus> status{};
  std::optional<std::string> art{};
  std::optional<std::int64_t> person{};
  std::optional<base::Uuid> objekt{};
  std::int64_t vor = 0;  ///< rows with smaller ids only; 0 = from the newest
  std::int64_t limit = 100;
};
[[nodiscard]] std::vector<AuftragZeile> liste(const sql::ReadTx& tx, std::int64_t mandant, const Filter& filter);
[[nodiscard]] std::optional<AuftragZeile> finde(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid);
/// A failed or cancelled job waits again, with all its attempts.
[[nodiscard]] base::Result<AuftragZeile> wiederhole(sql::WriteTx& tx, std::int64_t mandant, const base::Uuid& uuid,
                                                    base::Zeitpunkt jetzt);
/// One that waits ends now; one that runs is asked to stop.
[[nodiscard]] base::Result<AuftragZeile> brichAb(sql::WriteTx& tx, std::int64_t mandant, const base::Uuid& uuid,
                                                 base::Zeitpunkt jetzt);
/// Removes ended jobs: done and cancelled ones from before `erledigtVor`, failed ones from before `gescheitertVor`.
std::int64_t raeumeAuf(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt erledigtVor,
                       base::Zeitpunkt gescheitertVor);

}  // namespace jobs
