#include "tus_kopf.h"

#include <openssl/evp.h>

#include <charconv>

namespace eingang {
namespace {

std::string base64OfHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  out.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                                      reinterpret_cast<const unsigned char*>(bytes.data()),
                                                      static_cast<int>(bytes.size()))));
  return out;
}

}  // namespace

std::optional<std::uint64_t> tusZahl(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number > (1ull << 50)) return std::nullopt;
  return number;
}

std::optional<bool> tusPasst(std::string_view pruefsumme, const std::string& sha256Hex) {
  constexpr std::string_view kind = "sha256 ";
  if (!pruefsumme.starts_with(kind)) return std::nullopt;
  return pruefsumme.substr(kind.size()) == base64OfHex(sha256Hex);
}

}  // namespace eingang
