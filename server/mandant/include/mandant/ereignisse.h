#pragma once
// Tells open windows that something of theirs has changed, never what: they ask again, as whoever they are. What
// changed is read from the end of the journal, so any number of servers on one database see the same, and nobody writes
// for it.
#include <condition_variable>
#include <thread>

#include "base/guarded.h"
#include "http/message.h"
#include "journal/journal.h"
#include "mandant/rechte.h"

namespace mandant {

enum class Ereignis : std::uint8_t { postkorb, posteingang, abonnement };
BOOST_DESCRIBE_ENUM(Ereignis, postkorb, posteingang, abonnement)

/// Who of a tenant listens, and what they are to be told.
class Hoererschaft {
 public:
  explicit Hoererschaft(std::map<std::int64_t, Berechtigung> leute) : leute_(std::move(leute)) {}
  /// By person.
  [[nodiscard]] const std::map<std::int64_t, Berechtigung>& leute() const { return leute_; }
  [[nodiscard]] bool hoert(std::int64_t person) const { return leute_.contains(person); }
  void melde(std::int64_t person, Ereignis ereignis) { gemeldet_.emplace(person, ereignis); }
  void meldeAllen(Ereignis ereignis) {
    for (const auto& [person, wer] : leute_) melde(person, ereignis);
  }
  [[nodiscard]] const std::set<std::pair<std::int64_t, Ereignis>>& gemeldet() const { return gemeldet_; }

 private:
  std::map<std::int64_t, Berechtigung> leute_;
  std::set<std::pair<std::int64_t, Ereignis>> gemeldet_{};
};

class Ereignisse {
 public:
  /// New entries, and the rows that they wrote.
  struct Neues {
    std::vector<journal::Eintrag> eintraege{};
    std::vector<journal::Beruehrt> zeilen{};
  };
  /// What this means for those who listen. It must not tell a person of what he may not see.
  using Deuter = std::function<void(const sql::ReadTx&, std::int64_t mandant, const Neues&, const base::Datum& heute,
                                    Hoererschaft&)>;

  Ereignisse(sql::Database& database, const base::Clock& clock) : database_(database), clock_(clock) {}
  ~Ereignisse() { stop(); }
  Ereignisse(const Ereignisse&) = delete;
  Ereignisse& operator=(const Ereignisse&) = delete;

  /// Before start().
  void deuter(Deuter deuter) { deuter_.push_back(std::move(deuter)); }
  /// One thread looks for all who listen, and rests while nobody does.
  void start();
  void stop();

  /// A stream for this session; refused when it has too many.
  [[nodiscard]] base::Result<std::shared_ptr<http::EventStream>> hoere(const Berechtigung& wer);
  /// Ends the streams of this session, or all of the person. Those on other servers end by themselves soon after.
  void beende(const Berechtigung& wer, bool everywhere);
  /// Looks once at all that is new.
  void schau();

 private:
  struct Hoerer {
    Berechtigung wer{};
    std::weak_ptr<http::EventStream> strom{};
  };
  struct Stadt {
    std::vector<Hoerer> hoerer{};
    std::int64_t gesehen = 0;  ///< number of the last entry that was looked at
    base::Datum tag{};
  };
  using Staedte = std::map<std::int64_t, Stadt>;

  void schau(std::int64_t mandant, bool sitzungen);
  void raeumeAuf();

  sql::Database& database_;
  const base::Clock& clock_;
  std::vector<Deuter> deuter_{};
  base::Guarded<Staedte> staedte_{};
  std::condition_variable geaendert_{};
  bool haelt_ = false;  ///< under the lock of `staedte_`
  std::chrono::steady_clock::time_point sitzungenGeprueft_{};
  std::jthread faden_{};
};

}  // namespace mandant
