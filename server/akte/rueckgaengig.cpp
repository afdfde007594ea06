// Undo for everybody: which kinds of change can be taken back, by whom, and what must hold for it.
#include <algorithm>
#include <set>

#include "akte/felder.h"
#include "akte/post.h"
#include "akte/register.h"
#include "akte/registratur.h"
#include "akte/schreiben_zeilen.h"
#include "akte/schutz.h"
#include "haengend.h"

namespace akte {
namespace {

using base::Code;
using base::fail;
using journal::Beruehrt;

constexpr std::string_view einstellungen = "einstellungen.eingelesen";

struct Umkehrbar {
  std::string_view aktion;
  std::optional<Recht> recht{};  ///< nothing = that of changing the object
};
/// What is not here has a way back of its own (zdA), or none.
constexpr Umkehrbar umkehrbare[] = {
    {"aktenplan.eingelesen", Recht::aktenplanPflegen},
    {einstellungen, Recht::zugriffPflegen},
    {"aktenplaneinheit.angelegt", Recht::aktenplanPflegen},
    {"aktenplaneinheit.geaendert", Recht::aktenplanPflegen},
    {"aktenplaneinheit.verschoben", Recht::aktenplanPflegen},
    {"aktenplaneinheit.entfernt", Recht::aktenplanPflegen},
    {"aktenplaneinheit.aussonderung", Recht::aussonderungPflegen},
    {"akte.aussonderung", Recht::aussonderungPflegen},
    {"vorgang.aussonderung", Recht::aussonderungPflegen},
    {"akte.geheimhaltung", Recht::akteAendern},
    {"vorgang.geheimhaltung", Recht::vorgangAendern},
    {"dokument.geheimhaltung", Recht::dokumentAendern},
    {"akte.geaendert", Recht::akteAendern},
    {"vorgang.geaendert", Recht::vorgangAendern},
    {"dokument.geaendert", Recht::dokumentAendern},
    {"dokument.abgelegt", Recht::eingangAblegen},
    {"akte.umgeschrieben", Recht::akteAendern},
    {"vorgang.umgeschrieben", Recht::vorgangAendern},
    {"akte.kopiert", Recht::akteAnlegen},
    {"vorgang.kopiert", Recht::vorgangAnlegen},
    {"vorgang.zusammengelegt", Recht::vorgangAendern},
    {"vorgang.geteilt", Recht::vorgangAendern},
    {"vorgang.gegliedert", Recht::vorgangAendern},
    {"dokument.gegliedert", Recht::dokumentAendern},
    {"registerblatt.angelegt", {}},
    {"registerblatt.geaendert", {}},
    {"registerblatt.entfernt", {}},
    {"akte.felder_gesetzt", Recht::akteAendern},
    {"vorgang.felder_gesetzt", Recht::vorgangAendern},
    {"dokument.felder_gesetzt", Recht::dokumentAendern},
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

/// The right that each part of the settings needs.
Recht rechtFor(std::string_view tabelle) {
  if (tabelle == mandant::PersonZeile::tabelle) return Recht::personPflegen;
  if (tabelle == mandant::ZugriffZeile::tabelle || tabelle == mandant::ZugriffseintragZeile::tabelle)
    return Recht::zugriffPflegen;
  if (tabelle == EingangsadresseZeile::tabelle || tabelle == PostfachZeile::tabelle) return Recht::organisationPflegen;
  const auto organisation = mandant::tables();
  const bool ofUnits = std::ranges::any_of(organisation, [&](const auto* table) { return table->name == tabelle; });
  return ofUnits && tabelle != mandant::MandantZeile::tabelle ? Recht::organisationPflegen : Recht::aktenplanPflegen;
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

/// What the entry made goes again, so nothing else may hang on it by now. Says nothing of what it is.
base::Result<void> checkHanging(const sql::ReadTx& tx, std::int64_t mandant, const std::vector<Beruehrt>& rows) {
  constexpr std::string_view made[] = {AkteZeile::tabelle,
                                       VorgangZeile::tabelle,
                                       DokumentZeile::tabelle,
                                       RegisterblattZeile::tabelle,
                                       FeldartZeile::tabelle,
                                       DokumentvorlageZeile::tabelle,
                                       mandant::OrganisationseinheitZeile::tabelle,
                                       mandant::StelleZeile::tabelle,
                                       mandant::PersonZeile::tabelle,
                                       mandant::ZugriffZeile::tabelle};
  std::set<std::pair<std::string, std::int64_t>> own;
  for (const auto& row : rows) own.emplace(row.tabelle, row.id);
  for (const auto& row : rows) {
    if (!row.neu || std::ranges::find(made, row.tabelle) == std::end(made)) continue;
    for (const auto* table : alleTabellen())
      for (std::size_t i = 2; i < table->columns.size(); ++i) {
        if (!refers(*table, table->columns[i], row.tabelle)) continue;
        bool other = false;
        tx.eachValues(*table, sql::Query::selectWhere(*table, mandant, i, row.id),
                      [&](std::vector<sql::Value>&& hanging) {
                        other = other || !own.contains({std::string(table->name), std::get<std::int64_t>(hanging[1])});
                      });
        if (other)
          return fail(Code::Konflikt, "Inzwischen ist etwas hinzugekommen; so lässt es sich nicht zurücknehmen.");
      }
  }
  return {};
}

struct InAkte {
  std::string_view tabelle{};
  std::int64_t id = 0, akte = 0;
};

std::int64_t akteOf(const sql::ReadTx& tx, std::int64_t mandant, std::string_view tabelle, std::int64_t id) {
  if (tabelle == DokumentZeile::tabelle) {
    const auto row = mandant::rowById<DokumentZeile>(tx, mandant, id);
    return row && row->vorgang ? akteOf(tx, mandant, VorgangZeile::tabelle, *row->vorgang) : 0;
  }
  const auto row = mandant::rowById<VorgangZeile>(tx, mandant, id);
  return row ? row->akte : 0;
}

/// Those rows that lie in an Akte with a Löschsperre.
std::vector<InAkte> inGehaltenenAkten(const sql::ReadTx& tx, std::int64_t mandant, const std::vector<Beruehrt>& rows) {
  std::vector<InAkte> out;
  for (const auto& row : rows) {
    if (row.tabelle != DokumentZeile::tabelle && row.tabelle != VorgangZeile::tabelle) continue;
    const auto akte = akteOf(tx, mandant, row.tabelle, row.id);
    if (akte != 0 && !ohneLoeschsperre(tx, mandant, akte)) out.push_back({lasting(row.tabelle), row.id, akte});
  }
  return out;
}
bool nochDarin(const sql::ReadTx& tx, std::int64_t mandant, const InAkte& row) {
  return akteOf(tx, mandant, row.tabelle, row.id) == row.akte;
}

/// The entry that takes back a change is about its object; where this went, about what it lay in.
journal::Betreff betreffOf(const journal::Eintrag& eintrag, bool gone) {
  if (!gone) return {"zurueckgenommen", lasting(eintrag.objektArt), eintrag.objekt, eintrag.kette, eintrag.oberobjekt};
  if (eintrag.objektArt == AkteZeile::tabelle)
    return {"zurueckgenommen", AktenplaneinheitZeile::tabelle, eintrag.oberobjekt, eintrag.kette, 0};
  return {"zurueckgenommen", AkteZeile::tabelle, eintrag.kette, eintrag.kette, 0};
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
  const bool ofTown = eintrag->aktion == einstellungen;
  const bool ofPlan = ofTown || eintrag->aktion.starts_with("aktenplan");
  if (ofTown && !std::ranges::all_of(rows, [&](const auto& row) { return wer.hat(rechtFor(row.tabelle)); }))
    return fail(Code::NichtErlaubt);
  if (!ofPlan && kind->recht) AKTENLOTSE_TRY(checkObjects(tx, wer, *kind->recht, rows));
  // Rows that the entry only changed stay; those that it made go.
  std::vector<std::int64_t> made;
  for (const auto& row : rows)
    if (row.neu && row.tabelle == AktenplaneinheitZeile::tabelle) made.push_back(row.id);
  AKTENLOTSE_TRY(checkEinheiten(tx, std::move(made), wer.mandant));
  AKTENLOTSE_TRY(checkHanging(tx, wer.mandant, rows));
  const auto gehalten = inGehaltenenAkten(tx, wer.mandant, rows);
  for (const auto& row : rows) {
    if (!row.neu) continue;
    if (row.tabelle == VersionZeile::tabelle) expungeDerived(tx, wer.mandant, row.id);
    if (base::enumFrom<SuchArt>(row.tabelle)) schriftgut_.index_.remove(tx, wer.mandant, row.id);
  }
  AKTENLOTSE_GET(touched, change.takeBack(*eintrag, alleTabellen(),
                                          ofTown ? std::span<const std::string_view>() : std::span(bleibend)));
  for (const auto& row : gehalten)
    if (!nochDarin(tx, wer.mandant, row)) return ohneLoeschsperre(tx, wer.mandant, row.akte);
  if (ofTown) {
    mandant::recomputeReach(tx, wer.mandant);
    folgePost(tx, wer.mandant, change.zeit());
  }
  if (!ofPlan && kind->recht) AKTENLOTSE_TRY(checkObjects(tx, wer, *kind->recht, touched));
  // A row that the entry made and then changed is touched twice.
  const auto isGone = [&](std::string_view tabelle, std::int64_t id) {
    return std::ranges::any_of(touched,
                               [&](const auto& row) { return row.weg && row.id == id && row.tabelle == tabelle; });
  };
  for (const auto& row : touched)
    if (const auto art = base::enumFrom<SuchArt>(row.tabelle); art && !isGone(row.tabelle, row.id))
      schriftgut_.index_.refresh(tx, wer.mandant, *art, row.id);
  const bool gone = isGone(eintrag->objektArt, eintrag->objekt);
  if (objekt && !gone) schriftgut_.index_.refresh(tx, wer.mandant, objekt->art, objekt->id);
  change.about(betreffOf(*eintrag, gone));
  return {};
}

}  // namespace akte
