// The town's yes to its Lotse, and the log of both.
#include "netz/begleitung.h"

#include <fmt/format.h>

#include <algorithm>

#include "inhalt.h"
#include "mandant/organisation.h"
#include "netz/kommunen.h"
#include "sql/liste.h"
#include "treffen_inhalt.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::rowByUuid;

namespace {

std::string agsOf(const sql::ReadTx& tx, std::int64_t mandant) {
  return mandant::allRows<mandant::MandantZeile>(tx, mandant).at(0).gebietsschluessel.value_or("");
}

struct Name {
  std::string wert{};
};
BOOST_DESCRIBE_STRUCT(Name, (), (wert))

std::vector<std::string> texts(const std::vector<Name>& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(row.wert);
  return out;
}

Aushang rowFor(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid, Aushangart art) {
  Aushang out;
  out.uuid = uuid;
  out.eigner = mandant;
  out.art = art;
  out.land = mandant::allRows<mandant::MandantZeile>(tx, mandant).at(0).land;
  out.sichtbarkeit = Sichtbarkeit::coaching;
  return out;
}

}  // namespace

std::optional<MitgliedZeile> alsLotse(const sql::ReadTx& tx, const Berechtigung& wer) {
  return tx.one<MitgliedZeile>(sql::Query::select<MitgliedZeile>().add(
      " FROM netz_mitglied WHERE mandant = :mandant AND person = :person AND rolle = 'lotse' AND status = 'aktiv' "
      "ORDER BY id",
      wer.mandant, wer.person));
}

bool istNavigator(const sql::ReadTx& tx, const Berechtigung& wer) {
  const auto ags = agsOf(tx, wer.mandant);
  return !ags.empty() && tx.value<std::int64_t>(
                               "SELECT id FROM netz_mitglied WHERE mandant = :mandant AND person = :person AND rolle = "
                               "'navigator' AND status = 'aktiv' AND ags = :ags",
                               wer.mandant, wer.person, ags)
                             .has_value();
}

bool darfEinwilligen(const sql::ReadTx& tx, const Berechtigung& wer) {
  if (wer.nurLesen) return false;
  return wer.hat(Recht::netzPflegen) || (wer.hat(Recht::netzMitmachen) && istNavigator(tx, wer));
}

std::vector<std::string> begleitungenVon(const sql::ReadTx& tx, const Berechtigung& wer) {
  std::vector<std::string> out;
  // The town's Navigator has its log also after the town took its consent back.
  if (istNavigator(tx, wer))
    out = texts(tx.query<Name>("SELECT uuid FROM netz_einwilligung WHERE mandant = :mandant ORDER BY id", wer.mandant));
  const auto mine = tx.query<Name>(
      "SELECT m.uuid FROM netz_mitglied m WHERE m.mandant = :mandant AND m.person = :person AND m.rolle = 'lotse' AND "
      "m.status = 'aktiv' ORDER BY m.id",
      wer.mandant, wer.person);
  if (mine.empty()) return out;
  // What hangs out of a consent is one that holds; that he still coaches the town is said by his own tenant.
  for (const auto& one : tx.query<Name>(
           sql::Query("SELECT e.uuid FROM netz_aushang e WHERE e.art = 'einwilligung' AND e.herkunft = '' AND EXISTS "
                      "(SELECT 1 FROM "
                      "netz_aushang b WHERE b.art = 'betreuung' AND b.ober = e.ober AND b.ags = e.titel) AND e.ober")
               .add(sql::in(tx, texts(mine)))
               .add(" ORDER BY e.uuid")))
    out.push_back(one.wert);
  return out;
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const EinwilligungZeile& row) {
  if (row.status != Einwilligungsstatus::erteilt) return {};
  auto out = rowFor(tx, row.mandant, row.uuid, Aushangart::einwilligung);
  // It hangs on the Lotse's membership, so he sees it; the key of the town is no address of the row, or its coaching
  // would show it to every other Lotse of the town.
  out.ober = row.lotse;
  out.titel = agsOf(tx, row.mandant);
  out.inhalt = base::toJson(EinwilligungInhalt{row.seit});
  return {out};
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const CoachingZeile& row) {
  auto out = rowFor(tx, row.mandant, row.uuid, Aushangart::coaching);
  out.ober = row.begleitung;
  out.titel = row.thema;
  out.ordnung = row.tag.text();
  const auto person = mandant::personKurz(tx, row.mandant, row.person);
  out.inhalt = base::toJson(CoachingInhalt{row.tag, row.inhalt, row.schritt, row.faellig, row.erledigt, row.stand,
                                           person ? person->name : std::string()});
  return {out};
}

Result<MitgliedZeile> frageAn(Change& change, const Berechtigung& wer, const BegleitungFragen& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  const auto lotse = alsLotse(change.tx(), wer);
  if (!lotse) return fail(Code::NichtErlaubt, "Begleiten kann nur, wer selbst als Lotse im Netz aktiv ist.");
  const bool known = kommune(change.tx(), input.ags.value) != nullptr ||
                     input.ags.value == agsOf(change.tx(), wer.mandant) ||
                     change.tx().value<std::string>(
                         "SELECT uuid FROM netz_aushang WHERE art = 'profil' AND ags = :ags AND sichtbarkeit IN "
                         "('oeffentlich', 'netze')",
                         input.ags.value);
  if (!known) return fail(Code::EingabeUngueltig, "Diesen Gemeindeschlüssel kennt das Verzeichnis nicht.", "ags");
  if (change.tx().value<std::int64_t>(
          "SELECT id FROM netz_betreuung WHERE mandant = :mandant AND mitglied = :mitglied AND ags = :ags", wer.mandant,
          lotse->id, input.ags.value))
    return *lotse;
  BetreuungZeile row;
  row.uuid = change.newUuid();
  row.mitglied = lotse->id;
  row.ags = input.ags.value;
  change.insert(row);
  change.about({"netzmitglied.betreuung", MitgliedZeile::tabelle, lotse->id, 0, 0});
  zeige(change, *lotse);
  return *lotse;
}

Result<EinwilligungZeile> willigeEin(Change& change, const Berechtigung& wer, const base::Uuid& lotse, bool erteilt) {
  auto& tx = change.tx();
  if (!darfEinwilligen(tx, wer))
    return fail(Code::NichtErlaubt, "Darüber entscheidet, wer Navigator Ihrer Kommune ist oder das Netz pflegt.");
  const auto ags = agsOf(tx, wer.mandant);
  const auto before = tx.one<EinwilligungZeile>(sql::Query::select<EinwilligungZeile>().add(
      " FROM netz_einwilligung WHERE mandant = :mandant AND lotse = :lotse", wer.mandant, lotse));
  const bool fragt = !ags.empty() && tx.value<std::string>(
                                         "SELECT uuid FROM netz_aushang WHERE art = 'betreuung' AND ober = :lotse AND "
                                         "ags = :ags",
                                         lotse, ags);
  // What was given may be taken back, whatever the Lotse's tenant says by now.
  if (erteilt ? !fragt : !before) return fail(Code::NichtGefunden);
  auto row = before.value_or(EinwilligungZeile{});
  row.lotse = lotse.text();
  row.status = erteilt ? Einwilligungsstatus::erteilt : Einwilligungsstatus::zurueckgenommen;
  if (before && before->status == row.status) return row;
  const auto heute = base::Datum::of(change.zeit());
  if (erteilt) row.seit = heute;
  row.bis = erteilt ? OptDatum() : OptDatum(heute);
  row.person = wer.person;
  if (before) {
    change.update(*before, row);
  } else {
    row.uuid = change.newUuid();
    change.insert(row);
  }
  change.about({erteilt ? "netzeinwilligung.erteilt" : "netzeinwilligung.zurueckgenommen", row.tabelle, row.id, 0, 0});
  zeige(change, row);
  return row;
}

namespace {

Result<void> checkTeil(const sql::ReadTx& tx, const Berechtigung& wer, const std::string& begleitung) {
  const auto mine = begleitungenVon(tx, wer);
  if (std::ranges::find(mine, begleitung) == mine.end()) return fail(Code::NichtGefunden);
  return {};
}

void fill(CoachingZeile& row, const CoachingNeu& input) {
  row.tag = input.tag;
  row.thema = input.thema.value;
  row.inhalt = input.inhalt.value;
  row.schritt = input.schritt ? OptText(input.schritt->value) : OptText();
  row.faellig = row.schritt ? input.faellig : OptDatum();
  row.erledigt = row.schritt && input.erledigt;
}

}  // namespace

Result<CoachingZeile> schreibeCoaching(Change& change, const Berechtigung& wer, const base::Uuid& begleitung,
                                       const CoachingNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  AKTENLOTSE_TRY(checkTeil(change.tx(), wer, begleitung.text()));
  // What was taken back is read by the town; nothing more is written.
  if (!change.tx().value<std::string>("SELECT uuid FROM netz_aushang WHERE uuid = :uuid", begleitung))
    return fail(Code::Abgeschlossen, "Die Einwilligung ist zurückgenommen. Erteilen Sie sie zuerst wieder.");
  CoachingZeile row;
  row.uuid = change.newUuid();
  row.begleitung = begleitung.text();
  row.person = wer.person;
  fill(row, input);
  change.insert(row);
  change.about({"netzcoaching.geschrieben", row.tabelle, row.id, 0, 0});
  zeige(change, row);
  return row;
}

Result<CoachingZeile> aendereCoaching(Change& change, const Berechtigung& wer, const base::Uuid& eintrag,
                                      std::int64_t stand, const CoachingNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  const auto before = rowByUuid<CoachingZeile>(change.tx(), wer.mandant, eintrag);
  if (!before) return fail(Code::NichtGefunden);
  AKTENLOTSE_TRY(checkTeil(change.tx(), wer, before->begleitung));
  if (before->person != wer.person) return fail(Code::NichtErlaubt, "Einen Eintrag ändert, wer ihn geschrieben hat.");
  if (before->stand != stand) return fail(Code::Veraltet);
  auto after = *before;
  fill(after, input);
  change.update(*before, after);
  change.about({"netzcoaching.geaendert", after.tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

// ---- what a town adds to its checklist

std::vector<ZusatzpunktZeile> zusatzpunkteOf(const sql::ReadTx& tx, const ChecklisteZeile& row) {
  return tx.query<ZusatzpunktZeile>(sql::Query::select<ZusatzpunktZeile>().add(
      " FROM netz_zusatzpunkt WHERE mandant = :mandant AND checkliste = :checkliste ORDER BY id", row.mandant, row.id));
}

Fassung mitEigenen(const sql::ReadTx& tx, const ChecklisteZeile& row, Fassung fassung) {
  Abschnitt eigene{"Eigene Punkte", {}, {}};
  for (const auto& punkt : zusatzpunkteOf(tx, row)) eigene.punkte.push_back({punkt.schluessel, punkt.inhalt, {}, {}});
  if (!eigene.punkte.empty()) fassung.abschnitte.push_back(std::move(eigene));
  return fassung;
}

Result<ChecklisteZeile> ergaenzeCheckliste(Change& change, const Berechtigung& wer, const ChecklisteZeile& before,
                                           const ZusatzpunktNeu& input, const std::optional<base::Uuid>& coaching) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  if (before.status == Checklistenstatus::beendet)
    return fail(Code::Abgeschlossen, "Diese Checkliste ist beendet. Öffnen Sie sie zuerst wieder.");
  if (coaching) {
    const auto of = change.tx().value<std::string>(
        "SELECT ober FROM netz_aushang WHERE art = 'coaching' AND uuid = :eintrag", *coaching);
    if (!of) return fail(Code::NichtGefunden);
    AKTENLOTSE_TRY(checkTeil(change.tx(), wer, *of));
  }
  const auto there = zusatzpunkteOf(change.tx(), before);
  if (coaching && std::ranges::find(there, OptText(coaching->text()), &ZusatzpunktZeile::quelle) != there.end())
    return fail(Code::Vergeben, "Dieser Schritt steht schon in der Checkliste.");
  ZusatzpunktZeile row;
  row.checkliste = before.id;
  row.schluessel = fmt::format("eigen-{}", there.size() + 1);
  row.inhalt = input.text.value;
  if (coaching) row.quelle = coaching->text();
  change.insert(row);
  auto after = before;
  change.update(before, after);
  change.about({"netzcheckliste.ergaenzt", ChecklisteZeile::tabelle, after.id, 0, 0});
  return after;
}

}  // namespace netz
