#pragma once
// One-time codes by time: RFC 4226 and 6238, as authenticator apps make them (SHA-1, six digits, 30 seconds).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace mandant {

/// RFC 4648, without padding.
[[nodiscard]] std::string base32(std::string_view bytes);

/// RFC 4226: the code for a counter, with as many digits.
[[nodiscard]] std::string hotp(std::string_view schluessel, std::uint64_t zaehler, int ziffern = 6);

/// The time step that the code belongs to: now, or one to each side, as clocks differ. Only a step after `zuletzt`, so
/// that no code counts twice.
[[nodiscard]] std::optional<std::int64_t> totpSchritt(std::string_view schluessel, std::string_view code,
                                                      base::Zeitpunkt jetzt, std::int64_t zuletzt);

/// What the QR code holds for the app.
[[nodiscard]] std::string totpAdresse(std::string_view schluessel, std::string_view mandant, std::string_view name);

}  // namespace mandant
