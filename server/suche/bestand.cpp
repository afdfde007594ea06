#include "suche/bestand.h"

#include <algorithm>

#include "base/result.h"
#include "text/analyser.h"

namespace suche {
namespace {

constexpr std::size_t mostMengen = 64;
constexpr std::size_t mostAenderungen = 50'000;
/// Above this a set is found anew rather than asked for each object.
constexpr std::size_t mostAgain = 5'000;

struct Stand {
  std::int64_t epoche = 0, stand = 0;
};
BOOST_DESCRIBE_STRUCT(Stand, (), (epoche, stand))

struct Wort {
  std::int64_t id = 0;
  std::string wort{};
};
BOOST_DESCRIBE_STRUCT(Wort, (), (id, wort))

std::uint32_t small(std::int64_t number) {
  if (number < 0 || number > UINT32_MAX) throw base::Failure("an object's number is beyond what the search holds");
  return static_cast<std::uint32_t>(number);
}

/// A block that is being changed.
class Blocks {
 public:
  explicit Blocks(Spalten& spalten) : spalten_(spalten) {}

  void set(std::int64_t objekt, const Eigenschaften& row, bool gone) {
    const auto at = small(objekt);
    auto& block = own(at / Spalten::blockSize);
    const auto word = at % Spalten::blockSize / 64, bit = at % 64;
    const auto mask = std::uint64_t{1} << bit;
    const auto index = block.before[word] + std::popcount(block.there[word] & (mask - 1));
    const bool there = (block.there[word] & mask) != 0;
    if (there && !gone) {
      block.rows[static_cast<std::size_t>(index)] = row;
      return;
    }
    if (there == !gone) return;
    if (gone)
      block.rows.erase(block.rows.begin() + index);
    else
      block.rows.insert(block.rows.begin() + index, row);
    block.there[word] ^= mask;
    for (auto after = word + 1; after < block.before.size(); ++after)
      block.before[after] = static_cast<std::uint16_t>(block.before[after] + (gone ? -1 : 1));
  }

 private:
  Spalten::Block& own(std::size_t number) {
    if (spalten_.blocks.size() <= number) spalten_.blocks.resize(number + 1);
    auto& mine = own_[number];
    if (!mine) {
      mine = spalten_.blocks[number] ? std::make_shared<Spalten::Block>(*spalten_.blocks[number])
                                     : std::make_shared<Spalten::Block>();
      spalten_.blocks[number] = mine;
    }
    return *mine;
  }

  Spalten& spalten_;
  std::map<std::size_t, std::shared_ptr<Spalten::Block>> own_;
};

void loadAbsender(const sql::ReadTx& tx, std::int64_t mandant, Ort& ort) {
  tx.each<Wort>(sql::Query("SELECT id, wort FROM suche_begriff WHERE mandant = :mandant AND id >= :id ORDER BY id",
                           mandant, static_cast<std::int64_t>(ort.absender.size())),
                [&](Wort&& begriff) {
                  ort.absender.resize(static_cast<std::size_t>(begriff.id) + 1);
                  auto& text = ort.absender.back();
                  text = " ";
                  for (const auto& token : text::analyse(begriff.wort)) (text += token.wort) += ' ';
                });
}

/// What changed since `spalten`, all of it when that is empty.
std::shared_ptr<const Spalten> follow(const sql::ReadTx& tx, std::int64_t mandant, Ort& ort, const Stand& stand) {
  auto next = ort.spalten ? std::make_shared<Spalten>(*ort.spalten) : std::make_shared<Spalten>();
  const auto since = next->stand;
  next->epoche = stand.epoche;
  next->stand = stand.stand;
  Blocks blocks(*next);
  const bool all = since == 0;
  sql::Query query(
      "SELECT objekt, stand, art, zugriff, akte, vorgang, organisationseinheit, tag, dokumentart, format, absender, "
      "laenge FROM suche_merkmal WHERE mandant = :mandant",
      mandant);
  if (all)
    query.add(" ORDER BY objekt");
  else
    query.add(" AND stand > :stand", since);
  tx.numbers(query, [&](std::span<const std::int64_t> row) {
    Eigenschaften now;
    now.art = static_cast<std::uint8_t>(row[2]);
    now.zugriff = ort.zugriffe.number(row[3]);
    now.akte = ort.akten.number(row[4]);
    now.vorgang = small(row[5]);
    now.organisationseinheit = static_cast<std::uint16_t>(ort.einheiten.number(row[6]));
    now.tag = static_cast<std::int32_t>(row[7]);
    now.dokumentart = static_cast<std::uint8_t>(row[8]);
    now.format = static_cast<std::uint16_t>(ort.formate.number(row[9]));
    now.absender = small(row[10]);
    now.laenge = small(row[11]);
    blocks.set(row[0], now, /*gone=*/now.art > 2);
    if (!all) ort.aenderungen.emplace_back(row[1], row[0]);
    return true;
  });
  if (all) ort.aenderungenAb = stand.stand;
  if (ort.aenderungen.size() > mostAenderungen) {
    ort.aenderungen.clear();
    ort.aenderungenAb = stand.stand;
  }
  loadAbsender(tx, mandant, ort);
  return next;
}

}  // namespace

std::uint32_t Nummern::number(std::int64_t id) {
  if (id == 0) return 0;
  const auto [entry, added] = numbers_.try_emplace(id, static_cast<std::uint32_t>(ids_.size()));
  if (added) ids_.push_back(id);
  return entry->second;
}

std::uint32_t Nummern::find(std::int64_t id) const {
  const auto found = numbers_.find(id);
  return found == numbers_.end() ? 0 : found->second;
}

Sicht Bestand::sicht(const sql::ReadTx& tx, std::int64_t mandant) {
  const auto stand =
      tx.one<Stand>("SELECT epoche, stand FROM suche_stand WHERE mandant = :mandant", mandant).value_or(Stand{});
  std::shared_ptr<Ort> ort;
  {
    const std::lock_guard lock(mutex_);
    auto& known = orte_[mandant];
    if (!known) known = std::make_shared<Ort>();
    ort = known;
  }
  const std::lock_guard lock(ort->mutex);
  if (ort->spalten && ort->spalten->epoche < stand.epoche) {
    ort->spalten.reset();
    ort->mengen.clear();
    ort->aenderungen.clear();
    ort->absender = {""};
  }
  // A transaction that began before another's change was read gets the newer rows: rights withdrawn meanwhile are
  // withdrawn for it too, and objects that it cannot see in its tables yet are passed over.
  if (!ort->spalten || (ort->spalten->epoche == stand.epoche && ort->spalten->stand < stand.stand))
    ort->spalten = follow(tx, mandant, *ort, stand);
  return {ort, ort->spalten, ort->spalten->epoche == stand.epoche ? stand.stand : 0};
}

std::shared_ptr<const Menge> Bestand::menge(
    const Sicht& sicht, const std::string& frage,
    const std::function<std::vector<std::int64_t>(const std::vector<std::int64_t>&)>& again) {
  std::shared_ptr<const Menge> known;
  std::vector<std::int64_t> changed;
  {
    const std::lock_guard lock(sicht.ort->mutex);
    const auto found = sicht.ort->mengen.find(frage);
    if (found == sicht.ort->mengen.end()) return nullptr;
    known = found->second.menge;
    found->second.zuletzt = ++sicht.ort->uhr;
    if (known->stand == sicht.stand) return known;
    if (known->stand > sicht.stand || known->stand < sicht.ort->aenderungenAb) return nullptr;
    for (const auto& [stand, objekt] : sicht.ort->aenderungen)
      if (stand > known->stand) changed.push_back(objekt);  // later ones too: before them it may have changed already
  }
  std::ranges::sort(changed);
  changed.erase(std::ranges::unique(changed).begin(), changed.end());
  if (changed.size() > mostAgain) return nullptr;
  auto next = std::make_shared<Menge>(*known);
  next->stand = sicht.stand;
  if (!changed.empty())
    next->bits.resize(std::max(next->bits.size(), static_cast<std::size_t>(changed.back()) / 64 + 1));
  const auto set = [&](std::int64_t objekt, bool value) {
    auto& word = next->bits[static_cast<std::size_t>(objekt) / 64];
    const auto mask = std::uint64_t{1} << (objekt % 64);
    word = value ? word | mask : word & ~mask;
  };
  for (const auto objekt : changed) set(objekt, false);
  if (!changed.empty())
    for (const auto objekt : again(changed)) set(objekt, true);
  const std::lock_guard lock(sicht.ort->mutex);
  auto& kept = sicht.ort->mengen[frage];
  if (!kept.menge || kept.menge->stand < next->stand) kept.menge = next;
  return next;
}

void Bestand::merken(const Sicht& sicht, const std::string& frage, std::vector<std::uint64_t> bits) {
  if (sicht.stand == 0) return;
  auto menge = std::make_shared<Menge>();
  menge->stand = sicht.stand;
  menge->bits = std::move(bits);
  const std::lock_guard lock(sicht.ort->mutex);
  auto& mengen = sicht.ort->mengen;
  auto& kept = mengen[frage];
  if (!kept.menge || kept.menge->stand < menge->stand) kept.menge = std::move(menge);
  kept.zuletzt = ++sicht.ort->uhr;
  if (mengen.size() > mostMengen)
    mengen.erase(std::ranges::min_element(mengen, {}, [](const auto& entry) { return entry.second.zuletzt; }));
}

}  // namespace suche
