#include <algorithm>
#include <array>
#include <charconv>

#include "text/query.h"

namespace text {
namespace {

struct Teile {
  std::array<std::int64_t, 3> zahlen{};
  std::size_t anzahl = 0;
  bool jahrZuerst = false;
};

/// Up to three numbers with points, hyphens or slashes between.
std::optional<Teile> teileOf(std::string_view text) {
  Teile out;
  while (!text.empty()) {
    if (out.anzahl == 3) return std::nullopt;
    const auto end = std::min(text.find_first_of(".-/"), text.size());
    auto& zahl = out.zahlen.at(out.anzahl);
    const auto read = std::from_chars(text.data(), text.data() + end, zahl);
    if (end == 0 || end > 4 || read.ec != std::errc{} || read.ptr != text.data() + end) return std::nullopt;
    if (out.anzahl++ == 0) out.jahrZuerst = end == 4;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (out.anzahl == 0) return std::nullopt;
  return out;
}

std::optional<Zeitraum> einer(std::string_view text) {
  auto teile = teileOf(text);
  if (!teile) return std::nullopt;
  if (!teile->jahrZuerst)
    std::reverse(teile->zahlen.begin(), teile->zahlen.begin() + static_cast<std::ptrdiff_t>(teile->anzahl));
  const auto [jahr, monat, tag] = teile->zahlen;
  if (jahr < 1000 || jahr > 9999 || (teile->anzahl > 1 && (monat < 1 || monat > 12)) ||
      (teile->anzahl > 2 && (tag < 1 || tag > 31)))
    return std::nullopt;
  if (teile->anzahl == 1) return Zeitraum{jahr * 10000, jahr * 10000 + 1231};
  if (teile->anzahl == 2) return Zeitraum{jahr * 10000 + monat * 100, jahr * 10000 + monat * 100 + 31};
  const auto day = jahr * 10000 + monat * 100 + tag;
  return Zeitraum{day, day};
}

}  // namespace

std::optional<Zeitraum> parseZeitraum(std::string_view text) {
  const auto dots = text.find("..");
  if (dots == std::string_view::npos) return einer(text);
  const auto from = text.substr(0, dots), to = text.substr(dots + 2);
  if (from.empty() && to.empty()) return std::nullopt;
  Zeitraum out;
  if (!from.empty()) {
    const auto begin = einer(from);
    if (!begin) return std::nullopt;
    out.von = begin->von;
  }
  if (!to.empty()) {
    const auto end = einer(to);
    if (!end) return std::nullopt;
    out.bis = end->bis;
  }
  if (out.von > out.bis) return std::nullopt;
  return out;
}

}  // namespace text
