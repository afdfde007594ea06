#pragma once
// The files of the folder `daten`, which lie in the program.
#include <span>
#include <string_view>

#include "http/static_files.h"

std::span<const http::Asset> netz_daten();

namespace netz {

/// A file by its path, "/gemeinden.tsv"; throws Failure when it is not there.
[[nodiscard]] inline std::string_view datei(std::string_view path) {
  for (const auto& asset : netz_daten())
    if (asset.path == path) return asset.bytes;
  throw base::Failure("not in the program: " + std::string(path));
}

}  // namespace netz
