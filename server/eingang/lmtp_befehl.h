#pragma once
// Commands of LMTP as they come over the line. Private to the room.
#include <string>
#include <string_view>

namespace eingang {

struct LmtpBefehl {
  std::string wort{};     ///< in capitals
  std::string adresse{};  ///< between the brackets of MAIL and RCPT; empty for <> and where there is none
  bool hatPfad = false;
};

/// One line without its end. Never fails: what is no command has a word that no command has.
[[nodiscard]] LmtpBefehl liesBefehl(std::string_view zeile);

}  // namespace eingang
