#pragma once
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/extract.h"
#include "testing/folder.h"

namespace extract::test {

/// The program that was built beside this test; AKTENLOTSE_EXTRACT in the environment names another.
inline std::filesystem::path program() {
  const char* other = std::getenv("AKTENLOTSE_EXTRACT");
  return other != nullptr ? other : AKTENLOTSE_EXTRACT;
}

inline Text readFile(const Extractor& extractor, const std::filesystem::path& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  Text text = extractor.extract(fd, path.filename().string());
  close(fd);
  return text;
}

/// Writes `content` to a file named `name` and reads it.
inline Text readBytes(const Extractor& extractor, std::string_view content, const std::string& name) {
  const testing_support::TemporaryFolder folder;
  const auto path = folder.path() / name;
  std::ofstream(path, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
  return readFile(extractor, path);
}

/// A part with its bytes.
struct Packed {
  Teil teil;
  std::string bytes;
};

/// Reads `content` and takes what lies in it.
inline std::pair<Text, std::vector<Packed>> unpack(const Extractor& extractor, std::string_view content,
                                                   const std::string& name) {
  const testing_support::TemporaryFolder folder;
  const auto path = folder.path() / name;
  std::ofstream(path, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
  std::vector<Packed> parts;
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  Text text = extractor.extract(fd, name, [&](const Teil& teil, std::string_view bytes) {
    parts.push_back({teil, std::string(bytes)});
  });
  close(fd);
  return {std::move(text), std::move(parts)};
}

inline std::string bytesOf(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace extract::test
