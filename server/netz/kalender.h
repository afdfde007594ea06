#pragma once
// iCalendar (RFC 5545) of events. Private to the room.
#include "netz/termin.h"

namespace netz {

struct Kalendereintrag {
  base::Uuid uuid{};
  std::string titel{}, text{}, ort{}, beginn{}, ende{};  ///< moments as ISO 8601 in UTC
  bool abgesagt = false;
};
[[nodiscard]] std::string kalenderOf(const std::vector<Kalendereintrag>& eintraege, base::Zeitpunkt jetzt);

}  // namespace netz
