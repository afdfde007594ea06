#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <utility>

#include "scanner.h"
#include "text/analyser.h"
#include "text/query.h"

namespace text {
namespace {

constexpr Hint emptyHint{"suche-leer", "Bitte ein Wort oder eine Zahl eingeben.", "Please enter a word or a number."};
constexpr Hint exclusionHint{"suche-nur-ausschluss",
                             "Nur Ausschlüsse (-wort) finden nichts. Bitte auch angeben, was gesucht wird.",
                             "Exclusions (-word) alone find nothing. Please also say what to look for."};
constexpr Hint quoteHint{"suche-anfuehrungszeichen",
                         "Das schließende Anführungszeichen fehlt; es wurde am Ende ergänzt.",
                         "The closing quotation mark is missing; it was added at the end."};
constexpr Hint parenthesisHint{"suche-klammer", "Eine Klammer hat kein Gegenstück; sie wurde ergänzt oder übergangen.",
                               "A parenthesis has no partner; it was added or passed over."};
constexpr Hint depthHint{"suche-tiefe", "Die Klammern sind zu tief verschachtelt; die innersten wurden übergangen.",
                         "The parentheses are nested too deeply; the innermost were passed over."};
constexpr Hint lengthHint{"suche-zu-lang", "Die Eingabe ist zu lang; gesucht wurde mit den ersten 500 Zeichen.",
                          "The input is too long; the first 500 characters were used."};
constexpr Hint termsHint{"suche-zu-viele-woerter", "Es sind zu viele Wörter; gesucht wurde mit den ersten 32.",
                         "There are too many words; the first 32 were used."};
constexpr Hint starHint{"suche-stern", "Ein Stern steht nur am Ende eines Wortes nach mindestens zwei Zeichen.",
                        "An asterisk goes at the end of a word, after at least two characters."};

constexpr Hint dateHint{
    "suche-datum",
    "Ein Datum wird so geschrieben: datum:2024, datum:3.2024, datum:15.3.2024 oder "
    "datum:2024..2025. Dieses wurde übergangen.",
    "A date is written as date:2024, date:2024-03, date:2024-03-15 or date:2024..2025. This one was "
    "passed over."};
constexpr Hint valueHint{"suche-feld", "Ein Feld hat keinen Wert, nach dem gesucht werden kann; es wurde übergangen.",
                         "A field has no value that can be searched for; it was passed over."};

constexpr int maxDepth = 16;
constexpr std::size_t minPrefixBytes = 2;

struct Lexeme {
  enum class Kind { word, phrase, open, close, minus, either, both, field };
  Kind kind;
  std::string_view text{};
  bool star = false;
  Feld feld{};
};

using Lexemes = std::vector<Lexeme>;

bool isBlank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Length of the quotation mark at the start, or 0. Opening and closing ones are not told apart: people mix them.
std::size_t quoteAt(std::string_view rest) {
  static constexpr std::array<std::string_view, 7> marks{"\"", "„", "“", "”", "‟", "«", "»"};
  for (const auto mark : marks) {
    if (rest.starts_with(mark)) return mark.size();
  }
  return 0;
}

/// The field that a word begins with, and the length of its name with the colon.
std::optional<std::pair<Feld, std::size_t>> fieldAt(std::string_view rest) {
  static constexpr std::array<std::pair<std::string_view, Feld>, 13> names{{{"von", Feld::von},
                                                                            {"from", Feld::von},
                                                                            {"az", Feld::az},
                                                                            {"sign", Feld::az},
                                                                            {"typ", Feld::typ},
                                                                            {"type", Feld::typ},
                                                                            {"datum", Feld::datum},
                                                                            {"date", Feld::datum},
                                                                            {"oe", Feld::oe},
                                                                            {"unit", Feld::oe},
                                                                            {"in", Feld::in},
                                                                            {"akte", Feld::akte},
                                                                            {"file", Feld::akte}}};
  const auto colon = rest.substr(0, 6).find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string name(rest.substr(0, colon));
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const auto& [known, feld] : names)
    if (known == name) return std::pair(feld, colon + 1);
  return std::nullopt;
}

std::string_view firstCharacters(std::string_view utf8, std::size_t count) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(utf8.data());
  std::size_t at = 0;
  while (count-- > 0 && at < utf8.size()) U8_FWD_1(bytes, at, utf8.size());
  return utf8.substr(0, at);
}

/// Cuts the input into words, phrases and signs.
class Lexer {
 public:
  Lexer(std::string_view input, std::vector<Hint>& hints) : rest_(input), hints_(hints) {}

  Lexemes run() {
    while (!rest_.empty()) step();
    return std::move(lexemes_);
  }

 private:
  void step() {
    const char c = rest_.front();
    if (isBlank(c)) return rest_.remove_prefix(1);
    if (const std::size_t quote = quoteAt(rest_); quote > 0) return phrase(quote);
    if (c == '(') return sign(Lexeme::Kind::open);
    if (c == ')') return sign(Lexeme::Kind::close);
    if (c == '|') return sign(Lexeme::Kind::either);
    if (c == '-') return minus();
    if (const auto found = fieldAt(rest_)) return field(found->first, found->second);
    word();
  }

  /// The value is what follows: up to a blank, or in quotation marks.
  void field(Feld feld, std::size_t name) {
    rest_.remove_prefix(name);
    while (!rest_.empty() && isBlank(rest_.front())) rest_.remove_prefix(1);
    Lexeme lexeme{Lexeme::Kind::field, {}, false, feld};
    if (quoteAt(rest_) > 0) {
      phrase(quoteAt(rest_));
      lexeme.text = lexemes_.back().text;
      lexemes_.pop_back();
    } else {
      std::size_t end = 0;
      while (end < rest_.size() && !isBlank(rest_[end]) && rest_[end] != ')' && quoteAt(rest_.substr(end)) == 0) ++end;
      lexeme.text = rest_.substr(0, end);
      rest_.remove_prefix(end);
    }
    lexemes_.push_back(lexeme);
  }

  void sign(Lexeme::Kind kind) {
    lexemes_.push_back({kind});
    rest_.remove_prefix(1);
  }

  /// A hyphen that stands alone (Müller - Bescheid) excludes nothing.
  void minus() {
    rest_.remove_prefix(1);
    if (!rest_.empty() && !isBlank(rest_.front())) lexemes_.push_back({Lexeme::Kind::minus});
  }

  void phrase(std::size_t quote) {
    rest_.remove_prefix(quote);
    std::size_t end = 0;
    while (end < rest_.size() && quoteAt(rest_.substr(end)) == 0) ++end;
    Lexeme lexeme{Lexeme::Kind::phrase, rest_.substr(0, end)};
    rest_.remove_prefix(end);
    if (rest_.empty()) {
      hints_.push_back(quoteHint);
    } else {
      rest_.remove_prefix(quoteAt(rest_));
    }
    if (rest_.starts_with('*')) {
      lexeme.star = true;
      rest_.remove_prefix(1);
    }
    lexemes_.push_back(lexeme);
  }

  void word() {
    std::size_t end = 0;
    while (end < rest_.size() && !isBlank(rest_[end]) && rest_[end] != '(' && rest_[end] != ')' && rest_[end] != '|' &&
           quoteAt(rest_.substr(end)) == 0) {
      ++end;
    }
    const std::string_view text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (text == "OR" || text == "ODER") return lexemes_.push_back({Lexeme::Kind::either});
    if (text == "AND" || text == "UND") return lexemes_.push_back({Lexeme::Kind::both});
    const std::size_t star = text.find('*');
    if (star == std::string_view::npos) return lexemes_.push_back({Lexeme::Kind::word, text});
    if (star + 1 < text.size()) hints_.push_back(starHint);
    lexemes_.push_back({Lexeme::Kind::word, text.substr(0, star), true});
  }

  std::string_view rest_;
  std::vector<Hint>& hints_;
  Lexemes lexemes_;
};

class Parser {
 public:
  Parser(Lexemes lexemes, Query& query) : lexemes_(std::move(lexemes)), hints_(query.hints), filters_(query.filters) {}

  std::optional<Node> run() {
    std::vector<Node> with, without;
    while (!atEnd()) {
      collect(with, without);
      if (accept(Lexeme::Kind::close)) hints_.push_back(parenthesisHint);
    }
    return all(std::move(with), std::move(without));
  }

 private:
  struct Operand {
    Node node;
    bool excluded = false;
  };

  [[nodiscard]] bool atEnd() const { return next_ == lexemes_.size(); }

  bool accept(Lexeme::Kind kind) {
    if (atEnd() || lexemes_[next_].kind != kind) return false;
    ++next_;
    return true;
  }

  /// Operands up to the end or a closing parenthesis.
  void collect(std::vector<Node>& with, std::vector<Node>& without) {
    while (!atEnd() && lexemes_[next_].kind != Lexeme::Kind::close) {
      if (accept(Lexeme::Kind::both)) continue;
      auto operand = either();
      if (operand) (operand->excluded ? without : with).push_back(std::move(operand->node));
    }
  }

  std::optional<Node> all(std::vector<Node> with, std::vector<Node> without) {
    if (with.empty()) {
      if (!without.empty()) hints_.push_back(exclusionHint);
      return std::nullopt;
    }
    if (with.size() == 1 && without.empty()) return std::move(with.front());
    return Node{All{std::move(with), std::move(without)}};
  }

  /// a OR b OR c. A lone OR is passed over; an exclusion as one of several alternatives is dropped with a hint, because
  /// nearly everything would be found.
  std::optional<Operand> either() {
    std::vector<Operand> alternatives;
    bool several = false;
    do {
      while (accept(Lexeme::Kind::either)) {
      }
      if (auto operand = unary()) alternatives.push_back(std::move(*operand));
      several = several || (!atEnd() && lexemes_[next_].kind == Lexeme::Kind::either);
    } while (accept(Lexeme::Kind::either));
    if (alternatives.size() == 1) return std::move(alternatives.front());
    std::vector<Node> of;
    for (auto& alternative : alternatives) {
      if (alternative.excluded) {
        hints_.push_back(exclusionHint);
      } else {
        of.push_back(std::move(alternative.node));
      }
    }
    if (of.empty()) return std::nullopt;
    if (of.size() == 1) return Operand{std::move(of.front())};
    return Operand{Node{Any{std::move(of)}}};
  }

  std::optional<Operand> unary() {
    bool excluded = false;
    while (accept(Lexeme::Kind::minus)) excluded = true;
    excluded_ += excluded ? 1 : 0;
    auto node = primary();
    excluded_ -= excluded ? 1 : 0;
    if (!node) return std::nullopt;
    return Operand{std::move(*node), excluded};
  }

  std::optional<Node> primary() {
    if (atEnd()) return std::nullopt;
    switch (lexemes_[next_].kind) {
      case Lexeme::Kind::open:
        ++next_;
        return group();
      case Lexeme::Kind::word:
      case Lexeme::Kind::phrase:
        return leaf(lexemes_[next_++]);
      case Lexeme::Kind::field:
        filter(lexemes_[next_++]);
        return std::nullopt;
      default:
        return std::nullopt;  // the caller sees to it
    }
  }

  void filter(const Lexeme& lexeme) {
    if (lexeme.text.empty()) return;
    if (lexeme.feld == Feld::datum ? !parseZeitraum(lexeme.text) : analyse(lexeme.text).empty())
      return hints_.push_back(lexeme.feld == Feld::datum ? dateHint : valueHint);
    if (filters_.size() == maxQueryTerms) return hints_.push_back(termsHint);
    filters_.push_back({lexeme.feld, std::string(lexeme.text), excluded_ > 0});
  }

  std::optional<Node> group() {
    if (depth_ == maxDepth) {
      hints_.push_back(depthHint);
      skipGroup();
      return std::nullopt;
    }
    ++depth_;
    std::vector<Node> with, without;
    collect(with, without);
    --depth_;
    if (!accept(Lexeme::Kind::close)) hints_.push_back(parenthesisHint);
    return all(std::move(with), std::move(without));
  }

  void skipGroup() {
    for (int open = 1; open > 0 && !atEnd(); ++next_) {
      if (lexemes_[next_].kind == Lexeme::Kind::open) ++open;
      if (lexemes_[next_].kind == Lexeme::Kind::close) --open;
    }
  }

  /// Terms over the limit: a leaf that is looked for finds with its beginning, one that is excluded would exclude too
  /// much.
  std::optional<Node> leaf(const Lexeme& lexeme) {
    auto tokens = analyse(lexeme.text);
    if (tokens.empty()) return std::nullopt;
    bool prefix = lexeme.star;
    if (prefix && tokens.back().wort.size() < minPrefixBytes) {
      hints_.push_back(starHint);
      prefix = false;
    }
    if (const std::size_t room = maxQueryTerms - terms_; tokens.size() > room) {
      hints_.push_back(termsHint);
      if (room == 0 || excluded_ > 0) return std::nullopt;
      tokens.resize(room);
      prefix = false;
    }
    terms_ += tokens.size();

    const bool exact = prefix || lexeme.kind == Lexeme::Kind::phrase;
    Leaf leaf{.stream = exact ? Leaf::Stream::wort : Leaf::Stream::stamm, .terms = {}, .prefix = prefix};
    for (auto& token : tokens) {
      leaf.terms.push_back(exact ? token.wort : std::move(token.stamm));
      if (!exact) leaf.worte.push_back(std::move(token.wort));
    }
    if (prefix) leaf.terms.back() = std::string(prefixOf(leaf.terms.back()));
    return Node{std::move(leaf)};
  }

  Lexemes lexemes_;
  std::vector<Hint>& hints_;
  std::vector<Filter>& filters_;
  std::size_t next_ = 0;
  std::size_t terms_ = 0;
  int depth_ = 0;
  int excluded_ = 0;
};

}  // namespace

Query parseQuery(std::string_view utf8) {
  Query query;
  const std::string_view input = firstCharacters(utf8, maxQueryCharacters);
  if (input.size() < utf8.size()) query.hints.push_back(lengthHint);
  query.root = Parser(Lexer(input, query.hints).run(), query).run();
  if (!query.root && query.filters.empty() && query.hints.empty()) query.hints.push_back(emptyHint);

  std::vector<Hint> distinct;
  for (const Hint& hint : query.hints) {
    if (std::find(distinct.begin(), distinct.end(), hint) == distinct.end()) distinct.push_back(hint);
  }
  query.hints = std::move(distinct);
  return query;
}

}  // namespace text
