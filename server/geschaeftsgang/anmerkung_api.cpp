// Annotations: what somebody writes on a page, on a layer of its own. The file of the version stays as it is.
#include "routen.h"

namespace geschaeftsgang {
namespace {

using akte::AnmerkungZeile;
using akte::DokumentZeile;
using base::Code;
using base::fail;

struct AnmerkungNeu {
  std::int64_t seite = 1;
  std::int64_t x = 0, y = 0, breite = 0, hoehe = 0;  ///< in thousandths of the page
  base::Prose<2000, 1> text{};
};
BOOST_DESCRIBE_STRUCT(AnmerkungNeu, (), (seite, x, y, breite, hoehe, text))
struct AnmerkungWeg {
  base::Uuid anmerkung{};
};
BOOST_DESCRIBE_STRUCT(AnmerkungWeg, (), (anmerkung))

struct AnmerkungAusgabe {
  base::Uuid id{};
  std::int64_t version = 0, seite = 0, x = 0, y = 0, breite = 0, hoehe = 0;
  std::string text{};
  std::optional<PersonKurz> person{};
  base::Zeitpunkt zeit{};
  bool darf = false;  ///< whether this person may remove it
};
BOOST_DESCRIBE_STRUCT(AnmerkungAusgabe, (), (id, version, seite, x, y, breite, hoehe, text, person, zeit, darf))
struct AnmerkungListe {
  std::vector<AnmerkungAusgabe> eintraege{};
  bool anmerken = false;
};
BOOST_DESCRIBE_STRUCT(AnmerkungListe, (), (eintraege, anmerken))

/// Whoever may act in a Geschäftsgang may write in the margin of what he reads, while it is open.
Result<void> darfAnmerken(const Berechtigung& wer, const akte::DokumentMit& mit) {
  auto as = mit.gegenstand;
  if (as.stufe) as.stufe = mandant::Stufe::bearbeiten;
  return mandant::darf(wer, Recht::schrittErledigen, as);
}

AnmerkungListe all(Tx tx, const Berechtigung& wer, const akte::DokumentMit& mit) {
  AnmerkungListe out;
  out.anmerken = darfAnmerken(wer, mit).has_value();
  for (const auto& row : tx.query<AnmerkungZeile>(sql::Query::select<AnmerkungZeile>().add(
           " FROM anmerkung WHERE mandant = :mandant AND dokument = :dokument ORDER BY version_nr DESC, seite, y, id "
           "LIMIT 1000",
           wer.mandant, mit.dokument.id)))
    out.eintraege.push_back({row.uuid, row.versionNr, row.seite, row.x, row.y, row.breite, row.hoehe, row.text,
                             mandant::personKurz(tx, wer.mandant, row.person), row.zeit,
                             out.anmerken && row.person == wer.person});
  return out;
}

void about(Change& change, std::string_view aktion, const akte::DokumentMit& mit) {
  const auto& dokument = mit.dokument;
  change.about({aktion, DokumentZeile::tabelle, dokument.id, mit.vorgang ? mit.vorgang->akte.id : 0,
                dokument.vorgang.value_or(0)});
}

template <class Body, class Apply>
void addChange(http::Routes& routes, Zugang& zugang, std::string path, std::string_view id, std::string_view summary,
               Apply apply) {
  routes.add<Body, None, AnmerkungListe>(
      Verb::post, "/api/dokumente/{id}/" + std::move(path),
      {.id = id, .tag = "Geschaeftsgang", .summary = summary, .recht = "schrittErledigen", .changesExisting = true},
      [&zugang, apply](const auto& call) {
        return zugang.template change<AnmerkungListe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<AnmerkungListe> {
              AKTENLOTSE_GET(mit, akte::findDokument(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, mit.dokument.stand));
              AKTENLOTSE_TRY(darfAnmerken(wer, mit));
              AKTENLOTSE_TRY(apply(change, wer, mit, call.body));
              return all(change.tx(), wer, mit);
            });
      });
}

}  // namespace

void addAnmerkungRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, AnmerkungListe>(
      Verb::get, "/api/dokumente/{id}/anmerkungen",
      {"anmerkungen", "Geschaeftsgang", "What was written on the pages of a Dokument, newest version first"},
      [&zugang](const auto& call) {
        return zugang.read<AnmerkungListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<AnmerkungListe> {
          AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
          return all(tx, wer, mit);
        });
      });
  addChange<AnmerkungNeu>(routes, zugang, "anmerkungen", "anmerken",
                          "Write on a page of the newest version, on a layer of its own",
                          [](Change& change, const auto& wer, const auto& mit, const auto& body) -> Result<void> {
                            const auto inside = [](std::int64_t from, std::int64_t length) {
                              return from >= 0 && length >= 0 && from <= 1000 && length <= 1000 - from;
                            };
                            if (!inside(body.x, body.breite) || !inside(body.y, body.hoehe))
                              return fail(Code::EingabeUngueltig, "Die Stelle liegt nicht auf der Seite.", "x");
                            if (body.seite < 1 || body.seite > 100'000)
                              return fail(Code::EingabeUngueltig, "Diese Seite gibt es nicht.", "seite");
                            AnmerkungZeile row;
                            row.uuid = change.newUuid();
                            row.dokument = mit.dokument.id;
                            row.versionNr = mit.dokument.version;
                            row.seite = body.seite;
                            row.x = body.x;
                            row.y = body.y;
                            row.breite = body.breite;
                            row.hoehe = body.hoehe;
                            row.text = body.text.value;
                            row.person = wer.person;
                            row.zeit = change.zeit();
                            change.insert(row);
                            about(change, "anmerkung.gesetzt", mit);
                            return {};
                          });
  addChange<AnmerkungWeg>(routes, zugang, "anmerkung-entfernen", "anmerkungEntfernen", "Remove what one has written",
                          [](Change& change, const auto& wer, const auto& mit, const auto& body) -> Result<void> {
                            const auto row =
                                mandant::rowByUuid<AnmerkungZeile>(change.tx(), wer.mandant, body.anmerkung);
                            if (!row || row->dokument != mit.dokument.id) return fail(Code::NichtGefunden);
                            if (row->person != wer.person)
                              return fail(Code::NichtErlaubt, "Eine Anmerkung entfernt, wer sie geschrieben hat.");
                            change.erase(*row);
                            about(change, "anmerkung.entfernt", mit);
                            return {};
                          });
}

}  // namespace geschaeftsgang
