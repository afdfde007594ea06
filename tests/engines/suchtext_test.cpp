// Found in spite of what scanners misread and people mistype, on both engines.
#include <gmock/gmock.h>

#include <fstream>
#include <random>
#include <thread>

#include "suche/wortschatz.h"
#include "support/world.h"
#include "text/forgive.h"

namespace engines {
namespace {

using suche::Nachsicht;

class Suchtext : public OnBothEngines {
 protected:
  struct Found {
    std::vector<std::int64_t> genau, weit;
    std::vector<std::string> auchGefunden;
  };

  /// What a person finds: exactly, and with forgiveness.
  Found find(const PersonZeile& person, const std::string& question, Nachsicht nachsicht = Nachsicht::verlesen) {
    const auto wer = town_.wer(person);
    return world_.read(wer.mandant, [&](const sql::ReadTx& tx) {
      const auto asked = text::parseQuery(question);
      auto forgiven = suche::vergeben(tx, wer, asked, nachsicht);
      return Found{ids(suche::find(tx, wer, asked, 100, 0)), ids(suche::find(tx, wer, forgiven.frage, 100, 0)),
                   std::move(forgiven.auchGefunden)};
    });
  }
  static std::vector<std::int64_t> ids(const suche::Ergebnis& result) {
    std::vector<std::int64_t> out;
    for (const auto& hit : result.treffer) out.push_back(hit.dokument);
    std::ranges::sort(out);
    return out;
  }
  std::int64_t file(const std::string& text) {
    return town_.eingang(town_.bernd, "blatt" + std::to_string(++count_) + ".txt", text).id;
  }

  World world_{GetParam()};
  Town town_{world_};
  int count_ = 0;
};
ON_BOTH_ENGINES(Suchtext);

using Ids = std::vector<std::int64_t>;
using Words = std::vector<std::string>;

TEST_P(Suchtext, aWordIsFoundInCompounds) {
  const auto id = file("Die Grundstücksverkehrsgenehmigung wird versagt.");
  for (const auto* word : {"Genehmigung", "Genehmigungen", "Grundstück", "Verkehr", "Grundstücksverkehr"})
    EXPECT_EQ(find(town_.bernd, word).genau, Ids{id}) << word;
  EXPECT_EQ(find(town_.bernd, "Haus").weit, Ids{});
}

TEST_P(Suchtext, whatAScannerMisreadIsFoundAndSaid) {
  const auto read = file("Die Grünflachenpflege am Kirchbergweg obliegt der Gerneinde, schrieb Herr Quastenflofser.");
  const auto right = file("Die Gemeinde pflegt die Grünflächen.");
  const auto found = find(town_.bernd, "Gemeinde");
  EXPECT_EQ(found.genau, Ids{right});
  EXPECT_EQ(found.weit, (Ids{read, right}));
  EXPECT_EQ(found.auchGefunden, Words{"gerneinde"});
  EXPECT_EQ(find(town_.bernd, "Quastenflosser").weit, Ids{read});
}

TEST_P(Suchtext, eWithAnAccentStandsForUmlauts) {
  const auto read = file("tragféhige Lésungen férdert der Geschéftsfuhrer");
  for (const auto* word : {"tragfähige", "Lösungen", "fördert", "Geschäftsführer"})
    EXPECT_EQ(find(town_.bernd, word).weit, Ids{read}) << word;
}

TEST_P(Suchtext, whatIsMistypedFindsTheWordThatWasMeant) {
  const auto id = file("Der Bescheid über die Hundesteuer");
  EXPECT_EQ(find(town_.bernd, "Bescheit").weit, Ids{id});
  EXPECT_EQ(find(town_.bernd, "Beshceid").weit, Ids{id});
  EXPECT_EQ(find(town_.bernd, "Hnudesteure").weit, Ids{id}) << "two edits from nine letters";
  EXPECT_EQ(find(town_.bernd, "Bsechiet").weit, Ids{}) << "two edits are too many for eight letters";
  EXPECT_EQ(find(town_.bernd, "Beshceid").auchGefunden, Words{"bescheid"});
}

TEST_P(Suchtext, aGermanWordIsNotTakenForAnother) {
  const auto wall = file("Die Mauer am Friedhof");
  const auto duration = file("Die Dauer der Ruhezeit");
  EXPECT_EQ(find(town_.bernd, "Mauer").weit, Ids{wall});
  EXPECT_EQ(find(town_.bernd, "Mauer", Nachsicht::vertippt).weit, (Ids{wall, duration}));
}

TEST_P(Suchtext, quotesExclusionsAndShortWordsAreTakenAtTheirWord) {
  file("Der Bescheid über die Hundesteuer");
  for (const auto* question : {"\"Bescheit\"", "Besheit*", "Hun", "4711"})
    EXPECT_EQ(find(town_.bernd, question).weit, Ids{}) << question;
  EXPECT_TRUE(find(town_.bernd, "Hundesteuer -Bescheit").auchGefunden.empty());
}

TEST_P(Suchtext, aWordBrokenOffAtTheEndOfAPageIsFoundByItsBeginning) {
  const auto id = file("vermittelt und pflegt deren Erfahrunasaus-\n ");
  file("Erfahrungen aus der Haupt- und Nebenstelle");
  EXPECT_EQ(find(town_.bernd, "Erfahrungsaustausch").weit, Ids{id});
}

TEST_P(Suchtext, nothingIsSuggestedFromDocumentsThatThePersonMayNotSee) {
  const auto secret = file("Der Zwiebeltrum steht schief");
  EXPECT_EQ(find(town_.bernd, "Zwiebelturm").auchGefunden, Words{"zwiebeltrum"});
  EXPECT_EQ(find(town_.bernd, "Zwiebelturm").weit, Ids{secret});
  const auto other = find(town_.person("carla", {}), "Zwiebelturm");
  EXPECT_TRUE(other.auchGefunden.empty());
  EXPECT_EQ(other.weit, Ids{});
}

TEST_P(Suchtext, theVocabularyForgetsWhatNoDocumentHolds) {
  const auto document = town_.eingang(town_.bernd, "entwurf.txt", "Das Nasenbärgehege");
  EXPECT_FALSE(find(town_.bernd, "Nasenbargehge").weit.empty());
  town_.version(town_.bernd, document, "Das Erdmännchengehege");
  EXPECT_TRUE(find(town_.bernd, "Nasenbargehge").weit.empty());
  EXPECT_EQ(world_.check(), Findings());
  EXPECT_TRUE(world_.fresh.raw()("SELECT wort FROM suche_wortschatz WHERE wort LIKE 'nasen%'").empty());
}

TEST_P(Suchtext, theKeysOfManyNewWordsGoIntoTheirOrder) {
  const auto early = file("Der Quastenflosser im Zwiebelturm");
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same words every time
  std::string words;
  for (int i = 0; i < 9000; ++i) {
    for (int letter = 0; letter < 11; ++letter) words += static_cast<char>('a' + random() % 26);
    words += ' ';
  }
  const auto many = file(words + "Schnurrbartgrundel");
  const auto late = file("Der Flossenquaster im Turmzwiebel");
  EXPECT_EQ(find(town_.bernd, "Quastemflosser").weit, Ids{early});
  EXPECT_EQ(find(town_.bernd, "Schnurrbartgrundol").weit, Ids{many});
  EXPECT_EQ(find(town_.bernd, "Flossenquastor").weit, Ids{late});
  EXPECT_EQ(world_.check(), Findings());
  if (GetParam() == sql::Engine::postgres) return;
  auto raw = world_.fresh.raw();
  EXPECT_NE(raw.value("SELECT COUNT(*) FROM suche_schluessel"), "0");
  EXPECT_NE(raw.value("SELECT COUNT(*) FROM suche_schluessel_neu"), "0");
}

TEST_P(Suchtext, nothingIsLostThatIsWrittenWhileTheIndexIsMadeAnew) {
  Ids ids;
  for (int i = 0; i < 20; ++i) ids.push_back(file("Der Zwiebelturm Nummer " + std::to_string(i)));
  const auto document = town_.eingang(town_.bernd, "entwurf.txt", "Das Nasenbärgehege");
  {
    std::jthread anew([&] {
      for (int i = 0; i < 3; ++i) world_.index.rebuild(world_.database, {town_.mandant});
    });
    for (int i = 20; i < 35; ++i) ids.push_back(file("Der Zwiebelturm Nummer " + std::to_string(i)));
    town_.version(town_.bernd, document, "Das Erdmännchengehege");
  }
  EXPECT_EQ(find(town_.bernd, "Zwiebelturm").genau, ids);
  EXPECT_EQ(find(town_.bernd, "Nasenbärgehege").genau, Ids{});
  EXPECT_EQ(find(town_.bernd, "Erdmännchengehege").genau, Ids{document.id});
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Suchtext, anIndexOfAnotherProgramIsLeftAloneAndNamed) {
  const auto document = town_.eingang(town_.bernd, "entwurf.txt", "Das Nasenbärgehege");
  world_.database.write(town_.mandant, [&](sql::WriteTx& tx) {
    tx.exec("UPDATE suche_stand SET fassung = 1 WHERE mandant = :mandant", town_.mandant);
  });
  town_.version(town_.bernd, document, "Das Erdmännchengehege");
  const auto found = world_.check();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0], testing::HasSubstr("reindex"));
  world_.index.rebuild(world_.database, {town_.mandant});
  EXPECT_EQ(find(town_.bernd, "Nasenbärgehege").genau, Ids{});
  EXPECT_EQ(find(town_.bernd, "Erdmännchengehege").genau, Ids{document.id});
  EXPECT_EQ(world_.check(), Findings());
}

TEST_P(Suchtext, thePressReleaseIsFoundByTheWordsAsTheyAreTyped) {
  const auto path = testing_support::testData() / "seed/pressemitteilung-2025-04-25.ocr.txt";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no test material at " << path;
  std::ifstream in(path);
  const auto id = file({std::istreambuf_iterator<char>(in), {}});
  file("Lesungen und Vorträge in der Stadtbibliothek; gefordert wird ein Beitrag.");
  for (const auto* words : {"Sächsischer Städte- und Gemeindetag", "Sachsen-Anhalt", "Geschäftsführer",
                            "tragfähige Lösungen", "fördert", "gegenüber", "Kooperationsmöglichkeiten",
                            "Erfahrungsaustausch", "begrüßt", "Mitglieder", "Erfahrungsaustausches"})
    EXPECT_EQ(find(town_.bernd, words).weit, Ids{id}) << words;
}

}  // namespace
}  // namespace engines
