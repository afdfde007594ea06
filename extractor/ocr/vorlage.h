#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "result.h"

namespace extractor {

/// docx, odt, txt or md; empty when it cannot be a template.
[[nodiscard]] std::string vorlagenformat(Bytes bytes);
/// The names of the fields ({{name}}) of a template, each once, in their order.
[[nodiscard]] std::vector<std::string> felderIn(Bytes bytes, std::string_view format);
/// The template with values for its fields: `werte` is a JSON object of texts, in which \n ends a line. A field that it
/// does not name stays as it is. Throws Unreadable, or std::exception for a bad JSON.
[[nodiscard]] std::string gefuellt(Bytes bytes, std::string_view format, std::string_view werte);

}  // namespace extractor
