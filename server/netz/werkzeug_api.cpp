// The Werkzeugkoffer: tools of the program, and of the towns.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "akte/registratur.h"
#include "akte/renditionen.h"
#include "netz/eigenwerkzeug.h"
#include "routen.h"

namespace netz {
namespace {

struct WerkzeugKurz {
  std::string schluessel{};
  Werkzeugart art{};
  std::string titel{}, kurz{}, fuer{}, version{};
  Werkzeugzustand zustand{};
  base::Datum datum{};
  bool bereitschaft = false;
  std::int64_t punkte = 0;
  std::optional<NetzOrt> ort{};  ///< the town that wrote it; nothing: the program
};
BOOST_DESCRIBE_STRUCT(WerkzeugKurz, (),
                      (schluessel, art, titel, kurz, fuer, version, zustand, datum, bereitschaft, punkte, ort))
struct WerkzeugListe {
  std::vector<WerkzeugKurz> eintraege{};
  OptText nach{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugListe, (), (eintraege, nach))

struct WerkzeugVersion {
  std::string version{};
  Werkzeugzustand zustand{};
  base::Datum datum{};
  std::string aenderung{};
  std::vector<NetzOrt> pilotkommunen{};
  std::vector<Werkzeugzustand> naechste{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugVersion, (), (version, zustand, datum, aenderung, pilotkommunen, naechste))

struct NetzWerkzeugdatei {
  std::string dateiname{}, format{};
  std::int64_t groesse = 0;
};
BOOST_DESCRIBE_STRUCT(NetzWerkzeugdatei, (), (dateiname, format, groesse))

struct WerkzeugBild : WerkzeugKurz {
  std::string lizenz{}, einleitung{};
  std::vector<Abschnitt> abschnitte{};
  std::vector<WerkzeugVersion> versionen{};
  std::vector<Unterschied> unterschiede{};       ///< to the version before
  std::string id{};                              ///< empty where it is not of this tenant
  std::int64_t stand = 0;                        ///< then 0
  std::optional<Sichtbarkeit> sichtbarkeit{};    ///< told only in the own tenant
  std::optional<std::vector<Abschnitt>> ganz{};  ///< with the points of all Länder, for who may write it
  bool darfAendern = false, darfKopfAendern = false;
  std::optional<NetzHerkunft> aus{};
  std::optional<NetzWerkzeugdatei> datei{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugBild, (WerkzeugKurz),
                      (lizenz, einleitung, abschnitte, versionen, unterschiede, id, stand, sichtbarkeit, ganz,
                       darfAendern, darfKopfAendern, aus, datei))

struct WerkzeugFrage {
  base::Line<60> schluessel{};
  std::optional<base::Line<20>> version{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugFrage, (), (schluessel, version))

struct DateiAngaben {
  base::Line<300> dateiname{};
};
BOOST_DESCRIBE_STRUCT(DateiAngaben, (), (dateiname))

struct WerkzeugSuche : Seite {
  std::optional<base::Line<200>> q{};
  std::optional<Werkzeugart> art{};
  std::optional<base::Line<60>> land{};
};
BOOST_DESCRIBE_STRUCT(WerkzeugSuche, (Seite), (q, art, land))

std::int64_t pointsOf(const Fassung& one) {
  std::int64_t out = 0;
  for (const auto& abschnitt : one.abschnitte) out += static_cast<std::int64_t>(abschnitt.punkte.size());
  return out;
}

WerkzeugKurz kurz(const Werkzeug& tool, const Fassung& one) {
  return {tool.schluessel, tool.art,  tool.titel,        tool.kurz,     tool.fuer, one.version,
          one.zustand,     one.datum, tool.bereitschaft, pointsOf(one), {}};
}

WerkzeugKurz kurz(Tx tx, const Aushang& row) {
  const auto inhalt = inhaltOf<WerkzeugInhalt>(row);
  return {row.uuid.text(), inhalt.art,   row.titel,           inhalt.kurz,   inhalt.fuer,   inhalt.version,
          inhalt.zustand,  inhalt.datum, inhalt.bereitschaft, inhalt.punkte, ortOf(tx, row)};
}

std::vector<NetzOrt> pilotOf(Tx tx, const Fassung& one) {
  std::vector<NetzOrt> out;
  for (const auto& ags : one.pilotkommunen.value_or(std::vector<std::string>()))
    if (const auto town = kommune(tx, ags)) out.push_back({town->name, town->ags, town->land, {}});
  return out;
}

WerkzeugBild show(Tx tx, const Werkzeug& tool, const Fassung& one, std::string_view land) {
  WerkzeugBild out;
  const auto here = fuerLand(one, land);
  static_cast<WerkzeugKurz&>(out) = kurz(tool, here);
  out.lizenz = tool.lizenz;
  out.einleitung = here.einleitung;
  out.abschnitte = here.abschnitte;
  if (here.datei) out.datei = NetzWerkzeugdatei{here.datei->dateiname, here.datei->format, here.datei->groesse};
  for (const auto& version : tool.versionen)
    out.versionen.push_back(
        {version.version, version.zustand, version.datum, version.aenderung, pilotOf(tx, version), {}});
  const auto at = std::ranges::find(tool.versionen, one.version, &Fassung::version);
  if (at != tool.versionen.end() && std::next(at) != tool.versionen.end())
    out.unterschiede = vergleiche(fuerLand(*std::next(at), land), here);
  return out;
}

void addOwn(WerkzeugBild& out, Tx tx, const Berechtigung& wer, const WerkzeugZeile& row, const Fassung& one) {
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0);
  out.ort = NetzOrt{town.name, town.gebietsschluessel.value_or(""), town.land, {}};
  out.id = row.uuid.text();
  out.stand = row.stand;
  out.sichtbarkeit = row.sichtbarkeit;
  out.darfAendern = wer.hat(Recht::netzMitmachen) && !wer.nurLesen;
  out.darfKopfAendern = darfKopfAendern(wer, row);
  if (out.darfAendern) out.ganz = one.abschnitte;
  for (auto& version : out.versionen) version.naechste = naechste(wer, row, version.version);
}

Result<WerkzeugBild> bild(Tx tx, const Berechtigung& wer, const WerkzeugFrage& frage) {
  const auto tool = findWerkzeug(tx, wer, frage.schluessel.value);
  if (!tool) return base::fail(base::Code::NichtGefunden);
  const auto* one = frage.version ? fassung(*tool, frage.version->value) : &geltende(*tool);
  if (one == nullptr) return base::fail(base::Code::NichtGefunden);
  auto out = show(tx, *tool, *one, mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).land);
  const auto uuid = base::Uuid::parse(frage.schluessel.value);
  if (!uuid) return out;
  out.aus = herkunftOf(tx, wer, *uuid);
  if (const auto own = findEigenes(tx, wer, *uuid))
    addOwn(out, tx, wer, *own, *one);
  else
    for (const auto& row : sichtbare(tx, blickOf(tx, wer), sql::Query(" AND a.uuid = :uuid", *uuid)))
      out.ort = ortOf(tx, row);
  return out;
}

Result<WerkzeugBild> eigenes(Tx tx, const Berechtigung& wer, const base::Uuid& uuid) {
  AKTENLOTSE_GET(row, findEigenes(tx, wer, uuid));
  const auto tool = werkzeugOf(row);
  // What was just written is shown: the newest.
  auto out =
      show(tx, tool, tool.versionen.front(), mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).land);
  addOwn(out, tx, wer, row, tool.versionen.front());
  return out;
}

Result<WerkzeugListe> list(Tx tx, const Berechtigung& wer, const WerkzeugSuche& frage) {
  AKTENLOTSE_GET(limit, akte::limitOf(frage.limit));
  sql::Query rest(" AND a.art = 'werkzeug'");
  if (frage.q) rest.add(" AND a.suche LIKE '%' || :worte || '%'", base::foldCase(frage.q->value));
  if (frage.land) rest.add(" AND a.land = :land", frage.land->value);
  if (frage.art) rest.add(" AND a.inhalt LIKE '%\"art\":\"' || :werkzeugart || '\"%'", base::enumName(*frage.art));
  if (frage.nach) rest.add(" AND a.uuid < :nach", frage.nach->value);
  auto rows = sichtbare(tx, blickOf(tx, wer), rest.add(" ORDER BY a.uuid DESC LIMIT :grenze", limit + 1));
  WerkzeugListe out;
  if (static_cast<std::int64_t>(rows.size()) > limit) {
    rows.pop_back();
    out.nach = rows.back().uuid.text();
  }
  for (const auto& row : rows) out.eintraege.push_back(kurz(tx, row));
  return out;
}

void addReading(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, WerkzeugListe>(
      Verb::get, "/api/netz/werkzeuge", {"netzWerkzeuge", "Netz", "The tools that come with the program"},
      [&zugang](const auto& call) {
        return zugang.read<WerkzeugListe>(call, [](Tx, const Berechtigung&) -> Result<WerkzeugListe> {
          WerkzeugListe out;
          for (const auto& tool : werkzeuge()) out.eintraege.push_back(kurz(tool, geltende(tool)));
          return out;
        });
      });
  routes.add<None, WerkzeugSuche, WerkzeugListe>(
      Verb::get, "/api/netz/kommunenwerkzeuge",
      {"netzKommunenwerkzeuge", "Netz", "Tools that towns wrote, the newest first"}, [&zugang](const auto& call) {
        return zugang.read<WerkzeugListe>(call,
                                          [&](Tx tx, const Berechtigung& wer) { return list(tx, wer, call.query); });
      });
  routes.add<None, None, WerkzeugListe>(
      Verb::get, "/api/netz/eigenwerkzeuge",
      {"netzEigenwerkzeuge", "Netz", "The tools of the own town, in every state, as their newest version"},
      [&zugang](const auto& call) {
        return zugang.read<WerkzeugListe>(call, [](Tx tx, const Berechtigung& wer) -> Result<WerkzeugListe> {
          WerkzeugListe out;
          for (const auto& row : mandant::allRows<WerkzeugZeile>(tx, wer.mandant)) {
            const auto tool = werkzeugOf(row);
            out.eintraege.push_back(kurz(tool, tool.versionen.front()));
          }
          return out;
        });
      });
  routes.add<None, WerkzeugFrage, WerkzeugBild>(
      Verb::get, "/api/netz/werkzeug", {"netzWerkzeug", "Netz", "One tool in one version, by default the one in force"},
      [&zugang](const auto& call) {
        return zugang.read<WerkzeugBild>(call,
                                         [&](Tx tx, const Berechtigung& wer) { return bild(tx, wer, call.query); });
      });
}

void addWriting(http::Routes& routes, Zugang& zugang) {
  routes.add<WerkzeugNeu, None, WerkzeugBild>(
      Verb::post, "/api/netz/werkzeuge",
      {.id = "netzWerkzeugAnlegen",
       .tag = "Netz",
       .summary = "Write a tool, which begins as a draft",
       .recht = "netzMitmachen",
       .create = true},
      [&zugang](const auto& call) {
        return zugang.create<WerkzeugBild>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(row, createWerkzeug(change, wer, call.body));
              return row.uuid;
            },
            [&](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) { return eigenes(tx, wer, uuid); });
      });
  const auto change = [&]<class Body>(Verb verb, std::string_view end, std::string_view id, std::string_view summary,
                                      auto apply) {
    routes.add<Body, None, WerkzeugBild>(
        verb, fmt::format("/api/netz/werkzeuge/{{id}}{}", end),
        {.id = id, .tag = "Netz", .summary = summary, .recht = "netzMitmachen", .changesExisting = true},
        [&zugang, apply](const auto& call) {
          return zugang.change<WerkzeugBild>(call, [&](Change& c, const Berechtigung& wer) -> Result<WerkzeugBild> {
            AKTENLOTSE_GET(before, findEigenes(c.tx(), wer, call.id));
            AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
            AKTENLOTSE_TRY(apply(c, wer, before, call.body));
            return eigenes(c.tx(), wer, before.uuid);
          });
        });
  };
  change.operator()<WerkzeugNeu>(Verb::put, "", "netzWerkzeugAendern",
                                 "Change what stands above the versions, and write the draft of the next one",
                                 [](Change& c, const auto& wer, const auto& before, const auto& body) {
                                   return changeWerkzeug(c, wer, before, body);
                                 });
  change.operator()<WerkzeugZustand>(
      Verb::post, "/zustand", "netzWerkzeugZustand", "Give a version to pilots, release it or end it",
      [](Change& c, const auto& wer, const auto& before, const auto& body) { return wechsle(c, wer, before, body); });
}

constexpr std::uint64_t dateiMax = 20U << 20U;

/// What it is says its content, not its name.
Result<WerkzeugdateiZeile> pruefeDatei(akte::Schriftgut& schriftgut, blob::Writer& writer,
                                       const std::string& dateiname) {
  const auto text = akte::Registratur(schriftgut).liesTabelle(writer.descriptor(), dateiname);
  static const std::map<std::string, std::string, std::less<>> formate = {
      {"odt", "odt"}, {"docx", "docx"}, {"pdf", "pdf"}};
  const auto format = formate.find(text.format);
  if (format == formate.end() || text.status == extract::Status::Fehler || text.status == extract::Status::Gesperrt)
    return base::fail(
        base::Code::EingabeUngueltig,
        "Zu einem Werkzeug gehört eine Datei als ODT, DOCX oder PDF, die sich ohne Passwort öffnen lässt.",
        "dateiname");
  const auto datei = schriftgut.einlagern(writer, dateiname);
  if (datei.sperre)
    return base::fail(base::Code::EingabeUngueltig, "Die Datei ist von der Virenprüfung gesperrt.", "dateiname");
  WerkzeugdateiZeile row;
  row.dateiname = datei.dateiname;
  row.format = format->second;
  row.sha256 = datei.ref.sha256;
  row.groesse = static_cast<std::int64_t>(datei.ref.size);
  return row;
}

void addFiles(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut) {
  routes.addUpload<DateiAngaben, WerkzeugBild, akte::DateiSink>(
      Verb::post, "/api/netz/werkzeuge/{id}/datei",
      {.id = "netzWerkzeugDateiSetzen",
       .tag = "Netz",
       .summary = "Give the draft of a tool its file: ODT, DOCX or PDF",
       .recht = "netzMitmachen",
       .create = true,
       .maxBody = dateiMax},
      [&zugang, &schriftgut](const auto& call) -> Result<std::unique_ptr<akte::DateiSink>> {
        const auto& wer = Zugang::who(call);
        AKTENLOTSE_TRY(zugang.journal().database().read(wer.mandant, [&](Tx tx) -> Result<void> {
          AKTENLOTSE_GET(row, findEigenes(tx, wer, call.id));
          return darfDateiSetzen(wer, row);
        }));
        return std::make_unique<akte::DateiSink>(schriftgut.blobs());
      },
      [&zugang, &schriftgut](const auto& call, akte::DateiSink& sink) -> Result<http::Reply<WerkzeugBild>> {
        AKTENLOTSE_GET(datei, pruefeDatei(schriftgut, sink.writer(), call.query.dateiname.value));
        return zugang.template create<WerkzeugBild>(
            call,
            [&](Change& change, const Berechtigung& wer) -> Result<base::Uuid> {
              AKTENLOTSE_GET(before, findEigenes(change.tx(), wer, call.id));
              AKTENLOTSE_TRY(setzeDatei(change, wer, before, datei));
              return before.uuid;
            },
            [](Tx tx, const Berechtigung& wer, const base::Uuid& uuid) { return eigenes(tx, wer, uuid); },
            datei.sha256);
      });
  routes.add<None, None, WerkzeugBild>(Verb::del, "/api/netz/werkzeuge/{id}/datei",
                                       {.id = "netzWerkzeugDateiEntfernen",
                                        .tag = "Netz",
                                        .summary = "Take the file away from the draft of a tool",
                                        .recht = "netzMitmachen",
                                        .changesExisting = true},
                                       [&zugang](const auto& call) {
                                         return zugang.change<WerkzeugBild>(
                                             call, [&](Change& c, const Berechtigung& wer) -> Result<WerkzeugBild> {
                                               AKTENLOTSE_GET(before, findEigenes(c.tx(), wer, call.id));
                                               AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
                                               AKTENLOTSE_TRY(setzeDatei(c, wer, before, std::nullopt));
                                               return eigenes(c.tx(), wer, before.uuid);
                                             });
                                       });
}

void addDownload(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut) {
  routes.addRaw<WerkzeugFrage>(
      Verb::get, "/api/netz/werkzeugdatei",
      {.id = "netzWerkzeugDatei",
       .tag = "Netz",
       .summary = "The file of a tool in one version, by default the one in force",
       .produces = "*/*",
       .file = true},
      [&zugang, &schriftgut](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        const auto version = call.query.version ? OptText(call.query.version->value) : OptText();
        AKTENLOTSE_GET(datei, zugang.journal().database().read(wer.mandant, [&](Tx tx) {
          return dateiOf(tx, wer, call.query.schluessel.value, version);
        }));
        return akte::dateiAntwort(schriftgut.blobs(), call.request,
                                  {datei.sha256, "application/octet-stream", datei.dateiname, true, datei.groesse});
      });
}

}  // namespace

void addWerkzeugRoutes(http::Routes& routes, Zugang& zugang, akte::Schriftgut& schriftgut) {
  addReading(routes, zugang);
  addWriting(routes, zugang);
  addFiles(routes, zugang, schriftgut);
  addDownload(routes, zugang, schriftgut);
}

}  // namespace netz
