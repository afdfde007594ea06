// What towns offer and seek, which of it fits, and how two of them agree.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "inhalt.h"
#include "netz/feed.h"
#include "netz/kommunen.h"
#include "netz/kooperation.h"
#include "netz/schluesselbund.h"

namespace netz {

using base::Code;
using base::fail;

namespace {

template <class T>
OptText textOf(const std::optional<T>& text) {
  return text && !text->value.empty() ? OptText(text->value) : OptText();
}

std::vector<std::string> zeilen(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

/// Words that say what it is about: long enough, and by their beginning, so that plural and case do not matter.
std::set<std::string> worte(const std::string& text) {
  constexpr std::size_t kurz = 4, anfang = 6;
  static const std::set<std::string, std::less<>> leer{
      "eine",   "einer",   "einem",  "einen",  "gemeinsam", "gemeinsame", "gemeinsamer", "gemeinsames", "unser",
      "unsere", "unseren", "suchen", "bieten", "kommune",   "kommunen",   "stadt",       "gemeinde",    "nicht",
      "oder",   "etwas",   "auch",   "über",   "beim",      "wird",       "haben"};
  std::set<std::string> out;
  const auto folded = base::foldCase(text);
  std::string word;
  const auto take = [&] {
    if (base::countCodePoints(word) >= kurz && !leer.contains(word))
      out.insert(std::string(base::cutUtf8(word, anfang)));
    word.clear();
  };
  for (const char c : folded) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x80 || std::isalnum(u) != 0)
      word += c;
    else
      take();
  }
  take();
  return out;
}

std::string_view inWorten(Rechtsform form) {
  switch (form) {
    case Rechtsform::offen:
      return "offen";
    case Rechtsform::formlos:
      return "ein formloses Miteinander";
    case Rechtsform::arbeitsgemeinschaft:
      return "eine Arbeitsgemeinschaft";
    case Rechtsform::zweckvereinbarung:
      return "eine Zweckvereinbarung";
    case Rechtsform::zweckverband:
      return "einen Zweckverband";
    case Rechtsform::genossenschaft:
      return "eine Genossenschaft";
  }
  return "";
}

/// Whether a town of this Land and size is meant.
bool meint(const Vorhaben& wer, const Vorhaben& wen) {
  if (!wer.laender.empty() && std::ranges::find(wer.laender, wen.land) == wer.laender.end()) return false;
  if (!wen.einwohner) return true;
  const auto groesse = groesseOf(*wen.einwohner);
  return (!wer.groesseVon || groesse >= *wer.groesseVon) && (!wer.groesseBis || groesse <= *wer.groesseBis);
}

std::optional<Aushang> aushang(const sql::ReadTx& tx, const Berechtigung& wer, std::string_view uuid) {
  return tx.one<Aushang>(
      sql::Query::select<Aushang>("a")
          .add(" FROM netz_aushang a WHERE a.art = 'kooperation' AND a.uuid = :uuid AND a.eigner <> :eigner AND ", uuid,
               wer.mandant)
          .add(imNetzSichtbar(tx, blickOf(tx, wer))));
}

Result<void> fill(Change& change, KooperationZeile& row, const KooperationNeu& input) {
  row.richtung = input.richtung;
  row.thema = input.thema.value;
  row.beschreibung = textOf(input.beschreibung);
  row.laender.clear();
  for (const auto& land : input.laender) (row.laender += row.laender.empty() ? "" : "\n") += land.value;
  row.rechtsform = input.rechtsform;
  row.groesseVon = input.groesseVon;
  row.groesseBis = input.groesseBis;
  if (row.groesseVon && row.groesseBis && *row.groesseVon > *row.groesseBis)
    return fail(Code::EingabeUngueltig, "Die kleinste Größe ist größer als die größte.", "groesseVon");
  row.sichtbarkeit = input.sichtbarkeit;
  if (row.sichtbarkeit == Sichtbarkeit::coaching || row.sichtbarkeit == Sichtbarkeit::kommune)
    return fail(Code::EingabeUngueltig, "Ein Angebot oder Gesuch ist für andere Kommunen da.", "sichtbarkeit");
  row.kontakt.reset();
  if (input.kontakt) {
    const auto mitglied = mandant::rowByUuid<MitgliedZeile>(change.tx(), change.mandant(), *input.kontakt);
    if (!mitglied || mitglied->status == Mitgliedstatus::ausgeschieden)
      return fail(Code::EingabeUngueltig, "Dieses Mitglied gibt es hier nicht.", "kontakt");
    row.kontakt = mitglied->id;
  }
  return {};
}

}  // namespace

std::optional<Passung> passt(const Vorhaben& hier, const Vorhaben& dort) {
  if (hier.richtung == Richtung::biete && dort.richtung == Richtung::biete) return std::nullopt;
  if (!meint(hier, dort) || !meint(dort, hier)) return std::nullopt;
  const auto mine = worte(hier.thema), theirs = worte(dort.thema);
  const auto mineAll = worte(hier.thema + " " + hier.beschreibung),
             theirsAll = worte(dort.thema + " " + dort.beschreibung);
  std::vector<std::string> both;
  std::ranges::set_intersection(mineAll, theirsAll, std::back_inserter(both));
  const auto inTheme = std::ranges::count_if(
      both, [&](const std::string& word) { return mine.contains(word) || theirs.contains(word); });
  if (inTheme == 0) return std::nullopt;
  Passung out;
  out.punkte = 3 * std::min<std::int64_t>(inTheme, 3);
  std::string named;
  for (const auto& word : both)
    if (mine.contains(word) || theirs.contains(word)) named += (named.empty() ? "„" : ", „") + word + "…“";
  out.gruende.push_back("Beide schreiben von " + named + ".");
  if (hier.richtung != dort.richtung) {
    out.punkte += 4;
    out.gruende.emplace_back(hier.richtung == Richtung::suche ? "Dort wird geboten, was Sie suchen."
                                                              : "Dort wird gesucht, was Sie bieten.");
  } else {
    out.punkte += 1;
    out.gruende.emplace_back("Beide suchen dasselbe und könnten es zusammen angehen.");
  }
  for (const auto* wer : {&hier, &dort})
    if (!wer->laender.empty() && hier.land != dort.land) {
      out.punkte += 1;
      out.gruende.push_back(fmt::format("{} ist ausdrücklich gemeint.", wer == &hier ? dort.land : hier.land));
    }
  for (const auto* wer : {&hier, &dort}) {
    const auto& wen = wer == &hier ? dort : hier;
    if ((wer->groesseVon || wer->groesseBis) && wen.einwohner) {
      out.punkte += 1;
      out.gruende.emplace_back(wer == &hier ? "Die Größe der anderen Kommune passt."
                                            : "Ihre Größe ist die, die dort gemeint ist.");
    }
  }
  if (hier.rechtsform == dort.rechtsform && hier.rechtsform != Rechtsform::offen) {
    out.punkte += 2;
    out.gruende.push_back(fmt::format("Beide denken an {}.", inWorten(hier.rechtsform)));
  } else if (hier.rechtsform == Rechtsform::offen || dort.rechtsform == Rechtsform::offen) {
    out.punkte += 1;
  } else {
    out.gruende.push_back(fmt::format("Zu klären ist die Rechtsform: Sie denken an {}, die andere Seite an {}.",
                                      inWorten(hier.rechtsform), inWorten(dort.rechtsform)));
  }
  return out;
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const KooperationZeile& row) {
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0);
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::kooperation;
  out.ags = town.gebietsschluessel.value_or("");
  const auto land = landOf(out.ags);
  out.land = land.empty() ? town.land : std::string(land);
  out.sichtbarkeit = row.sichtbarkeit;
  out.titel = row.thema;
  out.suche = base::foldCase(row.thema + " " + row.beschreibung.value_or(""));
  KooperationInhalt inhalt;
  inhalt.richtung = row.richtung;
  inhalt.beschreibung = row.beschreibung;
  inhalt.laender = zeilen(row.laender);
  inhalt.rechtsform = row.rechtsform;
  inhalt.groesseVon = row.groesseVon;
  inhalt.groesseBis = row.groesseBis;
  // As the program knows it, which no reading changes: this is made again from the tables and compared.
  if (const auto* known = mitgeliefert().find(out.ags))
    inhalt.einwohner = known->einwohner;
  else if (const auto page = profil(tx, row.mandant); page && page->sichtbarkeit != Sichtbarkeit::kommune)
    inhalt.einwohner = page->einwohner;
  inhalt.status = row.status;
  inhalt.gegenueber = row.gegenueber;
  if (row.kontakt) inhalt.kontakt = mandant::rowById<MitgliedZeile>(tx, row.mandant, *row.kontakt).value().uuid;
  inhalt.angelegt = row.angelegt;
  out.inhalt = base::toJson(inhalt);
  return {out};
}

Vorhaben vorhabenOf(const Register& alle, const Aushang& row) {
  const auto inhalt = inhaltOf<KooperationInhalt>(row);
  const auto* town = alle.find(row.ags);
  return {inhalt.richtung,   row.titel,         inhalt.beschreibung.value_or(""),
          inhalt.laender,    inhalt.rechtsform, inhalt.groesseVon,
          inhalt.groesseBis, row.land,          town == nullptr ? inhalt.einwohner : OptId(town->einwohner)};
}

Result<KooperationZeile> findKooperation(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<KooperationZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

std::vector<Kooperationsstatus> naechste(const Berechtigung& wer, const KooperationZeile& row) {
  using S = Kooperationsstatus;
  if (!darfMitmachen(wer)) return {};
  switch (row.status) {
    case S::offen:
      return {S::imGespraech, S::beendet};
    case S::imGespraech:
      return wer.hat(Recht::netzPflegen) ? std::vector{S::vereinbart, S::offen, S::beendet}
                                         : std::vector{S::offen, S::beendet};
    case S::vereinbart:
      return {S::beendet};
    case S::beendet:
      return {S::offen};
  }
  return {};
}

bool nennt(const sql::ReadTx& tx, const Aushang& dort, const base::Uuid& hier) {
  const auto named = inhaltOf<KooperationInhalt>(dort).gegenueber;
  if (!named) return false;
  // Another installation knows it by the name that it has there.
  return *named == hier.text() || *named == uuidHier(oeffentlicherSchluessel(tx), hier.text()).text();
}

Result<KooperationZeile> createKooperation(Change& change, const Berechtigung& wer, const KooperationNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  KooperationZeile row;
  row.uuid = change.newUuid();
  AKTENLOTSE_TRY(fill(change, row, input));
  row.angelegt = base::Datum::of(change.zeit());
  if (input.gegenueber) {
    const auto there = aushang(change.tx(), wer, input.gegenueber->text());
    if (!there) return fail(Code::NichtGefunden);
    row.gegenueber = there->uuid.text();
    row.status = Kooperationsstatus::imGespraech;
  }
  change.insert(row);
  change.about({"netzkooperation.angelegt", row.tabelle, row.id, 0, 0});
  zeige(change, row);
  return row;
}

Result<KooperationZeile> changeKooperation(Change& change, const Berechtigung& wer, const KooperationZeile& before,
                                           const KooperationNeu& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  if (before.status == Kooperationsstatus::beendet)
    return fail(Code::Abgeschlossen, "Das ist beendet. Öffnen Sie es zuerst wieder.");
  if (before.status == Kooperationsstatus::vereinbart)
    return fail(Code::Konflikt, "Was vereinbart ist, ändert nicht eine Seite allein.");
  auto after = before;
  AKTENLOTSE_TRY(fill(change, after, input));
  change.update(before, after);
  change.about({"netzkooperation.geaendert", after.tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

Result<KooperationZeile> wechsle(Change& change, const Berechtigung& wer, const KooperationZeile& before,
                                 const KooperationZustand& input) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  using S = Kooperationsstatus;
  const auto offered = naechste(wer, before);
  if (std::ranges::find(offered, input.status) == offered.end()) {
    if (before.status == S::imGespraech && input.status == S::vereinbart)
      return fail(Code::NichtErlaubt, "Das entscheidet, wer das Netz pflegt.");
    return fail(Code::Konflikt, "Von diesem Stand aus geht das nicht.");
  }
  auto after = before;
  after.status = input.status;
  if (input.status == S::offen) after.gegenueber.reset();
  if (input.status == S::imGespraech) {
    if (!input.gegenueber) return fail(Code::EingabeUngueltig, "Nennen Sie, mit wem Sie sprechen.", "gegenueber");
    const auto there = aushang(change.tx(), wer, input.gegenueber->text());
    if (!there) return fail(Code::NichtGefunden);
    after.gegenueber = there->uuid.text();
  }
  if (input.status == S::vereinbart) {
    const auto there = aushang(change.tx(), wer, before.gegenueber.value_or(""));
    if (!there || !nennt(change.tx(), *there, before.uuid))
      return fail(Code::Konflikt, "Die andere Seite hat Sie noch nicht als Gegenüber genannt.");
    const auto status = inhaltOf<KooperationInhalt>(*there).status;
    if (status != S::imGespraech && status != S::vereinbart)
      return fail(Code::Konflikt, "Die andere Seite ist nicht mehr im Gespräch.");
  }
  change.update(before, after);
  change.about({"netzkooperation.stand", after.tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

}  // namespace netz
