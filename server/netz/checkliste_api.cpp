// The checklists that a town works through.
#include <algorithm>

#include "akte/umfeld.h"
#include "netz/begleitung.h"
#include "netz/checkliste.h"
#include "routen.h"

namespace netz {
namespace {

/// What proves a point; who may not see it learns only that there is something.
struct NetzNachweis {
  std::optional<akte::SuchArt> art{};
  std::optional<base::Uuid> id{};
  OptText zeichen{}, betreff{};
};
BOOST_DESCRIBE_STRUCT(NetzNachweis, (), (art, id, zeichen, betreff))

struct NetzPunkt {
  std::string schluessel{}, text{};
  OptText hilfe{};
  Punktstatus status{};
  OptText notiz{};
  std::optional<mandant::PersonKurz> person{};
  std::optional<base::Zeitpunkt> zeit{};
  std::optional<NetzNachweis> nachweis{};
};
BOOST_DESCRIBE_STRUCT(NetzPunkt, (), (schluessel, text, hilfe, status, notiz, person, zeit, nachweis))

struct NetzAbschnitt {
  std::string titel{};
  OptText text{};
  std::int64_t erledigt = 0, gilt = 0;
  std::vector<NetzPunkt> punkte{};
};
BOOST_DESCRIBE_STRUCT(NetzAbschnitt, (), (titel, text, erledigt, gilt, punkte))

struct NetzChecklisteKurz {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string werkzeug{}, bezeichnung{}, version{};
  OptText neuere{};  ///< a version that came out since
  Checklistenstatus status{};
  base::Datum begonnen{};
  std::int64_t erledigt = 0, gilt = 0;
  bool bereitschaft = false;
  bool mitWerkzeug = false;  ///< its tool is still to be seen
};
BOOST_DESCRIBE_STRUCT(NetzChecklisteKurz, (),
                      (id, stand, werkzeug, bezeichnung, version, neuere, status, begonnen, erledigt, gilt,
                       bereitschaft, mitWerkzeug))
struct NetzChecklisteListe {
  std::vector<NetzChecklisteKurz> eintraege{};
};
BOOST_DESCRIBE_STRUCT(NetzChecklisteListe, (), (eintraege))

struct NetzCheckliste : NetzChecklisteKurz {
  std::string einleitung{};
  std::vector<NetzAbschnitt> abschnitte{};
  std::vector<NetzPunkt> entfallen{};     ///< said to points that this version does not have
  std::vector<Unterschied> neuerungen{};  ///< what the newer version would change
  bool darfBearbeiten = false;
};
BOOST_DESCRIBE_STRUCT(NetzCheckliste, (NetzChecklisteKurz),
                      (einleitung, abschnitte, entfallen, neuerungen, darfBearbeiten))

Hakenliste hakenOf(const std::vector<PunktZeile>& rows) {
  Hakenliste out;
  for (const auto& row : rows) out[row.schluessel] = {row.status, row.notiz.value_or("")};
  return out;
}

/// `tool` may have been taken back by its author since.
NetzChecklisteKurz kurz(Tx tx, const ChecklisteZeile& row, const std::optional<Werkzeug>& tool) {
  const auto own = abbildOf(row);
  const auto done = bearbeite(fassungOf(tx, row), hakenOf(punkteOf(tx, row)));
  NetzChecklisteKurz out{row.uuid,
                         row.stand,
                         row.werkzeug,
                         row.bezeichnung,
                         row.version,
                         {},
                         row.status,
                         row.begonnen,
                         done.erledigt,
                         done.gilt,
                         own ? own->bereitschaft : tool.value().bereitschaft};
  out.mitWerkzeug = tool.has_value();
  if (!tool) return out;
  const auto& newest = geltende(*tool);
  if (newest.zustand != Werkzeugzustand::entwurf && neuerAls(newest.version, row.version)) out.neuere = newest.version;
  return out;
}

NetzPunkt punkt(Tx tx, const Berechtigung& wer, const Punkt& one, const std::vector<PunktZeile>& said) {
  NetzPunkt out{one.schluessel, one.text, one.hilfe, Punktstatus::offen, {}, {}, {}};
  const auto found = std::ranges::find(said, one.schluessel, &PunktZeile::schluessel);
  if (found == said.end()) return out;
  out.status = found->status;
  out.notiz = found->notiz;
  out.person = mandant::personKurz(tx, found->mandant, found->person);
  out.zeit = found->zeit;
  if (!found->nachweis || !found->nachweisArt) return out;
  out.nachweis = NetzNachweis{};
  const auto art = base::enumFrom<akte::SuchArt>(*found->nachweisArt);
  const auto uuid = base::Uuid::parse(*found->nachweis);
  if (!art || !uuid) return out;
  if (const auto objekt = akte::findObjekt(tx, wer, *art, *uuid))
    out.nachweis = NetzNachweis{objekt->art, objekt->uuid, objekt->zeichen, objekt->betreff};
  return out;
}

/// The text of a point as any version has it.
Punkt anywhere(const ChecklisteZeile& row, const std::optional<Werkzeug>& tool, const std::string& schluessel) {
  if (const auto own = abbildOf(row))
    if (const auto found = std::ranges::find(own->frueher, schluessel, &Punkt::schluessel); found != own->frueher.end())
      return *found;
  for (const auto& version : tool ? tool->versionen : std::vector<Fassung>())
    for (const auto& abschnitt : version.abschnitte)
      for (const auto& one : abschnitt.punkte)
        if (one.schluessel == schluessel) return one;
  return {schluessel, schluessel, {}, {}};
}

struct CoachingWahl {
  std::optional<base::Uuid> coaching{};
};
BOOST_DESCRIBE_STRUCT(CoachingWahl, (), (coaching))

NetzCheckliste show(Tx tx, const Berechtigung& wer, const ChecklisteZeile& row) {
  NetzCheckliste out;
  const auto tool = findWerkzeug(tx, wer, row.werkzeug);
  static_cast<NetzChecklisteKurz&>(out) = kurz(tx, row, tool);
  const auto now = fassungOf(tx, row);
  const auto said = punkteOf(tx, row);
  out.einleitung = now.einleitung;
  for (const auto& abschnitt : now.abschnitte) {
    NetzAbschnitt part{abschnitt.titel, abschnitt.text, 0, 0, {}};
    for (const auto& one : abschnitt.punkte) {
      part.punkte.push_back(punkt(tx, wer, one, said));
      part.gilt += part.punkte.back().status == Punktstatus::nichtZutreffend ? 0 : 1;
      part.erledigt += part.punkte.back().status == Punktstatus::erledigt ? 1 : 0;
    }
    out.abschnitte.push_back(std::move(part));
  }
  for (const auto& [schluessel, haken] : bearbeite(now, hakenOf(said)).entfallen)
    out.entfallen.push_back(punkt(tx, wer, anywhere(row, tool, schluessel), said));
  if (out.neuere)
    out.neuerungen =
        vergleiche(now, mitEigenen(tx, row,
                                   fuerLand(*fassung(*tool, *out.neuere),
                                            mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0).land)));
  out.darfBearbeiten = wer.hat(Recht::netzMitmachen) && !wer.nurLesen;
  return out;
}

}  // namespace

void addChecklisteRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, NetzChecklisteListe>(
      Verb::get, "/api/netz/checklisten", {"netzChecklisten", "Netz", "The checklists that this town works through"},
      [&zugang](const auto& call) {
        return zugang.read<NetzChecklisteListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NetzChecklisteListe> {
              NetzChecklisteListe out;
              for (const auto& row : mandant::allRows<ChecklisteZeile>(tx, wer.mandant))
                out.eintraege.push_back(kurz(tx, row, findWerkzeug(tx, wer, row.werkzeug)));
              std::ranges::reverse(out.eintraege);
              return out;
            });
      });
  routes.add<None, None, NetzCheckliste>(
      Verb::get, "/api/netz/checklisten/{id}",
      {"netzCheckliste", "Netz", "One checklist, with what was said to each point, and what a newer version changes"},
      [&zugang](const auto& call) {
        return zugang.read<NetzCheckliste>(call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzCheckliste> {
          AKTENLOTSE_GET(row, findCheckliste(tx, wer, call.id));
          return show(tx, wer, row);
        });
      });
  routes.add<ChecklisteNeu, None, NetzCheckliste>(
      Verb::post, "/api/netz/checklisten",
      {.id = "netzChecklisteBeginnen",
       .tag = "Netz",
       .summary = "Begin to work through a checklist",
       .recht = "netzMitmachen",
       .create = true},
      [&zugang](const auto& call) {
        return zugang.create<NetzCheckliste>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, beginne(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<NetzCheckliste> {
              AKTENLOTSE_GET(row, findCheckliste(tx, wer, uuid));
              return show(tx, wer, row);
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string pattern, std::string_view id, std::string_view summary,
                                      auto apply) {
    routes.add<Body, None, NetzCheckliste>(
        verb, std::move(pattern),
        {.id = id, .tag = "Netz", .summary = summary, .recht = "netzMitmachen", .changesExisting = true},
        [&zugang, apply](const auto& call) {
          return zugang.change<NetzCheckliste>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzCheckliste> {
            AKTENLOTSE_GET(before, findCheckliste(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_GET(after, apply(c, wer, before, call.body));
            return show(c.tx(), wer, after);
          });
        });
  };
  change.operator()<PunktSetzen>(Verb::put, "/api/netz/checklisten/{id}/punkt", "netzPunktSetzen",
                                 "Say how far a point is, with a note",
                                 [](Change& c, const auto& wer, const auto& before, const auto& body) {
                                   return setzePunkt(c, wer, before, body);
                                 });
  routes.add<ZusatzpunktNeu, CoachingWahl, NetzCheckliste>(
      Verb::post, "/api/netz/checklisten/{id}/punkte",
      {.id = "netzChecklisteErgaenzen",
       .tag = "Netz",
       .summary = "Add a point of one's own, such as a next step of the coaching",
       .recht = "netzMitmachen",
       .changesExisting = true},
      [&zugang](const auto& call) {
        return zugang.change<NetzCheckliste>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzCheckliste> {
          AKTENLOTSE_GET(before, findCheckliste(c.tx(), wer, call.id));
          AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
          AKTENLOTSE_GET(after, ergaenzeCheckliste(c, wer, before, call.body, call.query.coaching));
          return show(c.tx(), wer, after);
        });
      });
  change.operator()<ChecklisteAendern>(
      Verb::patch, "/api/netz/checklisten/{id}", "netzChecklisteAendern",
      "Rename a checklist, take a newer version, end it or open it again",
      [](Change& c, const auto& wer, const auto& before, const auto& body) { return aendere(c, wer, before, body); });
}

}  // namespace netz
