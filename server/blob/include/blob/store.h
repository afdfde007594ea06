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
#include "blob/keys.h"

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

/// Where the bytes of a blob come from. Safe to share between threads.
class Source {
 public:
  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  virtual ~Source() = default;
  /// Exactly these bytes, which must lie within the blob; else throws base::Failure.
  [[nodiscard]] virtual std::string read(std::uint64_t offset, std::size_t length) const = 0;
  /// A descriptor of a file that holds these bytes and no others; -1 where there is none.
  [[nodiscard]] virtual int descriptor() const { return -1; }
};

/// A blob that is open for reading. It stays readable when the blob is removed meanwhile (in a folder).
struct Opened {
  std::shared_ptr<const Source> source{};
  std::uint64_t size = 0;
  /// The bytes from `offset`, at most `length` of them; fewer only at the end.
  [[nodiscard]] std::string read(std::uint64_t offset, std::size_t length) const;
  /// For programs of the sandbox: read-only, at offset 0. Where the bytes do not lie in a file as they are, they are
  /// copied into one without a name.
  [[nodiscard]] Descriptor file() const;
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

/// What reading a blob again has shown.
struct Befund {
  std::string schaden{};  ///< German; empty when it is whole
  bool behoben = false;   ///< it is whole now
};

class Store {
 public:
  using Visitor = std::function<void(const std::string& sha256, base::Zeitpunkt modified)>;

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
  /// As `open`; for what rows name. What is not there is a base::Failure with the code InhaltFehlt.
  [[nodiscard]] Opened need(std::string_view sha256) const;
  /// Visits every blob, in no order. `modified` is when its content was last committed.
  virtual void each(const Visitor& visit) const = 0;
  /// Removes the blob if its content was last committed at `notYoungerThan` or before; says whether it did. A commit of
  /// the same content at the same time wins.
  virtual bool remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) = 0;
  /// Removes what writers left behind that died before `notYoungerThan`; returns how many.
  virtual std::size_t sweep(base::Zeitpunkt notYoungerThan) = 0;
  /// Reads the blob again and compares: nothing when it is whole, else a German sentence that says what is wrong.
  [[nodiscard]] std::optional<std::string> verify(std::string_view sha256) const;
  /// As `verify`, in every place where the blob should be; what is wrong in one is mended from another that is right.
  [[nodiscard]] virtual Befund mend(std::string_view sha256);
  /// Brings the blob into the form that writers give it now (encrypted with the newest key), if it is in another. Says
  /// whether it was.
  virtual bool renew(std::string_view sha256) = 0;
};

/// Blobs as files of one folder: `root/ab/cd/<sha256>`, with `.enc` behind it where it is encrypted, unfinished ones in
/// `root/neu/`. The name is that of the plain bytes. Several processes may use the same folder at once. The object is
/// safe to share between threads.
class FolderStore : public Store {
 public:
  /// Makes the folder if it is missing (its parent must exist).
  explicit FolderStore(std::filesystem::path root, Keys keys = {});

  [[nodiscard]] std::unique_ptr<Writer> writer() override;
  std::vector<Ref> commitAll(std::span<std::unique_ptr<Writer>> writers) override;
  [[nodiscard]] std::optional<Opened> open(std::string_view sha256) const override;
  void each(const Visitor& visit) const override;
  bool remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) override;
  std::size_t sweep(base::Zeitpunkt notYoungerThan) override;
  bool renew(std::string_view sha256) override;

 private:
  std::filesystem::path root_;
  Keys keys_;
};

/// Two stores with the same blobs. Writes go to both, reads to the first that has the blob. When the second one fails,
/// work goes on without it; `mend` brings it up to date.
class MirrorStore : public Store {
 public:
  MirrorStore(std::unique_ptr<Store> first, std::unique_ptr<Store> second);

  [[nodiscard]] std::unique_ptr<Writer> writer() override;
  std::vector<Ref> commitAll(std::span<std::unique_ptr<Writer>> writers) override;
  [[nodiscard]] std::optional<Opened> open(std::string_view sha256) const override;
  void each(const Visitor& visit) const override;
  bool remove(std::string_view sha256, base::Zeitpunkt notYoungerThan) override;
  std::size_t sweep(base::Zeitpunkt notYoungerThan) override;
  [[nodiscard]] Befund mend(std::string_view sha256) override;
  bool renew(std::string_view sha256) override;

 private:
  std::unique_ptr<Store> first_, second_;
};

/// Writes a blob of one store into another; the writer is not committed yet. Throws base::Failure with the code
/// InhaltBeschaedigt when its bytes are not those of its name.
[[nodiscard]] std::unique_ptr<Writer> copyOf(const Opened& blob, std::string_view sha256, Store& into);

}  // namespace blob
