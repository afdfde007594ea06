#include "eingang/eingang.h"

#include "routen.h"
#include "uploads.h"

namespace eingang {

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut,
               const Einstellungen& einstellungen) {
  addDublettenRoutes(routes, zugang);
  addUploadRoutes(routes, zugang, schriftgut, einstellungen);
  addVorschlagRoutes(routes, zugang);
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
  werk.fuerJedenMandanten("uploads.aufraeumen", "uploads.aufraeumen", hour);
}

}  // namespace eingang
