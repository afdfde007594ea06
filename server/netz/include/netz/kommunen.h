#pragma once
// The register of municipalities and districts: as it is in the program (daten/gemeinden.tsv, made by tools/gemeinden),
// and what the operator read in beside it (docs/decisions/0042).
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/describe.h"
#include "sql/database.h"

namespace netz {

enum class Kommuneart : std::uint8_t { landkreis, kreisfreieStadt, stadt, gemeinde };
BOOST_DESCRIBE_ENUM(Kommuneart, landkreis, kreisfreieStadt, stadt, gemeinde)

/// By inhabitants: under 2,000, 5,000, 10,000, 20,000, 50,000, 100,000, and more.
enum class Groesse : std::uint8_t { bis2000, bis5000, bis10000, bis20000, bis50000, bis100000, ueber100000 };
BOOST_DESCRIBE_ENUM(Groesse, bis2000, bis5000, bis10000, bis20000, bis50000, bis100000, ueber100000)

struct Kommune {
  std::string ags{}, ars{}, name{};
  Kommuneart art{};
  std::string kreis{};      ///< key of the district, five digits; of a town without one its own
  std::string kreisname{};  ///< its name
  std::string verband{}, land{}, plz{};
  std::int64_t einwohner = 0;  ///< of a district the sum of its towns
  std::string suche{};         ///< names and keys, folded
};

struct Register {
  std::vector<Kommune> alle{};  ///< by name as people sort
  std::string quelle{};         ///< the sources, as their licences ask to name them

  /// By its key: eight digits, or five of a district.
  [[nodiscard]] const Kommune* find(std::string_view ags) const;
  /// The name of a district, or of the town that is its own; its key where it is not known.
  [[nodiscard]] std::string kreisname(const std::string& kreis) const;

  std::unordered_map<std::string_view, const Kommune*> nachAgs{};
  std::string lesung{};  ///< the last reading that it holds
};

/// What came with the program.
[[nodiscard]] const Register& mitgeliefert();
/// With all that was read in; one memory for all, which is made anew when this or another process read something in.
[[nodiscard]] std::shared_ptr<const Register> registerOf(const sql::ReadTx& tx);
/// One of it.
[[nodiscard]] std::shared_ptr<const Kommune> kommune(const sql::ReadTx& tx, std::string_view ags);
[[nodiscard]] Groesse groesseOf(std::int64_t einwohner);
/// The Land of a key; empty for one that is not known here.
[[nodiscard]] std::string_view landOf(std::string_view ags);

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
