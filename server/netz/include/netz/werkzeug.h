#pragma once
// The Werkzeugkoffer: tools with their versions, those that lie in the program, and the pure rules of working through
// one.
#include <map>

#include "netz/zeilen.h"

namespace netz {

enum class Werkzeugart : std::uint8_t { handreichung, checkliste, vorlage, schulung };
BOOST_DESCRIBE_ENUM(Werkzeugart, handreichung, checkliste, vorlage, schulung)

enum class Werkzeugzustand : std::uint8_t { entwurf, pilot, freigegeben, abgeloest };
BOOST_DESCRIBE_ENUM(Werkzeugzustand, entwurf, pilot, freigegeben, abgeloest)

/// One thing to do, or one statement that is true or not. Its key stays the same in all versions; a point may stand
/// once for each Land beside the one for all.
struct Punkt {
  std::string schluessel{}, text{};
  OptText hilfe{};
  OptText land{};  ///< only for towns of this Land
  friend bool operator==(const Punkt&, const Punkt&) = default;
};
BOOST_DESCRIBE_STRUCT(Punkt, (), (schluessel, text, hilfe, land))

struct Abschnitt {
  std::string titel{};
  OptText text{};
  std::vector<Punkt> punkte{};
};
BOOST_DESCRIBE_STRUCT(Abschnitt, (), (titel, text, punkte))

/// The file that a version carries. It lies where the tool was written.
struct Werkzeugdatei {
  base::Uuid id{};
  std::string dateiname{}, format{}, sha256{};
  std::int64_t groesse = 0;
  friend bool operator==(const Werkzeugdatei&, const Werkzeugdatei&) = default;
};
BOOST_DESCRIBE_STRUCT(Werkzeugdatei, (), (id, dateiname, format, sha256, groesse))

struct Fassung {
  std::string version{};
  Werkzeugzustand zustand{};
  base::Datum datum{};
  std::string aenderung{};  ///< what is different from the version before
  std::string einleitung{};
  std::vector<Abschnitt> abschnitte{};
  std::optional<std::vector<std::string>> pilotkommunen{};  ///< keys of the towns that try it
  std::optional<Werkzeugdatei> datei{};
};
BOOST_DESCRIBE_STRUCT(Fassung, (), (version, zustand, datum, aenderung, einleitung, abschnitte, pilotkommunen, datei))

struct Werkzeug {
  std::string schluessel{};
  Werkzeugart art{};
  std::string titel{}, kurz{}, fuer{}, lizenz{};
  bool bereitschaft = false;         ///< its result is shown as a picture, by section
  std::vector<Fassung> versionen{};  ///< the newest first
};
BOOST_DESCRIBE_STRUCT(Werkzeug, (), (schluessel, art, titel, kurz, fuer, lizenz, bereitschaft, versionen))

/// All tools of the program, in the order in which a town needs them.
[[nodiscard]] const std::vector<Werkzeug>& werkzeuge();
[[nodiscard]] const Werkzeug* werkzeug(std::string_view schluessel);
/// What a town begins with: the newest that is freigegeben, else one that is tried, else the newest.
[[nodiscard]] const Fassung& geltende(const Werkzeug& werkzeug);
[[nodiscard]] const Fassung* fassung(const Werkzeug& werkzeug, std::string_view version);
/// The points that a town of this Land is asked: its own before the general one.
[[nodiscard]] Fassung fuerLand(Fassung fassung, std::string_view land);

// ---- as people and packages bring them

struct WerkzeugPunkt {
  base::Line<60, 0> schluessel{};  ///< empty where a person adds it
  base::Line<500> text{};
  std::optional<base::Prose<2000>> hilfe{};
  std::optional<base::Line<60>> land{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugPunkt, (), (schluessel, text, hilfe, land))

struct WerkzeugAbschnitt {
  base::Line<200> titel{};
  std::optional<base::Prose<10000>> text{};
  std::vector<WerkzeugPunkt> punkte{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugAbschnitt, (), (titel, text, punkte))

[[nodiscard]] std::vector<Abschnitt> abschnitteAus(const std::vector<WerkzeugAbschnitt>& input);
[[nodiscard]] std::vector<WerkzeugAbschnitt> alsEingabe(const std::vector<Abschnitt>& abschnitte);
/// Why it cannot be so, in a German sentence: a heading or a point twice, nothing in it, a point without its key.
[[nodiscard]] OptText maengelOf(const std::vector<WerkzeugAbschnitt>& abschnitte);

enum class Unterschiedart : std::uint8_t { neu, geaendert, verschoben, entfallen };
BOOST_DESCRIBE_ENUM(Unterschiedart, neu, geaendert, verschoben, entfallen)
struct Unterschied {
  Unterschiedart art{};
  std::string schluessel{}, abschnitt{};
  OptText alt{}, neu{};
  friend bool operator==(const Unterschied&, const Unterschied&) = default;
};
BOOST_DESCRIBE_STRUCT(Unterschied, (), (art, schluessel, abschnitt, alt, neu))
/// What is different, in the order of the newer one; what has gone comes last.
[[nodiscard]] std::vector<Unterschied> vergleiche(const Fassung& alt, const Fassung& neu);

/// What was said to a point.
struct Haken {
  Punktstatus status = Punktstatus::offen;
  std::string notiz{};
  friend bool operator==(const Haken&, const Haken&) = default;
};
using Hakenliste = std::map<std::string, Haken, std::less<>>;

/// A version with what was said to its points. What was said to points that it does not have is kept beside it.
struct Bearbeitet {
  std::vector<std::pair<Punkt, Haken>> punkte{};
  Hakenliste entfallen{};
  std::int64_t erledigt = 0, gilt = 0;  ///< of those that apply
};
[[nodiscard]] Bearbeitet bearbeite(const Fassung& fassung, const Hakenliste& haken);

}  // namespace netz
