#include <fmt/format.h>

#include "akte/ausleihe.h"
#include "akte/felder.h"
#include "akte/laufweg_zeilen.h"
#include "akte/post.h"
#include "akte/register.h"
#include "akte/reorganisation.h"
#include "akte/schreiben_zeilen.h"
#include "akte/uebernahme.h"
#include "base/hash.h"
#include "haengend.h"

namespace akte {

std::vector<const sql::Table*> tables() {
  return {&sql::tableOf<AktenplaneinheitZeile>(),
          &sql::tableOf<ZeichenZaehlerZeile>(),
          &sql::tableOf<ZeichenZeile>(),
          &sql::tableOf<AkteZeile>(),
          &sql::tableOf<VorgangZeile>(),
          &sql::tableOf<RegisterblattZeile>(),
          &sql::tableOf<DokumentZeile>(),
          &sql::tableOf<VersionZeile>(),
          &sql::tableOf<SchlagwortZeile>(),
          &sql::tableOf<VerweisZeile>(),
          &sql::tableOf<KontaktZeile>(),
          &sql::tableOf<BeteiligungZeile>(),
          &sql::tableOf<VorlageZeile>(),
          &sql::tableOf<FeldartZeile>(),
          &sql::tableOf<FeldwertZeile>(),
          &sql::tableOf<AusleiheZeile>(),
          &sql::tableOf<LoeschsperreZeile>(),
          &sql::tableOf<UebernahmeZeile>(),
          &sql::tableOf<TeilZeile>(),
          &sql::tableOf<RechnungZeile>(),
          &sql::tableOf<AblageregelZeile>(),
          &sql::tableOf<LoeschungZeile>(),
          &sql::tableOf<LaufwegZeile>(),
          &sql::tableOf<SchrittZeile>(),
          &sql::tableOf<ZeichnungZeile>(),
          &sql::tableOf<ReorganisationZeile>(),
          &sql::tableOf<UmlaufmappeZeile>(),
          &sql::tableOf<MappenstueckZeile>(),
          &sql::tableOf<AnmerkungZeile>(),
          &sql::tableOf<LaufwegvorlageZeile>(),
          &sql::tableOf<DokumentvorlageZeile>(),
          &sql::tableOf<VorlagenfassungZeile>(),
          &sql::tableOf<TextbausteinZeile>(),
          &sql::tableOf<BriefkopfZeile>(),
          &sql::tableOf<ReinschriftZeile>(),
          &sql::tableOf<VersandZeile>(),
          &sql::tableOf<SchwaerzungZeile>(),
          &sql::tableOf<AkteneinsichtZeile>(),
          &sql::tableOf<AkteneinsichtTeilZeile>(),
          &sql::tableOf<VirenpruefungZeile>(),
          &sql::tableOf<ScanprotokollZeile>(),
          &sql::tableOf<EingangsadresseZeile>(),
          &sql::tableOf<PostfachZeile>()};
}

std::vector<const sql::Table*> alleTabellen() {
  auto out = mandant::tables();
  const auto more = tables();
  out.insert(out.end(), more.begin(), more.end());
  return out;
}

std::string pruefsummeOf(const VolltextZeile& row) {
  const std::string hinweis = row.hinweis ? fmt::format("{}:{}", row.hinweis->size(), *row.hinweis) : "-";
  const std::string head = fmt::format("{}\n{}\n{}\n{}\n", row.version, base::enumName(row.status),
                                       row.seiten ? std::to_string(*row.seiten) : "-", hinweis);
  return base::Sha256().add(head).add(row.text).hex();
}

}  // namespace akte
