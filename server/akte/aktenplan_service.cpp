#include <fmt/format.h>

#include "akte/schriftgut.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;
using mandant::rowByUuid;

namespace {

base::Result<void> checkDauer(const OptId& jahre) {
  if (jahre && (*jahre < 0 || *jahre > 200))
    return fail(Code::EingabeUngueltig, "„aufbewahrungsdauer“: erwartet werden 0 bis 200 Jahre.", "aufbewahrungsdauer");
  return {};
}

/// Checks a template and sets it; null takes it away.
base::Result<void> setVorlage(OptText& vorlage, const base::Patch<base::Line<200>>& input, Ebene ebene,
                              const char* feld) {
  if (!input.present) return {};
  if (!input.value) {
    vorlage.reset();
    return {};
  }
  if (auto checked = checkVorlage(input.value->value, ebene); !checked) {
    checked.error().feld = feld;
    return checked;
  }
  vorlage = input.value->value;
  return {};
}

/// The default for a plan whose root names none: everybody may read and work.
std::int64_t standardZugriff(Change& change) {
  const auto found = change.tx().value<std::int64_t>(
      "SELECT z.id FROM zugriff z WHERE z.mandant = :mandant AND z.bezeichnung = 'Alle' ORDER BY z.id",
      change.mandant());
  if (found) return *found;
  mandant::ZugriffZeile row;
  row.uuid = change.newUuid();
  row.bezeichnung = "Alle";
  change.insert(row);
  mandant::ZugriffseintragZeile eintrag;
  eintrag.zugriff = row.id;
  eintrag.traegerArt = mandant::TraegerArt::alle;
  eintrag.stufe = mandant::Stufe::bearbeiten;
  change.insert(eintrag);
  mandant::recomputeReach(change.tx(), change.mandant());
  return row.id;
}

}  // namespace

base::Result<mandant::ZugriffZeile> Schriftgut::chooseZugriff(const sql::ReadTx& tx, std::int64_t mandant,
                                                              const base::Uuid& uuid) const {
  if (auto row = rowByUuid<mandant::ZugriffZeile>(tx, mandant, uuid)) return *std::move(row);
  return fail(Code::EingabeUngueltig, "Diesen Zugriff gibt es nicht.", "zugriff");
}

base::Result<AktenplaneinheitZeile> Schriftgut::createEinheit(Change& change, const AktenplaneinheitNeu& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(checkDauer(input.aufbewahrungsdauer));
  if (tx.value<std::int64_t>("SELECT id FROM aktenplaneinheit WHERE mandant = :mandant AND kennzeichen = :kennzeichen",
                             change.mandant(), input.kennzeichen.value))
    return fail(Code::Vergeben, fmt::format("Das Kennzeichen „{}“ gibt es schon.", input.kennzeichen.value),
                "kennzeichen");
  AktenplaneinheitZeile row;
  row.uuid = change.newUuid();
  row.kennzeichen = input.kennzeichen.value;
  row.titel = input.titel.value;
  if (input.beschreibung) row.beschreibung = input.beschreibung->value;
  row.aufbewahrungsdauer = input.aufbewahrungsdauer;
  row.aussonderungsart = input.aussonderungsart;
  if (input.ueber) {
    const auto ueber = rowByUuid<AktenplaneinheitZeile>(tx, change.mandant(), *input.ueber);
    if (!ueber) return fail(Code::EingabeUngueltig, "Den Eintrag darüber gibt es nicht.", "ueber");
    // M2.1: nothing may be put under an entry that holds files.
    if (tx.value<std::int64_t>("SELECT id FROM akte WHERE mandant = :mandant AND aktenplaneinheit = :einheit LIMIT 1",
                               change.mandant(), ueber->id))
      return fail(Code::Konflikt, "Unter diesem Eintrag liegen schon Akten; er kann keine Untereinträge bekommen.",
                  "ueber");
    row.ueber = ueber->id;
    row.zugriff = ueber->zugriff;
    row.organisationseinheit = ueber->organisationseinheit;
  }
  if (input.organisationseinheit) {
    const auto oe = rowByUuid<mandant::OrganisationseinheitZeile>(tx, change.mandant(), *input.organisationseinheit);
    if (!oe) return fail(Code::EingabeUngueltig, "Diese Organisationseinheit gibt es nicht.", "organisationseinheit");
    row.organisationseinheit = oe->id;
  }
  if (input.zugriff) {
    AKTENLOTSE_GET(zugriff, chooseZugriff(tx, change.mandant(), *input.zugriff));
    row.eigenerZugriff = row.ueber && zugriff.id != row.zugriff;
    row.zugriff = zugriff.id;
  }
  if (row.zugriff == 0) row.zugriff = standardZugriff(change);
  change.insert(row);
  change.about({"aktenplaneinheit.angelegt", row.tabelle, row.id, 0, row.ueber.value_or(0)});
  return row;
}

base::Result<AktenplaneinheitZeile> Schriftgut::changeEinheit(Change& change, AktenplaneinheitZeile before,
                                                              const AktenplaneinheitAendern& input) {
  auto after = before;
  if (input.titel) after.titel = input.titel->value;
  if (input.beschreibung.present)
    after.beschreibung = input.beschreibung.value ? OptText(input.beschreibung.value->value) : OptText();
  if (input.aufbewahrungsdauer.present) after.aufbewahrungsdauer = input.aufbewahrungsdauer.value;
  AKTENLOTSE_TRY(checkDauer(after.aufbewahrungsdauer));
  if (input.aussonderungsart) after.aussonderungsart = *input.aussonderungsart;
  if (input.gesperrt) after.gesperrt = *input.gesperrt;
  if (input.zugriff) {
    AKTENLOTSE_GET(zugriff, chooseZugriff(change.tx(), change.mandant(), *input.zugriff));
    after.zugriff = zugriff.id;
    after.eigenerZugriff =
        after.ueber &&
        rowById<AktenplaneinheitZeile>(change.tx(), change.mandant(), *after.ueber).value().zugriff != zugriff.id;
  }
  AKTENLOTSE_TRY(setVorlage(after.zeichenAkte, input.zeichenAkte, Ebene::akte, "zeichenAkte"));
  AKTENLOTSE_TRY(setVorlage(after.zeichenVorgang, input.zeichenVorgang, Ebene::vorgang, "zeichenVorgang"));
  AKTENLOTSE_TRY(setVorlage(after.zeichenDokument, input.zeichenDokument, Ebene::dokument, "zeichenDokument"));
  change.update(before, after);
  if (after.zugriff != before.zugriff) spreadBelowPlan(change, after.id, after.zugriff);
  change.about({"aktenplaneinheit.geaendert", after.tabelle, after.id, 0, after.ueber.value_or(0)});
  return after;
}

base::Result<mandant::MandantZeile> Schriftgut::changeMandant(Change& change, mandant::MandantZeile before,
                                                              const MandantAendern& input) {
  auto after = before;
  if (input.name) after.name = input.name->value;
  if (input.fristAbJahresende) after.fristAbJahresende = *input.fristAbJahresende;
  const auto setNumber = [](OptId& zahl, const base::Patch<std::int64_t>& value,
                            const char* feld) -> base::Result<void> {
    if (!value.present) return {};
    if (value.value && (*value.value < 0 || *value.value > 365))
      return fail(Code::EingabeUngueltig, fmt::format("„{}“: erwartet wird 0 bis 365.", feld), feld);
    zahl = value.value;
    return {};
  };
  AKTENLOTSE_TRY(setNumber(after.loeschfrist, input.loeschfrist, "loeschfrist"));
  AKTENLOTSE_TRY(setNumber(after.transferfrist, input.transferfrist, "transferfrist"));
  if (input.nebenversionen) after.nebenversionen = *input.nebenversionen;
  const auto set = [](std::string& vorlage, const std::optional<base::Line<200>>& value, Ebene ebene,
                      const char* feld) -> base::Result<void> {
    OptText changed = vorlage;
    AKTENLOTSE_TRY(setVorlage(changed, {value.has_value(), value}, ebene, feld));
    vorlage = *changed;
    return {};
  };
  AKTENLOTSE_TRY(set(after.zeichenAkte, input.zeichenAkte, Ebene::akte, "zeichenAkte"));
  AKTENLOTSE_TRY(set(after.zeichenVorgang, input.zeichenVorgang, Ebene::vorgang, "zeichenVorgang"));
  AKTENLOTSE_TRY(set(after.zeichenDokument, input.zeichenDokument, Ebene::dokument, "zeichenDokument"));
  change.update(before, after);
  change.tx().exec("UPDATE mandant_verzeichnis SET name = :name WHERE mandant = :mandant", after.name,
                   change.mandant());
  change.about({"mandant.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

}  // namespace akte
