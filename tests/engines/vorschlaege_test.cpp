// Where a letter belongs: reasons, rights, rules; the same on both engines.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "eingang/vorschlag.h"
#include "support/property.h"
#include "support/world.h"

namespace engines {
namespace {

using eingang::GrundArt;
using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

class Vorschlaege : public OnBothEngines {
 protected:
  void SetUp() override {
    blatt_ = town_.entry("632");
    akte_ = town_.akte(town_.bernd, blatt_, "Erlenweg");
    carport_ = town_.vorgang(town_.bernd, akte_, "Carport Erlenweg 14");
    garage_ = town_.vorgang(town_.bernd, akte_, "Garage Lindenstraße 3");
  }
  eingang::Vorschlaege fragen(const PersonZeile& by, const DokumentZeile& letter) {
    const auto wer = town_.wer(by);
    const auto mit = town_.see(by, letter);
    const auto heute = base::Datum::of(world_.clock.now());
    return world_.read(town_.mandant,
                       [&](const sql::ReadTx& tx) { return vorschlagende_.vorschlagen(tx, wer, mit, heute); });
  }
  /// The signs of what is proposed, "+" before those of an Akte.
  std::vector<std::string> ziele(const PersonZeile& by, const DokumentZeile& letter) {
    std::vector<std::string> out;
    const auto found = fragen(by, letter);
    for (const auto& one : found.liste)
      out.push_back(one.vorgang ? one.vorgang->vorgang.zeichen : "+" + one.akte.zeichen);
    return out;
  }
  std::vector<GrundArt> gruende(const DokumentZeile& letter, std::size_t nr = 0) {
    std::vector<GrundArt> out;
    const auto found = fragen(town_.bernd, letter);
    for (const auto& grund : found.liste.at(nr).gruende) out.push_back(grund.art);
    return out;
  }
  void ablegen(const DokumentZeile& letter, const VorgangZeile& ziel, const std::string& absender = "",
               const std::string& zeichen = "") {
    const auto mit = town_.see(town_.bernd, letter);
    akte::DokumentAblegen input;
    input.vorgang = ziel.uuid;
    if (!absender.empty()) input.absender = {true, base::Line<300>{absender}};
    if (!zeichen.empty()) input.fremdesGeschaeftszeichen = {true, base::Line<200>{zeichen}};
    must(town_.as(town_.bernd,
                  [&](Change& c, const Berechtigung& w) { return world_.schriftgut.ablegen(c, w, mit, input); }));
  }
  DokumentZeile brief(const std::string& text) { return town_.eingang(town_.bernd, "brief.txt", text); }
  auto regel(const PersonZeile& by, eingang::AblageregelNeu input) {
    return town_.as(by, [&](Change& c, const Berechtigung& w) { return eingang::createRegel(c, w, input); });
  }
  std::vector<eingang::RegelStand> regeln(const PersonZeile& by) {
    const auto wer = town_.wer(by);
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return eingang::regelnFor(tx, wer); });
  }

  World world_{GetParam()};
  Town town_{world_};
  eingang::Vorschlagende vorschlagende_;
  AktenplaneinheitZeile blatt_;
  AkteZeile akte_;
  VorgangZeile carport_, garage_;
};
ON_BOTH_ENGINES(Vorschlaege);

TEST_P(Vorschlaege, aSignLeadsToItsVorgangHoweverItIsWritten) {
  for (const auto* sign :
       {"632-1/2025-1", "632 - 1 / 2025 - 1", "632–1/2025–1", "632-1/2O25-1", "632-l/2025-l", "632-1/25-1"}) {
    const auto letter =
        brief(std::string("Ihr Zeichen: ") + sign + "\nSehr geehrte Damen und Herren,\nwir fragen nach.");
    ASSERT_THAT(ziele(town_.bernd, letter), Not(IsEmpty())) << sign;
    EXPECT_EQ(ziele(town_.bernd, letter).front(), carport_.zeichen) << sign;
    EXPECT_THAT(gruende(letter), Contains(AnyOf(GrundArt::zeichen, GrundArt::zeichenUngenau))) << sign;
  }
  const auto found = fragen(town_.bernd, brief("Zu 632-1/2025-1 teilen wir mit: ja."));
  ASSERT_FALSE(found.liste.empty());
  EXPECT_GE(found.liste[0].sicherheit, eingang::sicher);
  const auto& stelle = found.liste[0].gruende[0].stellen.at(0);
  EXPECT_EQ(found.text.substr(stelle.von, stelle.bis - stelle.von), "632-1/2025-1") << "and the place is told";
}

TEST_P(Vorschlaege, theSignOfADokumentLeadsToWhereItLies) {
  const auto dokument = town_.dokument(town_.bernd, garage_, "bescheid.txt", "Bescheid");
  EXPECT_EQ(ziele(town_.bernd, brief("Ihr Bescheid " + *dokument.zeichen + " vom Montag")).front(), garage_.zeichen);
}

TEST_P(Vorschlaege, nothingFitsIsSaid) {
  town_.dokument(town_.bernd, carport_, "a.txt", "Der Carport am Erlenweg bekommt ein Gründach.");
  EXPECT_THAT(ziele(town_.bernd, brief("Liebe Stadt, im Museum haben wir eine rote Kinderjacke vergessen.")),
              IsEmpty());
  EXPECT_THAT(ziele(town_.bernd, brief("")), IsEmpty());
}

TEST_P(Vorschlaege, rareWordsLeadToTheirVorgangAndAreNamed) {
  town_.dokument(town_.bernd, carport_, "a.txt",
                 "Der Carport mit Gründach und Regenrinne am Erlenweg, Dachneigung zwei Grad.");
  town_.dokument(town_.bernd, garage_, "b.txt",
                 "Die Garage mit Rolltor und Zufahrt an der Lindenstraße, Sickerschacht.");
  const auto letter = brief("Das Rolltor klemmt, und der Sickerschacht läuft über.");
  const auto found = fragen(town_.bernd, letter);
  ASSERT_FALSE(found.liste.empty());
  EXPECT_EQ(found.liste[0].vorgang->vorgang.zeichen, garage_.zeichen);
  const auto& grund = found.liste[0].gruende[0];
  EXPECT_EQ(grund.art, GrundArt::worte);
  EXPECT_THAT(grund.worte, UnorderedElementsAre("Rolltor", "Sickerschacht"));
}

TEST_P(Vorschlaege, theSameSenderWroteThereBefore) {
  ablegen(brief("Erster Brief"), garage_, "Simone Schröder <schroeder@postfach.example>");
  const auto letter =
      brief("Von: Schröder, Simone <schroeder@postfach.example>\nBetreff: Neues\n\nGuten Tag,\nhier das Neueste.");
  ASSERT_THAT(ziele(town_.bernd, letter), ElementsAre(garage_.zeichen));
  EXPECT_THAT(gruende(letter), Contains(GrundArt::absender));
}

TEST_P(Vorschlaege, aForeignSignIsRemembered) {
  ablegen(brief("Rechnung"), garage_, "Harzmann OHG", "RE-26-4410");
  const auto letter = brief("Mahnung zu unserer Rechnung RE 26-4410\nUnser Zeichen: RE-26/4410\nBitte zahlen Sie.");
  ASSERT_THAT(ziele(town_.bernd, letter), Not(IsEmpty()));
  EXPECT_EQ(ziele(town_.bernd, letter).front(), garage_.zeichen);
  EXPECT_THAT(gruende(letter), Contains(GrundArt::fremdesZeichen));
}

TEST_P(Vorschlaege, anAnswerLeadsToTheLetterThatWentOut) {
  const auto out = town_.dokument(town_.bernd, carport_, "bescheid.txt",
                                  "Frau Simone Schröder, Erlenweg 14. Ihr Antrag wird genehmigt.");
  must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) {
    akte::DokumentAendern input;
    input.art = akte::Dokumentart::Ausgang;
    input.datum = {true, base::Datum::of(2025, 2, 20)};
    return world_.schriftgut.changeDokument(c, w, must(akte::findDokument(c.tx(), w, out.uuid)), input);
  }));
  const auto letter = brief(
      "Simone Schröder\nErlenweg 14\n00914 Auenbrück\n\nSehr geehrte Damen und Herren,\nvielen Dank für Ihr Schreiben "
      "vom 20. Februar 2025.");
  ASSERT_THAT(ziele(town_.bernd, letter), Not(IsEmpty()));
  EXPECT_EQ(ziele(town_.bernd, letter).front(), carport_.zeichen);
  EXPECT_THAT(gruende(letter), Contains(GrundArt::bezug));
}

TEST_P(Vorschlaege, aMailLiesWithItsConversation) {
  int nr = 0;
  const auto mail = [&](const PersonZeile& by, const std::string& header) {
    auto writer = world_.blobs.writer();
    writer->write(
        fmt::format("From: b{0}@anderswo.example\nSubject: Hm\nMessage-ID: <n{0}@anderswo.example>\n{1}\nMIME-Version: "
                    "1.0\nContent-Type: text/plain\n\nGuten Tag.\n",
                    ++nr, header));
    const auto datei = world_.schriftgut.einlagern(*writer, "mail.eml");
    return must(town_.as(
        by, [&](Change& c, const Berechtigung& w) { return world_.schriftgut.createEingang(c, w, {}, datei, {}); }));
  };
  const auto first = mail(town_.bernd, "References: <nie-gesehen@example.org>");
  EXPECT_THAT(ziele(town_.bernd, mail(town_.bernd, "In-Reply-To: <n1@anderswo.example>")), IsEmpty())
      << "the first is not filed yet";
  ablegen(first, garage_);
  for (const auto* header :
       {"In-Reply-To: <n1@anderswo.example>", "References: <x@x.example> <n1@anderswo.example>",
        "References: <n1@anderswo.example>\nIn-Reply-To: <x@x.example>", "References:\n\t<nie-gesehen@example.org>"}) {
    const auto letter = mail(town_.bernd, header);
    const auto found = fragen(town_.bernd, letter);
    ASSERT_FALSE(found.liste.empty()) << header;
    EXPECT_EQ(found.liste[0].vorgang->vorgang.zeichen, garage_.zeichen) << header;
    EXPECT_EQ(found.liste[0].gruende[0].art, GrundArt::antwort) << header;
    EXPECT_EQ(found.liste[0].gruende[0].text, "Hm") << header;
    EXPECT_GE(found.liste[0].sicherheit, eingang::sicher) << header;
  }
  const auto named = [&](const PersonZeile& by, const DokumentZeile& letter) {
    const auto found = fragen(by, letter);
    return std::ranges::any_of(found.liste, [](const auto& one) {
      return std::ranges::any_of(one.gruende, [](const auto& grund) { return grund.art == GrundArt::antwort; });
    });
  };
  EXPECT_FALSE(named(town_.bernd, mail(town_.bernd, "References: <andere@example.org>")));
  // A conversation in a Vorgang that one does not see is none.
  const auto geheim =
      town_.access("nur anna", {{TraegerArt::person, base::Line<40>{town_.anna.uuid.text()}, Stufe::bearbeiten}});
  const auto fall = town_.vorgang(town_.anna, town_.akte(town_.anna, town_.entry("222", {}, 10, geheim.uuid)), "Fall");
  const auto secret = mail(town_.anna, "");
  const auto mit = town_.see(town_.anna, secret);
  akte::DokumentAblegen dorthin;
  dorthin.vorgang = fall.uuid;
  must(town_.as(town_.anna,
                [&](Change& c, const Berechtigung& w) { return world_.schriftgut.ablegen(c, w, mit, dorthin); }));
  const auto letter = mail(town_.bernd, fmt::format("In-Reply-To: <n{}@anderswo.example>", nr));
  EXPECT_FALSE(named(town_.bernd, letter));
  EXPECT_EQ(ziele(town_.anna, letter).front(), fall.zeichen);
}

TEST_P(Vorschlaege, aClosedVorgangSpeaksForItsAkte) {
  const auto mit = town_.see(town_.anna, carport_);
  must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) { return world_.schriftgut.zda(c, w, mit); }));
  EXPECT_THAT(ziele(town_.bernd, brief("Ihr Zeichen 632-1/2025-1")), ElementsAre("+632-1")) << "a new Vorgang there";
}

TEST_P(Vorschlaege, whatAPersonMayNotSeeIsNeitherProposedNorAReason) {
  const auto geheim =
      town_.access("nur anna", {{TraegerArt::person, base::Line<40>{town_.anna.uuid.text()}, Stufe::bearbeiten}});
  const auto blatt = town_.entry("222", {}, 10, geheim.uuid);
  const auto akte = town_.akte(town_.anna, blatt, "Personal");
  const auto fall = town_.vorgang(town_.anna, akte, "Fall Perlhuhn");
  town_.dokument(town_.anna, fall, "a.txt", "Perlhuhn Brosche Ohrenkneifer, Absender Tobias Mehnert");
  const auto letter = brief("Von: Tobias Mehnert <t@example.org>\nBetreff: Fall Perlhuhn " + fall.zeichen +
                            "\n\nGuten Tag,\nPerlhuhn Brosche Ohrenkneifer.");
  EXPECT_THAT(ziele(town_.bernd, letter), IsEmpty());
  EXPECT_EQ(ziele(town_.anna, letter).front(), fall.zeichen) << "who may see it is told";
  // Nor by a rule: bernd sees no rule that leads there, and can make and remove none.
  eingang::AblageregelNeu input;
  input.absender = base::Line<300>{"Tobias Mehnert"};
  input.vorgang = fall.uuid;
  EXPECT_EQ(refusal(regel(town_.bernd, input)), Code::NichtGefunden);
  const auto made = must(regel(town_.anna, input));
  EXPECT_THAT(regeln(town_.bernd), IsEmpty());
  EXPECT_THAT(ziele(town_.bernd, letter), IsEmpty());
  const auto wer = town_.wer(town_.bernd);
  EXPECT_EQ(world_.read(town_.mandant,
                        [&](const sql::ReadTx& tx) { return refusal(eingang::findRegel(tx, wer, made.uuid)); }),
            Code::NichtGefunden);
}

TEST_P(Vorschlaege, aRuleIsOfferedAtTheThirdLetterAndThenProposes) {
  const auto offered = [&](const DokumentZeile& row) {
    const auto wer = town_.wer(town_.bernd);
    const auto mit = town_.see(town_.bernd, row);
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return eingang::regelangebot(tx, wer, mit); });
  };
  DokumentZeile last;
  for (int n = 1; n <= 3; ++n) {
    last = brief(fmt::format("Brief {}", n));
    ablegen(last, garage_, "Mängelmelder <melder@example.org>");
    EXPECT_EQ(offered(last).has_value(), n == 3) << n;
  }
  EXPECT_EQ(offered(last)->anzahl, 3);
  eingang::AblageregelNeu input;
  input.absender = base::Line<300>{offered(last)->absender};
  input.vorgang = garage_.uuid;
  must(regel(town_.bernd, input));
  EXPECT_FALSE(offered(last)) << "not twice";
  const auto letter = brief("Von: melder@example.org\nBetreff: Laterne\n\nDie Laterne flackert.");
  EXPECT_EQ(ziele(town_.bernd, letter).front(), garage_.zeichen);
  EXPECT_EQ(gruende(letter).front(), GrundArt::regel);
  // How often it was right: one letter goes there, one elsewhere.
  ablegen(letter, garage_, "Mängelmelder <melder@example.org>");
  ablegen(brief("Noch einer"), carport_, "melder@example.org");
  ASSERT_EQ(regeln(town_.bernd).size(), 1U);
  EXPECT_EQ(regeln(town_.bernd)[0].anders, 1);
  EXPECT_GE(regeln(town_.bernd)[0].richtig, 1);
  EXPECT_THAT(world_.check(), IsEmpty()) << "and the journal knows it";
  const auto made = regeln(town_.bernd)[0].regel;
  must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& w) -> base::Result<AkteZeile> {
    AKTENLOTSE_TRY(eingang::deleteRegel(c, w, made));
    return akte_;
  }));
  EXPECT_THAT(regeln(town_.bernd), IsEmpty());
  EXPECT_THAT(world_.check(), IsEmpty());
}

TEST_P(Vorschlaege, aRuleByWordsNeedsAllOfThem) {
  eingang::AblageregelNeu input;
  input.worte = base::Line<200>{"Hundesteuer Abmeldung"};
  input.akte = akte_.uuid;
  must(regel(town_.bernd, input));
  EXPECT_EQ(ziele(town_.bernd, brief("Betreff: Abmeldung von der Hundesteuer\n\nGuten Tag,\n…")).front(), "+632-1");
  EXPECT_THAT(ziele(town_.bernd, brief("Betreff: Anmeldung zur Hundesteuer\n\nGuten Tag,\n…")),
              Not(Contains("+632-1")));
  EXPECT_EQ(refusal(regel(town_.bernd, {})), Code::EingabeUngueltig);
  input.worte = base::Line<200>{"…"};
  EXPECT_EQ(refusal(regel(town_.bernd, input)), Code::EingabeUngueltig);
}

TEST_P(Vorschlaege, whoMayNotFileIsProposedNothing) {
  const auto post = town_.post(town_.amt, {Rolle::AT});
  const auto carl = town_.person("carl", {post});
  const auto letter = brief("Ihr Zeichen 632-1/2025-1");
  EXPECT_THAT(ziele(carl, letter), IsEmpty());
}

/// Whatever lies where, and whatever a letter says: what is proposed is something into which the person may file.
TEST_P(Vorschlaege, areAlwaysPlacesToFileInto) {
  static const std::vector<std::string> words{"Carport",
                                              "Garage",
                                              "Erlenweg",
                                              "Perlhuhn",
                                              "Zufahrt",
                                              "632-1/2025-1",
                                              "632-1",
                                              "7-1/2025-1",
                                              "222-1/2025-1",
                                              "Ihr Zeichen",
                                              "Von: Max Muster <max@example.org>\n",
                                              "\n",
                                              "2025"};
  const auto geheim =
      town_.access("nur anna", {{TraegerArt::person, base::Line<40>{town_.anna.uuid.text()}, Stufe::bearbeiten}});
  const auto lesen = town_.access("lesen", {{TraegerArt::alle, {}, Stufe::lesen}});
  const auto secret = town_.akte(town_.anna, town_.entry("222", {}, 10, geheim.uuid), "Perlhuhn");
  std::vector<VorgangZeile> places{carport_, garage_, town_.vorgang(town_.anna, secret, "Perlhuhn Erlenweg")};
  const auto readOnly =
      town_.vorgang(town_.anna, town_.akte(town_.anna, town_.entry("7"), "Zufahrt"), "Zufahrt Garage");
  must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
    return world_.schriftgut.setZugriff(c, w, must(akte::findVorgang(c.tx(), w, readOnly.uuid)),
                                        akte::ZugriffSetzen{lesen.uuid});
  }));
  forAll(12, 12, [&] {
    const auto text = [] {
      std::string out;
      for (const auto& word : *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(words)))
        out += word + " ";
      return out;
    };
    const auto place = *rc::gen::elementOf(places);
    town_.dokument(place.akte == secret.id ? town_.anna : town_.bernd, place, "x.txt", text());
    if (*rc::gen::inRange(0, 6) == 0 && town_.now(garage_).status == akte::Status::inBearbeitung)
      must(town_.as(town_.anna, [&](Change& c, const Berechtigung& w) {
        return world_.schriftgut.zda(c, w, must(akte::findVorgang(c.tx(), w, garage_.uuid)));
      }));
    if (town_.now(garage_).status != akte::Status::inBearbeitung) places = {carport_, places.back()};
    const auto letter = brief(text());
    const auto wer = town_.wer(town_.bernd);
    const auto found = fragen(town_.bernd, letter);
    for (const auto& one : found.liste) {
      RC_ASSERT(!one.gruende.empty());
      RC_ASSERT(one.sicherheit > 0 && one.sicherheit <= 1);
      if (one.vorgang) {
        const auto mit = town_.see(town_.bernd, one.vorgang->vorgang);  // throws what may not be seen
        RC_ASSERT(mandant::darf(wer, mandant::Recht::dokumentAnlegen, mit.gegenstand).has_value());
      } else {
        const auto mit = town_.see(town_.bernd, one.akte);
        RC_ASSERT(mandant::darf(wer, mandant::Recht::vorgangAnlegen, mit.gegenstand).has_value());
      }
    }
  });
}

}  // namespace
}  // namespace engines
