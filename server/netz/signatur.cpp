#include "signatur.h"

#include <sodium.h>

namespace netz {
namespace {

void needSodium() {
  if (sodium_init() < 0) throw base::Failure("libsodium cannot start");
}

std::string hex(std::span<const unsigned char> bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

template <std::size_t N>
std::optional<std::array<unsigned char, N>> bytes(std::string_view text) {
  std::array<unsigned char, N> out{};
  std::size_t length = 0;
  if (text.size() != 2 * N || sodium_hex2bin(out.data(), N, text.data(), text.size(), nullptr, &length, nullptr) != 0 ||
      length != N)
    return std::nullopt;
  return out;
}

}  // namespace

Schluesselpaar neuesSchluesselpaar() {
  needSodium();
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_keypair(open.data(), secret.data());
  return {hex(open), hex(secret)};
}

std::string signiere(std::string_view zweck, std::string_view text, const Schluesselpaar& paar) {
  needSodium();
  const auto secret = bytes<crypto_sign_SECRETKEYBYTES>(paar.geheim);
  if (!secret) throw base::Failure("the key of the installation is damaged");
  const auto signedText = std::string(zweck) + std::string(text);
  std::array<unsigned char, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(signedText.data()),
                       signedText.size(), secret->data());
  return hex(signature);
}

Pruefung pruefe(std::string_view zweck, std::string_view text, std::string_view signatur, std::string_view schluessel) {
  needSodium();
  const auto key = bytes<crypto_sign_PUBLICKEYBYTES>(schluessel);
  const auto signature = bytes<crypto_sign_BYTES>(signatur);
  if (!key || !signature) return Pruefung::keineForm;
  const auto signedText = std::string(zweck) + std::string(text);
  const bool good =
      crypto_sign_verify_detached(signature->data(), reinterpret_cast<const unsigned char*>(signedText.data()),
                                  signedText.size(), key->data()) == 0;
  return good ? Pruefung::gut : Pruefung::falsch;
}

}  // namespace netz
