#pragma once
#include <string>
#include <string_view>

#include "base/text.h"

namespace base {

/// A value of the type TEXT (RFC 5545, 3.3.11). Control characters, which it does not have, are left out.
[[nodiscard]] inline std::string icalEscaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) >= ' ')
      out += c;
  }
  return out;
}

/// Adds a content line: pieces of at most 75 bytes, one that goes on begins with a space (3.1).
inline void icalLine(std::string& out, std::string_view text) {
  for (bool first = true; first || !text.empty(); first = false) {
    const auto piece = cutUtf8(text, first ? 75 : 74);
    out += first ? "" : " ";
    out += piece;
    out += "\r\n";
    text.remove_prefix(piece.size());
  }
}

}  // namespace base
