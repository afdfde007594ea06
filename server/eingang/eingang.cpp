#include "eingang/eingang.h"

#include "routen.h"

namespace eingang {

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut&) { addDublettenRoutes(routes, zugang); }

}  // namespace eingang
