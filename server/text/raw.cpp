#include "raw.h"

#include <algorithm>
#include <optional>

#include "scanner.h"
#include "stem.h"
#include "text/analyser.h"

namespace text {
namespace {

struct Place {
  std::size_t at = 0, length = 0;
};

/// Where the letter first stands: small, capital, or as a base letter with a mark after it.
struct Letter {
  std::string_view small, capital, base, mark;

  [[nodiscard]] std::optional<Place> in(std::string_view source) const {
    for (std::size_t at = 0; at + 1 < source.size(); ++at) {
      const auto rest = source.substr(at);
      if (rest.starts_with(small) || rest.starts_with(capital)) return Place{at, small.size()};
      if (base.find(rest[0]) != std::string_view::npos && rest.substr(1).starts_with(mark))
        return Place{at, 1 + mark.size()};
    }
    return std::nullopt;
  }
};

constexpr Letter acute{"\u00E9", "\u00C9", "eE", "\u0301"};
constexpr Letter ring{"\u00E5", "\u00C5", "aA", "\u030A"};

/// The folded word with `as` in the place of the letter; nothing without the letter.
std::string withLetter(std::string_view source, const Letter& letter, std::string_view as) {
  if (std::ranges::all_of(source, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return {};
  auto place = letter.in(source);
  if (!place) return {};
  std::string out;
  const auto fold = [&out](std::string_view piece) {
    Scanner scanner(piece);
    for (Scanner::Word word; scanner.next(word);) out += word.wort;
  };
  for (; place; place = letter.in(source)) {
    fold(source.substr(0, place->at));
    out += as;
    source.remove_prefix(place->at + place->length);
  }
  fold(source);
  return out.size() <= maxTermBytes ? out : std::string();
}

}  // namespace

std::string withAcute(std::string_view source) { return withLetter(source, acute, acute.small); }

std::string withoutRing(std::string_view source) {
  const auto form = withLetter(source, ring, "a");
  return form.empty() ? form : std::string(stem(form));
}

}  // namespace text
