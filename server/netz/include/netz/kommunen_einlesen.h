#pragma once
// The register of further Länder, or a newer one of those that came with the program, from a table that the operator
// hands in. It belongs to the installation and to no tenant (docs/decisions/0042).
#include "akte/plan_einlesen.h"
#include "akte/tabelle.h"
#include "base/id.h"
#include "base/result.h"
#include "netz/kommunen.h"

namespace netz {

/// A row as it was read in.
struct KommuneZeile {
  static constexpr std::string_view tabelle = "netz_kommune";
  std::string ags{}, ars{}, name{};
  Kommuneart art{};
  std::string verband{}, plz{};
  std::int64_t einwohner = 0;
  std::int64_t lesung = 0;
};
BOOST_DESCRIBE_STRUCT(KommuneZeile, (), (ags, ars, name, art, verband, plz, einwohner, lesung))

/// One time that a table was read in.
struct KommunenlesungZeile {
  static constexpr std::string_view tabelle = "netz_kommunenlesung";
  std::int64_t nr = 0;
  base::Uuid uuid{};
  base::Zeitpunkt zeit{};
  std::string quelle{};
  std::int64_t eigner = 0, person = 0;  ///< who did it; 0 for the operator
  std::int64_t neu = 0, geaendert = 0;
};
BOOST_DESCRIBE_STRUCT(KommunenlesungZeile, (), (nr, uuid, zeit, quelle, eigner, person, neu, geaendert))

/// What becomes of a row of the file. `hinweise` are German sentences: what is wrong with it, or what changes.
struct KommunenSatz {
  std::int64_t zeile = 0;
  std::string ags{}, name{}, land{};
  akte::ZeilenArt art{};
  std::vector<std::string> hinweise{};
};
BOOST_DESCRIBE_STRUCT(KommunenSatz, (), (zeile, ags, name, land, art, hinweise))

struct KommunenBericht {
  std::int64_t neu = 0, geaendert = 0, gleich = 0, uebergangen = 0, fehler = 0;
  std::int64_t kreise = 0;              ///< districts that the column of their names makes or renames
  std::vector<std::string> hinweise{};  ///< about the file as a whole
  std::vector<KommunenSatz> zeilen{};
  bool eingelesen = false;
};
BOOST_DESCRIBE_STRUCT(KommunenBericht, (),
                      (neu, geaendert, gleich, uebergangen, fehler, kreise, hinweise, zeilen, eingelesen))

struct Kommunenabgleich {
  KommunenBericht bericht{};
  std::vector<KommuneZeile> schreiben{};  ///< new and changed ones, districts too
};
/// Pure: what the table would make of the register. Refused only where it has no columns to read.
[[nodiscard]] base::Result<Kommunenabgleich> vergleicheKommunen(const std::vector<akte::TabellenZeile>& tabelle,
                                                                const Register& verzeichnis);

constexpr std::size_t kommunenMax = 20'000;  ///< rows of a table: all of Germany has 11,000 towns
/// Writes what differs, in one transaction; nothing is ever taken away. `eigner` and `person` 0 for the operator.
base::Result<KommunenBericht> liesKommunenEin(sql::Database& database, base::Zeitpunkt jetzt,
                                              const std::vector<akte::TabellenZeile>& tabelle,
                                              const std::string& quelle, std::int64_t eigner, std::int64_t person);

}  // namespace netz
