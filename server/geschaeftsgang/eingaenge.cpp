// Letters of the Posteingang in the Postkorb: they are somebody's to do, too, before they lie in a Vorgang.
#include <algorithm>
#include <set>

#include "postkorb.h"

namespace geschaeftsgang {
namespace {

using mandant::Aufgabe;

std::vector<std::int64_t> unitsOf(Tx tx, const Berechtigung& wer) {
  const auto units = personOf(tx, wer.mandant, wer.person).einheiten;
  const std::set once(units.begin(), units.end());
  return {once.begin(), once.end()};
}

/// Those whose whole processing he does in their stead.
std::vector<std::int64_t> vertreteneOf(Tx tx, const Berechtigung& wer, const base::Datum& heute) {
  std::set<std::int64_t> out;
  for (const auto& one : mandant::vertreteneOf(tx, wer.mandant, wer.person, heute))
    if (!one.bereich.organisationseinheit && (!one.bereich.aufgabe || *one.bereich.aufgabe == Aufgabe::bearbeitung))
      out.insert(one.person);
  return {out.begin(), out.end()};
}

}  // namespace

Eingaenge eingaenge(Tx tx, const Berechtigung& wer, Korb korb, const base::Datum& heute, std::int64_t limit,
                    std::int64_t grenze) {
  Eingaenge out;
  if (!wer.hat(Recht::eingangAblegen) || korb == Korb::leitung) return out;
  std::vector<sql::Query> sources;
  if (korb == Korb::meine) sources.push_back(akte::uebernommenVon(wer, wer.person));
  if (korb == Korb::vertretung)
    for (const auto person : vertreteneOf(tx, wer, heute)) sources.push_back(akte::uebernommenVon(wer, person));
  if (korb == Korb::einheit) {
    auto units = unitsOf(tx, wer);
    if (!units.empty()) sources.push_back(akte::herrenlosIn(tx, wer, units));
  }
  std::vector<akte::DokumentZeile> rows;
  for (const auto& source : sources) {
    sql::Query count("SELECT COUNT(*) FROM (SELECT d.id");
    out.anzahl += tx.value<std::int64_t>(count.add(source).add(" LIMIT :grenze) x", grenze)).value();
    if (limit == 0) continue;
    auto query = sql::Query::select<akte::DokumentZeile>("d");
    for (auto& row : tx.query<akte::DokumentZeile>(query.add(source).add(" ORDER BY d.id LIMIT :limit", limit)))
      rows.push_back(std::move(row));
  }
  out.anzahl = std::min(out.anzahl, grenze);
  std::ranges::sort(rows, {}, &akte::DokumentZeile::id);
  if (static_cast<std::int64_t>(rows.size()) > limit) rows.resize(static_cast<std::size_t>(limit));
  out.eintraege = akte::showEingaenge(tx, wer, rows);
  return out;
}

}  // namespace geschaeftsgang
