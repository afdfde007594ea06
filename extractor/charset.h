#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "result.h"

namespace extractor {

/// Loads ICU's data, so that it is there when files can no longer be opened.
void warmCharsets();

/// The bytes as UTF-8. The order of trial: `declared` (any name ICU knows), byte order mark, valid UTF-8, UTF-16 by the
/// pattern of zero bytes, else Windows-1252. Nothing when the bytes do not look like text.
[[nodiscard]] std::optional<std::string> decodeText(Bytes bytes, std::string_view declared = {});

/// Valid UTF-8 in NFC with \n line ends and no more than one empty line in a row, without control characters, soft
/// hyphens and byte order marks. Blank text becomes empty. Every string of a reply passes here.
[[nodiscard]] std::string clean(std::string_view utf8);

/// clean() on one line of at most `maxBytes` bytes.
[[nodiscard]] std::string cleanLine(std::string_view utf8, std::size_t maxBytes = 1000);

[[nodiscard]] std::string fromUtf16(std::u16string_view text);

/// Joins words that a typesetter split at a line end ("Verwal-\ntung"), but not "Haus- \nund Hof".
[[nodiscard]] std::string joinHyphens(std::string_view utf8);

}  // namespace extractor
