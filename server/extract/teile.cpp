#include "teile.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <new>

namespace extract {
namespace {

constexpr std::uint64_t kPage = 4096;

/// Some of the memory, readable. Safe to touch, whatever the child did: the size is sealed.
class View {
 public:
  View(int fd, std::uint64_t offset, std::size_t size) : size_(size) {
    if (size == 0) return;
    data_ = mmap(nullptr, size, PROT_READ, MAP_SHARED, fd, static_cast<off_t>(offset));
    if (data_ == MAP_FAILED) throw std::bad_alloc();
  }
  ~View() {
    if (size_ > 0) munmap(data_, size_);
  }
  View(const View&) = delete;
  View& operator=(const View&) = delete;
  [[nodiscard]] std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

 private:
  void* data_ = nullptr;
  std::size_t size_;
};

}  // namespace

TeilSpeicher::TeilSpeicher(std::uint64_t size)
    : fd_(memfd_create("aktenlotse-teile", MFD_CLOEXEC | MFD_ALLOW_SEALING)), size_(size) {
  if (fd_ < 0) throw std::bad_alloc();
  if (ftruncate(fd_, static_cast<off_t>(size)) != 0 ||
      fcntl(fd_, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    close(fd_);
    throw std::bad_alloc();
  }
}

TeilSpeicher::~TeilSpeicher() { close(fd_); }

bool TeilSpeicher::handOver(const Reply& reply, const TeilZiel& ziel) const {
  for (std::size_t i = 0; i < reply.ablage.size(); ++i) {
    const auto& at = reply.ablage[i];
    if (at && (*at % kPage != 0 || *at > size_ || reply.text.teile[i].groesse > size_ - *at)) return false;
  }
  for (std::size_t i = 0; i < reply.ablage.size(); ++i) {
    if (!reply.ablage[i]) continue;
    const View view(fd_, *reply.ablage[i], reply.text.teile[i].groesse);
    ziel(reply.text.teile[i], view.bytes());
  }
  return true;
}

}  // namespace extract
