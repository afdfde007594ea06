// Redacted copies and Akteneinsicht.
#include <fmt/format.h>

#include "akte/schutz.h"
#include "routen.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;
using mandant::rowById;

struct SchwaerzungAusgabe {
  std::int64_t nr = 0, version = 0;
  OptId seiten{}, groesse{};  ///< once it is made
  std::string bezeichnung{}, grund{};
  std::optional<PersonKurz> person{};
  base::Zeitpunkt zeit{};
  AuftragKurz auftrag{};
};
BOOST_DESCRIBE_STRUCT(SchwaerzungAusgabe, (), (nr, version, seiten, groesse, bezeichnung, grund, person, zeit, auftrag))
struct SchwaerzungListe {
  std::vector<SchwaerzungAusgabe> eintraege{};  ///< newest first
};
BOOST_DESCRIBE_STRUCT(SchwaerzungListe, (), (eintraege))

struct TeilAusgabe {
  std::string betreff{};
  OptText weggelassen{};
  bool geschwaerzt = false;
};
BOOST_DESCRIBE_STRUCT(TeilAusgabe, (), (betreff, weggelassen, geschwaerzt))
struct EinsichtAusgabe {
  std::int64_t nr = 0;
  std::string antragsteller{}, grundlage{};
  bool metadaten = false;
  std::optional<PersonKurz> person{};
  base::Zeitpunkt zeit{};
  OptId seiten{}, groesse{};  ///< once it is made
  AuftragKurz auftrag{};
  std::vector<TeilAusgabe> teile{};
};
BOOST_DESCRIBE_STRUCT(EinsichtAusgabe, (),
                      (nr, antragsteller, grundlage, metadaten, person, zeit, seiten, groesse, auftrag, teile))
/// What one may choose from.
struct WahlAusgabe {
  base::Uuid dokument{};
  OptText zeichen{};
  std::string betreff{};
  bool anlage = false;
  std::vector<SchwaerzungAusgabe> schwaerzungen{};  ///< of the newest version
};
BOOST_DESCRIBE_STRUCT(WahlAusgabe, (), (dokument, zeichen, betreff, anlage, schwaerzungen))
struct EinsichtListe {
  std::int64_t stand = 0;
  std::vector<EinsichtAusgabe> eintraege{};  ///< newest first
  std::vector<WahlAusgabe> inhalt{};
  bool darf = false;
};
BOOST_DESCRIBE_STRUCT(EinsichtListe, (), (stand, eintraege, inhalt, darf))

SchwaerzungAusgabe show(Tx tx, const SchwaerzungZeile& row, const std::vector<jobs::AuftragZeile>& rows) {
  return {row.nr,
          rowById<VersionZeile>(tx, row.mandant, row.version).value().nr,
          row.seiten,
          row.groesse,
          row.bezeichnung,
          row.grund,
          mandant::personKurz(tx, row.mandant, row.person),
          row.zeit,
          row.sha256 ? AuftragKurz{} : auftragOf(rows, auftragSchwaerzung, base::toJson(SchwaerzungAuftrag{row.id}))};
}

SchwaerzungListe schwaerzungen(Tx tx, const DokumentZeile& dokument) {
  SchwaerzungListe out;
  const auto rows = jobs::liste(tx, dokument.mandant, {.objekt = dokument.uuid});
  for (const auto& row : tx.query<SchwaerzungZeile>(sql::Query::select<SchwaerzungZeile>().add(
           " FROM schwaerzung WHERE mandant = :mandant AND dokument = :dokument ORDER BY nr DESC", dokument.mandant,
           dokument.id)))
    out.eintraege.push_back(show(tx, row, rows));
  return out;
}

template <class Mit>
Einsichtsobjekt einsichtsobjektOf(const Mit& mit) {
  if constexpr (requires { mit.vorgang.zeichen; })
    return {mit.akte, mit.vorgang, mit.gegenstand};
  else
    return {mit.akte, {}, mit.gegenstand};
}
std::int64_t standOf(const Einsichtsobjekt& objekt) {
  return objekt.vorgang ? objekt.vorgang->stand : objekt.akte.stand;
}

sql::Query einsichtenOf(const Einsichtsobjekt& objekt) {
  auto query = sql::Query::select<AkteneinsichtZeile>();
  query.add(" FROM akteneinsicht WHERE mandant = :mandant AND akte = :akte", objekt.akte.mandant, objekt.akte.id);
  if (objekt.vorgang)
    query.add(" AND vorgang = :vorgang", objekt.vorgang->id);
  else
    query.add(" AND vorgang IS NULL");
  return query;
}

/// Whether the person reads all that lies in it: the condition of seeing what was handed over, too.
bool readsAll(Tx tx, const Berechtigung& wer, const AkteneinsichtZeile& row) {
  for (const auto& teil : tx.query<akte::AkteneinsichtTeilZeile>(sql::Query::select<akte::AkteneinsichtTeilZeile>().add(
           " FROM akteneinsicht_teil WHERE mandant = :mandant AND akteneinsicht = :id", wer.mandant, row.id)))
    if (!mandant::stufeFor(tx, wer, rowById<DokumentZeile>(tx, wer.mandant, teil.dokument).value().zugriff))
      return false;
  return true;
}

EinsichtAusgabe show(Tx tx, const Berechtigung& wer, const AkteneinsichtZeile& row,
                     const std::vector<jobs::AuftragZeile>& rows) {
  EinsichtAusgabe out{row.nr,
                      row.antragsteller,
                      row.grundlage,
                      row.metadaten,
                      mandant::personKurz(tx, wer.mandant, row.person),
                      row.zeit,
                      row.seiten,
                      row.groesse,
                      {},
                      {}};
  if (!row.sha256) out.auftrag = auftragOf(rows, auftragAkteneinsicht, base::toJson(AkteneinsichtAuftrag{row.id}));
  for (const auto& teil : tx.query<akte::AkteneinsichtTeilZeile>(sql::Query::select<akte::AkteneinsichtTeilZeile>().add(
           " FROM akteneinsicht_teil WHERE mandant = :mandant AND akteneinsicht = :id ORDER BY platz", wer.mandant,
           row.id)))
    out.teile.push_back({rowById<DokumentZeile>(tx, wer.mandant, teil.dokument).value().betreff, teil.weggelassen,
                         teil.schwaerzung.has_value()});
  return out;
}

EinsichtListe liste(Tx tx, const Berechtigung& wer, const Einsichtsobjekt& objekt) {
  EinsichtListe out;
  out.stand = standOf(objekt);
  const auto rows = jobs::liste(tx, wer.mandant, {.objekt = objekt.vorgang ? objekt.vorgang->uuid : objekt.akte.uuid});
  for (const auto& row : tx.query<AkteneinsichtZeile>(einsichtenOf(objekt).add(" ORDER BY nr DESC")))
    if (readsAll(tx, wer, row)) out.eintraege.push_back(show(tx, wer, row, rows));
  auto query = sql::Query::select<DokumentZeile>("d");
  query.add(
      " FROM dokument d JOIN vorgang v ON v.mandant = d.mandant AND v.id = d.vorgang WHERE d.mandant = :mandant AND "
      "v.akte = :akte",
      wer.mandant, objekt.akte.id);
  if (objekt.vorgang) query.add(" AND (v.id = :vorgang OR v.ueber = :ueber)", objekt.vorgang->id, objekt.vorgang->id);
  query.add(" AND ").add(mandant::sichtbar("d.zugriff", wer)).add(" ORDER BY v.id, COALESCE(d.ueber, d.id), d.id");
  for (const auto& d : tx.query<DokumentZeile>(query)) {
    WahlAusgabe one{d.uuid, d.zeichen, d.betreff, d.ueber.has_value(), {}};
    for (auto& s : schwaerzungen(tx, d).eintraege)
      if (s.version == d.version && s.seiten) one.schwaerzungen.push_back(std::move(s));
    out.inhalt.push_back(std::move(one));
  }
  out.darf =
      mandant::darf(wer, objekt.vorgang ? Recht::vorgangAendern : Recht::akteAendern, {objekt.gegenstand.stufe, true})
          .has_value();
  return out;
}

/// The same three routes of Akten and Vorgänge.
template <class Find>
void addFor(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei, const std::string& pfad, std::string_view recht,
            const std::array<std::string_view, 3>& ids, Find find) {
  routes.add<None, None, EinsichtListe>(
      Verb::get, pfad, {ids[0], "Schreiben", "What was handed over for inspection, and what one may choose from"},
      [&zugang, find](const auto& call) {
        return zugang.template read<EinsichtListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<EinsichtListe> {
          AKTENLOTSE_GET(mit, find(tx, wer, call.id));
          return liste(tx, wer, einsichtsobjektOf(mit));
        });
      });
  routes.add<AkteneinsichtNeu, None, EinsichtListe>(
      Verb::post, pfad,
      {.id = ids[1],
       .tag = "Schreiben",
       .summary = "Put it together as one PDF with contents, page numbers and what was left out",
       .recht = recht,
       .changesExisting = true},
      [&zugang, &kanzlei, find](const auto& call) {
        return zugang.template change<EinsichtListe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<EinsichtListe> {
              AKTENLOTSE_GET(mit, find(change.tx(), wer, call.id));
              const auto objekt = einsichtsobjektOf(mit);
              AKTENLOTSE_TRY(mandant::checkStand(call, standOf(objekt)));
              AKTENLOTSE_TRY(kanzlei.bestelleEinsicht(change, wer, objekt, call.body));
              return liste(change.tx(), wer, objekt);
            });
      });
  routes.addRaw<None>(
      Verb::get, pfad + "/{nr}",
      {.id = ids[2], .tag = "Schreiben", .summary = "The PDF that was handed over", .produces = "*/*", .file = true},
      [&zugang, &kanzlei, find](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        akte::Einsicht einsicht(zugang.journal());
        AKTENLOTSE_GET(
            datei, zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<akte::Dateibeschreibung> {
              AKTENLOTSE_GET(mit, find(tx, wer, call.id));
              einsicht.merke(tx, wer, mit);
              const auto row =
                  tx.one<AkteneinsichtZeile>(einsichtenOf(einsichtsobjektOf(mit)).add(" AND nr = :nr", call.nr));
              if (!row || !row->sha256 || !readsAll(tx, wer, *row)) return nochNicht();
              return akte::Dateibeschreibung{*row->sha256, "application/pdf",
                                             fmt::format("Akteneinsicht-{}.pdf", row->nr), false};
            }));
        einsicht.halteFest();
        return akte::dateiAntwort(kanzlei.schriftgut().blobs(), call.request, datei);
      });
}

void addSchwaerzungen(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei) {
  routes.add<None, None, SchwaerzungListe>(
      Verb::get, "/api/dokumente/{id}/schwaerzungen", {"schwaerzungen", "Schreiben", "Redacted copies of a Dokument"},
      [&](const auto& call) {
        return zugang.read<SchwaerzungListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<SchwaerzungListe> {
          AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
          return schwaerzungen(tx, mit.dokument);
        });
      });
  routes.add<SchwaerzungNeu, None, SchwaerzungListe>(
      Verb::post, "/api/dokumente/{id}/schwaerzungen",
      {.id = "dokumentSchwaerzen",
       .tag = "Schreiben",
       .summary = "Ask for a copy without what lies under the boxes; the Dokument stays as it is",
       .recht = "dokumentAendern",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.template change<SchwaerzungListe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<SchwaerzungListe> {
              AKTENLOTSE_GET(mit, akte::findDokument(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, mit.dokument.stand));
              AKTENLOTSE_TRY(kanzlei.bestelleSchwaerzung(change, wer, mit, call.body));
              return schwaerzungen(change.tx(), mit.dokument);
            });
      });
  routes.addRaw<None>(
      Verb::get, "/api/dokumente/{id}/schwaerzungen/{nr}",
      {.id = "schwaerzung", .tag = "Schreiben", .summary = "A redacted copy", .produces = "*/*", .file = true},
      [&](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        AKTENLOTSE_GET(
            datei, zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<akte::Dateibeschreibung> {
              AKTENLOTSE_GET(mit, akte::findDokument(tx, wer, call.id));
              const auto row = tx.one<SchwaerzungZeile>(sql::Query::select<SchwaerzungZeile>().add(
                  " FROM schwaerzung WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", wer.mandant,
                  mit.dokument.id, call.nr));
              if (!row || !row->sha256) return nochNicht();
              return akte::Dateibeschreibung{*row->sha256, "application/pdf", row->bezeichnung + ".pdf", false};
            }));
        return akte::dateiAntwort(kanzlei.schriftgut().blobs(), call.request, datei);
      });
}

}  // namespace

void addEinsichtRoutes(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei) {
  addSchwaerzungen(routes, zugang, kanzlei);
  addFor(routes, zugang, kanzlei, "/api/akten/{id}/akteneinsichten", "akteAendern",
         {"akteEinsichten", "akteEinsichtAnlegen", "akteEinsicht"}, &akte::findAkte);
  addFor(routes, zugang, kanzlei, "/api/vorgaenge/{id}/akteneinsichten", "vorgangAendern",
         {"vorgangEinsichten", "vorgangEinsichtAnlegen", "vorgangEinsicht"}, &akte::findVorgang);
}

}  // namespace schreiben
