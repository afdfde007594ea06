#include "einheiten.h"

#include <algorithm>
#include <set>

namespace auswertung {

AuswertungsregelZeile regelOf(Tx tx, std::int64_t mandant) {
  const auto rows = mandant::allRows<AuswertungsregelZeile>(tx, mandant);
  if (!rows.empty()) return rows.front();
  AuswertungsregelZeile none;
  none.stand = 0;
  return none;
}

Einheiten reichweite(Tx tx, const Berechtigung& wer) {
  return wer.hat(Recht::organisationPflegen) ? mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant)
                                             : geleitete(tx, wer);
}

Einheiten geleitete(Tx tx, const Berechtigung& wer) {
  const auto all = mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant);
  std::set<std::int64_t> mine;
  for (const auto& stelle : tx.query<mandant::StelleZeile>(
           sql::Query::select<mandant::StelleZeile>("s").add(" FROM stelle s JOIN besetzung b ON b.mandant = s.mandant "
                                                             "AND b.stelle = s.id WHERE s.mandant = :mandant AND "
                                                             "b.person = :person AND s.leitung = 1",
                                                             wer.mandant, wer.person)))
    mine.insert(stelle.organisationseinheit);
  for (bool grown = true; grown;) {
    grown = false;
    for (const auto& oe : all)
      if (oe.ueber && mine.contains(*oe.ueber)) grown = mine.insert(oe.id).second || grown;
  }
  Einheiten out;
  std::ranges::copy_if(all, std::back_inserter(out), [&](const auto& oe) { return mine.contains(oe.id); });
  return out;
}

Einheiten darunter(const Einheiten& all, const base::Uuid& oben) {
  Einheiten out;
  std::ranges::copy_if(all, std::back_inserter(out), [&](const auto& oe) { return oe.uuid == oben; });
  for (std::size_t i = 0; i < out.size(); ++i)
    std::ranges::copy_if(all, std::back_inserter(out), [&](const auto& oe) { return oe.ueber == out[i].id; });
  return out;
}

OrganisationseinheitKurz kurz(const Einheiten& all, std::int64_t id) {
  const auto& row = *std::ranges::find(all, id, &mandant::OrganisationseinheitZeile::id);
  return {row.uuid, row.kurzzeichen, row.bezeichnung};
}

}  // namespace auswertung
