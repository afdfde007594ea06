#include "text/terms.h"

#include <unordered_map>
#include <unordered_set>

#include "scanner.h"
#include "stem.h"

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

void truncate(Terms& terms) {
  std::unordered_set<std::string_view> worte, staemme;
  std::size_t bytes = 0, count = 0;
  Streams streams(terms);
  while (streams.next()) {
    if (worte.insert(streams.wort).second) bytes += 1 + streams.wort.size();
    if (staemme.insert(streams.stamm).second) bytes += 1 + streams.stamm.size();
    if (worte.size() > maxDistinctTerms || bytes > maxVectorBytes) break;
    ++count;
  }
  if (count == terms.count) return;
  terms.truncated = true;
  terms.count = count;
  const auto end = [](std::string_view stream, std::string_view firstLeftOut) {
    return static_cast<std::size_t>(firstLeftOut.data() - stream.data()) - 1;
  };
  terms.worte.resize(end(terms.worte, streams.wort));
  terms.staemme.resize(end(terms.staemme, streams.stamm));
}

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

Terms termText(std::string_view utf8) {
  Terms terms;
  Scanner scanner(utf8);
  for (Scanner::Word word; scanner.next(word); ++terms.count) {
    if (terms.count > 0) {
      terms.worte += ' ';
      terms.staemme += ' ';
    }
    terms.worte += word.wort;
    terms.staemme += stem(word.wort);
  }
  if (terms.count > maxDistinctTerms || terms.worte.size() + terms.staemme.size() > maxVectorBytes) truncate(terms);
  return terms;
}

std::string documentVector(const Terms& terms) {
  std::unordered_set<std::string_view> worte, staemme;
  std::string result;
  const auto add = [&result](char stream, std::string_view term) {
    if (!result.empty()) result += ' ';
    (result += stream) += term;
  };
  for (Streams streams(terms); streams.next();) {
    if (worte.insert(streams.wort).second) add('w', streams.wort);
    if (staemme.insert(streams.stamm).second) add('s', streams.stamm);
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
