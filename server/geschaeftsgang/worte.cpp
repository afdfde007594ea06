#include "worte.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "geschaeftsgang/frist.h"

namespace geschaeftsgang {
namespace {

struct Artwort {
  Schrittart art;
  std::string_view kurz;
  std::initializer_list<std::string_view> worte;  ///< folded, without dots
};
using A = Schrittart;
const Artwort arten[] = {
    {A::bearbeitung, "Bearbeitung", {"bearbeitung", "zb", "bearb", "bearbeiten"}},
    {A::mitzeichnung, "Mz", {"mz", "zmz", "mitzeichnung", "mitzeichnen"}},
    {A::schlusszeichnung, "Sz", {"sz", "zsz", "schlusszeichnung", "schlusszeichnen"}},
    {A::kenntnis, "Kenntnis", {"kenntnis", "zk", "kts", "kenntnisnahme"}},
    {A::stellungnahme, "Stellungnahme", {"stellungnahme", "stn", "zstn"}},
    {A::pruefung, "Prüfung", {"pruefung", "pr", "zpr", "pruefen"}},
    {A::ruecksprache, "b.R.", {"br", "ruecksprache"}},
    {A::wiedervorlage, "Wv", {"wv", "zwv", "wiedervorlage"}},
    {A::versand, "Versand", {"versand", "versenden"}},
    {A::zda, "zdA", {"zda", "akten"}},
};

std::string ohnePunkte(std::string_view wort) {
  auto out = gefaltet(wort);
  std::erase(out, '.');
  return out;
}

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool endsWord(char c) { return isSpace(c) || c == ',' || c == ';' || c == '"'; }

std::optional<int> number(std::string_view text) {
  if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  return std::stoi(std::string(text));
}

std::optional<base::Datum> calendarDay(int year, int month, int day) {
  return base::Datum::parse(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

/// 15.12. or 15.12.2026 or 15.12.26 or 2026-12-15; without a year the next such day.
std::optional<base::Datum> numericDay(std::string_view wort, const base::Datum& heute) {
  if (auto iso = base::Datum::parse(wort)) return iso;
  const auto dot = wort.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto second = wort.find('.', dot + 1);
  const auto rest = second == std::string_view::npos ? std::string_view{} : wort.substr(second + 1);
  const auto day = number(wort.substr(0, dot)),
             month = number(wort.substr(dot + 1, second == std::string_view::npos ? second : second - dot - 1));
  if (!day || !month || *day > 31 || *month > 12) return std::nullopt;
  if (!rest.empty()) {
    const auto year = number(rest);
    if (!year || (rest.size() != 2 && rest.size() != 4)) return std::nullopt;
    return calendarDay(rest.size() == 2 ? 2000 + *year : *year, *month, *day);
  }
  for (int year = heute.year(); year < heute.year() + 8; ++year)  // 29 February comes again
    if (const auto found = calendarDay(year, *month, *day); found && *found >= heute) return found;
  return std::nullopt;
}

constexpr std::array<std::string_view, 7> wochentage{"montag",  "dienstag", "mittwoch", "donnerstag",
                                                     "freitag", "samstag",  "sonntag"};

std::optional<base::Datum> namedDay(const std::string& wort, const base::Datum& heute) {
  if (wort == "heute") return heute;
  if (wort == "morgen") return plusTage(heute, 1);
  if (wort == "uebermorgen") return plusTage(heute, 2);
  for (int i = 0; i < 7; ++i) {
    const auto name = wochentage.at(static_cast<std::size_t>(i));
    if (wort != name && wort != name.substr(0, 2) && !(i == 5 && wort == "sonnabend")) continue;
    const int away = (i - wochentag(heute) + 7) % 7;
    return plusTage(heute, away == 0 ? 7 : away);
  }
  return std::nullopt;
}

}  // namespace

std::string_view kuerzel(Schrittart art) { return std::ranges::find(arten, art, &Artwort::art)->kurz; }

std::string gefaltet(std::string_view text) {
  struct Ersatz {
    std::string_view von, nach;
  };
  static constexpr Ersatz ersatz[] = {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"ß", "ss"}, {"ć", "c"}, {"č", "c"},
                                      {"é", "e"},  {"è", "e"},  {"ě", "e"},  {"ń", "n"},  {"ó", "o"}, {"ř", "r"},
                                      {"š", "s"},  {"ś", "s"},  {"ž", "z"},  {"ź", "z"},  {"ł", "l"}, {"ğ", "g"},
                                      {"ı", "i"},  {"ç", "c"},  {"ş", "s"},  {"á", "a"},  {"à", "a"}, {"ÿ", "y"}};
  const auto lower = base::foldCase(text);
  std::string out;
  for (std::size_t at = 0; at < lower.size();) {
    const auto rest = std::string_view(lower).substr(at);
    const auto* hit = std::ranges::find_if(ersatz, [&](const auto& e) { return rest.starts_with(e.von); });
    if (hit != std::end(ersatz)) {
      out += hit->nach;
      at += hit->von.size();
    } else {
      out += lower[at++];
    }
  }
  return out;
}

std::vector<Zeichen> zerlege(std::string_view zeile) {
  std::vector<Zeichen> out;
  std::size_t at = 0;
  const auto quoted = [&](Zeichen& into) {
    const auto end = zeile.find('"', at + 1);
    into.offen = end == std::string_view::npos;
    into.wert += zeile.substr(at + 1, into.offen ? end : end - at - 1);
    at = into.offen ? zeile.size() : end + 1;
  };
  while (at < zeile.size()) {
    if (isSpace(zeile[at])) {
      ++at;
      continue;
    }
    Zeichen one{Zeichenart::wort, at, at, {}};
    if (zeile[at] == ',' || zeile[at] == ';') {
      one.art = Zeichenart::komma;
      one.wert = zeile[at++];
    } else if (zeile[at] == '"') {
      one.art = Zeichenart::zitat;
      quoted(one);
    } else {
      if (zeile[at] == '@') {
        one.art = Zeichenart::nennung;
        ++at;
      }
      while (at < zeile.size() && !endsWord(zeile[at])) one.wert += zeile[at++];
      // @stelle:"Leitung Bauamt" and @"Leitung Bauamt"
      if (one.art == Zeichenart::nennung && at < zeile.size() && zeile[at] == '"' &&
          (one.wert.empty() || one.wert.back() == ':'))
        quoted(one);
    }
    one.bis = at;
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<Schrittart> artFrom(std::string_view wort) {
  const auto plain = ohnePunkte(wort);
  for (const auto& one : arten)
    if (std::ranges::find(one.worte, plain) != one.worte.end()) return one.art;
  return std::nullopt;
}

bool fuellwort(std::string_view wort) {
  static constexpr std::string_view worte[] = {"zur", "zum", "z", "zu", "den", "an", "bitte", "die", "der", "das"};
  return std::ranges::find(worte, ohnePunkte(wort)) != std::end(worte);
}

const std::vector<std::string>& alleWorte() {
  static const std::vector<std::string> worte = [] {
    std::vector<std::string> out;
    for (const auto& one : arten) out.emplace_back(one.kurz);
    for (const auto* more : {"Mitzeichnung", "Schlusszeichnung", "Wiedervorlage", "Rücksprache", "dann", "und", "bis",
                             "am", "in", "einer von", "Mehrheit von", "heute", "morgen", "übermorgen", "Montag",
                             "Dienstag", "Mittwoch", "Donnerstag", "Freitag"})
      out.emplace_back(more);
    return out;
  }();
  return worte;
}

int abstand(std::string_view a, std::string_view b) {
  constexpr int most = 3;
  if (a.size() > b.size() + most || b.size() > a.size() + most || a.size() > 60 || b.size() > 60) return most;
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int other = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = std::exchange(row[j], other);
    }
  }
  return std::min(row.back(), most);
}

std::vector<std::string> aehnliche(std::string_view wort) {
  const auto plain = ohnePunkte(wort);
  std::vector<std::pair<int, std::string>> near;
  for (const auto& one : alleWorte()) {
    const auto other = ohnePunkte(one);
    const int apart = other.starts_with(plain) && plain.size() >= 2 ? 0 : abstand(plain, other);
    if (apart < (other.size() <= 3 ? 2 : 3)) near.emplace_back(apart, one);
  }
  std::ranges::stable_sort(near, {}, &std::pair<int, std::string>::first);
  std::vector<std::string> out;
  for (const auto& [apart, one] : near)
    if (out.size() < 3) out.push_back(one);
  return out;
}

std::optional<Tag> tagFrom(const std::vector<Zeichen>& zeichen, std::size_t at, const base::Datum& heute) {
  const auto word = [&](std::size_t i) {
    return i < zeichen.size() && zeichen[i].art == Zeichenart::wort ? gefaltet(zeichen[i].wert) : std::string();
  };
  const auto first = word(at);
  if (first.empty()) return std::nullopt;
  if (auto day = numericDay(first, heute)) return Tag{*day, 1};
  std::string plain = first;
  if (plain.ends_with('.')) plain.pop_back();
  if (auto day = namedDay(plain, heute)) return Tag{*day, 1};
  const bool in = first == "in";
  const auto count = word(at + (in ? 1 : 0)), unit = word(at + (in ? 2 : 1));
  const auto many = count == "einem" || count == "einer" ? std::optional(1) : number(count);
  if (!many || *many > 1000 || unit.empty()) return std::nullopt;
  const std::size_t laenge = in ? 3 : 2;
  if (unit == "tag" || unit == "tage" || unit == "tagen") return Tag{plusTage(heute, *many), laenge};
  if (unit == "woche" || unit == "wochen") return Tag{plusTage(heute, *many * 7), laenge};
  if (unit == "monat" || unit == "monate" || unit == "monaten")
    return Tag{berechne({heute, Beginn::ereignis, std::max(*many, 1), Einheit::monate, {}})->schritte[1].tag, laenge};
  return std::nullopt;
}

std::string kurzerTag(const base::Datum& tag) {
  return fmt::format("{}.{}.{}", tag.text().substr(8, 2), tag.text().substr(5, 2), tag.text().substr(0, 4));
}

}  // namespace geschaeftsgang
