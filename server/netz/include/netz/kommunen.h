#pragma once
// The register of municipalities and districts, as it is in the program (daten/gemeinden.tsv, made by tools/gemeinden).
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/describe.h"

namespace netz {

enum class Kommuneart : std::uint8_t { landkreis, kreisfreieStadt, stadt, gemeinde };
BOOST_DESCRIBE_ENUM(Kommuneart, landkreis, kreisfreieStadt, stadt, gemeinde)

/// By inhabitants: under 2,000, 5,000, 10,000, 20,000, 50,000, 100,000, and more.
enum class Groesse : std::uint8_t { bis2000, bis5000, bis10000, bis20000, bis50000, bis100000, ueber100000 };
BOOST_DESCRIBE_ENUM(Groesse, bis2000, bis5000, bis10000, bis20000, bis50000, bis100000, ueber100000)

struct Kommune {
  std::string_view ags{}, ars{}, name{};
  Kommuneart art{};
  std::string_view kreis{};      ///< key of the district, five digits; of a town without one its own
  std::string_view kreisname{};  ///< its name
  std::string_view verband{}, land{}, plz{};
  std::int64_t einwohner = 0;  ///< of a district the sum of its towns
  std::string suche{};         ///< names and keys, folded
};

/// All, by name as people sort.
[[nodiscard]] std::span<const Kommune> kommunen();
/// By its key: eight digits, or five of a district.
[[nodiscard]] const Kommune* kommune(std::string_view ags);
[[nodiscard]] Groesse groesseOf(std::int64_t einwohner);
/// The Land of a key; empty for one that is not known here.
[[nodiscard]] std::string_view landOf(std::string_view ags);
/// The source, as the licence asks to name it.
[[nodiscard]] std::string_view quelle();

// ---- associations, ministries and providers

enum class Organisationart : std::uint8_t { verband, ministerium, dienstleister };
BOOST_DESCRIBE_ENUM(Organisationart, verband, ministerium, dienstleister)

struct Organisation {
  std::string schluessel{}, name{};
  Organisationart art{};
  std::string land{}, aufgabe{};
  std::optional<std::int64_t> mitglieder{}, von{};  ///< as it says itself
};
BOOST_DESCRIBE_STRUCT(Organisation, (), (schluessel, name, art, land, aufgabe, mitglieder, von))
struct Organisationen {
  std::string stand{}, quelle{};
  std::vector<Organisation> organisationen{};
};
BOOST_DESCRIBE_STRUCT(Organisationen, (), (stand, quelle, organisationen))
[[nodiscard]] const Organisationen& organisationen();
[[nodiscard]] const Organisation* organisation(std::string_view schluessel);
/// Keys with spaces between, as a list.
[[nodiscard]] std::vector<std::string> schluesselOf(std::string_view text);

}  // namespace netz
