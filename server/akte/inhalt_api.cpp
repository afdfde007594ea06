// The bytes and the text of versions.
#include <fmt/format.h>

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

Result<VersionZeile> findVersion(Tx tx, const Berechtigung& wer, const base::Uuid& uuid, std::int64_t nr) {
  AKTENLOTSE_GET(mit, findDokument(tx, wer, uuid));
  const auto version = tx.one<VersionZeile>(sql::Query::select<VersionZeile>().add(
      " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", wer.mandant, mit.dokument.id,
      nr));
  if (!version) return base::fail(base::Code::NichtGefunden);
  return *version;
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

}  // namespace

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
}

}  // namespace akte
