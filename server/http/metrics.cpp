#include "http/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace http {

void Metrics::count(const Observation& observation) {
  const auto bucket = std::lower_bound(buckets.begin(), buckets.end(), observation.micros) - buckets.begin();
  // Methods of the client's own making would grow the table without end.
  const bool known = !observation.pattern.empty();
  auto rows = rows_.lock();
  auto& row = (*rows)[{known ? std::string(observation.method) : "", std::string(observation.pattern)}];
  ++row.perBucket.at(static_cast<std::size_t>(bucket));
  row.micros += static_cast<std::uint64_t>(observation.micros);
  ++row.count;
  row.received += observation.received;
  row.sent += observation.sent;
  ++row.perStatus[observation.status];
}

std::string Metrics::text(std::size_t connections) {
  const auto copy = [this] {
    auto rows = rows_.lock();
    return *rows;
  }();
  fmt::memory_buffer buffer;
  auto out = std::back_inserter(buffer);
  fmt::format_to(out,
                 "# HELP aktenlotse_http_connections Open connections.\n# TYPE aktenlotse_http_connections gauge\n"
                 "aktenlotse_http_connections {}\n",
                 connections);
  fmt::format_to(
      out, "# HELP aktenlotse_http_requests_total Answered requests.\n# TYPE aktenlotse_http_requests_total counter\n");
  for (const auto& [key, row] : copy)
    for (const auto& [status, count] : row.perStatus)
      fmt::format_to(out, "aktenlotse_http_requests_total{{method=\"{}\",route=\"{}\",status=\"{}\"}} {}\n", key.first,
                     key.second, status, count);
  fmt::format_to(
      out,
      "# HELP aktenlotse_http_body_bytes_total Bytes of bodies.\n# TYPE aktenlotse_http_body_bytes_total counter\n");
  for (const auto& [key, row] : copy)
    fmt::format_to(out,
                   "aktenlotse_http_body_bytes_total{{method=\"{0}\",route=\"{1}\",direction=\"in\"}} {2}\n"
                   "aktenlotse_http_body_bytes_total{{method=\"{0}\",route=\"{1}\",direction=\"out\"}} {3}\n",
                   key.first, key.second, row.received, row.sent);
  fmt::format_to(
      out,
      "# HELP aktenlotse_http_request_seconds Time to answer.\n# TYPE aktenlotse_http_request_seconds histogram\n");
  for (const auto& [key, row] : copy) {
    const auto labels = fmt::format("method=\"{}\",route=\"{}\"", key.first, key.second);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < buckets.size(); ++i) {
      sum += row.perBucket.at(i);
      fmt::format_to(out, "aktenlotse_http_request_seconds_bucket{{{},le=\"{:g}\"}} {}\n", labels,
                     static_cast<double>(buckets.at(i)) / 1e6, sum);
    }
    fmt::format_to(
        out,
        "aktenlotse_http_request_seconds_bucket{{{0},le=\"+Inf\"}} {1}\n"
        "aktenlotse_http_request_seconds_sum{{{0}}} {2:.6f}\naktenlotse_http_request_seconds_count{{{0}}} {1}\n",
        labels, row.count, static_cast<double>(row.micros) / 1e6);
  }
  return fmt::to_string(buffer);
}

}  // namespace http
