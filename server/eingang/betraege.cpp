// Amounts of money in a letter.
#include <algorithm>
#include <array>

#include "schrift.h"

namespace eingang {
namespace {

constexpr std::size_t mostAmounts = 50;

struct Zahl {
  std::int64_t cent = 0;
  std::size_t bis = 0;
};

/// 5.334,56 or 5334,56 or 150 or 1.200,- ; nothing for more than twelve digits.
std::optional<Zahl> zahlAt(std::string_view klein, std::size_t at) {
  std::int64_t whole = 0;
  std::size_t digits = 0, group = 0;
  bool grouped = false;
  auto i = at;
  for (; i < klein.size(); ++i) {
    if (istZiffer(klein[i])) {
      if (++digits > 12 || (grouped && ++group > 3)) return std::nullopt;
      whole = whole * 10 + (klein[i] - '0');
    } else if (klein[i] == '.' && i + 3 < klein.size() && digits <= 12 && (!grouped ? digits <= 3 : group == 3) &&
               std::ranges::all_of(klein.substr(i + 1, 3), istZiffer)) {
      grouped = true;
      group = 0;
    } else {
      break;
    }
  }
  if (digits == 0 || (grouped && group != 3)) return std::nullopt;
  std::int64_t cent = 0;
  if (i + 2 < klein.size() && klein[i] == ',' && istZiffer(klein[i + 1]) && istZiffer(klein[i + 2])) {
    cent = (klein[i + 1] - '0') * 10 + (klein[i + 2] - '0');
    i += 3;
  } else if (klein.substr(i).starts_with(",-")) {
    i += 2;
    if (i < klein.size() && klein[i] == '-') ++i;
  } else if (klein.substr(i).starts_with(",–")) {
    i += 4;
  }
  if (i < klein.size() && istZiffer(klein[i])) return std::nullopt;
  return Zahl{whole * 100 + cent, i};
}

std::size_t blanks(std::string_view klein, std::size_t at) {
  while (at < klein.size() && klein[at] == ' ') ++at;
  if (klein.substr(at).starts_with("\u00a0")) at += 2;
  return at;
}

/// The currency at a place: its length, or 0.
std::size_t waehrung(std::string_view rest) {
  for (const std::string_view word : {"€", "euro", "eur"})
    if (rest.starts_with(word) && (rest.size() == word.size() || word == "€" || !istBuchstabe(rest[word.size()])))
      return word.size();
  return 0;
}

bool istGesamt(std::string_view zeile) {
  static constexpr std::array<std::string_view, 10> words{
      "rechnungsbetrag", "gesamtbetrag", "zahlbetrag",     "zu zahlen",          "endbetrag",
      "gesamtsumme",     "bruttobetrag", "zahlungsbetrag", "überweisungsbetrag", "forderungsbetrag"};
  return std::ranges::any_of(words, [&](auto word) { return zeile.find(word) != std::string_view::npos; });
}

void inZeile(const Schrift& schrift, const Zeile& zeile, Erkannt& out) {
  const auto klein = schrift.klein(zeile);
  const bool gesamt = istGesamt(klein);
  for (std::size_t at = 0; at < klein.size() && out.betraege.size() < mostAmounts;) {
    if (!istZiffer(klein[at]) ||
        (at > 0 && (istZiffer(klein[at - 1]) || klein[at - 1] == ',' || klein[at - 1] == '.'))) {
      ++at;
      continue;
    }
    const auto zahl = zahlAt(klein, at);
    if (!zahl) {
      ++at;
      continue;
    }
    const auto after = blanks(klein, zahl->bis);
    const auto length = waehrung(klein.substr(after));
    auto von = at, bis = after + length;
    bool money = length > 0;
    for (const std::string_view before : {"€ ", "eur ", "euro ", "€"})
      if (!money && at >= before.size() && klein.substr(at - before.size(), before.size()) == before) {
        money = true;
        von = at - before.size();
        bis = zahl->bis;
      }
    if (money) out.betraege.push_back({zahl->cent, gesamt, {zeile.von + von, zeile.von + bis}});
    at = std::max(bis, zahl->bis);
  }
}

}  // namespace

void erkenneBetraege(const Schrift& schrift, Erkannt& out) {
  for (const auto& zeile : schrift.zeilen()) inZeile(schrift, zeile, out);
}

}  // namespace eingang
