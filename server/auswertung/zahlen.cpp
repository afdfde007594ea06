#include <algorithm>
#include <charconv>
#include <chrono>

#include "auswertung/auswertung.h"

namespace auswertung {
namespace {

std::chrono::sys_days daysOf(const base::Datum& tag) {
  const auto part = [&](std::size_t at, std::size_t length) {
    int value = 0;
    std::from_chars(tag.text().data() + at, tag.text().data() + at + length, value);
    return value;
  };
  return std::chrono::year(part(0, 4)) / part(5, 2) / part(8, 2);
}

}  // namespace

std::optional<std::int64_t> quantil(std::vector<std::int64_t> werte, int prozent) {
  if (werte.empty()) return std::nullopt;
  const auto rank = std::max<std::size_t>(1, (werte.size() * static_cast<std::size_t>(prozent) + 99) / 100);
  const auto at = werte.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::ranges::nth_element(werte, at);
  return *at;
}

std::int64_t tageZwischen(const base::Datum& von, const base::Datum& bis) {
  return (daysOf(bis) - daysOf(von)).count();
}

std::string csvFeld(std::string_view text) {
  std::string value(text);
  // Programs that open it would calculate what begins so.
  if (!value.empty() && std::string_view("=+-@\t\r").find(value.front()) != std::string_view::npos) value = "'" + value;
  if (value.find_first_of(";\"\n\r") == std::string::npos) return value;
  std::string out = "\"";
  for (const char c : value) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace auswertung
