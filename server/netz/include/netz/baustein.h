#pragma once
// The Baustein: one JSON file with what Aktenlotse can run, signed with Ed25519 (docs/netz-format.md). Pure: reading,
// writing, and the three-way merge of what a town has with what a package brings.
#include <map>
#include <set>

#include "akte/felder.h"
#include "base/json.h"
#include "netz/werkzeug.h"

namespace netz {

inline constexpr std::size_t bausteinMax = 256 * 1024;  ///< bytes of a package

struct BausteinEinheit {
  base::Line<40> kennzeichen{};
  std::optional<base::Line<40>> ueber{};
  base::Line<300> titel{};
  std::optional<base::Prose<4000>> beschreibung{};
  std::optional<std::int64_t> aufbewahrungsdauer{};  ///< years; nothing: for ever
  akte::Aussonderungsart aussonderungsart{};
  std::optional<base::Line<60>>
      land{};  ///< of any part: only for towns of this Land, where it goes before the general one
};
BOOST_DESCRIBE_STRUCT(BausteinEinheit, (),
                      (kennzeichen, ueber, titel, beschreibung, aufbewahrungsdauer, aussonderungsart, land))

struct BausteinFeld {
  base::Line<100> typ{}, bezeichnung{};
  akte::Feldtyp art{};
  std::vector<base::Line<100>> auswahl{};
  bool pflicht = false;
  std::int64_t reihenfolge = 0;
  std::optional<base::Line<60>> land{};
};
BOOST_DESCRIBE_STRUCT(BausteinFeld, (), (typ, bezeichnung, art, auswahl, pflicht, reihenfolge, land))

/// A slip as its typed line (docs/laufweg.md).
struct BausteinLaufweg {
  base::Line<100> name{};
  base::Line<1000> zeile{};
  std::optional<base::Line<300>> wann{};
  std::optional<base::Line<60>> land{};
};
BOOST_DESCRIBE_STRUCT(BausteinLaufweg, (), (name, zeile, wann, land))

/// A text that letters are put together from.
struct BausteinText {
  base::Line<200> bezeichnung{};
  base::Prose<20000, 1> text{};
  std::optional<base::Line<60>> land{};
};
BOOST_DESCRIBE_STRUCT(BausteinText, (), (bezeichnung, text, land))

/// A template of letters, with its file.
struct BausteinVorlage {
  base::Line<200> bezeichnung{};
  akte::Dokumentart art{};
  base::Line<200> dateiname{};
  base::Prose<200'000, 1> datei{};  ///< base64
  std::optional<base::Line<60>> land{};
};
BOOST_DESCRIBE_STRUCT(BausteinVorlage, (), (bezeichnung, art, dateiname, datei, land))

/// A whole tool of the Werkzeugkoffer, such as a checklist: it becomes one of the town that adopts it.
struct BausteinWerkzeug {
  base::Line<60> schluessel{};  ///< the same in all versions
  Werkzeugart art{};
  base::Line<200> titel{};
  base::Line<300> kurz{};
  base::Line<200> fuer{};
  base::Line<60> lizenz{};
  bool bereitschaft = false;
  std::optional<base::Prose<10000>> einleitung{};
  std::vector<WerkzeugAbschnitt> abschnitte{};
  std::optional<base::Line<60>> land{};
};
BOOST_DESCRIBE_STRUCT(BausteinWerkzeug, (),
                      (schluessel, art, titel, kurz, fuer, lizenz, bereitschaft, einleitung, abschnitte, land))

struct BausteinInhalt {
  std::vector<BausteinEinheit> aktenplan{};
  std::vector<BausteinFeld> felder{};
  std::vector<BausteinLaufweg> laufwege{};
  std::vector<base::Line<60>> checklisten{};  ///< tools that are begun: of the program, or of this package
  std::optional<std::vector<BausteinText>> textbausteine{};
  std::optional<std::vector<BausteinVorlage>> vorlagen{};
  std::optional<std::vector<BausteinWerkzeug>> werkzeuge{};
};
BOOST_DESCRIBE_STRUCT(BausteinInhalt, (),
                      (aktenplan, felder, laufwege, checklisten, textbausteine, vorlagen, werkzeuge))

enum class Probenart : std::uint8_t { laufweg, frist };
BOOST_DESCRIBE_ENUM(Probenart, laufweg, frist)

/// A test case of the package: run against the town's own set-up before it is adopted.
struct BausteinProbe {
  base::Line<200> name{};
  Probenart art{};
  base::Line<100> von{};               ///< the slip's name, or the sign of the entry
  std::optional<std::int64_t> zahl{};  ///< steps that the slip must have; years of the period, nothing = for ever
};
BOOST_DESCRIBE_STRUCT(BausteinProbe, (), (name, art, von, zahl))

struct BausteinVon {
  base::Line<200> name{};
  base::Line<8, 0> ags{};
  base::Line<60, 0> land{};
};
BOOST_DESCRIBE_STRUCT(BausteinVon, (), (name, ags, land))

struct Baustein {
  base::Line<40> format{};
  std::int64_t formatversion = 1;
  base::Uuid id{};
  base::Line<20> version{};
  base::Line<200> titel{};
  base::Line<60> lizenz{};
  BausteinVon von{};
  base::Datum erstellt{};
  BausteinInhalt inhalt{};
  std::vector<BausteinProbe> proben{};
  base::Line<64> schluessel{};  ///< the public key, hex
  base::Line<128> signatur{};   ///< over the canonical form of all the rest, hex
};
BOOST_DESCRIBE_STRUCT(Baustein, (),
                      (format, formatversion, id, version, titel, lizenz, von, erstellt, inhalt, proben, schluessel,
                       signatur))

/// JSON with sorted names and without spaces; EingabeUngueltig where a number is not whole.
[[nodiscard]] base::Result<std::string> kanonisch(const boost::json::value& json);
/// A file is a whole and unaltered package, or the reason why not: ZuGross, BausteinUngueltig, BausteinUnsigniert,
/// BausteinVerfaelscht. Whose key it is is another question.
[[nodiscard]] base::Result<Baustein> liesBaustein(std::string_view datei);

/// The parts that a town of this Land takes, with their test cases.
[[nodiscard]] Baustein fuerLand(Baustein baustein, std::string_view land);
/// The bytes of a template; nothing where they are no base64.
[[nodiscard]] std::optional<std::string> bytesOf(const BausteinVorlage& vorlage);
[[nodiscard]] std::string base64(std::string_view bytes);

/// A pair of keys, hex.
struct Schluesselpaar {
  std::string oeffentlich{}, geheim{};
};
[[nodiscard]] Schluesselpaar neuesSchluesselpaar();
/// Sets key and signature, and gives the file.
[[nodiscard]] std::string unterschreibe(Baustein baustein, const Schluesselpaar& paar);
/// "1.10" is newer than "1.9"; texts that are no numbers compare as such.
[[nodiscard]] bool neuerAls(std::string_view a, std::string_view b);

// ---- the merge

enum class Teilart : std::uint8_t { aktenplan, feld, laufweg, checkliste, textbaustein, vorlage, werkzeug };
BOOST_DESCRIBE_ENUM(Teilart, aktenplan, feld, laufweg, checkliste, textbaustein, vorlage, werkzeug)
using Teil = std::pair<Teilart, std::string>;
using Felder = std::map<std::string, std::string>;
/// Parts with their values, of a package or of a town.
using Bild = std::map<Teil, Felder>;

/// Names of the package, and what they are here: signs of the plan, and who is named in slips behind the @.
using Namen = std::map<std::string, std::string>;
[[nodiscard]] Bild bildOf(const BausteinInhalt& inhalt, const Namen& namen);
/// A tool of these values, each of which is one of the package's or of the town's: in the package's order, with what
/// only the town has at the end of its section.
[[nodiscard]] BausteinWerkzeug gemischt(const BausteinWerkzeug& neu, const BausteinWerkzeug* hier, const Felder& ziel);
/// Who is named in the slips of a package, without the @.
[[nodiscard]] std::set<std::string> genannte(const BausteinInhalt& inhalt);
[[nodiscard]] std::string umbenannt(std::string_view zeile, const Namen& namen);

enum class Mischung : std::uint8_t {
  gleich,         ///< here it is as the package has it
  neu,            ///< it comes
  aendern,        ///< the package changed it, the town did not
  hierGeaendert,  ///< the town changed it, the package did not: it stays
  hierEntfernt,   ///< the town removed it: it stays away
  konflikt,       ///< both: it stays as it is here unless the clerk takes the package's
  entfallen,      ///< the package no longer has it: it stays
};
BOOST_DESCRIBE_ENUM(Mischung, gleich, neu, aendern, hierGeaendert, hierEntfernt, konflikt, entfallen)

/// One value. Of a part that comes or has gone as a whole `feld` is empty.
struct Mischzeile {
  Teil teil{};
  std::string feld{};
  Mischung was{};
  OptText basis{}, hier{}, neu{};
  /// What a clerk names to take the package's.
  [[nodiscard]] std::string name() const;
};
/// `basis`: the package as it was adopted before, or nothing.
[[nodiscard]] std::vector<Mischzeile> mische(const std::optional<Bild>& basis, const Bild& hier, const Bild& neu);
/// What the town has afterwards: conflicts named in `uebernehmen` are decided for the package.
[[nodiscard]] Bild danach(const Bild& hier, const Bild& neu, const std::vector<Mischzeile>& zeilen,
                          const std::set<std::string>& uebernehmen);

}  // namespace netz
