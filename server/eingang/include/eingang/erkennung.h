#pragma once
// What a letter says of itself: pure functions of its text. Nothing here is certain; a person checks it.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"

namespace eingang {

/// Bytes of the text from which something was read; half open.
struct Stelle {
  std::size_t von = 0, bis = 0;
  friend bool operator==(const Stelle&, const Stelle&) = default;
};

struct TextFund {
  std::string wert{};
  Stelle stelle{};
};
struct DatumFund {
  base::Datum wert{};
  Stelle stelle{};
};

/// What kind of letter it is, in the words of a registry.
enum class Schreiben : std::uint8_t {
  Schreiben,
  Rechnung,
  Mahnung,
  Angebot,
  Antrag,
  Widerspruch,
  Kuendigung,
  Beschwerde,
  Anmeldung,
  Abmeldung,
  Anfrage,
  Stellungnahme,
  Einladung,
  Bescheid,
};
BOOST_DESCRIBE_ENUM(Schreiben, Schreiben, Rechnung, Mahnung, Angebot, Antrag, Widerspruch, Kuendigung, Beschwerde,
                    Anmeldung, Abmeldung, Anfrage, Stellungnahme, Einladung, Bescheid)

struct BetragFund {
  std::int64_t cent = 0;
  bool gesamt = false;  ///< its line calls it the sum to be paid
  Stelle stelle{};
};

/// A day by which something is to be done, or the words of a period ("innerhalb von zwei Wochen") without a day.
struct FristFund {
  std::optional<base::Datum> datum{};
  std::string wortlaut{};
  Stelle stelle{};
};

/// What the letter answers: "Ihr Schreiben vom 22. Oktober".
struct BezugFund {
  base::Datum datum{};
  std::string wortlaut{};
  Stelle stelle{};
};

/// A sign as somebody may have written it. `form` is its groups of letters and digits in small letters, parted by
/// dots: `632.10-4/2026-2` gives `632.10.4.2026.2`. The table of signs is indexed by the same form.
struct ZeichenFund {
  std::string form{};
  bool verbessert = false;  ///< letters that OCR puts for digits were read as digits, or a year of two digits as four
  Stelle stelle{};
};

struct Erkannt {
  std::optional<TextFund> betreff{}, absender{}, anschrift{}, email{}, fremdesZeichen{};
  std::optional<DatumFund> datum{};
  Schreiben schreiben{};
  std::optional<Stelle> schreibenStelle{};
  std::vector<BetragFund> betraege{};
  std::vector<FristFund> fristen{};
  std::vector<BezugFund> bezuege{};
  std::vector<ZeichenFund> zeichen{};
};

struct Umstaende {
  base::Datum heute{};       ///< a letter is not from the future; days without a year are read from here
  std::string empfaenger{};  ///< the town's own name, so that its address is not taken for the sender's
};

/// Longest beginning of a text, in bytes, that is read; what matters in a letter stands on its first pages.
inline constexpr std::size_t gelesen = 200'000;

/// Reads a letter of German layout (DIN 5008), a mail as the extractor writes it, or anything else as far as it goes.
/// Never fails.
[[nodiscard]] Erkannt erkennen(std::string_view utf8, const Umstaende& umstaende);

/// What could be a sign of an Akte, a Vorgang or a Dokument, most likely reading of each place first; at most 200.
[[nodiscard]] std::vector<ZeichenFund> zeichenIn(std::string_view utf8);

/// The form of one sign, as in ZeichenFund.
[[nodiscard]] std::string zeichenForm(std::string_view zeichen);

/// A sender as one key, however he is written: the mail address where there is one, else the name in small letters
/// without what parts words.
[[nodiscard]] std::string absenderSchluessel(std::string_view absender);

/// The mail address in `Name <name@example>` or alone; empty without.
[[nodiscard]] std::string emailIn(std::string_view absender);

}  // namespace eingang
