#pragma once
#include "result.h"

namespace extractor {

/// What MAPI keeps of a message, whatever it is packed in (.msg, winmail.dat); all UTF-8. The best of the bodies is
/// used.
struct Nachricht {
  std::string absender{}, an{}, kopie{}, betreff{}, datum{}, id{};
  std::string text{}, html{}, htmlCharset{}, rtf{};
};

/// The head and body of the message as a page of the result, and its metadata.
void showNachricht(const Nachricht& nachricht, Budget& budget, Result& result);
/// ISO 8601 in UTC of a FILETIME (100 ns since 1601); empty for 0.
[[nodiscard]] std::string momentOf(std::uint64_t filetime);

}  // namespace extractor
