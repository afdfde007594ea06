#pragma once
#include <string>
#include <string_view>

namespace text {

// `source` is a word as it stands in the text. Each gives another form of it under which it is found too, or nothing.

/// The folded form in which é stays: OCR reads ä and ö so.
[[nodiscard]] std::string withAcute(std::string_view source);

/// The stem with å as a, as people type it; words have aa, as the search form of DIN 91379 does.
[[nodiscard]] std::string withoutRing(std::string_view source);

}  // namespace text
