// Writing and publishing circulars, newsletters and press releases.
#include <fmt/format.h>

#include "routen.h"
#include "treffen_inhalt.h"

namespace netz {
namespace {

struct NetzSchreiben {
  base::Uuid id{};
  std::int64_t stand = 0;  ///< 0 where it is not of this tenant
  Schreibenart art{};
  Schreibenstatus status{};
  std::string titel{}, inhalt{};
  OptText ort{};
  base::Datum tag{};
  NetzOrt von{};
  std::optional<std::int64_t> empfaenger{};
  OptText seite{};  ///< the public page
  bool darfAendern = false;
};
BOOST_DESCRIBE_STRUCT(NetzSchreiben, (),
                      (id, stand, art, status, titel, inhalt, ort, tag, von, empfaenger, seite, darfAendern))
struct NetzSchreibenListe {
  std::vector<NetzSchreiben> eintraege{};
  std::int64_t rundschreiben = 0, newsletter = 0, presse = 0;  ///< who wants them; nobody sees an address
  std::string bestellseite{};
  bool darfSchreiben = false;
};
BOOST_DESCRIBE_STRUCT(NetzSchreibenListe, (),
                      (eintraege, rundschreiben, newsletter, presse, bestellseite, darfSchreiben))

NetzSchreiben show(Tx tx, const Berechtigung& wer, const SchreibenZeile& row) {
  NetzSchreiben out;
  out.id = row.uuid;
  out.stand = row.stand;
  out.art = row.art;
  out.status = row.status;
  out.titel = row.titel;
  out.inhalt = row.inhalt;
  out.ort = row.ort;
  out.tag = row.tag;
  out.von.name = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0).name;
  if (row.status == Schreibenstatus::veroeffentlicht) out.empfaenger = row.empfaenger;
  if (row.status == Schreibenstatus::veroeffentlicht && row.art != Schreibenart::rundschreiben)
    out.seite = fmt::format("/oeffentlich/presse/{}", row.uuid.text());
  out.darfAendern = row.status == Schreibenstatus::entwurf && wer.hat(Recht::netzPflegen) && !wer.nurLesen;
  return out;
}

NetzSchreibenListe list(Tx tx, const Berechtigung& wer) {
  NetzSchreibenListe out;
  out.darfSchreiben = wer.hat(Recht::netzPflegen) && !wer.nurLesen;
  if (out.darfSchreiben)
    for (const auto& row : tx.query<SchreibenZeile>(sql::Query::select<SchreibenZeile>().add(
             " FROM netz_schreiben WHERE mandant = :mandant AND status = 'entwurf' ORDER BY id DESC", wer.mandant)))
      out.eintraege.push_back(show(tx, wer, row));
  for (const auto& row : sichtbare(
           tx, blickOf(tx, wer),
           sql::Query(" AND a.art = 'schreiben' AND a.ordnung <> '' ORDER BY a.ordnung DESC, a.uuid LIMIT 100"))) {
    if (row.eigner == wer.mandant) {
      out.eintraege.push_back(show(tx, wer, mandant::rowByUuid<SchreibenZeile>(tx, wer.mandant, row.uuid).value()));
      continue;
    }
    const auto inhalt = inhaltOf<SchreibenInhalt>(row);
    NetzSchreiben one;
    one.id = row.uuid;
    one.art = inhalt.art;
    one.status = Schreibenstatus::veroeffentlicht;
    one.titel = row.titel;
    one.inhalt = inhalt.inhalt;
    one.ort = inhalt.ort;
    one.tag = inhalt.tag;
    one.von = ortOf(tx, row);
    if (row.eigner != 0 && inhalt.art != Schreibenart::rundschreiben)
      one.seite = fmt::format("/oeffentlich/presse/{}", row.uuid.text());
    out.eintraege.push_back(std::move(one));
  }
  out.rundschreiben = abonnenten(tx, wer.mandant, Schreibenart::rundschreiben);
  out.newsletter = abonnenten(tx, wer.mandant, Schreibenart::newsletter);
  out.presse = abonnenten(tx, wer.mandant, Schreibenart::presse);
  out.bestellseite =
      fmt::format("/oeffentlich/abo?von={}", mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).schluessel);
  return out;
}

}  // namespace

void addSchreibenRoutes(http::Routes& routes, Zugang& zugang, const std::string& adresse) {
  routes.add<None, None, NetzSchreibenListe>(
      Verb::get, "/api/netz/schreiben",
      {"netzSchreiben", "Netz", "Circulars, newsletters and press releases, and how many want them"},
      [&zugang](const auto& call) {
        return zugang.read<NetzSchreibenListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NetzSchreibenListe> { return list(tx, wer); });
      });
  routes.add<SchreibenNeu, None, NetzSchreiben>(
      Verb::post, "/api/netz/schreiben",
      {.id = "netzSchreibenAnlegen",
       .tag = "Netz",
       .summary = "Draft a circular, a newsletter or a press release",
       .recht = "netzPflegen",
       .create = true},
      [&zugang](const auto& call) {
        return zugang.create<NetzSchreiben>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, createSchreiben(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<NetzSchreiben> {
              AKTENLOTSE_GET(row, findSchreiben(tx, wer, uuid));
              return show(tx, wer, row);
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string pattern, std::string_view id, std::string_view summary,
                                      auto apply) {
    routes.add<Body, None, NetzSchreiben>(
        verb, std::move(pattern),
        {.id = id, .tag = "Netz", .summary = summary, .recht = "netzPflegen", .changesExisting = true},
        [&zugang, apply](const auto& call) {
          return zugang.change<NetzSchreiben>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzSchreiben> {
            AKTENLOTSE_GET(before, findSchreiben(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_GET(after, apply(c, wer, before, call.body));
            return show(c.tx(), wer, after);
          });
        });
  };
  change.operator()<SchreibenNeu>(Verb::put, "/api/netz/schreiben/{id}", "netzSchreibenAendern", "Change a draft",
                                  [](Change& c, const auto& wer, const auto& before, const auto& body) {
                                    return aendereSchreiben(c, wer, before, body);
                                  });
  change.operator()<None>(Verb::post, "/api/netz/schreiben/{id}/veroeffentlichen", "netzSchreibenVeroeffentlichen",
                          "Publish it, and mail it to those who want it",
                          [adresse](Change& c, const auto& wer, const auto& before, const auto&) {
                            return veroeffentliche(c, wer, before, adresse);
                          });
}

}  // namespace netz
