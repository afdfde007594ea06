#include "netz/wirkung.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "netz/kommunen.h"
#include "sql/liste.h"
#include "treffen.h"
#include "treffen_inhalt.h"

namespace netz {

using base::Code;
using base::fail;

namespace {

struct Lauf {
  base::Zeitpunkt angelegt{};
  base::Datum zda{};
};
BOOST_DESCRIBE_STRUCT(Lauf, (), (angelegt, zda))

std::int64_t daysBetween(base::Zeitpunkt from, const base::Datum& to) {
  constexpr std::int64_t day = 24LL * 3600 * 1'000'000;
  return std::max<std::int64_t>(
      0, (base::endOfDay(to).micros - base::endOfDay(base::Datum::of(from)).micros + day / 2) / day);
}

std::vector<Quartalmessung> quartaleOf(const OptText& json) {
  if (!json) return {};
  auto read = base::readJson<std::vector<Quartalmessung>>(*json);
  if (!read) throw base::Failure("figures that cannot be read: " + read.error().detail);
  return *std::move(read);
}

bool fill(WirkungZeile& row, const Messung& now) {
  const auto before = sql::valuesOf(row);
  row.faelleVorher = now.faelleVorher;
  row.tageVorher = now.tageVorher;
  row.faelleNachher = now.faelleNachher;
  row.tageNachher = now.tageNachher;
  row.quartale = now.quartale.empty() ? OptText() : OptText(base::toJson(now.quartale));
  return sql::valuesOf(row) != before;
}

std::int64_t average(std::int64_t days, std::int64_t cases) { return (days + cases / 2) / cases; }

}  // namespace

std::optional<Wirkungssumme> summe(const std::vector<Messung>& messungen) {
  Wirkungssumme out;
  for (const auto& one : messungen) {
    if (one.faelleVorher < kleinsteFaelle || one.faelleNachher < kleinsteFaelle) continue;
    ++out.kommunen;
    out.faelleVorher += one.faelleVorher;
    out.faelleNachher += one.faelleNachher;
    out.tageVorher += one.tageVorher;
    out.tageNachher += one.tageNachher;
  }
  if (out.kommunen < kleinsteKommunen) return std::nullopt;
  out.tageVorher = average(out.tageVorher, out.faelleVorher);
  out.tageNachher = average(out.tageNachher, out.faelleNachher);
  out.faelleVorher -= out.faelleVorher % 10;
  out.faelleNachher -= out.faelleNachher % 10;
  return out;
}

Messung miss(const sql::ReadTx& tx, const UebernahmeZeile& row) {
  Messung out;
  const auto baustein = liesBaustein(row.paket);
  if (!baustein) return out;
  std::vector<std::string> typen;
  for (const auto& one : baustein->inhalt.felder)
    if (std::ranges::find(typen, one.typ.value) == typen.end()) typen.push_back(one.typ.value);
  if (typen.empty()) return out;
  std::map<std::string, Quartalmessung> quartale;
  // To the moment: what was begun earlier on that day was under way.
  const auto seit = journal::entry(tx, row.mandant, row.eintrag).value().zeit;
  for (const auto& one :
       tx.query<Lauf>(sql::Query("SELECT angelegt, zda_datum FROM vorgang WHERE mandant = :mandant AND "
                                 "zda_datum IS NOT NULL AND typ",
                                 row.mandant)
                          .add(sql::in(tx, typen))
                          .add(" ORDER BY id"))) {
    const auto days = daysBetween(one.angelegt, one.zda);
    // A case that was under way when the Baustein came counts for neither side.
    if (one.zda < row.uebernommen) {
      ++out.faelleVorher;
      out.tageVorher += days;
    } else if (one.angelegt >= seit) {
      ++out.faelleNachher;
      out.tageNachher += days;
      auto& quartal = quartale[quartalOf(one.zda.text())];
      ++quartal.faelle;
      quartal.tage += days;
    }
  }
  for (const auto& [name, one] : quartale) out.quartale.push_back({name, one.faelle, one.tage});
  return out;
}

std::optional<WirkungZeile> wirkungOf(const sql::ReadTx& tx, const UebernahmeZeile& row) {
  return tx.one<WirkungZeile>(sql::Query::select<WirkungZeile>().add(
      " FROM netz_wirkung WHERE mandant = :mandant AND uebernahme = :uebernahme", row.mandant, row.id));
}

Result<WirkungZeile> stimmeZu(Change& change, const Berechtigung& wer, const UebernahmeZeile& row, bool einverstanden) {
  if (wer.nurLesen || !wer.hat(Recht::netzPflegen)) return fail(Code::NichtErlaubt);
  const auto before = wirkungOf(change.tx(), row);
  auto after = before.value_or(WirkungZeile{});
  const auto now = miss(change.tx(), row);
  after.uebernahme = row.id;
  after.einverstanden = einverstanden;
  fill(after, einverstanden ? now : Messung());
  after.tag = base::Datum::of(change.zeit());
  if (before) {
    change.update(*before, after);
  } else {
    after.uuid = change.newUuid();
    change.insert(after);
  }
  change.about({einverstanden ? "netzwirkung.zugestimmt" : "netzwirkung.widerrufen", after.tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

std::optional<Wirkungssumme> wirkungOf(const sql::ReadTx& tx, std::string_view baustein) {
  std::map<std::int64_t, Messung> all;  // a town counts once, with what it said last
  // Read past the fragment on purpose: what one town measured is shown to nobody, the sum of several is.
  for (const auto& row : tx.query<Aushang>(sql::Query::select<Aushang>().add(
           " FROM netz_aushang WHERE art = 'wirkung' AND titel = :baustein ORDER BY uuid", baustein))) {
    const auto one = inhaltOf<WirkungInhalt>(row);
    all[row.eigner] = {one.faelleVorher, one.tageVorher, one.faelleNachher, one.tageNachher, {}};
  }
  std::vector<Messung> measured;
  for (const auto& [eigner, one] : all) measured.push_back(one);
  return summe(measured);
}

Wirkungsbild wirkungsbildOf(const sql::ReadTx& tx) {
  std::map<std::pair<std::int64_t, std::string>, WirkungInhalt> said;  // of each town and Baustein the last
  // Read past the fragment, as above.
  for (const auto& row :
       tx.query<Aushang>(sql::Query::select<Aushang>().add(" FROM netz_aushang WHERE art = 'wirkung' ORDER BY uuid")))
    said[{row.eigner, row.titel}] = inhaltOf<WirkungInhalt>(row);
  // A town counts once, with all that it adopted.
  std::map<std::string, std::map<std::int64_t, Messung>> quartale, kreise;
  const auto add = [](Messung& to, const WirkungInhalt& one, std::int64_t faelle, std::int64_t tage) {
    to.faelleVorher += one.faelleVorher;
    to.tageVorher += one.tageVorher;
    to.faelleNachher += faelle;
    to.tageNachher += tage;
  };
  for (const auto& [key, one] : said) {
    if (one.kreis) add(kreise[*one.kreis][key.first], one, one.faelleNachher, one.tageNachher);
    for (const auto& quartal : one.quartale.value_or(std::vector<Quartalmessung>()))
      add(quartale[quartal.quartal][key.first], one, quartal.faelle, quartal.tage);
  }
  const auto summed = [](const auto& groups) {
    std::map<std::string, Wirkungssumme> out;
    for (const auto& [name, towns] : groups) {
      std::vector<Messung> measured;
      for (const auto& [eigner, one] : towns) measured.push_back(one);
      if (const auto sum = summe(measured)) out[name] = *sum;
    }
    return out;
  };
  return {summed(quartale), summed(kreise)};
}

bool messeNeu(Change& change) {
  bool any = false;
  for (const auto& before : mandant::allRows<WirkungZeile>(change.tx(), change.mandant())) {
    if (!before.einverstanden) continue;
    auto after = before;
    if (!fill(after, miss(change.tx(),
                          mandant::rowById<UebernahmeZeile>(change.tx(), before.mandant, before.uebernahme).value())))
      continue;
    after.tag = base::Datum::of(change.zeit());
    change.update(before, after);
    change.about({"netzwirkung.gemessen", after.tabelle, after.id, 0, 0});
    zeige(change, after);
    any = true;
  }
  return any;
}

std::string quartalOf(std::string_view isoTag) {
  const auto month = std::stoi(std::string(isoTag.substr(5, 2)));
  return fmt::format("{}-Q{}", isoTag.substr(0, 4), (month + 2) / 3);
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const WirkungZeile& row) {
  if (!row.einverstanden) return {};
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::wirkung;
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0);
  out.land = town.land;
  // No key of a town and nothing that it hangs on: so the fragment shows it to nobody.
  out.sichtbarkeit = Sichtbarkeit::coaching;
  out.titel = mandant::rowById<UebernahmeZeile>(tx, row.mandant, row.uebernahme).value().baustein;
  WirkungInhalt inhalt{row.faelleVorher, row.tageVorher, row.faelleNachher, row.tageNachher, {}, {}};
  if (town.gebietsschluessel && town.gebietsschluessel->size() >= 5)
    inhalt.kreis = town.gebietsschluessel->substr(0, 5);
  if (row.quartale) inhalt.quartale = quartaleOf(row.quartale);
  out.inhalt = base::toJson(inhalt);
  return {out};
}

}  // namespace netz
