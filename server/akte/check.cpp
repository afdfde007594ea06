#include <fmt/format.h>

#include <set>

#include "akte/schriftgut.h"

namespace akte {

std::vector<std::string> check(const sql::ReadTx& tx, std::int64_t mandant) {
  std::vector<std::string> found;
  std::set<std::int64_t> open;
  for (const auto& version : mandant::allRows<VersionZeile>(tx, mandant)) open.insert(version.id);
  tx.each<VolltextZeile>(
      sql::Query::select<VolltextZeile>().add(" FROM volltext WHERE mandant = :mandant ORDER BY version", mandant),
      [&](VolltextZeile&& row) {
        if (pruefsummeOf(row) != row.pruefsumme)
          found.push_back(fmt::format("Volltext: was in der Version {} gelesen wurde, ist verändert.", row.version));
        if (open.erase(row.version) == 0)
          found.push_back(fmt::format("Volltext: eine Version {} gibt es nicht.", row.version));
      });
  for (const auto version : open)
    found.push_back(fmt::format("Volltext: zur Version {} fehlt der gelesene Text.", version));
  return found;
}

}  // namespace akte
