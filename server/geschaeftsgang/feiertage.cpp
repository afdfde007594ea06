// Days and holidays.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "geschaeftsgang/frist.h"

namespace geschaeftsgang {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

sys_days daysOf(const base::Datum& tag) {
  const auto number = [&](std::size_t at, std::size_t length) { return std::stoi(tag.text().substr(at, length)); };
  return year_month_day{std::chrono::year(number(0, 4)), std::chrono::month(static_cast<unsigned>(number(5, 2))),
                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
}

base::Datum datumOf(sys_days day) {
  const year_month_day date{day};
  return base::Datum::of(static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
                         static_cast<int>(static_cast<unsigned>(date.day())));
}

constexpr std::string_view laender[] = {"Baden-Württemberg",
                                        "Bayern",
                                        "Berlin",
                                        "Brandenburg",
                                        "Bremen",
                                        "Hamburg",
                                        "Hessen",
                                        "Mecklenburg-Vorpommern",
                                        "Niedersachsen",
                                        "Nordrhein-Westfalen",
                                        "Rheinland-Pfalz",
                                        "Saarland",
                                        "Sachsen",
                                        "Sachsen-Anhalt",
                                        "Schleswig-Holstein",
                                        "Thüringen"};

bool in(Land land, std::initializer_list<Land> list) { return std::ranges::find(list, land) != list.end(); }

/// Whether a holiday of the Länder (not of all Germany) holds in a year: their laws, with the years that they changed.
struct Landestag {
  std::string_view name;
  int monat, tag;  ///< month 0: days after Easter Sunday; month 13: Buß- und Bettag
  bool (*gilt)(const Kalender&, int jahr);
};

constexpr auto BW = Land::BW, BY = Land::BY, BE = Land::BE, BB = Land::BB, HB = Land::HB, HH = Land::HH, HE = Land::HE,
               MV = Land::MV, NI = Land::NI, NW = Land::NW, RP = Land::RP, SL = Land::SL, SN = Land::SN, ST = Land::ST,
               SH = Land::SH, TH = Land::TH;

const Landestag tage[] = {
    {"Neujahr", 1, 1, [](const Kalender&, int) { return true; }},
    {"Heilige Drei Könige", 1, 6,
     [](const Kalender& k, int) {
       return in(k.land, {BW, BY, ST});
     }},
    {"Internationaler Frauentag", 3, 8,
     [](const Kalender& k, int jahr) { return (k.land == BE && jahr >= 2019) || (k.land == MV && jahr >= 2023); }},
    {"Karfreitag", 0, -2, [](const Kalender&, int) { return true; }},
    {"Ostersonntag", 0, 0, [](const Kalender& k, int) { return k.land == BB; }},
    {"Ostermontag", 0, 1, [](const Kalender&, int) { return true; }},
    {"Tag der Arbeit", 5, 1, [](const Kalender&, int) { return true; }},
    {"Tag der Befreiung", 5, 8,
     [](const Kalender& k, int jahr) { return k.land == BE && (jahr == 2020 || jahr == 2025); }},
    {"Christi Himmelfahrt", 0, 39, [](const Kalender&, int) { return true; }},
    {"Pfingstsonntag", 0, 49, [](const Kalender& k, int) { return k.land == BB; }},
    {"Pfingstmontag", 0, 50, [](const Kalender&, int) { return true; }},
    {"Fronleichnam", 0, 60,
     [](const Kalender& k, int) {
       return in(k.land, {BW, BY, HE, NW, RP, SL}) || (k.fronleichnam && in(k.land, {SN, TH}));
     }},
    {"75. Jahrestag des 17. Juni 1953", 6, 17,
     [](const Kalender& k, int jahr) { return k.land == BE && jahr == 2028; }},
    {"Friedensfest", 8, 8, [](const Kalender& k, int) { return k.land == BY && k.friedensfest; }},
    {"Mariä Himmelfahrt", 8, 15,
     [](const Kalender& k, int) { return k.land == SL || (k.land == BY && k.mariaeHimmelfahrt); }},
    {"Weltkindertag", 9, 20, [](const Kalender& k, int jahr) { return k.land == TH && jahr >= 2019; }},
    {"Tag der Deutschen Einheit", 10, 3, [](const Kalender&, int) { return true; }},
    {"Reformationstag", 10, 31,
     [](const Kalender& k, int jahr) {
       return jahr == 2017 || in(k.land, {BB, MV, SN, ST, TH}) || (jahr >= 2018 && in(k.land, {HB, HH, NI, SH}));
     }},
    {"Allerheiligen", 11, 1,
     [](const Kalender& k, int) {
       return in(k.land, {BW, BY, NW, RP, SL});
     }},
    {"Buß- und Bettag", 13, 0, [](const Kalender& k, int) { return k.land == SN; }},
    {"1. Weihnachtstag", 12, 25, [](const Kalender&, int) { return true; }},
    {"2. Weihnachtstag", 12, 26, [](const Kalender&, int) { return true; }},
};

/// The Wednesday before 23 November.
base::Datum bussUndBettag(int jahr) {
  const auto last = base::Datum::of(jahr, 11, 22);
  return plusTage(last, -((wochentag(last) + 5) % 7));
}

constexpr std::string_view wochentage[] = {"Montag",  "Dienstag", "Mittwoch", "Donnerstag",
                                           "Freitag", "Samstag",  "Sonntag"};
constexpr std::string_view monate[] = {"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                                       "Juli",   "August",  "September", "Oktober", "November", "Dezember"};

}  // namespace

std::string_view nameOf(Land land) { return laender[static_cast<std::size_t>(land)]; }

std::optional<Land> landFrom(std::string_view text) {
  if (const auto land = base::enumFrom<Land>(text)) return land;
  const auto* at = std::ranges::find(laender, text);
  if (at == std::end(laender)) return std::nullopt;
  return static_cast<Land>(at - std::begin(laender));
}

base::Datum plusTage(const base::Datum& tag, int tage) { return datumOf(daysOf(tag) + std::chrono::days(tage)); }

int wochentag(const base::Datum& tag) { return static_cast<int>(std::chrono::weekday(daysOf(tag)).iso_encoding()) - 1; }

std::string langerTag(const base::Datum& tag) {
  const year_month_day date{daysOf(tag)};
  return fmt::format("{}, {}. {} {}", wochentage[wochentag(tag)], static_cast<unsigned>(date.day()),
                     monate[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()));
}

// The rule of Meeus, Jones and Butcher.
base::Datum ostersonntag(int jahr) {
  const int a = jahr % 19, b = jahr / 100, c = jahr % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3,
            h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7,
            m = (a + 11 * h + 22 * l) / 451, n = h + l - 7 * m + 114;
  return base::Datum::of(jahr, n / 31, n % 31 + 1);
}

std::vector<Feiertag> feiertage(const Kalender& kalender, int jahr) {
  std::vector<Feiertag> out;
  for (const auto& one : tage) {
    if (!one.gilt(kalender, jahr)) continue;
    const auto tag = one.monat == 0    ? plusTage(ostersonntag(jahr), one.tag)
                     : one.monat == 13 ? bussUndBettag(jahr)
                                       : base::Datum::of(jahr, one.monat, one.tag);
    out.push_back({tag, one.name});
  }
  std::ranges::stable_sort(out, {}, &Feiertag::tag);
  return out;
}

std::optional<std::string> keinWerktag(const Kalender& kalender, const base::Datum& tag) {
  for (const auto& one : feiertage(kalender, tag.year()))
    if (one.tag == tag) return std::string(one.name);
  if (wochentag(tag) >= 5) return std::string(wochentage[wochentag(tag)]);
  return std::nullopt;
}

}  // namespace geschaeftsgang
