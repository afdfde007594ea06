#include "merkliste.h"

namespace akte {

namespace {
constexpr std::int64_t zuletztAnzahl = 30;
}  // namespace

bool steht(const sql::ReadTx& tx, const Berechtigung& wer, Merkart art, std::int64_t objekt) {
  return tx
      .value<std::int64_t>(
          "SELECT zeit FROM merkliste WHERE mandant = :mandant AND person = :person AND art = :art AND objekt = "
          ":objekt",
          wer.mandant, wer.person, art, objekt)
      .has_value();
}

void merke(Change& change, const Berechtigung& wer, const Objekt& objekt, const MerkenSetzen& input) {
  auto& tx = change.tx();
  tx.exec("DELETE FROM merkliste WHERE mandant = :mandant AND person = :person AND art = :art AND objekt = :objekt",
          wer.mandant, wer.person, input.art, objekt.id);
  if (!input.an) return;
  tx.exec(
      "INSERT INTO merkliste (mandant, person, art, objekt_art, objekt, zeit, gelesen) "
      "VALUES (:mandant, :person, :art, :objekt_art, :objekt, :zeit, :gelesen)",
      wer.mandant, wer.person, input.art, objekt.art, objekt.id, change.zeit(), change.nr() - 1);
  if (input.art == Merkart::zuletzt)
    tx.exec(
        "DELETE FROM merkliste WHERE mandant = :mandant AND person = :person AND art = :art AND zeit < (SELECT "
        "MIN(zeit) "
        "FROM (SELECT zeit FROM merkliste WHERE mandant = :m2 AND person = :p2 AND art = :a2 ORDER BY zeit DESC LIMIT "
        ":grenze) neueste)",
        wer.mandant, wer.person, input.art, wer.mandant, wer.person, input.art, zuletztAnzahl);
}

std::vector<Gemerkt> gemerkt(const sql::ReadTx& tx, const Berechtigung& wer, Merkart art) {
  return tx.query<Gemerkt>(
      "SELECT objekt_art, objekt, zeit, gelesen FROM merkliste WHERE mandant = :mandant AND person = :person AND art = "
      ":art ORDER BY zeit DESC LIMIT 100",
      wer.mandant, wer.person, art);
}

}  // namespace akte
