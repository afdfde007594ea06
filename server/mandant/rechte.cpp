#include "mandant/rechte.h"

#include <algorithm>
#include <array>

namespace mandant {
namespace {

using R = Recht;

/// Everything that daily work on Schriftgut needs.
const std::vector<Recht> sachbearbeitung{
    R::akteAnlegen,        R::akteAendern,        R::vorgangAnlegen,  R::vorgangAendern,  R::vorgangZda,
    R::vorgangZdaAufheben, R::dokumentAnlegen,    R::dokumentAendern, R::eingangErfassen, R::eingangAblegen,
    R::kontaktPflegen,     R::dokumentStornieren, R::weglegen,        R::laufwegFuehren,  R::schrittErledigen,
    R::netzMitmachen,      R::quarantaeneSehen};

/// Closing, cancelling and reopening whole files.
const std::vector<Recht> schriftgutverwaltung{R::akteZda, R::akteZdaAufheben, R::zugriffSetzen, R::akteStornieren,
                                              R::vorgangStornieren};

std::vector<Recht> with(std::vector<Recht> base, const std::vector<Recht>& further, std::initializer_list<Recht> more) {
  base.insert(base.end(), further.begin(), further.end());
  base.insert(base.end(), more);
  return base;
}

struct Row {
  Rolle rolle;
  std::string_view bezeichnung;
  std::vector<Recht> rechte;
};

const std::vector<Row>& matrix() {
  static const std::vector<Row> rows{
      {Rolle::SB, "Sachbearbeitung", sachbearbeitung},
      {Rolle::RG, "Registratur",
       with(sachbearbeitung, schriftgutverwaltung,
            {R::aktenplanPflegen, R::aussonderungPflegen, R::loeschungBeantragen, R::scanPruefen})},
      {Rolle::SGV, "Schriftgutverwaltung",
       with(sachbearbeitung, schriftgutverwaltung,
            {R::aktenplanPflegen, R::aussonderungPflegen, R::loeschungBeantragen, R::scanPruefen})},
      {Rolle::LT, "Leitung", with(sachbearbeitung, schriftgutverwaltung, {R::schlusszeichnen, R::netzPflegen})},
      {Rolle::FA,
       "Fachadministration",
       {R::aktenplanPflegen, R::zugriffSetzen, R::zugriffPflegen, R::netzPflegen, R::netzMitmachen}},
      {Rolle::DA,
       "Domänenadministration",
       {R::organisationPflegen, R::personPflegen, R::zugriffPflegen, R::auftragVerwalten, R::quarantaeneSehen,
        R::quarantaeneEntscheiden}},
      {Rolle::ARC, "Archiv", {R::aussonderungPflegen}},
      {Rolle::LP, "Löschprüfung", {R::loeschungBestaetigen}},
      {Rolle::AT, "Automat", {R::dokumentAnlegen, R::eingangErfassen}},
  };
  return rows;
}

const Row& rowOf(Rolle rolle) { return matrix().at(static_cast<std::size_t>(rolle)); }

}  // namespace

const std::vector<Recht>& rechteOf(Rolle rolle) { return rowOf(rolle).rechte; }
std::string_view bezeichnung(Rolle rolle) { return rowOf(rolle).bezeichnung; }

bool Berechtigung::hat(Recht recht) const { return std::ranges::binary_search(rechte, recht); }

base::Result<void> darfSehen(const Gegenstand& was) {
  if (!was.stufe) return base::fail(base::Code::NichtGefunden);
  return {};
}

base::Code geschlossenWeil(const Gegenstand& was) {
  return was.versandt ? base::Code::Versandt : base::Code::Abgeschlossen;
}

base::Result<void> darf(const Berechtigung& wer, Recht recht, const Gegenstand& was) {
  AKTENLOTSE_TRY(darfSehen(was));
  if (wer.nurLesen || !wer.hat(recht)) return base::fail(base::Code::NichtErlaubt);
  if (*was.stufe != Stufe::bearbeiten)
    return base::fail(base::Code::NichtErlaubt, "Sie dürfen das lesen, aber nicht bearbeiten.");
  if (!was.offen) return base::fail(geschlossenWeil(was));
  return {};
}

std::optional<Stufe> stufeFor(const sql::ReadTx& tx, const Berechtigung& wer, std::int64_t zugriff) {
  if (wer.istSystem()) return Stufe::bearbeiten;
  return tx.value<Stufe>(
      "SELECT stufe FROM person_zugriff WHERE mandant = :mandant AND person = :person AND zugriff = :zugriff",
      wer.mandant, wer.person, zugriff);
}

sql::Query sichtbar(sql::Sql column, const Berechtigung& wer) {
  if (wer.istSystem())
    return sql::Query(column).add(" IN (SELECT id FROM zugriff WHERE mandant = :sicht_mandant)", wer.mandant);
  // Asked for each row: a list shows few of them, and a person may reach thousands of accesses.
  sql::Query query(
      "EXISTS (SELECT 1 FROM person_zugriff sicht WHERE sicht.mandant = :sicht_mandant AND sicht.person = "
      ":sicht_person "
      "AND sicht.zugriff = ",
      wer.mandant, wer.person);
  return query.add(column).add(")");
}

std::vector<Reichweite> reach(const Ordnung& ordnung, std::int64_t mandant) {
  std::map<std::int64_t, std::int64_t> unitOfStelle;
  for (const auto& stelle : ordnung.stellen) unitOfStelle[stelle.id] = stelle.organisationseinheit;
  std::map<std::int64_t, std::vector<Rolle>> rolesOfStelle;
  for (const auto& row : ordnung.rollen) rolesOfStelle[row.stelle].push_back(row.rolle);

  // Every way in which a person can be named. A unit means its own people: units below it are named themselves.
  using Traeger = std::pair<TraegerArt, std::int64_t>;
  std::map<Traeger, std::vector<std::int64_t>> people;
  for (const auto& person : ordnung.personen) {
    if (!person.aktiv) continue;
    people[{TraegerArt::alle, 0}].push_back(person.id);
    people[{TraegerArt::person, person.id}].push_back(person.id);
  }
  for (const auto& sitz : ordnung.besetzungen) {
    if (!people.contains({TraegerArt::person, sitz.person})) continue;
    people[{TraegerArt::stelle, sitz.stelle}].push_back(sitz.person);
    for (const auto rolle : rolesOfStelle[sitz.stelle])
      people[{TraegerArt::rolle, static_cast<std::int64_t>(rolle)}].push_back(sitz.person);
    people[{TraegerArt::organisationseinheit, unitOfStelle.at(sitz.stelle)}].push_back(sitz.person);
  }

  std::map<std::pair<std::int64_t, std::int64_t>, Stufe> reached;
  for (const auto& eintrag : ordnung.eintraege) {
    const auto key = eintrag.rolle ? static_cast<std::int64_t>(*eintrag.rolle) : eintrag.traeger;
    for (const auto person : people[{eintrag.traegerArt, key}]) {
      auto& stufe = reached.try_emplace({person, eintrag.zugriff}, Stufe::lesen).first->second;
      stufe = std::max(stufe, eintrag.stufe);
    }
  }
  std::vector<Reichweite> out;
  for (const auto& [key, stufe] : reached) out.push_back({mandant, key.first, key.second, stufe});
  return out;
}

std::vector<Reichweite> reach(const sql::ReadTx& tx, std::int64_t mandant) {
  return reach(
      {allRows<StelleZeile>(tx, mandant), allRows<StelleRolleZeile>(tx, mandant), allRows<PersonZeile>(tx, mandant),
       allRows<BesetzungZeile>(tx, mandant), allRows<ZugriffseintragZeile>(tx, mandant)},
      mandant);
}

namespace {

std::vector<Reichweite> stored(const sql::ReadTx& tx, std::int64_t mandant) {
  return tx.query<Reichweite>(
      "SELECT mandant, person, zugriff, stufe FROM person_zugriff WHERE mandant = :mandant ORDER BY person, zugriff",
      mandant);
}

}  // namespace

void recomputeReach(sql::WriteTx& tx, std::int64_t mandant) {
  const auto before = stored(tx, mandant), after = reach(tx, mandant);
  std::vector<Reichweite> gone, added;
  std::ranges::set_difference(before, after, std::back_inserter(gone));
  std::ranges::set_difference(after, before, std::back_inserter(added));
  for (const auto& row : gone)
    tx.exec("DELETE FROM person_zugriff WHERE mandant = :mandant AND person = :person AND zugriff = :zugriff", mandant,
            row.person, row.zugriff);
  for (const auto& row : added)
    tx.exec("INSERT INTO person_zugriff (mandant, person, zugriff, stufe) VALUES (:mandant, :person, :zugriff, :stufe)",
            mandant, row.person, row.zugriff, row.stufe);
  if (!gone.empty() || !added.empty())
    tx.exec(
        "INSERT INTO reichweite_stand (mandant, stand) VALUES (:mandant, 1) "
        "ON CONFLICT (mandant) DO UPDATE SET stand = reichweite_stand.stand + 1",
        mandant);
}

std::int64_t reichweiteStand(const sql::ReadTx& tx, std::int64_t mandant) {
  return tx.value<std::int64_t>("SELECT stand FROM reichweite_stand WHERE mandant = :mandant", mandant).value_or(0);
}

std::vector<std::string> checkReach(const sql::ReadTx& tx, std::int64_t mandant) {
  if (stored(tx, mandant) == reach(tx, mandant)) return {};
  return {"Rechte: die berechnete Reichweite der Personen stimmt nicht mit Organisation und Zugriffen überein."};
}

}  // namespace mandant
