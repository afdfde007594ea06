#pragma once
// What the store and its writers share: system calls that throw, and the layout of the folder.
#include <sys/stat.h>

#include <chrono>
#include <filesystem>

#include "base/hash.h"
#include "blob/store.h"

namespace blob {

[[noreturn]] void throwErrno(std::string_view doing, const std::filesystem::path& path);

[[nodiscard]] bool isSha256(std::string_view name);
/// root/ab/cd/<sha256>
[[nodiscard]] std::filesystem::path placeOf(const std::filesystem::path& root, std::string_view sha256);
[[nodiscard]] Descriptor openPath(const std::filesystem::path& path, int flags);
void syncFolder(const std::filesystem::path& path);
[[nodiscard]] base::Zeitpunkt modifiedOf(const struct stat& status);

/// Keeps a commit and a removal of the same content from crossing, between threads and processes: commits share the
/// lock, removals have it alone.
class FolderLock {
 public:
  enum class Mode : std::uint8_t { shared, alone };
  FolderLock(const std::filesystem::path& root, Mode mode);

 private:
  Descriptor folder_;
};

class FolderWriter : public Writer {
 public:
  explicit FolderWriter(const std::filesystem::path& root);
  ~FolderWriter() override;
  void write(std::string_view bytes) override;
  Ref commit() override;
  [[nodiscard]] int descriptor() override;

  /// Commit in steps, so that a group can share the waiting. `syncData` makes the bytes durable.
  void syncData();
  /// Whether writing back, which something else started, failed for this file.
  void checkWrittenBack();
  /// Gives the blob its name; durable once the folders are synced.
  [[nodiscard]] Ref publish();

 private:
  const std::filesystem::path root_;
  const std::filesystem::path temporary_;
  Descriptor file_;
  Descriptor reader_;
  base::Sha256 hash_;
  std::uint64_t size_ = 0;
  std::chrono::steady_clock::time_point written_{};
  bool published_ = false;
};

}  // namespace blob
