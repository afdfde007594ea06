#pragma once
// Words and days of the typed line. Private to the room.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "geschaeftsgang/laufzeile.h"

namespace geschaeftsgang {

enum class Zeichenart : std::uint8_t { komma, nennung, zitat, wort };
/// A piece of the line, with its place in bytes.
struct Zeichen {
  Zeichenart art{};
  std::size_t von = 0, bis = 0;
  std::string wert{};  ///< of a mention without @, of a quotation without quotes
  bool offen = false;  ///< a quotation without its end
};
[[nodiscard]] std::vector<Zeichen> zerlege(std::string_view zeile);

[[nodiscard]] std::optional<Schrittart> artFrom(std::string_view wort);
/// Words that may stand anywhere and say nothing.
[[nodiscard]] bool fuellwort(std::string_view wort);
/// All words of a line that are no names, as one writes them.
[[nodiscard]] const std::vector<std::string>& alleWorte();
/// Those nearest to a word that is none, at most three.
[[nodiscard]] std::vector<std::string> aehnliche(std::string_view wort);
/// How many letters must change, at most three.
[[nodiscard]] int abstand(std::string_view a, std::string_view b);

/// A day at the beginning of these tokens: "Fr", "15.12.", "in 3 Tagen", "morgen". `laenge` says how many it took.
struct Tag {
  base::Datum tag{};
  std::size_t laenge = 0;
};
[[nodiscard]] std::optional<Tag> tagFrom(const std::vector<Zeichen>& zeichen, std::size_t at, const base::Datum& heute);
[[nodiscard]] std::string kurzerTag(const base::Datum& tag);

}  // namespace geschaeftsgang
