#pragma once
#include "result.h"

namespace extractor {

/// Parts in the memory behind a descriptor whose size the server has set; each begins at a page. Only the part that is
/// being copied is mapped, so that parts cost no address space. Owns the descriptor.
class MemoryAblage : public TeilAblage {
 public:
  explicit MemoryAblage(int fd);
  ~MemoryAblage() override;
  MemoryAblage(const MemoryAblage&) = delete;
  MemoryAblage& operator=(const MemoryAblage&) = delete;
  [[nodiscard]] std::optional<std::uint64_t> put(Bytes bytes) override;

 private:
  int fd_;
  std::uint64_t used_ = 0, size_ = 0;
};

}  // namespace extractor
