#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "leute.h"

namespace geschaeftsgang {
namespace {

Entwurf read(std::string_view zeile) { return verstehe(zeile, verzeichnis(), ich, heute); }

/// A slip in short: "1 mitzeichnung organisationseinheit:21 2026-12-04 | …"
std::string told(std::string_view zeile) {
  const auto entwurf = read(zeile);
  std::string out;
  for (const auto& s : entwurf.schritte)
    out += fmt::format("{}{} {} {}{}{}{}", out.empty() ? "" : " | ", s.stufe, kuerzel(s.art), s.adressat.id,
                       s.termin ? " " + s.termin->text() : "", s.quorum == Quorum::alle ? "" : " q",
                       s.text ? " „" + *s.text + "“" : "");
  for (const auto& h : entwurf.hinweise) out += fmt::format(" !{}", zeile.substr(h.von, h.bis - h.von));
  return out;
}

struct Fall {
  std::string_view zeile, erwartet;
};
class Zeile : public testing::TestWithParam<Fall> {};
TEST_P(Zeile, isUnderstood) { EXPECT_EQ(told(GetParam().zeile), GetParam().erwartet); }

INSTANTIATE_TEST_SUITE_P(Zeilen, Zeile,
                         testing::Values(Fall{"@bauamt mz bis Fr, @kämmerei mz, dann @bürgermeister sz, Versand, zdA",
                                              "1 Mz 21 2026-12-04 | 1 Mz 22 | 2 Sz 11 | 3 Versand 1 | 4 zdA 1"},
                                         Fall{"@bauamt und @kaemmerei mz", "1 Mz 21 | 1 Mz 22"},
                                         Fall{"@bauamt mz, dann @kämmerei mz", "1 Mz 21 | 2 Mz 22"},
                                         Fall{"@ba z. Kenntnis, @fi z.Mz.", "1 Kenntnis 21 | 2 Mz 22"},
                                         Fall{"einer von @ba mz, @fi mz, @bm mz", "1 Mz 21 q | 1 Mz 22 q | 1 Mz 23 q"},
                                         Fall{"@grossmann", "1 Bearbeitung 1"},
                                         Fall{"Wv am 15.12. \"Unterlagen da?\"", "1 Wv 1 2026-12-15 „Unterlagen da?“"},
                                         Fall{"Wv in 2 Wochen", "1 Wv 1 2026-12-11"},
                                         Fall{"Wv in 3 Monaten", "1 Wv 1 2027-02-27"},
                                         Fall{"@wićazowa prüfung morgen", "1 Prüfung 2 2026-11-28"},
                                         Fall{"zu den Akten", "1 zdA 1"}, Fall{"Versand zdA", "1 Versand 1 | 2 zdA 1"},
                                         Fall{"@stelle:\"Leitung Bauamt\" b.R., @rolle:LT stn bis 2026-12-24",
                                              "1 b.R. 14 | 2 Stellungnahme 0 2026-12-24"},
                                         Fall{"@müller mz", "1 Mz 0 !@müller"},           // two of them
                                         Fall{"@baumt mz", "1 Mz 0 !@baumt"},             // misspelt
                                         Fall{"mz", "1 Mz 1 !mz"},                        // nobody named
                                         Fall{"Wv", "1 Wv 1 !Wv"},                        // no day
                                         Fall{"@ba mz bis 30.2.", "1 Mz 21 !bis 30.2."},  // no such day
                                         Fall{"@ba mz bis 1.1.2020", "1 Mz 21 2020-01-01 !bis 1.1.2020"},
                                         Fall{"@ba mitzeihnung", "1 Bearbeitung 21 !mitzeihnung"},
                                         Fall{"@ba mz \"offen", "1 Mz 21 „offen“ !\"offen"}, Fall{"", ""},
                                         Fall{" , ,, dann und ", ""}));

TEST(Laufzeile, suggestsWhatMayBeMeant) {
  EXPECT_EQ(read("@baumt mz").hinweise.at(0).vorschlaege, (std::vector<std::string>{"@BA"}));
  EXPECT_EQ(read("@müller mz").hinweise.at(0).vorschlaege, (std::vector<std::string>{"@mueller", "@jmueller"}));
  EXPECT_EQ(read("@ba mitzeihnung").hinweise.at(0).vorschlaege.at(0), "Mitzeichnung");
  EXPECT_EQ(read("grossm mz").hinweise.at(0).vorschlaege, (std::vector<std::string>{"@grossmann"}));
}

TEST(Laufzeile, completesNamesWordsAndDays) {
  const auto texts = [](std::string_view zeile) {
    std::vector<std::string> out;
    for (const auto& one : ergaenze(zeile, zeile.size(), verzeichnis(), heute)) out.push_back(one.text);
    return out;
  };
  EXPECT_EQ(texts("@käm"), (std::vector<std::string>{"@FI"}));
  EXPECT_EQ(texts("@gross"), (std::vector<std::string>{"@grossmann"}));
  EXPECT_EQ(texts("@ba schl"), (std::vector<std::string>{"Schlusszeichnung"}));
  EXPECT_EQ(texts("@ba mz bis fre"), (std::vector<std::string>{"Freitag"}));
  EXPECT_EQ(texts("@").size(), 8U);
  EXPECT_TRUE(texts("@ba mz, ").empty());
}

TEST(Laufzeile, hasAtMostFiftySteps) {
  std::string zeile;
  for (int i = 0; i < 60; ++i) zeile += "zdA, ";
  EXPECT_EQ(read(zeile).schritte.size(), 50U);
  EXPECT_EQ(read(zeile).hinweise.size(), 10U);
}

std::vector<Schrittentwurf> anySlip() {
  std::vector<Schrittentwurf> out;
  const auto people = leute();
  const int stages = *rc::gen::inRange(1, 6);
  for (int stage = 1; stage <= stages; ++stage) {
    const auto quorum = *rc::gen::element(Quorum::alle, Quorum::einer, Quorum::mehrheit);
    const int beside = *rc::gen::inRange(1, 4);
    for (int i = 0; i < beside; ++i) {
      Schrittentwurf s;
      s.stufe = stage;
      s.quorum = quorum;
      s.art = static_cast<Schrittart>(*rc::gen::inRange(0, 10));
      s.adressat = people[*rc::gen::inRange<std::size_t>(0, people.size())].adressat;
      if (s.art == Schrittart::wiedervorlage || *rc::gen::arbitrary<bool>())
        s.termin = base::Datum::of(*rc::gen::inRange(2027, 2100), *rc::gen::inRange(1, 13), *rc::gen::inRange(1, 29));
      if (*rc::gen::inRange(0, 3) == 0)
        s.text = *rc::gen::element<std::string>("Bitte prüfen, dann zurück", "@niemand mz", "bis Fr", "und", "a;b");
      out.push_back(s);
    }
  }
  return out;
}

RC_GTEST_PROP(Laufzeile, givesTheSameSlipAgain, ()) {
  const auto slip = anySlip();
  const auto zeile = schreibe(slip, verzeichnis(), ich);
  const auto again = read(zeile);
  RC_LOG() << zeile;
  RC_ASSERT(again.hinweise.empty());
  RC_ASSERT(again.schritte.size() == slip.size());
  for (std::size_t i = 0; i < slip.size(); ++i) {
    const auto &a = slip[i], &b = again.schritte[i];
    RC_ASSERT(a.stufe == b.stufe);
    RC_ASSERT(a.quorum == b.quorum);
    RC_ASSERT(a.art == b.art);
    RC_ASSERT(a.adressat == b.adressat);
    RC_ASSERT(a.termin == b.termin);
    RC_ASSERT(a.text == b.text);
  }
  RC_ASSERT(schreibe(again.schritte, verzeichnis(), ich) == zeile);
}

}  // namespace
}  // namespace geschaeftsgang
