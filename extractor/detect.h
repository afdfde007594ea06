#pragma once
#include <string_view>

#include "result.h"

namespace extractor {

/// Which reader takes a file. `Text` needs none but the decoding of characters.
enum class Reader { None, Text, Pdf, Zip, Archiv, Html, Xml, Mail, Rtf, Ole, Tnef };

struct Kind {
  std::string_view format, mime;
  Reader reader;
};

/// The kind by content alone; `endung` (lower case, no dot) only tells apart what content cannot: Markdown from other
/// text, and a mail with hardly any header. Looks at no more than the first 16 KiB.
[[nodiscard]] Kind detect(Bytes bytes, std::string_view endung);

}  // namespace extractor
