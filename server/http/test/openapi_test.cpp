#include "fixture.h"

namespace test {

struct Aenderung {
  base::Patch<base::Line<50>> betreff{};
  base::Patch<Farbe> farbe{};
};
BOOST_DESCRIBE_STRUCT(Aenderung, (), (betreff, farbe))

struct Alles {
  base::Uuid id{};
  std::int64_t stand = 0;
  bool offen = false;
  base::Zeitpunkt zeit{};
  std::optional<base::Datum> datum{};
  std::vector<Ding> dinge{};
  boost::json::value frei{};
};
BOOST_DESCRIBE_STRUCT(Alles, (), (id, stand, offen, zeit, datum, dinge, frei))

template <class T>
struct Liste {
  std::vector<T> eintraege{};
  BOOST_DESCRIBE_CLASS(Liste, (), (eintraege), (), ())
};

namespace anderswo {
struct Ding {
  int a = 0;
};
BOOST_DESCRIBE_STRUCT(Ding, (), (a))
}  // namespace anderswo

namespace {

using namespace http;
namespace json = boost::json;

class OpenApi : public HttpTest {
 protected:
  OpenApi() {
    routes_.add<Aenderung, None, Alles>(
        Verb::patch, "/api/alles/{id}", {.id = "allesAendern", .tag = "Alles", .summary = "x", .changesExisting = true},
        [](const Call<Aenderung, None>&) -> base::Result<Reply<Alles>> { return Reply<Alles>{}; });
    routes_.add<None, None, Liste<Ding>>(
        Verb::get, "/api/start", {.id = "start", .tag = "System", .summary = "x", .open = true},
        [](const Call<None, None>&) -> base::Result<Reply<Liste<Ding>>> { return Reply<Liste<Ding>>{}; });
    routes_.addRaw<None>(
        Verb::get, "/api/datei",
        {.id = "dateiInhalt", .tag = "System", .summary = "x", .produces = "*/*", .file = true},
        [](const Call<None, None>&) -> base::Result<Response> { return http::text(200, "text/plain", ""); });
    document_ = routes_.openApi("Aktenlotse", "0.1.0");
  }
  [[nodiscard]] const json::value& at(std::string_view pointer) const { return document_.at_pointer(pointer); }
  [[nodiscard]] std::string text(std::string_view pointer) const { return json::serialize(at(pointer)); }

  json::value document_{};
};

TEST_F(OpenApi, NamesPartialRepliesOfFiles) {
  EXPECT_EQ(text("/paths/~1api~1datei/get/responses/206"), text("/paths/~1api~1datei/get/responses/200"));
  EXPECT_EQ(text("/paths/~1api~1datei/get/responses/304"), R"({"description":"Not changed."})");
}

TEST_F(OpenApi, DescribesTypes) {
  EXPECT_EQ(text("/openapi"), R"("3.1.0")");
  EXPECT_EQ(
      text("/components/schemas/Ding"),
      R"({"type":"object","properties":{"name":{"type":"string","maxLength":20,"minLength":1},"farbe":{"$ref":"#/components/schemas/Farbe"},)"
      R"("zahl":{"type":"integer","format":"int64"}},"additionalProperties":false,"required":["name"]})");
  EXPECT_EQ(text("/components/schemas/Farbe"), R"({"type":"string","enum":["rot","blau"]})");
  EXPECT_EQ(text("/components/schemas/Alles/properties/id"), R"({"type":"string","format":"uuid"})");
  EXPECT_EQ(text("/components/schemas/Alles/properties/zeit"), R"({"type":"string","format":"date-time"})");
  EXPECT_EQ(text("/components/schemas/Alles/properties/datum"), R"({"type":"string","format":"date"})");
  EXPECT_EQ(text("/components/schemas/Alles/properties/dinge"),
            R"({"type":"array","items":{"$ref":"#/components/schemas/Ding"}})");
  EXPECT_EQ(text("/components/schemas/Alles/properties/frei"), "{}");
  EXPECT_EQ(text("/components/schemas/Alles/required"), R"(["id","stand","offen","zeit","dinge","frei"])");
  EXPECT_EQ(text("/components/schemas/Aenderung/properties/farbe"),
            R"({"anyOf":[{"$ref":"#/components/schemas/Farbe"},{"type":"null"}]})");
  EXPECT_EQ(at("/components/schemas/Aenderung").as_object().count("required"), 0u);
  EXPECT_EQ(text("/paths/~1api~1start/get/responses/200/content/application~1json/schema"),
            R"({"$ref":"#/components/schemas/ListeDing"})");
}

TEST_F(OpenApi, DescribesParametersAndReplies) {
  const auto names = [&](std::string_view pointer) {
    std::string out;
    for (const auto& parameter : at(pointer).as_array())
      out += std::string(parameter.at("in").as_string()) + ":" + std::string(parameter.at("name").as_string()) + " ";
    return out;
  };
  EXPECT_EQ(names("/paths/~1api~1alles~1{id}/patch/parameters"), "path:id header:If-Match header:X-CSRF-Token ");
  EXPECT_EQ(names("/paths/~1api~1dinge/post/parameters"), "header:Idempotency-Key header:X-CSRF-Token ");
  EXPECT_EQ(names("/paths/~1api~1dinge/get/parameters"), "query:q query:limit query:alle query:akte query:farben ");
  EXPECT_EQ(text("/paths/~1api~1dinge/get/parameters/4/explode"), "false");
  EXPECT_EQ(text("/paths/~1api~1dinge~1{id}/put/parameters/0/schema"), R"({"type":"string","format":"uuid"})");
  EXPECT_EQ(text("/paths/~1api~1ding~1{name}~1teile~1{nr}/get/parameters/1/schema"),
            R"({"type":"integer","minimum":1})");
  EXPECT_TRUE(at("/paths/~1api~1dinge/post/responses").as_object().contains("201"));
  EXPECT_TRUE(at("/paths/~1api~1dinge~1{id}/delete/responses").as_object().contains("204"));
  EXPECT_TRUE(at("/paths/~1api~1dateien/post/requestBody/content").as_object().contains("*/*"));
  EXPECT_TRUE(
      at("/paths/~1api~1dateien~1{nr}/get/responses/200/content").as_object().contains("application/octet-stream"));
  EXPECT_EQ(text("/paths/~1api~1dinge/post/x-recht"), R"("ding.anlegen")");
  EXPECT_EQ(text("/paths/~1api~1start/get/security"), "[]");
}

TEST_F(OpenApi, EveryRouteIsThereAndEveryReferenceLeadsSomewhere) {
  std::size_t operations = 0;
  for (const auto& path : at("/paths").as_object())
    for (const auto& operation : path.value().as_object()) {
      ++operations;
      EXPECT_TRUE(operation.value().at("responses").as_object().contains("4XX"));
    }
  EXPECT_EQ(operations, routes_.all().size());
  const auto all = json::serialize(document_);
  std::size_t references = 0;
  for (auto at = all.find("\"#/"); at != std::string::npos; at = all.find("\"#/", at + 1), ++references)
    EXPECT_NO_THROW((void)document_.at_pointer(all.substr(at + 2, all.find('"', at + 1) - at - 2)));
  EXPECT_GT(references, 20u);
}

TEST_F(OpenApi, ListsEveryCodeOfAProblem) {
  EXPECT_EQ(at("/components/schemas/Problem/properties/code/enum").as_array().size(), base::allCodes().size());
}

TEST_F(OpenApi, RefusesWhatWouldBeAmbiguous) {
  const auto handler = [](const Call<None, None>&) -> base::Result<Reply<None>> { return Reply<None>{}; };
  EXPECT_THROW(
      (routes_.add<None, None, None>(Verb::get, "/api/neu", {.id = "dinge", .tag = "x", .summary = "x"}, handler)),
      base::Failure);
  EXPECT_THROW(
      (routes_.add<None, None, None>(Verb::get, "/api/dinge", {.id = "neu", .tag = "x", .summary = "x"}, handler)),
      base::Failure);
  Schemas schemas;
  (void)schemas.of<Ding>();
  EXPECT_THROW((void)schemas.of<anderswo::Ding>(), base::Failure);
}

}  // namespace
}  // namespace test
