#pragma once
// Bytes in a file without a name: in memory while they are few, else in the system's folder for temporary files, of
// which nothing is left when its last descriptor closes.
#include "blob/store.h"

namespace blob {

class NamelessFile {
 public:
  void append(std::string_view bytes);
  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const;
  /// A read-only descriptor of its own, at offset 0; what is appended later shows there too.
  [[nodiscard]] Descriptor reader();

 private:
  void openFile();
  void spill();
  Descriptor file_;
  std::uint64_t size_ = 0;
  bool inMemory_ = false, shared_ = false;
};

}  // namespace blob
