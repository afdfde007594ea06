// Routes of Geheimhaltung, Einsichten and Löschsperre.
#include "akte/schutz.h"
#include "routen.h"

namespace akte {
namespace {

struct EinsichtnahmeAusgabe {
  std::optional<PersonKurz> person{};
  SuchArt art{};
  base::Uuid objekt{};
  std::string zeichen{}, betreff{};
  base::Datum tag{};
  base::Zeitpunkt seit{};  ///< the first time on that day
};
BOOST_DESCRIBE_STRUCT(EinsichtnahmeAusgabe, (), (person, art, objekt, zeichen, betreff, tag, seit))
struct EinsichtnahmeListe {
  bool festgehalten = false;  ///< whether it is noted who opens it
  std::vector<EinsichtnahmeAusgabe> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(EinsichtnahmeListe, (), (festgehalten, eintraege, nach))

struct LoeschsperreAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string grund{};
  std::optional<PersonKurz> person{}, aufgehobenVon{};
  base::Zeitpunkt seit{};
  std::optional<base::Zeitpunkt> aufgehobenAm{};
};
BOOST_DESCRIBE_STRUCT(LoeschsperreAusgabe, (), (id, stand, grund, person, aufgehobenVon, seit, aufgehobenAm))
struct LoeschsperreListe {
  std::vector<LoeschsperreAusgabe> eintraege{};  ///< newest first
  bool darfSetzen = false;
};
BOOST_DESCRIBE_STRUCT(LoeschsperreListe, (), (eintraege, darfSetzen))

template <class Row>
EinsichtnahmeAusgabe named(const Row& row, const EinsichtZeile& einsicht) {
  EinsichtnahmeAusgabe out;
  out.art = einsicht.objektArt;
  out.objekt = row.uuid;
  if constexpr (std::is_same_v<Row, DokumentZeile>)
    out.zeichen = row.zeichen.value_or("");
  else
    out.zeichen = row.zeichen;
  out.betreff = row.betreff;
  out.tag = einsicht.tag;
  out.seit = einsicht.seit;
  return out;
}

EinsichtnahmeAusgabe show(Tx tx, const EinsichtZeile& row) {
  auto out = row.objektArt == SuchArt::akte
                 ? named(mandant::rowById<AkteZeile>(tx, row.mandant, row.objekt).value(), row)
             : row.objektArt == SuchArt::vorgang
                 ? named(mandant::rowById<VorgangZeile>(tx, row.mandant, row.objekt).value(), row)
                 : named(mandant::rowById<DokumentZeile>(tx, row.mandant, row.objekt).value(), row);
  out.person = mandant::personKurz(tx, row.mandant, row.person);
  return out;
}

/// Of the object and of what lies in it, as far as this person sees it.
Result<EinsichtnahmeListe> einsichten(Tx tx, const Berechtigung& wer, std::int64_t objekt, const Seite& seite) {
  auto query = sql::Query::select<EinsichtZeile>("e");
  query.add(
      " FROM einsicht e LEFT JOIN dokument d ON d.mandant = e.mandant AND d.id = e.objekt LEFT JOIN vorgang v ON "
      "v.mandant = e.mandant AND v.id = COALESCE(d.vorgang, e.objekt) LEFT JOIN akte a ON a.mandant = e.mandant AND "
      "a.id = e.objekt WHERE e.mandant = :mandant AND (e.objekt = :selbst OR d.ueber = :ueber OR d.vorgang = :vorgang "
      "OR v.akte = :akte) AND ",
      wer.mandant, objekt, objekt, objekt, objekt);
  query.add(mandant::sichtbar("COALESCE(d.zugriff, v.zugriff, a.zugriff)", wer));
  return page<EinsichtnahmeListe, EinsichtZeile>(tx, std::move(query), "e.id", seite,
                                                 [&](const EinsichtZeile& row) { return show(tx, row); });
}

LoeschsperreListe sperren(Tx tx, const Berechtigung& wer, const AkteZeile& akte) {
  LoeschsperreListe out;
  for (const auto& row : tx.query<LoeschsperreZeile>(sql::Query::select<LoeschsperreZeile>().add(
           " FROM loeschsperre WHERE mandant = :mandant AND akte = :akte ORDER BY id DESC LIMIT 200", akte.mandant,
           akte.id))) {
    auto& one = out.eintraege.emplace_back();
    one.id = row.uuid;
    one.stand = row.stand;
    one.grund = row.grund;
    one.person = mandant::personKurz(tx, row.mandant, row.person);
    if (row.aufgehobenVon) one.aufgehobenVon = mandant::personKurz(tx, row.mandant, *row.aufgehobenVon);
    one.seit = row.seit;
    one.aufgehobenAm = row.aufgehobenAm;
  }
  out.darfSetzen =
      mandant::darf(wer, Recht::aussonderungPflegen, {mandant::stufeFor(tx, wer, akte.zugriff), true}).has_value();
  return out;
}

struct Namen {
  std::string_view geheimhaltung, einsichten, recht;
};

template <class Out, class Find>
void addKind(http::Routes& routes, Zugang& zugang, const std::string& base, std::string_view tag, const Namen& namen,
             Find find) {
  Routen<Out, Find> objekt(routes, zugang, tag, find);
  objekt.template change<GeheimhaltungSetzen>(
      Verb::put, base + "/geheimhaltung",
      {namen.geheimhaltung, "Set how secret it is; what lies in it is at least as secret", namen.recht},
      [](Change& c, const auto& wer, const auto& before, const auto& body) {
        return setzeGeheimhaltung(c, wer, before, body);
      });
  routes.add<None, Seite, EinsichtnahmeListe>(
      Verb::get, base + "/einsichtnahmen",
      {namen.einsichten, "Rechte", "Who looked at it, or at what lies in it, newest first; noted where it is sensitive",
       "zugriffSetzen"},
      [&zugang, find](const auto& call) {
        return zugang.read<EinsichtnahmeListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<EinsichtnahmeListe> {
          AKTENLOTSE_GET(mit, find(tx, wer, call.id));
          AKTENLOTSE_GET(out, einsichten(tx, wer, rowOf(mit).id, call.query));
          out.festgehalten = istSensibel(tx, mit);
          return std::move(out);
        });
      });
}

/// Answers with the list of the Akte.
template <class Body, class Apply>
void addSperre(http::Routes& routes, Zugang& zugang, std::string pattern, std::string_view id, std::string_view summary,
               Apply apply) {
  routes.add<Body, None, LoeschsperreListe>(
      Verb::post, std::move(pattern),
      {.id = id, .tag = "Akte", .summary = summary, .recht = "aussonderungPflegen", .changesExisting = true},
      [&zugang, apply](const auto& call) {
        return zugang.change<LoeschsperreListe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<LoeschsperreListe> {
              AKTENLOTSE_GET(row, apply(change, wer, call));
              return sperren(change.tx(), wer, mandant::rowById<AkteZeile>(change.tx(), wer.mandant, row.akte).value());
            });
      });
}

}  // namespace

void addSchutzRoutes(http::Routes& routes, Zugang& zugang) {
  addKind<AkteAusgabe>(routes, zugang, "/api/akten/{id}", "Akte",
                       {"akteGeheimhaltung", "akteEinsichtnahmen", "akteAendern"}, &findAkte);
  addKind<VorgangAusgabe>(routes, zugang, "/api/vorgaenge/{id}", "Vorgang",
                          {"vorgangGeheimhaltung", "vorgangEinsichtnahmen", "vorgangAendern"}, &findVorgang);
  addKind<DokumentAusgabe>(routes, zugang, "/api/dokumente/{id}", "Dokument",
                           {"dokumentGeheimhaltung", "dokumentEinsichtnahmen", "dokumentAendern"}, &findDokument);
  routes.add<None, None, LoeschsperreListe>(
      Verb::get, "/api/akten/{id}/loeschsperren",
      {"akteLoeschsperren", "Akte", "What keeps the Akte from being deleted"}, [&zugang](const auto& call) {
        return zugang.read<LoeschsperreListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<LoeschsperreListe> {
          AKTENLOTSE_GET(mit, findAkte(tx, wer, call.id));
          return sperren(tx, wer, mit.akte);
        });
      });
  addSperre<SperreSetzen>(routes, zugang, "/api/akten/{id}/loeschsperre", "akteLoeschsperre",
                          "Nothing in the Akte goes for good until this is lifted",
                          [](Change& change, const Berechtigung& wer, const auto& call) -> Result<LoeschsperreZeile> {
                            AKTENLOTSE_GET(mit, findAkte(change.tx(), wer, call.id));
                            AKTENLOTSE_TRY(mandant::checkStand(call, mit.akte.stand));
                            return setzeLoeschsperre(change, wer, mit, call.body);
                          });
  addSperre<None>(routes, zugang, "/api/loeschsperren/{id}/aufheben", "loeschsperreAufheben", "Lift a Löschsperre",
                  [](Change& change, const Berechtigung& wer, const auto& call) -> Result<LoeschsperreZeile> {
                    const auto row = mandant::rowByUuid<LoeschsperreZeile>(change.tx(), wer.mandant, call.id);
                    if (!row) return base::fail(base::Code::NichtGefunden);
                    const auto akte = mandant::rowById<AkteZeile>(change.tx(), wer.mandant, row->akte).value();
                    AKTENLOTSE_TRY(findAkte(change.tx(), wer, akte.uuid));
                    AKTENLOTSE_TRY(mandant::checkStand(call, row->stand));
                    return hebeLoeschsperreAuf(change, wer, *row);
                  });
}

}  // namespace akte
