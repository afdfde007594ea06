#include "akte/reorganisation.h"
#include "routen.h"

namespace akte {
namespace {

struct ReorganisationAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  Reorganisationsart art{};
  OrganisationseinheitKurz einheit{};
  std::optional<OrganisationseinheitKurz> ziel{};
  base::Datum stichtag{};
  Reorganisationsstatus status{};
  std::optional<PersonKurz> person{};
};
BOOST_DESCRIBE_STRUCT(ReorganisationAusgabe, (), (id, stand, art, einheit, ziel, stichtag, status, person))
struct ReorganisationListe {
  std::vector<ReorganisationAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(ReorganisationListe, (), (eintraege))

ReorganisationAusgabe show(Tx tx, const ReorganisationZeile& row) {
  const auto kurz = [&](std::int64_t id) {
    const auto unit = mandant::rowById<mandant::OrganisationseinheitZeile>(tx, row.mandant, id).value();
    return OrganisationseinheitKurz{unit.uuid, unit.kurzzeichen, unit.bezeichnung};
  };
  ReorganisationAusgabe out{row.uuid, row.stand, row.art, kurz(row.einheit), {}, row.stichtag, row.status, {}};
  if (row.ziel) out.ziel = kurz(*row.ziel);
  if (row.person != 0) out.person = mandant::personKurz(tx, row.mandant, row.person);
  return out;
}

}  // namespace

void addReorganisationRoutes(http::Routes& routes, Zugang& zugang, Reorganisation& reorganisation) {
  const auto tag = std::string_view("Organisation");
  routes.add<None, None, ReorganisationListe>(
      Verb::get, "/api/reorganisationen",
      {.id = "reorganisationen",
       .tag = tag,
       .summary = "Planned and done, newest first",
       .recht = "organisationPflegen"},
      [&](const auto& call) {
        return zugang.read<ReorganisationListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<ReorganisationListe> {
              ReorganisationListe out;
              for (const auto& row : tx.query<ReorganisationZeile>(sql::Query::select<ReorganisationZeile>().add(
                       " FROM reorganisation WHERE mandant = :mandant ORDER BY id DESC LIMIT 200", wer.mandant)))
                out.eintraege.push_back(show(tx, row));
              return out;
            });
      });
  routes.add<ReorganisationNeu, None, ReorganisationVorschau>(
      Verb::post, "/api/reorganisationen/vorschau",
      {.id = "reorganisationVorschau",
       .tag = tag,
       .summary = "What would go along, of today; changes nothing",
       .recht = "organisationPflegen"},
      [&](const auto& call) {
        return zugang.read<ReorganisationVorschau>(call, [&](Tx tx, const Berechtigung& wer) {
          return reorganisation.vorschau(tx, wer, zugang.journal().clock().now(), call.body);
        });
      });
  routes.add<ReorganisationNeu, None, ReorganisationAusgabe>(
      Verb::post, "/api/reorganisationen",
      {.id = "reorganisationPlanen",
       .tag = tag,
       .summary = "Move, merge or part a unit as of a day; a job does it then",
       .recht = "organisationPflegen",
       .create = true},
      [&](const auto& call) {
        return zugang.create<ReorganisationAusgabe>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, reorganisation.plane(change, wer, call.body));
              return row.uuid;
            },
            [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<ReorganisationAusgabe> {
              return show(tx, mandant::rowByUuid<ReorganisationZeile>(tx, wer.mandant, uuid).value());
            });
      });
  routes.add<None, None, RuecknahmeVorschau>(
      Verb::get, "/api/reorganisationen/{id}/ruecknahme",
      {.id = "reorganisationRuecknahme",
       .tag = tag,
       .summary = "What the way back would do, and what stands against it; changes nothing",
       .recht = "organisationPflegen"},
      [&](const auto& call) {
        return zugang.read<RuecknahmeVorschau>(call, [&](Tx tx, const Berechtigung& wer) -> Result<RuecknahmeVorschau> {
          const auto row = mandant::rowByUuid<ReorganisationZeile>(tx, wer.mandant, call.id);
          if (!row) return base::fail(base::Code::NichtGefunden);
          return reorganisation.ruecknahme(tx, wer, *row);
        });
      });
  const auto changer = [&](auto tu) {
    return [&zugang, tu](const auto& call) {
      return zugang.change<ReorganisationAusgabe>(
          call, [&](Change& change, const Berechtigung& wer) -> Result<ReorganisationAusgabe> {
            const auto row = mandant::rowByUuid<ReorganisationZeile>(change.tx(), wer.mandant, call.id);
            if (!row) return base::fail(base::Code::NichtGefunden);
            AKTENLOTSE_TRY(mandant::checkStand(call, row->stand));
            AKTENLOTSE_GET(after, tu(change, *row));
            return show(change.tx(), after);
          });
    };
  };
  routes.add<None, None, ReorganisationAusgabe>(
      Verb::post, "/api/reorganisationen/{id}/zuruecknehmen",
      {.id = "reorganisationZuruecknehmen",
       .tag = tag,
       .summary = "Take it back as a whole: the organisation at once, its files by a job",
       .recht = "organisationPflegen",
       .changesExisting = true},
      changer([&](Change& change, const ReorganisationZeile& row) { return reorganisation.nimmZurueck(change, row); }));
  routes.add<None, None, ReorganisationAusgabe>(
      Verb::post, "/api/reorganisationen/{id}/absagen",
      {.id = "reorganisationAbsagen",
       .tag = tag,
       .summary = "Call it off, before its day",
       .recht = "organisationPflegen",
       .changesExisting = true},
      changer([&](Change& change, const ReorganisationZeile& row) { return reorganisation.sageAb(change, row); }));
}

}  // namespace akte
