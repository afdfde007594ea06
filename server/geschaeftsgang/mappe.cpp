// Umlaufmappen: made, filled and shown; they are routed as a Dokument is (geschaeftsgang_service.cpp).
#include <algorithm>

#include "routen.h"

namespace geschaeftsgang {

using akte::DokumentZeile;
using akte::MappenstueckZeile;
using akte::UmlaufmappeZeile;
using base::Code;
using base::fail;

namespace {

std::vector<MappenstueckZeile> stuecke(Tx tx, std::int64_t mandant, std::int64_t mappe) {
  return tx.query<MappenstueckZeile>(sql::Query::select<MappenstueckZeile>().add(
      " FROM mappenstueck WHERE mandant = :mandant AND umlaufmappe = :mappe ORDER BY id", mandant, mappe));
}

/// Exactly these lie in it afterwards; all of the Vorgang, and open.
Result<void> fuelle(Change& change, const Berechtigung& wer, const VorgangMit& vorgang, std::int64_t mappe,
                    const std::vector<base::Uuid>& dokumente) {
  if (dokumente.size() > 100)
    return fail(Code::EingabeUngueltig, "In eine Umlaufmappe passen 100 Dokumente.", "dokumente");
  const auto before = stuecke(change.tx(), wer.mandant, mappe);
  std::vector<std::int64_t> wanted;
  for (const auto& id : dokumente) {
    AKTENLOTSE_GET(mit, akte::findDokument(change.tx(), wer, id));
    if (mit.dokument.vorgang != vorgang.vorgang.id) return fail(Code::NichtGefunden);
    if (!mit.gegenstand.offen) return fail(mandant::geschlossenWeil(mit.gegenstand));
    if (std::ranges::find(wanted, mit.dokument.id) == wanted.end()) wanted.push_back(mit.dokument.id);
  }
  for (const auto& row : before)
    if (std::ranges::find(wanted, row.dokument) == wanted.end()) change.erase(row);
  for (const auto id : wanted)
    if (std::ranges::find(before, id, &MappenstueckZeile::dokument) == before.end()) {
      MappenstueckZeile row;
      row.umlaufmappe = mappe;
      row.dokument = id;
      change.insert(row);
    }
  return {};
}

Result<UmlaufmappeZeile> mappeOf(Tx tx, const VorgangMit& vorgang, const base::Uuid& id) {
  const auto row = mandant::rowByUuid<UmlaufmappeZeile>(tx, vorgang.vorgang.mandant, id);
  if (!row || row->vorgang != vorgang.vorgang.id) return fail(Code::NichtGefunden);
  return *row;
}

struct MappeNeu {
  base::Line<300> titel{};
  std::vector<base::Uuid> dokumente{};
};
BOOST_DESCRIBE_STRUCT(MappeNeu, (), (titel, dokumente))
struct MappeFuellen {
  base::Uuid umlaufmappe{};
  std::vector<base::Uuid> dokumente{};
};
BOOST_DESCRIBE_STRUCT(MappeFuellen, (), (umlaufmappe, dokumente))

struct UmlaufmappeAusgabe {
  base::Uuid id{};
  std::string titel{};
  std::optional<PersonKurz> ersteller{};
  base::Zeitpunkt angelegt{};
  std::vector<Verweis> dokumente{};  ///< those that this person may see
  bool unterwegs = false;            ///< a slip of it runs, or has run: its content stays as it is
  bool darf = false;                 ///< whether this person may fill and route it
};
BOOST_DESCRIBE_STRUCT(UmlaufmappeAusgabe, (), (id, titel, ersteller, angelegt, dokumente, unterwegs, darf))
struct UmlaufmappenListe {
  std::vector<UmlaufmappeAusgabe> eintraege{};
  bool anlegen = false;
};
BOOST_DESCRIBE_STRUCT(UmlaufmappenListe, (), (eintraege, anlegen))

bool routed(Tx tx, const UmlaufmappeZeile& row) {
  return tx
      .value<std::int64_t>("SELECT id FROM laufweg WHERE mandant = :mandant AND umlaufmappe = :mappe LIMIT 1",
                           row.mandant, row.id)
      .has_value();
}

UmlaufmappenListe mappen(Tx tx, const Berechtigung& wer, const VorgangMit& vorgang) {
  UmlaufmappenListe out;
  out.anlegen = mandant::darf(wer, Recht::laufwegFuehren, vorgang.gegenstand).has_value();
  for (const auto& row : tx.query<UmlaufmappeZeile>(sql::Query::select<UmlaufmappeZeile>().add(
           " FROM umlaufmappe WHERE mandant = :mandant AND vorgang = :vorgang ORDER BY id DESC LIMIT 200", wer.mandant,
           vorgang.vorgang.id))) {
    UmlaufmappeAusgabe one{row.uuid,     row.titel, mandant::personKurz(tx, wer.mandant, row.ersteller),
                           row.angelegt, {},        routed(tx, row),
                           false};
    one.darf = out.anlegen && !one.unterwegs;
    for (const auto& stueck : stuecke(tx, wer.mandant, row.id))
      if (auto dokument = dokumentKurz(tx, wer, stueck.dokument)) one.dokumente.push_back(*std::move(dokument));
    out.eintraege.push_back(std::move(one));
  }
  return out;
}

template <class Body, class Apply>
void addChange(http::Routes& routes, Zugang& zugang, std::string path, std::string_view id, std::string_view summary,
               Apply apply) {
  routes.add<Body, None, UmlaufmappenListe>(
      Verb::post, "/api/vorgaenge/{id}/" + std::move(path),
      {.id = id, .tag = "Geschaeftsgang", .summary = summary, .recht = "laufwegFuehren", .changesExisting = true},
      [&zugang, apply](const auto& call) {
        return zugang.template change<UmlaufmappenListe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<UmlaufmappenListe> {
              AKTENLOTSE_GET(vorgang, akte::findVorgang(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, vorgang.vorgang.stand));
              AKTENLOTSE_TRY(mandant::darf(wer, Recht::laufwegFuehren, vorgang.gegenstand));
              AKTENLOTSE_TRY(apply(change, wer, vorgang, call.body));
              return mappen(change.tx(), wer, vorgang);
            });
      });
}

}  // namespace

std::vector<std::int64_t> dokumenteIn(Tx tx, std::int64_t mandant, const akte::OptId& mappe) {
  std::vector<std::int64_t> out;
  if (mappe)
    for (const auto& row : stuecke(tx, mandant, *mappe)) out.push_back(row.dokument);
  return out;
}

std::optional<std::string> mappentitel(Tx tx, std::int64_t mandant, const akte::OptId& mappe) {
  if (!mappe) return std::nullopt;
  const auto row = mandant::rowById<UmlaufmappeZeile>(tx, mandant, *mappe);
  return row ? std::optional(row->titel) : std::nullopt;
}

Result<std::int64_t> mappeFuerLaufweg(Tx tx, const VorgangMit& vorgang, const base::Uuid& id) {
  AKTENLOTSE_GET(row, mappeOf(tx, vorgang, id));
  if (routed(tx, row)) return fail(Code::Konflikt, "Diese Umlaufmappe ist oder war schon auf dem Laufweg.");
  if (stuecke(tx, row.mandant, row.id).empty())
    return fail(Code::EingabeUngueltig, "Die Umlaufmappe ist leer. Legen Sie zuerst Dokumente hinein.", "umlaufmappe");
  return row.id;
}

void addMappenRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, UmlaufmappenListe>(
      Verb::get, "/api/vorgaenge/{id}/umlaufmappen",
      {"umlaufmappen", "Geschaeftsgang", "The Umlaufmappen of a Vorgang and what lies in them, newest first"},
      [&zugang](const auto& call) {
        return zugang.read<UmlaufmappenListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<UmlaufmappenListe> {
          AKTENLOTSE_GET(vorgang, akte::findVorgang(tx, wer, call.id));
          return mappen(tx, wer, vorgang);
        });
      });
  addChange<MappeNeu>(routes, zugang, "umlaufmappen", "umlaufmappeAnlegen",
                      "Make an Umlaufmappe, with Dokumente of the Vorgang or empty",
                      [](Change& change, const auto& wer, const auto& vorgang, const auto& body) -> Result<void> {
                        UmlaufmappeZeile row;
                        row.uuid = change.newUuid();
                        row.vorgang = vorgang.vorgang.id;
                        row.titel = body.titel.value;
                        row.ersteller = wer.person;
                        row.angelegt = change.zeit();
                        change.insert(row);
                        AKTENLOTSE_TRY(fuelle(change, wer, vorgang, row.id, body.dokumente));
                        change.about({"umlaufmappe.angelegt", akte::VorgangZeile::tabelle, vorgang.vorgang.id,
                                      vorgang.akte.id, vorgang.akte.id});
                        return {};
                      });
  addChange<MappeFuellen>(routes, zugang, "umlaufmappe-fuellen", "umlaufmappeFuellen",
                          "Say what lies in an Umlaufmappe that is not on its way yet",
                          [](Change& change, const auto& wer, const auto& vorgang, const auto& body) -> Result<void> {
                            AKTENLOTSE_GET(row, mappeOf(change.tx(), vorgang, body.umlaufmappe));
                            if (routed(change.tx(), row))
                              return fail(Code::Konflikt,
                                          "Diese Umlaufmappe ist auf dem Laufweg; ihr Inhalt bleibt, wie er ist.");
                            AKTENLOTSE_TRY(fuelle(change, wer, vorgang, row.id, body.dokumente));
                            change.about({"umlaufmappe.gefuellt", akte::VorgangZeile::tabelle, vorgang.vorgang.id,
                                          vorgang.akte.id, vorgang.akte.id});
                            return {};
                          });
}

}  // namespace geschaeftsgang
