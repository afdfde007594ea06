#pragma once
// Everything that comes in: ways in, what is known of it already, and where it belongs.
#include "akte/ausgabe.h"
#include "jobs/jobs.h"

namespace eingang {

/// All routes of the room.
void addRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut);

}  // namespace eingang
