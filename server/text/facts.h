#pragma once
#include <string>
#include <string_view>

namespace text {

/// What follows from a folded word alone.
struct Facts {
  std::string wort{}, stamm{};
  std::string teile{};   ///< the parts of a compound (see compound.h), parted by single spaces
  bool vokabel = false;  ///< see forgive.h
};

/// Valid until the next call on the same thread. Words met lately are remembered: some thousands make up most of any
/// text, and to cut and stem one costs microseconds.
[[nodiscard]] const Facts& factsOf(std::string_view wort);

}  // namespace text
