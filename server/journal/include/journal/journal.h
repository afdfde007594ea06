#pragma once
// The journal is the only way to write what has legal weight: each change is one entry with the old and new values of
// every row that it touched, hash-chained per Akte, and per tenant for the rest. Replaying it gives the tables again.
#include <map>
#include <optional>
#include <set>
#include <span>

#include "sql/database.h"

namespace journal {

/// Who acts, and on whose behalf (both are shown, invariant I9). 0 is the system itself.
struct Handelnder {
  std::int64_t person = 0;
  std::int64_t fuer = 0;
};

/// One entry as it is stored. `kette` is the Akte's id, or 0 for the tenant's own chain.
struct Eintrag {
  static constexpr std::string_view tabelle = "journal";
  std::int64_t mandant = 0;
  std::int64_t nr = 0;
  std::int64_t kette = 0;
  base::Zeitpunkt zeit{};
  std::int64_t person = 0;
  std::int64_t fuer = 0;
  std::string aktion{};     ///< stable key such as "vorgang.angelegt"
  std::string objektArt{};  ///< table of the object that the entry is about
  std::int64_t objekt = 0;
  std::int64_t oberobjekt = 0;  ///< whose history shows the entry too: the Vorgang of a Dokument; 0 for none
  std::string aenderungen{};    ///< JSON: [{"t":table,"id":n,"alt":{…},"neu":{…}}]
  std::string vorher{};         ///< hash of the entry before it in its chain; empty for the first
  std::string hash{};
};
BOOST_DESCRIBE_STRUCT(Eintrag, (),
                      (mandant, nr, kette, zeit, person, fuer, aktion, objektArt, objekt, oberobjekt, aenderungen,
                       vorher, hash))

/// SHA-256 over all fields of the entry but `hash` itself.
[[nodiscard]] std::string hashOf(const Eintrag& eintrag);

/// What an entry is about; set by the use case before it returns.
struct Betreff {
  std::string_view aktion;
  std::string_view objektArt;
  std::int64_t objekt = 0;
  std::int64_t kette = 0;
  std::int64_t oberobjekt = 0;
};

/// A row that a change touched: made, changed or removed.
struct Beruehrt {
  std::string tabelle{};
  std::int64_t id = 0;
  bool neu = false, weg = false;
  /// What stood in the columns that it changed, of those that hold numbers; nothing for NULL.
  std::map<std::string, std::optional<std::int64_t>, std::less<>> vorher{};
};

/// The entry with this number.
[[nodiscard]] std::optional<Eintrag> entry(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t nr);

/// The rows that an entry wrote, in its order.
[[nodiscard]] std::vector<Beruehrt> rowsOf(const Eintrag& eintrag);

/// The rows of an entry that no longer are as it left them: what stands against `Change::takeBack`. Rows of the tables
/// in `bleibend` are not asked about.
[[nodiscard]] std::vector<Beruehrt> geaendertSeit(const sql::ReadTx& tx, const Eintrag& eintrag,
                                                  const std::vector<const sql::Table*>& tables,
                                                  std::span<const std::string_view> bleibend);

/// A change in the making: the rows that it touches, and what it is about.
class Change {
 public:
  Change(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt zeit) : tx_(tx), mandant_(mandant), zeit_(zeit) {}
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  [[nodiscard]] sql::WriteTx& tx() { return tx_; }
  [[nodiscard]] std::int64_t mandant() const { return mandant_; }
  [[nodiscard]] base::Zeitpunkt zeit() const { return zeit_; }
  [[nodiscard]] base::Uuid newUuid() const { return base::Uuid::make(zeit_.millis()); }

  void by(Handelnder wer) { wer_ = wer; }
  void about(const Betreff& betreff) { betreff_ = betreff; }

  /// Gives the row its tenant and a new id, and writes it.
  template <base::DescribedStruct Row>
  void insert(Row& row) {
    row.mandant = mandant_;
    row.id = nextId();
    insertRow(sql::tableOf<Row>(), sql::valuesOf(row));
  }
  /// Writes the columns in which `after` differs; the row's `stand`, if it has one, goes up by one.
  template <base::DescribedStruct Row>
  void update(const Row& before, Row& after) {
    if constexpr (requires { after.stand; }) after.stand = before.stand + 1;
    updateRow(sql::tableOf<Row>(), sql::valuesOf(before), sql::valuesOf(after));
  }
  template <base::DescribedStruct Row>
  void erase(const Row& row) {
    eraseRow(sql::tableOf<Row>(), sql::valuesOf(row));
  }
  /// Takes back what an earlier entry wrote, last row first; a row goes on with its next `stand`. Rows of the tables in
  /// `bleibend` (counters, signs that must not be given again) stay as they are. Konflikt when a row is no longer as
  /// the entry left it. Gives the rows that it touched; what refers to a row that goes is for the caller to ask before.
  base::Result<std::vector<Beruehrt>> takeBack(const Eintrag& eintrag, const std::vector<const sql::Table*>& tables,
                                               std::span<const std::string_view> bleibend);
  /// The number that the entry will have, if anything is written. Writers of a tenant go one after the other.
  [[nodiscard]] std::int64_t nr() const;
  /// Removes a row for good (a lawful deletion). What its columns say goes from this entry and from every earlier one
  /// too; keys, signs and states stay, so chains, replay and check hold (docs/decisions/0018).
  void expunge(const sql::Table& table, std::int64_t id);
  /// Whether anything was written; a change without rows leaves no entry.
  [[nodiscard]] bool empty() const { return aenderungen_.empty(); }

 private:
  friend class Journal;
  /// The first one of a change takes the counter, which keeps other writers of the tenant waiting; `seal` writes it
  /// back.
  std::int64_t nextId();
  void insertRow(const sql::Table& table, std::vector<sql::Value> values);
  void updateRow(const sql::Table& table, const std::vector<sql::Value>& before, const std::vector<sql::Value>& after);
  void eraseRow(const sql::Table& table, const std::vector<sql::Value>& values);
  void note(const sql::Table& table, std::int64_t id, const std::string& alt, const std::string& neu);
  /// Takes the content of expunged rows out of earlier entries; notes old and new hash of each.
  void redact();
  /// Writes the entry and moves the chain's head.
  void seal();

  sql::WriteTx& tx_;
  std::int64_t mandant_;
  base::Zeitpunkt zeit_;
  Handelnder wer_{};
  Betreff betreff_{};
  std::string aenderungen_;
  std::int64_t taken_ = 0, last_ = 0;  ///< keys: the one that the counter stands at, and the last that was given
  std::set<std::pair<std::string, std::int64_t>> expunged_;
};

class Journal {
 public:
  Journal(sql::Database& database, const base::Clock& clock) : database_(database), clock_(clock) {}

  /// Runs `f(Change&)` in a transaction and writes exactly one entry for it. `f` may run more than once. When it
  /// returns a Result without a value, nothing is written.
  template <typename F>
  auto change(std::int64_t mandant, F&& f) {
    return database_.write(mandant, [&](sql::WriteTx& tx) { return run(tx, mandant, f); });
  }

  /// One of several changes that commit together (group commit of an import), each with its entry. One that is refused
  /// leaves nothing, and the others stand.
  template <typename F>
  auto one(sql::WriteTx& tx, std::int64_t mandant, F&& f) {
    return tx.attempt([&] { return run(tx, mandant, f); });
  }

  /// The same for a caller who gives up the whole transaction when one is refused.
  template <typename F>
  auto oneOfAll(sql::WriteTx& tx, std::int64_t mandant, F&& f) {
    return run(tx, mandant, f);
  }

  [[nodiscard]] sql::Database& database() { return database_; }
  [[nodiscard]] const base::Clock& clock() const { return clock_; }

 private:
  template <typename F>
  auto run(sql::WriteTx& tx, std::int64_t mandant, F&& f) {
    Change change(tx, mandant, clock_.now());
    auto result = f(change);
    if (result && !change.empty()) change.seal();
    return result;
  }

  sql::Database& database_;
  const base::Clock& clock_;
};

/// The history of one object, newest first: entries about it and about what lies directly in it. For an Akte give its
/// id as `kette` and the whole chain is its history. `before` is the number to go on below, 0 for the newest.
[[nodiscard]] std::vector<Eintrag> history(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t objekt,
                                           std::int64_t kette, std::int64_t before, std::int64_t limit);

/// Applies every entry of a tenant, in order, to tables that are empty.
void replay(const sql::ReadTx& from, sql::WriteTx& into, std::int64_t mandant,
            const std::vector<const sql::Table*>& tables);

/// What is wrong, in German sentences; empty when all is well. Checks that numbers have no gap, that each chain holds
/// and ends where its head says, and that every row is what the journal last wrote.
[[nodiscard]] std::vector<std::string> check(const sql::ReadTx& tx, std::int64_t mandant,
                                             const std::vector<const sql::Table*>& tables);

}  // namespace journal
