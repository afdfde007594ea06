// The door that every request passes: login, sessions, tokens, keys, states.
#include <thread>

#include "support/world.h"

namespace engines {
namespace {

class Zugang : public OnBothEngines {
 protected:
  auto login(const std::string& name, std::string_view passwort = password) {
    return world_.zugang.anmelden("stadt", name, passwort);
  }

  /// Headers of a browser after the login.
  http::Fields browser(const std::string& name) {
    const auto angemeldet = must(login(name));
    return {{"Cookie", angemeldet.cookie.substr(0, angemeldet.cookie.find(';'))},
            {"X-CSRF-Token", angemeldet.wer.csrf}};
  }
  unsigned status(const std::string& method, const std::string& target, const http::Fields& headers,
                  const std::string& body = {}) {
    return world_.request(method, target, headers, body).status;
  }
  static http::Fields with(http::Fields fields, const std::string& name, const std::string& value) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    fields.emplace_back(name, value);
    return fields;
  }
  static http::Fields without(http::Fields fields, const std::string& name) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    return fields;
  }
  std::string count(const std::string& table) { return world_.fresh.raw().value("SELECT COUNT(*) FROM " + table); }
  std::string unit(const std::string& kurzzeichen) {
    return R"({"kurzzeichen":")" + kurzzeichen + R"(","bezeichnung":"Amt"})";
  }

  World world_{GetParam()};
  Town town_{world_};
};
ON_BOTH_ENGINES(Zugang);

TEST_P(Zugang, onlyTheRightNameAndPasswordOpenASession) {
  EXPECT_TRUE(login("anna"));
  EXPECT_EQ(refusal(login("anna", "falsch")), Code::AnmeldungFalsch);
  EXPECT_EQ(refusal(login("anna", "")), Code::AnmeldungFalsch);
  EXPECT_EQ(refusal(login("niemand")), Code::AnmeldungFalsch);
  EXPECT_EQ(refusal(world_.zugang.anmelden("andere", "anna", password)), Code::AnmeldungFalsch);
  EXPECT_EQ(refusal(login("anna' OR '1'='1")), Code::AnmeldungFalsch);
  // A town with the same name in it has a person and a password of its own.
  Town kreis(world_, "kreis");
  must(world_.change(kreis.mandant, 0,
                     [&](Change& c) { return mandant::setPassword(c, kreis.anna, "ein ganz anderes", false); }));
  EXPECT_EQ(refusal(world_.zugang.anmelden("kreis", "anna", password)), Code::AnmeldungFalsch);
  EXPECT_TRUE(login("anna"));
}

TEST_P(Zugang, tenFailuresInARowCloseTheNameForAWhile) {
  for (int i = 0; i < 9; ++i) EXPECT_EQ(refusal(login("anna", "falsch")), Code::AnmeldungFalsch);
  EXPECT_TRUE(login("anna")) << "nine are forgiven, and forgotten";
  for (int i = 0; i < 10; ++i) EXPECT_EQ(refusal(login("anna", "falsch")), Code::AnmeldungFalsch) << i;
  EXPECT_EQ(refusal(login("anna")), Code::ZuVieleVersuche) << "even with the right one";
  EXPECT_TRUE(login("bernd")) << "others are not closed out";
  world_.clock.moveSeconds(299);
  EXPECT_EQ(refusal(login("anna")), Code::ZuVieleVersuche);
  world_.clock.moveSeconds(2);
  EXPECT_TRUE(login("anna"));
  // Names that do not exist are counted just so: the answer does not tell which exist.
  for (int i = 0; i < 10; ++i) EXPECT_EQ(refusal(login("niemand", "falsch")), Code::AnmeldungFalsch);
  EXPECT_EQ(refusal(login("niemand", "falsch")), Code::ZuVieleVersuche);
}

TEST_P(Zugang, failuresAtOnceAreAllCounted) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 10; ++i) threads.emplace_back([&] { (void)login("anna", "falsch"); });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(refusal(login("anna")), Code::ZuVieleVersuche);
}

TEST_P(Zugang, aSessionEndsAfterTwelveHours) {
  const auto anna = browser("anna");
  EXPECT_EQ(status("GET", "/api/heute", anna), 200U);
  world_.clock.moveSeconds(12 * 3600 - 1);
  EXPECT_EQ(status("GET", "/api/heute", anna), 200U);
  world_.clock.moveSeconds(2);
  EXPECT_EQ(status("GET", "/api/heute", anna), 401U);
  must(login("bernd"));
  EXPECT_EQ(count("sitzung"), "1") << "dead sessions are cleared away";
}

TEST_P(Zugang, aSessionThatNobodyUsesEndsBefore) {
  mandant::Zugang mitRuhe(world_.journal, false, {}, 1800);
  const auto open = [&] {
    const auto cookie = must(mitRuhe.anmelden("stadt", "anna", password)).cookie;
    return http::Fields{{"Cookie", cookie.substr(0, cookie.find(';'))}};
  };
  const auto admitted = [&](const http::Fields& fields, bool stream = false) {
    http::RouteInfo info{"heute", "Probe", "What is asked"};
    if (stream) info.produces = "text/event-stream";
    return mitRuhe.admit(http::Request{.headers = fields}, info).has_value();
  };
  auto anna = open();
  world_.clock.moveSeconds(1799);
  EXPECT_TRUE(admitted(anna));
  world_.clock.moveSeconds(1799);
  EXPECT_TRUE(admitted(anna)) << "each act puts the end off";
  world_.clock.moveSeconds(1801);
  EXPECT_FALSE(admitted(anna));

  anna = open();
  auto byItself = anna;
  byItself.emplace_back("X-Ohne-Zutun", "1");
  for (int i = 0; i < 2; ++i) {
    world_.clock.moveSeconds(890);
    EXPECT_TRUE(admitted(byItself));
    EXPECT_TRUE(admitted(anna, /*stream=*/true));
  }
  world_.clock.moveSeconds(30);
  EXPECT_FALSE(admitted(anna)) << "what a window asks for by itself does not";

  anna = open();
  for (int i = 0; i < 28; ++i) {
    world_.clock.moveSeconds(1500);
    EXPECT_TRUE(admitted(anna));
  }
  world_.clock.moveSeconds(1300);
  EXPECT_FALSE(admitted(anna)) << "after twelve hours it ends all the same";
}

TEST_P(Zugang, aCookieHasWhatProtectsIt) {
  const auto cookie = must(login("anna")).cookie;
  for (const auto* part : {"HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200"})
    EXPECT_NE(cookie.find(part), std::string::npos) << part;
  EXPECT_EQ(cookie.find("Secure"), std::string::npos);
  mandant::Zugang behindTls(world_.journal, true);
  const auto overTls = must(behindTls.anmelden("stadt", "anna", password)).cookie;
  EXPECT_NE(overTls.find("; Secure"), std::string::npos);
  EXPECT_EQ(overTls.find("__Host-aktenlotse_sitzung="), 0U) << "no other host of the domain can set it";
  const auto secret = cookie.substr(cookie.find('.') + 1, 64);
  EXPECT_TRUE(world_.fresh.raw()("SELECT 1 FROM sitzung WHERE geheimnis_hash = '" + secret + "'").empty())
      << "only its hash is kept";
}

TEST_P(Zugang, changesNeedTheTokenOfTheSession) {
  const auto anna = browser("anna"), bernd = browser("bernd");
  const auto target = "/api/organisationseinheiten";
  EXPECT_EQ(status("POST", target, without(anna, "X-CSRF-Token"), unit("30")), 403U);
  EXPECT_EQ(status("POST", target, with(anna, "X-CSRF-Token", "x"), unit("30")), 403U);
  EXPECT_EQ(status("POST", target, with(anna, "X-CSRF-Token", bernd[1].second), unit("30")), 403U);
  EXPECT_EQ(status("POST", target, anna, unit("30")), 201U);
  EXPECT_EQ(status("GET", target, without(anna, "X-CSRF-Token")), 200U);
}

TEST_P(Zugang, whatIsNoCredentialIsRefused) {
  for (const auto* cookie :
       {"", "1", "1.", ".x", "x.y", "0.x", "-1.x", "1.falsch", "99999999999999999999.x", "1.falsch.mehr"}) {
    EXPECT_EQ(status("GET", "/api/heute", {{"Cookie", std::string("aktenlotse_sitzung=") + cookie}}), 401U) << cookie;
    EXPECT_EQ(status("GET", "/api/heute", {{"Authorization", std::string("Bearer ") + cookie}}), 401U) << cookie;
  }
  EXPECT_EQ(status("GET", "/api/heute", {}), 401U);
  EXPECT_EQ(status("GET", "/api/heute", {{"Authorization", "Basic YTpi"}}), 401U);
  // A secret of one tenant is none in another.
  Town kreis(world_, "kreis");
  auto anna = browser("anna");
  anna[0].second.replace(anna[0].second.find('=') + 1, 1, std::to_string(kreis.mandant));
  EXPECT_EQ(status("GET", "/api/heute", anna), 401U);
}

TEST_P(Zugang, loggingOutEndsThisSessionOrAll) {
  const auto one = browser("anna"), two = browser("anna"), bernd = browser("bernd");
  EXPECT_EQ(status("DELETE", "/api/anmeldung", one), 204U);
  EXPECT_EQ(status("GET", "/api/heute", one), 401U);
  EXPECT_EQ(status("GET", "/api/heute", two), 200U);
  const auto three = browser("anna");
  EXPECT_EQ(status("DELETE", "/api/anmeldung/alle", two), 204U);
  EXPECT_EQ(status("GET", "/api/heute", two), 401U);
  EXPECT_EQ(status("GET", "/api/heute", three), 401U);
  EXPECT_EQ(status("GET", "/api/heute", bernd), 200U);
}

TEST_P(Zugang, aNewPasswordEndsAllSessions) {
  const auto anna = browser("anna"), again = browser("anna");
  EXPECT_EQ(status("PUT", "/api/anmeldung/passwort", anna, R"({"alt":"falsch falsch","neu":"noch viel geheimer"})"),
            422U);
  EXPECT_EQ(status("PUT", "/api/anmeldung/passwort", anna, R"({"alt":"sehr geheim und lang","neu":"kurz"})"), 422U);
  EXPECT_EQ(
      status("PUT", "/api/anmeldung/passwort", anna, R"({"alt":"sehr geheim und lang","neu":"ANNA-und-noch-mehr"})"),
      422U);
  EXPECT_EQ(status("GET", "/api/heute", again), 200U);
  EXPECT_EQ(
      status("PUT", "/api/anmeldung/passwort", anna, R"({"alt":"sehr geheim und lang","neu":"noch viel geheimer"})"),
      204U);
  EXPECT_EQ(status("GET", "/api/heute", anna), 401U);
  EXPECT_EQ(status("GET", "/api/heute", again), 401U);
  EXPECT_EQ(refusal(login("anna")), Code::AnmeldungFalsch);
  EXPECT_TRUE(login("anna", "noch viel geheimer"));
  EXPECT_EQ(town_.now(town_.anna).kennwortStand, 2);
}

TEST_P(Zugang, aPersonWhoLeavesIsOutAtOnce) {
  const auto bernd = browser("bernd");
  const auto token =
      world_.request("POST", "/api/token", bernd, R"({"bezeichnung":"x","umfang":"lesen","ende":"2025-12-31"})");
  const http::Fields bearer{{"Authorization", "Bearer " + std::string(token.json.at("geheimnis").as_string())}};
  EXPECT_EQ(status("GET", "/api/heute", bearer), 200U);
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    return mandant::changePerson(c, town_.bernd, {{}, {}, {}, false});
  }));
  EXPECT_EQ(status("GET", "/api/heute", bernd), 401U);
  EXPECT_EQ(status("GET", "/api/heute", bearer), 401U);
  EXPECT_EQ(refusal(login("bernd")), Code::AnmeldungFalsch);
}

TEST_P(Zugang, rightsFollowThePostAtOnce) {
  const auto anna = browser("anna");
  EXPECT_EQ(status("POST", "/api/organisationseinheiten", anna, unit("30")), 201U);
  town_.occupy(town_.leitung, {});
  EXPECT_EQ(status("POST", "/api/organisationseinheiten", anna, unit("31")), 403U);
  EXPECT_EQ(status("GET", "/api/heute", anna), 200U);
}

TEST_P(Zugang, tokensHaveAScopeAndAnEnd) {
  const auto anna = browser("anna");
  const auto make = [&](const std::string& umfang) {
    const auto made = world_.request("POST", "/api/token", anna,
                                     R"({"bezeichnung":"Skript","ende":"2025-03-10","umfang":")" + umfang + "\"}");
    EXPECT_EQ(made.status, 201U) << made.text;
    return std::pair(std::string(made.json.at("id").as_string()),
                     http::Fields{{"Authorization", "Bearer " + std::string(made.json.at("geheimnis").as_string())}});
  };
  const auto [readId, reads] = make("lesen");
  const auto [writeId, writes] = make("schreiben");
  EXPECT_EQ(status("GET", "/api/heute", reads), 200U);
  EXPECT_EQ(status("POST", "/api/organisationseinheiten", reads, unit("40")), 403U);
  EXPECT_EQ(status("POST", "/api/organisationseinheiten", writes, unit("40")), 201U) << "no CSRF without a cookie";
  EXPECT_EQ(status("DELETE", "/api/token/" + writeId, anna), 204U);
  EXPECT_EQ(status("GET", "/api/heute", writes), 401U);
  EXPECT_EQ(status("DELETE", "/api/token/" + readId, browser("bernd")), 404U) << "those of others do not exist";
  world_.clock.setDay(base::Datum::of(2025, 3, 10));
  EXPECT_EQ(status("GET", "/api/heute", reads), 200U) << "to the end of the day";
  world_.clock.setDay(base::Datum::of(2025, 3, 11));
  EXPECT_EQ(status("GET", "/api/heute", reads), 401U);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Zugang, theSameKeyMakesOneThing) {
  const auto anna = browser("anna");
  const auto key = with(anna, "Idempotency-Key", Uuid::make(1).text());
  const auto before = town_.entries();
  const auto first = world_.request("POST", "/api/organisationseinheiten", key, unit("50"));
  const auto second = world_.request("POST", "/api/organisationseinheiten", key, unit("50"));
  EXPECT_EQ(first.status, 201U);
  EXPECT_EQ(second.status, 201U);
  EXPECT_EQ(first.json, second.json);
  EXPECT_EQ(town_.entries(), before + 1);
  EXPECT_EQ(world_.request("POST", "/api/organisationseinheiten", key, unit("51")).status, 422U);
  // Another person's key is another key.
  town_.occupy(town_.leitung, {town_.anna, town_.bernd});
  EXPECT_EQ(world_
                .request("POST", "/api/organisationseinheiten",
                         with(browser("bernd"), "Idempotency-Key", Uuid::make(1).text()), unit("52"))
                .status,
            201U);
  EXPECT_EQ(
      world_.request("POST", "/api/organisationseinheiten", with(anna, "Idempotency-Key", "x"), unit("53")).status,
      400U);
}

TEST_P(Zugang, aRefusedRequestDoesNotUseUpItsKey) {
  const auto anna = browser("anna");
  const auto key = with(anna, "Idempotency-Key", Uuid::make(1).text());
  EXPECT_EQ(world_.request("POST", "/api/organisationseinheiten", key, unit("10")).status, 409U);
  EXPECT_EQ(world_.request("POST", "/api/organisationseinheiten", key, unit("60")).status, 201U);
}

TEST_P(Zugang, theSameKeyAtOnceMakesOneThing) {
  const auto key = with(browser("anna"), "Idempotency-Key", Uuid::make(1).text());
  std::vector<std::thread> threads;
  std::vector<World::Answer> answers(8);
  for (auto& answer : answers)
    threads.emplace_back([&] { answer = world_.request("POST", "/api/organisationseinheiten", key, unit("70")); });
  for (auto& thread : threads) thread.join();
  for (const auto& answer : answers) EXPECT_EQ(answer.json, answers[0].json);
  EXPECT_EQ(answers[0].status, 201U);
}

TEST_P(Zugang, keysAreForgottenAfterADay) {
  const auto anna = browser("anna");
  world_.request("POST", "/api/organisationseinheiten", with(anna, "Idempotency-Key", Uuid::make(1).text()),
                 unit("80"));
  world_.clock.moveSeconds(24 * 3600 + 1);
  world_.request("POST", "/api/organisationseinheiten", with(browser("anna"), "Idempotency-Key", Uuid::make(2).text()),
                 unit("81"));
  EXPECT_EQ(count("idempotenz"), "1");
}

TEST_P(Zugang, changesNameTheStateThatTheyChange) {
  const auto anna = browser("anna");
  const auto made = world_.request("POST", "/api/organisationseinheiten", anna, unit("90"));
  const auto target = "/api/organisationseinheiten/" + std::string(made.json.at("id").as_string());
  const std::string change = R"({"bezeichnung":"Neu"})";
  EXPECT_EQ(status("PATCH", target, anna, change), 428U);
  EXPECT_EQ(status("PATCH", target, with(anna, "If-Match", "\"2\""), change), 412U);
  const auto before = town_.entries();
  EXPECT_EQ(status("PATCH", target, with(anna, "If-Match", "\"1\""), change), 200U);
  EXPECT_EQ(status("PATCH", target, with(anna, "If-Match", "\"1\""), change), 412U);
  EXPECT_EQ(town_.entries(), before + 1);
  http::Context call;
  call.stand = 3;
  EXPECT_TRUE(mandant::checkStand(call, 3));
  EXPECT_EQ(refusal(mandant::checkStand(call, 4)), Code::Veraltet);
}

TEST_P(Zugang, twoWhoChangeAtOnceDoNotOverwriteEachOther) {
  const auto anna = browser("anna");
  const auto made = world_.request("POST", "/api/organisationseinheiten", anna, unit("91"));
  const auto target = "/api/organisationseinheiten/" + std::string(made.json.at("id").as_string());
  std::atomic<int> done = 0, stale = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      const auto code = status("PATCH", target, with(anna, "If-Match", "\"1\""),
                               R"({"bezeichnung":"Amt )" + std::to_string(i) + "\"}");
      ++(code == 200 ? done : stale);
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(stale, 7);
}

}  // namespace
}  // namespace engines
