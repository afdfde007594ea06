#pragma once
// What all connections share, and the work that is done for them on the workers.
#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "http/server.h"

namespace http {

/// What broke: the reason for the log, and what the client is told.
struct Breakage {
  std::string reason{};
  base::Code code = base::Code::Intern;
};

/// The answer to a request, and the reason if something broke.
struct Outcome {
  Response response{};
  std::string failure{};
};

/// A request that is being uploaded, or the refusal.
struct Opened {
  std::unique_ptr<detail::Upload> upload{};
  Outcome refusal{};
};

class Service {
 public:
  Service(Options options, const Routes& routes, Fallback fallback, Observer observer);

  /// Runs `f` on a worker and comes back to this thread. `f` must not throw.
  template <class F>
  boost::asio::awaitable<std::invoke_result_t<F&>> onWorker(F f);
  [[nodiscard]] bool overloaded() const { return queued_.load(std::memory_order_relaxed) >= options.maxQueued; }

  // On a worker; none of them throws.
  [[nodiscard]] Outcome answer(const Route* route, const Request& request) const;
  [[nodiscard]] Opened open(const Route& route, const Request& request) const;
  /// Nothing, or why the sink failed.
  [[nodiscard]] static std::optional<Breakage> write(detail::Upload& upload, std::string_view piece);
  /// Ends the upload and destroys the sink.
  [[nodiscard]] Outcome finish(std::unique_ptr<detail::Upload>& upload, const Request& request) const;

  /// Waits for the workers; nothing may be posted any more.
  void join() { pool_.join(); }

  const Options options;
  const Routes& routes;
  const Observer observer;
  std::atomic<bool> stopping = false;
  std::atomic<std::size_t> connections = 0;

 private:
  const Fallback fallback_;
  std::atomic<std::size_t> queued_ = 0;
  boost::asio::thread_pool pool_;
};

template <class F>
boost::asio::awaitable<std::invoke_result_t<F&>> Service::onWorker(F f) {
  namespace asio = boost::asio;
  std::optional<std::invoke_result_t<F&>> result;
  auto executor = co_await asio::this_coro::executor;
  auto initiate = [&](auto handler) {
    queued_.fetch_add(1, std::memory_order_relaxed);
    asio::post(pool_, [&, back = std::move(handler)]() mutable {
      queued_.fetch_sub(1, std::memory_order_relaxed);
      result.emplace(f());
      asio::post(executor, std::move(back));
    });
  };
  co_await asio::async_initiate<const asio::use_awaitable_t<>, void()>(initiate, asio::use_awaitable);
  co_return std::move(*result);
}

}  // namespace http
