#pragma once
#include <string>
#include <vector>

#include "result.h"

namespace extractor {

struct Zipeintrag {
  std::string name, daten;
};
/// All files of an archive, in their order. Throws Unreadable for what is broken, encrypted or grows too large.
[[nodiscard]] std::vector<Zipeintrag> zipLesen(Bytes bytes);
/// An archive of these. A first entry "mimetype" is stored as OpenDocument wants it: readable in place.
[[nodiscard]] std::string zipSchreiben(const std::vector<Zipeintrag>& entries);

}  // namespace extractor
