#pragma once
#include <string>
#include <string_view>

namespace base {

/// The text as it stands between tags or in quotation marks. Control characters, which XML does not have, become
/// spaces.
[[nodiscard]] inline std::string xmlEscaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c != '\t' && static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out;
}

}  // namespace base
