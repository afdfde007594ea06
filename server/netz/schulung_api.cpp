// The Basisbefähigung of a person: which modules were attended, and the certificate.
#include <fmt/format.h>

#include <algorithm>

#include "blatt.h"
#include "routen.h"
#include "treffen.h"
#include "treffen_inhalt.h"

namespace netz {
namespace {

struct NetzModul {
  std::string schluessel{}, titel{}, inhalt{};
  OptText besucht{};  ///< when
  OptText bei{};      ///< of whom
  bool angemeldet = false;
};
BOOST_DESCRIBE_STRUCT(NetzModul, (), (schluessel, titel, inhalt, besucht, bei, angemeldet))
enum class Schulungsstand : std::uint8_t { offen, angemeldet, laeuft, abgeschlossen };
BOOST_DESCRIBE_ENUM(Schulungsstand, offen, angemeldet, laeuft, abgeschlossen)
struct NetzSchulung {
  Schulungsstand status{};
  std::vector<NetzModul> module{};
};
BOOST_DESCRIBE_STRUCT(NetzSchulung, (), (status, module))

/// Of the person: which modules were attended, of those who invited.
NetzSchulung schulung(Tx tx, const Berechtigung& wer) {
  NetzSchulung out;
  for (const auto& one : formate().module) out.module.push_back({one.schluessel, one.titel, one.inhalt, {}, {}, false});
  std::size_t besucht = 0;
  bool angemeldet = false;
  for (const auto& row : anmeldungenFuer(tx, wer)) {
    const auto one = inhaltOf<AnmeldungInhalt>(row);
    if (!one.modul) continue;
    const auto found = std::ranges::find(out.module, *one.modul, &NetzModul::schluessel);
    if (found == out.module.end() || found->besucht) continue;
    if (one.dabei.value_or(false)) {
      found->besucht = row.ordnung.substr(0, 10);
      found->bei = tx.value<std::string>("SELECT name FROM mandant_verzeichnis WHERE mandant = :eigner", row.eigner);
      ++besucht;
    } else if (one.status == Anmeldestatus::angemeldet && !one.dabei) {
      found->angemeldet = angemeldet = true;
    }
  }
  out.status = besucht == out.module.size() ? Schulungsstand::abgeschlossen
               : besucht > 0                ? Schulungsstand::laeuft
               : angemeldet                 ? Schulungsstand::angemeldet
                                            : Schulungsstand::offen;
  return out;
}

std::string tagOf(std::string_view iso) {
  return fmt::format("{}.{}.{}", iso.substr(8, 2), iso.substr(5, 2), iso.substr(0, 4));
}

Result<http::Response> zertifikat(Tx tx, const Berechtigung& wer, const base::Datum& heute) {
  const auto done = schulung(tx, wer);
  if (done.status != Schulungsstand::laeuft && done.status != Schulungsstand::abgeschlossen)
    return base::fail(base::Code::NichtGefunden, "Ein Zertifikat gibt es, sobald Sie ein Modul besucht haben.");
  const bool ganz = done.status == Schulungsstand::abgeschlossen;
  const auto wen = teilnehmerOf(tx, wer);
  Blatt blatt(ganz ? "Zertifikat Basisbefähigung" : "Teilnahmebescheinigung Basisbefähigung");
  blatt.abstand(40).kopf(ganz ? "Zertifikat" : "Teilnahmebescheinigung");
  blatt.unterkopf("Basisbefähigung für Digital-Navigatorinnen und Digital-Navigatoren").abstand(20);
  blatt.kopf(wen.name).absatz(wen.kommune).abstand(10);
  blatt.absatz(ganz ? "hat alle Module der Basisbefähigung besucht:" : "hat diese Module der Basisbefähigung besucht:");
  std::vector<std::vector<std::string>> rows{{"Modul", "Inhalt", "besucht am", "bei"}};
  for (const auto& one : done.module)
    if (one.besucht) rows.push_back({one.titel, one.inhalt, tagOf(*one.besucht), one.bei.value_or("")});
  blatt.tabelle({4, 5, 2, 3}, rows).abstand(20);
  blatt.klein(fmt::format("Ausgestellt am {} aus den Teilnahmelisten der Veranstalter.", tagOf(heute.text())));
  auto response = http::text(200, "application/pdf", blatt.pdf());
  response.set("Content-Disposition", "attachment; filename=\"basisbefaehigung.pdf\"");
  return response;
}

}  // namespace

void addSchulungRoutes(http::Routes& routes, Zugang& zugang) {
  const auto jetzt = [&zugang] { return zugang.journal().clock().now(); };
  routes.add<None, None, NetzSchulung>(
      Verb::get, "/api/netz/schulung", {"netzSchulung", "Netz", "How far one is with the Basisbefähigung"},
      [&zugang](const auto& call) {
        return zugang.read<NetzSchulung>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<NetzSchulung> { return schulung(tx, wer); });
      });
  routes.addRaw<None>(Verb::get, "/api/netz/zertifikat",
                      {.id = "netzZertifikat",
                       .tag = "Netz",
                       .summary = "What one attended of the Basisbefähigung, as PDF",
                       .produces = "application/pdf"},
                      [&zugang, jetzt](const auto& call) -> Result<http::Response> {
                        const auto& wer = Zugang::who(call);
                        return zugang.journal().database().read(
                            wer.mandant, [&](Tx tx) { return zertifikat(tx, wer, base::Datum::of(jetzt())); });
                      });
}

}  // namespace netz
