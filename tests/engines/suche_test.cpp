// The search: what it finds and counts is what a look at each document gives, whoever asks and whatever happened
// before.
#include <random>

#include "support/world.h"

namespace engines {
namespace {

using Ids = std::vector<std::int64_t>;

class Suche : public OnBothEngines {
 protected:
  suche::Ergebnis ask(const PersonZeile& person, const std::string& question,
                      suche::Ordnung ordnung = suche::Ordnung::relevanz, std::int64_t limit = 1000,
                      std::optional<suche::Treffer> nach = {}) {
    const auto wer = town_.wer(person);
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
      return suche::find(
          tx, wer, world_.bestand,
          {.query = text::parseQuery(question), .ordnung = ordnung, .limit = limit, .nach = nach, .facetten = true});
    });
  }
  Ids ids(const PersonZeile& person, const std::string& question) {
    const auto result = ask(person, question);
    Ids out;
    for (const auto& hit : result.treffer) out.push_back(hit.dokument);
    EXPECT_EQ(result.anzahl, static_cast<std::int64_t>(out.size())) << question;
    std::ranges::sort(out);
    return out;
  }

  World world_{GetParam()};
  Town town_{world_};
};
ON_BOTH_ENGINES(Suche);

/// Documents of two units with random words; asked after each change, so that kept sets and rows in memory follow.
TEST_P(Suche, countsAreWhatALookAtEachDocumentGives) {
  const auto other = town_.unit("60");
  const auto carla = town_.person("carla", {town_.post(other, {Rolle::SB})});
  const std::vector<std::string> words{"zebra", "giraffe", "nashorn", "krokodil"};
  std::map<std::int64_t, std::set<std::string>> content;
  std::map<std::int64_t, DokumentZeile> rows;
  std::mt19937 random(4711);
  const auto someWords = [&] {
    std::set<std::string> out;
    for (const auto& word : words)
      if (random() % 2 == 0) out.insert(word);
    return out;
  };
  const auto textOf = [](const std::set<std::string>& some) {
    std::string out = "Brief";
    for (const auto& word : some) out += " " + word;
    return out;
  };
  for (int step = 0; step < 40; ++step) {
    const auto some = someWords();
    const auto& by = random() % 3 == 0 ? carla : town_.bernd;
    if (rows.size() > 4 && random() % 3 == 0) {
      auto at = std::next(rows.begin(), static_cast<std::ptrdiff_t>(random() % rows.size()));
      const bool hers = at->second.organisationseinheit == other.id;
      town_.version(hers ? carla : town_.bernd, town_.now(at->second), textOf(some));
      content[at->first] = some;
    } else {
      const auto row = town_.eingang(by, "blatt" + std::to_string(step) + ".txt", textOf(some));
      rows.emplace(row.id, row);
      content[row.id] = some;
    }
    for (const auto* person : std::vector<const PersonZeile*>{&town_.bernd, &carla, &town_.anna}) {
      const auto wer = town_.wer(*person);
      const auto expected = [&](const std::function<bool(const std::set<std::string>&)>& holds) {
        Ids out;
        for (const auto& [id, some_] : content)
          if (holds(some_) && world_.read(town_.mandant, [&](const sql::ReadTx& tx) {
                return mandant::stufeFor(tx, wer, rows.at(id).zugriff).has_value();
              }))
            out.push_back(id);
        return out;
      };
      EXPECT_EQ(ids(*person, "zebra"), expected([](const auto& s) { return s.contains("zebra"); }));
      EXPECT_EQ(ids(*person, "zebra giraffe"),
                expected([](const auto& s) { return s.contains("zebra") && s.contains("giraffe"); }));
      EXPECT_EQ(ids(*person, "zebra OR nashorn"),
                expected([](const auto& s) { return s.contains("zebra") || s.contains("nashorn"); }));
      EXPECT_EQ(ids(*person, "kroko* -zebra"),
                expected([](const auto& s) { return s.contains("krokodil") && !s.contains("zebra"); }));
      EXPECT_EQ(ids(*person, "brief typ:eingang"), expected([](const auto&) { return true; }));
      EXPECT_EQ(ids(*person, "typ:txt"), expected([](const auto&) { return true; }));
      EXPECT_EQ(ids(*person, "brief typ:ausgang"), Ids());
    }
  }
  EXPECT_EQ(world_.check(), Findings());
}

/// Beyond the number that is counted: there it is reckoned, and still must tell the rare word from the frequent one.
TEST_P(Suche, ofTwoWordsTheRarerCountsForMore) {
  if (GetParam() == Engine::postgres) GTEST_SKIP() << "ts_rank does not know how rare a word is";
  std::int64_t rare = 0;
  for (int i = 0; i < 400; ++i) {
    const auto row = town_.eingang(town_.bernd, "blatt" + std::to_string(i) + ".txt",
                                   i == 30 ? "Brief mit Nashorn" : "Brief mit Zebra");
    if (i == 30) rare = row.id;
  }
  EXPECT_EQ(ask(town_.bernd, "zebra OR nashorn").treffer.front().dokument, rare);
  EXPECT_EQ(ask(town_.bernd, "nashorn OR zebra -giraffe").treffer.front().dokument, rare);
}

TEST_P(Suche, aRightThatIsWithdrawnIsWithdrawnAtOnce) {
  const auto a = town_.eingang(town_.bernd, "a.txt", "Der Zwiebelturm");
  town_.eingang(town_.bernd, "b.txt", "Noch ein Zwiebelturm");
  EXPECT_EQ(ids(town_.bernd, "Zwiebelturm").size(), 2U);
  town_.occupy(town_.sachbearbeitung, {});
  EXPECT_EQ(ids(town_.bernd, "Zwiebelturm"), Ids());
  EXPECT_EQ(ask(town_.bernd, "Zwiebelturm").facetten.format.size(), 0U);
  EXPECT_EQ(a.art, akte::Dokumentart::Eingang);
}

TEST_P(Suche, signsAreFoundInAnySpelling) {
  const auto own = town_.access(
      "Amt", {{TraegerArt::organisationseinheit, base::Line<40>{town_.amt.uuid.text()}, Stufe::bearbeiten}});
  const auto entry = town_.entry("632.10", {}, 10, own.uuid);
  const auto akte = town_.akte(town_.bernd, entry, "Bauanträge");
  const auto vorgang = town_.vorgang(town_.bernd, akte, "Garage Meier");
  const auto inside = town_.dokument(town_.bernd, vorgang, "plan.txt", "Ein Plan der Garage");
  town_.eingang(town_.bernd, "anderes.txt", "Ein anderer Plan");
  const auto spelled = [](std::string sign, char with) {
    for (char& c : sign)
      if (!std::isalnum(static_cast<unsigned char>(c))) c = with;
    return sign;
  };
  for (const auto& sign : {akte.zeichen, vorgang.zeichen}) {
    for (const char with : {'.', '/', '-'})
      EXPECT_EQ(ids(town_.bernd, "az:" + spelled(sign, with)), Ids{inside.id}) << sign;
    EXPECT_EQ(ids(town_.bernd, "Plan az:\"" + spelled(sign, ' ') + '"'), Ids{inside.id}) << sign;
    EXPECT_EQ(ids(town_.bernd, "in:" + sign), Ids{inside.id}) << sign;
  }
  EXPECT_EQ(ids(town_.bernd, "az:632.1"), Ids()) << "a part is taken whole";
  EXPECT_EQ(ids(town_.bernd, "akte:" + akte.zeichen), Ids{inside.id});
  EXPECT_EQ(ids(town_.bernd, "akte:Bauanträge"), Ids{inside.id});
  EXPECT_EQ(ids(town_.bernd, "in:Garage"), Ids{inside.id});
  EXPECT_EQ(ids(town_.bernd, "akte:Garage"), Ids());
  EXPECT_EQ(ids(town_.bernd, "plan -akte:" + akte.zeichen).size(), 1U);
  const auto stranger = town_.person("carla", {});
  EXPECT_EQ(ids(stranger, "az:" + akte.zeichen), Ids());
}

TEST_P(Suche, fieldsNarrowAndFacetsCountWithoutTheirOwnField) {
  const auto change = [&](const DokumentZeile& row, const std::string& from, const std::string& day) {
    const auto before = town_.see(town_.bernd, row);
    must(town_.as(town_.bernd, [&](Change& c, const Berechtigung& wer) {
      akte::DokumentAendern input;
      input.absender = {true, base::Line<300>{from}};
      input.datum = {true, base::Datum::parse(day).value()};
      return world_.schriftgut.changeDokument(c, wer, before, input);
    }));
  };
  const auto a = town_.eingang(town_.bernd, "a.txt", "Hundesteuer");
  const auto b = town_.eingang(town_.bernd, "b.txt", "Hundesteuer");
  const auto c = town_.eingang(town_.bernd, "c.txt", "Hundesteuer");
  change(a, "Müller GmbH", "2024-03-15");
  change(b, "Stadt Aue", "2025-01-01");
  change(c, "Stadt Aue", "2025-12-31");
  EXPECT_EQ(ids(town_.bernd, "von:mueller"), Ids{a.id});
  EXPECT_EQ(ids(town_.bernd, "von:\"Stadt Aue\" hundesteuer"), (Ids{b.id, c.id}));
  EXPECT_EQ(ids(town_.bernd, "von:Mül*"), Ids{a.id});
  EXPECT_EQ(ids(town_.bernd, "datum:2025"), (Ids{b.id, c.id}));
  EXPECT_EQ(ids(town_.bernd, "datum:3.2024"), Ids{a.id});
  EXPECT_EQ(ids(town_.bernd, "datum:..15.3.2024 datum:2025-12.."), (Ids{a.id, c.id}));
  EXPECT_EQ(ids(town_.bernd, "-datum:2025 hundesteuer"), Ids{a.id});
  const auto found = ask(town_.bernd, "hundesteuer datum:2025");
  ASSERT_EQ(found.facetten.jahr.size(), 2U) << "the other year is offered";
  EXPECT_EQ(found.facetten.jahr[0].schluessel, 2025);
  EXPECT_EQ(found.facetten.jahr[0].anzahl, 2);
  ASSERT_EQ(found.facetten.absender.size(), 1U);
  EXPECT_EQ(found.facetten.absender[0].anzahl, 2);
  Ids order;
  for (const auto& hit : ask(town_.bernd, "hundesteuer", suche::Ordnung::datum).treffer) order.push_back(hit.dokument);
  EXPECT_EQ(order, (Ids{c.id, b.id, a.id}));
}

TEST_P(Suche, pagesByCursorAreTheWhole) {
  for (int i = 0; i < 23; ++i) {
    std::string text = "Feldhamster";
    for (int k = 0; k < i % 5; ++k) text += " Feldhamster im Bau";
    town_.eingang(town_.bernd, "b" + std::to_string(i) + ".txt", text);
  }
  for (const auto ordnung : {suche::Ordnung::relevanz, suche::Ordnung::datum}) {
    Ids whole, paged;
    for (const auto& hit : ask(town_.bernd, "Feldhamster", ordnung).treffer) whole.push_back(hit.dokument);
    ASSERT_EQ(whole.size(), 23U);
    std::optional<suche::Treffer> nach;
    for (bool more = true; more;) {
      const auto page = ask(town_.bernd, "Feldhamster", ordnung, 4, nach);
      EXPECT_EQ(page.anzahl, 23);
      for (const auto& hit : page.treffer) paged.push_back(hit.dokument);
      more = page.mehr;
      nach = page.treffer.back();
    }
    EXPECT_EQ(paged, whole);
  }
}

TEST_P(Suche, anIndexOfAnotherProgramIsMadeAnewAndTheRowsInMemoryFollow) {
  const auto id = town_.eingang(town_.bernd, "a.txt", "Der Zwiebelturm").id;
  EXPECT_EQ(ids(town_.bernd, "Zwiebelturm"), Ids{id});
  const auto old = [&] {
    return world_.read(town_.mandant, [&](const sql::ReadTx& tx) { return suche::Index::veraltet(tx, town_.mandant); });
  };
  EXPECT_FALSE(old());
  world_.database.write(town_.mandant, [&](sql::WriteTx& tx) {
    tx.exec("UPDATE suche_stand SET fassung = 1 WHERE mandant = :mandant", town_.mandant);
  });
  EXPECT_TRUE(old());
  EXPECT_GT(world_.index.rebuild(world_.database, {town_.mandant}), 0);
  EXPECT_FALSE(old());
  EXPECT_EQ(ids(town_.bernd, "Zwiebelturm"), Ids{id});
  EXPECT_EQ(world_.check(), Findings());
}

}  // namespace
}  // namespace engines
