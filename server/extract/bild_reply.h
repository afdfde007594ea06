#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace extract {

/// The child's answer to `oeffnen`; false when anything in it is wrong.
[[nodiscard]] bool parseGeoeffnet(std::string_view json, std::string& format, std::uint32_t& seiten);
/// The same to `felder`; nothing when anything in it is wrong.
[[nodiscard]] std::optional<std::vector<std::string>> parseFelder(std::string_view answer);

}  // namespace extract
