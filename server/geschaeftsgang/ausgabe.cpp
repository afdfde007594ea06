#include <algorithm>

#include "routen.h"

namespace geschaeftsgang {
namespace {

using akte::DokumentZeile;

std::optional<PersonKurz> kurz(Tx tx, std::int64_t mandant, const akte::OptId& id) {
  return id ? mandant::personKurz(tx, mandant, *id) : std::nullopt;
}

/// The line that would give the slip as it was meant: what is over by the slip itself or was handed on is left out.
std::string zeileOf(const Verzeichnis& verzeichnis, const LaufwegZeile& laufweg, const Schritte& schritte) {
  std::vector<Schrittentwurf> out;
  for (const auto& s : schritte)
    if (s.ergebnis != Schrittergebnis::delegiert)
      out.push_back({s.stufe, s.quorum, s.art, adressatOf(s), s.termin, s.text});
  return schreibe(out, verzeichnis, {TraegerArt::person, laufweg.ersteller, {}});
}

}  // namespace

std::optional<Verweis> dokumentKurz(Tx tx, const Berechtigung& wer, const akte::OptId& id) {
  if (!id) return std::nullopt;
  const auto row = mandant::rowById<DokumentZeile>(tx, wer.mandant, *id);
  if (!row || !mandant::stufeFor(tx, wer, row->zugriff)) return std::nullopt;
  return Verweis{row->uuid, row->zeichen.value_or(""), row->betreff};
}

LaufwegListe laufwege(Tx tx, const Berechtigung& wer, const VorgangMit& vorgang, const Verzeichnis& verzeichnis,
                      const base::Datum& heute) {
  LaufwegListe out;
  out.starten = mandant::darf(wer, Recht::laufwegFuehren, vorgang.gegenstand).has_value();
  const auto rows = tx.query<LaufwegZeile>(sql::Query::select<LaufwegZeile>().add(
      " FROM laufweg WHERE mandant = :mandant AND vorgang = :vorgang ORDER BY id DESC LIMIT 200", wer.mandant,
      vorgang.vorgang.id));
  if (rows.empty()) return out;
  const auto ich = personOf(tx, wer.mandant, wer.person);
  const Vertretungen vertretungen(tx, wer.mandant, wer.person, heute);
  for (const auto& row : rows) {
    const auto schritte = schritteOf(tx, wer.mandant, row.id);
    LaufwegAusgabe one;
    one.id = row.uuid;
    one.dokument = dokumentKurz(tx, wer, row.dokument);
    one.umlaufmappe = mappentitel(tx, wer.mandant, row.umlaufmappe);
    one.ersteller = kurz(tx, wer.mandant, row.ersteller);
    one.angelegt = row.angelegt;
    one.status = row.status;
    one.zeile = zeileOf(verzeichnis, row, schritte);
    one.zurueckholbar = out.starten && row.status == Laufwegstatus::laeuft;
    const bool binds = !gebundene(tx, row).empty();
    const auto marked = gezeichnete(tx, row);
    for (const auto& s : schritte) {
      const bool stale = binds && s.art == Schrittart::mitzeichnung && s.status == Schrittstatus::erledigt &&
                         s.ergebnis == Schrittergebnis::erledigt && std::ranges::find(marked, s.id) == marked.end();
      one.schritte.push_back(
          {s.uuid,
           s.nr,
           s.stufe,
           s.quorum,
           s.art,
           {s.adressatArt, nameOf(tx, wer.mandant, adressatOf(s))},
           s.termin,
           s.text,
           s.status,
           s.aktuellSeit,
           s.erledigtAm,
           kurz(tx, wer.mandant, s.bearbeiter),
           kurz(tx, wer.mandant, s.vertretene),
           s.ergebnis,
           s.vermerk,
           stale,
           angeboten(wer, ich, vertretungen.bei(s.art, vorgang.akte.organisationseinheit), vorgang, row, s, stale)});
    }
    out.eintraege.push_back(std::move(one));
  }
  return out;
}

void addRoutes(http::Routes& routes, Zugang& zugang, Geschaeftsgang& geschaeftsgang) {
  addLaufwegRoutes(routes, zugang, geschaeftsgang);
  addPostkorbRoutes(routes, zugang, geschaeftsgang);
  addFristRoutes(routes, zugang);
  addVorlageRoutes(routes, zugang);
  addMappenRoutes(routes, zugang);
  addAnmerkungRoutes(routes, zugang);
  addKalenderRoutes(routes, zugang);
  addNachrichtRoutes(routes, zugang);
}

}  // namespace geschaeftsgang
