#include "mandant/totp.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <array>

#include "base/result.h"
#include "base/text.h"

namespace mandant {
namespace {

constexpr std::int64_t stepSeconds = 30;

}  // namespace

std::string base32(std::string_view bytes) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string out;
  std::uint32_t buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8) | static_cast<unsigned char>(c);
    for (bits += 8; bits >= 5; bits -= 5) out += letters[(buffer >> (bits - 5)) & 31];
  }
  if (bits > 0) out += letters[(buffer << (5 - bits)) & 31];
  return out;
}

std::string hotp(std::string_view schluessel, std::uint64_t zaehler, int ziffern) {
  std::array<unsigned char, 8> counter{};
  for (std::size_t i = 0; i < counter.size(); ++i) counter[i] = static_cast<unsigned char>(zaehler >> (56 - 8 * i));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int size = 0;
  if (HMAC(EVP_sha1(), schluessel.data(), static_cast<int>(schluessel.size()), counter.data(), counter.size(),
           mac.data(), &size) == nullptr)
    throw base::Failure("HMAC failed");
  const std::size_t at = mac.at(size - 1) & 15U;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = (number << 8) | mac.at(at + i);
  number &= 0x7fffffffU;
  std::uint32_t modulus = 1;
  for (int i = 0; i < ziffern; ++i) modulus *= 10;
  return fmt::format("{:0{}}", number % modulus, ziffern);
}

std::optional<std::int64_t> totpSchritt(std::string_view schluessel, std::string_view code, base::Zeitpunkt jetzt,
                                        std::int64_t zuletzt) {
  const auto now = jetzt.micros / 1'000'000 / stepSeconds;
  std::optional<std::int64_t> found;
  // All are computed, whichever fits: the time tells nothing.
  for (const auto step : {now - 1, now, now + 1}) {
    const auto expected = hotp(schluessel, static_cast<std::uint64_t>(step));
    const bool same = code.size() == expected.size() && sodium_memcmp(code.data(), expected.data(), code.size()) == 0;
    if (same && step > zuletzt && !found) found = step;
  }
  return found;
}

std::string totpAdresse(std::string_view schluessel, std::string_view mandant, std::string_view name) {
  return fmt::format(
      "otpauth://totp/Aktenlotse%20{}:{}?secret={}&issuer=Aktenlotse%20{}&algorithm=SHA1&digits=6&period={}",
      base::percentEncode(mandant), base::percentEncode(name), base32(schluessel), base::percentEncode(mandant),
      stepSeconds);
}

}  // namespace mandant
