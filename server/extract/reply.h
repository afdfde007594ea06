#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "extract/extract.h"

namespace extract {

/// The greatest reply that is taken, in bytes: the extractor's limit of text, twice (JSON escapes), and some room.
inline constexpr std::uint32_t kMaxReply = std::uint32_t{96} << 20;

struct Reply {
  Text text{};
  /// Where the bytes of each of Text::teile begin that was handed out; its place is not yet checked.
  std::vector<std::optional<std::uint64_t>> ablage{};
};

/// Takes a child's reply as what it is, the word of a stranger: every field is checked for type, length and alphabet.
/// Nothing when anything in it is wrong.
[[nodiscard]] std::optional<Reply> parseReply(std::string_view json);

}  // namespace extract
