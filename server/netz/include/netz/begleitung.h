#pragma once
// A Lotse coaches a town, which has said yes to it: then he sees what it keeps for coaching, and both keep a log that
// nobody else sees (docs/decisions/0032).
#include "netz/netz.h"
#include "netz/werkzeug.h"

namespace netz {

enum class Einwilligungsstatus : std::uint8_t { erteilt, zurueckgenommen };
BOOST_DESCRIBE_ENUM(Einwilligungsstatus, erteilt, zurueckgenommen)

struct EinwilligungZeile {
  static constexpr std::string_view tabelle = "netz_einwilligung";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string lotse{};  ///< uuid of his membership
  Einwilligungsstatus status{};
  base::Datum seit{};
  OptDatum bis{};
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(EinwilligungZeile, (), (mandant, id, uuid, stand, lotse, status, seit, bis, person))

struct CoachingZeile {
  static constexpr std::string_view tabelle = "netz_coaching";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string begleitung{};
  base::Datum tag{};
  std::string thema{}, inhalt{};
  OptText schritt{};
  OptDatum faellig{};
  bool erledigt = false;
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(CoachingZeile, (),
                      (mandant, id, uuid, stand, begleitung, tag, thema, inhalt, schritt, faellig, erledigt, person))

struct ZusatzpunktZeile {
  static constexpr std::string_view tabelle = "netz_zusatzpunkt";
  std::int64_t mandant = 0, id = 0, checkliste = 0;
  std::string schluessel{}, inhalt{};
  OptText quelle{};  ///< uuid of the entry of the log that it comes from
};
BOOST_DESCRIBE_STRUCT(ZusatzpunktZeile, (), (mandant, id, checkliste, schluessel, inhalt, quelle))

struct BegleitungFragen {
  base::Line<8, 8> ags{};
};
BOOST_DESCRIBE_STRUCT(BegleitungFragen, (), (ags))

struct EinwilligungSetzen {
  bool erteilt = false;
};
BOOST_DESCRIBE_STRUCT(EinwilligungSetzen, (), (erteilt))

struct CoachingNeu {
  base::Datum tag{};
  base::Line<200> thema{};
  base::Prose<5000> inhalt{};
  std::optional<base::Line<300>> schritt{};
  OptDatum faellig{};
  bool erledigt = false;
};
BOOST_DESCRIBE_STRUCT(CoachingNeu, (), (tag, thema, inhalt, schritt, faellig, erledigt))

/// The own, active membership as Lotse, if there is one.
[[nodiscard]] std::optional<MitgliedZeile> alsLotse(const sql::ReadTx& tx, const Berechtigung& wer);
/// Whether the person speaks for the town in this: its Navigator, or who keeps the network there.
[[nodiscard]] bool darfEinwilligen(const sql::ReadTx& tx, const Berechtigung& wer);
/// Whether the person takes part in the coaching of the own town: one of its active Navigatoren.
[[nodiscard]] bool istNavigator(const sql::ReadTx& tx, const Berechtigung& wer);
/// Consents, with what a person is to each: as Lotse of a town that agreed, or as Navigator of the own town.
[[nodiscard]] std::vector<std::string> begleitungenVon(const sql::ReadTx& tx, const Berechtigung& wer);

/// The Lotse says that he would like to coach a town.
Result<MitgliedZeile> frageAn(Change& change, const Berechtigung& wer, const BegleitungFragen& input);
/// The town says yes, or takes it back. NichtGefunden where nobody says that he coaches the town.
Result<EinwilligungZeile> willigeEin(Change& change, const Berechtigung& wer, const base::Uuid& lotse, bool erteilt);
Result<CoachingZeile> schreibeCoaching(Change& change, const Berechtigung& wer, const base::Uuid& begleitung,
                                       const CoachingNeu& input);
Result<CoachingZeile> aendereCoaching(Change& change, const Berechtigung& wer, const base::Uuid& eintrag,
                                      std::int64_t stand, const CoachingNeu& input);

[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const EinwilligungZeile& row);
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const CoachingZeile& row);

// ---- what a town adds to its checklist

struct ZusatzpunktNeu {
  base::Line<300> text{};
};
BOOST_DESCRIBE_STRUCT(ZusatzpunktNeu, (), (text))

[[nodiscard]] std::vector<ZusatzpunktZeile> zusatzpunkteOf(const sql::ReadTx& tx, const ChecklisteZeile& row);
/// A version of its tool with what the town added itself, which is asked in every version.
[[nodiscard]] Fassung mitEigenen(const sql::ReadTx& tx, const ChecklisteZeile& row, Fassung fassung);
/// `coaching`: the entry of the log whose next step it is.
Result<ChecklisteZeile> ergaenzeCheckliste(Change& change, const Berechtigung& wer, const ChecklisteZeile& before,
                                           const ZusatzpunktNeu& input, const std::optional<base::Uuid>& coaching);

}  // namespace netz
