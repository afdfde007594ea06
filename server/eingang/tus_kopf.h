#pragma once
// The fields of tus, as they come over the wire. Private to the room.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace eingang {

/// A length or an offset: digits alone, at most 2^50.
[[nodiscard]] std::optional<std::uint64_t> tusZahl(std::string_view text);

/// Whether an Upload-Checksum fits to the bytes that came; nothing where it is none of SHA-256.
[[nodiscard]] std::optional<bool> tusPasst(std::string_view pruefsumme, const std::string& sha256Hex);

}  // namespace eingang
