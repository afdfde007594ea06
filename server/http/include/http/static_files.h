#pragma once
// The web UI, embedded in the binary by cmake/embed.cmake.
#include <map>
#include <span>

#include "http/message.h"

namespace http {

struct Asset {
  std::string_view path;  ///< "/index.html"
  std::string_view bytes;
  std::string_view gzip;  ///< Empty where packing does not pay.
  std::string_view mime;
  std::string_view etag;   ///< Without quotes.
  bool immutable = false;  ///< Its name changes with its content.
};

/// Serves a table of files: index.html for the client's own routes (no dot in the last segment, not under /api or
/// /oeffentlich), packed where the client takes it, 304 for what it has. Without an index.html it says that the UI was
/// not built.
class StaticFiles {
 public:
  explicit StaticFiles(std::span<const Asset> assets);
  [[nodiscard]] Response operator()(const Request& request) const;

 private:
  [[nodiscard]] Response serve(const Request& request, const Asset& asset) const;
  std::map<std::string_view, const Asset*> byPath_{};
};

}  // namespace http
