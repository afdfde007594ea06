#pragma once
#include "reply.h"

namespace extract {

/// Memory of a fixed size that a child fills with the parts of a file. Takes room only for what is written.
class TeilSpeicher {
 public:
  /// Throws std::bad_alloc when the kernel gives none.
  explicit TeilSpeicher(std::uint64_t size);
  ~TeilSpeicher();
  TeilSpeicher(const TeilSpeicher&) = delete;
  TeilSpeicher& operator=(const TeilSpeicher&) = delete;

  [[nodiscard]] int descriptor() const { return fd_; }
  /// Gives each part that the child says it handed out to `ziel`; false, before any, when one of them lies outside.
  [[nodiscard]] bool handOver(const Reply& reply, const TeilZiel& ziel) const;

 private:
  int fd_;
  std::uint64_t size_;
};

}  // namespace extract
