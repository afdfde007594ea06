#pragma once
// The rows of tenants, organisation and people, column for column.
#include "sql/database.h"

namespace mandant {

enum class Rolle : std::uint8_t { SB, RG, SGV, LT, FA, DA, ARC, LP, AT };
BOOST_DESCRIBE_ENUM(Rolle, SB, RG, SGV, LT, FA, DA, ARC, LP, AT)

enum class TraegerArt : std::uint8_t { alle, organisationseinheit, stelle, person, rolle };
BOOST_DESCRIBE_ENUM(TraegerArt, alle, organisationseinheit, stelle, person, rolle)

/// How far an access definition lets somebody in.
enum class Stufe : std::uint8_t { lesen, bearbeiten };
BOOST_DESCRIBE_ENUM(Stufe, lesen, bearbeiten)

enum class Umfang : std::uint8_t { lesen, schreiben };
BOOST_DESCRIBE_ENUM(Umfang, lesen, schreiben)

/// From whom a tenant asks a second factor when they sign in.
enum class Faktorpflicht : std::uint8_t { freiwillig, administration, alle };
BOOST_DESCRIBE_ENUM(Faktorpflicht, freiwillig, administration, alle)

struct MandantZeile {
  static constexpr std::string_view tabelle = "mandant";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string schluessel{}, name{};
  std::optional<std::string> gebietsschluessel{};
  std::string land{};
  std::string zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  bool fristAbJahresende = true;
  std::optional<std::int64_t> loeschfrist{};  ///< days between asking for a deletion and confirming it; nothing = none
  std::optional<std::int64_t> transferfrist{};  ///< years within which a zdA may be taken back; nothing = always
  std::optional<bool> nebenversionen{};         ///< versions have a major and a minor number
  std::optional<std::int64_t> stichprobe{};     ///< every nth scan is looked at; nothing = none
  std::optional<std::int64_t> originaltage{};   ///< days that paper is kept after its scan; nothing = for good
  std::optional<bool> uebung{};                 ///< for practice: all of it may be thrown away; set where it is made
  std::optional<Faktorpflicht> zweiterFaktor{};
};
BOOST_DESCRIBE_STRUCT(MandantZeile, (),
                      (mandant, id, uuid, stand, schluessel, name, gebietsschluessel, land, zeichenAkte, zeichenVorgang,
                       zeichenDokument, fristAbJahresende, loeschfrist, transferfrist, nebenversionen, stichprobe,
                       originaltage, uebung, zweiterFaktor))

struct ZugriffZeile {
  static constexpr std::string_view tabelle = "zugriff";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string bezeichnung{};
};
BOOST_DESCRIBE_STRUCT(ZugriffZeile, (), (mandant, id, uuid, stand, bezeichnung))

struct ZugriffseintragZeile {
  static constexpr std::string_view tabelle = "zugriffseintrag";
  std::int64_t mandant = 0, id = 0, zugriff = 0;
  TraegerArt traegerArt{};
  std::int64_t traeger = 0;
  std::optional<Rolle> rolle{};
  Stufe stufe{};
};
BOOST_DESCRIBE_STRUCT(ZugriffseintragZeile, (), (mandant, id, zugriff, traegerArt, traeger, rolle, stufe))

struct OrganisationseinheitZeile {
  static constexpr std::string_view tabelle = "organisationseinheit";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string kurzzeichen{}, bezeichnung{};
  std::optional<std::int64_t> ueber{};
  std::int64_t zugriff = 0;                 ///< of its Posteingang
  std::optional<base::Datum> aufgeloest{};  ///< the day as of which it was merged into another
};
BOOST_DESCRIBE_STRUCT(OrganisationseinheitZeile, (),
                      (mandant, id, uuid, stand, kurzzeichen, bezeichnung, ueber, zugriff, aufgeloest))

struct StelleZeile {
  static constexpr std::string_view tabelle = "stelle";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string bezeichnung{};
  std::int64_t organisationseinheit = 0;
  bool leitung = false;
};
BOOST_DESCRIBE_STRUCT(StelleZeile, (), (mandant, id, uuid, stand, bezeichnung, organisationseinheit, leitung))

struct StelleRolleZeile {
  static constexpr std::string_view tabelle = "stelle_rolle";
  std::int64_t mandant = 0, id = 0, stelle = 0;
  Rolle rolle{};
};
BOOST_DESCRIBE_STRUCT(StelleRolleZeile, (), (mandant, id, stelle, rolle))

struct PersonZeile {
  static constexpr std::string_view tabelle = "person";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t stand = 1;
  std::string vorname{}, nachname{}, anmeldename{};
  std::optional<std::string> email{};
  bool aktiv = true;
  std::int64_t kennwortStand = 0;  ///< how often the password was set; the password itself is not in the journal
  std::optional<std::int64_t> faktorStand{};  ///< the same for the second factor
};
BOOST_DESCRIBE_STRUCT(PersonZeile, (),
                      (mandant, id, uuid, stand, vorname, nachname, anmeldename, email, aktiv, kennwortStand,
                       faktorStand))

struct BesetzungZeile {
  static constexpr std::string_view tabelle = "besetzung";
  std::int64_t mandant = 0, id = 0, stelle = 0, person = 0;
};
BOOST_DESCRIBE_STRUCT(BesetzungZeile, (), (mandant, id, stelle, person))

struct ApiTokenZeile {
  static constexpr std::string_view tabelle = "api_token";
  std::int64_t mandant = 0, id = 0;
  base::Uuid uuid{};
  std::int64_t person = 0;
  std::string bezeichnung{};
  Umfang umfang{};
  base::Zeitpunkt ende{}, erstellt{};
  std::string geheimnisHash{};
};
BOOST_DESCRIBE_STRUCT(ApiTokenZeile, (),
                      (mandant, id, uuid, person, bezeichnung, umfang, ende, erstellt, geheimnisHash))

/// The journalled tables of this room.
[[nodiscard]] std::vector<const sql::Table*> tables();

/// A row by its public id, or nothing.
template <base::DescribedStruct Row>
[[nodiscard]] std::optional<Row> rowByUuid(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid) {
  auto query = sql::Query::select<Row>();
  query.add(" FROM ")
      .add(sql::Query::tableName<Row>())
      .add(" WHERE mandant = :mandant AND uuid = :uuid", mandant, uuid);
  return tx.one<Row>(query);
}

template <base::DescribedStruct Row>
[[nodiscard]] std::optional<Row> rowById(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  return tx.one<Row>(sql::Query::selectRow(sql::tableOf<Row>(), mandant, id));
}

/// All rows of a table, in order of their ids.
template <base::DescribedStruct Row>
[[nodiscard]] std::vector<Row> allRows(const sql::ReadTx& tx, std::int64_t mandant) {
  return tx.query<Row>(sql::Query::selectAll(sql::tableOf<Row>(), mandant));
}

}  // namespace mandant
