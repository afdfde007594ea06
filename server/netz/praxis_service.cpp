// What a town tells of a practice, and the package that it makes of its own set-up.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "netz/eigenwerkzeug.h"
#include "netz/praxis.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::allRows;

namespace {

template <class T>
OptText textOf(const std::optional<T>& text) {
  return text && !text->value.empty() ? OptText(text->value) : OptText();
}

Result<void> darf(const Berechtigung& wer, Recht recht) {
  if (wer.nurLesen || !wer.hat(recht)) return fail(Code::NichtErlaubt);
  return {};
}

Result<void> fill(Change& change, PraxisZeile& row, const PraxisNeu& input) {
  row.titel = input.titel.value;
  row.problem = input.problem.value;
  row.rahmen = textOf(input.rahmen);
  row.schritte = textOf(input.schritte);
  row.aufwand = textOf(input.aufwand);
  row.wirkung = textOf(input.wirkung);
  row.erfolgsfaktoren = textOf(input.erfolgsfaktoren);
  row.lizenz = input.lizenz ? input.lizenz->value : "CC BY 4.0";
  row.sichtbarkeit = input.sichtbarkeit;
  if (row.sichtbarkeit == Sichtbarkeit::coaching)
    return fail(Code::EingabeUngueltig, "Eine Praxis ist für mehr als das Coaching da.", "sichtbarkeit");
  row.kontakt.reset();
  if (input.kontakt) {
    const auto mitglied = mandant::rowByUuid<MitgliedZeile>(change.tx(), change.mandant(), *input.kontakt);
    if (!mitglied || mitglied->status == Mitgliedstatus::ausgeschieden)
      return fail(Code::EingabeUngueltig, "Dieses Mitglied gibt es hier nicht.", "kontakt");
    row.kontakt = mitglied->id;
  }
  return {};
}

PraxisZeile beruehre(Change& change, const PraxisZeile& before, PraxisZeile after, std::string_view aktion) {
  change.update(before, after);
  change.about({aktion, PraxisZeile::tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

Result<void> checkOffen(const PraxisZeile& row) {
  if (row.status == Praxisstatus::archiviert)
    return fail(Code::Abgeschlossen, "Diese Praxis ist archiviert. Holen Sie sie zuerst zurück.");
  return {};
}

/// Where a published one is changed, the right to publish is needed.
Result<void> darfAendern(const Berechtigung& wer, const PraxisZeile& row) {
  AKTENLOTSE_TRY(checkOffen(row));
  return darf(wer, row.status == Praxisstatus::veroeffentlicht ? Recht::netzPflegen : Recht::netzMitmachen);
}

std::vector<base::Line<100>> lines(const std::string& text) {
  std::vector<base::Line<100>> out;
  for (std::size_t at = 0; at <= text.size() && !text.empty();) {
    const auto end = std::min(text.find('\n', at), text.size());
    out.push_back({text.substr(at, end - at)});
    at = end + 1;
  }
  return out;
}

Result<void> sammleTexte(const sql::ReadTx& tx, const Berechtigung& wer, const BausteinSchnueren& input,
                         const blob::Store& blobs, BausteinInhalt& out) {
  if (input.textbausteine && !input.textbausteine->empty()) {
    out.textbausteine.emplace();
    const auto rows = allRows<akte::TextbausteinZeile>(tx, wer.mandant);
    for (const auto& name : *input.textbausteine) {
      const auto row = std::ranges::find(rows, name.value, &akte::TextbausteinZeile::bezeichnung);
      if (row == rows.end())
        return fail(Code::EingabeUngueltig, fmt::format("Den Textbaustein „{}“ gibt es nicht.", name.value),
                    "textbausteine");
      out.textbausteine->push_back({{row->bezeichnung}, {row->text}, {}});
    }
  }
  if (!input.vorlagen || input.vorlagen->empty()) return {};
  out.vorlagen.emplace();
  const auto rows = allRows<akte::DokumentvorlageZeile>(tx, wer.mandant);
  for (const auto& name : *input.vorlagen) {
    const auto row = std::ranges::find(rows, name.value, &akte::DokumentvorlageZeile::bezeichnung);
    const auto fassung =
        row == rows.end()
            ? std::nullopt
            : tx.one<akte::VorlagenfassungZeile>(sql::Query::select<akte::VorlagenfassungZeile>().add(
                  " FROM vorlagenfassung WHERE mandant = :mandant AND dokumentvorlage = :vorlage AND nr = :nr",
                  wer.mandant, row->id, row->fassung));
    const auto opened = fassung ? blobs.open(fassung->sha256) : std::nullopt;
    if (!opened)
      return fail(Code::EingabeUngueltig, fmt::format("Die Vorlage „{}“ gibt es nicht.", name.value), "vorlagen");
    if (opened->size > bausteinMax / 2)
      return fail(Code::ZuGross, fmt::format("Die Vorlage „{}“ ist für einen Baustein zu groß.", name.value),
                  "vorlagen");
    out.vorlagen->push_back(
        {{row->bezeichnung}, row->art, {fassung->dateiname}, {base64(opened->read(0, opened->size))}, {}});
  }
  return {};
}

/// What is other in a Land, beside what holds for all.
void fuege(BausteinInhalt& out, const BausteinVariante& variante) {
  const auto add = [&](auto& into, auto list) {
    for (auto& one : list) {
      one.land = variante.land;
      into.push_back(std::move(one));
    }
  };
  add(out.aktenplan, variante.inhalt.aktenplan);
  add(out.felder, variante.inhalt.felder);
  add(out.laufwege, variante.inhalt.laufwege);
  const auto addOptional = [&](auto& into, const auto& list) {
    if (!list) return;
    if (!into) into.emplace();
    add(*into, *list);
  };
  addOptional(out.textbausteine, variante.inhalt.textbausteine);
  addOptional(out.vorlagen, variante.inhalt.vorlagen);
  addOptional(out.werkzeuge, variante.inhalt.werkzeuge);
}

/// Whole tools, and those of which a checklist is begun.
Result<void> sammleWerkzeuge(const sql::ReadTx& tx, const Berechtigung& wer, const BausteinSchnueren& input,
                             BausteinInhalt& out) {
  std::map<std::string, std::string> schluessel;
  if (input.werkzeuge && !input.werkzeuge->empty()) {
    out.werkzeuge.emplace();
    for (const auto& uuid : *input.werkzeuge) {
      const auto row = findEigenes(tx, wer, uuid);
      if (!row) return fail(Code::EingabeUngueltig, "Dieses Werkzeug hat Ihre Kommune nicht.", "werkzeuge");
      out.werkzeuge->push_back(alsTeil(*row));
      schluessel[uuid.text()] = row->schluessel;
    }
  }
  for (const auto& one : input.checklisten) {
    const auto own = schluessel.find(one.value);
    if (own == schluessel.end() && werkzeug(one.value) == nullptr)
      return fail(Code::EingabeUngueltig, fmt::format("Das Werkzeug „{}“ gibt es nicht.", one.value), "checklisten");
    out.checklisten.push_back(own == schluessel.end() ? one : base::Line<60>{own->second});
  }
  return {};
}

Result<BausteinInhalt> sammle(const sql::ReadTx& tx, const Berechtigung& wer, const BausteinSchnueren& input,
                              const blob::Store& blobs) {
  BausteinInhalt out;
  const auto plan = allRows<akte::AktenplaneinheitZeile>(tx, wer.mandant);
  for (const auto& kennzeichen : input.aktenplan) {
    const auto row = std::ranges::find(plan, kennzeichen.value, &akte::AktenplaneinheitZeile::kennzeichen);
    if (row == plan.end())
      return fail(Code::EingabeUngueltig, fmt::format("Im Aktenplan gibt es {} nicht.", kennzeichen.value),
                  "aktenplan");
    BausteinEinheit one{{row->kennzeichen}, {}, {row->titel}, {}, row->aufbewahrungsdauer, row->aussonderungsart};
    if (row->beschreibung) one.beschreibung = base::Prose<4000>{*row->beschreibung};
    if (row->ueber)
      one.ueber = base::Line<40>{std::ranges::find(plan, *row->ueber, &akte::AktenplaneinheitZeile::id)->kennzeichen};
    out.aktenplan.push_back(std::move(one));
  }
  const auto felder = allRows<akte::FeldartZeile>(tx, wer.mandant);
  for (const auto& typ : input.typen) {
    const auto before = out.felder.size();
    for (const auto& row : felder)
      if (row.typ == typ.value && row.aktiv)
        out.felder.push_back(
            {{row.typ}, {row.bezeichnung}, row.art, lines(row.auswahl.value_or("")), row.pflicht, row.reihenfolge});
    if (out.felder.size() == before)
      return fail(Code::EingabeUngueltig, fmt::format("Die Art von Vorgang „{}“ hat keine Felder.", typ.value),
                  "typen");
  }
  out.laufwege = input.laufwege;
  AKTENLOTSE_TRY(sammleWerkzeuge(tx, wer, input, out));
  AKTENLOTSE_TRY(sammleTexte(tx, wer, input, blobs, out));
  for (const auto& one : input.varianten.value_or(std::vector<BausteinVariante>())) fuege(out, one);
  return out;
}

}  // namespace

Result<PraxisZeile> findPraxis(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<PraxisZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

bool istVeraltet(const OptDatum& bestaetigtAm, const base::Datum& heute) {
  return !bestaetigtAm || bestaetigtAm->plusYears(1) < heute;
}

std::vector<Praxisstatus> naechste(const Berechtigung& wer, const PraxisZeile& row) {
  using S = Praxisstatus;
  const bool pflegt = wer.hat(Recht::netzPflegen) && !wer.nurLesen;
  const bool schreibt = wer.hat(Recht::netzMitmachen) && !wer.nurLesen;
  std::vector<S> out;
  if (row.status == S::entwurf && schreibt) out.push_back(S::pruefung);
  if (row.status == S::pruefung && schreibt) out.push_back(S::entwurf);
  if ((row.status == S::pruefung || row.status == S::entwurf) && pflegt) out.push_back(S::veroeffentlicht);
  if (row.status == S::veroeffentlicht && pflegt) out.push_back(S::archiviert);
  if (row.status == S::archiviert && pflegt) out.push_back(S::entwurf);
  return out;
}

Result<PraxisZeile> createPraxis(Change& change, const Berechtigung& wer, const PraxisNeu& input) {
  AKTENLOTSE_TRY(darf(wer, Recht::netzMitmachen));
  PraxisZeile row;
  row.uuid = change.newUuid();
  AKTENLOTSE_TRY(fill(change, row, input));
  change.insert(row);
  change.about({"netzpraxis.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

Result<PraxisZeile> changePraxis(Change& change, const Berechtigung& wer, const PraxisZeile& before,
                                 const PraxisNeu& input) {
  AKTENLOTSE_TRY(darfAendern(wer, before));
  auto after = before;
  AKTENLOTSE_TRY(fill(change, after, input));
  return beruehre(change, before, after, "netzpraxis.geaendert");
}

Result<PraxisZeile> wechsle(Change& change, const Berechtigung& wer, const PraxisZeile& before, Praxisstatus nach) {
  const auto offered = naechste(wer, before);
  if (std::ranges::find(offered, nach) == offered.end()) {
    if (!wer.hat(Recht::netzPflegen)) return fail(Code::NichtErlaubt, "Das entscheidet, wer das Netz pflegt.");
    return fail(Code::Konflikt, "Von diesem Stand aus geht das nicht.");
  }
  auto after = before;
  after.status = nach;
  if (nach == Praxisstatus::veroeffentlicht) after.bestaetigtAm = base::Datum::of(change.zeit());
  return beruehre(change, before, after, "netzpraxis.stand");
}

Result<PraxisZeile> bestaetige(Change& change, const Berechtigung& wer, const PraxisZeile& before) {
  AKTENLOTSE_TRY(darf(wer, Recht::netzMitmachen));
  AKTENLOTSE_TRY(checkOffen(before));
  auto after = before;
  after.bestaetigtAm = base::Datum::of(change.zeit());
  return beruehre(change, before, after, "netzpraxis.bestaetigt");
}

Result<PraxisZeile> schnuere(Change& change, const Berechtigung& wer, const PraxisZeile& before,
                             const BausteinSchnueren& input, Schluesselbund& schluessel, const blob::Store& blobs) {
  AKTENLOTSE_TRY(darf(wer, Recht::netzPflegen));
  AKTENLOTSE_TRY(checkOffen(before));
  Baustein baustein;
  baustein.id = change.newUuid();
  if (before.baustein) {
    AKTENLOTSE_GET(earlier, liesBaustein(*before.baustein));
    if (!neuerAls(input.version.value, earlier.version.value))
      return fail(Code::EingabeUngueltig, fmt::format("Die Version muss neuer sein als {}.", earlier.version.value),
                  "version");
    baustein.id = earlier.id;
  }
  const auto town = allRows<mandant::MandantZeile>(change.tx(), wer.mandant).at(0);
  baustein.version = input.version;
  baustein.titel = {before.titel};
  baustein.lizenz = {before.lizenz};
  baustein.von = {{town.name}, {town.gebietsschluessel.value_or("").substr(0, 8)}, {town.land}};
  baustein.erstellt = base::Datum::of(change.zeit());
  AKTENLOTSE_GET(inhalt, sammle(change.tx(), wer, input, blobs));
  baustein.inhalt = inhalt;
  baustein.proben = input.proben;
  auto after = before;
  after.baustein = unterschreibe(baustein, schluessel.eigener(change.tx()));
  // What is given on must be what others accept.
  AKTENLOTSE_TRY(liesBaustein(*after.baustein));
  return beruehre(change, before, after, "netzpraxis.baustein");
}

}  // namespace netz
