#include "base/id.h"

#include <openssl/evp.h>
#include <sys/random.h>

#include <array>

#include "base/hash.h"
#include "base/result.h"

namespace base {
namespace {

constexpr std::string_view hexDigits = "0123456789abcdef";

std::string hex(const unsigned char* data, std::size_t size) {
  std::string out(size * 2, '0');
  for (std::size_t i = 0; i < size; ++i) {
    out[2 * i] = hexDigits[data[i] >> 4];
    out[2 * i + 1] = hexDigits[data[i] & 15];
  }
  return out;
}

void randomBytes(unsigned char* data, std::size_t size) {
  if (::getrandom(data, size, 0) != static_cast<ssize_t>(size)) throw Failure("getrandom failed");
}

}  // namespace

Uuid Uuid::make(std::int64_t unixMillis) {
  std::array<unsigned char, 16> bytes{};
  randomBytes(bytes.data() + 6, 10);
  for (int i = 0; i < 6; ++i)
    bytes[static_cast<std::size_t>(i)] = static_cast<unsigned char>(unixMillis >> (40 - 8 * i));
  bytes[6] = static_cast<unsigned char>((bytes[6] & 0x0f) | 0x70);
  bytes[8] = static_cast<unsigned char>((bytes[8] & 0x3f) | 0x80);
  std::string text = hex(bytes.data(), bytes.size());
  for (const std::size_t dash : {8u, 13u, 18u, 23u}) text.insert(dash, 1, '-');
  return Uuid(std::move(text));
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string out;
  out.reserve(36);
  for (std::size_t i = 0; i < 36; ++i) {
    const char c = text[i];
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool digit = (lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f');
    if (dash ? c != '-' : !digit) return std::nullopt;
    out.push_back(lower);
  }
  return Uuid(std::move(out));
}

std::string randomHex(std::size_t bytes) {
  std::string buffer(bytes, '\0');
  auto* data = reinterpret_cast<unsigned char*>(buffer.data());
  randomBytes(data, bytes);
  return hex(data, bytes);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (context_ == nullptr || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1)
    throw Failure("SHA-256 is missing");
}

void Sha256::Free::operator()(evp_md_ctx_st* context) const { EVP_MD_CTX_free(context); }

Sha256& Sha256::add(std::string_view data) {
  if (EVP_DigestUpdate(context_.get(), data.data(), data.size()) != 1) throw Failure("SHA-256 failed");
  return *this;
}

std::string Sha256::hex() {
  std::array<unsigned char, 32> digest{};
  if (EVP_DigestFinal_ex(context_.get(), digest.data(), nullptr) != 1) throw Failure("SHA-256 failed");
  return base::hex(digest.data(), digest.size());
}

std::string sha256Hex(std::string_view data) { return Sha256().add(data).hex(); }

}  // namespace base
