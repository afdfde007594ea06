#include "akte/aufbewahrung.h"

#include "akte/renditionen.h"
#include "akte/schutz.h"

namespace akte {
namespace {

constexpr std::string_view artName = "aufbewahrung.beenden";
/// In one transaction, so that others write in between.
constexpr std::int64_t jeSchritt = 50;
constexpr std::int64_t day = 24 * 3600;

template <class Row>
void ende(journal::Journal& journal, sql::WriteTx& tx, const Row& row, std::string_view aktion, std::int64_t kette,
          std::int64_t ober) {
  const auto done = journal.one(tx, row.mandant, [&](Change& change) -> base::Result<void> {
    auto after = row;
    after.status = Status::aussonderungsreif;
    change.update(row, after);
    change.about({aktion, after.tabelle, after.id, kette, ober});
    return {};
  });
  if (!done) throw base::Failure("the end of a retention that was refused");
}

}  // namespace

std::int64_t beendeAufbewahrung(Schriftgut& schriftgut, std::int64_t mandant, std::int64_t hoechstens) {
  auto& journal = schriftgut.journal();
  return journal.database().write(mandant, [&](sql::WriteTx& tx) {
    const auto heute = base::Datum::of(journal.clock().now());
    std::int64_t count = 0;
    for (const auto& row : tx.query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
             " FROM vorgang WHERE mandant = :mandant AND status = 'abgeschlossen' AND aufbewahrung_bis < :heute "
             "AND NOT EXISTS (SELECT 1 FROM loeschsperre s WHERE s.mandant = vorgang.mandant AND s.akte = vorgang.akte "
             "AND s.aufgehoben_am IS NULL) AND NOT EXISTS (SELECT 1 FROM vorgang t WHERE t.mandant = vorgang.mandant "
             "AND "
             "t.ueber = vorgang.id AND t.status IN ('abgeschlossen', 'weggelegt') AND (t.aufbewahrung_bis IS NULL OR "
             "t.aufbewahrung_bis >= :heute2)) ORDER BY aufbewahrung_bis, id LIMIT :grenze",
             mandant, heute, heute, hoechstens))) {
      ende(journal, tx, row, "vorgang.aufbewahrung_beendet", row.akte, row.darin());
      ++count;
    }
    if (count == hoechstens) return count;
    for (const auto& row : tx.query<AkteZeile>(sql::Query::select<AkteZeile>("a").add(
             " FROM akte a WHERE a.mandant = :mandant AND a.status = 'abgeschlossen' AND a.aufbewahrung_bis < :heute "
             "AND NOT EXISTS (SELECT 1 FROM vorgang v WHERE v.mandant = a.mandant AND v.akte = a.id AND v.status IN "
             "('abgeschlossen', 'weggelegt') AND (v.aufbewahrung_bis IS NULL OR v.aufbewahrung_bis >= :heute2)) "
             "AND NOT EXISTS (SELECT 1 FROM loeschsperre s WHERE s.mandant = a.mandant AND s.akte = a.id AND "
             "s.aufgehoben_am IS NULL) ORDER BY a.aufbewahrung_bis, a.id LIMIT :grenze",
             mandant, heute, heute, hoechstens - count))) {
      ende(journal, tx, row, "akte.aufbewahrung_beendet", row.id, 0);
      ++count;
    }
    return count;
  });
}

void addAufbewahrungAuftrag(jobs::Werk& werk, Schriftgut& schriftgut) {
  werk.art({.name = std::string(artName),
            .bezeichnungDe = "Aufbewahrung beenden",
            .bezeichnungEn = "End retention",
            .ausfuehren = [&schriftgut](jobs::Lauf& lauf) -> jobs::Ergebnis {
              std::int64_t count = 0;
              while (const auto done = beendeAufbewahrung(schriftgut, lauf.mandant(), jeSchritt)) {
                count += done;
                if (!lauf.fortschritt(count, count)) return {};
              }
              auto& journal = schriftgut.journal();
              journal.database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
                vergissEinsichten(tx, lauf.mandant(), base::Datum::of(journal.clock().now()));
              });
              while (journal.database().write(lauf.mandant(), [&](sql::WriteTx& tx) {
                return bestelleLangzeit(tx, lauf.mandant(), journal.clock().now(), jeSchritt);
              }) > 0)
                if (!lauf.weiter()) return {};
              return {};
            }});
  werk.fuerJedenMandanten(std::string(artName), std::string(artName), day);
}

}  // namespace akte
