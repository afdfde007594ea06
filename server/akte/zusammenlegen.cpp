// Merging and parting Vorgänge: Dokumente go from one to another with new signs, and Verweise say where they came from.
#include "akte/registratur.h"
#include "zeichen_ziehen.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;

namespace {

void link(Change& change, const VorgangZeile& von, const VorgangZeile& nach, Verweisart art) {
  VerweisZeile row{
      0,   0, change.newUuid(), std::string(VorgangZeile::tabelle), von.id, std::string(VorgangZeile::tabelle), nach.id,
      art, {}};
  change.insert(row);
}

std::vector<DokumentZeile> dokumenteOf(const sql::ReadTx& tx, const VorgangZeile& vorgang) {
  return tx.query<DokumentZeile>(sql::Query::select<DokumentZeile>().add(
      " FROM dokument WHERE mandant = :mandant AND vorgang = :vorgang AND ueber IS NULL ORDER BY id", vorgang.mandant,
      vorgang.id));
}

std::vector<VorgangZeile> teileOf(const sql::ReadTx& tx, const VorgangZeile& vorgang) {
  return tx.query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
      " FROM vorgang WHERE mandant = :mandant AND ueber = :ueber ORDER BY id", vorgang.mandant, vorgang.id));
}

std::optional<base::Uuid> uuidOf(const std::optional<VorgangZeile>& row) {
  return row ? std::optional(row->uuid) : std::nullopt;
}

/// A Teilvorgang with all that lies in it.
base::Result<void> mayMove(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangZeile& teil) {
  const auto missing = fail(Code::NichtErlaubt, "Dazu müssen Sie alles bearbeiten dürfen, was darin liegt.");
  const auto mit = findVorgang(tx, wer, teil.uuid);
  if (!mit) return missing;
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAendern, mit->gegenstand));
  for (const auto& row : tx.query<DokumentZeile>(sql::Query::select<DokumentZeile>().add(
           " FROM dokument WHERE mandant = :mandant AND vorgang = :vorgang", teil.mandant, teil.id)))
    if (mandant::stufeFor(tx, wer, row.zugriff) != mandant::Stufe::bearbeiten) return missing;
  return {};
}

/// A sign of a Vorgang names its Akte, one of a Dokument its Vorgang; one of an Akte only the plan, which is no secret.
bool seesPlace(const sql::ReadTx& tx, const Berechtigung& wer, const ZeichenZeile& row) {
  if (row.objektArt == AkteZeile::tabelle) return true;
  const auto place = row.darin.value_or(0);
  if (row.objektArt == VorgangZeile::tabelle) {
    const auto akte = rowById<AkteZeile>(tx, wer.mandant, place);
    return akte && mandant::stufeFor(tx, wer, akte->zugriff);
  }
  const auto vorgang = rowById<VorgangZeile>(tx, wer.mandant, place);
  return vorgang && mandant::stufeFor(tx, wer, vorgang->zugriff);
}

}  // namespace

base::Result<void> Registratur::moveDokument(Change& change, const Berechtigung& wer, const DokumentZeile& dokument,
                                             const VorgangMit& ziel) {
  const auto mit = findDokument(change.tx(), wer, dokument.uuid);
  if (!mit) return fail(Code::NichtErlaubt, "Dazu müssen Sie alles bearbeiten dürfen, was darin liegt.");
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, mit->gegenstand));
  auto after = dokument;
  after.vorgang = ziel.vorgang.id;
  after.registerblatt.reset();
  if (!after.hatEigenenZugriff()) after.zugriff = ziel.vorgang.zugriff;
  after.organisationseinheit = ziel.vorgang.organisationseinheit;
  if (dokument.zeichen) gibZeichenAuf(change, *dokument.zeichen, *dokument.vorgang);
  after.zeichen = schriftgut_.signFor(change, ablageortIn(change.tx(), ziel), after);
  registerZeichen(change, *after.zeichen, after.tabelle, after.id);
  schriftgut_.moveWithAnlagen(change, dokument, after);
  return {};
}

base::Result<VorgangZeile> Registratur::legeZusammen(Change& change, const Berechtigung& wer, const AkteMit& akte,
                                                     const VorgaengeZusammenlegen& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAnlegen, akte.gegenstand));
  if (input.vorgaenge.size() < 2 || input.vorgaenge.size() > 50)
    return fail(Code::EingabeUngueltig, "Nennen Sie 2 bis 50 Vorgänge.", "vorgaenge");
  std::vector<VorgangMit> quellen;
  for (const auto& uuid : input.vorgaenge) {
    auto quelle = findVorgang(tx, wer, uuid);
    if (!quelle) return fail(Code::EingabeUngueltig, "Einen der Vorgänge gibt es nicht.", "vorgaenge");
    AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAendern, quelle->gegenstand));
    if (quelle->akte.id != akte.akte.id)
      return fail(Code::Konflikt, "Alle Vorgänge müssen in dieser Akte liegen. Schreiben Sie die anderen zuerst um.",
                  "vorgaenge");
    if (!quellen.empty() && quelle->vorgang.ueber != quellen.front().vorgang.ueber)
      return fail(Code::Konflikt,
                  "Alle müssen nebeneinander liegen: als Vorgänge der Akte oder als Teilvorgänge eines Vorgangs.",
                  "vorgaenge");
    for (const auto& other : quellen)
      if (other.vorgang.id == quelle->vorgang.id)
        return fail(Code::EingabeUngueltig, "Ein Vorgang ist doppelt genannt.", "vorgaenge");
    quellen.push_back(*std::move(quelle));
  }
  const auto& ueber = quellen.front().ueber;
  AKTENLOTSE_GET(neu, schriftgut_.createVorgang(change, wer, {akte.akte.uuid, input.betreff, {}, uuidOf(ueber)}));
  const VorgangMit ziel{neu, akte.akte, {mandant::Stufe::bearbeiten, true}, ueber};
  const auto blatt = rowById<AktenplaneinheitZeile>(tx, wer.mandant, akte.akte.aktenplaneinheit).value();
  for (const auto& quelle : quellen) {
    for (const auto& teil : teileOf(tx, quelle.vorgang)) {
      AKTENLOTSE_TRY(mayMove(tx, wer, teil));
      zieheUm(change, {akte.akte, {}, quelle.vorgang}, {akte.akte, blatt, neu}, teil);
    }
    for (const auto& dokument : dokumenteOf(tx, quelle.vorgang))
      AKTENLOTSE_TRY(moveDokument(change, wer, dokument, ziel));
    link(change, neu, quelle.vorgang, Verweisart::vorgaenger);
  }
  change.about({"vorgang.zusammengelegt", neu.tabelle, neu.id, akte.akte.id, neu.darin()});
  return neu;
}

base::Result<VorgangZeile> Registratur::teile(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                              const VorgangTeilen& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAendern, vorgang.gegenstand));
  if (input.dokumente.empty()) return fail(Code::EingabeUngueltig, "Wählen Sie die Dokumente.", "dokumente");
  AKTENLOTSE_GET(neu,
                 schriftgut_.createVorgang(change, wer, {vorgang.akte.uuid, input.betreff, {}, uuidOf(vorgang.ueber)}));
  const VorgangMit ziel{neu, vorgang.akte, {mandant::Stufe::bearbeiten, true}, vorgang.ueber};
  for (const auto& uuid : input.dokumente) {
    const auto dokument = findDokument(tx, wer, uuid);
    if (!dokument || dokument->dokument.vorgang != vorgang.vorgang.id || dokument->dokument.ueber)
      return fail(Code::EingabeUngueltig, "Eines der Dokumente liegt nicht in diesem Vorgang.", "dokumente");
    AKTENLOTSE_TRY(moveDokument(change, wer, dokument->dokument, ziel));
  }
  link(change, neu, vorgang.vorgang, Verweisart::hervorgegangen);
  change.about({"vorgang.geteilt", neu.tabelle, neu.id, vorgang.akte.id, neu.darin()});
  return neu;
}

std::vector<std::string> fruehereZeichen(const sql::ReadTx& tx, const Berechtigung& wer, const Objekt& objekt) {
  std::vector<std::string> out;
  tx.each<ZeichenZeile>(
      sql::Query::select<ZeichenZeile>().add(
          " FROM zeichen WHERE mandant = :mandant AND objekt = :objekt AND darin IS NOT NULL ORDER BY id", wer.mandant,
          objekt.id),
      [&](ZeichenZeile&& row) {
        if (row.zeichen != objekt.zeichen && seesPlace(tx, wer, row)) out.push_back(std::move(row.zeichen));
      });
  return out;
}

std::optional<Objekt> findeZeichen(const sql::ReadTx& tx, const Berechtigung& wer, const std::string& zeichen) {
  const auto row = tx.one<ZeichenZeile>(sql::Query::select<ZeichenZeile>().add(
      " FROM zeichen WHERE mandant = :mandant AND zeichen = :zeichen", wer.mandant, zeichen));
  if (!row) return std::nullopt;
  auto objekt = objektById(tx, wer, row->objektArt, row->objekt);
  if (!objekt || (objekt->zeichen != zeichen && !seesPlace(tx, wer, *row))) return std::nullopt;
  return objekt;
}

}  // namespace akte
