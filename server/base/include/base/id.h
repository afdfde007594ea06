#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// A key inside the database, distinct for each kind of object, so that a Vorgang's cannot be passed for an Akte's.
template <typename Tag>
struct Id {
  std::int64_t value = 0;
  friend constexpr auto operator<=>(Id, Id) = default;
};

/// An object's name towards the outside: a UUID in lower-case text form (RFC 9562), as xdomea asks for.
/// New ones are version 7, so that they sort by the time of their making.
class Uuid {
 public:
  Uuid() = default;
  /// Makes a version 7 UUID from the time given and the kernel's randomness.
  [[nodiscard]] static Uuid make(std::int64_t unixMillis);
  /// Accepts any version, upper or lower case; nothing else.
  [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);
  [[nodiscard]] const std::string& text() const { return text_; }
  friend auto operator<=>(const Uuid&, const Uuid&) = default;

 private:
  explicit Uuid(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// `bytes` random bytes of the kernel as lower-case hex; for tokens and keys.
[[nodiscard]] std::string randomHex(std::size_t bytes);

/// SHA-256 as 64 lower-case hex digits.
[[nodiscard]] std::string sha256Hex(std::string_view data);

}  // namespace base
