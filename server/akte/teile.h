#pragma once
#include "akte/schriftgut.h"

namespace akte {

/// "Rechnung 4711 von Muster GmbH".
[[nodiscard]] std::string titelOf(const extract::Rechnung& rechnung);
/// What is kept of an invoice; keys are left to the caller.
[[nodiscard]] RechnungZeile rechnungOf(const extract::Rechnung& rechnung);

}  // namespace akte
