#pragma once
// The parts of the file of settings as the tables say them. Private to the room.
#include <fmt/format.h>

#include <map>

#include "akte/einstellungen.h"
#include "akte/laufweg_zeilen.h"
#include "akte/schreiben_zeilen.h"

namespace akte {

/// Everything by the names that a file uses.
struct Namen {
  std::map<std::string, mandant::OrganisationseinheitZeile> einheiten;
  std::map<std::string, mandant::PersonZeile> personen;
  std::map<std::string, mandant::StelleZeile> stellen;
  std::map<std::string, mandant::ZugriffZeile> zugriffe;
  std::map<std::string, AktenplaneinheitZeile> plan;
  std::map<std::int64_t, std::string> einheit, person, stelle, zugriff, eintrag;

  Namen(const sql::ReadTx& tx, std::int64_t mandant) {
    for (const auto& row : mandant::allRows<mandant::OrganisationseinheitZeile>(tx, mandant)) know(row);
    for (const auto& row : mandant::allRows<mandant::PersonZeile>(tx, mandant)) know(row);
    for (const auto& row : mandant::allRows<mandant::StelleZeile>(tx, mandant))
      know(freeStelle(einheit.at(row.organisationseinheit), row.bezeichnung, stellen), row);
    for (const auto& row : mandant::allRows<mandant::ZugriffZeile>(tx, mandant)) know(row);
    for (const auto& row : mandant::allRows<AktenplaneinheitZeile>(tx, mandant)) know(row);
  }
  void know(const mandant::OrganisationseinheitZeile& row) {
    einheit[row.id] = row.kurzzeichen;
    einheiten.insert_or_assign(row.kurzzeichen, row);
  }
  void know(const mandant::PersonZeile& row) {
    person[row.id] = row.anmeldename;
    personen.insert_or_assign(row.anmeldename, row);
  }
  void know(const std::string& name, const mandant::StelleZeile& row) {
    stelle[row.id] = name;
    stellen.insert_or_assign(name, row);
  }
  /// The second with a name is called „Name #2“ in the file.
  void know(const mandant::ZugriffZeile& row) {
    auto name = row.bezeichnung;
    for (int nr = 2; zugriffe.contains(name) && zugriffe.at(name).id != row.id; ++nr)
      name = fmt::format("{} #{}", row.bezeichnung, nr);
    zugriff[row.id] = name;
    zugriffe.insert_or_assign(name, row);
  }
  void know(const AktenplaneinheitZeile& row) {
    eintrag[row.id] = row.kennzeichen;
    plan.insert_or_assign(row.kennzeichen, row);
  }

  /// „10/Sachbearbeitung“, and „10/Sachbearbeitung #2“ for the second of them.
  template <class Known>
  static std::string freeStelle(const std::string& einheit, const std::string& bezeichnung, const Known& known) {
    const auto name = einheit + "/" + bezeichnung;
    if (!known.contains(name)) return name;
    for (int nr = 2;; ++nr)
      if (auto next = fmt::format("{} #{}", name, nr); !known.contains(next)) return next;
  }
};

[[nodiscard]] std::vector<mandant::Rolle> rollenOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t stelle);
[[nodiscard]] std::vector<EintragTeil> eintraegeOf(const Namen& namen,
                                                   const std::vector<mandant::ZugriffseintragZeile>& rows,
                                                   std::int64_t zugriff);
[[nodiscard]] StadtTeil stadtOf(const mandant::MandantZeile& row);
[[nodiscard]] PlanTeil planOf(const Namen& namen, const AktenplaneinheitZeile& row);
[[nodiscard]] FeldartNeu feldOf(const FeldartZeile& row);
[[nodiscard]] PostfachTeil postfachOf(const Namen& namen, const PostfachZeile& row);
[[nodiscard]] BausteinTeil bausteinOf(const TextbausteinZeile& row);
[[nodiscard]] LaufwegvorlageTeil laufwegOf(const Namen& namen, const LaufwegvorlageZeile& row);
/// The newest version of a template.
[[nodiscard]] VorlagenfassungZeile fassungOf(const sql::ReadTx& tx, const DokumentvorlageZeile& row);
[[nodiscard]] BriefkopfTeil kopfOf(const BriefkopfZeile& row);

}  // namespace akte
