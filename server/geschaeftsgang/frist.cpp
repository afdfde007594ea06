// How a period is counted, told while it is counted.
#include "geschaeftsgang/frist.h"

#include <fmt/format.h>

#include <chrono>

namespace geschaeftsgang {
namespace {

using base::Datum;

/// The day so many months later with the same number, or the last of its month (§ 188 Abs. 3 BGB).
struct Monatstag {
  Datum tag{};
  bool fehlt = false;
};
Monatstag plusMonate(const Datum& tag, int monate) {
  const int months = tag.year() * 12 + std::stoi(tag.text().substr(5, 2)) - 1 + monate;
  const auto year = std::chrono::year(months / 12);
  const auto month = std::chrono::month(static_cast<unsigned>(months % 12 + 1));
  const auto day = static_cast<unsigned>(std::stoi(tag.text().substr(8, 2)));
  const auto last =
      static_cast<unsigned>(std::chrono::year_month_day_last{year, std::chrono::month_day_last{month}}.day());
  return {Datum::of(static_cast<int>(year), static_cast<int>(static_cast<unsigned>(month)),
                    static_cast<int>(std::min(day, last))),
          day > last};
}

std::string lengthOf(int dauer, Einheit einheit) {
  constexpr std::string_view one[] = {"Tag", "Woche", "Monat", "Jahr"}, many[] = {"Tage", "Wochen", "Monate", "Jahre"};
  const auto at = static_cast<std::size_t>(einheit);
  return fmt::format("{} {}", dauer, dauer == 1 ? one[at] : many[at]);
}

class Rechner {
 public:
  explicit Rechner(const Fristfrage& frage) : frage_(frage) {}

  Frist run() {
    out_.kalender = kalenderName();
    bekanntgabe();
    const auto last = zaehle();
    werktag(last);
    if (frage_.beginn != Beginn::tagesbeginn)
      out_.anders.emplace_back(
          "Beginnt die Frist mit dem Anfang eines Tages statt mit einem Ereignis (§ 187 Abs. 2 BGB), endet sie vor der "
          "Verschiebung auf einen Werktag einen Tag früher.");
    return std::move(out_);
  }

 private:
  void add(const Datum& tag, std::string satz, std::string_view regel) {
    out_.schritte.push_back({tag, std::move(satz), std::string(regel)});
  }

  /// The day from which is counted.
  void bekanntgabe() {
    const auto& tag = frage_.tag;
    out_.beginn = tag;
    if (frage_.beginn == Beginn::post) {
      const int days = tag.year() >= 2025 ? 4 : 3;
      out_.beginn = plusTage(tag, days);
      add(tag, fmt::format("Aufgabe zur Post oder elektronische Absendung am {}.", langerTag(tag)), "");
      add(out_.beginn,
          fmt::format("Der Bescheid gilt am {} Tag danach als bekannt gegeben: {}{}.",
                      days == 4 ? "vierten" : "dritten", langerTag(out_.beginn),
                      keinWerktag(frage_.kalender, out_.beginn) ? " (auch wenn das kein Werktag ist)" : ""),
          "§ 41 Abs. 2 VwVfG");
      out_.anders.emplace_back(
          "Ging der Bescheid gar nicht oder später zu, zählt der wirkliche Zugang; die Behörde muss "
          "ihn im Zweifel nachweisen (§ 41 Abs. 2 Satz 3 VwVfG).");
      out_.anders.emplace_back(days == 4 ? "Wurde vor dem 1. Januar 2025 abgesandt, gilt der dritte Tag."
                                         : "Wurde ab dem 1. Januar 2025 abgesandt, gilt der vierte Tag.");
      out_.anders.emplace_back("Bei förmlicher Zustellung zählt der Tag der Zustellung (§ 41 Abs. 5 VwVfG).");
    }
    if (frage_.beginn == Beginn::tagesbeginn)
      add(tag, fmt::format("Die Frist beginnt mit dem Anfang des Tages; {} zählt mit.", langerTag(tag)),
          "§ 187 Abs. 2 BGB");
    else
      add(out_.beginn,
          fmt::format("Der Tag, in dessen Lauf das Ereignis fällt, zählt nicht mit: {}.", langerTag(out_.beginn)),
          "§ 187 Abs. 1 BGB");
  }

  /// The last day as it is counted, before it is moved to a working day.
  Datum zaehle() {
    const bool ganz = frage_.beginn == Beginn::tagesbeginn;
    const auto length = lengthOf(frage_.dauer, frage_.einheit);
    if (frage_.einheit == Einheit::tage) {
      const auto last = plusTage(out_.beginn, ganz ? frage_.dauer - 1 : frage_.dauer);
      add(last, fmt::format("{}: die Frist endet mit Ablauf ihres letzten Tages, {}.", length, langerTag(last)),
          "§ 188 Abs. 1 BGB");
      return last;
    }
    if (frage_.einheit == Einheit::wochen) {
      const auto last = plusTage(out_.beginn, frage_.dauer * 7 - (ganz ? 1 : 0));
      add(last,
          fmt::format("{}: sie endet mit dem Tag, der {} dem Anfangstag entspricht: {}.", length,
                      ganz ? "dem Wochentag vor" : "durch seine Benennung", langerTag(last)),
          "§ 188 Abs. 2 BGB");
      return last;
    }
    auto [last, fehlt] = plusMonate(out_.beginn, frage_.dauer * (frage_.einheit == Einheit::jahre ? 12 : 1));
    if (ganz && !fehlt) last = plusTage(last, -1);
    add(last,
        fmt::format("{}: sie endet mit dem Tag, der {} dem Anfangstag entspricht: {}.", length,
                    ganz ? "der Zahl vor" : "durch seine Zahl", langerTag(last)),
        "§ 188 Abs. 2 BGB");
    if (fehlt)
      add(last, fmt::format("Diesen Tag gibt es in dem Monat nicht; es gilt dessen letzter, {}.", langerTag(last)),
          "§ 188 Abs. 3 BGB");
    return last;
  }

  void werktag(Datum last) {
    bool moved = false;
    while (const auto why = keinWerktag(frage_.kalender, last)) {
      const auto next = plusTage(last, 1);
      add(next,
          fmt::format("{} ist kein Werktag ({}); es gilt der nächste Tag, {}.", langerTag(last), *why, langerTag(next)),
          "§ 193 BGB, § 31 Abs. 3 VwVfG");
      last = next;
      moved = true;
    }
    if (!moved) add(last, fmt::format("{} ist ein Werktag; die Frist endet an ihm.", langerTag(last)), "§ 193 BGB");
    out_.ende = last;
    andererOrt(last, moved);
  }

  /// Whether the calendar of another place would give another day.
  void andererOrt(const Datum& ende, bool moved) {
    if (moved)
      out_.anders.emplace_back(
          "Ist keine Erklärung abzugeben oder Leistung zu bewirken, sondern nur eine Wartezeit "
          "abzuwarten, verschiebt sich das Ende nicht.");
    const auto elsewhere = [&](bool Kalender::*tag, std::string_view satz) {
      auto there = frage_.kalender;
      there.*tag = true;
      if (keinWerktag(there, ende))
        out_.anders.push_back(fmt::format("{} ist, wäre {} kein Werktag.", satz, langerTag(ende)));
    };
    elsewhere(&Kalender::fronleichnam, "Wo Fronleichnam Feiertag");
    elsewhere(&Kalender::mariaeHimmelfahrt, "Wo Mariä Himmelfahrt Feiertag");
    elsewhere(&Kalender::friedensfest, "Wo das Friedensfest Feiertag");
  }

  [[nodiscard]] std::string kalenderName() const {
    const auto& k = frage_.kalender;
    return fmt::format("Feiertage in {}{}{}{}", nameOf(k.land), k.fronleichnam ? " mit Fronleichnam" : "",
                       k.mariaeHimmelfahrt ? " mit Mariä Himmelfahrt" : "", k.friedensfest ? " mit Friedensfest" : "");
  }

  const Fristfrage& frage_;
  Frist out_;
};

}  // namespace

base::Result<Frist> berechne(const Fristfrage& frage) {
  if (frage.dauer < 1 || frage.dauer > 1000)
    return base::fail(base::Code::EingabeUngueltig, "Eine Frist dauert 1 bis 1000.", "dauer");
  if (frage.tag.year() < 1995 || frage.tag.year() > 2999)
    return base::fail(base::Code::EingabeUngueltig, "Fristen werden von 1995 bis 2999 berechnet.", "von");
  return Rechner(frage).run();
}

}  // namespace geschaeftsgang
