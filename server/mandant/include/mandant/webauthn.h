#pragma once
// Security keys: what a browser hands over is verified (W3C Web Authentication, level 2, chapter 7), signatures and
// structures by libfido2. Everything here is pure: challenges and counters are kept by the caller.
#include <optional>

#include "base/result.h"

namespace mandant {

/// Who the keys are for: the address that people open, and its host.
struct Partei {
  std::string herkunft{};  ///< https://akten.stadt.example
  std::string id{};        ///< akten.stadt.example
};

/// Of an address as the operator gives it: https, or http for localhost alone. Throws base::Failure with a German
/// sentence. Empty for none: then there are no security keys.
[[nodiscard]] std::optional<Partei> parteiAus(std::string_view adresse);

/// RFC 4648, URL-safe, without padding, as browsers write bytes.
[[nodiscard]] std::string base64Url(std::string_view bytes);
[[nodiscard]] std::optional<std::string> ausBase64Url(std::string_view text);

/// A key as it was registered; the texts are base64url.
struct Schluessel {
  std::string kennung{};
  std::string oeffentlich{};
  std::int64_t verfahren = 0;  ///< number of COSE
  std::int64_t zaehler = 0;    ///< 0 where the key does not count
};

/// The algorithms that are offered, best liked first.
inline constexpr std::int64_t verfahren[] = {-7, -8, -257};

/// What the browser says of a new key. `aufgabe` is the challenge as it was sent (base64url).
[[nodiscard]] base::Result<Schluessel> pruefeRegistrierung(const Partei& partei, std::string_view aufgabe,
                                                           std::string_view clientData,
                                                           std::string_view authenticatorData);

/// What the browser says of a key that is known; all bytes, not base64url.
struct Nachweis {
  std::string clientData{}, authenticatorData{}, signatur{};
};
/// The key's new count. A count that does not grow is one of a copied key, and refused.
[[nodiscard]] base::Result<std::int64_t> pruefeNachweis(const Partei& partei, std::string_view aufgabe,
                                                        const Schluessel& schluessel, const Nachweis& nachweis);

}  // namespace mandant
