#include "drossel.h"

namespace mandant {
namespace {

constexpr std::int64_t attemptsBeforeLock = 10;
constexpr std::int64_t lockSeconds = 300;
constexpr std::int64_t keepSeconds = 24 * 3600;

}  // namespace

bool gedrosselt(const sql::ReadTx& tx, std::int64_t mandant, std::string_view quelle, base::Zeitpunkt jetzt) {
  const auto bis = tx.value<base::Zeitpunkt>(
      "SELECT gesperrt_bis FROM anmeldeversuch WHERE mandant = :mandant AND quelle = :quelle", mandant, quelle);
  return bis && *bis > jetzt;
}

void zaehleVersuch(sql::WriteTx& tx, std::int64_t mandant, std::string_view quelle, base::Zeitpunkt jetzt) {
  tx.exec("DELETE FROM anmeldeversuch WHERE mandant = :mandant AND gesperrt_bis < :alt", mandant,
          jetzt.plusSeconds(-keepSeconds));
  tx.exec(
      "INSERT INTO anmeldeversuch (mandant, quelle, anzahl, gesperrt_bis) VALUES (:mandant, :quelle, 1, :jetzt) "
      "ON CONFLICT (mandant, quelle) DO UPDATE SET anzahl = anmeldeversuch.anzahl + 1, gesperrt_bis = "
      "excluded.gesperrt_bis",
      mandant, quelle, jetzt);
  tx.exec(
      "UPDATE anmeldeversuch SET gesperrt_bis = :bis WHERE mandant = :mandant AND quelle = :quelle AND anzahl >= "
      ":grenze",
      jetzt.plusSeconds(lockSeconds), mandant, quelle, attemptsBeforeLock);
}

void vergissVersuche(sql::WriteTx& tx, std::int64_t mandant, std::string_view quelle) {
  tx.exec("DELETE FROM anmeldeversuch WHERE mandant = :mandant AND quelle = :quelle", mandant, quelle);
}

}  // namespace mandant
