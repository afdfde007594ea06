#include "distance.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace text {
namespace {

constexpr int edit = 3, confused = 2;
constexpr int tooFar = 10;
constexpr std::size_t mostMisreadings = 12;

/// Letters that OCR takes for each other, umlauts without their dots among them.
constexpr std::array<std::string_view, 22> confusedLetters{"ui", "il", "ij", "1l", "1i", "1t", "0o", "gq",
                                                           "g9", "ce", "nu", "uv", "bh", "ft", "fs", "tl",
                                                           "5s", "8b", "6o", "6b", "yv", "3s"};

/// Two letters read as one or the other way.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> confusedPairs{{{"m", "rn"},
                                                                                       {"m", "nn"},
                                                                                       {"ss", "f3"},
                                                                                       {"ss", "fs"},
                                                                                       {"ss", "b"},
                                                                                       {"d", "cl"},
                                                                                       {"h", "li"},
                                                                                       {"n", "ri"},
                                                                                       {"u", "ii"},
                                                                                       {"w", "vv"}}};

int costOfLetters(char a, char b) {
  if (a == b) return 0;
  for (const auto& [one, other] : {std::pair(a, b), std::pair(b, a)}) {
    if (one == acuteSymbol) return other == 'a' || other == 'o' ? 1 : other == 'e' ? 0 : edit;
    for (const auto pair : confusedLetters)
      if (pair[0] == one && pair[1] == other) return confused;
  }
  return edit;
}

/// Whether one of `confusedPairs` ends with the letter.
constexpr std::array<bool, 256> endsPair = [] {
  std::array<bool, 256> out{};
  for (const auto& [one, other] : confusedPairs)
    for (const auto side : {one, other}) out[static_cast<unsigned char>(side.back())] = true;
  return out;
}();

/// The costs of all beginnings of both words; where none is below `tooFar` any more, the rest is `far`.
class Table {
 public:
  Table(std::string_view a, std::string_view b) : a_(a), b_(b) {
    for (auto& row : cells_) row.fill(far);
    bool near = true, nearBefore = true;  // a step goes over two rows at most
    for (std::size_t i = 0; i <= a_.size() && (near || nearBefore); ++i) {
      nearBefore = std::exchange(near, false);
      for (std::size_t j = i > band ? i - band : 0; j <= std::min(b_.size(), i + band); ++j) {
        cells_[i][j] = cell(i, j);
        near = near || cells_[i][j] < tooFar;
      }
    }
  }
  [[nodiscard]] int at(std::size_t i, std::size_t j) const { return cells_[i][j]; }

 private:
  [[nodiscard]] std::uint8_t cell(std::size_t i, std::size_t j) const {
    if (i == 0 && j == 0) return 0;
    int best = far;
    const auto offer = [&best](int before, int more) { best = std::min(best, before + more); };
    if (i > 0) offer(cells_[i - 1][j], edit);
    if (j > 0) offer(cells_[i][j - 1], edit);
    if (i > 0 && j > 0) offer(cells_[i - 1][j - 1], costOfLetters(a_[i - 1], b_[j - 1]));
    if (i > 1 && j > 1 && a_[i - 1] == b_[j - 2] && a_[i - 2] == b_[j - 1]) offer(cells_[i - 2][j - 2], edit);
    if (i == 0 || j == 0 || !endsPair[static_cast<unsigned char>(a_[i - 1])] ||
        !endsPair[static_cast<unsigned char>(b_[j - 1])])
      return static_cast<std::uint8_t>(std::min<int>(best, far));
    const auto left = a_.substr(0, i), right = b_.substr(0, j);
    for (const auto& [one, other] : confusedPairs) {
      if (left.ends_with(one) && right.ends_with(other)) offer(cells_[i - one.size()][j - other.size()], confused);
      if (left.ends_with(other) && right.ends_with(one)) offer(cells_[i - other.size()][j - one.size()], confused);
    }
    return static_cast<std::uint8_t>(std::min<int>(best, far));
  }

  static constexpr std::size_t longest = 48, band = 3;
  static constexpr std::uint8_t far = 200;
  std::string_view a_, b_;
  std::array<std::array<std::uint8_t, longest + 1>, longest + 1> cells_;
};

bool comparable(std::string_view a, std::string_view b) { return a.size() <= 48 && b.size() <= 48; }

}  // namespace

int costBetween(std::string_view typed, std::string_view other) {
  const auto difference = typed.size() > other.size() ? typed.size() - other.size() : other.size() - typed.size();
  if (!comparable(typed, other) || difference > 3) return tooFar;
  return std::min(Table(typed, other).at(typed.size(), other.size()), tooFar);
}

int costOfBeginning(std::string_view typed, std::string_view other) {
  if (!comparable(typed, other) || other.size() < 9 || other.size() >= typed.size()) return tooFar;
  const Table table(typed, other);
  int best = tooFar;
  for (std::size_t i = other.size() - 1; i <= std::min(other.size() + 1, typed.size()); ++i)
    best = std::min(best, table.at(i, other.size()));
  // A beginning without an edit is worth less than a word with none.
  return best + 1;
}

int budget(std::size_t length) { return length >= 9 ? 6 : 4; }

std::vector<std::string> misreadings(std::string_view word) {
  std::vector<std::string> out;
  const auto replace = [&](std::string_view from, std::string_view to) {
    for (auto at = word.find(from); at != std::string_view::npos; at = word.find(from, at + 1)) {
      if (out.size() == mostMisreadings) return;
      out.push_back(std::string(word.substr(0, at)).append(to).append(word.substr(at + from.size())));
    }
  };
  for (const auto& [one, other] : confusedPairs) {
    replace(other, one);
    replace(one, other);
  }
  return out;
}

}  // namespace text
