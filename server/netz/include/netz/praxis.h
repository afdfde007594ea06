#pragma once
// A Praxis: what worked in a town, told so that another can do it; and its Baustein, which another can run.
#include "akte/vorlagenwerk.h"
#include "netz/baustein.h"
#include "netz/netz.h"
#include "netz/schluesselbund.h"

namespace netz {

struct PraxisNeu {
  base::Line<200> titel{};
  base::Prose<5000, 1> problem{};
  std::optional<base::Prose<5000>> rahmen{}, schritte{}, aufwand{}, wirkung{}, erfolgsfaktoren{};
  std::optional<base::Uuid> kontakt{};  ///< a member of the network in this tenant
  std::optional<base::Line<60>> lizenz{};
  Sichtbarkeit sichtbarkeit{};
};
BOOST_DESCRIBE_STRUCT(PraxisNeu, (),
                      (titel, problem, rahmen, schritte, aufwand, wirkung, erfolgsfaktoren, kontakt, lizenz,
                       sichtbarkeit))

struct PraxisZustand {
  Praxisstatus status{};
};
BOOST_DESCRIBE_STRUCT(PraxisZustand, (), (status))

/// Parts that are other in one Land.
struct BausteinVariante {
  base::Line<60> land{};
  BausteinInhalt inhalt{};
};
BOOST_DESCRIBE_STRUCT(BausteinVariante, (), (land, inhalt))

/// What of the own tenant goes into the package.
struct BausteinSchnueren {
  base::Line<20> version{};
  std::vector<base::Line<40>> aktenplan{};  ///< signs of entries
  std::vector<base::Line<100>> typen{};     ///< kinds of Vorgang, with all their fields
  std::vector<BausteinLaufweg> laufwege{};
  std::vector<base::Line<60>> checklisten{};  ///< keys of the program, or some of `werkzeuge`
  std::vector<BausteinProbe> proben{};
  std::optional<std::vector<base::Line<200>>> textbausteine{}, vorlagen{};  ///< by their names here
  std::optional<std::vector<BausteinVariante>> varianten{};
  std::optional<std::vector<base::Uuid>> werkzeuge{};  ///< tools of this town
};
BOOST_DESCRIBE_STRUCT(BausteinSchnueren, (),
                      (version, aktenplan, typen, laufwege, checklisten, proben, textbausteine, vorlagen, varianten,
                       werkzeuge))

using akte::Vorlagendatei;
using akte::Vorlagendateien;
using akte::Vorlagenwerk;

[[nodiscard]] Result<PraxisZeile> findPraxis(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid);
/// A Praxis that was confirmed more than a year ago, or never.
[[nodiscard]] bool istVeraltet(const OptDatum& bestaetigtAm, const base::Datum& heute);
/// What may be done next.
[[nodiscard]] std::vector<Praxisstatus> naechste(const Berechtigung& wer, const PraxisZeile& row);
Result<PraxisZeile> createPraxis(Change& change, const Berechtigung& wer, const PraxisNeu& input);
Result<PraxisZeile> changePraxis(Change& change, const Berechtigung& wer, const PraxisZeile& before,
                                 const PraxisNeu& input);
Result<PraxisZeile> wechsle(Change& change, const Berechtigung& wer, const PraxisZeile& before, Praxisstatus nach);
/// It is still so, as of today.
Result<PraxisZeile> bestaetige(Change& change, const Berechtigung& wer, const PraxisZeile& before);
/// Makes and signs its Baustein from what this tenant has. A later one must have a newer version.
Result<PraxisZeile> schnuere(Change& change, const Berechtigung& wer, const PraxisZeile& before,
                             const BausteinSchnueren& input, Schluesselbund& schluessel, const blob::Store& blobs);

// ---- adopting

struct NameHier {
  base::Line<100> alt{}, neu{};
};
BOOST_DESCRIBE_STRUCT(NameHier, (), (alt, neu))

struct BausteinAnnehmen {
  std::optional<base::Uuid> praxis{};           ///< of the network, or
  std::optional<base::Prose<400'000>> datei{};  ///< a file
  std::vector<NameHier> namen{};
  std::vector<base::Line<400>> uebernehmen{};  ///< conflicts that are decided for the package
};
BOOST_DESCRIBE_STRUCT(BausteinAnnehmen, (), (praxis, datei, namen, uebernehmen))

/// Whose key it is: this installation's, one that this tenant trusts, or nobody's.
[[nodiscard]] OptText werIst(const sql::ReadTx& tx, std::int64_t mandant, std::string_view schluessel);

/// The package that is named, if the person sees it.
[[nodiscard]] Result<std::string> paketOf(const sql::ReadTx& tx, const Berechtigung& wer,
                                          const BausteinAnnehmen& input);
/// Names of the package, and what they became in this town.
[[nodiscard]] Namen namenOf(const UebernahmeZeile& row);

struct Probenergebnis {
  std::string name{};
  bool gut = false;
  std::string text{};
};
BOOST_DESCRIBE_STRUCT(Probenergebnis, (), (name, gut, text))

/// What a package would do here.
struct Vorschau {
  Baustein baustein{};
  OptText herausgeber{};                    ///< as this tenant knows the key; nothing: not known here
  std::optional<UebernahmeZeile> vorher{};  ///< what is adopted of it already
  Namen namen{};
  std::vector<Mischzeile> zeilen{};
  std::vector<Probenergebnis> proben{};
  std::vector<std::string> hindernisse{};  ///< why it cannot be adopted as it is
  Bild hier{}, neu{};
};
[[nodiscard]] Result<Vorschau> schaueVor(const sql::ReadTx& tx, const Berechtigung& wer, const BausteinAnnehmen& input,
                                         const base::Datum& heute);
/// The templates that a package would bring here.
[[nodiscard]] Result<std::vector<BausteinVorlage>> vorlagenOf(const sql::ReadTx& tx, const Berechtigung& wer,
                                                              const BausteinAnnehmen& input);
/// As the preview says, in one journal entry. `dateien` are those of the templates.
Result<UebernahmeZeile> uebernimm(Change& change, const Berechtigung& wer, akte::Schriftgut& schriftgut,
                                  const BausteinAnnehmen& input, const Vorlagenwerk& werk,
                                  const Vorlagendateien& dateien);
/// What is adopted, replaced or taken back changes what is seen of the others too.
void zeigeUebernahmen(Change& change);
[[nodiscard]] Result<UebernahmeZeile> findUebernahme(const sql::ReadTx& tx, const Berechtigung& wer,
                                                     const base::Uuid& uuid);
/// Takes back in one step what was adopted in one; refused where something hangs on it by now.
Result<UebernahmeZeile> nimmZurueck(Change& change, const Berechtigung& wer, const UebernahmeZeile& before);

struct VertrauenSetzen {
  base::Line<64, 64> schluessel{};
  base::Line<200> name{};
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(VertrauenSetzen, (), (schluessel, name, aktiv))
Result<VertrauenZeile> vertraue(Change& change, const Berechtigung& wer, const VertrauenSetzen& input);

}  // namespace netz
