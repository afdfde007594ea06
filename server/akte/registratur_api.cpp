// Routes of the Registratur: the plan as a whole, what uses an entry, undo.
#include "akte/registratur.h"
#include "routen.h"

namespace akte {
namespace {

struct EinlesenAngaben {
  base::Line<300> dateiname{};
  std::optional<base::Line<64, 64>> pruefsumme{};
};
BOOST_DESCRIBE_STRUCT(EinlesenAngaben, (), (dateiname, pruefsumme))

struct GebrauchAusgabe {
  std::int64_t untereintraege = 0, akten = 0, offene = 0;
  std::vector<Verweis> beispiele{};
};
BOOST_DESCRIBE_STRUCT(GebrauchAusgabe, (), (untereintraege, akten, offene, beispiele))

struct RueckgaengigAusgabe {
  std::int64_t eintrag = 0;
};
BOOST_DESCRIBE_STRUCT(RueckgaengigAusgabe, (), (eintrag))

/// The first sheet that has the columns of a plan, or else the first with anything in it.
std::vector<TabellenZeile> tableOf(const extract::Text& text) {
  const bool blaetter = text.format == "xlsx" || text.format == "ods" || text.format == "xls";
  if (!blaetter) return readCsv(text.gesamt());
  std::vector<TabellenZeile> first;
  for (const auto& seite : text.seiten) {
    auto table = readBlatt(seite);
    if (hatSpalten(table)) return table;
    if (first.empty()) first = std::move(table);
  }
  return first;
}

Result<std::vector<TabellenZeile>> readTable(Schriftgut& schriftgut, DateiSink& sink, const std::string& dateiname) {
  const auto text = Registratur(schriftgut).liesTabelle(sink.writer().descriptor(), dateiname);
  if (text.status == extract::Status::Fehler || text.status == extract::Status::Gesperrt)
    return base::fail(base::Code::EingabeUngueltig, text.hinweis, "dateiname");
  auto table = tableOf(text);
  if (table.empty())
    return base::fail(base::Code::EingabeUngueltig, "In der Datei steht keine Tabelle (CSV, XLSX oder ODS).",
                      "dateiname");
  if (table.size() > 20'000)
    return base::fail(base::Code::ZuGross, "Die Tabelle hat mehr als 20.000 Zeilen.", "dateiname");
  return table;
}

constexpr auto unterhalb = sql::Sql(
    "WITH RECURSIVE darunter (id) AS (SELECT CAST(:wurzel AS BIGINT) UNION ALL SELECT e.id FROM aktenplaneinheit e "
    "JOIN darunter d ON e.ueber = d.id WHERE e.mandant = :plan_mandant) ");

struct Zahlen {
  std::int64_t akten = 0;
  std::optional<std::int64_t> offene{};
};
BOOST_DESCRIBE_STRUCT(Zahlen, (), (akten, offene))

/// Only what the person may see: a count of the rest would tell of it.
GebrauchAusgabe gebrauch(Tx tx, const Berechtigung& wer, const AktenplaneinheitZeile& einheit) {
  GebrauchAusgabe out;
  out.untereintraege =
      tx.value<std::int64_t>(sql::Query(unterhalb, einheit.id, wer.mandant).add("SELECT COUNT(*) - 1 FROM darunter"))
          .value();
  const auto akten = [&](sql::Sql select) {
    sql::Query query(unterhalb, einheit.id, wer.mandant);
    query.add(select).add(
        " FROM akte a WHERE a.mandant = :mandant AND a.aktenplaneinheit IN (SELECT id FROM darunter) AND ",
        wer.mandant);
    return query.add(mandant::sichtbar("a.zugriff", wer));
  };
  const auto zahlen = tx.one<Zahlen>(
      akten("SELECT COUNT(*), CAST(SUM(CASE WHEN a.status = 'inBearbeitung' THEN 1 ELSE 0 END) AS BIGINT)"));
  out.akten = zahlen->akten;
  out.offene = zahlen->offene.value_or(0);
  tx.each<Verweis>(akten("SELECT a.uuid, a.zeichen, a.betreff").add(" ORDER BY a.id DESC LIMIT 20"),
                   [&](Verweis&& akte) { out.beispiele.push_back(std::move(akte)); });
  return out;
}

void addEinlesen(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.addUpload<EinlesenAngaben, EinleseBericht, DateiSink>(
      Verb::post, "/api/aktenplan/einlesen",
      {.id = "aktenplanEinlesen",
       .tag = "Aktenplan",
       .summary =
           "Tell what a table (CSV, XLSX, ODS) would change in the plan; with `pruefsumme` of that report, do it",
       .recht = "aktenplanPflegen",
       .maxBody = 32U << 20U},
      [&](const auto&) -> Result<std::unique_ptr<DateiSink>> {
        return std::make_unique<DateiSink>(schriftgut.blobs());
      },
      [&](const auto& call, DateiSink& sink) -> Result<http::Reply<EinleseBericht>> {
        AKTENLOTSE_GET(table, readTable(schriftgut, sink, call.query.dateiname.value));
        if (!call.query.pruefsumme)
          return zugang.read<EinleseBericht>(call, [&](Tx tx, const Berechtigung& wer) -> Result<EinleseBericht> {
            return pruefePlan(tx, wer, table);
          });
        return zugang.change<EinleseBericht>(call, [&](Change& change, const Berechtigung& wer) {
          return Registratur(schriftgut).lesePlanEin(change, wer, table, call.query.pruefsumme->value);
        });
      });
  routes.addRaw<None>(Verb::get, "/api/aktenplan/csv",
                      {.id = "aktenplanCsv",
                       .tag = "Aktenplan",
                       .summary = "The whole plan as CSV, in the form that can be read in again",
                       .produces = "text/csv"},
                      [&](const auto& call) -> Result<http::Response> {
                        const auto& wer = Zugang::who(call);
                        auto reply = http::text(200, "text/csv; charset=utf-8",
                                                zugang.journal().database().read(
                                                    wer.mandant, [&](Tx tx) { return planAlsCsv(tx, wer.mandant); }));
                        reply.set("Content-Disposition", "attachment; filename=\"aktenplan.csv\"");
                        return reply;
                      });
}

void addUmschreiben(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  Routen<AkteAusgabe, decltype(&findAkte)> akte(routes, zugang, "Akte", &findAkte);
  akte.change<AkteUmschreiben>(
      Verb::post, "/api/akten/{id}/umschreiben",
      {"akteUmschreiben", "Give the Akte another place in the plan or another unit, and so other signs", "akteAendern"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return Registratur(schriftgut).umschreiben(c, wer, before, body);
      });
  akte.change<AkteKopieren>(Verb::post, "/api/akten/{id}/kopieren",
                            {"akteKopieren", "Open an Akte like this one; gives the new one", "akteAnlegen"},
                            [&](Change& c, const auto& wer, const auto& before, const auto& body) {
                              return Registratur(schriftgut).kopiere(c, wer, before, body);
                            });
  Routen<VorgangAusgabe, decltype(&findVorgang)> vorgang(routes, zugang, "Vorgang", &findVorgang);
  vorgang.change<VorgangUmschreiben>(
      Verb::post, "/api/vorgaenge/{id}/umschreiben",
      {"vorgangUmschreiben", "Put the Vorgang into another Akte, with new signs", "vorgangAendern"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return Registratur(schriftgut).umschreiben(c, wer, before, body);
      });
  vorgang.change<VorgangKopieren>(
      Verb::post, "/api/vorgaenge/{id}/kopieren",
      {"vorgangKopieren", "Open a Vorgang like this one; gives the new one", "vorgangAnlegen"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return Registratur(schriftgut).kopiere(c, wer, before, body);
      });
  vorgang.change<VorgangTeilen>(
      Verb::post, "/api/vorgaenge/{id}/teilen",
      {"vorgangTeilen", "Put some Dokumente into a new Vorgang; gives the new one", "vorgangAendern"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return Registratur(schriftgut).teile(c, wer, before, body);
      });
  const auto appraise = [&](Change& c, const auto& wer, const auto& before, const auto& body) {
    return schriftgut.setAussonderung(c, wer, before, body);
  };
  akte.change<AussonderungSetzen>(
      Verb::put, "/api/akten/{id}/aussonderung",
      {"akteAussonderung", "Set retention and kind of disposal of an Akte", "aussonderungPflegen"}, appraise);
  vorgang.change<AussonderungSetzen>(
      Verb::put, "/api/vorgaenge/{id}/aussonderung",
      {"vorgangAussonderung", "Set retention and kind of disposal of a Vorgang", "aussonderungPflegen"}, appraise);
  routes.add<VorgaengeZusammenlegen, None, VorgangAusgabe>(
      Verb::post, "/api/akten/{id}/zusammenlegen",
      {.id = "vorgaengeZusammenlegen",
       .tag = "Akte",
       .summary = "Put the Dokumente of several Vorgänge into a new one; gives the new one",
       .recht = "vorgangAendern",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<VorgangAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<VorgangAusgabe> {
              AKTENLOTSE_GET(before, findAkte(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, before.akte.stand));
              AKTENLOTSE_GET(row, Registratur(schriftgut).legeZusammen(change, wer, before, call.body));
              AKTENLOTSE_GET(mit, findVorgang(change.tx(), wer, row.uuid));
              return show(change.tx(), wer, mit);
            });
      });
}

}  // namespace

void addRegistraturRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  addEinlesen(routes, zugang, schriftgut);
  addUmschreiben(routes, zugang, schriftgut);
  Routen<AktenplaneinheitAusgabe, decltype(&findEinheit)> einheit(routes, zugang, "Aktenplan", &findEinheit);
  einheit.change<AussonderungSetzen>(
      Verb::put, "/api/aktenplaneinheiten/{id}/aussonderung",
      {"aktenplaneinheitAussonderung", "Set retention and kind of disposal of an entry", "aussonderungPflegen"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return schriftgut.setAussonderung(c, wer, before, body);
      });
  routes.add<None, None, RueckgaengigAusgabe>(
      Verb::del, "/api/aktenplaneinheiten/{id}",
      {.id = "aktenplaneinheitEntfernen",
       .tag = "Aktenplan",
       .summary = "Remove an entry that holds nothing and never held an Akte",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<RueckgaengigAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<RueckgaengigAusgabe> {
              AKTENLOTSE_GET(row, findEinheit(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, row.stand));
              AKTENLOTSE_TRY(schriftgut.removeEinheit(change, row));
              return RueckgaengigAusgabe{change.nr()};
            });
      });
  routes.add<None, None, GebrauchAusgabe>(
      Verb::get, "/api/aktenplaneinheiten/{id}/gebrauch",
      {"aktenplaneinheitGebrauch", "Aktenplan", "Which Akten a change of the entry would concern"},
      [&](const auto& call) {
        return zugang.read<GebrauchAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<GebrauchAusgabe> {
          AKTENLOTSE_GET(row, findEinheit(tx, wer, call.id));
          return gebrauch(tx, wer, row);
        });
      });
  routes.add<None, None, RueckgaengigAusgabe>(
      Verb::post, "/api/historie/{nr}/rueckgaengig",
      {.id = "rueckgaengig",
       .tag = "Historie",
       .summary = "Take back one's own change; what may be taken back, and by which right, depends on its kind"},
      [&](const auto& call) {
        return zugang.change<RueckgaengigAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<RueckgaengigAusgabe> {
              AKTENLOTSE_TRY(Registratur(schriftgut).rueckgaengig(change, wer, call.nr));
              return RueckgaengigAusgabe{change.nr()};
            });
      });
}

}  // namespace akte
