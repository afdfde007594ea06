#include <fmt/format.h>

#include <algorithm>

#include "routen.h"

namespace geschaeftsgang {

using akte::DokumentZeile;
using base::Code;
using base::fail;
using mandant::rowById;
using mandant::rowByUuid;

/// A slip as it was and as it becomes, with the place of one step.
struct Geschaeftsgang::Ort {
  LaufwegZeile laufweg{};
  Schritte vorher{}, nachher{};
  std::size_t i = 0;
  [[nodiscard]] const SchrittZeile& schritt() const { return vorher[i]; }
};

namespace {

/// To do what a slip asks of oneself, seeing the object is enough; its state must allow it all the same.
Result<void> darfHandeln(const Berechtigung& wer, const VorgangMit& vorgang) {
  auto as = vorgang.gegenstand;
  if (as.stufe) as.stufe = mandant::Stufe::bearbeiten;
  return mandant::darf(wer, Recht::schrittErledigen, as);
}

/// The Dokument of a slip, if it has one; nothing may be done in it that its state forbids.
Result<std::optional<DokumentZeile>> openDokument(const sql::ReadTx& tx, const Berechtigung& wer,
                                                  const akte::OptId& id) {
  if (!id) return std::optional<DokumentZeile>{};
  const auto row = rowById<DokumentZeile>(tx, wer.mandant, *id).value();
  AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, row.uuid));
  // A slip goes on when its letter went out: zdA comes after that. The Vorgang was asked for before.
  const bool sent = row.ausgangsdatum && row.status == akte::Status::inBearbeitung;
  if (!mit.gegenstand.offen && !sent) return fail(mandant::geschlossenWeil(mit.gegenstand));
  return std::optional(row);
}

bool hatZeichnung(const sql::ReadTx& tx, const SchrittZeile& schritt, const DokumentZeile& dokument) {
  return tx
      .value<std::int64_t>(
          "SELECT id FROM zeichnung WHERE mandant = :mandant AND schritt = :schritt AND dokument = :dokument AND "
          "version_nr = :version LIMIT 1",
          schritt.mandant, schritt.id, dokument.id, dokument.version)
      .has_value();
}

/// A mark on the newest version.
void zeichne(Change& change, const SchrittZeile& schritt, const DokumentZeile& dokument, const Akt& akt,
             const std::optional<base::Line<500>>& uebergangen) {
  const auto version = change.tx().one<akte::VersionZeile>(sql::Query::select<akte::VersionZeile>().add(
      " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", change.mandant(), dokument.id,
      dokument.version));
  ZeichnungZeile row;
  row.uuid = change.newUuid();
  row.dokument = dokument.id;
  row.schritt = schritt.id;
  row.art = schritt.art;
  row.versionNr = dokument.version;
  row.sha256 = version.value().sha256;
  row.person = akt.person;
  if (akt.fuer != 0) row.vertretene = akt.fuer;
  row.zeit = akt.zeit;
  if (uebergangen) row.uebergangen = uebergangen->value;
  change.insert(row);
}

/// Some minutes later, so that what comes together is told together.
void melde(Change& change) {
  constexpr std::int64_t pause = 180;
  if (change.tx().value<std::int64_t>(
          "SELECT person FROM benachrichtigung WHERE mandant = :mandant AND wahl = 'sofort' LIMIT 1", change.mandant()))
    jobs::stelleEin(
        change.tx(), change.mandant(), change.zeit(),
        {.art = neuesAuftrag, .schluessel = std::string(neuesAuftrag), .ab = change.zeit().plusSeconds(pause)});
}

/// Writes the steps that are new or changed, and the end of the slip.
void speichere(Change& change, const LaufwegZeile& laufweg, const Schritte& vorher, Schritte& nachher,
               Laufwegstatus ende = Laufwegstatus::beendet) {
  if (std::ranges::any_of(nachher, [&](const auto& s) { return s.aktuellSeit == change.zeit(); })) melde(change);
  for (auto& s : nachher) {
    if (s.id == 0) {
      s.uuid = change.newUuid();
      s.laufweg = laufweg.id;
      s.vorgang = laufweg.vorgang;
      s.dokument = laufweg.dokument;
      change.insert(s);
      continue;
    }
    const auto& before = *std::ranges::find(vorher, s.id, &SchrittZeile::id);
    if (before != s) change.update(before, s);
  }
  if (laufweg.status != Laufwegstatus::laeuft || laeuft(nachher)) return;
  auto after = laufweg;
  after.status = ende;
  change.update(laufweg, after);
}

/// The history of the Dokument, if there is one, and of the Vorgang shows it.
void about(Change& change, std::string_view aktion, const VorgangMit& vorgang, const akte::OptId& dokument) {
  const auto kette = vorgang.akte.id;
  if (dokument)
    change.about({aktion, DokumentZeile::tabelle, *dokument, kette, vorgang.vorgang.id});
  else
    change.about({aktion, akte::VorgangZeile::tabelle, vorgang.vorgang.id, kette, kette});
}

std::string_view aktionOf(Schrittart art) {
  static constexpr std::string_view names[] = {
      "schritt.bearbeitung",   "schritt.mitzeichnung", "schritt.schlusszeichnung", "schritt.kenntnis",
      "schritt.stellungnahme", "schritt.pruefung",     "schritt.ruecksprache",     "schritt.wiedervorlage",
      "schritt.versand",       "schritt.zda"};
  return names[static_cast<std::size_t>(art)];
}

}  // namespace

std::vector<DokumentZeile> gebundene(Tx tx, const LaufwegZeile& laufweg) {
  std::vector<DokumentZeile> out;
  auto ids = dokumenteIn(tx, laufweg.mandant, laufweg.umlaufmappe);
  if (laufweg.dokument) ids.push_back(*laufweg.dokument);
  for (const auto id : ids)
    if (auto row = rowById<DokumentZeile>(tx, laufweg.mandant, id).value(); row.status == akte::Status::inBearbeitung)
      out.push_back(std::move(row));
  return out;
}

std::vector<std::int64_t> gezeichnete(Tx tx, const LaufwegZeile& laufweg) {
  std::vector<std::int64_t> out;
  bool first = true;
  for (const auto& dokument : gebundene(tx, laufweg)) {
    std::vector<std::int64_t> here;
    for (const auto& z : tx.query<ZeichnungZeile>(sql::Query::select<ZeichnungZeile>().add(
             " FROM zeichnung WHERE mandant = :mandant AND dokument = :dokument AND version_nr = :version",
             laufweg.mandant, dokument.id, dokument.version)))
      here.push_back(z.schritt);
    if (!first) std::erase_if(here, [&](auto id) { return std::ranges::find(out, id) == out.end(); });
    out = std::move(here);
    first = false;
  }
  return out;
}

namespace {

mandant::Aufgabe aufgabeOf(Schrittart art) {
  if (art == Schrittart::mitzeichnung || art == Schrittart::schlusszeichnung) return mandant::Aufgabe::zeichnung;
  return art == Schrittart::kenntnis ? mandant::Aufgabe::kenntnis : mandant::Aufgabe::bearbeitung;
}

}  // namespace

Vertretungen::Vertretungen(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person, const base::Datum& heute) {
  for (const auto& one : mandant::vertreteneOf(tx, mandant, person, heute))
    alle_.emplace_back(personOf(tx, mandant, one.person), one.bereich);
}

std::vector<Person> Vertretungen::bei(Schrittart art, std::int64_t organisationseinheit) const {
  std::vector<Person> out;
  for (const auto& [person, bereich] : alle_)
    if (bereich.umfasst(organisationseinheit, aufgabeOf(art)) &&
        std::ranges::find(out, person.id, &Person::id) == out.end())
      out.push_back(person);
  return out;
}

std::vector<Schritthandlung> angeboten(const Berechtigung& wer, const Person& ich, std::span<const Person> vertretene,
                                       const VorgangMit& vorgang, const LaufwegZeile& laufweg,
                                       const SchrittZeile& schritt, bool veraltet) {
  std::vector<Schritthandlung> out;
  if (laufweg.status != Laufwegstatus::laeuft) return out;
  if (veraltet) {
    if (fuerWenErneut(schritt, ich, vertretene) && darfHandeln(wer, vorgang)) out.push_back(Schritthandlung::erledigen);
    return out;
  }
  const bool mine = fuerWen(schritt, ich, vertretene).has_value() && darfHandeln(wer, vorgang);
  if (schritt.status == Schrittstatus::aktuell && mine) {
    const bool may = schritt.art == Schrittart::schlusszeichnung ? wer.hat(Recht::schlusszeichnen)
                     : schritt.art == Schrittart::zda
                         ? mandant::darf(wer, Recht::vorgangZda, vorgang.gegenstand).has_value()
                         : true;
    if (may) out.push_back(Schritthandlung::erledigen);
    out.push_back(Schritthandlung::zurueckgeben);
    if (!schritt.bearbeiter && schritt.adressatArt != TraegerArt::person) out.push_back(Schritthandlung::uebernehmen);
    out.push_back(Schritthandlung::delegieren);
  }
  if ((schritt.status == Schrittstatus::aktuell || schritt.status == Schrittstatus::zukuenftig) &&
      mandant::darf(wer, Recht::laufwegFuehren, vorgang.gegenstand))
    out.push_back(Schritthandlung::ueberspringen);
  return out;
}

/// A line that is understood whole, as rows.
Result<Schritte> Geschaeftsgang::rowsOf(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                        std::string_view zeile) {
  const auto names = verzeichnis(change.tx(), wer.mandant);
  const auto entwurf = verstehe(change.tx(), wer, vorgang, zeile, *names, base::Datum::of(change.zeit()));
  if (!entwurf.hinweise.empty()) return fail(Code::EingabeUngueltig, entwurf.hinweise.front().text, "zeile");
  if (entwurf.schritte.empty()) return fail(Code::EingabeUngueltig, "Der Laufweg hat keinen Schritt.", "zeile");
  Schritte out;
  for (const auto& s : entwurf.schritte) {
    SchrittZeile row;
    row.stufe = s.stufe;
    row.quorum = s.quorum;
    row.art = s.art;
    setAdressat(row, s.adressat);
    row.termin = s.termin;
    row.text = s.text;
    row.ersteller = wer.person;
    out.push_back(std::move(row));
  }
  return out;
}

Result<LaufwegZeile> Geschaeftsgang::starte(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                            const LaufwegNeu& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::laufwegFuehren, vorgang.gegenstand));
  LaufwegZeile row;
  if (input.dokument) {
    AKTENLOTSE_GET(mit, akte::findDokument(change.tx(), wer, *input.dokument));
    if (mit.dokument.vorgang != vorgang.vorgang.id) return fail(Code::NichtGefunden);
    if (!mit.gegenstand.offen) return fail(mandant::geschlossenWeil(mit.gegenstand));
    row.dokument = mit.dokument.id;
  } else if (input.umlaufmappe) {
    AKTENLOTSE_GET(mappe, mappeFuerLaufweg(change.tx(), vorgang, *input.umlaufmappe));
    row.umlaufmappe = mappe;
  }
  AKTENLOTSE_GET(schritte, rowsOf(change, wer, vorgang, input.zeile.value));
  row.uuid = change.newUuid();
  row.vorgang = vorgang.vorgang.id;
  row.ersteller = wer.person;
  row.angelegt = change.zeit();
  change.insert(row);
  geschaeftsgang::starte(schritte, change.zeit());
  speichere(change, row, {}, schritte);
  about(change, "laufweg.gestartet", vorgang, row.dokument);
  return row;
}

Result<Geschaeftsgang::Ort> Geschaeftsgang::ortOf(Change& change, const base::Uuid& schritt,
                                                  const VorgangMit& vorgang) const {
  const auto row = rowByUuid<SchrittZeile>(change.tx(), change.mandant(), schritt);
  if (!row || row->vorgang != vorgang.vorgang.id) return fail(Code::NichtGefunden);
  Ort out;
  out.laufweg = rowById<LaufwegZeile>(change.tx(), change.mandant(), row->laufweg).value();
  out.vorher = schritteOf(change.tx(), change.mandant(), row->laufweg);
  out.nachher = out.vorher;
  out.i = static_cast<std::size_t>(std::ranges::find(out.vorher, row->id, &SchrittZeile::id) - out.vorher.begin());
  return out;
}

Result<void> Geschaeftsgang::erledige(Change& change, const Berechtigung& wer, const VorgangMit& vorgang, Ort& ort,
                                      const Akt& akt, bool erneut, const SchrittHandeln& input) {
  auto& tx = change.tx();
  const auto& schritt = ort.schritt();
  AKTENLOTSE_GET(dokument, openDokument(tx, wer, ort.laufweg.dokument));
  const auto marked = gezeichnete(tx, ort.laufweg);
  if (schritt.art == Schrittart::schlusszeichnung && schritt.status == Schrittstatus::aktuell) {
    if (!wer.hat(Recht::schlusszeichnen))
      return fail(Code::NichtErlaubt, "Zur Schlusszeichnung fehlt Ihnen das Zeichnungsrecht.");
    const auto missing = fehlendeMitzeichnungen(ort.vorher, marked, ort.laufweg.umlaufmappe.has_value());
    if (!missing.empty() && !input.uebergehen)
      return fail(
          Code::NochOffen,
          fmt::format("Die Mitzeichnung von {} fehlt oder gilt nicht für diese Version. Nennen Sie einen Grund, "
                      "um ohne sie zu zeichnen.",
                      nameOf(tx, wer.mandant, adressatOf(ort.vorher[missing.front()]))),
          "uebergehen");
  }
  // A new version came after the Mitzeichnung: the step stays as it was done, and gets another mark.
  const bool again = schritt.status == Schrittstatus::erledigt && schritt.art == Schrittart::mitzeichnung &&
                     (dokument || ort.laufweg.umlaufmappe) && ort.laufweg.status == Laufwegstatus::laeuft && erneut &&
                     schritt.ergebnis == Schrittergebnis::erledigt &&
                     std::ranges::find(marked, schritt.id) == marked.end();
  if (!again) AKTENLOTSE_TRY(geschaeftsgang::erledige(ort.nachher, ort.i, akt));
  if (schritt.art == Schrittart::mitzeichnung || schritt.art == Schrittart::schlusszeichnung) {
    if (dokument) zeichne(change, schritt, *dokument, akt, input.uebergehen);
    // Who signs an Umlaufmappe signs all that lies in it; again, what is new in it. What was cancelled is signed no
    // more.
    if (ort.laufweg.umlaufmappe)
      for (const auto& row : gebundene(tx, ort.laufweg)) {
        AKTENLOTSE_GET(stueck, openDokument(tx, wer, row.id));
        if (!hatZeichnung(tx, schritt, row)) zeichne(change, schritt, *stueck, akt, input.uebergehen);
      }
  }
  speichere(change, ort.laufweg, ort.vorher, ort.nachher);
  if (schritt.art != Schrittart::zda) {
    about(change, aktionOf(schritt.art), vorgang, ort.laufweg.dokument);
    return {};
  }
  AKTENLOTSE_TRY(schriftgut_.wechsle(change, wer, vorgang, akte::Uebergang::zda));
  return {};
}

Result<void> Geschaeftsgang::handle(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                    const SchrittHandeln& input) {
  const bool leads = input.handlung == Schritthandlung::ueberspringen;
  AKTENLOTSE_TRY(leads ? mandant::darf(wer, Recht::laufwegFuehren, vorgang.gegenstand) : darfHandeln(wer, vorgang));
  AKTENLOTSE_GET(ort, ortOf(change, input.schritt, vorgang));
  const auto ich = personOf(change.tx(), wer.mandant, wer.person);
  const auto vertretene = Vertretungen(change.tx(), wer.mandant, wer.person, base::Datum::of(change.zeit()))
                              .bei(ort.schritt().art, vorgang.akte.organisationseinheit);
  const auto erneut = ort.schritt().status == Schrittstatus::erledigt ? fuerWenErneut(ort.schritt(), ich, vertretene)
                                                                      : std::optional<std::int64_t>{};
  const auto fuer = leads ? std::optional<std::int64_t>(0) : erneut ? erneut : fuerWen(ort.schritt(), ich, vertretene);
  if (!fuer) return fail(Code::NichtErlaubt, "Dieser Schritt ist nicht für Sie bestimmt.");
  change.by({wer.person, *fuer});
  Akt akt{wer.person, *fuer, change.zeit(), {}};
  if (input.vermerk) akt.vermerk = input.vermerk->value;
  std::string_view aktion;
  switch (input.handlung) {
    case Schritthandlung::erledigen:
      return erledige(change, wer, vorgang, ort, akt, erneut.has_value(), input);
    case Schritthandlung::zurueckgeben:
      AKTENLOTSE_TRY(gibZurueck(ort.nachher, ort.i, akt, {TraegerArt::person, ort.laufweg.ersteller, {}}));
      aktion = "schritt.zurueckgegeben";
      break;
    case Schritthandlung::uebernehmen:
      AKTENLOTSE_TRY(uebernimm(ort.nachher, ort.i, akt));
      aktion = "schritt.uebernommen";
      break;
    case Schritthandlung::delegieren: {
      if (!input.an) return fail(Code::EingabeUngueltig, "Nennen Sie, an wen: @name.", "an");
      // The name is checked as in a line; a day that never comes satisfies a Wiedervorlage, and is not kept.
      AKTENLOTSE_GET(neu, rowsOf(change, wer, vorgang,
                                 fmt::format("{} {} bis 2999-12-31", input.an->value, kuerzel(ort.schritt().art))));
      if (neu.size() != 1) return fail(Code::EingabeUngueltig, "Nennen Sie eine Person oder Stelle: @name.", "an");
      AKTENLOTSE_TRY(delegiere(ort.nachher, ort.i, akt, adressatOf(neu.front())));
      aktion = "schritt.delegiert";
      break;
    }
    case Schritthandlung::ueberspringen:
      AKTENLOTSE_TRY(ueberspringe(ort.nachher, ort.i, akt));
      aktion = "schritt.uebersprungen";
      break;
  }
  speichere(change, ort.laufweg, ort.vorher, ort.nachher);
  about(change, aktion, vorgang, ort.laufweg.dokument);
  return {};
}

Result<void> Geschaeftsgang::fuegeEin(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                      const SchritteEinfuegen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::laufwegFuehren, vorgang.gegenstand));
  AKTENLOTSE_GET(ort, ortOf(change, input.schritt, vorgang));
  AKTENLOTSE_GET(neue, rowsOf(change, wer, vorgang, input.zeile.value));
  AKTENLOTSE_TRY(geschaeftsgang::fuegeEin(ort.nachher, ort.i, neue, change.zeit()));
  speichere(change, ort.laufweg, ort.vorher, ort.nachher);
  about(change, "schritte.eingefuegt", vorgang, ort.laufweg.dokument);
  return {};
}

Result<void> Geschaeftsgang::holeZurueck(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                         const LaufwegZurueckholen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::laufwegFuehren, vorgang.gegenstand));
  const auto row = rowByUuid<LaufwegZeile>(change.tx(), change.mandant(), input.laufweg);
  if (!row || row->vorgang != vorgang.vorgang.id) return fail(Code::NichtGefunden);
  if (row->status != Laufwegstatus::laeuft) return fail(Code::Konflikt, "Dieser Laufweg ist schon vorbei.");
  const auto vorher = schritteOf(change.tx(), change.mandant(), row->id);
  auto nachher = vorher;
  geschaeftsgang::holeZurueck(nachher, {wer.person, 0, change.zeit(), input.grund.value});
  speichere(change, *row, vorher, nachher, Laufwegstatus::zurueckgeholt);
  about(change, "laufweg.zurueckgeholt", vorgang, row->dokument);
  return {};
}

}  // namespace geschaeftsgang
