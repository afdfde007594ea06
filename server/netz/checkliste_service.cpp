#include <algorithm>

#include "netz/begleitung.h"
#include "netz/checkliste.h"

namespace netz {

using base::Code;
using base::fail;

namespace {

Result<void> darfMitmachen(const Berechtigung& wer) {
  if (wer.nurLesen || !wer.hat(Recht::netzMitmachen)) return fail(Code::NichtErlaubt);
  return {};
}

ChecklisteZeile beruehre(Change& change, const ChecklisteZeile& before, ChecklisteZeile after,
                         std::string_view aktion) {
  change.update(before, after);
  change.about({aktion, ChecklisteZeile::tabelle, after.id, 0, 0});
  return after;
}

}  // namespace

Result<ChecklisteZeile> findCheckliste(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<ChecklisteZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

std::vector<PunktZeile> punkteOf(const sql::ReadTx& tx, const ChecklisteZeile& row) {
  return tx.query<PunktZeile>(sql::Query::select<PunktZeile>().add(
      " FROM netz_punkt WHERE mandant = :mandant AND checkliste = :checkliste ORDER BY id", row.mandant, row.id));
}

Fassung fassungOf(const sql::ReadTx& tx, const ChecklisteZeile& row) {
  const auto* tool = werkzeug(row.werkzeug);
  const auto* one = tool == nullptr ? nullptr : fassung(*tool, row.version);
  if (one == nullptr) throw base::Failure("a checklist of a tool that the program does not have: " + row.werkzeug);
  return mitEigenen(tx, row, fuerLand(*one, mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0).land));
}

Result<ChecklisteZeile> beginne(Change& change, const Berechtigung& wer, const ChecklisteNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  const auto* tool = werkzeug(input.werkzeug.value);
  if (tool == nullptr) return fail(Code::EingabeUngueltig, "Dieses Werkzeug gibt es nicht.", "werkzeug");
  const auto* one = input.version ? fassung(*tool, input.version->value) : &geltende(*tool);
  if (one == nullptr) return fail(Code::EingabeUngueltig, "Diese Version gibt es nicht.", "version");
  ChecklisteZeile row;
  row.uuid = change.newUuid();
  row.werkzeug = tool->schluessel;
  row.version = one->version;
  row.bezeichnung = input.bezeichnung ? input.bezeichnung->value : tool->titel;
  row.begonnen = base::Datum::of(change.zeit());
  row.begonnenVon = wer.person;
  change.insert(row);
  change.about({"netzcheckliste.begonnen", row.tabelle, row.id, 0, 0});
  return row;
}

Result<ChecklisteZeile> setzePunkt(Change& change, const Berechtigung& wer, const ChecklisteZeile& before,
                                   const PunktSetzen& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  if (before.status == Checklistenstatus::beendet)
    return fail(Code::Abgeschlossen, "Diese Checkliste ist beendet. Öffnen Sie sie zuerst wieder.");
  const auto now = fassungOf(change.tx(), before);
  const bool known = std::ranges::any_of(now.abschnitte, [&](const Abschnitt& abschnitt) {
    return std::ranges::find(abschnitt.punkte, input.schluessel.value, &Punkt::schluessel) != abschnitt.punkte.end();
  });
  if (!known) return fail(Code::EingabeUngueltig, "Diesen Punkt hat die Checkliste nicht.", "schluessel");
  PunktZeile row;
  const auto said = punkteOf(change.tx(), before);
  const auto found = std::ranges::find(said, input.schluessel.value, &PunktZeile::schluessel);
  if (found != said.end()) row = *found;
  row.checkliste = before.id;
  row.schluessel = input.schluessel.value;
  row.status = input.status;
  row.notiz = input.notiz && !input.notiz->value.empty() ? OptText(input.notiz->value) : OptText();
  row.person = wer.person;
  row.zeit = change.zeit();
  if (found != said.end())
    change.update(*found, row);
  else
    change.insert(row);
  return beruehre(change, before, before, "netzcheckliste.punkt");
}

Result<ChecklisteZeile> aendere(Change& change, const Berechtigung& wer, const ChecklisteZeile& before,
                                const ChecklisteAendern& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  auto after = before;
  if (input.status) after.status = *input.status;
  if (before.status == Checklistenstatus::beendet && after.status == Checklistenstatus::beendet)
    return fail(Code::Abgeschlossen, "Diese Checkliste ist beendet. Öffnen Sie sie zuerst wieder.");
  if (input.bezeichnung) after.bezeichnung = input.bezeichnung->value;
  if (input.version) {
    const auto* tool = werkzeug(before.werkzeug);
    if (tool == nullptr || fassung(*tool, input.version->value) == nullptr)
      return fail(Code::EingabeUngueltig, "Diese Version gibt es nicht.", "version");
    after.version = input.version->value;
  }
  return beruehre(change, before, after,
                  after.version != before.version ? "netzcheckliste.version" : "netzcheckliste.geaendert");
}

}  // namespace netz
