#include "eingang/eingang.h"

#include <fstream>

#include "postweg.h"
#include "pruefauftrag.h"
#include "routen.h"
#include "scanordner.h"
#include "uploads.h"

namespace eingang {
std::optional<std::string> passwortFor(const sql::ReadTx& tx, const Einstellungen& einstellungen,
                                       const PostfachZeile& postfach) {
  if (einstellungen.geheimnisse.empty()) return std::nullopt;
  const auto town =
      tx.value<std::string>("SELECT schluessel FROM mandant WHERE mandant = :mandant", postfach.mandant).value();
  std::ifstream file(einstellungen.geheimnisse / town / postfach.passwortDatei);
  std::string line;
  if (!std::getline(file, line)) return std::nullopt;
  return line;
}

namespace {

/// A kind of job about one mailbox: `tu(lauf, mailbox, password)`.
template <class F>
jobs::Art postfachArt(std::string_view name, std::string de, std::string en, std::int64_t versuche,
                      sql::Database& database, const Einstellungen& einstellungen, F tu) {
  jobs::Art art;
  art.name = name;
  art.bezeichnungDe = std::move(de);
  art.bezeichnungEn = std::move(en);
  art.versuche = versuche;
  art.ausfuehren = [&database, einstellungen, tu](jobs::Lauf& lauf) -> jobs::Ergebnis {
    const auto auftrag = lauf.nutzlast<PostfachAuftrag>();
    if (!auftrag) return jobs::nie(auftrag.error());
    std::optional<std::string> passwort;
    const auto postfach = database.read(lauf.mandant(), [&](const sql::ReadTx& tx) {
      auto row = mandant::rowByUuid<PostfachZeile>(tx, lauf.mandant(), auftrag->postfach);
      passwort = row ? passwortFor(tx, einstellungen, *row) : std::nullopt;
      return row;
    });
    if (!postfach) return jobs::nie("Das Postfach gibt es nicht mehr.");
    if (!passwort) return jobs::nie("Die Passwortdatei des Postfachs fehlt; der Betrieb legt sie ab (--geheimnisse).");
    return tu(lauf, *postfach, *passwort);
  };
  return art;
}

}  // namespace

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut,
               const Einstellungen& einstellungen) {
  addDublettenRoutes(routes, zugang);
  addUploadRoutes(routes, zugang, schriftgut, einstellungen);
  addVorschlagRoutes(routes, zugang);
  addPostRoutes(routes, zugang, einstellungen);
  addQuarantaeneRoutes(routes, zugang, schriftgut);
  addScanRoutes(routes, zugang);
  addWeiterreichenRoutes(routes, zugang, schriftgut);
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
  auto& database = schriftgut.journal().database();
  werk.art(postfachArt(
      "postfach.abholen", "Postfach abholen", "Fetch a mailbox", 3, database, einstellungen,
      [&schriftgut, bytes = einstellungen.maxBytes](jobs::Lauf& lauf, const auto& postfach, const auto& passwort) {
        Mailannahme annahme(schriftgut);
        return holeAb(lauf, annahme, postfach, passwort, bytes);
      }));
  werk.art(postfachArt("postfach.pruefen", "Postfach prüfen", "Test a mailbox", 1, database, einstellungen,
                       &pruefePostfach));
  werk.fuerJedenMandanten("uploads.aufraeumen", "uploads.aufraeumen", hour);
  addScanAuftraege(werk, schriftgut, einstellungen);
  addPruefAuftraege(werk, schriftgut);
}

}  // namespace eingang
