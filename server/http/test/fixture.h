#pragma once
// A small town's worth of routes on a free port.
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <optional>
#include <thread>

#include "base/guarded.h"
#include "client.h"
#include "http/range.h"
#include "http/server.h"
#include "http/static_files.h"

namespace test {

enum class Farbe { rot, blau };
BOOST_DESCRIBE_ENUM(Farbe, rot, blau)

struct Ding {
  base::Line<20> name{};
  std::optional<Farbe> farbe{};
  std::optional<std::int64_t> zahl{};
};
BOOST_DESCRIBE_STRUCT(Ding, (), (name, farbe, zahl))

struct Suche {
  std::optional<base::Line<30>> q{};
  std::optional<int> limit{};
  std::optional<bool> alle{};
  std::optional<base::Uuid> akte{};
  std::optional<std::vector<Farbe>> farben{};
};
BOOST_DESCRIBE_STRUCT(Suche, (), (q, limit, alle, akte, farben))

struct Antwort {
  std::string text{};
};
BOOST_DESCRIBE_STRUCT(Antwort, (), (text))

/// Something a handler waits for, so that tests need no clock.
class Door {
 public:
  void open() {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }
  void pass() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }
  /// Returns once so many have come to the door.
  void awaitVisitors(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return waiting_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
  int waiting_ = 0;
};

struct Seen {
  std::string method, pattern, failure;
  unsigned status = 0;
  std::uint64_t received = 0, sent = 0;
  bool cut = false;
};

struct Sink;

/// What the sinks of a server have lived through.
struct SinkStory {
  std::mutex mutex;
  std::condition_variable changed;
  std::string bytes;
  std::size_t pieces = 0, largest = 0, opened = 0, destroyed = 0, finished = 0;
  bool broken = false;
};

struct Sink : http::UploadSink {
  explicit Sink(SinkStory& theStory) : story(theStory) {
    const std::lock_guard lock(story.mutex);
    ++story.opened;
    story.changed.notify_all();
  }
  ~Sink() override {
    const std::lock_guard lock(story.mutex);
    ++story.destroyed;
    story.changed.notify_all();
  }
  void write(std::string_view piece) override {
    const std::lock_guard lock(story.mutex);
    if (story.broken) throw base::Failure("disk full");
    story.bytes += piece;
    ++story.pieces;
    story.largest = std::max(story.largest, piece.size());
    story.changed.notify_all();
  }
  SinkStory& story;
};

class HttpTest : public testing::Test {
 protected:
  HttpTest() { addRoutes(); }
  ~HttpTest() override { stop(); }

  void start(http::Options options = {}) {
    server_.emplace(std::move(options), routes_, fallback_, [this](const http::Observation& o) {
      auto seen = seen_.lock();
      seen->push_back(
          {std::string(o.method), std::string(o.pattern), std::string(o.failure), o.status, o.received, o.sent, o.cut});
      ++observed_;
      observed_.notify_all();
    });
    thread_ = std::jthread([this] { server_->run(); });
  }
  void stop() {
    if (!server_) return;
    door_.open();
    server_->stop();
    if (thread_.joinable()) thread_.join();
    server_.reset();
  }
  [[nodiscard]] Client connect() const { return Client(server_->port()); }
  /// Stops the server first, so that the last observation has been made.
  std::vector<Seen> seenAtEnd() {
    stop();
    auto seen = seen_.lock();
    return *seen;
  }

  void addRoutes();
  void addThingRoutes();
  void addFileRoutes();

  http::Routes routes_{};
  http::Fallback fallback_ = http::StaticFiles({});
  Door door_{};
  SinkStory story_{};
  std::string file_{};
  std::atomic<int> handled_ = 0;
  std::atomic<int> observed_ = 0;
  base::Guarded<std::vector<Seen>> seen_{};
  std::optional<http::Server> server_{};
  std::jthread thread_{};
};

}  // namespace test
