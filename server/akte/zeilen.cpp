#include <fmt/format.h>

#include "akte/ausleihe.h"
#include "akte/felder.h"
#include "akte/laufweg_zeilen.h"
#include "base/hash.h"

namespace akte {

std::vector<const sql::Table*> tables() {
  return {&sql::tableOf<AktenplaneinheitZeile>(), &sql::tableOf<ZeichenZaehlerZeile>(),
          &sql::tableOf<ZeichenZeile>(),          &sql::tableOf<AkteZeile>(),
          &sql::tableOf<VorgangZeile>(),          &sql::tableOf<DokumentZeile>(),
          &sql::tableOf<VersionZeile>(),          &sql::tableOf<SchlagwortZeile>(),
          &sql::tableOf<VerweisZeile>(),          &sql::tableOf<KontaktZeile>(),
          &sql::tableOf<BeteiligungZeile>(),      &sql::tableOf<VorlageZeile>(),
          &sql::tableOf<FeldartZeile>(),          &sql::tableOf<FeldwertZeile>(),
          &sql::tableOf<AusleiheZeile>(),         &sql::tableOf<TeilZeile>(),
          &sql::tableOf<RechnungZeile>(),         &sql::tableOf<VirenpruefungZeile>(),
          &sql::tableOf<ScanprotokollZeile>(),    &sql::tableOf<AblageregelZeile>(),
          &sql::tableOf<LoeschungZeile>(),        &sql::tableOf<LaufwegZeile>(),
          &sql::tableOf<SchrittZeile>(),          &sql::tableOf<ZeichnungZeile>()};
}

std::string pruefsummeOf(const VolltextZeile& row) {
  const std::string hinweis = row.hinweis ? fmt::format("{}:{}", row.hinweis->size(), *row.hinweis) : "-";
  const std::string head = fmt::format("{}\n{}\n{}\n{}\n", row.version, base::enumName(row.status),
                                       row.seiten ? std::to_string(*row.seiten) : "-", hinweis);
  return base::Sha256().add(head).add(row.text).hex();
}

}  // namespace akte
