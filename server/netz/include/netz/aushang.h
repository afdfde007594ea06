#pragma once
// What hangs out in the network, and who may see which of it: one function says who looks, one SQL fragment which rows.
// Each tenant hangs out its own, in the transaction that changes it; others read it here and nowhere else.
#include "netz/kooperation_zeilen.h"
#include "netz/zeilen.h"

namespace netz {

enum class Aushangart : std::uint8_t {
  profil,
  mitglied,
  angabe,
  betreuung,
  praxis,
  baustein,
  kooperation,
  einwilligung,
  coaching,
  termin,
  anmeldung,
  beitrag,
  schreiben,
  wirkung,
  uebernahme,
  werkzeug,
  werkzeugtext
};
BOOST_DESCRIBE_ENUM(Aushangart, profil, mitglied, angabe, betreuung, praxis, baustein, kooperation, einwilligung,
                    coaching, termin, anmeldung, beitrag, schreiben, wirkung, uebernahme, werkzeug, werkzeugtext)

/// Of them, what goes from installation to installation (docs/netz-format.md).
enum class Feedart : std::uint8_t {
  profil,
  mitglied,
  angabe,
  betreuung,
  praxis,
  baustein,
  kooperation,
  werkzeug,
  werkzeugtext
};
BOOST_DESCRIBE_ENUM(Feedart, profil, mitglied, angabe, betreuung, praxis, baustein, kooperation, werkzeug, werkzeugtext)

struct Aushang {
  static constexpr std::string_view tabelle = "netz_aushang";
  std::string herkunft{};  ///< empty: from here
  base::Uuid uuid{};
  std::int64_t eigner = 0;  ///< the tenant; 0 from elsewhere
  Aushangart art{};
  std::string ober{};  ///< the object that it hangs on, or empty
  std::string land{}, ags{};
  Sichtbarkeit sichtbarkeit{};
  std::string titel{}, suche{}, inhalt{};
  std::string ordnung{};  ///< what lists of its kind are ordered by, or empty
  std::string ort{};      ///< the town's name, of one from elsewhere
};
BOOST_DESCRIBE_STRUCT(Aushang, (),
                      (herkunft, uuid, eigner, art, ober, land, ags, sichtbarkeit, titel, suche, inhalt, ordnung, ort))

/// Who looks.
struct Blick {
  std::int64_t mandant = 0;
  std::string land{}, ags{};
  std::vector<std::string> meine{};     ///< what hangs on these is the person's: memberships, the account, its coaching
  std::vector<std::string> betreute{};  ///< keys of the towns whose coaching the person takes part in
  std::vector<std::string> betreuer{};  ///< memberships of the Lotsen who coach the person's town
  std::vector<std::string> begleitungen{};  ///< consents of towns to the person as their Lotse
};
[[nodiscard]] Blick blickOf(const sql::ReadTx& tx, const mandant::Berechtigung& wer);

/// The one fragment for "which rows of the network may be seen"; the table must be called `a`.
[[nodiscard]] sql::Query imNetzSichtbar(const sql::ReadTx& tx, const Blick& blick);

/// What hangs out of one object, with what hangs on it.
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const ProfilZeile& row);
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const MitgliedZeile& row);
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const PraxisZeile& row);
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const KooperationZeile& row);
/// That a town runs a Baustein is seen as far as its page.
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const UebernahmeZeile& row);
/// A name made of a text: the same text, the same name.
[[nodiscard]] base::Uuid uuidAus(std::string_view text);

void haenge(sql::WriteTx& tx, const Aushang& one);
/// Exactly these hang out of the object afterwards.
void zeige(sql::WriteTx& tx, std::int64_t mandant, const base::Uuid& objekt, const std::vector<Aushang>& was);

template <class Row>
void zeige(journal::Change& change, const Row& row) {
  zeige(change.tx(), change.mandant(), row.uuid, aushangOf(change.tx(), row));
}

/// What is wrong, in German sentences: what hangs out of a tenant must be what its tables say.
[[nodiscard]] std::vector<std::string> checkAushang(const sql::ReadTx& tx, std::int64_t mandant);

}  // namespace netz
