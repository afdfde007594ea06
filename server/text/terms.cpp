#include "text/terms.h"

#include <algorithm>
#include <memory_resource>
#include <unordered_map>
#include <unordered_set>

#include "facts.h"
#include "raw.h"
#include "scanner.h"
#include "text/forgive.h"

namespace text {
namespace {

/// Walks both streams of terms in step.
class Streams {
 public:
  explicit Streams(const Terms& terms) : worte_(terms.worte), staemme_(terms.staemme) {}

  bool next() { return take(worte_, wort) && take(staemme_, stamm); }

  std::string_view wort;
  std::string_view stamm;

 private:
  static bool take(std::string_view& rest, std::string_view& term) {
    if (rest.empty()) return false;
    term = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(rest.size(), term.size() + 1));
    return true;
  }

  std::string_view worte_;
  std::string_view staemme_;
};

template <class F>
void eachTerm(std::string_view terms, F&& f) {
  while (!terms.empty()) {
    const auto term = terms.substr(0, terms.find(' '));
    f(term);
    terms.remove_prefix(std::min(terms.size(), term.size() + 1));
  }
}

void append(std::string& stream, std::string_view term) {
  if (!stream.empty()) stream += ' ';
  stream += term;
}

/// Not noexcept: so each entry keeps its hash, and words are compared only where they are the same.
struct Hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view term) const { return std::hash<std::string_view>{}(term); }
};
using Set = std::pmr::unordered_set<std::pmr::string, Hash, std::equal_to<>>;

/// Collects the terms of a text word by word, up to the limits.
class Collector {
 public:
  explicit Collector(std::size_t maxBytes) : maxBytes_(maxBytes) {}

  /// False when the word does not fit any more.
  bool add(std::string_view wort, std::string_view source, bool lost) {
    auto known = worte_.find(wort);
    if (known == worte_.end()) {
      if (!addNew(wort)) return false;
      known = worte_.find(wort);
    }
    append(terms_.worte, wort);
    append(terms_.staemme, known->second);
    ++terms_.count;
    if (lost && isVocabulary(wort)) vokabeln_.emplace(std::string(wort) + '-');
    if (const auto form = withAcute(source); !form.empty()) addForm(form, true);
    if (const auto form = withoutRing(source); !form.empty()) addForm(form, false);
    return true;
  }

  void truncated() { terms_.truncated = true; }

  Terms take() {
    terms_.vokabeln.assign(vokabeln_.begin(), vokabeln_.end());
    std::sort(terms_.vokabeln.begin(), terms_.vokabeln.end());
    return std::move(terms_);
  }

 private:
  bool addNew(std::string_view wort) {
    const auto& facts = factsOf(wort);
    const std::string_view parts = facts.teile;
    std::size_t more = 2 + wort.size();
    auto stamm = staemme_.find(std::string_view(facts.stamm));
    if (stamm == staemme_.end()) more += 1 + facts.stamm.size();
    eachTerm(parts, [&](std::string_view part) {
      if (teile_.find(part) == teile_.end()) more += 1 + part.size();
    });
    if (worte_.size() == maxDistinctTerms || bytes_ + more > maxBytes_) return false;
    bytes_ += more;
    if (stamm == staemme_.end()) stamm = staemme_.emplace(std::string_view(facts.stamm)).first;
    worte_.emplace(wort, *stamm);
    if (facts.vokabel) vokabeln_.emplace(wort);
    eachTerm(parts, [&](std::string_view part) { addTeil(part); });
    return true;
  }

  void addTeil(std::string_view term) {
    if (teile_.find(term) != teile_.end()) return;
    teile_.emplace(term);
    append(terms_.teile, term);
  }

  void addForm(std::string_view form, bool vocabulary) {
    if (bytes_ + 1 + form.size() > maxBytes_) return;
    if (vocabulary) vokabeln_.emplace(form);
    if (teile_.find(form) == teile_.end()) bytes_ += 1 + form.size();
    addTeil(form);
  }

  std::size_t maxBytes_, bytes_ = 0;
  /// A text has thousands of words, which go all at once.
  std::pmr::monotonic_buffer_resource memory_{std::size_t{32} << 10};
  Set staemme_{&memory_}, teile_{&memory_}, vokabeln_{&memory_};
  std::pmr::unordered_map<std::pmr::string, std::string_view, Hash, std::equal_to<>> worte_{&memory_};  ///< their stems
  Terms terms_;
};

/// One tsvector with positions, as far as PostgreSQL's limits go.
class Segment {
 public:
  /// False when the word does not fit any more; the segment is then complete.
  bool add(std::string_view wort, std::string_view stamm) {
    if (length_ == maxPosition || bytes_ > maxVectorBytes - 4 * maxTermBytes) return false;
    Lexeme& w = lexeme('w', wort);
    Lexeme& s = lexeme('s', stamm);
    if (w.count == maxOfOneLexeme || s.count == maxOfOneLexeme) return false;
    ++length_;
    append(w);
    append(s);
    return true;
  }

  [[nodiscard]] std::string literal() const {
    std::string result;
    for (const auto& [term, lexeme] : lexemes_) {
      if (lexeme.count == 0) continue;
      if (!result.empty()) result += ' ';
      result.append(term).append(lexeme.positions);
    }
    return result;
  }

  [[nodiscard]] std::size_t length() const { return length_; }

 private:
  struct Lexeme {
    std::string positions;
    std::size_t count = 0;
  };
  static constexpr std::size_t maxPosition = 8000;    // PostgreSQL's own is 16383
  static constexpr std::size_t maxOfOneLexeme = 255;  // further ones would be dropped silently

  Lexeme& lexeme(char stream, std::string_view term) {
    const auto [entry, added] = lexemes_.try_emplace(std::string(1, stream).append(term));
    if (added) bytes_ += entry->first.size() + sizeof(std::uint32_t);
    return entry->second;
  }

  void append(Lexeme& lexeme) {
    lexeme.positions += lexeme.count++ == 0 ? ':' : ',';
    lexeme.positions += std::to_string(length_);
    bytes_ += sizeof(std::uint16_t);
  }

  std::unordered_map<std::string, Lexeme> lexemes_;
  std::size_t length_ = 0;
  std::size_t bytes_ = 0;
};

}  // namespace

Terms termText(std::string_view utf8, std::size_t maxBytes) {
  Collector collector(maxBytes);
  Scanner scanner(utf8);
  for (Scanner::Word word; scanner.next(word);) {
    if (collector.add(word.wort, utf8.substr(word.begin, word.end - word.begin), scanner.restIsLost(word))) continue;
    collector.truncated();
    break;
  }
  return collector.take();
}

std::string documentVector(const Terms& kopf, const Terms& text) {
  std::unordered_set<std::string> lexemes;
  std::string result;
  const auto add = [&](char stream, std::string_view term, std::string_view weight) {
    const auto [entry, added] = lexemes.insert(std::string(1, stream).append(term));
    if (added) append(result, *entry), result += weight;
  };
  for (const auto* terms : {&kopf, &text}) {
    const std::string_view weight = terms == &kopf ? ":1A" : "";
    for (Streams streams(*terms); streams.next();) {
      add('w', streams.wort, weight);
      add('s', streams.stamm, weight);
    }
    eachTerm(terms->teile, [&](std::string_view term) { add('t', term, weight); });
  }
  return result;
}

std::vector<std::string> segmentVectors(const Terms& terms) {
  std::vector<std::string> result;
  Streams streams(terms);
  Streams segmentStart = streams;  // where the next segment will begin
  bool more = streams.next();
  while (more) {
    Segment segment;
    std::vector<Streams> recent;  // states before each of the last words, for the overlap
    streams = segmentStart;
    for (Streams before = streams; (more = streams.next()); before = streams) {
      if (!segment.add(streams.wort, streams.stamm)) break;
      recent.push_back(before);
    }
    result.push_back(segment.literal());
    if (more) segmentStart = recent[segment.length() - segmentOverlap];
  }
  return result;
}

}  // namespace text
