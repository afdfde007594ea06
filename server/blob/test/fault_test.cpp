// Full disks, lost folders, killed processes: nothing half-done may become visible, nothing acknowledged may be lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/result.h"
#include "blob/store.h"
#include "testing/folder.h"

namespace blob {
namespace {
namespace fs = std::filesystem;
using testing::HasSubstr;

std::size_t count(const Store& store) {
  std::size_t n = 0;
  store.each([&](const std::string& sha256, base::Zeitpunkt) {
    ++n;
    EXPECT_EQ(store.verify(sha256), std::nullopt);
  });
  return n;
}

std::size_t filesIn(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

std::string messageOf(const std::function<void()>& f) {
  try {
    f();
  } catch (const base::Failure& failure) {
    return failure.what();
  }
  return "no failure";
}

/// A file system of 64 KiB; only where the tests run as a user who may mount.
class TinyDisk {
 public:
  TinyDisk() : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=64k") == 0) {}
  ~TinyDisk() {
    if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  TinyDisk(const TinyDisk&) = delete;
  TinyDisk& operator=(const TinyDisk&) = delete;
  [[nodiscard]] bool mounted() const { return mounted_; }
  [[nodiscard]] const fs::path& path() const { return folder_.path(); }
  void makeReadOnly() const {
    ASSERT_EQ(::mount(nullptr, path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr), 0);
  }

 private:
  testing_support::TemporaryFolder folder_;
  bool mounted_;
};

TEST(BlobFault, AFullDiskIsAFailureAndLeavesRoomForTheNext) {
  const TinyDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "may not mount a small file system here";
  FolderStore store(disk.path());
  const std::string piece(10'000, 'x');
  {
    auto writer = store.writer();
    EXPECT_THAT(messageOf([&] {
                  for (int i = 0; i < 10; ++i) writer->write(piece);
                }),
                HasSubstr("No space left on device"));
    EXPECT_NE(messageOf([&] { writer->commit(); }), "no failure") << "half a file must not be committed";
  }
  EXPECT_EQ(count(store), 0U);
  EXPECT_EQ(filesIn(disk.path() / "neu"), 0U);
  auto writer = store.writer();
  writer->write(piece);
  writer->commit();
  EXPECT_EQ(count(store), 1U);
}

TEST(BlobFault, AReadOnlyDiskIsAFailureButStillGivesBlobs) {
  const TinyDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "may not mount a small file system here";
  FolderStore store(disk.path());
  auto writer = store.writer();
  writer->write("bleibt");
  const Ref ref = writer->commit();
  writer.reset();
  disk.makeReadOnly();
  EXPECT_THAT(messageOf([&] { store.writer(); }), HasSubstr("Read-only file system"));
  EXPECT_THAT(messageOf([&] { store.remove(ref.sha256, base::Zeitpunkt{INT64_MAX}); }),
              HasSubstr("Read-only file system"));
  EXPECT_EQ(store.open(ref.sha256)->read(0, 100), "bleibt");
}

class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST(BlobFault, AWriteThatTheSystemCutsShortIsAFailure) {
  testing_support::TemporaryFolder folder;
  FolderStore store(folder.path());
  {
    auto writer = store.writer();
    const FileSizeLimit limit(1'000);
    EXPECT_THAT(messageOf([&] { writer->write(std::string(5'000, 'x')); }), HasSubstr("File too large"));
    EXPECT_NE(messageOf([&] { writer->write("x"); }), "no failure");
    EXPECT_NE(messageOf([&] { writer->commit(); }), "no failure");
  }
  EXPECT_EQ(count(store), 0U);
  EXPECT_EQ(filesIn(folder.path() / "neu"), 0U);
}

TEST(BlobFault, AVanishedFolderIsAFailure) {
  testing_support::TemporaryFolder folder;
  FolderStore store(folder.path() / "blobs");
  auto writer = store.writer();
  writer->write("Brief");
  fs::remove_all(folder.path() / "blobs");
  EXPECT_THAT(messageOf([&] { writer->commit(); }), HasSubstr("No such file or directory"));
  EXPECT_THAT(messageOf([&] { store.writer(); }), HasSubstr("No such file or directory"));
}

TEST(BlobFault, AFileInTheWayIsAFailureAndTheWriterLeavesNothing) {
  testing_support::TemporaryFolder folder;
  FolderStore store(folder.path());
  {
    auto writer = store.writer();
    writer->write("abc");  // SHA-256 begins with ba78
    ASSERT_EQ(::close(::creat((folder.path() / "ba").c_str(), 0600)), 0);
    EXPECT_THAT(messageOf([&] { writer->commit(); }), HasSubstr("Not a directory"));
  }
  EXPECT_EQ(count(store), 0U);
  EXPECT_EQ(filesIn(folder.path() / "neu"), 0U);
}

TEST(BlobFault, RefusesWritersOfAnotherStore) {
  class Other : public Writer {
    void write(std::string_view) override {}
    Ref commit() override { return {}; }
    int descriptor() override { return -1; }
  };
  testing_support::TemporaryFolder folder;
  FolderStore store(folder.path());
  std::vector<std::unique_ptr<Writer>> writers;
  writers.push_back(std::make_unique<Other>());
  EXPECT_THAT(messageOf([&] { store.commitAll(writers); }), HasSubstr("another store"));
}

/// Runs `work` in a child, waits until it has sent `bytes` bytes, and kills it. Returns what it sent.
std::string killAfter(std::size_t bytes, const std::function<void(int out)>& work) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    work(ends[1]);
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string sent;
  char buffer[4096];
  ssize_t got = 0;
  while (sent.size() < bytes && (got = ::read(ends[0], buffer, sizeof buffer)) > 0)
    sent.append(buffer, static_cast<std::size_t>(got));
  ::kill(child, SIGKILL);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status));
  while ((got = ::read(ends[0], buffer, sizeof buffer)) > 0) sent.append(buffer, static_cast<std::size_t>(got));
  ::close(ends[0]);
  return sent;
}

void send(int out, std::string_view bytes) {
  if (::write(out, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) ::_exit(1);
}

TEST(BlobFault, AKilledWriterLeavesOnlyItsTemporaryFile) {
  testing_support::TemporaryFolder folder;
  FolderStore store(folder.path());
  killAfter(1, [&](int out) {
    auto writer = store.writer();
    writer->write("halber Brief");
    send(out, "x");
    ::pause();
  });
  EXPECT_EQ(count(store), 0U);
  EXPECT_EQ(filesIn(folder.path() / "neu"), 1U);
  EXPECT_EQ(store.sweep(base::Zeitpunkt{INT64_MAX}), 1U);
}

TEST(BlobFault, WhatAKilledProcessHadAcknowledgedIsThere) {
  testing_support::TemporaryFolder folder;
  FolderStore store(folder.path());
  const std::string sent = killAfter(40 * 64, [&](int out) {
    for (int i = 0;; ++i) {
      auto writer = store.writer();
      writer->write(std::string(static_cast<std::size_t>(i % 7) * 5'000, 'y') + std::to_string(i));
      send(out, writer->commit().sha256);
    }
  });
  ASSERT_GE(sent.size(), 40U * 64U);
  for (std::size_t at = 0; at + 64 <= sent.size(); at += 64) EXPECT_EQ(store.verify(sent.substr(at, 64)), std::nullopt);
  EXPECT_GE(count(store), sent.size() / 64);
  EXPECT_LE(filesIn(folder.path() / "neu"), 1U);
}

}  // namespace
}  // namespace blob
