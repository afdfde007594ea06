#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace text {

/// What a person types into the search box, understood. Any input is a query; what could not be taken literally is told
/// in a hint.
///
///     wort                 the word in any inflection (its stem), alone or as part of a compound
///     "zwei worte"         these forms in this order; „…“, “…” and »…« do as well
///     Anhalt*  "zwei wo"*  beginnings of words (of at least two characters)
///     Sachsen-Anhalt       parts of one sign or compound, in this order, each in any inflection; 632.10-4/2026
///     likewise -wort -"a b" -(...)  without a OR b, a ODER b, a | b     either; binds closer than the blank: `a OR b
///     c` is (a or b) and c a b, a AND b, a UND b       both ( )                  groups
///
///     von:Müller von:"Stadt Aue"  sent by; likewise from:
///     az:632.10-4          a sign that begins so, in any spelling, and what lies under it; likewise sign:
///     typ:eingang typ:pdf  kind of Dokument, or of file; likewise type:
///     datum:2024 datum:2024-03..2024-06-30 datum:3.5.2024.. datum:..2023      days; likewise date:
///     oe:32                of this unit and those below it; likewise unit:
///     akte:632-1 in:"…"    lies in the Akte (or, in:, in the Akte or Vorgang) with this sign, or these words in the
///     Betreff; likewise file:
///
/// Fields hold for the whole question, wherever they stand: values of one field are alternatives, different fields must
/// all hold, and -typ:pdf excludes. A field without a value is passed over.
///
/// A word searches the stems, because a person who asks for Bescheid wants Bescheide; quotes ask for exactly these
/// forms. A beginning searches the forms: stems of beginnings are no beginnings of stems.

inline constexpr std::size_t maxQueryCharacters = 500;
inline constexpr std::size_t maxQueryTerms = 32;

/// What was not taken literally. The texts are static.
struct Hint {
  std::string_view code;
  std::string_view de;
  std::string_view en;
  friend bool operator==(const Hint&, const Hint&) = default;
};

/// Terms that must follow each other directly in one stream of the document; mostly just one. A single stem is found in
/// compounds too (Genehmigung in Grundstücksverkehrsgenehmigung).
struct Leaf {
  enum class Stream { wort, stamm, teil };
  Stream stream = Stream::stamm;
  std::vector<std::string> terms;    ///< never empty
  bool prefix = false;               ///< the last term is the beginning of a word (stream is wort then)
  std::vector<std::string> worte{};  ///< where stems are sought: the folded words as typed, one for each term
  bool forgiven = false;             ///< not what was typed, but near it (see forgive.h); stands after what was typed
  friend bool operator==(const Leaf&, const Leaf&) = default;
};

struct Node;

/// All of `with` and none of `without`. `with` is never empty, so no query is a mere exclusion.
struct All {
  std::vector<Node> with;
  std::vector<Node> without;
};

struct Any {
  std::vector<Node> of;  ///< two or more
};

struct Node {
  std::variant<Leaf, All, Any> is;
};

enum class Feld : std::uint8_t { von, az, typ, datum, oe, in, akte };

/// A field as typed; what its text means is for the search to say.
struct Filter {
  Feld feld{};
  std::string text;
  bool excluded = false;
  friend bool operator==(const Filter&, const Filter&) = default;
};

/// Days as numbers (20251127), both inclusive; open ends are 0 and 99999999.
struct Zeitraum {
  std::int64_t von = 0, bis = 99999999;
  friend bool operator==(const Zeitraum&, const Zeitraum&) = default;
};

/// 2024, 2024-03, 3.2024, 03/2024, 2024-03-15, 15.3.2024, two of these with .. between, or one with .. before or
/// behind. Nothing for what is none of these. Days that no calendar has are taken as they stand.
[[nodiscard]] std::optional<Zeitraum> parseZeitraum(std::string_view text);

struct Query {
  std::optional<Node> root;  ///< nothing when there is nothing to search for; the hints say why
  std::vector<Hint> hints;   ///< each at most once
  std::vector<Filter> filters{};
};

/// Never fails; invalid UTF-8 parts words.
[[nodiscard]] Query parseQuery(std::string_view utf8);

/// The MATCH expression for an FTS5 table with the columns `wort`, `stamm` and `teil` of the text and `kopfwort` and
/// `kopfstamm` of what stands above it; `teil` holds the parts of both (see terms.h). Empty without a root.
[[nodiscard]] std::string toFts5(const Query& query);

/// True for a leaf of several terms, which a vector without positions cannot answer.
[[nodiscard]] bool needsPositions(const Leaf& leaf);

/// True if the query holds such a leaf; if not, `candidateTsquery` is the whole answer.
[[nodiscard]] bool needsPositions(const Query& query);

/// The tsquery for document vectors (terms.h): gives every hit, and, where the query needs positions, others beside,
/// which `toCondition` or `evaluate` then sorts out. Cast it with `::tsquery`. Empty without a root.
[[nodiscard]] std::string candidateTsquery(const Query& query);

/// The tsquery of one leaf: for document vectors, or, where the leaf needs positions, for segment vectors. It is true
/// of a document if it is true of one of them.
[[nodiscard]] std::string toTsquery(const Leaf& leaf);

/// The query as a boolean expression with AND, OR, NOT and parentheses, as SQL has them, where `leaf` gives the text of
/// each leaf (in the order of the query), such as `EXISTS (SELECT ... WHERE vektor @@ :p3::tsquery)`. Empty without a
/// root.
[[nodiscard]] std::string toCondition(const Query& query, const std::function<std::string(const Leaf&)>& leaf);

/// The truth of the query, from that of its leaves. False without a root.
[[nodiscard]] bool evaluate(const Query& query, const std::function<bool(const Leaf&)>& leaf);

/// The leaves that a hit may show, that is, those not excluded. Valid as long as the query.
[[nodiscard]] std::vector<const Leaf*> shownLeaves(const Query& query);

}  // namespace text
