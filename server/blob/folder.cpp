#include "folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "base/id.h"
#include "base/result.h"

namespace blob {

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (fd_ >= 0) ::close(fd_);
    fd_ = other.release();
  }
  return *this;
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

void throwErrno(std::string_view doing, const std::filesystem::path& path) {
  const int error = errno;
  throw base::systemFailure(fmt::format("blob store: {} {}", doing, path.string()), error);
}

bool isSha256(std::string_view name) {
  return name.size() == 64 && name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::filesystem::path placeOf(const std::filesystem::path& root, std::string_view sha256, bool encrypted) {
  auto place = root / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
  if (encrypted) place += encryptedSuffix;
  return place;
}

Descriptor openPath(const std::filesystem::path& path, int flags) {
  // Read-only for everyone from the start: what has a content's name is never written again.
  Descriptor file(::open(path.c_str(), flags | O_CLOEXEC, 0400));
  if (!file.valid()) throwErrno("cannot open", path);
  return file;
}

void syncFolder(const std::filesystem::path& path) {
  const Descriptor folder = openPath(path, O_RDONLY | O_DIRECTORY);
  if (::fsync(folder.get()) != 0) throwErrno("cannot sync", path);
}

base::Zeitpunkt modifiedOf(const struct stat& status) {
  return {std::int64_t{status.st_mtim.tv_sec} * 1'000'000 + status.st_mtim.tv_nsec / 1'000};
}

FolderLock::FolderLock(const std::filesystem::path& root, Mode mode) : folder_(openPath(root, O_RDONLY | O_DIRECTORY)) {
  while (::flock(folder_.get(), mode == Mode::shared ? LOCK_SH : LOCK_EX) != 0) {
    if (errno != EINTR) throwErrno("cannot lock", root);
  }
}

namespace {

/// With the one above it, which is mostly there.
void makeFolder(const std::filesystem::path& folder) {
  const auto make = [](const std::filesystem::path& path) {
    return ::mkdir(path.c_str(), 0750) == 0 || errno == EEXIST;
  };
  if (make(folder)) return;
  if (errno != ENOENT || !make(folder.parent_path()) || !make(folder)) throwErrno("cannot make folder", folder);
}

}  // namespace

FolderWriter::FolderWriter(const std::filesystem::path& root, const Keys& keys)
    : root_(root),
      temporary_(root / "neu" / base::randomHex(16)),
      file_(openPath(temporary_, O_WRONLY | O_CREAT | O_EXCL)) {
  if (keys.any()) encoder_.emplace(keys.newest());
}

FolderWriter::~FolderWriter() {
  if (!published_) ::unlink(temporary_.c_str());
}

void FolderWriter::write(std::string_view bytes) {
  hash_.add(bytes);
  size_ += bytes.size();
  written_ = std::chrono::steady_clock::now();
  if (!encoder_) return writeOut(bytes);
  plain_.append(bytes);
  encoder_->put(bytes, [this](std::string_view sealed) { writeOut(sealed); });
}

void FolderWriter::finish() {
  if (encoder_) encoder_->finish([this](std::string_view sealed) { writeOut(sealed); });
}

void FolderWriter::writeOut(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_.get(), bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      const int error = errno;
      file_ = {};  // so that a half-written piece cannot be committed
      errno = error;
      throwErrno("cannot write", temporary_);
    }
  }
}

int FolderWriter::descriptor() {
  // Opened on its own: the extractor must neither be able to write, nor share an offset with the writer.
  if (!reader_.valid()) reader_ = encoder_ ? plain_.reader() : openPath(temporary_, O_RDONLY);
  return reader_.get();
}

void FolderWriter::syncData() {
  if (::fdatasync(file_.get()) != 0) throwErrno("cannot sync", temporary_);
}

void FolderWriter::checkWrittenBack() {
  if (::sync_file_range(file_.get(), 0, 0, SYNC_FILE_RANGE_WAIT_AFTER) != 0) throwErrno("cannot sync", temporary_);
}

Ref FolderWriter::publish() {
  Ref ref{hash_.hex(), size_};
  const auto place = placeOf(root_, ref.sha256, encoder_.has_value());
  // What is there already is replaced: the new bytes are known to be right, and the blob is young again for collect.
  // One whose last byte came just now is young as it is.
  if (std::chrono::steady_clock::now() - written_ > std::chrono::minutes(1) && ::futimens(file_.get(), nullptr) != 0)
    throwErrno("cannot touch", temporary_);
  if (::rename(temporary_.c_str(), place.c_str()) != 0) {
    if (errno != ENOENT) throwErrno("cannot name", place);
    makeFolder(place.parent_path());
    if (::rename(temporary_.c_str(), place.c_str()) != 0) throwErrno("cannot name", place);
  }
  published_ = true;
  file_ = {};
  reader_ = {};
  return ref;
}

Ref FolderWriter::commit() {
  finish();
  syncData();
  const FolderLock lock(root_, FolderLock::Mode::shared);
  Ref ref = publish();
  // All three levels, since another process may have made a folder and not have synced it yet.
  const auto folder = placeOf(root_, ref.sha256).parent_path();
  syncFolder(folder);
  syncFolder(folder.parent_path());
  syncFolder(root_);
  return ref;
}

}  // namespace blob
