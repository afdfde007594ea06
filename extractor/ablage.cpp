#include "ablage.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace extractor {
namespace {

constexpr std::uint64_t kPage = 4096;

}  // namespace

MemoryAblage::MemoryAblage(int fd) : fd_(fd) {
  const off_t size = lseek(fd, 0, SEEK_END);
  if (size > 0) size_ = static_cast<std::uint64_t>(size);
}

MemoryAblage::~MemoryAblage() { close(fd_); }

std::optional<std::uint64_t> MemoryAblage::put(Bytes bytes) {
  if (bytes.size() > size_ - used_) return std::nullopt;
  const std::uint64_t at = used_;
  if (bytes.empty()) return at;
  void* memory = mmap(nullptr, bytes.size(), PROT_READ | PROT_WRITE, MAP_SHARED, fd_, static_cast<off_t>(at));
  if (memory == MAP_FAILED) return std::nullopt;
  std::memcpy(memory, bytes.data(), bytes.size());
  munmap(memory, bytes.size());
  used_ = std::min(size_, at + (bytes.size() + kPage - 1) / kPage * kPage);
  return at;
}

}  // namespace extractor
