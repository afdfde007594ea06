#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <unordered_set>

#include "request_reader.h"
#include "service.h"

namespace http {

using Clock = std::chrono::steady_clock;

/// One client. Lives on one thread; only handlers run elsewhere. Between requests it holds neither buffer nor request.
/// Reads and writes are tried first, and only readiness is waited for, so that a wait holds no buffer.
class Connection {
 public:
  using Registry = std::unordered_set<Connection*>;

  Connection(boost::asio::ip::tcp::socket socket, Service& service, Registry& registry);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// Serves until the client or the server has had enough. The connection must live until then.
  boost::asio::awaitable<void> run();
  /// Ends what takes too long.
  void sweep(Clock::time_point now);
  /// Ends a connection that waits for its next request.
  void endIdle();
  /// Ends any wait for the client.
  void expire();

 private:
  using Buffer = boost::beast::flat_buffer;
  template <class T>
  using Task = boost::asio::awaitable<T>;

  /// One request and its answer; false = close.
  Task<bool> exchange(Buffer& in);
  Task<Outcome> decide(RequestReader& reader, Buffer& in, std::string_view& pattern);
  Task<Outcome> plain(const Route* route, RequestReader& reader, Buffer& in);
  Task<Outcome> upload(const Route& route, RequestReader& reader, Buffer& in);
  Task<std::optional<Breakage>> pump(detail::Upload& upload, RequestReader& reader, Buffer& in);
  /// Goes on reading until the reader has left `state` or, with `enough`, has so many bytes of body.
  Task<void> advance(RequestReader& reader, Buffer& in, RequestReader::State state, std::size_t piece,
                     std::size_t enough);
  Task<void> invite(RequestReader& reader, const Buffer& in);
  Task<bool> fill(Buffer& in, std::size_t bytes);
  Task<bool> ready(boost::asio::ip::tcp::socket::wait_type what);
  Task<bool> respond(Outcome& outcome, bool head, bool keepAlive);
  Task<bool> sendFile(FileSlice& file, std::string& failure);
  Task<bool> send(std::string_view first, std::string_view second);
  /// Sends events until the client goes, the stream ends, or the server stops.
  Task<void> follow(EventStream& stream);
  /// Ends a rest between events.
  void wake();
  /// Lets a client that is still sending see the answer before the connection is cut.
  Task<void> linger(Buffer& in);
  void allow(std::chrono::milliseconds time) { deadline_ = Clock::now() + time; }
  void allowAnyTime() { deadline_ = Clock::time_point::max(); }

  boost::asio::ip::tcp::socket socket_;
  Service& service_;
  Registry& registry_;
  std::string remote_{};
  Clock::time_point deadline_ = Clock::time_point::max();
  bool idle_ = false;
  bool resting_ = false;  ///< Between events.
  bool expired_ = false;
  bool cut_ = false;  ///< The client has gone, or was given up.
};

}  // namespace http
