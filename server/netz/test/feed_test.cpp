// The feed between two installations: what is signed comes back as it was; what was altered, replayed, out of order,
// too large or out of time is refused with its reason.
#include "netz/feed.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "netz/verbund.h"

namespace netz {
namespace {

using G = Ablehngrund;
constexpr std::int64_t jetzt = 1'800'000'000'000;

const Schluesselpaar& hier() {
  static const auto made = neuesSchluesselpaar();
  return made;
}
const Schluesselpaar& dort() {
  static const auto made = neuesSchluesselpaar();
  return made;
}
FeedFrage frage(std::int64_t seit = 0, std::string kette = "") {
  return {hier().oeffentlich, dort().oeffentlich, std::string(32, 'a'), seit, std::move(kette), jetzt};
}
base::Uuid id(int n) { return base::Uuid::parse(fmt::format("01900000-0000-7000-8000-{:012}", n)).value(); }

boost::json::object praxis(const std::string& titel) {
  return {{"ober", ""},
          {"land", "Sachsen"},
          {"ags", "14999010"},
          {"ort", "Stadt Auenbrück"},
          {"sichtbarkeit", "netze"},
          {"titel", titel},
          {"inhalt", {{"problem", "Es dauert."}, {"lizenz", "CC BY 4.0"}, {"mitBaustein", false}}}};
}

/// Entries in order, each about another object.
FeedSeite seite(int count, const FeedFrage& zu) {
  FeedSeite out{zu.an, zu.von, zu.frage, zu.seit, zu.seit + count, jetzt, {}};
  auto kette = zu.kette;
  for (int i = 1; i <= count; ++i) {
    FeedEintrag one{
        {zu.seit + i, id(i), 1, "praxis", false, jetzt, "", kette}, "", praxis(fmt::format("Praxis {}", i))};
    signiere(one, zu.von, dort());
    kette = ketteOf(one.kopf, zu.von);
    out.eintraege.push_back(std::move(one));
  }
  return out;
}

std::optional<G> refusal(const std::string& text, const FeedFrage& zu = frage(), std::int64_t uhr = jetzt) {
  const auto read = liesSeite(text, zu, uhr);
  if (read) return std::nullopt;
  EXPECT_FALSE(read.error().text.empty());
  return read.error().grund;
}

TEST(Feed, comesBackAsItWasSigned) {
  const auto text = schreibe(seite(3, frage()), dort());
  const auto read = liesSeite(text, frage(), jetzt);
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(schreibe(*read, dort()), text);
  const auto row = aushangAus(read->eintraege.front(), "Drüben", dort().oeffentlich);
  ASSERT_TRUE(row) << row.error().text;
  EXPECT_EQ(row->titel, "Praxis 1");
  EXPECT_EQ(row->ort, "Stadt Auenbrück");
  EXPECT_NE(row->uuid, id(1)) << "it gets a name of its own here";
  EXPECT_EQ(wasOf(*row, row->ort).at("inhalt").at("problem"), "Es dauert.");
}

TEST(Feed, whatDoesNotFitIsRefusedWithTheReason) {
  const auto good = seite(3, frage());
  EXPECT_EQ(refusal(schreibe(good, dort())), std::nullopt);
  EXPECT_EQ(refusal("kein JSON"), G::form);
  EXPECT_EQ(refusal("{}"), G::form);
  EXPECT_EQ(refusal(std::string(feedMax + 1, ' ')), G::zuGross);
  EXPECT_EQ(refusal(schreibe(good, hier())), G::unterschrift) << "signed with another key than it names";
  auto other = frage();
  other.frage = std::string(32, 'b');
  EXPECT_EQ(refusal(schreibe(good, dort()), other), G::alteAntwort);
  EXPECT_EQ(refusal(schreibe(good, dort()), frage(), jetzt + feedUhr + 1), G::uhr);
  EXPECT_EQ(refusal(schreibe(good, dort()), frage(), jetzt - feedUhr - 1), G::uhr);
  auto order = good;
  std::swap(order.eintraege[0], order.eintraege[1]);
  EXPECT_EQ(refusal(schreibe(order, dort())), G::reihenfolge);
  auto gap = good;
  gap.eintraege.erase(gap.eintraege.begin() + 1);
  EXPECT_EQ(refusal(schreibe(gap, dort())), G::reihenfolge);
  auto changed = good;
  (*changed.eintraege[1].was)["titel"] = "Anders";
  EXPECT_EQ(refusal(schreibe(changed, dort())), G::verfaelscht);
  auto version = good;
  version.eintraege[1].kopf.version = 7;
  EXPECT_EQ(refusal(schreibe(version, dort())), G::unterschrift);
  auto future = seite(1, frage());
  future.eintraege[0].kopf.zeit = jetzt + 2 * feedUhr;
  signiere(future.eintraege[0], hier().oeffentlich, dort());
  EXPECT_EQ(refusal(schreibe(future, dort())), G::uhr);
  auto less = seite(0, frage(5));
  less.stand = 4;
  EXPECT_EQ(refusal(schreibe(less, dort()), frage(5)), G::rueckwaerts);
  auto withheld = seite(0, frage());
  withheld.stand = 4;
  EXPECT_EQ(refusal(schreibe(withheld, dort())), G::reihenfolge);
  auto elsewhere = good;
  elsewhere.an = neuesSchluesselpaar().oeffentlich;
  EXPECT_EQ(refusal(schreibe(elsewhere, dort())), G::nichtFuerUns);
  EXPECT_EQ(refusal(schreibe(seite(static_cast<int>(feedEintraege) + 1, frage()), dort())), G::zuGross);
  const auto third = neuesSchluesselpaar();
  auto foreign = good;
  foreign.von = third.oeffentlich;
  EXPECT_EQ(refusal(schreibe(foreign, third)), G::fremderSchluessel);
}

TEST(Feed, aBitThatIsAlteredIsFoundOut) {
  const auto text = schreibe(seite(1, frage()), dort());
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto altered = text;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    EXPECT_FALSE(liesSeite(altered, frage(), jetzt)) << i;
  }
}

TEST(Feed, aQuestionIsForOneInstallationAndNow) {
  const auto text = schreibe(frage(3, std::string(64, '0')), hier());
  const auto read = liesFrage(text, dort().oeffentlich, jetzt);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->seit, 3);
  EXPECT_EQ(liesFrage(text, hier().oeffentlich, jetzt).error().grund, G::nichtFuerUns);
  EXPECT_EQ(liesFrage(text, dort().oeffentlich, jetzt + 2 * feedUhr).error().grund, G::uhr);
  EXPECT_EQ(liesFrage(schreibe(frage(), dort()), dort().oeffentlich, jetzt).error().grund, G::unterschrift);
}

TEST(Feed, contentThatIsNotMeantForOthersIsLeftOut) {
  const auto with = [](std::string art, const std::function<void(boost::json::object&)>& change) {
    auto was = praxis("Praxis");
    change(was);
    const auto row =
        aushangAus({{1, id(1), 1, std::move(art), false, jetzt, "", ""}, "", was}, "Drüben", dort().oeffentlich);
    return row ? std::optional<G>() : std::optional(row.error().grund);
  };
  EXPECT_EQ(with("praxis", [](auto&) {}), std::nullopt);
  EXPECT_EQ(with("zeitreise", [](auto&) {}), G::unbekannteArt);
  for (const auto* level : {"kommune", "coaching", "alle"})
    EXPECT_EQ(with("praxis", [&](auto& was) { was["sichtbarkeit"] = level; }), G::inhalt);
  EXPECT_EQ(with("praxis", [](auto& was) { was["ober"] = id(2).text(); }), G::inhalt);
  EXPECT_EQ(with("angabe", [](auto&) {}), G::inhalt) << "hangs on nothing";
  EXPECT_EQ(with("praxis", [](auto& was) { was["titel"] = std::string(301, 'x'); }), G::inhalt);
  EXPECT_EQ(with("praxis", [](auto& was) { was["inhalt"] = 1; }), G::inhalt);
  EXPECT_EQ(with("praxis", [](auto& was) { was["inhalt"].as_object()["neues"] = 1; }), std::nullopt)
      << "names may be added";
  EXPECT_EQ(with("baustein", [](auto& was) { was["ober"] = id(2).text(); }), G::inhalt);
}

RC_GTEST_PROP(Feed, anyEntriesInOrderAreTakenAndAnyOtherOrderIsNot, ()) {
  const auto count = *rc::gen::inRange(2, 9);
  const auto von = *rc::gen::inRange(0, 4);
  const auto zu = frage(von, von == 0 ? "" : std::string(64, 'c'));
  auto page = seite(count, zu);
  RC_ASSERT(liesSeite(schreibe(page, dort()), zu, jetzt).has_value());
  const auto a = static_cast<std::size_t>(*rc::gen::inRange(0, count));
  const auto b = (a + static_cast<std::size_t>(*rc::gen::inRange(1, count))) % static_cast<std::size_t>(count);
  std::swap(page.eintraege[a], page.eintraege[b]);
  RC_ASSERT(!liesSeite(schreibe(page, dort()), zu, jetzt).has_value());
}

TEST(Verbund, addressesAreOfOneMachineAndNothingBehind) {
  for (const auto* good : {"https://akten.example", "https://akten.example:8443", "http://127.0.0.1:8080",
                           "http://localhost", "http://[::1]:8080", "https://[2001:db8::1]"})
    EXPECT_TRUE(istAdresse(good)) << good;
  for (const auto* bad :
       {"", "akten.example", "http://akten.example", "https://", "https://a/b", "https://a?x", "file:///x",
        "https://user@a", "https://a:99999x", "https://a:", "http://127.0.0.1.example", "https://a b"})
    EXPECT_FALSE(istAdresse(bad)) << bad;
}

TEST(Verbund, aFingerprintIsShortAndOfItsKeyAlone) {
  EXPECT_EQ(fingerabdruck(hier().oeffentlich).size(), 39U);
  EXPECT_NE(fingerabdruck(hier().oeffentlich), fingerabdruck(dort().oeffentlich));
}

}  // namespace
}  // namespace netz
