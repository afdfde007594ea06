#include "nameless_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "base/result.h"
#include "folder.h"

namespace blob {
namespace {

constexpr std::uint64_t mostInMemory = 32 << 20;

void writeAll(int file, std::string_view bytes, std::uint64_t at) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw base::systemFailure("blob store: cannot write a temporary file", errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
    at += static_cast<std::uint64_t>(written);
  }
}

}  // namespace

void NamelessFile::openFile() {
  if (file_.valid()) return;
  file_ = Descriptor(::memfd_create("aktenlotse", MFD_CLOEXEC));
  if (!file_.valid()) throw base::systemFailure("blob store: no temporary file", errno);
  inMemory_ = true;
}

void NamelessFile::spill() {
  const auto folder = std::filesystem::temp_directory_path();
  Descriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!file.valid()) throw base::systemFailure("blob store: no temporary file in " + folder.string(), errno);
  constexpr std::size_t piece = 1 << 20;
  for (std::uint64_t at = 0; at < size_; at += piece)
    writeAll(file.get(), read(at, static_cast<std::size_t>(std::min<std::uint64_t>(piece, size_ - at))), at);
  file_ = std::move(file);
  inMemory_ = false;
}

void NamelessFile::append(std::string_view bytes) {
  openFile();
  // Who has a descriptor already must see what comes, so then it stays where it is.
  if (inMemory_ && !shared_ && size_ + bytes.size() > mostInMemory) spill();
  writeAll(file_.get(), bytes, size_);
  size_ += bytes.size();
}

std::string NamelessFile::read(std::uint64_t offset, std::size_t length) const {
  if (length == 0) return {};
  return readFile(file_.get(), offset, length);
}

Descriptor NamelessFile::reader() {
  openFile();
  shared_ = true;
  Descriptor reader(::open(fmt::format("/proc/self/fd/{}", file_.get()).c_str(), O_RDONLY | O_CLOEXEC));
  if (!reader.valid()) throw base::systemFailure("blob store: no descriptor", errno);
  return reader;
}

}  // namespace blob
