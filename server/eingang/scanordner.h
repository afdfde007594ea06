#pragma once
// A folder that scanners write into: FOLDER/<tenant>/<Kurzzeichen of the unit>/. A file is put aside once nothing has
// been written to it for a while, taken in by a job of its own, and then lies in `erledigt/`, or in `abgelehnt/` with
// the reason beside it. Private to the room.
#include "eingang/eingang.h"

namespace eingang {

/// Looks through the folder every minute, where the operator has named one, and takes in what is complete.
void addScanAuftraege(jobs::Werk& werk, akte::Schriftgut& schriftgut, const Einstellungen& einstellungen);

}  // namespace eingang
