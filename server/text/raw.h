#pragma once
#include <string>
#include <string_view>

namespace text {

/// The folded form of a word in which é stays, or nothing for words without é. `source` is the word as it stands in the
/// text, `wort` what the scanner made of it.
[[nodiscard]] std::string withAcute(std::string_view source, std::string_view wort);

}  // namespace text
