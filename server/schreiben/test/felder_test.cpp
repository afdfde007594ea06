#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schreiben/schreiben.h"

using schreiben::anredeOf;
using schreiben::empfaengerFrom;
using schreiben::empfaengerOf;

namespace {

akte::KontaktZeile person(const char* anrede, const char* vorname, const char* nachname) {
  akte::KontaktZeile out;
  out.art = akte::Kontaktart::person;
  if (*anrede != '\0') out.anrede = anrede;
  out.vorname = vorname;
  if (*nachname != '\0') out.nachname = nachname;
  out.strasse = "Gartenweg 3";
  out.plz = "00914";
  out.ort = "Auenbrück";
  return out;
}

}  // namespace

TEST(Anrede, fitsTheKontakt) {
  EXPECT_EQ(anredeOf(person("Frau", "Hańža", "Wićazowa")), "Sehr geehrte Frau Wićazowa,");
  EXPECT_EQ(anredeOf(person("Frau Dr.", "Ida", "Beispiel")), "Sehr geehrte Frau Dr. Beispiel,");
  EXPECT_EQ(anredeOf(person("Herr", "Ole", "Probe")), "Sehr geehrter Herr Probe,");
  EXPECT_EQ(anredeOf(person("Herrn", "Ole", "Probe")), "Sehr geehrter Herr Probe,");
  EXPECT_EQ(anredeOf(person("", "Kim", "Muster")), "Guten Tag Kim Muster,");
  EXPECT_EQ(anredeOf(person("Frau", "Ida", "")), "Sehr geehrte Damen und Herren,");
}

TEST(Anschrift, isWrittenLineByLine) {
  EXPECT_EQ(empfaengerOf(person("Herr", "Ole", "Probe")).anschrift, "Herrn Ole Probe\nGartenweg 3\n00914 Auenbrück");
  auto firm = person("Frau", "Ida", "Beispiel");
  firm.organisation = "Muster GmbH";
  EXPECT_EQ(empfaengerOf(firm).anschrift, "Muster GmbH\nFrau Ida Beispiel\nGartenweg 3\n00914 Auenbrück");
  EXPECT_EQ(empfaengerOf(firm).name, "Muster GmbH");
  akte::KontaktZeile bare;
  bare.nachname = "Probe";
  EXPECT_FALSE(empfaengerOf(bare).anschrift);
}

TEST(Absender, isTakenApart) {
  const auto framed = empfaengerFrom("\"Beispiel, Ida\" <ida@buerger.example>");
  EXPECT_EQ(framed.name, "Beispiel, Ida");
  EXPECT_EQ(framed.email, "ida@buerger.example");
  EXPECT_EQ(empfaengerFrom("ida@buerger.example").email, "ida@buerger.example");
  EXPECT_FALSE(empfaengerFrom("Ida Beispiel, Auenbrück").email);
  EXPECT_FALSE(empfaengerFrom("Ida <keine adresse>").email);
  EXPECT_EQ(empfaengerFrom("").name, "");
}

TEST(Blaetter, sayNothingThatIsNotText) {
  schreiben::Blaetter blaetter;
  blaetter.neu(true);
  blaetter.titel("<script> & \"Titel\"");
  blaetter.neu(true);
  blaetter.markdown("# Kopf\n\n- Punkt\n####### kein Kopf");
  blaetter.tabelle({{"Links", "Rechts\nZweite"}});
  const auto text = blaetter.fodt();
  EXPECT_THAT(text, testing::HasSubstr("&lt;script&gt; &amp; &quot;Titel&quot;"));
  EXPECT_THAT(text, testing::HasSubstr(">Blatt 2<"));
  EXPECT_THAT(text, testing::HasSubstr("fo:break-before=\"page\""));
  EXPECT_THAT(text, testing::HasSubstr("•\u2002Punkt"));
  EXPECT_THAT(text, testing::HasSubstr("####### kein Kopf"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("<script>")));
}
