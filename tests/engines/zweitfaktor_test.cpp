// The second factor on both engines, with a clock that the test moves.
#include "mandant/zweitfaktor.h"

#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "support/world.h"

namespace engines {
namespace {

class Zweitfaktor : public OnBothEngines {
 protected:
  static http::Fields headersOf(const mandant::Zugang::Angemeldet& angemeldet) {
    return {{"Cookie", angemeldet.cookie.substr(0, angemeldet.cookie.find(';'))},
            {"X-CSRF-Token", angemeldet.wer.csrf}};
  }
  http::Fields login() { return headersOf(must(world_.zugang.anmelden("stadt", "anna", password))); }
  unsigned status(const std::string& method, const std::string& target, const http::Fields& headers,
                  const std::string& body = {}) {
    return world_.request(method, target, headers, body).status;
  }
  std::string code(std::int64_t steps = 0) {
    return mandant::hotp(key_, static_cast<std::uint64_t>(world_.clock.now().micros / 30'000'000 + steps));
  }
  unsigned prove(const http::Fields& headers, const std::string& given) {
    return status("POST", "/api/anmeldung/faktor", headers, R"({"code":")" + given + "\"}");
  }
  /// Sets up an app for anna, whose key is `key_`; gives the session in which it was done.
  http::Fields withApp() {
    auto headers = login();
    must(world_.change(town_.mandant, town_.anna.id, [&](Change& c) {
      mandant::Berechtigung wer;
      wer.mandant = town_.mandant;
      wer.person = town_.anna.id;
      mandant::FaktorZeile faktor;
      faktor.bezeichnung = "Telefon";
      for (const unsigned char byte : key_) faktor.geheimnis += fmt::format("{:02x}", byte);
      return mandant::fuegeFaktorHinzu(c, wer, faktor);
    }));
    return headers;
  }

  const std::string key_ = "12345678901234567890";
  World world_{GetParam()};
  Town town_{world_};
};
ON_BOTH_ENGINES(Zweitfaktor);

TEST_P(Zweitfaktor, passwordThenCodeThenWork) {
  const auto before = withApp();
  EXPECT_EQ(status("GET", "/api/heute", before), 401U) << "other sessions end";
  const auto half = login();
  EXPECT_EQ(status("GET", "/api/heute", half), 401U);
  EXPECT_EQ(prove(half, "000000"), 422U);
  const auto done = world_.request("POST", "/api/anmeldung/faktor", half, R"({"code":")" + code() + "\"}");
  EXPECT_EQ(done.status, 204U);
  EXPECT_EQ(status("GET", "/api/heute", half), 401U) << "the half session is gone";
  EXPECT_EQ(prove(login(), code()), 422U) << "a code counts once";
  world_.clock.moveSeconds(30);
  EXPECT_EQ(prove(login(), code()), 204U);
  EXPECT_EQ(town_.now(town_.anna).faktorStand, 1);
}

TEST_P(Zweitfaktor, aHalfSessionEndsAfterHalfAnHour) {
  withApp();
  const auto half = login();
  world_.clock.moveSeconds(1801);
  EXPECT_EQ(prove(half, code()), 401U);
}

TEST_P(Zweitfaktor, tenWrongCodesCloseTheSecondStepForAWhile) {
  withApp();
  const auto half = login();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(prove(half, "12345"), 422U);
  EXPECT_EQ(prove(half, code()), 429U);
  EXPECT_EQ(prove(login(), code()), 429U) << "whatever session asks";
  world_.clock.moveSeconds(301);
  EXPECT_EQ(prove(half, code()), 204U);
}

TEST_P(Zweitfaktor, theSameCodeAtOnceOpensOnce) {
  withApp();
  std::vector<http::Fields> halves;
  for (int i = 0; i < 6; ++i) halves.push_back(login());
  std::atomic<int> opened = 0;
  std::vector<std::thread> threads;
  for (const auto& half : halves)
    threads.emplace_back([&, half] {
      if (prove(half, code()) == 204U) ++opened;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(opened, 1);
}

TEST_P(Zweitfaktor, aQuestionHoldsForTenMinutesAndItsOwnSession) {
  const auto one = must(world_.zugang.anmelden("stadt", "anna", password)).wer;
  const auto two = must(world_.zugang.anmelden("stadt", "anna", password)).wer;
  const auto asked = [&](const mandant::Berechtigung& wer) {
    return world_.database.read(town_.mandant,
                                [&](const sql::ReadTx& tx) { return mandant::aufgabeOf(tx, wer, world_.clock.now()); });
  };
  world_.database.write(town_.mandant,
                        [&](sql::WriteTx& tx) { mandant::merkeAufgabe(tx, one, "frage", world_.clock.now()); });
  EXPECT_EQ(asked(one), "frage");
  EXPECT_EQ(asked(two), std::nullopt);
  world_.clock.moveSeconds(601);
  EXPECT_EQ(asked(one), std::nullopt);
}

TEST_P(Zweitfaktor, aReplayOfTheJournalGivesNoFactorButTheTraceOfIt) {
  withApp();
  EXPECT_TRUE(world_.fresh.raw()("SELECT 1 FROM journal WHERE aenderungen LIKE '%31323334%'").empty())
      << "the key stands in no entry";
}

}  // namespace
}  // namespace engines
