#pragma once
// What the server holds in memory of each tenant's index: a row of numbers for each object, and which objects the most
// frequent questions find. Both follow the database change by change, so an answer is never older than its transaction.
#include <array>
#include <bit>
#include <map>
#include <mutex>
#include <unordered_map>

#include "sql/database.h"

namespace suche {

/// A row of suche_merkmal in small. Units, Akten, accesses and formats are numbered by the Nummern of their
/// tenant.
struct Eigenschaften {
  std::uint32_t zugriff = 0, akte = 0, vorgang = 0, absender = 0, laenge = 0;
  std::int32_t tag = 0;
  std::uint16_t organisationseinheit = 0, format = 0;
  std::uint8_t art = 0, dokumentart = 0;
};

/// The rows of a tenant at one moment; never changed, so that it can be read without a lock.
class Spalten {
 public:
  static constexpr std::uint32_t blockSize = 4096;
  struct Block {
    std::array<std::uint64_t, blockSize / 64> there{};
    std::array<std::uint16_t, blockSize / 64> before{};  ///< rows that stand before each word of `there`
    std::vector<Eigenschaften> rows{};
  };

  [[nodiscard]] const Eigenschaften* find(std::int64_t objekt) const {
    const auto at = static_cast<std::uint64_t>(objekt);
    if (at / blockSize >= blocks.size() || !blocks[at / blockSize]) return nullptr;
    const Block& block = *blocks[at / blockSize];
    const auto word = at % blockSize / 64, bit = at % 64;
    if ((block.there[word] >> bit & 1) == 0) return nullptr;
    const auto below = block.there[word] & ((std::uint64_t{1} << bit) - 1);
    return &block.rows[block.before[word] + static_cast<std::size_t>(std::popcount(below))];
  }
  [[nodiscard]] std::size_t size() const {
    std::size_t rows = 0;
    for (const auto& block : blocks) rows += block ? block->rows.size() : 0;
    return rows;
  }
  /// f(objekt, row), the newest object first, until f says no.
  template <typename F>
  void each(F&& f) const {
    for (auto b = blocks.size(); b-- > 0;) {
      if (!blocks[b]) continue;
      const Block& block = *blocks[b];
      auto row = block.rows.size();
      for (auto word = block.there.size(); word-- > 0;)
        for (auto bits = block.there[word]; bits != 0;) {
          const auto bit = 63 - static_cast<unsigned>(std::countl_zero(bits));
          bits &= ~(std::uint64_t{1} << bit);
          if (!f(static_cast<std::int64_t>(b * blockSize + word * 64 + bit), block.rows[--row])) return;
        }
    }
  }

  std::int64_t epoche = 0, stand = 0;
  std::vector<std::shared_ptr<const Block>> blocks{};
};

/// Numbers things from 1 as they come; 0 is none.
class Nummern {
 public:
  std::uint32_t number(std::int64_t id);
  [[nodiscard]] std::uint32_t find(std::int64_t id) const;
  [[nodiscard]] std::int64_t id(std::uint32_t number) const { return ids_[number]; }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(ids_.size()); }

 private:
  std::unordered_map<std::int64_t, std::uint32_t> numbers_;
  std::vector<std::int64_t> ids_{0};
};

/// Objects that a question finds, whoever asks.
struct Menge {
  std::int64_t stand = 0;
  std::vector<std::uint64_t> bits{};
};

/// What one person may see, by the numbers of `Ort::zugriffe`.
struct Reichweite {
  std::int64_t stand = 0;  ///< mandant::reichweiteStand
  std::shared_ptr<const std::vector<bool>> zugriffe{};
};

/// The words of the Aktenplan: " 632 bauantrage ", with what tells whether it changed.
struct Plan {
  std::int64_t anzahl = 0, summe = 0;
  std::vector<std::pair<std::int64_t, std::string>> eintraege{};
};

/// One tenant. Reached under its lock, except what `spalten` points to.
struct Ort {
  std::mutex mutex{};
  std::shared_ptr<const Spalten> spalten{};
  Nummern zugriffe{}, akten{}, einheiten{}, formate{};
  std::vector<std::string> absender{""};  ///< by their numbers: " muller gmbh "
  std::int64_t aenderungenAb = 0;         ///< changes after this stand are all in `aenderungen`
  std::vector<std::pair<std::int64_t, std::int64_t>> aenderungen{};  ///< stand, objekt
  struct Gemerkt {
    std::shared_ptr<const Menge> menge{};
    std::int64_t zuletzt = 0;
  };
  std::map<std::string, Gemerkt> mengen{};
  std::int64_t uhr = 0;
  std::map<std::int64_t, Reichweite> reichweiten{};  ///< by person
  std::shared_ptr<const Plan> plan{};
};

/// A tenant's rows as a transaction needs them.
struct Sicht {
  std::shared_ptr<Ort> ort{};
  std::shared_ptr<const Spalten> spalten{};
  std::int64_t stand = 0;  ///< of the transaction; the rows may be newer
};

class Bestand {
 public:
  /// Questions that find more than `mengenAb` objects are kept as sets.
  explicit Bestand(std::size_t mengenAb = 20'000) : mengenAb_(mengenAb) {}
  Bestand(const Bestand&) = delete;
  Bestand& operator=(const Bestand&) = delete;

  [[nodiscard]] std::size_t mengenAb() const { return mengenAb_; }
  /// Brings the tenant's rows up to the transaction. The first call for a tenant reads them all (about a second for a
  /// million).
  [[nodiscard]] Sicht sicht(const sql::ReadTx& tx, std::int64_t mandant);

  /// The kept set of a question, brought up to the transaction with the help of `again`, which says which of the given
  /// objects (ascending) the question finds. Nothing when there is none.
  [[nodiscard]] static std::shared_ptr<const Menge> menge(
      const Sicht& sicht, const std::string& frage,
      const std::function<std::vector<std::int64_t>(const std::vector<std::int64_t>&)>& again);
  static void merken(const Sicht& sicht, const std::string& frage, std::vector<std::uint64_t> bits);

 private:
  std::size_t mengenAb_;
  std::mutex mutex_;
  std::map<std::int64_t, std::shared_ptr<Ort>> orte_;
};

}  // namespace suche
