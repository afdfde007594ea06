// Uploads, downloads, ranges, and clients that are slow or many.
#include <fstream>

#include "fixture.h"

namespace test {
namespace {

using namespace http;
using Stream = HttpTest;

std::string someBytes(std::size_t count) {
  std::string out(count, '\0');
  std::uint32_t state = 1;
  for (auto& c : out) c = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
  return out;
}

TEST_F(Stream, UploadsComeInPiecesAndInOrder) {
  start();
  const auto bytes = someBytes(3'000'000);
  auto client = connect();
  const auto answer = client.ask(test::send("POST", "/api/dateien", bytes, "Content-Type: application/pdf\r\n"));
  EXPECT_EQ(answer.status, 201u);
  EXPECT_EQ(answer.body, R"({"text":"3000000"})");
  EXPECT_EQ(answer.headers.at("etag"), "\"1\"");
  EXPECT_TRUE(story_.bytes == bytes);
  EXPECT_GT(story_.pieces, 1u);
  EXPECT_LE(story_.largest, 512u * 1024);
  EXPECT_EQ(story_.destroyed, 1u);
  EXPECT_EQ(client.ask(test::send("POST", "/api/dateien", "")).status, 201u) << "an empty file is a file";
  EXPECT_EQ(story_.finished, 2u);
}

TEST_F(Stream, UploadsMayBeChunked) {
  start();
  const auto bytes = someBytes(300'000);
  auto client = connect();
  client.send("POST /api/dateien HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (std::size_t at = 0; at < bytes.size(); at += 1'000) client.send("3e8\r\n" + bytes.substr(at, 1'000) + "\r\n");
  EXPECT_EQ(client.ask("0\r\n\r\n").status, 201u);
  EXPECT_TRUE(story_.bytes == bytes);
}

TEST_F(Stream, ACutUploadDestroysTheSinkAndCallsNoHandler) {
  start();
  {
    auto client = connect();
    client.send("POST /api/dateien HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n" + someBytes(400'000));
    std::unique_lock lock(story_.mutex);
    story_.changed.wait(lock, [&] { return story_.pieces > 0; });
  }
  std::unique_lock lock(story_.mutex);
  story_.changed.wait(lock, [&] { return story_.destroyed == 1; });
  EXPECT_EQ(story_.finished, 0u);
}

TEST_F(Stream, AnUploadThatStallsIsGivenUp) {
  start({.bodyTimeout = std::chrono::milliseconds(40)});
  auto client = connect();
  client.send("POST /api/dateien HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
  EXPECT_EQ(client.read().status, 408u);
  EXPECT_EQ(story_.finished, 0u);
  EXPECT_EQ(story_.destroyed, 1u);
}

TEST_F(Stream, ARefusedUploadIsRefusedBeforeItsBytesCome) {
  start({.maxUpload = 1'000});
  auto refused = connect();
  EXPECT_EQ(
      refused
          .ask("POST /api/dateien?limit=0 HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\nExpect: 100-continue\r\n\r\n")
          .status,
      403u);
  auto large = connect();
  EXPECT_EQ(large.ask("POST /api/dateien HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n").status, 413u);
  EXPECT_EQ(story_.opened, 0u);
  auto growing = connect();
  EXPECT_EQ(
      growing
          .ask("POST /api/dateien HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n800\r\n" + someBytes(0x800))
          .status,
      413u);
  EXPECT_EQ(story_.finished, 0u);
  EXPECT_EQ(story_.destroyed, 1u);
}

TEST_F(Stream, AClientThatSendsOnAnywayStillSeesTheRefusal) {
  start({.maxUpload = 1'000});
  auto client = connect();
  client.send("POST /api/dateien HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n");
  client.send(someBytes(8'000'000));
  EXPECT_EQ(client.read().status, 413u);
}

TEST_F(Stream, InvitesTheBodyOnlyOnceTheSinkIsOpen) {
  start();
  auto client = connect();
  const auto invitation =
      client.ask("POST /api/dateien HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(invitation.status, 100u);
  EXPECT_EQ(story_.opened, 1u);
  EXPECT_EQ(client.ask("abc").status, 201u);
  EXPECT_EQ(
      client.ask("POST /api/dinge HTTP/1.1\r\nHost: x\r\nContent-Length: 12\r\nExpect: 100-continue\r\n\r\n").status,
      100u);
  EXPECT_EQ(client.ask(R"({"name":"x"})").status, 201u);
}

TEST_F(Stream, AFullDiskIsA500) {
  story_.broken = true;
  start();
  auto client = connect();
  EXPECT_EQ(client.ask(test::send("POST", "/api/dateien", someBytes(500'000))).status, 500u);
  EXPECT_EQ(story_.destroyed, 1u);
  client.close();
  const auto seen = seenAtEnd();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].failure, "disk full");
}

TEST_F(Stream, FilesAreSentWholeAndInParts) {
  file_ = someBytes(1'500'000);
  start();
  auto client = connect();
  const auto whole = client.ask(get("/api/dateien/1"));
  EXPECT_EQ(whole.status, 200u);
  EXPECT_TRUE(whole.body == file_);
  EXPECT_EQ(whole.headers.at("accept-ranges"), "bytes");
  const auto part = client.ask(get("/api/dateien/1", "Range: bytes=300000-700000\r\n"));
  EXPECT_EQ(part.status, 206u);
  EXPECT_TRUE(part.body == file_.substr(300'000, 400'001));
  EXPECT_EQ(part.headers.at("content-range"), "bytes 300000-700000/1500000");
  EXPECT_EQ(client.ask(get("/api/dateien/1", "Range: bytes=-5\r\n")).body, file_.substr(file_.size() - 5));
  const auto beyond = client.ask(get("/api/dateien/1", "Range: bytes=1500000-\r\n"));
  EXPECT_EQ(beyond.status, 416u);
  EXPECT_EQ(beyond.headers.at("content-range"), "bytes */1500000");
  EXPECT_EQ(client.ask(get("/api/dateien/1", "Range: bytes=0-1\r\nIf-Range: \"abc\"\r\n")).status, 206u);
  EXPECT_EQ(client.ask(get("/api/dateien/1", "Range: bytes=0-1\r\nIf-Range: \"alt\"\r\n")).status, 200u);
  EXPECT_EQ(client.ask(get("/api/dateien/1", "If-None-Match: \"x\", \"abc\"\r\n")).status, 304u);
  client.send("HEAD /api/dateien/1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(client.read(true).headers.at("content-length"), "1500000");
  EXPECT_EQ(client.ask(get("/api/dinge/neu")).status, 200u);
}

TEST(Range, ReadsWhatRfc9110Allows) {
  const auto part = [](std::uint64_t begin, std::uint64_t end) { return RangeAnswer{RangeKind::part, {begin, end}}; };
  const auto check = [](std::string_view field, const RangeAnswer& expected, std::uint64_t size = 100) {
    const auto answer = parseRange(field, size);
    EXPECT_EQ(answer.kind, expected.kind) << field;
    EXPECT_EQ(answer.range, expected.range) << field;
  };
  check("bytes=0-0", part(0, 1));
  check("bytes=10-", part(10, 100));
  check("Bytes=10-1000", part(10, 100));
  check("bytes=-10", part(90, 100));
  check("bytes=-1000", part(0, 100));
  check("bytes=0-18446744073709551615", part(0, 100));
  for (const auto* beyond : {"bytes=100-", "bytes=100-200", "bytes=-0"}) check(beyond, {RangeKind::unsatisfiable, {}});
  check("bytes=0-", {RangeKind::unsatisfiable, {}}, 0);
  for (const auto* whole : {"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=1-2,4-5", "lines=1-2",
                            "bytes=1", "bytes=--1", "bytes=99999999999999999999-"})
    check(whole, {});
}

TEST_F(Stream, AClientThatDoesNotReadHoldsUpNobody) {
  file_ = someBytes(8'000'000);
  start({.workers = 1});
  auto slow = connect();
  slow.send(get("/api/dateien/1"));
  auto uploading = connect();
  uploading.send("POST /api/dateien HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nabc");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(connect().ask(get("/api/dinge/neu")).status, 200u);
  EXPECT_TRUE(slow.read().body == file_);
}

TEST_F(Stream, AClientThatNeverReadsIsGivenUp) {
  file_ = someBytes(8'000'000);
  start({.bodyTimeout = std::chrono::milliseconds(40)});
  auto slow = connect();
  slow.send(get("/api/dateien/1"));
  observed_.wait(0);  // The observation comes once the server has given up.
  EXPECT_TRUE(seenAtEnd().at(0).cut);
}

std::size_t residentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0, resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

TEST_F(Stream, ThousandsOfIdleConnectionsAreCheap) {
  constexpr std::size_t count = 2'000;
  start();
  EXPECT_EQ(connect().ask(get("/api/dinge/neu")).status, 200u);
  std::vector<Client> idle;
  idle.reserve(count);
  const auto before = residentBytes();
  for (std::size_t i = 0; i < count; ++i) {
    idle.push_back(connect());
    ASSERT_EQ(idle.back().ask(get("/api/dinge/neu")).status, 200u);
  }
  const auto each = (residentBytes() - before) / count;
  RecordProperty("bytesPerIdleConnection", static_cast<int>(each));
  EXPECT_GE(server_->connections(), count);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(each, 10u * 1024);
#endif
  for (auto& client : idle) ASSERT_EQ(client.ask(get("/api/dinge/neu")).status, 200u);
}

/// One stream for each who asks.
struct Events : HttpTest {
  Events() {
    routes_.addRaw<None>(Verb::get, "/api/ereignisse",
                         {.id = "ereignisse", .tag = "Dinge", .summary = "Events.", .produces = "text/event-stream"},
                         [this](const Call<None, None>&) -> base::Result<Response> {
                           auto stream = std::make_shared<EventStream>();
                           auto all = streams_.lock();
                           all->push_back(stream);
                           return events(std::move(stream));
                         });
  }
  Client listen() {
    auto client = connect();
    client.send(get("/api/ereignisse"));
    EXPECT_NE(client.readUpTo("retry: 2000\n\n").find("Content-Type: text/event-stream"), std::string::npos);
    return client;
  }
  std::vector<std::weak_ptr<EventStream>> streams() {
    auto all = streams_.lock();
    return *all;
  }
  base::Guarded<std::vector<std::weak_ptr<EventStream>>> streams_{};
};

TEST_F(Events, ComeAsTheyHappenAndOnceEach) {
  start();
  auto client = listen();
  const auto stream = streams().at(0).lock();
  stream->send("a");
  EXPECT_EQ(client.readUpTo("data: neu\n\n"), "event: a\ndata: neu\n\n");
  // While nobody has taken it, a name waits once.
  std::jthread other([&] {
    for (int i = 0; i < 1'000; ++i) stream->send("b");
  });
  EXPECT_EQ(client.readUpTo("data: neu\n\n"), "event: b\ndata: neu\n\n");
  other.join();
  stream->send("c");
  client.readUpTo("event: c\ndata: neu\n\n");
  stream->end();
  EXPECT_EQ(client.readToEnd(), "");
  EXPECT_FALSE(client.send(get("/api/dinge/neu")) && client.read().status != 0);
}

TEST_F(Events, GiveSignsOfLifeAndEndWithTheClientOrTheServer) {
  start({.heartbeat = std::chrono::milliseconds(20)});
  auto client = listen();
  EXPECT_EQ(client.readUpTo(":\n\n:\n\n"), ":\n\n:\n\n");
  { auto gone = listen(); }
  while (!streams().at(1).expired()) std::this_thread::yield();
  server_->stop();
  client.readToEnd();
  EXPECT_EQ(seenAtEnd().at(0).pattern, "/api/ereignisse");
}

TEST_F(Events, ThousandsOfStreamsAreCheap) {
  constexpr std::size_t count = 2'000;
  start({.workers = 2});
  EXPECT_EQ(connect().ask(get("/api/dinge/neu")).status, 200u);
  std::vector<Client> clients;
  clients.reserve(count);
  const auto before = residentBytes();
  for (std::size_t i = 0; i < count; ++i) clients.push_back(listen());
  const auto each = (residentBytes() - before) / count;
  RecordProperty("bytesPerStream", static_cast<int>(each));
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(each, 16u * 1024);
#endif
  EXPECT_EQ(connect().ask(get("/api/dinge/neu")).status, 200u) << "they hold no worker";
  for (const auto& stream : streams()) stream.lock()->send("neu");
  for (auto& client : clients) ASSERT_EQ(client.readUpTo("data: neu\n\n"), "event: neu\ndata: neu\n\n");
}

}  // namespace
}  // namespace test
