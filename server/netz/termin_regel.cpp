// When a series takes place: pure rules.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "geschaeftsgang/frist.h"
#include "netz/termin.h"

namespace netz {

using base::Code;
using base::fail;
using geschaeftsgang::plusTage;
using geschaeftsgang::wochentag;

namespace {

constexpr std::array<std::string_view, 7> tage{"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
constexpr std::array<std::string_view, 7> namen{"Montag",  "Dienstag", "Mittwoch", "Donnerstag",
                                                "Freitag", "Samstag",  "Sonntag"};
constexpr int meiste = 60;  ///< events of one series

std::optional<int> numberOf(std::string_view text) {
  int out = 0;
  const auto* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, out);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return out;
}

tl::unexpected<base::Error> falsch() {
  return fail(Code::EingabeUngueltig,
              "Diese Regel ist nicht verständlich. Beispiel: FREQ=MONTHLY;BYDAY=3FR;COUNT=12 (jeder dritte Freitag im "
              "Monat, zwölfmal).",
              "regel");
}

Result<void> readPart(Regel& out, std::string_view name, std::string_view value) {
  if (name == "FREQ") {
    if (value != "MONTHLY" && value != "WEEKLY") return falsch();
    out.monatlich = value == "MONTHLY";
    return {};
  }
  if (name == "BYDAY") {
    if (value.size() < 2) return falsch();
    const auto day = std::ranges::find(tage, value.substr(value.size() - 2));
    if (day == tage.end()) return falsch();
    out.wochentag = static_cast<int>(day - tage.begin());
    const auto which = value.substr(0, value.size() - 2);
    if (which.empty()) return {};
    const auto number = numberOf(which);
    if (!number || ((*number < 1 || *number > 4) && *number != -1)) return falsch();
    out.welcher = *number;
    return {};
  }
  const auto number = numberOf(value);
  if (name == "INTERVAL" && number && *number >= 1 && *number <= 12) {
    out.abstand = *number;
    return {};
  }
  if (name == "COUNT" && number && *number >= 1 && *number <= meiste) {
    out.anzahl = *number;
    return {};
  }
  return falsch();
}

base::Datum ersterOf(int year, int month) { return base::Datum::of(year, month, 1); }
int monthOf(const base::Datum& tag) { return std::stoi(tag.text().substr(5, 2)); }

/// The day that the rule names in a month.
base::Datum dayIn(const Regel& regel, int year, int month) {
  if (regel.welcher > 0) {
    const auto first = ersterOf(year, month);
    return plusTage(first, (regel.wochentag - wochentag(first) + 7) % 7 + 7 * (regel.welcher - 1));
  }
  const auto last = plusTage(month == 12 ? ersterOf(year + 1, 1) : ersterOf(year, month + 1), -1);
  return plusTage(last, -((wochentag(last) - regel.wochentag + 7) % 7));
}

}  // namespace

Result<Regel> liesRegel(std::string_view text) {
  Regel out;
  bool freq = false, byday = false;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find(';', at), text.size());
    const auto part = text.substr(at, end - at);
    const auto eq = part.find('=');
    if (eq == std::string_view::npos) return falsch();
    AKTENLOTSE_TRY(readPart(out, part.substr(0, eq), part.substr(eq + 1)));
    freq = freq || part.starts_with("FREQ=");
    byday = byday || part.starts_with("BYDAY=");
    at = end + 1;
  }
  if (!freq || !byday || out.anzahl == 0 || out.monatlich != (out.welcher != 0)) return falsch();
  return out;
}

std::string worteOf(const Regel& regel) {
  static constexpr std::array<std::string_view, 5> welcher{"letzter", "erster", "zweiter", "dritter", "vierter"};
  const auto day = namen.at(static_cast<std::size_t>(regel.wochentag));
  const auto often = fmt::format("{}-mal", regel.anzahl);
  if (!regel.monatlich)
    return regel.abstand == 1 ? fmt::format("jeden {}, {}", day, often)
                              : fmt::format("alle {} Wochen am {}, {}", regel.abstand, day, often);
  const auto which = welcher.at(static_cast<std::size_t>(std::max(regel.welcher, 0)));
  return regel.abstand == 1 ? fmt::format("{} {} im Monat, {}", which, day, often)
                            : fmt::format("{} {} in jedem {}. Monat, {}", which, day, regel.abstand, often);
}

std::vector<base::Datum> tageOf(const Regel& regel, const base::Datum& ab, std::string_view land) {
  geschaeftsgang::Kalender kalender;
  kalender.land = geschaeftsgang::landFrom(land).value_or(geschaeftsgang::Land::SN);
  std::vector<base::Datum> out;
  const auto wanted = static_cast<std::size_t>(regel.anzahl);
  const auto take = [&](const base::Datum& tag) {
    const auto holiday = geschaeftsgang::keinWerktag(kalender, tag);
    if (tag >= ab && (!holiday || *holiday == "Samstag" || *holiday == "Sonntag")) out.push_back(tag);
  };
  if (!regel.monatlich) {
    auto tag = plusTage(ab, (regel.wochentag - wochentag(ab) + 7) % 7);
    for (; out.size() < wanted; tag = plusTage(tag, 7 * regel.abstand)) take(tag);
    return out;
  }
  int year = ab.year(), month = monthOf(ab);
  // The first month in which the day is still to come is the one that the interval counts from.
  if (dayIn(regel, year, month) < ab && ++month > 12) ++year, month = 1;
  for (; out.size() < wanted; month += regel.abstand) {
    while (month > 12) ++year, month -= 12;
    take(dayIn(regel, year, month));
  }
  return out;
}

std::optional<base::Zeitpunkt> moment(const base::Datum& tag, std::string_view uhrzeit) {
  if (uhrzeit.size() != 5 || uhrzeit[2] != ':') return std::nullopt;
  const auto hour = numberOf(uhrzeit.substr(0, 2)), minute = numberOf(uhrzeit.substr(3));
  if (!hour || !minute || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59) return std::nullopt;
  // Clocks change at night, between the ends of two days; by day the offset is that of the day's end.
  constexpr std::int64_t day = 24 * 3600;
  const base::Zeitpunkt end{base::endOfDay(tag).micros + 1};
  return end.plusSeconds(*hour * 3600 + *minute * 60 - day);
}

std::string uhrzeitOf(base::Zeitpunkt zeit) {
  constexpr std::int64_t day = 24LL * 3600 * 1'000'000;
  const auto left = base::endOfDay(base::Datum::of(zeit)).micros + 1 - zeit.micros;
  const auto minutes = (day - left) / 60'000'000;
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

std::string inWorten(base::Zeitpunkt zeit) {
  return fmt::format("{}, {} Uhr", geschaeftsgang::langerTag(base::Datum::of(zeit)), uhrzeitOf(zeit));
}

}  // namespace netz
