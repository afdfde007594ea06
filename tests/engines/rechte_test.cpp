// Who reaches what, and that nothing tells of what somebody may not see.
#include "support/world.h"

namespace engines {
namespace {

using mandant::EintragNeu;
using mandant::Recht;

EintragNeu entryFor(TraegerArt art, const std::string& traeger, Stufe stufe) {
  return {art, traeger.empty() ? std::nullopt : std::optional<base::Line<40>>{{traeger}}, stufe};
}

class Rechte : public OnBothEngines {
 protected:
  std::optional<Stufe> stufe(const PersonZeile& person, const ZugriffZeile& zugriff) {
    const auto wer = town_.wer(person);
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return mandant::stufeFor(tx, wer, zugriff.id); });
  }
  template <class Row>
  std::optional<Code> narrow(const Row& row, const ZugriffZeile& zugriff) {
    const auto mit = town_.see(town_.anna, row);
    return refusal(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.setZugriff(c, w, mit, {zugriff.uuid});
    }));
  }
  ZugriffZeile onlyAnna() {
    return town_.access("nur Anna", {entryFor(TraegerArt::person, town_.anna.uuid.text(), Stufe::bearbeiten)});
  }
  ZugriffZeile all() { return town_.access("alle", {entryFor(TraegerArt::alle, "", Stufe::bearbeiten)}); }

  World world_{GetParam()};
  Town town_{world_};
};
ON_BOTH_ENGINES(Rechte);

TEST_P(Rechte, reachEverybodyAUnitAPostAPersonOrARole) {
  const auto below = town_.unit("10.1", town_.amt.uuid);
  const auto post = town_.post(below, {Rolle::SGV});
  const auto carla = town_.person("carla", {post});
  const auto idle = town_.person("dora", {});
  const auto one = [&](TraegerArt art, const std::string& traeger) {
    return town_.access("Z", {entryFor(art, traeger, Stufe::lesen)});
  };
  struct Case {
    const char* name;
    ZugriffZeile zugriff;
    bool anna, bernd, carla, dora;
  };
  const std::vector<Case> cases{
      {"alle", one(TraegerArt::alle, ""), true, true, true, true},
      {"unit", one(TraegerArt::organisationseinheit, town_.amt.uuid.text()), true, true, false, false},
      {"unit below", one(TraegerArt::organisationseinheit, below.uuid.text()), false, false, true, false},
      {"post", one(TraegerArt::stelle, town_.sachbearbeitung.uuid.text()), false, true, false, false},
      {"person", one(TraegerArt::person, idle.uuid.text()), false, false, false, true},
      {"role", one(TraegerArt::rolle, "SGV"), false, false, true, false},
      {"role of two", one(TraegerArt::rolle, "RG"), true, false, false, false},
      {"nobody", town_.access("leer", {}), false, false, false, false},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(stufe(town_.anna, c.zugriff).has_value(), c.anna) << c.name;
    EXPECT_EQ(stufe(town_.bernd, c.zugriff).has_value(), c.bernd) << c.name;
    EXPECT_EQ(stufe(carla, c.zugriff).has_value(), c.carla) << c.name;
    EXPECT_EQ(stufe(idle, c.zugriff).has_value(), c.dora) << c.name;
  }
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Rechte, theWidestOfSeveralEntriesCounts) {
  const auto zugriff = town_.access(
      "Z", {entryFor(TraegerArt::person, town_.bernd.uuid.text(), Stufe::bearbeiten),
            entryFor(TraegerArt::alle, "", Stufe::lesen), entryFor(TraegerArt::rolle, "SB", Stufe::lesen)});
  EXPECT_EQ(stufe(town_.bernd, zugriff), Stufe::bearbeiten);
  EXPECT_EQ(stufe(town_.anna, zugriff), Stufe::lesen);
}

TEST_P(Rechte, followOrganisationAndDefinitionAtOnce) {
  const auto unit = town_.unit("20");
  const auto post = town_.post(unit, {Rolle::SB});
  const auto byUnit = town_.access("U", {entryFor(TraegerArt::organisationseinheit, unit.uuid.text(), Stufe::lesen)});
  const auto byRole = town_.access("R", {entryFor(TraegerArt::rolle, "FA", Stufe::lesen)});
  EXPECT_FALSE(stufe(town_.bernd, byUnit));
  town_.occupy(post, {town_.bernd});
  EXPECT_TRUE(stufe(town_.bernd, byUnit));
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    return mandant::changeStelle(c, mandant::rowById<StelleZeile>(c.tx(), town_.mandant, post.id).value(),
                                 {{}, {}, {}, std::vector{Rolle::FA}});
  }));
  EXPECT_TRUE(stufe(town_.bernd, byRole));
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    return mandant::changeStelle(c, mandant::rowById<StelleZeile>(c.tx(), town_.mandant, post.id).value(),
                                 {{}, town_.amt.uuid, {}, {}});
  }));
  EXPECT_FALSE(stufe(town_.bernd, byUnit)) << "the post went to another unit";
  must(world_.change(town_.mandant, 0, [&](Change& c) { return mandant::changeZugriff(c, byRole, {{"R"}, {}}); }));
  EXPECT_FALSE(stufe(town_.bernd, byRole));
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    return mandant::changePerson(c, town_.bernd, {{}, {}, {}, false});
  }));
  EXPECT_EQ(
      world_.fresh.raw().value("SELECT COUNT(*) FROM person_zugriff WHERE person = " + std::to_string(town_.bernd.id)),
      "0");
  EXPECT_EQ(world_.check(), Findings());
}

/// The table of rights, written down a second time by hand.
TEST_P(Rechte, ofEachRole) {
  using R = Recht;
  const std::set<R> work{R::akteAnlegen,     R::akteAendern,        R::vorgangAnlegen,     R::vorgangAendern,
                         R::vorgangZda,      R::vorgangZdaAufheben, R::dokumentAnlegen,    R::dokumentAendern,
                         R::eingangErfassen, R::eingangAblegen,     R::dokumentStornieren, R::weglegen,
                         R::kontaktPflegen,  R::laufwegFuehren,     R::schrittErledigen,   R::netzMitmachen,
                         R::quarantaeneSehen};
  const auto with = [&](std::set<R> more) {
    more.insert(work.begin(), work.end());
    return more;
  };
  const std::map<Rolle, std::set<R>> expected{
      {Rolle::SB, work},
      {Rolle::RG, with({R::akteZda, R::akteZdaAufheben, R::zugriffSetzen, R::aktenplanPflegen, R::aussonderungPflegen,
                        R::akteStornieren, R::vorgangStornieren, R::loeschungBeantragen, R::scanPruefen})},
      {Rolle::SGV, with({R::akteZda, R::akteZdaAufheben, R::zugriffSetzen, R::aktenplanPflegen, R::aussonderungPflegen,
                         R::akteStornieren, R::vorgangStornieren, R::loeschungBeantragen, R::scanPruefen})},
      {Rolle::LT, with({R::akteZda, R::akteZdaAufheben, R::zugriffSetzen, R::akteStornieren, R::vorgangStornieren,
                        R::schlusszeichnen, R::netzPflegen})},
      {Rolle::FA, {R::aktenplanPflegen, R::zugriffSetzen, R::zugriffPflegen, R::netzPflegen, R::netzMitmachen}},
      {Rolle::DA,
       {R::organisationPflegen, R::personPflegen, R::zugriffPflegen, R::auftragVerwalten, R::quarantaeneSehen,
        R::quarantaeneEntscheiden}},
      {Rolle::ARC, {R::aussonderungPflegen}},
      {Rolle::LP, {R::loeschungBestaetigen}},
      {Rolle::AT, {R::dokumentAnlegen, R::eingangErfassen}},
  };
  const auto post = town_.post(town_.amt, {});
  const auto eva = town_.person("eva", {post});
  for (const auto& [rolle, rechte] : expected) {
    must(world_.change(town_.mandant, 0, [&](Change& c) {
      return mandant::changeStelle(c, mandant::rowById<StelleZeile>(c.tx(), town_.mandant, post.id).value(),
                                   {{}, {}, {}, std::vector{rolle}});
    }));
    const auto wer = town_.wer(eva);
    for (const auto recht : mandant::systemBerechtigung(town_.mandant).rechte) {
      const bool may = rechte.contains(recht);
      const auto what = std::string(base::enumName(rolle)) + " " + std::string(base::enumName(recht));
      EXPECT_EQ(wer.hat(recht), may) << what;
      EXPECT_EQ(refusal(mandant::darf(wer, recht, {Stufe::bearbeiten, true})),
                may ? std::nullopt : std::optional(Code::NichtErlaubt))
          << what;
      EXPECT_EQ(refusal(mandant::darf(wer, recht, {Stufe::lesen, true})), Code::NichtErlaubt) << what;
      EXPECT_EQ(refusal(mandant::darf(wer, recht, {std::nullopt, true})), Code::NichtGefunden) << what;
      EXPECT_EQ(refusal(mandant::darf(wer, recht, {Stufe::bearbeiten, false})),
                may ? Code::Abgeschlossen : Code::NichtErlaubt)
          << what;
      auto token = wer;
      token.nurLesen = true;
      EXPECT_EQ(refusal(mandant::darf(token, recht, {Stufe::bearbeiten, true})), Code::NichtErlaubt) << what;
    }
  }
}

/// All that bernd can ask for, in one text.
class Geheimnis : public Rechte {
 protected:
  void SetUp() override {
    blatt_ = town_.entry("1");
    akte_ = town_.akte(town_.anna, blatt_, "Offene Akte");
    vorgang_ = town_.vorgang(town_.anna, akte_, "Geheimsache Zwiebelturm");
    dokument_ = town_.dokument(town_.anna, vorgang_, "zwiebelturm.txt", "Der Zwiebelturm wird verkauft.");
    town_.vorgang(town_.anna, akte_, "Offener Vorgang");
    const auto mit = town_.see(town_.anna, dokument_);
    const auto datei = world_.file("anlage_zwiebelturm.txt", "Zwiebelturm im Anhang");
    anlage_ = must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
      return world_.schriftgut.createAnlage(c, w, mit, datei);
    }));
    const auto angemeldet = must(world_.zugang.anmelden("stadt", "bernd", password));
    bernd_ = {{"Cookie", angemeldet.cookie.substr(0, angemeldet.cookie.find(';'))},
              {"X-CSRF-Token", angemeldet.wer.csrf},
              {"If-Match", "\"1\""}};
  }
  World::Answer ask(const std::string& target) { return world_.request("GET", target, bernd_); }
  std::int64_t number(const std::string& target, const char* member) { return ask(target).json.at(member).as_int64(); }

  AktenplaneinheitZeile blatt_;
  AkteZeile akte_;
  VorgangZeile vorgang_;
  DokumentZeile dokument_, anlage_;
  http::Fields bernd_;
};
ON_BOTH_ENGINES(Geheimnis);

TEST_P(Geheimnis, aNarrowedVorgangIsNowhereToBeSeen) {
  const auto akte = akte_.uuid.text();
  const std::vector<std::string> lists{"/api/akten/" + akte,
                                       "/api/akten",
                                       "/api/vorgaenge",
                                       "/api/vorgaenge?akte=" + akte,
                                       "/api/akten/" + akte + "/historie",
                                       "/api/suche?q=Zwiebelturm",
                                       "/api/suche?q=Zwie*",
                                       "/api/vorschlaege?q=Zwie",
                                       "/api/vorschlaege?q=" + base::percentEncode(vorgang_.zeichen),
                                       "/api/heute",
                                       "/api/posteingang",
                                       "/api/aktenplan"};
  const auto secret = [&](const World::Answer& answer) {
    return answer.text.find("wiebelturm") != std::string::npos ||
           answer.text.find(vorgang_.uuid.text()) != std::string::npos ||
           answer.text.find(dokument_.uuid.text()) != std::string::npos ||
           answer.text.find(anlage_.uuid.text()) != std::string::npos ||
           answer.text.find(vorgang_.zeichen) != std::string::npos;
  };
  int told = 0;
  for (const auto& list : lists) told += secret(ask(list)) ? 1 : 0;
  EXPECT_GE(told, 6) << "the lists would tell if they could";
  EXPECT_EQ(number("/api/akten/" + akte, "vorgaenge"), 2);
  EXPECT_EQ(number("/api/suche?q=Zwiebelturm", "anzahl"), 2);

  ASSERT_FALSE(narrow(vorgang_, onlyAnna()));

  for (const auto& list : lists) {
    const auto answer = ask(list);
    EXPECT_EQ(answer.status, 200U) << list;
    EXPECT_FALSE(secret(answer)) << list << ": " << answer.text;
  }
  EXPECT_EQ(number("/api/akten/" + akte, "vorgaenge"), 1);
  EXPECT_EQ(number("/api/suche?q=Zwiebelturm", "anzahl"), 0);
  EXPECT_EQ(town_.found(town_.bernd, "Zwiebelturm"), std::vector<std::int64_t>());
  EXPECT_EQ(town_.found(town_.anna, "Zwiebelturm"), (std::vector{dokument_.id, anlage_.id}));
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Geheimnis, whatIsHiddenAnswersAsWhatDoesNotExist) {
  ASSERT_FALSE(narrow(vorgang_, onlyAnna()));
  const auto nobody = Uuid::make(1).text();
  const auto same = [&](const std::string& method, const std::string& before, const Uuid& hidden,
                        const std::string& after, const std::string& body = {}) {
    const auto one = world_.request(method, before + hidden.text() + after, bernd_, body);
    const auto two = world_.request(method, before + nobody + after, bernd_, body);
    EXPECT_EQ(one.status, 404U) << method << " " << before << "…" << after << " " << one.text;
    EXPECT_EQ(one.text, two.text) << method << " " << before << "…" << after;
  };
  same("GET", "/api/vorgaenge/", vorgang_.uuid, "");
  same("GET", "/api/vorgaenge/", vorgang_.uuid, "/dokumente");
  same("GET", "/api/vorgaenge/", vorgang_.uuid, "/historie");
  same("PATCH", "/api/vorgaenge/", vorgang_.uuid, "", R"({"betreff":"x"})");
  same("POST", "/api/vorgaenge/", vorgang_.uuid, "/zda");
  for (const auto& dokument : {dokument_, anlage_}) {
    same("GET", "/api/dokumente/", dokument.uuid, "");
    same("GET", "/api/dokumente/", dokument.uuid, "/historie");
    same("GET", "/api/dokumente/", dokument.uuid, "/versionen/1/inhalt");
    same("GET", "/api/dokumente/", dokument.uuid, "/versionen/1/text");
    same("PATCH", "/api/dokumente/", dokument.uuid, "", R"({"betreff":"x"})");
    same("POST", "/api/dokumente/", dokument.uuid, "/zurueck-in-posteingang");
  }
  // Filing into it says nothing either.
  const auto eingang = town_.eingang(town_.bernd, "x.txt", "x");
  const auto target = "/api/dokumente/" + eingang.uuid.text() + "/ablegen";
  const auto hidden = world_.request("POST", target, bernd_, R"({"vorgang":")" + vorgang_.uuid.text() + "\"}");
  const auto missing = world_.request("POST", target, bernd_, R"({"vorgang":")" + nobody + "\"}");
  EXPECT_EQ(hidden.status, missing.status);
  EXPECT_EQ(hidden.text, missing.text);
}

TEST_P(Geheimnis, anotherTownsObjectsDoNotExist) {
  Town kreis(world_, "kreis");
  const auto angemeldet = must(world_.zugang.anmelden("kreis", "anna", password));
  const http::Fields headers{{"Cookie", angemeldet.cookie.substr(0, angemeldet.cookie.find(';'))},
                             {"X-CSRF-Token", angemeldet.wer.csrf}};
  for (const auto& target :
       {"/api/akten/" + akte_.uuid.text(), "/api/vorgaenge/" + vorgang_.uuid.text(),
        "/api/dokumente/" + dokument_.uuid.text(), "/api/aktenplaneinheiten/" + blatt_.uuid.text(),
        "/api/dokumente/" + dokument_.uuid.text() + "/versionen/1/inhalt",
        "/api/personen/" + town_.anna.uuid.text() + "/historie", "/api/akten?aktenplaneinheit=" + blatt_.uuid.text()})
    EXPECT_EQ(world_.request("GET", target, headers).status, 404U) << target;
  EXPECT_EQ(world_.request("GET", "/api/suche?q=Zwiebelturm", headers).json.at("anzahl").as_int64(), 0);
  EXPECT_EQ(world_.request("GET", "/api/vorschlaege?q=Zwie", headers).json.at("eintraege").as_array().size(), 0U);
  EXPECT_EQ(world_.request("GET", "/api/akten", headers).json.at("eintraege").as_array().size(), 0U);
}

TEST_P(Geheimnis, aRightThatIsWithdrawnIsGoneFromTheSearchInTheSameMoment) {
  const auto team = town_.access("Team", {entryFor(TraegerArt::person, town_.bernd.uuid.text(), Stufe::lesen),
                                          entryFor(TraegerArt::person, town_.anna.uuid.text(), Stufe::bearbeiten)});
  ASSERT_FALSE(narrow(vorgang_, team));
  EXPECT_EQ(town_.found(town_.bernd, "Zwiebelturm").size(), 2U);
  must(world_.change(town_.mandant, 0, [&](Change& c) {
    return mandant::changeZugriff(
        c, team, {{"Team"}, {entryFor(TraegerArt::person, town_.anna.uuid.text(), Stufe::bearbeiten)}});
  }));
  EXPECT_EQ(town_.found(town_.bernd, "Zwiebelturm").size(), 0U);
  EXPECT_EQ(town_.found(town_.anna, "Zwiebelturm").size(), 2U);
}

/// What is kept of a person's reach holds for what comes later too.
TEST_P(Geheimnis, theFirstObjectUnderAnAccessIsFoundAtOnce) {
  const auto everybody = all(), anna = onlyAnna();
  EXPECT_EQ(town_.found(town_.bernd, "Zwiebelturm").size(), 2U);
  EXPECT_EQ(town_.found(town_.anna, "Zwiebelturm").size(), 2U);
  ASSERT_FALSE(narrow(vorgang_, anna));
  EXPECT_EQ(town_.found(town_.bernd, "Zwiebelturm").size(), 0U);
  EXPECT_EQ(town_.found(town_.anna, "Zwiebelturm").size(), 2U);
  ASSERT_FALSE(narrow(vorgang_, everybody));
  EXPECT_EQ(town_.found(town_.bernd, "Zwiebelturm").size(), 2U);
}

TEST_P(Geheimnis, readersMayNotWrite) {
  const auto readers = town_.access("Leser", {entryFor(TraegerArt::alle, "", Stufe::lesen),
                                              entryFor(TraegerArt::person, town_.anna.uuid.text(), Stufe::bearbeiten)});
  ASSERT_FALSE(narrow(vorgang_, readers));
  EXPECT_EQ(ask("/api/vorgaenge/" + vorgang_.uuid.text()).status, 200U);
  bernd_.back().second = "\"2\"";
  EXPECT_EQ(world_.request("PATCH", "/api/vorgaenge/" + vorgang_.uuid.text(), bernd_, R"({"betreff":"x"})").status,
            403U);
  EXPECT_EQ(world_.request("PATCH", "/api/dokumente/" + dokument_.uuid.text(), bernd_, R"({"betreff":"x"})").status,
            403U);
}

/// Need to know: what was narrowed on its own is opened on its own only, whatever happens to the Akte around it.
TEST_P(Geheimnis, theAkteDoesNotWidenWhatWasNarrowedOnItsOwn) {
  const auto secret = onlyAnna();
  const auto wide = all();
  ASSERT_FALSE(narrow(vorgang_, secret));
  ASSERT_FALSE(narrow(akte_, wide));
  EXPECT_EQ(town_.now(vorgang_).zugriff, secret.id);
  // The Akte goes through the very same definition and back.
  ASSERT_FALSE(narrow(akte_, secret));
  ASSERT_FALSE(narrow(akte_, wide));
  EXPECT_EQ(town_.now(vorgang_).zugriff, secret.id);
  EXPECT_EQ(town_.now(dokument_).zugriff, secret.id);
  EXPECT_EQ(town_.found(town_.bernd, "Zwiebelturm").size(), 0U);
  // Set to what the Akte has, it inherits again.
  ASSERT_FALSE(narrow(vorgang_, wide));
  ASSERT_FALSE(narrow(akte_, secret));
  EXPECT_EQ(town_.now(vorgang_).zugriff, secret.id);
  EXPECT_EQ(town_.now(anlage_).zugriff, secret.id);
}

TEST_P(Geheimnis, anAkteThatIsNarrowedTakesItsVorgaengeAlong) {
  ASSERT_FALSE(narrow(akte_, onlyAnna()));
  EXPECT_EQ(ask("/api/akten/" + akte_.uuid.text()).status, 404U);
  EXPECT_EQ(ask("/api/vorgaenge/" + vorgang_.uuid.text()).status, 404U);
  EXPECT_EQ(ask("/api/dokumente/" + dokument_.uuid.text()).status, 404U);
  const auto plan = ask("/api/aktenplan");
  EXPECT_EQ(plan.json.at("eintraege").at(0).at("akten").as_int64(), 0);
  EXPECT_EQ(town_.found(town_.bernd, "Zwiebelturm").size(), 0U);
}

}  // namespace
}  // namespace engines
