#include "words.h"

#include <string_view>
#include <unordered_map>
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

struct List {
  std::vector<KnownWord> words;
  std::unordered_map<std::string_view, std::uint8_t> byWort;
  /// A bit for each word, by its hash. Cutting compounds asks for every piece of a word, and nearly all are none; this
  /// fits into the processor's cache, the table of all words does not.
  std::vector<bool> maybe = std::vector<bool>(std::size_t{1} << 21);
};

std::size_t placeOf(std::string_view wort, const std::vector<bool>& maybe) {
  return std::hash<std::string_view>{}(wort) % maybe.size();
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
    out.byWort.reserve(out.words.size());
    for (const auto& word : out.words) {
      out.byWort.emplace(word.wort, word.common);
      out.maybe[placeOf(word.wort, out.maybe)] = true;
    }
    return out;
  }();
  return made;
}

}  // namespace

std::span<const KnownWord> knownWords() { return list().words; }

std::optional<std::uint8_t> knownAs(std::string_view wort) {
  const auto& known = list();
  if (!known.maybe[placeOf(wort, known.maybe)]) return std::nullopt;
  const auto found = known.byWort.find(wort);
  if (found == known.byWort.end()) return std::nullopt;
  return found->second;
}

}  // namespace text
