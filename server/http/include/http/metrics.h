#pragma once
// Counts requests, for Prometheus (text format 0.0.4).
#include <array>
#include <map>
#include <tuple>

#include "base/guarded.h"
#include "http/server.h"

namespace http {

class Metrics {
 public:
  /// Safe to call from several threads.
  void count(const Observation& observation);
  /// `connections`: Server::connections().
  [[nodiscard]] std::string text(std::size_t connections);

  /// Upper ends of the latency buckets in microseconds.
  static constexpr std::array<std::int64_t, 12> buckets{500,    1'000,   2'500,   5'000,   10'000,    25'000,
                                                        50'000, 100'000, 250'000, 500'000, 1'000'000, 5'000'000};

 private:
  struct Row {
    std::array<std::uint64_t, buckets.size() + 1> perBucket{};
    std::uint64_t micros = 0, count = 0, received = 0, sent = 0;
    std::map<unsigned, std::uint64_t> perStatus{};
  };
  base::Guarded<std::map<std::pair<std::string, std::string>, Row>> rows_{};
};

}  // namespace http
