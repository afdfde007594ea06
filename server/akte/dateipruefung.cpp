#include "akte/dateipruefung.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "akte/renditionen.h"

namespace akte {
namespace {

using base::Zeitpunkt;

/// Reading again must leave the disk to those who work.
constexpr double gemach = 40.0 * 1024 * 1024;
constexpr std::int64_t hour = 3600;
/// After a pause of the server not everything is read at once.
constexpr std::int64_t mostHours = 24;
constexpr std::int64_t keepMended = 90 * 24 * hour;
constexpr std::size_t group = 500;

/// Empty where the plan of the server asks for the next share.
struct PruefAuftrag {
  std::optional<bool> alles{};
};
BOOST_DESCRIBE_STRUCT(PruefAuftrag, (), (alles))

/// Sleeps so long that, since its beginning, no more was read than may be.
class Drossel {
 public:
  explicit Drossel(double bytesPerSecond) : bytesPerSecond_(bytesPerSecond) {}
  void gelesen(std::int64_t bytes) {
    if (bytesPerSecond_ <= 0) return;
    bytes_ += static_cast<double>(bytes);
    const auto due = began_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                  std::chrono::duration<double>(bytes_ / bytesPerSecond_));
    std::this_thread::sleep_until(due);
  }

 private:
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  double bytesPerSecond_, bytes_ = 0;
};

/// The smallest checksum at a place; one that is greater than all at the last.
std::string sumAt(std::int64_t stelle) {
  return stelle >= Dateipruefung::stellen ? std::string("g") : fmt::format("{:08x}", stelle);
}

void noteDamage(sql::WriteTx& tx, const DateischadenZeile& row) {
  tx.exec(
      "INSERT INTO dateischaden (mandant, sha256, schaden, entdeckt, behoben) VALUES (:mandant, :sha256, :schaden, "
      ":entdeckt, :behoben) ON CONFLICT (mandant, sha256) DO UPDATE SET schaden = excluded.schaden, behoben = "
      "excluded.behoben, entdeckt = CASE WHEN dateischaden.behoben IS NULL THEN dateischaden.entdeckt ELSE "
      "excluded.entdeckt END",
      row.mandant, row.sha256, base::cutUtf8(row.schaden, 500), row.entdeckt, row.behoben);
}

}  // namespace

std::int64_t Dateipruefung::offen(const std::vector<std::int64_t>& mandanten) {
  std::int64_t out = 0;
  for (const auto mandant : mandanten)
    database_.read(mandant, [&, before = out](const sql::ReadTx& tx) {
      out = before + tx.value<std::int64_t>(
                           "SELECT COUNT(*) FROM dateischaden WHERE mandant = :mandant AND behoben IS "
                           "NULL",
                           mandant)
                         .value_or(0);
    });
  return out;
}

Dateipruefung::Strecke Dateipruefung::naechste(std::int64_t mandant, Zeitpunkt jetzt) {
  const auto row = database_.read(mandant, [&](const sql::ReadTx& tx) {
    return tx.one<DateipruefungZeile>(
        sql::Query::select<DateipruefungZeile>().add(" FROM dateipruefung WHERE mandant = :mandant", mandant));
  });
  const auto since = row ? (jetzt.micros - row->zuletzt.micros) / 1'000'000 : hour;
  const auto hours = std::clamp<std::int64_t>((since + hour / 2) / hour, 1, std::min(mostHours, plan_.stunden));
  Strecke out;
  out.von = row ? row->stelle % stellen : 0;
  // The last share of a round takes what dividing has left over.
  const auto rest = stellen - out.von, share = stellen / plan_.stunden * hours;
  out.bis = rest < share + stellen / plan_.stunden / 2 ? stellen : out.von + share;
  return out;
}

bool Dateipruefung::lies(std::int64_t mandant, Strecke strecke, double bytesProSekunde, const Weiter& weiter,
                         std::vector<DateischadenZeile>& gefunden) {
  std::map<std::string, std::int64_t> named;
  std::vector<DateischadenZeile> known;
  database_.read(mandant, [&](const sql::ReadTx& tx) {
    named = genannteDateien(tx, mandant, sumAt(strecke.von), sumAt(strecke.bis));
    known = tx.query<DateischadenZeile>(sql::Query::select<DateischadenZeile>().add(
        " FROM dateischaden WHERE mandant = :mandant AND behoben IS NULL AND sha256 >= :von AND sha256 < :bis ORDER BY "
        "sha256",
        mandant, sumAt(strecke.von), sumAt(strecke.bis)));
  });
  std::vector<DateischadenZeile> fresh;
  const auto write = [&] {
    if (fresh.empty()) return;
    database_.write(mandant, [&](sql::WriteTx& tx) {
      for (const auto& row : fresh) noteDamage(tx, row);
    });
    gefunden.insert(gefunden.end(), fresh.begin(), fresh.end());
    fresh.clear();
  };
  Drossel drossel(bytesProSekunde);
  std::size_t done = 0;
  for (const auto& [sha256, groesse] : named) {
    const auto befund = blobs_.mend(sha256);
    ++gelesen_;
    const auto now = clock_.now();
    const auto before = std::ranges::find(known, sha256, &DateischadenZeile::sha256);
    if (!befund.schaden.empty())
      fresh.push_back({mandant, sha256, befund.schaden, now, befund.behoben ? std::optional(now) : std::nullopt});
    else if (before != known.end())
      fresh.push_back({mandant, sha256, before->schaden, before->entdeckt, now});
    drossel.gelesen(groesse);
    if (fresh.size() >= group) write();
    if (!weiter(++done, named.size())) return write(), false;
  }
  // What was deleted lawfully since is no damage any more.
  for (const auto& row : known)
    if (!named.contains(row.sha256))
      database_.write(mandant, [&](sql::WriteTx& tx) {
        tx.exec("DELETE FROM dateischaden WHERE mandant = :mandant AND sha256 = :sha256", mandant, row.sha256);
      });
  write();
  return true;
}

void Dateipruefung::merke(sql::WriteTx& tx, std::int64_t mandant, Strecke strecke, Zeitpunkt jetzt,
                          std::int64_t anzahl) {
  const bool ganz = strecke.bis == stellen;
  const auto before = tx.one<DateipruefungZeile>(
      sql::Query::select<DateipruefungZeile>().add(" FROM dateipruefung WHERE mandant = :mandant", mandant));
  DateipruefungZeile row = before.value_or(DateipruefungZeile{});
  row.mandant = mandant;
  if (strecke.von == 0 || !before) {
    row.rundeSeit = jetzt;
    row.gelesen = 0;
  }
  row.gelesen += anzahl;
  row.stelle = strecke.bis;
  row.zuletzt = jetzt;
  if (ganz) row.vollstaendig = jetzt;
  tx.exec("DELETE FROM dateipruefung WHERE mandant = :mandant", mandant);
  tx.exec(sql::Query::insertInto(sql::tableOf<DateipruefungZeile>(), sql::valuesOf(row)));
  tx.exec("DELETE FROM dateischaden WHERE mandant = :mandant AND behoben < :alt", mandant,
          jetzt.plusSeconds(-keepMended));
}

std::vector<DateischadenZeile> Dateipruefung::alles(std::int64_t mandant) {
  std::vector<DateischadenZeile> out;
  std::size_t count = 0;
  lies(
      mandant, {}, 0, [&](std::size_t, std::size_t all) { return count = all, true; }, out);
  database_.write(mandant,
                  [&](sql::WriteTx& tx) { merke(tx, mandant, {}, clock_.now(), static_cast<std::int64_t>(count)); });
  return out;
}

jobs::Ergebnis Dateipruefung::laufe(jobs::Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<PruefAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  const auto strecke = auftrag->alles.value_or(false) ? Strecke{} : naechste(lauf.mandant(), clock_.now());
  std::vector<DateischadenZeile> gefunden;
  std::size_t count = 0;
  auto told = std::chrono::steady_clock::now();
  const bool whole = lies(
      lauf.mandant(), strecke, gemach,
      [&](std::size_t done, std::size_t all) {
        count = all;
        if (std::chrono::steady_clock::now() - told < std::chrono::seconds(2)) return true;
        told = std::chrono::steady_clock::now();
        return lauf.fortschritt(static_cast<std::int64_t>(done), static_cast<std::int64_t>(all));
      },
      gefunden);
  if (!whole) return {};
  database_.write(lauf.mandant(), [&](sql::WriteTx& tx) {
    merke(tx, lauf.mandant(), strecke, clock_.now(), static_cast<std::int64_t>(count));
    lauf.abschliessen(tx);
  });
  return {};
}

jobs::Art Dateipruefung::art() {
  jobs::Art art;
  art.name = artName;
  art.bezeichnungDe = "Dateien prüfen";
  art.bezeichnungEn = "Check the files";
  art.ausfuehren = [this](jobs::Lauf& lauf) { return laufe(lauf); };
  return art;
}

}  // namespace akte
