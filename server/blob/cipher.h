#pragma once
// How a blob is encrypted: XChaCha20-Poly1305 in chunks, so that any range can be read without the rest.
//
//   header   8 bytes "ALBLOB1\n", 8 bytes id of the key, 16 random bytes
//   chunks   64 KiB of plain bytes each, and 16 bytes that prove them; the last one is shorter, perhaps empty
//
// The nonce of a chunk is the 16 random bytes and its number, whose highest bit marks the last chunk: so chunks cannot
// be moved, left out or cut off unnoticed. The header is proved with every chunk.
#include "base/hash.h"
#include "blob/keys.h"
#include "blob/store.h"

namespace blob {

constexpr std::size_t cipherHeader = 32, cipherChunk = 64 * 1024, cipherProof = 16;

/// How long the encrypted form of so many bytes is.
[[nodiscard]] std::uint64_t encryptedSize(std::uint64_t plain);

class Encoder {
 public:
  using Sink = std::function<void(std::string_view)>;
  explicit Encoder(const Key& key);
  /// The same key and the same random bytes: gives the same form again.
  Encoder(const Key& key, std::string_view random);
  [[nodiscard]] static std::string freshRandom();

  void put(std::string_view plain, const Sink& sink);
  /// The last chunk. Call once, and put nothing more.
  void finish(const Sink& sink);

 private:
  void seal(std::string_view chunk, bool last, const Sink& sink);
  Key key_;
  std::string header_, pending_;
  std::uint64_t number_ = 0;
  bool begun_ = false;
};

/// Opens the encrypted form. Throws base::Failure: SchluesselFehlt where none of the keys is the right one,
/// InhaltBeschaedigt where it is none or was altered. Chunks are proved when they are read.
[[nodiscard]] Opened decrypting(std::shared_ptr<const Source> source, std::uint64_t size, const Keys& keys);

/// Whether the encrypted form is of this key.
[[nodiscard]] bool isOf(const Source& source, const Key& key);

}  // namespace blob
