// Taking back in one step what was adopted in one.
#include "netz/checkliste.h"
#include "netz/eigenwerkzeug.h"
#include "netz/praxis.h"
#include "netz/wirkung.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::allRows;

namespace {

using Tx = const sql::ReadTx&;

/// What would go must hold nothing by now.
Result<void> checkLeer(Tx tx, std::int64_t mandant, const std::vector<journal::Beruehrt>& rows) {
  std::set<std::int64_t> gone;
  for (const auto& row : rows)
    if (row.neu && row.tabelle == akte::AktenplaneinheitZeile::tabelle) gone.insert(row.id);
  for (const auto id : gone) {
    if (tx.value<std::int64_t>("SELECT id FROM akte WHERE mandant = :mandant AND aktenplaneinheit = :id LIMIT 1",
                               mandant, id))
      return fail(Code::NochOffen, "Unter einem der Einträge liegen inzwischen Akten. Schreiben Sie sie zuerst um.");
    for (const auto& below : allRows<akte::AktenplaneinheitZeile>(tx, mandant))
      if (below.ueber == id && !gone.contains(below.id))
        return fail(Code::NochOffen, "Unter einem der Einträge liegen inzwischen weitere.");
  }
  for (const auto& row : rows) {
    if (!row.neu) continue;
    if (row.tabelle == akte::FeldartZeile::tabelle &&
        tx.value<std::int64_t>("SELECT id FROM feldwert WHERE mandant = :mandant AND feld = :id LIMIT 1", mandant,
                               row.id))
      return fail(Code::NochOffen, "Eines der Felder ist in Vorgängen schon ausgefüllt.");
    if (row.tabelle == ChecklisteZeile::tabelle &&
        tx.value<std::int64_t>("SELECT id FROM netz_punkt WHERE mandant = :mandant AND checkliste = :id LIMIT 1",
                               mandant, row.id))
      return fail(Code::NochOffen, "In einer der Checklisten ist schon etwas abgehakt.");
  }
  return {};
}

constexpr std::string_view bleibend[] = {"zugriff", "zugriffseintrag"};

}  // namespace

void zeigeUebernahmen(Change& change) {
  for (const auto& row : mandant::allRows<UebernahmeZeile>(change.tx(), change.mandant())) zeige(change, row);
}

Result<UebernahmeZeile> findUebernahme(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<UebernahmeZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

Result<UebernahmeZeile> nimmZurueck(Change& change, const Berechtigung& wer, const UebernahmeZeile& before) {
  if (wer.nurLesen || !wer.hat(Recht::aktenplanPflegen)) return fail(Code::NichtErlaubt);
  if (before.status != Uebernahmestatus::aktiv)
    return fail(Code::Konflikt, "Zurücknehmen lässt sich nur, was gerade gilt.");
  const auto eintrag = journal::entry(change.tx(), wer.mandant, before.eintrag).value();
  AKTENLOTSE_TRY(checkLeer(change.tx(), wer.mandant, journal::rowsOf(eintrag)));
  if (const auto wirkung = wirkungOf(change.tx(), before)) {
    change.erase(*wirkung);
    zeige(change.tx(), change.mandant(), wirkung->uuid, {});
  }
  auto known = akte::tables();
  for (const auto* table : tables()) known.push_back(table);
  for (const auto* table : mandant::tables()) known.push_back(table);
  for (const auto& tool : allRows<WerkzeugZeile>(change.tx(), change.mandant()))
    zeige(change.tx(), change.mandant(), tool.uuid, {});
  AKTENLOTSE_TRY(change.takeBack(eintrag, known, bleibend));
  for (const auto& tool : allRows<WerkzeugZeile>(change.tx(), change.mandant())) zeige(change, tool);
  // That it was adopted and taken back stays to be seen.
  auto row = before;
  row.status = Uebernahmestatus::zurueckgenommen;
  change.insert(row);
  zeigeUebernahmen(change);
  change.about({"netzbaustein.zurueckgenommen", row.tabelle, row.id, 0, 0});
  return row;
}

}  // namespace netz
