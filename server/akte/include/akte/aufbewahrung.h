#pragma once
// The end of retention, which comes by itself: what was closed and need not be kept any longer is to be offered to the
// archive or destroyed (use cases 3.19 and 4.14).
#include "akte/schriftgut.h"
#include "jobs/jobs.h"

namespace akte {

/// Of the Akten and Vorgänge whose last day of retention is over, some: each becomes aussonderungsreif with an entry of
/// its own. An Akte waits for all that lies in it. Gives how many; 0: nothing is left.
std::int64_t beendeAufbewahrung(Schriftgut& schriftgut, std::int64_t mandant, std::int64_t hoechstens);

/// Every night; what will not be opened again is asked for in its long-term format, too (use case 12.17).
void addAufbewahrungAuftrag(jobs::Werk& werk, Schriftgut& schriftgut);

}  // namespace akte
