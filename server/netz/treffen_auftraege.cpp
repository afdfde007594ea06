// What the network asks and reminds of by itself.
#include <fmt/format.h>

#include "geschaeftsgang/frist.h"
#include "netz/praxis.h"
#include "netz/termin.h"
#include "netz/wirkung.h"

namespace netz {
namespace {

constexpr std::int64_t day = 24 * 3600;
constexpr std::string_view fragen = "netz.praxis", messen = "netz.wirkung";

/// Who is asked: the contact, where he has an account here; else nobody, and the page says that it is stale.
OptText mailOf(const sql::ReadTx& tx, const PraxisZeile& row) {
  if (!row.kontakt) return std::nullopt;
  const auto contact = mandant::rowById<MitgliedZeile>(tx, row.mandant, *row.kontakt);
  if (!contact || !contact->person || contact->status != Mitgliedstatus::aktiv) return std::nullopt;
  const auto person = mandant::rowById<mandant::PersonZeile>(tx, row.mandant, *contact->person);
  return person && person->aktiv ? person->email : std::nullopt;
}

/// On the day after the year, and every 30 days until it is confirmed, so that nothing need be remembered.
bool istFragetag(const base::Datum& bestaetigt, const base::Datum& heute) {
  const auto due = geschaeftsgang::plusTage(bestaetigt.plusYears(1), 1);
  if (heute < due) return false;
  constexpr std::int64_t micros = day * 1'000'000;
  return (base::endOfDay(heute).micros - base::endOfDay(due).micros + micros / 2) / micros % 30 == 0;
}

jobs::Art praxisFragen(sql::Database& database, const base::Clock& clock) {
  jobs::Art art;
  art.name = fragen;
  art.bezeichnungDe = "Fragen, ob eine Praxis noch stimmt";
  art.bezeichnungEn = "Ask whether a practice is still so";
  art.ausfuehren = [&](jobs::Lauf& lauf) -> jobs::Ergebnis {
    const auto mandant = lauf.mandant();
    database.write(mandant, [&](sql::WriteTx& tx) {
      const auto now = clock.now();
      const auto heute = base::Datum::of(now);
      for (const auto& row : mandant::allRows<PraxisZeile>(tx, mandant)) {
        if (row.status != Praxisstatus::veroeffentlicht || !row.bestaetigtAm) continue;
        if (!istFragetag(*row.bestaetigtAm, heute)) continue;
        const auto mail = mailOf(tx, row);
        if (!mail || !jobs::istAdresse(*mail)) continue;
        jobs::sende(
            tx, mandant, now,
            {*mail, "Stimmt es noch? " + row.titel,
             fmt::format("Guten Tag,\n\nIhre Praxis „{}“ wurde zuletzt am {} bestätigt. Läuft sie noch so? Dann "
                         "bestätigen Sie es bitte in Aktenlotse unter Lotsennetz, Praxis. Bis dahin steht dort, "
                         "dass sie veraltet sein kann.\n",
                         row.titel, geschaeftsgang::langerTag(*row.bestaetigtAm))});
      }
      lauf.abschliessen(tx);
    });
    return {};
  };
  return art;
}

jobs::Art wirkungMessen(journal::Journal& journal) {
  jobs::Art art;
  art.name = messen;
  art.bezeichnungDe = "Wirkung übernommener Bausteine messen";
  art.bezeichnungEn = "Measure the effect of adopted Bausteine";
  art.ausfuehren = [&](jobs::Lauf& lauf) -> jobs::Ergebnis {
    const auto done = journal.change(lauf.mandant(), [&](Change& change) -> Result<void> {
      messeNeu(change);
      lauf.abschliessen(change.tx());
      return {};
    });
    if (!done) throw base::Failure(done.error().detail);
    return {};
  };
  return art;
}

}  // namespace

void addAuftraege(jobs::Werk& werk, journal::Journal& journal) {
  auto& database = journal.database();
  const auto& clock = journal.clock();
  werk.art(erinnerungArt(database, clock));
  werk.art(praxisFragen(database, clock));
  werk.fuerJedenMandanten(std::string(fragen), std::string(fragen), day);
  werk.art(wirkungMessen(journal));
  werk.fuerJedenMandanten(std::string(messen), std::string(messen), day);
}

}  // namespace netz
