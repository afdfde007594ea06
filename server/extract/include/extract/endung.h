#pragma once
#include <string_view>

namespace extract {

/// Whether the ending of a name promises another kind of file than `format`, which was found by content. Endings that
/// promise nothing (none, unknown ones) never do.
[[nodiscard]] bool nameContradicts(std::string_view dateiname, std::string_view format);

}  // namespace extract
