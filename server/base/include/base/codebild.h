#pragma once
#include <cstdint>
#include <string>

namespace base {

/// A QR code as a picture: the path of an SVG (one unit for each module), and its width in modules.
struct Codebild {
  std::string pfad{};
  std::int64_t breite = 0;
};
[[nodiscard]] Codebild zeichneCode(const std::string& text);

}  // namespace base
