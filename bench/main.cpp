// aktenlotse-bench: what bench/run cannot measure with standard tools.
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>

#include "bench.h"

namespace bench {
namespace {

/// A session for wrk: cookie, tenant and Akte, one a line.
void printLogin(Arguments arguments) {
  const auto session = login(arguments[0]);
  std::cout << session.cookie << '\n' << session.mandant << '\n' << session.akte << '\n';
}

struct Command {
  std::size_t arguments;
  std::string_view usage;
  std::function<void(Arguments)> run;
};

const std::map<std::string_view, Command>& commands() {
  static const std::map<std::string_view, Command> all{
      {"paragraphs", {3, "LAWS INTO COUNT", paragraphs}},
      {"plain", {2, "FILES INTO", plain}},
      {"login", {1, "PORT", printLogin}},
      {"ocr", {3, "PROGRAM SCANS PROCESSES", ocr}},
      {"akten", {5, "DATABASE TENANT ALL FEW COUNT", akten}},
      {"grow", {5, "DATABASE TENANT ALL FEW COUNT", grow}},
      {"search", {4, "PORT DATABASE ALL FEW", search}},
      {"geschaeftsgang", {6, "PORT DATABASE VORGAENGE SLIPS PEOPLE SECONDS", geschaeftsgang}},
      {"netz", {3, "DATABASE TOWNS PEOPLE", netzFuellen}},
      {"idle", {3, "PORT PID COUNT", idle}},
      {"vorschlaege", {4, "PORT DATABASE LETTERS COUNT", vorschlaege}},
      {"pdf", {3, "EXTRACTOR FOLDER PROCESSES", pdf}},
      {"quality", {2, "DATABASE DICTIONARY", quality}},
      {"misread", {2, "DATABASE QUESTIONS", misread}},
      {"scans", {3, "FILES INTO COUNT", scans}},
      {"rescan", {2, "PICTURE INTO", rescan}},
      {"words", {3, "LAWS LAWS SPEECHES", words}},
  };
  return all;
}

int run(Arguments arguments) {
  const auto found = arguments.empty() ? commands().end() : commands().find(arguments[0]);
  if (found != commands().end() && found->second.arguments + 1 == arguments.size()) {
    found->second.run(arguments.subspan(1));
    return 0;
  }
  for (const auto& [name, command] : commands())
    std::cerr << "aktenlotse-bench " << name << ' ' << command.usage << '\n';
  return 2;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    return bench::run(arguments);
  } catch (const std::exception& error) {
    std::cerr << "aktenlotse-bench: " << error.what() << '\n';
    return 1;
  }
}
