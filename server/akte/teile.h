#pragma once
#include "akte/schriftgut.h"

namespace akte {

/// "Rechnung 4711 von Muster GmbH".
[[nodiscard]] std::string titelOf(const extract::Rechnung& rechnung);
/// What is kept of an invoice; keys are left to the caller.
[[nodiscard]] RechnungZeile rechnungOf(const extract::Rechnung& rechnung);

/// A Betreff for what has none: of the mail or invoice, else the name of its file without ending and
/// underscores.
[[nodiscard]] std::string betreffFrom(const Datei& datei);
/// What is said of a file that is not opened.
[[nodiscard]] std::string hinweisOf(const Sperre& sperre);
/// Where `withTeile`, what lies in the file is a part of its text: it did not become Anlagen.
[[nodiscard]] VolltextZeile volltextOf(const Datei& datei, bool withTeile);
/// What a file says of its Dokument, in columns that are still empty.
void fillFrom(DokumentZeile& row, const Datei& datei);

}  // namespace akte
