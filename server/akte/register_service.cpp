#include <algorithm>

#include "akte/register.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::rowByUuid;

namespace {

sql::Sql spalteOf(SuchArt art) { return art == SuchArt::akte ? sql::Sql("akte") : sql::Sql("vorgang"); }

/// A Blatt of this Akte or Vorgang.
base::Result<RegisterblattZeile> find(const sql::ReadTx& tx, const Berechtigung& wer, SuchArt art, std::int64_t objekt,
                                      const base::Uuid& uuid, std::string feld) {
  auto row = rowByUuid<RegisterblattZeile>(tx, wer.mandant, uuid);
  if (!row || (art == SuchArt::akte ? row->akte : row->vorgang) != objekt)
    return fail(Code::EingabeUngueltig, "Dieses Registerblatt gibt es hier nicht.", std::move(feld));
  return *std::move(row);
}

void about(Change& change, const Objekt& objekt, std::string_view aktion) {
  change.about({aktion, base::enumName(objekt.art), objekt.id, objekt.kette, objekt.oberobjekt});
}

/// Those that lie in the same place.
std::vector<RegisterblattZeile> beside(std::vector<RegisterblattZeile> all, const RegisterblattZeile& row) {
  std::erase_if(all, [&](const auto& other) { return other.ueber != row.ueber; });
  return all;
}

}  // namespace

std::vector<RegisterblattZeile> blaetterIn(const sql::ReadTx& tx, std::int64_t mandant, SuchArt art,
                                           std::int64_t objekt) {
  auto query =
      sql::Query::select<RegisterblattZeile>().add(" FROM registerblatt WHERE mandant = :mandant AND ", mandant);
  const auto rows = tx.query<RegisterblattZeile>(query.add(spalteOf(art)).add(" = :objekt ORDER BY platz, id", objekt));
  std::vector<RegisterblattZeile> out;
  for (const auto& row : rows) {
    if (row.ueber) continue;
    out.push_back(row);
    std::ranges::copy_if(rows, std::back_inserter(out), [&](const auto& below) { return below.ueber == row.id; });
  }
  return out;
}

base::Result<RegisterblattZeile> createBlatt(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                             const BlattNeu& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, objekt.aendern(), objekt.gegenstand));
  RegisterblattZeile row;
  row.uuid = change.newUuid();
  row.art = input.art.value_or(Blattart::registerblatt);
  row.bezeichnung = input.bezeichnung.value;
  if (objekt.art == SuchArt::vorgang && row.art != Blattart::registerblatt)
    return fail(Code::EingabeUngueltig, "Teilakten und Bände gibt es nur in einer Akte.", "art");
  if (input.ueber) {
    AKTENLOTSE_GET(ueber, find(tx, wer, objekt.art, objekt.id, *input.ueber, "ueber"));
    if (row.art != Blattart::registerblatt || ueber.art == Blattart::registerblatt)
      return fail(Code::EingabeUngueltig, "In einer Teilakte oder einem Band liegen nur Registerblätter.", "ueber");
    row.ueber = ueber.id;
  }
  (objekt.art == SuchArt::akte ? row.akte : row.vorgang) = objekt.id;
  const auto all = blaetterIn(tx, wer.mandant, objekt.art, objekt.id);
  if (all.size() >= 500)
    return fail(Code::Konflikt, "Mehr als 500 Registerblätter hat eine Akte oder ein Vorgang nicht.");
  const auto neben = beside(all, row);
  row.platz = neben.empty() ? 1 : neben.back().platz + 1;
  change.insert(row);
  about(change, objekt, "registerblatt.angelegt");
  return row;
}

base::Result<RegisterblattZeile> changeBlatt(Change& change, const Berechtigung& wer, const Objekt& objekt,
                                             const BlattAendern& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, objekt.aendern(), objekt.gegenstand));
  AKTENLOTSE_GET(row, find(tx, wer, objekt.art, objekt.id, input.id, "id"));
  if (input.bezeichnung && input.bezeichnung->value != row.bezeichnung) {
    const auto before = row;
    row.bezeichnung = input.bezeichnung->value;
    change.update(before, row);
  }
  if (input.platz) {
    auto neben = beside(blaetterIn(tx, wer.mandant, objekt.art, objekt.id), row);
    if (*input.platz < 1 || *input.platz > static_cast<std::int64_t>(neben.size()))
      return fail(Code::EingabeUngueltig, "Diesen Platz gibt es nicht.", "platz");
    const auto from = std::ranges::find(neben, row.id, &RegisterblattZeile::id);
    const auto to = neben.begin() + (*input.platz - 1);
    if (from < to)
      std::rotate(from, from + 1, to + 1);
    else
      std::rotate(to, from, from + 1);
    for (std::size_t i = 0; i < neben.size(); ++i) {
      const auto before = neben[i];
      neben[i].platz = static_cast<std::int64_t>(i) + 1;
      if (neben[i].platz != before.platz) change.update(before, neben[i]);
      if (neben[i].id == row.id) row = neben[i];
    }
  }
  about(change, objekt, "registerblatt.geaendert");
  return row;
}

base::Result<void> removeBlatt(Change& change, const Berechtigung& wer, const Objekt& objekt, const base::Uuid& uuid) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, objekt.aendern(), objekt.gegenstand));
  AKTENLOTSE_GET(row, find(tx, wer, objekt.art, objekt.id, uuid, "id"));
  if (tx.value<std::int64_t>("SELECT id FROM registerblatt WHERE mandant = :m1 AND ueber = :ueber UNION ALL SELECT id "
                             "FROM vorgang WHERE mandant = :m2 AND registerblatt = :b1 UNION ALL SELECT id FROM "
                             "dokument WHERE mandant = :m3 AND registerblatt = :b2 LIMIT 1",
                             wer.mandant, row.id, wer.mandant, row.id, wer.mandant, row.id))
    return fail(Code::Konflikt, "Dahinter liegt noch etwas. Legen Sie es erst hinter ein anderes Registerblatt.");
  change.erase(row);
  about(change, objekt, "registerblatt.entfernt");
  return {};
}

base::Result<VorgangZeile> gliedern(Change& change, const Berechtigung& wer, const VorgangMit& before,
                                    const Gliedern& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::vorgangAendern, before.gegenstand));
  auto after = before.vorgang;
  after.registerblatt.reset();
  if (input.registerblatt.value) {
    if (before.ueber) return fail(Code::Konflikt, "Ein Teilvorgang liegt bei seinem Vorgang.");
    AKTENLOTSE_GET(blatt,
                   find(change.tx(), wer, SuchArt::akte, after.akte, *input.registerblatt.value, "registerblatt"));
    after.registerblatt = blatt.id;
  }
  if (after.registerblatt == before.vorgang.registerblatt) return after;
  change.update(before.vorgang, after);
  change.about({"vorgang.gegliedert", after.tabelle, after.id, after.akte, after.darin()});
  return after;
}

base::Result<DokumentZeile> gliedern(Change& change, const Berechtigung& wer, const DokumentMit& before,
                                     const Gliedern& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, before.gegenstand));
  auto after = before.dokument;
  after.registerblatt.reset();
  if (input.registerblatt.value) {
    if (after.ueber) return fail(Code::Konflikt, "Eine Anlage liegt bei ihrem Dokument.");
    if (!after.vorgang) return fail(Code::Konflikt, "Legen Sie das Dokument zuerst in einen Vorgang.");
    AKTENLOTSE_GET(
        blatt, find(change.tx(), wer, SuchArt::vorgang, *after.vorgang, *input.registerblatt.value, "registerblatt"));
    after.registerblatt = blatt.id;
  }
  if (after.registerblatt == before.dokument.registerblatt) return after;
  change.update(before.dokument, after);
  change.about({"dokument.gegliedert", after.tabelle, after.id, before.kette(), after.vorgang.value_or(0)});
  return after;
}

std::map<std::int64_t, std::int64_t> kopiereBlaetter(Change& change, SuchArt art, std::int64_t von, std::int64_t nach) {
  std::map<std::int64_t, std::int64_t> out;
  for (const auto& from : blaetterIn(change.tx(), change.mandant(), art, von)) {
    auto row = from;
    row.uuid = change.newUuid();
    row.stand = 1;
    (art == SuchArt::akte ? row.akte : row.vorgang) = nach;
    if (from.ueber) row.ueber = out.at(*from.ueber);
    change.insert(row);
    out[from.id] = row.id;
  }
  return out;
}

}  // namespace akte
