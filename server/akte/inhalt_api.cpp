// The bytes and the text of versions.
#include <fmt/format.h>

#include "akte/pruefung.h"
#include "akte/renditionen.h"
#include "akte/schutz.h"
#include "http/range.h"
#include "routen.h"

namespace akte {
namespace {

struct InhaltAngaben {
  std::optional<bool> herunterladen{};
};
BOOST_DESCRIBE_STRUCT(InhaltAngaben, (), (herunterladen))

struct TextAusgabe {
  std::string text{};
  std::vector<std::string> seiten{};
};
BOOST_DESCRIBE_STRUCT(TextAusgabe, (), (text, seiten))

/// What browsers may show in place; everything else is handed over as a file, so that no document can act in our
/// origin.
bool showsInPlace(std::string_view mime) {
  return mime == "application/pdf" || mime == "image/png" || mime == "image/jpeg" || mime == "text/plain";
}

}  // namespace

Result<VersionZeile> findVersion(Tx tx, const Berechtigung& wer, const base::Uuid& uuid, std::int64_t nr) {
  AKTENLOTSE_GET(mit, findDokument(tx, wer, uuid));
  const auto version = tx.one<VersionZeile>(sql::Query::select<VersionZeile>().add(
      " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", wer.mandant, mit.dokument.id,
      nr));
  if (!version) return base::fail(base::Code::NichtGefunden);
  return *version;
}

Result<http::Response> dateiAntwort(const blob::Store& blobs, const http::Request& request,
                                    const Dateibeschreibung& datei) {
  const auto opened = blobs.need(datei.sha256);
  if (datei.groesse && static_cast<std::uint64_t>(*datei.groesse) != opened.size)
    throw base::Failure("blob has another size than its row says: " + datei.sha256, base::Code::InhaltBeschaedigt);
  const bool inPlace = !datei.herunterladen && showsInPlace(datei.mime);
  const std::string mime = datei.mime == "text/plain" ? "text/plain; charset=utf-8"
                           : inPlace                  ? datei.mime
                                                      : "application/octet-stream";
  const auto read = [opened](std::uint64_t offset, std::size_t length) { return opened.read(offset, length); };
  AKTENLOTSE_GET(response, http::fileResponse(request, http::FileSlice(read, 0, opened.size), datei.sha256, mime));
  response.set("Content-Disposition", fmt::format("{}; filename*=UTF-8''{}", inPlace ? "inline" : "attachment",
                                                  base::percentEncode(datei.dateiname)));
  response.set("Cache-Control", "private, no-cache");
  response.set("Content-Security-Policy", "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'self'");
  response.set("X-Content-Type-Options", "nosniff");
  return std::move(response);
}

void addInhaltRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  routes.addRaw<InhaltAngaben>(
      Verb::get, "/api/dokumente/{id}/versionen/{nr}/inhalt",
      {.id = "versionInhalt",
       .tag = "Dokument",
       .summary = "The bytes of a version, whole or in part",
       .produces = "*/*",
       .file = true},
      [&](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        Einsicht einsicht(zugang.journal());
        AKTENLOTSE_GET(version, zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<VersionZeile> {
          AKTENLOTSE_GET(found, findVersion(tx, wer, call.id, call.nr));
          AKTENLOTSE_TRY(frei(tx, wer.mandant, found.id));
          einsicht.merke(tx, wer, found);
          return found;
        }));
        einsicht.halteFest();
        return dateiAntwort(schriftgut.blobs(), call.request,
                            {version.sha256, version.mime, version.dateiname, call.query.herunterladen.value_or(false),
                             version.groesse});
      });
  routes.add<None, None, TextAusgabe>(
      Verb::get, "/api/dokumente/{id}/versionen/{nr}/text",
      {"versionText", "Dokument", "The text that was read in a version, by page"}, [&](const auto& call) {
        Einsicht einsicht(zugang.journal());
        auto reply = zugang.read<TextAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<TextAusgabe> {
          AKTENLOTSE_GET(version, findVersion(tx, wer, call.id, call.nr));
          einsicht.merke(tx, wer, version);
          const auto text = tx.value<std::string>(
              "SELECT text FROM volltext WHERE mandant = :mandant AND version = :version", wer.mandant, version.id);
          TextAusgabe out{text.value_or(""), {}};
          out.seiten = seitenVon(out.text);
          return out;
        });
        einsicht.halteFest();
        return reply;
      });
}

}  // namespace akte
