#pragma once
// Who has taken a letter of the Posteingang, so that not two file it. It holds for the unit in whose Posteingang the
// letter lies: passed on to another one, it is nobody's again.
#include "akte/ausgabe.h"

namespace akte {

struct UebernahmeZeile {
  static constexpr std::string_view tabelle = "uebernahme";
  std::int64_t mandant = 0, id = 0;
  std::int64_t dokument = 0, organisationseinheit = 0;
  OptId bearbeitung{};  ///< nothing: given back
  base::Zeitpunkt seit{};
};
BOOST_DESCRIBE_STRUCT(UebernahmeZeile, (), (mandant, id, dokument, organisationseinheit, bearbeitung, seit))

/// ` FROM dokument d WHERE …`: what a person has taken and not filed yet, as far as `wer` sees it.
[[nodiscard]] sql::Query uebernommenVon(const Berechtigung& wer, std::int64_t person);
/// The same of what nobody has taken yet in the Posteingang of these units.
[[nodiscard]] sql::Query herrenlosIn(const sql::ReadTx& tx, const Berechtigung& wer,
                                     const std::vector<std::int64_t>& einheiten);
/// Rows of the Posteingang, in their order.
[[nodiscard]] std::vector<EingangAusgabe> showEingaenge(const sql::ReadTx& tx, const Berechtigung& wer,
                                                        std::span<const DokumentZeile> rows);

base::Result<DokumentZeile> uebernimm(Change& change, const Berechtigung& wer, const DokumentMit& mit);
/// Also what another has taken, who is not there.
base::Result<DokumentZeile> gibFrei(Change& change, const Berechtigung& wer, const DokumentMit& mit);

/// Parts of addPosteingangRoutes.
void addUebernahmeRoutes(http::Routes& routes, mandant::Zugang& zugang);

}  // namespace akte
