// The block of references of a business letter: labels with their values beside or under them (DIN 5008).
#include <algorithm>
#include <array>

#include "schrift.h"

namespace eingang {
namespace {

using Art = Angabe::Art;

struct Marke {
  std::string_view wort;
  Art art;
};

/// Longer ones first where one begins with another.
constexpr std::array<Marke, 46> marken{{
    {"ihr zeichen, ihre nachricht vom", Art::andere},
    {"ihr zeichen/ihre nachricht vom", Art::andere},
    {"unser zeichen, unsere nachricht vom", Art::andere},
    {"ihr aktenzeichen", Art::ihrZeichen},
    {"ihr geschäftszeichen", Art::ihrZeichen},
    {"ihr az", Art::ihrZeichen},
    {"ihr zeichen", Art::ihrZeichen},
    {"ihre zeichen", Art::ihrZeichen},
    {"lhr zeichen", Art::ihrZeichen},
    {"ihre nachricht vom", Art::ihreNachricht},
    {"ihre nachricht", Art::ihreNachricht},
    {"ihr schreiben vom", Art::ihreNachricht},
    {"unser aktenzeichen", Art::unserZeichen},
    {"unser geschäftszeichen", Art::unserZeichen},
    {"unsere zeichen", Art::unserZeichen},
    {"unser zeichen", Art::unserZeichen},
    {"mein zeichen", Art::unserZeichen},
    {"mein aktenzeichen", Art::unserZeichen},
    {"geschäftszeichen", Art::unserZeichen},
    {"geschaeftszeichen", Art::unserZeichen},
    {"aktenzeichen", Art::unserZeichen},
    {"kassenzeichen", Art::unserZeichen},
    {"vorgangsnummer", Art::unserZeichen},
    {"rechnungsnummer", Art::unserZeichen},
    {"rechnungs-nr.", Art::unserZeichen},
    {"rechnungsnr.", Art::unserZeichen},
    {"rechnung nr.", Art::unserZeichen},
    {"az.", Art::unserZeichen},
    {"az:", Art::unserZeichen},
    {"gz.", Art::unserZeichen},
    {"gz:", Art::unserZeichen},
    {"ort, datum", Art::datum},
    {"rechnungsdatum", Art::datum},
    {"datum", Art::datum},
    {"betreff", Art::betreff},
    {"betrifft", Art::betreff},
    {"betr.", Art::betreff},
    {"von:", Art::von},
    {"kundennummer", Art::andere},
    {"weitere nummer", Art::andere},
    {"lieferung", Art::andere},
    {"bearbeitung", Art::andere},
    {"telefon", Art::andere},
    {"telefax", Art::andere},
    {"kontakt", Art::andere},
    {"e-mail", Art::andere},
}};

struct Beginn {
  Art art{};
  std::size_t wert = 0;  ///< where the value begins; the line's end when it stands elsewhere
};

/// The label that a line begins with. Without a colon the value must look like one: a whole sentence that begins with
/// such a word is none.
std::optional<Beginn> markeAt(const Schrift& schrift, const Zeile& zeile) {
  const auto klein = schrift.klein(zeile);
  const auto found = std::ranges::find_if(marken, [&](const Marke& marke) { return klein.starts_with(marke.wort); });
  if (found == marken.end()) return std::nullopt;
  auto at = found->wort.size();
  const bool own = found->wort.ends_with(':') || found->wort.ends_with('.');
  bool colon = found->wort.ends_with(':');
  while (at < klein.size() && (klein[at] == ' ' || klein[at] == ':' || klein[at] == '\t' || klein[at] == '.')) {
    colon = colon || klein[at] == ':';
    ++at;
  }
  if (at < klein.size() && at == found->wort.size() && !own) return std::nullopt;  // the beginning of a longer word
  if (found->art == Art::betreff && !colon && at < klein.size()) return std::nullopt;
  return Beginn{found->art, zeile.von + at};
}

bool istZeichen(std::string_view wert) {
  if (wert.size() < 2 || wert.size() > 45) return false;
  const bool ziffer = std::ranges::any_of(wert, istZiffer);
  const bool gross = std::ranges::all_of(wert, [](char c) { return !(c >= 'a' && c <= 'z'); });
  return ziffer || (gross && wert.size() >= 3);
}

/// Where the value ends that shares its line with other things: at a gap, or at the next label of the line.
std::size_t endeOf(const Schrift& schrift, Art art, std::size_t von, std::size_t bis) {
  if (art != Art::ihrZeichen && art != Art::unserZeichen) return bis;
  const auto rest = schrift.klein().substr(von, bis - von);
  auto end = std::min({rest.find("  "), rest.find(" vom "), rest.find(" datum"), rest.find(" ihr "), rest.find(", "),
                       rest.find(" unser"), rest.find(" ·"), rest.size()});
  while (end > 0 && (rest[end - 1] == ' ' || rest[end - 1] == '.' || rest[end - 1] == ';' || rest[end - 1] == ','))
    --end;
  return von + end;
}

void add(const Schrift& schrift, Art art, std::size_t von, std::size_t bis, std::vector<Angabe>& out) {
  const bool zeichen = art == Art::ihrZeichen || art == Art::unserZeichen;
  // "Vorgangsnummer des Online-Dienstes: OD-1"
  if (const auto colon = schrift.klein().substr(von, bis - von).rfind(": "); zeichen && colon != std::string_view::npos)
    von += colon + 2;
  const auto end = endeOf(schrift, art, von, bis);
  if (von >= end) return;
  if (zeichen && !istZeichen(schrift.text().substr(von, end - von))) return;
  out.push_back({art, {von, end}});
}

}  // namespace

std::vector<Angabe> angabenIn(const Schrift& schrift) {
  std::vector<Angabe> out;
  const auto& zeilen = schrift.zeilen();
  const auto most = std::min<std::size_t>(zeilen.size(), 80);
  std::vector<Art> leer;  // labels whose values come below, in the same order
  for (std::size_t i = 0; i < most; ++i) {
    const auto marke = markeAt(schrift, zeilen[i]);
    if (marke && marke->wert >= zeilen[i].bis) {
      leer.push_back(marke->art);
      continue;
    }
    if (marke) add(schrift, marke->art, marke->wert, zeilen[i].bis, out);
    if (!marke && !leer.empty()) {
      for (std::size_t n = 0; n < leer.size() && i + n < zeilen.size(); ++n)
        add(schrift, leer[n], zeilen[i + n].von, zeilen[i + n].bis, out);
      i += leer.size() - 1;
    }
    leer.clear();
  }
  return out;
}

}  // namespace eingang
