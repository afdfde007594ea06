#include "http/routes.h"

#include <algorithm>
#include <charconv>

#include "verb.h"
#include "weighted_list.h"

namespace http {
namespace {

using base::Code;
using base::fail;

std::vector<std::string_view> segmentsOf(std::string_view path) {
  std::vector<std::string_view> out;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto slash = std::min(path.find('/'), path.size());
    out.push_back(path.substr(0, slash));
    path.remove_prefix(slash);
  }
  return out;
}

std::optional<std::int64_t> readNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// `"7"` or W/"7" (what a packing proxy makes of it).
std::optional<std::int64_t> readStand(std::string_view tag) {
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() < 3 || tag.front() != '"' || tag.back() != '"') return std::nullopt;
  return readNumber(tag.substr(1, tag.size() - 2));
}

base::Result<void> readConditions(const RouteInfo& info, const Request& request, Context& context) {
  if (const auto condition = request.header("if-match"); condition && *condition != "*") {
    context.stand = readStand(trim(*condition));
    if (!context.stand)
      return fail(Code::AnfrageUngueltig, "If-Match muss genau einen Stand nennen, zum Beispiel \"3\".", "If-Match");
  }
  if (info.changesExisting && !context.stand) return fail(Code::BedingungFehlt);
  if (const auto key = request.header("idempotency-key"); key && info.create) {
    context.key = base::Uuid::parse(trim(*key));
    if (!context.key)
      return fail(Code::AnfrageUngueltig, "Der Idempotency-Key muss eine UUID sein.", "Idempotency-Key");
  }
  return {};
}

}  // namespace

std::string_view verbName(Verb verb) {
  constexpr std::array<std::string_view, 6> names{"GET", "POST", "PUT", "PATCH", "DELETE", "?"};
  return names.at(static_cast<std::size_t>(verb));
}

Verb verbFrom(std::string_view method) {
  if (method == "HEAD") return Verb::get;
  for (const auto verb : {Verb::get, Verb::post, Verb::put, Verb::patch, Verb::del})
    if (verbName(verb) == method) return verb;
  return Verb::other;
}

namespace detail {

base::Result<boost::json::value> parseBody(const Request& request) {
  if (const auto type = request.header("content-type")) {
    if (!sameWord(trim(type->substr(0, type->find(';'))), "application/json"))
      return fail(Code::AnfrageUngueltig, "Der Inhalt der Anfrage muss application/json sein.", "Content-Type");
  }
  return base::parseJson(request.body);
}

Response jsonResponse(const RouteInfo& info, bool none, std::string json, std::optional<std::int64_t> stand,
                      unsigned status, Fields headers) {
  Response response{.status = status, .headers = std::move(headers), .body = std::move(json)};
  if (status == 0) response.status = none ? 204 : info.create ? 201 : 200;
  if (!none) response.set("Content-Type", "application/json");
  if (stand) response.set("ETag", '"' + std::to_string(*stand) + '"');
  return response;
}

}  // namespace detail

/// One segment of all patterns: the literals below it, and what stands for a parameter.
struct Routes::Node {
  std::map<std::string, Node, std::less<>> literals{};
  std::unique_ptr<Node> parameter{};
  std::map<Verb, const Route*> routes{};

  /// Literals go before parameters; a dead end goes back. Leaves the parameters' raw values in `values`.
  const Node* walk(const std::vector<std::string_view>& segments, std::size_t at,
                   std::vector<std::string_view>& values) const {
    if (at == segments.size()) return routes.empty() ? nullptr : this;
    if (const auto next = literals.find(segments[at]); next != literals.end())
      if (const auto* found = next->second.walk(segments, at + 1, values)) return found;
    if (parameter == nullptr || segments[at].empty()) return nullptr;
    values.push_back(segments[at]);
    if (const auto* found = parameter->walk(segments, at + 1, values)) return found;
    values.pop_back();
    return nullptr;
  }
};

Routes::Routes() : root_(std::make_unique<Node>()) {}
Routes::~Routes() = default;

void Routes::insert(Route route) {
  Node* node = root_.get();
  for (const auto segment : segmentsOf(route.pattern)) {
    if (segment.starts_with('{')) {
      route.parameterNames.emplace_back(segment.substr(1, segment.size() - 2));
      if (!node->parameter) node->parameter = std::make_unique<Node>();
      node = node->parameter.get();
    } else {
      node = &node->literals[std::string(segment)];
    }
  }
  for (const auto& other : routes_)
    if (other->info.id == route.info.id) throw base::Failure("two routes have the id " + std::string(route.info.id));
  routes_.push_back(std::make_unique<Route>(std::move(route)));
  if (!node->routes.emplace(routes_.back()->verb, routes_.back().get()).second)
    throw base::Failure("two routes have the pattern " + routes_.back()->pattern);
}

Routes::Match Routes::find(Verb verb, std::string_view rawPath) const {
  Match match;
  std::vector<std::string_view> values;
  const auto* node = root_->walk(segmentsOf(rawPath), 0, values);
  if (node == nullptr) return match;
  for (const auto& [allowed, route] : node->routes) {
    match.allowed.push_back(allowed);
    if (allowed == verb) match.route = route;
  }
  if (match.route == nullptr) return match;
  for (std::size_t i = 0; i < values.size(); ++i)
    match.parameters.emplace_back(match.route->parameterNames[i], base::percentDecode(values[i], false).value_or(""));
  return match;
}

base::Result<Context> Routes::admit(const Route& route, const Request& request) const {
  Context context;
  if (gate_) {
    AKTENLOTSE_GET(session, gate_(request, route.info));
    context.session = std::move(session);
  }
  for (const auto& [name, value] : request.parameters) {
    if (name == "id") {
      const auto id = base::Uuid::parse(value);
      if (!id) return fail(Code::NichtGefunden);
      context.id = *id;
    } else if (name == "nr") {
      context.nr = readNumber(value).value_or(0);
      if (context.nr < 1) return fail(Code::NichtGefunden);
    }
  }
  AKTENLOTSE_TRY(readConditions(route.info, request, context));
  return context;
}

}  // namespace http
