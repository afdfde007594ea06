#pragma once
// What a person keeps for himself. Technical, outside the journal; an object that he no longer sees is left out.
#include "akte/umfeld.h"

namespace akte {

enum class Merkart : std::uint8_t { favorit, abonnement, zuletzt };
BOOST_DESCRIBE_ENUM(Merkart, favorit, abonnement, zuletzt)

struct MerkenSetzen {
  Merkart art{};
  bool an = false;
};
BOOST_DESCRIBE_STRUCT(MerkenSetzen, (), (art, an))

[[nodiscard]] bool steht(const sql::ReadTx& tx, const Berechtigung& wer, Merkart art, std::int64_t objekt);
void merke(Change& change, const Berechtigung& wer, const Objekt& objekt, const MerkenSetzen& input);

struct Gemerkt {
  std::string objektArt{};
  std::int64_t objekt = 0;
  base::Zeitpunkt zeit{};
  std::int64_t gelesen = 0;
};
BOOST_DESCRIBE_STRUCT(Gemerkt, (), (objektArt, objekt, zeit, gelesen))
/// Newest first, at most 100.
[[nodiscard]] std::vector<Gemerkt> gemerkt(const sql::ReadTx& tx, const Berechtigung& wer, Merkart art);

}  // namespace akte
