// What came out of a meeting: from its minutes, and on to things of their own.
#include <algorithm>

#include "base/text.h"
#include "netz/beitrag.h"
#include "netz/eigenwerkzeug.h"
#include "netz/kooperation.h"
#include "netz/termin.h"

namespace netz {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t titelMax = 200;

std::optional<Beitragart> artOf(std::string_view wort) {
  static constexpr std::pair<std::string_view, Beitragart> worte[] = {{"risiko", Beitragart::risiko},
                                                                      {"maßnahme", Beitragart::massnahme},
                                                                      {"massnahme", Beitragart::massnahme},
                                                                      {"erwartung", Beitragart::erwartung},
                                                                      {"erfolgsfaktor", Beitragart::erfolgsfaktor},
                                                                      {"kooperation", Beitragart::kooperation},
                                                                      {"werkzeug", Beitragart::werkzeug},
                                                                      {"erfahrung", Beitragart::erfahrung},
                                                                      {"frage", Beitragart::frage},
                                                                      {"antwort", Beitragart::antwort}};
  const auto folded = base::foldCase(wort);
  const auto found = std::ranges::find(worte, folded, [](const auto& one) { return base::foldCase(one.first); });
  return found == std::end(worte) ? std::nullopt : std::optional(found->second);
}

std::string_view trimmed(std::string_view text, std::string_view what) {
  const auto from = text.find_first_not_of(what);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

/// At a whole letter.
std::string kurz(std::string_view text, std::size_t most) {
  std::size_t letters = 0, at = 0;
  for (; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80 && ++letters > most) break;
  return std::string(text.substr(0, at));
}

}  // namespace

std::vector<Ergebnis> ergebnisseAus(std::string_view protokoll) {
  std::vector<Ergebnis> out;
  OptId risiko, frage;
  for (std::size_t at = 0; at < protokoll.size();) {
    const auto end = std::min(protokoll.find('\n', at), protokoll.size());
    // What lists begin with: hyphens, asterisks, the bytes of a bullet.
    const auto line = trimmed(protokoll.substr(at, end - at), " \t-*\xE2\x80\xA2");
    at = end + 1;
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto art = artOf(line.substr(0, colon));
    const auto titel = trimmed(line.substr(colon + 1), " \t");
    if (!art || titel.empty()) continue;
    Ergebnis one{*art, kurz(titel, titelMax), {}};
    if (*art == Beitragart::massnahme) one.zu = risiko;
    if (*art == Beitragart::antwort) one.zu = frage;
    if ((*art == Beitragart::massnahme || *art == Beitragart::antwort) && !one.zu) continue;
    if (*art == Beitragart::risiko) risiko = static_cast<std::int64_t>(out.size());
    if (*art == Beitragart::frage) frage = static_cast<std::int64_t>(out.size());
    out.push_back(std::move(one));
  }
  return out;
}

Result<std::int64_t> uebernimmErgebnisse(Change& change, const Berechtigung& wer, const base::Uuid& uuid) {
  AKTENLOTSE_TRY(darfMitmachen(wer));
  AKTENLOTSE_GET(termin, findTermin(change.tx(), wer, uuid));
  const auto found = ergebnisseAus(termin.protokoll.value_or(""));
  if (found.empty())
    return fail(Code::EingabeUngueltig,
                "Im Protokoll steht kein Ergebnis. Beginnen Sie eine Zeile mit „Risiko:“, „Maßnahme:“, „Erwartung:“, "
                "„Erfolgsfaktor:“, „Kooperation:“ oder „Werkzeug:“.",
                "protokoll");
  const auto there = mandant::allRows<BeitragZeile>(change.tx(), wer.mandant);
  std::vector<base::Uuid> made;
  std::int64_t count = 0;
  for (const auto& one : found) {
    const auto same = std::ranges::find_if(there, [&](const BeitragZeile& row) {
      return row.bezug == uuid.text() && row.art == one.art && row.titel == one.titel;
    });
    if (same != there.end()) {
      made.push_back(same->uuid);
      continue;
    }
    BeitragNeu input;
    input.art = one.art;
    input.titel = {one.titel};
    input.sichtbarkeit = termin.sichtbarkeit;
    const auto zu = one.zu ? std::optional(made.at(static_cast<std::size_t>(*one.zu))) : std::nullopt;
    AKTENLOTSE_GET(row, createBeitrag(change, wer, uuid, zu, input));
    made.push_back(row.uuid);
    ++count;
  }
  return count;
}

Result<BeitragZeile> macheObjekt(Change& change, const Berechtigung& wer, const BeitragZeile& before) {
  if (!darfAendern(wer, before)) return fail(Code::NichtErlaubt, "Das tut, wer es geschrieben hat.");
  if (before.objekt) return fail(Code::Vergeben, "Daraus ist schon etwas geworden.");
  auto after = before;
  if (before.art == Beitragart::kooperation) {
    KooperationNeu input;
    input.richtung = Richtung::suche;
    input.thema = {before.titel};
    if (before.inhalt) input.beschreibung = base::Prose<4000>{kurz(*before.inhalt, 4000)};
    input.sichtbarkeit = before.sichtbarkeit;
    AKTENLOTSE_GET(made, createKooperation(change, wer, input));
    after.objekt = made.uuid.text();
  } else if (before.art == Beitragart::werkzeug) {
    WerkzeugNeu input;
    input.art = Werkzeugart::checkliste;
    input.titel = {before.titel};
    input.kurz = {before.titel};
    input.fuer = {"alle"};
    input.sichtbarkeit = before.sichtbarkeit;
    WerkzeugAbschnitt part{{before.titel}, base::Prose<10000>{before.inhalt.value_or(before.titel)}, {}};
    input.fassung = FassungNeu{{"0.1"}, {}, {}, {part}, {}};
    AKTENLOTSE_GET(made, createWerkzeug(change, wer, input));
    after.objekt = made.uuid.text();
  } else {
    return fail(Code::Konflikt, "Eigene Kooperationen und Werkzeuge werden nur aus solchen Ergebnissen.");
  }
  change.update(before, after);
  change.about({"netzbeitrag.objekt", after.tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

}  // namespace netz
