#include <fmt/format.h>

#include "kalender.h"

namespace netz {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) >= ' ')
      out += c;
  }
  return out;
}

/// Lines of at most 75 bytes; one that goes on begins with a space.
void line(std::string& out, std::string_view text) {
  for (bool first = true; first || !text.empty(); first = false) {
    const auto piece = base::cutUtf8(text, first ? 75 : 74);
    out += first ? "" : " ";
    out += piece;
    out += "\r\n";
    text.remove_prefix(piece.size());
  }
}

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
    line(out, head);
  for (const auto& one : eintraege) {
    line(out, "BEGIN:VEVENT");
    line(out, fmt::format("UID:{}@aktenlotse", one.uuid.text()));
    line(out, "DTSTAMP:" + compact(jetzt.iso()));
    line(out, "DTSTART:" + compact(one.beginn));
    line(out, "DTEND:" + compact(one.ende));
    line(out, "SUMMARY:" + escaped(one.titel));
    if (!one.text.empty()) line(out, "DESCRIPTION:" + escaped(one.text));
    if (!one.ort.empty()) line(out, "LOCATION:" + escaped(one.ort));
    line(out, one.abgesagt ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
    line(out, "END:VEVENT");
  }
  line(out, "END:VCALENDAR");
  return out;
}

}  // namespace netz
