#include "raw.h"

#include "scanner.h"
#include "text/analyser.h"

namespace text {
namespace {

constexpr std::string_view acute = "\u00E9";

/// Where an é or É begins, alone or as e with an accent after it.
std::size_t findAcute(std::string_view source, std::size_t& length) {
  for (std::size_t at = 0; at + 1 < source.size(); ++at) {
    const auto rest = source.substr(at);
    if (rest.starts_with(acute) || rest.starts_with("\u00C9")) return length = 2, at;
    if ((rest[0] == 'e' || rest[0] == 'E') && rest.substr(1).starts_with("\u0301")) return length = 3, at;
  }
  return std::string_view::npos;
}

}  // namespace

std::string withAcute(std::string_view source, std::string_view wort) {
  std::size_t length = 0;
  if (source.size() == wort.size()) return {};  // ASCII
  std::size_t at = findAcute(source, length);
  if (at == std::string_view::npos) return {};
  std::string out;
  const auto fold = [&out](std::string_view piece) {
    Scanner scanner(piece);
    for (Scanner::Word word; scanner.next(word);) out += word.wort;
  };
  while (at != std::string_view::npos) {
    fold(source.substr(0, at));
    out += acute;
    source.remove_prefix(at + length);
    at = findAcute(source, length);
  }
  fold(source);
  return out.size() <= maxTermBytes ? out : std::string();
}

}  // namespace text
