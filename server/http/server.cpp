#include "http/server.h"

#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <thread>

#include "connection.h"
#include "response_text.h"

namespace http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// One thread with its own connections, so that they need no locks.
struct Loop {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  asio::steady_timer timer{io};
  Connection::Registry connections{};
  Clock::time_point lastMoment = Clock::time_point::max();
};

void raiseFileLimit(std::size_t connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  constexpr rlim_t others = 1'000;
  limit.rlim_cur = std::max(limit.rlim_cur, std::min<rlim_t>(limit.rlim_max, connections + others));
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

class Server::Impl {
 public:
  Impl(Options options, const Routes& routes, Fallback fallback, Observer observer);

  void run();
  void stop();
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::size_t connections() const { return service_.connections; }

 private:
  void listen();
  asio::awaitable<void> accept();
  void begin(Loop& loop, tcp::socket socket);
  asio::awaitable<void> sweep(Loop& loop);
  static asio::awaitable<void> serve(std::unique_ptr<Connection> connection);

  Service service_;
  std::vector<std::unique_ptr<Loop>> loops_{};
  tcp::acceptor acceptor_;
  std::uint16_t port_ = 0;
};

Server::Impl::Impl(Options options, const Routes& routes, Fallback fallback, Observer observer)
    : service_(std::move(options), routes, std::move(fallback), std::move(observer)),
      loops_([this] {
        std::vector<std::unique_ptr<Loop>> loops;
        for (unsigned i = 0; i < std::max(1u, service_.options.ioThreads); ++i)
          loops.push_back(std::make_unique<Loop>());
        return loops;
      }()),
      acceptor_(loops_.front()->io) {
  raiseFileLimit(service_.options.maxConnections);
  listen();
}

void Server::Impl::listen() {
  try {
    const tcp::endpoint endpoint(asio::ip::make_address(service_.options.address), service_.options.port);
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    acceptor_.bind(endpoint);
    acceptor_.listen();
    port_ = acceptor_.local_endpoint().port();
  } catch (const std::exception& failure) {
    throw base::Failure("cannot listen on " + service_.options.address + ":" + std::to_string(service_.options.port) +
                        ": " + failure.what());
  }
}

asio::awaitable<void> Server::Impl::accept() {
  std::size_t next = 0;
  while (!service_.stopping) {
    auto& loop = *loops_[next++ % loops_.size()];
    tcp::socket socket(loop.io);
    error_code failure;
    co_await acceptor_.async_accept(socket, asio::redirect_error(asio::use_awaitable, failure));
    if (!failure) {
      begin(loop, std::move(socket));
    } else if (failure != asio::error::operation_aborted) {
      // Out of file descriptors: others will be given back soon.
      asio::steady_timer pause(acceptor_.get_executor(), std::chrono::milliseconds(50));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failure));
    }
  }
}

void Server::Impl::begin(Loop& loop, tcp::socket socket) {
  if (service_.connections >= service_.options.maxConnections) {
    error_code ignored;
    auto full = problem(base::Code::Ueberlastet, false);
    complete({}, full);
    const auto bytes = responseHead(full, false, service_.options.tls) + std::get<std::string>(full.body);
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(bytes), ignored);
    return;
  }
  asio::co_spawn(loop.io, serve(std::make_unique<Connection>(std::move(socket), service_, loop.connections)),
                 asio::detached);
}

asio::awaitable<void> Server::Impl::serve(std::unique_ptr<Connection> connection) { co_await connection->run(); }

/// Ends waits that last too long, and the loop itself once the server stops and the last connection has gone.
asio::awaitable<void> Server::Impl::sweep(Loop& loop) {
  using namespace std::chrono_literals;
  const auto& options = service_.options;
  const auto shortest = std::min(
      {options.headerTimeout, options.bodyTimeout, options.idleTimeout, options.stopTimeout, options.heartbeat});
  const auto pause = std::clamp<std::chrono::milliseconds>(shortest / 4, 5ms, 1'000ms);
  while (!service_.stopping || !loop.connections.empty()) {
    loop.timer.expires_after(service_.stopping ? std::min<std::chrono::milliseconds>(pause, 20ms) : pause);
    error_code woken;
    co_await loop.timer.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    const auto now = Clock::now();
    for (auto* connection : loop.connections) {
      if (service_.stopping) connection->endIdle();
      connection->sweep(now >= loop.lastMoment ? Clock::time_point::max() : now);
    }
  }
  loop.work.reset();
}

void Server::Impl::run() {
  asio::co_spawn(loops_.front()->io, accept(), asio::detached);
  std::vector<std::jthread> threads;
  for (auto& loop : loops_) {
    asio::co_spawn(loop->io, sweep(*loop), asio::detached);
    if (loop != loops_.front()) threads.emplace_back([&io = loop->io] { io.run(); });
  }
  loops_.front()->io.run();
  threads.clear();
  service_.join();
}

void Server::Impl::stop() {
  if (service_.stopping.exchange(true)) return;
  asio::post(loops_.front()->io, [this] {
    error_code ignored;
    acceptor_.close(ignored);
  });
  for (auto& loop : loops_)
    asio::post(loop->io, [this, &loop = *loop] {
      loop.lastMoment = Clock::now() + service_.options.stopTimeout;
      loop.timer.cancel();
    });
}

Server::Server(Options options, const Routes& routes, Fallback fallback, Observer observer)
    : impl_(std::make_unique<Impl>(std::move(options), routes, std::move(fallback), std::move(observer))) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return impl_->port(); }
std::size_t Server::connections() const { return impl_->connections(); }
void Server::run() { impl_->run(); }
void Server::stop() { impl_->stop(); }

}  // namespace http
