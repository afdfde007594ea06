// Templates, with their versions.
#include <fmt/format.h>

#include <algorithm>

#include "routen.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;
using mandant::rowByUuid;

struct FassungAusgabe {
  std::int64_t nr = 0, groesse = 0;
  std::string dateiname{}, format{};
  std::vector<std::string> felder{};
  std::vector<std::string> unbekannt{};  ///< those of them that nothing fills
  base::Zeitpunkt angelegt{};
  std::optional<PersonKurz> ersteller{};
};
BOOST_DESCRIBE_STRUCT(FassungAusgabe, (), (nr, groesse, dateiname, format, felder, unbekannt, angelegt, ersteller))

struct DokumentvorlageAusgabe {
  base::Uuid id{};
  std::int64_t stand = 0;
  std::string bezeichnung{};
  Dokumentart art{};
  bool aktiv = true;
  std::vector<FassungAusgabe> fassungen{};  ///< newest first
};
BOOST_DESCRIBE_STRUCT(DokumentvorlageAusgabe, (), (id, stand, bezeichnung, art, aktiv, fassungen))

struct VorlagenfeldAusgabe {
  std::string name{}, bedeutung{};
};
BOOST_DESCRIBE_STRUCT(VorlagenfeldAusgabe, (), (name, bedeutung))

struct DokumentvorlagenListe {
  std::vector<DokumentvorlageAusgabe> eintraege{};
  std::vector<VorlagenfeldAusgabe> felder{};  ///< that templates may hold
};
BOOST_DESCRIBE_STRUCT(DokumentvorlagenListe, (), (eintraege, felder))

struct VorlageAngaben {
  base::Line<300> dateiname{};
  base::Line<200> bezeichnung{};
  Dokumentart art{};
};
BOOST_DESCRIBE_STRUCT(VorlageAngaben, (), (dateiname, bezeichnung, art))
struct FassungAngaben {
  base::Line<300> dateiname{};
};
BOOST_DESCRIBE_STRUCT(FassungAngaben, (), (dateiname))

struct VorlageAendern {
  std::optional<base::Line<200>> bezeichnung{};
  std::optional<Dokumentart> art{};
  std::optional<bool> aktiv{};
};
BOOST_DESCRIBE_STRUCT(VorlageAendern, (), (bezeichnung, art, aktiv))

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

DokumentvorlageAusgabe show(Tx tx, const DokumentvorlageZeile& row) {
  DokumentvorlageAusgabe out{row.uuid, row.stand, row.bezeichnung, row.art, row.aktiv, {}};
  for (const auto& f : tx.query<VorlagenfassungZeile>(sql::Query::select<VorlagenfassungZeile>().add(
           " FROM vorlagenfassung WHERE mandant = :mandant AND dokumentvorlage = :vorlage ORDER BY nr DESC",
           row.mandant, row.id))) {
    FassungAusgabe one{f.nr,
                       f.groesse,
                       f.dateiname,
                       f.format,
                       linesOf(f.felder),
                       {},
                       f.angelegt,
                       mandant::personKurz(tx, row.mandant, f.ersteller)};
    std::ranges::copy_if(one.felder, std::back_inserter(one.unbekannt), [](const auto& name) {
      return std::ranges::find(felder(), name, &Feld::name) == felder().end();
    });
    out.fassungen.push_back(std::move(one));
  }
  return out;
}

Result<DokumentvorlageZeile> find(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = rowByUuid<DokumentvorlageZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

/// Kinds of Dokumente that one writes.
Result<void> checkArt(Dokumentart art) {
  if (art == Dokumentart::Eingang)
    return fail(Code::EingabeUngueltig, "Eine Vorlage ist für einen Ausgang oder ein internes Dokument.", "art");
  return {};
}

/// An upload that makes something of a template's file.
template <class Angaben, class Check, class Make>
void addUpload(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei, std::string pattern, std::string_view id,
               std::string_view summary, Check check, Make make) {
  routes.addUpload<Angaben, DokumentvorlageAusgabe, akte::DateiSink>(
      Verb::post, std::move(pattern),
      {.id = id, .tag = "Schreiben", .summary = summary, .recht = "aktenplanPflegen", .create = true},
      [&zugang, &kanzlei, check](const auto& call) -> Result<std::unique_ptr<akte::DateiSink>> {
        const auto& wer = Zugang::who(call);
        AKTENLOTSE_TRY(
            zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<void> { return check(tx, wer, call); }));
        return std::make_unique<akte::DateiSink>(kanzlei.schriftgut().blobs());
      },
      [&zugang, &kanzlei, make](const auto& call,
                                akte::DateiSink& sink) -> Result<http::Reply<DokumentvorlageAusgabe>> {
        AKTENLOTSE_GET(gelesen, kanzlei.pruefeVorlage(sink.writer().descriptor()));
        const auto datei = kanzlei.schriftgut().einlagern(sink.writer(), call.query.dateiname.value);
        return zugang.template create<DokumentvorlageAusgabe>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, make(change, wer, call, datei, gelesen));
              return row.uuid;
            },
            [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) -> Result<DokumentvorlageAusgabe> {
              AKTENLOTSE_GET(row, find(tx, wer, uuid));
              return show(tx, row);
            },
            datei.ref.sha256);
      });
}

void addUploads(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei) {
  addUpload<VorlageAngaben>(
      routes, zugang, kanzlei, "/api/dokumentvorlagen", "dokumentvorlageAnlegen",
      "Add a template: ODT, DOCX, Markdown or text with fields such as {{az}}",
      [](Tx, const Berechtigung&, const auto& call) { return checkArt(call.query.art); },
      [](Change& change, const Berechtigung& wer, const auto& call, const Datei& datei,
         const auto& gelesen) -> Result<DokumentvorlageZeile> {
        return Kanzlei::legeVorlage(change, wer.person, call.query.bezeichnung.value, call.query.art, datei, gelesen);
      });
  addUpload<FassungAngaben>(
      routes, zugang, kanzlei, "/api/dokumentvorlagen/{id}/fassungen", "vorlagenfassungAnlegen",
      "A new version of a template; drafts keep what they were made from",
      [](Tx tx, const Berechtigung& wer, const auto& call) -> Result<void> {
        AKTENLOTSE_TRY(find(tx, wer, call.id));
        return {};
      },
      [](Change& change, const Berechtigung& wer, const auto& call, const Datei& datei,
         const auto& gelesen) -> Result<DokumentvorlageZeile> {
        AKTENLOTSE_GET(before, find(change.tx(), wer, call.id));
        return Kanzlei::legeFassung(change, wer.person, before, datei, gelesen);
      });
}

}  // namespace

void addVorlagenRoutes(http::Routes& routes, Zugang& zugang, Kanzlei& kanzlei) {
  routes.add<None, None, DokumentvorlagenListe>(
      Verb::get, "/api/dokumentvorlagen",
      {"dokumentvorlagen", "Schreiben", "Templates, and the fields that they may hold"}, [&](const auto& call) {
        return zugang.read<DokumentvorlagenListe>(
            call, [](Tx tx, const Berechtigung& wer) -> Result<DokumentvorlagenListe> {
              DokumentvorlagenListe out;
              for (const auto& row : mandant::allRows<DokumentvorlageZeile>(tx, wer.mandant))
                out.eintraege.push_back(show(tx, row));
              for (const auto& feld : felder())
                out.felder.push_back({std::string(feld.name), std::string(feld.bedeutung)});
              return out;
            });
      });
  routes.add<None, None, DokumentvorlageAusgabe>(
      Verb::get, "/api/dokumentvorlagen/{id}", {"dokumentvorlage", "Schreiben", "One template with its versions"},
      [&](const auto& call) {
        return zugang.read<DokumentvorlageAusgabe>(
            call, [&](Tx tx, const Berechtigung& wer) -> Result<DokumentvorlageAusgabe> {
              AKTENLOTSE_GET(row, find(tx, wer, call.id));
              return show(tx, row);
            });
      });
  addUploads(routes, zugang, kanzlei);
  routes.add<VorlageAendern, None, DokumentvorlageAusgabe>(
      Verb::patch, "/api/dokumentvorlagen/{id}",
      {.id = "dokumentvorlageAendern",
       .tag = "Schreiben",
       .summary = "Rename a template, or take it out of use",
       .recht = "aktenplanPflegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<DokumentvorlageAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> Result<DokumentvorlageAusgabe> {
              AKTENLOTSE_GET(before, find(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
              auto after = before;
              if (call.body.bezeichnung) after.bezeichnung = call.body.bezeichnung->value;
              if (call.body.aktiv) after.aktiv = *call.body.aktiv;
              if (call.body.art) {
                AKTENLOTSE_TRY(checkArt(*call.body.art));
                after.art = *call.body.art;
              }
              change.update(before, after);
              change.about({"dokumentvorlage.geaendert", after.tabelle, after.id, 0, 0});
              return show(change.tx(), after);
            });
      });
  routes.addRaw<None>(
      Verb::get, "/api/dokumentvorlagen/{id}/fassungen/{nr}",
      {.id = "vorlagenfassung",
       .tag = "Schreiben",
       .summary = "The file of a template",
       .produces = "*/*",
       .file = true},
      [&](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        AKTENLOTSE_GET(
            fassung, zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<VorlagenfassungZeile> {
              AKTENLOTSE_GET(row, find(tx, wer, call.id));
              auto found = tx.one<VorlagenfassungZeile>(sql::Query::select<VorlagenfassungZeile>().add(
                  " FROM vorlagenfassung WHERE mandant = :mandant AND dokumentvorlage = :vorlage AND nr = :nr",
                  wer.mandant, row.id, call.nr));
              if (!found) return fail(Code::NichtGefunden);
              return *std::move(found);
            }));
        return akte::dateiAntwort(kanzlei.schriftgut().blobs(), call.request,
                                  {fassung.sha256, "application/octet-stream", fassung.dateiname, true});
      });
}

}  // namespace schreiben
