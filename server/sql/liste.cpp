#include "sql/liste.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/json.h"

namespace sql {

Query in(const ReadTx& tx, std::span<const std::int64_t> numbers) {
  const auto list = fmt::format("{}", fmt::join(numbers, ","));
  if (tx.engine() == Engine::postgres) return Query(" = ANY (CAST(:nummern AS bigint[]))", '{' + list + '}');
  return Query(" IN (SELECT value FROM json_each(:nummern))", '[' + list + ']');
}

Query in(const ReadTx& tx, const std::vector<std::string>& texts) {
  if (tx.engine() == Engine::postgres)
    return Query(" IN (SELECT value FROM jsonb_array_elements_text(CAST(:texte AS jsonb)))", base::toJson(texts));
  return Query(" IN (SELECT value FROM json_each(:texte))", base::toJson(texts));
}

}  // namespace sql
