#include "fixture.h"
#include "http/metrics.h"

namespace test {
namespace {

using namespace http;

constexpr std::array<Asset, 3> assets{
    Asset{"/index.html", "<html>", "", "text/html; charset=utf-8", "i1"},
    Asset{"/assets/app-1a2b.js", "console.log(1)", "PACKED", "text/javascript", "a1", true},
    Asset{"/bild.png", "png", "", "image/png", "b1"}};

Request ask(std::string path, Fields headers = {}) { return {.path = std::move(path), .headers = std::move(headers)}; }
std::string bodyOf(const Response& response) {
  if (const auto* own = std::get_if<std::string>(&response.body)) return *own;
  return std::string(std::get<std::string_view>(response.body));
}

TEST(StaticFiles, ServesFilesAndTheClientsOwnRoutes) {
  const StaticFiles files(assets);
  for (const auto* path : {"/", "/index.html", "/vorgaenge/0190", "/apis", "/oeffentliches"})
    EXPECT_EQ(bodyOf(files(ask(path))), "<html>") << path;
  EXPECT_EQ(bodyOf(files(ask("/bild.png"))), "png");
  for (const auto* path : {"/fehlt.png", "/api", "/api/x", "/oeffentlich", "/oeffentlich/praxis/",
                           "/assets/../index.html", "/../etc/passwd.txt"})
    EXPECT_EQ(files(ask(path)).status, 404u) << path;
  auto post = ask("/");
  post.verb = Verb::post;
  EXPECT_EQ(files(post).status, 405u);
  EXPECT_EQ(files(post).header("Allow"), "GET, HEAD");
}

TEST(StaticFiles, SendsThePackedFormToThoseWhoTakeIt) {
  const StaticFiles files(assets);
  const auto plain = files(ask("/assets/app-1a2b.js"));
  EXPECT_EQ(bodyOf(plain), "console.log(1)");
  EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(plain.header("Cache-Control"), "public, max-age=31536000, immutable");
  const auto packed = files(ask("/assets/app-1a2b.js", {{"accept-encoding", "gzip, deflate"}}));
  EXPECT_EQ(bodyOf(packed), "PACKED");
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_NE(packed.header("ETag"), plain.header("ETag"));
}

TEST(StaticFiles, SaysNotModified) {
  const StaticFiles files(assets);
  const auto known = files(ask("/", {{"If-None-Match", "W/\"i1\""}}));
  EXPECT_EQ(known.status, 304u);
  EXPECT_EQ(known.size(), 0u);
  EXPECT_EQ(known.header("Cache-Control"), "no-cache");
  EXPECT_EQ(files(ask("/", {{"If-None-Match", "\"i0\""}})).status, 200u);
}

TEST(StaticFiles, GuardsThePage) {
  const auto page = StaticFiles(assets)(ask("/"));
  EXPECT_NE(page.header("Content-Security-Policy")->find("script-src 'self';"), std::string_view::npos);
  EXPECT_EQ(page.header("Cross-Origin-Opener-Policy"), "same-origin");
  EXPECT_EQ(page.header("Referrer-Policy"), "same-origin");
}

TEST(StaticFiles, WithoutUiAFriendlyPageSaysSo) {
  const auto page = StaticFiles({})(ask("/"));
  EXPECT_EQ(page.status, 503u);
  EXPECT_NE(bodyOf(page).find("./run"), std::string::npos);
}

TEST_F(HttpTest, TheFallbackAnswersWhatNoRouteAnswers) {
  fallback_ = StaticFiles(assets);
  start();
  auto client = connect();
  EXPECT_EQ(client.ask(get("/suche?q=a")).body, "<html>");
  EXPECT_EQ(client.ask(get("/assets/app-1a2b.js", "Accept-Encoding: gzip\r\n")).body, "PACKED");
  EXPECT_EQ(client.ask("PROPFIND /dav HTTP/1.1\r\nHost: x\r\n\r\n").status, 405u);
  EXPECT_EQ(client.ask(get("/api/fehlt")).status, 404u);
}

TEST(Metrics, CountsByRouteAndStatus) {
  Metrics metrics;
  for (const auto micros : {400, 400, 900'000})
    metrics.count({.method = "GET", .pattern = "/api/x", .status = 200, .micros = micros, .received = 1, .sent = 10});
  metrics.count({.method = "EVIL\"}", .pattern = "", .status = 400, .micros = 1});
  const auto text = metrics.text(7);
  for (const auto* line : {"aktenlotse_http_connections 7\n",
                           "aktenlotse_http_requests_total{method=\"GET\",route=\"/api/x\",status=\"200\"} 3\n",
                           "aktenlotse_http_requests_total{method=\"\",route=\"\",status=\"400\"} 1\n",
                           "aktenlotse_http_request_seconds_bucket{method=\"GET\",route=\"/api/x\",le=\"0.0005\"} 2\n",
                           "aktenlotse_http_request_seconds_bucket{method=\"GET\",route=\"/api/x\",le=\"1\"} 3\n",
                           "aktenlotse_http_request_seconds_bucket{method=\"GET\",route=\"/api/x\",le=\"+Inf\"} 3\n",
                           "aktenlotse_http_request_seconds_sum{method=\"GET\",route=\"/api/x\"} 0.900800\n",
                           "aktenlotse_http_body_bytes_total{method=\"GET\",route=\"/api/x\",direction=\"out\"} 30\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

}  // namespace
}  // namespace test
