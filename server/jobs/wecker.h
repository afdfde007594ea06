#pragma once
// When a tenant has work next: one small row without row-level security, so that a worker asks one table for all
// tenants. Private to the room.
#include "jobs/jobs.h"

namespace jobs {

void weckeUm(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt ab);

/// The job of this kind and key that waits, if there is one.
[[nodiscard]] std::optional<base::Uuid> wartender(const sql::ReadTx& tx, std::int64_t mandant, std::string_view art,
                                                  const std::optional<std::string>& schluessel);

}  // namespace jobs
