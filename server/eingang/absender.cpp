// Who wrote: header of a mail, line of return, block of address, signature.
#include <algorithm>
#include <array>

#include "schrift.h"

namespace eingang {
namespace {

/// "00914 Auenbrück": where it begins in the line.
std::optional<std::size_t> postleitzahl(std::string_view klein) {
  for (std::size_t i = 0; i + 6 < klein.size(); ++i) {
    if (i > 0 && (istZiffer(klein[i - 1]) || istBuchstabe(klein[i - 1]))) continue;
    if (!std::ranges::all_of(klein.substr(i, 5), istZiffer)) continue;
    if (klein[i + 5] == ' ' && istBuchstabe(klein[i + 6])) return i;
  }
  return std::nullopt;
}

bool hatZiffer(std::string_view text) { return std::ranges::any_of(text, istZiffer); }

/// A name of a person, an office, a firm.
bool istName(std::string_view klein) {
  if (klein.size() < 4 || klein.size() > 120 || klein.find('@') != std::string_view::npos || klein.ends_with(':'))
    return false;
  static constexpr std::array<std::string_view, 12> not_{"telefon",       "telefax",  "datum",      "seite ",
                                                         "sehr geehrte",  "bearbeit", "betreff",    "ihr zeichen",
                                                         "unser zeichen", "www.",     "per e-mail", "eingegangen"};
  if (std::ranges::any_of(not_, [&](auto word) { return klein.starts_with(word); })) return false;
  return std::ranges::count_if(klein, istZiffer) <= 2 && std::ranges::count_if(klein, istBuchstabe) >= 4;
}

bool istEmpfaenger(std::string_view klein, const Umstaende& umstaende) {
  static constexpr std::array<std::string_view, 7> words{"an die ", "an den ",         "an das ", "an herrn",
                                                         "an frau", "stadtverwaltung", "herrn "};
  const auto own = kleingeschrieben(umstaende.empfaenger);
  if (!own.empty() && klein.find(own) != std::string_view::npos) return true;
  return std::ranges::any_of(words, [&](auto word) { return klein.starts_with(word); });
}

/// "Name · Straße 1 · 12345 Ort", also with commas: the line of return of DIN 5008, or a sender in one line.
class Ruecksendezeile {
 public:
  static constexpr std::array<std::string_view, 6> parts{" · ", " • ", " | ", " – ", " - ", ", "};

  explicit Ruecksendezeile(std::string_view klein) {
    const auto plz = postleitzahl(klein);
    if (!plz || *plz == 0) return;
    for (const auto& part : parts) {
      const auto first = klein.find(part);
      if (first == std::string_view::npos || first > *plz) continue;
      const auto end = std::min(klein.find_first_of("·•|", *plz), klein.size());
      nameEnde = first;
      restVon = first + part.size();
      restBis = end;
      while (restBis > restVon && klein[restBis - 1] == ' ') --restBis;
      ok = restVon < restBis;
      komma = part == ", ";
      return;
    }
  }
  bool ok = false, komma = false;
  std::size_t nameEnde = 0, restVon = 0, restBis = 0;
};

/// A form names who fills it in: "Name: …", "Anschrift: …".
bool vonFormular(const Schrift& schrift, std::size_t i, Erkannt& out) {
  const auto& zeilen = schrift.zeilen();
  const auto klein = schrift.klein(zeilen[i]);
  const auto valueOf = [&](const Zeile& zeile, std::size_t label) {
    while (zeile.von + label < zeile.bis && (schrift.klein(zeile)[label] == ' ' || schrift.klein(zeile)[label] == ':'))
      ++label;
    return schrift.fund(zeile.von + label, zeile.bis);
  };
  if (!klein.starts_with("anschrift") || !postleitzahl(klein)) return false;
  for (std::size_t n = i; n-- > 0 && i - n < 8;)
    for (const std::string_view label : {"name, vorname", "name"})
      if (schrift.klein(zeilen[n]).starts_with(label)) {
        out.absender = valueOf(zeilen[n], label.size());
        out.anschrift = valueOf(zeilen[i], 9);
        return true;
      }
  return false;
}

bool istFirma(std::string_view klein) {
  static constexpr std::array<std::string_view, 8> forms{" e. v.", " e.v.", "gmbh", " ohg",
                                                         " kg",    " ag",   " eg",  " mbh"};
  return std::ranges::any_of(forms, [&](auto form) { return klein.find(form) != std::string_view::npos; });
}

bool vonZeile(const Schrift& schrift, const Umstaende& umstaende, std::size_t i, Erkannt& out) {
  const auto& zeilen = schrift.zeilen();
  const auto& zeile = zeilen[i];
  const Ruecksendezeile ruecksende(schrift.klein(zeile));
  if (!ruecksende.ok || istEmpfaenger(schrift.klein(zeile), umstaende)) return false;
  // "geführt von: Name, Straße 1, …"
  const auto label = schrift.klein(zeile).substr(0, ruecksende.nameEnde).rfind(": ");
  const auto nameVon = label == std::string_view::npos ? 0 : label + 2;
  const auto first = schrift.klein(zeile).substr(nameVon, ruecksende.nameEnde - nameVon);
  const bool above = i > 0 && istName(schrift.klein(zeilen[i - 1])) && !hatZiffer(schrift.klein(zeilen[i - 1])) &&
                     !istEmpfaenger(schrift.klein(zeilen[i - 1]), umstaende) &&
                     !nenntSchreiben(schrift.klein(zeilen[i - 1]));
  const bool amt = first.ends_with("amt") || first.find("amt ") != std::string_view::npos;
  if (!hatZiffer(first) && istName(first) && (!above || ruecksende.komma || zeile.absatz || amt || istFirma(first))) {
    auto name = schrift.fund(zeile.von + nameVon, zeile.von + ruecksende.nameEnde);
    // An office names the authority that it belongs to above itself.
    if (above && amt)
      name = {schrift.fund(zeilen[i - 1]).wert + ", " + name.wert, {zeilen[i - 1].von, name.stelle.bis}};
    out.absender = std::move(name);
    out.anschrift = schrift.fund(zeile.von + ruecksende.restVon, zeile.von + ruecksende.restBis);
    return true;
  }
  if (!above) return false;
  out.absender = schrift.fund(zeilen[i - 1]);
  out.anschrift = schrift.fund(zeile.von, zeile.von + ruecksende.restBis);
  return true;
}

/// Name, street and town one under the other.
bool vonBlock(const Schrift& schrift, const Umstaende& umstaende, std::size_t i, Erkannt& out) {
  const auto& zeilen = schrift.zeilen();
  if (postleitzahl(schrift.klein(zeilen[i])) != 0U || i < 2 || !hatZiffer(schrift.klein(zeilen[i - 1]))) return false;
  std::size_t top = i - 1;
  while (top > 0 && i - top < 5 && !zeilen[top].absatz && istName(schrift.klein(zeilen[top - 1]))) --top;
  if (top == i - 1) return false;
  for (std::size_t n = top; n <= i; ++n)
    if (n < i && istEmpfaenger(schrift.klein(zeilen[n]), umstaende)) return false;
  out.absender = schrift.fund(zeilen[top]);
  out.anschrift = schrift.fund(zeilen[i - 1].von, zeilen[i].bis);
  return true;
}

/// "Lindenweg 3", "Am Markt 12 a".
bool istStrasse(std::string_view klein) {
  const auto number = klein.find_last_of(' ');
  if (klein.size() > 60 || number == std::string_view::npos) return false;
  auto house = klein.substr(number + 1);
  auto street = klein.substr(0, number);
  if (house.size() == 1 && istBuchstabe(house[0])) {
    const auto before = street.find_last_of(' ');
    if (before == std::string_view::npos) return false;
    house = street.substr(before + 1);
    street = street.substr(0, before);
  }
  return !house.empty() && house.size() <= 6 && istZiffer(house[0]) && std::ranges::count_if(house, istZiffer) <= 4 &&
         !hatZiffer(street) && std::ranges::count_if(street, istBuchstabe) >= 4;
}

/// Name and street above all else, as people write who leave their town out.
bool vonKopf(const Schrift& schrift, const Umstaende& umstaende, Erkannt& out) {
  const auto& zeilen = schrift.zeilen();
  if (zeilen.size() < 3 || zeilen[1].absatz || !istStrasse(schrift.klein(zeilen[1]))) return false;
  const auto name = schrift.klein(zeilen[0]);
  if (!istName(name) || hatZiffer(name) || name.size() > 60 || istEmpfaenger(name, umstaende) || nenntSchreiben(name))
    return false;
  out.absender = schrift.fund(zeilen[0]);
  out.anschrift = schrift.fund(zeilen[1]);
  return true;
}

bool vonUnterschrift(const Schrift& schrift, const Umstaende& umstaende, Erkannt& out) {
  static constexpr std::array<std::string_view, 9> gruesse{
      "mit freundlichen gr", "freundliche gr",       "viele gr",      "beste gr", "herzliche gr",
      "hochachtungsvoll",    "mit freundlichem gru", "mit besten gr", "liebe gr"};
  const auto& zeilen = schrift.zeilen();
  for (std::size_t i = 0; i + 1 < zeilen.size(); ++i) {
    if (!std::ranges::any_of(gruesse, [&](auto gruss) { return schrift.klein(zeilen[i]).starts_with(gruss); }))
      continue;
    for (std::size_t n = i + 1; n < std::min(i + 4, zeilen.size()); ++n) {
      auto von = zeilen[n].von;
      for (const std::string_view prefix : {"i. a. ", "i.a. ", "im auftrag ", "gez. ", "i. v. "})
        if (schrift.klein().substr(von).starts_with(prefix)) von += prefix.size();
      const auto klein = schrift.klein().substr(von, zeilen[n].bis - von);
      if (klein == "im auftrag" || !istName(klein) || istEmpfaenger(klein, umstaende)) continue;
      if (klein.size() > 60) break;
      out.absender = schrift.fund(von, zeilen[n].bis);
      return true;
    }
  }
  return false;
}

/// The address beside the sender's name; others in a letter may be the town's own.
void erkenneEmail(const Schrift& schrift, Erkannt& out) {
  if (!out.absender) return;
  const auto& zeilen = schrift.zeilen();
  std::size_t own = 0;
  while (own < zeilen.size() && zeilen[own].bis < out.absender->stelle.bis) ++own;
  for (std::size_t i = own; i < std::min(own + 4, zeilen.size()); ++i) {
    const auto& zeile = zeilen[i];
    const auto klein = schrift.klein(zeile);
    if (klein.starts_with("an:") || klein.starts_with("kopie:")) return;
    const auto mail = emailIn(klein);
    if (mail.empty()) continue;
    const auto at = klein.find(mail);
    if (at == std::string_view::npos) continue;
    out.email = TextFund{mail, {zeile.von + at, zeile.von + at + mail.size()}};
    return;
  }
}

}  // namespace

namespace {

void erkenneName(const Schrift& schrift, const Umstaende& umstaende, Erkannt& out) {
  const auto& zeilen = schrift.zeilen();
  if (!zeilen.empty() && schrift.klein(zeilen[0]).starts_with("von: ")) {
    out.absender = schrift.fund(zeilen[0].von + 5, zeilen[0].bis);
    return;
  }
  const auto most = std::min<std::size_t>(zeilen.size(), 40);
  for (std::size_t i = 0; i < most; ++i)
    if (schrift.klein(zeilen[i]).starts_with("anschrift") ? vonFormular(schrift, i, out)
                                                          : vonZeile(schrift, umstaende, i, out))
      return;
  for (std::size_t i = 0; i < most; ++i)
    if (vonBlock(schrift, umstaende, i, out)) return;
  if (vonKopf(schrift, umstaende, out)) return;
  vonUnterschrift(schrift, umstaende, out);
}

}  // namespace

void erkenneAbsender(const Schrift& schrift, const Umstaende& umstaende, Erkannt& out) {
  erkenneName(schrift, umstaende, out);
  erkenneEmail(schrift, out);
}

}  // namespace eingang
