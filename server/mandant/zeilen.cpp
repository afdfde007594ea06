#include "mandant/vertretung.h"

namespace mandant {

std::vector<const sql::Table*> tables() {
  return {&sql::tableOf<MandantZeile>(),         &sql::tableOf<ZugriffZeile>(),
          &sql::tableOf<ZugriffseintragZeile>(), &sql::tableOf<OrganisationseinheitZeile>(),
          &sql::tableOf<StelleZeile>(),          &sql::tableOf<StelleRolleZeile>(),
          &sql::tableOf<PersonZeile>(),          &sql::tableOf<BesetzungZeile>(),
          &sql::tableOf<ApiTokenZeile>(),        &sql::tableOf<VertretungZeile>()};
}

}  // namespace mandant
