// Who reaches what: access is inherited from the plan to Akte, Vorgang and Dokument, and follows when it changes above.
// What was set on its own stays as it is until it is set to what lies above it again; an Anlage has its Dokument's.
// Access is no content, so closed objects follow too: else a file that becomes confidential would stay open to all
// because it is finished.
#include "akte/schriftgut.h"

namespace akte {

using base::Code;
using base::fail;

namespace {

/// The rows of a table that lie in a parent and inherit its access.
template <class Row>
std::vector<Row> inheritors(const sql::ReadTx& tx, std::int64_t mandant, sql::Sql parentColumn, std::int64_t parent) {
  auto query = sql::Query::select<Row>();
  query.add(" FROM ").add(sql::Query::tableName<Row>()).add(" WHERE mandant = :mandant AND ", mandant);
  query.add(parentColumn).add(" = :darin", parent);
  if constexpr (requires(Row row) { row.eigenerZugriff; }) query.add(" AND COALESCE(eigener_zugriff, 0) = 0");
  return tx.query<Row>(query.add(" ORDER BY id"));
}

template <class Row>
Row withZugriff(Change& change, const Row& before, std::int64_t zugriff, const auto&... own) {
  auto after = before;
  ((after.eigenerZugriff = own), ...);
  after.zugriff = zugriff;
  change.update(before, after);
  return after;
}

}  // namespace

void Schriftgut::spreadToDokumente(Change& change, std::int64_t vorgang, std::int64_t zugriff) {
  for (const auto& row : inheritors<DokumentZeile>(change.tx(), change.mandant(), "vorgang", vorgang))
    index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, withZugriff(change, row, zugriff).id);
}

void Schriftgut::spreadBelowVorgang(Change& change, std::int64_t vorgang, std::int64_t zugriff) {
  spreadToDokumente(change, vorgang, zugriff);
  for (const auto& row : inheritors<VorgangZeile>(change.tx(), change.mandant(), "ueber", vorgang)) {
    index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, withZugriff(change, row, zugriff).id);
    spreadToDokumente(change, row.id, zugriff);
  }
}

base::Result<DokumentZeile> Schriftgut::setZugriff(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                                   const ZugriffSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::zugriffSetzen, before.gegenstand));
  if (before.dokument.ueber)
    return fail(Code::Konflikt, "Eine Anlage hat den Zugriff ihres Dokuments; ändern Sie ihn dort.");
  AKTENLOTSE_GET(zugriff, chooseZugriff(change.tx(), change.mandant(), input.zugriff));
  const auto oben = before.vorgang ? before.vorgang->vorgang.zugriff
                                   : mandant::rowById<mandant::OrganisationseinheitZeile>(
                                         change.tx(), change.mandant(), before.dokument.organisationseinheit)
                                         .value()
                                         .zugriff;
  auto after = before.dokument;
  after.zugriff = zugriff.id;
  after.eigenerZugriff = zugriff.id != oben;
  moveWithAnlagen(change, before.dokument, after);
  change.about({"dokument.zugriff_gesetzt", after.tabelle, after.id, before.kette(), after.vorgang.value_or(0)});
  return after;
}

void Schriftgut::spreadToVorgaenge(Change& change, std::int64_t akte, std::int64_t zugriff) {
  for (const auto& row : inheritors<VorgangZeile>(change.tx(), change.mandant(), "akte", akte)) {
    if (row.ueber) continue;
    index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, withZugriff(change, row, zugriff).id);
    spreadBelowVorgang(change, row.id, zugriff);
  }
}

void Schriftgut::spreadBelowPlan(Change& change, std::int64_t einheit, std::int64_t zugriff) {
  for (const auto& row : inheritors<AktenplaneinheitZeile>(change.tx(), change.mandant(), "ueber", einheit)) {
    withZugriff(change, row, zugriff);
    spreadBelowPlan(change, row.id, zugriff);
  }
  for (const auto& row : inheritors<AkteZeile>(change.tx(), change.mandant(), "aktenplaneinheit", einheit)) {
    index_.refresh(change.tx(), change.mandant(), SuchArt::akte, withZugriff(change, row, zugriff).id);
    spreadToVorgaenge(change, row.id, zugriff);
  }
}

base::Result<AkteZeile> Schriftgut::setZugriff(Change& change, const Berechtigung& wer, const AkteMit& before,
                                               const ZugriffSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::zugriffSetzen, before.gegenstand));
  AKTENLOTSE_GET(zugriff, chooseZugriff(change.tx(), change.mandant(), input.zugriff));
  const auto blatt =
      mandant::rowById<AktenplaneinheitZeile>(change.tx(), change.mandant(), before.akte.aktenplaneinheit).value();
  const auto after = withZugriff(change, before.akte, zugriff.id, zugriff.id != blatt.zugriff);
  index_.refresh(change.tx(), change.mandant(), SuchArt::akte, after.id);
  if (zugriff.id != before.akte.zugriff) spreadToVorgaenge(change, after.id, zugriff.id);
  change.about({"akte.zugriff_gesetzt", after.tabelle, after.id, after.id, 0});
  return after;
}

base::Result<VorgangZeile> Schriftgut::setZugriff(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                                  const ZugriffSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::zugriffSetzen, before.gegenstand));
  AKTENLOTSE_GET(zugriff, chooseZugriff(change.tx(), change.mandant(), input.zugriff));
  const auto after = withZugriff(change, before.vorgang, zugriff.id, zugriff.id != before.zugriffOben());
  index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, after.id);
  if (zugriff.id != before.vorgang.zugriff) spreadBelowVorgang(change, after.id, zugriff.id);
  change.about({"vorgang.zugriff_gesetzt", after.tabelle, after.id, after.akte, after.darin()});
  return after;
}

}  // namespace akte
