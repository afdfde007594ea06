#pragma once
// A town works through a checklist of the Werkzeugkoffer.
#include "netz/eigenwerkzeug.h"

namespace netz {

struct ChecklisteNeu {
  base::Line<60> werkzeug{};
  std::optional<base::Line<20>> version{};  ///< by default the one in force
  std::optional<base::Line<200>> bezeichnung{};
};
BOOST_DESCRIBE_STRUCT(ChecklisteNeu, (), (werkzeug, version, bezeichnung))

struct PunktSetzen {
  base::Line<60> schluessel{};
  Punktstatus status{};
  std::optional<base::Prose<2000>> notiz{};
  std::optional<base::Line<100, 0>> nachweis{};  ///< a sign; empty: none any more; nothing: as it was
};
BOOST_DESCRIBE_STRUCT(PunktSetzen, (), (schluessel, status, notiz, nachweis))

struct ChecklisteAendern {
  std::optional<base::Line<200>> bezeichnung{};
  std::optional<base::Line<20>> version{};
  std::optional<Checklistenstatus> status{};
};
BOOST_DESCRIBE_STRUCT(ChecklisteAendern, (), (bezeichnung, version, status))

/// What a checklist asks, kept beside it: its author may change the tool, or take it back.
struct Abbild {
  bool bereitschaft = false;
  Fassung fassung{};             ///< as the Land of the town asks it
  std::vector<Punkt> frueher{};  ///< points of earlier versions to which something was said
};
BOOST_DESCRIBE_STRUCT(Abbild, (), (bereitschaft, fassung, frueher))

[[nodiscard]] Result<ChecklisteZeile> findCheckliste(const sql::ReadTx& tx, const Berechtigung& wer,
                                                     const base::Uuid& uuid);
[[nodiscard]] std::vector<PunktZeile> punkteOf(const sql::ReadTx& tx, const ChecklisteZeile& row);
/// Nothing: its tool is one of the program.
[[nodiscard]] std::optional<Abbild> abbildOf(const ChecklisteZeile& row);
/// The version that a town works with, as its Land asks it.
[[nodiscard]] Fassung fassungOf(const sql::ReadTx& tx, const ChecklisteZeile& row);
Result<ChecklisteZeile> beginne(Change& change, const Berechtigung& wer, const ChecklisteNeu& input);
Result<ChecklisteZeile> setzePunkt(Change& change, const Berechtigung& wer, const ChecklisteZeile& before,
                                   const PunktSetzen& input);
/// Another name, another version (what was said stays said), ended or open again.
Result<ChecklisteZeile> aendere(Change& change, const Berechtigung& wer, const ChecklisteZeile& before,
                                const ChecklisteAendern& input);

}  // namespace netz
