#pragma once
// The lines and days of a letter, with their places. Private to the room.
#include "eingang/erkennung.h"

namespace eingang {

/// One line that is not blank, without the white space around it.
struct Zeile {
  std::size_t von = 0, bis = 0;
  bool absatz = false;  ///< a blank line or a page's end stands before it
};

/// Small letters, also of Latin-1, in as many bytes, so that places stay.
[[nodiscard]] std::string kleingeschrieben(std::string_view utf8);

/// A text by its lines.
class Schrift {
 public:
  explicit Schrift(std::string_view utf8);

  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view klein() const { return klein_; }
  [[nodiscard]] const std::vector<Zeile>& zeilen() const { return zeilen_; }
  [[nodiscard]] std::string_view text(const Zeile& zeile) const { return part(text_, zeile); }
  [[nodiscard]] std::string_view klein(const Zeile& zeile) const { return part(klein_, zeile); }
  [[nodiscard]] TextFund fund(std::size_t von, std::size_t bis) const;
  [[nodiscard]] TextFund fund(const Zeile& zeile) const { return fund(zeile.von, zeile.bis); }

 private:
  static std::string_view part(std::string_view all, const Zeile& zeile) {
    return all.substr(zeile.von, zeile.bis - zeile.von);
  }
  std::string_view text_;
  std::string klein_;
  std::vector<Zeile> zeilen_;
};

struct Tag {
  Stelle stelle{};
  int tag = 0, monat = 0, jahr = 0;  ///< year 0: none was written
};

/// Days as they are written in German: 18.11.2026, 18. November 2026, 18. Nov., 2026-11-18. In order of their places.
[[nodiscard]] std::vector<Tag> tageIn(const Schrift& schrift);

/// The day, with the year that fits best where none was written: the last such day up to `heute` (`zurueck`), or the
/// next one from it.
[[nodiscard]] std::optional<base::Datum> datumOf(const Tag& tag, const base::Datum& heute, bool zurueck);

[[nodiscard]] bool istBuchstabe(char c);  ///< letter of ASCII, or a byte of any other character
[[nodiscard]] bool istZiffer(char c);
/// Words of both texts are the same without regard to what parts them.
[[nodiscard]] bool enthaeltWort(std::string_view klein, std::string_view wort);

// Parts of `erkennen`.
void erkenneAbsender(const Schrift& schrift, const Umstaende& umstaende, Erkannt& out);
void erkenneBetraege(const Schrift& schrift, Erkannt& out);
void erkenneTage(const Schrift& schrift, const Umstaende& umstaende, Erkannt& out);
void erkenneSchreiben(const Schrift& schrift, Erkannt& out);
/// What stands beside or under its label in the block of references: "Ihr Zeichen", "Datum", …
struct Angabe {
  enum class Art : std::uint8_t { ihrZeichen, unserZeichen, ihreNachricht, datum, betreff, von, andere } art{};
  Stelle wert{};
};
[[nodiscard]] std::vector<Angabe> angabenIn(const Schrift& schrift);
/// Whether a text names a kind of letter, as a Betreff does.
[[nodiscard]] bool nenntSchreiben(std::string_view klein);
/// The line that greets, or the number of lines.
[[nodiscard]] std::size_t anredeIn(const Schrift& schrift);

}  // namespace eingang
