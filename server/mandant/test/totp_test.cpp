#include "mandant/totp.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "mandant/webauthn.h"

namespace mandant {
namespace {

constexpr std::string_view key = "12345678901234567890";
base::Zeitpunkt at(std::int64_t seconds) { return base::Zeitpunkt{}.plusSeconds(seconds); }

TEST(Totp, hasTheVectorsOfRfc4226) {
  const char* const codes[] = {"755224", "287082", "359152", "969429", "338314",
                               "254676", "287922", "162583", "399871", "520489"};
  for (std::uint64_t i = 0; i < 10; ++i) EXPECT_EQ(hotp(key, i), codes[i]) << i;
}

TEST(Totp, hasTheVectorsOfRfc6238) {
  const std::pair<std::int64_t, std::string> codes[] = {{59, "94287082"},         {1111111109, "07081804"},
                                                        {1111111111, "14050471"}, {1234567890, "89005924"},
                                                        {2000000000, "69279037"}, {20000000000, "65353130"}};
  for (const auto& [seconds, code] : codes) {
    EXPECT_EQ(hotp(key, static_cast<std::uint64_t>(seconds) / 30, 8), code) << seconds;
    EXPECT_EQ(totpSchritt(key, code.substr(2), at(seconds), 0), seconds / 30) << seconds;
  }
}

TEST(Totp, writesBase32AsRfc4648) {
  const std::pair<const char*, const char*> texts[] = {{"", ""},
                                                       {"f", "MY"},
                                                       {"fo", "MZXQ"},
                                                       {"foo", "MZXW6"},
                                                       {"foob", "MZXW6YQ"},
                                                       {"fooba", "MZXW6YTB"},
                                                       {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, coded] : texts) EXPECT_EQ(base32(plain), coded);
}

RC_GTEST_PROP(Totp, aCodeHoldsForItsStepAndOneToEachSideAndOnce, ()) {
  const auto step = *rc::gen::inRange<std::int64_t>(10, 100'000'000);
  const auto off = *rc::gen::inRange<std::int64_t>(-5, 6);
  const auto code = hotp(key, static_cast<std::uint64_t>(step));
  const auto now = at((step + off) * 30 + *rc::gen::inRange(0, 30));
  const auto found = totpSchritt(key, code, now, 0);
  // Another step near by may have the same six digits; that is seldom, and then it is that step.
  if (off >= -1 && off <= 1) RC_ASSERT(found.has_value());
  const auto again = found ? totpSchritt(key, code, now, *found) : std::nullopt;
  const bool later = !again || *again > *found;
  RC_ASSERT(later);
  RC_ASSERT(!totpSchritt(key, code.substr(1), now, 0));
  RC_ASSERT(!totpSchritt(key, code + "0", now, 0));
}

TEST(Totp, theAddressForTheAppNamesTownAndPerson) {
  EXPECT_EQ(totpAdresse("foobar", "Stadt Auenbrück", "osswald"),
            "otpauth://totp/Aktenlotse%20Stadt%20Auenbr%C3%BCck:osswald?secret=MZXW6YTBOI&issuer=Aktenlotse%20Stadt%20"
            "Auenbr%C3%BCck&algorithm=SHA1&digits=6&period=30");
}

TEST(Webauthn, keysAreForAnAddressOverTls) {
  EXPECT_FALSE(parteiAus(""));
  EXPECT_EQ(parteiAus("https://akten.stadt.example")->id, "akten.stadt.example");
  EXPECT_EQ(parteiAus("https://akten.stadt.example:8443/")->herkunft, "https://akten.stadt.example:8443");
  EXPECT_EQ(parteiAus("http://localhost:8080")->id, "localhost");
  for (const auto* bad : {"akten.stadt.example", "http://akten.stadt.example", "https://192.0.2.1", "https://[::1]",
                          "https://Akten.example", "https://a.example/pfad", "https://a@b.example", "https://",
                          "ftp://a.example", "https://a.example?x"})
    EXPECT_THROW((void)parteiAus(bad), base::Failure) << bad;
}

RC_GTEST_PROP(Webauthn, bytesGoToTextAndBack, (const std::string& bytes)) {
  const auto text = base64Url(bytes);
  RC_ASSERT(text.find_first_of("+/=") == std::string::npos);
  RC_ASSERT(ausBase64Url(text) == bytes);
}

TEST(Webauthn, whatIsNoBase64UrlIsRefused) {
  for (const auto* bad : {"!", "a", "AA==", "A+", "A/", "AB CD"}) EXPECT_FALSE(ausBase64Url(bad)) << bad;
}

}  // namespace
}  // namespace mandant
