#include "akte/einstellungen.h"
#include "routen.h"

namespace akte {
namespace {

/// Without it the file is only compared.
struct EinstellungenAnwenden {
  std::optional<base::Line<64>> pruefsumme{};
};
BOOST_DESCRIBE_STRUCT(EinstellungenAnwenden, (), (pruefsumme))

}  // namespace

void addEinstellungenRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut, Vorlagenwerk werk) {
  routes.add<None, None, Einstellungen>(
      Verb::get, "/api/einstellungen",
      {.id = "einstellungen",
       .tag = "Mandant",
       .summary = "Everything that the tenant sets, as a file that can be read in again, here or elsewhere",
       .recht = "zugriffPflegen"},
      [&](const auto& call) {
        return zugang.read<Einstellungen>(call, [&](Tx tx, const Berechtigung& wer) -> Result<Einstellungen> {
          return leseEinstellungen(tx, wer.mandant, schriftgut.blobs());
        });
      });
  routes.add<Einstellungen, EinstellungenAnwenden, EinstellungenBericht>(
      Verb::post, "/api/einstellungen/einlesen",
      {.id = "einstellungenEinlesen",
       .tag = "Mandant",
       .summary = "Tell what a file of settings would change; with `pruefsumme` of that report, do it",
       .recht = "zugriffPflegen",
       .maxBody = 32U << 20U},
      [&zugang, &schriftgut, werk = std::move(werk)](const auto& call) -> Result<http::Reply<EinstellungenBericht>> {
        // It is told what would happen by doing it all and taking it back with the transaction.
        const auto dateien = liesVorlagen(werk, call.body);
        std::optional<EinstellungenBericht> told;
        auto done = zugang.change<EinstellungenBericht>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<EinstellungenBericht> {
              AKTENLOTSE_GET(bericht, wendeAn(change, wer, schriftgut, call.body, werk, dateien));
              if (call.query.pruefsumme && call.query.pruefsumme->value == bericht.pruefsumme) return bericht;
              bericht.eintrag.reset();
              told = std::move(bericht);
              return base::fail(base::Code::Konflikt,
                                "Einstellungen oder Datei haben sich seit der Vorschau geändert. Sehen Sie sie noch "
                                "einmal an.");
            });
        if (call.query.pruefsumme || !told) return done;
        http::Reply<EinstellungenBericht> reply;
        reply.value = *std::move(told);
        return reply;
      });
}

}  // namespace akte
