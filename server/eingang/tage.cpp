// What the days in a letter mean: its own date, a deadline, the letter that it answers.
#include <algorithm>
#include <array>

#include "schrift.h"

namespace eingang {
namespace {

constexpr std::size_t most = 20;

/// Up to `bytes` of text before a place, without what a page or a paragraph parts from it.
std::string_view davor(const Schrift& schrift, std::size_t at, std::size_t bytes) {
  auto von = at > bytes ? at - bytes : 0;
  auto part = schrift.klein().substr(von, at - von);
  for (const std::string_view end : {"\n\n", "\f", ". ", ".\n", "; "})
    // A dot after a digit belongs to a day: "vom 26. bis 28. Juni".
    for (auto cut = part.find(end); cut != std::string_view::npos; cut = part.find(end, cut + 1))
      if (end[0] != '.' || cut == 0 || !istZiffer(part[cut - 1])) {
        part.remove_prefix(cut + end.size());
        cut = 0;
      }
  return part;
}

bool endetMit(std::string_view text, std::string_view wort) {
  while (text.ends_with(' ') || text.ends_with('\n') || text.ends_with(':')) text.remove_suffix(1);
  return text.ends_with(wort) && (text.size() == wort.size() || !istBuchstabe(text[text.size() - wort.size() - 1]));
}

/// "bis zum", "spätestens am", "zahlbar bis": what a deadline is announced by, directly before the day.
bool istFrist(std::string_view davor) {
  static constexpr std::array<std::string_view, 10> words{
      "bis zum",   "bis",        "spätestens am", "spaetestens am", "spätestens zum",
      "fällig am", "fällig zum", "fällig",        "vor dem",        "frist"};
  if (!std::ranges::any_of(words, [&](auto word) { return endetMit(davor, word); })) return false;
  // "vom 26. bis 28. Juni" is a span and no deadline.
  auto at = davor.rfind("bis");
  if (at == std::string_view::npos || davor.size() - at > 9) return true;
  while (at > 0 && (davor[at - 1] == ' ' || davor[at - 1] == '.')) --at;
  return at == 0 || !istZiffer(davor[at - 1]);
}

/// "Kündigung zum", "kündige … zum": a day on which something ends.
bool istTermin(std::string_view davor) {
  return endetMit(davor, "zum") &&
         (davor.find("kündig") != std::string_view::npos || davor.find("widerruf") != std::string_view::npos ||
          davor.find("abmeld") != std::string_view::npos);
}

/// The noun of "Ihr Schreiben vom", "Ihrem Bescheid vom", "der Bescheid vom"; nothing where the day is no reference.
std::optional<std::size_t> bezugVor(std::string_view davor) {
  if (!endetMit(davor, "vom")) return std::nullopt;
  static constexpr std::array<std::string_view, 9> own{"ihr ",   "ihre ", "ihrem ", "ihren ", "ihrer ",
                                                       "ihres ", "lhr ",  "lhre ",  "lhrem "};
  std::size_t at = std::string_view::npos;
  for (const auto word : own) {
    const auto found = davor.rfind(word);
    if (found != std::string_view::npos && (found == 0 || !istBuchstabe(davor[found - 1])) && davor.size() - found < 90)
      at = at == std::string_view::npos ? found : std::max(at, found);
  }
  if (at != std::string_view::npos) return at;
  static constexpr std::array<std::string_view, 10> nouns{"bescheid",     "schreiben", "brief",      "gebührenbescheid",
                                                          "aufforderung", "anhörung",  "bestellung", "auftrag",
                                                          "mitteilung",   "nachricht"};
  for (const auto noun : nouns) {
    const auto found = davor.rfind(noun);
    if (found != std::string_view::npos && davor.size() - found < 40) {
      auto begin = found;
      while (begin > 0 && istBuchstabe(davor[begin - 1])) --begin;
      return begin;
    }
  }
  return std::nullopt;
}

bool istNebenher(std::string_view davor) {
  static constexpr std::array<std::string_view, 6> words{"geboren am",  "geb.",    "geb. am",
                                                         "eingegangen", "eingang", "lieferung"};
  return std::ranges::any_of(words, [&](auto word) { return endetMit(davor, word); });
}

class Tage {
 public:
  Tage(const Schrift& schrift, const Umstaende& umstaende, Erkannt& out)
      : schrift_(schrift), umstaende_(umstaende), out_(out), tage_(tageIn(schrift)) {}

  void run() {
    angaben();
    for (const auto& tag : tage_) one(tag);
    if (!out_.datum) ownDate();
    relative();
  }

 private:
  void angaben() {
    for (const auto& angabe : angabenIn(schrift_)) {
      const bool datum = angabe.art == Angabe::Art::datum;
      if (!datum && angabe.art != Angabe::Art::ihreNachricht) continue;
      for (const auto& tag : tage_) {
        if (tag.stelle.von < angabe.wert.von || tag.stelle.bis > angabe.wert.bis) continue;
        const auto day = datumOf(tag, umstaende_.heute, /*zurueck=*/true);
        if (!day || *day > umstaende_.heute) continue;
        if (datum && !out_.datum)
          out_.datum = DatumFund{*day, tag.stelle};
        else if (!datum && out_.bezuege.size() < most)
          out_.bezuege.push_back({*day, "Ihre Nachricht", tag.stelle});
      }
    }
  }

  void one(const Tag& tag) {
    const auto before = davor(schrift_, tag.stelle.von, 120);
    if (istFrist(before) || istTermin(before)) {
      // Never before the letter itself; the letter's own date is not known for sure here, so today's year counts.
      if (const auto day = datumOf(tag, out_.datum ? out_.datum->wert : umstaende_.heute, /*zurueck=*/false);
          day && out_.fristen.size() < most)
        out_.fristen.push_back(
            {*day, words(tag.stelle.von - std::min(before.size(), lastWords(before)), tag.stelle.bis), tag.stelle});
      return;
    }
    const auto bezug = bezugVor(before);
    const auto day = datumOf(tag, umstaende_.heute, /*zurueck=*/true);
    if (!bezug || !day || *day > umstaende_.heute || out_.bezuege.size() >= most) return;
    const auto von = tag.stelle.von - before.size() + *bezug;
    const bool known =
        std::ranges::any_of(out_.bezuege, [&](const auto& one) { return one.stelle.bis == tag.stelle.bis; });
    if (!known) out_.bezuege.push_back({*day, words(von, tag.stelle.bis), {von, tag.stelle.bis}});
  }

  /// A day that stands alone in its line, or after a place ("Haselrode, den 15. November 2026"), in the head.
  void ownDate() {
    const auto anrede = anredeIn(schrift_);
    const auto& zeilen = schrift_.zeilen();
    const auto end = anrede < zeilen.size() ? zeilen[anrede].von : std::min<std::size_t>(schrift_.text().size(), 1500);
    const Tag* best = nullptr;
    int bestRank = 2;  // a day in the middle of a line may be anything
    for (const auto& tag : tage_) {
      if (tag.stelle.von >= end || tag.jahr == 0) continue;
      const auto day = datumOf(tag, umstaende_.heute, true);
      if (!day || *day > umstaende_.heute) continue;
      const int rank = rankOf(tag);
      if (rank > bestRank) {
        best = &tag;
        bestRank = rank;
      }
    }
    if (best != nullptr) out_.datum = DatumFund{datumOf(*best, umstaende_.heute, true).value(), best->stelle};
  }

  int rankOf(const Tag& tag) const {
    const auto& zeilen = schrift_.zeilen();
    const auto line = std::ranges::find_if(zeilen, [&](const auto& one) { return one.bis >= tag.stelle.bis; });
    if (line == zeilen.end() || line->von > tag.stelle.von) return 0;
    const auto before = schrift_.klein().substr(line->von, tag.stelle.von - line->von);
    const auto above = line == zeilen.begin() ? std::string_view() : schrift_.klein(*std::prev(line));
    if (istNebenher(before) || istNebenher(above) || above.find("eingegangen") != std::string_view::npos ||
        above == "eingang")
      return 0;
    if (endetMit(before, "vom") || istFrist(before)) return 0;
    const bool atEnd = line->bis - tag.stelle.bis <= 1;
    if (endetMit(before, "den")) return 4;
    if (before.empty() && atEnd) return 3;
    if (atEnd && (before.ends_with("· ") || (before.size() < 40 && before.ends_with(", ")))) return 3;
    return 0;
  }

  /// "innerhalb von zwei Wochen", "binnen eines Monats", "innerhalb von 14 Tagen".
  void relative() {
    const auto klein = schrift_.klein();
    for (const std::string_view begin : {"innerhalb ", "binnen "})
      for (auto at = klein.find(begin); at != std::string_view::npos && out_.fristen.size() < most;
           at = klein.find(begin, at + 1)) {
        const auto rest = klein.substr(at, 60);
        std::size_t end = std::string_view::npos;
        for (const std::string_view unit : {"tagen", "wochen", "woche", "monats", "monaten", "jahres"})
          if (const auto found = rest.find(unit); found != std::string_view::npos)
            end = std::min(end, found + unit.size());
        if (end == std::string_view::npos || rest.substr(0, end).find('.') != std::string_view::npos) continue;
        while (end < rest.size() && istBuchstabe(rest[end])) ++end;
        out_.fristen.push_back({std::nullopt, words(at, at + end), {at, at + end}});
      }
  }

  static std::size_t lastWords(std::string_view before) {
    const auto trimmed = before.find_last_not_of(" \n");
    if (trimmed == std::string_view::npos) return 0;
    auto at = before.rfind(' ', trimmed);
    if (at != std::string_view::npos && at > 0) at = before.rfind(' ', at - 1);
    return at == std::string_view::npos ? before.size() : before.size() - at - 1;
  }
  std::string words(std::size_t von, std::size_t bis) const { return schrift_.fund(von, bis).wert; }

  const Schrift& schrift_;
  const Umstaende& umstaende_;
  Erkannt& out_;
  std::vector<Tag> tage_;
};

}  // namespace

void erkenneTage(const Schrift& schrift, const Umstaende& umstaende, Erkannt& out) {
  Tage(schrift, umstaende, out).run();
}

}  // namespace eingang
