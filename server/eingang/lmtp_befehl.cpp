#include "lmtp_befehl.h"

#include <algorithm>

namespace eingang {

LmtpBefehl liesBefehl(std::string_view zeile) {
  LmtpBefehl out;
  const auto space = std::min(zeile.find_first_of(" \t"), zeile.size());
  for (const char c : zeile.substr(0, space)) out.wort += static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  const auto open = zeile.find('<'), close = open == std::string_view::npos ? open : zeile.find('>', open);
  if (close == std::string_view::npos) return out;
  out.hatPfad = true;
  auto path = zeile.substr(open + 1, close - open - 1);
  // A source route (RFC 5321, appendix C) is to be ignored.
  if (path.starts_with('@') && path.find(':') != std::string_view::npos) path.remove_prefix(path.find(':') + 1);
  if (path.size() >= 2 && path.front() == '"' && path.find("\"@") != std::string_view::npos) {
    const auto quote = path.find("\"@");
    out.adresse = std::string(path.substr(1, quote - 1)).append(path.substr(quote + 1));
  } else {
    out.adresse = path;
  }
  return out;
}

}  // namespace eingang
