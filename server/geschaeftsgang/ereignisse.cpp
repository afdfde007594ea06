// Whose Postkorb is another one after rows were written.
#include <algorithm>

#include "routen.h"
#include "sql/liste.h"

namespace geschaeftsgang {
namespace {

/// A step that came, went, or is shown in another way, and what decides who sees it.
struct Anstoss {
  Schrittart art{};
  TraegerArt adressatArt{};
  std::int64_t adressat = 0;
  std::optional<Rolle> rolle{};
  akte::OptId bearbeiter{}, vertretene{};
  std::int64_t zugriff = 0, organisationseinheit = 0;
};
BOOST_DESCRIBE_STRUCT(Anstoss, (),
                      (art, adressatArt, adressat, rolle, bearbeiter, vertretene, zugriff, organisationseinheit))

sql::Query steps(std::int64_t mandant) {
  return sql::Query(
      "SELECT s.art, s.adressat_art, s.adressat, s.rolle, s.bearbeiter, s.vertretene, v.zugriff, "
      "a.organisationseinheit FROM schritt s JOIN vorgang v ON v.mandant = s.mandant AND v.id = s.vorgang JOIN akte a "
      "ON a.mandant = v.mandant AND a.id = v.akte WHERE s.mandant = :mandant AND ",
      mandant);
}

constexpr sql::Sql shown = " AND (s.status = 'aktuell' OR (s.status = 'erledigt' AND s.art = 'mitzeichnung'))";

std::vector<Anstoss> anstoesse(Tx tx, std::int64_t mandant, std::span<const journal::Beruehrt> rows) {
  std::vector<std::int64_t> schritte, vorgaenge, akten, versionen;
  for (const auto& row : rows) {
    if (row.tabelle == SchrittZeile::tabelle) schritte.push_back(row.id);
    if (row.tabelle == akte::VorgangZeile::tabelle && !row.neu) vorgaenge.push_back(row.id);
    if (row.tabelle == akte::AkteZeile::tabelle && !row.neu) akten.push_back(row.id);
    // A new version makes marks old.
    if (row.tabelle == akte::DokumentZeile::tabelle && row.vorher.contains("version")) versionen.push_back(row.id);
  }
  std::vector<Anstoss> out;
  const auto add = [&](const sql::Query& query) {
    for (auto& one : tx.query<Anstoss>(query)) out.push_back(std::move(one));
  };
  if (!schritte.empty()) add(steps(mandant).add("s.id").add(sql::in(tx, schritte)));
  if (!vorgaenge.empty()) add(steps(mandant).add("s.vorgang").add(sql::in(tx, vorgaenge)).add(shown));
  if (!akten.empty()) add(steps(mandant).add("v.akte").add(sql::in(tx, akten)).add(shown));
  if (versionen.empty()) return out;
  add(steps(mandant).add("s.dokument").add(sql::in(tx, versionen)).add(shown));
  auto mappen = steps(mandant).add(
      "s.laufweg IN (SELECT l.id FROM mappenstueck m JOIN laufweg l ON l.mandant = m.mandant AND l.umlaufmappe = "
      "m.umlaufmappe WHERE m.mandant = :m2 AND m.dokument",
      mandant);
  add(mappen.add(sql::in(tx, versionen)).add(")").add(shown));
  return out;
}

/// Those who listen and stand in for somebody.
std::vector<std::pair<std::int64_t, Vertretungen>> vertreter(Tx tx, std::int64_t mandant, const base::Datum& heute,
                                                             const mandant::Hoererschaft& hoerer) {
  std::vector<std::pair<std::int64_t, Vertretungen>> out;
  for (const auto& row : mandant::allRows<mandant::VertretungZeile>(tx, mandant))
    if (hoerer.hoert(row.vertreter) &&
        std::ranges::find(out, row.vertreter, &decltype(out)::value_type::first) == out.end())
      out.emplace_back(row.vertreter, Vertretungen(tx, mandant, row.vertreter, heute));
  return out;
}

}  // namespace

void deutePostkorb(Tx tx, std::int64_t mandant, std::span<const journal::Beruehrt> rows, const base::Datum& heute,
                   mandant::Hoererschaft& hoerer) {
  const auto changed = anstoesse(tx, mandant, rows);
  if (changed.empty()) return;
  const auto deputies = vertreter(tx, mandant, heute, hoerer);
  std::map<std::tuple<TraegerArt, std::int64_t, std::optional<Rolle>>, std::vector<std::int64_t>> known;
  for (const auto& one : changed) {
    const auto [at, fresh] = known.try_emplace({one.adressatArt, one.adressat, one.rolle});
    if (fresh) at->second = gemeinte(tx, mandant, {one.adressatArt, one.adressat, one.rolle});
    auto owners = at->second;
    if (one.bearbeiter) owners.push_back(*one.bearbeiter);
    if (one.vertretene) owners.push_back(*one.vertretene);
    const auto tell = [&](std::int64_t person) {
      if (!hoerer.hoert(person) || hoerer.gemeldet().contains({person, mandant::Ereignis::postkorb})) return;
      if (mandant::stufeFor(tx, hoerer.leute().at(person), one.zugriff))
        hoerer.melde(person, mandant::Ereignis::postkorb);
    };
    for (const auto owner : owners) tell(owner);
    for (const auto& [person, fuer] : deputies)
      for (const auto& who : fuer.bei(one.art, one.organisationseinheit))
        if (std::ranges::find(owners, who.id) != owners.end()) tell(person);
  }
}

}  // namespace geschaeftsgang
