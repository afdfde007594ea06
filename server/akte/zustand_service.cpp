// Closing, cancelling, putting aside, deleting: every transition is one row of the table in zustand.cpp.
#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <set>

#include "akte/felder.h"
#include "akte/laufweg_zeilen.h"
#include "akte/register.h"
#include "akte/renditionen.h"
#include "akte/schreiben_zeilen.h"
#include "akte/schutz.h"
#include "akte/umfeld.h"
#include "haengend.h"

namespace akte {

using base::Code;
using base::fail;

bool refers(const sql::Table& table, const sql::Column& column, std::string_view tabelle) {
  if (column.kind != sql::Kind::integer) return false;
  if (column.name == tabelle) return true;
  if (column.name == "ueber") return table.name == tabelle;
  if (column.name == "traeger")
    return tabelle == mandant::OrganisationseinheitZeile::tabelle || tabelle == mandant::StelleZeile::tabelle ||
           tabelle == mandant::PersonZeile::tabelle;
  if (tabelle == FeldartZeile::tabelle) return column.name == "feld";
  if (tabelle == mandant::PersonZeile::tabelle)
    return column.name == "bearbeitung" || column.name == "ersteller" || column.name == "vertreter";
  if (table.name == VerweisZeile::tabelle) return column.name == "von" || column.name == "nach";
  return column.name == "objekt" && table.name != ZeichenZeile::tabelle && table.name != LoeschungZeile::tabelle;
}

void expungeDerived(sql::WriteTx& tx, std::int64_t mandant, std::int64_t version) {
  tx.exec("DELETE FROM volltext WHERE mandant = :mandant AND version = :version", mandant, version);
  tx.exec("DELETE FROM seite WHERE mandant = :mandant AND version = :version", mandant, version);
  tx.exec("DELETE FROM mail_kennung WHERE mandant = :mandant AND version = :version", mandant, version);
  tx.exec("DELETE FROM rendition WHERE mandant = :mandant AND version = :version", mandant, version);
}

namespace {

mandant::MandantZeile townOf(const sql::ReadTx& tx, std::int64_t mandant) {
  return mandant::allRows<mandant::MandantZeile>(tx, mandant).at(0);
}

const AkteZeile& rowOf(const AkteMit& mit) { return mit.akte; }
const VorgangZeile& rowOf(const VorgangMit& mit) { return mit.vorgang; }
const DokumentZeile& rowOf(const DokumentMit& mit) { return mit.dokument; }

/// The chain of the Akte, and what lies above: whose history shows it too.
std::pair<std::int64_t, std::int64_t> placeOf(const AkteMit& mit) { return {mit.akte.id, 0}; }
std::pair<std::int64_t, std::int64_t> placeOf(const VorgangMit& mit) { return {mit.akte.id, mit.vorgang.darin()}; }
std::pair<std::int64_t, std::int64_t> placeOf(const DokumentMit& mit) {
  const auto& row = mit.dokument;
  return {mit.kette(), row.ueber ? *row.ueber : row.vorgang.value_or(0)};
}

Code codeFor(Bedingung grund) {
  switch (grund) {
    case Bedingung::obenOffen:
      return Code::Abgeschlossen;
    case Bedingung::loeschenErlaubt:
    case Bedingung::andererAlsAntragsteller:
      return Code::NichtErlaubt;
    case Bedingung::transferfristLaeuft:
    case Bedingung::prueferGesetzt:
    case Bedingung::wartezeitUm:
    case Bedingung::nichtSchlussgezeichnet:
      return Code::Konflikt;
    default:
      return Code::NochOffen;
  }
}

/// Right, status and conditions of a transition.
base::Result<const Regel*> admit(Change& change, const Berechtigung& wer, const Lage& lage,
                                 const mandant::Gegenstand& gegenstand, Uebergang uebergang) {
  const auto& regel = regelFor(lage.selbst.art, uebergang);
  AKTENLOTSE_TRY(mandant::darf(wer, regel.recht, {gegenstand.stufe, true}));
  if (lage.selbst.status != regel.von) {
    if (regel.von == Status::inBearbeitung) return fail(Code::Abgeschlossen);
    return fail(Code::Konflikt, "Dafür hat es den falschen Zustand.");
  }
  const auto gegen = hindernisse(change.tx(), wer, lage, regel, change.zeit());
  if (!gegen.empty()) return fail(codeFor(gegen.front().grund), satz(gegen.front(), /*english=*/false));
  return &regel;
}

template <class Row>
void setDays(Row& row, const std::vector<Wirkung>& wirkungen, const base::Datum& heute,
             const mandant::MandantZeile& town) {
  const auto hat = [&](Wirkung w) { return std::ranges::find(wirkungen, w) != wirkungen.end(); };
  if (!hat(Wirkung::fristen) && !hat(Wirkung::einJahr) && !hat(Wirkung::fristenLeeren)) return;
  row.aufbewahrungBis.reset();
  if (hat(Wirkung::einJahr)) row.aufbewahrungBis = aufbewahrungBis(heute, 1, /*abJahresende=*/true);
  if constexpr (requires { row.zdaDatum; }) {
    row.zdaDatum.reset();
    row.transferfristEnde.reset();
    if (hat(Wirkung::fristenLeeren)) return;
    row.zdaDatum = heute;
    if (hat(Wirkung::einJahr)) return;
    row.aufbewahrungBis = aufbewahrungBis(heute, row.aufbewahrungsdauer, town.fristAbJahresende);
    if (town.transferfrist) row.transferfristEnde = heute.plusYears(static_cast<int>(*town.transferfrist));
  }
}

LoeschungZeile decide(Change& change, const Berechtigung& wer, const Lage& lage, Ergebnis ergebnis) {
  const auto before = offeneLoeschung(change.tx(), change.mandant(), lage.selbst).value();
  auto after = before;
  after.ergebnis = ergebnis;
  after.entscheider = wer.person;
  after.entschiedenAm = change.zeit();
  change.update(before, after);
  return after;
}

base::Result<void> ask(Change& change, const Berechtigung& wer, const Lage& lage, const Wechsel& wechsel) {
  if (!wechsel.grund) return fail(Code::EingabeUngueltig, "Nennen Sie den Grund der Löschung.", "grund");
  const auto days = townOf(change.tx(), change.mandant()).loeschfrist.value();
  LoeschungZeile row;
  row.uuid = change.newUuid();
  row.objektArt = base::enumName(lage.selbst.art);
  row.objekt = lage.selbst.id;
  if (!lage.selbst.zeichen.empty()) row.zeichen = lage.selbst.zeichen;
  row.zugriff = lage.selbst.zugriff;
  row.grund = wechsel.grund->value;
  row.antragsteller = wer.person;
  row.beantragtAm = change.zeit();
  row.fruehestens = base::Datum::of(change.zeit().plusSeconds(days * 86'400));
  row.ergebnis = Ergebnis::beantragt;
  change.insert(row);
  return {};
}

template <class Mit>
auto apply(Change& change, const Berechtigung& wer, const Mit& mit, Uebergang uebergang, const Wechsel& wechsel)
    -> base::Result<std::decay_t<decltype(rowOf(mit))>> {
  const auto lage = lageOf(mit);
  AKTENLOTSE_GET(regel, admit(change, wer, lage, mit.gegenstand, uebergang));
  if (!regel->nach) throw base::Failure("a transition that is no change of status");
  auto after = rowOf(mit);
  after.status = *regel->nach;
  setDays(after, regel->wirkungen, base::Datum::of(change.zeit()), townOf(change.tx(), change.mandant()));
  if (uebergang == Uebergang::loeschmarkierung) AKTENLOTSE_TRY(ask(change, wer, lage, wechsel));
  if (uebergang == Uebergang::loeschmarkierungZurueckziehen) decide(change, wer, lage, Ergebnis::zurueckgezogen);
  if (uebergang == Uebergang::loeschungAblehnen) decide(change, wer, lage, Ergebnis::abgelehnt);
  change.update(rowOf(mit), after);
  const auto [kette, ober] = placeOf(mit);
  change.about({regel->aktion, after.tabelle, after.id, kette, ober});
  return after;
}

/// All that goes with an object: it, and what lies in it.
struct Baum {
  std::vector<AkteZeile> akten{};
  std::vector<VorgangZeile> vorgaenge{};   ///< Teilvorgänge first
  std::vector<DokumentZeile> dokumente{};  ///< Anlagen first
};

template <class Row>
std::vector<Row> rowsIn(const sql::ReadTx& tx, std::int64_t mandant, sql::Sql column, std::int64_t id) {
  auto query = sql::Query::select<Row>();
  query.add(" FROM ").add(sql::Query::tableName<Row>()).add(" WHERE mandant = :mandant AND ", mandant);
  return tx.query<Row>(query.add(column).add(" = :darin ORDER BY id", id));
}

Baum treeOf(const sql::ReadTx& tx, std::int64_t mandant, const Knoten& root) {
  Baum out;
  if (root.art == SuchArt::akte) {
    out.akten.push_back(mandant::rowById<AkteZeile>(tx, mandant, root.id).value());
    out.vorgaenge = rowsIn<VorgangZeile>(tx, mandant, "akte", root.id);
    std::ranges::stable_partition(out.vorgaenge, [](const auto& row) { return row.ueber.has_value(); });
  } else if (root.art == SuchArt::vorgang) {
    out.vorgaenge = rowsIn<VorgangZeile>(tx, mandant, "ueber", root.id);
    out.vorgaenge.push_back(mandant::rowById<VorgangZeile>(tx, mandant, root.id).value());
  } else {
    out.dokumente = rowsIn<DokumentZeile>(tx, mandant, "ueber", root.id);
    out.dokumente.push_back(mandant::rowById<DokumentZeile>(tx, mandant, root.id).value());
  }
  for (const auto& vorgang : out.vorgaenge)
    for (auto& row : rowsIn<DokumentZeile>(tx, mandant, "vorgang", vorgang.id)) out.dokumente.push_back(std::move(row));
  std::ranges::stable_partition(out.dokumente, [](const auto& row) { return row.ueber.has_value(); });
  return out;
}

/// Expunges the rows that hang on one. What refers to others stands after them in the list of tables, so it goes first.
void expungeHanging(Change& change, std::string_view tabelle, std::int64_t id) {
  const auto all = tables();
  for (auto at = all.rbegin(); at != all.rend(); ++at) {
    const auto& table = **at;
    if (table.name == DokumentZeile::tabelle || table.name == VorgangZeile::tabelle) continue;
    for (std::size_t i = 2; i < table.columns.size(); ++i) {
      if (!refers(table, table.columns[i], tabelle)) continue;
      std::vector<std::int64_t> ids;
      change.tx().eachValues(table, sql::Query::selectWhere(table, change.mandant(), i, id),
                             [&](std::vector<sql::Value>&& row) { ids.push_back(std::get<std::int64_t>(row[1])); });
      // A Registerblatt was made after the one in which it lies.
      for (const auto hanging : ids | std::views::reverse) {
        if (table.name == VersionZeile::tabelle || table.name == LaufwegZeile::tabelle ||
            table.name == SchrittZeile::tabelle || table.name == UmlaufmappeZeile::tabelle ||
            table.name == AkteneinsichtZeile::tabelle)
          expungeHanging(change, table.name, hanging);
        change.expunge(table, hanging);
      }
    }
  }
}

/// The files that were made of a version.
std::vector<std::string> renditionenOf(const sql::ReadTx& tx, const VersionZeile& version) {
  std::vector<std::string> out;
  tx.each<RenditionZeile>(
      sql::Query::select<RenditionZeile>().add(" FROM rendition WHERE mandant = :mandant AND version = :version",
                                               version.mandant, version.id),
      [&](RenditionZeile&& row) { out.push_back(std::move(row.sha256)); });
  return out;
}

/// The bundles that show a Dokument hold its content, so they go too.
void expungeEinsichten(Change& change, std::int64_t dokument) {
  std::set<std::int64_t> ids;
  for (const auto& teil : rowsIn<AkteneinsichtTeilZeile>(change.tx(), change.mandant(), "dokument", dokument))
    ids.insert(teil.akteneinsicht);
  for (const auto id : ids) {
    expungeHanging(change, AkteneinsichtZeile::tabelle, id);
    change.expunge(sql::tableOf<AkteneinsichtZeile>(), id);
  }
}

template <class Row>
void expunge(Change& change, SuchIndex& index, const std::vector<Row>& rows) {
  for (const auto& row : rows) {
    index.remove(change.tx(), change.mandant(), row.id);
    vergissEinsichten(change.tx(), change.mandant(), row.id);
    if constexpr (std::is_same_v<Row, DokumentZeile>) {
      for (const auto& version : rowsIn<VersionZeile>(change.tx(), change.mandant(), "dokument", row.id))
        expungeDerived(change.tx(), version.mandant, version.id);
    }
    expungeHanging(change, row.tabelle, row.id);
    change.expunge(sql::tableOf<Row>(), row.id);
  }
}

}  // namespace

base::Result<AkteZeile> Schriftgut::wechsle(Change& change, const Berechtigung& wer, const AkteMit& before,
                                            Uebergang uebergang, const Wechsel& wechsel) {
  return apply(change, wer, before, uebergang, wechsel);
}
base::Result<VorgangZeile> Schriftgut::wechsle(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                               Uebergang uebergang, const Wechsel& wechsel) {
  return apply(change, wer, before, uebergang, wechsel);
}
base::Result<DokumentZeile> Schriftgut::wechsle(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                                Uebergang uebergang, const Wechsel& wechsel) {
  return apply(change, wer, before, uebergang, wechsel);
}

base::Result<Geloescht> Schriftgut::loesche(Change& change, const Berechtigung& wer, const Lage& lage,
                                            const mandant::Gegenstand& gegenstand) {
  AKTENLOTSE_GET(regel, admit(change, wer, lage, gegenstand, Uebergang::loeschungBestaetigen));
  const auto baum = treeOf(change.tx(), change.mandant(), lage.selbst);
  Geloescht out{decide(change, wer, lage, Ergebnis::geloescht), {}};
  std::int64_t versionen = 0;
  for (const auto& dokument : baum.dokumente) {
    for (auto& datei : schreibdateien(change.tx(), change.mandant(), dokument.id))
      out.sha256.push_back(std::move(datei.sha256));
    expungeEinsichten(change, dokument.id);
    for (const auto& version : rowsIn<VersionZeile>(change.tx(), change.mandant(), "dokument", dokument.id)) {
      ++versionen;
      out.sha256.push_back(version.sha256);
      for (auto& sum : renditionenOf(change.tx(), version)) out.sha256.push_back(std::move(sum));
    }
  }
  const auto before = out.protokoll;
  const auto size = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
  out.protokoll.vorgaenge = size(baum.vorgaenge);
  out.protokoll.dokumente = size(baum.dokumente);
  out.protokoll.versionen = versionen;
  change.update(before, out.protokoll);
  expunge(change, index_, baum.dokumente);
  expunge(change, index_, baum.vorgaenge);
  expunge(change, index_, baum.akten);
  const auto& oben = lage.darueber.empty() ? lage.selbst : lage.darueber.back();
  change.about({regel->aktion, out.protokoll.tabelle, out.protokoll.id, oben.art == SuchArt::akte ? oben.id : 0,
                lage.darueber.empty() ? 0 : lage.darueber.front().id});
  return out;
}

void Schriftgut::aufraeumen(const std::vector<std::string>& sha256) {
  auto& database = journal_.database();
  const auto mandanten = database.read(0, [](const sql::ReadTx& tx) { return mandant::alleMandanten(tx); });
  for (const auto& sum : sha256) {
    const bool named = std::ranges::any_of(mandanten, [&](std::int64_t mandant) {
      return database.read(mandant, [&](const sql::ReadTx& tx) {
        return tx.value<std::int64_t>(
                     "SELECT id FROM version v WHERE mandant = :mandant AND sha256 = :sha256 AND NOT EXISTS (SELECT 1 "
                     "FROM "
                     "virenpruefung p WHERE p.mandant = v.mandant AND p.version = v.id AND p.status = 'kassiert') "
                     "UNION "
                     "ALL SELECT version FROM rendition WHERE mandant = :mandant2 AND sha256 = :sha2562 LIMIT 1",
                     mandant, sum, mandant, sum)
                   .has_value() ||
               nenntSchreibdatei(tx, mandant, sum);
      });
    });
    // What is younger may be just being uploaded by somebody else; `aktenlotse collect` takes it later.
    if (!named) blobs_.remove(sum, journal_.clock().now().plusSeconds(-3600));
  }
}

}  // namespace akte
