#include "routen.h"

namespace akte {
namespace {

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
              auto mit = findDokument(tx, wer, uuid);
              if (mit) return show(tx, wer, *mit);
              // What one has just handed in is shown even where it went out of one's own reach; not so, when the
              // request is repeated, what others have made of it since.
              const auto row = mandant::rowByUuid<DokumentZeile>(tx, wer.mandant, uuid).value();
              if (row.stand > 1) return base::fail(base::Code::NichtGefunden);
              return show(tx, wer, DokumentMit{row, {}, {}});
            },
            datei.ref.sha256);
      });
}

DokumentNeu neuAus(const UploadAngaben& angaben) {
  DokumentNeu out{.art = angaben.art};
  if (angaben.geraet) {
    out.kanal = Kanal::scan;
    out.geraet = angaben.geraet->value;
  }
  return out;
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
        return schriftgut.createEingang(change, wer, call.query.organisationseinheit, datei, neuAus(call.query));
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
        return schriftgut.createDokument(change, wer, call.id, datei, neuAus(call.query));
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
        return schriftgut.addVersion(
            change, wer, dokument, datei, call.query.basis,
            {call.query.anlass.value_or(Anlass::hochgeladen), call.query.neben.value_or(false)});
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

}  // namespace

void addDokumentRoutes(http::Routes& routes, Zugang& zugang, Schriftgut& schriftgut) {
  Routen<DokumentAusgabe, decltype(&findDokument)> dokument(routes, zugang, "Dokument", &findDokument);
  dokument.one("/api/dokumente/{id}", {"dokument", "One Dokument with its versions"});
  dokument.change<DokumentAendern>(Verb::patch, "/api/dokumente/{id}",
                                   {"dokumentAendern", "Change a Dokument's metadata", "dokumentAendern"},
                                   [&](Change& c, const auto& wer, const auto& before, const auto& body) {
                                     return schriftgut.changeDokument(c, wer, before, body);
                                   });
  dokument.change<ZugriffSetzen>(
      Verb::put, "/api/dokumente/{id}/zugriff",
      {"dokumentZugriff", "Narrow or widen who reaches the Dokument and its Anlagen", "zugriffSetzen"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return schriftgut.setZugriff(c, wer, before, body);
      });
  dokument.change<DokumentAblegen>(
      Verb::post, "/api/dokumente/{id}/ablegen",
      {"dokumentAblegen", "File a Dokument into a Vorgang, or move it there", "eingangAblegen"},
      [&](Change& c, const auto& wer, const auto& before, const auto& body) {
        return schriftgut.ablegen(c, wer, before, body);
      });
  dokument.change<None>(
      Verb::post, "/api/dokumente/{id}/zurueck-in-posteingang",
      {"dokumentZurueck", "Take back the filing: into the Posteingang", "eingangAblegen"},
      [&](Change& c, const auto& wer, const auto& before, const None&) { return schriftgut.zurueck(c, wer, before); });
  routes.add<None, None, DokumentAusgabe>(
      Verb::post, "/api/dokumente/{id}/versionen/{nr}/wiederherstellen",
      {.id = "versionWiederherstellen",
       .tag = "Dokument",
       .summary = "Make an earlier version the newest",
       .recht = "dokumentAendern",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<DokumentAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<DokumentAusgabe> {
              AKTENLOTSE_GET(before, findDokument(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, before.dokument.stand));
              AKTENLOTSE_GET(after, schriftgut.restoreVersion(change, wer, before, call.nr));
              AKTENLOTSE_GET(mit, findDokument(change.tx(), wer, after.uuid));
              return show(change.tx(), wer, mit);
            });
      });
  addUploads(routes, zugang, schriftgut);
  addInhaltRoutes(routes, zugang, schriftgut);
  addPosteingangRoutes(routes, zugang);
}

}  // namespace akte
