#pragma once
// Private to the room: what meetings, coaching, contributions and letters of a tenant hang out, and their tables.
#include "netz/aushang.h"

namespace netz {

[[nodiscard]] std::vector<Aushang> treffenAushang(const sql::ReadTx& tx, std::int64_t mandant);
[[nodiscard]] std::vector<const sql::Table*> treffenTabellen();
/// What a person has signed up for, of whichever tenant; seen by the person alone.
[[nodiscard]] std::vector<Aushang> anmeldungenFuer(const sql::ReadTx& tx, const mandant::Berechtigung& wer);

}  // namespace netz
