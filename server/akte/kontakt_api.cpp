// Routes of Kontakte and of what a person keeps.
#include "akte/registratur.h"
#include "merkliste.h"
#include "routen.h"

namespace akte {
namespace {

struct BeteiligtAn {
  SuchArt art{};
  base::Uuid id{};
  std::string zeichen{}, betreff{}, rolle{};
};
BOOST_DESCRIBE_STRUCT(BeteiligtAn, (), (art, id, zeichen, betreff, rolle))

struct KontaktAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string name{};
  Kontaktart art{};
  OptText anrede{}, vorname{}, nachname{}, organisation{}, strasse{}, plz{}, ort{}, email{}, telefon{}, bemerkung{};
  ZugriffKurz zugriff{};
  std::optional<base::Uuid> vereintIn{};
};
BOOST_DESCRIBE_STRUCT(KontaktAusgabe, (),
                      (id, stand, name, art, anrede, vorname, nachname, organisation, strasse, plz, ort, email, telefon,
                       bemerkung, zugriff, vereintIn))

struct KontaktListe {
  std::vector<KontaktAusgabe> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(KontaktListe, (), (eintraege, nach))

struct KontaktBild : KontaktAusgabe {
  std::vector<BeteiligtAn> beteiligtAn{};
  std::vector<KontaktAusgabe> doppelte{};
  bool darfAendern = false;
};
BOOST_DESCRIBE_STRUCT(KontaktBild, (KontaktAusgabe), (beteiligtAn, doppelte, darfAendern))

struct KontaktFrage : Seite {
  std::optional<base::Line<200>> q{};
};
BOOST_DESCRIBE_STRUCT(KontaktFrage, (Seite), (q))

KontaktAusgabe columnsOf(Tx tx, const KontaktZeile& row) {
  const auto zugriff = mandant::rowById<mandant::ZugriffZeile>(tx, row.mandant, row.zugriff).value();
  KontaktAusgabe out{row.uuid,    row.stand,    nameOf(row),      row.art,       row.anrede,
                     row.vorname, row.nachname, row.organisation, row.strasse,   row.plz,
                     row.ort,     row.email,    row.telefon,      row.bemerkung, {zugriff.uuid, zugriff.bezeichnung},
                     {}};
  if (row.vereintIn) out.vereintIn = mandant::rowById<KontaktZeile>(tx, row.mandant, *row.vereintIn).value().uuid;
  return out;
}

KontaktBild show(Tx tx, const Berechtigung& wer, const KontaktZeile& row) {
  KontaktBild out;
  static_cast<KontaktAusgabe&>(out) = columnsOf(tx, row);
  for (const auto& teil : tx.query<BeteiligungZeile>(sql::Query::select<BeteiligungZeile>().add(
           " FROM beteiligung WHERE mandant = :mandant AND kontakt = :kontakt ORDER BY id DESC LIMIT 500", wer.mandant,
           row.id)))
    if (const auto objekt = objektById(tx, wer, teil.objektArt, teil.objekt))
      out.beteiligtAn.push_back({objekt->art, objekt->uuid, objekt->zeichen, objekt->betreff, teil.rolle});
  if (!row.vereintIn)
    for (const auto& other : doppelte(tx, wer, row)) out.doppelte.push_back(columnsOf(tx, other));
  out.darfAendern =
      !row.vereintIn &&
      mandant::darf(wer, Recht::kontaktPflegen, {mandant::stufeFor(tx, wer, row.zugriff), true}).has_value();
  return out;
}

/// By name, A to Z; the cursor is the id of the last one shown.
Result<KontaktListe> list(Tx tx, const Berechtigung& wer, const KontaktFrage& frage) {
  AKTENLOTSE_GET(limit, limitOf(frage.limit));
  AKTENLOTSE_GET(after, cursorOf(frage.nach));
  auto query = sql::Query::select<KontaktZeile>("k");
  query.add(" FROM kontakt k WHERE k.mandant = :mandant AND k.vereint_in IS NULL AND ", wer.mandant);
  query.add(mandant::sichtbar("k.zugriff", wer));
  if (frage.q) {
    const auto words = suchform(frage.q->value);
    query.add(" AND ' ' || k.suchname LIKE '% ' || :worte || '%'", words);
  }
  if (const auto last = mandant::rowById<KontaktZeile>(tx, wer.mandant, after))
    query.add(" AND (k.suchname, k.id) > (:name, :id)", last->suchname, last->id);
  auto rows = tx.query<KontaktZeile>(query.add(" ORDER BY k.suchname, k.id LIMIT :grenze", limit + 1));
  KontaktListe out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = std::to_string(rows.back().id);
  }
  for (const auto& row : rows) out.eintraege.push_back(columnsOf(tx, row));
  return out;
}

struct MerkFrage {
  Merkart art{};
};
BOOST_DESCRIBE_STRUCT(MerkFrage, (), (art))

struct MerkAusgabe {
  SuchArt art{};
  base::Uuid id{};
  std::string zeichen{}, betreff{};
  base::Zeitpunkt zeit{};
  std::int64_t neues = 0;  ///< of a subscription: changes by others since it was last looked at
};
BOOST_DESCRIBE_STRUCT(MerkAusgabe, (), (art, id, zeichen, betreff, zeit, neues))
struct MerkListe {
  std::vector<MerkAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(MerkListe, (), (eintraege))

MerkListe kept(Tx tx, const Berechtigung& wer, Merkart art) {
  MerkListe out;
  for (const auto& row : gemerkt(tx, wer, art)) {
    const auto objekt = objektById(tx, wer, row.objektArt, row.objekt);
    if (!objekt) continue;
    out.eintraege.push_back({objekt->art, objekt->uuid, objekt->zeichen, objekt->betreff, row.zeit, 0});
    if (art != Merkart::abonnement) continue;
    out.eintraege.back().neues = neuesIn(tx, wer, *objekt, row.gelesen);
  }
  return out;
}

struct ZeichenFrage {
  base::Line<200> zeichen{};
};
BOOST_DESCRIBE_STRUCT(ZeichenFrage, (), (zeichen))

struct ZeichenAusgabe {
  SuchArt art{};
  base::Uuid id{};
  std::string zeichen{}, betreff{};
  bool frueher = false;
};
BOOST_DESCRIBE_STRUCT(ZeichenAusgabe, (), (art, id, zeichen, betreff, frueher))

struct VorlageAusgabe {
  std::string bezeichnung{};
  SuchArt art{};
  base::Uuid id{};
  std::string zeichen{}, betreff{};
};
BOOST_DESCRIBE_STRUCT(VorlageAusgabe, (), (bezeichnung, art, id, zeichen, betreff))
struct VorlageListe {
  std::vector<VorlageAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(VorlageListe, (), (eintraege))

void addLists(http::Routes& routes, Zugang& zugang) {
  zugang.ereignisse().deuter(
      [](Tx tx, std::int64_t mandant, const mandant::Ereignisse::Neues& neues, const base::Datum&,
         mandant::Hoererschaft& hoerer) { deuteAbonnements(tx, mandant, neues.eintraege, hoerer); });
  routes.add<None, MerkFrage, MerkListe>(
      Verb::get, "/api/merkliste", {"merkliste", "Umfeld", "What one keeps: favourites, subscriptions, used last"},
      [&](const auto& call) {
        return zugang.read<MerkListe>(
            call, [&](Tx tx, const Berechtigung& wer) -> Result<MerkListe> { return kept(tx, wer, call.query.art); });
      });
  routes.add<None, ZeichenFrage, ZeichenAusgabe>(
      Verb::get, "/api/zeichen", {"zeichen", "Umfeld", "What has, or once had, exactly this sign"},
      [&](const auto& call) {
        return zugang.read<ZeichenAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<ZeichenAusgabe> {
          const auto objekt = findeZeichen(tx, wer, call.query.zeichen.value);
          if (!objekt) return base::fail(base::Code::NichtGefunden);
          return ZeichenAusgabe{objekt->art, objekt->uuid, objekt->zeichen, objekt->betreff,
                                objekt->zeichen != call.query.zeichen.value};
        });
      });
  routes.add<None, None, VorlageListe>(
      Verb::get, "/api/vorlagen", {"vorlagen", "Umfeld", "Akten and Vorgänge that are offered as templates"},
      [&](const auto& call) {
        return zugang.read<VorlageListe>(call, [](Tx tx, const Berechtigung& wer) -> Result<VorlageListe> {
          VorlageListe out;
          for (const auto& row : tx.query<VorlageZeile>(sql::Query::select<VorlageZeile>().add(
                   " FROM vorlage WHERE mandant = :mandant ORDER BY bezeichnung, id", wer.mandant)))
            if (const auto objekt = objektById(tx, wer, row.objektArt, row.objekt))
              out.eintraege.push_back({row.bezeichnung, objekt->art, objekt->uuid, objekt->zeichen, objekt->betreff});
          return out;
        });
      });
}

}  // namespace

void addKontaktRoutes(http::Routes& routes, Zugang& zugang, Umfeld& umfeld) {
  routes.add<None, KontaktFrage, KontaktListe>(
      Verb::get, "/api/kontakte", {"kontakte", "Kontakt", "Kontakte by name, or those whose words begin so"},
      [&](const auto& call) {
        return zugang.read<KontaktListe>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
  const auto find = [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) { return findKontakt(tx, wer, uuid); };
  routes.add<None, None, KontaktBild>(
      Verb::get, "/api/kontakte/{id}",
      {"kontakt", "Kontakt", "One Kontakt, where he takes part, and who may be the same"}, [&, find](const auto& call) {
        return zugang.read<KontaktBild>(call, [&](Tx tx, const Berechtigung& wer) -> Result<KontaktBild> {
          AKTENLOTSE_GET(row, find(tx, wer, call.id));
          return show(tx, wer, row);
        });
      });
  routes.add<KontaktNeu, None, KontaktBild>(
      Verb::post, "/api/kontakte",
      {.id = "kontaktAnlegen",
       .tag = "Kontakt",
       .summary = "Make a Kontakt",
       .recht = "kontaktPflegen",
       .create = true},
      [&, find](const auto& call) {
        return zugang.create<KontaktBild>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, umfeld.createKontakt(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<KontaktBild> {
              AKTENLOTSE_GET(row, find(tx, wer, uuid));
              return show(tx, wer, row);
            });
      });
  const auto change = [&]<class Body>(Verb verb, std::string pattern, std::string_view id, std::string_view summary,
                                      auto apply) {
    routes.add<Body, None, KontaktBild>(
        verb, std::move(pattern),
        {.id = id, .tag = "Kontakt", .summary = summary, .recht = "kontaktPflegen", .changesExisting = true},
        [&, find, apply](const auto& call) {
          return zugang.change<KontaktBild>(call, [&](Change& c, const Berechtigung& wer) -> Result<KontaktBild> {
            AKTENLOTSE_GET(before, find(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_GET(after, apply(c, wer, before, call.body));
            return show(c.tx(), wer, after);
          });
        });
  };
  change.operator()<KontaktNeu>(Verb::put, "/api/kontakte/{id}", "kontaktAendern", "Change a Kontakt",
                                [&umfeld](Change& c, const auto& wer, const auto& before, const auto& body) {
                                  return umfeld.changeKontakt(c, wer, before, body);
                                });
  change.operator()<KontaktVereinen>(Verb::post, "/api/kontakte/{id}/vereinen", "kontaktVereinen",
                                     "Say that another Kontakt is this one",
                                     [&umfeld](Change& c, const auto& wer, const auto& before, const auto& body) {
                                       return umfeld.vereine(c, wer, before, body);
                                     });
  addLists(routes, zugang);
}

}  // namespace akte
