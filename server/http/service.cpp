#include "service.h"

#include "response_text.h"

namespace http {
namespace {

/// The one place where an exception ends: the client gets its code, the observer the reason.
template <class F>
Outcome guarded(const Request& request, F&& f) {
  Outcome outcome;
  try {
    outcome.response = f();
    complete(request, outcome.response);
  } catch (const std::exception& failure) {
    outcome.response = problem(base::codeOf(failure), request.english());
    outcome.failure = failure.what();
    complete(request, outcome.response);
  }
  return outcome;
}

Response orProblem(base::Result<Response> result, const Request& request) {
  return result ? *std::move(result) : problem(result.error(), request.english());
}

}  // namespace

Service::Service(Options theOptions, const Routes& theRoutes, Fallback fallback, Observer theObserver)
    : options(std::move(theOptions)),
      routes(theRoutes),
      observer(std::move(theObserver)),
      fallback_(std::move(fallback)),
      pool_(options.workers) {}

Outcome Service::answer(const Route* route, const Request& request) const {
  return guarded(request, [&]() -> Response {
    if (route == nullptr) return fallback_(request);
    auto context = routes.admit(*route, request);
    if (!context) return problem(context.error(), request.english());
    return orProblem(route->handle(request, *std::move(context)), request);
  });
}

Opened Service::open(const Route& route, const Request& request) const {
  Opened opened;
  opened.refusal = guarded(request, [&]() -> Response {
    auto context = routes.admit(route, request);
    if (!context) return problem(context.error(), request.english());
    auto upload = route.open(request, *std::move(context));
    if (!upload) return problem(upload.error(), request.english());
    opened.upload = *std::move(upload);
    return {};
  });
  return opened;
}

std::optional<Breakage> Service::write(detail::Upload& upload, std::string_view piece) {
  try {
    upload.write(piece);
    return std::nullopt;
  } catch (const std::exception& thrown) {
    return Breakage{thrown.what(), base::codeOf(thrown)};
  }
}

Outcome Service::finish(std::unique_ptr<detail::Upload>& upload, const Request& request) const {
  return guarded(request, [&]() -> Response {
    const auto last = std::move(upload);
    return orProblem(last->finish(), request);
  });
}

}  // namespace http
