#pragma once
#include "lage.h"
#include "rendition/trennblatt.h"

namespace rendition {

/// A section of a stack, as a file that is safe in the blob store.
struct Werkstatt::Teil {
  Abschnitt abschnitt{};
  akte::Datei datei{};
  std::int64_t nr = 0;  ///< from 1
};

}  // namespace rendition
