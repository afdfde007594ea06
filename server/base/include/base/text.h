#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace base {

/// Cleans text that a person typed: NFC (DIN 91379), outer white space removed. Gives nothing for invalid UTF-8 and for
/// control characters; line breaks and tabs pass only where `lines` is set.
[[nodiscard]] std::optional<std::string> cleanText(std::string_view utf8, bool lines);

/// Number of code points of valid UTF-8.
[[nodiscard]] std::size_t countCodePoints(std::string_view utf8);

/// The longest beginning of at most `bytes` bytes that does not cut a character.
[[nodiscard]] std::string_view cutUtf8(std::string_view utf8, std::size_t bytes);

/// Replaces invalid UTF-8 by U+FFFD and drops NUL, so that every engine and client can hold it.
[[nodiscard]] std::string repairUtf8(std::string_view bytes);

/// A key for sorting and comparing as people do: lower case, German rules, numbers as text.
[[nodiscard]] std::string foldCase(std::string_view utf8);

/// One line typed by a person, `Min` to `Max` code points, cleaned. The type is the validation.
template <std::size_t Max, std::size_t Min = 1, bool Lines = false>
struct Text {
  static constexpr std::size_t max = Max;
  static constexpr std::size_t min = Min;
  static constexpr bool lines = Lines;
  std::string value{};
  friend bool operator==(const Text&, const Text&) = default;
};

template <std::size_t Max, std::size_t Min = 1>
using Line = Text<Max, Min, false>;
template <std::size_t Max, std::size_t Min = 0>
using Prose = Text<Max, Min, true>;

/// Standard and URL-safe percent decoding; gives nothing for a broken escape or a NUL.
[[nodiscard]] std::optional<std::string> percentDecode(std::string_view text, bool plusIsSpace);
[[nodiscard]] std::string percentEncode(std::string_view text);

}  // namespace base
