// People of the programmes: who they are, and what each lets be seen to whom.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "routen.h"
#include "sql/liste.h"

namespace netz {
namespace {

struct MitgliedFrage : Seite {
  std::optional<base::Line<200>> q{};
  std::optional<Programm> programm{};
  std::optional<Netzrolle> rolle{};
};
BOOST_DESCRIBE_STRUCT(MitgliedFrage, (Seite), (q, programm, rolle))

struct NetzMitgliedListe {
  std::vector<NetzMitglied> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(NetzMitgliedListe, (), (eintraege, nach))

/// What a member of this tenant is to this person, beside what hangs out.
void ergaenze(Tx tx, const Berechtigung& wer, NetzMitglied& out, const MitgliedZeile& row) {
  const bool pflegt = wer.hat(Recht::netzPflegen) && !wer.nurLesen;
  out.stand = row.stand;
  out.ich = row.person == wer.person;
  out.darfAngaben = darfAngaben(wer, row);
  out.darfAnnehmen = row.status == Mitgliedstatus::eingeladen && !wer.nurLesen && (row.person ? out.ich : pflegt);
  out.darfAusscheiden = row.status != Mitgliedstatus::ausgeschieden && !wer.nurLesen && (out.ich || pflegt);
  out.darfBetreuung = pflegt && row.rolle == Netzrolle::lotse && row.status != Mitgliedstatus::ausgeschieden;
  if (!out.darfAngaben) return;
  out.angaben.clear();
  for (const auto& angabe : tx.query<AngabeZeile>(sql::Query::select<AngabeZeile>().add(
           " FROM netz_angabe WHERE mandant = :mandant AND mitglied = :mitglied ORDER BY id", row.mandant, row.id)))
    out.angaben.push_back({angabe.feld, angabe.wert, angabe.sichtbarkeit});
}

/// One of this tenant, also one who has not accepted yet.
NetzMitglied show(Tx tx, const Berechtigung& wer, const MitgliedZeile& row) {
  const auto blick = blickOf(tx, wer);
  std::vector<Aushang> hanging;
  for (const auto& one : aushangOf(tx, row))
    if (one.art == Aushangart::mitglied) hanging.push_back(one);
  if (!hanging.empty()) return mitglieder(tx, wer, blick, hanging).front();
  NetzMitglied out;
  out.id = row.uuid;
  out.programm = row.programm;
  out.rolle = row.rolle;
  out.status = row.status;
  const auto known = kommune(tx, row.ags);
  out.ort = {known != nullptr ? known->name : mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0).name,
             row.ags,
             std::string(landOf(row.ags)),
             {}};
  out.seit = row.seit;
  for (const auto& one : tx.query<BetreuungZeile>(sql::Query::select<BetreuungZeile>().add(
           " FROM netz_betreuung WHERE mandant = :mandant AND mitglied = :mitglied ORDER BY id", row.mandant, row.id)))
    out.betreut.push_back(one.ags);
  // An invitation does not hang out; in the own town it is known by name.
  for (const auto& one : tx.query<AngabeZeile>(
           sql::Query::select<AngabeZeile>().add(" FROM netz_angabe WHERE mandant = :mandant AND mitglied = :mitglied "
                                                 "AND sichtbarkeit <> 'coaching' ORDER BY id",
                                                 row.mandant, row.id)))
    out.angaben.push_back({one.feld, one.wert, {}});
  ergaenze(tx, wer, out, row);
  return out;
}

/// Members whose visible details, or whose town, have the words in them.
sql::Query searched(Tx tx, const Blick& blick, const std::string& words) {
  const auto folded = base::foldCase(words);
  std::vector<std::string> found, towns;
  for (const auto& row :
       sichtbare(tx, blick,
                 sql::Query(" AND a.art = 'angabe' AND a.suche LIKE '%' || :worte || '%' ORDER BY a.uuid LIMIT 1000",
                            folded)))
    found.push_back(row.ober);
  const auto alle = registerOf(tx);
  for (const auto& one : alle->alle)
    if (one.suche.find(folded) != std::string::npos) towns.push_back(one.ags);
  for (const auto& row : sichtbare(
           tx, blick, sql::Query(" AND a.art = 'mitglied' AND a.ags").add(sql::in(tx, towns)).add(" ORDER BY a.uuid")))
    found.push_back(row.uuid.text());
  return sql::Query(" AND a.uuid").add(sql::in(tx, found));
}

Result<NetzMitgliedListe> list(Tx tx, const Berechtigung& wer, const MitgliedFrage& frage) {
  AKTENLOTSE_GET(limit, akte::limitOf(frage.limit));
  const auto blick = blickOf(tx, wer);
  sql::Query rest(" AND a.art = 'mitglied'");
  if (frage.programm) rest.add(" AND a.inhalt LIKE '%\"programm\":\"' || :programm || '\"%'", *frage.programm);
  if (frage.rolle) rest.add(" AND a.inhalt LIKE '%\"rolle\":\"' || :rolle || '\"%'", *frage.rolle);
  if (frage.q) rest.add(searched(tx, blick, frage.q->value));
  if (frage.nach) rest.add(" AND a.uuid > :nach", frage.nach->value);
  auto rows = sichtbare(tx, blick, rest.add(" ORDER BY a.uuid LIMIT :grenze", limit + 1));
  NetzMitgliedListe out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = rows.back().uuid.text();
  }
  // First what waits for this person: invitations hang out nowhere.
  if (!frage.nach && !frage.q && !frage.programm && !frage.rolle)
    for (const auto& row : tx.query<MitgliedZeile>(sql::Query::select<MitgliedZeile>().add(
             " FROM netz_mitglied WHERE mandant = :mandant AND status = 'eingeladen' ORDER BY id", wer.mandant)))
      if (row.person == wer.person || wer.hat(Recht::netzPflegen)) out.eintraege.push_back(show(tx, wer, row));
  for (auto& one : mitglieder(tx, wer, blick, rows)) out.eintraege.push_back(std::move(one));
  return out;
}

}  // namespace

NetzOrt ortOf(Tx tx, const Aushang& row) {
  NetzOrt out{"", row.ags, row.land, {}};
  if (!row.herkunft.empty()) out.herkunft = row.herkunft;
  if (const auto known = kommune(tx, row.ags))
    out.name = known->name;
  else if (row.eigner != 0)
    out.name =
        tx.value<std::string>("SELECT name FROM mandant_verzeichnis WHERE mandant = :eigner", row.eigner).value_or("");
  else
    out.name = row.ort.empty() ? row.ags : row.ort;
  return out;
}

std::vector<Aushang> sichtbare(Tx tx, const Blick& blick, const sql::Query& rest) {
  return tx.query<Aushang>(
      sql::Query::select<Aushang>("a").add(" FROM netz_aushang a WHERE ").add(imNetzSichtbar(tx, blick)).add(rest));
}

std::vector<NetzMitglied> mitglieder(Tx tx, const Berechtigung& wer, const Blick& blick,
                                     const std::vector<Aushang>& rows) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row.uuid.text());
  std::map<std::string, std::vector<Aushang>> hanging;
  for (auto& row : sichtbare(tx, blick, sql::Query(" AND a.ober").add(sql::in(tx, ids)).add(" ORDER BY a.uuid")))
    hanging[row.ober].push_back(std::move(row));
  std::vector<NetzMitglied> out;
  for (const auto& row : rows) {
    const auto inhalt = inhaltOf<MitgliedInhalt>(row);
    NetzMitglied one;
    one.id = row.uuid;
    one.programm = inhalt.programm;
    one.rolle = inhalt.rolle;
    one.status = inhalt.status;
    one.ort = ortOf(tx, row);
    one.seit = inhalt.seit;
    one.bis = inhalt.bis;
    for (const auto& detail : hanging[row.uuid.text()]) {
      if (detail.art == Aushangart::betreuung) one.betreut.push_back(detail.ags);
      if (detail.art != Aushangart::angabe) continue;
      const auto angabe = inhaltOf<AngabeInhalt>(detail);
      one.angaben.push_back({angabe.feld, angabe.wert, {}});
    }
    std::ranges::sort(one.angaben, {}, &NetzAngabe::feld);
    if (row.eigner == wer.mandant)
      ergaenze(tx, wer, one, mandant::rowByUuid<MitgliedZeile>(tx, wer.mandant, row.uuid).value());
    out.push_back(std::move(one));
  }
  return out;
}

void addMitgliedRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, MitgliedFrage, NetzMitgliedListe>(
      Verb::get, "/api/netz/mitglieder",
      {"netzMitglieder", "Netz", "People of the programmes, each with what this person may see of them"},
      [&zugang](const auto& call) {
        return zugang.read<NetzMitgliedListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
  routes.add<None, None, NetzMitglied>(
      Verb::get, "/api/netz/mitglieder/{id}", {"netzMitglied", "Netz", "One member of this tenant"},
      [&zugang](const auto& call) {
        return zugang.read<NetzMitglied>(call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzMitglied> {
          AKTENLOTSE_GET(row, findMitglied(tx, wer, call.id));
          return show(tx, wer, row);
        });
      });
  routes.add<MitgliedNeu, None, NetzMitglied>(
      Verb::post, "/api/netz/mitglieder",
      {.id = "netzMitgliedEinladen",
       .tag = "Netz",
       .summary = "Invite somebody into a programme",
       .recht = "netzPflegen",
       .create = true},
      [&zugang](const auto& call) {
        return zugang.create<NetzMitglied>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, ladeEin(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<NetzMitglied> {
              AKTENLOTSE_GET(row, findMitglied(tx, wer, uuid));
              return show(tx, wer, row);
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string_view end, std::string_view id, std::string_view summary,
                                      std::string_view recht, auto apply) {
    routes.add<Body, None, NetzMitglied>(
        verb, fmt::format("/api/netz/mitglieder/{{id}}/{}", end),
        {.id = id, .tag = "Netz", .summary = summary, .recht = recht, .changesExisting = true},
        [&zugang, apply](const auto& call) {
          return zugang.change<NetzMitglied>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzMitglied> {
            AKTENLOTSE_GET(before, findMitglied(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_GET(after, apply(c, wer, before, call.body));
            return show(c.tx(), wer, after);
          });
        });
  };
  change.operator()<MitgliedZustand>(Verb::post, "zustand", "netzMitgliedZustand",
                                     "Accept an invitation, or leave: then the contact goes", "",
                                     [](Change& c, const Berechtigung& wer, const MitgliedZeile& before,
                                        const MitgliedZustand& body) { return wechsle(c, wer, before, body.zustand); });
  change.operator()<AngabenSetzen>(Verb::put, "angaben", "netzMitgliedAngaben", "Say what of oneself is seen by whom",
                                   "",
                                   [](Change& c, const Berechtigung& wer, const MitgliedZeile& before,
                                      const AngabenSetzen& body) { return setzeAngaben(c, wer, before, body); });
  change.operator()<BetreuungSetzen>(Verb::put, "betreuung", "netzMitgliedBetreuung", "Say which towns a Lotse coaches",
                                     "netzPflegen",
                                     [](Change& c, const Berechtigung& wer, const MitgliedZeile& before,
                                        const BetreuungSetzen& body) { return setzeBetreuung(c, wer, before, body); });
}

}  // namespace netz
