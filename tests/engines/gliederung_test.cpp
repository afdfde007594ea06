// What parts an Akte and a Vorgang, fields of their own, Dokumente that are narrowed on their own, and undo of what
// makes new objects.
#include "akte/felder.h"
#include "akte/register.h"
#include "support/world.h"

namespace engines {
namespace {

using akte::Blattart;
using akte::Gliedern;
using akte::RegisterblattZeile;
using akte::Registratur;
using akte::SuchArt;
using base::Line;

class GliederungTest : public OnBothEngines {
 protected:
  template <typename F>
  auto as(const PersonZeile& by, F&& f) {
    return town_.as(by, std::forward<F>(f));
  }
  template <class Row>
  base::Result<RegisterblattZeile> blatt(const Row& row, const std::string& name,
                                         Blattart art = Blattart::registerblatt,
                                         const std::optional<Uuid>& ueber = {}) {
    const auto objekt = akte::objektOf(town_.see(town_.bernd, row));
    return as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
      return akte::createBlatt(c, wer, objekt, {{name}, art, ueber});
    });
  }
  template <class Row>
  base::Result<Row> behind(const Row& row, const std::optional<Uuid>& blatt) {
    const auto mit = town_.see(town_.bernd, row);
    return as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
      return akte::gliedern(c, wer, mit, {{true, blatt}});
    });
  }
  template <class Row>
  base::Result<void> remove(const Row& row, const RegisterblattZeile& one) {
    const auto objekt = akte::objektOf(town_.see(town_.bernd, row));
    return as(town_.bernd,
              [&](Change& c, const Berechtigung& wer) { return akte::removeBlatt(c, wer, objekt, one.uuid); });
  }
  template <class Row>
  std::vector<std::string> names(SuchArt art, const Row& row) {
    std::vector<std::string> out;
    for (const auto& one : world_.read(
             town_.mandant, [&](const sql::ReadTx& tx) { return akte::blaetterIn(tx, town_.mandant, art, row.id); }))
      out.push_back(one.bezeichnung);
    return out;
  }
  base::Result<void> undo(const PersonZeile& by, std::int64_t nr) {
    return as(by, [&](Change& c, const Berechtigung& wer) {
      return Registratur(world_.schriftgut).rueckgaengig(c, wer, nr);
    });
  }
  base::Result<DokumentZeile> narrow(const PersonZeile& by, const DokumentZeile& row, const ZugriffZeile& zugriff) {
    return as(by, [&](Change& c, const Berechtigung& wer) -> base::Result<DokumentZeile> {
      AKTENLOTSE_GET(mit, akte::findDokument(c.tx(), wer, row.uuid));
      return world_.schriftgut.setZugriff(c, wer, mit, {zugriff.uuid});
    });
  }
  AkteZeile copy(const PersonZeile& by, const AkteZeile& akte, bool dokumente = true) {
    return must(as(by, [&](Change& c, const Berechtigung& wer) {
      return Registratur(world_.schriftgut)
          .kopiere(c, wer, must(akte::findAkte(c.tx(), wer, akte.uuid)), {{"Kopie"}, {}, {}, dokumente});
    }));
  }
  std::vector<VorgangZeile> in(const AkteZeile& akte) {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return tx.query<VorgangZeile>(sql::Query::select<VorgangZeile>().add(
          " FROM vorgang WHERE mandant = :m AND akte = :a ORDER BY id", town_.mandant, akte.id));
    });
  }
  std::int64_t count(const std::string& table) {
    return std::stoll(world_.fresh.raw().value("SELECT COUNT(*) FROM " + table));
  }

  World world_{GetParam()};
  Town town_{world_};
  AktenplaneinheitZeile eins_ = town_.entry("1");
  ZugriffZeile geheim_ = town_.access("Geheim", {{TraegerArt::rolle, Line<40>{"LT"}, Stufe::bearbeiten}});
};
ON_BOTH_ENGINES(GliederungTest);

TEST_P(GliederungTest, anAkteHasRegisterblaetterTeilaktenAndBaende) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto vorgang = town_.vorgang(town_.bernd, akte);
  const auto band = must(blatt(akte, "Band 1", Blattart::band));
  const auto plaene = must(blatt(akte, "Pläne", Blattart::registerblatt, band.uuid));
  const auto briefe = must(blatt(akte, "Briefe"));
  EXPECT_EQ(names(SuchArt::akte, akte), (std::vector<std::string>{"Band 1", "Pläne", "Briefe"}));
  EXPECT_EQ(refusal(blatt(akte, "x", Blattart::band, band.uuid)), Code::EingabeUngueltig) << "only Registerblätter";
  EXPECT_EQ(refusal(blatt(akte, "x", Blattart::registerblatt, briefe.uuid)), Code::EingabeUngueltig);
  EXPECT_EQ(refusal(blatt(vorgang, "x", Blattart::teilakte)), Code::EingabeUngueltig);

  EXPECT_EQ(must(behind(vorgang, plaene.uuid)).registerblatt, plaene.id);
  EXPECT_EQ(refusal(remove(akte, plaene)), Code::Konflikt) << "something lies behind it (M5.3)";
  EXPECT_EQ(refusal(remove(akte, band)), Code::Konflikt) << "a Registerblatt lies in it";
  EXPECT_EQ(refusal(behind(vorgang, Uuid::make(1))), Code::EingabeUngueltig);
  must(undo(town_.bernd, town_.entries()));
  EXPECT_FALSE(town_.now(vorgang).registerblatt);
  must(remove(akte, plaene));
  EXPECT_EQ(names(SuchArt::akte, akte), (std::vector<std::string>{"Band 1", "Briefe"}));
  must(undo(town_.bernd, town_.entries()));
  EXPECT_EQ(names(SuchArt::akte, akte), (std::vector<std::string>{"Band 1", "Pläne", "Briefe"}));
  const auto objekt = akte::objektOf(town_.see(town_.bernd, akte));
  must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return akte::changeBlatt(c, wer, objekt, {briefe.uuid, {{"Post"}}, 1});
  }));
  EXPECT_EQ(names(SuchArt::akte, akte), (std::vector<std::string>{"Post", "Band 1", "Pläne"}));
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(GliederungTest, aDokumentLiesBehindARegisterblattOfItsVorgangUntilItGoes) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto a = town_.vorgang(town_.bernd, akte, "A"), b = town_.vorgang(town_.bernd, akte, "B");
  const auto letter = town_.dokument(town_.bernd, a, "brief.txt", "Brief");
  const auto mine = must(blatt(a, "Anträge")), other = must(blatt(b, "Anträge"));
  EXPECT_EQ(refusal(behind(letter, other.uuid)), Code::EingabeUngueltig) << "of another Vorgang";
  EXPECT_EQ(must(behind(letter, mine.uuid)).registerblatt, mine.id);
  must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.ablegen(c, wer, must(akte::findDokument(c.tx(), wer, letter.uuid)),
                                     {b.uuid, {}, {}, {}, {}, {}});
  }));
  EXPECT_FALSE(town_.now(letter).registerblatt);
  must(remove(a, mine));
  const auto posted = town_.eingang(town_.bernd, "post.txt", "Post");
  EXPECT_EQ(refusal(behind(posted, other.uuid)), Code::Konflikt) << "it lies in no Vorgang";
  must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.zda(c, wer, must(akte::findVorgang(c.tx(), wer, b.uuid)));
  }));
  EXPECT_EQ(refusal(behind(letter, other.uuid)), Code::Abgeschlossen);
  EXPECT_EQ(refusal(blatt(b, "Spät")), Code::Abgeschlossen);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(GliederungTest, anAkteFromATemplateWith35SubFilesIsOneEntryWithItsRegister) {
  const auto muster = town_.akte(town_.anna, eins_, "Muster");
  std::vector<RegisterblattZeile> blaetter;
  blaetter.push_back(must(blatt(muster, "Teil I", Blattart::teilakte)));
  blaetter.push_back(must(blatt(muster, "Anträge", Blattart::registerblatt, blaetter[0].uuid)));
  blaetter.push_back(must(blatt(muster, "Bescheide")));
  for (std::size_t i = 0; i < 35; ++i)
    must(behind(town_.vorgang(town_.bernd, muster, "Teil " + std::to_string(i)), blaetter[i % 3].uuid));
  const auto inner = must(blatt(in(muster)[0], "Pläne"));
  must(behind(town_.dokument(town_.bernd, in(muster)[0], "plan.txt", "Plan"), inner.uuid));
  const auto before = town_.entries();
  const auto made = copy(town_.bernd, muster);
  EXPECT_EQ(town_.entries(), before + 1);
  EXPECT_EQ(names(SuchArt::akte, made), names(SuchArt::akte, muster));
  const auto from = in(muster), to = in(made);
  ASSERT_EQ(to.size(), 35U);
  const auto nameOf = [&](const VorgangZeile& row) {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      const auto one = mandant::rowById<RegisterblattZeile>(tx, town_.mandant, row.registerblatt.value()).value();
      EXPECT_EQ(one.akte, row.akte);
      return one.bezeichnung;
    });
  };
  for (std::size_t i = 0; i < to.size(); ++i) EXPECT_EQ(nameOf(to[i]), nameOf(from[i]));
  EXPECT_EQ(names(SuchArt::vorgang, to[0]), std::vector<std::string>{"Pläne"});
  EXPECT_EQ(town_.found(town_.bernd, "Plan").size(), 2U);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(GliederungTest, fieldsOfEachKindAreCheckedFoundAndTakenBack) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto vorgang = town_.vorgang(town_.bernd, akte);
  const auto letter = town_.dokument(town_.bernd, vorgang, "brief.txt", "Ein Brief");
  const auto field = [&](akte::Feldziel ziel, const std::string& name) {
    akte::FeldartNeu neu{{"Bauantrag"}, {name}, akte::Feldtyp::text};
    neu.fuer = ziel;
    return must(as(town_.anna, [&](Change& c, const Berechtigung& wer) { return akte::createFeldart(c, wer, neu); }));
  };
  const auto flur = field(akte::Feldziel::akte, "Flurstück"), same = field(akte::Feldziel::intern, "Flurstück");
  const auto eingang = field(akte::Feldziel::eingang, "Aktenlage");
  const auto set = [&](const auto& row, const akte::FeldartZeile& feld, const std::string& wert) {
    const auto mit = town_.see(town_.bernd, row);
    return as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
      return akte::setFelder(c, wer, world_.index, mit, {{true, {{"Bauantrag"}}}, {{feld.uuid, {{wert}}}}});
    });
  };
  must(set(akte, flur, "Gemarkung Haselgrund"));
  must(set(letter, same, "Haselgrund 12"));
  EXPECT_EQ(refusal(set(letter, flur, "x")), Code::EingabeUngueltig) << "a field of Akten";
  EXPECT_EQ(refusal(set(letter, eingang, "x")), Code::EingabeUngueltig) << "a field of Eingänge";
  EXPECT_EQ(town_.found(town_.bernd, "Haselgrund"), std::vector{letter.id}) << "in the text of the search";
  EXPECT_EQ(world_.check(), Findings());
  const auto made = copy(town_.bernd, akte, false);
  EXPECT_EQ(world_.read(town_.mandant,
                        [&](const sql::ReadTx& tx) {
                          return akte::werteOf(tx, town_.mandant, SuchArt::akte, made.id).at(flur.id).wert;
                        }),
            "Gemarkung Haselgrund");
  must(undo(town_.bernd, town_.entries() - 1));
  EXPECT_EQ(town_.found(town_.bernd, "Haselgrund"), std::vector<std::int64_t>());
  EXPECT_FALSE(town_.now(letter).typ);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(GliederungTest, aNarrowedDokumentStaysNarrowWhereverItGoes) {
  const auto open = town_.access("Offen", {{TraegerArt::alle, {}, Stufe::bearbeiten}});
  const auto akte = town_.akte(town_.anna, eins_);
  const auto a = town_.vorgang(town_.anna, akte, "A"), b = town_.vorgang(town_.anna, akte, "B");
  const auto letter = town_.dokument(town_.anna, a, "gutachten.txt", "Das Kellerasselgutachten");
  const auto anlage = must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.createAnlage(c, wer, must(akte::findDokument(c.tx(), wer, letter.uuid)),
                                          world_.file("anlage.txt", "Kellerasselanhang"));
  }));
  EXPECT_EQ(refusal(narrow(town_.bernd, letter, geheim_)), Code::NichtErlaubt) << "needs the right";
  EXPECT_EQ(refusal(narrow(town_.anna, anlage, geheim_)), Code::Konflikt) << "an Anlage has its Dokument's access";
  must(narrow(town_.anna, letter, geheim_));
  const auto secret = [&](const std::string& when) {
    for (const auto& row : {town_.now(letter), town_.now(anlage)}) {
      EXPECT_EQ(row.zugriff, geheim_.id) << when;
      EXPECT_TRUE(row.hatEigenenZugriff()) << when;
    }
    EXPECT_EQ(town_.found(town_.bernd, "Kellerassel*"), std::vector<std::int64_t>()) << when;
    EXPECT_EQ(town_.found(town_.anna, "Kellerassel*").size(), 2U) << when;
    EXPECT_EQ(world_.check(), Findings()) << when;
  };
  secret("narrowed");
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.setZugriff(c, wer, must(akte::findVorgang(c.tx(), wer, a.uuid)), {open.uuid});
  }));
  secret("the Vorgang was opened");
  const auto late = must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.createAnlage(c, wer, must(akte::findDokument(c.tx(), wer, letter.uuid)),
                                          world_.file("spaet.txt", "Nachgereicht"));
  }));
  EXPECT_EQ(late.zugriff, geheim_.id);
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.ablegen(c, wer, must(akte::findDokument(c.tx(), wer, letter.uuid)),
                                     {b.uuid, {}, {}, {}, {}, {}});
  }));
  secret("moved");
  const auto merge = [&](const PersonZeile& by) {
    return as(by, [&](Change& c, const Berechtigung& wer) {
      return Registratur(world_.schriftgut)
          .legeZusammen(c, wer, must(akte::findAkte(c.tx(), wer, akte.uuid)), {{"A und B"}, {a.uuid, b.uuid}});
    });
  };
  EXPECT_EQ(refusal(merge(town_.bernd)), Code::NichtErlaubt) << "not what one may not edit";
  must(merge(town_.anna));
  secret("merged");
  must(undo(town_.anna, town_.entries()));
  secret("parted again");
  const auto target = town_.akte(town_.anna, eins_);
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return Registratur(world_.schriftgut)
        .umschreiben(c, wer, must(akte::findVorgang(c.tx(), wer, b.uuid)), akte::VorgangUmschreiben{target.uuid});
  }));
  secret("its Vorgang moved");
  must(as(town_.anna, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.zurueck(c, wer, must(akte::findDokument(c.tx(), wer, letter.uuid)));
  }));
  secret("in the Posteingang");
  must(narrow(town_.anna, letter, mandant::ZugriffZeile(open)));
  EXPECT_EQ(town_.found(town_.bernd, "Kellerassel*").size(), 2U);
}

TEST_P(GliederungTest, aCopyOfANarrowedDokumentIsNarrowAndWhoDoesNotSeeItCopiesItNot) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto vorgang = town_.vorgang(town_.anna, akte);
  must(narrow(town_.anna, town_.dokument(town_.anna, vorgang, "geheim.txt", "Kellerassel"), geheim_));
  town_.dokument(town_.anna, vorgang, "offen.txt", "Marienkäfer");
  copy(town_.bernd, akte);
  EXPECT_EQ(town_.found(town_.anna, "Kellerassel").size(), 1U);
  EXPECT_EQ(town_.found(town_.anna, "Marienkäfer").size(), 2U);
  copy(town_.anna, akte);
  EXPECT_EQ(town_.found(town_.anna, "Kellerassel").size(), 2U);
  EXPECT_EQ(town_.found(town_.bernd, "Kellerassel").size(), 0U);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(GliederungTest, mergingPartingAndCopyingAreTakenBackWhileNothingHangsOnThem) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto a = town_.vorgang(town_.bernd, akte, "A"), b = town_.vorgang(town_.bernd, akte, "B");
  const auto x = town_.dokument(town_.bernd, a, "x.txt", "Xylophon"),
             y = town_.dokument(town_.bernd, b, "y.txt", "Ypsilon");
  const auto merged = must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return Registratur(world_.schriftgut)
        .legeZusammen(c, wer, must(akte::findAkte(c.tx(), wer, akte.uuid)), {{"Beide"}, {a.uuid, b.uuid}});
  }));
  const auto entry = town_.entries();
  const auto z = town_.dokument(town_.bernd, merged, "z.txt", "Zebra");
  EXPECT_EQ(refusal(undo(town_.bernd, entry)), Code::Konflikt) << "something came into it";
  must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return world_.schriftgut.ablegen(c, wer, must(akte::findDokument(c.tx(), wer, z.uuid)),
                                     {a.uuid, {}, {}, {}, {}, {}});
  }));
  must(undo(town_.bernd, entry));
  EXPECT_EQ(town_.now(x).vorgang, a.id);
  EXPECT_EQ(town_.now(x).zeichen, x.zeichen);
  EXPECT_EQ(town_.now(y).vorgang, b.id);
  EXPECT_EQ(count("vorgang"), 2);
  EXPECT_EQ(count("verweis"), 0);
  EXPECT_NE(town_.vorgang(town_.bernd, akte).zeichen, merged.zeichen) << "its sign is not given again";
  EXPECT_EQ(world_.check(), Findings());

  must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
    return Registratur(world_.schriftgut)
        .teile(c, wer, must(akte::findVorgang(c.tx(), wer, b.uuid)), {{"Nur Y"}, {y.uuid}});
  }));
  must(undo(town_.bernd, town_.entries()));
  EXPECT_EQ(town_.now(y).vorgang, b.id);

  must(blatt(a, "Anträge"));
  const auto before = town_.found(town_.bernd, "Xylophon");
  const auto made = copy(town_.bernd, akte);
  EXPECT_EQ(town_.found(town_.bernd, "Xylophon").size(), 2U);
  must(undo(town_.bernd, town_.entries()));
  EXPECT_EQ(town_.found(town_.bernd, "Xylophon"), before);
  EXPECT_EQ(town_.found(town_.bernd, "typ:intern").size(), 3U) << "nor is it counted";
  EXPECT_EQ(world_.read(town_.mandant,
                        [&](const sql::ReadTx& tx) {
                          return mandant::rowById<AkteZeile>(tx, town_.mandant, made.id).has_value();
                        }),
            false);
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(GliederungTest, aStapelIsAJobThatGoesOnWhereItStopped) {
  const auto akte = town_.akte(town_.anna, eins_);
  const auto target = must(blatt(akte, "Alt"));
  akte::StapelNeu input{akte::Handlung::gliedern, {target.uuid, {}}, {}};
  for (int i = 0; i < 250; ++i) input.objekte.push_back({SuchArt::vorgang, town_.vorgang(town_.bernd, akte).uuid});
  const auto stapel =
      must(as(town_.bernd, [&](Change& c, const Berechtigung& wer) { return world_.stapel.stelleEin(c, wer, input); }));
  // A server dies after some of it; another one finds the job and the rest.
  EXPECT_EQ(world_.stapel.schritt(town_.mandant, stapel.id, 30), 220);
  jobs::Werk werk(world_.database, world_.clock);
  akte::addStapelAuftrag(werk, world_.stapel);
  EXPECT_GE(werk.leeren(), 1U);
  for (const auto& row : in(akte)) EXPECT_EQ(row.registerblatt, target.id);
  must(as(town_.bernd,
          [&](Change& c, const Berechtigung& wer) { return world_.stapel.nimmZurueck(c, wer, stapel.id); }));
  EXPECT_EQ(werk.leeren(), 1U);
  for (const auto& row : in(akte)) EXPECT_FALSE(row.registerblatt);
  input = {akte::Handlung::stornieren, {}, {{SuchArt::vorgang, in(akte)[0].uuid}}};
  const auto cancel =
      must(as(town_.anna, [&](Change& c, const Berechtigung& wer) { return world_.stapel.stelleEin(c, wer, input); }));
  (void)werk.leeren();
  EXPECT_EQ(in(akte)[0].status, akte::Status::storniert);
  must(
      as(town_.anna, [&](Change& c, const Berechtigung& wer) { return world_.stapel.nimmZurueck(c, wer, cancel.id); }));
  (void)werk.leeren();
  EXPECT_EQ(in(akte)[0].status, akte::Status::inBearbeitung);
  EXPECT_EQ(world_.check(), Findings());
}

}  // namespace
}  // namespace engines
