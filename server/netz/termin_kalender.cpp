#include <fmt/format.h>

#include "base/ical.h"
#include "kalender.h"

namespace netz {
namespace {

/// "2026-12-18T08:30:00.000Z" as "20261218T083000Z".
std::string compact(std::string_view iso) {
  std::string out;
  for (const char c : iso.substr(0, 19))
    if (c != '-' && c != ':') out += c;
  return out + "Z";
}

}  // namespace

std::string kalenderOf(const std::vector<Kalendereintrag>& eintraege, base::Zeitpunkt jetzt) {
  std::string out;
  for (const auto* head : {"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Aktenlotse//Lotsennetz//DE",
                           "CALSCALE:GREGORIAN", "X-WR-CALNAME:Lotsennetz"})
    base::icalLine(out, head);
  for (const auto& one : eintraege) {
    base::icalLine(out, "BEGIN:VEVENT");
    base::icalLine(out, fmt::format("UID:{}@aktenlotse", one.uuid.text()));
    base::icalLine(out, "DTSTAMP:" + compact(jetzt.iso()));
    base::icalLine(out, "DTSTART:" + compact(one.beginn));
    base::icalLine(out, "DTEND:" + compact(one.ende));
    base::icalLine(out, "SUMMARY:" + base::icalEscaped(one.titel));
    if (!one.text.empty()) base::icalLine(out, "DESCRIPTION:" + base::icalEscaped(one.text));
    if (!one.ort.empty()) base::icalLine(out, "LOCATION:" + base::icalEscaped(one.ort));
    base::icalLine(out, one.abgesagt ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    base::icalLine(out, "END:VEVENT");
  }
  base::icalLine(out, "END:VCALENDAR");
  return out;
}

}  // namespace netz
