#include "netz/eigenwerkzeug.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "inhalt.h"
#include "netz/kommunen.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::allRows;

namespace {

constexpr std::size_t werkzeugMax = 256 * 1024;  ///< bytes of all versions of a tool
constexpr std::size_t versionenMax = 50;

std::vector<Fassung> versionenOf(const WerkzeugZeile& row) {
  auto read = base::readJson<std::vector<Fassung>>(row.versionen);
  if (!read) throw base::Failure("a tool holds what cannot be read: " + row.uuid.text() + " " + read.error().detail);
  return *std::move(read);
}

bool isEntwurf(const Fassung& one) { return one.zustand == Werkzeugzustand::entwurf; }

bool haengtAus(const WerkzeugZeile& row) { return !std::ranges::all_of(versionenOf(row), isEntwurf); }

std::int64_t punkteIn(const Fassung& one) {
  std::int64_t out = 0;
  for (const auto& abschnitt : one.abschnitte) out += static_cast<std::int64_t>(abschnitt.punkte.size());
  return out;
}

/// Points that a person added get a key that no version of the tool has.
void benenne(std::vector<WerkzeugAbschnitt>& abschnitte, const std::vector<Fassung>& versionen) {
  std::set<std::string> taken;
  for (const auto& version : versionen)
    for (const auto& abschnitt : version.abschnitte)
      for (const auto& one : abschnitt.punkte) taken.insert(one.schluessel);
  for (const auto& abschnitt : abschnitte)
    for (const auto& one : abschnitt.punkte) taken.insert(one.schluessel.value);
  for (auto& abschnitt : abschnitte)
    for (auto& one : abschnitt.punkte)
      for (std::size_t nr = taken.size(); one.schluessel.value.empty(); ++nr)
        if (auto name = fmt::format("p{}", nr); taken.insert(name).second) one.schluessel = {name};
}

Result<std::optional<std::vector<std::string>>> pilotkommunenOf(const sql::ReadTx& tx, const FassungNeu& input) {
  if (!input.pilotkommunen || input.pilotkommunen->empty()) return std::optional<std::vector<std::string>>();
  std::vector<std::string> out;
  for (const auto& one : *input.pilotkommunen) {
    if (kommune(tx, one.value) == nullptr)
      return fail(Code::EingabeUngueltig,
                  fmt::format("Den Gemeindeschlüssel {} kennt das Verzeichnis nicht.", one.value), "pilotkommunen");
    out.push_back(one.value);
  }
  return std::optional(std::move(out));
}

/// The one draft becomes this, or there is one from now on.
Result<void> schreibeEntwurf(Change& change, WerkzeugZeile& row, FassungNeu input) {
  auto versionen = versionenOf(row);
  // The draft keeps its file, and a new one begins with that of the version before.
  const auto datei = versionen.empty() ? std::nullopt : versionen.front().datei;
  std::erase_if(versionen, isEntwurf);
  benenne(input.abschnitte, versionen);
  if (const auto wrong = maengelOf(input.abschnitte)) return fail(Code::EingabeUngueltig, *wrong, "abschnitte");
  if (!versionen.empty() && !neuerAls(input.version.value, versionen.front().version))
    return fail(Code::EingabeUngueltig, fmt::format("Die Version muss neuer sein als {}.", versionen.front().version),
                "version");
  Fassung one;
  one.version = input.version.value;
  one.zustand = Werkzeugzustand::entwurf;
  one.datum = base::Datum::of(change.zeit());
  one.aenderung = input.aenderung ? input.aenderung->value : "";
  one.einleitung = input.einleitung ? input.einleitung->value : "";
  one.abschnitte = abschnitteAus(input.abschnitte);
  AKTENLOTSE_GET(pilot, pilotkommunenOf(change.tx(), input));
  one.pilotkommunen = pilot;
  one.datei = datei;
  versionen.insert(versionen.begin(), std::move(one));
  row.versionen = base::toJson(versionen);
  if (versionen.size() > versionenMax || row.versionen.size() > werkzeugMax)
    return fail(Code::ZuGross, "Das Werkzeug ist zu groß. Teilen Sie es in zwei.");
  return {};
}

Result<void> checkSichtbarkeit(const WerkzeugNeu& input) {
  // A checklist of it is read by all of the town that works through it.
  if (input.sichtbarkeit == Sichtbarkeit::coaching)
    return fail(Code::EingabeUngueltig, "Ein Werkzeug ist für mehr als das Coaching da.", "sichtbarkeit");
  return {};
}

void schreibeKopf(WerkzeugZeile& row, const WerkzeugNeu& input) {
  row.art = input.art;
  row.titel = input.titel.value;
  row.kurz = input.kurz.value;
  row.fuer = input.fuer.value;
  row.lizenz = input.lizenz ? input.lizenz->value : "CC BY 4.0";
  row.bereitschaft = input.bereitschaft;
  row.sichtbarkeit = input.sichtbarkeit;
}

bool gleicherKopf(const WerkzeugZeile& a, const WerkzeugZeile& b) {
  return a.art == b.art && a.titel == b.titel && a.kurz == b.kurz && a.fuer == b.fuer && a.lizenz == b.lizenz &&
         a.bereitschaft == b.bereitschaft && a.sichtbarkeit == b.sichtbarkeit;
}

WerkzeugZeile beruehre(Change& change, const WerkzeugZeile& before, WerkzeugZeile after, std::string_view aktion) {
  change.update(before, after);
  change.about({aktion, WerkzeugZeile::tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

}  // namespace

Result<WerkzeugZeile> findEigenes(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<WerkzeugZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

Werkzeug werkzeugOf(const WerkzeugZeile& row) {
  return {row.uuid.text(), row.art, row.titel, row.kurz, row.fuer, row.lizenz, row.bereitschaft, versionenOf(row)};
}

std::optional<Werkzeug> findWerkzeug(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view schluessel) {
  if (const auto* ours = werkzeug(schluessel)) return *ours;
  const auto uuid = base::Uuid::parse(schluessel);
  if (!uuid) return std::nullopt;
  if (const auto own = findEigenes(tx, wer, *uuid)) return werkzeugOf(*own);
  const auto row =
      tx.one<Aushang>(sql::Query::select<Aushang>("a")
                          .add(" FROM netz_aushang a WHERE a.art = 'werkzeugtext' AND a.ober = :werkzeug AND ", *uuid)
                          .add(imNetzSichtbar(tx, blickOf(tx, wer))));
  if (!row) return std::nullopt;
  auto out = inhaltOf<Werkzeug>(*row);
  out.schluessel = row->ober;
  return out;
}

std::vector<Werkzeugzustand> naechste(const Berechtigung& wer, const WerkzeugZeile& row, std::string_view version) {
  using Z = Werkzeugzustand;
  if (wer.nurLesen || !wer.hat(Recht::netzPflegen)) return {};
  const auto versionen = versionenOf(row);
  const auto one = std::ranges::find(versionen, version, &Fassung::version);
  if (one == versionen.end()) return {};
  switch (one->zustand) {
    case Z::entwurf:
      return {Z::pilot, Z::freigegeben};
    case Z::pilot:
      return {Z::freigegeben, Z::abgeloest};
    case Z::freigegeben:
      return {Z::abgeloest};
    case Z::abgeloest:
      break;
  }
  return {};
}

bool darfKopfAendern(const Berechtigung& wer, const WerkzeugZeile& row) {
  return !wer.nurLesen && wer.hat(haengtAus(row) ? Recht::netzPflegen : Recht::netzMitmachen);
}

Result<WerkzeugZeile> createWerkzeug(Change& change, const Berechtigung& wer, const WerkzeugNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  AKTENLOTSE_TRY(checkSichtbarkeit(input));
  if (!input.fassung) return fail(Code::EingabeUngueltig, "Es fehlt, was darin steht.", "fassung");
  WerkzeugZeile row;
  row.uuid = change.newUuid();
  row.schluessel = row.uuid.text();
  row.person = wer.person;
  schreibeKopf(row, input);
  AKTENLOTSE_TRY(schreibeEntwurf(change, row, *input.fassung));
  change.insert(row);
  change.about({"netzwerkzeug.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

Result<WerkzeugZeile> changeWerkzeug(Change& change, const Berechtigung& wer, const WerkzeugZeile& before,
                                     const WerkzeugNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  AKTENLOTSE_TRY(checkSichtbarkeit(input));
  auto after = before;
  schreibeKopf(after, input);
  if (!gleicherKopf(before, after) && !darfKopfAendern(wer, before))
    return fail(Code::NichtErlaubt,
                "Was über den Versionen steht, sehen andere schon. Das ändert, wer das Netz pflegt.");
  if (input.fassung) AKTENLOTSE_TRY(schreibeEntwurf(change, after, *input.fassung));
  return beruehre(change, before, after, "netzwerkzeug.geaendert");
}

Result<WerkzeugZeile> wechsle(Change& change, const Berechtigung& wer, const WerkzeugZeile& before,
                              const WerkzeugZustand& input) {
  if (wer.nurLesen || !wer.hat(Recht::netzPflegen))
    return fail(Code::NichtErlaubt, "Das entscheidet, wer das Netz pflegt.");
  auto versionen = versionenOf(before);
  const auto one = std::ranges::find(versionen, input.version.value, &Fassung::version);
  if (one == versionen.end()) return fail(Code::EingabeUngueltig, "Diese Version gibt es nicht.", "version");
  const auto offered = naechste(wer, before, input.version.value);
  if (std::ranges::find(offered, input.zustand) == offered.end())
    return fail(Code::Konflikt, "Von diesem Stand aus geht das nicht.");
  if (input.zustand == Werkzeugzustand::freigegeben)
    for (auto& other : versionen)
      if (!isEntwurf(other) && !neuerAls(other.version, input.version.value))
        other.zustand = Werkzeugzustand::abgeloest;
  one->zustand = input.zustand;
  one->datum = base::Datum::of(change.zeit());
  auto after = before;
  after.versionen = base::toJson(versionen);
  return beruehre(change, before, after, "netzwerkzeug.stand");
}

Result<void> darfDateiSetzen(const Berechtigung& wer, const WerkzeugZeile& row) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  if (!std::ranges::any_of(versionenOf(row), isEntwurf))
    return fail(Code::Konflikt, "Was ausgegeben ist, ändert sich nicht mehr. Schreiben Sie erst die nächste Version.");
  return {};
}

Result<WerkzeugZeile> setzeDatei(Change& change, const Berechtigung& wer, const WerkzeugZeile& before,
                                 const std::optional<WerkzeugdateiZeile>& datei) {
  AKTENLOTSE_TRY(darfDateiSetzen(wer, before));
  auto versionen = versionenOf(before);
  auto& entwurf = *std::ranges::find_if(versionen, isEntwurf);
  const auto had = entwurf.datei;
  entwurf.datei.reset();
  if (datei) {
    auto row = *datei;
    row.uuid = change.newUuid();
    row.werkzeug = before.id;
    row.person = wer.person;
    row.zeit = change.zeit();
    change.insert(row);
    entwurf.datei = Werkzeugdatei{row.uuid, row.dateiname, row.format, row.sha256, row.groesse};
  }
  // One that no version names any more goes.
  if (had && std::ranges::none_of(versionen, [&](const Fassung& one) { return one.datei && one.datei->id == had->id; }))
    if (const auto row = mandant::rowByUuid<WerkzeugdateiZeile>(change.tx(), before.mandant, had->id))
      change.erase(*row);
  auto after = before;
  after.versionen = base::toJson(versionen);
  return beruehre(change, before, after, datei ? "netzwerkzeug.datei" : "netzwerkzeug.dateiweg");
}

Result<Werkzeugdatei> dateiOf(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view schluessel,
                              const std::optional<std::string>& version) {
  const auto tool = findWerkzeug(tx, wer, schluessel);
  if (!tool) return fail(Code::NichtGefunden);
  const auto* one = version ? fassung(*tool, *version) : &geltende(*tool);
  if (one == nullptr || !one->datei) return fail(Code::NichtGefunden);
  // What another installation says of its files names nothing that lies here.
  const auto von = tx.value<std::string>(
      "SELECT herkunft FROM netz_aushang WHERE art = 'werkzeugtext' AND ober = :werkzeug AND herkunft <> ''",
      schluessel);
  if (von) return fail(Code::NichtGefunden, fmt::format("Die Datei liegt bei {}. Fragen Sie dort nach ihr.", *von));
  return *one->datei;
}

BausteinWerkzeug alsTeil(const WerkzeugZeile& row) {
  const auto tool = werkzeugOf(row);
  const auto& now = geltende(tool);
  BausteinWerkzeug out{{row.schluessel}, row.art, {row.titel}, {row.kurz}, {row.fuer}, {row.lizenz}, row.bereitschaft};
  if (!now.einleitung.empty()) out.einleitung = base::Prose<10000>{now.einleitung};
  out.abschnitte = alsEingabe(now.abschnitte);
  return out;
}

void baueEin(Change& change, const Berechtigung& wer, const BausteinWerkzeug& teil, const Baustein& von) {
  const auto before = change.tx().one<WerkzeugZeile>(sql::Query::select<WerkzeugZeile>().add(
      " FROM netz_werkzeug WHERE mandant = :mandant AND schluessel = :schluessel", wer.mandant, teil.schluessel.value));
  auto row = before.value_or(WerkzeugZeile{});
  row.schluessel = teil.schluessel.value;
  // It is the work of another: how far this town tells of it, it says itself.
  const auto sichtbarkeit = before ? before->sichtbarkeit : Sichtbarkeit::kommune;
  schreibeKopf(row, {teil.art, teil.titel, teil.kurz, teil.fuer, teil.lizenz, teil.bereitschaft, sichtbarkeit, {}});
  row.baustein = von.id.text();
  Fassung one;
  one.version = von.version.value;
  auto versionen = before ? versionenOf(*before) : std::vector<Fassung>();
  for (auto& other : versionen)
    if (other.zustand == Werkzeugzustand::freigegeben) other.zustand = Werkzeugzustand::abgeloest;
  if (!versionen.empty() && !neuerAls(one.version, versionen.front().version))
    one.version = versionen.front().version + ".1";
  one.zustand = Werkzeugzustand::freigegeben;
  one.datum = base::Datum::of(change.zeit());
  one.aenderung =
      fmt::format("Aus dem Baustein „{}“ {} von {}.", von.titel.value, von.version.value, von.von.name.value);
  one.einleitung = teil.einleitung ? teil.einleitung->value : "";
  one.abschnitte = abschnitteAus(teil.abschnitte);
  versionen.insert(versionen.begin(), std::move(one));
  row.versionen = base::toJson(versionen);
  if (before) {
    change.update(*before, row);
  } else {
    row.uuid = change.newUuid();
    row.person = wer.person;
    change.insert(row);
  }
  zeige(change, row);
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const WerkzeugZeile& row) {
  auto tool = werkzeugOf(row);
  std::erase_if(tool.versionen, isEntwurf);
  if (tool.versionen.empty()) return {};
  const auto town = allRows<mandant::MandantZeile>(tx, row.mandant).at(0);
  const auto& now = geltende(tool);
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::werkzeug;
  out.ags = town.gebietsschluessel.value_or("");
  const auto land = landOf(out.ags);
  out.land = land.empty() ? town.land : std::string(land);
  out.sichtbarkeit = row.sichtbarkeit;
  out.titel = row.titel;
  out.suche = row.titel + " " + row.kurz + " " + row.fuer + " " + now.einleitung;
  for (const auto& abschnitt : now.abschnitte) {
    out.suche += " " + abschnitt.titel;
    for (const auto& one : abschnitt.punkte) out.suche += " " + one.text;
  }
  out.suche = base::foldCase(out.suche);
  out.inhalt = base::toJson(WerkzeugInhalt{row.art, row.kurz, row.fuer, now.version, now.zustand, now.datum,
                                           row.bereitschaft, punkteIn(now)});
  // All versions hang beside it, so that lists need not read them.
  auto text = out;
  text.uuid = uuidAus("werkzeugtext " + row.uuid.text());
  text.art = Aushangart::werkzeugtext;
  text.ober = row.uuid.text();
  text.suche.clear();
  text.inhalt = base::toJson(tool);
  return {out, text};
}

}  // namespace netz
