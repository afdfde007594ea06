#pragma once
#include <cstdint>

#include "read.h"

namespace extractor::fuzz {

inline Budget smallBudget() {
  Budget budget;
  budget.text = std::size_t{1} << 20;
  budget.inflated = std::size_t{8} << 20;
  budget.until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  return budget;
}

/// One reader on one input; a refusal is as good as a text.
template <typename Reader>
void run(Bytes bytes, const char* mime, Reader reader) {
  static const bool kWarm = (warmUp(), true);
  (void)kWarm;
  Budget budget = smallBudget();
  Result result{.mime = mime};
  try {
    reader(bytes, budget, result);
  } catch (const Unreadable&) {
  }
  (void)toJson(result);
}

}  // namespace extractor::fuzz
