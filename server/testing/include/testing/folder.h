#pragma once
#include <filesystem>

namespace testing_support {

/// A fresh folder that goes away with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// The folder with real test material, if it is there (AKTENLOTSE_TESTDATA, else ../shared/data beside the checkout).
[[nodiscard]] std::filesystem::path testData();

}  // namespace testing_support
