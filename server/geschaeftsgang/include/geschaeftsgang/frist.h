#pragma once
// Periods as the law counts them, and why: §§ 187, 188, 193 BGB (through § 31 VwVfG), the fiction of § 41 Abs. 2 VwVfG,
// holidays of all Länder. Pure rules: no clock, no tables.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/describe.h"
#include "base/result.h"

namespace geschaeftsgang {

enum class Land : std::uint8_t { BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH };
BOOST_DESCRIBE_ENUM(Land, BW, BY, BE, BB, HB, HH, HE, MV, NI, NW, RP, SL, SN, ST, SH, TH)
[[nodiscard]] std::string_view nameOf(Land land);
/// From the name or the two letters of a Land.
[[nodiscard]] std::optional<Land> landFrom(std::string_view text);

/// Whose holidays count. The three days are holidays only in parts of a Land: Fronleichnam in parishes of Sachsen and
/// Thüringen, Mariä Himmelfahrt in Catholic ones of Bayern, the Friedensfest in Augsburg.
struct Kalender {
  Land land = Land::SN;
  bool fronleichnam = false, mariaeHimmelfahrt = false, friedensfest = false;
};

struct Feiertag {
  base::Datum tag{};
  std::string_view name;
};
/// Easter Sunday of the Gregorian calendar, for any year from 1583.
[[nodiscard]] base::Datum ostersonntag(int jahr);
/// All holidays of a year in order, as the law of that year had them (from 1995).
[[nodiscard]] std::vector<Feiertag> feiertage(const Kalender& kalender, int jahr);
/// The name of the holiday, "Samstag" or "Sonntag"; nothing for a working day.
[[nodiscard]] std::optional<std::string> keinWerktag(const Kalender& kalender, const base::Datum& tag);
[[nodiscard]] base::Datum plusTage(const base::Datum& tag, int tage);
/// 0 = Monday.
[[nodiscard]] int wochentag(const base::Datum& tag);
/// "Freitag, 4. Dezember 2026".
[[nodiscard]] std::string langerTag(const base::Datum& tag);

enum class Einheit : std::uint8_t { tage, wochen, monate, jahre };
BOOST_DESCRIBE_ENUM(Einheit, tage, wochen, monate, jahre)

/// What makes the period begin.
enum class Beginn : std::uint8_t {
  ereignis,     ///< something happened in the course of the day (receipt, event): § 187 Abs. 1
  tagesbeginn,  ///< the day itself counts from its first moment: § 187 Abs. 2
  post,         ///< a notice was posted within Germany, or sent by e-mail, on the day: § 41 Abs. 2 VwVfG
};
BOOST_DESCRIBE_ENUM(Beginn, ereignis, tagesbeginn, post)

struct Fristfrage {
  base::Datum tag{};
  Beginn beginn = Beginn::ereignis;
  int dauer = 1;
  Einheit einheit = Einheit::monate;
  Kalender kalender{};
};

/// One step of the explanation: the day that it reaches, why, and by which rule.
struct Fristschritt {
  base::Datum tag{};
  std::string satz{}, regel{};
};
BOOST_DESCRIBE_STRUCT(Fristschritt, (), (tag, satz, regel))

struct Frist {
  base::Datum beginn{};  ///< the day of the event or of service, from which is counted
  base::Datum ende{};    ///< the last day
  std::vector<Fristschritt> schritte{};
  std::vector<std::string> anders{};  ///< what would change the result
  std::string kalender{};
};
BOOST_DESCRIBE_STRUCT(Frist, (), (beginn, ende, schritte, anders, kalender))

/// Refuses a length below 1 or above 1000, and days outside 1995 to 2999.
[[nodiscard]] base::Result<Frist> berechne(const Fristfrage& frage);

}  // namespace geschaeftsgang
