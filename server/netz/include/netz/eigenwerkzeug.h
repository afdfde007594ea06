#pragma once
// Tools that a town writes itself, or has by a Baustein. Others see what is no longer a draft (docs/decisions/0040).
#include "netz/baustein.h"
#include "netz/netz.h"

namespace netz {

struct WerkzeugZeile {
  static constexpr std::string_view tabelle = "netz_werkzeug";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string schluessel{};  ///< the same in every town that has it by a package
  Werkzeugart art{};
  std::string titel{}, kurz{}, fuer{}, lizenz{};
  bool bereitschaft = false;
  Sichtbarkeit sichtbarkeit{};
  std::string versionen = "[]";  ///< JSON, the newest first
  OptText baustein{};            ///< the package that it came with
  std::int64_t person = 0;
};
BOOST_DESCRIBE_STRUCT(WerkzeugZeile, (),
                      (mandant, id, uuid, stand, schluessel, art, titel, kurz, fuer, lizenz, bereitschaft, sichtbarkeit,
                       versionen, baustein, person))

struct WerkzeugdateiZeile {
  static constexpr std::string_view tabelle = "netz_werkzeugdatei";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t werkzeug = 0;
  std::string dateiname{}, format{}, sha256{};
  std::int64_t groesse = 0, person = 0;
  base::Zeitpunkt zeit{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugdateiZeile, (),
                      (mandant, id, uuid, werkzeug, dateiname, format, sha256, groesse, person, zeit))

struct FassungNeu {
  base::Line<20> version{};
  std::optional<base::Prose<2000>> aenderung{};
  std::optional<base::Prose<10000>> einleitung{};
  std::vector<WerkzeugAbschnitt> abschnitte{};
  std::optional<std::vector<base::Line<8, 5>>> pilotkommunen{};
};
BOOST_DESCRIBE_STRUCT(FassungNeu, (), (version, aenderung, einleitung, abschnitte, pilotkommunen))

struct WerkzeugNeu {
  Werkzeugart art{};
  base::Line<200> titel{};
  base::Line<300> kurz{};
  base::Line<200> fuer{};
  std::optional<base::Line<60>> lizenz{};
  bool bereitschaft = false;
  Sichtbarkeit sichtbarkeit{};
  std::optional<FassungNeu> fassung{};  ///< the draft; nothing: only what stands above it is changed
};
BOOST_DESCRIBE_STRUCT(WerkzeugNeu, (), (art, titel, kurz, fuer, lizenz, bereitschaft, sichtbarkeit, fassung))

struct WerkzeugZustand {
  base::Line<20> version{};
  Werkzeugzustand zustand{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugZustand, (), (version, zustand))

[[nodiscard]] Result<WerkzeugZeile> findEigenes(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid);
/// With all its versions, drafts too. Its key is that of the row, by which checklists name it.
[[nodiscard]] Werkzeug werkzeugOf(const WerkzeugZeile& row);
/// By its key: one of the program, of this town, or of another that lets it be seen.
[[nodiscard]] std::optional<Werkzeug> findWerkzeug(const sql::ReadTx& tx, const Berechtigung& wer,
                                                   std::string_view schluessel);
/// What may become of a version.
[[nodiscard]] std::vector<Werkzeugzustand> naechste(const Berechtigung& wer, const WerkzeugZeile& row,
                                                    std::string_view version);
/// Whether the person may change what stands above the versions, which others may see already.
[[nodiscard]] bool darfKopfAendern(const Berechtigung& wer, const WerkzeugZeile& row);
Result<WerkzeugZeile> createWerkzeug(Change& change, const Berechtigung& wer, const WerkzeugNeu& input);
/// The one draft is written anew, or begun; versions that are out are never changed.
Result<WerkzeugZeile> changeWerkzeug(Change& change, const Berechtigung& wer, const WerkzeugZeile& before,
                                     const WerkzeugNeu& input);
/// What is released takes the place of what was.
Result<WerkzeugZeile> wechsle(Change& change, const Berechtigung& wer, const WerkzeugZeile& before,
                              const WerkzeugZustand& input);

/// The draft carries this file from now on, instead of the one that it had; nothing: none.
Result<WerkzeugZeile> setzeDatei(Change& change, const Berechtigung& wer, const WerkzeugZeile& before,
                                 const std::optional<WerkzeugdateiZeile>& datei);
/// There is a draft, and this person may write it.
[[nodiscard]] Result<void> darfDateiSetzen(const Berechtigung& wer, const WerkzeugZeile& row);
/// The file of a version that the person sees, where it lies here. NichtGefunden else.
[[nodiscard]] Result<Werkzeugdatei> dateiOf(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view schluessel,
                                            const std::optional<std::string>& version);

/// As a package carries it: the version in force.
[[nodiscard]] BausteinWerkzeug alsTeil(const WerkzeugZeile& row);
/// It becomes one of this town, or the next version of the one that it has.
void baueEin(Change& change, const Berechtigung& wer, const BausteinWerkzeug& teil, const Baustein& von);

/// The tool as lists show it, and beside it all that is not a draft.
[[nodiscard]] std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const WerkzeugZeile& row);

}  // namespace netz
