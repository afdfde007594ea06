#include "words.h"

#include <bit>
#include <string_view>
#include <vector>

// The list goes into the program as it is: a literal of this size would take the compiler a minute.
asm(".section .rodata\n"
    ".global aktenlotse_deutsch\n"
    ".global aktenlotse_deutsch_end\n"
    "aktenlotse_deutsch: .incbin \"" AKTENLOTSE_WORDS
    "\"\n"
    "aktenlotse_deutsch_end:\n"
    ".previous\n");
extern "C" const char aktenlotse_deutsch[];
extern "C" const char aktenlotse_deutsch_end[];

namespace text {
namespace {

/// The words, and a table from their hashes to them.
struct List {
  struct Place {
    std::uint32_t hash = 0, word = none;
  };
  static constexpr std::uint32_t none = 0xffffffff;
  std::vector<KnownWord> words;
  std::vector<Place> places;  ///< a power of two
  /// A bit for each word, by its hash. Cutting compounds asks for every piece of a word, and nearly all are none; this
  /// fits into the processor's cache, the table of all words does not.
  static constexpr std::size_t bits = std::size_t{1} << 21;
  std::vector<bool> maybe = std::vector<bool>(bits);

  [[nodiscard]] bool has(std::uint64_t hash) const { return maybe[hash % bits]; }
  /// Where the word is, or the free place where it belongs.
  [[nodiscard]] std::size_t placeOf(std::string_view wort, std::uint64_t hash) const {
    const auto low = static_cast<std::uint32_t>(hash);
    auto at = (hash >> 20) & (places.size() - 1);
    while (places[at].word != none && (places[at].hash != low || words[places[at].word].wort != wort))
      at = (at + 1) & (places.size() - 1);
    return at;
  }
};

std::uint64_t hashOf(std::string_view wort) {
  WordHash hash;
  for (const char letter : wort) hash.add(letter);
  return hash.value();
}

/// A line is the word and a capital letter for how common it is.
const List& list() {
  static const List made = [] {
    List out;
    std::string_view rest(aktenlotse_deutsch, static_cast<std::size_t>(aktenlotse_deutsch_end - aktenlotse_deutsch));
    while (!rest.empty()) {
      const auto line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(line.size() + 1);
      out.words.push_back({line.substr(0, line.size() - 1), static_cast<std::uint8_t>(line.back() - 'A')});
    }
    out.places.resize(std::bit_ceil(2 * out.words.size()));
    for (std::uint32_t i = 0; i < out.words.size(); ++i) {
      const auto hash = hashOf(out.words[i].wort);
      out.places[out.placeOf(out.words[i].wort, hash)] = {static_cast<std::uint32_t>(hash), i};
      out.maybe[hash % List::bits] = true;
    }
    return out;
  }();
  return made;
}

std::optional<std::uint8_t> known(std::string_view wort, std::uint64_t hash) {
  const auto& all = list();
  if (!all.has(hash)) return std::nullopt;
  const auto word = all.places[all.placeOf(wort, hash)].word;
  if (word == List::none) return std::nullopt;
  return all.words[word].common;
}

}  // namespace

std::span<const KnownWord> knownWords() { return list().words; }

std::optional<std::uint8_t> knownAs(std::string_view wort) { return known(wort, hashOf(wort)); }

std::optional<std::uint8_t> knownAs(std::string_view wort, WordHash hash) { return known(wort, hash.value()); }

}  // namespace text
