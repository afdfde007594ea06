#pragma once
// Bytes to one request, strictly: what two readers could understand differently is refused.
#include <memory>
#include <optional>

#include "http/message.h"

namespace http {

class RequestReader {
 public:
  enum class State : std::uint8_t { header, body, done, bad };

  explicit RequestReader(std::size_t maxHeader);
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;
  ~RequestReader();

  /// Takes what it can use from the beginning of `bytes` and returns how many; the rest must be offered again with more
  /// behind it. Stops at the end of the header, so that the caller can decide about the body.
  std::size_t put(std::string_view bytes);
  [[nodiscard]] State state() const;

  /// Complete once the state has left `header`. Bytes of the body are appended to `request().body`.
  [[nodiscard]] Request& request();
  [[nodiscard]] std::string_view rawPath() const;
  [[nodiscard]] bool keepAlive() const;
  [[nodiscard]] bool expectsContinue() const;
  /// Bytes of the body so far.
  [[nodiscard]] std::uint64_t received() const;

  /// Call between header and body. Makes the state bad if the length announced is more.
  void limitBody(std::uint64_t bytes);

  /// Why the state is bad.
  [[nodiscard]] const base::Error& error() const;
  [[nodiscard]] unsigned errorStatus() const;

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace http
