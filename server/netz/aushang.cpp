#include "netz/aushang.h"

#include <fmt/format.h>

#include <algorithm>

#include "inhalt.h"
#include "mandant/organisation.h"
#include "netz/begleitung.h"
#include "netz/eigenwerkzeug.h"
#include "netz/kommunen.h"
#include "sql/liste.h"
#include "treffen.h"

namespace netz {
namespace {

using mandant::allRows;

struct Mitgliedschaft {
  std::string uuid{};
  Netzrolle rolle{};
  Mitgliedstatus status{};
  std::string ags{};
};
BOOST_DESCRIBE_STRUCT(Mitgliedschaft, (), (uuid, rolle, status, ags))

struct Schluessel {
  std::string wert{};
};
BOOST_DESCRIBE_STRUCT(Schluessel, (), (wert))

std::string landFor(const sql::ReadTx& tx, std::int64_t mandant, std::string_view ags) {
  if (const auto land = landOf(ags); !land.empty()) return std::string(land);
  return allRows<mandant::MandantZeile>(tx, mandant).at(0).land;
}

Aushang rowFor(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid, Aushangart art, std::string ags,
               Sichtbarkeit sichtbarkeit) {
  Aushang out;
  out.uuid = uuid;
  out.eigner = mandant;
  out.art = art;
  out.land = landFor(tx, mandant, ags);
  out.ags = std::move(ags);
  out.sichtbarkeit = sichtbarkeit;
  return out;
}

std::vector<Aushang> haengend(const sql::ReadTx& tx, std::int64_t mandant) {
  return tx.query<Aushang>(
      sql::Query::select<Aushang>().add(" FROM netz_aushang WHERE eigner = :eigner ORDER BY uuid", mandant));
}

}  // namespace

namespace {

/// A list of texts as a parameter. `sql::in` is for statements with one list; here are several, and names must differ.
sql::Query liste(const sql::ReadTx& tx, const std::vector<std::string>& texts, sql::Sql sqlite, sql::Sql postgres) {
  return sql::Query(tx.engine() == sql::Engine::postgres ? postgres : sqlite, base::toJson(texts));
}

}  // namespace

base::Uuid uuidAus(std::string_view text) {
  auto hex = base::sha256Hex(text).substr(0, 32);
  for (const auto at : {8U, 13U, 18U, 23U}) hex.insert(at, "-");
  return base::Uuid::parse(hex).value();
}

Blick blickOf(const sql::ReadTx& tx, const mandant::Berechtigung& wer) {
  Blick out;
  const auto town = allRows<mandant::MandantZeile>(tx, wer.mandant).at(0);
  out.mandant = wer.mandant;
  out.land = town.land;
  out.ags = town.gebietsschluessel.value_or("");
  std::vector<std::string> towns;
  for (const auto& one : tx.query<Mitgliedschaft>("SELECT uuid, rolle, status, ags FROM netz_mitglied WHERE mandant = "
                                                  ":mandant AND person = :person AND status "
                                                  "<> 'ausgeschieden' ORDER BY id",
                                                  wer.mandant, wer.person)) {
    out.meine.push_back(one.uuid);
    // A tenant speaks for its own town only, whatever it writes down of its people.
    if (one.status == Mitgliedstatus::aktiv && one.rolle == Netzrolle::navigator && !one.ags.empty() &&
        one.ags == out.ags)
      towns.push_back(one.ags);
  }
  out.betreute = towns;
  for (const auto& one : tx.query<Schluessel>(
           "SELECT b.ags FROM netz_betreuung b JOIN netz_mitglied m ON m.mandant = b.mandant AND m.id = b.mitglied "
           "WHERE b.mandant = :mandant AND m.person = :person AND m.status = 'aktiv' AND m.rolle = 'lotse' ORDER BY "
           "b.id",
           wer.mandant, wer.person))
    // That he coaches a town is said by his own tenant: what another town keeps for coaching it shows by its consent.
    if (one.wert == out.ags) out.betreute.push_back(one.wert);
  if (!towns.empty())
    for (const auto& one :
         tx.query<Schluessel>(sql::Query("SELECT ober FROM netz_aushang WHERE art = 'betreuung' AND ags")
                                  .add(sql::in(tx, towns))
                                  .add(" ORDER BY ober")))
      out.betreuer.push_back(one.wert);
  out.begleitungen = begleitungenVon(tx, wer);
  out.meine.insert(out.meine.end(), out.begleitungen.begin(), out.begleitungen.end());
  if (const auto person = mandant::personKurz(tx, wer.mandant, wer.person)) out.meine.push_back(person->id.text());
  return out;
}

sql::Query imNetzSichtbar(const sql::ReadTx& tx, const Blick& blick) {
  sql::Query query("(a.sichtbarkeit IN ('oeffentlich', 'netze')");
  query.add(" OR (a.sichtbarkeit = 'land' AND a.land = :blick_land)", blick.land);
  query.add(" OR (a.sichtbarkeit = 'kommune' AND a.ags <> '' AND a.ags = :blick_ags)", blick.ags);
  if (!blick.betreute.empty())
    query.add(" OR (a.sichtbarkeit = 'coaching' AND a.ags IN ")
        .add(liste(tx, blick.betreute, "(SELECT value FROM json_each(:blick_betreute))",
                   "(SELECT value FROM jsonb_array_elements_text(CAST(:blick_betreute AS jsonb)))"))
        .add(")");
  if (!blick.betreuer.empty())
    query.add(" OR (a.sichtbarkeit = 'coaching' AND a.ober IN ")
        .add(liste(tx, blick.betreuer, "(SELECT value FROM json_each(:blick_betreuer))",
                   "(SELECT value FROM jsonb_array_elements_text(CAST(:blick_betreuer AS jsonb)))"))
        .add(")");
  if (!blick.begleitungen.empty())
    query
        .add(
            " OR (a.sichtbarkeit = 'coaching' AND EXISTS (SELECT 1 FROM netz_aushang e WHERE e.eigner = a.eigner AND "
            "e.titel = a.ags AND e.art = 'einwilligung' AND e.herkunft = '' AND e.uuid IN ")
        .add(liste(tx, blick.begleitungen, "(SELECT value FROM json_each(:blick_begleitungen))",
                   "(SELECT value FROM jsonb_array_elements_text(CAST(:blick_begleitungen AS jsonb)))"))
        .add("))");
  if (!blick.meine.empty())
    query.add(" OR a.ober IN ")
        .add(liste(tx, blick.meine, "(SELECT value FROM json_each(:blick_meine))",
                   "(SELECT value FROM jsonb_array_elements_text(CAST(:blick_meine AS jsonb)))"));
  return query.add(")");
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const ProfilZeile& row) {
  auto out = rowFor(tx, row.mandant, row.uuid, Aushangart::profil, row.ags, row.sichtbarkeit);
  out.suche = base::foldCase(row.produkte.value_or("") + " " + row.bietet.value_or("") + " " + row.sucht.value_or(""));
  out.inhalt =
      base::toJson(ProfilInhalt{row.einwohner, row.einfuehrung, row.produkte, row.bietet, row.sucht, row.mitgliedIn});
  return {out};
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const MitgliedZeile& row) {
  // An invitation is between two; the network learns of it when it was accepted.
  if (row.status == Mitgliedstatus::eingeladen) return {};
  auto self = rowFor(tx, row.mandant, row.uuid, Aushangart::mitglied, row.ags, Sichtbarkeit::netze);
  self.inhalt = base::toJson(MitgliedInhalt{row.programm, row.rolle, row.status, row.seit, row.bis});
  std::vector<Aushang> out{self};
  for (const auto& angabe : tx.query<AngabeZeile>(sql::Query::select<AngabeZeile>().add(
           " FROM netz_angabe WHERE mandant = :mandant AND mitglied = :mitglied ORDER BY id", row.mandant, row.id))) {
    auto one = rowFor(tx, row.mandant, angabe.uuid, Aushangart::angabe, row.ags, angabe.sichtbarkeit);
    one.ober = row.uuid.text();
    one.titel = base::enumName(angabe.feld);
    one.suche = base::foldCase(angabe.wert);
    one.inhalt = base::toJson(AngabeInhalt{angabe.feld, angabe.wert});
    out.push_back(std::move(one));
  }
  for (const auto& betreuung : tx.query<BetreuungZeile>(sql::Query::select<BetreuungZeile>().add(
           " FROM netz_betreuung WHERE mandant = :mandant AND mitglied = :mitglied ORDER BY id", row.mandant,
           row.id))) {
    auto one = rowFor(tx, row.mandant, betreuung.uuid, Aushangart::betreuung, betreuung.ags, Sichtbarkeit::netze);
    one.ober = row.uuid.text();
    one.inhalt = "{}";
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const PraxisZeile& row) {
  if (row.status != Praxisstatus::veroeffentlicht) return {};
  const auto town = allRows<mandant::MandantZeile>(tx, row.mandant).at(0);
  auto out =
      rowFor(tx, row.mandant, row.uuid, Aushangart::praxis, town.gebietsschluessel.value_or(""), row.sichtbarkeit);
  out.titel = row.titel;
  out.suche = base::foldCase(row.titel + " " + row.problem + " " + row.rahmen.value_or("") + " " +
                             row.schritte.value_or("") + " " + row.wirkung.value_or(""));
  PraxisInhalt inhalt;
  inhalt.problem = row.problem;
  inhalt.rahmen = row.rahmen;
  inhalt.schritte = row.schritte;
  inhalt.aufwand = row.aufwand;
  inhalt.wirkung = row.wirkung;
  inhalt.erfolgsfaktoren = row.erfolgsfaktoren;
  inhalt.lizenz = row.lizenz;
  inhalt.bestaetigtAm = row.bestaetigtAm;
  if (row.kontakt) inhalt.kontakt = mandant::rowById<MitgliedZeile>(tx, row.mandant, *row.kontakt).value().uuid;
  inhalt.mitBaustein = row.baustein.has_value();
  out.inhalt = base::toJson(inhalt);
  std::vector<Aushang> all{out};
  if (row.baustein) {
    auto baustein = out;
    // The package hangs beside the Praxis, so that lists need not read it.
    baustein.uuid = uuidAus("baustein " + row.uuid.text());
    baustein.art = Aushangart::baustein;
    baustein.ober = row.uuid.text();
    baustein.suche.clear();
    baustein.inhalt = *row.baustein;
    all.push_back(std::move(baustein));
  }
  return all;
}

void haenge(sql::WriteTx& tx, const Aushang& one) {
  tx.exec(
      "INSERT INTO netz_aushang (herkunft, uuid, eigner, art, ober, land, ags, sichtbarkeit, titel, suche, inhalt, "
      "ordnung, ort) VALUES (:herkunft, :uuid, :eigner, :art, :ober, :land, :ags, :sichtbarkeit, :titel, :suche, "
      ":inhalt, :ordnung, :ort)",
      one.herkunft, one.uuid, one.eigner, one.art, one.ober, one.land, one.ags, one.sichtbarkeit, one.titel, one.suche,
      one.inhalt, one.ordnung, one.ort);
}

void zeige(sql::WriteTx& tx, std::int64_t mandant, const base::Uuid& objekt, const std::vector<Aushang>& was) {
  // What others, or the same town, say of it hangs on it too and is an object of its own.
  tx.exec(
      "DELETE FROM netz_aushang WHERE eigner = :eigner AND (uuid = :uuid OR (ober = :ober AND art IN ('angabe', "
      "'betreuung', 'baustein', 'werkzeugtext')))",
      mandant, objekt, objekt);
  for (const auto& one : was) haenge(tx, one);
}

std::vector<std::string> checkAushang(const sql::ReadTx& tx, std::int64_t mandant) {
  std::vector<Aushang> should;
  const auto add = [&](const auto& rows) {
    for (const auto& row : rows)
      for (auto& one : aushangOf(tx, row)) should.push_back(std::move(one));
  };
  add(allRows<ProfilZeile>(tx, mandant));
  add(allRows<MitgliedZeile>(tx, mandant));
  add(allRows<PraxisZeile>(tx, mandant));
  add(allRows<KooperationZeile>(tx, mandant));
  add(allRows<WerkzeugZeile>(tx, mandant));
  for (auto& one : treffenAushang(tx, mandant)) should.push_back(std::move(one));
  std::ranges::sort(should, {}, &Aushang::uuid);
  const auto is = haengend(tx, mandant);
  const auto same = [](const Aushang& a, const Aushang& b) { return sql::valuesOf(a) == sql::valuesOf(b); };
  const auto [tables, hanging] = std::ranges::mismatch(should, is, same);
  if (tables == should.end() && hanging == is.end()) return {};
  const auto& one = tables != should.end() ? *tables : *hanging;
  return {fmt::format("Lotsennetz: was aushängt, ist nicht, was die Tabellen des Mandanten sagen ({} {}).",
                      base::enumName(one.art), one.uuid.text())};
}

}  // namespace netz
