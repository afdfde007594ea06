#include "routen.h"

namespace suche {
namespace {

using base::Result;
using http::None;
using http::Verb;
using Tx = const sql::ReadTx&;

constexpr std::int64_t mostKept = 50;

struct GemerktZeile {
  static constexpr std::string_view tabelle = "suche_gemerkt";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t person = 0;
  std::string name{}, frage{};
  Ordnung ordnung{};
  base::Zeitpunkt angelegt{};
  std::int64_t gesehen = 0;
};
BOOST_DESCRIBE_STRUCT(GemerktZeile, (), (mandant, id, uuid, person, name, frage, ordnung, angelegt, gesehen))

struct GemerktNeu {
  base::Line<100> name{};
  base::Line<500> frage{};
  std::optional<Ordnung> ordnung{};
};
BOOST_DESCRIBE_STRUCT(GemerktNeu, (), (name, frage, ordnung))

struct GemerktAusgabe {
  base::Uuid id{};
  std::string name{}, frage{};
  Ordnung ordnung{};
  base::Zeitpunkt angelegt{};
  std::int64_t neu = 0;  ///< hits that came since its hits were last looked at
};
BOOST_DESCRIBE_STRUCT(GemerktAusgabe, (), (id, name, frage, ordnung, angelegt, neu))

struct GemerktListe {
  std::vector<GemerktAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(GemerktListe, (), (eintraege))

/// The newest object of the tenant.
std::int64_t newest(Tx tx, std::int64_t mandant) {
  return tx.value<std::int64_t>("SELECT wert FROM zaehler WHERE mandant = :mandant", mandant).value_or(0);
}

GemerktAusgabe show(Tx tx, const Berechtigung& wer, Bestand& bestand, const GemerktZeile& row) {
  const auto since =
      find(tx, wer, bestand,
           {.query = text::parseQuery(row.frage), .ordnung = Ordnung::datum, .limit = 1, .ab = row.gesehen});
  return {row.uuid, row.name, row.frage, row.ordnung, row.angelegt, since.anzahl};
}

/// Only its owner knows of it.
Result<GemerktZeile> mine(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = mandant::rowByUuid<GemerktZeile>(tx, wer.mandant, uuid);
  if (!row || row->person != wer.person) return base::fail(base::Code::NichtGefunden);
  return *row;
}

/// The same name again means the same search, with a new question.
Result<GemerktZeile> keep(sql::WriteTx& tx, const Berechtigung& wer, const GemerktNeu& input, base::Zeitpunkt now) {
  auto query = sql::Query::select<GemerktZeile>();
  const auto known = tx.one<GemerktZeile>(
      query.add(" FROM suche_gemerkt WHERE mandant = :mandant AND person = :person AND name = :name", wer.mandant,
                wer.person, input.name.value));
  GemerktZeile row = known.value_or(GemerktZeile{});
  row.frage = input.frage.value;
  row.ordnung = input.ordnung.value_or(Ordnung::relevanz);
  row.gesehen = newest(tx, wer.mandant);
  if (known) {
    tx.exec(
        "UPDATE suche_gemerkt SET frage = :frage, ordnung = :ordnung, gesehen = :gesehen WHERE mandant = :mandant "
        "AND id = :id",
        row.frage, row.ordnung, row.gesehen, row.mandant, row.id);
    return row;
  }
  const auto count =
      tx.value<std::int64_t>("SELECT COUNT(*) FROM suche_gemerkt WHERE mandant = :mandant AND person = :person",
                             wer.mandant, wer.person)
          .value();
  if (count >= mostKept)
    return base::fail(base::Code::EingabeUngueltig, "Mehr als 50 Suchen werden nicht gemerkt; löschen Sie eine.",
                      "name");
  row.mandant = wer.mandant;
  row.id =
      tx.value<std::int64_t>("SELECT COALESCE(MAX(id), 0) + 1 FROM suche_gemerkt WHERE mandant = :mandant", wer.mandant)
          .value();
  row.uuid = base::Uuid::make(now.millis());
  row.person = wer.person;
  row.name = input.name.value;
  row.angelegt = now;
  tx.exec(sql::Query::insertInto(sql::tableOf<GemerktZeile>(), sql::valuesOf(row)));
  return row;
}

/// Writes for a person what only concerns him; outside the journal, as the table is.
template <class Out, class C, class F>
Result<http::Reply<Out>> write(mandant::Zugang& zugang, const C& call, F&& f) {
  const auto& wer = mandant::Zugang::who(call);
  auto result =
      zugang.journal().database().write(wer.mandant, [&](sql::WriteTx& tx) -> Result<Out> { return f(tx, wer); });
  if (!result) return tl::unexpected<base::Error>(std::move(result.error()));
  http::Reply<Out> out;
  out.value = std::move(*result);
  return out;
}

}  // namespace

void addGemerktRoutes(http::Routes& routes, mandant::Zugang& zugang, Bestand& bestand, const base::Clock& clock) {
  routes.add<None, None, GemerktListe>(
      Verb::get, "/api/suchen", {"suchen", "Suche", "The searches that this person keeps, and what is new in each"},
      [&](const auto& call) {
        return zugang.read<GemerktListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<GemerktListe> {
          GemerktListe out;
          auto query = sql::Query::select<GemerktZeile>();
          query.add(" FROM suche_gemerkt WHERE mandant = :mandant AND person = :person ORDER BY name, id", wer.mandant,
                    wer.person);
          for (const auto& row : tx.query<GemerktZeile>(query)) out.eintraege.push_back(show(tx, wer, bestand, row));
          return out;
        });
      });
  routes.add<GemerktNeu, None, GemerktAusgabe>(
      Verb::post, "/api/suchen",
      {.id = "sucheMerken", .tag = "Suche", .summary = "Keep a search under a name", .create = true},
      [&](const auto& call) {
        return write<GemerktAusgabe>(
            zugang, call, [&](sql::WriteTx& tx, const Berechtigung& wer) -> Result<GemerktAusgabe> {
              AKTENLOTSE_GET(row, keep(tx, wer, call.body, clock.now()));
              return GemerktAusgabe{row.uuid, row.name, row.frage, row.ordnung, row.angelegt, 0};
            });
      });
  routes.add<None, None, None>(
      Verb::post, "/api/suchen/{id}/gesehen", {"sucheGesehen", "Suche", "Its hits were looked at: nothing is new now"},
      [&](const auto& call) {
        return write<None>(zugang, call, [&](sql::WriteTx& tx, const Berechtigung& wer) -> Result<None> {
          AKTENLOTSE_GET(row, mine(tx, wer, call.id));
          tx.exec("UPDATE suche_gemerkt SET gesehen = :gesehen WHERE mandant = :mandant AND id = :id",
                  newest(tx, wer.mandant), wer.mandant, row.id);
          return None{};
        });
      });
  routes.add<None, None, None>(
      Verb::del, "/api/suchen/{id}", {"sucheVergessen", "Suche", "Keep this search no longer"}, [&](const auto& call) {
        return write<None>(zugang, call, [&](sql::WriteTx& tx, const Berechtigung& wer) -> Result<None> {
          AKTENLOTSE_GET(row, mine(tx, wer, call.id));
          tx.exec("DELETE FROM suche_gemerkt WHERE mandant = :mandant AND id = :id", wer.mandant, row.id);
          return None{};
        });
      });
}

}  // namespace suche
