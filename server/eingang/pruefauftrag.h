#pragma once
// The job that goes on with what the malware scanner could not answer at once, and reads what was released. Private to
// the room.
#include "eingang/eingang.h"

namespace eingang {

void addPruefAuftraege(jobs::Werk& werk, akte::Schriftgut& schriftgut);

}  // namespace eingang
