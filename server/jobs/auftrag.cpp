#include <algorithm>

#include "jobs/jobs.h"
#include "wecker.h"

namespace jobs {

void weckeUm(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt ab) {
  tx.exec(
      "INSERT INTO auftrag_wecker (mandant, ab) VALUES (:mandant, :ab) ON CONFLICT (mandant) DO UPDATE SET ab = "
      "CASE WHEN excluded.ab < auftrag_wecker.ab THEN excluded.ab ELSE auftrag_wecker.ab END",
      mandant, ab);
}

std::optional<base::Uuid> wartender(const sql::ReadTx& tx, std::int64_t mandant, std::string_view art,
                                    const std::optional<std::string>& schluessel) {
  if (!schluessel) return std::nullopt;
  return tx.value<base::Uuid>(
      "SELECT uuid FROM auftrag WHERE mandant = :mandant AND art = :art AND schluessel = :schluessel AND status = "
      "'wartet'",
      mandant, art, *schluessel);
}

base::Uuid stelleEin(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, const Neu& neu) {
  if (const auto there = wartender(tx, mandant, neu.art, neu.schluessel)) return *there;
  AuftragZeile row;
  row.mandant = mandant;
  row.id =
      tx.value<std::int64_t>("SELECT COALESCE(MAX(id), 0) + 1 FROM auftrag WHERE mandant = :mandant", mandant).value();
  row.uuid = base::Uuid::make(jetzt.millis());
  row.art = neu.art;
  row.fassung = neu.fassung;
  row.nutzlast = neu.nutzlast;
  row.schluessel = neu.schluessel;
  row.vorrang = neu.vorrang;
  row.ab = neu.ab.value_or(jetzt);
  row.person = neu.person;
  row.objekt = neu.objekt;
  row.angelegt = jetzt;
  tx.exec(sql::Query::insertInto(sql::tableOf<AuftragZeile>(), sql::valuesOf(row)));
  weckeUm(tx, mandant, row.ab);
  return row.uuid;
}

void plane(sql::WriteTx& tx, std::int64_t mandant, std::string_view schluessel, std::string_view art,
           std::string_view nutzlast, std::int64_t sekunden, base::Zeitpunkt zuerst) {
  tx.exec(
      "INSERT INTO auftrag_plan (mandant, schluessel, art, nutzlast, sekunden, naechster) VALUES (:mandant, "
      ":schluessel, :art, :nutzlast, :sekunden, :naechster) ON CONFLICT (mandant, schluessel) DO UPDATE SET art = "
      "excluded.art, nutzlast = excluded.nutzlast, sekunden = excluded.sekunden, naechster = CASE WHEN "
      "auftrag_plan.sekunden = excluded.sekunden THEN auftrag_plan.naechster ELSE excluded.naechster END",
      mandant, schluessel, art, nutzlast, sekunden, zuerst);
  weckeUm(tx, mandant, zuerst);
}

void planeAb(sql::WriteTx& tx, std::int64_t mandant, std::string_view schluessel) {
  tx.exec("DELETE FROM auftrag_plan WHERE mandant = :mandant AND schluessel = :schluessel", mandant, schluessel);
}

std::optional<base::Zeitpunkt> naechster(const sql::ReadTx& tx, std::int64_t mandant, std::string_view schluessel) {
  const auto micros = tx.value<std::int64_t>(
      "SELECT naechster FROM auftrag_plan WHERE mandant = :mandant AND schluessel = :schluessel", mandant, schluessel);
  return micros ? std::optional(base::Zeitpunkt{*micros}) : std::nullopt;
}

std::vector<AuftragZeile> liste(const sql::ReadTx& tx, std::int64_t mandant, const Filter& filter) {
  auto query = sql::Query::select<AuftragZeile>();
  query.add(" FROM auftrag WHERE mandant = :mandant", mandant);
  if (filter.status) query.add(" AND status = :status", *filter.status);
  if (filter.art) query.add(" AND art = :art", *filter.art);
  if (filter.person) query.add(" AND person = :person", *filter.person);
  if (filter.objekt) query.add(" AND objekt = :objekt", *filter.objekt);
  if (filter.vor > 0) query.add(" AND id < :vor", filter.vor);
  query.add(" ORDER BY id DESC LIMIT :grenze", filter.limit);
  return tx.query<AuftragZeile>(query);
}

std::optional<AuftragZeile> finde(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid) {
  return tx.one<AuftragZeile>(
      sql::Query::select<AuftragZeile>().add(" FROM auftrag WHERE mandant = :mandant AND uuid = :uuid", mandant, uuid));
}

base::Result<AuftragZeile> wiederhole(sql::WriteTx& tx, std::int64_t mandant, const base::Uuid& uuid,
                                      base::Zeitpunkt jetzt) {
  auto row = finde(tx, mandant, uuid);
  if (!row) return base::fail(base::Code::NichtGefunden);
  if (row->status != Auftragsstatus::gescheitert && row->status != Auftragsstatus::abgebrochen)
    return base::fail(base::Code::Konflikt, "Nur was gescheitert oder abgebrochen ist, kann wiederholt werden.");
  if (wartender(tx, mandant, row->art, row->schluessel))
    return base::fail(base::Code::Konflikt, "Dafür wartet schon ein neuerer Auftrag.");
  tx.exec(
      "UPDATE auftrag SET status = 'wartet', versuch = 0, ab = :ab, abbruch = 0, beendet = NULL WHERE mandant = "
      ":mandant AND id = :id",
      jetzt, mandant, row->id);
  weckeUm(tx, mandant, jetzt);
  return *finde(tx, mandant, uuid);
}

base::Result<AuftragZeile> brichAb(sql::WriteTx& tx, std::int64_t mandant, const base::Uuid& uuid,
                                   base::Zeitpunkt jetzt) {
  const auto row = finde(tx, mandant, uuid);
  if (!row) return base::fail(base::Code::NichtGefunden);
  if (row->status == Auftragsstatus::wartet)
    tx.exec(
        "UPDATE auftrag SET status = 'abgebrochen', abbruch = 1, beendet = :jetzt WHERE mandant = :mandant AND id = "
        ":id",
        jetzt, mandant, row->id);
  else if (row->status == Auftragsstatus::laeuft)
    tx.exec("UPDATE auftrag SET abbruch = 1 WHERE mandant = :mandant AND id = :id", mandant, row->id);
  else
    return base::fail(base::Code::Konflikt, "Der Auftrag ist schon zu Ende.");
  return *finde(tx, mandant, uuid);
}

std::int64_t raeumeAuf(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt erledigtVor,
                       base::Zeitpunkt gescheitertVor) {
  return tx.exec(
             "DELETE FROM auftrag WHERE mandant = :mandant AND status IN ('erledigt', 'abgebrochen') AND beendet < "
             ":vor",
             mandant, erledigtVor) +
         tx.exec("DELETE FROM auftrag WHERE mandant = :mandant AND status = 'gescheitert' AND beendet < :vor", mandant,
                 gescheitertVor);
}

}  // namespace jobs
