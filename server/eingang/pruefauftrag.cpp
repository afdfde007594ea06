#include "pruefauftrag.h"

#include <fmt/format.h>

#include "akte/pruefung.h"
#include "postweg.h"

namespace eingang {
namespace {

using akte::Pruefstatus;
using akte::VirenpruefungZeile;

/// What waits, and what was released and not read yet.
std::vector<VirenpruefungZeile> offene(const sql::ReadTx& tx, std::int64_t mandant) {
  return tx.query<VirenpruefungZeile>(sql::Query::select<VirenpruefungZeile>("p").add(
      " FROM virenpruefung p JOIN volltext t ON t.mandant = p.mandant AND t.version = p.version WHERE p.mandant = "
      ":mandant AND p.status IN ('wartet', 'freigegeben') AND t.status = 'ungeprueft' ORDER BY p.id",
      mandant));
}

/// A mail that could not be read when it came is known by its name now, and filed by its subject as it would have been.
base::Result<void> legeAb(journal::Change& change, akte::Schriftgut& schriftgut, const akte::DokumentZeile& dokument,
                          const akte::Datei& datei) {
  if (dokument.kanal != akte::Kanal::mail || dokument.ueber) return {};
  change.tx().exec(
      "INSERT INTO mail_bekannt (mandant, schluessel, organisationseinheit, dokument, zeit) VALUES (:mandant, "
      ":schluessel, :oe, :dokument, :zeit) ON CONFLICT DO NOTHING",
      dokument.mandant, schluesselVon(datei), dokument.organisationseinheit, dokument.uuid, change.zeit());
  if (dokument.vorgang) return {};
  const auto wer = mandant::systemBerechtigung(dokument.mandant);
  const auto ziel = findeVorgang(change.tx(), wer, "", dokument.betreff);
  if (!ziel) return {};
  AKTENLOTSE_GET(mit, akte::findDokument(change.tx(), wer, dokument.uuid));
  AKTENLOTSE_TRY(schriftgut.ablegen(change, wer, mit, {.vorgang = *ziel}));
  return {};
}

jobs::Ergebnis pruefe(jobs::Lauf& lauf, akte::Schriftgut& schriftgut) {
  auto& database = schriftgut.journal().database();
  const auto rows = database.read(lauf.mandant(), [&](const sql::ReadTx& tx) { return offene(tx, lauf.mandant()); });
  const auto total = static_cast<std::int64_t>(rows.size());
  std::int64_t done = 0, ohneAntwort = 0, hintereinander = 0;
  std::string grund;
  for (const auto& row : rows) {
    if (!lauf.fortschritt(done++, total)) return {};
    const auto version = database.read(lauf.mandant(), [&](const sql::ReadTx& tx) {
      return mandant::rowById<akte::VersionZeile>(tx, row.mandant, row.version).value();
    });
    const auto datei = schriftgut.nachlesen(version, row);
    if (datei.sperre && datei.sperre->status == Pruefstatus::wartet) {
      ++ohneAntwort;
      grund = datei.sperre->text;
      // One file that it chokes on keeps no other waiting; a scanner that is away is not asked a thousand times.
      if (++hintereinander >= 3) break;
      continue;
    }
    hintereinander = 0;
    const auto ended = schriftgut.journal().change(lauf.mandant(), [&](journal::Change& change) -> base::Result<void> {
      const auto now = mandant::rowById<VirenpruefungZeile>(change.tx(), row.mandant, row.id);
      if (!now || now->stand != row.stand) return {};  // deleted or decided meanwhile
      AKTENLOTSE_GET(dokument, schriftgut.schliessePruefung(change, row, datei));
      return datei.sperre ? base::Result<void>() : legeAb(change, schriftgut, dokument, datei);
    });
    if (!ended) {
      ++ohneAntwort;
      grund = ended.error().detail;
    }
  }
  if (ohneAntwort > 0) return jobs::spaeter(grund);
  return {};
}

}  // namespace

void addPruefAuftraege(jobs::Werk& werk, akte::Schriftgut& schriftgut) {
  jobs::Art art;
  art.name = akte::auftragPruefung;
  art.bezeichnungDe = "Wartende Dateien auf Viren prüfen";
  art.bezeichnungEn = "Check waiting files for malware";
  // It goes on until the scanner is back, however long that takes.
  art.versuche = 1'000'000;
  art.erstePause = 5;
  art.laengstePause = 60;
  art.ausfuehren = [&schriftgut](jobs::Lauf& lauf) { return pruefe(lauf, schriftgut); };
  werk.art(std::move(art));
  // Whatever became of the job that was asked for, nothing waits for ever.
  werk.fuerJedenMandanten(std::string(akte::auftragPruefung), std::string(akte::auftragPruefung), 3600);
}

}  // namespace eingang
