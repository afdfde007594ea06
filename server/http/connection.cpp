#include "connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>

#include "response_text.h"
#include "verb.h"

namespace http {
namespace {

namespace asio = boost::asio;
using base::Code;
using boost::system::error_code;
using State = RequestReader::State;

constexpr std::size_t headerPiece = 4 * 1024, bodyPiece = 16 * 1024;
constexpr std::size_t uploadPiece = 128 * 1024, downloadPiece = 256 * 1024;
constexpr std::chrono::milliseconds lingerTime{5'000};

Outcome refused(const Request& request, const base::Error& error, unsigned status = 0) {
  Outcome outcome{problem(error, request.english(), status)};
  complete(request, outcome.response);
  return outcome;
}

std::string_view bytesOf(const boost::beast::flat_buffer& buffer) {
  return {static_cast<const char*>(buffer.cdata().data()), buffer.size()};
}

std::string allowedVerbs(const std::vector<Verb>& verbs) {
  std::string out;
  for (const auto verb : verbs) {
    if (!out.empty()) out += ", ";
    out += verbName(verb);
    if (verb == Verb::get) out += ", HEAD";
  }
  return out;
}

}  // namespace

Connection::Connection(asio::ip::tcp::socket socket, Service& service, Registry& registry)
    : socket_(std::move(socket)), service_(service), registry_(registry) {
  ++service_.connections;
}

Connection::~Connection() { --service_.connections; }

void Connection::sweep(Clock::time_point now) {
  if (deadline_ > now) return;
  if (resting_)
    wake();
  else
    expire();
}

void Connection::endIdle() {
  if (idle_ || resting_) expire();
}

void Connection::wake() {
  error_code ignored;
  if (resting_) socket_.cancel(ignored);
}

void Connection::expire() {
  expired_ = true;
  error_code ignored;
  socket_.cancel(ignored);
}

asio::awaitable<void> Connection::run() {
  registry_.insert(this);
  error_code failure;
  socket_.non_blocking(true, failure);
  socket_.set_option(asio::ip::tcp::no_delay(true), failure);
  if (const auto peer = socket_.remote_endpoint(failure); !failure) remote_ = peer.address().to_string();
  Buffer in;
  try {
    while (!failure && !service_.stopping) {
      if (in.size() == 0) {
        in = Buffer();
        idle_ = true;
        allow(service_.options.idleTimeout);
        const bool goOn = co_await ready(asio::ip::tcp::socket::wait_read);
        idle_ = false;
        if (!goOn) break;
      }
      const bool goOn = co_await exchange(in);
      if (!goOn) break;
    }
  } catch (const std::exception& thrown) {
    if (service_.observer) service_.observer({.method = "", .pattern = "", .status = 500, .failure = thrown.what()});
  }
  registry_.erase(this);
  socket_.close(failure);
}

asio::awaitable<bool> Connection::exchange(Buffer& in) {
  RequestReader reader(service_.options.maxHeader);
  allow(service_.options.headerTimeout);
  co_await advance(reader, in, State::header, headerPiece, 0);
  if (cut_ && !(expired_ && reader.state() == State::header)) co_return false;
  const auto start = Clock::now();
  auto& request = reader.request();
  request.remote = remote_;
  std::string_view pattern;
  Outcome outcome = co_await decide(reader, in, pattern);
  if (cut_ && !expired_) co_return false;
  auto* events = std::get_if<std::shared_ptr<EventStream>>(&outcome.response.body);
  const bool keepAlive = reader.keepAlive() && !expired_ && !service_.stopping && events == nullptr;
  // A client that was given up while it should send may still be able to receive.
  expired_ = false;
  const bool head = request.method == "HEAD";
  const auto sent = head ? 0 : outcome.response.size();
  const bool done = co_await respond(outcome, head, keepAlive);
  if (service_.observer) {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start).count();
    service_.observer(
        {request.method, pattern, outcome.response.status, micros, reader.received(), sent, !done, outcome.failure});
  }
  if (events != nullptr && done && !head && in.size() == 0) {
    in = Buffer();
    co_await follow(**events);
    co_return false;
  }
  const bool unread = reader.state() != State::done || in.size() != 0;
  if (done && !keepAlive && unread) co_await linger(in);
  co_return done&& keepAlive;
}

asio::awaitable<Outcome> Connection::decide(RequestReader& reader, Buffer& in, std::string_view& pattern) {
  auto& request = reader.request();
  if (reader.state() == State::header) co_return refused(request, Code::Zeitueberschreitung);
  if (reader.state() == State::bad) co_return refused(request, reader.error(), reader.errorStatus());
  auto match = service_.routes.find(request.verb, reader.rawPath());
  if (match.route == nullptr && !match.allowed.empty()) {
    auto outcome = refused(request, Code::VerbNichtErlaubt);
    outcome.response.set("Allow", allowedVerbs(match.allowed));
    co_return outcome;
  }
  if (match.route == nullptr && (request.path == "/api" || request.path.starts_with("/api/")))
    co_return refused(request, Code::NichtGefunden);
  if (service_.overloaded()) co_return refused(request, Code::Ueberlastet);
  if (match.route != nullptr) pattern = match.route->pattern;
  request.parameters = std::move(match.parameters);
  const auto& options = service_.options;
  const bool uploads = match.route != nullptr && match.route->open;
  const auto limit = match.route != nullptr && match.route->info.maxBody != 0 ? match.route->info.maxBody
                     : uploads                                                ? options.maxUpload
                                                                              : options.maxBody;
  reader.limitBody(limit);
  if (reader.state() == State::bad) co_return refused(request, reader.error(), reader.errorStatus());
  if (uploads) co_return co_await upload(*match.route, reader, in);
  co_return co_await plain(match.route, reader, in);
}

asio::awaitable<Outcome> Connection::plain(const Route* route, RequestReader& reader, Buffer& in) {
  const auto& request = reader.request();
  if (reader.state() == State::body) {
    co_await invite(reader, in);
    co_await advance(reader, in, State::body, bodyPiece, 0);
    if (reader.state() == State::bad) co_return refused(request, reader.error(), reader.errorStatus());
    if (reader.state() == State::body) co_return refused(request, Code::Zeitueberschreitung);
  }
  allowAnyTime();
  auto job = [this, route, &request] { return service_.answer(route, request); };
  co_return co_await service_.onWorker(job);
}

asio::awaitable<Outcome> Connection::upload(const Route& route, RequestReader& reader, Buffer& in) {
  const auto& request = reader.request();
  allowAnyTime();
  auto open = [this, &route, &request] { return service_.open(route, request); };
  Opened opened = co_await service_.onWorker(open);
  if (!opened.upload) co_return std::move(opened.refusal);
  auto broken = co_await pump(*opened.upload, reader, in);
  if (reader.state() == State::done && !broken) {
    auto finish = [this, &opened, &request] { return service_.finish(opened.upload, request); };
    co_return co_await service_.onWorker(finish);
  }
  // Taking back what the sink has written may block, so it is a worker's business too.
  auto discard = [&opened] { return opened.upload.reset(), true; };
  co_await service_.onWorker(discard);
  if (reader.state() == State::bad) co_return refused(request, reader.error(), reader.errorStatus());
  if (!broken) co_return refused(request, Code::Zeitueberschreitung);
  auto outcome = refused(request, broken->code);
  outcome.failure = std::move(broken->reason);
  co_return outcome;
}

asio::awaitable<std::optional<Breakage>> Connection::pump(detail::Upload& upload, RequestReader& reader, Buffer& in) {
  std::optional<Breakage> broken;
  co_await invite(reader, in);
  auto& piece = reader.request().body;
  while (!cut_ && !broken && reader.state() == State::body) {
    co_await advance(reader, in, State::body, uploadPiece, uploadPiece);
    if (piece.empty() || cut_ || reader.state() == State::bad) continue;
    allowAnyTime();
    auto write = [&] { return Service::write(upload, piece); };
    broken = co_await service_.onWorker(write);
    piece.clear();
  }
  co_return broken;
}

asio::awaitable<void> Connection::advance(RequestReader& reader, Buffer& in, State state, std::size_t piece,
                                          std::size_t enough) {
  for (;;) {
    const auto used = reader.put(bytesOf(in));
    in.consume(used);
    if (reader.state() != state) co_return;
    if (enough != 0 && reader.request().body.size() >= enough) co_return;
    if (state == State::body) allow(service_.options.bodyTimeout);
    const bool more = co_await fill(in, piece);
    if (!more) co_return;
  }
}

asio::awaitable<void> Connection::invite(RequestReader& reader, const Buffer& in) {
  if (!reader.expectsContinue() || reader.state() != State::body || in.size() != 0) co_return;
  co_await send("HTTP/1.1 100 Continue\r\n\r\n", {});
}

asio::awaitable<bool> Connection::fill(Buffer& in, std::size_t bytes) {
  for (;;) {
    error_code failure;
    const auto space = in.prepare(bytes);
    const auto got = socket_.read_some(space, failure);
    in.commit(got);
    if (!failure) co_return true;
    const bool wait = failure == asio::error::would_block || failure == asio::error::try_again;
    const bool goOn = wait && co_await ready(asio::ip::tcp::socket::wait_read);
    if (goOn) continue;
    cut_ = true;
    co_return false;
  }
}

asio::awaitable<bool> Connection::ready(asio::ip::tcp::socket::wait_type what) {
  if (expired_) co_return false;
  error_code failure;
  co_await socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, failure));
  co_return !failure && !expired_;
}

asio::awaitable<bool> Connection::respond(Outcome& outcome, bool head, bool keepAlive) {
  auto& response = outcome.response;
  const auto start = responseHead(response, keepAlive, service_.options.tls);
  allow(service_.options.bodyTimeout);
  if (auto* file = std::get_if<FileSlice>(&response.body); file != nullptr && !head) {
    const bool begun = co_await send(start, {});
    const bool done = begun && co_await sendFile(*file, outcome.failure);
    co_return done;
  }
  std::string_view body;
  if (const auto* own = std::get_if<std::string>(&response.body)) body = *own;
  if (const auto* lasting = std::get_if<std::string_view>(&response.body)) body = *lasting;
  const bool bodyless = head || response.status == 204 || response.status == 304;
  const bool done = co_await send(start, bodyless ? std::string_view() : body);
  co_return done;
}

asio::awaitable<bool> Connection::sendFile(FileSlice& file, std::string& failure) {
  std::string piece;
  while (file.size() > 0) {
    auto read = [&] {
      try {
        file.readNext(piece, downloadPiece);
      } catch (const std::exception& thrown) {
        failure = thrown.what();
      }
      return failure.empty();
    };
    allowAnyTime();
    const bool got = co_await service_.onWorker(read);
    if (!got) co_return false;
    const bool sent = co_await send(piece, {});
    if (!sent) co_return false;
  }
  co_return true;
}

asio::awaitable<bool> Connection::send(std::string_view first, std::string_view second) {
  while (!first.empty() || !second.empty()) {
    const std::array<asio::const_buffer, 2> parts{asio::buffer(first), asio::buffer(second)};
    error_code failure;
    const auto sent = socket_.write_some(parts, failure);
    const auto ofFirst = std::min(sent, first.size());
    first.remove_prefix(ofFirst);
    second.remove_prefix(sent - ofFirst);
    if (!failure) continue;
    allow(service_.options.bodyTimeout);
    const bool wait = failure == asio::error::would_block || failure == asio::error::try_again;
    const bool goOn = wait && co_await ready(asio::ip::tcp::socket::wait_write);
    if (goOn) continue;
    cut_ = true;
    co_return false;
  }
  co_return true;
}

asio::awaitable<void> Connection::follow(EventStream& stream) {
  // A wake may be on its way when this connection has gone.
  const auto me = std::make_shared<Connection*>(this);
  const auto wakeWith = [&](std::function<void()> f) {
    auto state = stream.state_.lock();
    state->wake = std::move(f);
  };
  wakeWith([me, executor = socket_.get_executor()] {
    asio::post(executor, [me] {
      if (*me != nullptr) (*me)->wake();
    });
  });
  std::string text = "retry: 2000\n\n";
  for (bool ended = false; !ended && !service_.stopping;) {
    if (!text.empty()) {
      const bool sent = co_await send(text, {});
      if (!sent) break;
      text.clear();
    }
    const auto take = [&] {
      auto state = stream.state_.lock();
      for (const auto& event : state->waiting) text += "event: " + event + "\ndata: neu\n\n";
      state->waiting.clear();
      ended = state->ended;
    };
    take();
    if (!text.empty() || ended) continue;
    resting_ = true;
    allow(service_.options.heartbeat);
    error_code failure;
    co_await socket_.async_wait(asio::ip::tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, failure));
    resting_ = false;
    // A client has nothing more to say: when there is something to read, it goes.
    if (!failure || expired_) break;
    take();
    // One that was woken by what it had taken already has nothing to say before its time.
    if (text.empty() && !ended && deadline_ <= Clock::now()) text = ":\n\n";
  }
  *me = nullptr;
  wakeWith(nullptr);
}

asio::awaitable<void> Connection::linger(Buffer& in) {
  error_code failure;
  socket_.shutdown(asio::ip::tcp::socket::shutdown_send, failure);
  allow(std::min(lingerTime, service_.options.bodyTimeout));
  for (bool more = !failure; more;) {
    in.consume(in.size());
    more = co_await fill(in, bodyPiece);
  }
}

}  // namespace http
