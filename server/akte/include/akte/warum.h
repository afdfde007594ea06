#pragma once
// Answers in words: why may I see this, why may I not change it, why can it not be closed; and who reaches an object.
#include "akte/umfeld.h"

namespace akte {

/// How a person comes to reach an access definition.
struct Weg {
  std::string zugriff{}, traeger{};
  mandant::TraegerArt traegerArt{};
  mandant::Stufe stufe{};
};
BOOST_DESCRIBE_STRUCT(Weg, (), (zugriff, traeger, traegerArt, stufe))

/// The lines of an access definition that name this person, widest first.
[[nodiscard]] std::vector<Weg> wege(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person,
                                    std::int64_t zugriff);

/// A sentence, and where to go to change what it says; `gut` is what allows, not what stands against it.
struct Antwort {
  std::string satz{};
  bool gut = true;
};
BOOST_DESCRIBE_STRUCT(Antwort, (), (satz, gut))

struct WarumAusgabe {
  std::vector<Antwort> sehen{}, aendern{}, abschliessen{};
};
BOOST_DESCRIBE_STRUCT(WarumAusgabe, (), (sehen, aendern, abschliessen))

/// For an object that the person sees. Says nothing of what lies in it hidden: only that there is something.
[[nodiscard]] WarumAusgabe warum(const sql::ReadTx& tx, const Berechtigung& wer, const Objekt& objekt, bool english);

struct Sehender {
  base::Uuid id{};
  std::string name{};
  mandant::Stufe stufe{};
  std::vector<Weg> wege{};
};
BOOST_DESCRIBE_STRUCT(Sehender, (), (id, name, stufe, wege))

/// Everybody who reaches the object, by name, with how (report "who can see this Akte").
[[nodiscard]] std::vector<Sehender> sehende(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t zugriff);

void addWarumRoutes(http::Routes& routes, mandant::Zugang& zugang);
/// People, units and Stellen from a table.
void addOrganisationEinlesenRoutes(http::Routes& routes, mandant::Zugang& zugang, Schriftgut& schriftgut);

}  // namespace akte
