#include "eingang/erkennung.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "schrift.h"

namespace eingang {
namespace {

using Art = Angabe::Art;

struct Hinweis {
  std::string_view wort;
  Schreiben art;
};

/// In a Betreff, in order: what stands first wins.
constexpr std::array<Hinweis, 27> imBetreff{{
    {"zahlungserinnerung", Schreiben::Mahnung},
    {"mahnung", Schreiben::Mahnung},
    {"widerspruch", Schreiben::Widerspruch},
    {"einspruch", Schreiben::Widerspruch},
    {"kündigung", Schreiben::Kuendigung},
    {"kuendigung", Schreiben::Kuendigung},
    {"kundigung", Schreiben::Kuendigung},
    {"beschwerde", Schreiben::Beschwerde},
    {"mängelmeldung", Schreiben::Beschwerde},
    {"einwand", Schreiben::Beschwerde},
    {"angebot", Schreiben::Angebot},
    {"kostenvoranschlag", Schreiben::Angebot},
    {"antrag", Schreiben::Antrag},
    {"mittelabruf", Schreiben::Antrag},
    {"rechnung", Schreiben::Rechnung},
    {"abmeldung", Schreiben::Abmeldung},
    {"anmeldung", Schreiben::Anmeldung},
    {"anzeige", Schreiben::Anmeldung},
    {"stellungnahme", Schreiben::Stellungnahme},
    {"anhörung", Schreiben::Stellungnahme},
    {"einladung", Schreiben::Einladung},
    {"anfrage", Schreiben::Anfrage},
    {"nachfrage", Schreiben::Anfrage},
    {"frage", Schreiben::Anfrage},
    {"auskunft", Schreiben::Anfrage},
    {"zuwendungsbescheid", Schreiben::Bescheid},
    {"genehmigung", Schreiben::Bescheid},
}};

/// In the text itself: what only such a letter says.
constexpr std::array<Hinweis, 14> imText{{
    {"widerspruch ein", Schreiben::Widerspruch},
    {"lege ich widerspruch", Schreiben::Widerspruch},
    {"hiermit kündige", Schreiben::Kuendigung},
    {"kündige ich", Schreiben::Kuendigung},
    {"rechnungsbetrag", Schreiben::Rechnung},
    {"rechnungsnummer", Schreiben::Rechnung},
    {"mahngebühr", Schreiben::Mahnung},
    {"beantrage ich", Schreiben::Antrag},
    {"beantrage sie", Schreiben::Antrag},
    {"wir beantragen", Schreiben::Antrag},
    {"ich beantrage", Schreiben::Antrag},
    {"melde ich hiermit", Schreiben::Anmeldung},
    {"laden wir", Schreiben::Einladung},
    {"rechtsbehelfsbelehrung", Schreiben::Bescheid},
}};

template <std::size_t N>
std::optional<std::pair<Schreiben, Stelle>> find(std::string_view klein, std::size_t from,
                                                 const std::array<Hinweis, N>& hinweise) {
  for (const auto& [wort, art] : hinweise)
    if (const auto at = klein.find(wort); at != std::string_view::npos)
      return std::pair{art, Stelle{from + at, from + at + wort.size()}};
  return std::nullopt;
}

/// A line that can be a Betreff: words, and no address, label, date or formula.
bool kannBetreffSein(const Schrift& schrift, const Zeile& zeile) {
  const auto klein = schrift.klein(zeile);
  if (klein.size() < 6 || klein.size() > 220) return false;
  if (klein.find('@') != std::string_view::npos || klein.starts_with("seite ") || klein.starts_with("an:") ||
      klein.starts_with("von:"))
    return false;
  if (klein.find(" · ") != std::string_view::npos) return false;
  const auto letters = std::ranges::count_if(klein, istBuchstabe);
  if (letters * 2 < static_cast<std::ptrdiff_t>(klein.size())) return false;
  const auto digits = std::ranges::count_if(klein.substr(0, 5), istZiffer);
  return digits < 4;
}

bool istTagZeile(const Schrift& schrift, const Zeile& zeile, const std::vector<Tag>& tage) {
  return std::ranges::any_of(tage, [&](const Tag& tag) {
    return tag.stelle.von >= zeile.von && tag.stelle.bis <= zeile.bis &&
           (zeile.bis - zeile.von) - (tag.stelle.bis - tag.stelle.von) < 24 && schrift.klein(zeile).size() < 60 &&
           tag.stelle.bis + 2 > zeile.bis;
  });
}

/// Without a greeting: the longest line that begins with the kind of letter; what stands under the sender; the first
/// line, where that is not somebody's name.
void ohneAnrede(const Schrift& schrift, Erkannt& out) {
  const auto& zeilen = schrift.zeilen();
  const Zeile* best = nullptr;
  const auto tage = tageIn(schrift);
  const auto take = [&](const Zeile& zeile) {
    const auto klein = schrift.klein(zeile);
    const bool satz = klein.ends_with('.') || klein.ends_with(':') || klein.ends_with(',');
    return !satz && klein.size() <= 140 && kannBetreffSein(schrift, zeile) && !istTagZeile(schrift, zeile, tage) &&
           klein.find("betrag") == std::string_view::npos &&
           (!out.absender || zeile.von >= out.absender->stelle.bis || zeile.bis <= out.absender->stelle.von);
  };
  const bool titel = !zeilen.empty() && take(zeilen[0]) && !schrift.klein(zeilen[0]).starts_with("stadt ");
  if (titel && nenntSchreiben(schrift.klein(zeilen[0]))) best = zeilen.data();
  for (std::size_t n = 0; best != zeilen.data() && n < std::min<std::size_t>(zeilen.size(), 25); ++n) {
    const auto klein = schrift.klein(zeilen[n]);
    const auto word = klein.substr(0, klein.find(' '));
    if (take(zeilen[n]) && find(word, 0, imBetreff) && (best == nullptr || klein.size() > best->bis - best->von))
      best = &zeilen[n];
  }
  const bool kopfzeile = out.anschrift && out.anschrift->wert.find(" · ") != std::string::npos;
  for (std::size_t n = 0; best == nullptr && kopfzeile && n < zeilen.size(); ++n)
    if (zeilen[n].von >= out.anschrift->stelle.bis && take(zeilen[n])) {
      best = &zeilen[n];
      if (n > 12) best = nullptr;
      break;
    }
  // Two words alone are a name more often than a title.
  if (best == nullptr && titel && std::ranges::count(schrift.klein(zeilen[0]), ' ') >= 2) best = zeilen.data();
  if (best != nullptr) out.betreff = schrift.fund(*best);
}

void erkenneBetreff(const Schrift& schrift, const std::vector<Angabe>& angaben, Erkannt& out) {
  for (const auto& angabe : angaben)
    if (angabe.art == Art::betreff && angabe.wert.bis - angabe.wert.von >= 3) {
      out.betreff = schrift.fund(angabe.wert.von, angabe.wert.bis);
      return;
    }
  const auto& zeilen = schrift.zeilen();
  const auto anrede = anredeIn(schrift);
  if (anrede > 0 && anrede < zeilen.size()) {
    const auto tage = tageIn(schrift);
    for (std::size_t n = anrede; n-- > 0 && anrede - n <= 4;) {
      if (!kannBetreffSein(schrift, zeilen[n]) || istTagZeile(schrift, zeilen[n], tage)) continue;
      // A long one goes over two lines.
      const bool wrapped = n > 0 && zeilen[n - 1].bis - zeilen[n - 1].von > 55 && !zeilen[n].absatz &&
                           kannBetreffSein(schrift, zeilen[n - 1]);
      out.betreff = schrift.fund(zeilen[wrapped ? n - 1 : n].von, zeilen[n].bis);
      return;
    }
  }
  ohneAnrede(schrift, out);
}

}  // namespace

bool nenntSchreiben(std::string_view klein) { return find(klein, 0, imBetreff).has_value(); }

std::size_t anredeIn(const Schrift& schrift) {
  static constexpr std::array<std::string_view, 12> words{"sehr geehrt", "guten tag", "guten morgen", "guten abend",
                                                          "hallo",       "liebe ",    "lieber ",      "moin",
                                                          "werte ",      "geehrte",   "sehr geerhte", "anrede"};
  const auto& zeilen = schrift.zeilen();
  for (std::size_t i = 0; i < std::min<std::size_t>(zeilen.size(), 120); ++i)
    if (std::ranges::any_of(words, [&](auto word) { return schrift.klein(zeilen[i]).starts_with(word); }) &&
        zeilen[i].bis - zeilen[i].von < 90)
      return i;
  return zeilen.size();
}

void erkenneSchreiben(const Schrift& schrift, Erkannt& out) {
  std::optional<std::pair<Schreiben, Stelle>> found;
  if (out.betreff) {
    const auto& s = out.betreff->stelle;
    found = find(schrift.klein().substr(s.von, s.bis - s.von), s.von, imBetreff);
  }
  const auto& zeilen = schrift.zeilen();
  if (!found && !zeilen.empty() && !schrift.klein(zeilen[0]).starts_with("von:"))
    found = find(schrift.klein(zeilen[0]), zeilen[0].von, imBetreff);
  if (!found) found = find(schrift.klein().substr(0, 4000), 0, imText);
  if (!found) return;
  out.schreiben = found->first;
  out.schreibenStelle = found->second;
}

Erkannt erkennen(std::string_view utf8, const Umstaende& umstaende) {
  Erkannt out;
  const Schrift schrift(utf8);
  const auto angaben = angabenIn(schrift);
  for (const auto& angabe : angaben)
    if (angabe.art == Art::unserZeichen && !out.fremdesZeichen)
      out.fremdesZeichen = schrift.fund(angabe.wert.von, angabe.wert.bis);
  erkenneAbsender(schrift, umstaende, out);
  erkenneTage(schrift, umstaende, out);
  erkenneBetreff(schrift, angaben, out);
  erkenneSchreiben(schrift, out);
  erkenneBetraege(schrift, out);
  out.zeichen = zeichenIn(schrift.text());
  // What was read but cannot be said (invalid bytes, nothing but blanks) is not found.
  for (auto* fund : {&out.betreff, &out.absender, &out.anschrift, &out.email, &out.fremdesZeichen})
    if (*fund && (*fund)->wert.empty()) fund->reset();
  return out;
}

}  // namespace eingang
