#include "mandant/vertretung.h"

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

}  // namespace

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
  for (const auto& other : tx.query<VertretungZeile>(sql::Query::select<VertretungZeile>().add(
           " FROM vertretung WHERE mandant = :mandant AND person = :person AND vertreter = :vertreter", wer.mandant,
           row.person, row.vertreter)))
    if ((!other.bis || *other.bis >= row.von) && (!row.bis || *row.bis >= other.von))
      return fail(Code::Vergeben, "In dieser Zeit gibt es diese Vertretung schon.", "von");
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

namespace {

struct VertretungAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  PersonKurz person{}, vertreter{};
  base::Datum von{};
  std::optional<base::Datum> bis{};
  std::optional<std::string> bemerkung{};
};
BOOST_DESCRIBE_STRUCT(VertretungAusgabe, (), (id, stand, person, vertreter, von, bis, bemerkung))
struct VertretungListe {
  std::vector<VertretungAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(VertretungListe, (), (eintraege))

struct VertretungEnde {
  base::Datum bis{};
};
BOOST_DESCRIBE_STRUCT(VertretungEnde, (), (bis))

VertretungAusgabe show(const sql::ReadTx& tx, const VertretungZeile& row) {
  return {row.uuid,
          row.stand,
          personKurz(tx, row.mandant, row.person).value(),
          personKurz(tx, row.mandant, row.vertreter).value(),
          row.von,
          row.bis,
          row.bemerkung};
}

VertretungListe all(const sql::ReadTx& tx, const Berechtigung& wer) {
  VertretungListe out;
  for (const auto& row : allRows<VertretungZeile>(tx, wer.mandant)) out.eintraege.push_back(show(tx, row));
  return out;
}

}  // namespace

void addVertretungRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, VertretungListe>(
      Verb::get, "/api/vertretungen", {"vertretungen", "Organisation", "Who stands in for whom"},
      [&](const auto& call) {
        return zugang.read<VertretungListe>(
            call, [](const sql::ReadTx& tx, const Berechtigung& wer) -> base::Result<VertretungListe> {
              return all(tx, wer);
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
              return show(tx, *row);
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
              return all(change.tx(), wer);
            });
      });
}

}  // namespace mandant
