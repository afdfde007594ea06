#include <algorithm>
#include <cmath>

#include "auswahl.h"
#include "suche/wortschatz.h"
#include "zaehlung.h"

namespace suche {
namespace {

/// PostgreSQL ranks this many: it costs seven times what it costs FTS5.
constexpr std::size_t mostRankedPostgres = 3'000;
constexpr std::int64_t objectsOfOne = std::int64_t{1} << 40;

/// What was found, object by object, newest first: who may see it, what it counts for.
class Durchgang {
 public:
  Durchgang(const Sicht& sicht, const Auswahl& auswahl, bool facetten) : sicht_(sicht), auswahl_(auswahl) {
    if (facetten) zaehlung_.emplace(sicht);
  }

  /// True for a hit.
  bool offer(std::int64_t objekt) {
    const auto* row = sicht_.spalten->find(objekt);
    return row != nullptr && offer(objekt, *row);
  }
  bool offer(std::int64_t objekt, const Eigenschaften& row) {
    if (row.art != 2) return false;
    const auto fails = auswahl_.fails(objekt, row);
    if (zaehlung_) zaehlung_->count(row, fails);
    if (fails == 0) hits.push_back(objekt);
    return fails == 0;
  }
  [[nodiscard]] bool isHit(std::int64_t objekt, const Eigenschaften& row) const {
    return row.art == 2 && auswahl_.fails(objekt, row) == 0;
  }
  [[nodiscard]] Facetten facetten() const { return zaehlung_ ? zaehlung_->facetten() : Facetten{}; }

  std::vector<std::int64_t> hits{};  ///< newest first
  std::vector<Treffer> ranked{};     ///< of the newest hits

 private:
  const Sicht& sicht_;
  const Auswahl& auswahl_;
  std::optional<Zaehlung> zaehlung_{};
};

/// One question to one engine.
class Maschine {
 public:
  Maschine(const sql::ReadTx& tx, std::int64_t mandant, const Sicht& sicht, const Anfrage& anfrage)
      : tx_(tx), mandant_(mandant), sicht_(sicht), anfrage_(anfrage) {}
  Maschine(const Maschine&) = delete;
  Maschine& operator=(const Maschine&) = delete;
  virtual ~Maschine() = default;

  void run(Durchgang& into, std::size_t keptFrom) {
    const auto kept = anfrage_.ab == 0
                          ? Bestand::menge(sicht_, key(), [this](const auto& objects) { return among(objects); })
                          : nullptr;
    if (!kept) {
      const auto found = scan(into);
      if (anfrage_.ab == 0 && found.size() > keptFrom) keep(found);
      return;
    }
    for (auto word = kept->bits.size(); word-- > 0;)
      for (auto bits = kept->bits[word]; bits != 0;) {
        const auto bit = 63 - static_cast<unsigned>(std::countl_zero(bits));
        bits &= ~(std::uint64_t{1} << bit);
        into.offer(static_cast<std::int64_t>(word * 64 + bit));
      }
    if (ranks() && !into.hits.empty()) rank(into);
  }

 protected:
  [[nodiscard]] bool ranks() const { return anfrage_.ordnung == Ordnung::relevanz; }
  /// The text of the question.
  [[nodiscard]] virtual const std::string& key() const = 0;
  /// Offers all that the question finds, ranks the newest hits, and gives all that was found.
  virtual std::vector<std::int64_t> scan(Durchgang& into) = 0;
  /// Which of these objects (ascending) the question finds.
  virtual std::vector<std::int64_t> among(const std::vector<std::int64_t>& objects) = 0;
  /// Ranks the newest hits.
  virtual void rank(Durchgang& into) = 0;

  const sql::ReadTx& tx_;
  const std::int64_t mandant_;
  const Sicht& sicht_;
  const Anfrage& anfrage_;

 private:
  void keep(const std::vector<std::int64_t>& found) {
    std::vector<std::uint64_t> bits(static_cast<std::size_t>(*std::ranges::max_element(found)) / 64 + 1);
    for (const auto objekt : found) bits[static_cast<std::size_t>(objekt) / 64] |= std::uint64_t{1} << (objekt % 64);
    Bestand::merken(sicht_, key(), std::move(bits));
  }
};

class Sqlite : public Maschine {
 public:
  Sqlite(const sql::ReadTx& tx, std::int64_t mandant, const Sicht& sicht, const Anfrage& anfrage)
      : Maschine(tx, mandant, sicht, anfrage), match_(text::toFts5(anfrage.query)), base_(mandant * objectsOfOne) {}

 protected:
  [[nodiscard]] const std::string& key() const override { return match_; }

  /// FTS5 gives the rows, newest first; of each it is asked whether it is a hit to be ranked, and only then it is.
  /// Phrases it finds a third faster the other way round; should that find very many, the newest are ranked afterwards.
  std::vector<std::int64_t> scan(Durchgang& into) override {
    const bool oldestFirst = text::needsPositions(anfrage_.query);
    std::vector<std::int64_t> found;
    stream(
        anfrage_.ab + 1, into,
        [&](std::int64_t objekt) -> std::int64_t {
          found.push_back(objekt);
          const auto* row = sicht_.spalten->find(objekt);
          const bool ranked = row != nullptr && into.offer(objekt, *row) && ranks() && into.hits.size() <= mostRanked;
          return ranked ? lengthOf(*row) : 0;
        },
        oldestFirst);
    if (oldestFirst) {
      std::ranges::reverse(into.hits);
      if (ranks() && into.hits.size() > mostRanked) {
        into.ranked.clear();
        rank(into);
      }
    }
    return found;
  }

  void rank(Durchgang& into) override {
    const auto last = into.hits[std::min(into.hits.size(), mostRanked) - 1];
    stream(last, into, [&](std::int64_t objekt) -> std::int64_t {
      const auto* row = sicht_.spalten->find(objekt);
      return row != nullptr && into.isHit(objekt, *row) ? lengthOf(*row) : 0;
    });
  }

  std::vector<std::int64_t> among(const std::vector<std::int64_t>& objects) override {
    std::vector<std::int64_t> found;
    const auto ask = [&](std::int64_t from, std::int64_t to, const auto& wanted) {
      tx_.numbers(
          sql::Query("SELECT rowid - :basis FROM suche_wort WHERE suche_wort MATCH :frage AND "
                     "rowid BETWEEN :von AND :bis AND gewaehlt(rowid - :basis2)",
                     base_, match_, base_ + from, base_ + to, base_),
          [&](std::span<const std::int64_t> row) {
            found.push_back(row[0]);
            return true;
          },
          wanted);
    };
    // What was added since lies together; single changes lie anywhere.
    if (objects.back() - objects.front() < 20 * static_cast<std::int64_t>(objects.size()) + 1000)
      ask(objects.front(), objects.back(),
          [&](std::int64_t objekt) { return std::ranges::binary_search(objects, objekt); });
    else
      for (const auto objekt : objects) ask(objekt, objekt, [](std::int64_t) { return true; });
    return found;
  }

 private:
  static std::int64_t lengthOf(const Eigenschaften& row) { return std::max<std::int64_t>(row.laenge, 1); }

  void stream(std::int64_t from, Durchgang& into, const std::function<std::int64_t(std::int64_t)>& chosen,
              bool oldestFirst = false) {
    sql::Query query(
        "SELECT rowid - :basis, rang(suche_wort, :selten, 1, 1, 0.4, 3, 3) FROM suche_wort WHERE suche_wort MATCH "
        ":frage AND rowid BETWEEN :von AND :bis AND gewaehlt(rowid - :basis2) ORDER BY rowid",
        base_, rarities(), match_, base_ + from, base_ + objectsOfOne - 1, base_);
    if (!oldestFirst) query.add(" DESC");
    tx_.numbers(
        query,
        [&](std::span<const std::int64_t> row) {
          into.ranked.push_back({row[0], row[1]});
          return true;
        },
        chosen);
  }

  /// How rare each phrase of the question is, as `rang` takes it. Of one alone it makes no difference: all rows would
  /// count for more alike, and asking would cost as much as finding them.
  [[nodiscard]] std::string rarities() const {
    std::vector<std::string> phrases;
    (void)text::toCondition(anfrage_.query, [&](const text::Leaf& leaf) {
      phrases.push_back(text::toFts5({.root = text::Node{leaf}, .hints = {}}));
      return std::string();
    });
    if (phrases.size() < 2 || !ranks()) return fmt::format("{}", fmt::join(std::vector(phrases.size(), 1000), " "));
    const auto all = static_cast<double>(sicht_.spalten->size());
    std::string out;
    for (const auto& phrase : phrases) {
      const auto with = std::min(rowsWith(phrase), all);
      const auto idf = std::log(1 + (all - with + 0.5) / (with + 0.5));
      out += fmt::format("{}{}", out.empty() ? "" : " ", std::max<std::int64_t>(1, std::llround(idf * 1000)));
    }
    return out;
  }

  /// How many documents of the tenant a phrase stands in: counted where it is rare, else reckoned from some of them in
  /// each quarter, since words of one matter lie together.
  [[nodiscard]] double rowsWith(const std::string& phrase) const {
    constexpr std::int64_t quarters = 4, counted = 150;
    const auto end = static_cast<std::int64_t>(sicht_.spalten->blocks.size()) * Spalten::blockSize;
    double rows = 0;
    for (std::int64_t quarter = 0; quarter < quarters; ++quarter) {
      const auto from = end * quarter / quarters, to = end * (quarter + 1) / quarters;
      std::int64_t count = 0, reached = from;
      tx_.numbers(
          sql::Query("SELECT rowid - :basis FROM suche_wort WHERE suche_wort MATCH :frage AND rowid BETWEEN :von "
                     "AND :bis ORDER BY rowid DESC",
                     base_, phrase, base_ + from, base_ + to - 1),
          [&](std::span<const std::int64_t> row) {
            if (++count == counted) reached = row[0];
            return count < counted;
          });
      rows += static_cast<double>(count) * static_cast<double>(to - from) / static_cast<double>(to - reached);
    }
    return rows;
  }

  std::string match_;
  std::int64_t base_;
};

class Postgres : public Maschine {
 public:
  Postgres(const sql::ReadTx& tx, std::int64_t mandant, const Sicht& sicht, const Anfrage& anfrage)
      : Maschine(tx, mandant, sicht, anfrage), key_(text::toFts5(anfrage.query)) {}

 protected:
  [[nodiscard]] const std::string& key() const override { return key_; }

  std::vector<std::int64_t> scan(Durchgang& into) override {
    auto query = matches();
    if (anfrage_.ab > 0) query.add(" AND s.objekt > :ab", anfrage_.ab);
    auto found = objects(query);
    std::ranges::sort(found, std::greater());
    for (const auto objekt : found) into.offer(objekt);
    if (ranks() && !into.hits.empty()) rank(into);
    return found;
  }

  std::vector<std::int64_t> among(const std::vector<std::int64_t>& wanted) override {
    return objects(matches().add(" AND s.objekt = ANY (CAST(:objekte AS bigint[]))", list(wanted, wanted.size())));
  }

  /// Longer documents count for less, as their words say less.
  void rank(Durchgang& into) override {
    tx_.numbers(sql::Query("SELECT objekt, CAST(1000000 * ts_rank(woerter, CAST(:frage AS tsquery), 1) AS bigint) FROM "
                           "suche WHERE mandant = :mandant AND objekt = ANY (CAST(:objekte AS bigint[]))",
                           text::candidateTsquery(anfrage_.query), mandant_, list(into.hits, mostRankedPostgres)),
                [&](std::span<const std::int64_t> row) {
                  into.ranked.push_back({row[0], std::max<std::int64_t>(row[1], 1)});
                  return true;
                });
  }

 private:
  /// The stripped vector gives candidates; phrases are looked up again where their positions are.
  [[nodiscard]] sql::Query matches() const {
    const auto& query = anfrage_.query;
    sql::Query out(
        "SELECT s.objekt FROM suche s WHERE s.mandant = :mandant AND s.art = 'dokument' AND "
        "s.woerter @@ CAST(:frage AS tsquery)",
        mandant_, text::candidateTsquery(query));
    if (!text::needsPositions(query)) return out;
    out.add(" AND ");
    return out.add(sql::Query::condition([&](const std::function<std::string(sql::Query)>& part) {
      return text::toCondition(query, [&](const text::Leaf& leaf) {
        if (!text::needsPositions(leaf))
          return part(sql::Query("s.woerter @@ CAST(:teil AS tsquery)", text::toTsquery(leaf)));
        return part(sql::Query(
            "EXISTS (SELECT 1 FROM suche_abschnitt a WHERE a.mandant = s.mandant AND a.objekt = s.objekt AND "
            "a.woerter @@ CAST(:teil AS tsquery))",
            text::toTsquery(leaf)));
      });
    }));
  }

  [[nodiscard]] std::vector<std::int64_t> objects(const sql::Query& query) const {
    std::vector<std::int64_t> out;
    tx_.numbers(query, [&](std::span<const std::int64_t> row) {
      out.push_back(row[0]);
      return true;
    });
    return out;
  }

  static std::string list(const std::vector<std::int64_t>& objects, std::size_t most) {
    std::string out = "{";
    for (std::size_t i = 0; i < std::min(most, objects.size()); ++i)
      out += (i > 0 ? "," : "") + std::to_string(objects[i]);
    return out + "}";
  }

  std::string key_;
};

bool better(const Treffer& a, const Treffer& b) { return a.wert != b.wert ? a.wert > b.wert : a.dokument > b.dokument; }

/// The hits in order, after the last of the page before.
std::vector<Treffer> page(const Sicht& sicht, const Anfrage& anfrage, const Durchgang& pass, bool& more) {
  std::vector<Treffer> all;
  const auto add = [&](const Treffer& treffer) {
    if (!anfrage.nach || better(*anfrage.nach, treffer)) all.push_back(treffer);
  };
  if (anfrage.ordnung == Ordnung::datum || !anfrage.query.root) {
    for (const auto objekt : pass.hits) add({objekt, sicht.spalten->find(objekt)->tag});
  } else {
    for (const auto& treffer : pass.ranked) add(treffer);
    for (std::size_t i = pass.ranked.size(); i < pass.hits.size(); ++i) add({pass.hits[i], 0});
  }
  const auto size = static_cast<std::size_t>(anfrage.limit);
  more = all.size() > size;
  const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), size));
  std::ranges::partial_sort(all, end, better);
  all.erase(end, all.end());
  return all;
}

void run(const sql::ReadTx& tx, std::int64_t mandant, const Bestand& bestand, const Sicht& sicht,
         const Anfrage& anfrage, Durchgang& pass) {
  if (!anfrage.query.root)
    sicht.spalten->each([&](std::int64_t objekt, const Eigenschaften& row) {
      if (objekt <= anfrage.ab) return false;
      pass.offer(objekt, row);
      return true;
    });
  else if (tx.engine() == sql::Engine::postgres)
    Postgres(tx, mandant, sicht, anfrage).run(pass, bestand.mengenAb());
  else
    Sqlite(tx, mandant, sicht, anfrage).run(pass, bestand.mengenAb());
}

/// What near words find beside the hits of `exact`.
void findNear(const sql::ReadTx& tx, const Berechtigung& wer, const Bestand& bestand, const Sicht& sicht,
              const Auswahl& auswahl, const Anfrage& anfrage, const Durchgang& exact, Ergebnis& out) {
  auto near = vergeben(tx, wer, anfrage.query, exact.hits.empty() ? Nachsicht::vertippt : Nachsicht::verlesen);
  if (near.auchGefunden.empty()) return;
  auto wide = anfrage;
  wide.query = std::move(near.frage);
  Durchgang pass(sicht, auswahl, /*facetten=*/false);
  run(tx, wer.mandant, bestand, sicht, wide, pass);
  const auto known = [&](std::int64_t objekt) {
    return std::ranges::binary_search(exact.hits, objekt, std::greater());
  };
  std::erase_if(pass.hits, known);
  std::erase_if(pass.ranked, [&](const Treffer& treffer) { return known(treffer.dokument); });
  bool more = false;
  out.aehnliche = page(sicht, wide, pass, more);
  out.anzahlAehnliche = static_cast<std::int64_t>(pass.hits.size());
  out.auchGefunden = std::move(near.auchGefunden);
  out.weit = std::move(wide.query);
}

}  // namespace

Ergebnis find(const sql::ReadTx& tx, const Berechtigung& wer, const Bestand& bestand, const Sicht& sicht,
              const Auswahl& auswahl, const Anfrage& anfrage) {
  Ergebnis out;
  if (!anfrage.query.root && anfrage.query.filters.empty()) return out;
  Durchgang pass(sicht, auswahl, anfrage.facetten);
  run(tx, wer.mandant, bestand, sicht, anfrage, pass);
  out.anzahl = static_cast<std::int64_t>(pass.hits.size());
  out.bewertet = static_cast<std::int64_t>(pass.ranked.size());
  out.treffer = page(sicht, anfrage, pass, out.mehr);
  out.facetten = pass.facetten();
  if (anfrage.nachsicht && anfrage.query.root && !anfrage.nach && out.anzahl < anfrage.limit)
    findNear(tx, wer, bestand, sicht, auswahl, anfrage, pass, out);
  return out;
}

Ergebnis find(const sql::ReadTx& tx, const Berechtigung& wer, Bestand& bestand, const Anfrage& anfrage) {
  const auto sicht = bestand.sicht(tx, wer.mandant);
  std::vector<text::Hint> hints;
  const Auswahl auswahl(tx, wer, sicht, anfrage.query, hints);
  auto out = find(tx, wer, bestand, sicht, auswahl, anfrage);
  out.hinweise = std::move(hints);
  return out;
}

Ergebnis find(const sql::ReadTx& tx, const Berechtigung& wer, const text::Query& query, std::int64_t limit,
              std::int64_t offset) {
  Bestand bestand;
  auto out = find(tx, wer, bestand, {.query = query, .limit = limit + offset});
  out.treffer.erase(out.treffer.begin(),
                    out.treffer.begin() + std::min(offset, static_cast<std::int64_t>(out.treffer.size())));
  return out;
}

}  // namespace suche
