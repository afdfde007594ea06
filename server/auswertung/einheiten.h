#pragma once
// Of which units somebody may ask for figures. Private to the room.
#include "auswertung/auswertung.h"

namespace auswertung {

using akte::OrganisationseinheitKurz;
using base::Result;
using http::None;
using http::Verb;
using mandant::Berechtigung;
using mandant::Recht;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

using Einheiten = std::vector<mandant::OrganisationseinheitZeile>;

/// One that was never set stands at 0: nobody is named.
[[nodiscard]] AuswertungsregelZeile regelOf(Tx tx, std::int64_t mandant);
/// Units that the person heads, with all below.
[[nodiscard]] Einheiten geleitete(Tx tx, const Berechtigung& wer);
/// The same, or all for the administration.
[[nodiscard]] Einheiten reichweite(Tx tx, const Berechtigung& wer);
/// One unit with all below it, of those in reach.
[[nodiscard]] Einheiten darunter(const Einheiten& all, const base::Uuid& oben);
[[nodiscard]] OrganisationseinheitKurz kurz(const Einheiten& all, std::int64_t id);

void addLageRoute(http::Routes& routes, Zugang& zugang);

}  // namespace auswertung
