// The check of the files as the administrator sees it: how far it is, and what is damaged.
#include "akte/dateipruefung.h"
#include "routen.h"

namespace akte {
namespace {

/// A Dokument that a damaged file belongs to, where the person may see it.
struct BetroffenAusgabe {
  base::Uuid id{};
  std::optional<std::string> zeichen{};
};
BOOST_DESCRIBE_STRUCT(BetroffenAusgabe, (), (id, zeichen))

struct DateischadenAusgabe {
  std::string sha256{}, schaden{};
  base::Zeitpunkt entdeckt{};
  std::optional<base::Zeitpunkt> behoben{};
  std::int64_t anzahl = 0;  ///< of the Dokumente that it belongs to
  std::vector<BetroffenAusgabe> dokumente{};
};
BOOST_DESCRIBE_STRUCT(DateischadenAusgabe, (), (sha256, schaden, entdeckt, behoben, anzahl, dokumente))

struct DateipruefungAusgabe {
  std::int64_t stunden = 0;  ///< in which all files are read once
  bool zweitspeicher = false;
  std::int64_t promille = 0;  ///< how much of this round is done
  std::int64_t gelesen = 0;   ///< files in this round
  std::optional<base::Zeitpunkt> rundeSeit{}, zuletzt{}, vollstaendig{};
  std::optional<base::Zeitpunkt> naechste{};  ///< when the next share is read; nothing where none is planned
  std::int64_t offen = 0;
  std::vector<DateischadenAusgabe> schaeden{};
};
BOOST_DESCRIBE_STRUCT(DateipruefungAusgabe, (),
                      (stunden, zweitspeicher, promille, gelesen, rundeSeit, zuletzt, vollstaendig, naechste, offen,
                       schaeden))

struct Betroffen {
  base::Uuid uuid{};
};
BOOST_DESCRIBE_STRUCT(Betroffen, (), (uuid))

DateischadenAusgabe show(Tx tx, const Berechtigung& wer, const DateischadenZeile& row) {
  constexpr std::size_t mostShown = 20;
  DateischadenAusgabe out{row.sha256, row.schaden, row.entdeckt, row.behoben, 0, {}};
  for (const auto& [uuid] : tx.query<Betroffen>(
           "SELECT DISTINCT d.uuid FROM version v JOIN dokument d ON d.mandant = v.mandant AND d.id = v.dokument WHERE "
           "v.mandant = :mandant AND (v.sha256 = :sha256 OR v.id IN (SELECT r.version FROM rendition r WHERE r.mandant "
           "= :mandant2 AND r.sha256 = :sha2)) ORDER BY d.uuid",
           wer.mandant, row.sha256, wer.mandant, row.sha256)) {
    ++out.anzahl;
    if (out.dokumente.size() >= mostShown) continue;
    if (const auto found = findDokument(tx, wer, uuid)) out.dokumente.push_back({uuid, found->dokument.zeichen});
  }
  return out;
}

DateipruefungAusgabe zeige(Tx tx, const Berechtigung& wer, const Pruefplan& plan) {
  DateipruefungAusgabe out;
  out.stunden = plan.stunden;
  out.zweitspeicher = plan.zweitspeicher;
  if (const auto row = tx.one<DateipruefungZeile>(
          sql::Query::select<DateipruefungZeile>().add(" FROM dateipruefung WHERE mandant = :mandant", wer.mandant))) {
    out.promille = row->stelle * 1000 / Dateipruefung::stellen;
    out.gelesen = row->gelesen;
    out.rundeSeit = row->rundeSeit;
    out.zuletzt = row->zuletzt;
    out.vollstaendig = row->vollstaendig;
  }
  out.naechste = jobs::naechster(tx, wer.mandant, Dateipruefung::planName);
  out.offen = tx.value<std::int64_t>("SELECT COUNT(*) FROM dateischaden WHERE mandant = :mandant AND behoben IS NULL",
                                     wer.mandant)
                  .value_or(0);
  for (const auto& row : tx.query<DateischadenZeile>(sql::Query::select<DateischadenZeile>().add(
           " FROM dateischaden WHERE mandant = :mandant ORDER BY CASE WHEN behoben IS NULL THEN 0 ELSE 1 END, entdeckt "
           "DESC, sha256 LIMIT 200",
           wer.mandant)))
    out.schaeden.push_back(show(tx, wer, row));
  return out;
}

}  // namespace

void addDateipruefungRoutes(http::Routes& routes, Zugang& zugang, Dateipruefung& pruefung) {
  routes.add<None, None, DateipruefungAusgabe>(
      Verb::get, "/api/dateipruefung",
      {.id = "dateipruefung",
       .tag = "Dateiprüfung",
       .summary = "How far the reading of all files is, and which are damaged",
       .recht = "auftragVerwalten"},
      [&](const auto& call) {
        return zugang.read<DateipruefungAusgabe>(call,
                                                 [&](Tx tx, const Berechtigung& wer) -> Result<DateipruefungAusgabe> {
                                                   return zeige(tx, wer, pruefung.plan());
                                                 });
      });
  // A job is not in the journal: nothing of legal weight hangs on it.
  routes.add<None, None, DateipruefungAusgabe>(Verb::post, "/api/dateipruefung/alles",
                                               {.id = "dateienPruefen",
                                                .tag = "Dateiprüfung",
                                                .summary = "Read all files now; a job does it",
                                                .recht = "auftragVerwalten"},
                                               [&](const auto& call) -> Result<http::Reply<DateipruefungAusgabe>> {
                                                 const auto& wer = Zugang::who(call);
                                                 const auto now = zugang.journal().clock().now();
                                                 http::Reply<DateipruefungAusgabe> reply;
                                                 zugang.journal().database().write(wer.mandant, [&](sql::WriteTx& tx) {
                                                   jobs::stelleEin(tx, wer.mandant, now,
                                                                   {.art = Dateipruefung::artName,
                                                                    .nutzlast = R"({"alles":true})",
                                                                    .schluessel = "alles",
                                                                    .person = wer.person});
                                                   reply.value = zeige(tx, wer, pruefung.plan());
                                                 });
                                                 return reply;
                                               });
}

}  // namespace akte
