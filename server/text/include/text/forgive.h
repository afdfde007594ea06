#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "text/query.h"

/// Search that forgives: words near the one typed, because a scanner misread the document or a person mistyped.
///
/// The vocabulary holds, for each tenant, the words of its documents that are not among the 98,000 German words the
/// program knows, and finds those near a word by keys, without a walk through all: a word is cut into three pieces
/// (four from nine letters), and each pair of pieces is a key. One edit (two from nine letters) leaves at least two
/// pieces whole, so a near word shares a key. The known words are looked up in the same way in memory.
namespace text {

/// An entry of the vocabulary is a folded word, or
/// - a word with é kept (`lésungen`), which stands in the stream `teil`;
/// - with a hyphen at its end (`erfahrunasaus-`) the beginning of a word whose rest is lost at the end of a page.
[[nodiscard]] bool isVocabulary(std::string_view wort);

/// The keys under which an entry is kept; each once.
[[nodiscard]] std::vector<std::int64_t> vocabularyKeys(std::string_view eintrag);

/// Gives the entries of the vocabulary that have one of these keys.
using Vocabulary = std::function<std::vector<std::string>(const std::vector<std::int64_t>& keys)>;

/// One edit from five letters, two from nine; 0 for words with letters beyond ASCII or fewer than three letters.
[[nodiscard]] int allowedEdits(std::string_view wort);

struct Near {
  std::string eintrag;
  int cost = 0;        ///< 3 for an edit, 2 for what OCR confuses; less is nearer
  bool known = false;  ///< a German word that the program knows; so hardly misread, but perhaps what was meant
  friend bool operator==(const Near&, const Near&) = default;
};

enum class Reach : std::uint8_t {
  any,
  misread,  ///< only words of the vocabulary, at most one edit or two misread letters away: fewer keys
};
constexpr int costOfMisread = 4;

/// Words near a folded word that have another stem, the nearest first.
[[nodiscard]] std::vector<Near> nearWords(std::string_view wort, const Vocabulary& vocabulary,
                                          Reach reach = Reach::any);

/// The leaf that finds an entry.
[[nodiscard]] Leaf leafOf(const std::string& eintrag);

/// The query with the entries that `accept` gives for a word beside that word: leaves with `forgiven` set. Words that
/// are excluded, in quotes, or beginnings stay as they are.
[[nodiscard]] Query forgive(const Query& query,
                            const std::function<std::vector<std::string>(const std::string& wort)>& accept);

/// The query without what was forgiven.
[[nodiscard]] Query exactly(const Query& query);

/// Whether the query holds a leaf that was forgiven.
[[nodiscard]] bool forgives(const Query& query);

}  // namespace text
