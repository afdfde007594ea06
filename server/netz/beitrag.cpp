#include "netz/beitrag.h"

#include "netz/kommunen.h"
#include "treffen.h"
#include "treffen_inhalt.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::rowByUuid;

namespace {

template <class T>
OptText textOf(const std::optional<T>& text) {
  return text && !text->value.empty() ? OptText(text->value) : OptText();
}

/// What it is about, if this person sees it: how far, at most, a contribution to it may be seen.
std::optional<Sichtbarkeit> bezugOf(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  const auto row = tx.one<Aushang>(sql::Query::select<Aushang>("a")
                                       .add(" FROM netz_aushang a WHERE ")
                                       .add(imNetzSichtbar(tx, blickOf(tx, wer)))
                                       .add(" AND a.art IN ('praxis', 'termin') AND a.uuid = :bezug", uuid));
  return row ? std::optional(row->sichtbarkeit) : std::nullopt;
}

Result<void> fill(BeitragZeile& row, const BeitragNeu& input, Sichtbarkeit weitest) {
  row.art = input.art;
  row.titel = input.titel.value;
  row.inhalt = textOf(input.inhalt);
  row.verantwortlich = textOf(input.verantwortlich);
  row.faellig = input.faellig;
  row.status = input.status;
  if (input.sichtbarkeit < weitest || input.sichtbarkeit == Sichtbarkeit::coaching)
    return fail(Code::EingabeUngueltig, "Das wäre weiter zu sehen als das, wozu es gehört.", "sichtbarkeit");
  row.sichtbarkeit = input.sichtbarkeit;
  return {};
}

}  // namespace

Result<BeitragZeile> findBeitrag(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = rowByUuid<BeitragZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

bool darfAendern(const Berechtigung& wer, const BeitragZeile& row) {
  return !wer.nurLesen && (wer.hat(Recht::netzPflegen) || (row.person == wer.person && wer.hat(Recht::netzMitmachen)));
}

Result<BeitragZeile> createBeitrag(Change& change, const Berechtigung& wer, const base::Uuid& bezug,
                                   const std::optional<base::Uuid>& zu, const BeitragNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  const auto weitest = bezugOf(change.tx(), wer, bezug);
  if (!weitest) return fail(Code::NichtGefunden);
  BeitragZeile row;
  if (zu) {
    if (!change.tx().value<std::string>(
            sql::Query("SELECT a.uuid FROM netz_aushang a WHERE ")
                .add(imNetzSichtbar(change.tx(), blickOf(change.tx(), wer)))
                .add(" AND a.art = 'beitrag' AND a.ober = :bezug AND a.uuid = :zu", bezug, *zu)))
      return fail(Code::NichtGefunden);
    row.zu = zu->text();
  }
  if ((input.art == Beitragart::massnahme || input.art == Beitragart::antwort) && !zu)
    return fail(Code::EingabeUngueltig, "Nennen Sie, wozu sie gehört: das Risiko oder die Frage.", "art");
  row.uuid = change.newUuid();
  row.bezug = bezug.text();
  row.person = wer.person;
  AKTENLOTSE_TRY(fill(row, input, *weitest));
  change.insert(row);
  change.about({"netzbeitrag.geschrieben", row.tabelle, row.id, 0, 0});
  zeige(change, row);
  return row;
}

Result<BeitragZeile> aendereBeitrag(Change& change, const Berechtigung& wer, const BeitragZeile& before,
                                    const BeitragNeu& input) {
  if (!darfAendern(wer, before)) return fail(Code::NichtErlaubt, "Das ändert, wer es geschrieben hat.");
  auto after = before;
  // Where what it is about was taken back meanwhile, it may become narrower only.
  const auto weitest = bezugOf(change.tx(), wer, base::Uuid::parse(before.bezug).value());
  AKTENLOTSE_TRY(fill(after, input, weitest.value_or(before.sichtbarkeit)));
  change.update(before, after);
  change.about({"netzbeitrag.geaendert", after.tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

Result<BeitragZeile> entferneBeitrag(Change& change, const Berechtigung& wer, const BeitragZeile& before) {
  if (!darfAendern(wer, before)) return fail(Code::NichtErlaubt, "Das entfernt, wer es geschrieben hat.");
  change.erase(before);
  change.about({"netzbeitrag.entfernt", before.tabelle, before.id, 0, 0});
  zeige(change.tx(), change.mandant(), before.uuid, {});
  return before;
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const BeitragZeile& row) {
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0);
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::beitrag;
  out.ober = row.bezug;
  out.ags = town.gebietsschluessel.value_or("");
  const auto land = landOf(out.ags);
  out.land = land.empty() ? town.land : std::string(land);
  out.sichtbarkeit = row.sichtbarkeit;
  out.titel = row.titel;
  out.suche = base::foldCase(row.titel + " " + row.inhalt.value_or(""));
  out.inhalt =
      base::toJson(BeitragInhalt{row.art, row.status, row.zu, row.inhalt, row.verantwortlich, row.faellig, row.objekt});
  return {out};
}

}  // namespace netz
