#pragma once
#include <optional>
#include <string>

#include "result.h"

namespace extractor {

/// The text of an RTF document; also of one that wraps HTML, as Outlook makes it. `titel` is filled in where it is set.
[[nodiscard]] std::string rtfText(Bytes bytes, Budget& budget, std::string& titel);

/// The RTF in MAPI's PidTagRtfCompressed ([MS-OXRTFCP]); nothing when it is not one.
[[nodiscard]] std::optional<std::string> unpackRtf(Bytes bytes, Budget& budget);

}  // namespace extractor
