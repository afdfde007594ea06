#include "geschaeftsgang/bpmn.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "leute.h"
#include "testing/folder.h"

namespace geschaeftsgang {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string model(const std::string& inside, const std::string& more = "") {
  return "<?xml version=\"1.0\"?><definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" id=\"d\" "
         "targetNamespace=\"x\">" +
         more + "<process id=\"p\" name=\"Bauantrag\">" + inside + "</process></definitions>";
}
std::string flow(const std::string& from, const std::string& to) {
  return "<sequenceFlow id=\"" + from + to + "\" sourceRef=\"" + from + "\" targetRef=\"" + to + "\"/>";
}
std::string lineOf(const std::string& xml) { return zeileOf(liesBpmn(xml).value(), verzeichnis()); }

TEST(Bpmn, tasksInLanesBecomeStepsOfThoseWhoAct) {
  const auto xml = model(
      "<laneSet id=\"l\"><lane id=\"l1\" name=\"Bauamt\"><flowNodeRef>a</flowNodeRef></lane><lane id=\"l2\" "
      "name=\"Bürgermeisterin\"><flowNodeRef>b</flowNodeRef></lane></laneSet><startEvent id=\"s\"/>"
      "<userTask id=\"a\" name=\"Mitzeichnung\"/><userTask id=\"b\" name=\"Bescheid unterschreiben\"/><endEvent "
      "id=\"e\"/>" +
      flow("s", "a") + flow("a", "b") + flow("b", "e"));
  EXPECT_EQ(lineOf(xml), "@BA Mz, dann @Bürgermeisterin Sz \"Bescheid unterschreiben\"");
  EXPECT_EQ(liesBpmn(xml)->name, "Bauantrag");
  EXPECT_TRUE(liesBpmn(xml)->hinweise.empty());
}

TEST(Bpmn, parallelBranchesTimersAndDeadlinesAreKept) {
  const auto xml = model(
      "<startEvent id=\"s\"/><parallelGateway id=\"f\"/><userTask id=\"a\" name=\"Stellungnahme\"/><userTask id=\"b\" "
      "name=\"Prüfung\"/><parallelGateway id=\"j\"/><intermediateCatchEvent id=\"w\" name=\"Antwort da?\">"
      "<timerEventDefinition><timeDuration>P2W</timeDuration></timerEventDefinition></intermediateCatchEvent>"
      "<boundaryEvent id=\"x\" attachedToRef=\"a\"><timerEventDefinition><timeDuration>P3D</timeDuration>"
      "</timerEventDefinition></boundaryEvent>" +
      flow("s", "f") + flow("f", "a") + flow("f", "b") + flow("a", "j") + flow("b", "j") + flow("j", "w"));
  EXPECT_EQ(lineOf(xml), "Stellungnahme bis in 3 Tagen und Prüfung, dann Wv in 14 Tagen \"Antwort da?\"");
}

TEST(Bpmn, whatASlipCannotSayIsNamed) {
  const auto xml = model(
      "<startEvent id=\"s\"/><userTask id=\"a\" name=\"Antrag prüfen\"/><exclusiveGateway id=\"g\" "
      "name=\"Vollständig?\" "
      "default=\"gb\"/><serviceTask id=\"p\" name=\"Gebühr buchen\"/><userTask id=\"b\" name=\"Bescheid\"/>" +
      flow("s", "a") + flow("a", "g") + flow("g", "a") + flow("g", "b") + flow("b", "p"));
  const auto read = liesBpmn(xml).value();
  EXPECT_EQ(read.schritte.size(), 2U);
  EXPECT_THAT(read.hinweise, ElementsAre(HasSubstr("„Vollständig?“ trifft ein Mensch"),
                                         HasSubstr("„Gebühr buchen“ tut ein Programm")));
}

TEST(Bpmn, refusesWhatIsNoModel) {
  EXPECT_FALSE(liesBpmn("kein xml").has_value());
  EXPECT_FALSE(liesBpmn("<html/>").has_value());
  EXPECT_FALSE(liesBpmn(model("<startEvent id=\"s\"/>")).has_value());
  EXPECT_EQ(liesBpmn("<!DOCTYPE d [<!ENTITY a \"b\">]>" + model("<userTask id=\"a\"/>").substr(21)).error().detail,
            "Ein Modell mit DTD wird nicht gelesen.");
}

Modell anyModel() {
  Modell out;
  out.name = "Probe & \"Rest\" <1>";
  const auto all = leute();
  std::int64_t stufe = 0;
  for (int i = 0, n = *rc::gen::inRange(1, 8); i < n; ++i) {
    ++stufe;
    const auto quorum = *rc::gen::element(Quorum::alle, Quorum::einer, Quorum::mehrheit);
    const int many = *rc::gen::inRange(1, 4);
    for (int k = 0; k < many; ++k) {
      Modellschritt s;
      s.stufe = stufe;
      s.quorum = many > 1 ? quorum : Quorum::alle;
      s.art = static_cast<Schrittart>(*rc::gen::inRange(0, 10));
      const auto& who = all[*rc::gen::inRange<std::size_t>(0, all.size())];
      s.wer = who.name.find('"') == std::string::npos ? who.name : "O'Neill";
      s.nennung = verzeichnis().nennung(who);
      if (*rc::gen::arbitrary<bool>()) s.text = "Bitte <bald> & gut: 'ja'";
      if (s.art == Schrittart::wiedervorlage || *rc::gen::arbitrary<bool>()) {
        if (*rc::gen::arbitrary<bool>())
          s.tage = *rc::gen::inRange(1, 400);
        else
          s.tag = base::Datum::of(2026, 12, *rc::gen::inRange(1, 28));
      }
      out.schritte.push_back(std::move(s));
    }
  }
  return out;
}

RC_GTEST_PROP(Bpmn, whatIsWrittenIsReadAgainTheSame, ()) {
  const auto modell = anyModel();
  const auto again = liesBpmn(schreibeBpmn(modell)).value();
  RC_ASSERT(again.hinweise.empty());
  RC_ASSERT(again.schritte == modell.schritte);
}

std::optional<fs::path> material() {
  const auto folder = testing_support::testData() / "bpmn";
  return fs::exists(folder) ? std::optional(folder) : std::nullopt;
}
std::string fileText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Bpmn, modelsOfOthersAreReadOrRefusedWithAReason) {
  const auto folder = material();
  if (!folder) GTEST_SKIP() << "without the test material";
  int read = 0, refused = 0;
  for (const auto& entry : fs::recursive_directory_iterator(*folder)) {
    if (entry.path().extension() != ".bpmn") continue;
    const auto modell = liesBpmn(fileText(entry.path()));
    if (!modell) {
      ++refused;
      EXPECT_EQ(modell.error().detail, "Im Modell ist nichts, was Menschen tun.") << entry.path();
      continue;
    }
    ++read;
    EXPECT_FALSE(zeileOf(*modell, verzeichnis()).empty()) << entry.path();
    const auto again = liesBpmn(schreibeBpmn(*modell));
    ASSERT_TRUE(again.has_value()) << entry.path();
    EXPECT_EQ(again->schritte.size(), modell->schritte.size()) << entry.path();
  }
  EXPECT_GT(read, 40) << refused;
}

TEST(Bpmn, whatIsWrittenHoldsAgainstTheSchemas) {
  const auto folder = material();
  if (!folder) GTEST_SKIP() << "without the test material";
  const testing_support::TemporaryFolder temporary;
  const auto& place = temporary.path();
  for (const auto* name : {"BPMN20.xsd", "Semantic.xsd"}) fs::copy(*folder / "xsd" / name, place / name);
  // The schema of pictures is not in the material; of them it is only asked that they are of its namespace.
  std::ofstream(place / "BPMNDI.xsd")
      << "<xsd:schema xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" targetNamespace=\"http://www.omg.org/spec/BPMN/"
         "20100524/DI\"><xsd:element name=\"BPMNDiagram\" type=\"xsd:anyType\"/></xsd:schema>";
  Modell modell;
  modell.name = "Probe";
  for (int i = 0; i < 10; ++i) {
    Modellschritt s;
    s.stufe = 1 + i / 2;
    s.quorum = i == 2 || i == 3 ? Quorum::mehrheit : Quorum::alle;
    s.art = static_cast<Schrittart>(i);
    s.wer = i % 3 == 0 ? "Bauamt" : "Kämmerei & Steuern";
    s.nennung = i % 3 == 0 ? "@BA" : "@oe:\"Kämmerei\"";
    s.text = "Text <" + std::to_string(i) + ">";
    if (i % 2 == 1) s.tage = 3;
    if (i == 4) s.tag = base::Datum::of(2026, 12, 4);
    modell.schritte.push_back(s);
  }
  std::ofstream(place / "laufweg.bpmn") << schreibeBpmn(modell);
  const auto command = "xmllint --nonet --noout --schema " + (place / "BPMN20.xsd").string() + " " +
                       (place / "laufweg.bpmn").string() + " 2> " + (place / "out").string();
  EXPECT_EQ(std::system(command.c_str()), 0) << fileText(place / "out");
}

}  // namespace
}  // namespace geschaeftsgang
