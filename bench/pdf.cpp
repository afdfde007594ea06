// Reading text PDFs in the sandbox, beside pdftotext alone on the same files with as many processes.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "bench.h"
#include "extract/extract.h"

namespace bench {
namespace {

constexpr int rounds = 3;

/// Whether pdftotext read the file; its text is thrown away.
bool pdftotext(const fs::path& file) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string program = "pdftotext", from = file.string(), to = "/dev/null";
  char* const argv[] = {program.data(), from.data(), to.data(), nullptr};
  pid_t pid = -1;
  const int rc = posix_spawnp(&pid, "pdftotext", &actions, nullptr, argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (rc != 0) throw std::runtime_error("pdftotext cannot be started");
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Seconds until `processes` threads have done `work` to all files.
template <typename Work>
double timed(std::span<const fs::path> files, unsigned processes, Work work) {
  std::atomic<std::size_t> next = 0;
  const auto start = Clock::now();
  {
    std::vector<std::jthread> threads;
    for (unsigned i = 0; i < processes; ++i)
      threads.emplace_back([&] {
        for (std::size_t at = next++; at < files.size(); at = next++) work(files[at]);
      });
  }
  return since(start);
}

}  // namespace

void pdf(Arguments arguments) {
  const auto processes = static_cast<unsigned>(std::stoul(arguments[2]));
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(arguments[1]))
    if (entry.is_regular_file() && entry.path().extension() == ".pdf" && pdftotext(entry.path()))
      files.push_back(entry.path());
  if (files.empty()) throw std::runtime_error("no PDF that pdftotext reads in " + arguments[1]);
  const extract::Extractor extractor({.program = arguments[0], .parallel = static_cast<int>(processes)});
  std::vector<double> ours, theirs;
  for (int round = 0; round < rounds; ++round) {
    theirs.push_back(timed(files, processes, [](const fs::path& file) { (void)pdftotext(file); }));
    ours.push_back(timed(files, processes, [&](const fs::path& file) {
      const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
      (void)extractor.extract(fd, file.filename().string(), [](const extract::Teil&, std::string_view) {});
      close(fd);
    }));
    std::cerr << fmt::format("bench: pdftotext {:.2f} s, ours {:.2f} s\n", theirs.back(), ours.back());
  }
  const double a = percentile(ours, 0.5), b = percentile(theirs, 0.5);
  const auto count = static_cast<double>(files.size());
  std::cout << fmt::format(
      "{} PDFs that others made, read by {} processes at once (embedded files handed out too; each file in a sandbox "
      "of its "
      "own); median of {} rounds,\nin turn with the yardstick: `pdftotext` alone on the same files.\n\n"
      "| | PDFs/s |\n|---|---:|\n| `aktenlotse-extract` | {:.1f} |\n| `pdftotext` | {:.1f} |\n| ratio | {:.2f} |\n",
      files.size(), processes, rounds, count / a, count / b, b / a);
}

}  // namespace bench
