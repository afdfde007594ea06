// Versions that the malware scanner has not passed: kept as they came, not opened until it or a person says so.
#include <fmt/format.h>

#include "akte/pruefung.h"
#include "akte/renditionen.h"
#include "akte/schutz.h"
#include "jobs/jobs.h"
#include "teile.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;

std::string hinweisOf(const Sperre& sperre) {
  if (sperre.status == Pruefstatus::wartet) return "Wartet auf die Virenprüfung. " + sperre.text;
  if (!sperre.befundName) return "In Quarantäne, nicht geprüft. " + sperre.text;
  return fmt::format("In Quarantäne: Der Virenscanner hat „{}“ gefunden. Die Datei wurde nicht geöffnet.", sperre.text);
}

std::optional<VirenpruefungZeile> pruefungOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t version) {
  return tx.one<VirenpruefungZeile>(sql::Query::select<VirenpruefungZeile>().add(
      " FROM virenpruefung WHERE mandant = :mandant AND version = :version", mandant, version));
}

namespace {

base::Result<void> frei(const VirenpruefungZeile& row) {
  switch (row.status) {
    case Pruefstatus::wartet:
      return fail(Code::WartetAufPruefung);
    case Pruefstatus::befund:
      return fail(Code::Quarantaene);
    case Pruefstatus::kassiert:
      return fail(Code::Kassiert);
    case Pruefstatus::sauber:
    case Pruefstatus::freigegeben:
      break;
  }
  return {};
}

}  // namespace

base::Result<void> frei(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t version) {
  const auto row = pruefungOf(tx, mandant, version);
  return row ? frei(*row) : base::Result<void>();
}

base::Result<void> frei(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  for (const auto& row : tx.query<VirenpruefungZeile>(sql::Query::select<VirenpruefungZeile>("p").add(
           " FROM dokument d JOIN version v ON v.mandant = d.mandant AND v.dokument = d.id AND v.nr = d.version JOIN "
           "virenpruefung p ON p.mandant = v.mandant AND p.version = v.id WHERE d.mandant = :mandant AND (d.id = :id "
           "OR "
           "d.ueber = :ueber) ORDER BY p.id",
           dokument.mandant, dokument.id, dokument.id)))
    AKTENLOTSE_TRY(frei(row));
  return {};
}

namespace {

void bestellePruefung(Change& change) {
  jobs::stelleEin(change.tx(), change.mandant(), change.zeit(),
                  {.art = auftragPruefung, .schluessel = "plan:" + std::string(auftragPruefung), .vorrang = 6});
}

}  // namespace

void Schriftgut::insertPruefung(Change& change, const VersionZeile& version, const Sperre& sperre) {
  VirenpruefungZeile row;
  row.uuid = change.newUuid();
  row.dokument = version.dokument;
  row.version = version.id;
  row.status = sperre.status;
  if (sperre.status == Pruefstatus::befund) row.befund = sperre.text;
  row.angelegt = change.zeit();
  change.insert(row);
  if (row.status == Pruefstatus::wartet) bestellePruefung(change);
}

base::Result<DokumentZeile> Schriftgut::schliessePruefung(Change& change, const VirenpruefungZeile& before,
                                                          const Datei& datei) {
  auto& tx = change.tx();
  auto version = rowById<VersionZeile>(tx, before.mandant, before.version).value();
  const auto stand = rowById<DokumentZeile>(tx, before.mandant, before.dokument).value();
  auto after = before;
  if (datei.sperre) {
    after.status = datei.sperre->status;
    after.befund = datei.sperre->text;
  } else if (before.status == Pruefstatus::wartet) {
    after.status = Pruefstatus::sauber;
    if (!hatScanner()) {
      after.status = Pruefstatus::freigegeben;
      after.grund = "Der Betrieb hat den Virenscanner abgeschaltet.";
    }
    after.entschiedenAm = change.zeit();
  }
  if (after.status != before.status) change.update(before, after);
  const auto gelesen = version;
  version.format = datei.text.format;
  version.mime = datei.text.mime;
  if (!datei.sperre) change.update(gelesen, version);
  AKTENLOTSE_GET(mit, findDokument(tx, mandant::systemBerechtigung(before.mandant), stand.uuid));
  // What was closed meanwhile is read, and changes no more.
  const bool offen = mit.gegenstand.offen && !datei.sperre && version.nr == 1;
  auto text = volltextOf(datei, /*withTeile=*/!offen);
  text.mandant = before.mandant;
  text.version = version.id;
  setzeText(tx, index_, text);
  auto dokument = stand;
  if (offen) {
    Datei unread;
    unread.dateiname = version.dateiname;
    if (dokument.betreff == betreffFrom(unread)) dokument.betreff = betreffFrom(datei);
    fillFrom(dokument, datei);
    if (dokument.betreff != stand.betreff || dokument.absender != stand.absender || dokument.datum != stand.datum)
      change.update(stand, dokument);
    const auto ueber = stand.ueber ? rowById<DokumentZeile>(tx, before.mandant, *stand.ueber).value() : dokument;
    const auto wer = stand.ersteller == 0 ? mandant::systemBerechtigung(before.mandant)
                                          : mandant::berechtigungOf(tx, before.mandant, stand.ersteller);
    insertTeile(change, wer, ueber, dokument, datei);
  }
  if (!datei.sperre) {
    insertRechnung(change, version, datei);
    noteKennungen(tx, version, datei);
    bestelleRenditionen(tx, change.zeit(), version, text, dokument);
  }
  index_.refresh(tx, change.mandant(), SuchArt::dokument, dokument.id);
  change.about({datei.sperre ? "dokument.quarantaene" : "dokument.geprueft", dokument.tabelle, dokument.id, mit.kette(),
                dokument.vorgang.value_or(0)});
  return dokument;
}

namespace {

/// What both decisions ask. The Dokument, for what becomes of it: who decides need not reach it, and learns nothing of
/// it but the name of its file.
base::Result<DokumentMit> entscheidbar(const sql::ReadTx& tx, const Berechtigung& wer,
                                       const VirenpruefungZeile& pruefung) {
  const auto row = rowById<DokumentZeile>(tx, wer.mandant, pruefung.dokument).value();
  AKTENLOTSE_GET(mit, findDokument(tx, mandant::systemBerechtigung(wer.mandant), row.uuid));
  if (wer.nurLesen || !wer.hat(Recht::quarantaeneEntscheiden)) return fail(Code::NichtErlaubt);
  if (!mit.gegenstand.offen) return fail(mandant::geschlossenWeil(mit.gegenstand));
  if (pruefung.status != Pruefstatus::befund)
    return fail(Code::Konflikt, "Darüber ist schon entschieden, oder die Prüfung läuft noch.");
  return mit;
}

VirenpruefungZeile entschieden(Change& change, const Berechtigung& wer, const VirenpruefungZeile& before,
                               Pruefstatus status, std::string grund) {
  auto after = before;
  after.status = status;
  after.entscheider = wer.person;
  after.entschiedenAm = change.zeit();
  after.grund = std::move(grund);
  change.update(before, after);
  return after;
}

void setzeHinweis(sql::WriteTx& tx, SuchIndex& index, const VirenpruefungZeile& row, TextStatus status,
                  std::string hinweis) {
  VolltextZeile text;
  text.mandant = row.mandant;
  text.version = row.version;
  text.status = status;
  text.hinweis = std::move(hinweis);
  setzeText(tx, index, text);
}

}  // namespace

base::Result<VirenpruefungZeile> Schriftgut::freigeben(Change& change, const Berechtigung& wer,
                                                       const VirenpruefungZeile& before, std::string grund) {
  AKTENLOTSE_GET(mit, entscheidbar(change.tx(), wer, before));
  const auto after = entschieden(change, wer, before, Pruefstatus::freigegeben, std::move(grund));
  setzeHinweis(change.tx(), index_, after, TextStatus::ungeprueft, "Freigegeben; die Datei wird gleich gelesen.");
  bestellePruefung(change);
  change.about(
      {"dokument.freigegeben", mit.dokument.tabelle, mit.dokument.id, mit.kette(), mit.dokument.vorgang.value_or(0)});
  return after;
}

base::Result<VirenpruefungZeile> Schriftgut::kassieren(Change& change, const Berechtigung& wer,
                                                       const VirenpruefungZeile& before, std::string grund) {
  AKTENLOTSE_GET(mit, entscheidbar(change.tx(), wer, before));
  if (mit.vorgang) AKTENLOTSE_TRY(ohneLoeschsperre(change.tx(), wer.mandant, mit.vorgang->akte.id));
  const auto after = entschieden(change, wer, before, Pruefstatus::kassiert, std::move(grund));
  setzeHinweis(change.tx(), index_, after, TextStatus::kassiert,
               fmt::format("Kassiert wegen „{}“; die Datei gibt es nicht mehr.", before.befund.value_or("")));
  // Nothing is left of a Dokument that was only this file.
  if (mit.dokument.version == 1) {
    auto storniert = mit.dokument;
    storniert.status = Status::storniert;
    change.update(mit.dokument, storniert);
    index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, storniert.id);
  }
  change.about(
      {"dokument.kassiert", mit.dokument.tabelle, mit.dokument.id, mit.kette(), mit.dokument.vorgang.value_or(0)});
  return after;
}

}  // namespace akte
