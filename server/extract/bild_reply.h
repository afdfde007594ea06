#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace extract {

/// The child's answer to `oeffnen`; false when anything in it is wrong.
[[nodiscard]] bool parseGeoeffnet(std::string_view json, std::string& format, std::uint32_t& seiten);

}  // namespace extract
