#pragma once
// What hangs on an object in other tables. Private to the room.
#include "akte/schriftgut.h"

namespace akte {

/// Whether a column holds ids of rows of `tabelle`: it is named after it, or holds those of any kind of Schriftgut (ids
/// are unique within a tenant). Signs and protocols outlive what they name.
[[nodiscard]] bool refers(const sql::Table& table, const sql::Column& column, std::string_view tabelle);

/// The journalled tables of this room and of those below it.
[[nodiscard]] std::vector<const sql::Table*> alleTabellen();

/// Removes what was made of a version and is not in the journal.
void expungeDerived(sql::WriteTx& tx, std::int64_t mandant, std::int64_t version);

}  // namespace akte
