#include "stand.h"

#include <algorithm>
#include <charconv>

namespace akte {

using base::Code;
using base::fail;

namespace {

/// Two digits, or nothing.
std::optional<int> two(std::string_view text) {
  int value = 0;
  if (text.size() != 2) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + 2, value);
  if (error != std::errc() || end != text.data() + 2 || value < 0) return std::nullopt;
  return value;
}

/// Seconds since midnight of `HH:MM` or `HH:MM:SS`, fractions ignored.
std::optional<std::int64_t> timeOf(std::string_view text) {
  text = text.substr(0, text.find('.'));
  if (text.size() != 5 && text.size() != 8) return std::nullopt;
  const auto hour = two(text.substr(0, 2)), minute = two(text.substr(3, 2));
  const auto second = text.size() == 8 ? two(text.substr(6, 2)) : std::optional(0);
  if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59 || text[2] != ':') return std::nullopt;
  return *hour * 3600 + *minute * 60 + *second;
}

tl::unexpected<base::Error> notYet() { return fail(Code::NichtGefunden, "Zu diesem Zeitpunkt gab es das noch nicht."); }

/// The past row under today's access.
template <class Row>
std::optional<Row> underToday(std::optional<Row> damals, const Row& heute) {
  if (!damals) return damals;
  damals->zugriff = heute.zugriff;
  if constexpr (requires { damals->eigenerZugriff; }) damals->eigenerZugriff = heute.eigenerZugriff;
  return damals;
}

template <class Ausgabe>
Ausgabe asPast(Ausgabe out) {
  out.darf.clear();
  out.uebergaenge.clear();
  return out;
}

}  // namespace

base::Result<base::Zeitpunkt> momentOf(const base::Line<40>& text, std::string_view feld) {
  std::string_view rest = text.value;
  const bool utc = rest.ends_with('Z');
  if (utc) rest.remove_suffix(1);
  const auto day = base::Datum::parse(rest.substr(0, 10));
  const auto wrong = [&] {
    return fail(Code::EingabeUngueltig, "Erwartet wird ein Tag (2026-03-03) oder ein Zeitpunkt (2026-03-03T12:00).",
                std::string(feld));
  };
  if (!day) return wrong();
  const auto end = base::endOfDay(*day);
  if (rest.size() == 10) return end;
  const auto seconds = timeOf(rest.substr(11));
  if (!seconds || (rest[10] != 'T' && rest[10] != ' ')) return wrong();
  const auto dayBefore = base::Datum::of(end.plusSeconds(-30 * 3600));
  // German midnight is one or two hours before that of UTC.
  const base::Zeitpunkt midnight{base::endOfDay(dayBefore).micros + 1};
  const std::int64_t offset = midnight.iso().substr(11, 2) == "22" ? 7200 : 3600;
  const auto moment = midnight.plusSeconds(*seconds + (utc ? offset : 0));
  // All that was done within that second, or minute, counts.
  return base::Zeitpunkt{moment.plusSeconds(rest.size() == 16 ? 60 : 1).micros - 1};
}

/// What was done to an object itself; false when that is known already.
bool Rueckschau::loadOwn(std::int64_t objekt) {
  if (objekt == 0 || !own_.insert(objekt).second) return false;
  damals_.load(tx_,
               sql::Query(" FROM journal j WHERE j.mandant = :mandant AND j.objekt = :objekt", wer_.mandant, objekt));
  return true;
}

bool Rueckschau::loadPlaces(const VorgangZeile& row) {
  const bool akte = loadOwn(row.akte);
  return loadOwn(row.ueber.value_or(0)) || akte;
}
bool Rueckschau::loadPlaces(const DokumentZeile& row) {
  const bool oben = loadOwn(row.ueber.value_or(0));
  if (!row.vorgang || !loadOwn(*row.vorgang)) return oben;
  // It went along, and got another sign, wherever its Vorgang went with an Akte.
  if (const auto vorgang = mandant::rowById<VorgangZeile>(tx_, wer_.mandant, *row.vorgang)) damals(*vorgang);
  return true;
}

/// What went somewhere together with others is told in the history of the place, so it is followed from place to place.
template <class Row>
std::optional<Row> Rueckschau::damals(const Row& heute) {
  for (std::optional<Row> then(heute); then && loadPlaces(*then);) then = damals_.at(heute);
  return underToday(damals_.at(heute), heute);
}

std::optional<AkteZeile> Rueckschau::zeile(const AkteZeile& heute) {
  loadOwn(heute.id);
  return underToday(damals_.at(heute), heute);
}
std::optional<VorgangZeile> Rueckschau::zeile(const VorgangZeile& heute) {
  loadOwn(heute.id);
  return damals(heute);
}
std::optional<DokumentZeile> Rueckschau::zeile(const DokumentZeile& heute) {
  loadOwn(heute.id);
  return damals(heute);
}

/// Today's rows of all that lies or ever lay in it. Whatever comes into something is told in its history.
template <class Row>
std::vector<Row> Rueckschau::candidates(sql::Sql parentColumn, std::int64_t parent) {
  if (within_.insert(parent).second) damals_.loadObjekt(tx_, wer_.mandant, parent);
  auto query = sql::Query::select<Row>("x");
  query.add(" FROM ")
      .add(sql::Query::tableName<Row>())
      .add(" x WHERE x.mandant = :mandant AND x.id IN (SELECT y.id FROM ", wer_.mandant);
  query.add(sql::Query::tableName<Row>()).add(" y WHERE y.mandant = :mandant2 AND y.", wer_.mandant).add(parentColumn);
  query.add(
      " = :darin UNION SELECT k.objekt FROM journal k WHERE k.mandant = :mandant3 AND k.oberobjekt = :darin2) AND ",
      parent, wer_.mandant, parent);
  query.add(mandant::sichtbar("x.zugriff", wer_));
  return tx_.query<Row>(query.add(" ORDER BY x.id DESC"));
}

std::vector<VorgangZeile> Rueckschau::vorgaengeIn(const AkteZeile& heute) {
  std::vector<VorgangZeile> out;
  for (const auto& row : candidates<VorgangZeile>("akte", heute.id))
    if (auto then = damals(row); then && then->akte == heute.id && !then->ueber) out.push_back(std::move(*then));
  return out;
}

std::vector<VorgangZeile> Rueckschau::teilvorgaengeIn(const VorgangZeile& heute) {
  std::vector<VorgangZeile> out;
  for (const auto& row : candidates<VorgangZeile>("ueber", heute.id))
    if (auto then = damals(row); then && then->ueber == heute.id) out.push_back(std::move(*then));
  return out;
}

std::vector<DokumentZeile> Rueckschau::dokumenteIn(const VorgangZeile& heute) {
  std::vector<DokumentZeile> out;
  for (const auto& row : candidates<DokumentZeile>("vorgang", heute.id))
    if (auto then = damals(row); then && then->vorgang == heute.id && !then->ueber) out.push_back(std::move(*then));
  return out;
}

std::vector<DokumentZeile> Rueckschau::anlagenZu(const DokumentZeile& heute) {
  std::vector<DokumentZeile> out;
  for (const auto& row : candidates<DokumentZeile>("ueber", heute.id))
    if (auto then = damals(row); then && then->ueber == heute.id) out.push_back(std::move(*then));
  return out;
}

base::Result<AkteAusgabe> Rueckschau::akte(const AkteMit& heute) {
  const auto then = zeile(heute.akte);
  if (!then) return notYet();
  auto out = asPast(akte::show(tx_, wer_, AkteMit{*then, {heute.gegenstand.stufe, false}}));
  out.vorgaenge = static_cast<std::int64_t>(vorgaengeIn(heute.akte).size());
  return out;
}

std::optional<VorgangMit> Rueckschau::mit(const VorgangZeile& damals) {
  // It may have lain in an Akte, or in a Vorgang, that is gone.
  const auto akte = mandant::rowById<AkteZeile>(tx_, wer_.mandant, damals.akte);
  if (!akte) return std::nullopt;
  VorgangMit out{damals, zeile(*akte).value_or(*akte), {mandant::stufeFor(tx_, wer_, damals.zugriff), false}, {}};
  const auto oben = damals.ueber ? mandant::rowById<VorgangZeile>(tx_, wer_.mandant, *damals.ueber) : std::nullopt;
  if (oben) out.ueber = zeile(*oben).value_or(*oben);
  return out;
}

VorgangAusgabe Rueckschau::show(const VorgangZeile& damals) {
  auto out = asPast(akte::show(tx_, wer_, mit(damals).value()));
  out.dokumente = static_cast<std::int64_t>(dokumenteIn(damals).size());
  out.teilvorgaenge = static_cast<std::int64_t>(teilvorgaengeIn(damals).size());
  return out;
}

base::Result<VorgangAusgabe> Rueckschau::vorgang(const VorgangMit& heute) {
  const auto then = zeile(heute.vorgang);
  if (!then) return notYet();
  return show(*then);
}

DokumentKurz Rueckschau::show(const DokumentZeile& damals) {
  auto out = showKurz(tx_, wer_, damals);
  if (out.anlagen > 0) out.anlagen = static_cast<std::int64_t>(anlagenZu(damals).size());
  return out;
}

base::Result<DokumentAusgabe> Rueckschau::dokument(const DokumentMit& heute) {
  const auto then = zeile(heute.dokument);
  if (!then) return notYet();
  DokumentMit ort{*then, {}, {heute.gegenstand.stufe, false}, heute.ueber};
  if (then->vorgang) {
    // It may have lain in another Vorgang, and that in another Akte.
    const auto row = mandant::rowById<VorgangZeile>(tx_, wer_.mandant, *then->vorgang);
    if (row) ort.vorgang = mit(zeile(*row).value_or(*row));
  }
  auto out = asPast(akte::show(tx_, wer_, ort));
  out.anlagenListe.clear();
  auto anlagen = anlagenZu(heute.dokument);
  std::ranges::reverse(anlagen);
  for (const auto& anlage : anlagen) out.anlagenListe.push_back(showKurz(tx_, wer_, anlage));
  out.anlagen = static_cast<std::int64_t>(out.anlagenListe.size());
  return out;
}

}  // namespace akte
