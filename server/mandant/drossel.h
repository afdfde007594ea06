#pragma once
// Wrong passwords and codes are counted by whose they would be; ten in a row close that for some minutes.
#include "sql/database.h"

namespace mandant {

[[nodiscard]] bool gedrosselt(const sql::ReadTx& tx, std::int64_t mandant, std::string_view quelle,
                              base::Zeitpunkt jetzt);
/// In a transaction of its own, which stays though the attempt is refused: attempts that come at once count each.
void zaehleVersuch(sql::WriteTx& tx, std::int64_t mandant, std::string_view quelle, base::Zeitpunkt jetzt);
void vergissVersuche(sql::WriteTx& tx, std::int64_t mandant, std::string_view quelle);

}  // namespace mandant
