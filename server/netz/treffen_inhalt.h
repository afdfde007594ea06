#pragma once
// What hangs out of meetings, coaching, contributions and press releases, as JSON (inhalt.h says more).
#include "inhalt.h"
#include "netz/begleitung.h"
#include "netz/beitrag.h"
#include "netz/rundschreiben.h"
#include "netz/termin.h"
#include "netz/wirkung.h"

namespace netz {

struct EinwilligungInhalt {
  base::Datum seit{};
};
BOOST_DESCRIBE_STRUCT(EinwilligungInhalt, (), (seit))

struct CoachingInhalt {
  base::Datum tag{};
  std::string inhalt{};
  OptText schritt{};
  OptDatum faellig{};
  bool erledigt = false;
  std::int64_t stand = 0;
  std::string person{};
};
BOOST_DESCRIBE_STRUCT(CoachingInhalt, (), (tag, inhalt, schritt, faellig, erledigt, stand, person))

struct TerminInhalt {
  Terminart art{};
  Terminstatus status{};
  std::string beginn{}, ende{};
  OptText beschreibung{}, ort{}, modul{}, reihe{}, protokoll{};
  OptId plaetze{};
  std::int64_t belegt = 0, wartend = 0, dabei = 0;
  bool mitLink = false;
  std::vector<Punktplan> tagesordnung{};
  std::vector<Material> material{};
};
BOOST_DESCRIBE_STRUCT(TerminInhalt, (),
                      (art, status, beginn, ende, beschreibung, ort, modul, reihe, protokoll, plaetze, belegt, wartend,
                       dabei, mitLink, tagesordnung, material))

/// Seen by the person alone.
struct AnmeldungInhalt {
  std::string termin{};
  Anmeldestatus status{};
  std::int64_t platz = 0;  ///< on the waiting list
  OptText link{}, modul{};
  std::optional<bool> dabei{};
  bool rueckmeldung = false;
};
BOOST_DESCRIBE_STRUCT(AnmeldungInhalt, (), (termin, status, platz, link, modul, dabei, rueckmeldung))

struct BeitragInhalt {
  Beitragart art{};
  Beitragstatus status{};
  OptText zu{}, inhalt{}, verantwortlich{};
  OptDatum faellig{};
  OptText objekt{};
};
BOOST_DESCRIBE_STRUCT(BeitragInhalt, (), (art, status, zu, inhalt, verantwortlich, faellig, objekt))

struct SchreibenInhalt {
  Schreibenart art{};
  std::string inhalt{};
  OptText ort{};
  base::Datum tag{};
};
BOOST_DESCRIBE_STRUCT(SchreibenInhalt, (), (art, inhalt, ort, tag))

struct UebernahmeInhalt {
  std::string baustein{}, version{};
};
BOOST_DESCRIBE_STRUCT(UebernahmeInhalt, (), (baustein, version))

/// Of a town that agrees; no fragment shows it, sums alone are told.
struct WirkungInhalt {
  std::int64_t faelleVorher = 0, tageVorher = 0, faelleNachher = 0, tageNachher = 0;
  OptText kreis{};
  std::optional<std::vector<Quartalmessung>> quartale{};
};
BOOST_DESCRIBE_STRUCT(WirkungInhalt, (), (faelleVorher, tageVorher, faelleNachher, tageNachher, kreis, quartale))

}  // namespace netz
