// The description of the API, from the route table.
#include <set>

#include "http/routes.h"
#include "verb.h"

namespace http {
namespace {

namespace json = boost::json;

json::object header(std::string_view name, bool required, json::object schema, std::string_view description) {
  return {{"name", name},
          {"in", "header"},
          {"required", required},
          {"description", description},
          {"schema", std::move(schema)}};
}

json::object pathParameter(const std::string& name) {
  json::object schema{{"type", "string"}};
  if (name == "id") schema = schemaFormat("uuid");
  if (name == "nr") schema = {{"type", "integer"}, {"minimum", 1}};
  return {{"name", name}, {"in", "path"}, {"required", true}, {"schema", std::move(schema)}};
}

json::array parametersOf(const Route& route) {
  json::array out;
  for (const auto& name : route.parameterNames) out.push_back(pathParameter(name));
  for (const auto& parameter : route.shape.query) out.push_back(parameter);
  if (route.info.changesExisting)
    out.push_back(
        header("If-Match", true, {{"type", "string"}}, "The ETag of the state that is changed, such as \"3\"."));
  if (route.info.create)
    out.push_back(header("Idempotency-Key", false, schemaFormat("uuid"),
                         "Repeating a request with the same key creates nothing twice."));
  if (route.verb != Verb::get && !route.info.open)
    out.push_back(header("X-CSRF-Token", false, {{"type", "string"}}, "Needed with a session cookie."));
  return out;
}

json::object content(std::string_view type, json::value schema) {
  return {{type, json::object{{"schema", std::move(schema)}}}};
}

json::object repliesOf(const Route& route) {
  const bool raw = !route.info.produces.empty();
  const bool none = route.shape.reply.is_null() && !raw;
  json::object good{{"description", none ? "Done." : "The reply."}};
  if (raw) good["content"] = content(route.info.produces, json::object{});
  if (!route.shape.reply.is_null()) {
    good["content"] = content("application/json", route.shape.reply);
    good["headers"] = {
        {"ETag", {{"description", "The state of the object, for If-Match."}, {"schema", {{"type", "string"}}}}}};
  }
  json::object out;
  if (route.info.file) {
    out["206"] = good;
    out["304"] = json::object{{"description", "Not changed."}};
  }
  out[none ? "204" : route.info.create ? "201" : "200"] = std::move(good);
  // Pages for people say in a page what is wrong; what is refused before the handler runs is a problem there too.
  const json::object refused{{"$ref", route.info.produces == "text/html" ? "#/components/responses/ProblemOrPage"
                                                                         : "#/components/responses/Problem"}};
  out["4XX"] = refused;
  out["5XX"] = refused;
  return out;
}

json::object operationOf(const Route& route) {
  json::object operation{
      {"operationId", route.info.id}, {"tags", json::array{route.info.tag}}, {"summary", route.info.summary}};
  if (auto parameters = parametersOf(route); !parameters.empty()) operation["parameters"] = std::move(parameters);
  if (!route.shape.body.is_null())
    operation["requestBody"] = {{"required", true}, {"content", content("application/json", route.shape.body)}};
  if (route.shape.upload) operation["requestBody"] = {{"required", true}, {"content", content("*/*", json::object{})}};
  operation["responses"] = repliesOf(route);
  if (route.info.open) operation["security"] = json::array{};
  if (!route.info.recht.empty()) operation["x-recht"] = route.info.recht;
  return operation;
}

json::object problemSchema() {
  json::array codes;
  for (const auto& row : base::allCodes()) codes.emplace_back(row.key);
  const json::object string{{"type", "string"}};
  return {{"type", "object"},
          {"required", json::array{"type", "title", "status", "code", "hinweis"}},
          {"additionalProperties", false},
          {"properties",
           {{"type", string},
            {"title", string},
            {"status", {{"type", "integer"}}},
            {"code", {{"type", "string"}, {"enum", std::move(codes)}}},
            {"detail", string},
            {"hinweis", string},
            {"feld", string}}}};
}

json::object componentsOf(const Schemas& schemas) {
  json::object all;
  for (const auto& [name, schema] : schemas.all()) all[name] = schema;
  all["Problem"] = problemSchema();
  constexpr std::string_view refused = "Refused; the code says why, the hint what to do.";
  const auto problem = content("application/problem+json", schemaReference("Problem"));
  auto problemOrPage = problem;
  problemOrPage["text/html"] = json::object{{"schema", json::object{}}};
  return {{"schemas", std::move(all)},
          {"responses",
           {{"Problem", {{"description", refused}, {"content", problem}}},
            {"ProblemOrPage", {{"description", refused}, {"content", std::move(problemOrPage)}}}}},
          {"securitySchemes",
           {{"sitzung", {{"type", "apiKey"}, {"in", "cookie"}, {"name", "aktenlotse_sitzung"}}},
            {"token", {{"type", "http"}, {"scheme", "bearer"}}}}}};
}

}  // namespace

json::object Routes::openApi(std::string_view title, std::string_view version) const {
  json::object paths;
  std::set<std::string_view> tagNames;
  for (const auto& route : routes_) {
    std::string verb(verbName(route->verb));
    for (auto& c : verb) c = static_cast<char>(c - 'A' + 'a');
    auto& path = paths.emplace(route->pattern, json::object{}).first->value().get_object();
    path[verb] = operationOf(*route);
    tagNames.insert(route->info.tag);
  }
  json::array tags;
  for (const auto tag : tagNames) tags.push_back(json::object{{"name", tag}});
  const json::object byCookie{{"sitzung", json::array{}}}, byToken{{"token", json::array{}}};
  return {{"openapi", "3.1.0"},
          {"info",
           {{"title", title}, {"version", version}, {"license", {{"name", "EUPL-1.2"}, {"identifier", "EUPL-1.2"}}}}},
          {"servers", json::array{json::object{{"url", "/"}}}},
          {"security", json::array{byCookie, byToken}},
          {"tags", std::move(tags)},
          {"paths", std::move(paths)},
          {"components", componentsOf(schemas_)}};
}

}  // namespace http
