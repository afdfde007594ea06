#pragma once
// The route table: one line says pattern, types, right and handler; parsing, checks, replies and OpenAPI follow from
// it.
#include <functional>
#include <map>
#include <memory>

#include "base/id.h"
#include "base/json.h"
#include "http/message.h"
#include "http/query.h"
#include "http/schema.h"

namespace http {

/// Takes the bytes of an upload, in order, on a worker thread. Throws base::Failure. Destroyed on a worker too; without
/// the route's handler having run if the connection was cut.
class UploadSink {
 public:
  UploadSink() = default;
  UploadSink(const UploadSink&) = delete;
  UploadSink& operator=(const UploadSink&) = delete;
  virtual ~UploadSink() = default;
  virtual void write(std::string_view piece) = 0;
};

struct RouteInfo {
  std::string_view id;           ///< operationId: akteAnlegen
  std::string_view tag;          ///< Group in the description.
  std::string_view summary;      ///< One line of English.
  std::string_view recht{};      ///< The right asked for; "" = any session. Shown as x-recht.
  bool create = false;           ///< Answers 201 and takes an Idempotency-Key.
  bool changesExisting = false;  ///< Needs If-Match.
  bool open = false;             ///< No session needed.
  bool signingIn = false;        ///< Part of signing in: answers a session that still lacks something.
  std::string_view produces{};   ///< Content type of a raw route.
  bool file = false;             ///< A raw route that answers with http::fileResponse: 206 and 304 too.
  std::uint64_t maxBody = 0;     ///< Bytes; 0 = the listener's limit.
};

/// What the listener and the gate found out about a request before the handler runs.
struct Context {
  std::shared_ptr<const void> session{};  ///< Whatever the gate returned.
  base::Uuid id{};                        ///< The {id} of the pattern.
  std::int64_t nr = 0;                    ///< The {nr} of the pattern, 1 or more.
  std::optional<std::int64_t> stand{};    ///< From If-Match; always there if the route changes something existing.
  std::optional<base::Uuid> key{};        ///< From Idempotency-Key, on creating routes.
};

template <class Body, class Query>
struct Call : Context {
  const Request& request;
  Body body{};
  Query query{};

  template <class T>
  [[nodiscard]] const T& sessionAs() const {
    return *static_cast<const T*>(session.get());
  }
};

/// `stand` becomes the ETag; `status` 0 means the route's own (200; 201 for create; 204 for None).
template <class Out>
struct Reply {
  Out value{};
  std::optional<std::int64_t> stand{};
  unsigned status = 0;
  Fields headers{};
};

namespace detail {

/// An upload under way: the sink and what to do when all bytes have come.
class Upload {
 public:
  Upload() = default;
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;
  virtual ~Upload() = default;
  virtual void write(std::string_view piece) = 0;
  [[nodiscard]] virtual base::Result<Response> finish() = 0;
};

template <class Sink, class C, class F>
class TypedUpload final : public Upload {
 public:
  TypedUpload(std::unique_ptr<Sink> sink, C call, const F& done)
      : sink_(std::move(sink)), call_(std::move(call)), done_(done) {}
  void write(std::string_view piece) override { sink_->write(piece); }
  base::Result<Response> finish() override { return done_(call_, *sink_); }

 private:
  std::unique_ptr<Sink> sink_;
  C call_;
  const F& done_;
};

using Handle = std::function<base::Result<Response>(const Request&, Context)>;
using Open = std::function<base::Result<std::unique_ptr<Upload>>(const Request&, Context)>;

/// What a route takes and gives, for the description.
struct Shape {
  boost::json::array query{};
  boost::json::value body{};   ///< A schema; null = none.
  boost::json::value reply{};  ///< A schema; null = none.
  bool upload = false;
};

[[nodiscard]] base::Result<boost::json::value> parseBody(const Request& request);
[[nodiscard]] Response jsonResponse(const RouteInfo& info, bool none, std::string json,
                                    std::optional<std::int64_t> stand, unsigned status, Fields headers);

template <class Out>
base::Result<Response> toResponse(const RouteInfo& info, base::Result<Reply<Out>> reply) {
  if (!reply) return tl::unexpected<base::Error>(std::move(reply.error()));
  constexpr bool none = std::is_same_v<Out, None>;
  std::string json;
  if constexpr (!none) base::appendJson(json, reply->value);
  return jsonResponse(info, none, std::move(json), reply->stand, reply->status, std::move(reply->headers));
}

template <class Body, class Query>
base::Result<Call<Body, Query>> makeCall(const Request& request, Context context) {
  Call<Body, Query> call{std::move(context), request};
  if constexpr (!std::is_same_v<Query, None>) {
    AKTENLOTSE_GET(query, readQuery<Query>(request.queryFields));
    call.query = std::move(query);
  } else {
    AKTENLOTSE_TRY(refuseQuery(request.queryFields));
  }
  if constexpr (!std::is_same_v<Body, None>) {
    AKTENLOTSE_GET(json, parseBody(request));
    AKTENLOTSE_GET(body, base::fromJson<Body>(json));
    call.body = std::move(body);
  }
  return call;
}

}  // namespace detail

struct Route {
  Verb verb = Verb::get;
  std::string pattern{};
  RouteInfo info{};
  std::vector<std::string> parameterNames{};
  detail::Handle handle{};  ///< Empty for uploads.
  detail::Open open{};      ///< Empty for all others.
  detail::Shape shape{};
};

/// Who is asking, and may they? Runs on a worker before anything else is looked at; before the bytes of an upload come.
using Gate = std::function<base::Result<std::shared_ptr<const void>>(const Request&, const RouteInfo&)>;

/// Filled before the server starts, read-only afterwards.
class Routes {
 public:
  Routes();
  Routes(const Routes&) = delete;
  Routes& operator=(const Routes&) = delete;
  ~Routes();

  /// Asked for every route, open ones included; without a gate everybody passes.
  void gate(Gate gate) { gate_ = std::move(gate); }

  /// `handler`: Result<Reply<Out>>(const Call<Body, Query>&). Body and Query are described structs or None.
  template <class Body, class Query, class Out, class F>
  void add(Verb verb, std::string pattern, const RouteInfo& info, F handler) {
    detail::Shape shape{schemas_.template parameters<Query>(), schemas_.template of<Body>(),
                        schemas_.template of<Out>()};
    insert({verb,
            std::move(pattern),
            info,
            {},
            [handler = std::move(handler), info](const Request& request, Context context) -> base::Result<Response> {
              AKTENLOTSE_GET(call, (detail::makeCall<Body, Query>(request, std::move(context))));
              return detail::toResponse<Out>(info, handler(std::as_const(call)));
            },
            {},
            std::move(shape)});
  }

  /// The raw body is pumped into the sink piece by piece. `openSink`: Result<std::unique_ptr<Sink>>(const Call<None,
  /// Query>&), runs before the body is read. `handler`: Result<Reply<Out>>(const Call<None, Query>&, Sink&), runs
  /// after.
  template <class Query, class Out, class Sink, class O, class F>
  void addUpload(Verb verb, std::string pattern, const RouteInfo& info, O openSink, F handler) {
    using C = Call<None, Query>;
    detail::Shape shape{schemas_.template parameters<Query>(), {}, schemas_.template of<Out>(), true};
    auto done = [handler = std::move(handler), info](const C& call, Sink& sink) {
      return detail::toResponse<Out>(info, handler(call, sink));
    };
    insert({verb,
            std::move(pattern),
            info,
            {},
            {},
            [openSink = std::move(openSink), done = std::move(done)](
                const Request& request, Context context) -> base::Result<std::unique_ptr<detail::Upload>> {
              AKTENLOTSE_GET(call, (detail::makeCall<None, Query>(request, std::move(context))));
              AKTENLOTSE_GET(sink, openSink(std::as_const(call)));
              return std::make_unique<detail::TypedUpload<Sink, C, decltype(done)>>(std::move(sink), std::move(call),
                                                                                    done);
            },
            std::move(shape)});
  }

  /// For files, text and ranges. `handler`: Result<Response>(const Call<None, Query>&).
  template <class Query, class F>
  void addRaw(Verb verb, std::string pattern, const RouteInfo& info, F handler) {
    insert({verb,
            std::move(pattern),
            info,
            {},
            [handler = std::move(handler)](const Request& request, Context context) -> base::Result<Response> {
              AKTENLOTSE_GET(call, (detail::makeCall<None, Query>(request, std::move(context))));
              return handler(std::as_const(call));
            },
            {},
            {schemas_.template parameters<Query>(), {}, {}}});
  }

  struct Match {
    const Route* route = nullptr;  ///< Null if no route has this path and verb.
    std::vector<Verb> allowed{};   ///< What the path takes; empty if there is no such path.
    Fields parameters{};
  };
  /// `rawPath` as it was sent, still encoded, so that %2F stays within its segment.
  [[nodiscard]] Match find(Verb verb, std::string_view rawPath) const;

  /// The gate, and the checks that come before the handler's own.
  [[nodiscard]] base::Result<Context> admit(const Route& route, const Request& request) const;

  [[nodiscard]] const std::vector<std::unique_ptr<Route>>& all() const { return routes_; }

  /// OpenAPI 3.1 of all routes so far.
  [[nodiscard]] boost::json::object openApi(std::string_view title, std::string_view version) const;

 private:
  struct Node;
  /// Throws base::Failure if the same verb and pattern, or the same id, was added before.
  void insert(Route route);

  Gate gate_{};
  Schemas schemas_{};
  std::vector<std::unique_ptr<Route>> routes_{};
  std::unique_ptr<Node> root_;
};

}  // namespace http
