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
  Feldziel fuer{};
};
BOOST_DESCRIBE_STRUCT(FeldartAusgabe, (),
                      (id, stand, typ, bezeichnung, art, auswahl, pflicht, aktiv, reihenfolge, fuer))
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
  Feldziel ziel{};
  OptText typ{};
  std::vector<FeldAusgabe> felder{};
  bool darfAendern = false;
};
BOOST_DESCRIBE_STRUCT(FelderAusgabe, (), (stand, ziel, typ, felder, darfAendern))

FeldartAusgabe show(const FeldartZeile& row) {
  FeldartAusgabe out{row.uuid, row.stand,   row.typ,   row.bezeichnung, row.art,
                     {},       row.pflicht, row.aktiv, row.reihenfolge, row.fuer.value_or(Feldziel::vorgang)};
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

template <class Mit>
FelderAusgabe felderOf(Tx tx, const Berechtigung& wer, const Mit& mit) {
  const auto traeger = traegerOf(mit);
  const auto objekt = objektOf(mit);
  FelderAusgabe out{objekt.stand, traeger.ziel, traeger.typ, {}, false};
  out.darfAendern = mandant::darf(wer, objekt.aendern(), objekt.gegenstand).has_value();
  const auto werte = werteOf(tx, wer.mandant, traeger.art, traeger.id);
  for (const auto& feld : felderFor(tx, wer.mandant, traeger)) {
    const auto wert = werte.find(feld.id);
    if (feld.aktiv || wert != werte.end())
      out.felder.push_back({show(feld), wert == werte.end() ? OptText() : OptText(wert->second.wert)});
  }
  return out;
}

/// Objects by the value of a field: `wert` in a text, `von` and `bis` for what has an order.
struct FeldFrage : Seite {
  base::Uuid feld{};
  std::optional<base::Line<200>> wert{}, von{}, bis{};
};
BOOST_DESCRIBE_STRUCT(FeldFrage, (Seite), (feld, wert, von, bis))

struct FeldTreffer {
  SuchArt art{};
  base::Uuid id{};
  OptText zeichen{};
  std::string betreff{}, wert{};
};
BOOST_DESCRIBE_STRUCT(FeldTreffer, (), (art, id, zeichen, betreff, wert))
struct FeldTrefferListe {
  std::vector<FeldTreffer> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(FeldTrefferListe, (), (eintraege, nach))

template <class Row>
Result<FeldTrefferListe> byField(Tx tx, const Berechtigung& wer, const FeldartZeile& feld, SuchArt art,
                                 const FeldFrage& frage) {
  auto query = sql::Query::select<Row>("v");
  query.add(" FROM ").add(sql::Query::tableName<Row>()).add(" v JOIN feldwert w ON w.mandant = v.mandant AND w.");
  query.add(feldspalte(art)).add(" = v.id WHERE v.mandant = :mandant AND w.feld = :feld AND ", wer.mandant, feld.id);
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
    AKTENLOTSE_GET(wert, readWert(feld, (*grenze)->value));
    if (!wert.zahl) return base::fail(base::Code::EingabeUngueltig, "Dieses Feld hat keine Ordnung.", "von");
    if (unten)
      query.add(" AND w.zahl >= :von", *wert.zahl);
    else
      query.add(" AND w.zahl <= :bis", *wert.zahl);
  }
  return page<FeldTrefferListe, Row>(tx, std::move(query), "v.id", frage, [&](const Row& row) {
    return FeldTreffer{art, row.uuid, row.zeichen, row.betreff, werteOf(tx, wer.mandant, art, row.id).at(feld.id).wert};
  });
}

Result<FeldTrefferListe> byField(Tx tx, const Berechtigung& wer, const FeldFrage& frage) {
  const auto feld = mandant::rowByUuid<FeldartZeile>(tx, wer.mandant, frage.feld);
  if (!feld) return base::fail(base::Code::NichtGefunden);
  const auto ziel = feld->fuer.value_or(Feldziel::vorgang);
  if (ziel == Feldziel::akte) return byField<AkteZeile>(tx, wer, *feld, SuchArt::akte, frage);
  if (ziel == Feldziel::vorgang) return byField<VorgangZeile>(tx, wer, *feld, SuchArt::vorgang, frage);
  return byField<DokumentZeile>(tx, wer, *feld, SuchArt::dokument, frage);
}

/// The names of one kind's operations.
struct Namen {
  std::string_view pfad, recht, felder, setzen;
};

template <class Find>
void addObjekt(http::Routes& routes, Zugang& zugang, SuchIndex& index, const Namen& namen, Find find) {
  routes.add<None, None, FelderAusgabe>(
      Verb::get, std::string(namen.pfad), {namen.felder, "Felder", "The kind of the object and its fields"},
      [&zugang, find](const auto& call) {
        return zugang.read<FelderAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<FelderAusgabe> {
          AKTENLOTSE_GET(mit, find(tx, wer, call.id));
          return felderOf(tx, wer, mit);
        });
      });
  routes.add<FelderSetzen, None, FelderAusgabe>(
      Verb::put, std::string(namen.pfad),
      {.id = namen.setzen,
       .tag = "Felder",
       .summary = "Set the kind of the object and values of its fields",
       .recht = namen.recht,
       .changesExisting = true},
      [&zugang, &index, find](const auto& call) {
        return zugang.change<FelderAusgabe>(call,
                                            [&](Change& change, const Berechtigung& wer) -> Result<FelderAusgabe> {
                                              AKTENLOTSE_GET(mit, find(change.tx(), wer, call.id));
                                              AKTENLOTSE_TRY(mandant::checkStand(call, rowOf(mit).stand));
                                              AKTENLOTSE_TRY(setFelder(change, wer, index, mit, call.body));
                                              AKTENLOTSE_GET(after, find(change.tx(), wer, call.id));
                                              return felderOf(change.tx(), wer, after);
                                            });
      });
}

}  // namespace

void addFelderRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  const auto load = [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<FeldartAusgabe> {
    const auto row = mandant::rowByUuid<FeldartZeile>(tx, wer.mandant, uuid);
    if (!row) return base::fail(base::Code::NichtGefunden);
    return show(*row);
  };
  routes.add<None, None, FeldartListe>(
      Verb::get, "/api/feldarten",
      {"feldarten", "Felder", "The fields that the tenant adds to its kinds of Schriftgut"}, [&](const auto& call) {
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
  auto& index = schriftgut.index();
  addObjekt(routes, zugang, index, {"/api/akten/{id}/felder", "akteAendern", "akteFelder", "akteFelderSetzen"},
            &findAkte);
  addObjekt(routes, zugang, index,
            {"/api/vorgaenge/{id}/felder", "vorgangAendern", "vorgangFelder", "vorgangFelderSetzen"}, &findVorgang);
  addObjekt(routes, zugang, index,
            {"/api/dokumente/{id}/felder", "dokumentAendern", "dokumentFelder", "dokumentFelderSetzen"}, &findDokument);
  routes.add<None, FeldFrage, FeldTrefferListe>(
      Verb::get, "/api/feldsuche", {"feldsuche", "Felder", "Objects by the value of a field, newest first"},
      [&](const auto& call) {
        return zugang.read<FeldTrefferListe>(
            call, [&](Tx tx, const Berechtigung& wer) { return byField(tx, wer, call.query); });
      });
}

}  // namespace akte
