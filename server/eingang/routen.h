#pragma once
// The routes of the room, by what they are about. Private to the room.
#include "eingang/eingang.h"

namespace eingang {

using http::None;
using http::Verb;

void addDublettenRoutes(http::Routes& routes, mandant::Zugang& zugang);
void addVorschlagRoutes(http::Routes& routes, mandant::Zugang& zugang);
void addUploadRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut,
                     const Einstellungen& einstellungen);
void addPostRoutes(http::Routes& routes, mandant::Zugang& zugang, const Einstellungen& einstellungen);
void addQuarantaeneRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut);
void addScanRoutes(http::Routes& routes, mandant::Zugang& zugang);
void addWeiterreichenRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut);

}  // namespace eingang
