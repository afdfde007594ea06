// How secret an object is: a mark that whoever may change the object sets. What lies in it is at least as secret; that
// is computed and stands in no row, so it follows when something is moved or what is above changes.
#include <fmt/format.h>

#include <algorithm>

#include "akte/schutz.h"

namespace akte {
namespace {

using base::Code;
using base::fail;

template <class Row>
base::Result<Row> setze(Change& change, const Row& before, Geheimhaltung oben, Geheimhaltung neu,
                        std::string_view aktion, std::pair<std::int64_t, std::int64_t> ort) {
  if (neu < oben)
    return fail(Code::Konflikt,
                fmt::format("Das, worin es liegt, ist „{}“. Was darin liegt, ist mindestens so eingestuft.",
                            wort(oben, /*english=*/false)),
                "geheimhaltung");
  auto after = before;
  after.geheimhaltung = neu;
  change.update(before, after);
  change.about({aktion, after.tabelle, after.id, ort.first, ort.second});
  return after;
}

}  // namespace

Geheimhaltung geheimhaltungUeber(const AkteMit&) { return Geheimhaltung::offen; }
Geheimhaltung geheimhaltungUeber(const VorgangMit& mit) {
  return std::max(mit.akte.geheimhaltung, mit.ueber ? mit.ueber->geheimhaltung : Geheimhaltung::offen);
}
Geheimhaltung geheimhaltungUeber(const DokumentMit& mit) {
  return std::max(mit.vorgang ? geheimhaltungOf(*mit.vorgang) : Geheimhaltung::offen,
                  mit.ueber ? mit.ueber->geheimhaltung : Geheimhaltung::offen);
}
Geheimhaltung geheimhaltungOf(const AkteMit& mit) { return mit.akte.geheimhaltung; }
Geheimhaltung geheimhaltungOf(const VorgangMit& mit) {
  return std::max(mit.vorgang.geheimhaltung, geheimhaltungUeber(mit));
}
Geheimhaltung geheimhaltungOf(const DokumentMit& mit) {
  return std::max(mit.dokument.geheimhaltung, geheimhaltungUeber(mit));
}

std::string_view wort(Geheimhaltung geheimhaltung, bool english) {
  switch (geheimhaltung) {
    case Geheimhaltung::nfd:
      return "VS-NfD";
    case Geheimhaltung::vertraulich:
      return english ? "confidential" : "vertraulich";
    case Geheimhaltung::offen:
      break;
  }
  return english ? "open" : "offen";
}

base::Result<AkteZeile> setzeGeheimhaltung(Change& change, const Berechtigung& wer, const AkteMit& before,
                                           const GeheimhaltungSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::akteAendern, before.gegenstand));
  return setze(change, before.akte, geheimhaltungUeber(before), input.geheimhaltung, "akte.geheimhaltung",
               {before.akte.id, 0});
}

base::Result<VorgangZeile> setzeGeheimhaltung(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                              const GeheimhaltungSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAendern, before.gegenstand));
  return setze(change, before.vorgang, geheimhaltungUeber(before), input.geheimhaltung, "vorgang.geheimhaltung",
               {before.akte.id, before.vorgang.darin()});
}

base::Result<DokumentZeile> setzeGeheimhaltung(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                               const GeheimhaltungSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, before.gegenstand));
  return setze(change, before.dokument, geheimhaltungUeber(before), input.geheimhaltung, "dokument.geheimhaltung",
               {before.kette(), before.dokument.ueber.value_or(before.dokument.vorgang.value_or(0))});
}

}  // namespace akte
