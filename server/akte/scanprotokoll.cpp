// How paper became a Dokument, and what becomes of the paper (TR-RESISCAN, normal protection need).
#include "akte/pruefung.h"
#include "akte/renditionen.h"

namespace akte {

void Schriftgut::insertScanprotokoll(Change& change, const Berechtigung& wer, const DokumentZeile& dokument,
                                     const std::string& geraet) {
  auto& tx = change.tx();
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, change.mandant()).at(0);
  ScanprotokollZeile row;
  row.uuid = change.newUuid();
  row.dokument = dokument.id;
  row.nummer = tx.value<std::int64_t>("SELECT COALESCE(MAX(nummer), 0) + 1 FROM scanprotokoll WHERE mandant = :mandant",
                                      change.mandant())
                   .value();
  row.geraet = geraet;
  if (wer.person != 0) row.person = wer.person;
  row.gescannt = change.zeit();
  if (town.stichprobe && row.nummer % *town.stichprobe == 0) row.stichprobe = Stichprobe::offen;
  if (town.originaltage) row.originalBis = base::Datum::of(change.zeit().plusSeconds(*town.originaltage * 24 * 3600));
  change.insert(row);
}

Scanbild scanbildOf(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  Scanbild out;
  const auto version = tx.one<VersionZeile>(sql::Query::select<VersionZeile>().add(
      " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = 1", dokument.mandant, dokument.id));
  if (!version) return out;
  out.seiten = tx.value<std::int64_t>(
      "SELECT seiten FROM volltext WHERE mandant = :mandant AND version = :version AND seiten IS NOT NULL",
      dokument.mandant, version->id);
  std::int64_t read = 0, sum = 0;
  for (const auto& seite : tx.query<SeiteZeile>(sql::Query::select<SeiteZeile>().add(
           " FROM seite WHERE mandant = :mandant AND version = :version ORDER BY seite", dokument.mandant,
           version->id))) {
    if (seite.fehler || ohneText(seite.text)) {
      ++out.unlesbar;
    } else {
      ++read;
      sum += seite.sicherheit;
    }
    if (seite.aufloesung) out.aufloesung = std::min(out.aufloesung.value_or(*seite.aufloesung), *seite.aufloesung);
  }
  if (read > 0) out.sicherheit = sum / read;
  return out;
}

}  // namespace akte
