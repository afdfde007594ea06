#include "mandant/organisation.h"

namespace mandant {
namespace {

using http::None;
using http::Verb;

template <class T>
struct Liste {
  std::vector<T> eintraege{};
};

struct OrganisationseinheitAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string kurzzeichen{}, bezeichnung{};
  std::optional<base::Uuid> ueber{};
  std::optional<base::Datum> aufgeloest{};  ///< the day as of which it was merged into another
};
BOOST_DESCRIBE_STRUCT(OrganisationseinheitAusgabe, (), (id, stand, kurzzeichen, bezeichnung, ueber, aufgeloest))
struct OrganisationseinheitListe : Liste<OrganisationseinheitAusgabe> {};
BOOST_DESCRIBE_STRUCT(OrganisationseinheitListe, (), (eintraege))

struct StelleAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string bezeichnung{};
  base::Uuid organisationseinheit{};
  bool leitung = false;
  std::vector<Rolle> rollen{};
  std::vector<PersonKurz> personen{};
};
BOOST_DESCRIBE_STRUCT(StelleAusgabe, (), (id, stand, bezeichnung, organisationseinheit, leitung, rollen, personen))
struct StelleListe : Liste<StelleAusgabe> {};
BOOST_DESCRIBE_STRUCT(StelleListe, (), (eintraege))

struct BesetzungEingabe {
  std::vector<base::Uuid> personen{};
};
BOOST_DESCRIBE_STRUCT(BesetzungEingabe, (), (personen))

struct PersonAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string name{}, vorname{}, nachname{}, anmeldename{};
  std::optional<std::string> email{};
  bool aktiv = true;
};
BOOST_DESCRIBE_STRUCT(PersonAusgabe, (), (id, stand, name, vorname, nachname, anmeldename, email, aktiv))
struct PersonListe : Liste<PersonAusgabe> {};
BOOST_DESCRIBE_STRUCT(PersonListe, (), (eintraege))

struct KennwortEingabe {
  base::Line<200> passwort{};
};
BOOST_DESCRIBE_STRUCT(KennwortEingabe, (), (passwort))

struct RolleAusgabe {
  Rolle kuerzel{};
  std::string bezeichnung{};
  std::vector<Recht> rechte{};
};
BOOST_DESCRIBE_STRUCT(RolleAusgabe, (), (kuerzel, bezeichnung, rechte))
struct RolleListe : Liste<RolleAusgabe> {};
BOOST_DESCRIBE_STRUCT(RolleListe, (), (eintraege))

struct ZugriffseintragAusgabe {
  TraegerArt traegerArt{};
  std::optional<std::string> traeger{};
  std::string traegerName{};
  Stufe stufe{};
};
BOOST_DESCRIBE_STRUCT(ZugriffseintragAusgabe, (), (traegerArt, traeger, traegerName, stufe))

struct ZugriffAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string bezeichnung{};
  std::vector<ZugriffseintragAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(ZugriffAusgabe, (), (id, stand, bezeichnung, eintraege))
struct ZugriffListe : Liste<ZugriffAusgabe> {};
BOOST_DESCRIBE_STRUCT(ZugriffListe, (), (eintraege))

using Tx = const sql::ReadTx&;

OrganisationseinheitAusgabe show(Tx tx, const OrganisationseinheitZeile& row) {
  OrganisationseinheitAusgabe out{row.uuid, row.stand, row.kurzzeichen, row.bezeichnung, {}};
  out.aufgeloest = row.aufgeloest;
  if (row.ueber) out.ueber = rowById<OrganisationseinheitZeile>(tx, row.mandant, *row.ueber).value().uuid;
  return out;
}

StelleAusgabe show(Tx tx, const StelleZeile& row) {
  StelleAusgabe out{row.uuid, row.stand, row.bezeichnung, {}, row.leitung, {}, {}};
  out.organisationseinheit = rowById<OrganisationseinheitZeile>(tx, row.mandant, row.organisationseinheit).value().uuid;
  const auto rollen = tx.query<StelleRolleZeile>(sql::Query::select<StelleRolleZeile>().add(
      " FROM stelle_rolle WHERE mandant = :mandant AND stelle = :stelle ORDER BY id", row.mandant, row.id));
  for (const auto& rolle : rollen) out.rollen.push_back(rolle.rolle);
  const auto personen = tx.query<PersonZeile>(sql::Query::select<PersonZeile>("p").add(
      " FROM besetzung b JOIN person p ON p.mandant = b.mandant AND p.id = b.person "
      "WHERE b.mandant = :mandant AND b.stelle = :stelle ORDER BY p.nachname, p.vorname, p.id",
      row.mandant, row.id));
  for (const auto& person : personen) out.personen.push_back({person.uuid, nameOf(person)});
  return out;
}

PersonAusgabe show(Tx, const PersonZeile& row) {
  return {row.uuid, row.stand, nameOf(row), row.vorname, row.nachname, row.anmeldename, row.email, row.aktiv};
}

ZugriffseintragAusgabe show(Tx tx, const ZugriffseintragZeile& row) {
  ZugriffseintragAusgabe out{row.traegerArt, {}, "Alle", row.stufe};
  const auto name = [&](const auto& found, std::string text) {
    out.traeger = found.uuid.text();
    out.traegerName = std::move(text);
  };
  if (row.rolle) {
    out.traeger = std::string(base::enumName(*row.rolle));
    out.traegerName = bezeichnung(*row.rolle);
  } else if (row.traegerArt == TraegerArt::organisationseinheit) {
    const auto oe = rowById<OrganisationseinheitZeile>(tx, row.mandant, row.traeger).value();
    name(oe, oe.bezeichnung);
  } else if (row.traegerArt == TraegerArt::stelle) {
    const auto stelle = rowById<StelleZeile>(tx, row.mandant, row.traeger).value();
    name(stelle, stelle.bezeichnung);
  } else if (row.traegerArt == TraegerArt::person) {
    const auto person = rowById<PersonZeile>(tx, row.mandant, row.traeger).value();
    name(person, nameOf(person));
  }
  return out;
}

ZugriffAusgabe show(Tx tx, const ZugriffZeile& row) {
  ZugriffAusgabe out{row.uuid, row.stand, row.bezeichnung, {}};
  const auto eintraege = tx.query<ZugriffseintragZeile>(sql::Query::select<ZugriffseintragZeile>().add(
      " FROM zugriffseintrag WHERE mandant = :mandant AND zugriff = :zugriff ORDER BY id", row.mandant, row.id));
  for (const auto& eintrag : eintraege) out.eintraege.push_back(show(tx, eintrag));
  return out;
}

/// The same five routes for every kind: list, create, change; the differences are types, paths and functions.
template <class Row, class Out, class List>
auto list(Zugang& zugang) {
  return [&zugang](const auto& call) {
    return zugang.template read<List>(call, [](Tx tx, const Berechtigung& wer) -> base::Result<List> {
      List out;
      for (const auto& row : allRows<Row>(tx, wer.mandant)) out.eintraege.push_back(show(tx, row));
      return out;
    });
  };
}

template <class Row, class Out, class Make>
auto create(Zugang& zugang, Make make) {
  return [&zugang, make](const auto& call) {
    return zugang.template create<Out>(
        call,
        [&](Change& change, const Berechtigung&) -> base::Result<base::Uuid> {
          AKTENLOTSE_GET(row, make(change, call.body));
          return row.uuid;
        },
        [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> base::Result<Out> {
          return show(tx, rowByUuid<Row>(tx, wer.mandant, uuid).value());
        });
  };
}

template <class Row, class Out, class Apply>
auto change(Zugang& zugang, Apply apply) {
  return [&zugang, apply](const auto& call) {
    return zugang.template change<Out>(call, [&](Change& change, const Berechtigung& wer) -> base::Result<Out> {
      const auto row = rowByUuid<Row>(change.tx(), wer.mandant, call.id);
      if (!row) return base::fail(base::Code::NichtGefunden);
      AKTENLOTSE_TRY(checkStand(call, row->stand));
      AKTENLOTSE_GET(after, apply(change, *row, call.body));
      return show(change.tx(), after);
    });
  };
}

void addUnitRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, OrganisationseinheitListe>(
      Verb::get, "/api/organisationseinheiten", {"organisationseinheiten", "Organisation", "All units"},
      list<OrganisationseinheitZeile, OrganisationseinheitAusgabe, OrganisationseinheitListe>(zugang));
  routes.add<OrganisationseinheitNeu, None, OrganisationseinheitAusgabe>(
      Verb::post, "/api/organisationseinheiten",
      {.id = "organisationseinheitAnlegen",
       .tag = "Organisation",
       .summary = "Make a unit",
       .recht = "organisationPflegen",
       .create = true},
      create<OrganisationseinheitZeile, OrganisationseinheitAusgabe>(zugang, createOrganisationseinheit));
  routes.add<OrganisationseinheitAendern, None, OrganisationseinheitAusgabe>(
      Verb::patch, "/api/organisationseinheiten/{id}",
      {.id = "organisationseinheitAendern",
       .tag = "Organisation",
       .summary = "Change a unit",
       .recht = "organisationPflegen",
       .changesExisting = true},
      change<OrganisationseinheitZeile, OrganisationseinheitAusgabe>(zugang, changeOrganisationseinheit));

  routes.add<None, None, StelleListe>(Verb::get, "/api/stellen",
                                      {"stellen", "Organisation", "All Stellen with their people"},
                                      list<StelleZeile, StelleAusgabe, StelleListe>(zugang));
  routes.add<StelleNeu, None, StelleAusgabe>(Verb::post, "/api/stellen",
                                             {.id = "stelleAnlegen",
                                              .tag = "Organisation",
                                              .summary = "Make a Stelle",
                                              .recht = "organisationPflegen",
                                              .create = true},
                                             create<StelleZeile, StelleAusgabe>(zugang, createStelle));
  routes.add<StelleAendern, None, StelleAusgabe>(Verb::patch, "/api/stellen/{id}",
                                                 {.id = "stelleAendern",
                                                  .tag = "Organisation",
                                                  .summary = "Change a Stelle",
                                                  .recht = "organisationPflegen",
                                                  .changesExisting = true},
                                                 change<StelleZeile, StelleAusgabe>(zugang, changeStelle));
  routes.add<BesetzungEingabe, None, StelleAusgabe>(
      Verb::put, "/api/stellen/{id}/besetzung",
      {.id = "stelleBesetzen",
       .tag = "Organisation",
       .summary = "Say who holds a Stelle",
       .recht = "organisationPflegen",
       .changesExisting = true},
      change<StelleZeile, StelleAusgabe>(zugang, [](Change& c, const StelleZeile& row, const BesetzungEingabe& input) {
        return besetzen(c, row, input.personen);
      }));
}

void addPersonRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, PersonListe>(Verb::get, "/api/personen", {"personen", "Organisation", "All people"},
                                      list<PersonZeile, PersonAusgabe, PersonListe>(zugang));
  routes.add<PersonNeu, None, PersonAusgabe>(
      Verb::post, "/api/personen",
      {.id = "personAnlegen",
       .tag = "Organisation",
       .summary = "Make a person",
       .recht = "personPflegen",
       .create = true},
      create<PersonZeile, PersonAusgabe>(
          zugang, [](Change& c, const PersonNeu& input) { return createPerson(c, input, /*vorlaeufig=*/true); }));
  routes.add<PersonAendern, None, PersonAusgabe>(Verb::patch, "/api/personen/{id}",
                                                 {.id = "personAendern",
                                                  .tag = "Organisation",
                                                  .summary = "Change a person",
                                                  .recht = "personPflegen",
                                                  .changesExisting = true},
                                                 change<PersonZeile, PersonAusgabe>(zugang, changePerson));
  routes.add<KennwortEingabe, None, None>(
      Verb::post, "/api/personen/{id}/passwort",
      {.id = "personPasswort", .tag = "Organisation", .summary = "Set a person's password", .recht = "personPflegen"},
      [&](const auto& call) {
        return zugang.change<None>(call, [&](Change& change, const Berechtigung& wer) -> base::Result<None> {
          const auto person = rowByUuid<PersonZeile>(change.tx(), wer.mandant, call.id);
          if (!person) return base::fail(base::Code::NichtGefunden);
          AKTENLOTSE_TRY(
              setPassword(change, *person, call.body.passwort.value, /*vorlaeufig=*/person->id != wer.person));
          return None{};
        });
      });
  routes.add<None, None, None>(
      Verb::del, "/api/personen/{id}/sitzungen",
      {.id = "personAbmelden",
       .tag = "Organisation",
       .summary = "End all sessions of a person",
       .recht = "personPflegen"},
      [&](const auto& call) -> base::Result<http::Reply<None>> {
        return zugang.journal().database().write(
            Zugang::who(call).mandant, [&](sql::WriteTx& tx) -> base::Result<http::Reply<None>> {
              const auto person = rowByUuid<PersonZeile>(tx, Zugang::who(call).mandant, call.id);
              if (!person) return base::fail(base::Code::NichtGefunden);
              zugang.abmelden(tx, person->mandant, person->id);
              return http::Reply<None>{};
            });
      });
}

void addZugriffRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, RolleListe>(
      Verb::get, "/api/rollen", {"rollen", "Organisation", "The nine roles and their rights"},
      [](const auto&) -> base::Result<http::Reply<RolleListe>> {
        http::Reply<RolleListe> reply;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Rolle>>([&](auto e) {
          reply.value.eintraege.push_back({e.value, std::string(bezeichnung(e.value)), rechteOf(e.value)});
        });
        return reply;
      });
  routes.add<None, None, ZugriffListe>(Verb::get, "/api/zugriffe",
                                       {"zugriffe", "Organisation", "All access definitions"},
                                       list<ZugriffZeile, ZugriffAusgabe, ZugriffListe>(zugang));
  routes.add<ZugriffNeu, None, ZugriffAusgabe>(Verb::post, "/api/zugriffe",
                                               {.id = "zugriffAnlegen",
                                                .tag = "Organisation",
                                                .summary = "Make an access definition",
                                                .recht = "zugriffPflegen",
                                                .create = true},
                                               create<ZugriffZeile, ZugriffAusgabe>(zugang, createZugriff));
  routes.add<ZugriffNeu, None, ZugriffAusgabe>(Verb::put, "/api/zugriffe/{id}",
                                               {.id = "zugriffAendern",
                                                .tag = "Organisation",
                                                .summary = "Change an access definition",
                                                .recht = "zugriffPflegen",
                                                .changesExisting = true},
                                               change<ZugriffZeile, ZugriffAusgabe>(zugang, changeZugriff));
}

}  // namespace

void addOrganisationRoutes(http::Routes& routes, Zugang& zugang) {
  addUnitRoutes(routes, zugang);
  addPersonRoutes(routes, zugang);
  addZugriffRoutes(routes, zugang);
}

}  // namespace mandant
