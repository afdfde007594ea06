#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "akte/schutz.h"
#include "base/codebild.h"
#include "lage.h"
#include "rendition/trennblatt.h"

namespace rendition {
namespace {

using base::Result;
using http::None;
using http::Verb;
using mandant::Berechtigung;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

/// How far the making of renditions is.
enum class Stand : std::uint8_t {
  keiner,  ///< nothing is to be done
  wartet,
  laeuft,
  fertig,
  gescheitert,
  nichtMoeglich  ///< the program that makes it is not installed here
};
BOOST_DESCRIBE_ENUM(Stand, keiner, wartet, laeuft, fertig, gescheitert, nichtMoeglich)

struct SchrittAusgabe {
  Stand stand{};
  std::int64_t erledigt = 0, gesamt = 0;  ///< pages
};
BOOST_DESCRIBE_STRUCT(SchrittAusgabe, (), (stand, erledigt, gesamt))

struct SeiteAusgabe {
  std::int64_t seite = 0, drehung = 0, sicherheit = 0;
  bool erkannt = false;  ///< else the page could not be read
};
BOOST_DESCRIBE_STRUCT(SeiteAusgabe, (), (seite, drehung, sicherheit, erkannt))

struct RenditionAusgabe {
  RenditionArt art{};
  std::int64_t seite = 0, groesse = 0;
  std::string mime{}, programm{};
  base::Zeitpunkt erzeugt{};
};
BOOST_DESCRIBE_STRUCT(RenditionAusgabe, (), (art, seite, groesse, mime, programm, erzeugt))

struct RenditionenAusgabe {
  SchrittAusgabe texterkennung{}, vorschau{}, pdf{};
  std::vector<SeiteAusgabe> seiten{};  ///< those whose text was recognised in their picture
  std::vector<RenditionAusgabe> renditionen{};
};
BOOST_DESCRIBE_STRUCT(RenditionenAusgabe, (), (texterkennung, vorschau, pdf, seiten, renditionen))

struct WortAusgabe {
  std::string text{};
  /// The place on the upright page, in 10,000ths of its width and height.
  std::int64_t x = 0, y = 0, breite = 0, hoehe = 0;
  std::int64_t sicherheit = 0;  ///< percent
  std::int64_t zeile = 0;
};
BOOST_DESCRIBE_STRUCT(WortAusgabe, (), (text, x, y, breite, hoehe, sicherheit, zeile))

struct WorteAusgabe {
  std::int64_t seite = 0, drehung = 0;
  std::vector<WortAusgabe> worte{};
};
BOOST_DESCRIBE_STRUCT(WorteAusgabe, (), (seite, drehung, worte))

struct WelcheSeite {
  std::int64_t seite = 1;
};
BOOST_DESCRIBE_STRUCT(WelcheSeite, (), (seite))

struct WelcheRendition {
  RenditionArt art{};
  std::optional<std::int64_t> seite{};
};
BOOST_DESCRIBE_STRUCT(WelcheRendition, (), (art, seite))

struct TrennblattAusgabe {
  std::optional<std::string> zeichen{}, betreff{}, akte{}, standort{};
  std::string pfad{};       ///< of an SVG, one unit for each module of the code
  std::int64_t breite = 0;  ///< of the code, in modules
};
BOOST_DESCRIBE_STRUCT(TrennblattAusgabe, (), (zeichen, betreff, akte, standort, pfad, breite))

/// The newest job of a kind for a version.
Stand standOf(const std::vector<jobs::AuftragZeile>& rows, std::string_view art, const std::string& nutzlast) {
  const auto row =
      std::ranges::find_if(rows, [&](const auto& one) { return one.art == art && one.nutzlast == nutzlast; });
  if (row == rows.end()) return Stand::keiner;
  switch (row->status) {
    case jobs::Auftragsstatus::wartet:
      return Stand::wartet;
    case jobs::Auftragsstatus::laeuft:
      return Stand::laeuft;
    case jobs::Auftragsstatus::erledigt:
      return Stand::fertig;
    case jobs::Auftragsstatus::gescheitert:
    case jobs::Auftragsstatus::abgebrochen:
      break;
  }
  return Stand::gescheitert;
}

Result<RenditionenAusgabe> showAll(Tx tx, const Berechtigung& wer, const base::Uuid& dokument, std::int64_t nr) {
  AKTENLOTSE_GET(version, akte::findVersion(tx, wer, dokument, nr));
  RenditionenAusgabe out;
  const auto lage = lageVon(tx, wer.mandant, version.id).value();
  for (const auto& [number, seite] : lage.seiten)
    out.seiten.push_back({number, seite.drehung, seite.sicherheit, !seite.fehler});
  std::int64_t pages = 0;
  for (const auto& row : tx.query<RenditionZeile>(sql::Query::select<RenditionZeile>().add(
           " FROM rendition WHERE mandant = :mandant AND version = :version ORDER BY art, seite", wer.mandant,
           version.id))) {
    pages += row.art == RenditionArt::vorschau && row.seite > 0;
    out.renditionen.push_back({row.art, row.seite, row.groesse, row.mime, row.programm, row.erzeugt});
  }
  const auto rows = jobs::liste(tx, wer.mandant, {.objekt = dokument});
  const std::string nutzlast = base::toJson(akte::VersionAuftrag{version.id});
  const auto read = static_cast<std::int64_t>(out.seiten.size());
  // Of a picture the pages are known once they are drawn.
  const auto all = lage.istBild() ? std::max<std::int64_t>(pages, 1) : lage.volltext.seiten.value_or(0);
  const auto open = static_cast<std::int64_t>(lage.offene(static_cast<std::uint32_t>(all)).size());
  out.texterkennung = {standOf(rows, akte::auftragTexterkennung, nutzlast), read, read + open};
  out.vorschau = {standOf(rows, akte::auftragVorschau, nutzlast), pages, all};
  const auto pdfs = std::ranges::count(out.renditionen, RenditionArt::pdf, &RenditionAusgabe::art);
  out.pdf = {standOf(rows, akte::auftragPdf, nutzlast), pdfs, 1};
  if (out.pdf.stand == Stand::fertig && pdfs == 0) out.pdf.stand = Stand::nichtMoeglich;
  return out;
}

Result<WorteAusgabe> showWords(Tx tx, const Berechtigung& wer, const base::Uuid& dokument, std::int64_t nr,
                               std::int64_t seite, akte::Einsicht& einsicht) {
  AKTENLOTSE_GET(version, akte::findVersion(tx, wer, dokument, nr));
  einsicht.merke(tx, wer, version);
  const auto row = tx.one<SeiteZeile>(sql::Query::select<SeiteZeile>().add(
      " FROM seite WHERE mandant = :mandant AND version = :version AND seite = :seite", wer.mandant, version.id,
      seite));
  if (!row) return WorteAusgabe{seite, 0, {}};
  WorteAusgabe out{seite, row->drehung, {}};
  const auto page = boost::json::parse(row->worte);
  for (const auto& value : page.at("worte").as_array()) {
    const auto& w = value.as_array();
    const auto number = [&](std::size_t i) { return w.at(i).as_int64(); };
    out.worte.push_back(
        {std::string(w.at(0).as_string()), number(1), number(2), number(3), number(4), number(5), number(6)});
  }
  return out;
}

/// The blob of a rendition, and a name for whom saves it.
Result<akte::Dateibeschreibung> findRendition(Tx tx, const Berechtigung& wer, const base::Uuid& dokument,
                                              std::int64_t nr, const WelcheRendition& welche,
                                              akte::Einsicht& einsicht) {
  AKTENLOTSE_GET(version, akte::findVersion(tx, wer, dokument, nr));
  einsicht.merke(tx, wer, version);
  const auto row = tx.one<RenditionZeile>(sql::Query::select<RenditionZeile>().add(
      " FROM rendition WHERE mandant = :mandant AND version = :version AND art = :art AND seite = :seite", wer.mandant,
      version.id, welche.art, welche.seite.value_or(0)));
  if (!row) return base::fail(base::Code::NichtGefunden, "Diese Rendition gibt es noch nicht.");
  const auto stem = version.dateiname.substr(0, version.dateiname.rfind('.'));
  return akte::Dateibeschreibung{
      row->sha256, row->mime,
      fmt::format("{}-{}.{}", stem, base::enumName(row->art), row->mime == pdfMime ? "pdf" : "jpg"), false};
}

TrennblattAusgabe blatt(const Trenncode& code) {
  const auto bild = base::zeichneCode(trenncodeText(code));
  return {{}, {}, {}, {}, bild.pfad, bild.breite};
}

void addTrennblatt(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, TrennblattAusgabe>(
      Verb::get, "/api/trennblatt", {"trennblatt", "Posteingang", "A sheet that parts a stack of scans, to be printed"},
      [&zugang](const auto& call) {
        return zugang.read<TrennblattAusgabe>(
            call, [](Tx, const Berechtigung&) -> Result<TrennblattAusgabe> { return blatt({}); });
      });
  routes.add<None, None, TrennblattAusgabe>(
      Verb::get, "/api/vorgaenge/{id}/trennblatt",
      {"vorgangTrennblatt", "Vorgang", "The separator sheet and label of a Vorgang, to be printed"},
      [&zugang](const auto& call) {
        return zugang.read<TrennblattAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<TrennblattAusgabe> {
          AKTENLOTSE_GET(mit, akte::findVorgang(tx, wer, call.id));
          auto out = blatt({mit.vorgang.uuid});
          out.zeichen = mit.vorgang.zeichen;
          out.betreff = mit.vorgang.betreff;
          out.akte = mit.akte.zeichen;
          out.standort = mit.akte.standort;
          return out;
        });
      });
}

}  // namespace

void addRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut) {
  routes.add<None, None, RenditionenAusgabe>(
      Verb::get, "/api/dokumente/{id}/versionen/{nr}/renditionen",
      {"renditionen", "Dokument", "Other forms of a version, and how far the making of them is"},
      [&zugang](const auto& call) {
        return zugang.read<RenditionenAusgabe>(
            call, [&](Tx tx, const Berechtigung& wer) { return showAll(tx, wer, call.id, call.nr); });
      });
  routes.add<None, WelcheSeite, WorteAusgabe>(
      Verb::get, "/api/dokumente/{id}/versionen/{nr}/worte",
      {"versionWorte", "Dokument",
       "The words recognised on a page, with their places; none on a page that has text of its own"},
      [&zugang](const auto& call) {
        akte::Einsicht einsicht(zugang.journal());
        auto reply = zugang.read<WorteAusgabe>(call, [&](Tx tx, const Berechtigung& wer) {
          return showWords(tx, wer, call.id, call.nr, call.query.seite, einsicht);
        });
        einsicht.halteFest();
        return reply;
      });
  routes.addRaw<WelcheRendition>(Verb::get, "/api/dokumente/{id}/versionen/{nr}/rendition",
                                 {.id = "rendition",
                                  .tag = "Dokument",
                                  .summary = "The bytes of a rendition, whole or in part",
                                  .produces = "*/*",
                                  .file = true},
                                 [&zugang, &schriftgut](const auto& call) -> Result<http::Response> {
                                   const auto& wer = Zugang::who(call);
                                   akte::Einsicht einsicht(zugang.journal());
                                   AKTENLOTSE_GET(datei, zugang.journal().database().read(wer.mandant, [&](Tx tx) {
                                     return findRendition(tx, wer, call.id, call.nr, call.query, einsicht);
                                   }));
                                   einsicht.halteFest();
                                   return akte::dateiAntwort(schriftgut.blobs(), call.request, datei);
                                 });
  addTrennblatt(routes, zugang);
}

}  // namespace rendition
