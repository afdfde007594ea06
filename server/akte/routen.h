#pragma once
// The routes that every kind of object has: one, create, change. Private to the room.
#include "akte/ausgabe.h"
#include "akte/schutz.h"

namespace akte {

using base::Result;
using http::None;
using http::Verb;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

inline const AktenplaneinheitZeile& rowOf(const AktenplaneinheitZeile& row) { return row; }
inline const AkteZeile& rowOf(const AkteMit& mit) { return mit.akte; }
inline const VorgangZeile& rowOf(const VorgangMit& mit) { return mit.vorgang; }
inline const DokumentZeile& rowOf(const DokumentMit& mit) { return mit.dokument; }

/// What the description says of a route; the right is asked by the gate before the handler runs.
struct Angaben {
  std::string_view id, summary, recht{};
};

/// Adds the routes of one kind. `Out` is what they answer; `Find` finds an object for a person.
template <class Out, class Find>
class Routen {
 public:
  Routen(http::Routes& routes, Zugang& zugang, std::string_view tag, Find find)
      : routes_(routes), zugang_(zugang), tag_(tag), find_(find) {}

  void one(std::string pattern, const Angaben& a) {
    routes_.add<None, None, Out>(Verb::get, std::move(pattern), {a.id, tag_, a.summary, a.recht},
                                 [&zugang = zugang_, find = find_](const auto& call) {
                                   Einsicht einsicht(zugang.journal());
                                   auto reply = zugang.template read<Out>(
                                       call, [&](Tx tx, const Berechtigung& wer) -> Result<Out> {
                                         AKTENLOTSE_GET(found, find(tx, wer, call.id));
                                         if constexpr (requires { einsicht.merke(tx, wer, found); })
                                           einsicht.merke(tx, wer, found);
                                         return show(tx, wer, found);
                                       });
                                   einsicht.halteFest();
                                   return reply;
                                 });
  }

  /// `make(change, wer, body)` gives the row of the new object.
  template <class Body, class Make>
  void create(std::string pattern, const Angaben& a, Make make) {
    routes_.add<Body, None, Out>(Verb::post, std::move(pattern),
                                 {.id = a.id, .tag = tag_, .summary = a.summary, .recht = a.recht, .create = true},
                                 [&zugang = zugang_, find = find_, make](const auto& call) {
                                   return zugang.template create<Out>(
                                       call,
                                       [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
                                         AKTENLOTSE_GET(row, make(change, wer, call.body));
                                         return row.uuid;
                                       },
                                       [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<Out> {
                                         return load(tx, wer, find, uuid);
                                       });
                                 });
  }

  /// `apply(change, wer, before, body)` gives the changed row; the object must be in the state that If-Match names.
  template <class Body, class Apply>
  void change(Verb verb, std::string pattern, const Angaben& a, Apply apply) {
    routes_.add<Body, None, Out>(
        verb, std::move(pattern),
        {.id = a.id, .tag = tag_, .summary = a.summary, .recht = a.recht, .changesExisting = true},
        [&zugang = zugang_, find = find_, apply](const auto& call) {
          return zugang.template change<Out>(call, [&](Change& change, const Berechtigung& wer) -> Result<Out> {
            AKTENLOTSE_GET(before, find(change.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, rowOf(before).stand));
            AKTENLOTSE_GET(after, apply(change, wer, before, call.body));
            auto shown = load(change.tx(), wer, find, after.uuid);
            if (!shown && shown.error().code == base::Code::NichtGefunden)
              return base::fail(base::Code::Konflikt, "Danach könnten Sie das Objekt selbst nicht mehr sehen.");
            return shown;
          });
        });
  }

 private:
  static Result<Out> load(Tx tx, const Berechtigung& wer, const Find& find, const base::Uuid& uuid) {
    AKTENLOTSE_GET(found, find(tx, wer, uuid));
    return show(tx, wer, found);
  }

  http::Routes& routes_;
  Zugang& zugang_;
  std::string_view tag_;
  Find find_;
};

/// One page, newest first: rows before the cursor; one row more than asked is fetched, so that the last page gives
/// none.
/// `showAll` takes the rows of the page.
template <class List, class Row, class ShowAll>
Result<List> pageOf(Tx tx, sql::Query query, sql::Sql idColumn, const Seite& seite, ShowAll showAll) {
  AKTENLOTSE_GET(limit, limitOf(seite.limit));
  AKTENLOTSE_GET(before, cursorOf(seite.nach));
  if (before > 0) query.add(" AND ").add(idColumn).add(" < :vor", before);
  query.add(" ORDER BY ").add(idColumn).add(" DESC LIMIT :grenze", limit + 1);
  auto rows = tx.query<Row>(query);
  List out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = std::to_string(rows.back().id);
  }
  out.eintraege = showAll(std::span<const Row>(rows));
  return out;
}

/// The same, row by row.
template <class List, class Row, class Show>
Result<List> page(Tx tx, sql::Query query, sql::Sql idColumn, const Seite& seite, Show show) {
  return pageOf<List, Row>(tx, std::move(query), idColumn, seite, [&](std::span<const Row> rows) {
    decltype(List::eintraege) out;
    for (const auto& row : rows) out.push_back(show(row));
    return out;
  });
}

/// Parts of addDokumentRoutes.
void addInhaltRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut);
void addPosteingangRoutes(http::Routes& routes, Zugang& zugang);

}  // namespace akte
