#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// A moment: microseconds since 1970-01-01 UTC. Stored as an integer, shown as ISO 8601 with milliseconds.
struct Zeitpunkt {
  std::int64_t micros = 0;
  friend constexpr auto operator<=>(Zeitpunkt, Zeitpunkt) = default;
  [[nodiscard]] std::string iso() const;
  [[nodiscard]] std::int64_t millis() const { return micros / 1000; }
  [[nodiscard]] Zeitpunkt plusSeconds(std::int64_t seconds) const { return {micros + seconds * 1'000'000}; }
};

/// A day of the calendar, `YYYY-MM-DD`, between 0001 and 9999.
class Datum {
 public:
  [[nodiscard]] static std::optional<Datum> parse(std::string_view text);
  /// The day in German local time (law counts periods there).
  [[nodiscard]] static Datum of(Zeitpunkt moment);
  [[nodiscard]] static Datum of(int year, int month, int day);
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] int year() const;
  [[nodiscard]] Datum plusYears(int years) const;
  [[nodiscard]] Datum endOfYear() const;
  friend auto operator<=>(const Datum&, const Datum&) = default;

 private:
  std::string text_;
};

/// Where the present time comes from; tests bring their own.
class Clock {
 public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;
  [[nodiscard]] virtual Zeitpunkt now() const = 0;
};

/// The last moment of a German day.
[[nodiscard]] Zeitpunkt endOfDay(const Datum& day);

class SystemClock : public Clock {
 public:
  [[nodiscard]] Zeitpunkt now() const override;
};

}  // namespace base
