// Contributions to a Praxis or an event, and the evidence of a Baustein.
#include "netz/eigenwerkzeug.h"
#include "netz/kooperation.h"
#include "netz/wirkung.h"
#include "routen.h"
#include "treffen_inhalt.h"

namespace netz {
namespace {

struct NetzBeitrag {
  base::Uuid id{};
  std::int64_t stand = 0;  ///< 0 where it is not of this tenant
  Beitragart art{};
  Beitragstatus status{};
  OptText zu{};
  std::string titel{};
  OptText inhalt{}, verantwortlich{};
  OptDatum faellig{};
  NetzOrt von{};
  std::optional<Sichtbarkeit> sichtbarkeit{};
  bool darfAendern = false;
  OptText objekt{};  ///< the cooperation or the tool that it became, where the person sees it
};
BOOST_DESCRIBE_STRUCT(NetzBeitrag, (),
                      (id, stand, art, status, zu, titel, inhalt, verantwortlich, faellig, von, sichtbarkeit,
                       darfAendern, objekt))
struct NetzBeitragListe {
  std::vector<NetzBeitrag> eintraege{};
  bool darfSchreiben = false;
  std::optional<Sichtbarkeit> weitest{};  ///< as far as what it is about
};
BOOST_DESCRIBE_STRUCT(NetzBeitragListe, (), (eintraege, darfSchreiben, weitest))

struct BezugFrage {
  base::Uuid bezug{};
};
BOOST_DESCRIBE_STRUCT(BezugFrage, (), (bezug))
struct BeitragZiel {
  base::Uuid bezug{};
  std::optional<base::Uuid> zu{};
};
BOOST_DESCRIBE_STRUCT(BeitragZiel, (), (bezug, zu))

/// Of the own town in every state; of others what hangs out.
bool siehtObjekt(Tx tx, const Berechtigung& wer, const Blick& blick, const std::string& objekt) {
  const auto uuid = base::Uuid::parse(objekt).value();
  return findKooperation(tx, wer, uuid) || findEigenes(tx, wer, uuid) ||
         !sichtbare(tx, blick, sql::Query(" AND a.art IN ('kooperation', 'werkzeug') AND a.uuid = :objekt", uuid))
              .empty();
}

Result<NetzBeitragListe> list(Tx tx, const Berechtigung& wer, const base::Uuid& bezug) {
  const auto blick = blickOf(tx, wer);
  const auto about = sichtbare(tx, blick, sql::Query(" AND a.art IN ('praxis', 'termin') AND a.uuid = :bezug", bezug));
  if (about.empty()) return base::fail(base::Code::NichtGefunden);
  NetzBeitragListe out;
  out.darfSchreiben = !wer.nurLesen && wer.hat(Recht::netzMitmachen);
  out.weitest = about.front().sichtbarkeit;
  for (const auto& row :
       sichtbare(tx, blick, sql::Query(" AND a.art = 'beitrag' AND a.ober = :bezug ORDER BY a.uuid", bezug))) {
    const auto inhalt = inhaltOf<BeitragInhalt>(row);
    NetzBeitrag one;
    one.id = row.uuid;
    one.art = inhalt.art;
    one.status = inhalt.status;
    one.zu = inhalt.zu;
    one.titel = row.titel;
    one.inhalt = inhalt.inhalt;
    one.verantwortlich = inhalt.verantwortlich;
    one.faellig = inhalt.faellig;
    one.von = ortOf(tx, row);
    if (inhalt.objekt && siehtObjekt(tx, wer, blick, *inhalt.objekt)) one.objekt = inhalt.objekt;
    if (row.eigner == wer.mandant) {
      const auto own = mandant::rowByUuid<BeitragZeile>(tx, wer.mandant, row.uuid).value();
      one.stand = own.stand;
      one.sichtbarkeit = own.sichtbarkeit;
      one.darfAendern = darfAendern(wer, own);
    }
    out.eintraege.push_back(std::move(one));
  }
  return out;
}

struct NetzWirkung {
  std::optional<Wirkungssumme> summe{};
  std::int64_t abFaelle = kleinsteFaelle, abKommunen = kleinsteKommunen;
  bool hierUebernommen = false, einverstanden = false, darfEntscheiden = false;
};
BOOST_DESCRIBE_STRUCT(NetzWirkung, (), (summe, abFaelle, abKommunen, hierUebernommen, einverstanden, darfEntscheiden))
struct WirkungFrage {
  base::Uuid baustein{};
};
BOOST_DESCRIBE_STRUCT(WirkungFrage, (), (baustein))
struct WirkungSetzen {
  bool einverstanden = false;
};
BOOST_DESCRIBE_STRUCT(WirkungSetzen, (), (einverstanden))

std::optional<UebernahmeZeile> adopted(Tx tx, const Berechtigung& wer, const base::Uuid& baustein) {
  return tx.one<UebernahmeZeile>(sql::Query::select<UebernahmeZeile>().add(
      " FROM netz_uebernahme WHERE mandant = :mandant AND baustein = :baustein AND status = 'aktiv' ORDER BY id DESC",
      wer.mandant, baustein));
}

NetzWirkung wirkung(Tx tx, const Berechtigung& wer, const base::Uuid& baustein) {
  NetzWirkung out;
  out.summe = wirkungOf(tx, baustein.text());
  if (const auto here = adopted(tx, wer, baustein)) {
    out.hierUebernommen = true;
    out.darfEntscheiden = wer.hat(Recht::netzPflegen) && !wer.nurLesen;
    if (const auto said = wirkungOf(tx, *here)) out.einverstanden = said->einverstanden;
  }
  return out;
}

}  // namespace

std::optional<NetzHerkunft> herkunftOf(Tx tx, const Berechtigung& wer, const base::Uuid& objekt) {
  const auto blick = blickOf(tx, wer);
  for (const auto& said : sichtbare(
           tx, blick,
           sql::Query(" AND a.art = 'beitrag' AND a.inhalt LIKE '%\"objekt\":\"' || :objekt || '\"%'", objekt.text())))
    for (const auto& row : sichtbare(tx, blick, sql::Query(" AND a.art = 'termin' AND a.uuid = :uuid", said.ober)))
      return NetzHerkunft{row.uuid, row.titel};
  return std::nullopt;
}

void addBeitragRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, BezugFrage, NetzBeitragListe>(
      Verb::get, "/api/netz/beitraege",
      {"netzBeitraege", "Netz", "Experiences, risks, measures and more that were said of a practice or an event"},
      [&zugang](const auto& call) {
        return zugang.read<NetzBeitragListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query.bezug); });
      });
  routes.add<BeitragNeu, BeitragZiel, NetzBeitragListe>(
      Verb::post, "/api/netz/beitraege",
      {.id = "netzBeitragSchreiben",
       .tag = "Netz",
       .summary = "Add to a practice or an event: a risk, a measure, a question, an experience",
       .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return zugang.change<NetzBeitragListe>(
            call, [&](Change& c, const Berechtigung& wer) -> Result<NetzBeitragListe> {
              AKTENLOTSE_TRY(createBeitrag(c, wer, call.query.bezug, call.query.zu, call.body));
              return list(c.tx(), wer, call.query.bezug);
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string_view id, std::string_view summary, auto apply,
                                      std::string_view end = "") {
    routes.add<Body, None, None>(
        verb, "/api/netz/beitraege/{id}" + std::string(end),
        {.id = id, .tag = "Netz", .summary = summary, .recht = "netzMitmachen", .changesExisting = true},
        [&zugang, apply](const auto& call) {
          return zugang.change<None>(call, [&](Change& c, const Berechtigung& wer) -> Result<None> {
            AKTENLOTSE_GET(before, findBeitrag(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_TRY(apply(c, wer, before, call.body));
            return None{};
          });
        });
  };
  change.operator()<BeitragNeu>(Verb::put, "netzBeitragAendern", "Change what one added",
                                [](Change& c, const auto& wer, const auto& before, const auto& body) {
                                  return aendereBeitrag(c, wer, before, body);
                                });
  change.operator()<None>(
      Verb::del, "netzBeitragEntfernen", "Take back what one added",
      [](Change& c, const auto& wer, const auto& before, const auto&) { return entferneBeitrag(c, wer, before); });
  change.operator()<None>(
      Verb::post, "netzBeitragObjekt", "Make a cooperation or a tool of it",
      [](Change& c, const auto& wer, const auto& before, const auto&) { return macheObjekt(c, wer, before); },
      "/objekt");
  routes.add<None, None, NetzBeitragListe>(
      Verb::post, "/api/netz/termine/{id}/ergebnisse",
      {.id = "netzErgebnisse",
       .tag = "Netz",
       .summary = "Make contributions of the lines of its minutes that say what they are",
       .recht = "netzMitmachen",
       .changesExisting = true},
      [&zugang](const auto& call) {
        return zugang.change<NetzBeitragListe>(call,
                                               [&](Change& c, const Berechtigung& wer) -> Result<NetzBeitragListe> {
                                                 AKTENLOTSE_GET(before, findTermin(c.tx(), wer, call.id));
                                                 AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
                                                 AKTENLOTSE_TRY(uebernimmErgebnisse(c, wer, before.uuid));
                                                 return list(c.tx(), wer, before.uuid);
                                               });
      });
  routes.add<None, WirkungFrage, NetzWirkung>(
      Verb::get, "/api/netz/wirkung",
      {"netzWirkung", "Netz", "How long cases took before and after a Baustein, as a sum of several towns"},
      [&zugang](const auto& call) {
        return zugang.read<NetzWirkung>(call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzWirkung> {
          return wirkung(tx, wer, call.query.baustein);
        });
      });
  routes.add<WirkungSetzen, WirkungFrage, NetzWirkung>(
      Verb::put, "/api/netz/wirkung",
      {.id = "netzWirkungSetzen",
       .tag = "Netz",
       .summary = "Let the own figures count in that sum, or no longer",
       .recht = "netzPflegen"},
      [&zugang](const auto& call) {
        return zugang.change<NetzWirkung>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzWirkung> {
          const auto here = adopted(c.tx(), wer, call.query.baustein);
          if (!here) return base::fail(base::Code::NichtGefunden);
          AKTENLOTSE_TRY(stimmeZu(c, wer, *here, call.body.einverstanden));
          return wirkung(c.tx(), wer, call.query.baustein);
        });
      });
}

}  // namespace netz
