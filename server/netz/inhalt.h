#pragma once
// What hangs out says this, as JSON. Read by whoever may see the row, here and in other installations, so names only
// grow (docs/netz-format.md).
#include "base/json.h"
#include "netz/aushang.h"
#include "netz/werkzeug.h"

namespace netz {

struct ProfilInhalt {
  OptId einwohner{};
  Einfuehrung einfuehrung{};
  OptText produkte{}, bietet{}, sucht{}, mitgliedIn{};
};
BOOST_DESCRIBE_STRUCT(ProfilInhalt, (), (einwohner, einfuehrung, produkte, bietet, sucht, mitgliedIn))

struct MitgliedInhalt {
  Programm programm{};
  Netzrolle rolle{};
  Mitgliedstatus status{};
  base::Datum seit{};
  OptDatum bis{};
};
BOOST_DESCRIBE_STRUCT(MitgliedInhalt, (), (programm, rolle, status, seit, bis))

struct AngabeInhalt {
  Kontaktfeld feld{};
  std::string wert{};
};
BOOST_DESCRIBE_STRUCT(AngabeInhalt, (), (feld, wert))

struct PraxisInhalt {
  std::string problem{};
  OptText rahmen{}, schritte{}, aufwand{}, wirkung{}, erfolgsfaktoren{};
  std::string lizenz{};
  OptDatum bestaetigtAm{};
  std::optional<base::Uuid> kontakt{};
  bool mitBaustein = false;
};
BOOST_DESCRIBE_STRUCT(PraxisInhalt, (),
                      (problem, rahmen, schritte, aufwand, wirkung, erfolgsfaktoren, lizenz, bestaetigtAm, kontakt,
                       mitBaustein))

struct KooperationInhalt {
  Richtung richtung{};
  OptText beschreibung{};
  std::vector<std::string> laender{};
  Rechtsform rechtsform{};
  std::optional<Groesse> groesseVon{}, groesseBis{};
  OptId einwohner{};  ///< of the town that offers or seeks
  Kooperationsstatus status{};
  OptText gegenueber{};  ///< what the other side hangs out about it
  std::optional<base::Uuid> kontakt{};
  base::Datum angelegt{};
};
BOOST_DESCRIBE_STRUCT(KooperationInhalt, (),
                      (richtung, beschreibung, laender, rechtsform, groesseVon, groesseBis, einwohner, status,
                       gegenueber, kontakt, angelegt))

/// A tool of a town, of the version in force. Beside it hangs the whole (`Werkzeug`).
struct WerkzeugInhalt {
  Werkzeugart art{};
  std::string kurz{}, fuer{}, version{};
  Werkzeugzustand zustand{};
  base::Datum datum{};
  bool bereitschaft = false;
  std::int64_t punkte = 0;
};
BOOST_DESCRIBE_STRUCT(WerkzeugInhalt, (), (art, kurz, fuer, version, zustand, datum, bereitschaft, punkte))

template <class T>
[[nodiscard]] T inhaltOf(const Aushang& row) {
  auto read = base::readJson<T>(row.inhalt);
  if (!read) throw base::Failure("what hangs out cannot be read: " + row.uuid.text() + " " + read.error().detail);
  return *std::move(read);
}

}  // namespace netz
