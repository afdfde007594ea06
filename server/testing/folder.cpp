#include "testing/folder.h"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace testing_support {

TemporaryFolder::TemporaryFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "aktenlotse-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path testData() {
  if (const char* given = std::getenv("AKTENLOTSE_TESTDATA")) return given;
  return std::filesystem::path(AKTENLOTSE_SOURCE_DIR) / ".." / "shared" / "data";
}

}  // namespace testing_support
