#include "eingang/eingang.h"

#include <fstream>

#include "postweg.h"
#include "routen.h"
#include "scanordner.h"
#include "uploads.h"

namespace eingang {
namespace {

/// The first line of the file that the operator put down for this tenant.
std::optional<std::string> passwortFor(sql::Database& database, const Einstellungen& einstellungen,
                                       const PostfachZeile& postfach) {
  if (einstellungen.geheimnisse.empty()) return std::nullopt;
  const auto town = database.read(postfach.mandant, [&](const sql::ReadTx& tx) {
    return tx.value<std::string>("SELECT schluessel FROM mandant WHERE mandant = :mandant", postfach.mandant);
  });
  std::ifstream file(einstellungen.geheimnisse / town.value() / postfach.passwortDatei);
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  return line;
}

jobs::Art abholen(akte::Schriftgut& schriftgut, const Einstellungen& einstellungen) {
  jobs::Art art;
  art.name = "postfach.abholen";
  art.bezeichnungDe = "Postfach abholen";
  art.bezeichnungEn = "Fetch a mailbox";
  art.versuche = 3;
  art.ausfuehren = [&schriftgut, einstellungen](jobs::Lauf& lauf) -> jobs::Ergebnis {
    const auto auftrag = lauf.nutzlast<PostfachAuftrag>();
    if (!auftrag) return jobs::nie(auftrag.error());
    auto& database = schriftgut.journal().database();
    const auto postfach = database.read(lauf.mandant(), [&](const sql::ReadTx& tx) {
      return mandant::rowByUuid<PostfachZeile>(tx, lauf.mandant(), auftrag->postfach);
    });
    if (!postfach) return jobs::nie("Das Postfach gibt es nicht mehr.");
    const auto passwort = passwortFor(database, einstellungen, *postfach);
    if (!passwort) return jobs::nie("Die Passwortdatei des Postfachs fehlt; der Betrieb legt sie ab (--geheimnisse).");
    Mailannahme annahme(schriftgut);
    return holeAb(lauf, annahme, *postfach, *passwort, einstellungen.maxBytes);
  };
  return art;
}

}  // namespace

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut,
               const Einstellungen& einstellungen) {
  addDublettenRoutes(routes, zugang);
  addUploadRoutes(routes, zugang, schriftgut, einstellungen);
  addVorschlagRoutes(routes, zugang);
  addPostRoutes(routes, zugang);
}

void addAuftraege(jobs::Werk& werk, akte::Schriftgut& schriftgut, const Einstellungen& einstellungen) {
  constexpr std::int64_t hour = 3600;
  const auto uploads = std::make_shared<Uploads>(schriftgut, einstellungen);
  werk.art({.name = "uploads.aufraeumen",
            .bezeichnungDe = "Abgebrochene Uploads entfernen",
            .bezeichnungEn = "Remove uploads that were given up",
            .ausfuehren = [uploads](jobs::Lauf& lauf) -> jobs::Ergebnis {
              uploads->aufraeumen(lauf.mandant());
              return {};
            }});
  werk.art(abholen(schriftgut, einstellungen));
  werk.fuerJedenMandanten("uploads.aufraeumen", "uploads.aufraeumen", hour);
  addScanAuftraege(werk, schriftgut, einstellungen);
}

}  // namespace eingang
