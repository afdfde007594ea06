#include <fmt/format.h>

#include "akte/ausgabe.h"
#include "http/range.h"

namespace akte {
namespace {

using base::Result;
using http::None;
using http::Verb;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

struct InhaltAngaben {
  std::optional<bool> herunterladen{};
};
BOOST_DESCRIBE_STRUCT(InhaltAngaben, (), (herunterladen))

struct TextAusgabe {
  std::string text{};
  std::vector<std::string> seiten{};
};
BOOST_DESCRIBE_STRUCT(TextAusgabe, (), (text, seiten))

Result<VersionZeile> findVersion(Tx tx, const Berechtigung& wer, const base::Uuid& uuid, std::int64_t nr) {
  AKTENLOTSE_GET(mit, findDokument(tx, wer, uuid));
  const auto version = tx.one<VersionZeile>(sql::Query::select<VersionZeile>().add(
      " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", wer.mandant, mit.dokument.id,
      nr));
  if (!version) return base::fail(base::Code::NichtGefunden);
  return *version;
}

Result<DokumentAusgabe> load(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  AKTENLOTSE_GET(mit, findDokument(tx, wer, uuid));
  return show(tx, wer, mit);
}

/// What browsers may show in place; everything else is handed over as a file, so that no document can act in our
/// origin.
bool showsInPlace(std::string_view mime) {
  return mime == "application/pdf" || mime == "image/png" || mime == "image/jpeg" || mime == "text/plain";
}

Result<http::Response> inhalt(Schriftgut& schriftgut, const VersionZeile& version, const http::Request& request,
                              bool download) {
  auto opened = schriftgut.blobs().open(version.sha256);
  if (!opened) throw base::Failure("blob is missing: " + version.sha256);
  const bool inPlace = !download && showsInPlace(version.mime);
  const std::string mime = version.mime == "text/plain" ? "text/plain; charset=utf-8"
                           : inPlace                    ? version.mime
                                                        : "application/octet-stream";
  const auto size = opened->size;
  AKTENLOTSE_GET(response,
                 http::fileResponse(request, http::FileSlice(opened->file.release(), 0, size), version.sha256, mime));
  response.set("Content-Disposition", fmt::format("{}; filename*=UTF-8''{}", inPlace ? "inline" : "attachment",
                                                  base::percentEncode(version.dateiname)));
  response.set("Cache-Control", "private, no-cache");
  response.set("Content-Security-Policy", "sandbox; default-src 'none'");
  response.set("X-Content-Type-Options", "nosniff");
  return std::move(response);
}

std::vector<std::string> pagesOf(const std::string& text) {
  std::vector<std::string> pages(1);
  for (const char c : text) {
    if (c == '\f')
      pages.emplace_back();
    else
      pages.back().push_back(c);
  }
  return pages;
}

/// An upload route: `check` runs before the bytes come, `make` after they are safe, in one transaction with the
/// journal.
template <class Check, class Make>
void addUpload(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut, std::string pattern,
               const http::RouteInfo& info, Check check, Make make) {
  routes.addUpload<UploadAngaben, DokumentAusgabe, DateiSink>(
      Verb::post, std::move(pattern), info,
      [&zugang, &schriftgut, check](const auto& call) -> Result<std::unique_ptr<DateiSink>> {
        const auto& wer = Zugang::who(call);
        AKTENLOTSE_TRY(
            zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<void> { return check(tx, wer, call); }));
        return std::make_unique<DateiSink>(schriftgut.blobs());
      },
      [&zugang, &schriftgut, make](const auto& call, DateiSink& sink) {
        const auto datei = schriftgut.einlagern(sink.writer(), call.query.dateiname.value);
        return zugang.create<DokumentAusgabe>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, make(change, wer, call, datei));
              return row.uuid;
            },
            [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<DokumentAusgabe> {
              // What one has just handed in is shown even where it went out of one's own reach.
              auto mit = findDokument(tx, wer, uuid);
              if (mit) return show(tx, wer, *mit);
              return show(tx, wer,
                          DokumentMit{mandant::rowByUuid<DokumentZeile>(tx, wer.mandant, uuid).value(), {}, {}});
            });
      });
}

void addUploads(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  addUpload(
      routes, zugang, schriftgut, "/api/posteingang",
      {.id = "eingangErfassen",
       .tag = "Posteingang",
       .summary = "Put a file into the Posteingang",
       .recht = "eingangErfassen",
       .create = true},
      [](Tx, const Berechtigung&, const auto&) -> Result<void> { return {}; },
      [&](Change& change, const Berechtigung& wer, const auto& call, const Datei& datei) {
        return schriftgut.createEingang(change, wer, call.query.organisationseinheit, datei, {.art = call.query.art});
      });
  addUpload(
      routes, zugang, schriftgut, "/api/vorgaenge/{id}/dokumente",
      {.id = "dokumentAnlegen",
       .tag = "Dokument",
       .summary = "Put a file into a Vorgang",
       .recht = "dokumentAnlegen",
       .create = true},
      [](Tx tx, const Berechtigung& wer, const auto& call) -> Result<void> {
        AKTENLOTSE_GET(vorgang, findVorgang(tx, wer, call.id));
        return mandant::darf(wer, Recht::dokumentAnlegen, vorgang.gegenstand);
      },
      [&](Change& change, const Berechtigung& wer, const auto& call, const Datei& datei) {
        return schriftgut.createDokument(change, wer, call.id, datei, {.art = call.query.art});
      });
  addUpload(
      routes, zugang, schriftgut, "/api/dokumente/{id}/versionen",
      {.id = "versionAnlegen",
       .tag = "Dokument",
       .summary = "Add a version; what two people save at once is kept from both",
       .recht = "dokumentAendern",
       .create = true},
      [](Tx tx, const Berechtigung& wer, const auto& call) -> Result<void> {
        AKTENLOTSE_GET(dokument, findDokument(tx, wer, call.id));
        return mandant::darf(wer, Recht::dokumentAendern, dokument.gegenstand);
      },
      [&](Change& change, const Berechtigung& wer, const auto& call, const Datei& datei) -> Result<DokumentZeile> {
        AKTENLOTSE_GET(dokument, findDokument(change.tx(), wer, call.id));
        return schriftgut.addVersion(change, wer, dokument, datei, call.query.basis);
      });
  addUpload(
      routes, zugang, schriftgut, "/api/dokumente/{id}/anlagen",
      {.id = "anlageAnlegen",
       .tag = "Dokument",
       .summary = "Add an Anlage to a Dokument",
       .recht = "dokumentAnlegen",
       .create = true},
      [](Tx tx, const Berechtigung& wer, const auto& call) -> Result<void> {
        AKTENLOTSE_GET(dokument, findDokument(tx, wer, call.id));
        return mandant::darf(wer, Recht::dokumentAnlegen, dokument.gegenstand);
      },
      [&](Change& change, const Berechtigung& wer, const auto& call, const Datei& datei) -> Result<DokumentZeile> {
        AKTENLOTSE_GET(dokument, findDokument(change.tx(), wer, call.id));
        return schriftgut.createAnlage(change, wer, dokument, datei);
      });
}

void addChanges(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  const auto add = [&]<class Body>(Verb verb, std::string pattern, const http::RouteInfo& info,
                                   std::type_identity<Body>, auto apply) {
    routes.add<Body, None, DokumentAusgabe>(verb, std::move(pattern), info, [&zugang, apply](const auto& call) {
      return zugang.change<DokumentAusgabe>(call,
                                            [&](Change& change, const Berechtigung& wer) -> Result<DokumentAusgabe> {
                                              AKTENLOTSE_GET(before, findDokument(change.tx(), wer, call.id));
                                              AKTENLOTSE_TRY(mandant::checkStand(call, before.dokument.stand));
                                              AKTENLOTSE_GET(after, apply(change, wer, before, call));
                                              return load(change.tx(), wer, after.uuid);
                                            });
    });
  };
  add(Verb::patch, "/api/dokumente/{id}",
      {.id = "dokumentAendern",
       .tag = "Dokument",
       .summary = "Change a Dokument's metadata",
       .recht = "dokumentAendern",
       .changesExisting = true},
      std::type_identity<DokumentAendern>{},
      [&](Change& c, const Berechtigung& wer, const DokumentMit& before, const auto& call) {
        return schriftgut.changeDokument(c, wer, before, call.body);
      });
  add(Verb::post, "/api/dokumente/{id}/ablegen",
      {.id = "dokumentAblegen",
       .tag = "Dokument",
       .summary = "File a Dokument into a Vorgang, or move it there",
       .recht = "eingangAblegen",
       .changesExisting = true},
      std::type_identity<DokumentAblegen>{},
      [&](Change& c, const Berechtigung& wer, const DokumentMit& before, const auto& call) {
        return schriftgut.ablegen(c, wer, before, call.body);
      });
  add(Verb::post, "/api/dokumente/{id}/zurueck-in-posteingang",
      {.id = "dokumentZurueck",
       .tag = "Dokument",
       .summary = "Take back the filing: into the Posteingang",
       .recht = "eingangAblegen",
       .changesExisting = true},
      std::type_identity<None>{}, [&](Change& c, const Berechtigung& wer, const DokumentMit& before, const auto&) {
        return schriftgut.zurueck(c, wer, before);
      });
}

}  // namespace

void addDokumentRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.add<None, None, DokumentAusgabe>(
      Verb::get, "/api/dokumente/{id}", {"dokument", "Dokument", "One Dokument with its versions"},
      [&](const auto& call) {
        return zugang.read<DokumentAusgabe>(call,
                                            [&](Tx tx, const Berechtigung& wer) { return load(tx, wer, call.id); });
      });
  routes.addRaw<InhaltAngaben>(
      Verb::get, "/api/dokumente/{id}/versionen/{nr}/inhalt",
      {.id = "versionInhalt",
       .tag = "Dokument",
       .summary = "The bytes of a version, whole or in part",
       .produces = "application/octet-stream"},
      [&](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        AKTENLOTSE_GET(version, zugang.journal().database().read(
                                    wer.mandant, [&](Tx tx) { return findVersion(tx, wer, call.id, call.nr); }));
        return inhalt(schriftgut, version, call.request, call.query.herunterladen.value_or(false));
      });
  routes.add<None, None, TextAusgabe>(
      Verb::get, "/api/dokumente/{id}/versionen/{nr}/text",
      {"versionText", "Dokument", "The text that was read in a version, by page"}, [&](const auto& call) {
        return zugang.read<TextAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<TextAusgabe> {
          AKTENLOTSE_GET(version, findVersion(tx, wer, call.id, call.nr));
          const auto text = tx.value<std::string>(
              "SELECT text FROM volltext WHERE mandant = :mandant AND version = :version", wer.mandant, version.id);
          TextAusgabe out{text.value_or(""), {}};
          out.seiten = pagesOf(out.text);
          return out;
        });
      });
  routes.add<None, Seite, EingangListe>(
      Verb::get, "/api/posteingang", {"posteingang", "Posteingang", "What waits to be filed, oldest first"},
      [&](const auto& call) {
        return zugang.read<EingangListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<EingangListe> {
          AKTENLOTSE_GET(limit, limitOf(call.query.limit));
          AKTENLOTSE_GET(after, cursorOf(call.query.nach));
          auto rows = sql::Query::select<DokumentZeile>("d");
          sql::Query where(" FROM dokument d WHERE d.mandant = :mandant AND d.vorgang IS NULL AND d.ueber IS NULL AND ",
                           wer.mandant);
          where.add(mandant::sichtbar("d.zugriff", wer));
          rows.add(where).add(" AND d.id > :nach ORDER BY d.id LIMIT :grenze", after, limit + 1);
          EingangListe out;
          auto found = tx.query<DokumentZeile>(rows);
          if (static_cast<std::int64_t>(found.size()) > limit) {
            found.pop_back();
            out.nach = std::to_string(found.back().id);
          }
          for (const auto& row : found) {
            EingangAusgabe entry;
            static_cast<DokumentKurz&>(entry) = showKurz(tx, wer, row);
            const auto oe =
                mandant::rowById<mandant::OrganisationseinheitZeile>(tx, wer.mandant, row.organisationseinheit).value();
            entry.organisationseinheit = {oe.uuid, oe.kurzzeichen, oe.bezeichnung};
            entry.kanal = row.kanal;
            out.eintraege.push_back(std::move(entry));
          }
          sql::Query count("SELECT COUNT(*)");
          out.anzahl = tx.value<std::int64_t>(count.add(where)).value();
          return out;
        });
      });
  addUploads(routes, zugang, schriftgut);
  addChanges(routes, zugang, schriftgut);
}

}  // namespace akte
