#include "sql/mandant.h"

#include <algorithm>
#include <set>

namespace sql {
namespace {

struct Name {
  std::string name{};
};
BOOST_DESCRIBE_STRUCT(Name, (), (name))

struct Verweis {
  std::string von{}, nach{};
};
BOOST_DESCRIBE_STRUCT(Verweis, (), (von, nach))

/// Every table of a tenant has this column: the rule of the schema.
std::vector<Name> tenantTables(const ReadTx& tx) {
  if (tx.engine() == Engine::postgres)
    return tx.query<Name>(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON "
        "a.attrelid = c.oid WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attname = 'mandant'");
  return tx.query<Name>(
      "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = "
      "'mandant'");
}

std::vector<Verweis> references(const ReadTx& tx) {
  if (tx.engine() == Engine::postgres)
    return tx.query<Verweis>(
        "SELECT v.relname, n.relname FROM pg_constraint f JOIN pg_class v ON v.oid = f.conrelid JOIN pg_class n ON "
        "n.oid = f.confrelid WHERE f.contype = 'f'");
  return tx.query<Verweis>(
      "SELECT m.name, f.\"table\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'");
}

void show(WriteTx& tx, Database::Tenant mandant) {
  if (tx.engine() != Engine::postgres) return;
  (void)tx.value<std::string>("SELECT set_config('aktenlotse.mandant', :mandant, true)", std::to_string(mandant));
}

}  // namespace

void removeTenant(WriteTx& tx, Database::Tenant selbst, Database::Tenant mandant) {
  // Its writers wait, as for any other.
  if (tx.engine() == Engine::postgres)
    tx.exec("SELECT pg_advisory_xact_lock(4711, CAST(:mandant AS integer))", mandant);
  show(tx, mandant);
  auto tables = tenantTables(tx);
  const auto all = references(tx);
  while (!tables.empty()) {
    const auto referred = [&](const Name& table) {
      return std::ranges::any_of(all, [&](const Verweis& verweis) {
        return verweis.nach == table.name && verweis.von != table.name &&
               std::ranges::find(tables, verweis.von, &Name::name) != tables.end();
      });
    };
    const auto next = std::ranges::find_if_not(tables, referred);
    if (next == tables.end()) throw base::Failure("tables that refer to each other in a circle");
    tx.exec(Query::deleteAll(next->name, mandant));
    tables.erase(next);
  }
  show(tx, selbst);
}

}  // namespace sql
