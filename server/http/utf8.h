#pragma once
#include <string_view>

namespace http {

/// Valid UTF-8 without control characters other than tabs and line breaks.
[[nodiscard]] bool isPlainUtf8(std::string_view text);

}  // namespace http
