// Undo for everybody: which kinds of change can be taken back, by whom, and what must hold for it.
#include <algorithm>

#include "akte/registratur.h"

namespace akte {
namespace {

using base::Code;
using base::fail;
using journal::Beruehrt;

struct Umkehrbar {
  std::string_view aktion;
  std::optional<Recht> recht{};  ///< nothing = that of changing the object
};
/// What is not here has a way back of its own (zdA), or none.
constexpr Umkehrbar umkehrbare[] = {
    {"aktenplan.eingelesen", Recht::aktenplanPflegen},
    {"aktenplaneinheit.angelegt", Recht::aktenplanPflegen},
    {"aktenplaneinheit.geaendert", Recht::aktenplanPflegen},
    {"aktenplaneinheit.verschoben", Recht::aktenplanPflegen},
    {"aktenplaneinheit.entfernt", Recht::aktenplanPflegen},
    {"aktenplaneinheit.aussonderung", Recht::aussonderungPflegen},
    {"akte.aussonderung", Recht::aussonderungPflegen},
    {"vorgang.aussonderung", Recht::aussonderungPflegen},
    {"akte.geaendert", Recht::akteAendern},
    {"vorgang.geaendert", Recht::vorgangAendern},
    {"dokument.geaendert", Recht::dokumentAendern},
    {"dokument.abgelegt", Recht::eingangAblegen},
    {"akte.umgeschrieben", Recht::akteAendern},
    {"vorgang.umgeschrieben", Recht::vorgangAendern},
    {"schlagworte.gesetzt", {}},
    {"verweis.gesetzt", {}},
    {"verweis.entfernt", {}},
    {"beteiligung.gesetzt", {}},
    {"beteiligung.entfernt", {}},
    {"kontakt.geaendert", Recht::kontaktPflegen},
    {"kontakt.vereint", Recht::kontaktPflegen},
};

/// Given signs stay given and counters only grow; an access that came with a plan stays for what uses it.
constexpr std::string_view bleibend[] = {"zeichen", "zeichen_zaehler", "zugriff", "zugriffseintrag"};

bool ofObject(const journal::Eintrag& eintrag) { return base::enumFrom<SuchArt>(eintrag.objektArt).has_value(); }
/// The name of a table as it lives as long as the program: an entry keeps what it is about until it is sealed.
std::string_view lasting(std::string_view name) {
  for (const auto& room : {tables(), mandant::tables()})
    for (const auto* table : room)
      if (table->name == name) return table->name;
  throw base::Failure("an entry about an unknown table");
}

const Umkehrbar* find(std::string_view aktion) {
  const auto* const found = std::ranges::find(umkehrbare, aktion, &Umkehrbar::aktion);
  return found == std::end(umkehrbare) ? nullptr : found;
}

/// The objects must be reached and open, before and after.
base::Result<void> checkObjects(const sql::ReadTx& tx, const Berechtigung& wer, Recht recht,
                                const std::vector<Beruehrt>& rows) {
  const auto check = [&]<class Row>(std::int64_t id, auto find) -> base::Result<void> {
    const auto row = mandant::rowById<Row>(tx, wer.mandant, id);
    if (!row) return {};
    AKTENLOTSE_GET(mit, find(tx, wer, row->uuid));
    return mandant::darf(wer, recht, mit.gegenstand);
  };
  for (const auto& row : rows) {
    if (row.tabelle == AkteZeile::tabelle)
      AKTENLOTSE_TRY((check.template operator()<AkteZeile>(row.id, findAkte)));
    else if (row.tabelle == VorgangZeile::tabelle)
      AKTENLOTSE_TRY((check.template operator()<VorgangZeile>(row.id, findVorgang)));
    else if (row.tabelle == DokumentZeile::tabelle)
      AKTENLOTSE_TRY((check.template operator()<DokumentZeile>(row.id, findDokument)));
  }
  return {};
}

/// An entry of the plan that would go must hold nothing that stays.
base::Result<void> checkEinheiten(const sql::ReadTx& tx, std::vector<std::int64_t> ids, std::int64_t mandant) {
  std::ranges::sort(ids);
  for (const auto id : ids) {
    if (tx.value<std::int64_t>("SELECT id FROM akte WHERE mandant = :mandant AND aktenplaneinheit = :einheit LIMIT 1",
                               mandant, id))
      return fail(Code::Konflikt, "Unter einem der Einträge liegen inzwischen Akten.");
    for (const auto& below : tx.query<AktenplaneinheitZeile>(sql::Query::select<AktenplaneinheitZeile>().add(
             " FROM aktenplaneinheit WHERE mandant = :mandant AND ueber = :ueber", mandant, id)))
      if (!std::ranges::binary_search(ids, below.id))
        return fail(Code::Konflikt, "Unter einem der Einträge liegen inzwischen weitere.");
  }
  return {};
}

}  // namespace

bool umkehrbar(std::string_view aktion) { return find(aktion) != nullptr; }

base::Result<void> Registratur::rueckgaengig(Change& change, const Berechtigung& wer, std::int64_t nr) {
  auto& tx = change.tx();
  const auto eintrag = journal::entry(tx, wer.mandant, nr);
  if (!eintrag || eintrag->person != wer.person) return fail(Code::NichtGefunden);
  const auto* const kind = find(eintrag->aktion);
  if (kind == nullptr) return fail(Code::Konflikt, "Diese Änderung lässt sich nicht rückgängig machen.");
  if (wer.nurLesen || (kind->recht && !wer.hat(*kind->recht))) return fail(Code::NichtErlaubt);
  const auto objekt = ofObject(*eintrag) ? objektById(tx, wer, eintrag->objektArt, eintrag->objekt) : std::nullopt;
  if (ofObject(*eintrag) && !objekt) return fail(Code::NichtGefunden);
  if (objekt) AKTENLOTSE_TRY(mandant::darf(wer, kind->recht.value_or(objekt->aendern()), objekt->gegenstand));
  const auto rows = journal::rowsOf(*eintrag);
  // A change of the plan reaches what lies below by itself, closed or hidden (access); its right is that of the plan.
  const bool ofPlan = eintrag->aktion.starts_with("aktenplan");
  if (!ofPlan && kind->recht) AKTENLOTSE_TRY(checkObjects(tx, wer, *kind->recht, rows));
  // Rows that the entry only changed stay; those that it made go.
  std::vector<std::int64_t> made;
  for (const auto& row : rows)
    if (row.neu && row.tabelle == AktenplaneinheitZeile::tabelle) made.push_back(row.id);
  AKTENLOTSE_TRY(checkEinheiten(tx, std::move(made), wer.mandant));
  AKTENLOTSE_GET(touched, change.takeBack(*eintrag, tables(), bleibend));
  if (!ofPlan && kind->recht) AKTENLOTSE_TRY(checkObjects(tx, wer, *kind->recht, touched));
  for (const auto& row : touched) {
    if (row.weg) continue;
    if (row.tabelle == AkteZeile::tabelle) schriftgut_.index_.refresh(tx, wer.mandant, SuchArt::akte, row.id);
    if (row.tabelle == VorgangZeile::tabelle) schriftgut_.index_.refresh(tx, wer.mandant, SuchArt::vorgang, row.id);
    if (row.tabelle == DokumentZeile::tabelle) schriftgut_.index_.refresh(tx, wer.mandant, SuchArt::dokument, row.id);
  }
  if (objekt) schriftgut_.index_.refresh(tx, wer.mandant, objekt->art, objekt->id);
  change.about({"zurueckgenommen", lasting(eintrag->objektArt), eintrag->objekt, eintrag->kette, eintrag->oberobjekt});
  return {};
}

}  // namespace akte
