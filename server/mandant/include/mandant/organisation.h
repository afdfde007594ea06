#pragma once
// Tenants, units, Stellen, people and access definitions: what may be done with them.
#include "base/json.h"
#include "journal/journal.h"
#include "mandant/rechte.h"
#include "mandant/zugang.h"

namespace mandant {

struct MandantNeu {
  base::Line<40, 2> schluessel{};
  base::Line<200> name{};
  std::optional<base::Line<12>> gebietsschluessel{};
  base::Line<60> land{};
  std::optional<base::Line<200>> zeichenAkte{}, zeichenVorgang{}, zeichenDokument{};
  bool uebung = false;  ///< for practice, for good
};

struct OrganisationseinheitNeu {
  base::Line<20> kurzzeichen{};
  base::Line<200> bezeichnung{};
  std::optional<base::Uuid> ueber{};
};
BOOST_DESCRIBE_STRUCT(OrganisationseinheitNeu, (), (kurzzeichen, bezeichnung, ueber))

struct OrganisationseinheitAendern {
  std::optional<base::Line<20>> kurzzeichen{};
  std::optional<base::Line<200>> bezeichnung{};
  base::Patch<base::Uuid> ueber{};
};
BOOST_DESCRIBE_STRUCT(OrganisationseinheitAendern, (), (kurzzeichen, bezeichnung, ueber))

struct StelleNeu {
  base::Line<200> bezeichnung{};
  base::Uuid organisationseinheit{};
  bool leitung = false;
  std::vector<Rolle> rollen{};
};
BOOST_DESCRIBE_STRUCT(StelleNeu, (), (bezeichnung, organisationseinheit, leitung, rollen))

struct StelleAendern {
  std::optional<base::Line<200>> bezeichnung{};
  std::optional<base::Uuid> organisationseinheit{};
  std::optional<bool> leitung{};
  std::optional<std::vector<Rolle>> rollen{};
};
BOOST_DESCRIBE_STRUCT(StelleAendern, (), (bezeichnung, organisationseinheit, leitung, rollen))

struct PersonNeu {
  base::Line<100> vorname{}, nachname{};
  base::Line<60, 2> anmeldename{};
  std::optional<base::Line<200>> email{};
  base::Line<200> passwort{};
};
BOOST_DESCRIBE_STRUCT(PersonNeu, (), (vorname, nachname, anmeldename, email, passwort))

struct PersonAendern {
  std::optional<base::Line<100>> vorname{}, nachname{};
  base::Patch<base::Line<200>> email{};
  std::optional<bool> aktiv{};
};
BOOST_DESCRIBE_STRUCT(PersonAendern, (), (vorname, nachname, email, aktiv))

/// One line of an access definition. `traeger` is a UUID, a role's letters, or nothing for everybody.
struct EintragNeu {
  TraegerArt traegerArt{};
  std::optional<base::Line<40>> traeger{};
  Stufe stufe{};
};
BOOST_DESCRIBE_STRUCT(EintragNeu, (), (traegerArt, traeger, stufe))

struct ZugriffNeu {
  base::Line<200> bezeichnung{};
  std::vector<EintragNeu> eintraege{};
};
BOOST_DESCRIBE_STRUCT(ZugriffNeu, (), (bezeichnung, eintraege))

using journal::Change;

/// Makes the tenant in a transaction of its own; its number is one more than the highest.
[[nodiscard]] base::Result<std::int64_t> createMandant(journal::Journal& journal, const MandantNeu& input);

[[nodiscard]] base::Result<OrganisationseinheitZeile> createOrganisationseinheit(Change& change,
                                                                                 const OrganisationseinheitNeu& input);
[[nodiscard]] base::Result<OrganisationseinheitZeile> changeOrganisationseinheit(
    Change& change, OrganisationseinheitZeile before, const OrganisationseinheitAendern& input);
[[nodiscard]] base::Result<StelleZeile> createStelle(Change& change, const StelleNeu& input);
[[nodiscard]] base::Result<StelleZeile> changeStelle(Change& change, StelleZeile before, const StelleAendern& input);
/// Exactly these people hold the Stelle afterwards.
[[nodiscard]] base::Result<StelleZeile> besetzen(Change& change, StelleZeile before,
                                                 const std::vector<base::Uuid>& personen);
[[nodiscard]] base::Result<PersonZeile> createPerson(Change& change, const PersonNeu& input, bool vorlaeufig = false);
/// A person who is no longer active loses all sessions in the same moment.
[[nodiscard]] base::Result<PersonZeile> changePerson(Change& change, PersonZeile before, const PersonAendern& input);
/// Sets the password and ends all sessions of the person.
[[nodiscard]] base::Result<void> setPassword(Change& change, PersonZeile before, std::string_view passwort,
                                             bool vorlaeufig);
[[nodiscard]] base::Result<ZugriffZeile> createZugriff(Change& change, const ZugriffNeu& input);
[[nodiscard]] base::Result<ZugriffZeile> changeZugriff(Change& change, ZugriffZeile before, const ZugriffNeu& input);

[[nodiscard]] std::string nameOf(const PersonZeile& person);

/// A person in short, as other rooms show it. Empty name for the system itself.
struct PersonKurz {
  base::Uuid id{};
  std::string name{};
};
BOOST_DESCRIBE_STRUCT(PersonKurz, (), (id, name))
[[nodiscard]] std::optional<PersonKurz> personKurz(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id);

struct ZugriffKurz {
  base::Uuid id{};
  std::string bezeichnung{};
};
BOOST_DESCRIBE_STRUCT(ZugriffKurz, (), (id, bezeichnung))

struct OrganisationseinheitKurz {
  base::Uuid id{};
  std::string kurzzeichen{}, bezeichnung{};
};
BOOST_DESCRIBE_STRUCT(OrganisationseinheitKurz, (), (id, kurzzeichen, bezeichnung))

void addAnmeldungRoutes(http::Routes& routes, Zugang& zugang);
void addOrganisationRoutes(http::Routes& routes, Zugang& zugang);

}  // namespace mandant
