// The package: signed, read, altered in every byte; and the merge with what a town has.
#include "netz/baustein.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

namespace netz {
namespace {

const Schluesselpaar& paar() {
  static const auto made = neuesSchluesselpaar();
  return made;
}

Baustein bauantrag() {
  Baustein out;
  out.id = base::Uuid::parse("01900000-0000-7000-8000-000000000001").value();
  out.version = {"1.0"};
  out.titel = {"Bauantrag in sechs Schritten"};
  out.lizenz = {"CC BY 4.0"};
  out.von = {{"Auenbrück"}, {"14999010"}, {"Sachsen"}};
  out.erstellt = base::Datum::parse("2026-11-01").value();
  out.inhalt.aktenplan = {{{"632"}, base::Line<40>{"63"}, {"Bauanträge"}, {}, 30, akte::Aussonderungsart::B}};
  out.inhalt.felder = {{{"Bauantrag"}, {"Flurstück"}, akte::Feldtyp::text, {}, true, 1},
                       {{"Bauantrag"}, {"Art"}, akte::Feldtyp::auswahl, {{"Neubau"}, {"Umbau"}}, false, 2}};
  out.inhalt.laufwege = {{{"Bauantrag"}, {"@bauamt mz, dann @leitung sz, zdA"}, {}}};
  out.proben = {{{"Frist"}, Probenart::frist, {"632"}, 30}, {{"Laufweg"}, Probenart::laufweg, {"Bauantrag"}, 3}};
  return out;
}

base::Code refusal(std::string_view text) {
  const auto read = liesBaustein(text);
  EXPECT_FALSE(read) << "it must be refused";
  return read ? base::Code::Intern : read.error().code;
}

std::string resigned(const std::function<void(boost::json::object&)>& change) {
  auto json = base::parseJson(unterschreibe(bauantrag(), paar())).value();
  change(json.as_object());
  return boost::json::serialize(json);
}

TEST(Baustein, comesBackAsItWasSigned) {
  const auto text = unterschreibe(bauantrag(), paar());
  const auto read = liesBaustein(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->schluessel.value, paar().oeffentlich);
  EXPECT_EQ(unterschreibe(*read, paar()), text);
  EXPECT_EQ(bildOf(read->inhalt, {}), bildOf(bauantrag().inhalt, {}));
}

TEST(Baustein, orderAndSpacesOfTheFileDoNotMatter) {
  const auto json = base::parseJson(unterschreibe(bauantrag(), paar())).value();
  std::string spaced = "{\n";
  std::vector<std::string> members;
  for (const auto& member : json.as_object())
    members.push_back("  \"" + std::string(member.key()) + "\" : " + boost::json::serialize(member.value()));
  std::ranges::reverse(members);
  for (std::size_t i = 0; i < members.size(); ++i) spaced += members[i] + (i + 1 < members.size() ? ",\n" : "\n}");
  EXPECT_TRUE(liesBaustein(spaced));
}

TEST(Baustein, isRefusedWithTheReason) {
  using base::Code;
  EXPECT_EQ(refusal("kein JSON"), Code::BausteinUngueltig);
  EXPECT_EQ(refusal("{}"), Code::BausteinUngueltig);
  EXPECT_EQ(refusal(R"({"format":"etwas anderes"})"), Code::BausteinUngueltig);
  EXPECT_EQ(refusal(resigned([](auto& o) { o["formatversion"] = 4; })), Code::BausteinUngueltig);
  EXPECT_EQ(refusal(resigned([](auto& o) { o.erase("signatur"); })), Code::BausteinUnsigniert);
  EXPECT_EQ(refusal(resigned([](auto& o) { o["titel"] = "Etwas anderes"; })), Code::BausteinVerfaelscht);
  EXPECT_EQ(refusal(resigned([](auto& o) { o["schluessel"] = neuesSchluesselpaar().oeffentlich; })),
            Code::BausteinVerfaelscht);
  EXPECT_EQ(refusal(resigned([](auto& o) { o["mehr"] = "x"; })), Code::BausteinUngueltig);
  EXPECT_EQ(refusal(std::string(bausteinMax + 1, ' ')), Code::ZuGross);
  auto twice = bauantrag();
  twice.inhalt.aktenplan.push_back(twice.inhalt.aktenplan.front());
  EXPECT_EQ(refusal(unterschreibe(twice, paar())), Code::BausteinUngueltig);
  auto untested = bauantrag();
  untested.proben.front().von = {"999"};
  EXPECT_EQ(refusal(unterschreibe(untested, paar())), Code::BausteinUngueltig);
  auto empty = bauantrag();
  empty.inhalt = {};
  empty.proben.clear();
  EXPECT_EQ(refusal(unterschreibe(empty, paar())), Code::BausteinUngueltig);
}

TEST(Baustein, aBitThatIsAlteredIsFoundOut) {
  const auto text = unterschreibe(bauantrag(), paar());
  for (std::size_t i = 0; i < text.size(); ++i)
    for (const char bit : {char(1), char(32)}) {
      auto altered = text;
      altered[i] = static_cast<char>(altered[i] ^ bit);
      const auto read = liesBaustein(altered);
      // Letters of hex may stand in another case: that is the same number.
      if (read) {
        EXPECT_EQ(unterschreibe(*read, paar()), text) << i;
      }
    }
}

TEST(Baustein, versionsCompareAsNumbers) {
  EXPECT_TRUE(neuerAls("1.10", "1.9"));
  EXPECT_TRUE(neuerAls("2", "1.9"));
  EXPECT_TRUE(neuerAls("1.0.1", "1.0"));
  EXPECT_FALSE(neuerAls("1.0", "1.0"));
  EXPECT_FALSE(neuerAls("1.9", "1.10"));
}

TEST(Baustein, namesAreReplacedWholeAndBehindTheAtAlone) {
  const Namen namen{{"bauamt", "amt60"}, {"leitung", "bürgermeister"}};
  EXPECT_EQ(umbenannt("@bauamt mz, @bauamt-nord mz, dann @leitung. bauamt", namen),
            "@amt60 mz, @bauamt-nord mz, dann @bürgermeister. bauamt");
  EXPECT_EQ(umbenannt("@oe:bauamt mz, @\"bauamt\" mz", {{"bauamt", "Amt 60"}}), "@oe:\"Amt 60\" mz, @\"Amt 60\" mz");
  EXPECT_EQ(genannte(bauantrag().inhalt), (std::set<std::string>{"bauamt", "leitung"}));
}

// ---- generated: every field makes the round trip

template <class T>
T text(std::size_t min = 1) {
  const auto parts = *rc::gen::container<std::vector<std::string>>(
      *rc::gen::inRange<std::size_t>(min, 6), rc::gen::element<std::string>("a", "Ä", "ß", "\"", "\\", "7", "€", "@"));
  std::string out;
  for (const auto& part : parts) out += part;
  return T{out};
}

/// Some of the numbers below `end`, at least `least` of them.
std::set<int> someOf(int end, int least = 0) {
  std::set<int> out;
  for (int i = 0; i < least; ++i) out.insert(i);
  for (const int one : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, end))) out.insert(one);
  return out;
}

std::optional<base::Line<60>> anyLand() {
  if (*rc::gen::arbitrary<bool>()) return std::nullopt;
  return base::Line<60>{*rc::gen::element<std::string>("Sachsen", "Sachsen-Anhalt")};
}

/// Some sections and points out of a few, so that two of them have some in common.
BausteinWerkzeug anyWerkzeug(const std::string& schluessel) {
  BausteinWerkzeug out;
  out.schluessel = {schluessel};
  out.art = *rc::gen::element(Werkzeugart::checkliste, Werkzeugart::handreichung, Werkzeugart::vorlage,
                              Werkzeugart::schulung);
  out.titel = text<base::Line<200>>();
  out.kurz = text<base::Line<300>>();
  out.fuer = text<base::Line<200>>();
  out.lizenz = text<base::Line<60>>();
  out.bereitschaft = *rc::gen::arbitrary<bool>();
  if (*rc::gen::arbitrary<bool>()) out.einleitung = base::Prose<10000>{"Zeile\n" + text<base::Line<300>>().value};
  std::set<int> used;
  for (const int titel : someOf(4, 1)) {
    WerkzeugAbschnitt one{{"Abschnitt " + std::to_string(titel)}, {}, {}};
    for (const int key : someOf(5)) {
      if (!used.insert(key).second) continue;
      WerkzeugPunkt punkt{
          {"p" + std::to_string(key)}, {*rc::gen::element<std::string>("Text", "Anderer Text")}, {}, anyLand()};
      if (*rc::gen::arbitrary<bool>())
        punkt.hilfe = base::Prose<2000>{*rc::gen::element<std::string>("Hilfe", "Hilfe\nin zwei Zeilen")};
      one.punkte.push_back(punkt);
    }
    if (one.punkte.empty() || *rc::gen::arbitrary<bool>())
      one.text = base::Prose<10000>{*rc::gen::element<std::string>("Was zu tun ist", "Was\nzu lassen ist")};
    out.abschnitte.push_back(one);
  }
  out.land = anyLand();
  return out;
}

Bild bildOf(const BausteinWerkzeug& one) {
  BausteinInhalt inhalt;
  inhalt.werkzeuge = {one};
  return netz::bildOf(inhalt, {});
}

Baustein anything() {
  auto out = bauantrag();
  out.titel = text<base::Line<200>>();
  out.version = text<base::Line<20>>();
  out.von.name = text<base::Line<200>>();
  out.inhalt = {};
  out.proben.clear();
  for (const int key : someOf(99, 1)) {
    BausteinEinheit one{{std::to_string(key)}, {}, text<base::Line<300>>(), {}, {}, akte::Aussonderungsart::V};
    if (*rc::gen::arbitrary<bool>()) one.aufbewahrungsdauer = *rc::gen::inRange<std::int64_t>(0, 100);
    if (*rc::gen::arbitrary<bool>()) one.ueber = base::Line<40>{"x" + std::to_string(key)};
    if (*rc::gen::arbitrary<bool>()) one.beschreibung = base::Prose<4000>{"Zeile\n" + text<base::Line<300>>().value};
    if (*rc::gen::arbitrary<bool>())
      out.proben.push_back(
          {text<base::Line<200>>(), Probenart::frist, base::Line<100>{one.kennzeichen.value}, one.aufbewahrungsdauer});
    out.inhalt.aktenplan.push_back(one);
    out.inhalt.felder.push_back({{"T" + std::to_string(key)},
                                 text<base::Line<100>>(),
                                 akte::Feldtyp::auswahl,
                                 {text<base::Line<100>>()},
                                 *rc::gen::arbitrary<bool>(),
                                 key});
    out.inhalt.laufwege.push_back({{"L" + std::to_string(key)}, text<base::Line<1000>>(), {}, anyLand()});
    if (*rc::gen::arbitrary<bool>()) out.inhalt.laufwege.back().wann = text<base::Line<300>>();
    out.inhalt.aktenplan.back().land = anyLand();
    out.inhalt.felder.back().land = anyLand();
    if (*rc::gen::arbitrary<bool>()) {
      if (!out.inhalt.textbausteine) out.inhalt.textbausteine.emplace();
      out.inhalt.textbausteine->push_back(
          {{"B" + std::to_string(key)}, {"Zeile\n" + text<base::Line<300>>().value}, anyLand()});
    }
    if (*rc::gen::arbitrary<bool>()) {
      if (!out.inhalt.vorlagen) out.inhalt.vorlagen.emplace();
      out.inhalt.vorlagen->push_back({{"V" + std::to_string(key)},
                                      *rc::gen::element(akte::Dokumentart::Ausgang, akte::Dokumentart::Intern),
                                      text<base::Line<200>>(),
                                      {base64(text<base::Line<300>>().value)},
                                      anyLand()});
    }
    if (*rc::gen::arbitrary<bool>()) out.inhalt.checklisten.push_back({"c" + std::to_string(key)});
    if (*rc::gen::arbitrary<bool>()) {
      if (!out.inhalt.werkzeuge) out.inhalt.werkzeuge.emplace();
      out.inhalt.werkzeuge->push_back(anyWerkzeug("W" + std::to_string(key)));
    }
  }
  return out;
}

RC_GTEST_PROP(Baustein, everyFieldMakesTheRoundTrip, ()) {
  auto made = anything();
  const auto file = unterschreibe(made, paar());
  const auto read = liesBaustein(file);
  RC_ASSERT(read.has_value());
  made.format = read->format;
  made.formatversion = read->formatversion;
  made.schluessel = {paar().oeffentlich};
  made.signatur = read->signatur;
  RC_ASSERT(base::toJson(*read) == base::toJson(made));
}

TEST(Baustein, aLandTakesItsOwnVariantBeforeTheGeneralOne) {
  auto made = bauantrag();
  made.inhalt.laufwege.push_back({{"Bauantrag"}, {"@kreis mz, zdA"}, {}, base::Line<60>{"Sachsen-Anhalt"}});
  made.inhalt.aktenplan.push_back(
      {{"633"}, {}, {"Nur Sachsen"}, {}, 5, akte::Aussonderungsart::V, base::Line<60>{"Sachsen"}});
  made.proben.push_back({{"Frist dort"}, Probenart::frist, {"633"}, 5});
  made.inhalt.textbausteine = std::vector<BausteinText>{{{"Gruß"}, {"Glück auf"}, base::Line<60>{"Sachsen"}}};
  const auto read = liesBaustein(unterschreibe(made, paar()));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->formatversion, 2);
  const auto there = fuerLand(*read, "Sachsen-Anhalt");
  ASSERT_EQ(there.inhalt.laufwege.size(), 1U);
  EXPECT_EQ(there.inhalt.laufwege[0].zeile.value, "@kreis mz, zdA");
  EXPECT_EQ(there.inhalt.aktenplan.size(), 1U);
  EXPECT_EQ(there.proben.size(), 2U) << "what is not for this Land is not tried there";
  EXPECT_TRUE(there.inhalt.textbausteine->empty());
  const auto here = fuerLand(*read, "Sachsen");
  EXPECT_EQ(here.inhalt.laufwege[0].zeile.value, "@bauamt mz, dann @leitung sz, zdA");
  EXPECT_EQ(here.inhalt.aktenplan.size(), 2U);
  EXPECT_EQ(here.proben.size(), 3U);
  made.inhalt.laufwege.push_back(made.inhalt.laufwege.back());
  EXPECT_EQ(refusal(unterschreibe(made, paar())), base::Code::BausteinUngueltig);
}

TEST(Baustein, aWholeChecklistIsRefusedWhereItIsNone) {
  using base::Code;
  const auto with = [](const std::function<void(BausteinWerkzeug&)>& change) {
    auto made = bauantrag();
    BausteinWerkzeug tool{{"einfuehrung"}, {}, {"Einführung"}, {"Kurz"}, {"Alle"}, {"CC BY 4.0"}};
    tool.art = Werkzeugart::checkliste;
    tool.abschnitte = {{{"Anfang"}, {}, {{{"eins"}, {"Erstens"}, {}, {}}, {{"zwei"}, {"Zweitens"}, {}, {}}}}};
    change(tool);
    made.inhalt.werkzeuge = {tool};
    made.inhalt.checklisten = {{"einfuehrung"}};
    return unterschreibe(made, paar());
  };
  const auto good = liesBaustein(with([](auto&) {}));
  ASSERT_TRUE(good) << good.error().detail;
  EXPECT_EQ(good->formatversion, 3);
  EXPECT_EQ(refusal(with([](auto& tool) { tool.abschnitte.clear(); })), Code::BausteinUngueltig);
  EXPECT_EQ(refusal(with([](auto& tool) { tool.abschnitte[0].punkte.clear(); })), Code::BausteinUngueltig);
  EXPECT_EQ(refusal(with([](auto& tool) { tool.abschnitte.push_back(tool.abschnitte[0]); })), Code::BausteinUngueltig);
  EXPECT_EQ(refusal(with([](auto& tool) { tool.abschnitte[0].punkte[1].schluessel = {"eins"}; })),
            Code::BausteinUngueltig);
  EXPECT_EQ(refusal(with([](auto& tool) { tool.abschnitte[0].punkte[1].schluessel = {""}; })), Code::BausteinUngueltig);
  EXPECT_EQ(refusal(with([](auto& tool) { tool.abschnitte[0].punkte[1].schluessel = {"eigen-1"}; })),
            Code::BausteinUngueltig);
  EXPECT_EQ(refusal(with([](auto& tool) { tool.schluessel = {"bereitschaftscheck"}; })), Code::BausteinUngueltig);
  EXPECT_TRUE(liesBaustein(with([](auto& tool) {
    tool.abschnitte[0].punkte[1] = {{"eins"}, {"Erstens bei uns"}, {}, base::Line<60>{"Sachsen"}};
  }))) << "the same point once for all and once for a Land";
}

// ---- the merge

RC_GTEST_PROP(Mischen, aToolIsMadeOfItsValuesAgain, ()) {
  const auto neu = anyWerkzeug("w"), hier = anyWerkzeug("w"), basis = anyWerkzeug("w");
  const Teil teil{Teilart::werkzeug, "w"};
  const auto zeilen = mische(bildOf(basis), bildOf(hier), bildOf(neu));
  std::set<std::string> some;
  for (const auto& zeile : zeilen)
    if (*rc::gen::arbitrary<bool>()) some.insert(zeile.name());
  const auto ziel = danach(bildOf(hier), bildOf(neu), zeilen, some).at(teil);
  RC_ASSERT(bildOf(gemischt(neu, &hier, ziel)).at(teil) == ziel);
  RC_ASSERT(!maengelOf(gemischt(neu, &hier, ziel).abschnitte));
  // Taken as it comes it is as the package has it, in its order.
  auto same = gemischt(neu, nullptr, bildOf(neu).at(teil));
  same.einleitung = neu.einleitung;
  RC_ASSERT(base::toJson(same) == base::toJson(neu));
}

Bild anyBild() {
  Bild out;
  for (const int key : someOf(6))
    for (const auto* feld : {"titel", "frist"})
      out[{Teilart::aktenplan, std::to_string(key)}][feld] =
          *rc::gen::elementOf(std::vector<std::string>{"a", "b", "c"});
  return out;
}

RC_GTEST_PROP(Mischen, whatTheTownDidNotChangeBecomesWhatThePackageSays, ()) {
  const auto basis = anyBild(), neu = anyBild();
  const auto result = danach(basis, neu, mische(basis, basis, neu), {});
  for (const auto& [teil, felder] : neu) RC_ASSERT(result.at(teil) == felder);
  for (const auto& [teil, felder] : basis)
    if (!neu.contains(teil)) RC_ASSERT(result.at(teil) == felder);
}

RC_GTEST_PROP(Mischen, nothingOfTheTownIsLostUnlessTheClerkSaysSo, ()) {
  const auto basis = anyBild(), hier = anyBild(), neu = anyBild();
  const bool had = *rc::gen::arbitrary<bool>();
  const auto before = had ? std::optional(basis) : std::nullopt;
  const auto result = danach(hier, neu, mische(before, hier, neu), {});
  for (const auto& [teil, felder] : hier)
    for (const auto& [feld, wert] : felder) {
      const bool untouched =
          had && basis.contains(teil) && basis.at(teil).contains(feld) && basis.at(teil).at(feld) == wert;
      if (!untouched) RC_ASSERT(result.at(teil).at(feld) == wert);
    }
  // What it removed stays away where the package did not touch it.
  for (const auto& [teil, felder] : basis)
    if (had && !hier.contains(teil) && neu.contains(teil) && neu.at(teil) == felder) RC_ASSERT(!result.contains(teil));
}

RC_GTEST_PROP(Mischen, allConflictsDecidedForThePackageGiveThePackage, ()) {
  const auto basis = anyBild(), hier = anyBild(), neu = anyBild();
  const auto zeilen = mische(basis, hier, neu);
  std::set<std::string> all;
  for (const auto& zeile : zeilen) all.insert(zeile.name());
  const auto result = danach(hier, neu, zeilen, all);
  for (const auto& [teil, felder] : neu) RC_ASSERT(result.at(teil) == felder);
  // Adopted once more, it has nothing to change.
  for (const auto& zeile : mische(neu, result, neu)) RC_ASSERT(zeile.was == Mischung::gleich);
}

}  // namespace
}  // namespace netz
