// Text recognition as the server does it: one sandboxed child for each file, so many at once.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "bench.h"
#include "extract/bilder.h"

namespace bench {

void ocr(Arguments arguments) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(arguments[1])) files.push_back(entry.path());
  std::ranges::sort(files);
  const extract::Bilder bilder({.program = arguments[0]});
  std::atomic<std::size_t> next = 0, pages = 0, words = 0;
  const auto begin = std::chrono::steady_clock::now();
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < std::stoi(arguments[2]); ++i)
      threads.emplace_back([&] {
        for (std::size_t at = next++; at < files.size(); at = next++) {
          const int fd = ::open(files[at].c_str(), O_RDONLY | O_CLOEXEC);
          const auto folge = bilder.open(fd);
          ::close(fd);
          if (!folge) continue;
          for (std::uint32_t nr = 1; nr <= (*folge)->seiten(); ++nr)
            if (const auto seite = (*folge)->lesen(nr)) ++pages, words += seite->worte.size();
        }
      });
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  std::cout << pages << ' ' << seconds.count() << ' ' << words << '\n';
}

}  // namespace bench
