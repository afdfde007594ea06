#include "netz/wirkung.h"

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
    } else if (base::Datum::of(one.angelegt) >= row.uebernommen) {
      ++out.faelleNachher;
      out.tageNachher += days;
    }
  }
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
  after.faelleVorher = einverstanden ? now.faelleVorher : 0;
  after.tageVorher = einverstanden ? now.tageVorher : 0;
  after.faelleNachher = einverstanden ? now.faelleNachher : 0;
  after.tageNachher = einverstanden ? now.tageNachher : 0;
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
    all[row.eigner] = {one.faelleVorher, one.tageVorher, one.faelleNachher, one.tageNachher};
  }
  std::vector<Messung> measured;
  for (const auto& [eigner, one] : all) measured.push_back(one);
  return summe(measured);
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const WirkungZeile& row) {
  if (!row.einverstanden) return {};
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::wirkung;
  out.land = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0).land;
  // No key of a town and nothing that it hangs on: so the fragment shows it to nobody.
  out.sichtbarkeit = Sichtbarkeit::coaching;
  out.titel = mandant::rowById<UebernahmeZeile>(tx, row.mandant, row.uebernahme).value().baustein;
  out.inhalt = base::toJson(WirkungInhalt{row.faelleVorher, row.tageVorher, row.faelleNachher, row.tageNachher});
  return {out};
}

}  // namespace netz
