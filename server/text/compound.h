#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace text {

/// The words that a German compound is made of, as stems, without the whole: Grundstücksverkehrsgenehmigung gives
/// grundstuck, verkehr, genehmig. Empty for what is no compound of known words. A function of `wort` alone.
///
/// A word is cut where it gives the fewest known words, and of those cuts the one whose rarest part is most common. A
/// word that is itself more common than its parts would be (Gesellschaft, Unterlassung) stays whole. Parts are cut
/// again.
[[nodiscard]] std::vector<std::string> compoundParts(std::string_view wort);

}  // namespace text
