#include "akte/zeilen.h"

namespace akte {

std::vector<const sql::Table*> tables() {
  return {&sql::tableOf<AktenplaneinheitZeile>(), &sql::tableOf<ZeichenZaehlerZeile>(),
          &sql::tableOf<ZeichenZeile>(),          &sql::tableOf<AkteZeile>(),
          &sql::tableOf<VorgangZeile>(),          &sql::tableOf<DokumentZeile>(),
          &sql::tableOf<VersionZeile>()};
}

}  // namespace akte
