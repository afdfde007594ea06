#pragma once
#include <mutex>

#include "child.h"

namespace extract {

/// An extractor that has loaded everything and never reads a file: each child is a fork of it, which costs a tenth of a
/// start. Safe to use from many threads.
class Vorlage {
 public:
  explicit Vorlage(const Options& options) : options_(options) {}

  /// A fresh child; nothing when the program cannot do this, or fails to. It is not asked again then.
  [[nodiscard]] std::unique_ptr<Child> fork();

 private:
  [[nodiscard]] std::unique_ptr<Child> ask();

  const Options& options_;
  std::mutex mutex_;
  std::unique_ptr<Child> process_;
  bool broken_ = false;
};

}  // namespace extract
