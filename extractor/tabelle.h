#pragma once
#include <string>
#include <string_view>

namespace extractor {

/// A number of a cell as a German writes it, without groups: 1234,5.
[[nodiscard]] std::string cellNumber(double value);
/// The same from the text of an XML; what is no number comes back as it is.
[[nodiscard]] std::string cellNumber(std::string_view text);

}  // namespace extractor
