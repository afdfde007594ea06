#include <fmt/format.h>

#include "zeichen_ziehen.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;
using mandant::rowByUuid;

namespace {

int yearOf(base::Zeitpunkt moment) { return base::Datum::of(moment).year(); }

}  // namespace

OptDatum aufbewahrungBis(const base::Datum& zda, OptId jahre, bool abJahresende) {
  if (!jahre) return std::nullopt;
  return (abJahresende ? zda.endOfYear() : zda).plusYears(static_cast<int>(*jahre));
}

base::Result<std::int64_t> Schriftgut::chooseOe(const sql::ReadTx& tx, const Berechtigung& wer,
                                                const std::optional<base::Uuid>& wanted,
                                                std::optional<std::int64_t> fallback) const {
  if (wanted) {
    const auto oe = rowByUuid<mandant::OrganisationseinheitZeile>(tx, wer.mandant, *wanted);
    if (!oe) return fail(Code::EingabeUngueltig, "Diese Organisationseinheit gibt es nicht.", "organisationseinheit");
    if (oe->aufgeloest)
      return fail(Code::Konflikt, "Diese Organisationseinheit ist aufgelöst.", "organisationseinheit");
    return oe->id;
  }
  const auto own = tx.value<std::int64_t>(
      "SELECT s.organisationseinheit FROM besetzung b JOIN stelle s ON s.mandant = b.mandant AND s.id = b.stelle "
      "WHERE b.mandant = :mandant AND b.person = :person ORDER BY b.id LIMIT 1",
      wer.mandant, wer.person);
  if (own) return *own;
  if (fallback) return *fallback;
  return fail(Code::EingabeUngueltig, "Sie haben keine Stelle; nennen Sie die Organisationseinheit.",
              "organisationseinheit");
}

base::Result<AkteZeile> Schriftgut::createAkte(Change& change, const Berechtigung& wer, const AkteNeu& input) {
  auto& tx = change.tx();
  AKTENLOTSE_GET(blatt, findEinheit(tx, wer, input.aktenplaneinheit));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::akteAnlegen, {mandant::stufeFor(tx, wer, blatt.zugriff), true}));
  if (auto grund = sperrgrund(tx, blatt, base::Datum::of(change.zeit())))
    return fail(Code::Gesperrt, *std::move(grund));
  if (blatt.art && *blatt.art != Einheitart::Betreffseinheit) return fail(Code::KeinBlatt);
  if (tx.value<std::int64_t>("SELECT id FROM aktenplaneinheit WHERE mandant = :mandant AND ueber = :ueber LIMIT 1",
                             wer.mandant, blatt.id))
    return fail(Code::KeinBlatt);
  AkteZeile row;
  if (input.organisationseinheit || !blatt.organisationseinheit) {
    AKTENLOTSE_GET(oe, chooseOe(tx, wer, input.organisationseinheit, {}));
    row.organisationseinheit = oe;
  } else {
    row.organisationseinheit = *blatt.organisationseinheit;
  }
  zieheZeichen(change, blatt, row, yearOf(change.zeit()));
  row.uuid = change.newUuid();
  row.aktenplaneinheit = blatt.id;
  row.betreff = input.betreff.value;
  row.angelegt = change.zeit();
  row.aufbewahrungsdauer = blatt.aufbewahrungsdauer;
  row.aussonderungsart = blatt.aussonderungsart;
  row.zugriff = blatt.zugriff;
  change.insert(row);
  registerZeichen(change, row.zeichen, row.tabelle, row.id);
  index_.refresh(change.tx(), change.mandant(), SuchArt::akte, row.id);
  change.about({"akte.angelegt", row.tabelle, row.id, row.id, blatt.id});
  return row;
}

base::Result<AkteZeile> Schriftgut::changeAkte(Change& change, const Berechtigung& wer, const AkteMit& before,
                                               const AkteAendern& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::akteAendern, before.gegenstand));
  auto after = before.akte;
  if (input.betreff) after.betreff = input.betreff->value;
  if (input.bemerkung.present)
    after.bemerkung = input.bemerkung.value ? OptText(input.bemerkung.value->value) : OptText();
  change.update(before.akte, after);
  index_.refresh(change.tx(), change.mandant(), SuchArt::akte, after.id);
  change.about({"akte.geaendert", after.tabelle, after.id, after.id, 0});
  return after;
}

base::Result<VorgangMit> Schriftgut::findUeber(const sql::ReadTx& tx, const Berechtigung& wer, const AkteZeile& akte,
                                               const base::Uuid& uuid) const {
  AKTENLOTSE_GET(oben, findVorgang(tx, wer, uuid));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAnlegen, oben.gegenstand));
  if (oben.akte.id != akte.id)
    return fail(Code::Konflikt, "Ein Teilvorgang liegt in derselben Akte wie sein Vorgang.", "ueber");
  if (oben.ueber)
    return fail(Code::Konflikt, "Ein Teilvorgang enthält nur Dokumente, keine weiteren Teilvorgänge.", "ueber");
  return oben;
}

base::Result<VorgangZeile> Schriftgut::createVorgang(Change& change, const Berechtigung& wer, const VorgangNeu& input) {
  auto& tx = change.tx();
  AKTENLOTSE_GET(akte, findAkte(tx, wer, input.akte));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAnlegen, akte.gegenstand));
  const auto blatt = rowById<AktenplaneinheitZeile>(tx, wer.mandant, akte.akte.aktenplaneinheit).value();
  VorgangZeile row;
  row.aufbewahrungsdauer = akte.akte.aufbewahrungsdauer;
  row.aussonderungsart = akte.akte.aussonderungsart;
  row.zugriff = akte.akte.zugriff;
  if (input.ueber) {
    AKTENLOTSE_GET(oben, findUeber(tx, wer, akte.akte, *input.ueber));
    row.ueber = oben.vorgang.id;
    row.aufbewahrungsdauer = oben.vorgang.aufbewahrungsdauer;
    row.aussonderungsart = oben.vorgang.aussonderungsart;
    row.zugriff = oben.vorgang.zugriff;
  }
  row.akte = akte.akte.id;
  row.organisationseinheit = akte.akte.organisationseinheit;
  row.bearbeitung = wer.person == 0 ? OptId() : OptId(wer.person);
  if (input.bearbeitung) {
    const auto person = rowByUuid<mandant::PersonZeile>(tx, wer.mandant, *input.bearbeitung);
    if (!person || !person->aktiv) return fail(Code::EingabeUngueltig, "Diese Person gibt es nicht.", "bearbeitung");
    row.bearbeitung = person->id;
  }
  zieheZeichen(change, blatt, akte.akte, row, yearOf(change.zeit()));
  row.uuid = change.newUuid();
  row.betreff = input.betreff.value;
  row.angelegt = change.zeit();
  change.insert(row);
  registerZeichen(change, row.zeichen, row.tabelle, row.id);
  index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, row.id);
  change.about({"vorgang.angelegt", row.tabelle, row.id, akte.akte.id, row.darin()});
  return row;
}

base::Result<VorgangZeile> Schriftgut::changeVorgang(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                                     const VorgangAendern& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAendern, before.gegenstand));
  auto after = before.vorgang;
  if (input.betreff) after.betreff = input.betreff->value;
  if (input.bemerkung.present)
    after.bemerkung = input.bemerkung.value ? OptText(input.bemerkung.value->value) : OptText();
  if (input.fremdesGeschaeftszeichen.present)
    after.fremdesGeschaeftszeichen =
        input.fremdesGeschaeftszeichen.value ? OptText(input.fremdesGeschaeftszeichen.value->value) : OptText();
  if (input.bearbeitung.present) after.bearbeitung.reset();
  if (input.bearbeitung.value) {
    const auto person = rowByUuid<mandant::PersonZeile>(change.tx(), wer.mandant, *input.bearbeitung.value);
    if (!person || !person->aktiv) return fail(Code::EingabeUngueltig, "Diese Person gibt es nicht.", "bearbeitung");
    after.bearbeitung = person->id;
  }
  change.update(before.vorgang, after);
  index_.refresh(change.tx(), change.mandant(), SuchArt::vorgang, after.id);
  change.about({"vorgang.geaendert", after.tabelle, after.id, after.akte, after.darin()});
  return after;
}

}  // namespace akte
