#pragma once
// Ed25519 as all signed things of the network use it: over a word that says what is signed, and a canonical form.
#include <string>
#include <string_view>

#include "netz/baustein.h"

namespace netz {

/// 128 hex digits. Throws Failure when the key is damaged.
[[nodiscard]] std::string signiere(std::string_view zweck, std::string_view text, const Schluesselpaar& paar);
enum class Pruefung : std::uint8_t { gut, falsch, keineForm };
[[nodiscard]] Pruefung pruefe(std::string_view zweck, std::string_view text, std::string_view signatur,
                              std::string_view schluessel);

}  // namespace netz
