#pragma once
// Lists of header fields such as `de, en;q=0.7`.
#include <string_view>

namespace http {

/// Compares ASCII words without regard to case.
[[nodiscard]] bool sameWord(std::string_view a, std::string_view b);

[[nodiscard]] inline std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// q-values in thousandths; 1000 where there is none, 0 where it cannot be read.
[[nodiscard]] inline int weightOf(std::string_view parameters) {
  const auto q = parameters.find("q=");
  if (q == std::string_view::npos) return 1000;
  int weight = 0, scale = 1000;
  for (const char c : trim(parameters.substr(q + 2))) {
    if (c == '.') continue;
    if (c < '0' || c > '9' || scale == 0) break;
    weight += (c - '0') * scale;
    scale /= 10;
  }
  return weight;
}

/// Calls `f(item, weight)` for each item of a comma-separated list.
template <class F>
void forEachWeighted(std::string_view list, F&& f) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    const auto item = list.substr(0, comma);
    const auto semicolon = item.find(';');
    f(trim(item.substr(0, semicolon)), semicolon == std::string_view::npos ? 1000 : weightOf(item.substr(semicolon)));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
  }
}

}  // namespace http
