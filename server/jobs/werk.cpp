#include <algorithm>
#include <exception>

#include "jobs/jobs.h"
#include "wecker.h"

namespace jobs {
namespace {

/// Work that this process cannot do (a kind of a newer program) must not make it ask all the time.
constexpr std::int64_t unknownPause = 5;
/// What cannot be asked is not asked all the time, and not told all the time in the log.
constexpr std::chrono::milliseconds pauseOhneDatenbank{1000};

struct PlanZeile {
  std::string schluessel{}, art{}, nutzlast{};
  std::int64_t sekunden = 0;
  base::Zeitpunkt naechster{};
};
BOOST_DESCRIBE_STRUCT(PlanZeile, (), (schluessel, art, nutzlast, sekunden, naechster))

std::int64_t pauseAfter(const Art& art, std::int64_t versuch) {
  std::int64_t pause = art.erstePause;
  for (std::int64_t i = 1; i < versuch && pause < art.laengstePause; ++i) pause *= 4;
  return std::min(pause, art.laengstePause);
}

/// Back among those that wait; where a newer one with the same key waits already, that one does the work.
void stelleZurueck(sql::WriteTx& tx, const AuftragZeile& row, std::int64_t versuch, base::Zeitpunkt ab,
                   base::Zeitpunkt jetzt, std::string_view hinweis) {
  const bool ersetzt = wartender(tx, row.mandant, row.art, row.schluessel).has_value();
  tx.exec(
      "UPDATE auftrag SET status = :status, versuch = :versuch, ab = :ab, pacht = NULL, pacht_bis = NULL, hinweis = "
      ":hinweis, beendet = :beendet WHERE mandant = :mandant AND id = :id",
      ersetzt ? Auftragsstatus::abgebrochen : Auftragsstatus::wartet, versuch, ab,
      ersetzt ? std::string_view("Ein neuerer Auftrag für dasselbe wartet schon.") : hinweis,
      ersetzt ? std::optional(jetzt) : std::nullopt, row.mandant, row.id);
  weckeUm(tx, row.mandant, ab);
}

void macheFaelligePlaene(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt) {
  for (const auto& plan : tx.query<PlanZeile>("SELECT schluessel, art, nutzlast, sekunden, naechster FROM auftrag_plan "
                                              "WHERE mandant = :mandant AND naechster <= :jetzt",
                                              mandant, jetzt)) {
    const std::string key = "plan:" + plan.schluessel;
    const bool offen =
        tx.value<std::int64_t>(
              "SELECT COUNT(*) FROM auftrag WHERE mandant = :mandant AND art = :art AND schluessel = :schluessel AND "
              "status IN ('wartet', 'laeuft')",
              mandant, plan.art, key)
            .value() > 0;
    if (!offen) stelleEin(tx, mandant, jetzt, {.art = plan.art, .nutzlast = plan.nutzlast, .schluessel = key});
    const std::int64_t micros = plan.sekunden * 1'000'000;
    const base::Zeitpunkt naechster{plan.naechster.micros +
                                    ((jetzt.micros - plan.naechster.micros) / micros + 1) * micros};
    tx.exec("UPDATE auftrag_plan SET naechster = :naechster WHERE mandant = :mandant AND schluessel = :schluessel",
            naechster, mandant, plan.schluessel);
  }
}

void stelleWecker(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt) {
  std::optional<base::Zeitpunkt> next;
  const auto consider = [&](std::optional<std::optional<base::Zeitpunkt>> moment) {
    if (moment && *moment && (!next || **moment < *next)) next = **moment;
  };
  using Moment = std::optional<base::Zeitpunkt>;
  consider(tx.value<Moment>("SELECT MIN(ab) FROM auftrag WHERE mandant = :mandant AND status = 'wartet'", mandant));
  consider(
      tx.value<Moment>("SELECT MIN(pacht_bis) FROM auftrag WHERE mandant = :mandant AND status = 'laeuft'", mandant));
  consider(tx.value<Moment>("SELECT MIN(naechster) FROM auftrag_plan WHERE mandant = :mandant", mandant));
  tx.exec("DELETE FROM auftrag_wecker WHERE mandant = :mandant", mandant);
  if (next) weckeUm(tx, mandant, std::max(*next, *next <= jetzt ? jetzt.plusSeconds(unknownPause) : *next));
}

/// The jobs that this process understands, as ";art:1;art:2;": one parameter, so that the statement stays the same.
std::string bekannte(const std::map<std::string, Art, std::less<>>& arten) {
  std::string out = ";";
  for (const auto& [name, art] : arten)
    for (std::int64_t fassung = 1; fassung <= art.fassung; ++fassung) out += name + ":" + std::to_string(fassung) + ";";
  return out;
}

}  // namespace

tl::unexpected<Misserfolg> nie(const base::Error& error) {
  const auto& info = base::info(error.code);
  return nie(error.detail.empty() ? std::string(info.titelDe) : error.detail);
}

// ---- one run

bool Lauf::fortschritt(std::int64_t erledigt, std::int64_t gesamt, std::string_view hinweis) {
  const auto bis = clock_.now().plusSeconds(pachtSekunden_);
  const bool abbruch = database_.write(mandant(), [&](sql::WriteTx& tx) {
    const auto changed = tx.exec(
        "UPDATE auftrag SET fortschritt = :erledigt, gesamt = :gesamt, hinweis = :hinweis, pacht_bis = :bis WHERE "
        "mandant = :mandant AND id = :id AND status = 'laeuft' AND pacht = :pacht",
        erledigt, gesamt, base::cutUtf8(hinweis, 500), bis, mandant(), auftrag_.id, *auftrag_.pacht);
    return changed == 0 ||
           tx.value<bool>("SELECT abbruch FROM auftrag WHERE mandant = :mandant AND id = :id", mandant(), auftrag_.id)
               .value_or(true);
  });
  angehalten_ = angehalten_ || abbruch || haelt_();
  return !angehalten_;
}

bool Lauf::weiter() {
  if (!angehalten_ && !haelt_())
    angehalten_ = database_.read(mandant(), [&](const sql::ReadTx& tx) {
      return tx
          .value<bool>(
              "SELECT abbruch FROM auftrag WHERE mandant = :mandant AND id = :id AND status = 'laeuft' AND pacht = "
              ":pacht",
              mandant(), auftrag_.id, *auftrag_.pacht)
          .value_or(true);
    });
  angehalten_ = angehalten_ || haelt_();
  return !angehalten_;
}

void Lauf::abschliessen(sql::WriteTx& tx) {
  const auto changed = tx.exec(
      "UPDATE auftrag SET status = 'erledigt', pacht = NULL, pacht_bis = NULL, beendet = :jetzt WHERE mandant = "
      ":mandant AND id = :id AND status = 'laeuft' AND pacht = :pacht",
      clock_.now(), mandant(), auftrag_.id, *auftrag_.pacht);
  if (changed == 0) throw base::Failure("the lease of a job was lost");
}

// ---- the workers

Werk::Werk(sql::Database& database, const base::Clock& clock) : database_(database), clock_(clock) {}
Werk::~Werk() { stop(); }

void Werk::art(Art art) {
  auto name = art.name;
  if (!arten_.emplace(name, std::move(art)).second) throw base::Failure("the kind of job " + name + " is there twice");
}

void Werk::fuerJedenMandanten(std::string schluessel, std::string art, std::int64_t sekunden) {
  plaene_.push_back({std::move(schluessel), std::move(art), sekunden});
}

void Werk::planen() {
  if (!mandanten_ || plaene_.empty()) return;
  for (const auto mandant : mandanten_()) {
    const auto missing = database_.read(mandant, [&](const sql::ReadTx& tx) {
      auto out = plaene_;
      std::erase_if(out, [&](const Plan& plan) {
        return tx.value<std::int64_t>(
                   "SELECT sekunden FROM auftrag_plan WHERE mandant = :mandant AND schluessel = :schluessel", mandant,
                   plan.schluessel) == plan.sekunden;
      });
      return out;
    });
    if (missing.empty()) continue;
    database_.write(mandant, [&](sql::WriteTx& tx) {
      for (const auto& plan : missing) plane(tx, mandant, plan.schluessel, plan.art, "{}", plan.sekunden, clock_.now());
    });
  }
}

std::vector<std::int64_t> Werk::faellige() {
  std::vector<std::int64_t> out;
  database_.read(0, [&](const sql::ReadTx& tx) {
    static const sql::Table table{"auftrag_wecker", {{"mandant", sql::Kind::integer, false}}};
    tx.eachValues(
        table, sql::Query("SELECT mandant FROM auftrag_wecker WHERE ab <= :jetzt ORDER BY ab LIMIT 50", clock_.now()),
        [&](std::vector<sql::Value>&& row) { out.push_back(std::get<std::int64_t>(row[0])); });
  });
  return out;
}

std::optional<AuftragZeile> Werk::pachte(std::int64_t mandant) {
  const auto jetzt = clock_.now();
  const auto pacht = base::randomHex(16);
  return database_.write(mandant, [&](sql::WriteTx& tx) -> std::optional<AuftragZeile> {
    macheFaelligePlaene(tx, mandant, jetzt);
    for (const auto& row : tx.query<AuftragZeile>(sql::Query::select<AuftragZeile>().add(
             " FROM auftrag WHERE mandant = :mandant AND status = 'laeuft' AND pacht_bis < :jetzt", mandant, jetzt)))
      stelleZurueck(tx, row, row.versuch, jetzt, jetzt, row.hinweis);
    const auto id = tx.value<std::int64_t>(
        "UPDATE auftrag SET status = 'laeuft', versuch = versuch + 1, pacht = :pacht, pacht_bis = :bis, begonnen = "
        ":jetzt, hinweis = '' WHERE mandant = :mandant AND id = (SELECT id FROM auftrag WHERE mandant = :mandant2 AND "
        "status = 'wartet' AND ab <= :jetzt2 AND :arten LIKE '%;' || art || ':' || fassung || ';%' ORDER BY vorrang "
        "DESC, ab, id LIMIT 1) RETURNING id",
        pacht, jetzt, jetzt, mandant, mandant, jetzt, bekannte(arten_));
    if (!id) {
      stelleWecker(tx, mandant, jetzt);
      return std::nullopt;
    }
    auto row = tx.one<AuftragZeile>(sql::Query::selectRow(sql::tableOf<AuftragZeile>(), mandant, *id)).value();
    row.pachtBis = jetzt.plusSeconds(arten_.find(row.art)->second.pachtSekunden);
    tx.exec("UPDATE auftrag SET pacht_bis = :bis WHERE mandant = :mandant AND id = :id", row.pachtBis, mandant, row.id);
    // Others with work go first next time.
    tx.exec("UPDATE auftrag_wecker SET ab = :jetzt WHERE mandant = :mandant", jetzt, mandant);
    return row;
  });
}

void Werk::beende(const AuftragZeile& auftrag, const Art& art, bool angehalten, const Ergebnis& ergebnis) {
  const auto jetzt = clock_.now();
  database_.write(auftrag.mandant, [&](sql::WriteTx& tx) {
    const auto row = tx.one<AuftragZeile>(sql::Query::select<AuftragZeile>().add(
        " FROM auftrag WHERE mandant = :mandant AND id = :id AND status = 'laeuft' AND pacht = :pacht", auftrag.mandant,
        auftrag.id, *auftrag.pacht));
    if (!row) return;  // the handler ended it itself, or another worker has it now
    const auto ende = [&](Auftragsstatus status, std::string_view hinweis) {
      tx.exec(
          "UPDATE auftrag SET status = :status, pacht = NULL, pacht_bis = NULL, hinweis = :hinweis, beendet = :jetzt "
          "WHERE mandant = :mandant AND id = :id",
          status, base::cutUtf8(hinweis, 500), jetzt, row->mandant, row->id);
    };
    if (angehalten && row->abbruch)
      ende(Auftragsstatus::abgebrochen, row->hinweis);
    else if (angehalten)
      stelleZurueck(tx, *row, row->versuch - 1, jetzt, jetzt, row->hinweis);
    else if (ergebnis)
      ende(Auftragsstatus::erledigt, row->hinweis);
    else if (ergebnis.error().endgueltig || row->versuch >= art.versuche)
      ende(Auftragsstatus::gescheitert, ergebnis.error().grund);
    else
      stelleZurueck(tx, *row, row->versuch, jetzt.plusSeconds(pauseAfter(art, row->versuch)), jetzt,
                    base::cutUtf8(ergebnis.error().grund, 500));
  });
}

void Werk::fuehreAus(AuftragZeile auftrag) {
  const auto& art = arten_.find(auftrag.art)->second;
  // The lease is kept up from here to the end, however that comes.
  struct Gehalten {
    Werk& werk;
    std::string pacht;
    Gehalten(Werk& w, const AuftragZeile& a, std::int64_t sekunden) : werk(w), pacht(*a.pacht) {
      const std::scoped_lock lock(werk.mutex_);
      werk.pachten_[pacht] = {a.mandant, sekunden};
    }
    ~Gehalten() {
      const std::scoped_lock lock(werk.mutex_);
      werk.pachten_.erase(pacht);
    }
  } const gehalten(*this, auftrag, art.pachtSekunden);
  Lauf lauf(database_, clock_, auftrag, art.pachtSekunden, [this] {
    const std::scoped_lock lock(mutex_);
    return haelt_;
  });
  Ergebnis ergebnis;
  if (auftrag.versuch > art.versuche) {
    ergebnis = nie("Das Programm ist bei jedem Versuch mittendrin beendet worden.");
  } else {
    try {
      ergebnis = art.ausfuehren(lauf);
    } catch (const std::exception& failure) {
      ergebnis = spaeter(failure.what());
    }
  }
  beende(auftrag, art, lauf.angehalten_, ergebnis);
  if (!ergebnis && !lauf.angehalten_ && beobachter_) beobachter_(auftrag, ergebnis.error().grund);
}

bool Werk::einmal() {
  for (const auto mandant : faellige()) {
    auto auftrag = pachte(mandant);
    if (!auftrag) continue;
    fuehreAus(std::move(*auftrag));
    return true;
  }
  return false;
}

std::size_t Werk::leeren() {
  planen();
  std::size_t runs = 0;
  while (einmal()) ++runs;
  return runs;
}

void Werk::arbeite(std::chrono::milliseconds takt) {
  for (;;) {
    bool more = false;
    auto pause = takt;
    try {
      more = einmal();
    } catch (const std::exception& failure) {  // the database is away: the rows are still there when it is back
      if (beobachter_) beobachter_({}, failure.what());
      pause = std::max(takt, pauseOhneDatenbank);
    }
    std::unique_lock lock(mutex_);
    if (haelt_ || (!more && geweckt_.wait_for(lock, pause, [this] { return haelt_; }))) return;
  }
}

/// Keeps the leases of what runs here, and looks for new tenants.
void Werk::haltePachten() {
  constexpr auto pause = std::chrono::seconds(10);
  for (;;) {
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> leases;
    {
      std::unique_lock lock(mutex_);
      if (geweckt_.wait_for(lock, pause, [this] { return haelt_ && pachten_.empty(); })) return;
      leases = pachten_;
    }
    try {
      for (const auto& [pacht, whose] : leases)
        database_.write(whose.first, [&](sql::WriteTx& tx) {
          tx.exec(
              "UPDATE auftrag SET pacht_bis = :bis WHERE mandant = :mandant AND pacht = :pacht AND status = 'laeuft'",
              clock_.now().plusSeconds(whose.second), whose.first, pacht);
        });
      planen();
    } catch (const std::exception& failure) {
      if (beobachter_) beobachter_({}, failure.what());
    }
  }
}

void Werk::start(unsigned threads, std::chrono::milliseconds takt) {
  planen();
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this, takt] { arbeite(takt); });
  threads_.emplace_back([this] { haltePachten(); });
}

void Werk::stop() {
  {
    const std::scoped_lock lock(mutex_);
    haelt_ = true;
  }
  geweckt_.notify_all();
  for (auto& thread : threads_) {
    if (thread.joinable()) thread.join();
    geweckt_.notify_all();
  }
  threads_.clear();
}

}  // namespace jobs
