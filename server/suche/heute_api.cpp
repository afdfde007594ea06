#include "akte/pruefung.h"
#include "routen.h"

namespace suche {
namespace {

using Tx = const sql::ReadTx&;

struct ZuletztAusgabe {
  base::Uuid id{};
  std::string zeichen{}, betreff{};
  base::Zeitpunkt zeit{};
};
BOOST_DESCRIBE_STRUCT(ZuletztAusgabe, (), (id, zeichen, betreff, zeit))

struct HeuteAusgabe {
  std::int64_t posteingang = 0, offeneVorgaenge = 0;
  std::vector<ZuletztAusgabe> zuletzt{};
  std::vector<akte::VorgangAusgabe> meine{};
};
BOOST_DESCRIBE_STRUCT(HeuteAusgabe, (), (posteingang, offeneVorgaenge, zuletzt, meine))

HeuteAusgabe heute(Tx tx, const Berechtigung& wer) {
  HeuteAusgabe out;
  sql::Query waiting("SELECT COUNT(*)");
  out.posteingang = tx.value<std::int64_t>(waiting.add(akte::imPosteingang(wer))).value();
  sql::Query open(
      "SELECT COUNT(*) FROM vorgang v WHERE v.mandant = :mandant AND v.bearbeitung = :person AND v.status = "
      "'inBearbeitung' AND ",
      wer.mandant, wer.person);
  out.offeneVorgaenge = tx.value<std::int64_t>(open.add(mandant::sichtbar("v.zugriff", wer))).value();
  auto mine = sql::Query::select<akte::VorgangZeile>("v");
  mine.add(" FROM vorgang v WHERE v.mandant = :mandant AND v.bearbeitung = :person AND v.status = 'inBearbeitung' AND ",
           wer.mandant, wer.person);
  mine.add(mandant::sichtbar("v.zugriff", wer)).add(" ORDER BY v.id DESC LIMIT 10");
  for (const auto& row : tx.query<akte::VorgangZeile>(mine))
    out.meine.push_back(akte::show(tx, wer, akte::findVorgang(tx, wer, row.uuid).value()));
  // The Vorgänge in which this person did something last.
  static const sql::Table shape{"journal",
                                {{"vorgang", sql::Kind::integer, false}, {"zeit", sql::Kind::integer, false}}};
  sql::Query recent(
      "SELECT v.id, MAX(j.zeit) FROM (SELECT objekt, oberobjekt, zeit FROM journal WHERE mandant = :m1 AND person = "
      ":person "
      "ORDER BY nr DESC LIMIT 200) j JOIN vorgang v ON v.mandant = :m2 AND v.id IN (j.objekt, j.oberobjekt) "
      "WHERE ",
      wer.mandant, wer.person, wer.mandant);
  recent.add(mandant::sichtbar("v.zugriff", wer)).add(" GROUP BY v.id ORDER BY 2 DESC LIMIT 8");
  tx.eachValues(shape, recent, [&](std::vector<sql::Value>&& row) {
    out.zuletzt.push_back({{}, {}, {}, {std::get<std::int64_t>(row[1])}});
    const auto vorgang = mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, std::get<std::int64_t>(row[0])).value();
    out.zuletzt.back().id = vorgang.uuid;
    out.zuletzt.back().zeichen = vorgang.zeichen;
    out.zuletzt.back().betreff = vorgang.betreff;
  });
  return out;
}

}  // namespace

void addHeuteRoute(http::Routes& routes, mandant::Zugang& zugang) {
  routes.add<http::None, http::None, HeuteAusgabe>(
      http::Verb::get, "/api/heute", {"heute", "Start", "What is due, what came in, what was worked on last"},
      [&](const auto& call) {
        return zugang.read<HeuteAusgabe>(
            call, [&](Tx tx, const Berechtigung& wer) -> base::Result<HeuteAusgabe> { return heute(tx, wer); });
      });
}

}  // namespace suche
