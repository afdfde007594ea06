// Connections that say nothing: what they cost in memory, and whether the others still are answered at once.
#include <fmt/format.h>
#include <sys/resource.h>

#include <fstream>
#include <iostream>
#include <stdexcept>

#include "bench.h"

namespace bench {
namespace {

/// Memory of a process in bytes.
std::int64_t residentOf(const std::string& pid) {
  std::ifstream status("/proc/" + pid + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::stoll(line.substr(6)) * 1024;
  throw std::runtime_error("no process " + pid);
}

std::vector<double> askMany(std::string_view port) {
  Client client(port);
  std::vector<double> times;
  for (int i = 0; i < 2000; ++i) {
    const auto start = Clock::now();
    if (client.request("GET", "/api/health").status != 200) throw std::runtime_error("the server is not well");
    times.push_back(since(start) * 1000);
  }
  return times;
}

}  // namespace

void idle(Arguments arguments) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  const auto count = std::stoul(arguments[2]);
  auto before = askMany(arguments[0]);
  const auto memoryBefore = residentOf(arguments[1]);
  std::vector<Client> clients;
  for (std::size_t i = 0; i < count; ++i) {
    clients.emplace_back(arguments[0]);
    if (clients.back().request("GET", "/api/health").status != 200) throw std::runtime_error("the server is not well");
  }
  const auto memory = residentOf(arguments[1]);
  auto after = askMany(arguments[0]);
  for (auto& client : clients)
    if (client.request("GET", "/api/health").status != 200) throw std::runtime_error("a connection was lost");
  std::cout << fmt::format(
      "\n| | before | {} idle connections |\n|---|---:|---:|\n| memory of the server, MiB | {:.1f} | {:.1f} |\n", count,
      static_cast<double>(memoryBefore) / 1048576, static_cast<double>(memory) / 1048576);
  std::cout << fmt::format("| `GET /api/health` p50, ms | {:.3f} | {:.3f} |\n| p99, ms | {:.3f} | {:.3f} |\n",
                           percentile(before, 0.5), percentile(after, 0.5), percentile(before, 0.99),
                           percentile(after, 0.99));
  std::cout << fmt::format("\n**{:.1f} KiB a connection.** All {} were answered afterwards.\n",
                           static_cast<double>(memory - memoryBefore) / 1024 / static_cast<double>(count), count);
}

}  // namespace bench
