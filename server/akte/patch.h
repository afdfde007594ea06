#pragma once
// What a PATCH body says, into the rows. Private to the room.
#include <optional>

namespace akte {

/// A field that is absent leaves the member, null clears it.
template <typename T>
void apply(std::optional<T>& member, const auto& patch) {
  if (!patch.present) return;
  member.reset();
  if (!patch.value) return;
  if constexpr (requires { patch.value->value; })
    member = patch.value->value;
  else
    member = *patch.value;
}

}  // namespace akte
