#include "text/forgive.h"

#include <algorithm>
#include <array>
#include <set>

#include "distance.h"
#include "stem.h"
#include "words.h"

namespace text {
namespace {

constexpr std::size_t shortestEntry = 4;
constexpr std::size_t longestEntry = 40;
constexpr std::size_t fourPiecesFrom = 9;
constexpr std::string_view acute = "\u00E9";

bool isLetter(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// One byte for each letter: é as in Latin-1.
std::string symbols(std::string_view wort) {
  std::string out;
  for (std::size_t i = 0; i < wort.size(); ++i) {
    if (wort.substr(i).starts_with(acute)) {
      out += acuteSymbol;
      ++i;
    } else {
      out += wort[i];
    }
  }
  return out;
}

struct Piece {
  std::size_t begin = 0, size = 0;
};

/// A word of this length cut into three or four pieces, the longer ones last.
std::vector<Piece> piecesOf(std::size_t length) {
  const std::size_t count = length >= fourPiecesFrom ? 4 : 3;
  std::vector<Piece> out(count);
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = {at, length / count + (i + length % count >= count ? 1U : 0U)};
    at += out[i].size;
  }
  return out;
}

/// FNV-1a. `kind` keeps words and beginnings of words apart.
std::int64_t keyOf(char kind, std::size_t length, std::size_t first, std::size_t second, std::string_view one,
                   std::string_view two) {
  std::uint64_t hash = 14'695'981'039'346'656'037U;
  const auto mix = [&hash](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211U; };
  for (const auto c : {kind, static_cast<char>(length), static_cast<char>(first), static_cast<char>(second)}) mix(c);
  for (const char c : one) mix(c);
  for (const char c : two) mix(c);
  return static_cast<std::int64_t>(hash);
}

using Keys = std::set<std::int64_t>;

/// Keys of entries of a length that are at most `edits` from the word.
void addKeys(char kind, std::string_view word, std::size_t length, int edits, Keys& into) {
  const auto pieces = piecesOf(length);
  const int more = static_cast<int>(word.size()) - static_cast<int>(length);
  const auto at = [&](const Piece& piece, int shift) -> std::optional<std::string_view> {
    const int begin = static_cast<int>(piece.begin) + shift;
    if (begin < 0 || begin + static_cast<int>(piece.size) > static_cast<int>(word.size())) return std::nullopt;
    return word.substr(static_cast<std::size_t>(begin), piece.size);
  };
  for (std::size_t i = 0; i < pieces.size(); ++i)
    for (std::size_t j = i + 1; j < pieces.size(); ++j)
      for (int a = -edits; a <= edits; ++a)
        for (int b = -edits; b <= edits; ++b) {
          if (std::abs(a) + std::abs(b - a) + std::abs(more - b) > edits) continue;
          const auto one = at(pieces[i], a), two = at(pieces[j], b);
          if (one && two) into.insert(keyOf(kind, length, i, j, *one, *two));
        }
}

void addKeys(std::string_view word, int edits, Keys& into) {
  const auto size = static_cast<int>(word.size());
  for (int length = std::max<int>(shortestEntry, size - edits); length <= size + edits; ++length)
    addKeys('w', word, static_cast<std::size_t>(length),
            static_cast<std::size_t>(length) >= fourPiecesFrom ? edits : std::min(edits, 1), into);
}

/// Two letters that change places may lie in two pieces, and with one more edit leave one whole.
void addSwaps(std::string_view word, int edits, Keys& into) {
  const auto pieces = piecesOf(word.size());
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    std::string swapped(word);
    std::swap(swapped[pieces[i].begin - 1], swapped[pieces[i].begin]);
    addKeys(swapped, edits - 1, into);
  }
}

Keys searchKeys(const std::string& word, int edits, Reach reach) {
  Keys keys;
  if (reach == Reach::misread) edits = 1;
  addKeys(word, edits, keys);
  addSwaps(word, edits, keys);
  for (const auto& misread : misreadings(word)) {
    addKeys(misread, edits - 1, keys);
    if (reach == Reach::misread && word.size() >= fourPiecesFrom)
      for (const auto& twice : misreadings(misread)) addKeys(twice, 0, keys);
  }
  // Beginnings of the word whose rest is lost.
  if (word.size() >= fourPiecesFrom + 2)
    for (std::size_t length = fourPiecesFrom; length + 2 <= word.size(); ++length)
      addKeys('-', std::string_view(word).substr(0, length), length, 1, keys);
  return keys;
}

/// The known words by their keys, made at the first question.
std::span<const std::pair<std::int64_t, std::uint32_t>> knownKeys() {
  static const auto made = [] {
    std::vector<std::pair<std::int64_t, std::uint32_t>> out;
    const auto words = knownWords();
    for (std::uint32_t i = 0; i < words.size(); ++i)
      for (const auto key : vocabularyKeys(words[i].wort)) out.emplace_back(key, i);
    std::ranges::sort(out);
    return out;
  }();
  return made;
}

}  // namespace

bool isVocabulary(std::string_view wort) {
  if (wort.size() < shortestEntry || wort.size() > longestEntry) return false;
  const auto letters = static_cast<std::size_t>(std::ranges::count_if(wort, isLetter));
  const auto digits = static_cast<std::size_t>(std::ranges::count_if(wort, isDigit));
  return letters + digits == wort.size() && letters >= 3 && digits <= 2 && !knownAs(wort);
}

std::vector<std::int64_t> vocabularyKeys(std::string_view eintrag) {
  const bool beginning = eintrag.ends_with('-');
  if (beginning) eintrag.remove_suffix(1);
  const std::string word = symbols(eintrag);
  Keys keys;
  if (word.size() >= shortestEntry) addKeys(beginning ? '-' : 'w', word, word.size(), 0, keys);
  return {keys.begin(), keys.end()};
}

int allowedEdits(std::string_view wort) {
  const auto letters = std::ranges::count_if(wort, isLetter);
  const auto digits = std::ranges::count_if(wort, isDigit);
  if (static_cast<std::size_t>(letters + digits) != wort.size() || letters < 3 || wort.size() > longestEntry) return 0;
  return wort.size() >= fourPiecesFrom ? 2 : wort.size() >= 5 ? 1 : 0;
}

std::vector<Near> nearWords(std::string_view wort, const Vocabulary& vocabulary, Reach reach) {
  const int edits = allowedEdits(wort);
  if (edits == 0) return {};
  const std::string word(wort), stamm(stem(wort));
  const Keys keys = searchKeys(word, edits, reach);
  const auto most = [reach](std::size_t length) {
    return reach == Reach::misread ? std::min(budget(length), costOfMisread) : budget(length);
  };
  std::vector<Near> near;
  const auto consider = [&](const std::string& eintrag, bool known) {
    const bool beginning = eintrag.ends_with('-');
    const std::string other = symbols(beginning ? eintrag.substr(0, eintrag.size() - 1) : eintrag);
    const int cost = beginning ? costOfBeginning(word, other) : costBetween(word, other);
    if (cost > most(std::min(word.size(), other.size())) || cost == 0) return;
    if (other.find(acuteSymbol) == std::string::npos && !beginning && stem(other) == stamm) return;
    near.push_back({eintrag, cost, known});
  };
  for (const auto& eintrag : vocabulary({keys.begin(), keys.end()})) consider(eintrag, false);
  std::set<std::uint32_t> known;
  for (const auto key : reach == Reach::any ? keys : Keys{}) {
    const auto all = knownKeys();
    for (auto at = std::ranges::lower_bound(all, std::pair(key, std::uint32_t{0})); at != all.end() && at->first == key;
         ++at)
      known.insert(at->second);
  }
  for (const auto index : known) consider(std::string(knownWords()[index].wort), true);
  std::ranges::sort(near, {}, [](const Near& is) { return std::tie(is.cost, is.eintrag); });
  const auto repeated = std::ranges::unique(near, {}, &Near::eintrag);
  near.erase(repeated.begin(), repeated.end());
  return near;
}

Leaf leafOf(const std::string& eintrag) {
  Leaf leaf{.stream = Leaf::Stream::stamm, .terms = {}, .prefix = false, .worte = {}, .forgiven = true};
  if (eintrag.find(acute) != std::string::npos) {
    leaf.stream = Leaf::Stream::teil;
    leaf.terms = {eintrag};
  } else if (eintrag.ends_with('-')) {
    leaf.stream = Leaf::Stream::wort;
    leaf.terms = {eintrag.substr(0, eintrag.size() - 1)};
  } else {
    leaf.terms = {std::string(stem(eintrag))};
  }
  return leaf;
}

namespace {

using Accept = std::function<std::vector<std::string>(const std::string& wort)>;

/// The phrase with one of its words as it was misread.
Leaf inPhrase(const Leaf& phrase, std::size_t at, const std::string& eintrag) {
  Leaf leaf = phrase;
  std::string plain = eintrag.ends_with('-') ? eintrag.substr(0, eintrag.size() - 1) : eintrag;
  for (auto found = plain.find(acute); found != std::string::npos; found = plain.find(acute))
    plain.replace(found, acute.size(), "e");
  leaf.terms[at] = std::string(stem(plain));
  leaf.worte.clear();
  leaf.forgiven = true;
  return leaf;
}

Node forgiven(const Node& node, const Accept& accept) {
  if (const auto* leaf = std::get_if<Leaf>(&node.is)) {
    std::vector<Node> of{node};
    for (std::size_t i = 0; i < leaf->worte.size(); ++i)
      for (const auto& eintrag : accept(leaf->worte[i])) {
        Node more{leaf->worte.size() == 1 ? leafOf(eintrag) : inPhrase(*leaf, i, eintrag)};
        const auto same = [&](const Node& other) {
          return std::get<Leaf>(other.is).terms == std::get<Leaf>(more.is).terms;
        };
        if (std::ranges::none_of(of, same)) of.push_back(std::move(more));
      }
    return of.size() == 1 ? node : Node{Any{std::move(of)}};
  }
  if (const auto* any = std::get_if<Any>(&node.is)) {
    Any out;
    for (const auto& child : any->of) out.of.push_back(forgiven(child, accept));
    return {std::move(out)};
  }
  All out;
  const auto& all = std::get<All>(node.is);
  for (const auto& child : all.with) out.with.push_back(forgiven(child, accept));
  out.without = all.without;
  return {std::move(out)};
}

bool isForgiven(const Node& node) {
  const auto* leaf = std::get_if<Leaf>(&node.is);
  return leaf != nullptr && leaf->forgiven;
}

Node exact(const Node& node) {
  if (const auto* any = std::get_if<Any>(&node.is)) {
    Any out;
    for (const auto& child : any->of)
      if (!isForgiven(child)) out.of.push_back(exact(child));
    return out.of.size() == 1 ? std::move(out.of.front()) : Node{std::move(out)};
  }
  if (const auto* all = std::get_if<All>(&node.is)) {
    All out;
    for (const auto& child : all->with) out.with.push_back(exact(child));
    out.without = all->without;
    return {std::move(out)};
  }
  return node;
}

}  // namespace

Query forgive(const Query& query, const Accept& accept) {
  Query out = query;
  if (out.root) out.root = forgiven(*query.root, accept);
  return out;
}

Query exactly(const Query& query) {
  Query out = query;
  if (out.root) out.root = exact(*query.root);
  return out;
}

bool forgives(const Query& query) {
  const auto leaves = shownLeaves(query);
  return std::ranges::any_of(leaves, &Leaf::forgiven);
}

}  // namespace text
