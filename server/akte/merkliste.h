#pragma once
// What a person keeps for himself. Technical, outside the journal; an object that he no longer sees is left out.
#include "akte/umfeld.h"
#include "mandant/ereignisse.h"

namespace akte {

enum class Merkart : std::uint8_t { favorit, abonnement, zuletzt };
BOOST_DESCRIBE_ENUM(Merkart, favorit, abonnement, zuletzt)

struct MerkenSetzen {
  Merkart art{};
  bool an = false;
};
BOOST_DESCRIBE_STRUCT(MerkenSetzen, (), (art, an))

[[nodiscard]] bool steht(const sql::ReadTx& tx, const Berechtigung& wer, Merkart art, std::int64_t objekt);
/// Opening an object (`zuletzt`) also means that what is new in it was seen.
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
/// Changes by others after the entry `gelesen`: of the object, and of what lies in it as far as the person sees that.
/// Of many, not all are counted.
[[nodiscard]] std::int64_t neuesIn(const sql::ReadTx& tx, const Berechtigung& wer, const Objekt& objekt,
                                   std::int64_t gelesen);
/// Those who have subscribed to what the entries changed, and see both, are told.
void deuteAbonnements(const sql::ReadTx& tx, std::int64_t mandant, std::span<const journal::Eintrag> eintraege,
                      mandant::Hoererschaft& hoerer);

}  // namespace akte
