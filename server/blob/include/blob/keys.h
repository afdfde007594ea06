#pragma once
// The keys that blobs are encrypted with. They come from a file that lies elsewhere than the data: who takes the disk
// or the bucket has nothing that can be read.
#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blob {

struct Key {
  std::array<unsigned char, 32> bytes{};
  std::array<unsigned char, 8> id{};  ///< tells keys apart, and nothing about them
};

class Keys {
 public:
  /// None: blobs are kept as they are.
  Keys() = default;
  /// Each line of the file is a key of 64 hexadecimal digits: the first encrypts, all can decrypt. Throws base::Failure
  /// with a German sentence.
  [[nodiscard]] static Keys fromFile(const std::filesystem::path& file);
  [[nodiscard]] static Keys of(const std::vector<std::string>& lines);

  [[nodiscard]] bool any() const { return !keys_.empty(); }
  /// The one that encrypts.
  [[nodiscard]] const Key& newest() const { return keys_.front(); }
  [[nodiscard]] const Key* find(std::string_view id) const;

 private:
  std::vector<Key> keys_;
};

}  // namespace blob
