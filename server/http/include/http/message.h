#pragma once
// A request as handlers see it, and what they answer.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/guarded.h"
#include "base/result.h"

namespace http {

enum class Verb : std::uint8_t { get, post, put, patch, del, other };

using Fields = std::vector<std::pair<std::string, std::string>>;

/// The value of a field, whose name is compared without regard to case.
[[nodiscard]] std::optional<std::string_view> find(const Fields& fields, std::string_view name);

/// One request, read-only to handlers. HEAD comes as Verb::get; `method` has the word as it was sent.
struct Request {
  Verb verb = Verb::get;
  std::string method = "GET";
  std::string path{};         ///< Decoded UTF-8, without the query.
  std::string target{};       ///< Path and query as they were sent.
  std::string queryString{};  ///< As it was sent, without the question mark.
  Fields queryFields{};       ///< Decoded, in the order sent.
  Fields parameters{};        ///< From the pattern of the route: {id}.
  Fields headers{};
  std::string body{};  ///< Empty for uploads, whose bytes go to the sink.
  std::string remote{};

  /// Empty if the route has no such parameter.
  [[nodiscard]] std::string_view parameter(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> query(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
  /// Accept-Language prefers en over de.
  [[nodiscard]] bool english() const;
  [[nodiscard]] bool accepts(std::string_view coding) const;
};

/// Bytes `begin` to `end` (exclusive) of something that is read piece by piece while it is sent, never whole in memory.
class FileSlice {
 public:
  /// Gives exactly the bytes asked for; throws base::Failure where they are not there. Called by workers.
  using Reader = std::function<std::string(std::uint64_t offset, std::size_t length)>;
  FileSlice(Reader reader, std::uint64_t begin, std::uint64_t end)
      : reader_(std::move(reader)), begin_(begin), end_(end) {}

  [[nodiscard]] std::uint64_t size() const { return end_ - begin_; }
  /// The part from `begin` to `end`, counted from the slice's beginning; both must lie within it.
  [[nodiscard]] FileSlice part(std::uint64_t begin, std::uint64_t end) &&;
  /// Reads at most `bytes` from the beginning and moves the beginning on.
  void readNext(std::string& into, std::size_t bytes);

 private:
  Reader reader_;
  std::uint64_t begin_, end_;
};

/// Server-sent events: names of what happened, without any content. A name waits once, however often it is sent, so a
/// slow reader costs nothing; between events a stream holds neither thread nor buffer. All may be called from any
/// thread.
class EventStream {
 public:
  void send(std::string_view event);
  /// The client is to go; it will ask again, and then be told why not.
  void end();

 private:
  friend class Connection;
  struct State {
    std::vector<std::string> waiting{};
    bool ended = false;
    std::function<void()> wake{};
  };
  void change(const std::function<void(State&)>& f);
  base::Guarded<State> state_{};
};

/// What goes back. A std::string_view body must live as long as the program (embedded files).
struct Response {
  unsigned status = 200;
  Fields headers{};
  std::variant<std::string, FileSlice, std::string_view, std::shared_ptr<EventStream>> body{};

  /// Sets a field, replacing one of the same name.
  void set(std::string_view name, std::string value);
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  [[nodiscard]] std::uint64_t size() const;
};

[[nodiscard]] Response text(unsigned status, std::string_view type, std::string body);

/// An open stream of events.
[[nodiscard]] Response events(std::shared_ptr<EventStream> stream);

/// RFC 9457: {type, title, status, code, detail?, hinweis, feld?} as application/problem+json. `status` 0 means the
/// catalogue's; the listener gives others for errors of the protocol itself.
[[nodiscard]] Response problem(const base::Error& error, bool english, unsigned status = 0);

}  // namespace http
