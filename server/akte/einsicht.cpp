// Who looked at what is sensitive. Of ordinary files nothing is noted (docs/decisions/0037).
#include "akte/schutz.h"

namespace akte {

using mandant::rowById;

namespace {

std::int64_t zugriffDerHaupteinheit(const sql::ReadTx& tx, const AkteZeile& akte) {
  auto einheit = rowById<AktenplaneinheitZeile>(tx, akte.mandant, akte.aktenplaneinheit).value();
  while (einheit.ueber) einheit = rowById<AktenplaneinheitZeile>(tx, akte.mandant, *einheit.ueber).value();
  return einheit.zugriff;
}

/// Fewer people reach the one than the other.
bool enger(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t zugriff, std::int64_t als) {
  if (zugriff == als) return false;
  const auto reached = [&](std::int64_t id) {
    return tx
        .value<std::int64_t>("SELECT COUNT(*) FROM person_zugriff WHERE mandant = :mandant AND zugriff = :zugriff",
                             mandant, id)
        .value();
  };
  return reached(zugriff) < reached(als);
}

bool verengt(const sql::ReadTx& tx, const AkteZeile& akte, std::int64_t zugriff) {
  return enger(tx, akte.mandant, zugriff, zugriffDerHaupteinheit(tx, akte));
}

std::pair<SuchArt, std::int64_t> kennungOf(const AkteMit& mit) { return {SuchArt::akte, mit.akte.id}; }
std::pair<SuchArt, std::int64_t> kennungOf(const VorgangMit& mit) { return {SuchArt::vorgang, mit.vorgang.id}; }
std::pair<SuchArt, std::int64_t> kennungOf(const DokumentMit& mit) { return {SuchArt::dokument, mit.dokument.id}; }

}  // namespace

bool istSensibel(const sql::ReadTx& tx, const AkteMit& mit) {
  return geheimhaltungOf(mit) != Geheimhaltung::offen || verengt(tx, mit.akte, mit.akte.zugriff);
}

bool istSensibel(const sql::ReadTx& tx, const VorgangMit& mit) {
  return geheimhaltungOf(mit) != Geheimhaltung::offen || verengt(tx, mit.akte, mit.vorgang.zugriff);
}

bool istSensibel(const sql::ReadTx& tx, const DokumentMit& mit) {
  if (geheimhaltungOf(mit) != Geheimhaltung::offen) return true;
  if (mit.vorgang) return verengt(tx, mit.vorgang->akte, mit.dokument.zugriff);
  if (!mit.dokument.hatEigenenZugriff()) return false;
  const auto oe =
      rowById<mandant::OrganisationseinheitZeile>(tx, mit.dokument.mandant, mit.dokument.organisationseinheit).value();
  return enger(tx, oe.mandant, mit.dokument.zugriff, oe.zugriff);
}

template <class Mit>
void Einsicht::note(const sql::ReadTx& tx, const Berechtigung& wer, const Mit& mit) {
  zeile_.reset();
  if (wer.person == 0) return;
  const auto [art, objekt] = kennungOf(mit);
  EinsichtZeile row;
  row.mandant = wer.mandant;
  row.objektArt = art;
  row.objekt = objekt;
  row.person = wer.person;
  row.seit = journal_.clock().now();
  row.tag = base::Datum::of(row.seit);
  if (!istSensibel(tx, mit)) return;
  if (tx.value<std::int64_t>(
          "SELECT id FROM einsicht WHERE mandant = :mandant AND objekt = :objekt AND person = :person AND tag = :tag",
          row.mandant, row.objekt, row.person, row.tag))
    return;
  zeile_ = row;
}

void Einsicht::merke(const sql::ReadTx& tx, const Berechtigung& wer, const AkteMit& mit) { note(tx, wer, mit); }
void Einsicht::merke(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& mit) { note(tx, wer, mit); }
void Einsicht::merke(const sql::ReadTx& tx, const Berechtigung& wer, const DokumentMit& mit) { note(tx, wer, mit); }
void Einsicht::merke(const sql::ReadTx& tx, const Berechtigung& wer, const VersionZeile& version) {
  const auto row = rowById<DokumentZeile>(tx, version.mandant, version.dokument).value();
  if (const auto mit = findDokument(tx, wer, row.uuid)) note(tx, wer, *mit);
}

void Einsicht::halteFest() {
  if (!zeile_) return;
  const auto& row = *zeile_;
  journal_.database().write(row.mandant, [&](sql::WriteTx& tx) {
    // Two requests of one screen may both have found nothing.
    tx.exec(
        "INSERT INTO einsicht (mandant, id, objekt_art, objekt, person, tag, seit) SELECT CAST(:mandant AS BIGINT), "
        "COALESCE(MAX(e.id), 0) + 1, CAST(:art AS TEXT), CAST(:objekt AS BIGINT), CAST(:person AS BIGINT), "
        "CAST(:tag AS TEXT), CAST(:seit AS BIGINT) FROM einsicht e WHERE e.mandant = :mandant2 ON CONFLICT (mandant, "
        "objekt, person, tag) DO NOTHING",
        row.mandant, row.objektArt, row.objekt, row.person, row.tag, row.seit, row.mandant);
  });
}

void vergissEinsichten(sql::WriteTx& tx, std::int64_t mandant, const base::Datum& heute) {
  tx.exec("DELETE FROM einsicht WHERE mandant = :mandant AND tag < :vor", mandant,
          base::Datum::of(heute.year() - 1, 1, 1));
}

void vergissEinsichten(sql::WriteTx& tx, std::int64_t mandant, std::int64_t objekt) {
  tx.exec("DELETE FROM einsicht WHERE mandant = :mandant AND objekt = :objekt", mandant, objekt);
}

}  // namespace akte
