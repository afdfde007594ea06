// The work of the Registratur: another place, copies, merging and parting, what stands around an object, many at once.
#include "support/world.h"

namespace engines {
namespace {

using akte::Handlung;
using akte::KontaktZeile;
using akte::Registratur;
using akte::SuchArt;
using akte::Verweisart;
using base::Line;

class RegistraturTest : public OnBothEngines {
 protected:
  template <typename F>
  auto as(const PersonZeile& by, F&& f) {
    return town_.as(by, std::forward<F>(f));
  }
  /// What Bernd is shown of the past.
  boost::json::value then(const std::string& target) {
    const auto cookie = must(world_.zugang.anmelden("stadt", "bernd", password)).cookie;
    const auto answer = world_.request("GET", target, {{"Cookie", cookie.substr(0, cookie.find(';'))}});
    EXPECT_EQ(answer.status, 200U) << answer.text;
    return answer.json;
  }
  base::Result<AkteZeile> umschreiben(const PersonZeile& by, const AkteZeile& row, const Uuid& einheit) {
    return as(by, [&](Change& c, const Berechtigung& wer) -> base::Result<AkteZeile> {
      AKTENLOTSE_GET(mit, akte::findAkte(c.tx(), wer, row.uuid));
      return Registratur(world_.schriftgut).umschreiben(c, wer, mit, {einheit, {}});
    });
  }
  base::Result<VorgangZeile> umschreiben(const PersonZeile& by, const VorgangZeile& row, const AkteZeile& ziel) {
    return as(by, [&](Change& c, const Berechtigung& wer) -> base::Result<VorgangZeile> {
      AKTENLOTSE_GET(mit, akte::findVorgang(c.tx(), wer, row.uuid));
      return Registratur(world_.schriftgut).umschreiben(c, wer, mit, akte::VorgangUmschreiben{ziel.uuid, {}});
    });
  }
  base::Result<void> undo(const PersonZeile& by, std::int64_t nr) {
    return as(by, [&](Change& c, const Berechtigung& wer) {
      return Registratur(world_.schriftgut).rueckgaengig(c, wer, nr);
    });
  }
  std::optional<akte::Objekt> bySign(const PersonZeile& by, const std::string& zeichen) {
    const auto wer = town_.wer(by);
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return akte::findeZeichen(tx, wer, zeichen); });
  }
  template <class Row>
  akte::Objekt objekt(const PersonZeile& by, const Row& row) {
    return akte::objektOf(town_.see(by, row));
  }
  template <class Row>
  std::vector<std::string> earlier(const PersonZeile& by, const Row& row) {
    const auto it = objekt(by, town_.now(row));
    const auto wer = town_.wer(by);
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return akte::fruehereZeichen(tx, wer, it); });
  }
  KontaktZeile kontakt(const std::string& nachname, const std::string& vorname, const std::string& ort = "") {
    akte::KontaktNeu neu;
    neu.nachname = {{nachname}};
    neu.vorname = {{vorname}};
    if (!ort.empty()) neu.ort = {{ort}};
    return must(
        as(town_.bernd, [&](Change& c, const Berechtigung& wer) { return world_.umfeld.createKontakt(c, wer, neu); }));
  }
  template <class Row>
  base::Result<akte::BeteiligungZeile> beteilige(const Row& row, const KontaktZeile& wen, const std::string& rolle) {
    return as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
      return world_.umfeld.addBeteiligung(c, wer, objektIn(c, wer, row), {wen.uuid, {rolle}, {}});
    });
  }
  static akte::Objekt objektIn(Change& c, const Berechtigung& wer, const VorgangZeile& row) {
    return must(akte::findObjekt(c.tx(), wer, SuchArt::vorgang, row.uuid));
  }
  void run(std::int64_t stapel, std::int64_t each = 7) {
    while (world_.stapel.schritt(town_.mandant, stapel, each) > 0) {
    }
  }

  World world_{GetParam()};
  Town town_{world_};
  AktenplaneinheitZeile eins_ = town_.entry("1"), zwei_ = town_.entry("2", {}, 30);
  ZugriffZeile geheim_ = town_.access("Geheim", {{TraegerArt::rolle, Line<40>{"LT"}, Stufe::bearbeiten}});
};
ON_BOTH_ENGINES(RegistraturTest);

TEST_P(RegistraturTest, anAkteThatIsUmgeschriebenIsFoundByItsOldSignWhichIsNeverGivenAgain) {
  const auto akte = town_.akte(town_.anna, eins_, "Wegebau");
  const auto offen = town_.vorgang(town_.bernd, akte), zu = town_.vorgang(town_.bernd, akte);
  const auto dokument = town_.dokument(town_.bernd, offen, "brief.txt", "Brief");
  must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.zda(c, wer, must(akte::findVorgang(c.tx(), wer, zu.uuid)));
  }));
  const auto before = world_.clock.now().iso();
  world_.clock.moveSeconds(60);
  const auto moved = must(umschreiben(town_.anna, akte, zwei_.uuid));
  EXPECT_EQ(moved.aktenplaneinheit, zwei_.id);
  EXPECT_EQ(moved.zeichen.rfind("2-", 0), 0U) << moved.zeichen;
  EXPECT_EQ(moved.aufbewahrungsdauer, 30) << "what it had from the plan comes from the new place";
  EXPECT_EQ(earlier(town_.anna, akte), std::vector<std::string>{akte.zeichen});
  EXPECT_EQ(bySign(town_.bernd, akte.zeichen)->id, akte.id);
  EXPECT_EQ(bySign(town_.bernd, moved.zeichen)->id, akte.id);
  EXPECT_NE(town_.now(offen).zeichen, offen.zeichen);
  EXPECT_EQ(bySign(town_.bernd, offen.zeichen)->id, offen.id);
  EXPECT_NE(town_.now(dokument).zeichen, dokument.zeichen);
  EXPECT_EQ(bySign(town_.bernd, *dokument.zeichen)->id, dokument.id);
  EXPECT_EQ(town_.now(zu).zeichen, zu.zeichen) << "nothing is written below a closed Vorgang (I1)";
  EXPECT_EQ(then("/api/dokumente/" + dokument.uuid.text() + "/stand?am=" + before).at("zeichen").as_string(),
            *dokument.zeichen);
  const auto list = then("/api/vorgaenge/" + offen.uuid.text() + "/stand/dokumente?am=" + before);
  EXPECT_EQ(list.at("eintraege").as_array().at(0).at("zeichen").as_string(), *dokument.zeichen);
  EXPECT_NE(town_.akte(town_.anna, eins_).zeichen, akte.zeichen);
  EXPECT_EQ(refusal(umschreiben(town_.anna, akte, zwei_.uuid)), Code::Konflikt) << "it is there";
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(RegistraturTest, umschreibenIsTakenBackWithItsSigns) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto vorgang = town_.vorgang(town_.anna, akte);
  must(umschreiben(town_.anna, akte, zwei_.uuid));
  must(undo(town_.anna, town_.entries()));
  EXPECT_EQ(town_.now(akte).zeichen, akte.zeichen);
  EXPECT_EQ(town_.now(vorgang).zeichen, vorgang.zeichen);
  EXPECT_EQ(bySign(town_.anna, vorgang.zeichen)->id, vorgang.id);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(RegistraturTest, umschreibenNeedsTheRightOnAllThatLiesInIt) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto vorgang = town_.vorgang(town_.anna, akte);
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.setZugriff(c, wer, must(akte::findVorgang(c.tx(), wer, vorgang.uuid)), {geheim_.uuid});
  }));
  EXPECT_EQ(refusal(umschreiben(town_.bernd, akte, zwei_.uuid)), Code::NichtErlaubt);
  must(umschreiben(town_.anna, akte, zwei_.uuid));
  EXPECT_EQ(town_.now(vorgang).zugriff, geheim_.id) << "an access of its own stays";
}

TEST_P(RegistraturTest, aVorgangGoesIntoAnotherAkteAndAnOldSignOfASecretPlaceIsNotTold) {
  const auto geheimer = town_.entry("3", {}, 10, geheim_.uuid);
  const auto secret = town_.akte(town_.anna, geheimer), open = town_.akte(town_.anna, eins_);
  const auto vorgang = town_.vorgang(town_.anna, secret);
  const auto dokument = town_.dokument(town_.anna, vorgang, "brief.txt", "Brief");
  EXPECT_EQ(refusal(umschreiben(town_.bernd, vorgang, open)), Code::NichtGefunden);
  const auto moved = must(umschreiben(town_.anna, vorgang, open));
  EXPECT_EQ(moved.akte, open.id);
  EXPECT_EQ(moved.zugriff, open.zugriff);
  EXPECT_EQ(town_.now(dokument).zugriff, open.zugriff);
  EXPECT_EQ(earlier(town_.anna, vorgang), std::vector<std::string>{vorgang.zeichen});
  EXPECT_TRUE(earlier(town_.bernd, vorgang).empty());
  EXPECT_FALSE(bySign(town_.bernd, vorgang.zeichen));
  EXPECT_TRUE(bySign(town_.bernd, moved.zeichen));
  EXPECT_EQ(world_.check(), Findings());
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.zda(c, wer, must(akte::findVorgang(c.tx(), wer, vorgang.uuid)));
  }));
  EXPECT_EQ(refusal(umschreiben(town_.anna, vorgang, secret)), Code::Abgeschlossen);
}

TEST_P(RegistraturTest, aCopyTakesWhatThePersonSeesAndIsOpen) {
  const auto akte = town_.akte(town_.anna, eins_, "Muster");
  const auto first = town_.vorgang(town_.anna, akte, "Antrag"), hidden = town_.vorgang(town_.anna, akte, "Geheimes");
  town_.dokument(town_.anna, first, "muster.txt", "Mustertext Flurstück");
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.setZugriff(c, wer, must(akte::findVorgang(c.tx(), wer, hidden.uuid)), {geheim_.uuid});
  }));
  for (const auto& row : {first, hidden})
    must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
      return world_.schriftgut.zda(c, wer, must(akte::findVorgang(c.tx(), wer, row.uuid)));
    }));
  const auto entries = town_.entries();
  const auto copy = must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return Registratur(world_.schriftgut)
        .kopiere(c, wer, must(akte::findAkte(c.tx(), wer, akte.uuid)), {{"Neuer Fall"}, {}, {}, true});
  }));
  EXPECT_EQ(town_.entries(), entries + 1) << "one step";
  EXPECT_NE(copy.zeichen, akte.zeichen);
  EXPECT_EQ(copy.betreff, "Neuer Fall");
  const auto in = world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
    return tx.query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
        " FROM vorgang WHERE mandant = :m AND akte = :a ORDER BY id", town_.mandant, copy.id));
  });
  ASSERT_EQ(in.size(), 1U);
  EXPECT_EQ(in[0].betreff, "Antrag");
  EXPECT_EQ(in[0].status, akte::Status::inBearbeitung);
  EXPECT_FALSE(in[0].zdaDatum);
  EXPECT_EQ(town_.found(town_.bernd, "Flurstück").size(), 2U);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(RegistraturTest, vorgaengeAreMergedAndPartedWithVerweise) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto a = town_.vorgang(town_.bernd, akte, "A"), b = town_.vorgang(town_.bernd, akte, "B");
  const auto x = town_.dokument(town_.bernd, a, "x.txt", "x"), y = town_.dokument(town_.bernd, b, "y.txt", "y");
  const auto before = world_.clock.now().iso();
  world_.clock.moveSeconds(60);
  const auto merged = must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return Registratur(world_.schriftgut)
        .legeZusammen(c, wer, must(akte::findAkte(c.tx(), wer, akte.uuid)), {{"A und B"}, {a.uuid, b.uuid}});
  }));
  EXPECT_EQ(town_.now(x).vorgang, merged.id);
  EXPECT_EQ(town_.now(y).vorgang, merged.id);
  EXPECT_NE(town_.now(x).zeichen, x.zeichen);
  EXPECT_EQ(bySign(town_.bernd, *x.zeichen)->id, x.id);
  const auto parted = must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return Registratur(world_.schriftgut)
        .teile(c, wer, must(akte::findVorgang(c.tx(), wer, merged.uuid)), {{"Nur Y"}, {y.uuid}});
  }));
  EXPECT_EQ(town_.now(y).vorgang, parted.id);
  const auto verweise = world_.read(
      town_.mandant, [&](const sql::ReadTx& tx) { return mandant::allRows<akte::VerweisZeile>(tx, town_.mandant); });
  ASSERT_EQ(verweise.size(), 3U);
  EXPECT_EQ(verweise[2].art, Verweisart::hervorgegangen);
  EXPECT_EQ(verweise[2].nach, merged.id);
  // Where a Dokument lay before both is told from entries of Vorgänge in which it lies no more.
  const auto list = then("/api/vorgaenge/" + b.uuid.text() + "/stand/dokumente?am=" + before);
  ASSERT_EQ(list.at("eintraege").as_array().size(), 1U);
  EXPECT_EQ(list.at("eintraege").as_array()[0].at("id").as_string(), y.uuid.text());
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(RegistraturTest, schlagworteAndVerweiseAreSetChangedAndTakenBack) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto a = town_.vorgang(town_.bernd, akte), b = town_.vorgang(town_.bernd, akte);
  const auto set = [&](const std::vector<Line<80>>& worte) {
    return as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
      return world_.umfeld.setSchlagworte(c, wer, objektIn(c, wer, a), {worte});
    });
  };
  const auto count = [&] {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return mandant::allRows<akte::SchlagwortZeile>(tx, town_.mandant).size();
    });
  };
  must(set({{"Straße"}, {"STRASSE"}, {"Winterdienst"}}));
  EXPECT_EQ(count(), 2U) << "words that differ in case only are one";
  must(set({{"Winterdienst"}}));
  EXPECT_EQ(count(), 1U);
  must(undo(town_.bernd, town_.entries()));
  EXPECT_EQ(count(), 2U);
  const auto link = [&] {
    return as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
      return world_.umfeld.addVerweis(c, wer, objektIn(c, wer, a), {SuchArt::vorgang, b.uuid, Verweisart::siehe, {}});
    });
  };
  must(link());
  EXPECT_EQ(refusal(link()), Code::Vergeben);
  must(undo(town_.bernd, town_.entries()));
  must(link());
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(RegistraturTest, kontakteThatAreTheSameAreFoundMergedAndTakenApartAgain) {
  EXPECT_EQ(akte::suchform("Hańža Wićazowa-Müller"), "HANZA WICAZOWA MUELLER");
  EXPECT_EQ(akte::suchform("  Öztürk,  Ağrı  "), "OEZTUERK AGRI");
  const auto vorgang = town_.vorgang(town_.bernd, town_.akte(town_.anna, eins_));
  const auto one = kontakt("Wićazowa", "Hańža"), two = kontakt("WICAZOWA", "Hanza", "Bautzen"),
             other = kontakt("Meier", "Eva");
  must(beteilige(vorgang, one, "Antragsteller"));
  must(beteilige(vorgang, two, "Antragsteller"));
  must(beteilige(vorgang, two, "Nachbar"));
  EXPECT_EQ(refusal(beteilige(vorgang, one, "Antragsteller")), Code::Vergeben);
  const auto wer = town_.wer(town_.bernd);
  const auto same = world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return akte::doppelte(tx, wer, one); });
  ASSERT_EQ(same.size(), 1U);
  EXPECT_EQ(same[0].id, two.id);
  const auto merge = [&](const KontaktZeile& into, const KontaktZeile& gone) {
    const auto now = town_.now(into);
    return as(town_.bernd,
              [&](Change& c, const Berechtigung& w) { return world_.umfeld.vereine(c, w, now, {gone.uuid}); });
  };
  EXPECT_EQ(refusal(merge(one, one)), Code::EingabeUngueltig);
  const auto merged = must(merge(one, two));
  EXPECT_EQ(merged.ort, "Bautzen");
  EXPECT_EQ(town_.now(two).vereintIn, one.id);
  const auto taking = [&] {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      std::map<std::string, std::int64_t> out;
      for (const auto& row : mandant::allRows<akte::BeteiligungZeile>(tx, town_.mandant)) out[row.rolle] = row.kontakt;
      return out;
    });
  };
  EXPECT_EQ(taking(), (std::map<std::string, std::int64_t>{{"Antragsteller", one.id}, {"Nachbar", one.id}}));
  EXPECT_EQ(refusal(merge(two, other)), Code::Konflikt) << "it is gone";
  EXPECT_EQ(refusal(beteilige(vorgang, two, "x")), std::nullopt) << "it can still be named, and shows as merged";
  must(undo(town_.bernd, town_.entries()));
  must(undo(town_.bernd, town_.entries() - 2));
  EXPECT_FALSE(town_.now(two).vereintIn);
  EXPECT_FALSE(town_.now(one).ort);
  EXPECT_EQ(taking().at("Nachbar"), two.id);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(RegistraturTest, manyObjectsAtOnceEachWithItsEntryAndTakenBackAsAWhole) {
  const auto akte = town_.akte(town_.anna, eins_);
  akte::StapelNeu input;
  input.handlung = Handlung::verschlagworten;
  input.angaben.wort = {{"Umzug"}};
  std::vector<VorgangZeile> vorgaenge;
  for (int i = 0; i < 20; ++i) {
    vorgaenge.push_back(town_.vorgang(town_.bernd, akte));
    input.objekte.push_back({SuchArt::vorgang, vorgaenge.back().uuid});
  }
  must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.zda(c, wer, must(akte::findVorgang(c.tx(), wer, vorgaenge[3].uuid)));
  }));
  const auto before = town_.entries();
  const auto preview = must(world_.stapel.vorschau(town_.mandant, town_.bernd.id, input));
  EXPECT_EQ(town_.entries(), before) << "a preview writes nothing";
  ASSERT_EQ(preview.size(), 20U);
  EXPECT_FALSE(preview[3].geht);
  EXPECT_TRUE(preview[4].geht);
  const auto begin = [&] {
    return must(
        as(town_.bernd, [&](Change& c, const Berechtigung& wer) { return world_.stapel.stelleEin(c, wer, input); }));
  };
  const auto stapel = begin();
  EXPECT_EQ(world_.stapel.schritt(town_.mandant, stapel.id, 7), 13);
  // The program dies here; what is left lies in the tables.
  run(stapel.id);
  EXPECT_EQ(town_.entries(), before + 19);
  EXPECT_EQ(world_.check(), Findings());
  const auto wer = town_.wer(town_.bernd);
  must(as(town_.bernd, [&](Change& c, const Berechtigung&) { return world_.stapel.nimmZurueck(c, wer, stapel.id); }));
  run(stapel.id);
  EXPECT_EQ(town_.entries(), before + 38);
  EXPECT_TRUE(world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
    return mandant::allRows<akte::SchlagwortZeile>(tx, town_.mandant).empty();
  }));
  EXPECT_EQ(world_.check(), Findings());
  const auto stranger = town_.wer(town_.anna);
  EXPECT_EQ(refusal(world_.read(town_.mandant,
                                [&](const sql::ReadTx& tx) { return akte::findStapel(tx, stranger, stapel.id); })),
            Code::NichtGefunden);
}

TEST_P(RegistraturTest, filingManyAndClosingManyIsTakenBack) {
  const auto vorgang = town_.vorgang(town_.bernd, town_.akte(town_.anna, eins_));
  akte::StapelNeu input;
  input.handlung = Handlung::ablegen;
  input.angaben.ziel = vorgang.uuid;
  std::vector<DokumentZeile> letters;
  for (int i = 0; i < 5; ++i) {
    letters.push_back(town_.eingang(town_.bernd, "brief.txt", "Brief " + std::to_string(i)));
    input.objekte.push_back({SuchArt::dokument, letters.back().uuid});
  }
  const auto go = [&](const akte::StapelNeu& what) {
    const auto row = must(
        as(town_.bernd, [&](Change& c, const Berechtigung& wer) { return world_.stapel.stelleEin(c, wer, what); }));
    run(row.id);
    return row;
  };
  const auto back = [&](const akte::StapelZeile& row) {
    must(
        as(town_.bernd, [&](Change& c, const Berechtigung& wer) { return world_.stapel.nimmZurueck(c, wer, row.id); }));
    run(row.id);
  };
  const auto filed = go(input);
  for (const auto& letter : letters) EXPECT_EQ(town_.now(letter).vorgang, vorgang.id);
  akte::StapelNeu close{Handlung::zda, {}, {{SuchArt::vorgang, vorgang.uuid}}};
  const auto closed = go(close);
  EXPECT_EQ(town_.now(vorgang).status, akte::Status::abgeschlossen);
  back(closed);
  EXPECT_EQ(town_.now(vorgang).status, akte::Status::inBearbeitung);
  back(filed);
  for (const auto& letter : letters) EXPECT_FALSE(town_.now(letter).vorgang);
  EXPECT_EQ(world_.check(), Findings());
}

}  // namespace
}  // namespace engines
