// The shared room: two tenants, each with a Vorgang of its own, and what one gives the other gets as its own Dokument.
#include <fmt/format.h>

#include <algorithm>

#include "inhalt.h"
#include "netz/kooperation.h"

namespace netz {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t pieceSize = 1024 * 1024;

std::optional<Aushang> gegenueberOf(const sql::ReadTx& tx, const Berechtigung& wer, const KooperationZeile& row) {
  if (!row.gegenueber) return std::nullopt;
  return tx.one<Aushang>(
      sql::Query::select<Aushang>("a")
          .add(" FROM netz_aushang a WHERE a.art = 'kooperation' AND a.uuid = :uuid AND ", *row.gegenueber)
          .add(imNetzSichtbar(tx, blickOf(tx, wer))));
}

/// Both sides come to the same name without asking each other.
std::string raumName(const std::string& a, const std::string& b) {
  return uuidAus(fmt::format("raum {} {}", std::min(a, b), std::max(a, b))).text();
}

Result<akte::VorgangMit> vorgangOf(const sql::ReadTx& tx, const Berechtigung& wer, const RaumZeile& raum) {
  return akte::findVorgang(tx, wer, mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, raum.vorgang).value().uuid);
}

void melde(sql::WriteTx& tx, const UebergabeZeile& row) {
  tx.exec(
      "INSERT INTO netz_uebergabe (uuid, raum, art, von, an, zeit, zeichen, betreff, dateiname, sha256, abgeholt, "
      "hinweis) VALUES (:uuid, :raum, :art, :von, :an, :zeit, :zeichen, :betreff, :dateiname, :sha256, :abgeholt, "
      ":hinweis)",
      row.uuid, row.raum, row.art, row.von, row.an, row.zeit, row.zeichen, row.betreff, row.dateiname, row.sha256,
      row.abgeholt, row.hinweis);
}

UebergabeZeile meldung(const Change& change, const RaumZeile& raum, Uebergabeart art, const std::string& zeichen) {
  UebergabeZeile out;
  out.uuid = change.newUuid();
  out.raum = raum.raum;
  out.art = art;
  out.von = raum.mandant;
  out.an = raum.gegen;
  out.zeit = change.zeit();
  out.zeichen = zeichen;
  if (art != Uebergabeart::dokument) out.abgeholt = change.zeit();
  return out;
}

Result<RaumZeile> offener(const sql::ReadTx& tx, const KooperationZeile& kooperation) {
  auto raum = raumOf(tx, kooperation);
  if (!raum || raum->status != Raumstatus::offen)
    return fail(Code::Konflikt, "Zu dieser Kooperation ist kein gemeinsamer Raum offen.");
  return *std::move(raum);
}

}  // namespace

std::optional<RaumZeile> raumOf(const sql::ReadTx& tx, const KooperationZeile& row) {
  return tx.one<RaumZeile>(sql::Query::select<RaumZeile>().add(
      " FROM netz_raum WHERE mandant = :mandant AND kooperation = :kooperation ORDER BY id DESC LIMIT 1", row.mandant,
      row.id));
}

std::vector<UebergabeZeile> verlaufOf(const sql::ReadTx& tx, const RaumZeile& raum) {
  return tx.query<UebergabeZeile>(
      "SELECT uuid, raum, art, von, an, zeit, zeichen, betreff, dateiname, sha256, abgeholt, hinweis FROM "
      "netz_uebergabe "
      "WHERE raum = :raum AND ((von = :hier AND an = :dort) OR (von = :dort2 AND an = :hier2)) ORDER BY zeit, uuid",
      raum.raum, raum.mandant, raum.gegen, raum.gegen, raum.mandant);
}

Result<RaumZeile> Raeume::eroeffne(Change& change, const Berechtigung& wer, const KooperationZeile& kooperation,
                                   const RaumEroeffnen& input) {
  auto& tx = change.tx();
  if (!wer.hat(Recht::netzMitmachen)) return fail(Code::NichtErlaubt);
  AKTENLOTSE_GET(vorgang, akte::findVorgang(tx, wer, input.vorgang));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAnlegen, vorgang.gegenstand));
  if (kooperation.status != Kooperationsstatus::vereinbart)
    return fail(Code::Konflikt, "Einen gemeinsamen Raum gibt es, wenn beide Seiten vereinbart haben.");
  const auto there = gegenueberOf(tx, wer, kooperation);
  if (!there || !nennt(tx, *there, kooperation.uuid) ||
      inhaltOf<KooperationInhalt>(*there).status != Kooperationsstatus::vereinbart)
    return fail(Code::Konflikt, "Die andere Seite hat noch nicht vereinbart.");
  if (there->eigner == 0)
    return fail(Code::Konflikt, "Einen gemeinsamen Raum gibt es nur zwischen Kommunen derselben Installation.");
  if (raumOf(tx, kooperation)) return fail(Code::Vergeben, "Den gemeinsamen Raum gibt es schon.");
  RaumZeile row;
  row.uuid = change.newUuid();
  row.raum = raumName(kooperation.uuid.text(), there->uuid.text());
  row.kooperation = kooperation.id;
  row.vorgang = vorgang.vorgang.id;
  row.gegen = there->eigner;
  row.person = wer.person;
  change.insert(row);
  auto what = meldung(change, row, Uebergabeart::eroeffnet, vorgang.vorgang.zeichen);
  what.betreff = kooperation.thema;
  melde(tx, what);
  change.about({"netzraum.eroeffnet", akte::VorgangZeile::tabelle, vorgang.vorgang.id, vorgang.akte.id, 0});
  return row;
}

Result<RaumZeile> Raeume::gib(Change& change, const Berechtigung& wer, const KooperationZeile& kooperation,
                              const RaumGeben& input) {
  auto& tx = change.tx();
  if (!wer.hat(Recht::netzMitmachen)) return fail(Code::NichtErlaubt);
  AKTENLOTSE_GET(dokument, akte::findDokument(tx, wer, input.dokument));
  AKTENLOTSE_GET(raum, offener(tx, kooperation));
  AKTENLOTSE_GET(vorgang, vorgangOf(tx, wer, raum));
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAnlegen, vorgang.gegenstand));
  if (!dokument.vorgang || dokument.vorgang->vorgang.id != raum.vorgang)
    return fail(Code::Konflikt, "Das Dokument liegt nicht in dem Vorgang, der hier gemeinsam ist.", "dokument");
  const auto version = tx.one<akte::VersionZeile>(sql::Query::select<akte::VersionZeile>().add(
      " FROM version WHERE mandant = :mandant AND dokument = :dokument ORDER BY nr DESC LIMIT 1", wer.mandant,
      dokument.dokument.id));
  if (!version) return fail(Code::Konflikt, "Das Dokument hat keine Datei.", "dokument");
  if (tx.value<std::int64_t>(
          "SELECT id FROM netz_raumstueck WHERE mandant = :mandant AND raum = :raum AND dokument = :dokument AND nr = "
          ":nr LIMIT 1",
          wer.mandant, raum.id, dokument.dokument.id, version->nr))
    return fail(Code::Vergeben, "Diese Fassung liegt schon im gemeinsamen Raum.", "dokument");
  auto what = meldung(change, raum, Uebergabeart::dokument, vorgang.vorgang.zeichen);
  what.betreff = dokument.dokument.betreff;
  what.dateiname = version->dateiname;
  what.sha256 = version->sha256;
  melde(tx, what);
  RaumstueckZeile stueck;
  stueck.uuid = change.newUuid();
  stueck.raum = raum.id;
  stueck.gegeben = true;
  stueck.dokument = dokument.dokument.id;
  stueck.nr = version->nr;
  stueck.sha256 = version->sha256;
  stueck.uebergabe = what.uuid.text();
  change.insert(stueck);
  change.about(
      {"netzraum.gegeben", akte::DokumentZeile::tabelle, dokument.dokument.id, vorgang.akte.id, vorgang.vorgang.id});
  return raum;
}

Result<RaumZeile> Raeume::beende(Change& change, const Berechtigung& wer, const KooperationZeile& kooperation) {
  AKTENLOTSE_GET(before, offener(change.tx(), kooperation));
  AKTENLOTSE_GET(vorgang, vorgangOf(change.tx(), wer, before));
  AKTENLOTSE_TRY(darfMitmachen(wer));
  auto after = before;
  after.status = Raumstatus::beendet;
  change.update(before, after);
  melde(change.tx(), meldung(change, after, Uebergabeart::beendet, vorgang.vorgang.zeichen));
  change.about({"netzraum.beendet", akte::VorgangZeile::tabelle, vorgang.vorgang.id, vorgang.akte.id, 0});
  return after;
}

void Raeume::wecke(const RaumZeile& raum) {
  auto& journal = schriftgut_.journal();
  journal.database().write(raum.gegen, [&](sql::WriteTx& tx) {
    jobs::stelleEin(tx, raum.gegen, journal.clock().now(),
                    {.art = auftragsart, .schluessel = std::string(auftragsart), .vorrang = 1});
  });
}

void Raeume::holeAb(const UebergabeZeile& stueck) {
  auto& journal = schriftgut_.journal();
  auto& database = journal.database();
  const auto raum = database.read(stueck.an, [&](const sql::ReadTx& tx) {
    return tx.one<RaumZeile>(sql::Query::select<RaumZeile>().add(
        " FROM netz_raum WHERE mandant = :mandant AND raum = :raum AND gegen = :gegen AND status = 'offen'", stueck.an,
        stueck.raum, stueck.von));
  });
  // It waits until this side has opened its own Vorgang.
  if (!raum) return;
  const auto note = [&](const std::string& why) {
    database.write(stueck.an, [&](sql::WriteTx& tx) {
      tx.exec("UPDATE netz_uebergabe SET hinweis = :hinweis WHERE uuid = :uuid", why, stueck.uuid);
    });
  };
  const auto opened = schriftgut_.blobs().open(stueck.sha256);
  if (!opened) return note("Die Datei gibt es nicht mehr.");
  const auto writer = schriftgut_.blobs().writer();
  for (std::uint64_t at = 0; at < opened->size; at += pieceSize) writer->write(opened->read(at, pieceSize));
  const auto datei = schriftgut_.einlagern(*writer, stueck.dateiname);
  const auto wer = mandant::systemBerechtigung(stueck.an);
  const auto done = journal.change(stueck.an, [&](Change& change) -> Result<void> {
    auto& tx = change.tx();
    if (tx.value<std::int64_t>("SELECT abgeholt FROM netz_uebergabe WHERE uuid = :uuid AND abgeholt IS NOT NULL",
                               stueck.uuid))
      return {};
    const auto vorgang = mandant::rowById<akte::VorgangZeile>(tx, stueck.an, raum->vorgang).value();
    const auto town =
        tx.value<std::string>("SELECT name FROM mandant_verzeichnis WHERE mandant = :von", stueck.von).value_or("");
    akte::DokumentNeu neu;
    neu.art = akte::Dokumentart::Eingang;
    neu.betreff = stueck.betreff;
    neu.absender = town;
    neu.eingangsdatum = base::Datum::of(change.zeit());
    AKTENLOTSE_GET(dokument, schriftgut_.createDokument(change, wer, vorgang.uuid, datei, neu));
    RaumstueckZeile row;
    row.uuid = change.newUuid();
    row.raum = raum->id;
    row.dokument = dokument.id;
    row.nr = 1;
    row.sha256 = datei.ref.sha256;
    row.uebergabe = stueck.uuid.text();
    change.insert(row);
    tx.exec("UPDATE netz_uebergabe SET abgeholt = :zeit, hinweis = '' WHERE uuid = :uuid", change.zeit(), stueck.uuid);
    return {};
  });
  if (!done)
    note(done.error().detail.empty() ? std::string(base::info(done.error().code).titelDe) : done.error().detail);
}

jobs::Ergebnis Raeume::holeAb(std::int64_t mandant) {
  const auto waiting = schriftgut_.journal().database().read(mandant, [&](const sql::ReadTx& tx) {
    return tx.query<UebergabeZeile>(
        "SELECT uuid, raum, art, von, an, zeit, zeichen, betreff, dateiname, sha256, abgeholt, hinweis FROM "
        "netz_uebergabe WHERE an = :an AND abgeholt IS NULL ORDER BY zeit, uuid LIMIT 200",
        mandant);
  });
  for (const auto& one : waiting) holeAb(one);
  return {};
}

jobs::Art Raeume::auftrag() {
  jobs::Art art;
  art.name = auftragsart;
  art.bezeichnungDe = "Aus gemeinsamen Räumen abholen";
  art.bezeichnungEn = "Fetch from shared rooms";
  art.ausfuehren = [this](jobs::Lauf& lauf) { return holeAb(lauf.mandant()); };
  return art;
}

}  // namespace netz
