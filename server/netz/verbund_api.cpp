// Installations that join: the screen of the tenant that keeps it, and the one route that other installations ask.
#include <fmt/format.h>

#include <map>

#include "netz/verbund.h"
#include "routen.h"

namespace netz {
namespace {

struct NetzKarte {
  std::string name{}, land{}, schluessel{}, fingerabdruck{};
};
BOOST_DESCRIBE_STRUCT(NetzKarte, (), (name, land, schluessel, fingerabdruck))

struct NetzAblehnung {
  Ablehngrund grund{};
  std::string text{};
  base::Zeitpunkt zuerst{}, zuletzt{};
  std::int64_t anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(NetzAblehnung, (), (grund, text, zuerst, zuletzt, anzahl))

struct NetzPartnerKurz {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string name{}, land{}, adresse{}, schluessel{}, fingerabdruck{};
  Partnerstatus status{};
  base::Datum seit{};
  std::vector<Partnerstatus> naechste{};
  std::optional<base::Zeitpunkt> kontakt{}, versuch{}, wieder{};  ///< last contact, last attempt, the next one
  std::int64_t fehler = 0;                                        ///< attempts in a row that failed
  std::string hinweis{};
  std::int64_t eintraege = 0, zurueckgezogen = 0, abgelehnt = 0;
};
BOOST_DESCRIBE_STRUCT(NetzPartnerKurz, (),
                      (id, stand, name, land, adresse, schluessel, fingerabdruck, status, seit, naechste, kontakt,
                       versuch, wieder, fehler, hinweis, eintraege, zurueckgezogen, abgelehnt))

/// Of one that came from elsewhere.
Feedart feedartOf(const Aushang& row) { return base::enumFrom<Feedart>(base::enumName(row.art)).value(); }

struct NetzEmpfangen {
  Feedart art{};
  std::string titel{};
  NetzOrt ort{};
  std::int64_t version = 0;
  base::Zeitpunkt empfangen{};
};
BOOST_DESCRIBE_STRUCT(NetzEmpfangen, (), (art, titel, ort, version, empfangen))

struct NetzPartner : NetzPartnerKurz {
  std::vector<NetzEmpfangen> empfangen{};  ///< the newest that may be seen
  std::vector<NetzAblehnung> ablehnungen{};
};
BOOST_DESCRIBE_STRUCT(NetzPartner, (NetzPartnerKurz), (empfangen, ablehnungen))

struct NetzWiderspruch {
  Feedart art{};
  std::string hier{}, dort{};
  NetzOrt ort{};
};
BOOST_DESCRIBE_STRUCT(NetzWiderspruch, (), (art, hier, dort, ort))

struct NetzVerbund {
  bool haelt = false;  ///< this tenant keeps with whom the installation joins
  NetzKarte karte{};
  std::vector<NetzPartnerKurz> eintraege{};
  std::vector<NetzWiderspruch> widersprueche{};
};
BOOST_DESCRIBE_STRUCT(NetzVerbund, (), (haelt, karte, eintraege, widersprueche))

std::int64_t countOf(Tx tx, const sql::Query& query) { return tx.value<std::int64_t>(query).value_or(0); }

template <class Out>
Out show(Tx tx, const Berechtigung& wer, const PartnerZeile& row) {
  Out out;
  out.id = row.uuid;
  out.stand = row.stand;
  out.name = row.name;
  out.land = row.land;
  out.adresse = row.adresse;
  out.schluessel = row.schluessel;
  out.fingerabdruck = fingerabdruck(row.schluessel);
  out.status = row.status;
  out.seit = row.seit;
  out.naechste = naechste(wer, row);
  if (const auto line = verbindungOf(tx, row)) {
    out.kontakt = line->kontakt;
    out.versuch = line->versuch;
    if (row.status == Partnerstatus::verbunden && line->naechster.micros > 0) out.wieder = line->naechster;
    out.fehler = line->fehler;
    out.hinweis = line->hinweis;
  }
  out.eintraege =
      countOf(tx, sql::Query("SELECT COUNT(*) FROM netz_empfang WHERE partner = :partner AND weg = 0", row.uuid));
  out.zurueckgezogen =
      countOf(tx, sql::Query("SELECT COUNT(*) FROM netz_empfang WHERE partner = :partner AND weg = 1", row.uuid));
  out.abgelehnt = countOf(
      tx, sql::Query("SELECT CAST(COALESCE(SUM(anzahl), 0) AS BIGINT) FROM netz_ablehnung WHERE partner = :partner",
                     row.uuid));
  return out;
}

NetzPartner showAll(Tx tx, const Berechtigung& wer, const PartnerZeile& row) {
  auto out = show<NetzPartner>(tx, wer, row);
  std::map<std::string, EmpfangZeile> known;
  for (auto& one : tx.query<EmpfangZeile>("SELECT partner, fremd, uuid, art, version, nr, hash, signatur, zeit, "
                                          "empfangen, weg FROM netz_empfang WHERE "
                                          "partner = :partner AND weg = 0 ORDER BY nr DESC LIMIT 200",
                                          row.uuid))
    known[one.uuid] = one;
  if (!known.empty())
    for (const auto& one : sichtbare(tx, blickOf(tx, wer),
                                     sql::Query(" AND a.herkunft = :herkunft AND a.art IN ('profil', 'praxis', "
                                                "'baustein', 'kooperation', 'mitglied') ORDER BY a.uuid",
                                                row.name)))
      if (const auto found = known.find(one.uuid.text()); found != known.end())
        out.empfangen.push_back(
            {feedartOf(one), one.titel, ortOf(tx, one), found->second.version, found->second.empfangen});
  std::ranges::sort(out.empfangen, std::greater<>(), &NetzEmpfangen::empfangen);
  for (const auto& one : tx.query<AblehnungZeile>(
           "SELECT partner, grund, text, zuerst, zuletzt, anzahl FROM netz_ablehnung WHERE partner = :partner ORDER BY "
           "zuletzt DESC",
           row.uuid))
    out.ablehnungen.push_back({one.grund, one.text, one.zuerst, one.zuletzt, one.anzahl});
  return out;
}

NetzVerbund all(Tx tx, const Berechtigung& wer, Verbund& verbund) {
  NetzVerbund out;
  out.haelt = verbund.halter(tx) == wer.mandant;
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0);
  const auto key = verbund.schluessel().paar().oeffentlich;
  out.karte = {town.name, town.land, key, fingerabdruck(key)};
  for (const auto& row : mandant::allRows<PartnerZeile>(tx, wer.mandant))
    out.eintraege.push_back(show<NetzPartnerKurz>(tx, wer, row));
  if (!out.haelt) return out;
  for (const auto& [hier, dort] : widersprueche(tx))
    out.widersprueche.push_back({feedartOf(dort), hier.titel.empty() ? ortOf(tx, hier).name : hier.titel,
                                 dort.titel.empty() ? ortOf(tx, dort).name : dort.titel, ortOf(tx, dort)});
  return out;
}

void addChanging(http::Routes& routes, Zugang& zugang, Verbund& verbund) {
  routes.add<PartnerSetzen, None, NetzPartner>(
      Verb::post, "/api/netz/partner",
      {.id = "netzPartnerAnfragen",
       .tag = "Netz",
       .summary = "Note an installation to join with; nothing is sent yet",
       .recht = "netzPflegen",
       .create = true},
      [&zugang, &verbund](const auto& call) {
        return zugang.create<NetzPartner>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, verbund.frageAn(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<NetzPartner> {
              AKTENLOTSE_GET(row, findPartner(tx, wer, uuid));
              return showAll(tx, wer, row);
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string_view end, std::string_view id, std::string_view summary,
                                      auto apply) {
    routes.add<Body, None, NetzPartner>(
        verb, fmt::format("/api/netz/partner/{{id}}{}", end),
        {.id = id, .tag = "Netz", .summary = summary, .recht = "netzPflegen", .changesExisting = true},
        [&zugang, apply](const auto& call) {
          return zugang.change<NetzPartner>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzPartner> {
            AKTENLOTSE_GET(before, findPartner(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_GET(after, apply(c, wer, before, call.body));
            return showAll(c.tx(), wer, after);
          });
        });
  };
  change.operator()<PartnerSetzen>(Verb::put, "", "netzPartnerAendern",
                                   "Change name, Land, address or key; another key must be compared again",
                                   [&verbund](Change& c, const auto& wer, const auto& before, const auto& body) {
                                     return verbund.aendere(c, wer, before, body);
                                   });
  change.operator()<PartnerZustand>(Verb::post, "/zustand", "netzPartnerZustand",
                                    "Join (with the fingerprint that was read out), pause, end, or ask again",
                                    [&verbund](Change& c, const auto& wer, const auto& before, const auto& body) {
                                      return verbund.wechsle(c, wer, before, body);
                                    });
  change.operator()<None>(
      Verb::post, "/abgleichen", "netzPartnerAbgleichen", "Ask the other installation now",
      [&verbund](Change& c, const auto& wer, const auto& before, const auto&) -> Result<PartnerZeile> {
        AKTENLOTSE_TRY(verbund.gleicheAb(c, wer, before));
        return before;
      });
}

}  // namespace

void addVerbundRoutes(http::Routes& routes, Zugang& zugang, Verbund& verbund) {
  routes.add<None, None, NetzVerbund>(
      Verb::get, "/api/netz/verbund",
      {.id = "netzVerbund",
       .tag = "Netz",
       .summary = "The key of this installation, and the installations that it joins with",
       .recht = "netzPflegen"},
      [&zugang, &verbund](const auto& call) {
        return zugang.read<NetzVerbund>(
            call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzVerbund> { return all(tx, wer, verbund); });
      });
  routes.add<None, None, NetzPartner>(Verb::get, "/api/netz/partner/{id}",
                                      {.id = "netzPartner",
                                       .tag = "Netz",
                                       .summary = "One of them: how far it is, what came, what was refused",
                                       .recht = "netzPflegen"},
                                      [&zugang](const auto& call) {
                                        return zugang.read<NetzPartner>(
                                            call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzPartner> {
                                              AKTENLOTSE_GET(row, findPartner(tx, wer, call.id));
                                              return showAll(tx, wer, row);
                                            });
                                      });
  addChanging(routes, zugang, verbund);
  routes.addRaw<None>(Verb::post, "/api/verbund/feed",
                      {.id = "verbundFeed",
                       .tag = "Verbund",
                       .summary = "Answers a signed question of another installation (docs/netz-format.md)",
                       .open = true,
                       .produces = "application/json",
                       .maxBody = 4096},
                      [&verbund](const auto& call) -> Result<http::Response> {
                        AKTENLOTSE_GET(text, verbund.antworte(call.request.body));
                        return http::text(200, "application/json", std::move(text));
                      });
}

}  // namespace netz
