#include "worte.h"

namespace suche {

void eachMitWorten(const sql::ReadTx& tx, std::int64_t mandant, const std::vector<std::string>& beginnings,
                   const std::function<bool(std::int64_t)>& wanted, const std::function<bool(std::int64_t)>& found) {
  if (beginnings.empty()) return;
  const bool postgres = tx.engine() == sql::Engine::postgres;
  std::string match;
  for (const auto& wort : beginnings) {
    if (!match.empty()) match += postgres ? " & " : " AND ";
    match += postgres ? "w" + wort + ":*" : "wort : \"" + wort + "\" *";
  }
  if (postgres) {
    tx.numbers(sql::Query("SELECT objekt FROM suche WHERE mandant = :mandant AND art <> 'dokument' AND "
                          "woerter @@ CAST(:frage AS tsquery) ORDER BY objekt DESC",
                          mandant, match),
               [&](std::span<const std::int64_t> row) { return !wanted(row[0]) || found(row[0]); });
    return;
  }
  const std::int64_t base = mandant << 40;
  tx.numbers(
      sql::Query("SELECT rowid - :basis FROM vorschlag_wort WHERE vorschlag_wort MATCH :frage AND "
                 "rowid BETWEEN :von AND :bis AND gewaehlt(rowid - :basis2) ORDER BY rowid DESC",
                 base, match, base, base + (std::int64_t{1} << 40) - 1, base),
      [&](std::span<const std::int64_t> row) { return found(row[0]); }, wanted);
}

}  // namespace suche
