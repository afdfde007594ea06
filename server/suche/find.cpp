#include "suche/suche.h"

namespace suche {
namespace {

/// SQLite: FTS5 ranks; the tenant is a range of row numbers, the rights are joined in the same pass.
sql::Query sqliteMatches(const Berechtigung& wer, const text::Query& query) {
  const std::int64_t base = wer.mandant << 40;
  sql::Query out(
      " FROM suche_wort JOIN suche s ON s.mandant = :mandant AND s.objekt = suche_wort.rowid - :basis "
      "WHERE suche_wort MATCH :frage AND suche_wort.rowid BETWEEN :von AND :bis AND ",
      wer.mandant, base, text::toFts5(query), base, base + (std::int64_t{1} << 40) - 1);
  return out.add(mandant::sichtbar("s.zugriff", wer));
}

/// PostgreSQL: the stripped vector gives candidates; phrases are looked up again where their positions are.
sql::Query postgresMatches(const Berechtigung& wer, const text::Query& query) {
  sql::Query out(
      " FROM suche s WHERE s.mandant = :mandant AND s.art = 'dokument' AND s.woerter @@ CAST(:frage AS tsquery) AND ",
      wer.mandant, text::candidateTsquery(query));
  out.add(mandant::sichtbar("s.zugriff", wer));
  if (!text::needsPositions(query)) return out;
  out.add(" AND ");
  out.add(sql::Query::condition([&](const std::function<std::string(sql::Query)>& part) {
    return text::toCondition(query, [&](const text::Leaf& leaf) {
      if (!text::needsPositions(leaf))
        return part(sql::Query("s.woerter @@ CAST(:teil AS tsquery)", text::toTsquery(leaf)));
      return part(
          sql::Query("EXISTS (SELECT 1 FROM suche_abschnitt a WHERE a.mandant = s.mandant AND a.objekt = s.objekt AND "
                     "a.woerter @@ CAST(:teil AS tsquery))",
                     text::toTsquery(leaf)));
    });
  }));
  return out;
}

}  // namespace

Ergebnis find(const sql::ReadTx& tx, const Berechtigung& wer, const text::Query& query, std::int64_t limit,
              std::int64_t offset) {
  if (!query.root) return {};
  const bool postgres = tx.engine() == sql::Engine::postgres;
  const auto matches = postgres ? postgresMatches(wer, query) : sqliteMatches(wer, query);
  Ergebnis out;
  sql::Query count("SELECT COUNT(*)");
  out.anzahl = tx.value<std::int64_t>(count.add(matches)).value();
  if (out.anzahl == 0) return out;
  sql::Query hits("SELECT s.objekt");
  hits.add(matches);
  if (postgres)
    hits.add(" ORDER BY ts_rank(s.woerter, CAST(:rang AS tsquery)) DESC, s.objekt DESC", text::candidateTsquery(query));
  else
    hits.add(" ORDER BY suche_wort.rank, suche_wort.rowid DESC");
  hits.add(" LIMIT :grenze OFFSET :ab", limit, offset);
  out.treffer = tx.query<Treffer>(hits);
  return out;
}

}  // namespace suche
