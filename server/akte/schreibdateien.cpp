#include "akte/schreiben_zeilen.h"

namespace akte {
namespace {

/// All files beside those of versions and renditions. An Akteneinsicht holds all Dokumente that it shows.
sql::Query everything(std::int64_t mandant) {
  return sql::Query(
      "SELECT sha256, groesse FROM (SELECT mandant, dokument, sha256, groesse FROM reinschrift UNION ALL "
      "SELECT mandant, dokument, sha256, groesse FROM versand WHERE sha256 IS NOT NULL UNION ALL "
      "SELECT mandant, dokument, sha256, groesse FROM schwaerzung WHERE sha256 IS NOT NULL UNION ALL "
      "SELECT e.mandant, t.dokument, e.sha256, e.groesse FROM akteneinsicht e JOIN akteneinsicht_teil t ON t.mandant = "
      "e.mandant AND t.akteneinsicht = e.id WHERE e.sha256 IS NOT NULL UNION ALL "
      "SELECT mandant, 0 AS dokument, sha256, groesse FROM vorlagenfassung UNION ALL "
      "SELECT mandant, 0 AS dokument, sha256, groesse FROM netz_werkzeugdatei) x WHERE x.mandant = :mandant",
      mandant);
}

}  // namespace

std::optional<ReinschriftZeile> reinschriftOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t dokument) {
  return tx.one<ReinschriftZeile>(sql::Query::select<ReinschriftZeile>().add(
      " FROM reinschrift WHERE mandant = :mandant AND dokument = :dokument", mandant, dokument));
}

std::vector<Dateiname> schreibdateien(const sql::ReadTx& tx, std::int64_t mandant, OptId dokument) {
  auto query = everything(mandant);
  if (dokument) query.add(" AND x.dokument = :dokument", *dokument);
  return tx.query<Dateiname>(query);
}

bool nenntSchreibdatei(const sql::ReadTx& tx, std::int64_t mandant, const std::string& sha256) {
  return tx.one<Dateiname>(everything(mandant).add(" AND x.sha256 = :sha256 LIMIT 1", sha256)).has_value();
}

}  // namespace akte
