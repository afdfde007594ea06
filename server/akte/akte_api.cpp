#include "akte/ausgabe.h"

namespace akte {
namespace {

using base::Result;
using http::None;
using http::RouteInfo;
using http::Verb;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

struct AkteFilter {
  std::optional<base::Uuid> aktenplaneinheit{};
  std::optional<std::int64_t> limit{};
  std::optional<base::Line<200>> nach{};
};
BOOST_DESCRIBE_STRUCT(AkteFilter, (), (aktenplaneinheit, limit, nach))

struct VorgangFilter {
  std::optional<base::Uuid> akte{};
  std::optional<std::int64_t> limit{};
  std::optional<base::Line<200>> nach{};
};
BOOST_DESCRIBE_STRUCT(VorgangFilter, (), (akte, limit, nach))

/// Fetches one row more than asked, so that the last page gives no cursor.
template <class List, class Row, class Show>
List page(std::vector<Row> rows, std::int64_t limit, Show show) {
  List out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.resize(static_cast<std::size_t>(limit));
    out.nach = std::to_string(rows.back().id);
  }
  for (const auto& row : rows) out.eintraege.push_back(show(row));
  return out;
}

/// A route that changes one object: find it, compare its state, apply, show.
template <class Out, class Find, class Apply>
auto changing(Zugang& zugang, Find find, Apply apply) {
  return [&zugang, find, apply](const auto& call) {
    return zugang.change<Out>(call, [&](Change& change, const Berechtigung& wer) -> Result<Out> {
      AKTENLOTSE_GET(before, find(change.tx(), wer, call.id));
      AKTENLOTSE_GET(after, apply(change, wer, before, call));
      AKTENLOTSE_GET(again, find(change.tx(), wer, after.uuid));
      return show(change.tx(), wer, again);
    });
  };
}

constexpr auto stand = [](const auto& call, const auto& row) { return mandant::checkStand(call, row.stand); };

Result<AktenplanAusgabe> wholePlan(Tx tx, const Berechtigung& wer) {
  AktenplanAusgabe out;
  const auto rows = tx.query<AktenplaneinheitZeile>(sql::Query::select<AktenplaneinheitZeile>().add(
      " FROM aktenplaneinheit WHERE mandant = :mandant ORDER BY kennzeichen", wer.mandant));
  std::map<std::int64_t, base::Uuid> uuids;
  std::map<std::int64_t, bool> hasChildren;
  for (const auto& row : rows) {
    uuids.emplace(row.id, row.uuid);
    if (row.ueber) hasChildren[*row.ueber] = true;
  }
  std::map<std::int64_t, ZugriffKurz> zugriffe;
  for (const auto& row : mandant::allRows<mandant::ZugriffZeile>(tx, wer.mandant))
    zugriffe[row.id] = {row.uuid, row.bezeichnung};
  std::map<std::int64_t, std::int64_t> counts;
  static const sql::Table shape{
      "akte", {{"aktenplaneinheit", sql::Kind::integer, false}, {"anzahl", sql::Kind::integer, false}}};
  sql::Query count("SELECT a.aktenplaneinheit, COUNT(*) FROM akte a WHERE a.mandant = :mandant AND ", wer.mandant);
  count.add(mandant::sichtbar("a.zugriff", wer)).add(" GROUP BY a.aktenplaneinheit");
  tx.eachValues(shape, count, [&](std::vector<sql::Value>&& values) {
    counts[std::get<std::int64_t>(values[0])] = std::get<std::int64_t>(values[1]);
  });
  for (const auto& row : rows) {
    AktenplaneinheitAusgabe entry{row.uuid,
                                  row.stand,
                                  {},
                                  row.kennzeichen,
                                  row.titel,
                                  row.beschreibung,
                                  row.aufbewahrungsdauer,
                                  row.aussonderungsart,
                                  !hasChildren.contains(row.id),
                                  row.gesperrt,
                                  counts[row.id],
                                  zugriffe.at(row.zugriff)};
    if (row.ueber) entry.ueber = uuids.at(*row.ueber);
    out.eintraege.push_back(std::move(entry));
  }
  return out;
}

}  // namespace

void addAktenplanRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.add<None, None, AktenplanAusgabe>(
      Verb::get, "/api/aktenplan", {"aktenplan", "Aktenplan", "The whole plan, in order of its signs"},
      [&](const auto& call) { return zugang.read<AktenplanAusgabe>(call, wholePlan); });
  const auto load = [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<AktenplaneinheitAusgabe> {
    AKTENLOTSE_GET(row, findEinheit(tx, wer, uuid));
    return show(tx, wer, row);
  };
  routes.add<None, None, AktenplaneinheitAusgabe>(
      Verb::get, "/api/aktenplaneinheiten/{id}", {"aktenplaneinheit", "Aktenplan", "One entry of the plan"},
      [&zugang, load](const auto& call) {
        return zugang.read<AktenplaneinheitAusgabe>(
            call, [&](Tx tx, const Berechtigung& wer) { return load(tx, wer, call.id); });
      });
  routes.add<AktenplaneinheitNeu, None, AktenplaneinheitAusgabe>(
      Verb::post, "/api/aktenplaneinheiten",
      {.id = "aktenplaneinheitAnlegen",
       .tag = "Aktenplan",
       .summary = "Make an entry of the plan",
       .recht = "aktenplanPflegen",
       .create = true},
      [&zugang, &schriftgut, load](const auto& call) {
        return zugang.create<AktenplaneinheitAusgabe>(
            call,
            [&](Change& change, const Berechtigung&) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, schriftgut.createEinheit(change, call.body));
              return row.uuid;
            },
            load);
      });
  routes.add<AktenplaneinheitAendern, None, AktenplaneinheitAusgabe>(
      Verb::patch, "/api/aktenplaneinheiten/{id}",
      {.id = "aktenplaneinheitAendern",
       .tag = "Aktenplan",
       .summary = "Change an entry of the plan",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      changing<AktenplaneinheitAusgabe>(zugang, findEinheit,
                                        [&](Change& change, const Berechtigung&, const AktenplaneinheitZeile& before,
                                            const auto& call) -> Result<AktenplaneinheitZeile> {
                                          AKTENLOTSE_TRY(stand(call, before));
                                          return schriftgut.changeEinheit(change, before, call.body);
                                        }));
}

void addAkteRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  const auto load = [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<AkteAusgabe> {
    AKTENLOTSE_GET(akte, findAkte(tx, wer, uuid));
    return show(tx, wer, akte);
  };
  routes.add<None, AkteFilter, AkteListe>(
      Verb::get, "/api/akten", {"akten", "Akte", "Akten, newest first, of the whole plan or of one entry"},
      [&](const auto& call) {
        return zugang.read<AkteListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<AkteListe> {
          AKTENLOTSE_GET(limit, limitOf(call.query.limit));
          AKTENLOTSE_GET(before, cursorOf(call.query.nach));
          auto query = sql::Query::select<AkteZeile>("a");
          query.add(" FROM akte a WHERE a.mandant = :mandant AND ", wer.mandant)
              .add(mandant::sichtbar("a.zugriff", wer));
          if (call.query.aktenplaneinheit) {
            AKTENLOTSE_GET(einheit, findEinheit(tx, wer, *call.query.aktenplaneinheit));
            query.add(" AND a.aktenplaneinheit = :einheit", einheit.id);
          }
          if (before > 0) query.add(" AND a.id < :vor", before);
          query.add(" ORDER BY a.id DESC LIMIT :grenze", limit + 1);
          return page<AkteListe>(tx.query<AkteZeile>(query), limit, [&](const AkteZeile& row) {
            return show(tx, wer,
                        AkteMit{row, {mandant::stufeFor(tx, wer, row.zugriff), row.status == Status::inBearbeitung}});
          });
        });
      });
  routes.add<None, None, AkteAusgabe>(
      Verb::get, "/api/akten/{id}", {"akte", "Akte", "One Akte"}, [&zugang, load](const auto& call) {
        return zugang.read<AkteAusgabe>(call, [&](Tx tx, const Berechtigung& wer) { return load(tx, wer, call.id); });
      });
  routes.add<AkteNeu, None, AkteAusgabe>(Verb::post, "/api/akten",
                                         {.id = "akteAnlegen",
                                          .tag = "Akte",
                                          .summary = "Open an Akte under a leaf of the plan",
                                          .recht = "akteAnlegen",
                                          .create = true},
                                         [&zugang, &schriftgut, load](const auto& call) {
                                           return zugang.create<AkteAusgabe>(
                                               call,
                                               [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
                                                 AKTENLOTSE_GET(row, schriftgut.createAkte(change, wer, call.body));
                                                 return row.uuid;
                                               },
                                               load);
                                         });
  const auto add = [&]<class Body>(Verb verb, std::string pattern, const RouteInfo& info, std::type_identity<Body>,
                                   auto apply) {
    routes.add<Body, None, AkteAusgabe>(
        verb, std::move(pattern), info,
        changing<AkteAusgabe>(zugang, findAkte,
                              [apply](Change& change, const Berechtigung& wer, const AkteMit& before,
                                      const auto& call) -> Result<AkteZeile> {
                                AKTENLOTSE_TRY(stand(call, before.akte));
                                return apply(change, wer, before, call);
                              }));
  };
  add(Verb::patch, "/api/akten/{id}",
      {.id = "akteAendern",
       .tag = "Akte",
       .summary = "Change an Akte",
       .recht = "akteAendern",
       .changesExisting = true},
      std::type_identity<AkteAendern>{},
      [&](Change& c, const Berechtigung& wer, const AkteMit& before, const auto& call) {
        return schriftgut.changeAkte(c, wer, before, call.body);
      });
  add(Verb::put, "/api/akten/{id}/zugriff",
      {.id = "akteZugriff",
       .tag = "Akte",
       .summary = "Narrow or widen who reaches the Akte and what lies in it",
       .recht = "zugriffSetzen",
       .changesExisting = true},
      std::type_identity<ZugriffSetzen>{},
      [&](Change& c, const Berechtigung& wer, const AkteMit& before, const auto& call) {
        return schriftgut.setZugriff(c, wer, before, call.body);
      });
  add(Verb::post, "/api/akten/{id}/zda",
      {.id = "akteZda", .tag = "Akte", .summary = "Close the Akte", .recht = "akteZda", .changesExisting = true},
      std::type_identity<None>{}, [&](Change& c, const Berechtigung& wer, const AkteMit& before, const auto&) {
        return schriftgut.zda(c, wer, before);
      });
  add(Verb::post, "/api/akten/{id}/zda-aufheben",
      {.id = "akteZdaAufheben",
       .tag = "Akte",
       .summary = "Reopen the Akte",
       .recht = "akteZdaAufheben",
       .changesExisting = true},
      std::type_identity<None>{}, [&](Change& c, const Berechtigung& wer, const AkteMit& before, const auto&) {
        return schriftgut.zdaAufheben(c, wer, before);
      });
}

void addVorgangRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  const auto load = [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<VorgangAusgabe> {
    AKTENLOTSE_GET(vorgang, findVorgang(tx, wer, uuid));
    return show(tx, wer, vorgang);
  };
  routes.add<None, VorgangFilter, VorgangListe>(
      Verb::get, "/api/vorgaenge", {"vorgaenge", "Vorgang", "Vorgänge, newest first, of all Akten or of one"},
      [&](const auto& call) {
        return zugang.read<VorgangListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<VorgangListe> {
          AKTENLOTSE_GET(limit, limitOf(call.query.limit));
          AKTENLOTSE_GET(before, cursorOf(call.query.nach));
          auto query = sql::Query::select<VorgangZeile>("v");
          query.add(" FROM vorgang v WHERE v.mandant = :mandant AND ", wer.mandant)
              .add(mandant::sichtbar("v.zugriff", wer));
          if (call.query.akte) {
            AKTENLOTSE_GET(akte, findAkte(tx, wer, *call.query.akte));
            query.add(" AND v.akte = :akte", akte.akte.id);
          }
          if (before > 0) query.add(" AND v.id < :vor", before);
          query.add(" ORDER BY v.id DESC LIMIT :grenze", limit + 1);
          return page<VorgangListe>(tx.query<VorgangZeile>(query), limit, [&](const VorgangZeile& row) {
            return show(tx, wer, findVorgang(tx, wer, row.uuid).value());
          });
        });
      });
  routes.add<None, None, VorgangAusgabe>(
      Verb::get, "/api/vorgaenge/{id}", {"vorgang", "Vorgang", "One Vorgang"}, [&zugang, load](const auto& call) {
        return zugang.read<VorgangAusgabe>(call,
                                           [&](Tx tx, const Berechtigung& wer) { return load(tx, wer, call.id); });
      });
  routes.add<VorgangNeu, None, VorgangAusgabe>(
      Verb::post, "/api/vorgaenge",
      {.id = "vorgangAnlegen",
       .tag = "Vorgang",
       .summary = "Open a Vorgang in an Akte",
       .recht = "vorgangAnlegen",
       .create = true},
      [&zugang, &schriftgut, load](const auto& call) {
        return zugang.create<VorgangAusgabe>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, schriftgut.createVorgang(change, wer, call.body));
              return row.uuid;
            },
            load);
      });
  const auto add = [&]<class Body>(Verb verb, std::string pattern, const RouteInfo& info, std::type_identity<Body>,
                                   auto apply) {
    routes.add<Body, None, VorgangAusgabe>(
        verb, std::move(pattern), info,
        changing<VorgangAusgabe>(zugang, findVorgang,
                                 [apply](Change& change, const Berechtigung& wer, const VorgangMit& before,
                                         const auto& call) -> Result<VorgangZeile> {
                                   AKTENLOTSE_TRY(stand(call, before.vorgang));
                                   return apply(change, wer, before, call);
                                 }));
  };
  add(Verb::patch, "/api/vorgaenge/{id}",
      {.id = "vorgangAendern",
       .tag = "Vorgang",
       .summary = "Change a Vorgang",
       .recht = "vorgangAendern",
       .changesExisting = true},
      std::type_identity<VorgangAendern>{},
      [&](Change& c, const Berechtigung& wer, const VorgangMit& before, const auto& call) {
        return schriftgut.changeVorgang(c, wer, before, call.body);
      });
  add(Verb::put, "/api/vorgaenge/{id}/zugriff",
      {.id = "vorgangZugriff",
       .tag = "Vorgang",
       .summary = "Narrow or widen who reaches the Vorgang and what lies in it",
       .recht = "zugriffSetzen",
       .changesExisting = true},
      std::type_identity<ZugriffSetzen>{},
      [&](Change& c, const Berechtigung& wer, const VorgangMit& before, const auto& call) {
        return schriftgut.setZugriff(c, wer, before, call.body);
      });
  add(Verb::post, "/api/vorgaenge/{id}/zda",
      {.id = "vorgangZda",
       .tag = "Vorgang",
       .summary = "Close the Vorgang",
       .recht = "vorgangZda",
       .changesExisting = true},
      std::type_identity<None>{}, [&](Change& c, const Berechtigung& wer, const VorgangMit& before, const auto&) {
        return schriftgut.zda(c, wer, before);
      });
  add(Verb::post, "/api/vorgaenge/{id}/zda-aufheben",
      {.id = "vorgangZdaAufheben",
       .tag = "Vorgang",
       .summary = "Reopen the Vorgang",
       .recht = "vorgangZdaAufheben",
       .changesExisting = true},
      std::type_identity<None>{}, [&](Change& c, const Berechtigung& wer, const VorgangMit& before, const auto&) {
        return schriftgut.zdaAufheben(c, wer, before);
      });

  routes.add<None, Seite, DokumentListe>(
      Verb::get, "/api/vorgaenge/{id}/dokumente",
      {"vorgangDokumente", "Dokument", "The Dokumente of a Vorgang, newest first"}, [&](const auto& call) {
        return zugang.read<DokumentListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<DokumentListe> {
          AKTENLOTSE_GET(limit, limitOf(call.query.limit));
          AKTENLOTSE_GET(before, cursorOf(call.query.nach));
          AKTENLOTSE_GET(vorgang, findVorgang(tx, wer, call.id));
          auto query = sql::Query::select<DokumentZeile>("d");
          query
              .add(" FROM dokument d WHERE d.mandant = :mandant AND d.vorgang = :vorgang AND d.ueber IS NULL AND ",
                   wer.mandant, vorgang.vorgang.id)
              .add(mandant::sichtbar("d.zugriff", wer));
          if (before > 0) query.add(" AND d.id < :vor", before);
          query.add(" ORDER BY d.id DESC LIMIT :grenze", limit + 1);
          return page<DokumentListe>(tx.query<DokumentZeile>(query), limit,
                                     [&](const DokumentZeile& row) { return showKurz(tx, wer, row); });
        });
      });
}

}  // namespace akte
