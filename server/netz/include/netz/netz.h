#pragma once
// What may be done in the network: rights, rules, tables, what hangs out, and the journal in one transaction.
#include "akte/schriftgut.h"
#include "jobs/jobs.h"
#include "netz/aushang.h"

namespace akte {
struct Vorlagenwerk;
}

namespace netz {

using base::Result;
using journal::Change;
using mandant::Berechtigung;
using mandant::Recht;

/// Who takes part in the network may write in it.
[[nodiscard]] Result<void> darfMitmachen(const Berechtigung& wer);

// ---- the town's page

struct ProfilSetzen {
  Einfuehrung einfuehrung{};
  std::optional<std::int64_t> einwohner{};                         ///< only of a town that the register does not know
  std::optional<base::Prose<2000>> produkte{}, bietet{}, sucht{};  ///< products: one a line
  std::optional<std::vector<base::Line<40>>> mitgliedIn{};         ///< keys of associations
  Sichtbarkeit sichtbarkeit{};
};
BOOST_DESCRIBE_STRUCT(ProfilSetzen, (), (einfuehrung, einwohner, produkte, bietet, sucht, mitgliedIn, sichtbarkeit))

[[nodiscard]] std::optional<ProfilZeile> profil(const sql::ReadTx& tx, std::int64_t mandant);
/// Makes the page, or changes it.
Result<ProfilZeile> setzeProfil(Change& change, const Berechtigung& wer, const ProfilSetzen& input);

// ---- people

struct AngabeSetzen {
  Kontaktfeld feld{};
  base::Line<500> wert{};
  Sichtbarkeit sichtbarkeit{};
};
BOOST_DESCRIBE_STRUCT(AngabeSetzen, (), (feld, wert, sichtbarkeit))

struct MitgliedNeu {
  Programm programm{};
  Netzrolle rolle{};
  std::optional<base::Line<8, 0>> ags{};  ///< the town of a Navigator; by default this one
  std::optional<base::Uuid> person{};     ///< somebody with an account here
  std::vector<AngabeSetzen> angaben{};
};
BOOST_DESCRIBE_STRUCT(MitgliedNeu, (), (programm, rolle, ags, person, angaben))

struct MitgliedZustand {
  Mitgliedstatus zustand{};
};
BOOST_DESCRIBE_STRUCT(MitgliedZustand, (), (zustand))

struct AngabenSetzen {
  std::vector<AngabeSetzen> angaben{};
};
BOOST_DESCRIBE_STRUCT(AngabenSetzen, (), (angaben))

struct BetreuungSetzen {
  std::vector<base::Line<8, 5>> ags{};
};
BOOST_DESCRIBE_STRUCT(BetreuungSetzen, (), (ags))

/// NichtGefunden for one of another tenant.
[[nodiscard]] Result<MitgliedZeile> findMitglied(const sql::ReadTx& tx, const Berechtigung& wer,
                                                 const base::Uuid& uuid);
/// Whether the person may say what is told of the member: the member, or, for one without an account, who keeps the
/// network.
[[nodiscard]] bool darfAngaben(const Berechtigung& wer, const MitgliedZeile& row);
Result<MitgliedZeile> ladeEin(Change& change, const Berechtigung& wer, const MitgliedNeu& input);
/// Accepts an invitation, or leaves: then what was told of the person goes, from the journal too, and the work stays.
Result<MitgliedZeile> wechsle(Change& change, const Berechtigung& wer, const MitgliedZeile& before,
                              Mitgliedstatus nach);
Result<MitgliedZeile> setzeAngaben(Change& change, const Berechtigung& wer, const MitgliedZeile& before,
                                   const AngabenSetzen& input);
Result<MitgliedZeile> setzeBetreuung(Change& change, const Berechtigung& wer, const MitgliedZeile& before,
                                     const BetreuungSetzen& input);

class Raeume;
class Verbund;
/// Routes of the room. `adresse` is where this installation is reached from outside, for links in mails and feeds.
void addRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut, Verbund& verbund,
               Raeume& raeume, const akte::Vorlagenwerk& werk, const std::string& adresse);
/// Reminders of events, the yearly question whether a Praxis is still so, and what a Baustein brought by now.
void addAuftraege(jobs::Werk& werk, journal::Journal& journal);

}  // namespace netz
