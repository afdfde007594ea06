// Who reaches what: access is inherited from the plan to Akte, Vorgang and Dokument, and follows when it changes above.
// What was narrowed on its own stays as it is. Access is no content, so closed objects follow too: else a file that
// becomes confidential would stay open to all because it is finished.
#include "akte/schriftgut.h"

namespace akte {
namespace {

/// The rows of a table that lie in a parent and have inherited the access given.
template <class Row>
std::vector<Row> inheritors(const sql::ReadTx& tx, std::int64_t mandant, sql::Sql parentColumn, std::int64_t parent,
                            std::int64_t zugriff) {
  auto query = sql::Query::select<Row>();
  query.add(" FROM ").add(sql::Query::tableName<Row>()).add(" WHERE mandant = :mandant AND ", mandant);
  query.add(parentColumn).add(" = :darin AND zugriff = :zugriff ORDER BY id", parent, zugriff);
  return tx.query<Row>(query);
}

template <class Row>
Row withZugriff(Change& change, const Row& before, std::int64_t zugriff) {
  auto after = before;
  after.zugriff = zugriff;
  change.update(before, after);
  return after;
}

}  // namespace

void Schriftgut::spreadToDokumente(Change& change, std::int64_t vorgang, std::int64_t from, std::int64_t to) {
  for (const auto& row : inheritors<DokumentZeile>(change.tx(), change.mandant(), "vorgang", vorgang, from))
    index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, withZugriff(change, row, to).id);
}

void Schriftgut::spreadToVorgaenge(Change& change, std::int64_t akte, std::int64_t from, std::int64_t to) {
  for (const auto& row : inheritors<VorgangZeile>(change.tx(), change.mandant(), "akte", akte, from)) {
    index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, withZugriff(change, row, to).id);
    spreadToDokumente(change, row.id, from, to);
  }
}

void Schriftgut::spreadBelowPlan(Change& change, std::int64_t einheit, std::int64_t from, std::int64_t to) {
  for (const auto& row : inheritors<AktenplaneinheitZeile>(change.tx(), change.mandant(), "ueber", einheit, from)) {
    withZugriff(change, row, to);
    spreadBelowPlan(change, row.id, from, to);
  }
  for (const auto& row : inheritors<AkteZeile>(change.tx(), change.mandant(), "aktenplaneinheit", einheit, from)) {
    index_.refresh(change.tx(), change.mandant(), SuchArt::akte, withZugriff(change, row, to).id);
    spreadToVorgaenge(change, row.id, from, to);
  }
}

base::Result<AkteZeile> Schriftgut::setZugriff(Change& change, const Berechtigung& wer, const AkteMit& before,
                                               const ZugriffSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::zugriffSetzen, before.gegenstand));
  AKTENLOTSE_GET(zugriff, chooseZugriff(change.tx(), change.mandant(), input.zugriff));
  const auto after = withZugriff(change, before.akte, zugriff.id);
  index_.refresh(change.tx(), change.mandant(), SuchArt::akte, after.id);
  if (zugriff.id != before.akte.zugriff) spreadToVorgaenge(change, after.id, before.akte.zugriff, zugriff.id);
  change.about({"akte.zugriff_gesetzt", after.tabelle, after.id, after.id, 0});
  return after;
}

base::Result<VorgangZeile> Schriftgut::setZugriff(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                                  const ZugriffSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::zugriffSetzen, before.gegenstand));
  AKTENLOTSE_GET(zugriff, chooseZugriff(change.tx(), change.mandant(), input.zugriff));
  const auto after = withZugriff(change, before.vorgang, zugriff.id);
  index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, after.id);
  if (zugriff.id != before.vorgang.zugriff) spreadToDokumente(change, after.id, before.vorgang.zugriff, zugriff.id);
  change.about({"vorgang.zugriff_gesetzt", after.tabelle, after.id, after.akte, after.akte});
  return after;
}

}  // namespace akte
