#pragma once
// All rows of a tenant at once: how a tenant for practice goes. Nothing else may.
#include "sql/database.h"

namespace sql {

/// Removes every row of a tenant from every table, whatever its tables are, in the order that their references ask for.
/// Full-text tables of SQLite have no tenant: what is in them must be taken out before. The transaction belongs to
/// `selbst`, another tenant, which goes on afterwards.
void removeTenant(WriteTx& tx, Database::Tenant selbst, Database::Tenant mandant);

}  // namespace sql
