#include "http/static_files.h"

#include "http/range.h"

namespace http {
namespace {

constexpr std::string_view policy =
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'self'";

constexpr std::string_view notBuilt =
    "<!doctype html><html lang=\"de\"><meta charset=\"utf-8\"><title>Aktenlotse</title>"
    "<h1>Aktenlotse</h1><p>Der Server läuft, aber die Oberfläche ist in diesem Programm nicht enthalten. "
    "Bauen Sie sie mit <code>./run</code>.</p><p lang=\"en\">The server runs, but this program was built without its "
    "user interface. Build it with <code>./run</code>.</p></html>\n";

/// What the route table alone answers: a wrong address there is told, not led to the client.
bool isServers(std::string_view path) {
  for (const std::string_view root : {"/api", "/oeffentlich"})
    if (path == root || (path.starts_with(root) && path[root.size()] == '/')) return true;
  return false;
}

/// The client's own routes: /vorgaenge/0190... is index.html, /vorgaenge/bild.png would be a file.
bool isClientRoute(std::string_view path) {
  return !isServers(path) && path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos;
}

void protect(Response& response) {
  response.set("Content-Security-Policy", std::string(policy));
  response.set("Referrer-Policy", "same-origin");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
  response.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
}

}  // namespace

StaticFiles::StaticFiles(std::span<const Asset> assets) {
  for (const auto& asset : assets) byPath_.emplace(asset.path, &asset);
}

Response StaticFiles::operator()(const Request& request) const {
  auto file = byPath_.find(request.path);
  if (file == byPath_.end() && isClientRoute(request.path)) {
    file = byPath_.find("/index.html");
    if (file == byPath_.end() && request.verb == Verb::get) {
      auto page = text(503, "text/html; charset=utf-8", std::string(notBuilt));
      protect(page);
      return page;
    }
  }
  if (file == byPath_.end()) return problem(base::Code::NichtGefunden, request.english());
  if (request.verb != Verb::get) {
    auto refused = problem(base::Code::VerbNichtErlaubt, request.english());
    refused.set("Allow", "GET, HEAD");
    return refused;
  }
  return serve(request, *file->second);
}

Response StaticFiles::serve(const Request& request, const Asset& asset) const {
  Response response;
  protect(response);
  const bool packed = !asset.gzip.empty() && request.accepts("gzip");
  const auto tag = '"' + std::string(asset.etag) + (packed ? "-gzip\"" : "\"");
  response.set("ETag", tag);
  response.set("Cache-Control", asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (!asset.gzip.empty()) response.set("Vary", "Accept-Encoding");
  if (const auto known = request.header("if-none-match"); known && matchesTag(*known, tag)) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", std::string(asset.mime));
  if (packed) response.set("Content-Encoding", "gzip");
  response.body = packed ? asset.gzip : asset.bytes;
  return response;
}

}  // namespace http
