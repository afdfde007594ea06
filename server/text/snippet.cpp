#include "text/snippet.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "facts.h"
#include "raw.h"
#include "scanner.h"
#include "stem.h"

namespace text {
namespace {

constexpr std::size_t maxReadAfterFirstHit = 256 * 1024;

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct Hit {
  Span span;
  std::uint32_t leaf = 0;  ///< a bit for each word of the query
};

const std::uint8_t* bytesOf(std::string_view utf8) { return reinterpret_cast<const std::uint8_t*>(utf8.data()); }

/// Finds the leaves of a query in a run of words.
class Matcher {
 public:
  Matcher(std::string_view source, const Query& query) : source_(source), leaves_(shownLeaves(query)) {
    std::size_t longest = 1;
    for (const Leaf* leaf : leaves_) {
      longest = std::max(longest, leaf->terms.size());
      if (!leaf->forgiven || bits_.empty()) ++groups_;
      bits_.push_back(static_cast<std::uint32_t>(groups_ - 1));
    }
    recent_.resize(longest);
  }

  /// Takes the next word and adds the hits that end with it.
  void feed(const Scanner::Word& word, std::vector<Hit>& hits) {
    Recent& now = recent_[count_++ % recent_.size()];
    now.wort = word.wort;
    now.span = {word.begin, word.end};
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      const std::size_t size = leaves_[i]->terms.size();
      if (endsHere(*leaves_[i])) hits.push_back({{back(size - 1).span.begin, word.end}, std::uint32_t{1} << bits_[i]});
    }
  }

  [[nodiscard]] std::uint32_t allLeaves() const {
    return static_cast<std::uint32_t>((std::uint64_t{1} << groups_) - 1);
  }

 private:
  static_assert(maxQueryTerms <= 32, "a bit for each word");

  struct Recent {
    std::string wort;
    Span span;
  };

  [[nodiscard]] const Recent& back(std::size_t steps) const { return recent_[(count_ - 1 - steps) % recent_.size()]; }

  [[nodiscard]] bool endsHere(const Leaf& leaf) const {
    const std::size_t size = leaf.terms.size();
    if (count_ < size) return false;
    for (std::size_t steps = 0; steps < size; ++steps) {
      if (!matches(leaf, leaf.terms[size - 1 - steps], back(steps), leaf.prefix && steps == 0)) return false;
    }
    return true;
  }

  [[nodiscard]] bool matches(const Leaf& leaf, std::string_view term, const Recent& word, bool prefix) const {
    const std::string& wort = word.wort;
    if (prefix) return wort.starts_with(term);
    if (leaf.stream == Leaf::Stream::wort) return wort == term;
    if (leaf.stream == Leaf::Stream::teil)
      return withAcute(source_.substr(word.span.begin, word.span.end - word.span.begin)) == term;
    // Stemming and cutting are dear, and both keep the beginning of what they make: a stem its first three letters.
    if (wort.starts_with(term.substr(0, 3)) && stem(wort) == term) return true;
    if (leaf.terms.size() > 1) return false;
    const auto source = source_.substr(word.span.begin, word.span.end - word.span.begin);
    if (mayHoldRing(source) && withoutRing(source) == term) return true;
    return wort.size() >= term.size() + 3 && wort.find(term.substr(0, 3)) != std::string::npos && isPart(term, wort);
  }

  static bool mayHoldRing(std::string_view source) { return source.find_first_of("\xC3\xCC") != source.npos; }

  static bool isPart(std::string_view term, std::string_view wort) {
    const std::string parts = (std::string(" ") += factsOf(wort).teile) += ' ';
    return parts.find((std::string(" ") += term) += ' ') != std::string::npos;
  }

  std::string_view source_;
  std::vector<const Leaf*> leaves_;
  std::vector<std::uint32_t> bits_;  // of each leaf; what was forgiven shares that of the word as typed
  std::size_t groups_ = 0;
  std::vector<Recent> recent_;  // a ring
  std::size_t count_ = 0;
};

/// The stretch, at most `bytes` long where it holds several hits, in which most leaves meet; the first of equals.
Span bestCluster(std::string_view utf8, const Query& query, std::size_t bytes) {
  if (!query.root) return {};
  Matcher matcher(utf8, query);
  Scanner scanner(utf8);
  std::deque<Hit> window;
  std::vector<Hit> hits;
  Span best;
  std::pair<int, std::size_t> bestScore{0, 0};
  std::size_t readTo = utf8.size();
  for (Scanner::Word word; scanner.next(word) && word.begin <= readTo;) {
    hits.clear();
    matcher.feed(word, hits);
    for (const Hit& hit : hits) {
      if (bestScore.second == 0) readTo = std::min(readTo, hit.span.end + maxReadAfterFirstHit);
      window.push_back(hit);
      while (window.size() > 1 && hit.span.end - window.front().span.begin > bytes) window.pop_front();
      std::uint32_t leaves = 0;
      for (const Hit& near : window) leaves |= near.leaf;
      const std::pair score{__builtin_popcount(leaves), window.size()};
      if (score > bestScore) {
        bestScore = score;
        best = {window.front().span.begin, hit.span.end};
      }
      if (leaves == matcher.allLeaves()) return best;
    }
  }
  return best;
}

/// Code point steps that also get over invalid bytes.
std::size_t forward(std::string_view utf8, std::size_t at, std::size_t characters) {
  for (; characters > 0 && at < utf8.size(); --characters) U8_FWD_1(bytesOf(utf8), at, utf8.size());
  return at;
}

std::size_t backward(std::string_view utf8, std::size_t at, std::size_t characters) {
  const auto continues = [&] { return at > 0 && (static_cast<unsigned char>(utf8[at]) & 0xC0) == 0x80; };
  for (; characters > 0 && at > 0; --characters) {
    --at;
    for (int bytes = 1; bytes < U8_MAX_LENGTH && continues(); ++bytes) --at;
  }
  return at;
}

std::size_t countCharacters(std::string_view utf8, std::size_t most) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < utf8.size() && count < most; ++count) U8_FWD_1(bytesOf(utf8), at, utf8.size());
  return count;
}

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// The part of the text to show: the cluster with context on both sides, cut at white space.
Span extractAround(std::string_view utf8, Span cluster, std::size_t characters) {
  const std::size_t size = countCharacters(utf8.substr(cluster.begin, cluster.end - cluster.begin), characters);
  Span extract{backward(utf8, cluster.begin, (characters - size) / 2), 0};
  if (extract.begin > 0) {
    while (extract.begin < cluster.begin && !isBlank(utf8[extract.begin])) ++extract.begin;
  }
  while (extract.begin < cluster.begin && isBlank(utf8[extract.begin])) ++extract.begin;
  extract.end = forward(utf8, extract.begin, characters);
  if (extract.end < utf8.size() && !isBlank(utf8[extract.end])) {
    const bool holdsCluster = cluster.end > extract.begin && cluster.end <= extract.end;
    const std::size_t least = holdsCluster ? cluster.end : extract.begin;
    std::size_t cut = extract.end;
    while (cut > least && !isBlank(utf8[cut - 1])) --cut;
    if (cut > extract.begin) extract.end = cut;  // else there is no white space, as in an address of 300 signs
  }
  return extract;
}

/// Writes stretches of a source text as one line of pieces.
class Writer {
 public:
  explicit Writer(std::string_view source) : source_(source) {}

  /// `inWord`: the stretch lies within one word, so that white space in it is the end of a line that the word is broken
  /// over.
  void write(Span stretch, bool treffer, bool inWord) {
    for (std::size_t at = stretch.begin; at < stretch.end;) {
      // Plain letters in one go: almost all text is made of them.
      const auto from = at;
      while (at < stretch.end && source_[at] > ' ' && source_[at] < 0x7F) ++at;
      if (at > from) {
        put(source_.substr(from, at - from), treffer);
        continue;
      }
      UChar32 c = 0;
      U8_NEXT(bytesOf(source_), at, stretch.end, c);
      if (c < 0) c = 0xFFFD;
      if (u_isUWhiteSpace(c) && inWord) {
        dropHyphen();
      } else if (u_isUWhiteSpace(c)) {
        blank_ = treffer;
      } else if ((U_MASK(u_charType(c)) & (U_GC_CC_MASK | U_GC_CF_MASK)) == 0) {
        putLetter(c, treffer);
      }
    }
  }

  /// Marks that the source goes on.
  void ellipsis() {
    blank_ = false;
    putLetter(0x2026, false);
    blank_ = false;
  }

  std::vector<Piece> take() { return std::move(pieces_); }

 private:
  void put(std::string_view text, bool treffer) {
    if (blank_ && !pieces_.empty()) piece(*blank_) += ' ';
    blank_.reset();
    piece(treffer).append(text);
  }
  void putLetter(UChar32 c, bool treffer) {
    std::array<char, U8_MAX_LENGTH> utf8{};
    std::size_t size = 0;
    U8_APPEND_UNSAFE(utf8.data(), size, c);
    put({utf8.data(), size}, treffer);
  }

  /// The text that goes on.
  std::string& piece(bool treffer) {
    if (pieces_.empty() || pieces_.back().treffer != treffer) pieces_.push_back({.text = {}, .treffer = treffer});
    return pieces_.back().text;
  }

  void dropHyphen() {
    std::string& text = pieces_.back().text;
    for (const std::string_view hyphen : {"-", "‐", "¬", "–", "—", "="}) {
      if (text.ends_with(hyphen)) return text.resize(text.size() - hyphen.size());
    }
  }

  std::string_view source_;
  std::vector<Piece> pieces_;
  std::optional<bool> blank_;  ///< white space to write before the next character, and whether it lies in a hit
};

/// `extract` in pieces; reads it once more, since the search for the cluster may have ended before its end.
std::vector<Piece> mark(std::string_view utf8, Span extract, const Query& query) {
  const std::string_view source = utf8.substr(0, extract.end);
  Matcher matcher(source.substr(extract.begin), query);
  Scanner scanner(source.substr(extract.begin));
  std::vector<Span> words;
  std::vector<Hit> hits;
  for (Scanner::Word word; scanner.next(word);) {
    matcher.feed(word, hits);
    words.push_back({extract.begin + word.begin, extract.begin + word.end});
  }
  const auto isHit = [&](Span stretch) {
    return std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
      return extract.begin + hit.span.begin <= stretch.begin && stretch.end <= extract.begin + hit.span.end;
    });
  };

  Writer writer(source);
  if (extract.begin > 0) writer.ellipsis();
  std::size_t at = extract.begin;
  for (const Span word : words) {
    writer.write({at, word.begin}, isHit({at, word.begin}), false);
    writer.write(word, isHit(word), true);
    at = word.end;
  }
  writer.write({at, extract.end}, false, false);
  if (extract.end < utf8.size()) writer.ellipsis();
  return writer.take();
}

}  // namespace

std::vector<Piece> snippet(std::string_view utf8, const Query& query, std::size_t characters, std::size_t* place) {
  const auto isText = [](char c) { return !isBlank(c); };
  const auto last = std::find_if(utf8.rbegin(), utf8.rend(), isText);
  utf8.remove_suffix(static_cast<std::size_t>(last - utf8.rbegin()));
  const auto first = std::find_if(utf8.begin(), utf8.end(), isText);
  const auto whole = utf8;
  utf8.remove_prefix(static_cast<std::size_t>(first - utf8.begin()));
  const auto cluster = bestCluster(utf8, query, characters);
  if (place != nullptr) *place = static_cast<std::size_t>(first - whole.begin()) + cluster.begin;
  return mark(utf8, extractAround(utf8, cluster, characters), query);
}

}  // namespace text
