#pragma once
// The Postkorb: what is somebody's to do now, by what is due. Read with as many statements for a hundred items as for
// one. Private to the room.
#include "akte/uebernahme.h"
#include "mandant/vertretung.h"
#include "routen.h"

namespace geschaeftsgang {

/// `vertretung`: what is theirs for whom this person stands in; it stands apart and says for whom. `leitung`: what is
/// overdue in the units that he leads, and below them.
enum class Korb : std::uint8_t { meine, einheit, vertretung, leitung };
BOOST_DESCRIBE_ENUM(Korb, meine, einheit, vertretung, leitung)

/// What one wants to see of a basket.
enum class Auswahl : std::uint8_t { zeichnung, wiedervorlage, ueberfaellig };
BOOST_DESCRIBE_ENUM(Auswahl, zeichnung, wiedervorlage, ueberfaellig)

struct PostkorbFrage : akte::Seite {
  std::optional<Korb> korb{};        ///< by default one's own
  std::optional<Auswahl> auswahl{};  ///< by default all
};
BOOST_DESCRIBE_STRUCT(PostkorbFrage, (akte::Seite), (korb, auswahl))

struct VorgangVerweis {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string zeichen{}, betreff{};
};
BOOST_DESCRIBE_STRUCT(VorgangVerweis, (), (id, stand, zeichen, betreff))

struct SchrittKurz {
  std::int64_t stufe = 0;
  Schrittart art{};
  std::string name{};
  Schrittstatus status{};
};
BOOST_DESCRIBE_STRUCT(SchrittKurz, (), (stufe, art, name, status))

struct PostkorbEintrag {
  base::Uuid id{};  ///< of the step
  VorgangVerweis vorgang{};
  std::optional<Verweis> dokument{};
  Schrittart art{};
  AdressatAusgabe adressat{};
  OptDatum termin{};
  OptText text{};
  std::optional<PersonKurz> von{};   ///< who wants it
  std::optional<PersonKurz> fuer{};  ///< for whom it would be done, where it is another's
  std::optional<base::Zeitpunkt> seit{};
  bool zurueckgegeben = false;  ///< it came back, with the reason as text
  bool erneut = false;          ///< signed already, but there is a newer version
  std::vector<Schritthandlung> darf{};
  std::vector<SchrittKurz> laufweg{};
  OptText umlaufmappe{};                ///< its title, where it goes round
  std::int64_t stuecke = 0;             ///< how many Dokumente lie in it
  akte::Geheimhaltung geheimhaltung{};  ///< of what it is about, the strictest that the person sees
};
BOOST_DESCRIBE_STRUCT(PostkorbEintrag, (),
                      (id, vorgang, dokument, art, adressat, termin, text, von, fuer, seit, zurueckgegeben, erneut,
                       darf, laufweg, umlaufmappe, stuecke, geheimhaltung))

/// Nothing is counted further than `grenze`: there are so many, or more. Letters that wait to be filed count as well,
/// and `eingaenge` are those that nobody in one's units has taken.
struct PostkorbZahlen {
  std::int64_t meine = 0, einheit = 0, vertretung = 0, ueberfaellig = 0, heute = 0, grenze = 0, eingaenge = 0,
               leitung = 0;
};
BOOST_DESCRIBE_STRUCT(PostkorbZahlen, (), (meine, einheit, vertretung, ueberfaellig, heute, grenze, eingaenge, leitung))

struct PostkorbAusgabe {
  std::vector<PostkorbEintrag> eintraege{};
  OptText nach{};
  PostkorbZahlen zahlen{};
  std::vector<PersonKurz> vertretene{};  ///< for whom this person stands in today
  base::Datum heute{};
  /// Letters of the Posteingang, longest waiting first, on the first page: that he has taken, or that nobody in his
  /// units has.
  std::vector<akte::EingangAusgabe> eingaenge{};
};
BOOST_DESCRIBE_STRUCT(PostkorbAusgabe, (), (eintraege, nach, zahlen, vertretene, heute, eingaenge))

[[nodiscard]] Result<PostkorbAusgabe> postkorb(Tx tx, const Berechtigung& wer, const PostkorbFrage& frage,
                                               const base::Datum& heute);
[[nodiscard]] PostkorbZahlen postkorbZahlen(Tx tx, const Berechtigung& wer, const base::Datum& heute);

/// The letters of a basket, and how many there are up to `grenze`. None where the person may not file.
struct Eingaenge {
  std::vector<akte::EingangAusgabe> eintraege{};
  std::int64_t anzahl = 0;
};
[[nodiscard]] Eingaenge eingaenge(Tx tx, const Berechtigung& wer, Korb korb, const base::Datum& heute,
                                  std::int64_t limit, std::int64_t grenze);

/// An open step of a person, also one that comes back only later, and the sign of its Vorgang.
struct Termin {
  SchrittZeile schritt{};
  std::string zeichen{};
};
/// His own with a day, then those without one; at most 500.
[[nodiscard]] std::vector<Termin> termineOf(Tx tx, const Berechtigung& wer);
/// What is overdue with those for whom he stands in, as far as he does; at most 500.
[[nodiscard]] std::vector<Termin> ueberfaelligInVertretung(Tx tx, const Berechtigung& wer, const base::Datum& heute);
/// What is overdue since before `seit` with the people, Stellen and units that he leads, units below included.
[[nodiscard]] std::vector<Termin> ueberfaelligUnter(Tx tx, const Berechtigung& wer, const base::Datum& seit);

}  // namespace geschaeftsgang
