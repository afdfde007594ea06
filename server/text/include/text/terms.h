#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace text {

/// Limits of what is indexed of one document. PostgreSQL holds at most 1 MiB of lexemes in one tsvector; the index of
/// both engines stops at the same word, so that they find the same.
inline constexpr std::size_t maxDistinctTerms = 60'000;
inline constexpr std::size_t maxVectorBytes = 1'000'000;

/// The terms of a document as two streams of equal length: the n-th of `worte` and the n-th of `staemme` come from the
/// same word. Terms are parted by single spaces. An FTS5 table `fts5(wort, stamm, tokenize='ascii')` takes them as they
/// are.
struct Terms {
  std::string worte;
  std::string staemme;
  std::size_t count = 0;
  bool truncated = false;  ///< the document was cut at `maxDistinctTerms` or `maxVectorBytes`; the beginning is indexed
};

[[nodiscard]] Terms termText(std::string_view utf8);

/// The tsvector literal of a whole document: each `wort` as `w...` and each `stamm` as `s...`, once, without positions
/// (PostgreSQL keeps neither positions over 16383 nor more than 255 of one lexeme). Cast it with `::tsvector`.
[[nodiscard]] std::string documentVector(const Terms& terms);

/// The same terms with positions, in pieces that fit PostgreSQL's limits; neighbours share `segmentOverlap` words, so
/// that any sequence of up to that many words lies whole in one of them. Empty for an empty document.
[[nodiscard]] std::vector<std::string> segmentVectors(const Terms& terms);

inline constexpr std::size_t segmentOverlap = 32;

}  // namespace text
