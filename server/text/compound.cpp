#include "compound.h"

#include <algorithm>
#include <array>

#include "stem.h"
#include "words.h"

namespace text {
namespace {

constexpr std::size_t shortestPart = 4;
constexpr std::size_t longestWord = 48;
constexpr std::size_t shortestCompound = 8;

/// What ends words without being one, though the list has it (from words broken over lines), and beginnings that say
/// nothing alone.
constexpr std::array<std::string_view, 47> noParts{
    "aber",   "igkeit", "dung",  "innen", "urinnen", "sslich",   "llung", "ndung",  "alle",  "auch",
    "dies",   "eine",   "enden", "ende",  "haft",    "heit",     "igen",  "iger",   "isch",  "ische",
    "ischen", "keit",   "lich",  "liche", "lichen",  "licher",   "lings", "massig", "nisse", "nissen",
    "nung",   "rung",   "ieren", "scha",  "schaft",  "schaften", "sein",  "sich",   "sten",  "stellen",
    "tigen",  "tung",   "tungs", "ungen", "ungs",    "lung",     "gung"};

/// Three letters as one number, which is compared much faster.
constexpr std::uint32_t three(const char* letters) {
  return static_cast<std::uint32_t>(letters[0]) << 16 | static_cast<std::uint32_t>(letters[1]) << 8 |
         static_cast<std::uint32_t>(letters[2]);
}

/// Words of three letters that form compounds; the list begins at four.
constexpr auto shortWords = [] {
  constexpr std::array<const char*, 24> words{"amt", "arm", "art", "bad", "bau", "bus", "eid", "eis",
                                              "erb", "gas", "gut", "hof", "kfz", "lkw", "not", "ort",
                                              "pkw", "rad", "rat", "see", "tag", "tal", "tor", "weg"};
  std::array<std::uint32_t, words.size()> out{};
  std::ranges::transform(words, out.begin(), three);
  return out;
}();

/// Prepositions and the like: they part words (Unterabteilung), but nobody looks for them.
constexpr std::array<std::string_view, 22> particles{
    "nach",   "uber",   "unter",    "gegen",  "zwischen", "neben",     "durch", "ohne", "wider",  "hinter", "nicht",
    "wieder", "selbst", "zusammen", "voraus", "gesamt",   "allgemein", "mehr",  "viel", "sonder", "hoch",   "gross"};

template <std::size_t N>
bool isOneOf(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

/// The beginnings of a tail of a word: how common each is as a part.
class Beginnings {
 public:
  explicit Beginnings(std::string_view tail) : tail_(tail) {
    for (std::size_t i = 0; i < tail.size(); ++i) {
      hashes_[i + 1] = hashes_[i];
      hashes_[i + 1].add(tail[i]);
    }
  }

  /// 0 for what cannot be a part. Short ones must be common to count.
  [[nodiscard]] unsigned commonness(std::size_t length, bool last) const {
    const auto part = tail_.substr(0, length);
    if (length == 3) return std::ranges::find(shortWords, three(part.data())) != shortWords.end() ? 14 : 0;
    if (length < shortestPart) return 0;
    unsigned common = known(length);
    if (!last) {
      // What joins two parts, where the form with it is not in the list.
      for (const std::string_view joint : {"s", "es", "n", "en"})
        if (length >= shortestPart + joint.size() && part.ends_with(joint))
          common = std::max(common, allowed(length - joint.size()));
    }
    const unsigned least = length == 4 ? 9 : length == 5 ? 7 : 4;
    return common >= least && !isOneOf(noParts, part) ? common : 0;
  }

 private:
  [[nodiscard]] unsigned known(std::size_t length) const {
    return knownAs(tail_.substr(0, length), hashes_[length]).value_or(0);
  }
  [[nodiscard]] unsigned allowed(std::size_t length) const {
    const auto common = known(length);
    return common > 0 && isOneOf(noParts, tail_.substr(0, length)) ? 0 : common;
  }

  std::string_view tail_;
  std::array<WordHash, longestWord + 1> hashes_{};
};

struct Cut {
  unsigned parts = 0;  ///< 0: there is none
  unsigned rarest = 0;
  std::size_t length = 0;  ///< of the first part
  [[nodiscard]] bool betterThan(const Cut& other) const {
    if (other.parts == 0) return parts > 0;
    return parts > 0 && (parts < other.parts || (parts == other.parts && rarest > other.rarest));
  }
};

/// The best cut of each tail of the word into two or more parts; of the whole word at 0.
std::array<Cut, longestWord + 1> bestCuts(std::string_view wort) {
  std::array<Cut, longestWord + 1> best{};
  for (std::size_t at = wort.size(); at-- > 0;) {
    const auto size = wort.size() - at;
    const Beginnings tail(wort.substr(at));
    if (at > 0) {
      if (const unsigned common = tail.commonness(size, true); common > 0) best[at] = {1, common, size};
    }
    for (std::size_t length = 3; length + 3 <= size; ++length) {
      const Cut& rest = best[at + length];
      if (rest.parts == 0 || (best[at].parts > 0 && rest.parts + 1 > best[at].parts)) continue;
      const unsigned common = tail.commonness(length, false);
      if (common == 0) continue;
      const Cut cut{rest.parts + 1, std::min(common, rest.rarest), length};
      if (cut.betterThan(best[at])) best[at] = cut;
    }
  }
  return best;
}

/// A common word is one word even where others lie in it (Bescheid is not Besch-Eid), unless these are common too.
bool isCompound(std::string_view wort, const std::array<Cut, longestWord + 1>& best) {
  if (best[0].parts < 2) return false;
  if (best[0].rarest > knownAs(wort).value_or(0)) return true;
  if (best[0].rarest < 11) return false;
  for (std::size_t at = 0; at < wort.size(); at += best[at].length) {
    if (best[at].length < 5) return false;
  }
  return true;
}

void collect(std::string_view wort, std::vector<std::string>& into, int depth) {
  if (wort.size() < shortestCompound || wort.size() > longestWord || depth > 4) return;
  const auto best = bestCuts(wort);
  if (!isCompound(wort, best)) return;
  for (std::size_t at = 0; at < wort.size(); at += best[at].length) {
    const auto part = wort.substr(at, best[at].length);
    if (!isOneOf(particles, part)) {
      std::string stamm(stem(part));
      if (std::find(into.begin(), into.end(), stamm) == into.end()) into.push_back(std::move(stamm));
    }
    collect(part, into, depth + 1);
  }
}

}  // namespace

std::vector<std::string> compoundParts(std::string_view wort) {
  std::vector<std::string> parts;
  if (wort.size() < shortestCompound || wort.size() > longestWord) return parts;
  if (!std::all_of(wort.begin(), wort.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return parts;
  collect(wort, parts, 0);
  return parts;
}

}  // namespace text
