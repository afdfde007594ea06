#pragma once
// The HTTP/1.1 listener: a few threads for the sockets, a pool of workers for the handlers.
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

#include "http/routes.h"

namespace http {

struct Options {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0 = any free one; ask Server::port().
  unsigned ioThreads = 1;
  unsigned workers = 8;
  std::size_t maxHeader = 16 * 1024;                    ///< Bytes.
  std::uint64_t maxBody = 1024 * 1024;                  ///< Bytes, of a body that is read whole (JSON).
  std::uint64_t maxUpload = 2ull * 1024 * 1024 * 1024;  ///< Bytes.
  std::chrono::milliseconds headerTimeout{15'000};      ///< From a request's first byte to the end of its header.
  std::chrono::milliseconds bodyTimeout{30'000};        ///< Without a byte moving, in a body either way.
  std::chrono::milliseconds idleTimeout{600'000};       ///< Between requests.
  std::chrono::milliseconds heartbeat{20'000};          ///< Between signs of life on a stream of events.
  std::chrono::milliseconds stopTimeout{30'000};        ///< For running requests after stop().
  std::size_t maxConnections = 20'000;
  std::size_t maxQueued = 2'000;  ///< Requests that wait for a worker; more are answered with 503.
  bool tls = false;               ///< A server with TLS stands before this one: browsers are told to insist on it.
};

/// One answered request, for logs and metrics. No field carries personal data except, perhaps, `failure`.
struct Observation {
  std::string_view method;
  std::string_view pattern;  ///< Of the route; "" for what has none.
  unsigned status = 0;
  std::int64_t micros = 0;               ///< From the end of the header to the last byte of the answer.
  std::uint64_t received = 0, sent = 0;  ///< Bytes of bodies.
  bool cut = false;                      ///< The client went away before it had the whole answer.
  std::string_view failure{};            ///< what() of an exception that made a 500.
};

/// Called on the socket threads, so it must be quick, safe to call at the same time, and never throw.
using Observer = std::function<void(const Observation&)>;
/// Answers, on a worker, what no route answers: static files, later WebDAV.
using Fallback = std::function<Response(const Request&)>;

class Server {
 public:
  /// Binds and listens, so that port() is known. Throws base::Failure if the address is not to be had.
  /// `routes` must outlive the server.
  Server(Options options, const Routes& routes, Fallback fallback, Observer observer);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  [[nodiscard]] std::uint16_t port() const;
  /// Open connections at this moment.
  [[nodiscard]] std::size_t connections() const;
  /// Serves until stop(). Call once.
  void run();
  /// Takes no more connections, lets running requests finish, then run() returns. From any thread, any number of times.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace http
