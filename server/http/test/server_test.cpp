#include <zlib.h>

#include "fixture.h"

namespace test {
namespace {

using namespace http;
constexpr const char* anyId = "01936b2a-0000-7000-8000-000000000001";

std::string unpack(const std::string& packed) {
  std::string out(1'000'000, '\0');
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int done = inflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return done == Z_STREAM_END ? out : "damaged";
}

TEST_F(HttpTest, AnswersATypedRequest) {
  start();
  auto client = connect();
  const auto answer = client.ask(
      test::send("POST", "/api/dinge", R"({"name":" Wärme ","farbe":"rot"})", "Content-Type: application/json\r\n"));
  EXPECT_EQ(answer.status, 201u);
  EXPECT_EQ(answer.body, R"({"text":"Wärme"})");
  EXPECT_EQ(answer.headers.at("etag"), "\"1\"");
  EXPECT_EQ(answer.headers.at("content-type"), "application/json");
  EXPECT_EQ(answer.headers.at("cache-control"), "no-store");
  EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.headers.count("date"), 1u);
  EXPECT_EQ(answer.headers.count("connection"), 0u);
}

TEST_F(HttpTest, KeepsTheConnectionAndAnswersPipelinedRequestsInOrder) {
  start();
  auto client = connect();
  std::string many;
  for (int i = 1; i <= 50; ++i) many += get("/api/ding/a%2Fb/teile/" + std::to_string(i));
  client.send(many);
  for (int i = 1; i <= 50; ++i) {
    const auto answer = client.read();
    EXPECT_EQ(answer.status, 200u);
    EXPECT_EQ(answer.body, R"({"text":"a/b/)" + std::to_string(i) + R"("})");
  }
}

TEST_F(HttpTest, ReadsRequestsThatComeByteByByte) {
  start();
  auto client = connect();
  const auto request = test::send("POST", "/api/dinge", R"({"name":"x"})");
  for (const char c : request) ASSERT_TRUE(client.send({&c, 1}));
  EXPECT_EQ(client.read().status, 201u);
  const std::string chunked =
      "POST /api/dinge HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n5;a=b\r\n{\"nam\r\n7\r\ne\":\"x\"}\r\n0\r\nX-Trailer: 1\r\n\r\n";
  for (const char c : chunked) ASSERT_TRUE(client.send({&c, 1}));
  EXPECT_EQ(client.read().status, 201u);
  EXPECT_EQ(client.ask(get("/api/dinge/neu")).status, 200u);
}

TEST_F(HttpTest, LiteralSegmentsGoBeforeParameters) {
  start();
  auto client = connect();
  EXPECT_EQ(client.ask(get("/api/dinge/neu")).body, R"({"text":"neu"})");
  const auto answer = client.ask(get("/api/dinge/" + std::string(anyId)));
  EXPECT_EQ(answer.status, 405u);
  EXPECT_EQ(answer.headers.at("allow"), "PUT, DELETE");
}

TEST_F(HttpTest, UnknownPathsAndVerbs) {
  start();
  for (const auto* path :
       {"/api/nichts", "/api", "/api/dinge/", "/api/ding/a/teile/0", "/api/ding/a/teile/x", "/api//dinge"}) {
    auto client = connect();
    const auto answer = client.ask(get(path));
    EXPECT_EQ(answer.status, 404u) << path;
    EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json") << path;
    EXPECT_NE(answer.body.find(R"("code":"nicht_gefunden")"), std::string::npos) << path;
  }
  auto client = connect();
  const auto answer = client.ask("BREW /api/dinge HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(answer.status, 405u);
  EXPECT_EQ(answer.headers.at("allow"), "GET, HEAD, POST");
  EXPECT_EQ(client.ask(test::send("DELETE", "/api/dinge/keine-uuid", "")).status, 404u);
}

TEST_F(HttpTest, HeadHasTheHeaderOfGetAndNoBody) {
  start();
  auto client = connect();
  client.send("HEAD /api/dinge/neu HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto head = client.read(true);
  EXPECT_EQ(head.status, 200u);
  EXPECT_EQ(head.headers.at("content-length"), std::to_string(std::string(R"({"text":"neu"})").size()));
  EXPECT_EQ(client.ask(get("/api/dinge/neu")).body, R"({"text":"neu"})");
}

TEST_F(HttpTest, ChangesNeedTheState) {
  start();
  auto client = connect();
  const auto path = "/api/dinge/" + std::string(anyId);
  EXPECT_EQ(client.ask(test::send("PUT", path, R"({"name":"x"})")).status, 428u);
  EXPECT_EQ(client.ask(test::send("PUT", path, R"({"name":"x"})", "If-Match: *\r\n")).status, 428u);
  EXPECT_EQ(client.ask(test::send("PUT", path, R"({"name":"x"})", "If-Match: \"a\"\r\n")).status, 400u);
  const auto answer = client.ask(test::send("PUT", path, R"({"name":"x"})", "If-Match: \"7\"\r\n"));
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.headers.at("etag"), "\"8\"");
  EXPECT_EQ(client.ask(test::send("DELETE", path, "")).status, 204u);
  EXPECT_EQ(client.ask(test::send("POST", "/api/dinge", R"({"name":"x"})", "Idempotency-Key: 1\r\n")).status, 400u);
}

TEST_F(HttpTest, RefusesBodiesWithTheNameOfTheField) {
  start();
  auto client = connect();
  const auto answer = client.ask(test::send("POST", "/api/dinge", R"({"name":"","farbe":"grün"})"));
  EXPECT_EQ(answer.status, 422u);
  EXPECT_NE(answer.body.find(R"("feld":"name")"), std::string::npos);
  EXPECT_EQ(client.ask(test::send("POST", "/api/dinge", "{")).status, 400u);
  EXPECT_EQ(client.ask(test::send("POST", "/api/dinge", "")).status, 400u);
  EXPECT_EQ(client.ask(test::send("POST", "/api/dinge", "{\"name\":\"\xff\"}")).status, 400u);
  EXPECT_EQ(client.ask(test::send("POST", "/api/dinge", std::string(10'000, '['))).status, 400u);
  EXPECT_EQ(client.ask(test::send("POST", "/api/dinge", "name=x", "Content-Type: text/plain\r\n")).status, 400u);
  EXPECT_EQ(handled_, 0);
}

TEST_F(HttpTest, ReadsAndChecksTheQuery) {
  start();
  auto client = connect();
  const auto good =
      client.ask(get("/api/dinge?q=M%C3%BCll+ab&limit=5&alle=1&farben=rot,blau&akte=" + std::string(anyId)));
  EXPECT_EQ(good.status, 200u);
  EXPECT_NE(good.body.find("Müll ab"), std::string::npos);
  EXPECT_NE(good.body.find(R"(\"farben\":[\"rot\",\"blau\"])"), std::string::npos);
  for (const auto* bad : {"limit=x", "limit=99999999999999999999", "alle=ja", "akte=1", "farben=grau", "fremd=1",
                          "limit=1&limit=2", "q="})
    EXPECT_EQ(client.ask(get("/api/dinge?" + std::string(bad))).status, 422u) << bad;
  EXPECT_EQ(client.ask(get("/api/dinge/neu?x=1")).status, 422u);
}

TEST_F(HttpTest, SpeaksEnglishToThoseWhoPreferIt) {
  start();
  auto client = connect();
  const auto title = [&](const std::string& language) {
    return std::string(boost::json::parse(client.ask(get("/api/nichts", "Accept-Language: " + language + "\r\n")).body)
                           .at("title")
                           .as_string());
  };
  const auto& row = base::info(base::Code::NichtGefunden);
  for (const auto* english : {"en", "en-GB,en;q=0.9,de;q=0.5", "fr, en;q=0.3", "en,de"})
    EXPECT_EQ(title(english), row.titelEn);
  for (const auto* german : {"de", "de-AT,en;q=0.8", "fr", "de,en", "en;q=0.2,de;q=0.3"})
    EXPECT_EQ(title(german), row.titelDe);
}

TEST_F(HttpTest, PacksLongTexts) {
  start();
  auto client = connect();
  const auto plain = client.ask(get("/api/lang"));
  const auto packed = client.ask(get("/api/lang", "Accept-Encoding: br, gzip;q=0.8\r\n"));
  EXPECT_EQ(plain.headers.count("content-encoding"), 0u);
  EXPECT_EQ(packed.headers.at("content-encoding"), "gzip");
  EXPECT_EQ(packed.headers.at("vary"), "Accept-Encoding");
  EXPECT_LT(packed.body.size() * 10, plain.body.size());
  EXPECT_EQ(unpack(packed.body), plain.body);
  EXPECT_EQ(client.ask(get("/api/lang", "Accept-Encoding: gzip;q=0\r\n")).body, plain.body);
  EXPECT_EQ(client.ask(get("/api/dinge/neu", "Accept-Encoding: gzip\r\n")).headers.count("content-encoding"), 0u);
}

TEST_F(HttpTest, AnExceptionIsA500AndToldToTheObserverOnly) {
  start();
  auto client = connect();
  const auto answer = client.ask(test::send("POST", "/api/kaputt", ""));
  EXPECT_EQ(answer.status, 500u);
  EXPECT_EQ(answer.body.find("disk"), std::string::npos);
  EXPECT_EQ(client.ask(get("/api/dinge/neu")).status, 200u);
  client.close();
  const auto seen = seenAtEnd();
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[0].failure, "the disk is gone");
  EXPECT_EQ(seen[0].pattern, "/api/kaputt");
  EXPECT_EQ(seen[1].status, 200u);
}

TEST_F(HttpTest, TheGateStandsBeforeEverythingElse) {
  routes_.gate([](const Request& request, const RouteInfo& info) -> base::Result<std::shared_ptr<const void>> {
    if (info.open || request.cookie("sitzung") == "s1") return std::make_shared<std::string>("Person");
    return base::fail(base::Code::NichtAngemeldet);
  });
  routes_.add<None, None, Antwort>(Verb::get, "/api/wer", {.id = "wer", .tag = "Dinge", .summary = "Who?"},
                                   [](const Call<None, None>& call) -> base::Result<Reply<Antwort>> {
                                     return Reply<Antwort>{.value = {call.sessionAs<std::string>()}};
                                   });
  start();
  auto client = connect();
  EXPECT_EQ(client.ask(test::send("POST", "/api/dinge", "kein json")).status, 401u);
  EXPECT_EQ(client.ask(test::send("PUT", "/api/dinge/falsch", "")).status, 401u);
  EXPECT_EQ(client.ask(get("/api/wer", "Cookie: a=b; sitzung=s1;c=d\r\n")).body, R"({"text":"Person"})");
  EXPECT_EQ(connect().ask("POST /api/dateien HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n").status, 401u);
  EXPECT_EQ(story_.opened, 0u);
}

TEST_F(HttpTest, WaitingHandlersDoNotHoldUpOthersAndTooManyAreRefused) {
  start({.workers = 1, .maxQueued = 1});
  auto busy = connect();
  busy.send(get("/api/tuer"));
  door_.awaitVisitors(1);
  // One of them finds the only place in the queue; the others are answered although every worker is taken.
  std::atomic<int> refused = 0, served = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 5; ++i)
    threads.emplace_back([&] {
      const auto answer = connect().ask(get("/api/dinge/neu"));
      served += answer.status == 200;
      if (answer.status != 503 || answer.headers.at("retry-after") != "1") return;
      ++refused;
      refused.notify_all();
    });
  for (int now = refused; now < 4; now = refused) refused.wait(now);
  door_.open();
  threads.clear();
  EXPECT_EQ(refused, 4);
  EXPECT_EQ(served, 1);
  EXPECT_EQ(busy.read().status, 200u);
}

TEST_F(HttpTest, StopFinishesRunningRequestsAndEndsIdleConnections) {
  start();
  auto busy = connect(), idle = connect();
  EXPECT_EQ(idle.ask(get("/api/dinge/neu")).status, 200u);
  busy.send(get("/api/tuer"));
  door_.awaitVisitors(1);
  server_->stop();
  EXPECT_EQ(idle.readToEnd(), "");
  EXPECT_THROW(
      {
        auto client = connect();
        if (client.ask(get("/api/dinge/neu")).status == 0) throw std::runtime_error("closed at once");
      },
      std::runtime_error);
  door_.open();
  const auto answer = busy.read();
  EXPECT_EQ(answer.status, 200u);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  thread_.join();
  EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(HttpTest, OneConnectionTooManyIsToldSo) {
  start({.maxConnections = 1});
  auto first = connect();
  EXPECT_EQ(first.ask(get("/api/dinge/neu")).status, 200u);
  EXPECT_EQ(connect().read().status, 503u);
  EXPECT_EQ(first.ask(get("/api/dinge/neu")).status, 200u);
}

TEST_F(HttpTest, SeveralSocketThreadsServeAtOnce) {
  start({.ioThreads = 2, .workers = 2});
  std::vector<std::jthread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      auto client = connect();
      for (int i = 0; i < 100; ++i)
        good += client.ask(test::send("POST", "/api/dinge", R"({"name":"x"})")).status == 201;
    });
  threads.clear();
  EXPECT_EQ(good, 800);
  EXPECT_EQ(handled_, 800);
}

TEST(ServerStart, ATakenPortIsAClearError) {
  Routes routes;
  const Server first({}, routes, StaticFiles({}), {});
  EXPECT_THROW(Server({.port = first.port()}, routes, StaticFiles({}), {}), base::Failure);
}

}  // namespace
}  // namespace test
