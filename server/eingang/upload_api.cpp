// tus 1.0 over the route table. https://tus.io/protocols/resumable-upload
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>

#include "routen.h"
#include "tus_kopf.h"
#include "uploads.h"

namespace eingang {
namespace {

using base::Code;
using base::Result;
using mandant::Zugang;

struct UploadAngabe {
  UploadZiel ziel{};
  base::Line<300> dateiname{};
  std::optional<base::Uuid> objekt{}, organisationseinheit{};
  std::optional<std::int64_t> basis{};
  std::optional<akte::Dokumentart> art{};
};
BOOST_DESCRIBE_STRUCT(UploadAngabe, (), (ziel, dateiname, objekt, organisationseinheit, basis, art))

struct UploadAusgabe {
  base::Uuid id{};
  std::string dateiname{};
  std::int64_t stelle = 0, laenge = 0;
  base::Zeitpunkt ende{};
  std::optional<base::Uuid> dokument{};
  std::optional<akte::DokumentAusgabe> ergebnis{};
};
BOOST_DESCRIBE_STRUCT(UploadAusgabe, (), (id, dateiname, stelle, laenge, ende, dokument, ergebnis))

std::optional<std::uint64_t> numberOf(const http::Request& request, std::string_view name) {
  const auto text = request.header(name);
  return text ? tusZahl(*text) : std::nullopt;
}

Result<void> checkVersion(const http::Request& request) {
  const auto version = request.header("Tus-Resumable");
  if (version && *version != "1.0.0") return base::fail(Code::AnfrageUngueltig, "Es gilt tus 1.0.0.", "Tus-Resumable");
  return {};
}

class Tus {
 public:
  Tus(akte::Schriftgut& schriftgut, const Einstellungen& einstellungen) : uploads_(schriftgut, einstellungen) {}

  template <class C>
  Result<http::Reply<UploadAusgabe>> begin(const C& call) {
    AKTENLOTSE_TRY(checkVersion(call.request));
    const auto length = numberOf(call.request, "Upload-Length");
    if (!length) return base::fail(Code::AnfrageUngueltig, "Es fehlt, wie lang die Datei ist.", "Upload-Length");
    if (*length > uploads_.maxBytes()) return base::fail(Code::ZuGross);
    const auto& wer = Zugang::who(call);
    UploadZeile neu;
    neu.ziel = call.query.ziel;
    neu.objekt = call.query.objekt;
    neu.basis = call.query.basis;
    neu.organisationseinheit = call.query.organisationseinheit;
    neu.art = call.query.art;
    neu.dateiname = call.query.dateiname.value;
    neu.laenge = static_cast<std::int64_t>(*length);
    AKTENLOTSE_GET(upload, uploads_.beginne(wer, neu));
    AKTENLOTSE_TRY(finishIfWhole(wer, upload));
    auto reply = show(upload);
    reply.headers.emplace_back("Location", "/api/uploads/" + upload.uuid.text());
    return reply;
  }

  /// Also HEAD. What was whole when a server died is made a Dokument now.
  template <class C>
  Result<http::Reply<UploadAusgabe>> state(const C& call) {
    AKTENLOTSE_TRY(checkVersion(call.request));
    const auto& wer = Zugang::who(call);
    AKTENLOTSE_GET(upload, uploads_.finde(wer, call.id));
    AKTENLOTSE_TRY(finishIfWhole(wer, upload));
    auto reply = show(upload);
    reply.headers.emplace_back("Cache-Control", "no-store");
    if (upload.dokument) reply.value.ergebnis = uploads_.ergebnis(wer, *upload.dokument);
    return reply;
  }

  template <class C>
  Result<std::unique_ptr<UploadStueck>> open(const C& call) {
    AKTENLOTSE_TRY(checkVersion(call.request));
    AKTENLOTSE_GET(upload, uploads_.finde(Zugang::who(call), call.id));
    const auto offset = numberOf(call.request, "Upload-Offset");
    if (!offset || call.request.header("Content-Type") != "application/offset+octet-stream")
      return base::fail(Code::AnfrageUngueltig, "Es fehlt, wo das Stück hingehört.", "Upload-Offset");
    if (upload.dokument) return base::fail(Code::Konflikt, "Die Datei ist schon ganz da.");
    auto stueck = uploads_.oeffne(upload);
    if (!stueck) return base::fail(Code::Konflikt, "Eine andere Anfrage sendet diese Datei gerade.");
    if (stueck->stelle() != *offset)
      return base::fail(Code::Konflikt, fmt::format("Von der Datei sind {} Bytes da.", stueck->stelle()));
    return stueck;
  }

  template <class C>
  Result<http::Reply<None>> taken(const C& call, UploadStueck& stueck) {
    const auto& wer = Zugang::who(call);
    AKTENLOTSE_GET(upload, uploads_.finde(wer, call.id));
    http::Reply<None> reply;
    if (stueck.zuViel()) {
      stueck.zurueck();
      return base::fail(Code::ZuGross, "Es kamen mehr Bytes als angekündigt.");
    }
    if (const auto checksum = call.request.header("Upload-Checksum")) {
      const auto fits = tusPasst(*checksum, stueck.sha256());
      if (!fits) return base::fail(Code::AnfrageUngueltig, "Es gilt nur sha256.", "Upload-Checksum");
      if (!*fits) {
        stueck.zurueck();
        reply.status = 460;  // the number that tus gives to it
      }
    }
    stueck.sichern();
    uploads_.lebt(upload);
    if (static_cast<std::int64_t>(stueck.stelle()) == upload.laenge)
      AKTENLOTSE_TRY(uploads_.vollende(wer, upload, stueck));
    reply.headers = fields(upload);
    return reply;
  }

  template <class C>
  Result<http::Reply<None>> end(const C& call) {
    AKTENLOTSE_TRY(checkVersion(call.request));
    AKTENLOTSE_GET(upload, uploads_.finde(Zugang::who(call), call.id));
    uploads_.verwirf(upload);
    http::Reply<None> reply;
    reply.headers.emplace_back("Tus-Resumable", "1.0.0");
    return reply;
  }

 private:
  Result<void> finishIfWhole(const Berechtigung& wer, UploadZeile& upload) {
    if (upload.dokument || static_cast<std::int64_t>(uploads_.stelle(upload)) != upload.laenge) return {};
    const auto stueck = uploads_.oeffne(upload);
    if (!stueck) return {};  // the request that brought the end is at it
    return uploads_.vollende(wer, upload, *stueck);
  }

  http::Fields fields(const UploadZeile& upload) const {
    return {{"Tus-Resumable", "1.0.0"},
            {"Tus-Version", "1.0.0"},
            {"Tus-Extension", "creation,termination,expiration,checksum"},
            {"Tus-Checksum-Algorithm", "sha256"},
            {"Tus-Max-Size", std::to_string(uploads_.maxBytes())},
            {"Upload-Offset", std::to_string(uploads_.stelle(upload))},
            {"Upload-Length", std::to_string(upload.laenge)},
            {"Upload-Expires", fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT",
                                           fmt::gmtime(static_cast<std::time_t>(upload.ende.millis() / 1000)))}};
  }

  http::Reply<UploadAusgabe> show(const UploadZeile& upload) const {
    http::Reply<UploadAusgabe> reply;
    reply.value = {upload.uuid,   upload.dateiname, static_cast<std::int64_t>(uploads_.stelle(upload)),
                   upload.laenge, upload.ende,      upload.dokument};
    reply.headers = fields(upload);
    return reply;
  }

  Uploads uploads_;
};

}  // namespace

void addUploadRoutes(http::Routes& routes, Zugang&, akte::Schriftgut& schriftgut, const Einstellungen& einstellungen) {
  const auto tus = std::make_shared<Tus>(schriftgut, einstellungen);
  routes.add<None, UploadAngabe, UploadAusgabe>(Verb::post, "/api/uploads",
                                                {.id = "uploadAnlegen",
                                                 .tag = "Upload",
                                                 .summary = "Begin a resumable upload (tus 1.0)",
                                                 .recht = "eingangErfassen",
                                                 .create = true},
                                                [tus](const auto& call) { return tus->begin(call); });
  routes.add<None, None, UploadAusgabe>(
      Verb::get, "/api/uploads/{id}",
      {"upload", "Upload", "How far an upload is (HEAD for tus), and the Dokument that it became"},
      [tus](const auto& call) { return tus->state(call); });
  routes.addUpload<None, None, UploadStueck>(
      Verb::patch, "/api/uploads/{id}",
      {.id = "uploadFortsetzen",
       .tag = "Upload",
       .summary = "Append bytes to an upload (tus 1.0)",
       .recht = "eingangErfassen"},
      [tus](const auto& call) { return tus->open(call); },
      [tus](const auto& call, UploadStueck& stueck) { return tus->taken(call, stueck); });
  routes.add<None, None, None>(
      Verb::del, "/api/uploads/{id}",
      {.id = "uploadVerwerfen", .tag = "Upload", .summary = "Give up an upload", .recht = "eingangErfassen"},
      [tus](const auto& call) { return tus->end(call); });
}

}  // namespace eingang
