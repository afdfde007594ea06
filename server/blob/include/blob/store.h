#pragma once
// Files by their content: the name of a blob is the SHA-256 of its bytes, so a blob never changes and equal files are
// kept once. A blob becomes visible whole or not at all. What can go wrong on the way (disk full, read-only, vanished)
// is a base::Failure.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace blob {

struct Ref {
  std::string sha256{};    ///< 64 lower-case hex digits
  std::uint64_t size = 0;  ///< bytes
  friend bool operator==(const Ref&, const Ref&) = default;
};

/// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool valid() const { return fd_ >= 0; }
  /// Hands the descriptor to the caller, who closes it.
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};

/// A blob that is open for reading. It stays readable when the blob is removed meanwhile.
struct Opened {
  Descriptor file{};
  std::uint64_t size = 0;
  /// The bytes from `offset`, at most `length` of them; fewer only at the end.
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const;
};

/// A blob in the making. Without commit() nothing of it stays. Used by one thread at a time.
class Writer {
 public:
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  virtual ~Writer() = default;
  /// Appends. After a Failure the writer can only be thrown away.
  virtual void write(std::string_view bytes) = 0;
  /// Makes the blob durable and visible; when this returns, it survives a power cut. Call once, and write no more.
  virtual Ref commit() = 0;
  /// A read-only descriptor, at offset 0, of the bytes so far; for the extractor. The writer owns it; it is valid until
  /// commit or destruction.
  [[nodiscard]] virtual int descriptor() = 0;
};

class Store {
 public:
  using Visitor = std::function<void(const Ref& ref, base::Zeitpunkt modified)>;

  Store() = default;
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;
  virtual ~Store() = default;

  [[nodiscard]] virtual std::unique_ptr<Writer> writer() = 0;
  /// Commits writers of this store together, which for many small files is much faster than one by one. When it throws,
  /// some may be visible; those are whole, and collected later if no row names them. A writer holds up to two file
  /// descriptors, so keep groups below a few hundred.
  virtual std::vector<Ref> commitAll(std::span<std::unique_ptr<Writer>> writers) = 0;
  /// Gives nothing for an unknown name and for what is no SHA-256.
  [[nodiscard]] virtual std::optional<Opened> open(std::string_view sha256) const = 0;
  /// Visits every blob, in no order. `modified` is when its content was last committed.
  virtual void each(const Visitor& visit) const = 0;
  /// Removes the blob if its content was last committed at `notYoungerThan` or before; says whether it did. A commit of
  /// the same content at the same time wins.
  virtual bool remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) = 0;
  /// Removes what writers left behind that died before `notYoungerThan`; returns how many.
  virtual std::size_t sweep(base::Zeitpunkt notYoungerThan) = 0;
  /// Reads the blob again and compares: nothing when it is whole, else a German sentence that says what is wrong.
  [[nodiscard]] virtual std::optional<std::string> verify(std::string_view sha256) const = 0;
};

/// Blobs as files of one folder: `root/ab/cd/<sha256>`, unfinished ones in `root/neu/`. Several processes may use the
/// same folder at once. The object is safe to share between threads.
class FolderStore : public Store {
 public:
  /// Makes the folder if it is missing (its parent must exist).
  explicit FolderStore(std::filesystem::path root);

  [[nodiscard]] std::unique_ptr<Writer> writer() override;
  std::vector<Ref> commitAll(std::span<std::unique_ptr<Writer>> writers) override;
  [[nodiscard]] std::optional<Opened> open(std::string_view sha256) const override;
  void each(const Visitor& visit) const override;
  bool remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) override;
  std::size_t sweep(base::Zeitpunkt notYoungerThan) override;
  [[nodiscard]] std::optional<std::string> verify(std::string_view sha256) const override;

 private:
  std::filesystem::path root_;
};

}  // namespace blob
