#pragma once
#include "sql/database.h"

namespace sql {

/// " IN (these)": one parameter for a list of any length, so the statement stays the same.
[[nodiscard]] Query in(const ReadTx& tx, std::span<const std::int64_t> numbers);
[[nodiscard]] Query in(const ReadTx& tx, const std::vector<std::string>& texts);

/// The members `id` (or another member) of rows, as a list for `in`.
template <typename Rows, typename Member>
[[nodiscard]] std::vector<std::int64_t> numbersOf(const Rows& rows, Member member) {
  std::vector<std::int64_t> out;
  out.reserve(std::size(rows));
  for (const auto& row : rows) out.push_back(row.*member);
  return out;
}

}  // namespace sql
