#include "mandant/vertretung.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace mandant {

using base::Code;
using base::fail;
using http::None;
using http::Verb;

namespace {

base::Result<PersonZeile> activePerson(const sql::ReadTx& tx, std::int64_t mandant, const base::Uuid& uuid,
                                       const char* feld) {
  auto row = rowByUuid<PersonZeile>(tx, mandant, uuid);
  if (!row || !row->aktiv) return fail(Code::EingabeUngueltig, "Diese Person gibt es nicht.", feld);
  return *std::move(row);
}

base::Result<void> maySet(const Berechtigung& wer, std::int64_t person) {
  if (wer.nurLesen || (person != wer.person && !wer.hat(Recht::personPflegen)))
    return fail(Code::NichtErlaubt, "Die Vertretung anderer setzt die Administration.");
  return {};
}

/// The days on which both hold; nothing where they never do.
struct Zeit {
  base::Datum von{};
  std::optional<base::Datum> bis{};
};
std::optional<Zeit> gemeinsam(const Zeit& a, const Zeit& b) {
  Zeit out{std::max(a.von, b.von), a.bis && b.bis ? std::min(a.bis, b.bis) : (a.bis ? a.bis : b.bis)};
  if (out.bis && *out.bis < out.von) return std::nullopt;
  return out;
}
Zeit zeitOf(const VertretungZeile& row) { return {row.von, row.bis}; }
bool gilt(const VertretungZeile& row, const base::Datum& tag) {
  return row.von <= tag && (!row.bis || *row.bis >= tag);
}

}  // namespace

Bereich bereichOf(const VertretungZeile& row) { return {row.organisationseinheit, row.aufgabe}; }

std::optional<Bereich> schnitt(const Bereich& a, const Bereich& b) {
  const auto differ = [](const auto& x, const auto& y) { return x && y && *x != *y; };
  if (differ(a.organisationseinheit, b.organisationseinheit) || differ(a.aufgabe, b.aufgabe)) return std::nullopt;
  return Bereich{a.organisationseinheit ? a.organisationseinheit : b.organisationseinheit,
                 a.aufgabe ? a.aufgabe : b.aufgabe};
}

std::vector<Vertretener> vertreteneOf(std::span<const VertretungZeile> all, std::int64_t vertreter,
                                      const base::Datum& tag) {
  std::vector<Vertretener> out;
  // Each person and part once, so that even rows which close a ring come to an end.
  std::vector<Vertretener> open{{vertreter, {}}};
  while (!open.empty()) {
    const auto at = open.back();
    open.pop_back();
    for (const auto& row : all) {
      if (row.vertreter != at.person || row.person == vertreter || !gilt(row, tag)) continue;
      const auto part = schnitt(at.bereich, bereichOf(row));
      if (!part) continue;
      const Vertretener found{row.person, *part};
      if (std::ranges::find(out, found) != out.end()) continue;
      out.push_back(found);
      open.push_back(found);
    }
  }
  std::ranges::sort(out);
  return out;
}

std::vector<std::int64_t> ringMit(std::span<const VertretungZeile> all, const VertretungZeile& neu) {
  std::vector<std::int64_t> way{neu.person};
  const std::function<bool(std::int64_t, const Zeit&, const Bereich&)> leadsBack =
      [&](std::int64_t at, const Zeit& zeit, const Bereich& bereich) {
        if (at == neu.person) return true;
        if (std::ranges::find(way, at) != way.end()) return false;
        way.push_back(at);
        for (const auto& row : all) {
          if (row.person != at) continue;
          const auto time = gemeinsam(zeit, zeitOf(row));
          const auto part = schnitt(bereich, bereichOf(row));
          if (time && part && leadsBack(row.vertreter, *time, *part)) return true;
        }
        way.pop_back();
        return false;
      };
  if (leadsBack(neu.vertreter, zeitOf(neu), bereichOf(neu))) return way;
  return {};
}

base::Result<VertretungZeile> setVertretung(Change& change, const Berechtigung& wer, const VertretungNeu& input) {
  auto& tx = change.tx();
  VertretungZeile row;
  row.person = wer.person;
  if (input.person) {
    AKTENLOTSE_GET(person, activePerson(tx, wer.mandant, *input.person, "person"));
    row.person = person.id;
  }
  AKTENLOTSE_TRY(maySet(wer, row.person));
  AKTENLOTSE_GET(vertreter, activePerson(tx, wer.mandant, input.vertreter, "vertreter"));
  row.vertreter = vertreter.id;
  if (row.vertreter == row.person) return fail(Code::EingabeUngueltig, "Niemand vertritt sich selbst.", "vertreter");
  row.von = input.von;
  row.bis = input.bis;
  if (row.bis && *row.bis < row.von) return fail(Code::EingabeUngueltig, "„bis“ liegt vor „von“.", "bis");
  if (input.organisationseinheit) {
    const auto unit = rowByUuid<OrganisationseinheitZeile>(tx, wer.mandant, *input.organisationseinheit);
    if (!unit) return fail(Code::EingabeUngueltig, "Diese Einheit gibt es nicht.", "organisationseinheit");
    row.organisationseinheit = unit->id;
  }
  row.aufgabe = input.aufgabe;
  const auto all = allRows<VertretungZeile>(tx, wer.mandant);
  for (const auto& other : all)
    if (other.person == row.person && other.vertreter == row.vertreter && bereichOf(other) == bereichOf(row) &&
        gemeinsam(zeitOf(other), zeitOf(row)))
      return fail(Code::Vergeben, "In dieser Zeit gibt es diese Vertretung schon.", "von");
  if (const auto ring = ringMit(all, row); !ring.empty()) {
    std::string way;
    for (const auto person : ring) way += personKurz(tx, wer.mandant, person).value().name + " → ";
    return fail(Code::EingabeUngueltig,
                fmt::format("Damit vertritt man sich im Kreis: {}{}. Wählen Sie jemand anderen oder eine andere Zeit.",
                            way, personKurz(tx, wer.mandant, row.person).value().name),
                "vertreter");
  }
  if (input.bemerkung) row.bemerkung = input.bemerkung->value;
  row.uuid = change.newUuid();
  change.insert(row);
  change.about({"vertretung.gesetzt", PersonZeile::tabelle, row.person, 0, 0});
  return row;
}

base::Result<void> endVertretung(Change& change, const Berechtigung& wer, const VertretungZeile& before,
                                 const base::Datum& bis) {
  AKTENLOTSE_TRY(maySet(wer, before.person));
  if (bis < before.von) {
    change.erase(before);
  } else {
    auto after = before;
    after.bis = bis;
    change.update(before, after);
  }
  change.about({"vertretung.beendet", PersonZeile::tabelle, before.person, 0, 0});
  return {};
}

std::vector<std::int64_t> vertreterOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person,
                                      const base::Datum& tag) {
  std::vector<std::int64_t> out;
  for (const auto& row : tx.query<VertretungZeile>(sql::Query::select<VertretungZeile>().add(
           " FROM vertretung WHERE mandant = :mandant AND person = :person AND von <= :tag ORDER BY id", mandant,
           person, tag)))
    if (!row.bis || *row.bis >= tag) out.push_back(row.vertreter);
  return out;
}

std::vector<Vertretener> vertreteneOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t vertreter,
                                      const base::Datum& tag) {
  std::vector<VertretungZeile> rows;
  std::vector<std::int64_t> open{vertreter};
  for (std::size_t i = 0; i < open.size(); ++i)
    for (auto& row : tx.query<VertretungZeile>(sql::Query::select<VertretungZeile>().add(
             " FROM vertretung WHERE mandant = :mandant AND vertreter = :vertreter AND von <= :tag AND (bis IS NULL OR "
             "bis >= :tag2)",
             mandant, open[i], tag, tag))) {
      if (std::ranges::find(open, row.person) == open.end()) open.push_back(row.person);
      rows.push_back(std::move(row));
    }
  return vertreteneOf(rows, vertreter, tag);
}

namespace {

struct VertretungAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  PersonKurz person{}, vertreter{};
  base::Datum von{};
  std::optional<base::Datum> bis{};
  std::optional<std::string> bemerkung{};
  std::optional<OrganisationseinheitKurz> organisationseinheit{};
  std::optional<Aufgabe> aufgabe{};
  std::vector<Recht> fehlt{};     ///< rights that the one has and who stands in for him lacks
  std::int64_t unerreichbar = 0;  ///< access definitions that open something to the one and not to the other
  bool darf = false;              ///< whether the person who asks may end it
};
BOOST_DESCRIBE_STRUCT(VertretungAusgabe, (),
                      (id, stand, person, vertreter, von, bis, bemerkung, organisationseinheit, aufgabe, fehlt,
                       unerreichbar, darf))
struct VertretungListe {
  std::vector<VertretungAusgabe> eintraege{};
  base::Datum heute{};
};
BOOST_DESCRIBE_STRUCT(VertretungListe, (), (eintraege, heute))

struct VertretungEnde {
  base::Datum bis{};
};
BOOST_DESCRIBE_STRUCT(VertretungEnde, (), (bis))

/// What is asked of people in a Geschäftsgang.
constexpr Recht gefragt[] = {Recht::schrittErledigen, Recht::schlusszeichnen, Recht::vorgangZda};

VertretungAusgabe show(const sql::ReadTx& tx, const Berechtigung& wer, const VertretungZeile& row) {
  VertretungAusgabe out;
  out.id = row.uuid;
  out.stand = row.stand;
  out.person = personKurz(tx, row.mandant, row.person).value();
  out.vertreter = personKurz(tx, row.mandant, row.vertreter).value();
  out.von = row.von;
  out.bis = row.bis;
  out.bemerkung = row.bemerkung;
  out.aufgabe = row.aufgabe;
  if (row.organisationseinheit) {
    const auto unit = rowById<OrganisationseinheitZeile>(tx, row.mandant, *row.organisationseinheit).value();
    out.organisationseinheit = {unit.uuid, unit.kurzzeichen, unit.bezeichnung};
  }
  const auto theirs = berechtigungOf(tx, row.mandant, row.person), his = berechtigungOf(tx, row.mandant, row.vertreter);
  for (const auto recht : gefragt)
    if (theirs.hat(recht) && !his.hat(recht)) out.fehlt.push_back(recht);
  out.unerreichbar =
      tx.value<std::int64_t>(
            "SELECT COUNT(*) FROM person_zugriff z WHERE z.mandant = :m1 AND z.person = :person AND NOT EXISTS (SELECT "
            "1 FROM person_zugriff y WHERE y.mandant = :m2 AND y.person = :vertreter AND y.zugriff = z.zugriff)",
            row.mandant, row.person, row.mandant, row.vertreter)
          .value();
  out.darf = maySet(wer, row.person).has_value();
  return out;
}

VertretungListe all(const sql::ReadTx& tx, const Berechtigung& wer, const base::Datum& heute) {
  VertretungListe out;
  out.heute = heute;
  for (const auto& row : allRows<VertretungZeile>(tx, wer.mandant)) out.eintraege.push_back(show(tx, wer, row));
  return out;
}

}  // namespace

void addVertretungRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, VertretungListe>(
      Verb::get, "/api/vertretungen", {"vertretungen", "Organisation", "Who stands in for whom"},
      [&](const auto& call) {
        return zugang.read<VertretungListe>(
            call, [&](const sql::ReadTx& tx, const Berechtigung& wer) -> base::Result<VertretungListe> {
              return all(tx, wer, base::Datum::of(zugang.journal().clock().now()));
            });
      });
  routes.add<VertretungNeu, None, VertretungAusgabe>(
      Verb::post, "/api/vertretungen",
      {.id = "vertretungSetzen",
       .tag = "Organisation",
       .summary = "Name somebody who stands in for oneself, or, with personPflegen, for another",
       .create = true},
      [&](const auto& call) {
        return zugang.create<VertretungAusgabe>(
            call,
            [&](Change& change, const Berechtigung& wer) -> base::Result<base::Uuid> {
              AKTENLOTSE_GET(row, setVertretung(change, wer, call.body));
              return row.uuid;
            },
            [](const sql::ReadTx& tx, const Berechtigung& wer,
               const base::Uuid& uuid) -> base::Result<VertretungAusgabe> {
              const auto row = rowByUuid<VertretungZeile>(tx, wer.mandant, uuid);
              if (!row) return fail(Code::NichtGefunden);
              return show(tx, wer, *row);
            });
      });
  routes.add<VertretungEnde, None, VertretungListe>(
      Verb::post, "/api/vertretungen/{id}/beenden",
      {.id = "vertretungBeenden",
       .tag = "Organisation",
       .summary = "End a Vertretung with a day; one that has not begun goes",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<VertretungListe>(
            call, [&](Change& change, const Berechtigung& wer) -> base::Result<VertretungListe> {
              const auto row = rowByUuid<VertretungZeile>(change.tx(), wer.mandant, call.id);
              if (!row) return fail(Code::NichtGefunden);
              AKTENLOTSE_TRY(checkStand(call, row->stand));
              AKTENLOTSE_TRY(endVertretung(change, wer, *row, call.body.bis));
              return all(change.tx(), wer, base::Datum::of(change.zeit()));
            });
      });
}

}  // namespace mandant
