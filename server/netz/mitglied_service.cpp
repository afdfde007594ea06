// The town's page, and the people of the programmes.
#include <algorithm>
#include <set>

#include "netz/eigenwerkzeug.h"
#include "netz/kommunen.h"
#include "netz/netz.h"
#include "netz/verbund.h"
#include "treffen.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::allRows;
using mandant::rowById;
using mandant::rowByUuid;

namespace {

template <class T>
OptText textOf(const std::optional<T>& text) {
  return text && !text->value.empty() ? OptText(text->value) : OptText();
}

std::string agsOf(const sql::ReadTx& tx, std::int64_t mandant) {
  return allRows<mandant::MandantZeile>(tx, mandant).at(0).gebietsschluessel.value_or("");
}

Result<void> darfPflegen(const Berechtigung& wer) {
  if (wer.nurLesen || !wer.hat(Recht::netzPflegen)) return fail(Code::NichtErlaubt);
  return {};
}

Result<void> checkAgs(const sql::ReadTx& tx, std::int64_t mandant, const std::string& ags) {
  if (kommune(tx, ags) != nullptr || ags == agsOf(tx, mandant)) return {};
  return fail(Code::EingabeUngueltig, "Diesen Gemeindeschlüssel kennt das Verzeichnis nicht.", "ags");
}

std::vector<AngabeZeile> angabenOf(const sql::ReadTx& tx, const MitgliedZeile& row) {
  return tx.query<AngabeZeile>(sql::Query::select<AngabeZeile>().add(
      " FROM netz_angabe WHERE mandant = :mandant AND mitglied = :mitglied ORDER BY id", row.mandant, row.id));
}

std::vector<BetreuungZeile> betreuungOf(const sql::ReadTx& tx, const MitgliedZeile& row) {
  return tx.query<BetreuungZeile>(sql::Query::select<BetreuungZeile>().add(
      " FROM netz_betreuung WHERE mandant = :mandant AND mitglied = :mitglied ORDER BY id", row.mandant, row.id));
}

/// The journal knows by this name an entry that took something out of earlier ones.
constexpr std::string_view geloescht = "netzkontakt.geloescht";

/// Exactly these afterwards. What is no longer told is gone from the journal too; gives whether anything went.
Result<bool> schreibeAngaben(Change& change, const MitgliedZeile& row, const std::vector<AngabeSetzen>& input) {
  bool gone = false;
  std::set<Kontaktfeld> said;
  for (const auto& one : input)
    if (!said.insert(one.feld).second)
      return fail(Code::EingabeUngueltig, "Jede Angabe gibt es nur einmal.", "angaben");
  for (const auto& before : angabenOf(change.tx(), row)) {
    const auto found = std::ranges::find(input, before.feld, &AngabeSetzen::feld);
    if (found == input.end()) {
      change.expunge(sql::tableOf<AngabeZeile>(), before.id);
      gone = true;
      continue;
    }
    said.erase(before.feld);
    auto after = before;
    after.wert = found->wert.value;
    after.sichtbarkeit = found->sichtbarkeit;
    if (after.wert != before.wert || after.sichtbarkeit != before.sichtbarkeit) change.update(before, after);
  }
  for (const auto& one : input) {
    if (!said.contains(one.feld)) continue;
    AngabeZeile made;
    made.uuid = change.newUuid();
    made.mitglied = row.id;
    made.feld = one.feld;
    made.wert = one.wert.value;
    made.sichtbarkeit = one.sichtbarkeit;
    change.insert(made);
  }
  return gone;
}

Result<void> checkOffen(const MitgliedZeile& row) {
  if (row.status == Mitgliedstatus::ausgeschieden)
    return fail(Code::Abgeschlossen, "Diese Person ist ausgeschieden. Laden Sie sie neu ein.");
  return {};
}

/// The row with its next state, and the journal entry about it.
MitgliedZeile beruehre(Change& change, const MitgliedZeile& before, MitgliedZeile after, std::string_view aktion) {
  change.update(before, after);
  change.about({aktion, MitgliedZeile::tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

}  // namespace

Result<void> darfMitmachen(const Berechtigung& wer) {
  if (wer.nurLesen || !wer.hat(Recht::netzMitmachen)) return fail(Code::NichtErlaubt);
  return {};
}

std::optional<ProfilZeile> profil(const sql::ReadTx& tx, std::int64_t mandant) {
  const auto rows = allRows<ProfilZeile>(tx, mandant);
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

Result<ProfilZeile> setzeProfil(Change& change, const Berechtigung& wer, const ProfilSetzen& input) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  const auto before = profil(change.tx(), wer.mandant);
  auto row = before.value_or(ProfilZeile{});
  row.ags = agsOf(change.tx(), wer.mandant);
  if (row.ags.empty())
    return fail(Code::Konflikt,
                "Ihre Kommune hat noch keinen Gemeindeschlüssel. Er wird beim Anlegen des Mandanten angegeben.");
  if (input.einwohner && (*input.einwohner < 1 || *input.einwohner > 10'000'000))
    return fail(Code::EingabeUngueltig, "Nennen Sie die Zahl der Einwohner.", "einwohner");
  row.einwohner = kommune(change.tx(), row.ags) == nullptr ? input.einwohner : OptId();
  row.einfuehrung = input.einfuehrung;
  row.produkte = textOf(input.produkte);
  row.bietet = textOf(input.bietet);
  row.sucht = textOf(input.sucht);
  row.sichtbarkeit = input.sichtbarkeit;
  std::string verbaende;
  for (const auto& one : input.mitgliedIn.value_or(std::vector<base::Line<40>>{})) {
    const auto* known = organisation(one.value);
    if (known == nullptr || known->art == Organisationart::ministerium)
      return fail(Code::EingabeUngueltig, "Diesen Verband kennt das Verzeichnis nicht.", "mitgliedIn");
    verbaende += (verbaende.empty() ? "" : " ") + one.value;
  }
  row.mitgliedIn = verbaende.empty() ? OptText() : OptText(verbaende);
  if (before) {
    change.update(*before, row);
  } else {
    row.uuid = change.newUuid();
    change.insert(row);
  }
  change.about({"netzprofil.gesetzt", row.tabelle, row.id, 0, 0});
  zeige(change, row);
  // They say whose they are, and how big that town is.
  for (const auto& one : allRows<UebernahmeZeile>(change.tx(), wer.mandant)) zeige(change, one);
  for (const auto& one : allRows<KooperationZeile>(change.tx(), wer.mandant)) zeige(change, one);
  return row;
}

Result<MitgliedZeile> findMitglied(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = rowByUuid<MitgliedZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

bool darfAngaben(const Berechtigung& wer, const MitgliedZeile& row) {
  if (wer.nurLesen || row.status == Mitgliedstatus::ausgeschieden) return false;
  return row.person ? *row.person == wer.person : wer.hat(Recht::netzPflegen);
}

Result<MitgliedZeile> ladeEin(Change& change, const Berechtigung& wer, const MitgliedNeu& input) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  MitgliedZeile row;
  row.uuid = change.newUuid();
  row.programm = input.programm;
  row.rolle = input.rolle;
  row.status = Mitgliedstatus::eingeladen;
  row.ags = input.ags ? input.ags->value : row.rolle == Netzrolle::navigator ? agsOf(change.tx(), wer.mandant) : "";
  if (!row.ags.empty()) AKTENLOTSE_TRY(checkAgs(change.tx(), wer.mandant, row.ags));
  if (row.rolle == Netzrolle::navigator && row.ags.empty())
    return fail(Code::EingabeUngueltig, "Nennen Sie die Kommune, für die der Navigator arbeitet.", "ags");
  row.eingeladenVon = wer.person;
  row.seit = base::Datum::of(change.zeit());
  auto angaben = input.angaben;
  if (input.person) {
    const auto person = rowByUuid<mandant::PersonZeile>(change.tx(), wer.mandant, *input.person);
    if (!person || !person->aktiv) return fail(Code::EingabeUngueltig, "Diese Person gibt es hier nicht.", "person");
    row.person = person->id;
    if (change.tx().value<std::int64_t>(
            "SELECT id FROM netz_mitglied WHERE mandant = :mandant AND person = :person AND programm = :programm AND "
            "rolle = :rolle AND status <> 'ausgeschieden'",
            wer.mandant, person->id, row.programm, row.rolle))
      return fail(Code::Vergeben, "Diese Person ist in diesem Programm schon dabei oder eingeladen.", "person");
    // What others see beyond the own town is for the person alone to say.
    angaben = {{Kontaktfeld::name, {person->vorname + " " + person->nachname}, Sichtbarkeit::kommune}};
  }
  if (!input.person && std::ranges::find(angaben, Kontaktfeld::name, &AngabeSetzen::feld) == angaben.end())
    return fail(Code::EingabeUngueltig, "Nennen Sie den Namen.", "angaben");
  change.insert(row);
  AKTENLOTSE_TRY(schreibeAngaben(change, row, angaben));
  change.about({"netzmitglied.eingeladen", row.tabelle, row.id, 0, 0});
  zeige(change, row);
  return row;
}

Result<MitgliedZeile> wechsle(Change& change, const Berechtigung& wer, const MitgliedZeile& before,
                              Mitgliedstatus nach) {
  const bool selbst = before.person == wer.person;
  const bool pflegt = wer.hat(Recht::netzPflegen) && !wer.nurLesen;
  auto after = before;
  after.status = nach;
  if (nach == Mitgliedstatus::aktiv) {
    if (before.person ? !selbst : !pflegt)
      return fail(Code::NichtErlaubt, "Eine Einladung nimmt nur die eingeladene Person selbst an.");
    if (before.status != Mitgliedstatus::eingeladen) return fail(Code::Konflikt, "Diese Einladung ist nicht offen.");
    return beruehre(change, before, after, "netzmitglied.angenommen");
  }
  if (nach != Mitgliedstatus::ausgeschieden)
    return fail(Code::EingabeUngueltig, "Zurück zur Einladung geht es nicht. Laden Sie neu ein.", "zustand");
  if (!selbst && !pflegt) return fail(Code::NichtErlaubt);
  AKTENLOTSE_TRY(checkOffen(before));
  const auto angaben = angabenOf(change.tx(), before);
  for (const auto& angabe : angaben) change.expunge(sql::tableOf<AngabeZeile>(), angabe.id);
  for (const auto& betreuung : betreuungOf(change.tx(), before)) change.erase(betreuung);
  after.bis = base::Datum::of(change.zeit());
  return beruehre(change, before, after, angaben.empty() ? "netzmitglied.ausgeschieden" : geloescht);
}

Result<MitgliedZeile> setzeAngaben(Change& change, const Berechtigung& wer, const MitgliedZeile& before,
                                   const AngabenSetzen& input) {
  AKTENLOTSE_TRY(checkOffen(before));
  if (!darfAngaben(wer, before))
    return fail(Code::NichtErlaubt, "Was von einer Person zu sehen ist, sagt nur sie selbst.");
  AKTENLOTSE_GET(gone, schreibeAngaben(change, before, input.angaben));
  return beruehre(change, before, before, gone ? geloescht : "netzmitglied.angaben");
}

Result<MitgliedZeile> setzeBetreuung(Change& change, const Berechtigung& wer, const MitgliedZeile& before,
                                     const BetreuungSetzen& input) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  AKTENLOTSE_TRY(checkOffen(before));
  if (before.rolle != Netzrolle::lotse) return fail(Code::Konflikt, "Kommunen begleitet nur ein Lotse.");
  std::set<std::string> wanted;
  for (const auto& one : input.ags) {
    AKTENLOTSE_TRY(checkAgs(change.tx(), wer.mandant, one.value));
    wanted.insert(one.value);
  }
  for (const auto& row : betreuungOf(change.tx(), before))
    if (wanted.erase(row.ags) == 0) change.erase(row);
  for (const auto& ags : wanted) {
    BetreuungZeile row;
    row.uuid = change.newUuid();
    row.mitglied = before.id;
    row.ags = ags;
    change.insert(row);
  }
  return beruehre(change, before, before, "netzmitglied.betreuung");
}

std::vector<const sql::Table*> tables() {
  std::vector<const sql::Table*> out{
      &sql::tableOf<ProfilZeile>(),     &sql::tableOf<MitgliedZeile>(),    &sql::tableOf<AngabeZeile>(),
      &sql::tableOf<BetreuungZeile>(),  &sql::tableOf<ChecklisteZeile>(),  &sql::tableOf<PunktZeile>(),
      &sql::tableOf<PraxisZeile>(),     &sql::tableOf<UebernahmeZeile>(),  &sql::tableOf<VertrauenZeile>(),
      &sql::tableOf<PartnerZeile>(),    &sql::tableOf<KooperationZeile>(), &sql::tableOf<RaumZeile>(),
      &sql::tableOf<RaumstueckZeile>(), &sql::tableOf<WerkzeugZeile>(),    &sql::tableOf<WerkzeugdateiZeile>()};
  const auto more = treffenTabellen();
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

}  // namespace netz
