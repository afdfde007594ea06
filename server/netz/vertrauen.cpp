// Whose signature a town takes a Baustein from.
#include "inhalt.h"
#include "netz/praxis.h"
#include "routen.h"

namespace netz {

using base::Code;
using base::fail;

OptText werIst(Tx tx, std::int64_t mandant, std::string_view schluessel) {
  if (tx.value<std::int64_t>("SELECT id FROM netz_schluessel WHERE oeffentlich = :schluessel", schluessel))
    return "diese Installation";
  // Whom the operator has joined with, two people have compared its key.
  if (auto joined = tx.value<std::string>(
          "SELECT name FROM netz_verbindung WHERE schluessel = :schluessel AND aktiv = 1", schluessel))
    return joined;
  return tx.value<std::string>(
      "SELECT name FROM netz_vertrauen WHERE mandant = :mandant AND schluessel = :schluessel AND aktiv = 1", mandant,
      schluessel);
}

Result<VertrauenZeile> vertraue(Change& change, const Berechtigung& wer, const VertrauenSetzen& input) {
  if (wer.nurLesen || !wer.hat(Recht::netzPflegen)) return fail(Code::NichtErlaubt);
  if (input.schluessel.value.find_first_not_of("0123456789abcdef") != std::string::npos)
    return fail(Code::EingabeUngueltig, "Ein Schlüssel hat 64 Zeichen, Ziffern und a bis f.", "schluessel");
  VertrauenZeile row;
  const auto before = change.tx().one<VertrauenZeile>(sql::Query::select<VertrauenZeile>().add(
      " FROM netz_vertrauen WHERE mandant = :mandant AND schluessel = :schluessel", wer.mandant,
      input.schluessel.value));
  if (before) row = *before;
  row.schluessel = input.schluessel.value;
  row.name = input.name.value;
  row.aktiv = input.aktiv;
  if (before) {
    change.update(*before, row);
  } else {
    row.uuid = change.newUuid();
    change.insert(row);
  }
  change.about({"netzvertrauen.gesetzt", row.tabelle, row.id, 0, 0});
  return row;
}

}  // namespace netz
