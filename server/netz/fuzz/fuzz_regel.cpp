// Any text is a rule that gives days in order, or is refused with the field.
#include <cstdlib>

#include "netz/termin.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto rule = netz::liesRegel(text);
  if (!rule) {
    if (rule.error().feld != "regel") std::abort();
  } else {
    const auto days = netz::tageOf(*rule, base::Datum::of(2026, 11, 28), "Sachsen");
    if (days.size() != static_cast<std::size_t>(rule->anzahl) || netz::worteOf(*rule).empty()) std::abort();
    for (std::size_t i = 1; i < days.size(); ++i)
      if (!(days[i - 1] < days[i])) std::abort();
  }
  if (const auto at = netz::moment(base::Datum::of(2026, 11, 28), text))
    if (netz::uhrzeitOf(*at) != text) std::abort();
  return 0;
}
