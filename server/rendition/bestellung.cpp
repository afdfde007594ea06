#include "lage.h"

namespace rendition {

std::int64_t bestelleFehlende(sql::Database& database, std::int64_t mandant, base::Zeitpunkt jetzt) {
  const auto dokumente =
      database.read(mandant, [&](const sql::ReadTx& tx) { return mandant::allRows<akte::DokumentZeile>(tx, mandant); });
  std::int64_t count = 0;
  for (const auto& dokument : dokumente)
    count += database.write(mandant, [&](sql::WriteTx& tx) -> std::int64_t {
      const auto version = tx.one<VersionZeile>(sql::Query::select<VersionZeile>().add(
          " FROM version v WHERE v.mandant = :mandant AND v.dokument = :dokument AND v.nr = :nr AND NOT EXISTS "
          "(SELECT 1 FROM rendition r WHERE r.mandant = v.mandant AND r.version = v.id)",
          mandant, dokument.id, dokument.version));
      if (!version) return 0;
      const auto lage = lageVon(tx, mandant, version->id);
      akte::bestelleRenditionen(tx, jetzt, *version, lage->volltext, dokument, /*masse=*/true);
      return 1;
    });
  return count;
}

}  // namespace rendition
