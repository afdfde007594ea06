#include "akte/ausleihe.h"

#include "routen.h"

namespace akte {
namespace {

using base::Code;
using base::fail;
using mandant::rowById;

struct AusleiheAusgabe {
  std::optional<PersonKurz> person{};
  base::Datum seit{};
  OptDatum bis{}, zurueck{};
  OptText bemerkung{};
};
BOOST_DESCRIBE_STRUCT(AusleiheAusgabe, (), (person, seit, bis, zurueck, bemerkung))

struct StandortAusgabe {
  std::int64_t stand = 0;
  Medium medium{};
  OptText standort{};
  std::vector<AusleiheAusgabe> ausleihen{};  ///< newest first
  bool darfAendern = false;
};
BOOST_DESCRIBE_STRUCT(StandortAusgabe, (), (stand, medium, standort, ausleihen, darfAendern))

struct OffeneAusleihe {
  Verweis akte{};
  std::optional<PersonKurz> person{};
  base::Datum seit{};
  OptDatum bis{};
};
BOOST_DESCRIBE_STRUCT(OffeneAusleihe, (), (akte, person, seit, bis))
struct OffeneListe {
  std::vector<OffeneAusleihe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(OffeneListe, (), (eintraege))

std::optional<AusleiheZeile> openLoan(Tx tx, const AkteZeile& akte) {
  return tx.one<AusleiheZeile>(sql::Query::select<AusleiheZeile>().add(
      " FROM ausleihe WHERE mandant = :mandant AND akte = :akte AND zurueck IS NULL", akte.mandant, akte.id));
}

/// The paper of closed Akten is lent too; nothing is written at the Akte itself.
Result<void> mayMove(const Berechtigung& wer, const AkteMit& mit) {
  return mandant::darf(wer, Recht::akteAendern, {mit.gegenstand.stufe, true});
}

StandortAusgabe show(Tx tx, const Berechtigung& wer, const AkteZeile& akte) {
  StandortAusgabe out{akte.stand, akte.medium, akte.standort, {}, false};
  for (const auto& row : tx.query<AusleiheZeile>(sql::Query::select<AusleiheZeile>().add(
           " FROM ausleihe WHERE mandant = :mandant AND akte = :akte ORDER BY id DESC LIMIT 200", wer.mandant,
           akte.id)))
    out.ausleihen.push_back(
        {mandant::personKurz(tx, wer.mandant, row.person), row.seit, row.bis, row.zurueck, row.bemerkung});
  out.darfAendern =
      mandant::darf(wer, Recht::akteAendern, {mandant::stufeFor(tx, wer, akte.zugriff), true}).has_value();
  return out;
}

Result<void> setPlace(Change& change, const Berechtigung& wer, const AkteMit& mit, const StandortSetzen& input) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::akteAendern, mit.gegenstand));
  auto after = mit.akte;
  if (input.medium) after.medium = *input.medium;
  if (input.standort.present) after.standort = input.standort.value ? OptText(input.standort.value->value) : OptText();
  if (after.medium == Medium::elektronisch && openLoan(change.tx(), mit.akte))
    return fail(Code::Konflikt, "Das Papier ist ausgeliehen; nehmen Sie es zuerst zurück.", "medium");
  change.update(mit.akte, after);
  change.about({"akte.standort", after.tabelle, after.id, after.id, 0});
  return {};
}

Result<void> lend(Change& change, const Berechtigung& wer, const AkteMit& mit, const Ausleihen& input) {
  if (mit.akte.medium == Medium::elektronisch)
    return fail(Code::Konflikt, "Die Akte ist elektronisch; es gibt kein Papier, das man ausleihen könnte.");
  if (openLoan(change.tx(), mit.akte)) return fail(Code::Konflikt, "Die Akte ist schon ausgeliehen.");
  AusleiheZeile row;
  row.akte = mit.akte.id;
  row.person = wer.person;
  if (input.person) {
    const auto person = mandant::rowByUuid<mandant::PersonZeile>(change.tx(), wer.mandant, *input.person);
    if (!person || !person->aktiv) return fail(Code::EingabeUngueltig, "Diese Person gibt es nicht.", "person");
    row.person = person->id;
  }
  row.seit = base::Datum::of(change.zeit());
  row.bis = input.bis;
  if (row.bis && *row.bis < row.seit) return fail(Code::EingabeUngueltig, "„bis“ liegt in der Vergangenheit.", "bis");
  if (input.bemerkung) row.bemerkung = input.bemerkung->value;
  change.insert(row);
  change.about({"akte.ausgeliehen", AkteZeile::tabelle, mit.akte.id, mit.akte.id, 0});
  return {};
}

Result<void> giveBack(Change& change, const AkteMit& mit) {
  const auto open = openLoan(change.tx(), mit.akte);
  if (!open) return fail(Code::Konflikt, "Die Akte ist nicht ausgeliehen.");
  auto after = *open;
  after.zurueck = base::Datum::of(change.zeit());
  change.update(*open, after);
  change.about({"akte.zurueckgegeben", AkteZeile::tabelle, mit.akte.id, mit.akte.id, 0});
  return {};
}

}  // namespace

void addAusleiheRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, StandortAusgabe>(
      Verb::get, "/api/akten/{id}/standort", {"akteStandort", "Akte", "Where the paper of an Akte is, and who had it"},
      [&](const auto& call) {
        return zugang.read<StandortAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<StandortAusgabe> {
          AKTENLOTSE_GET(mit, findAkte(tx, wer, call.id));
          return show(tx, wer, mit.akte);
        });
      });
  const auto add = [&]<class Body>(Verb verb, std::string pattern, std::string_view id, std::string_view summary,
                                   auto apply) {
    routes.add<Body, None, StandortAusgabe>(
        verb, std::move(pattern),
        {.id = id, .tag = "Akte", .summary = summary, .recht = "akteAendern", .changesExisting = true},
        [&zugang, apply](const auto& call) {
          return zugang.change<StandortAusgabe>(
              call, [&](Change& change, const Berechtigung& wer) -> Result<StandortAusgabe> {
                AKTENLOTSE_GET(mit, findAkte(change.tx(), wer, call.id));
                AKTENLOTSE_TRY(mandant::checkStand(call, mit.akte.stand));
                AKTENLOTSE_TRY(mayMove(wer, mit));
                AKTENLOTSE_TRY(apply(change, wer, mit, call.body));
                return show(change.tx(), wer, rowById<AkteZeile>(change.tx(), wer.mandant, mit.akte.id).value());
              });
        });
  };
  add.template operator()<StandortSetzen>(
      Verb::put, "/api/akten/{id}/standort", "akteStandortSetzen", "Set medium and place of the paper",
      [](Change& c, const auto& wer, const auto& mit, const auto& body) { return setPlace(c, wer, mit, body); });
  add.template operator()<Ausleihen>(
      Verb::post, "/api/akten/{id}/ausleihen", "akteAusleihen", "Lend the paper of an Akte",
      [](Change& c, const auto& wer, const auto& mit, const auto& body) { return lend(c, wer, mit, body); });
  add.template operator()<None>(Verb::post, "/api/akten/{id}/zurueckgeben", "akteZurueckgeben", "The paper is back",
                                [](Change& c, const auto&, const auto& mit, const auto&) { return giveBack(c, mit); });
  routes.add<None, None, OffeneListe>(
      Verb::get, "/api/ausleihen", {"ausleihen", "Akte", "Paper that is on loan, longest first"},
      [&](const auto& call) {
        return zugang.read<OffeneListe>(call, [](Tx tx, const Berechtigung& wer) -> Result<OffeneListe> {
          auto query = sql::Query::select<AusleiheZeile>("l");
          query.add(
              " FROM ausleihe l JOIN akte a ON a.mandant = l.mandant AND a.id = l.akte WHERE l.mandant = :mandant AND "
              "l.zurueck IS NULL AND ",
              wer.mandant);
          query.add(mandant::sichtbar("a.zugriff", wer)).add(" ORDER BY l.id LIMIT 500");
          OffeneListe out;
          for (const auto& row : tx.query<AusleiheZeile>(query)) {
            const auto akte = rowById<AkteZeile>(tx, wer.mandant, row.akte).value();
            out.eintraege.push_back({{akte.uuid, akte.zeichen, akte.betreff},
                                     mandant::personKurz(tx, wer.mandant, row.person),
                                     row.seit,
                                     row.bis});
          }
          return out;
        });
      });
}

}  // namespace akte
