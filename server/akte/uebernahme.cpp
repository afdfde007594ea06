#include "akte/uebernahme.h"

#include <fmt/format.h>

#include "akte/pruefung.h"
#include "routen.h"
#include "sql/liste.h"

namespace akte {

using base::Code;
using base::fail;

namespace {

std::optional<UebernahmeZeile> rowOf(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  return tx.one<UebernahmeZeile>(sql::Query::select<UebernahmeZeile>().add(
      " FROM uebernahme WHERE mandant = :mandant AND dokument = :dokument", dokument.mandant, dokument.id));
}

OptId taker(const std::optional<UebernahmeZeile>& row, const DokumentZeile& dokument) {
  return row && row->organisationseinheit == dokument.organisationseinheit ? row->bearbeitung : OptId();
}

base::Result<void> wartet(const Berechtigung& wer, const DokumentMit& mit) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::eingangAblegen, mit.gegenstand));
  if (mit.dokument.ueber) return fail(Code::Konflikt, "Eine Anlage geht mit ihrem Dokument.");
  if (mit.dokument.vorgang) return fail(Code::Konflikt, "Das Dokument liegt in einem Vorgang.");
  return {};
}

void write(Change& change, const DokumentZeile& dokument, const std::optional<UebernahmeZeile>& before, OptId person) {
  auto row = before.value_or(UebernahmeZeile());
  row.dokument = dokument.id;
  row.organisationseinheit = dokument.organisationseinheit;
  row.bearbeitung = person;
  row.seit = change.zeit();
  if (before)
    change.update(*before, row);
  else
    change.insert(row);
}

}  // namespace

base::Result<DokumentZeile> uebernimm(Change& change, const Berechtigung& wer, const DokumentMit& mit) {
  AKTENLOTSE_TRY(wartet(wer, mit));
  const auto before = rowOf(change.tx(), mit.dokument);
  if (const auto other = taker(before, mit.dokument)) {
    if (*other == wer.person) return fail(Code::Konflikt, "Sie haben das Schreiben schon übernommen.");
    const auto who = mandant::personKurz(change.tx(), wer.mandant, *other);
    return fail(Code::Konflikt, fmt::format("{} hat das Schreiben schon übernommen.", who ? who->name : "Jemand"));
  }
  write(change, mit.dokument, before, wer.person);
  change.about({"eingang.uebernommen", DokumentZeile::tabelle, mit.dokument.id, 0, 0});
  return mit.dokument;
}

base::Result<DokumentZeile> gibFrei(Change& change, const Berechtigung& wer, const DokumentMit& mit) {
  AKTENLOTSE_TRY(wartet(wer, mit));
  const auto before = rowOf(change.tx(), mit.dokument);
  if (!taker(before, mit.dokument)) return fail(Code::Konflikt, "Niemand hat das Schreiben übernommen.");
  write(change, mit.dokument, before, std::nullopt);
  change.about({"eingang.freigegeben", DokumentZeile::tabelle, mit.dokument.id, 0, 0});
  return mit.dokument;
}

sql::Query uebernommenVon(const Berechtigung& wer, std::int64_t person) {
  auto out = imPosteingang(wer);
  return out.add(
      " AND EXISTS (SELECT 1 FROM uebernahme u WHERE u.mandant = d.mandant AND u.dokument = d.id AND "
      "u.organisationseinheit = d.organisationseinheit AND u.bearbeitung = :taker)",
      person);
}

sql::Query herrenlosIn(const sql::ReadTx& tx, const Berechtigung& wer, const std::vector<std::int64_t>& einheiten) {
  auto out = imPosteingang(wer);
  out.add(
      " AND NOT EXISTS (SELECT 1 FROM uebernahme u WHERE u.mandant = d.mandant AND u.dokument = d.id AND "
      "u.organisationseinheit = d.organisationseinheit AND u.bearbeitung IS NOT NULL) AND d.organisationseinheit");
  return out.add(sql::in(tx, einheiten));
}

namespace {

/// What a route of taking answers: the row as it stands in the Posteingang now.
template <class Apply>
void add(http::Routes& routes, Zugang& zugang, std::string pattern, std::string_view id, std::string_view summary,
         Apply apply) {
  routes.add<None, None, EingangAusgabe>(
      Verb::post, std::move(pattern),
      {.id = id, .tag = "Posteingang", .summary = summary, .recht = "eingangAblegen", .changesExisting = true},
      [&zugang, apply](const auto& call) {
        return zugang.change<EingangAusgabe>(call,
                                             [&](Change& change, const Berechtigung& wer) -> Result<EingangAusgabe> {
                                               AKTENLOTSE_GET(mit, findDokument(change.tx(), wer, call.id));
                                               AKTENLOTSE_TRY(mandant::checkStand(call, mit.dokument.stand));
                                               AKTENLOTSE_GET(row, apply(change, wer, mit));
                                               return showEingaenge(change.tx(), wer, std::span(&row, 1)).front();
                                             });
      });
}

}  // namespace

void addUebernahmeRoutes(http::Routes& routes, Zugang& zugang) {
  add(routes, zugang, "/api/dokumente/{id}/uebernehmen", "eingangUebernehmen",
      "Take a letter of the Posteingang, so that no other files it", &uebernimm);
  add(routes, zugang, "/api/dokumente/{id}/freigeben", "eingangFreigeben",
      "Give a letter back that somebody has taken and not filed", &gibFrei);
}

}  // namespace akte
