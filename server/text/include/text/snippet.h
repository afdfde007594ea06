#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "text/query.h"

namespace text {

/// A stretch of an extract. The stretches of an extract together are the text to show.
struct Piece {
  std::string text;      ///< valid UTF-8 without control characters
  bool treffer = false;  ///< a word or phrase that was searched for
  friend bool operator==(const Piece&, const Piece&) = default;
};

/// The place of a text that shows best why it was found, at most `characters` code points and two ellipses: where most
/// of the query's leaves meet, cut at white space, in one line, words broken over lines made whole. Where nothing is
/// found (the hit is in the metadata) it is the beginning of the text; nothing for an empty text.
///
/// `place` gets the byte of the text where the best hits begin.
///
/// Reads on from the first hit by at most 256 KiB; to the end only while there is none.
[[nodiscard]] std::vector<Piece> snippet(std::string_view utf8, const Query& query, std::size_t characters = 240,
                                         std::size_t* place = nullptr);

}  // namespace text
