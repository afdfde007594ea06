#include "base/clock.h"

#include <fmt/format.h>

#include <chrono>

namespace base {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool isDigits(std::string_view text) { return text.find_first_not_of("0123456789") == std::string_view::npos; }

/// The last Sunday of a month at 01:00 UTC, when German clocks change.
std::chrono::sys_seconds clockChange(std::chrono::year year, std::chrono::month month) {
  return sys_days{year / month / std::chrono::Sunday[std::chrono::last]} + std::chrono::hours(1);
}

std::string dayText(std::chrono::year_month_day day) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

}  // namespace

std::string Zeitpunkt::iso() const {
  const std::chrono::sys_time<std::chrono::microseconds> moment{std::chrono::microseconds(micros)};
  const auto day = std::chrono::floor<days>(moment);
  const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::milliseconds>(moment - day)};
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}Z", dayText(day), time.hours().count(), time.minutes().count(),
                     time.seconds().count(), time.subseconds().count());
}

std::optional<Datum> Datum::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
  if (!isDigits(year) || !isDigits(month) || !isDigits(day)) return std::nullopt;
  const auto number = [](std::string_view digits) { return std::stoi(std::string(digits)); };
  const std::chrono::year_month_day date{std::chrono::year(number(year)),
                                         std::chrono::month(static_cast<unsigned>(number(month))),
                                         std::chrono::day(static_cast<unsigned>(number(day)))};
  if (!date.ok() || number(year) == 0) return std::nullopt;
  return of(number(year), number(month), number(day));
}

Datum Datum::of(Zeitpunkt moment) {
  const std::chrono::sys_seconds utc{
      std::chrono::floor<std::chrono::seconds>(std::chrono::microseconds(moment.micros))};
  const auto year = std::chrono::year_month_day(std::chrono::floor<days>(utc)).year();
  const bool summer = utc >= clockChange(year, std::chrono::March) && utc < clockChange(year, std::chrono::October);
  const std::chrono::year_month_day day = std::chrono::floor<days>(utc + std::chrono::hours(summer ? 2 : 1));
  return of(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day())));
}

Datum Datum::of(int year, int month, int day) {
  Datum datum;
  datum.text_ = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  return datum;
}

int Datum::year() const { return std::stoi(text_.substr(0, 4)); }

Datum Datum::plusYears(int years) const {
  const int month = std::stoi(text_.substr(5, 2)), day = std::stoi(text_.substr(8, 2));
  const bool ok =
      std::chrono::year_month_day{std::chrono::year(year() + years), std::chrono::month(static_cast<unsigned>(month)),
                                  std::chrono::day(static_cast<unsigned>(day))}
          .ok();
  return of(year() + years, month, ok ? day : 28);
}

Datum Datum::endOfYear() const { return of(year(), 12, 31); }

Zeitpunkt endOfDay(const Datum& day) {
  const std::chrono::year_month_day date{std::chrono::year(day.year()),
                                         std::chrono::month(static_cast<unsigned>(std::stoi(day.text().substr(5, 2)))),
                                         std::chrono::day(static_cast<unsigned>(std::stoi(day.text().substr(8, 2))))};
  const auto midnight = std::chrono::sys_seconds(sys_days(date)) + days(1);
  const auto utcNoon = std::chrono::sys_seconds(sys_days(date)) + std::chrono::hours(12);
  const bool summer = utcNoon >= clockChange(date.year(), std::chrono::March) &&
                      utcNoon < clockChange(date.year(), std::chrono::October);
  const auto local = midnight - std::chrono::hours(summer ? 2 : 1);
  return {std::chrono::duration_cast<std::chrono::microseconds>(local.time_since_epoch()).count() - 1};
}

Zeitpunkt SystemClock::now() const {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

}  // namespace base
