// The Werkzeugkoffer, and the checklists that a town works through.
#include <algorithm>

#include "netz/begleitung.h"
#include "netz/checkliste.h"
#include "routen.h"

namespace netz {
namespace {

struct WerkzeugKurz {
  std::string schluessel{};
  Werkzeugart art{};
  std::string titel{}, kurz{}, fuer{}, version{};
  Werkzeugzustand zustand{};
  base::Datum datum{};
  bool bereitschaft = false;
  std::int64_t punkte = 0;
};
BOOST_DESCRIBE_STRUCT(WerkzeugKurz, (),
                      (schluessel, art, titel, kurz, fuer, version, zustand, datum, bereitschaft, punkte))
struct WerkzeugListe {
  std::vector<WerkzeugKurz> eintraege{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugListe, (), (eintraege))

struct WerkzeugVersion {
  std::string version{};
  Werkzeugzustand zustand{};
  base::Datum datum{};
  std::string aenderung{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugVersion, (), (version, zustand, datum, aenderung))

struct WerkzeugBild : WerkzeugKurz {
  std::string lizenz{}, einleitung{};
  std::vector<Abschnitt> abschnitte{};
  std::vector<WerkzeugVersion> versionen{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugBild, (WerkzeugKurz), (lizenz, einleitung, abschnitte, versionen))

struct WerkzeugFrage {
  base::Line<60> schluessel{};
  std::optional<base::Line<20>> version{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugFrage, (), (schluessel, version))

struct NetzPunkt {
  std::string schluessel{}, text{};
  OptText hilfe{};
  Punktstatus status{};
  OptText notiz{};
  std::optional<mandant::PersonKurz> person{};
  std::optional<base::Zeitpunkt> zeit{};
};
BOOST_DESCRIBE_STRUCT(NetzPunkt, (), (schluessel, text, hilfe, status, notiz, person, zeit))

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
};
BOOST_DESCRIBE_STRUCT(NetzChecklisteKurz, (),
                      (id, stand, werkzeug, bezeichnung, version, neuere, status, begonnen, erledigt, gilt,
                       bereitschaft))
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

std::int64_t pointsOf(const Fassung& one) {
  std::int64_t out = 0;
  for (const auto& abschnitt : one.abschnitte) out += static_cast<std::int64_t>(abschnitt.punkte.size());
  return out;
}

WerkzeugKurz kurz(const Werkzeug& tool, const Fassung& one) {
  return {tool.schluessel, tool.art,    tool.titel, tool.kurz,         tool.fuer,
          one.version,     one.zustand, one.datum,  tool.bereitschaft, pointsOf(one)};
}

Result<WerkzeugBild> bild(Tx tx, const Berechtigung& wer, const WerkzeugFrage& frage) {
  const auto* tool = werkzeug(frage.schluessel.value);
  if (tool == nullptr) return base::fail(base::Code::NichtGefunden);
  const auto* found = frage.version ? fassung(*tool, frage.version->value) : &geltende(*tool);
  if (found == nullptr) return base::fail(base::Code::NichtGefunden);
  const auto one = fuerLand(*found, mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).land);
  WerkzeugBild out;
  static_cast<WerkzeugKurz&>(out) = kurz(*tool, one);
  out.lizenz = tool->lizenz;
  out.einleitung = one.einleitung;
  out.abschnitte = one.abschnitte;
  for (const auto& version : tool->versionen)
    out.versionen.push_back({version.version, version.zustand, version.datum, version.aenderung});
  return out;
}

Hakenliste hakenOf(const std::vector<PunktZeile>& rows) {
  Hakenliste out;
  for (const auto& row : rows) out[row.schluessel] = {row.status, row.notiz.value_or("")};
  return out;
}

NetzChecklisteKurz kurz(Tx tx, const ChecklisteZeile& row) {
  const auto* tool = werkzeug(row.werkzeug);
  const auto done = bearbeite(fassungOf(tx, row), hakenOf(punkteOf(tx, row)));
  NetzChecklisteKurz out{row.uuid,   row.stand,    row.werkzeug,  row.bezeichnung, row.version,       {},
                         row.status, row.begonnen, done.erledigt, done.gilt,       tool->bereitschaft};
  const auto& newest = geltende(*tool);
  if (newest.version != row.version) out.neuere = newest.version;
  return out;
}

NetzPunkt punkt(Tx tx, const Punkt& one, const std::vector<PunktZeile>& said) {
  NetzPunkt out{one.schluessel, one.text, one.hilfe, Punktstatus::offen, {}, {}, {}};
  const auto found = std::ranges::find(said, one.schluessel, &PunktZeile::schluessel);
  if (found == said.end()) return out;
  out.status = found->status;
  out.notiz = found->notiz;
  out.person = mandant::personKurz(tx, found->mandant, found->person);
  out.zeit = found->zeit;
  return out;
}

/// The text of a point as any version has it.
Punkt anywhere(const Werkzeug& tool, const std::string& schluessel) {
  for (const auto& version : tool.versionen)
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
  static_cast<NetzChecklisteKurz&>(out) = kurz(tx, row);
  const auto& tool = *werkzeug(row.werkzeug);
  const auto now = fassungOf(tx, row);
  const auto said = punkteOf(tx, row);
  out.einleitung = now.einleitung;
  for (const auto& abschnitt : now.abschnitte) {
    NetzAbschnitt part{abschnitt.titel, abschnitt.text, 0, 0, {}};
    for (const auto& one : abschnitt.punkte) {
      part.punkte.push_back(punkt(tx, one, said));
      part.gilt += part.punkte.back().status == Punktstatus::nichtZutreffend ? 0 : 1;
      part.erledigt += part.punkte.back().status == Punktstatus::erledigt ? 1 : 0;
    }
    out.abschnitte.push_back(std::move(part));
  }
  for (const auto& [schluessel, haken] : bearbeite(now, hakenOf(said)).entfallen)
    out.entfallen.push_back(punkt(tx, anywhere(tool, schluessel), said));
  if (out.neuere)
    out.neuerungen =
        vergleiche(now, mitEigenen(tx, row,
                                   fuerLand(*fassung(tool, *out.neuere),
                                            mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0).land)));
  out.darfBearbeiten = wer.hat(Recht::netzMitmachen) && !wer.nurLesen;
  return out;
}

void addChecklisteRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, NetzChecklisteListe>(
      Verb::get, "/api/netz/checklisten", {"netzChecklisten", "Netz", "The checklists that this town works through"},
      [&zugang](const auto& call) {
        return zugang.read<NetzChecklisteListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NetzChecklisteListe> {
              NetzChecklisteListe out;
              for (const auto& row : mandant::allRows<ChecklisteZeile>(tx, wer.mandant))
                out.eintraege.push_back(kurz(tx, row));
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

}  // namespace

void addWerkzeugRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, WerkzeugListe>(
      Verb::get, "/api/netz/werkzeuge", {"netzWerkzeuge", "Netz", "The tools of the Werkzeugkoffer"},
      [&zugang](const auto& call) {
        return zugang.read<WerkzeugListe>(call, [](Tx, const Berechtigung&) -> Result<WerkzeugListe> {
          WerkzeugListe out;
          for (const auto& tool : werkzeuge()) out.eintraege.push_back(kurz(tool, geltende(tool)));
          return out;
        });
      });
  routes.add<None, WerkzeugFrage, WerkzeugBild>(
      Verb::get, "/api/netz/werkzeug", {"netzWerkzeug", "Netz", "One tool in one version, by default the one in force"},
      [&zugang](const auto& call) {
        return zugang.read<WerkzeugBild>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return bild(tx, wer, call.query); });
      });
  addChecklisteRoutes(routes, zugang);
}

}  // namespace netz
