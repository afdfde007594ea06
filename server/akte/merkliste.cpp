#include "merkliste.h"

#include "sql/liste.h"

namespace akte {

namespace {
constexpr std::int64_t zuletztAnzahl = 30;
/// Nobody wants to know more exactly what he has missed.
constexpr std::int64_t neuesHoechstens = 200;
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
  if (input.art != Merkart::zuletzt) return;
  tx.exec(
      "UPDATE merkliste SET gelesen = :gelesen WHERE mandant = :mandant AND person = :person AND art = :art AND objekt "
      "= :objekt",
      change.nr() - 1, wer.mandant, wer.person, Merkart::abonnement, objekt.id);
  tx.exec(
      "DELETE FROM merkliste WHERE mandant = :mandant AND person = :person AND art = :art AND zeit < (SELECT MIN(zeit) "
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

namespace {

/// What a new entry is about.
struct Neuerung {
  std::string objektArt{};
  std::int64_t objekt = 0;
};
BOOST_DESCRIBE_STRUCT(Neuerung, (), (objektArt, objekt))

}  // namespace

std::int64_t neuesIn(const sql::ReadTx& tx, const Berechtigung& wer, const Objekt& objekt, std::int64_t gelesen) {
  std::map<std::int64_t, bool> seen{{objekt.id, true}};
  std::int64_t count = 0;
  const auto add = [&](sql::Sql column) {
    sql::Query query("SELECT j.objekt_art, j.objekt FROM journal j WHERE j.mandant = :mandant AND j.nr > :gelesen ",
                     wer.mandant, gelesen);
    query.add("AND j.person <> :person AND j.", wer.person).add(column).add(" = :objekt", objekt.id);
    for (const auto& one : tx.query<Neuerung>(query.add(" ORDER BY j.nr LIMIT :grenze", neuesHoechstens))) {
      const auto [at, fresh] = seen.try_emplace(one.objekt);
      if (fresh) at->second = objektById(tx, wer, one.objektArt, one.objekt).has_value();
      if (at->second) ++count;
    }
  };
  // All that is done in an Akte stands in its chain.
  if (objekt.art == SuchArt::akte) {
    add("kette");
  } else {
    add("objekt");
    add("oberobjekt");
  }
  return count;
}

namespace {

struct Abonnement {
  std::int64_t person = 0;
  std::string objektArt{};
  std::int64_t objekt = 0;
};
BOOST_DESCRIBE_STRUCT(Abonnement, (), (person, objektArt, objekt))

}  // namespace

void deuteAbonnements(const sql::ReadTx& tx, std::int64_t mandant, std::span<const journal::Eintrag> eintraege,
                      mandant::Hoererschaft& hoerer) {
  std::map<std::int64_t, std::vector<const journal::Eintrag*>> about;
  for (const auto& entry : eintraege)
    for (const auto id : std::set{entry.objekt, entry.oberobjekt, entry.kette})
      if (id != 0) about[id].push_back(&entry);
  std::vector<std::int64_t> people;
  for (const auto& [person, wer] : hoerer.leute()) people.push_back(person);
  if (people.empty() || about.empty()) return;
  sql::Query query(
      "SELECT person, objekt_art, objekt FROM merkliste WHERE mandant = :mandant AND art = :art AND person", mandant,
      Merkart::abonnement);
  for (const auto& one : tx.query<Abonnement>(query.add(sql::in(tx, people)))) {
    const auto changed = about.find(one.objekt);
    const auto& wer = hoerer.leute().at(one.person);
    if (changed == about.end() || !objektById(tx, wer, one.objektArt, one.objekt)) continue;
    for (const auto* entry : changed->second)
      if (entry->person != one.person &&
          (entry->objekt == one.objekt || objektById(tx, wer, entry->objektArt, entry->objekt))) {
        hoerer.melde(one.person, mandant::Ereignis::abonnement);
        break;
      }
  }
}

}  // namespace akte
