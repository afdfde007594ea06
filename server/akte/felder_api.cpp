#include "akte/felder.h"
#include "routen.h"

namespace akte {
namespace {

struct FeldartAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string typ{}, bezeichnung{};
  Feldtyp art{};
  std::vector<std::string> auswahl{};
  bool pflicht = false, aktiv = true;
  std::int64_t reihenfolge = 0;
};
BOOST_DESCRIBE_STRUCT(FeldartAusgabe, (), (id, stand, typ, bezeichnung, art, auswahl, pflicht, aktiv, reihenfolge))
struct FeldartListe {
  std::vector<FeldartAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(FeldartListe, (), (eintraege))

struct FeldAusgabe {
  FeldartAusgabe feld{};
  OptText wert{};
};
BOOST_DESCRIBE_STRUCT(FeldAusgabe, (), (feld, wert))

struct FelderAusgabe {
  std::int64_t stand = 0;
  OptText typ{};
  std::vector<FeldAusgabe> felder{};
  bool darfAendern = false;
};
BOOST_DESCRIBE_STRUCT(FelderAusgabe, (), (stand, typ, felder, darfAendern))

FeldartAusgabe show(const FeldartZeile& row) {
  FeldartAusgabe out{row.uuid, row.stand,   row.typ,   row.bezeichnung, row.art,
                     {},       row.pflicht, row.aktiv, row.reihenfolge};
  if (!row.auswahl) return out;
  out.auswahl.emplace_back();
  for (const char c : *row.auswahl) {
    if (c == '\n')
      out.auswahl.emplace_back();
    else
      out.auswahl.back().push_back(c);
  }
  return out;
}

FelderAusgabe felderOf(Tx tx, const Berechtigung& wer, const VorgangMit& mit) {
  FelderAusgabe out{mit.vorgang.stand, mit.vorgang.typ, {}, false};
  out.darfAendern = mandant::darf(wer, Recht::vorgangAendern, mit.gegenstand).has_value();
  for (const auto& feld : tx.query<FeldartZeile>(sql::Query::select<FeldartZeile>().add(
           " FROM feldart WHERE mandant = :mandant AND typ = :typ ORDER BY reihenfolge, id", wer.mandant,
           mit.vorgang.typ.value_or("")))) {
    auto wert = tx.value<std::string>(
        "SELECT wert FROM feldwert WHERE mandant = :mandant AND vorgang = :vorgang AND feld = :feld", wer.mandant,
        mit.vorgang.id, feld.id);
    if (feld.aktiv || wert) out.felder.push_back({show(feld), std::move(wert)});
  }
  return out;
}

/// Vorgänge by the value of a field: `wert` in a text, `von` and `bis` for what has an order.
struct FeldFrage : Seite {
  base::Uuid feld{};
  std::optional<base::Line<200>> wert{}, von{}, bis{};
};
BOOST_DESCRIBE_STRUCT(FeldFrage, (Seite), (feld, wert, von, bis))

Result<VorgangListe> byField(Tx tx, const Berechtigung& wer, const FeldFrage& frage) {
  const auto feld = mandant::rowByUuid<FeldartZeile>(tx, wer.mandant, frage.feld);
  if (!feld) return base::fail(base::Code::NichtGefunden);
  auto query = sql::Query::select<VorgangZeile>("v");
  query.add(
      " FROM vorgang v JOIN feldwert w ON w.mandant = v.mandant AND w.vorgang = v.id WHERE v.mandant = :mandant AND "
      "w.feld = :feld AND ",
      wer.mandant, feld->id);
  query.add(mandant::sichtbar("v.zugriff", wer));
  if (frage.wert) {
    // Any text may be asked for in text; a percent sign in it is one.
    std::string pattern = "%";
    for (const char c : base::foldCase(frage.wert->value)) {
      if (c == '%' || c == '_' || c == '!') pattern += '!';
      pattern += c;
    }
    query.add(" AND w.suchwert LIKE :muster ESCAPE '!'", pattern + "%");
  }
  for (const auto& [grenze, unten] : {std::pair{&frage.von, true}, std::pair{&frage.bis, false}}) {
    if (!*grenze) continue;
    AKTENLOTSE_GET(wert, readWert(*feld, (*grenze)->value));
    if (!wert.zahl) return base::fail(base::Code::EingabeUngueltig, "Dieses Feld hat keine Ordnung.", "von");
    if (unten)
      query.add(" AND w.zahl >= :von", *wert.zahl);
    else
      query.add(" AND w.zahl <= :bis", *wert.zahl);
  }
  return page<VorgangListe, VorgangZeile>(tx, std::move(query), "v.id", frage, [&](const VorgangZeile& row) {
    return show(tx, wer, findVorgang(tx, wer, row.uuid).value());
  });
}

}  // namespace

void addFelderRoutes(http::Routes& routes, Zugang& zugang) {
  const auto load = [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<FeldartAusgabe> {
    const auto row = mandant::rowByUuid<FeldartZeile>(tx, wer.mandant, uuid);
    if (!row) return base::fail(base::Code::NichtGefunden);
    return show(*row);
  };
  routes.add<None, None, FeldartListe>(
      Verb::get, "/api/feldarten", {"feldarten", "Felder", "The fields that the tenant adds to its kinds of Vorgang"},
      [&](const auto& call) {
        return zugang.read<FeldartListe>(call, [](Tx tx, const Berechtigung& wer) -> Result<FeldartListe> {
          FeldartListe out;
          for (const auto& row : tx.query<FeldartZeile>(sql::Query::select<FeldartZeile>().add(
                   " FROM feldart WHERE mandant = :mandant ORDER BY typ, reihenfolge, id", wer.mandant)))
            out.eintraege.push_back(show(row));
          return out;
        });
      });
  routes.add<FeldartNeu, None, FeldartAusgabe>(
      Verb::post, "/api/feldarten",
      {.id = "feldartAnlegen", .tag = "Felder", .summary = "Add a field", .recht = "aktenplanPflegen", .create = true},
      [&, load](const auto& call) {
        return zugang.create<FeldartAusgabe>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, createFeldart(change, wer, call.body));
              return row.uuid;
            },
            load);
      });
  routes.add<FeldartNeu, None, FeldartAusgabe>(
      Verb::put, "/api/feldarten/{id}",
      {.id = "feldartAendern",
       .tag = "Felder",
       .summary = "Change a field",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<FeldartAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<FeldartAusgabe> {
              const auto row = mandant::rowByUuid<FeldartZeile>(change.tx(), wer.mandant, call.id);
              if (!row) return base::fail(base::Code::NichtGefunden);
              AKTENLOTSE_TRY(mandant::checkStand(call, row->stand));
              AKTENLOTSE_GET(after, changeFeldart(change, wer, *row, call.body));
              return show(after);
            });
      });
  routes.add<None, None, FelderAusgabe>(
      Verb::get, "/api/vorgaenge/{id}/felder", {"vorgangFelder", "Felder", "The kind of a Vorgang and its fields"},
      [&](const auto& call) {
        return zugang.read<FelderAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<FelderAusgabe> {
          AKTENLOTSE_GET(mit, findVorgang(tx, wer, call.id));
          return felderOf(tx, wer, mit);
        });
      });
  routes.add<FelderSetzen, None, FelderAusgabe>(
      Verb::put, "/api/vorgaenge/{id}/felder",
      {.id = "vorgangFelderSetzen",
       .tag = "Felder",
       .summary = "Set the kind of a Vorgang and values of its fields",
       .recht = "vorgangAendern",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<FelderAusgabe>(call,
                                            [&](Change& change, const Berechtigung& wer) -> Result<FelderAusgabe> {
                                              AKTENLOTSE_GET(mit, findVorgang(change.tx(), wer, call.id));
                                              AKTENLOTSE_TRY(mandant::checkStand(call, mit.vorgang.stand));
                                              AKTENLOTSE_TRY(setFelder(change, wer, mit, call.body));
                                              AKTENLOTSE_GET(after, findVorgang(change.tx(), wer, call.id));
                                              return felderOf(change.tx(), wer, after);
                                            });
      });
  routes.add<None, FeldFrage, VorgangListe>(
      Verb::get, "/api/feldsuche", {"feldsuche", "Felder", "Vorgänge by the value of a field, newest first"},
      [&](const auto& call) {
        return zugang.read<VorgangListe>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return byField(tx, wer, call.query); });
      });
}

}  // namespace akte
