#include "geschaeftsgang/laufweg.h"

#include <algorithm>

namespace geschaeftsgang {
namespace {

using base::Code;
using base::fail;
using enum Schrittstatus;

bool blocks(const SchrittZeile& schritt) { return schritt.status == aktuell && schritt.art != Schrittart::kenntnis; }

/// The end of a step; `akt.person` 0 is the slip itself.
void over(SchrittZeile& schritt, Schrittergebnis ergebnis, const Akt& akt) {
  const bool done = ergebnis == Schrittergebnis::erledigt || ergebnis == Schrittergebnis::zurueckgegeben;
  schritt.status = done ? erledigt : uebersprungen;
  schritt.ergebnis = ergebnis;
  schritt.bearbeiter = akt.person == 0 ? akte::OptId{} : akte::OptId{akt.person};
  schritt.vertretene = akt.fuer == 0 ? akte::OptId{} : akte::OptId{akt.fuer};
  schritt.erledigtAm = akt.zeit;
  schritt.vermerk = akt.vermerk;
}

/// Whether enough of a stage is done.
bool enough(const Schritte& schritte, std::int64_t stufe, Quorum quorum) {
  std::int64_t done = 0, all = 0;
  for (const auto& s : schritte) {
    if (s.stufe != stufe || s.art == Schrittart::kenntnis) continue;
    done += s.status == erledigt && s.ergebnis == Schrittergebnis::erledigt ? 1 : 0;
    all += s.status == erledigt || s.status == aktuell ? 1 : 0;
  }
  if (quorum == Quorum::einer) return done >= 1;
  if (quorum == Quorum::mehrheit) return done * 2 > all;
  return false;  // then it goes on when nothing of it is current any more
}

/// Makes current what is next. Kenntnis keeps nothing from going on.
void weiter(Schritte& schritte, const Akt& akt) {
  for (;;) {
    const auto running = std::ranges::find_if(schritte, blocks);
    if (running != schritte.end()) {
      const auto stufe = running->stufe;
      if (!enough(schritte, stufe, running->quorum)) return;
      for (auto& s : schritte)
        if (s.stufe == stufe && blocks(s)) over(s, Schrittergebnis::entfallen, {0, 0, akt.zeit, {}});
      continue;
    }
    const auto next = std::ranges::find(schritte, zukuenftig, &SchrittZeile::status);
    if (next == schritte.end()) return;
    const auto stufe = next->stufe;
    for (auto& s : schritte)
      if (s.stufe == stufe && s.status == zukuenftig) {
        s.status = aktuell;
        s.aktuellSeit = akt.zeit;
      }
  }
}

Result<SchrittZeile*> current(Schritte& schritte, std::size_t i) {
  if (i >= schritte.size()) return fail(Code::NichtGefunden);
  if (schritte[i].status != aktuell)
    return fail(Code::Konflikt, schritte[i].status == zukuenftig ? "Dieser Schritt ist noch nicht an der Reihe."
                                                                 : "Dieser Schritt ist schon vorbei.");
  return &schritte[i];
}

void number(Schritte& schritte) {
  std::int64_t nr = 0;
  for (auto& s : schritte) s.nr = ++nr;
}

/// Behind all of a stage: later ones move back by as many stages as come in.
void insertBehind(Schritte& schritte, std::int64_t stufe, Schritte neue) {
  std::int64_t stages = 0;
  for (const auto& s : neue) stages = std::max(stages, s.stufe);
  for (auto& s : schritte)
    if (s.stufe > stufe) s.stufe += stages;
  for (auto& s : neue) s.stufe += stufe;
  const auto at = std::ranges::find_if(schritte, [&](const auto& s) { return s.stufe > stufe; });
  schritte.insert(at, neue.begin(), neue.end());
  number(schritte);
}

/// This stage, or a later one that has something done in it: numbers of what is done stay, so nothing comes before it.
/// Only of a step zur Kenntnis, which nobody waits for, may later ones be done.
std::int64_t freieStufe(const Schritte& schritte, std::int64_t stufe) {
  for (const auto& s : schritte)
    if (s.status == erledigt) stufe = std::max(stufe, s.stufe);
  return stufe;
}

/// The same step, to be done.
SchrittZeile again(const SchrittZeile& schritt, const Akt& akt) {
  SchrittZeile out;
  out.laufweg = schritt.laufweg;
  out.vorgang = schritt.vorgang;
  out.dokument = schritt.dokument;
  out.stufe = schritt.stufe;
  out.quorum = schritt.quorum;
  out.art = schritt.art;
  out.adressatArt = schritt.adressatArt;
  out.adressat = schritt.adressat;
  out.rolle = schritt.rolle;
  out.termin = schritt.termin;
  out.text = schritt.text;
  out.ersteller = akt.person;
  return out;
}

Result<void> needReason(const Akt& akt) {
  if (!akt.vermerk) return fail(Code::EingabeUngueltig, "Nennen Sie den Grund.", "vermerk");
  return {};
}

}  // namespace

Adressat adressatOf(const SchrittZeile& schritt) { return {schritt.adressatArt, schritt.adressat, schritt.rolle}; }

void setAdressat(SchrittZeile& schritt, const Adressat& adressat) {
  schritt.adressatArt = adressat.art;
  schritt.adressat = adressat.id;
  schritt.rolle = adressat.rolle;
}

bool istGemeint(const Adressat& adressat, const Person& person) {
  const auto in = [](const auto& list, const auto& what) { return std::ranges::find(list, what) != list.end(); };
  switch (adressat.art) {
    case TraegerArt::person:
      return adressat.id == person.id;
    case TraegerArt::stelle:
      return in(person.stellen, adressat.id);
    case TraegerArt::organisationseinheit:
      return in(person.einheiten, adressat.id);
    case TraegerArt::rolle:
      return adressat.rolle && in(person.rollen, *adressat.rolle);
    default:
      return false;
  }
}

std::optional<std::int64_t> fuerWen(const SchrittZeile& schritt, const Person& person,
                                    std::span<const Person> vertretene) {
  // Who took it has it, and whoever stands in for him.
  const auto may = [&](const Person& who) {
    if (schritt.status == aktuell && schritt.bearbeiter) return *schritt.bearbeiter == who.id;
    return istGemeint(adressatOf(schritt), who);
  };
  if (may(person)) return 0;
  for (const auto& other : vertretene)
    if (may(other)) return other.id;
  return std::nullopt;
}

std::optional<std::int64_t> fuerWenErneut(const SchrittZeile& schritt, const Person& person,
                                          std::span<const Person> vertretene) {
  const auto owner = schritt.vertretene ? schritt.vertretene : schritt.bearbeiter;
  if (owner == person.id) return 0;
  for (const auto& other : vertretene)
    if (owner == other.id) return other.id;
  return std::nullopt;
}

void starte(Schritte& schritte, base::Zeitpunkt zeit) {
  std::ranges::stable_sort(schritte, {}, &SchrittZeile::stufe);
  number(schritte);
  weiter(schritte, {0, 0, zeit, {}});
}

Result<void> erledige(Schritte& schritte, std::size_t i, const Akt& akt) {
  AKTENLOTSE_GET(schritt, current(schritte, i));
  over(*schritt, Schrittergebnis::erledigt, akt);
  weiter(schritte, akt);
  return {};
}

Result<void> ueberspringe(Schritte& schritte, std::size_t i, const Akt& akt) {
  if (i >= schritte.size()) return fail(Code::NichtGefunden);
  if (schritte[i].status == erledigt || schritte[i].status == uebersprungen)
    return fail(Code::Konflikt, "Dieser Schritt ist schon vorbei.");
  AKTENLOTSE_TRY(needReason(akt));
  over(schritte[i], Schrittergebnis::uebersprungen, akt);
  weiter(schritte, akt);
  return {};
}

Result<void> gibZurueck(Schritte& schritte, std::size_t i, const Akt& akt, const Adressat& an) {
  AKTENLOTSE_GET(schritt, current(schritte, i));
  AKTENLOTSE_TRY(needReason(akt));
  const auto stufe = schritt->stufe;
  Schritte neue;
  auto author = again(*schritt, akt);
  author.stufe = 1;
  author.quorum = Quorum::alle;
  author.art = Schrittart::bearbeitung;
  author.termin.reset();
  author.text = akt.vermerk;
  setAdressat(author, an);
  neue.push_back(author);
  for (std::size_t k = 0; k < schritte.size(); ++k) {
    auto& s = schritte[k];
    if (s.stufe != stufe || !(k == i || blocks(s))) continue;
    neue.push_back(again(s, akt));
    neue.back().stufe = 2;
    if (k != i) over(s, Schrittergebnis::entfallen, {0, 0, akt.zeit, {}});
  }
  over(schritte[i], Schrittergebnis::zurueckgegeben, akt);
  insertBehind(schritte, freieStufe(schritte, stufe), std::move(neue));
  weiter(schritte, akt);
  return {};
}

Result<void> delegiere(Schritte& schritte, std::size_t i, const Akt& akt, const Adressat& an) {
  AKTENLOTSE_GET(schritt, current(schritte, i));
  if (adressatOf(*schritt) == an) return fail(Code::EingabeUngueltig, "Der Schritt ist schon dort.", "an");
  auto other = again(*schritt, akt);
  setAdressat(other, an);
  other.status = aktuell;
  other.aktuellSeit = akt.zeit;
  over(*schritt, Schrittergebnis::delegiert, akt);
  other.stufe = freieStufe(schritte, other.stufe);
  schritte.insert(std::ranges::find_if(schritte, [&](const auto& s) { return s.stufe > other.stufe; }), other);
  number(schritte);
  return {};
}

Result<void> uebernimm(Schritte& schritte, std::size_t i, const Akt& akt) {
  AKTENLOTSE_GET(schritt, current(schritte, i));
  if (schritt->bearbeiter && *schritt->bearbeiter != akt.person)
    return fail(Code::Vergeben, "Das hat schon jemand übernommen.");
  schritt->bearbeiter = akt.person;
  return {};
}

Result<void> fuegeEin(Schritte& schritte, std::size_t i, Schritte neue, base::Zeitpunkt zeit) {
  if (i >= schritte.size()) return fail(Code::NichtGefunden);
  const auto stufe = schritte[i].stufe;
  const bool later = std::ranges::any_of(
      schritte, [&](const auto& s) { return s.stufe > stufe && (s.status == aktuell || s.status == erledigt); });
  if (later || !laeuft(schritte)) return fail(Code::Konflikt, "Dort ist der Laufweg schon vorbei.");
  insertBehind(schritte, stufe, std::move(neue));
  weiter(schritte, {0, 0, zeit, {}});
  return {};
}

void holeZurueck(Schritte& schritte, const Akt& akt) {
  for (auto& s : schritte)
    if (s.status == aktuell || s.status == zukuenftig) over(s, Schrittergebnis::zurueckgeholt, akt);
}

bool laeuft(const Schritte& schritte) {
  return std::ranges::any_of(schritte, [](const auto& s) { return s.status == aktuell || s.status == zukuenftig; });
}

bool hemmtZda(const SchrittZeile& schritt) {
  return (schritt.status == aktuell || schritt.status == zukuenftig) && schritt.art != Schrittart::kenntnis &&
         schritt.art != Schrittart::zda;
}

std::vector<std::size_t> fehlendeMitzeichnungen(const Schritte& schritte, std::span<const std::int64_t> gezeichnet,
                                                bool mappe) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < schritte.size(); ++i) {
    const auto& s = schritte[i];
    if (s.art != Schrittart::mitzeichnung) continue;
    const bool given = s.status == erledigt && s.ergebnis == Schrittergebnis::erledigt &&
                       ((!s.dokument && !mappe) || std::ranges::find(gezeichnet, s.id) != gezeichnet.end());
    // One of several was enough, or another got it, or it was asked again after a return.
    const bool replaced = s.ergebnis == Schrittergebnis::entfallen || s.ergebnis == Schrittergebnis::delegiert;
    const bool repeated = std::ranges::any_of(schritte, [&](const auto& other) {
      return other.art == s.art && other.nr > s.nr && adressatOf(other) == adressatOf(s);
    });
    if (!given && !replaced && !repeated) out.push_back(i);
  }
  return out;
}

}  // namespace geschaeftsgang
