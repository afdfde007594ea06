#include "akte/einsichtnahme.h"

#include <algorithm>

#include "akte/umfeld.h"
#include "routen.h"

namespace akte {
namespace {

constexpr std::int64_t meiste = 500;

struct Zeile {
  std::int64_t person = 0;
  base::Datum tag{};
  std::int64_t anzahl = 0;
  base::Zeitpunkt zuletzt{};
};
BOOST_DESCRIBE_STRUCT(Zeile, (), (person, tag, anzahl, zuletzt))

/// How often a person looked on a day, and when last.
struct EinsichtnahmeAusgabe {
  std::optional<PersonKurz> person{};
  base::Datum tag{};
  std::int64_t anzahl = 0;
  base::Zeitpunkt zuletzt{};
};
BOOST_DESCRIBE_STRUCT(EinsichtnahmeAusgabe, (), (person, tag, anzahl, zuletzt))
struct EinsichtnahmeListe {
  std::vector<EinsichtnahmeAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(EinsichtnahmeListe, (), (eintraege))

EinsichtnahmeListe listOf(Tx tx, const Objekt& objekt, std::int64_t mandant) {
  EinsichtnahmeListe out;
  for (const auto& row : tx.query<Zeile>(
           "SELECT person, tag, anzahl, zuletzt FROM einsichtnahme WHERE mandant = :mandant AND objekt = :objekt ORDER "
           "BY zuletzt DESC LIMIT :grenze",
           mandant, objekt.id, meiste))
    out.eintraege.push_back({mandant::personKurz(tx, mandant, row.person), row.tag, row.anzahl, row.zuletzt});
  return out;
}

}  // namespace

Geheimhaltung gradOf(const AkteMit& mit) { return mit.akte.geheimhaltung; }
Geheimhaltung gradOf(const VorgangMit& mit) { return std::max(mit.vorgang.geheimhaltung, mit.akte.geheimhaltung); }
Geheimhaltung gradOf(const DokumentMit& mit) {
  auto out = mit.dokument.geheimhaltung;
  if (mit.ueber) out = std::max(out, mit.ueber->geheimhaltung);
  return mit.vorgang ? std::max(out, gradOf(*mit.vorgang)) : out;
}

void vermerkeEinsicht(Zugang& zugang, const Berechtigung& wer, SuchArt art, std::int64_t objekt, Geheimhaltung grad) {
  if (grad == Geheimhaltung::offen || wer.istSystem()) return;
  const auto jetzt = zugang.journal().clock().now();
  zugang.journal().database().write(wer.mandant, [&](sql::WriteTx& tx) {
    tx.exec(
        "INSERT INTO einsichtnahme (mandant, objekt, objekt_art, person, tag, anzahl, zuletzt) VALUES (:mandant, "
        ":objekt, :art, :person, :tag, 1, :jetzt) ON CONFLICT (mandant, objekt, person, tag) DO UPDATE SET anzahl = "
        "einsichtnahme.anzahl + 1, zuletzt = excluded.zuletzt",
        wer.mandant, objekt, art, wer.person, base::Datum::of(jetzt), jetzt);
  });
}

void vermerkeEinsicht(Zugang& zugang, const Berechtigung& wer, const base::Uuid& dokument) {
  std::int64_t id = 0;
  const auto grad = zugang.journal().database().read(wer.mandant, [&](Tx tx) {
    const auto mit = findDokument(tx, wer, dokument);
    id = mit ? mit->dokument.id : 0;
    return mit ? gradOf(*mit) : Geheimhaltung::offen;
  });
  vermerkeEinsicht(zugang, wer, SuchArt::dokument, id, grad);
}

void addEinsichtnahmeRoutes(http::Routes& routes, Zugang& zugang) {
  constexpr std::pair<std::string_view, std::string_view> kinds[] = {
      {"/api/akten/{id}/einsichtnahmen", "akteEinsichtnahmen"},
      {"/api/vorgaenge/{id}/einsichtnahmen", "vorgangEinsichtnahmen"},
      {"/api/dokumente/{id}/einsichtnahmen", "dokumentEinsichtnahmen"}};
  for (const auto art : {SuchArt::akte, SuchArt::vorgang, SuchArt::dokument}) {
    const auto& [pfad, id] = kinds[static_cast<std::size_t>(art)];
    routes.add<None, None, EinsichtnahmeListe>(
        Verb::get, std::string(pfad),
        {id, "Rechte", "Who has looked at it, where it is sensitive; newest first", "zugriffSetzen"},
        [&zugang, art](const auto& call) {
          return zugang.read<EinsichtnahmeListe>(call,
                                                 [&](Tx tx, const Berechtigung& wer) -> Result<EinsichtnahmeListe> {
                                                   AKTENLOTSE_GET(objekt, findObjekt(tx, wer, art, call.id));
                                                   return listOf(tx, objekt, wer.mandant);
                                                 });
        });
  }
}

}  // namespace akte
