#pragma once
// The words of Akten and Vorgänge: their signs and Betreffe, found by the beginnings of their words. Private to the
// room.
#include "suche/suche.h"
#include "text/analyser.h"

namespace suche {

/// The objects in whose sign and Betreff words begin with all of these, the newest first, of those that `wanted` takes,
/// until `found` says no.
void eachMitWorten(const sql::ReadTx& tx, std::int64_t mandant, const std::vector<std::string>& beginnings,
                   const std::function<bool(std::int64_t)>& wanted, const std::function<bool(std::int64_t)>& found);

}  // namespace suche
