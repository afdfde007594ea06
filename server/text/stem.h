#pragma once
#include <string_view>

namespace text {

/// The Snowball stem of a folded word; shares the word's first letter. Valid until the next call on the same thread.
[[nodiscard]] std::string_view stem(std::string_view wort);

}  // namespace text
