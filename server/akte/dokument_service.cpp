#include <fmt/format.h>

#include <filesystem>

#include "akte/pruefung.h"
#include "akte/renditionen.h"
#include "akte/schreiben_zeilen.h"
#include "akte/schutz.h"
#include "base/hash.h"
#include "patch.h"
#include "teile.h"
#include "zeichen_ziehen.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;
using mandant::rowByUuid;

namespace {

std::string shorten(std::string text, std::size_t codePoints) {
  while (base::countCodePoints(text) > codePoints) text = std::string(base::cutUtf8(text, text.size() - 1));
  return text;
}

OptText optional(std::string text, std::size_t codePoints) {
  auto clean = base::cleanText(text, false).value_or("");
  if (clean.empty()) return std::nullopt;
  return shorten(std::move(clean), codePoints);
}

}  // namespace

std::string betreffFrom(const Datei& datei) {
  if (const auto mail = base::cleanText(datei.text.metadaten.betreff, false); mail && !mail->empty())
    return shorten(*mail, 500);
  if (datei.text.rechnung) return shorten(titelOf(*datei.text.rechnung), 500);
  std::string name = datei.dateiname;
  if (const auto dot = name.rfind('.'); dot != std::string::npos && dot > 0) name.erase(dot);
  std::replace(name.begin(), name.end(), '_', ' ');
  return shorten(std::move(name), 500);
}

VolltextZeile volltextOf(const Datei& datei, bool withTeile) {
  const auto& text = datei.text;
  VolltextZeile row;
  if (datei.sperre) {
    row.status = datei.sperre->status == Pruefstatus::wartet ? TextStatus::ungeprueft : TextStatus::quarantaene;
    row.hinweis = hinweisOf(*datei.sperre);
    return row;
  }
  row.status = static_cast<TextStatus>(text.status);
  row.text = text.gesamt();
  if (text.rechnung && row.text.find(text.rechnung->nummer) == std::string::npos)
    row.text += (row.text.empty() ? "" : "\n") + titelOf(*text.rechnung);
  if (withTeile)
    for (const auto& teil : datei.teile) row.text += "\n" + teil.dateiname + "\n" + teil.text.gesamt();
  if (!text.hinweis.empty()) row.hinweis = text.hinweis;
  if (text.seitenzahl > 0) row.seiten = text.seitenzahl;
  return row;
}

void fillFrom(DokumentZeile& row, const Datei& datei) {
  const auto& mail = datei.text.metadaten;
  const auto rechnung = datei.text.rechnung ? rechnungOf(*datei.text.rechnung) : RechnungZeile();
  if (!row.absender) row.absender = optional(mail.absender, 300);
  if (!row.absender) row.absender = rechnung.absender;
  if (!row.datum) row.datum = rechnung.datum;
  if (!row.datum && mail.datum.size() >= 10) row.datum = base::Datum::parse(std::string_view(mail.datum).substr(0, 10));
}

VersionZeile Schriftgut::writeVersion(Change& change, VersionZeile row, VolltextZeile& text, bool neben) {
  if (change.tx().value<std::int64_t>(
          "SELECT nebenversionen FROM mandant WHERE mandant = :mandant AND nebenversionen = 1", change.mandant())) {
    const auto before = change.tx().one<VersionZeile>(sql::Query::select<VersionZeile>().add(
        " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", change.mandant(), row.dokument,
        row.nr - 1));
    const auto haupt = before ? before->haupt.value_or(before->nr) : 0;
    const bool minor = neben && before;
    row.haupt = minor ? haupt : haupt + 1;
    row.neben = minor ? before->neben.value_or(0) + 1 : 0;
  }
  change.insert(row);
  text.mandant = row.mandant;
  text.version = row.id;
  text.pruefsumme = pruefsummeOf(text);
  change.tx().exec(sql::Query::insertInto(sql::tableOf<VolltextZeile>(), sql::valuesOf(text)));
  return row;
}

VersionZeile Schriftgut::insertVersion(Change& change, const Berechtigung& wer, const DokumentZeile& dokument,
                                       const Datei& datei, std::optional<std::int64_t> basis,
                                       const VersionAngaben& angaben) {
  VersionZeile row;
  row.dokument = dokument.id;
  row.nr = dokument.version;
  row.sha256 = datei.ref.sha256;
  row.groesse = static_cast<std::int64_t>(datei.ref.size);
  row.dateiname = datei.dateiname;
  row.format = datei.text.format;
  row.mime = datei.text.mime;
  row.angelegt = change.zeit();
  row.ersteller = wer.person;
  row.basis = basis;
  // Somebody else had made a newer one than the maker had before him.
  row.konflikt = basis && *basis != dokument.version - 1;
  row.anlass = angaben.anlass;
  auto volltext = volltextOf(datei, /*withTeile=*/row.nr > 1);
  row = writeVersion(change, row, volltext, angaben.neben);
  bestelleRenditionen(change.tx(), change.zeit(), row, volltext, dokument);
  if (datei.sperre) insertPruefung(change, row, *datei.sperre);
  insertRechnung(change, row, datei);
  noteKennungen(change.tx(), row, datei);
  if (row.nr == 1)
    index_.add(change.tx(), dokument, row, volltext);
  else
    index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, dokument.id);
  return row;
}

void Schriftgut::noteKennungen(sql::WriteTx& tx, const VersionZeile& version, const Datei& datei) {
  const auto& mail = datei.text.metadaten;
  const auto note = [&](std::string_view kennung, std::int64_t bezug) {
    if (!kennung.empty())
      tx.exec(
          "INSERT INTO mail_kennung (mandant, version, kennung, bezug) VALUES (:mandant, :version, :kennung, :bezug) "
          "ON "
          "CONFLICT (mandant, version, bezug, kennung) DO NOTHING",
          version.mandant, version.id, kennung, bezug);
  };
  note(mail.nachrichtId, 0);
  for (std::size_t at = 0; at < mail.bezug.size();) {
    const auto end = std::min(mail.bezug.find(' ', at), mail.bezug.size());
    note(std::string_view(mail.bezug).substr(at, end - at), 1);
    at = end + 1;
  }
}

void Schriftgut::insertRechnung(Change& change, const VersionZeile& version, const Datei& datei) {
  if (!datei.text.rechnung) return;
  auto rechnung = rechnungOf(*datei.text.rechnung);
  rechnung.dokument = version.dokument;
  rechnung.version = version.id;
  change.insert(rechnung);
}

DokumentZeile Schriftgut::insertDokument(Change& change, const Berechtigung& wer, DokumentZeile row, const Datei& datei,
                                         const DokumentNeu& input) {
  row.uuid = change.newUuid();
  row.betreff = shorten(input.betreff.value_or(betreffFrom(datei)), 500);
  row.absender = input.absender;
  row.datum = input.datum;
  fillFrom(row, datei);
  row.eingangsdatum = input.eingangsdatum;
  if (!row.eingangsdatum && row.art == Dokumentart::Eingang) row.eingangsdatum = base::Datum::of(change.zeit());
  row.kanal = input.kanal;
  row.angelegt = change.zeit();
  row.ersteller = wer.person;
  row.version = 1;
  change.insert(row);
  insertVersion(change, wer, row, datei, std::nullopt, {.anlass = input.anlass});
  if (row.kanal == Kanal::scan && !row.ueber) insertScanprotokoll(change, wer, row, input.geraet);
  return row;
}

Ablageort ablageortIn(const sql::ReadTx& tx, VorgangMit vorgang) {
  const auto mandant = vorgang.vorgang.mandant;
  const auto blatt = rowById<AktenplaneinheitZeile>(tx, mandant, vorgang.akte.aktenplaneinheit).value();
  const auto oe =
      rowById<mandant::OrganisationseinheitZeile>(tx, mandant, vorgang.vorgang.organisationseinheit).value();
  ZeichenTeile teile{oe.kurzzeichen, blatt.kennzeichen, base::Datum::of(vorgang.vorgang.angelegt).year(),
                     vorgang.akte.nummer, vorgang.vorgang.nummer};
  if (vorgang.ueber) teile.ueber = vorgang.ueber->nummer;
  return {std::move(vorgang), vorlageFor(tx, blatt, Ebene::dokument), std::move(teile)};
}

base::Result<Ablageort> Schriftgut::findAblageort(const sql::ReadTx& tx, const Berechtigung& wer,
                                                  const base::Uuid& vorgang) const {
  AKTENLOTSE_GET(ziel, findVorgang(tx, wer, vorgang));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAnlegen, ziel.gegenstand));
  return ablageortIn(tx, std::move(ziel));
}

std::string Schriftgut::signFor(Change& change, const Ablageort& ort, DokumentZeile& row) {
  auto zeichen =
      drawZeichen(change, ort.vorlage, Ebene::dokument, ort.teile, fmt::format("dokument:{}", ort.vorgang.vorgang.id));
  row.nummer = zeichen.nummer;
  return std::move(zeichen.zeichen);
}

base::Result<DokumentZeile> Schriftgut::createDokument(Change& change, const Berechtigung& wer,
                                                       const base::Uuid& vorgang, const Datei& datei,
                                                       const DokumentNeu& input) {
  AKTENLOTSE_GET(ort, findAblageort(change.tx(), wer, vorgang));
  return createDokument(change, wer, ort, datei, input);
}

base::Result<DokumentZeile> Schriftgut::createDokument(Change& change, const Berechtigung& wer, const Ablageort& ort,
                                                       const Datei& datei, const DokumentNeu& input) {
  const auto& ziel = ort.vorgang;
  DokumentZeile row;
  row.vorgang = ziel.vorgang.id;
  row.organisationseinheit = ziel.vorgang.organisationseinheit;
  row.art = input.art.value_or(Dokumentart::Intern);
  row.zugriff = ziel.vorgang.zugriff;
  row.zeichen = signFor(change, ort, row);
  row = insertDokument(change, wer, std::move(row), datei, input);
  insertTeile(change, wer, row, row, datei);
  registerZeichen(change, *row.zeichen, row.tabelle, row.id);
  change.about({"dokument.angelegt", row.tabelle, row.id, ziel.akte.id, ziel.vorgang.id});
  return row;
}

base::Result<DokumentZeile> Schriftgut::createEingang(Change& change, const Berechtigung& wer,
                                                      const std::optional<base::Uuid>& oe, const Datei& datei,
                                                      const DokumentNeu& input) {
  if (wer.nurLesen || !wer.hat(Recht::eingangErfassen)) return fail(Code::NichtErlaubt);
  AKTENLOTSE_GET(ziel, chooseOe(change.tx(), wer, oe, {}));
  DokumentZeile row;
  row.organisationseinheit = ziel;
  row.art = input.art.value_or(Dokumentart::Eingang);
  row.zugriff = rowById<mandant::OrganisationseinheitZeile>(change.tx(), wer.mandant, ziel).value().zugriff;
  row = insertDokument(change, wer, std::move(row), datei, input);
  insertTeile(change, wer, row, row, datei);
  change.about({"eingang.erfasst", row.tabelle, row.id, 0, 0});
  return row;
}

base::Result<DokumentZeile> Schriftgut::createAnlage(Change& change, const Berechtigung& wer, const DokumentMit& zu,
                                                     const Datei& datei) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAnlegen, zu.gegenstand));
  if (zu.dokument.ueber) return fail(Code::Konflikt, "Eine Anlage kann keine eigenen Anlagen haben.");
  const auto row = insertAnlage(change, wer, zu.dokument, datei);
  insertTeile(change, wer, zu.dokument, row, datei);
  change.about({"anlage.angelegt", row.tabelle, row.id, zu.kette(), zu.dokument.id});
  return row;
}

namespace {

base::Result<void> ohneReinschrift(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  if (!reinschriftOf(tx, dokument.mandant, dokument.id)) return {};
  return fail(Code::Konflikt, "Von diesem Dokument gibt es eine Reinschrift. Heben Sie sie auf, um es zu ändern.");
}

}  // namespace

base::Result<DokumentZeile> Schriftgut::addVersion(Change& change, const Berechtigung& wer, const DokumentMit& zu,
                                                   const Datei& datei, std::optional<std::int64_t> basis,
                                                   const VersionAngaben& angaben) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, zu.gegenstand));
  AKTENLOTSE_TRY(ohneReinschrift(change.tx(), zu.dokument));
  if (basis && (*basis < 1 || *basis > zu.dokument.version))
    return fail(Code::EingabeUngueltig, "„basis“ nennt eine Version, die es nicht gibt.", "basis");
  auto after = zu.dokument;
  ++after.version;
  change.update(zu.dokument, after);
  insertVersion(change, wer, after, datei, basis, angaben);
  change.about({"dokument.version", after.tabelle, after.id, zu.kette(), after.vorgang.value_or(0)});
  return after;
}

base::Result<DokumentZeile> Schriftgut::restoreVersion(Change& change, const Berechtigung& wer, const DokumentMit& zu,
                                                       std::int64_t nr) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, zu.gegenstand));
  AKTENLOTSE_TRY(ohneReinschrift(change.tx(), zu.dokument));
  auto& tx = change.tx();
  auto row = tx.one<VersionZeile>(sql::Query::select<VersionZeile>().add(
      " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", change.mandant(), zu.dokument.id,
      nr));
  if (!row) return fail(Code::NichtGefunden);
  if (nr == zu.dokument.version) return fail(Code::Konflikt, "Das ist schon die neueste Version.");
  AKTENLOTSE_TRY(frei(tx, change.mandant(), row->id));
  auto text = tx.one<VolltextZeile>(sql::Query::select<VolltextZeile>().add(
      " FROM volltext WHERE mandant = :mandant AND version = :version", change.mandant(), row->id));
  auto after = zu.dokument;
  const auto old = row->id;
  row->nr = ++after.version;
  row->angelegt = change.zeit();
  row->ersteller = wer.person;
  row->basis = nr;
  row->konflikt = false;
  row->anlass = Anlass::wiederhergestellt;
  change.update(zu.dokument, after);
  const auto made = writeVersion(change, *row, text.value(), /*neben=*/false);
  uebernimmRenditionen(tx, old, made);
  bestelleRenditionen(tx, change.zeit(), made, *text, after);
  index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, after.id);
  change.about({"dokument.version_wiederhergestellt", after.tabelle, after.id, zu.kette(), after.vorgang.value_or(0)});
  return after;
}

base::Result<DokumentZeile> Schriftgut::changeDokument(Change& change, const Berechtigung& wer,
                                                       const DokumentMit& before, const DokumentAendern& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, before.gegenstand));
  auto after = before.dokument;
  if (input.betreff) after.betreff = input.betreff->value;
  if (input.art) after.art = *input.art;
  apply(after.datum, input.datum);
  apply(after.eingangsdatum, input.eingangsdatum);
  apply(after.absender, input.absender);
  apply(after.fremdesGeschaeftszeichen, input.fremdesGeschaeftszeichen);
  apply(after.bemerkung, input.bemerkung);
  change.update(before.dokument, after);
  index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, after.id);
  change.about({"dokument.geaendert", after.tabelle, after.id, before.kette(), after.vorgang.value_or(0)});
  return after;
}

void Schriftgut::moveWithAnlagen(Change& change, const DokumentZeile& before, DokumentZeile& after) {
  change.update(before, after);
  index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, after.id);
  const auto anlagen = change.tx().query<DokumentZeile>(sql::Query::select<DokumentZeile>().add(
      " FROM dokument WHERE mandant = :mandant AND ueber = :ueber ORDER BY id", change.mandant(), before.id));
  for (const auto& old : anlagen) {
    auto moved = old;
    moved.vorgang = after.vorgang;
    moved.organisationseinheit = after.organisationseinheit;
    moved.zugriff = after.zugriff;
    moved.eigenerZugriff = after.eigenerZugriff;
    change.update(old, moved);
    index_.refresh(change.tx(), change.mandant(), SuchArt::dokument, moved.id);
  }
}

base::Result<DokumentZeile> Schriftgut::ablegen(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                                const DokumentAblegen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::eingangAblegen, before.gegenstand));
  if (before.dokument.ueber) return fail(Code::Konflikt, "Eine Anlage liegt bei ihrem Dokument; legen Sie dieses ab.");
  AKTENLOTSE_GET(ziel, findVorgang(change.tx(), wer, input.vorgang));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAnlegen, ziel.gegenstand));
  if (before.dokument.vorgang == ziel.vorgang.id)
    return fail(Code::Konflikt, "Das Dokument liegt schon in diesem Vorgang.", "vorgang");
  if (before.vorgang && before.vorgang->akte.id != ziel.akte.id)
    AKTENLOTSE_TRY(ohneLoeschsperre(change.tx(), change.mandant(), before.vorgang->akte.id));
  // What lies in a Vorgang already may be moved: it is not offered there either.
  if (!before.dokument.vorgang) AKTENLOTSE_TRY(frei(change.tx(), before.dokument));
  auto after = before.dokument;
  after.vorgang = ziel.vorgang.id;
  after.registerblatt.reset();
  if (!after.hatEigenenZugriff()) after.zugriff = ziel.vorgang.zugriff;
  if (input.betreff) after.betreff = input.betreff->value;
  if (input.art) after.art = *input.art;
  apply(after.datum, input.datum);
  apply(after.absender, input.absender);
  if (before.dokument.zeichen) gibZeichenAuf(change, *before.dokument.zeichen, before.dokument.vorgang.value_or(0));
  apply(after.fremdesGeschaeftszeichen, input.fremdesGeschaeftszeichen);
  after.zeichen = signFor(change, ablageortIn(change.tx(), ziel), after);
  registerZeichen(change, *after.zeichen, after.tabelle, after.id);
  moveWithAnlagen(change, before.dokument, after);
  change.about({"dokument.abgelegt", after.tabelle, after.id, ziel.akte.id, ziel.vorgang.id});
  return after;
}

base::Result<DokumentZeile> Schriftgut::weiterreichen(Change& change, const Berechtigung& wer,
                                                      const DokumentMit& before, const base::Uuid& oe) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::eingangAblegen, before.gegenstand));
  if (before.dokument.vorgang) return fail(Code::Konflikt, "Das Dokument liegt in einem Vorgang.");
  if (before.dokument.ueber) return fail(Code::Konflikt, "Eine Anlage geht mit ihrem Dokument.");
  const auto ziel = rowByUuid<mandant::OrganisationseinheitZeile>(change.tx(), change.mandant(), oe);
  if (!ziel) return fail(Code::EingabeUngueltig, "Diese Organisationseinheit gibt es nicht.", "organisationseinheit");
  if (ziel->id == before.dokument.organisationseinheit)
    return fail(Code::Konflikt, "Dort liegt das Dokument schon.", "organisationseinheit");
  auto after = before.dokument;
  after.organisationseinheit = ziel->id;
  after.zugriff = ziel->zugriff;
  moveWithAnlagen(change, before.dokument, after);
  change.about({"eingang.weitergereicht", after.tabelle, after.id, 0, 0});
  return after;
}

base::Result<DokumentZeile> Schriftgut::zurueck(Change& change, const Berechtigung& wer, const DokumentMit& before) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::eingangAblegen, before.gegenstand));
  if (!before.dokument.vorgang) return fail(Code::Konflikt, "Das Dokument liegt schon im Posteingang.");
  if (before.dokument.ueber) return fail(Code::Konflikt, "Eine Anlage liegt bei ihrem Dokument.");
  AKTENLOTSE_TRY(ohneLoeschsperre(change.tx(), change.mandant(), before.vorgang->akte.id));
  auto after = before.dokument;
  after.vorgang.reset();
  after.zeichen.reset();
  after.nummer = 0;
  after.registerblatt.reset();
  if (!after.hatEigenenZugriff())
    after.zugriff = rowById<mandant::OrganisationseinheitZeile>(change.tx(), wer.mandant, after.organisationseinheit)
                        .value()
                        .zugriff;
  moveWithAnlagen(change, before.dokument, after);
  change.about({"dokument.zurueck", after.tabelle, after.id, before.kette(), *before.dokument.vorgang});
  return after;
}

}  // namespace akte
