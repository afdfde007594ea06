// The Aktenplan: making, changing, moving and removing entries, and when Akten may be opened at one.
#include <fmt/format.h>

#include "akte/schriftgut.h"
#include "patch.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;
using mandant::rowByUuid;

base::Result<void> checkDauer(const OptId& jahre) {
  if (jahre && (*jahre < 0 || *jahre > 200))
    return fail(Code::EingabeUngueltig, "„aufbewahrungsdauer“: erwartet werden 0 bis 200 Jahre.", "aufbewahrungsdauer");
  return {};
}

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

OptText eigenerSperrgrund(const AktenplaneinheitZeile& einheit, const base::Datum& tag) {
  const auto say = [&](std::string_view what) {
    return fmt::format("Der Aktenplaneintrag {} ist {}.", einheit.kennzeichen, what);
  };
  if (einheit.stillgelegt) return say("stillgelegt");
  if (einheit.gesperrt) return say("gesperrt");
  if (einheit.gueltigVon && tag < *einheit.gueltigVon) return say("noch nicht gültig");
  if (einheit.gueltigBis && tag > *einheit.gueltigBis) return say("nicht mehr gültig");
  return std::nullopt;
}

OptText sperrgrund(const sql::ReadTx& tx, const AktenplaneinheitZeile& einheit, const base::Datum& tag) {
  for (std::optional<AktenplaneinheitZeile> at = einheit; at;
       at = at->ueber ? rowById<AktenplaneinheitZeile>(tx, at->mandant, *at->ueber) : std::nullopt)
    if (auto grund = eigenerSperrgrund(*at, tag)) return grund;
  return std::nullopt;
}

namespace {

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

base::Result<void> checkFree(const sql::ReadTx& tx, std::int64_t mandant, const std::string& kennzeichen) {
  if (tx.value<std::int64_t>("SELECT id FROM aktenplaneinheit WHERE mandant = :mandant AND kennzeichen = :kennzeichen",
                             mandant, kennzeichen))
    return fail(Code::Vergeben, fmt::format("Das Kennzeichen „{}“ gibt es schon.", kennzeichen), "kennzeichen");
  return {};
}

bool holdsAkten(const sql::ReadTx& tx, const AktenplaneinheitZeile& row) {
  return tx
      .value<std::int64_t>("SELECT id FROM akte WHERE mandant = :mandant AND aktenplaneinheit = :einheit LIMIT 1",
                           row.mandant, row.id)
      .has_value();
}

bool holdsEntries(const sql::ReadTx& tx, const AktenplaneinheitZeile& row) {
  return tx
      .value<std::int64_t>("SELECT id FROM aktenplaneinheit WHERE mandant = :mandant AND ueber = :ueber LIMIT 1",
                           row.mandant, row.id)
      .has_value();
}

/// M2.1: nothing may be put under an entry that holds Akten, or is meant to.
base::Result<AktenplaneinheitZeile> chooseUeber(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid) {
  const auto ueber = rowByUuid<AktenplaneinheitZeile>(tx, mandant, uuid);
  if (!ueber) return fail(Code::EingabeUngueltig, "Den Eintrag darüber gibt es nicht.", "ueber");
  if (ueber->art == Einheitart::Betreffseinheit)
    return fail(Code::Konflikt, "Der Eintrag darüber ist eine Betreffseinheit; sie bekommt keine Untereinträge.",
                "ueber");
  if (holdsAkten(tx, *ueber))
    return fail(Code::Konflikt, "Unter diesem Eintrag liegen schon Akten; er kann keine Untereinträge bekommen.",
                "ueber");
  return *ueber;
}

base::Result<void> checkArt(const sql::ReadTx& tx, const AktenplaneinheitZeile& row) {
  if (!row.art) return {};
  if (*row.art == Einheitart::Betreffseinheit && row.id != 0 && holdsEntries(tx, row))
    return fail(Code::Konflikt, "Der Eintrag hat Untereinträge; er kann keine Betreffseinheit sein.", "art");
  if (*row.art != Einheitart::Betreffseinheit && row.id != 0 && holdsAkten(tx, row))
    return fail(Code::Konflikt, "Unter dem Eintrag liegen Akten; er bleibt Betreffseinheit.", "art");
  return {};
}

base::Result<void> checkGueltig(const AktenplaneinheitZeile& row) {
  if (row.gueltigVon && row.gueltigBis && *row.gueltigBis < *row.gueltigVon)
    return fail(Code::EingabeUngueltig, "„gueltigBis“ liegt vor „gueltigVon“.", "gueltigBis");
  return {};
}

/// Whether `below` lies at or under `above`.
bool liesUnder(const sql::ReadTx& tx, AktenplaneinheitZeile below, std::int64_t above) {
  while (below.id != above) {
    if (!below.ueber) return false;
    below = rowById<AktenplaneinheitZeile>(tx, below.mandant, *below.ueber).value();
  }
  return true;
}

base::Result<void> mayAussonderung(const Berechtigung& wer) {
  if (wer.hat(Recht::aussonderungPflegen)) return {};
  return fail(Code::NichtErlaubt, "Aufbewahrungsdauer und Aussonderungsart ändern nur Registratur und Archiv.");
}

base::Result<std::int64_t> oeByUuid(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid) {
  const auto oe = rowByUuid<mandant::OrganisationseinheitZeile>(tx, mandant, uuid);
  if (!oe) return fail(Code::EingabeUngueltig, "Diese Organisationseinheit gibt es nicht.", "organisationseinheit");
  return oe->id;
}

}  // namespace

base::Result<mandant::ZugriffZeile> Schriftgut::chooseZugriff(const sql::ReadTx& tx, std::int64_t mandant,
                                                              const base::Uuid& uuid) const {
  if (auto row = rowByUuid<mandant::ZugriffZeile>(tx, mandant, uuid)) return *std::move(row);
  return fail(Code::EingabeUngueltig, "Diesen Zugriff gibt es nicht.", "zugriff");
}

base::Result<AktenplaneinheitZeile> Schriftgut::createEinheit(Change& change, const Berechtigung& wer,
                                                              const AktenplaneinheitNeu& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(checkDauer(input.aufbewahrungsdauer));
  AKTENLOTSE_TRY(checkFree(tx, change.mandant(), input.kennzeichen.value));
  AktenplaneinheitZeile row;
  row.uuid = change.newUuid();
  row.kennzeichen = input.kennzeichen.value;
  row.titel = input.titel.value;
  if (input.beschreibung) row.beschreibung = input.beschreibung->value;
  row.aufbewahrungsdauer = 10;
  row.aussonderungsart = Aussonderungsart::B;
  row.art = input.art;
  row.gueltigVon = input.gueltigVon;
  row.gueltigBis = input.gueltigBis;
  AKTENLOTSE_TRY(checkGueltig(row));
  if (input.ueber) {
    AKTENLOTSE_GET(ueber, chooseUeber(tx, change.mandant(), *input.ueber));
    row.ueber = ueber.id;
    row.zugriff = ueber.zugriff;
    row.organisationseinheit = ueber.organisationseinheit;
    row.aufbewahrungsdauer = ueber.aufbewahrungsdauer;
    row.aussonderungsart = ueber.aussonderungsart;
  }
  if (input.aussonderungsart || input.aufbewahrungsdauer) {
    AKTENLOTSE_TRY(mayAussonderung(wer));
    if (input.aussonderungsart) row.aussonderungsart = *input.aussonderungsart;
    row.aufbewahrungsdauer = input.aufbewahrungsdauer;
  }
  if (input.organisationseinheit) {
    AKTENLOTSE_GET(oe, oeByUuid(tx, change.mandant(), *input.organisationseinheit));
    row.organisationseinheit = oe;
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

namespace {

/// Place, sign, kind and validity: what moves an entry or opens and closes it.
base::Result<void> applyPlace(const sql::ReadTx& tx, AktenplaneinheitZeile& after,
                              const AktenplaneinheitAendern& input) {
  if (input.kennzeichen && input.kennzeichen->value != after.kennzeichen) {
    AKTENLOTSE_TRY(checkFree(tx, after.mandant, input.kennzeichen->value));
    after.kennzeichen = input.kennzeichen->value;
  }
  if (input.ueber.present && !input.ueber.value) after.ueber.reset();
  if (input.ueber.value) {
    AKTENLOTSE_GET(ueber, chooseUeber(tx, after.mandant, *input.ueber.value));
    if (liesUnder(tx, ueber, after.id))
      return fail(Code::Konflikt, "Ein Eintrag kann nicht unter sich selbst liegen.", "ueber");
    after.ueber = ueber.id;
    if (!after.eigenerZugriff) after.zugriff = ueber.zugriff;
  }
  apply(after.art, input.art);
  AKTENLOTSE_TRY(checkArt(tx, after));
  if (input.stillgelegt) after.stillgelegt = *input.stillgelegt;
  apply(after.gueltigVon, input.gueltigVon);
  apply(after.gueltigBis, input.gueltigBis);
  return checkGueltig(after);
}

}  // namespace

base::Result<AktenplaneinheitZeile> Schriftgut::changeEinheit(Change& change, const Berechtigung& wer,
                                                              AktenplaneinheitZeile before,
                                                              const AktenplaneinheitAendern& input) {
  auto after = before;
  if (input.titel) after.titel = input.titel->value;
  apply(after.beschreibung, input.beschreibung);
  apply(after.aufbewahrungsdauer, input.aufbewahrungsdauer);
  AKTENLOTSE_TRY(checkDauer(after.aufbewahrungsdauer));
  if (input.aussonderungsart) after.aussonderungsart = *input.aussonderungsart;
  if (after.aufbewahrungsdauer != before.aufbewahrungsdauer || after.aussonderungsart != before.aussonderungsart)
    AKTENLOTSE_TRY(mayAussonderung(wer));
  if (input.gesperrt) after.gesperrt = *input.gesperrt;
  AKTENLOTSE_TRY(applyPlace(change.tx(), after, input));
  if (input.organisationseinheit.present) after.organisationseinheit.reset();
  if (input.organisationseinheit.value) {
    AKTENLOTSE_GET(oe, oeByUuid(change.tx(), change.mandant(), *input.organisationseinheit.value));
    after.organisationseinheit = oe;
  }
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
  change.about({after.ueber == before.ueber ? "aktenplaneinheit.geaendert" : "aktenplaneinheit.verschoben",
                after.tabelle, after.id, 0, after.ueber.value_or(0)});
  return after;
}

base::Result<AktenplaneinheitZeile> Schriftgut::setAussonderung(Change& change, const Berechtigung& wer,
                                                                AktenplaneinheitZeile before,
                                                                const AussonderungSetzen& input) {
  AKTENLOTSE_TRY(mayAussonderung(wer));
  auto after = before;
  apply(after.aufbewahrungsdauer, input.aufbewahrungsdauer);
  AKTENLOTSE_TRY(checkDauer(after.aufbewahrungsdauer));
  if (input.aussonderungsart) after.aussonderungsart = *input.aussonderungsart;
  change.update(before, after);
  if (after.aussonderungsart != before.aussonderungsart && after.aussonderungsart != Aussonderungsart::B) {
    const auto akten = change.tx().query<AkteZeile>(sql::Query::select<AkteZeile>().add(
        " FROM akte WHERE mandant = :mandant AND aktenplaneinheit = :einheit ORDER BY id", change.mandant(), after.id));
    for (const auto& akte : akten)
      if (akte.aussonderungsart != Aussonderungsart::B)
        return fail(Code::Konflikt, "Unter dem Eintrag ist schon eine Akte mit A oder V bewertet.", "aussonderungsart");
    const auto inherit = [&](const auto& row) {
      auto bewertet = row;
      bewertet.aussonderungsart = after.aussonderungsart;
      change.update(row, bewertet);
    };
    for (const auto& akte : akten) {
      inherit(akte);
      for (const auto& vorgang : change.tx().query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
               " FROM vorgang WHERE mandant = :mandant AND akte = :akte AND aussonderungsart = 'B' ORDER BY id",
               change.mandant(), akte.id)))
        inherit(vorgang);
    }
  }
  change.about({"aktenplaneinheit.aussonderung", after.tabelle, after.id, 0, after.ueber.value_or(0)});
  return after;
}

namespace {

template <class Row>
base::Result<Row> appraise(Change& change, const Row& before, const AussonderungSetzen& input) {
  auto after = before;
  apply(after.aufbewahrungsdauer, input.aufbewahrungsdauer);
  AKTENLOTSE_TRY(checkDauer(after.aufbewahrungsdauer));
  if (input.aussonderungsart) after.aussonderungsart = *input.aussonderungsart;
  change.update(before, after);
  return after;
}

/// Open Vorgänge in an Akte, or in a Vorgang, that nobody has appraised yet.
base::Result<void> appraiseOpen(Change& change, sql::Sql column, std::int64_t darin, Aussonderungsart art) {
  auto query = sql::Query::select<VorgangZeile>();
  query.add(" FROM vorgang WHERE mandant = :mandant AND aussonderungsart = 'B' AND status = 'inBearbeitung' AND ",
            change.mandant());
  for (const auto& vorgang : change.tx().query<VorgangZeile>(query.add(column).add(" = :darin ORDER BY id", darin)))
    AKTENLOTSE_TRY(appraise(change, vorgang, {{}, art}));
  return {};
}

}  // namespace

base::Result<AkteZeile> Schriftgut::setAussonderung(Change& change, const Berechtigung& wer, const AkteMit& before,
                                                    const AussonderungSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::aussonderungPflegen, before.gegenstand));
  AKTENLOTSE_GET(after, appraise(change, before.akte, input));
  if (after.aussonderungsart != before.akte.aussonderungsart && after.aussonderungsart != Aussonderungsart::B)
    AKTENLOTSE_TRY(appraiseOpen(change, "akte", after.id, after.aussonderungsart));
  change.about({"akte.aussonderung", after.tabelle, after.id, after.id, 0});
  return after;
}

base::Result<VorgangZeile> Schriftgut::setAussonderung(Change& change, const Berechtigung& wer,
                                                       const VorgangMit& before, const AussonderungSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::aussonderungPflegen, before.gegenstand));
  AKTENLOTSE_GET(after, appraise(change, before.vorgang, input));
  if (after.aussonderungsart != before.vorgang.aussonderungsart && after.aussonderungsart != Aussonderungsart::B)
    AKTENLOTSE_TRY(appraiseOpen(change, "ueber", after.id, after.aussonderungsart));
  change.about({"vorgang.aussonderung", after.tabelle, after.id, after.akte, after.darin()});
  return after;
}

base::Result<void> Schriftgut::removeEinheit(Change& change, const AktenplaneinheitZeile& row) {
  if (holdsEntries(change.tx(), row))
    return fail(Code::Konflikt, "Der Eintrag hat Untereinträge. Entfernen oder verschieben Sie zuerst diese.");
  if (holdsAkten(change.tx(), row))
    return fail(Code::Konflikt, "Unter dem Eintrag liegen Akten. Legen Sie ihn still, statt ihn zu entfernen.");
  // Numbers that were drawn here show that an Akte had a sign of this entry; its name must stay.
  if (change.tx().value<std::int64_t>("SELECT id FROM zeichen_zaehler WHERE mandant = :mandant AND bereich = :bereich",
                                      change.mandant(), fmt::format("akte:{}", row.id)))
    return fail(Code::Konflikt,
                "Unter diesem Eintrag wurden Akten geführt. Legen Sie ihn still, statt ihn zu entfernen.");
  if (change.tx().value<std::int64_t>(
          "SELECT id FROM laufwegvorlage WHERE mandant = :mandant AND aktenplaneinheit = :eintrag LIMIT 1",
          change.mandant(), row.id))
    return fail(Code::Konflikt, "Für diesen Eintrag wird eine Laufwegvorlage vorgeschlagen. Ändern Sie zuerst diese.");
  change.erase(row);
  change.about({"aktenplaneinheit.entfernt", row.tabelle, row.id, 0, row.ueber.value_or(0)});
  return {};
}

base::Result<mandant::MandantZeile> Schriftgut::changeMandant(Change& change, mandant::MandantZeile before,
                                                              const MandantAendern& input) {
  auto after = before;
  if (input.name) after.name = input.name->value;
  if (input.fristAbJahresende) after.fristAbJahresende = *input.fristAbJahresende;
  const auto setNumber = [](OptId& zahl, const base::Patch<std::int64_t>& value, const char* feld, std::int64_t von = 0,
                            std::int64_t bis = 365) -> base::Result<void> {
    if (!value.present) return {};
    if (value.value && (*value.value < von || *value.value > bis))
      return fail(Code::EingabeUngueltig, fmt::format("„{}“: erwartet wird {} bis {}.", feld, von, bis), feld);
    zahl = value.value;
    return {};
  };
  AKTENLOTSE_TRY(setNumber(after.stichprobe, input.stichprobe, "stichprobe", 1, 10'000));
  AKTENLOTSE_TRY(setNumber(after.originaltage, input.originaltage, "originaltage", 0, 10'000));
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
