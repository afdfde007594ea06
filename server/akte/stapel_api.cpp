// Routes of work on many objects. A job does it; the screen asks how far it is.
#include "akte/stapel.h"
#include "routen.h"

namespace akte {
namespace {

struct StapelVorschauListe {
  std::vector<StapelVorschau> eintraege{};
};
BOOST_DESCRIBE_STRUCT(StapelVorschauListe, (), (eintraege))

struct StapelAusgabe {
  std::int64_t nr = 0;
  Handlung handlung{};
  StapelStatus status{};
  std::int64_t gesamt = 0, wartet = 0, erledigt = 0, abgelehnt = 0, zurueck = 0;
  std::vector<StapelVorschau> abgelehnte{};  ///< at most 100
};
BOOST_DESCRIBE_STRUCT(StapelAusgabe, (),
                      (nr, handlung, status, gesamt, wartet, erledigt, abgelehnt, zurueck, abgelehnte))

struct CsvAnfrage {
  std::vector<StapelObjekt> objekte{};
};
BOOST_DESCRIBE_STRUCT(CsvAnfrage, (), (objekte))

StapelAusgabe show(Tx tx, const Berechtigung& wer, const StapelZeile& row) {
  StapelAusgabe out{row.id, row.handlung, row.status, row.gesamt, 0, 0, 0, 0, {}};
  static const sql::Table shape{"stapel_objekt",
                                {{"status", sql::Kind::text, false}, {"anzahl", sql::Kind::integer, false}}};
  tx.eachValues(
      shape,
      sql::Query("SELECT status, COUNT(*) FROM stapel_objekt WHERE mandant = :mandant AND stapel = :stapel GROUP BY "
                 "status",
                 wer.mandant, row.id),
      [&](std::vector<sql::Value>&& values) {
        const auto status = base::enumFrom<ObjektStatus>(std::get<std::string>(values[0])).value();
        (status == ObjektStatus::wartet      ? out.wartet
         : status == ObjektStatus::erledigt  ? out.erledigt
         : status == ObjektStatus::abgelehnt ? out.abgelehnt
                                             : out.zurueck) = std::get<std::int64_t>(values[1]);
      });
  for (const auto& platz : tx.query<StapelPlatz>(
           "SELECT platz, objekt_art, objekt, status, hinweis, eintrag FROM stapel_objekt WHERE mandant = :mandant AND "
           "stapel = :stapel AND status = 'abgelehnt' ORDER BY platz LIMIT 100",
           wer.mandant, row.id))
    if (const auto objekt = objektById(tx, wer, platz.objektArt, platz.objekt))
      out.abgelehnte.push_back({objekt->art, objekt->uuid, objekt->zeichen, objekt->betreff, false, platz.hinweis});
  return out;
}

/// What a list shows of the objects, as CSV; hidden ones are left out.
std::string asCsv(Tx tx, const Berechtigung& wer, const std::vector<StapelObjekt>& objekte) {
  std::string out(csvAnfang);
  appendCsv(out, {"Art", "Zeichen", "Betreff", "Status", "Angelegt", "Organisationseinheit", "Bearbeitung", "Absender",
                  "Datum"});
  const auto unit = [&](std::int64_t id) {
    return mandant::rowById<mandant::OrganisationseinheitZeile>(tx, wer.mandant, id).value().bezeichnung;
  };
  for (const auto& wanted : objekte) {
    if (wanted.art == SuchArt::akte) {
      if (const auto mit = findAkte(tx, wer, wanted.id))
        appendCsv(out, {"Akte", mit->akte.zeichen, mit->akte.betreff, std::string(base::enumName(mit->akte.status)),
                        base::Datum::of(mit->akte.angelegt).text(), unit(mit->akte.organisationseinheit), "", "", ""});
    } else if (wanted.art == SuchArt::vorgang) {
      if (const auto mit = findVorgang(tx, wer, wanted.id)) {
        const auto& row = mit->vorgang;
        const auto person = row.bearbeitung ? mandant::personKurz(tx, wer.mandant, *row.bearbeitung) : std::nullopt;
        appendCsv(out, {"Vorgang", row.zeichen, row.betreff, std::string(base::enumName(row.status)),
                        base::Datum::of(row.angelegt).text(), unit(row.organisationseinheit),
                        person ? person->name : "", "", ""});
      }
    } else if (const auto mit = findDokument(tx, wer, wanted.id)) {
      const auto& row = mit->dokument;
      appendCsv(out, {"Dokument", row.zeichen.value_or(""), row.betreff, std::string(base::enumName(row.status)),
                      base::Datum::of(row.angelegt).text(), unit(row.organisationseinheit), "",
                      row.absender.value_or(""), row.datum ? row.datum->text() : ""});
    }
  }
  return out;
}

}  // namespace

void addStapelRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut, Stapel& stapel) {
  const auto tag = std::string_view("Stapel");
  routes.add<StapelNeu, None, StapelVorschauListe>(Verb::post, "/api/stapel/vorschau",
                                                   {.id = "stapelVorschau",
                                                    .tag = tag,
                                                    .summary = "Try an action on many objects and change nothing",
                                                    .maxBody = 2U << 20U},
                                                   [&](const auto& call) -> Result<http::Reply<StapelVorschauListe>> {
                                                     const auto& wer = Zugang::who(call);
                                                     AKTENLOTSE_GET(
                                                         list, stapel.vorschau(wer.mandant, wer.person, call.body));
                                                     http::Reply<StapelVorschauListe> reply;
                                                     reply.value.eintraege = std::move(list);
                                                     return reply;
                                                   });
  routes.add<StapelNeu, None, StapelAusgabe>(
      Verb::post, "/api/stapel",
      {.id = "stapelAnlegen",
       .tag = tag,
       .summary = "Begin an action on many objects; a job does it",
       .maxBody = 2U << 20U},
      [&](const auto& call) {
        return zugang.change<StapelAusgabe>(call,
                                            [&](Change& change, const Berechtigung& wer) -> Result<StapelAusgabe> {
                                              AKTENLOTSE_GET(row, stapel.stelleEin(change, wer, call.body));
                                              return show(change.tx(), wer, row);
                                            });
      });
  routes.add<None, None, StapelAusgabe>(
      Verb::get, "/api/stapel/{nr}", {.id = "stapel", .tag = tag, .summary = "How far one's own action is"},
      [&zugang](const auto& call) {
        return zugang.read<StapelAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<StapelAusgabe> {
          AKTENLOTSE_GET(row, findStapel(tx, wer, call.nr));
          return show(tx, wer, row);
        });
      });
  routes.add<None, None, StapelAusgabe>(
      Verb::post, "/api/stapel/{nr}/rueckgaengig",
      {.id = "stapelRueckgaengig", .tag = tag, .summary = "Take back one's own action as a whole; a job does it"},
      [&](const auto& call) {
        return zugang.change<StapelAusgabe>(call,
                                            [&](Change& change, const Berechtigung& wer) -> Result<StapelAusgabe> {
                                              AKTENLOTSE_GET(row, stapel.nimmZurueck(change, wer, call.nr));
                                              return show(change.tx(), wer, row);
                                            });
      });
  routes.addRaw<None>(Verb::post, "/api/stapel/csv",
                      {.id = "stapelCsv",
                       .tag = tag,
                       .summary = "What lists show of these objects ({\"objekte\": [{art, id}]}), as CSV",
                       .produces = "text/csv"},
                      [&](const auto& call) -> Result<http::Response> {
                        const auto& wer = Zugang::who(call);
                        AKTENLOTSE_GET(body, base::readJson<CsvAnfrage>(call.request.body));
                        auto reply = http::text(200, "text/csv; charset=utf-8",
                                                schriftgut.journal().database().read(
                                                    wer.mandant, [&](Tx tx) { return asCsv(tx, wer, body.objekte); }));
                        reply.set("Content-Disposition", "attachment; filename=\"auswahl.csv\"");
                        return reply;
                      });
}

}  // namespace akte
