#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace text {

/// Limits of what is indexed of one text. PostgreSQL holds at most 1 MiB of lexemes in one tsvector; the index of both
/// engines stops at the same word, so that they find the same.
inline constexpr std::size_t maxDistinctTerms = 60'000;
inline constexpr std::size_t maxVectorBytes = 900'000;
/// For what stands above the text (sign, Betreff, sender); together with `maxVectorBytes` within PostgreSQL's limit.
inline constexpr std::size_t maxKopfBytes = 100'000;

/// The terms of a text.
///
/// `worte` and `staemme` are streams of equal length: the n-th of both come from the same word. Terms are parted by
/// single spaces; an FTS5 column with tokenize='ascii' takes them as they are.
///
/// `teile` has no order: each term once, the stems of the parts of compounds (see compound.h), and forms in which an é
/// stays (`lésungen`), for OCR reads ä and ö as é and German hardly has it.
struct Terms {
  std::string worte;
  std::string staemme;
  std::string teile;
  std::vector<std::string> vokabeln;  ///< entries of the vocabulary (see forgive.h), each once, in order of their bytes
  std::size_t count = 0;
  bool truncated = false;  ///< the text was cut at `maxDistinctTerms` or the bytes; the beginning is indexed
};

[[nodiscard]] Terms termText(std::string_view utf8, std::size_t maxBytes = maxVectorBytes);

/// The tsvector literal of a whole document: each `wort` as `w...`, each `stamm` as `s...` and each of `teile` as
/// `t...`, once. Those of `kopf` have the weight A (at position 1, for weights hang on positions); the others have no
/// position, because PostgreSQL keeps none over 16383 nor more than 255 of one lexeme. Cast it with `::tsvector`.
[[nodiscard]] std::string documentVector(const Terms& kopf, const Terms& text);

/// The words and stems with positions, in pieces that fit PostgreSQL's limits; neighbours share `segmentOverlap` words,
/// so that any sequence of up to that many words lies whole in one of them. Empty for an empty text.
[[nodiscard]] std::vector<std::string> segmentVectors(const Terms& terms);

inline constexpr std::size_t segmentOverlap = 32;

}  // namespace text
