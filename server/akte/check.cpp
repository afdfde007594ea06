#include <fmt/format.h>

#include "akte/schriftgut.h"
#include "base/hash.h"

namespace akte {
namespace {

struct VersionMitText {
  std::int64_t version = 0;
  OptText pruefsumme{}, text{};
};
BOOST_DESCRIBE_STRUCT(VersionMitText, (), (version, pruefsumme, text))

}  // namespace

std::vector<std::string> check(const sql::ReadTx& tx, std::int64_t mandant) {
  std::vector<std::string> found;
  tx.each<VersionMitText>(
      sql::Query("SELECT v.id, t.pruefsumme, t.text FROM version v LEFT JOIN volltext t ON t.mandant = v.mandant AND "
                 "t.version = v.id "
                 "WHERE v.mandant = :mandant ORDER BY v.id",
                 mandant),
      [&](VersionMitText&& row) {
        if (!row.text || !row.pruefsumme)
          found.push_back(fmt::format("Volltext: zur Version {} fehlt der gelesene Text.", row.version));
        else if (base::sha256Hex(*row.text) != *row.pruefsumme)
          found.push_back(fmt::format("Volltext: der Text zur Version {} wurde verändert.", row.version));
      });
  return found;
}

}  // namespace akte
