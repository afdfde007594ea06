#include <algorithm>

#include "akte/umfeld.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowById;
using mandant::rowByUuid;

Objekt objektOf(const AkteMit& mit) {
  const auto& row = mit.akte;
  return {SuchArt::akte, row.id, row.id, 0, row.uuid, row.stand, row.zeichen, row.betreff, mit.gegenstand};
}

Objekt objektOf(const VorgangMit& mit) {
  const auto& row = mit.vorgang;
  return {SuchArt::vorgang, row.id,      row.akte,    row.darin(),   row.uuid,
          row.stand,        row.zeichen, row.betreff, mit.gegenstand};
}

Objekt objektOf(const DokumentMit& mit) {
  const auto& row = mit.dokument;
  return {SuchArt::dokument,        row.id,      mit.kette(),   row.vorgang.value_or(0), row.uuid, row.stand,
          row.zeichen.value_or(""), row.betreff, mit.gegenstand};
}

base::Result<Objekt> findObjekt(const sql::ReadTx& tx, const Berechtigung& wer, SuchArt art, const base::Uuid& uuid) {
  if (art == SuchArt::akte) {
    AKTENLOTSE_GET(mit, findAkte(tx, wer, uuid));
    return objektOf(mit);
  }
  if (art == SuchArt::vorgang) {
    AKTENLOTSE_GET(mit, findVorgang(tx, wer, uuid));
    return objektOf(mit);
  }
  AKTENLOTSE_GET(mit, findDokument(tx, wer, uuid));
  return objektOf(mit);
}

std::optional<Objekt> objektById(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view art,
                                 std::int64_t id) {
  const auto find = [&](const auto& row) -> std::optional<Objekt> {
    if (!row) return std::nullopt;
    auto found = findObjekt(tx, wer, base::enumFrom<SuchArt>(art).value(), row->uuid);
    if (!found) return std::nullopt;
    return *std::move(found);
  };
  if (art == AkteZeile::tabelle) return find(rowById<AkteZeile>(tx, wer.mandant, id));
  if (art == VorgangZeile::tabelle) return find(rowById<VorgangZeile>(tx, wer.mandant, id));
  return find(rowById<DokumentZeile>(tx, wer.mandant, id));
}

namespace {

void about(Change& change, const Objekt& objekt, std::string_view aktion) {
  change.about({aktion, base::enumName(objekt.art), objekt.id, objekt.kette, objekt.oberobjekt});
}

/// What is written at an object is its change: the same right, the same state.
base::Result<void> mayChange(const Berechtigung& wer, const Objekt& objekt) {
  return mandant::darf(wer, objekt.aendern(), objekt.gegenstand);
}

}  // namespace

base::Result<void> Umfeld::setSchlagworte(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                          const SchlagworteSetzen& input) {
  AKTENLOTSE_TRY(mayChange(wer, objekt));
  if (input.worte.size() > 50) return fail(Code::EingabeUngueltig, "Höchstens 50 Schlagworte.", "worte");
  std::vector<std::string> keys;
  const auto before = change.tx().query<SchlagwortZeile>(sql::Query::select<SchlagwortZeile>().add(
      " FROM schlagwort WHERE mandant = :mandant AND objekt = :objekt ORDER BY id", wer.mandant, objekt.id));
  for (const auto& wort : input.worte) {
    const auto key = base::foldCase(wort.value);
    if (std::ranges::find(keys, key) != keys.end()) continue;
    keys.push_back(key);
    if (std::ranges::any_of(before, [&](const auto& row) { return base::foldCase(row.wort) == key; })) continue;
    SchlagwortZeile row{0, 0, std::string(base::enumName(objekt.art)), objekt.id, wort.value};
    change.insert(row);
  }
  for (const auto& row : before)
    if (std::ranges::find(keys, base::foldCase(row.wort)) == keys.end()) change.erase(row);
  index_.refresh(change.tx(), wer.mandant, objekt.art, objekt.id);
  about(change, objekt, "schlagworte.gesetzt");
  return {};
}

base::Result<VerweisZeile> Umfeld::addVerweis(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                              const VerweisNeu& input) {
  AKTENLOTSE_TRY(mayChange(wer, objekt));
  const auto ziel = findObjekt(change.tx(), wer, input.nachArt, input.nach);
  if (!ziel) return fail(Code::EingabeUngueltig, "Das gibt es nicht, oder Sie dürfen es nicht sehen.", "nach");
  if (ziel->id == objekt.id) return fail(Code::EingabeUngueltig, "Ein Objekt verweist nicht auf sich selbst.", "nach");
  if (change.tx().value<std::int64_t>(
          "SELECT id FROM verweis WHERE mandant = :mandant AND von = :von AND nach = :nach AND art = :art", wer.mandant,
          objekt.id, ziel->id, input.art))
    return fail(Code::Vergeben, "Diesen Verweis gibt es schon.", "nach");
  VerweisZeile row{0,
                   0,
                   change.newUuid(),
                   std::string(base::enumName(objekt.art)),
                   objekt.id,
                   std::string(base::enumName(ziel->art)),
                   ziel->id,
                   input.art,
                   input.bemerkung ? OptText(input.bemerkung->value) : OptText()};
  change.insert(row);
  about(change, objekt, "verweis.gesetzt");
  return row;
}

base::Result<void> Umfeld::removeVerweis(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                         const base::Uuid& uuid) {
  AKTENLOTSE_TRY(mayChange(wer, objekt));
  const auto row = rowByUuid<VerweisZeile>(change.tx(), wer.mandant, uuid);
  if (!row || row->von != objekt.id || !objektById(change.tx(), wer, row->nachArt, row->nach))
    return fail(Code::EingabeUngueltig, "Diesen Verweis gibt es nicht.", "id");
  change.erase(*row);
  about(change, objekt, "verweis.entfernt");
  return {};
}

base::Result<BeteiligungZeile> Umfeld::addBeteiligung(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                                      const BeteiligungNeu& input) {
  AKTENLOTSE_TRY(mayChange(wer, objekt));
  const auto kontakt = findKontakt(change.tx(), wer, input.kontakt);
  if (!kontakt) return fail(Code::EingabeUngueltig, "Diesen Kontakt gibt es nicht.", "kontakt");
  if (change.tx().value<std::int64_t>(
          "SELECT id FROM beteiligung WHERE mandant = :mandant AND objekt = :objekt AND kontakt = :kontakt AND rolle = "
          ":rolle",
          wer.mandant, objekt.id, kontakt->id, input.rolle.value))
    return fail(Code::Vergeben, "Dieser Kontakt ist in dieser Rolle schon beteiligt.", "kontakt");
  BeteiligungZeile row{
      0,         0,           change.newUuid(),  std::string(base::enumName(objekt.art)),
      objekt.id, kontakt->id, input.rolle.value, input.bemerkung ? OptText(input.bemerkung->value) : OptText()};
  change.insert(row);
  about(change, objekt, "beteiligung.gesetzt");
  return row;
}

base::Result<void> Umfeld::removeBeteiligung(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                             const base::Uuid& uuid) {
  AKTENLOTSE_TRY(mayChange(wer, objekt));
  const auto row = rowByUuid<BeteiligungZeile>(change.tx(), wer.mandant, uuid);
  if (!row || row->objekt != objekt.id) return fail(Code::EingabeUngueltig, "Diese Beteiligung gibt es nicht.", "id");
  change.erase(*row);
  about(change, objekt, "beteiligung.entfernt");
  return {};
}

base::Result<void> Umfeld::setVorlage(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                      const OptText& bezeichnung) {
  AKTENLOTSE_TRY(mandant::darf(wer, objekt.aendern(), {objekt.gegenstand.stufe, true}));
  const auto before = change.tx().one<VorlageZeile>(sql::Query::select<VorlageZeile>().add(
      " FROM vorlage WHERE mandant = :mandant AND objekt = :objekt", wer.mandant, objekt.id));
  if (before && bezeichnung) {
    auto after = *before;
    after.bezeichnung = *bezeichnung;
    change.update(*before, after);
  } else if (before) {
    change.erase(*before);
  } else if (bezeichnung) {
    VorlageZeile row{0, 0, change.newUuid(), 1, *bezeichnung, std::string(base::enumName(objekt.art)), objekt.id};
    change.insert(row);
  }
  about(change, objekt, bezeichnung ? "vorlage.gesetzt" : "vorlage.entfernt");
  return {};
}

}  // namespace akte
