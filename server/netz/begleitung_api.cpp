// Coaching: who coaches which town, the town's yes, and the log.
#include <algorithm>

#include "routen.h"
#include "sql/liste.h"
#include "treffen_inhalt.h"

namespace netz {
namespace {

enum class Begleitungsstand : std::uint8_t { angefragt, erteilt, zurueckgenommen };
BOOST_DESCRIBE_ENUM(Begleitungsstand, angefragt, erteilt, zurueckgenommen)

struct NetzBegleitung {
  base::Uuid lotse{};              ///< his membership
  std::optional<base::Uuid> id{};  ///< of the consent, where there is one: the log's name
  NetzMitglied mitglied{};
  std::string ags{}, kommune{};
  Begleitungsstand stand{};
  OptDatum seit{};
  bool ichLotse = false, darfEntscheiden = false, darfLesen = false;
};
BOOST_DESCRIBE_STRUCT(NetzBegleitung, (),
                      (lotse, id, mitglied, ags, kommune, stand, seit, ichLotse, darfEntscheiden, darfLesen))

struct NetzBegleitungListe {
  std::vector<NetzBegleitung> eintraege{};
  bool darfFragen = false;  ///< the person is a Lotse
};
BOOST_DESCRIBE_STRUCT(NetzBegleitungListe, (), (eintraege, darfFragen))

struct LotseFrage {
  base::Uuid lotse{};
};
BOOST_DESCRIBE_STRUCT(LotseFrage, (), (lotse))
struct BegleitungFrage {
  base::Uuid begleitung{};
};
BOOST_DESCRIBE_STRUCT(BegleitungFrage, (), (begleitung))
struct EintragFrage {
  base::Uuid eintrag{};
};
BOOST_DESCRIBE_STRUCT(EintragFrage, (), (eintrag))

struct NetzCoaching {
  base::Uuid id{};
  std::int64_t stand = 0;
  base::Datum tag{};
  std::string thema{}, inhalt{}, von{}, person{};
  OptText schritt{};
  OptDatum faellig{};
  bool erledigt = false, darfAendern = false;
};
BOOST_DESCRIBE_STRUCT(NetzCoaching, (),
                      (id, stand, tag, thema, inhalt, von, person, schritt, faellig, erledigt, darfAendern))
struct NetzCoachingListe {
  std::vector<NetzCoaching> eintraege{};
  bool darfSchreiben = false;
};
BOOST_DESCRIBE_STRUCT(NetzCoachingListe, (), (eintraege, darfSchreiben))

std::string nameOf(Tx tx, const std::string& ags) {
  if (const auto known = kommune(tx, ags)) return known->name;
  return tx
      .value<std::string>(
          "SELECT v.name FROM netz_aushang a JOIN mandant_verzeichnis v ON v.mandant = a.eigner WHERE a.art = 'profil' "
          "AND a.ags = :ags ORDER BY a.uuid",
          ags)
      .value_or(ags);
}

/// One for each Lotse and town that this person has to do with: as the Lotse, or for the town.
NetzBegleitungListe list(Tx tx, const Berechtigung& wer) {
  const auto blick = blickOf(tx, wer);
  NetzBegleitungListe out;
  out.darfFragen = alsLotse(tx, wer).has_value() && !wer.nurLesen && wer.hat(Recht::netzMitmachen);
  const bool darf = darfEinwilligen(tx, wer);
  const auto mine = mandant::allRows<EinwilligungZeile>(tx, wer.mandant);
  std::vector<Aushang> rows;
  if (!blick.ags.empty())
    rows = sichtbare(tx, blick, sql::Query(" AND a.art = 'betreuung' AND a.ags = :hier ORDER BY a.uuid", blick.ags));
  for (auto& row : sichtbare(
           tx, blick,
           sql::Query(" AND a.art = 'betreuung' AND a.ober").add(sql::in(tx, blick.meine)).add(" ORDER BY a.uuid")))
    if (std::ranges::find(rows, row.uuid, &Aushang::uuid) == rows.end()) rows.push_back(std::move(row));
  for (const auto& row : rows) {
    const auto lotse = sichtbare(tx, blick, sql::Query(" AND a.art = 'mitglied' AND a.uuid = :lotse", row.ober));
    if (lotse.empty()) continue;
    NetzBegleitung one;
    one.lotse = lotse.front().uuid;
    one.mitglied = mitglieder(tx, wer, blick, lotse).front();
    one.ags = row.ags;
    one.kommune = nameOf(tx, row.ags);
    one.ichLotse = std::ranges::find(blick.meine, row.ober) != blick.meine.end();
    const auto ours = std::ranges::find(mine, row.ober, &EinwilligungZeile::lotse);
    if (row.ags == blick.ags && ours != mine.end()) {
      one.id = ours->uuid;
      one.seit = ours->seit;
      one.stand =
          ours->status == Einwilligungsstatus::erteilt ? Begleitungsstand::erteilt : Begleitungsstand::zurueckgenommen;
    } else if (one.ichLotse) {
      for (const auto& yes : sichtbare(
               tx, blick,
               sql::Query(" AND a.art = 'einwilligung' AND a.ober = :lotse AND a.titel = :dort", row.ober, row.ags))) {
        one.id = yes.uuid;
        one.seit = inhaltOf<EinwilligungInhalt>(yes).seit;
        one.stand = Begleitungsstand::erteilt;
      }
    }
    one.darfEntscheiden = darf && row.ags == blick.ags;
    one.darfLesen = one.id && std::ranges::find(blick.begleitungen, one.id->text()) != blick.begleitungen.end();
    out.eintraege.push_back(std::move(one));
  }
  return out;
}

Result<NetzCoachingListe> log(Tx tx, const Berechtigung& wer, const base::Uuid& begleitung) {
  const auto blick = blickOf(tx, wer);
  if (std::ranges::find(blick.begleitungen, begleitung.text()) == blick.begleitungen.end())
    return base::fail(base::Code::NichtGefunden);
  NetzCoachingListe out;
  out.darfSchreiben = !wer.nurLesen && wer.hat(Recht::netzMitmachen) &&
                      tx.value<std::string>("SELECT uuid FROM netz_aushang WHERE uuid = :uuid", begleitung).has_value();
  for (const auto& row : sichtbare(tx, blick,
                                   sql::Query(" AND a.art = 'coaching' AND a.ober = :begleitung ORDER BY a.ordnung "
                                              "DESC, a.uuid DESC",
                                              begleitung))) {
    const auto inhalt = inhaltOf<CoachingInhalt>(row);
    NetzCoaching one{row.uuid,      inhalt.stand,   inhalt.tag,     row.titel,       inhalt.inhalt, ortOf(tx, row).name,
                     inhalt.person, inhalt.schritt, inhalt.faellig, inhalt.erledigt, false};
    if (one.von.empty())
      one.von = tx.value<std::string>("SELECT name FROM mandant_verzeichnis WHERE mandant = :eigner", row.eigner)
                    .value_or("");
    if (out.darfSchreiben && row.eigner == wer.mandant)
      one.darfAendern = mandant::rowByUuid<CoachingZeile>(tx, wer.mandant, row.uuid).value().person == wer.person;
    out.eintraege.push_back(std::move(one));
  }
  return out;
}

}  // namespace

void addBegleitungRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, NetzBegleitungListe>(
      Verb::get, "/api/netz/begleitungen",
      {"netzBegleitungen", "Netz", "Who coaches the own town, and which towns one coaches"},
      [&zugang](const auto& call) {
        return zugang.read<NetzBegleitungListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NetzBegleitungListe> { return list(tx, wer); });
      });
  routes.add<BegleitungFragen, None, NetzBegleitungListe>(
      Verb::post, "/api/netz/begleitungen",
      {.id = "netzBegleitungFragen",
       .tag = "Netz",
       .summary = "As a Lotse, ask a town whether one may coach it",
       .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return zugang.change<NetzBegleitungListe>(
            call, [&](Change& c, const Berechtigung& wer) -> Result<NetzBegleitungListe> {
              AKTENLOTSE_TRY(frageAn(c, wer, call.body));
              return list(c.tx(), wer);
            });
      });
  routes.add<EinwilligungSetzen, LotseFrage, NetzBegleitungListe>(
      Verb::put, "/api/netz/einwilligung",
      {.id = "netzEinwilligung",
       .tag = "Netz",
       .summary = "For the town, say yes to a Lotse, or take it back",
       .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return zugang.change<NetzBegleitungListe>(
            call, [&](Change& c, const Berechtigung& wer) -> Result<NetzBegleitungListe> {
              AKTENLOTSE_TRY(willigeEin(c, wer, call.query.lotse, call.body.erteilt));
              return list(c.tx(), wer);
            });
      });
  routes.add<None, BegleitungFrage, NetzCoachingListe>(
      Verb::get, "/api/netz/coaching", {"netzCoaching", "Netz", "The log of a Lotse and a town, the newest first"},
      [&zugang](const auto& call) {
        return zugang.read<NetzCoachingListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return log(tx, wer, call.query.begleitung); });
      });
  routes.add<CoachingNeu, BegleitungFrage, NetzCoachingListe>(
      Verb::post, "/api/netz/coaching",
      {.id = "netzCoachingSchreiben", .tag = "Netz", .summary = "Write into the log", .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return zugang.change<NetzCoachingListe>(
            call, [&](Change& c, const Berechtigung& wer) -> Result<NetzCoachingListe> {
              AKTENLOTSE_TRY(schreibeCoaching(c, wer, call.query.begleitung, call.body));
              return log(c.tx(), wer, call.query.begleitung);
            });
      });
  routes.add<CoachingNeu, EintragFrage, NetzCoachingListe>(
      Verb::put, "/api/netz/coaching",
      {.id = "netzCoachingAendern",
       .tag = "Netz",
       .summary = "Change what one wrote into the log",
       .recht = "netzMitmachen",
       .changesExisting = true},
      [&zugang](const auto& call) {
        return zugang.change<NetzCoachingListe>(
            call, [&](Change& c, const Berechtigung& wer) -> Result<NetzCoachingListe> {
              AKTENLOTSE_GET(row, aendereCoaching(c, wer, call.query.eintrag, call.stand.value_or(0), call.body));
              return log(c.tx(), wer, base::Uuid::parse(row.begleitung).value());
            });
      });
}

}  // namespace netz
