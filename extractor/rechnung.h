#pragma once
#include <optional>

#include "result.h"

namespace extractor {

/// The invoice in an XML: Cross Industry Invoice (ZUGFeRD 1.0 to 2.x, Factur-X, XRechnung) or UBL (XRechnung). Nothing
/// when it is another XML, or one without an invoice number. Broken XML gives what stood before the break.
[[nodiscard]] std::optional<Rechnung> readRechnung(Bytes xml);

}  // namespace extractor
