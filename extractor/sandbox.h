#pragma once
#include <cstdint>

namespace extractor {

struct Limits {
  /// Address space in bytes; not kept under the address sanitizer, which takes terabytes of it.
  std::uint64_t memory = std::uint64_t{1} << 30;
  /// Processor seconds for the whole life of the process.
  unsigned cpuSeconds = 60;
};

/// Gives up, for good, everything but: receive on fd 0, write on fd 1 and 2, map and close fd 3 and 4, use memory and
/// read the clock. Any other system call kills the process, with one exception: calls that look a path up (open, stat,
/// access, readlink) fail with EACCES, because poppler, iconv and GLib probe for optional files and go on without them.
/// Works for root and others, in containers too, and needs no privilege. Throws std::runtime_error when the kernel
/// refuses; the caller must then not touch any input.
void enterSandbox(const Limits& limits);

}  // namespace extractor
