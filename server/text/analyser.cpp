#include "text/analyser.h"

#include "scanner.h"
#include "stem.h"

namespace text {

std::vector<Token> analyse(std::string_view utf8) {
  std::vector<Token> tokens;
  Scanner scanner(utf8);
  for (Scanner::Word word; scanner.next(word);) {
    tokens.push_back({.wort = std::string(word.wort),
                      .stamm = std::string(stem(word.wort)),
                      .position = static_cast<std::uint32_t>(tokens.size()),
                      .begin = word.begin,
                      .end = word.end});
  }
  return tokens;
}

}  // namespace text
