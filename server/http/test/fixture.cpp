#include "fixture.h"

namespace test {

using namespace http;
using base::Result;

namespace {

FileSlice fileOf(const std::string& content) {
  return {[content](std::uint64_t offset, std::size_t length) { return content.substr(offset, length); }, 0,
          content.size()};
}

}  // namespace

void HttpTest::addRoutes() {
  addThingRoutes();
  addFileRoutes();
  routes_.add<Ding, None, Antwort>(
      Verb::post, "/api/dinge",
      {.id = "dingAnlegen", .tag = "Dinge", .summary = "Make a thing.", .recht = "ding.anlegen", .create = true},
      [this](const Call<Ding, None>& call) -> Result<Reply<Antwort>> {
        ++handled_;
        return Reply<Antwort>{.value = {call.body.name.value}, .stand = 1};
      });
  routes_.add<Ding, None, Antwort>(Verb::put, "/api/dinge/{id}",
                                   {.id = "dingAendern",
                                    .tag = "Dinge",
                                    .summary = "Change a thing.",
                                    .recht = "ding.aendern",
                                    .changesExisting = true},
                                   [](const Call<Ding, None>& call) -> Result<Reply<Antwort>> {
                                     return Reply<Antwort>{.value = {call.id.text()}, .stand = *call.stand + 1};
                                   });
  routes_.add<None, None, None>(Verb::del, "/api/dinge/{id}",
                                {.id = "dingLoeschen", .tag = "Dinge", .summary = "Remove a thing."},
                                [](const Call<None, None>&) -> Result<Reply<None>> { return Reply<None>{}; });
  routes_.add<None, Suche, Antwort>(Verb::get, "/api/dinge", {.id = "dinge", .tag = "Dinge", .summary = "List things."},
                                    [](const Call<None, Suche>& call) -> Result<Reply<Antwort>> {
                                      return Reply<Antwort>{.value = {base::toJson(call.query)}};
                                    });
  routes_.add<None, None, Antwort>(
      Verb::get, "/api/dinge/neu", {.id = "dingNeu", .tag = "Dinge", .summary = "The newest."},
      [](const Call<None, None>&) -> Result<Reply<Antwort>> { return Reply<Antwort>{.value = {"neu"}}; });
}

void HttpTest::addThingRoutes() {
  routes_.add<None, None, Antwort>(
      Verb::get, "/api/ding/{name}/teile/{nr}", {.id = "teil", .tag = "Dinge", .summary = "A part."},
      [](const Call<None, None>& call) -> Result<Reply<Antwort>> {
        return Reply<Antwort>{.value = {std::string(call.request.parameter("name")) + "/" + std::to_string(call.nr)}};
      });
  routes_.add<None, None, Antwort>(Verb::get, "/api/lang", {.id = "lang", .tag = "Dinge", .summary = "A long text."},
                                   [](const Call<None, None>&) -> Result<Reply<Antwort>> {
                                     return Reply<Antwort>{.value = {std::string(100'000, 'a')}};
                                   });
  routes_.add<None, None, Antwort>(Verb::get, "/api/tuer",
                                   {.id = "tuer", .tag = "Dinge", .summary = "Waits for the test."},
                                   [this](const Call<None, None>&) -> Result<Reply<Antwort>> {
                                     door_.pass();
                                     return Reply<Antwort>{.value = {"auf"}};
                                   });
  routes_.add<None, None, None>(
      Verb::post, "/api/kaputt", {.id = "kaputt", .tag = "Dinge", .summary = "Throws."},
      [](const Call<None, None>&) -> Result<Reply<None>> { throw base::Failure("the disk is gone"); });
}

void HttpTest::addFileRoutes() {
  routes_.addUpload<Suche, Antwort, Sink>(
      Verb::post, "/api/dateien", {.id = "dateiHochladen", .tag = "Dateien", .summary = "Upload.", .create = true},
      [this](const Call<None, Suche>& call) -> Result<std::unique_ptr<Sink>> {
        if (call.query.limit == 0) return base::fail(base::Code::NichtErlaubt);
        return std::make_unique<Sink>(story_);
      },
      [](const Call<None, Suche>&, Sink& sink) -> Result<Reply<Antwort>> {
        const std::lock_guard lock(sink.story.mutex);
        ++sink.story.finished;
        return Reply<Antwort>{.value = {std::to_string(sink.story.bytes.size())}, .stand = 1};
      });
  routes_.addRaw<None>(Verb::get, "/api/dateien/{nr}",
                       {.id = "datei", .tag = "Dateien", .summary = "Bytes.", .produces = "application/octet-stream"},
                       [this](const Call<None, None>& call) -> Result<Response> {
                         return fileResponse(call.request, fileOf(file_), "abc", "application/octet-stream");
                       });
}

}  // namespace test
