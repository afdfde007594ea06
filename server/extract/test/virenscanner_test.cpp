#include "extract/virenscanner.h"

#include <gtest/gtest.h>

#include "base/result.h"

namespace extract::test {
namespace {

using Art = Urteil::Art;

TEST(Virenscanner, itsRepliesAreUnderstood) {
  EXPECT_EQ(urteilAus("stream: OK"), (Urteil{Art::sauber, ""}));
  EXPECT_EQ(urteilAus("stream: Eicar-Test-Signature FOUND"), (Urteil{Art::befund, "Eicar-Test-Signature"}));
  EXPECT_EQ(urteilAus("INSTREAM size limit exceeded. ERROR").art, Art::nichtPruefbar);
  for (const auto* unclear :
       {"", "stream: ", "ok", "stream: OK FOUNDLING", "OK OK", "stream: Cannot allocate memory ERROR",
        "UNKNOWN COMMAND", "COMMAND READ TIMED OUT ERROR", " FOUND"})
    EXPECT_EQ(urteilAus(unclear).art, Art::keineAntwort) << unclear;
}

TEST(Virenscanner, aNameIsShownAsTextWhateverItHolds) {
  EXPECT_EQ(urteilAus("stream: \xff\x01 FOUND").text, "ohne Namen");
  EXPECT_LE(urteilAus("stream: " + std::string(5'000, 'x') + " FOUND").text.size(), 200U);
}

TEST(Virenscanner, anAddressIsOneOrRefused) {
  for (const auto* good :
       {"", "unix:/run/clamav/clamd.ctl", "127.0.0.1:3310", "[::1]:3310", "clamd.stadt.example:3310"})
    EXPECT_NO_THROW(Virenscanner{good}) << good;
  for (const auto* bad : {"unix:", "unix:run/clamd", "clamd", ":3310", "clamd:", "clamd:x", "clamd:1234567"})
    EXPECT_THROW(Virenscanner{bad}, base::Failure) << bad;
}

TEST(Virenscanner, oneThatIsNotThereDoesNotAnswer) {
  const Virenscanner nobody("unix:/gibt/es/nicht.sock");
  const auto urteil = nobody.pruefe(-1);
  EXPECT_EQ(urteil.art, Art::keineAntwort);
  EXPECT_NE(urteil.text.find("antwortet nicht"), std::string::npos);
}

}  // namespace
}  // namespace extract::test
