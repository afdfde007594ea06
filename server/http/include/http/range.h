#pragma once
// Conditional and partial GET: RFC 9110, sections 13 and 14, with one range per request.
#include "http/message.h"

namespace http {

struct ByteRange {
  std::uint64_t begin = 0, end = 0;  ///< End is exclusive.
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

enum class RangeKind : std::uint8_t { whole, part, unsatisfiable };

struct RangeAnswer {
  RangeKind kind = RangeKind::whole;
  ByteRange range{};
};

/// Reads a Range field for a body of `size` bytes. What is not understood, and several ranges, mean the whole.
[[nodiscard]] RangeAnswer parseRange(std::string_view field, std::uint64_t size);

/// True if the tag, with its quotes, is in the list of If-Match or If-None-Match (weak comparison).
[[nodiscard]] bool matchesTag(std::string_view list, std::string_view etag);

/// Answers a GET for a file: 200, 206, 304 or 416. `etag` without quotes.
[[nodiscard]] base::Result<Response> fileResponse(const Request& request, FileSlice whole, std::string_view etag,
                                                  std::string_view contentType);

}  // namespace http
