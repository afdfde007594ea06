#include <fmt/format.h>

#include <algorithm>

#include "akte/registratur.h"
#include "netz/begleitung.h"
#include "netz/checkliste.h"

namespace netz {

using base::Code;
using base::fail;

namespace {

std::string landOf(const sql::ReadTx& tx, std::int64_t mandant) {
  return mandant::allRows<mandant::MandantZeile>(tx, mandant).at(0).land;
}

/// A version that may be worked through.
Result<Fassung> waehle(const Werkzeug& tool, const std::optional<base::Line<20>>& version) {
  const auto* one = version ? fassung(tool, version->value) : &geltende(tool);
  if (one == nullptr) return fail(Code::EingabeUngueltig, "Diese Version gibt es nicht.", "version");
  if (one->zustand == Werkzeugzustand::entwurf)
    return fail(Code::EingabeUngueltig, "Ein Entwurf wird noch nicht abgearbeitet. Geben Sie ihn zuerst als Pilot aus.",
                "version");
  return *one;
}

/// What it asks from now on. Points that are gone keep their words where something was said to them.
void nimmAbbild(const sql::ReadTx& tx, ChecklisteZeile& row, const Werkzeug& tool, const Fassung& neu,
                const std::vector<PunktZeile>& gesagt) {
  Abbild next{tool.bereitschaft, fuerLand(neu, landOf(tx, row.mandant)), {}};
  const auto has = [&](const std::string& schluessel) {
    return std::ranges::any_of(next.fassung.abschnitte, [&](const Abschnitt& abschnitt) {
      return std::ranges::find(abschnitt.punkte, schluessel, &Punkt::schluessel) != abschnitt.punkte.end();
    });
  };
  if (const auto before = abbildOf(row)) {
    auto known = before->frueher;
    for (const auto& abschnitt : before->fassung.abschnitte)
      known.insert(known.end(), abschnitt.punkte.begin(), abschnitt.punkte.end());
    for (const auto& one : known)
      if (!has(one.schluessel) && std::ranges::find(gesagt, one.schluessel, &PunktZeile::schluessel) != gesagt.end())
        next.frueher.push_back(one);
  }
  row.abbild = base::toJson(next);
}

ChecklisteZeile beruehre(Change& change, const ChecklisteZeile& before, ChecklisteZeile after,
                         std::string_view aktion) {
  change.update(before, after);
  change.about({aktion, ChecklisteZeile::tabelle, after.id, 0, 0});
  return after;
}

}  // namespace

Result<ChecklisteZeile> findCheckliste(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<ChecklisteZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

std::vector<PunktZeile> punkteOf(const sql::ReadTx& tx, const ChecklisteZeile& row) {
  return tx.query<PunktZeile>(sql::Query::select<PunktZeile>().add(
      " FROM netz_punkt WHERE mandant = :mandant AND checkliste = :checkliste ORDER BY id", row.mandant, row.id));
}

std::optional<Abbild> abbildOf(const ChecklisteZeile& row) {
  if (!row.abbild) return std::nullopt;
  auto read = base::readJson<Abbild>(*row.abbild);
  if (!read) throw base::Failure("a checklist holds what cannot be read: " + row.uuid.text());
  return *std::move(read);
}

Fassung fassungOf(const sql::ReadTx& tx, const ChecklisteZeile& row) {
  if (const auto own = abbildOf(row)) return mitEigenen(tx, row, own->fassung);
  const auto* tool = werkzeug(row.werkzeug);
  const auto* one = tool == nullptr ? nullptr : fassung(*tool, row.version);
  if (one == nullptr) throw base::Failure("a checklist of a tool that the program does not have: " + row.werkzeug);
  return mitEigenen(tx, row, fuerLand(*one, landOf(tx, row.mandant)));
}

Result<ChecklisteZeile> beginne(Change& change, const Berechtigung& wer, const ChecklisteNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  const auto tool = findWerkzeug(change.tx(), wer, input.werkzeug.value);
  if (!tool) return fail(Code::EingabeUngueltig, "Dieses Werkzeug gibt es nicht.", "werkzeug");
  AKTENLOTSE_GET(one, waehle(*tool, input.version));
  ChecklisteZeile row;
  row.mandant = wer.mandant;
  row.uuid = change.newUuid();
  row.werkzeug = tool->schluessel;
  row.version = one.version;
  row.bezeichnung = input.bezeichnung ? input.bezeichnung->value : tool->titel;
  row.begonnen = base::Datum::of(change.zeit());
  row.begonnenVon = wer.person;
  if (werkzeug(tool->schluessel) == nullptr) nimmAbbild(change.tx(), row, *tool, one, {});
  change.insert(row);
  change.about({"netzcheckliste.begonnen", row.tabelle, row.id, 0, 0});
  return row;
}

Result<ChecklisteZeile> setzePunkt(Change& change, const Berechtigung& wer, const ChecklisteZeile& before,
                                   const PunktSetzen& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  if (before.status == Checklistenstatus::beendet)
    return fail(Code::Abgeschlossen, "Diese Checkliste ist beendet. Öffnen Sie sie zuerst wieder.");
  const auto now = fassungOf(change.tx(), before);
  const bool known = std::ranges::any_of(now.abschnitte, [&](const Abschnitt& abschnitt) {
    return std::ranges::find(abschnitt.punkte, input.schluessel.value, &Punkt::schluessel) != abschnitt.punkte.end();
  });
  if (!known) return fail(Code::EingabeUngueltig, "Diesen Punkt hat die Checkliste nicht.", "schluessel");
  PunktZeile row;
  const auto said = punkteOf(change.tx(), before);
  const auto found = std::ranges::find(said, input.schluessel.value, &PunktZeile::schluessel);
  if (found != said.end()) row = *found;
  row.checkliste = before.id;
  row.schluessel = input.schluessel.value;
  row.status = input.status;
  row.notiz = input.notiz && !input.notiz->value.empty() ? OptText(input.notiz->value) : OptText();
  if (input.nachweis) {
    row.nachweis.reset();
    row.nachweisArt.reset();
    if (!input.nachweis->value.empty()) {
      const auto objekt = akte::findeZeichen(change.tx(), wer, input.nachweis->value);
      if (!objekt)
        return fail(
            Code::EingabeUngueltig,
            fmt::format("Das Geschäftszeichen {} gibt es nicht, oder Sie sehen es nicht.", input.nachweis->value),
            "nachweis");
      row.nachweis = objekt->uuid.text();
      row.nachweisArt = std::string(base::enumName(objekt->art));
    }
  }
  row.person = wer.person;
  row.zeit = change.zeit();
  if (found != said.end())
    change.update(*found, row);
  else
    change.insert(row);
  return beruehre(change, before, before, "netzcheckliste.punkt");
}

Result<ChecklisteZeile> aendere(Change& change, const Berechtigung& wer, const ChecklisteZeile& before,
                                const ChecklisteAendern& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  auto after = before;
  if (input.status) after.status = *input.status;
  if (before.status == Checklistenstatus::beendet && after.status == Checklistenstatus::beendet)
    return fail(Code::Abgeschlossen, "Diese Checkliste ist beendet. Öffnen Sie sie zuerst wieder.");
  if (input.bezeichnung) after.bezeichnung = input.bezeichnung->value;
  if (input.version) {
    const auto tool = findWerkzeug(change.tx(), wer, before.werkzeug);
    if (!tool) return fail(Code::EingabeUngueltig, "Dieses Werkzeug sehen Sie nicht mehr.", "version");
    AKTENLOTSE_GET(one, waehle(*tool, input.version));
    after.version = one.version;
    if (before.abbild) nimmAbbild(change.tx(), after, *tool, one, punkteOf(change.tx(), before));
  }
  return beruehre(change, before, after,
                  after.version != before.version ? "netzcheckliste.version" : "netzcheckliste.geaendert");
}

}  // namespace netz
