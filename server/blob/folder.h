#pragma once
// What the store and its writers share: system calls that throw, and the layout of the folder.
#include <sys/stat.h>

#include <chrono>
#include <filesystem>

#include "base/hash.h"
#include "blob/store.h"
#include "cipher.h"
#include "nameless_file.h"

namespace blob {

[[noreturn]] void throwErrno(std::string_view doing, const std::filesystem::path& path);

[[nodiscard]] bool isSha256(std::string_view name);
constexpr std::string_view encryptedSuffix = ".enc";
/// root/ab/cd/<sha256>, or that with the suffix.
[[nodiscard]] std::filesystem::path placeOf(const std::filesystem::path& root, std::string_view sha256,
                                            bool encrypted = false);
/// Exactly these bytes of a file, or a Failure.
[[nodiscard]] std::string readFile(int file, std::uint64_t offset, std::size_t length);
/// A file as it lies there; nothing where there is none.
[[nodiscard]] std::optional<Opened> openPlain(const std::filesystem::path& place);
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

class FileSource : public Source {
 public:
  explicit FileSource(Descriptor file);
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const override;
  [[nodiscard]] int descriptor() const override { return file_.get(); }

 private:
  Descriptor file_;
};

class FolderWriter : public Writer {
 public:
  FolderWriter(const std::filesystem::path& root, const Keys& keys);
  ~FolderWriter() override;
  void write(std::string_view bytes) override;
  Ref commit() override;
  [[nodiscard]] int descriptor() override;

  /// Commit in steps, so that a group can share the waiting. `finish` writes what encrypting has kept back; `syncData`
  /// makes the bytes durable.
  void finish();
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
  void writeOut(std::string_view bytes);

  std::optional<Encoder> encoder_;
  NamelessFile plain_;  ///< where the file itself is encrypted: what the extractor reads
  base::Sha256 hash_;
  std::uint64_t size_ = 0;
  std::chrono::steady_clock::time_point written_{};
  bool published_ = false;
};

}  // namespace blob
