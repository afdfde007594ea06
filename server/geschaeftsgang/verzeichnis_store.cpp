// Who there is in a tenant, from its tables.
#include <algorithm>

#include "geschaeftsgang/geschaeftsgang.h"

namespace geschaeftsgang {
namespace {

using mandant::allRows;
using mandant::OrganisationseinheitZeile;
using mandant::PersonZeile;
using mandant::StelleZeile;
using Tx = const sql::ReadTx&;

/// Why those named could not do it; nothing when one of them can.
std::optional<std::string> gegen(Tx tx, const VorgangMit& vorgang, const Schrittentwurf& schritt,
                                 const std::string& name) {
  const auto mandant = vorgang.vorgang.mandant;
  const auto people = gemeinte(tx, mandant, schritt.adressat);
  if (people.empty()) return name + " hat niemanden, der das tun könnte.";
  bool reached = false;
  for (const auto id : people) {
    const auto who = mandant::berechtigungOf(tx, mandant, id);
    if (!mandant::stufeFor(tx, who, vorgang.vorgang.zugriff)) continue;
    reached = true;
    const auto need = schritt.art == Schrittart::schlusszeichnung ? Recht::schlusszeichnen
                      : schritt.art == Schrittart::zda            ? Recht::vorgangZda
                                                                  : Recht::schrittErledigen;
    if (who.hat(Recht::schrittErledigen) && who.hat(need)) return std::nullopt;
  }
  if (!reached) return name + " erreicht diesen Vorgang nicht. Weiten Sie zuerst den Zugriff.";
  if (schritt.art == Schrittart::schlusszeichnung) return name + " hat kein Zeichnungsrecht.";
  return name + " hat das Recht dazu nicht.";
}

}  // namespace

std::vector<std::int64_t> gemeinte(Tx tx, std::int64_t mandant, const Adressat& an) {
  if (an.art == TraegerArt::person) return {an.id};
  static const sql::Table shape{"besetzung", {{"person", sql::Kind::integer, false}}};
  sql::Query query(
      "SELECT DISTINCT b.person FROM besetzung b JOIN person p ON p.mandant = b.mandant AND p.id = b.person "
      "AND p.aktiv = 1 WHERE b.mandant = :mandant AND ",
      mandant);
  if (an.art == TraegerArt::stelle)
    query.add("b.stelle = :stelle", an.id);
  else if (an.art == TraegerArt::organisationseinheit)
    query.add("b.stelle IN (SELECT id FROM stelle WHERE mandant = :m2 AND organisationseinheit = :oe)", mandant, an.id);
  else
    query.add("b.stelle IN (SELECT stelle FROM stelle_rolle WHERE mandant = :m2 AND rolle = :rolle)", mandant,
              an.rolle.value());
  std::vector<std::int64_t> out;
  tx.eachValues(shape, query.add(" ORDER BY b.person"),
                [&](std::vector<sql::Value>&& row) { out.push_back(std::get<std::int64_t>(row[0])); });
  return out;
}

Verzeichnis verzeichnisOf(Tx tx, std::int64_t mandant) {
  std::vector<Eintrag> out;
  for (const auto& row : allRows<PersonZeile>(tx, mandant))
    if (row.aktiv)
      out.push_back({{TraegerArt::person, row.id, {}},
                     row.uuid,
                     mandant::nameOf(row),
                     {row.anmeldename, row.nachname, mandant::nameOf(row)}});
  for (const auto& row : allRows<StelleZeile>(tx, mandant))
    out.push_back({{TraegerArt::stelle, row.id, {}}, row.uuid, row.bezeichnung, {row.bezeichnung}});
  for (const auto& row : allRows<OrganisationseinheitZeile>(tx, mandant))
    out.push_back({{TraegerArt::organisationseinheit, row.id, {}},
                   row.uuid,
                   row.bezeichnung,
                   {row.kurzzeichen, row.bezeichnung}});
  for (const auto rolle : {Rolle::SB, Rolle::RG, Rolle::SGV, Rolle::LT, Rolle::FA, Rolle::DA, Rolle::LP})
    out.push_back({{TraegerArt::rolle, 0, rolle},
                   {},
                   std::string(mandant::bezeichnung(rolle)),
                   {std::string(base::enumName(rolle)), std::string(mandant::bezeichnung(rolle))}});
  return Verzeichnis(std::move(out));
}

namespace {

/// What is another one whenever somebody was added, changed or removed: a new row has the greatest id, a changed one a
/// higher stand.
struct Ordnungsstand {
  std::int64_t anzahl = 0, summe = 0, groesste = 0;
  friend bool operator==(const Ordnungsstand&, const Ordnungsstand&) = default;
};
BOOST_DESCRIBE_STRUCT(Ordnungsstand, (), (anzahl, summe, groesste))

std::vector<Ordnungsstand> ordnungOf(Tx tx, std::int64_t mandant) {
  return {tx.one<Ordnungsstand>("SELECT COUNT(*), CAST(COALESCE(SUM(stand), 0) AS BIGINT), COALESCE(MAX(id), 0) FROM "
                                "person WHERE mandant = :mandant",
                                mandant)
              .value(),
          tx.one<Ordnungsstand>("SELECT COUNT(*), CAST(COALESCE(SUM(stand), 0) AS BIGINT), COALESCE(MAX(id), 0) FROM "
                                "stelle WHERE mandant = :mandant",
                                mandant)
              .value(),
          tx.one<Ordnungsstand>("SELECT COUNT(*), CAST(COALESCE(SUM(stand), 0) AS BIGINT), COALESCE(MAX(id), 0) FROM "
                                "organisationseinheit WHERE mandant = :mandant",
                                mandant)
              .value()};
}

}  // namespace

struct Geschaeftsgang::Bekannt {
  std::vector<Ordnungsstand> stand{};
  Verzeichnis verzeichnis;
};

std::shared_ptr<const Verzeichnis> Geschaeftsgang::verzeichnis(Tx tx, std::int64_t mandant) {
  auto stand = ordnungOf(tx, mandant);
  std::shared_ptr<const Bekannt> found;
  {
    auto bekannt = bekannt_.lock();
    found = (*bekannt)[mandant];
  }
  if (!found || found->stand != stand) {
    found = std::make_shared<const Bekannt>(Bekannt{std::move(stand), verzeichnisOf(tx, mandant)});
    auto bekannt = bekannt_.lock();
    (*bekannt)[mandant] = found;
  }
  return {found, &found->verzeichnis};
}

Person personOf(Tx tx, std::int64_t mandant, std::int64_t person) {
  Person out;
  out.id = person;
  static const sql::Table shape{"besetzung",
                                {{"stelle", sql::Kind::integer, false}, {"oe", sql::Kind::integer, false}}};
  tx.eachValues(shape,
                sql::Query("SELECT b.stelle, s.organisationseinheit FROM besetzung b JOIN stelle s ON s.mandant = "
                           "b.mandant AND s.id = b.stelle WHERE b.mandant = :mandant AND b.person = :person",
                           mandant, person),
                [&](std::vector<sql::Value>&& row) {
                  out.stellen.push_back(std::get<std::int64_t>(row[0]));
                  out.einheiten.push_back(std::get<std::int64_t>(row[1]));
                });
  out.rollen = mandant::berechtigungOf(tx, mandant, person).rollen;
  return out;
}

std::string nameOf(Tx tx, std::int64_t mandant, const Adressat& an) {
  if (an.art == TraegerArt::person) {
    const auto person = mandant::personKurz(tx, mandant, an.id);
    return person ? person->name : "";
  }
  if (an.art == TraegerArt::rolle) return std::string(mandant::bezeichnung(an.rolle.value()));
  if (an.art == TraegerArt::stelle) {
    const auto row = mandant::rowById<StelleZeile>(tx, mandant, an.id);
    return row ? row->bezeichnung : "";
  }
  const auto row = mandant::rowById<OrganisationseinheitZeile>(tx, mandant, an.id);
  return row ? row->bezeichnung : "";
}

Schritte schritteOf(Tx tx, std::int64_t mandant, std::int64_t laufweg) {
  return tx.query<SchrittZeile>(sql::Query::select<SchrittZeile>().add(
      " FROM schritt WHERE mandant = :mandant AND laufweg = :laufweg ORDER BY nr", mandant, laufweg));
}

Entwurf verstehe(Tx tx, const Berechtigung& wer, const VorgangMit& vorgang, std::string_view zeile,
                 const Verzeichnis& verzeichnis, const base::Datum& heute) {
  auto out = verstehe(zeile, verzeichnis, {TraegerArt::person, wer.person, {}}, heute);
  // The same question about the same people is asked once.
  std::vector<std::pair<Schrittentwurf, std::optional<std::string>>> known;
  for (const auto& schritt : out.schritte) {
    if (std::ranges::any_of(out.hinweise, [&](const auto& h) { return h.von < schritt.bis && h.bis > schritt.von; }))
      continue;
    auto same = std::ranges::find_if(
        known, [&](const auto& k) { return k.first.adressat == schritt.adressat && k.first.art == schritt.art; });
    if (same == known.end()) {
      known.emplace_back(schritt, gegen(tx, vorgang, schritt, nameOf(tx, wer.mandant, schritt.adressat)));
      same = std::prev(known.end());
    }
    const auto& why = same->second;
    if (why) out.hinweise.push_back({schritt.von, schritt.bis, *why, {}});
  }
  std::ranges::stable_sort(out.hinweise, {}, &Hinweis::von);
  return out;
}

}  // namespace geschaeftsgang
