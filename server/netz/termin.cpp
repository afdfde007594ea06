// Events: who may make them, who takes part, and what the network sees of it.
#include "netz/termin.h"

#include <fmt/format.h>

#include <algorithm>

#include "netz/begleitung.h"
#include "netz/kommunen.h"
#include "treffen.h"
#include "treffen_inhalt.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::rowByUuid;

namespace {

constexpr std::int64_t tag = 24 * 3600;
constexpr std::string_view erinnern = "netz.erinnerung";

struct Erinnerung {
  base::Uuid anmeldung{};
};
BOOST_DESCRIBE_STRUCT(Erinnerung, (), (anmeldung))

template <class T>
OptText textOf(const std::optional<T>& text) {
  return text && !text->value.empty() ? OptText(text->value) : OptText();
}

/// Who invites in the name of the tenant: who keeps the network there, and those whose work in a programme it is.
bool darfEinladen(const sql::ReadTx& tx, const Berechtigung& wer) {
  if (wer.nurLesen) return false;
  if (wer.hat(Recht::netzPflegen)) return true;
  return wer.hat(Recht::netzMitmachen) &&
         tx.value<std::int64_t>(
             "SELECT id FROM netz_mitglied WHERE mandant = :mandant AND person = :person AND status = 'aktiv' AND "
             "rolle IN ('lotse', 'projektteam', 'verband', 'ministerium', 'partner')",
             wer.mandant, wer.person);
}

Result<void> checkOffen(const TerminZeile& row) {
  if (row.status == Terminstatus::abgesagt)
    return fail(Code::Abgeschlossen, "Diese Veranstaltung ist abgesagt. Legen Sie eine neue an.");
  return {};
}

Result<void> darfAendern(const sql::ReadTx& tx, const Berechtigung& wer, const TerminZeile& row) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  AKTENLOTSE_TRY(checkOffen(row));
  if (row.status != Terminstatus::geplant && !darfEinladen(tx, wer)) return fail(Code::NichtErlaubt);
  return {};
}

bool istAdresse(std::string_view text) { return text.starts_with("https://") && text.find(' ') == text.npos; }

Result<void> fill(TerminZeile& row, const TerminNeu& input) {
  row.art = input.art;
  row.titel = input.titel.value;
  row.beschreibung = textOf(input.beschreibung);
  const auto from = moment(input.tag, input.von.value), to = moment(input.tag, input.bis.value);
  if (!from) return fail(Code::EingabeUngueltig, "Nennen Sie die Uhrzeit als 09:30.", "von");
  if (!to) return fail(Code::EingabeUngueltig, "Nennen Sie die Uhrzeit als 10:30.", "bis");
  if (*to <= *from) return fail(Code::EingabeUngueltig, "Das Ende liegt nach dem Beginn.", "bis");
  row.beginn = *from;
  row.ende = *to;
  row.ort = textOf(input.ort);
  row.link = textOf(input.link);
  if (!row.ort && !row.link)
    return fail(Code::EingabeUngueltig, "Nennen Sie den Ort oder die Adresse der Sitzung.", "ort");
  if (row.link && !istAdresse(*row.link))
    return fail(Code::EingabeUngueltig, "Die Adresse beginnt mit https://.", "link");
  if (input.plaetze && (*input.plaetze < 1 || *input.plaetze > 10'000))
    return fail(Code::EingabeUngueltig, "Nennen Sie 1 bis 10.000 Plätze, oder lassen Sie das Feld leer.", "plaetze");
  row.plaetze = input.plaetze;
  row.modul = textOf(input.modul);
  if (row.modul && modul(*row.modul) == nullptr)
    return fail(Code::EingabeUngueltig, "Dieses Modul der Basisbefähigung gibt es nicht.", "modul");
  if (row.modul && row.art != Terminart::kurs)
    return fail(Code::EingabeUngueltig, "Ein Modul der Basisbefähigung ist ein Kurs.", "modul");
  std::vector<Punktplan> agenda;
  for (const auto& one : input.tagesordnung) {
    if (one.minuten < 0 || one.minuten > 1440)
      return fail(Code::EingabeUngueltig, "Nennen Sie die Dauer in Minuten.", "tagesordnung");
    if (one.ergebnis && !base::enumFrom<Beitragart>(one.ergebnis->value))
      return fail(Code::EingabeUngueltig, "Diese Art von Ergebnis gibt es nicht.", "tagesordnung");
    agenda.push_back({one.titel.value, one.minuten, textOf(one.ergebnis)});
  }
  row.tagesordnung = base::toJson(agenda);
  if (input.sichtbarkeit == Sichtbarkeit::coaching)
    return fail(Code::EingabeUngueltig, "Eine Veranstaltung ist für mehr als das Coaching da.", "sichtbarkeit");
  row.sichtbarkeit = input.sichtbarkeit;
  return {};
}

std::optional<TerminZeile> terminById(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  return mandant::rowById<TerminZeile>(tx, mandant, id);
}

void schreibeMail(Change& change, const AnmeldungZeile& an, const std::string& betreff, const std::string& text) {
  if (!an.email || !jobs::istAdresse(*an.email)) return;
  jobs::sende(change.tx(), change.mandant(), change.zeit(),
              {*an.email, betreff, fmt::format("Guten Tag {},\n\n{}\n", an.name, text)});
}

std::string wo(const TerminZeile& row) {
  if (row.ort && row.link) return fmt::format("Ort: {}\nOnline: {}\n", *row.ort, *row.link);
  return row.ort ? fmt::format("Ort: {}\n", *row.ort) : fmt::format("Online: {}\n", row.link.value_or(""));
}

/// A job that looks again when it is due: whether the place is still taken, and whether the event has moved.
void stelleErinnerung(Change& change, const TerminZeile& row, const AnmeldungZeile& an) {
  if (an.status != Anmeldestatus::angemeldet || !an.email) return;
  const auto due = row.beginn.plusSeconds(-tag);
  if (due <= change.zeit()) return;
  jobs::Neu neu;
  neu.art = erinnern;
  neu.nutzlast = base::toJson(Erinnerung{an.uuid});
  neu.schluessel = "erinnerung " + an.uuid.text();
  neu.ab = due;
  jobs::stelleEin(change.tx(), change.mandant(), change.zeit(), neu);
}

/// Moves up from the waiting list as many as there are seats.
void rueckeNach(Change& change, const TerminZeile& row) {
  const auto all = anmeldungenOf(change.tx(), row);
  auto taken = std::ranges::count(all, Anmeldestatus::angemeldet, &AnmeldungZeile::status);
  for (const auto& one : all) {
    if (one.status != Anmeldestatus::wartet) continue;
    if (row.plaetze && taken >= *row.plaetze) break;
    auto after = one;
    after.status = Anmeldestatus::angemeldet;
    change.update(one, after);
    ++taken;
    schreibeMail(change, after, "Sie sind dabei: " + row.titel,
                 fmt::format("für „{}“ ist ein Platz frei geworden; Sie sind von der Warteliste nachgerückt.\n\n"
                             "Beginn: {}\n{}\nWenn Sie nicht können, melden Sie sich bitte in Aktenlotse ab.",
                             row.titel, inWorten(row.beginn), wo(row)));
    stelleErinnerung(change, row, after);
  }
}

/// The event and all who take part, as they are now.
void zeigeAlles(Change& change, const TerminZeile& row) {
  zeige(change, row);
  for (const auto& one : anmeldungenOf(change.tx(), row)) zeige(change, one);
}

TerminZeile beruehre(Change& change, const TerminZeile& before, TerminZeile after, std::string_view aktion) {
  change.update(before, after);
  change.about({aktion, TerminZeile::tabelle, after.id, 0, 0});
  return after;
}

void sageAn(Change& change, const TerminZeile& row, const std::string& betreff, const std::string& text) {
  for (const auto& one : anmeldungenOf(change.tx(), row)) schreibeMail(change, one, betreff, text);
}

}  // namespace

Teilnehmer teilnehmerOf(const sql::ReadTx& tx, const Berechtigung& wer) {
  const auto person = mandant::rowById<mandant::PersonZeile>(tx, wer.mandant, wer.person).value();
  return {person.uuid, person.vorname + " " + person.nachname, person.email,
          mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).name};
}

Result<TerminZeile> findTermin(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = rowByUuid<TerminZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

std::vector<AnmeldungZeile> anmeldungenOf(const sql::ReadTx& tx, const TerminZeile& row) {
  return tx.query<AnmeldungZeile>(sql::Query::select<AnmeldungZeile>().add(
      " FROM netz_anmeldung WHERE mandant = :mandant AND termin = :termin ORDER BY id", row.mandant, row.id));
}

std::vector<Terminstatus> naechste(const sql::ReadTx& tx, const Berechtigung& wer, const TerminZeile& row) {
  using S = Terminstatus;
  if (!darfEinladen(tx, wer)) return {};
  if (row.status == S::geplant) return {S::offen};
  if (row.status == S::offen) return {S::durchgefuehrt, S::abgesagt};
  if (row.status == S::durchgefuehrt) return {S::offen};
  return {};
}

Result<TerminZeile> createTermin(Change& change, const Berechtigung& wer, const TerminNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  TerminZeile row;
  row.status = Terminstatus::geplant;
  std::vector<base::Datum> days{input.tag};
  if (input.regel) {
    AKTENLOTSE_GET(regel, liesRegel(input.regel->value));
    days = tageOf(regel, input.tag, mandant::allRows<mandant::MandantZeile>(change.tx(), wer.mandant).at(0).land);
    row.reihe = change.newUuid().text();
    row.regel = input.regel->value;
  }
  std::optional<TerminZeile> first;
  for (const auto& day : days) {
    auto one = row;
    auto at = input;
    at.tag = day;
    AKTENLOTSE_TRY(fill(one, at));
    one.uuid = change.newUuid();
    change.insert(one);
    if (!first) first = one;
  }
  change.about({"netztermin.angelegt", TerminZeile::tabelle, first->id, 0, 0});
  return *first;
}

Result<TerminZeile> aendereTermin(Change& change, const Berechtigung& wer, const TerminZeile& before,
                                  const TerminNeu& input) {
  AKTENLOTSE_TRY(darfAendern(change.tx(), wer, before));
  if (input.regel && OptText(input.regel->value) != before.regel)
    return fail(Code::EingabeUngueltig, "Die Regel einer Reihe steht fest. Legen Sie eine neue Reihe an.", "regel");
  auto after = before;
  AKTENLOTSE_TRY(fill(after, input));
  after = beruehre(change, before, after, "netztermin.geaendert");
  if (after.status != Terminstatus::geplant) {
    if (after.beginn != before.beginn || after.ort != before.ort || after.link != before.link)
      sageAn(change, after, "Geändert: " + after.titel,
             fmt::format("für „{}“ gilt jetzt:\n\nBeginn: {}\n{}", after.titel, inWorten(after.beginn), wo(after)));
    rueckeNach(change, after);
    for (const auto& one : anmeldungenOf(change.tx(), after)) stelleErinnerung(change, after, one);
  }
  zeigeAlles(change, after);
  return after;
}

Result<TerminZeile> wechsle(Change& change, const Berechtigung& wer, const TerminZeile& before, Terminstatus nach) {
  const auto offered = naechste(change.tx(), wer, before);
  if (std::ranges::find(offered, nach) == offered.end()) {
    AKTENLOTSE_TRY(checkOffen(before));
    if (!darfEinladen(change.tx(), wer))
      return fail(Code::NichtErlaubt, "Einladen kann, wer das Netz pflegt oder als Lotse im Netz aktiv ist.");
    return fail(Code::Konflikt, "Von diesem Stand aus geht das nicht.");
  }
  auto after = before;
  after.status = nach;
  // Whoever opens one of a series opens it whole; called off and held is each for itself.
  if (before.status == Terminstatus::geplant && before.reihe)
    for (const auto& one : change.tx().query<TerminZeile>(sql::Query::select<TerminZeile>().add(
             " FROM netz_termin WHERE mandant = :mandant AND reihe = :reihe AND status = 'geplant' AND id <> :id ORDER "
             "BY id",
             before.mandant, *before.reihe, before.id))) {
      auto next = one;
      next.status = nach;
      change.update(one, next);
      zeige(change, next);
    }
  after = beruehre(change, before, after, "netztermin.stand");
  if (nach == Terminstatus::abgesagt)
    sageAn(change, after, "Abgesagt: " + after.titel,
           fmt::format("„{}“ am {} findet nicht statt.", after.titel, inWorten(after.beginn)));
  zeigeAlles(change, after);
  return after;
}

Result<TerminZeile> liesNach(Change& change, const Berechtigung& wer, const TerminZeile& before,
                             const TerminNachlese& input) {
  AKTENLOTSE_TRY(darfAendern(change.tx(), wer, before));
  auto after = before;
  after.protokoll = textOf(input.protokoll);
  std::vector<Material> list;
  for (const auto& one : input.material) {
    if (!istAdresse(one.adresse.value))
      return fail(Code::EingabeUngueltig, "Die Adresse von Material beginnt mit https://.", "material");
    list.push_back({one.titel.value, one.adresse.value});
  }
  after.material = base::toJson(list);
  after = beruehre(change, before, after, "netztermin.nachlese");
  zeige(change, after);
  return after;
}

Result<TerminZeile> setzeDabei(Change& change, const Berechtigung& wer, const TerminZeile& before, std::int64_t nr,
                               bool dabei) {
  AKTENLOTSE_TRY(darfAendern(change.tx(), wer, before));
  const auto all = anmeldungenOf(change.tx(), before);
  const auto found = std::ranges::find(all, nr, &AnmeldungZeile::nr);
  if (found == all.end()) return fail(Code::NichtGefunden);
  if (found->status == Anmeldestatus::wartet)
    return fail(Code::Konflikt, "Diese Person steht auf der Warteliste und hat keinen Platz.");
  if (before.beginn > change.zeit())
    return fail(Code::Konflikt, "Wer da war, lässt sich erst sagen, wenn die Veranstaltung begonnen hat.");
  auto after = *found;
  after.dabei = dabei;
  change.update(*found, after);
  const auto row = beruehre(change, before, before, "netztermin.dabei");
  zeigeAlles(change, row);
  return row;
}

// ---- for somebody of whichever tenant

namespace {

/// What is seen of it was asked in the tenant of who asks; here it must still be open.
Result<TerminZeile> offener(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid) {
  auto row = rowByUuid<TerminZeile>(tx, mandant, uuid);
  if (!row || row->status == Terminstatus::geplant) return fail(Code::NichtGefunden);
  AKTENLOTSE_TRY(checkOffen(*row));
  return *std::move(row);
}

std::optional<AnmeldungZeile> anmeldungOf(const sql::ReadTx& tx, const TerminZeile& row, const base::Uuid& person) {
  return tx.one<AnmeldungZeile>(sql::Query::select<AnmeldungZeile>().add(
      " FROM netz_anmeldung WHERE mandant = :mandant AND termin = :termin AND person = :person", row.mandant, row.id,
      person));
}

}  // namespace

Result<TerminZeile> meldeAn(Change& change, const base::Uuid& termin, const Teilnehmer& wer) {
  AKTENLOTSE_GET(row, offener(change.tx(), change.mandant(), termin));
  if (anmeldungOf(change.tx(), row, wer.person)) return row;
  if (row.status != Terminstatus::offen || row.beginn <= change.zeit())
    return fail(Code::Abgeschlossen, "Zu dieser Veranstaltung kann man sich nicht mehr anmelden.");
  const auto all = anmeldungenOf(change.tx(), row);
  const auto taken = std::ranges::count(all, Anmeldestatus::angemeldet, &AnmeldungZeile::status);
  AnmeldungZeile an;
  an.uuid = change.newUuid();
  an.termin = row.id;
  an.nr = 1;
  for (const auto& one : all) an.nr = std::max(an.nr, one.nr + 1);
  an.person = wer.person.text();
  an.name = wer.name;
  an.email = wer.email;
  an.kommune = wer.kommune;
  an.status = row.plaetze && taken >= *row.plaetze ? Anmeldestatus::wartet : Anmeldestatus::angemeldet;
  an.zeit = change.zeit();
  change.insert(an);
  const bool wartet = an.status == Anmeldestatus::wartet;
  schreibeMail(change, an, (wartet ? "Auf der Warteliste: " : "Angemeldet: ") + row.titel,
               wartet ? fmt::format("„{}“ ist gerade voll. Sie stehen auf der Warteliste und rücken von selbst nach, "
                                    "wenn ein Platz frei wird.",
                                    row.titel)
                      : fmt::format("Sie sind für „{}“ angemeldet.\n\nBeginn: {}\n{}", row.titel, inWorten(row.beginn),
                                    wo(row)));
  stelleErinnerung(change, row, an);
  change.about({"netztermin.anmeldung", TerminZeile::tabelle, row.id, 0, 0});
  zeige(change, row);
  zeige(change, an);
  return row;
}

Result<TerminZeile> meldeAb(Change& change, const base::Uuid& termin, const base::Uuid& person) {
  AKTENLOTSE_GET(row, offener(change.tx(), change.mandant(), termin));
  const auto an = anmeldungOf(change.tx(), row, person);
  if (!an) return row;
  if (row.status != Terminstatus::offen || row.beginn <= change.zeit())
    return fail(Code::Abgeschlossen, "Diese Veranstaltung hat schon begonnen.");
  // Name and address are not kept of somebody who does not come.
  change.expunge(sql::tableOf<AnmeldungZeile>(), an->id);
  zeige(change.tx(), change.mandant(), an->uuid, {});
  // The journal knows by the end of this name an entry that took something out of earlier ones.
  change.about({"netzanmeldung.geloescht", TerminZeile::tabelle, row.id, 0, 0});
  rueckeNach(change, row);
  zeigeAlles(change, row);
  return row;
}

Result<TerminZeile> meldeZurueck(Change& change, const base::Uuid& termin, const base::Uuid& person,
                                 const RueckmeldungNeu& input) {
  AKTENLOTSE_GET(row, offener(change.tx(), change.mandant(), termin));
  const auto an = anmeldungOf(change.tx(), row, person);
  if (!an || an->status != Anmeldestatus::angemeldet)
    return fail(Code::NichtErlaubt, "Eine Rückmeldung gibt, wer einen Platz hatte.");
  if (row.beginn > change.zeit()) return fail(Code::Konflikt, "Die Veranstaltung hat noch nicht begonnen.");
  if (an->rueckmeldung) return fail(Code::Vergeben, "Sie haben schon eine Rückmeldung gegeben.");
  if (input.note < 1 || input.note > 5)
    return fail(Code::EingabeUngueltig, "Geben Sie 1 (hat wenig geholfen) bis 5 (hat viel geholfen) an.", "note");
  RueckmeldungZeile said;
  said.uuid = change.newUuid();
  said.termin = row.id;
  said.note = input.note;
  said.inhalt = textOf(input.text);
  change.insert(said);
  auto after = *an;
  after.rueckmeldung = true;
  change.update(*an, after);
  change.about({"netztermin.rueckmeldung", TerminZeile::tabelle, row.id, 0, 0});
  zeige(change, after);
  return row;
}

// ---- what hangs out

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const TerminZeile& row) {
  if (row.status == Terminstatus::geplant) return {};
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0);
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::termin;
  out.ags = town.gebietsschluessel.value_or("");
  const auto land = landOf(out.ags);
  out.land = land.empty() ? town.land : std::string(land);
  out.sichtbarkeit = row.sichtbarkeit;
  out.titel = row.titel;
  out.suche = base::foldCase(row.titel + " " + row.beschreibung.value_or("") + " " + row.ort.value_or("") + " " +
                             row.protokoll.value_or(""));
  out.ordnung = row.beginn.iso();
  TerminInhalt inhalt;
  inhalt.art = row.art;
  inhalt.status = row.status;
  inhalt.beginn = row.beginn.iso();
  inhalt.ende = row.ende.iso();
  inhalt.beschreibung = row.beschreibung;
  inhalt.ort = row.ort;
  inhalt.modul = row.modul;
  inhalt.reihe = row.reihe;
  inhalt.protokoll = row.protokoll;
  inhalt.plaetze = row.plaetze;
  inhalt.mitLink = row.link.has_value();
  for (const auto& one : anmeldungenOf(tx, row)) {
    (one.status == Anmeldestatus::angemeldet ? inhalt.belegt : inhalt.wartend) += 1;
    inhalt.dabei += one.dabei.value_or(false) ? 1 : 0;
  }
  inhalt.tagesordnung = base::readJson<std::vector<Punktplan>>(row.tagesordnung).value();
  inhalt.material = base::readJson<std::vector<Material>>(row.material).value();
  out.inhalt = base::toJson(inhalt);
  return {out};
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const AnmeldungZeile& row) {
  const auto termin = terminById(tx, row.mandant, row.termin).value();
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::anmeldung;
  out.ober = row.person;  // so the person sees it, and nobody else
  out.land = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0).land;
  out.sichtbarkeit = Sichtbarkeit::coaching;
  out.titel = termin.uuid.text();
  out.ordnung = termin.beginn.iso();
  AnmeldungInhalt inhalt;
  inhalt.termin = termin.uuid.text();
  inhalt.status = row.status;
  if (row.status == Anmeldestatus::wartet)
    inhalt.platz = 1 + tx.value<std::int64_t>(
                             "SELECT COUNT(*) FROM netz_anmeldung WHERE mandant = :mandant AND termin = :termin AND "
                             "status = 'wartet' AND id < :id",
                             row.mandant, row.termin, row.id)
                           .value();
  else
    inhalt.link = termin.link;
  inhalt.modul = termin.modul;
  inhalt.dabei = row.dabei;
  inhalt.rueckmeldung = row.rueckmeldung;
  out.inhalt = base::toJson(inhalt);
  return {out};
}

// ---- reminders

jobs::Art erinnerungArt(sql::Database& database, const base::Clock& clock) {
  jobs::Art art;
  art.name = erinnern;
  art.bezeichnungDe = "An eine Veranstaltung erinnern";
  art.bezeichnungEn = "Remind of an event";
  art.ausfuehren = [&](jobs::Lauf& lauf) -> jobs::Ergebnis {
    const auto payload = lauf.nutzlast<Erinnerung>();
    if (!payload) return jobs::nie(payload.error());
    const auto mandant = lauf.mandant();
    database.write(mandant, [&](sql::WriteTx& tx) {
      const auto now = clock.now();
      lauf.abschliessen(tx);
      const auto an = rowByUuid<AnmeldungZeile>(tx, mandant, payload->anmeldung);
      if (!an || an->status != Anmeldestatus::angemeldet || !an->email || !jobs::istAdresse(*an->email)) return;
      const auto row = terminById(tx, mandant, an->termin).value();
      if (row.status != Terminstatus::offen || row.beginn <= now) return;
      if (row.beginn.plusSeconds(-tag) > now) return;  // it was moved, which asked for another reminder
      jobs::sende(tx, mandant, now,
                  {*an->email, "Morgen: " + row.titel,
                   fmt::format("Guten Tag {},\n\n„{}“ beginnt bald.\n\nBeginn: {}\n{}\nWenn Sie nicht können, melden "
                               "Sie sich bitte in Aktenlotse ab: Dann rückt jemand nach.\n",
                               an->name, row.titel, inWorten(row.beginn), wo(row))});
    });
    return {};
  };
  return art;
}

}  // namespace netz
