// Finding objects, with what the rules need to know of them.
#include "akte/schriftgut.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;
using mandant::rowByUuid;
using mandant::stufeFor;

base::Result<AktenplaneinheitZeile> findEinheit(const sql::ReadTx& tx, const Berechtigung& wer,
                                                const base::Uuid& uuid) {
  // The plan itself is no secret: whoever files must know it. What lies under it is.
  if (auto row = rowByUuid<AktenplaneinheitZeile>(tx, wer.mandant, uuid)) return *std::move(row);
  return fail(Code::NichtGefunden);
}

base::Result<AkteMit> findAkte(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = rowByUuid<AkteZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  AkteMit out{*row, {stufeFor(tx, wer, row->zugriff), row->status == Status::inBearbeitung}};
  AKTENLOTSE_TRY(mandant::darfSehen(out.gegenstand));
  return out;
}

namespace {

VorgangMit vorgangMit(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangZeile& row) {
  VorgangMit out{row, rowById<AkteZeile>(tx, wer.mandant, row.akte).value(), {}, {}};
  if (row.ueber) out.ueber = rowById<VorgangZeile>(tx, wer.mandant, *row.ueber);
  out.gegenstand.stufe = stufeFor(tx, wer, row.zugriff);
  out.gegenstand.offen = row.status == Status::inBearbeitung && out.akte.status == Status::inBearbeitung &&
                         (!out.ueber || out.ueber->status == Status::inBearbeitung);
  return out;
}

}  // namespace

base::Result<VorgangMit> findVorgang(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = rowByUuid<VorgangZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  auto out = vorgangMit(tx, wer, *row);
  AKTENLOTSE_TRY(mandant::darfSehen(out.gegenstand));
  return out;
}

base::Result<DokumentMit> findDokument(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = rowByUuid<DokumentZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  DokumentMit out{*row, {}, {stufeFor(tx, wer, row->zugriff), row->status == Status::inBearbeitung}, {}};
  AKTENLOTSE_TRY(mandant::darfSehen(out.gegenstand));
  if (row->ueber) {
    out.ueber = rowById<DokumentZeile>(tx, wer.mandant, *row->ueber);
    out.gegenstand.offen = out.gegenstand.offen && out.ueber->status == Status::inBearbeitung;
  }
  if (row->vorgang) {
    out.vorgang = vorgangMit(tx, wer, rowById<VorgangZeile>(tx, wer.mandant, *row->vorgang).value());
    out.gegenstand.offen = out.gegenstand.offen && out.vorgang->gegenstand.offen;
  }
  // What went out stays as it went.
  if (row->ausgangsdatum || (out.ueber && out.ueber->ausgangsdatum)) {
    out.gegenstand.versandt = out.gegenstand.offen;
    out.gegenstand.offen = false;
  }
  return out;
}

}  // namespace akte
