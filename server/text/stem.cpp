#include "stem.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace text {
namespace {

/// A stemmer is not thread-safe, so each thread has its own, with the stems of the words it met lately: a few thousand
/// words make up most of any text, and looking one up costs a tenth of stemming it.
class Stemmer {
 public:
  std::string_view stem(std::string_view wort) {
    if (wort.size() > longest) return compute(wort);
    Entry& entry = cache_[std::hash<std::string_view>{}(wort) % cache_.size()];
    if (entry.wort() != wort) entry.set(wort, compute(wort));
    return entry.stamm();
  }

 private:
  static constexpr std::size_t longest = 31;

  struct Entry {
    std::array<char, longest> wortBytes{};
    std::array<char, longest> stammBytes{};
    std::uint8_t wortSize = 0;
    std::uint8_t stammSize = 0;

    [[nodiscard]] std::string_view wort() const { return {wortBytes.data(), wortSize}; }
    [[nodiscard]] std::string_view stamm() const { return {stammBytes.data(), stammSize}; }
    void set(std::string_view wort, std::string_view stamm) {
      wortSize = static_cast<std::uint8_t>(wort.copy(wortBytes.data(), longest));
      stammSize = static_cast<std::uint8_t>(stamm.copy(stammBytes.data(), longest));
    }
  };

  struct Delete {
    void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
  };

  std::string_view compute(std::string_view wort) {
    const auto* symbols = reinterpret_cast<const sb_symbol*>(wort.data());
    const sb_symbol* stamm = sb_stemmer_stem(snowball_.get(), symbols, static_cast<int>(wort.size()));
    if (stamm == nullptr) throw std::bad_alloc();
    return {reinterpret_cast<const char*>(stamm), static_cast<std::size_t>(sb_stemmer_length(snowball_.get()))};
  }

  std::unique_ptr<sb_stemmer, Delete> snowball_{sb_stemmer_new("german", "UTF_8")};
  std::vector<Entry> cache_ = std::vector<Entry>(8192);
};

}  // namespace

std::string_view stem(std::string_view wort) {
  if (!std::all_of(wort.begin(), wort.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return wort;
  thread_local Stemmer stemmer;
  return stemmer.stem(wort);
}

}  // namespace text
