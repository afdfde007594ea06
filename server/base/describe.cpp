#include "base/describe.h"

#include <algorithm>

namespace base {

std::string_view nameOf(std::span<const Enumerator> all, std::int64_t value) {
  const auto found = std::ranges::find(all, value, &Enumerator::value);
  return found == all.end() ? "?" : found->name;
}

std::optional<std::int64_t> valueOf(std::span<const Enumerator> all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &Enumerator::name);
  return found == all.end() ? std::nullopt : std::optional(found->value);
}

}  // namespace base
