#include <gtest/gtest.h>

#include "../lmtp_befehl.h"
#include "../postweg.h"

namespace eingang {
namespace {

TEST(LmtpBefehl, HasItsWordInCapitalsAndTheAddressBetweenTheBrackets) {
  const auto rcpt = liesBefehl("rcpt TO:<Amt+1@stadt.example> NOTIFY=NEVER");
  EXPECT_EQ(rcpt.wort, "RCPT");
  EXPECT_EQ(rcpt.adresse, "Amt+1@stadt.example");
  EXPECT_TRUE(liesBefehl("MAIL FROM:<>").hatPfad);
  EXPECT_EQ(liesBefehl("MAIL FROM:<>").adresse, "");
  EXPECT_EQ(liesBefehl("RCPT TO:<@a,@b:amt@stadt.example>").adresse, "amt@stadt.example");
  EXPECT_EQ(liesBefehl("RCPT TO:<\"amt+632-1/2026-1\"@stadt.example>").adresse, "amt+632-1/2026-1@stadt.example");
  for (const auto* broken : {"", " ", "RCPT", "RCPT TO:<a", "RCPT TO:a>", "RCPT >x<", "\xff\x00"})
    EXPECT_FALSE(liesBefehl(broken).hatPfad) << broken;
}

TEST(Zeichen, AreLookedForAloneAndTogetherLongestFirst) {
  const auto found = zeichenKandidaten("AW: Ihr Zeichen (632.10-4/2026), 10.1 - 7 [dringend]");
  EXPECT_NE(std::ranges::find(found, "632.10-4/2026"), found.end());
  EXPECT_NE(std::ranges::find(found, "10.1 - 7"), found.end());
  EXPECT_LT(std::ranges::find(found, "10.1 - 7"), std::ranges::find(found, "10.1"));
  EXPECT_EQ(std::ranges::find(found, "dringend"), found.end()) << "no sign is without a number";
  EXPECT_TRUE(zeichenKandidaten("").empty());
  EXPECT_LE(zeichenKandidaten(std::string(20'000, '1') + std::string(20'000, ' ') + "2").size(), 160U);
}

}  // namespace
}  // namespace eingang
