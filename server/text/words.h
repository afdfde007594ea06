#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace text {

/// German words that the program knows: the folded forms (wort) of four letters and more that stand in at least four
/// laws of the federation or of Saxony, or in six of 60 protocols of the Bundestag, each with how common it is (the
/// logarithm of the number of paragraphs, 0 to 25). Made by `aktenlotse-bench words`; laws are free of copyright (§ 5
/// UrhG).
struct KnownWord {
  std::string_view wort;
  std::uint8_t common = 0;
};

/// All of them in order of their bytes. They live as long as the program.
[[nodiscard]] std::span<const KnownWord> knownWords();

/// The hash that words are looked up by, letter by letter: that of all beginnings of a word costs one pass over it.
class WordHash {
 public:
  constexpr void add(char letter) { value_ = (value_ ^ static_cast<unsigned char>(letter)) * 0x9e3779b97f4a7c15; }
  [[nodiscard]] constexpr std::uint64_t value() const { return value_ ^ (value_ >> 32); }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

/// How common a word is, if it is known.
[[nodiscard]] std::optional<std::uint8_t> knownAs(std::string_view wort);
/// The same for one whose hash is known.
[[nodiscard]] std::optional<std::uint8_t> knownAs(std::string_view wort, WordHash hash);

}  // namespace text
