// Any table of towns is told row by row, or refused with the reason; what would be written is whole.
#include <cstdlib>
#include <set>

#include "netz/kommunen_einlesen.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const std::string_view head : {"", "AGS;ARS;Name;Textkennzeichen;Kreis;Verband;Einwohner;PLZ\n"}) {
    const auto tabelle = akte::readCsv(std::string(head) + std::string(text));
    const auto done = netz::vergleicheKommunen(tabelle, netz::mitgeliefert());
    if (!done) {
      require(!done.error().detail.empty());
      continue;
    }
    require(done->bericht.zeilen.size() + 1 == tabelle.size());
    std::set<std::string> keys;
    for (const auto& row : done->schreiben) {
      require(keys.insert(row.ags).second && !netz::landOf(row.ags).empty() && !row.name.empty());
      require(row.ags.size() == (row.art == netz::Kommuneart::landkreis ? 5U : 8U) && row.einwohner >= 0);
    }
  }
  return 0;
}
