// What broken and hostile clients send. Each case must get a clear answer and an end, and hurt nobody else.
#include "../request_reader.h"
#include "fixture.h"

namespace test {
namespace {

using namespace http;

struct Bad {
  const char* name;
  std::string bytes;
  unsigned status;
};

void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.name; }

std::vector<Bad> badRequests() {
  const std::string post = "POST /api/dinge HTTP/1.1\r\nHost: x\r\n";
  const std::string get = "GET /api/dinge/neu HTTP/1.1\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  return {
      {"Nonsense", "hello\r\n\r\n", 400},
      {"Binary", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), 400},
      {"Http2Preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"Version09", "GET /\r\n\r\n", 400},
      {"BareLf", "GET / HTTP/1.1\nHost: x\n\n", 505},
      {"NoHost", get + "\r\n", 400},
      {"TwoHosts", get + "Host: a\r\nHost: b\r\n\r\n", 400},
      {"SpaceBeforeColon", get + "Host : x\r\n\r\n", 400},
      {"ControlCharacterInField", get + "Host: x\r\nA: b\x01z\r\n\r\n", 400},
      {"NulInField", get + std::string("Host: x\r\nA: b\0z\r\n\r\n", 20), 400},
      {"HeaderTooLong", get + "Host: x\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
      {"EndlessHeader", get + "Host: x\r\nA: " + std::string(200'000, 'a'), 431},
      {"TargetTooLong", "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 431},
      {"ManyFields",
       get + "Host: x\r\n" +
           [] {
             std::string many;
             for (int i = 0; i < 5'000; ++i) many += "A: b\r\n";
             return many;
           }() +
           "\r\n",
       431},
      {"LengthAndChunked", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"ChunkedAndLength", post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400},
      {"TwoLengths", post + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", 400},
      {"NegativeLength", post + "Content-Length: -1\r\n\r\n", 400},
      {"LengthOfWords", post + "Content-Length: 0x10\r\n\r\n", 400},
      {"LengthTooLarge", post + "Content-Length: 99999999999999999999999\r\n\r\n", 400},
      {"UnknownCoding", post + "Transfer-Encoding: gzip\r\n\r\n", 501},
      {"CodingTwice", post + "Transfer-Encoding: chunked, chunked\r\n\r\n", 501},
      {"CodingHidden", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 501},
      {"ChunkedInHttp10", "POST /api/dinge HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501},
      {"ChunkSizeNoHex", chunked + "zz\r\nabc\r\n0\r\n\r\n", 400},
      {"ChunkSizeOverflow", chunked + "fffffffffffffffff\r\nabc\r\n0\r\n\r\n", 400},
      {"ChunkWithoutEnd", chunked + "3\r\nabcdef\r\n0\r\n\r\n", 400},
      {"ChunkExtensionEndless", chunked + "3;" + std::string(100'000, 'a'), 400},
      {"TrailerEndless", chunked + "0\r\nA: " + std::string(100'000, 'a'), 400},
      {"ChunksTooLarge", chunked + "200000\r\n" + std::string(0x200000, 'a') + "\r\n0\r\n\r\n", 413},
      {"BodyTooLarge", post + "Content-Length: 1048577\r\n\r\n" + std::string(1'000, 'a'), 413},
      {"UnknownExpectation", post + "Content-Length: 4\r\nExpect: 200-ok\r\n\r\n", 417},
      {"BrokenEscape", "GET /api/%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"CutEscape", "GET /api/%4 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"NulEscape", "GET /api/%00 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"NewlineEscapeInQuery", "GET /api/dinge?q=%01 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"PathNotUtf8", "GET /api/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"PathOverlongUtf8", "GET /api/%c0%af HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"QueryNotUtf8", "GET /api/dinge?q=%ff HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"QueryBrokenEscape", "GET /api/dinge?q=% HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"PathWithoutSlash", "GET api HTTP/1.1\r\nHost: x\r\n\r\n", 400},
      {"Authority", "CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
  };
}

class BadRequest : public HttpTest, public testing::WithParamInterface<Bad> {};

TEST_P(BadRequest, IsAnsweredAndTheConnectionEnded) {
  start();
  auto client = connect();
  client.send(GetParam().bytes);
  const auto answer = client.read();
  EXPECT_EQ(answer.status, GetParam().status);
  EXPECT_EQ(answer.headers.at("connection"), "close");
  EXPECT_EQ(answer.headers.at("content-type"), "application/problem+json");
  client.endSending();
  EXPECT_EQ(client.readToEnd(), "") << "nothing that followed may be taken for a request";
  EXPECT_EQ(handled_, 0);
  EXPECT_EQ(connect().ask(get("/api/dinge/neu")).status, 200u);
}

INSTANTIATE_TEST_SUITE_P(All, BadRequest, testing::ValuesIn(badRequests()),
                         [](const auto& theCase) { return std::string(theCase.param.name); });

using BadInput = HttpTest;

TEST_F(BadInput, ASmuggledRequestIsNotServed) {
  start();
  auto client = connect();
  const std::string inner = get("/api/dinge/neu");
  client.send(
      "POST /api/dinge HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX" +
      inner);
  client.endSending();
  const auto all = client.readToEnd();
  EXPECT_TRUE(all.starts_with("HTTP/1.1 400 "));
  EXPECT_EQ(all.find("HTTP/1.1 200"), std::string::npos);
}

TEST_F(BadInput, TrailersDoNotBecomeFields) {
  start();
  auto client = connect();
  const std::string path = "/api/dinge/01936b2a-0000-7000-8000-000000000001";
  const auto answer = client.ask("PUT " + path +
                                 " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                                 "c\r\n{\"name\":\"x\"}\r\n0\r\nIf-Match: \"1\"\r\n\r\n");
  EXPECT_EQ(answer.status, 428u);
}

TEST_F(BadInput, TheLastChunkMayComeInAnyPieces) {
  start();
  const std::string end = "0\r\n\r\n";
  for (std::size_t cut = 1; cut < end.size(); ++cut) {
    http::RequestReader reader(1000);
    reader.put("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    EXPECT_EQ(reader.put(end.substr(0, cut)), 0u);
    EXPECT_EQ(reader.put(end), end.size());
    EXPECT_EQ(reader.state(), http::RequestReader::State::done) << cut;
  }
}

TEST_F(BadInput, HalfARequestIsAnsweredWith408) {
  start({.headerTimeout = std::chrono::milliseconds(40)});
  auto client = connect();
  client.send("GET /api/dinge/neu HTTP/1.1\r\nHo");
  const auto answer = client.read();
  EXPECT_EQ(answer.status, 408u);
  EXPECT_NE(answer.body.find("zeitueberschreitung"), std::string::npos);
}

TEST_F(BadInput, HalfABodyIsAnsweredWith408) {
  start({.bodyTimeout = std::chrono::milliseconds(40)});
  auto client = connect();
  client.send("POST /api/dinge HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
  EXPECT_EQ(client.read().status, 408u);
  EXPECT_EQ(handled_, 0);
}

TEST_F(BadInput, IdleConnectionsEndSilently) {
  start({.idleTimeout = std::chrono::milliseconds(40)});
  EXPECT_EQ(connect().readToEnd(), "");
}

TEST_F(BadInput, AClientThatGoesAwayHalfWayIsForgotten) {
  start();
  for (const auto* part : {"", "GET", "GET /api/dinge/neu HTTP/1.1\r\n",
                           "POST /api/dinge HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
                           "POST /api/dinge HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"}) {
    auto client = connect();
    client.send(part);
    client.endSending();
    EXPECT_EQ(client.readToEnd(), "") << part;
  }
  EXPECT_EQ(handled_, 0);
  for (const auto& seen : seenAtEnd()) EXPECT_EQ(seen.failure, "");
}

TEST_F(BadInput, HeaderValuesCannotBringFieldsOfTheirOwn) {
  routes_.addRaw<None>(Verb::get, "/api/umleitung",
                       {.id = "umleitung", .tag = "Dinge", .summary = "x", .produces = "text/plain"},
                       [](const Call<None, None>&) -> base::Result<Response> {
                         auto response = text(200, "text/plain", "x");
                         response.set("Content-Disposition", "attachment; filename=\"a\r\nSet-Cookie: b=c\"");
                         return response;
                       });
  start();
  const auto answer = connect().ask(get("/api/umleitung"));
  EXPECT_EQ(answer.headers.count("set-cookie"), 0u);
  EXPECT_EQ(answer.headers.at("content-disposition"), "attachment; filename=\"aSet-Cookie: b=c\"");
}

TEST_F(BadInput, EmptyLinesBeforeARequestArePassedOver) {
  start();
  auto client = connect();
  EXPECT_EQ(client.ask("\r\n\r\n" + get("/api/dinge/neu")).status, 200u);
  EXPECT_EQ(client.ask("GET http://x/api/dinge/neu HTTP/1.1\r\nHost: x\r\n\r\n").status, 200u);
  const auto old = client.ask("GET /api/dinge/neu HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.status, 200u);
  EXPECT_EQ(old.headers.at("connection"), "close");
}

}  // namespace
}  // namespace test
