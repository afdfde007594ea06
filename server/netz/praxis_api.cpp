// Practices, and what comes with them.
#include <fmt/format.h>

#include "geschaeftsgang/geschaeftsgang.h"
#include "netz/praxis.h"
#include "netz/verbund.h"
#include "routen.h"

namespace netz {
namespace {

struct BausteinKurz {
  base::Uuid id{};
  std::string version{}, von{}, schluessel{};
  std::int64_t einheiten = 0, felder = 0, laufwege = 0, checklisten = 0, textbausteine = 0, vorlagen = 0, proben = 0,
               werkzeuge = 0;
};
BOOST_DESCRIBE_STRUCT(BausteinKurz, (),
                      (id, version, von, schluessel, einheiten, felder, laufwege, checklisten, textbausteine, vorlagen,
                       proben, werkzeuge))

struct NetzPraxis : NetzPraxisKurz {
  std::int64_t stand = 0;  ///< 0 where it is not of this tenant
  Praxisstatus status{};
  OptText schritte{}, erfolgsfaktoren{};
  std::string lizenz{};
  std::optional<NetzMitglied> kontakt{};
  std::optional<Sichtbarkeit> sichtbarkeit{};  ///< told only in the own tenant
  std::optional<BausteinKurz> baustein{};
  bool eigene = false, darfAendern = false, darfBestaetigen = false, darfSchnueren = false;
  std::vector<Praxisstatus> naechste{};
};
BOOST_DESCRIBE_STRUCT(NetzPraxis, (NetzPraxisKurz),
                      (stand, status, schritte, erfolgsfaktoren, lizenz, kontakt, sichtbarkeit, baustein, eigene,
                       darfAendern, darfBestaetigen, darfSchnueren, naechste))

struct NetzPraxisListe {
  std::vector<NetzPraxisKurz> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(NetzPraxisListe, (), (eintraege, nach))

struct PraxisEntwurf {
  base::Uuid id{};
  std::string titel{};
  Praxisstatus status{};
};
BOOST_DESCRIBE_STRUCT(PraxisEntwurf, (), (id, titel, status))
struct PraxisEntwurfListe {
  std::vector<PraxisEntwurf> eintraege{};
};
BOOST_DESCRIBE_STRUCT(PraxisEntwurfListe, (), (eintraege))

struct PraxisFrage : Seite {
  std::optional<base::Line<200>> q{};
  std::optional<base::Line<60>> land{};
  std::optional<bool> mitBaustein{};
};
BOOST_DESCRIBE_STRUCT(PraxisFrage, (Seite), (q, land, mitBaustein))

struct PraxisId {
  base::Uuid praxis{};
};
BOOST_DESCRIBE_STRUCT(PraxisId, (), (praxis))

struct NetzMischzeile {
  std::string name{};  ///< what is named to take the package's
  Teilart art{};
  std::string schluessel{}, feld{};
  Mischung was{};
  OptText basis{}, hier{}, neu{};
};
BOOST_DESCRIBE_STRUCT(NetzMischzeile, (), (name, art, schluessel, feld, was, basis, hier, neu))

struct NetzName {
  std::string alt{}, neu{};
  bool bekannt = false;  ///< somebody here can be meant by it
};
BOOST_DESCRIBE_STRUCT(NetzName, (), (alt, neu, bekannt))

struct NetzVorschau {
  BausteinKurz baustein{};
  std::string titel{};
  OptText herausgeber{}, vorherigeVersion{};
  std::vector<NetzName> namen{};
  std::vector<NetzMischzeile> zeilen{};
  std::vector<Probenergebnis> proben{};
  std::vector<std::string> hindernisse{};
  bool darfUebernehmen = false;
};
BOOST_DESCRIBE_STRUCT(NetzVorschau, (),
                      (baustein, titel, herausgeber, vorherigeVersion, namen, zeilen, proben, hindernisse,
                       darfUebernehmen))

struct NetzLaufweg {
  std::string name{}, zeile{}, wann{};
};
BOOST_DESCRIBE_STRUCT(NetzLaufweg, (), (name, zeile, wann))

struct NetzUebernahme {
  base::Uuid id{};
  std::int64_t stand = 0;
  base::Uuid baustein{};
  std::string titel{}, version{}, von{};
  Uebernahmestatus status{};
  base::Datum uebernommen{};
  std::optional<mandant::PersonKurz> person{};
  std::vector<NetzLaufweg> laufwege{};
  bool darfZurueck = false;
};
BOOST_DESCRIBE_STRUCT(NetzUebernahme, (),
                      (id, stand, baustein, titel, version, von, status, uebernommen, person, laufwege, darfZurueck))
struct NetzUebernahmeListe {
  std::vector<NetzUebernahme> eintraege{};
};
BOOST_DESCRIBE_STRUCT(NetzUebernahmeListe, (), (eintraege))

struct NetzVertrauen {
  std::string schluessel{}, name{};
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(NetzVertrauen, (), (schluessel, name, aktiv))
struct NetzVertrauenListe {
  std::string eigener{};  ///< the key of this installation; empty while it has signed nothing
  std::vector<NetzVertrauen> eintraege{};
};
BOOST_DESCRIBE_STRUCT(NetzVertrauenListe, (), (eigener, eintraege))

BausteinKurz kurz(const Baustein& one) {
  const auto count = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  return {one.id,
          one.version.value,
          one.von.name.value,
          one.schluessel.value,
          count(one.inhalt.aktenplan),
          count(one.inhalt.felder),
          count(one.inhalt.laufwege),
          count(one.inhalt.checklisten),
          one.inhalt.textbausteine ? count(*one.inhalt.textbausteine) : 0,
          one.inhalt.vorlagen ? count(*one.inhalt.vorlagen) : 0,
          count(one.proben),
          one.inhalt.werkzeuge ? count(*one.inhalt.werkzeuge) : 0};
}

std::optional<NetzMitglied> kontaktOf(Tx tx, const Berechtigung& wer, const Blick& blick, const base::Uuid& uuid) {
  const auto rows = sichtbare(tx, blick, sql::Query(" AND a.uuid = :kontakt", uuid));
  if (rows.empty()) return std::nullopt;
  return mitglieder(tx, wer, blick, rows).front();
}

NetzPraxis show(Tx tx, const Berechtigung& wer, const Aushang& row, const OptText& baustein, const base::Datum& heute) {
  NetzPraxis out;
  static_cast<NetzPraxisKurz&>(out) = praxisKurz(tx, row, heute);
  const auto inhalt = inhaltOf<PraxisInhalt>(row);
  out.status = Praxisstatus::veroeffentlicht;
  out.schritte = inhalt.schritte;
  out.erfolgsfaktoren = inhalt.erfolgsfaktoren;
  out.lizenz = inhalt.lizenz;
  if (inhalt.kontakt) out.kontakt = kontaktOf(tx, wer, blickOf(tx, wer), *inhalt.kontakt);
  if (baustein)
    if (const auto read = liesBaustein(*baustein)) out.baustein = kurz(*read);
  return out;
}

/// One of this tenant, in whatever state.
NetzPraxis show(Tx tx, const Berechtigung& wer, const PraxisZeile& row, const base::Datum& heute) {
  auto as = row;
  as.status = Praxisstatus::veroeffentlicht;
  auto out = show(tx, wer, aushangOf(tx, as).front(), row.baustein, heute);
  out.stand = row.stand;
  out.status = row.status;
  out.sichtbarkeit = row.sichtbarkeit;
  out.eigene = true;
  out.naechste = naechste(wer, row);
  const bool offen = row.status != Praxisstatus::archiviert && !wer.nurLesen;
  out.darfAendern =
      offen && wer.hat(row.status == Praxisstatus::veroeffentlicht ? Recht::netzPflegen : Recht::netzMitmachen);
  out.darfBestaetigen = offen && row.status == Praxisstatus::veroeffentlicht && wer.hat(Recht::netzMitmachen);
  out.darfSchnueren = offen && wer.hat(Recht::netzPflegen);
  return out;
}

Result<NetzPraxisListe> list(Tx tx, const Berechtigung& wer, const PraxisFrage& frage, const base::Datum& heute) {
  AKTENLOTSE_GET(limit, akte::limitOf(frage.limit));
  sql::Query rest(" AND a.art = 'praxis'");
  if (frage.q) rest.add(" AND a.suche LIKE '%' || :worte || '%'", base::foldCase(frage.q->value));
  if (frage.land) rest.add(" AND a.land = :land", frage.land->value);
  if (frage.mitBaustein.value_or(false)) rest.add(" AND a.inhalt LIKE '%\"mitBaustein\":true%'");
  if (frage.nach) rest.add(" AND a.uuid < :nach", frage.nach->value);
  auto rows = sichtbare(tx, blickOf(tx, wer), rest.add(" ORDER BY a.uuid DESC LIMIT :grenze", limit + 1));
  NetzPraxisListe out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = rows.back().uuid.text();
  }
  for (const auto& row : rows) out.eintraege.push_back(praxisKurz(tx, row, heute));
  return out;
}

Result<NetzPraxis> one(Tx tx, const Berechtigung& wer, const base::Uuid& uuid, const base::Datum& heute) {
  if (const auto own = findPraxis(tx, wer, uuid)) return show(tx, wer, *own, heute);
  const auto blick = blickOf(tx, wer);
  const auto rows = sichtbare(tx, blick, sql::Query(" AND a.art = 'praxis' AND a.uuid = :uuid", uuid));
  if (rows.empty()) return base::fail(base::Code::NichtGefunden);
  const auto pakete = sichtbare(tx, blick, sql::Query(" AND a.art = 'baustein' AND a.ober = :praxis", uuid));
  return show(tx, wer, rows.front(), pakete.empty() ? OptText() : OptText(pakete.front().inhalt), heute);
}

NetzVorschau show(Tx tx, const Berechtigung& wer, const Vorschau& v) {
  NetzVorschau out;
  out.baustein = kurz(v.baustein);
  out.titel = v.baustein.titel.value;
  out.herausgeber = v.herausgeber;
  if (v.vorher) out.vorherigeVersion = v.vorher->version;
  const auto verzeichnis = geschaeftsgang::verzeichnisOf(tx, wer.mandant);
  const auto add = [&](const std::string& alt, bool person) {
    const auto found = v.namen.find(alt);
    const auto neu = found == v.namen.end() ? alt : found->second;
    out.namen.push_back({alt, neu, !person || verzeichnis.finde(neu).eintrag != nullptr});
  };
  for (const auto& name : genannte(v.baustein.inhalt)) add(name, true);
  std::set<std::string> signs;
  for (const auto& einheit : v.baustein.inhalt.aktenplan) {
    signs.insert(einheit.kennzeichen.value);
    if (einheit.ueber) signs.insert(einheit.ueber->value);
  }
  for (const auto& sign : signs) add(sign, false);
  for (const auto& zeile : v.zeilen)
    out.zeilen.push_back(
        {zeile.name(), zeile.teil.first, zeile.teil.second, zeile.feld, zeile.was, zeile.basis, zeile.hier, zeile.neu});
  out.proben = v.proben;
  out.hindernisse = v.hindernisse;
  out.darfUebernehmen = wer.hat(Recht::aktenplanPflegen) && !wer.nurLesen && v.herausgeber && v.hindernisse.empty();
  return out;
}

NetzUebernahme show(Tx tx, const Berechtigung& wer, const UebernahmeZeile& row) {
  NetzUebernahme out;
  out.id = row.uuid;
  out.stand = row.stand;
  out.baustein = base::Uuid::parse(row.baustein).value();
  out.titel = row.titel;
  out.version = row.version;
  out.von = row.von;
  out.status = row.status;
  out.uebernommen = row.uebernommen;
  out.person = mandant::personKurz(tx, row.mandant, row.person);
  const auto laufwege = base::parseJson(row.laufwege).value();
  out.laufwege = base::fromJson<std::vector<NetzLaufweg>>(laufwege).value();
  out.darfZurueck = row.status == Uebernahmestatus::aktiv && wer.hat(Recht::aktenplanPflegen) && !wer.nurLesen;
  return out;
}

NetzVertrauenListe vertrauen(Tx tx, const Berechtigung& wer) {
  NetzVertrauenListe out;
  out.eigener = oeffentlicherSchluessel(tx);
  for (const auto& row : mandant::allRows<VertrauenZeile>(tx, wer.mandant))
    out.eintraege.push_back({row.schluessel, row.name, row.aktiv});
  return out;
}

void addReading(http::Routes& routes, Zugang& zugang) {
  const auto heute = [&zugang] { return base::Datum::of(zugang.journal().clock().now()); };
  routes.add<None, PraxisFrage, NetzPraxisListe>(
      Verb::get, "/api/netz/praktiken", {"netzPraktiken", "Netz", "Practices of all towns, the newest first"},
      [&zugang, heute](const auto& call) {
        return zugang.read<NetzPraxisListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query, heute()); });
      });
  routes.add<None, PraxisId, NetzPraxis>(
      Verb::get, "/api/netz/praxis", {"netzPraxis", "Netz", "One practice, of whichever town"},
      [&zugang, heute](const auto& call) {
        return zugang.read<NetzPraxis>(
            call, [&](Tx tx, const Berechtigung& wer) { return one(tx, wer, call.query.praxis, heute()); });
      });
  routes.add<None, None, PraxisEntwurfListe>(
      Verb::get, "/api/netz/entwuerfe", {"netzEntwuerfe", "Netz", "The practices of the own town, in every state"},
      [&zugang](const auto& call) {
        return zugang.read<PraxisEntwurfListe>(call, [](Tx tx, const Berechtigung& wer) -> Result<PraxisEntwurfListe> {
          PraxisEntwurfListe out;
          for (const auto& row : mandant::allRows<PraxisZeile>(tx, wer.mandant))
            out.eintraege.push_back({row.uuid, row.titel, row.status});
          return out;
        });
      });
  routes.addRaw<PraxisId>(Verb::get, "/api/netz/baustein",
                          {.id = "netzBausteinDatei",
                           .tag = "Netz",
                           .summary = "The Baustein of a practice as a file",
                           .produces = "application/json"},
                          [&zugang](const auto& call) -> Result<http::Response> {
                            const auto& wer = Zugang::who(call);
                            return zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<http::Response> {
                              OptText text;
                              if (const auto own = findPraxis(tx, wer, call.query.praxis)) text = own->baustein;
                              const auto rows = sichtbare(
                                  tx, blickOf(tx, wer),
                                  sql::Query(" AND a.art = 'baustein' AND a.ober = :praxis", call.query.praxis));
                              if (!text && !rows.empty()) text = rows.front().inhalt;
                              if (!text) return base::fail(base::Code::NichtGefunden);
                              auto response = http::text(200, "application/json", *text);
                              response.set("Content-Disposition", "attachment; filename=\"baustein.json\"");
                              return response;
                            });
                          });
}

void addWriting(http::Routes& routes, Zugang& zugang, Schluesselbund& schluessel, const blob::Store& blobs) {
  const auto heute = [&zugang] { return base::Datum::of(zugang.journal().clock().now()); };
  routes.add<PraxisNeu, None, NetzPraxis>(
      Verb::post, "/api/netz/praktiken",
      {.id = "netzPraxisAnlegen",
       .tag = "Netz",
       .summary = "Write down a practice",
       .recht = "netzMitmachen",
       .create = true},
      [&zugang, heute](const auto& call) {
        return zugang.create<NetzPraxis>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, createPraxis(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<NetzPraxis> {
              AKTENLOTSE_GET(row, findPraxis(tx, wer, uuid));
              return show(tx, wer, row, heute());
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string_view end, std::string_view id, std::string_view summary,
                                      std::string_view recht, auto apply) {
    routes.add<Body, None, NetzPraxis>(
        verb, fmt::format("/api/netz/praktiken/{{id}}{}", end),
        {.id = id, .tag = "Netz", .summary = summary, .recht = recht, .changesExisting = true},
        [&zugang, heute, apply](const auto& call) {
          return zugang.change<NetzPraxis>(call, [&](Change& c, const Berechtigung& wer) -> Result<NetzPraxis> {
            AKTENLOTSE_GET(before, findPraxis(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_GET(after, apply(c, wer, before, call.body));
            return show(c.tx(), wer, after, heute());
          });
        });
  };
  change.operator()<PraxisNeu>(Verb::put, "", "netzPraxisAendern", "Change a practice", "netzMitmachen",
                               [](Change& c, const auto& wer, const auto& before, const auto& body) {
                                 return changePraxis(c, wer, before, body);
                               });
  change.operator()<PraxisZustand>(Verb::post, "/zustand", "netzPraxisZustand",
                                   "Hand in, publish, archive or bring back a practice", "netzMitmachen",
                                   [](Change& c, const auto& wer, const auto& before, const auto& body) {
                                     return wechsle(c, wer, before, body.status);
                                   });
  change.operator()<None>(
      Verb::post, "/bestaetigen", "netzPraxisBestaetigen", "Say that it is still so", "netzMitmachen",
      [](Change& c, const auto& wer, const auto& before, const auto&) { return bestaetige(c, wer, before); });
  change.operator()<BausteinSchnueren>(
      Verb::put, "/baustein", "netzBausteinSchnueren", "Make and sign a Baustein of what this town has", "netzPflegen",
      [&schluessel, &blobs](Change& c, const auto& wer, const auto& before, const auto& body) {
        return schnuere(c, wer, before, body, schluessel, blobs);
      });
}

/// The files of templates are looked into and laid down before the transaction that adopts them.
Result<Vorlagendateien> legeDateienBereit(Zugang& zugang, const Berechtigung& wer, const BausteinAnnehmen& input,
                                          const Vorlagenwerk& werk) {
  AKTENLOTSE_GET(vorlagen,
                 zugang.journal().database().read(wer.mandant, [&](Tx tx) { return vorlagenOf(tx, wer, input); }));
  Vorlagendateien out;
  for (const auto& one : vorlagen) {
    AKTENLOTSE_GET(datei, werk.lies(bytesOf(one).value(), one.dateiname.value));
    out[one.bezeichnung.value] = std::move(datei);
  }
  return out;
}

void addAdopting(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut, const Vorlagenwerk& werk) {
  routes.add<BausteinAnnehmen, None, NetzVorschau>(
      Verb::post, "/api/netz/bausteine/vorschau",
      {.id = "netzBausteinVorschau",
       .tag = "Netz",
       .summary = "What a Baustein would add or change here, with its own test cases run",
       .recht = "netzMitmachen"},
      [&zugang](const auto& call) {
        return zugang.read<NetzVorschau>(call, [&](Tx tx, const Berechtigung& wer) -> Result<NetzVorschau> {
          AKTENLOTSE_GET(v, schaueVor(tx, wer, call.body, base::Datum::of(zugang.journal().clock().now())));
          return show(tx, wer, v);
        });
      });
  routes.add<None, None, NetzUebernahmeListe>(
      Verb::get, "/api/netz/uebernahmen", {"netzUebernahmen", "Netz", "The Bausteine that this town runs or ran"},
      [&zugang](const auto& call) {
        return zugang.read<NetzUebernahmeListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NetzUebernahmeListe> {
              NetzUebernahmeListe out;
              for (const auto& row : mandant::allRows<UebernahmeZeile>(tx, wer.mandant))
                out.eintraege.push_back(show(tx, wer, row));
              return out;
            });
      });
  routes.add<BausteinAnnehmen, None, NetzUebernahme>(
      Verb::post, "/api/netz/uebernahmen",
      {.id = "netzBausteinUebernehmen",
       .tag = "Netz",
       .summary = "Adopt a Baustein in one step",
       .recht = "aktenplanPflegen",
       .create = true},
      [&zugang, &schriftgut, werk](const auto& call) -> Result<http::Reply<NetzUebernahme>> {
        AKTENLOTSE_GET(dateien, legeDateienBereit(zugang, Zugang::who(call), call.body, werk));
        return zugang.create<NetzUebernahme>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, uebernimm(change, wer, schriftgut, call.body, werk, dateien));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<NetzUebernahme> {
              AKTENLOTSE_GET(row, findUebernahme(tx, wer, uuid));
              return show(tx, wer, row);
            });
      });
  routes.add<None, None, NetzUebernahme>(Verb::post, "/api/netz/uebernahmen/{id}/zurueck",
                                         {.id = "netzUebernahmeZurueck",
                                          .tag = "Netz",
                                          .summary = "Take back in one step what was adopted in one",
                                          .recht = "aktenplanPflegen",
                                          .changesExisting = true},
                                         [&zugang](const auto& call) {
                                           return zugang.change<NetzUebernahme>(
                                               call, [&](Change& c, const Berechtigung& wer) -> Result<NetzUebernahme> {
                                                 AKTENLOTSE_GET(before, findUebernahme(c.tx(), wer, call.id));
                                                 AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
                                                 AKTENLOTSE_GET(after, nimmZurueck(c, wer, before));
                                                 return show(c.tx(), wer, after);
                                               });
                                         });
  routes.add<None, None, NetzVertrauenListe>(
      Verb::get, "/api/netz/vertrauen", {"netzVertrauen", "Netz", "Keys whose Bausteine this town takes"},
      [&zugang](const auto& call) {
        return zugang.read<NetzVertrauenListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NetzVertrauenListe> { return vertrauen(tx, wer); });
      });
  routes.add<VertrauenSetzen, None, NetzVertrauenListe>(
      Verb::put, "/api/netz/vertrauen",
      {.id = "netzVertrauenSetzen", .tag = "Netz", .summary = "Trust a key, or no longer", .recht = "netzPflegen"},
      [&zugang](const auto& call) {
        return zugang.change<NetzVertrauenListe>(call,
                                                 [&](Change& c, const Berechtigung& wer) -> Result<NetzVertrauenListe> {
                                                   AKTENLOTSE_TRY(vertraue(c, wer, call.body));
                                                   return vertrauen(c.tx(), wer);
                                                 });
      });
}

}  // namespace

NetzPraxisKurz praxisKurz(Tx tx, const Aushang& row, const base::Datum& heute) {
  const auto inhalt = inhaltOf<PraxisInhalt>(row);
  return {row.uuid,          row.titel,           inhalt.problem,
          inhalt.rahmen,     inhalt.aufwand,      inhalt.wirkung,
          ortOf(tx, row),    inhalt.bestaetigtAm, istVeraltet(inhalt.bestaetigtAm, heute),
          inhalt.mitBaustein};
}

void addPraxisRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut, Schluesselbund& schluessel,
                     const Vorlagenwerk& werk) {
  addReading(routes, zugang);
  addWriting(routes, zugang, schluessel, schriftgut.blobs());
  addAdopting(routes, zugang, schriftgut, werk);
}

void addRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut, Verbund& verbund, Raeume& raeume,
               const Vorlagenwerk& werk, const std::string& adresse) {
  addKommuneRoutes(routes, zugang);
  addVerzeichnisRoutes(routes, zugang, schriftgut, verbund);
  addMitgliedRoutes(routes, zugang);
  addWerkzeugRoutes(routes, zugang, schriftgut);
  addChecklisteRoutes(routes, zugang);
  addPraxisRoutes(routes, zugang, schriftgut, verbund.schluessel(), werk);
  addProbelaufRoutes(routes, zugang, schriftgut, werk);
  addVerbundRoutes(routes, zugang, verbund);
  addKooperationRoutes(routes, zugang, raeume);
  addBegleitungRoutes(routes, zugang);
  addTerminRoutes(routes, zugang);
  addBeitragRoutes(routes, zugang);
  addSchreibenRoutes(routes, zugang, adresse);
  addOeffentlichRoutes(routes, zugang, adresse);
  addBerichtRoutes(routes, zugang, adresse);
}

}  // namespace netz
