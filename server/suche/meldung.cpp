// Tells people by mail, once a day, that a search which they keep finds something new.
#include <fmt/format.h>

#include "gemerkt.h"
#include "jobs/mail.h"

namespace suche {
namespace {

constexpr std::string_view artName = "suche.melden";
constexpr std::int64_t day = 24 * 3600;

struct Neues {
  GemerktZeile suche{};
  std::int64_t anzahl = 0;
};

/// Names of searches and numbers: what was found is told to nobody who is not logged in.
std::string textOf(const mandant::PersonZeile& person, const std::vector<Neues>& neues) {
  std::string out = fmt::format("Guten Tag {} {},\n\nzu Suchen, die Sie sich gemerkt haben, ist Neues da:\n\n",
                                person.vorname, person.nachname);
  for (const auto& [suche, anzahl] : neues)
    out += fmt::format("- {}: {} {}\n", suche.name, anzahl, anzahl == 1 ? "neues Dokument" : "neue Dokumente");
  return out +
         "\nSie finden es in Aktenlotse auf der Startseite und unter „Suche“. Dort lässt sich diese Nachricht auch "
         "abbestellen.\n";
}

jobs::Ergebnis melde(jobs::Lauf& lauf, sql::Database& database, Bestand& bestand, const base::Clock& clock) {
  const auto mandant = lauf.mandant();
  database.write(mandant, [&](sql::WriteTx& tx) {
    std::map<std::int64_t, std::vector<Neues>> perPerson;
    auto query = sql::Query::select<GemerktZeile>("s");
    query.add(
        " FROM suche_gemerkt s JOIN person p ON p.mandant = s.mandant AND p.id = s.person WHERE s.mandant = :mandant "
        "AND s.melden = 1 AND p.aktiv = 1 ORDER BY s.name, s.id",
        mandant);
    for (auto& suche : tx.query<GemerktZeile>(query)) {
      const auto wer = mandant::berechtigungOf(tx, mandant, suche.person);
      const auto anzahl = neueTreffer(tx, wer, bestand, suche, std::max(suche.gesehen, suche.gemeldet));
      if (anzahl > 0) perPerson[suche.person].push_back({std::move(suche), anzahl});
    }
    const auto newest = neuestes(tx, mandant);
    for (const auto& [id, neues] : perPerson) {
      const auto person = mandant::rowById<mandant::PersonZeile>(tx, mandant, id).value();
      if (!person.email || !jobs::istAdresse(*person.email)) continue;  // taken away since
      jobs::sende(tx, mandant, clock.now(), {*person.email, "Neues zu Ihren Suchen", textOf(person, neues)});
      for (const auto& [suche, anzahl] : neues)
        tx.exec("UPDATE suche_gemerkt SET gemeldet = :gemeldet WHERE mandant = :mandant AND id = :id", newest, mandant,
                suche.id);
    }
    lauf.abschliessen(tx);
  });
  return {};
}

}  // namespace

std::int64_t neuestes(const sql::ReadTx& tx, std::int64_t mandant) {
  return tx.value<std::int64_t>("SELECT wert FROM zaehler WHERE mandant = :mandant", mandant).value_or(0);
}

std::int64_t neueTreffer(const sql::ReadTx& tx, const Berechtigung& wer, Bestand& bestand, const GemerktZeile& row,
                         std::int64_t ab) {
  return find(tx, wer, bestand, {.query = text::parseQuery(row.frage), .ordnung = Ordnung::datum, .limit = 1, .ab = ab})
      .anzahl;
}

void addAuftraege(jobs::Werk& werk, sql::Database& database, Bestand& bestand, const base::Clock& clock) {
  jobs::Art art;
  art.name = artName;
  art.bezeichnungDe = "Neues zu gemerkten Suchen melden";
  art.bezeichnungEn = "Tell of new hits of saved searches";
  art.ausfuehren = [&](jobs::Lauf& lauf) { return melde(lauf, database, bestand, clock); };
  werk.art(std::move(art));
  werk.fuerJedenMandanten(std::string(artName), std::string(artName), day);
}

}  // namespace suche
