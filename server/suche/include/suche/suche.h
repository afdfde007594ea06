#pragma once
// Search: the index in the transaction of the write, the question with the rights inside, and suggestions while typing.
#include "akte/ausgabe.h"
#include "jobs/jobs.h"
#include "suche/bestand.h"
#include "suche/wortschatz.h"
#include "text/analyser.h"
#include "text/query.h"
#include "text/terms.h"

namespace suche {

using mandant::Berechtigung;

class Index : public akte::SuchIndex {
 public:
  void refresh(sql::WriteTx& tx, std::int64_t mandant, akte::SuchArt art, std::int64_t id) override;
  void add(sql::WriteTx& tx, const akte::DokumentZeile& dokument, const akte::VersionZeile& version,
           const akte::VolltextZeile& text) override;
  void remove(sql::WriteTx& tx, std::int64_t mandant, std::int64_t id) override;
  /// Takes all of a tenant that goes out of the full-text tables; its rows of other tables stay for who removes it.
  static void vergiss(sql::WriteTx& tx, std::int64_t mandant);
  /// Throws the whole index away and makes it anew from the tables, for these tenants, which must be all. Returns how
  /// many objects it holds. Searches meanwhile find what is there already.
  std::int64_t rebuild(sql::Database& database, const std::vector<std::int64_t>& mandanten);
  /// What the index is made of. Count it up when the analyser, or what is indexed, changes: servers then make a new
  /// one.
  static constexpr std::int64_t fassung = 100 * text::analyserVersion + 4;
  /// Whether a tenant's index was made by another Fassung, or not to its end.
  [[nodiscard]] static bool veraltet(const sql::ReadTx& tx, std::int64_t mandant);

  /// What a change puts into the full-text tables of SQLite, and by how much it changes the vocabulary.
  struct Worte {
    std::vector<sql::Query> volltext{};
    Wortzahlen zahlen{};
  };

 protected:
  using Sammeln = std::function<void(Worte&)>;
  /// Writes what `sammeln` gathers.
  virtual void schreibe(sql::WriteTx& tx, std::int64_t mandant, const Sammeln& sammeln);
  /// The terms of a text.
  virtual text::Terms zerlegen(const std::string& text);
  /// Whether another program made the index.
  [[nodiscard]] virtual bool fremd(const sql::ReadTx& tx, std::int64_t mandant);
};

/// The terms of texts, made before the transaction that indexes them.
class Gelesen {
 public:
  void add(const std::string& text);
  /// Gives them away: a text is indexed once.
  [[nodiscard]] std::optional<text::Terms> take(const std::string& text);

 private:
  std::unordered_map<std::string, text::Terms> terms_;  ///< by SHA-256 of the text
};

/// An index for transactions that write many Dokumente, one at a time: full text and vocabulary are written at its end
/// together. FTS5 writes out what it holds at every savepoint, and statements make savepoints too, so one after the
/// other costs twice the time. A transaction that takes back some of its changes (WriteTx::attempt) must give up as a
/// whole.
class Stapelindex : public Index {
 public:
  /// Forgets what a transaction that is run again had gathered.
  void beginnen() {
    worte_ = {};
    gelesen_ = nullptr;
    fremd_.reset();
  }
  /// The terms of the texts that come next, as far as they were made before.
  void gelesen(Gelesen* gelesen) { gelesen_ = gelesen; }
  /// The last act of the transaction.
  void abschliessen(sql::WriteTx& tx, std::int64_t mandant);

 protected:
  void schreibe(sql::WriteTx& tx, std::int64_t mandant, const Sammeln& sammeln) override;
  text::Terms zerlegen(const std::string& text) override;
  [[nodiscard]] bool fremd(const sql::ReadTx& tx, std::int64_t mandant) override;

 private:
  Worte worte_;
  std::optional<bool> fremd_;
  Gelesen* gelesen_ = nullptr;
};

/// What is wrong with the index, in German sentences: rows that are missing, too many, or not as the tables say.
[[nodiscard]] std::vector<std::string> check(const sql::ReadTx& tx, std::int64_t mandant);

enum class Ordnung : std::uint8_t { relevanz, datum };
BOOST_DESCRIBE_ENUM(Ordnung, relevanz, datum)

struct Treffer {
  std::int64_t dokument = 0;
  std::int64_t wert = 0;  ///< BM25 times a million, or the day (20251127); 0 = found, but too old to be ranked
};
BOOST_DESCRIBE_STRUCT(Treffer, (), (dokument, wert))

struct Anfrage {
  text::Query query{};
  Ordnung ordnung = Ordnung::relevanz;
  std::int64_t limit = 20;
  std::optional<Treffer> nach{};  ///< the last hit of the page before
  std::int64_t ab = 0;            ///< only Dokumente that are newer than this one
  bool facetten = false;
  bool nachsicht = false;  ///< where little is found, look for near words too (wortschatz.h)
};

/// A value that hits have, and how many of them.
struct FacettenWert {
  std::int64_t schluessel = 0;  ///< dokumentart 1 to 3; a year; a Begriff; an Akte, a unit
  std::int64_t anzahl = 0;
};
/// The most frequent values, most frequent first. Counts are exact: of all hits that the person may see and for which
/// all other fields hold.
struct Facetten {
  /// Units all, and each without those below it.
  std::vector<FacettenWert> dokumentart{}, format{}, jahr{}, einheit{}, absender{}, akte{};
};

struct Ergebnis {
  std::vector<Treffer> treffer{};
  std::int64_t anzahl = 0;    ///< exact, of what the person may see
  std::int64_t bewertet = 0;  ///< how many of them were ranked: all, or the newest
  bool mehr = false;          ///< there are hits after these
  Facetten facetten{};
  std::vector<Treffer> aehnliche{};         ///< found by near words only, at most a page; they stand after the others
  std::int64_t anzahlAehnliche = 0;         ///< exact, as `anzahl`
  std::vector<std::string> auchGefunden{};  ///< the near words
  text::Query weit{};                       ///< the question with them
  std::vector<text::Hint> hinweise{};       ///< beside those of the query
};

/// The newest hits up to this many are ranked by their words; older ones come after them, newest first. Ranking costs
/// ten times what finding costs.
inline constexpr std::size_t mostRanked = 20'000;

/// Dokumente for a question, best first. One pass finds, counts, asks the rights and ranks. Both engines find the same.
[[nodiscard]] Ergebnis find(const sql::ReadTx& tx, const Berechtigung& wer, Bestand& bestand, const Anfrage& anfrage);
/// The same for programs that ask once; reads all rows of the tenant.
[[nodiscard]] Ergebnis find(const sql::ReadTx& tx, const Berechtigung& wer, const text::Query& query,
                            std::int64_t limit, std::int64_t offset);

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, Bestand& bestand, const base::Clock& clock);
/// The kind of job that tells people, once a day, what is new to the searches that they keep.
void addAuftraege(jobs::Werk& werk, sql::Database& database, Bestand& bestand, const base::Clock& clock);

}  // namespace suche
