#include "gemerkt.h"
#include "jobs/mail.h"
#include "routen.h"

namespace suche {
namespace {

using base::Result;
using http::None;
using http::Verb;
using Tx = const sql::ReadTx&;

constexpr std::int64_t mostKept = 50;

struct GemerktNeu {
  base::Line<100> name{};
  base::Line<500> frage{};
  std::optional<Ordnung> ordnung{};
  std::optional<bool> melden{};
};
BOOST_DESCRIBE_STRUCT(GemerktNeu, (), (name, frage, ordnung, melden))

struct GemerktAusgabe {
  base::Uuid id{};
  std::string name{}, frage{};
  Ordnung ordnung{};
  base::Zeitpunkt angelegt{};
  std::int64_t neu = 0;  ///< hits that came since its hits were last looked at
  bool melden = false;   ///< what is new is told by mail, once a day
};
BOOST_DESCRIBE_STRUCT(GemerktAusgabe, (), (id, name, frage, ordnung, angelegt, neu, melden))

struct GemerktListe {
  std::vector<GemerktAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(GemerktListe, (), (eintraege))

GemerktAusgabe show(Tx tx, const Berechtigung& wer, Bestand& bestand, const GemerktZeile& row) {
  return {row.uuid,  row.name, row.frage, row.ordnung, row.angelegt, neueTreffer(tx, wer, bestand, row, row.gesehen),
          row.melden};
}

/// A mail needs an address.
Result<void> mayBeTold(Tx tx, const Berechtigung& wer) {
  const auto person = mandant::rowById<mandant::PersonZeile>(tx, wer.mandant, wer.person);
  if (person && person->email && jobs::istAdresse(*person->email)) return {};
  return base::fail(base::Code::EingabeUngueltig,
                    "Für Sie ist keine E-Mail-Adresse hinterlegt. Ihre Administration kann sie unter „Personen“ "
                    "eintragen; ohne Meldung lässt sich die Suche schon jetzt merken.",
                    "melden");
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
  if (input.melden.value_or(false) && !row.melden) {
    AKTENLOTSE_TRY(mayBeTold(tx, wer));
  }
  row.melden = input.melden.value_or(row.melden);
  const bool sameQuestion = known && known->frage == input.frage.value;
  row.frage = input.frage.value;
  row.ordnung = input.ordnung.value_or(Ordnung::relevanz);
  if (!sameQuestion) row.gesehen = neuestes(tx, wer.mandant);
  if (known) {
    tx.exec(
        "UPDATE suche_gemerkt SET frage = :frage, ordnung = :ordnung, gesehen = :gesehen, melden = :melden "
        "WHERE mandant = :mandant AND id = :id",
        row.frage, row.ordnung, row.gesehen, row.melden, row.mandant, row.id);
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
        return write<GemerktAusgabe>(zugang, call,
                                     [&](sql::WriteTx& tx, const Berechtigung& wer) -> Result<GemerktAusgabe> {
                                       AKTENLOTSE_GET(row, keep(tx, wer, call.body, clock.now()));
                                       return show(tx, wer, bestand, row);
                                     });
      });
  routes.add<None, None, None>(
      Verb::post, "/api/suchen/{id}/gesehen", {"sucheGesehen", "Suche", "Its hits were looked at: nothing is new now"},
      [&](const auto& call) {
        return write<None>(zugang, call, [&](sql::WriteTx& tx, const Berechtigung& wer) -> Result<None> {
          AKTENLOTSE_GET(row, mine(tx, wer, call.id));
          tx.exec("UPDATE suche_gemerkt SET gesehen = :gesehen WHERE mandant = :mandant AND id = :id",
                  neuestes(tx, wer.mandant), wer.mandant, row.id);
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
