#include <algorithm>

#include "mandant/organisation.h"

namespace mandant {
namespace {

using base::Code;
using base::fail;

template <class Row>
base::Result<Row> need(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid, const char* feld) {
  if (auto row = rowByUuid<Row>(tx, mandant, uuid)) return *std::move(row);
  return fail(Code::EingabeUngueltig, std::string("„") + feld + "“ nennt etwas, das es nicht gibt.", feld);
}

std::optional<std::string> plain(const auto& text) {
  if (!text) return std::nullopt;
  return text->value;
}

base::Result<std::vector<ZugriffseintragZeile>> resolve(const sql::ReadTx& tx, std::int64_t mandant,
                                                        const std::vector<EintragNeu>& inputs) {
  std::vector<ZugriffseintragZeile> rows;
  for (const auto& input : inputs) {
    ZugriffseintragZeile row;
    row.traegerArt = input.traegerArt;
    row.stufe = input.stufe;
    const std::string traeger = input.traeger ? input.traeger->value : "";
    const auto missing = fail(Code::EingabeUngueltig, "„traeger“ nennt niemanden, den es gibt.", "traeger");
    if (input.traegerArt == TraegerArt::rolle) {
      row.rolle = base::enumFrom<Rolle>(traeger);
      if (!row.rolle) return missing;
    } else if (input.traegerArt != TraegerArt::alle) {
      const auto uuid = base::Uuid::parse(traeger);
      if (!uuid) return missing;
      const auto idOf = [&](const auto& found) { return found ? found->id : 0; };
      if (input.traegerArt == TraegerArt::organisationseinheit)
        row.traeger = idOf(rowByUuid<OrganisationseinheitZeile>(tx, mandant, *uuid));
      else if (input.traegerArt == TraegerArt::stelle)
        row.traeger = idOf(rowByUuid<StelleZeile>(tx, mandant, *uuid));
      else
        row.traeger = idOf(rowByUuid<PersonZeile>(tx, mandant, *uuid));
      if (row.traeger == 0) return missing;
    }
    rows.push_back(row);
  }
  return rows;
}

/// Replaces the rows of one parent by those wanted; what stays is not touched.
template <class Row, class Same>
void replaceRows(Change& change, const std::vector<Row>& before, std::vector<Row> wanted, Same same) {
  for (const auto& old : before)
    if (std::ranges::none_of(wanted, [&](const Row& row) { return same(old, row); })) change.erase(old);
  for (auto& row : wanted)
    if (std::ranges::none_of(before, [&](const Row& old) { return same(old, row); })) change.insert(row);
}

void setRollen(Change& change, std::int64_t stelle, const std::vector<Rolle>& rollen) {
  const auto before = change.tx().query<StelleRolleZeile>(sql::Query::select<StelleRolleZeile>().add(
      " FROM stelle_rolle WHERE mandant = :mandant AND stelle = :stelle ORDER BY id", change.mandant(), stelle));
  std::vector<StelleRolleZeile> wanted;
  for (const auto rolle : rollen)
    if (std::ranges::none_of(wanted, [&](const auto& row) { return row.rolle == rolle; })) {
      wanted.push_back({});
      wanted.back().stelle = stelle;
      wanted.back().rolle = rolle;
    }
  replaceRows(change, before, wanted, [](const auto& a, const auto& b) { return a.rolle == b.rolle; });
}

base::Result<void> checkNoCycle(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t self, std::int64_t ueber) {
  for (std::optional<std::int64_t> at = ueber; at;) {
    if (*at == self)
      return fail(Code::EingabeUngueltig, "Eine Organisationseinheit kann nicht unter sich selbst liegen.", "ueber");
    at = rowById<OrganisationseinheitZeile>(tx, mandant, *at).value().ueber;
  }
  return {};
}

base::Result<void> checkKurzzeichen(const sql::ReadTx& tx, std::int64_t mandant, const std::string& kurzzeichen,
                                    std::int64_t self) {
  const auto other = tx.value<std::int64_t>(
      "SELECT id FROM organisationseinheit WHERE mandant = :mandant AND kurzzeichen = :kurzzeichen AND id <> :selbst",
      mandant, kurzzeichen, self);
  if (other) return fail(Code::Vergeben, "Das Kurzzeichen „" + kurzzeichen + "“ ist schon vergeben.", "kurzzeichen");
  return {};
}

}  // namespace

std::string nameOf(const PersonZeile& person) { return person.vorname + " " + person.nachname; }

std::optional<PersonKurz> personKurz(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  if (const auto person = rowById<PersonZeile>(tx, mandant, id)) return PersonKurz{person->uuid, nameOf(*person)};
  return std::nullopt;
}

base::Result<std::int64_t> createMandant(journal::Journal& journal, const MandantNeu& input) {
  auto& database = journal.database();
  const auto taken = database.read(0, [&](const sql::ReadTx& tx) { return mandantByKey(tx, input.schluessel.value); });
  if (taken) return fail(Code::Vergeben, "Den Mandanten „" + input.schluessel.value + "“ gibt es schon.", "schluessel");
  const auto number = database.write(0, [&](sql::WriteTx& tx) -> base::Result<std::int64_t> {
    return tx
        .value<std::int64_t>(
            "INSERT INTO mandant_verzeichnis (mandant, schluessel, name) SELECT "
            "COALESCE(MAX(mandant), 0) + 1, :schluessel, :name FROM mandant_verzeichnis RETURNING mandant",
            input.schluessel.value, input.name.value)
        .value();
  });
  const auto made = journal.change(*number, [&](Change& change) -> base::Result<std::int64_t> {
    MandantZeile row;
    row.uuid = change.newUuid();
    row.schluessel = input.schluessel.value;
    row.name = input.name.value;
    row.gebietsschluessel = plain(input.gebietsschluessel);
    row.land = input.land.value;
    row.zeichenAkte = plain(input.zeichenAkte).value_or("{Aktenplan}-{Akte}");
    row.zeichenVorgang = plain(input.zeichenVorgang).value_or("{Aktenplan}-{Akte}/{Jahr}-{Vorgang}");
    row.zeichenDokument = plain(input.zeichenDokument).value_or("{Aktenplan}-{Akte}/{Jahr}-{Vorgang}-{Dokument}");
    if (input.uebung) row.uebung = true;
    change.insert(row);
    change.about({"mandant.angelegt", MandantZeile::tabelle, row.id, 0, 0});
    return row.id;
  });
  if (!made) return made;
  return *number;
}

base::Result<OrganisationseinheitZeile> createOrganisationseinheit(Change& change,
                                                                   const OrganisationseinheitNeu& input) {
  AKTENLOTSE_TRY(checkKurzzeichen(change.tx(), change.mandant(), input.kurzzeichen.value, 0));
  OrganisationseinheitZeile row;
  if (input.ueber) {
    AKTENLOTSE_GET(ueber, need<OrganisationseinheitZeile>(change.tx(), change.mandant(), *input.ueber, "ueber"));
    row.ueber = ueber.id;
  }
  ZugriffZeile eingang;
  eingang.uuid = change.newUuid();
  eingang.bezeichnung = "Posteingang " + input.bezeichnung.value;
  change.insert(eingang);
  row.uuid = change.newUuid();
  row.kurzzeichen = input.kurzzeichen.value;
  row.bezeichnung = input.bezeichnung.value;
  row.zugriff = eingang.id;
  change.insert(row);
  ZugriffseintragZeile eintrag;
  eintrag.zugriff = eingang.id;
  eintrag.traegerArt = TraegerArt::organisationseinheit;
  eintrag.traeger = row.id;
  eintrag.stufe = Stufe::bearbeiten;
  change.insert(eintrag);
  recomputeReach(change.tx(), change.mandant());
  change.about({"organisationseinheit.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

base::Result<OrganisationseinheitZeile> changeOrganisationseinheit(Change& change, OrganisationseinheitZeile before,
                                                                   const OrganisationseinheitAendern& input) {
  auto after = before;
  if (input.kurzzeichen) after.kurzzeichen = input.kurzzeichen->value;
  if (input.bezeichnung) after.bezeichnung = input.bezeichnung->value;
  AKTENLOTSE_TRY(checkKurzzeichen(change.tx(), change.mandant(), after.kurzzeichen, after.id));
  if (input.ueber.present && !input.ueber.value) after.ueber.reset();
  if (input.ueber.value) {
    AKTENLOTSE_GET(ueber, need<OrganisationseinheitZeile>(change.tx(), change.mandant(), *input.ueber.value, "ueber"));
    AKTENLOTSE_TRY(checkNoCycle(change.tx(), change.mandant(), before.id, ueber.id));
    after.ueber = ueber.id;
  }
  change.update(before, after);
  recomputeReach(change.tx(), change.mandant());
  change.about({"organisationseinheit.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

base::Result<StelleZeile> createStelle(Change& change, const StelleNeu& input) {
  AKTENLOTSE_GET(oe, need<OrganisationseinheitZeile>(change.tx(), change.mandant(), input.organisationseinheit,
                                                     "organisationseinheit"));
  StelleZeile row;
  row.uuid = change.newUuid();
  row.bezeichnung = input.bezeichnung.value;
  row.organisationseinheit = oe.id;
  row.leitung = input.leitung;
  change.insert(row);
  setRollen(change, row.id, input.rollen);
  change.about({"stelle.angelegt", row.tabelle, row.id, 0, oe.id});
  return row;
}

base::Result<StelleZeile> changeStelle(Change& change, StelleZeile before, const StelleAendern& input) {
  auto after = before;
  if (input.bezeichnung) after.bezeichnung = input.bezeichnung->value;
  if (input.leitung) after.leitung = *input.leitung;
  if (input.organisationseinheit) {
    AKTENLOTSE_GET(oe, need<OrganisationseinheitZeile>(change.tx(), change.mandant(), *input.organisationseinheit,
                                                       "organisationseinheit"));
    after.organisationseinheit = oe.id;
  }
  change.update(before, after);
  if (input.rollen) setRollen(change, after.id, *input.rollen);
  recomputeReach(change.tx(), change.mandant());
  change.about({"stelle.geaendert", after.tabelle, after.id, 0, after.organisationseinheit});
  return after;
}

base::Result<StelleZeile> besetzen(Change& change, StelleZeile before, const std::vector<base::Uuid>& personen) {
  std::vector<BesetzungZeile> wanted;
  for (const auto& uuid : personen) {
    AKTENLOTSE_GET(person, need<PersonZeile>(change.tx(), change.mandant(), uuid, "personen"));
    wanted.push_back({0, 0, before.id, person.id});
  }
  const auto now = change.tx().query<BesetzungZeile>(sql::Query::select<BesetzungZeile>().add(
      " FROM besetzung WHERE mandant = :mandant AND stelle = :stelle ORDER BY id", change.mandant(), before.id));
  auto after = before;
  change.update(before, after);
  replaceRows(change, now, wanted, [](const auto& a, const auto& b) { return a.person == b.person; });
  recomputeReach(change.tx(), change.mandant());
  change.about({"stelle.besetzt", after.tabelle, after.id, 0, after.organisationseinheit});
  return after;
}

base::Result<PersonZeile> createPerson(Change& change, const PersonNeu& input, bool vorlaeufig) {
  AKTENLOTSE_TRY(checkNewPassword(input.passwort.value, input.anmeldename.value));
  const auto taken =
      change.tx().value<std::int64_t>("SELECT id FROM person WHERE mandant = :mandant AND anmeldename = :name",
                                      change.mandant(), input.anmeldename.value);
  if (taken)
    return fail(Code::Vergeben, "Den Anmeldenamen „" + input.anmeldename.value + "“ gibt es schon.", "anmeldename");
  PersonZeile row;
  row.uuid = change.newUuid();
  row.vorname = input.vorname.value;
  row.nachname = input.nachname.value;
  row.anmeldename = input.anmeldename.value;
  row.email = plain(input.email);
  row.kennwortStand = 1;
  change.insert(row);
  storePassword(change.tx(), change.mandant(), row.id, input.passwort.value, vorlaeufig);
  recomputeReach(change.tx(), change.mandant());
  change.about({"person.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

base::Result<PersonZeile> changePerson(Change& change, PersonZeile before, const PersonAendern& input) {
  auto after = before;
  if (input.vorname) after.vorname = input.vorname->value;
  if (input.nachname) after.nachname = input.nachname->value;
  if (input.email.present) after.email = plain(input.email.value);
  if (input.aktiv) after.aktiv = *input.aktiv;
  change.update(before, after);
  if (!after.aktiv)
    change.tx().exec("DELETE FROM sitzung WHERE mandant = :mandant AND person = :person", change.mandant(), after.id);
  recomputeReach(change.tx(), change.mandant());
  change.about({"person.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

base::Result<void> setPassword(Change& change, PersonZeile before, std::string_view passwort, bool vorlaeufig) {
  AKTENLOTSE_TRY(checkNewPassword(passwort, before.anmeldename));
  auto after = before;
  ++after.kennwortStand;
  change.update(before, after);
  storePassword(change.tx(), change.mandant(), after.id, passwort, vorlaeufig);
  change.tx().exec("DELETE FROM sitzung WHERE mandant = :mandant AND person = :person", change.mandant(), after.id);
  change.about({"person.kennwort_gesetzt", after.tabelle, after.id, 0, 0});
  return {};
}

base::Result<ZugriffZeile> createZugriff(Change& change, const ZugriffNeu& input) {
  AKTENLOTSE_GET(eintraege, resolve(change.tx(), change.mandant(), input.eintraege));
  ZugriffZeile row;
  row.uuid = change.newUuid();
  row.bezeichnung = input.bezeichnung.value;
  change.insert(row);
  for (auto& eintrag : eintraege) {
    eintrag.zugriff = row.id;
    change.insert(eintrag);
  }
  recomputeReach(change.tx(), change.mandant());
  change.about({"zugriff.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

base::Result<ZugriffZeile> changeZugriff(Change& change, ZugriffZeile before, const ZugriffNeu& input) {
  AKTENLOTSE_GET(eintraege, resolve(change.tx(), change.mandant(), input.eintraege));
  auto after = before;
  after.bezeichnung = input.bezeichnung.value;
  change.update(before, after);
  for (auto& eintrag : eintraege) eintrag.zugriff = after.id;
  const auto now = change.tx().query<ZugriffseintragZeile>(sql::Query::select<ZugriffseintragZeile>().add(
      " FROM zugriffseintrag WHERE mandant = :mandant AND zugriff = :zugriff ORDER BY id", change.mandant(), after.id));
  replaceRows(change, now, eintraege, [](const auto& a, const auto& b) {
    return std::tie(a.traegerArt, a.traeger, a.rolle, a.stufe) == std::tie(b.traegerArt, b.traeger, b.rolle, b.stufe);
  });
  recomputeReach(change.tx(), change.mandant());
  change.about({"zugriff.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

}  // namespace mandant
