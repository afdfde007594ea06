#include "suche/suche.h"
#include "text/analyser.h"
#include "text/snippet.h"

namespace suche {
namespace {

using base::Result;
using http::None;
using http::Verb;
using mandant::Zugang;
using Tx = const sql::ReadTx&;

struct Frage {
  base::Line<500, 0> q{};
  std::optional<std::int64_t> limit{};
  std::optional<base::Line<200>> nach{};
};
BOOST_DESCRIBE_STRUCT(Frage, (), (q, limit, nach))

struct Stueck {
  std::string text{};
  bool treffer = false;
};
BOOST_DESCRIBE_STRUCT(Stueck, (), (text, treffer))

struct TrefferAusgabe {
  akte::DokumentKurz dokument{};
  std::optional<akte::Verweis> vorgang{}, akte{};
  std::vector<Stueck> ausschnitt{};
};
BOOST_DESCRIBE_STRUCT(TrefferAusgabe, (), (dokument, vorgang, akte, ausschnitt))

struct SucheAusgabe {
  std::vector<TrefferAusgabe> eintraege{};
  std::int64_t anzahl = 0;
  std::optional<std::string> nach{};
  std::vector<std::string> hinweise{};
};
BOOST_DESCRIBE_STRUCT(SucheAusgabe, (), (eintraege, anzahl, nach, hinweise))

enum class VorschlagArt : std::uint8_t { akte, vorgang, aktenplaneinheit };
BOOST_DESCRIBE_ENUM(VorschlagArt, akte, vorgang, aktenplaneinheit)

struct VorschlagFrage {
  base::Line<200, 0> q{};
  std::optional<std::vector<VorschlagArt>> arten{};
};
BOOST_DESCRIBE_STRUCT(VorschlagFrage, (), (q, arten))

struct VorschlagAusgabe {
  VorschlagArt art{};
  base::Uuid id{};
  std::string zeichen{}, betreff{}, ort{};
  bool offen = true;
};
BOOST_DESCRIBE_STRUCT(VorschlagAusgabe, (), (art, id, zeichen, betreff, ort, offen))

struct VorschlagListe {
  std::vector<VorschlagAusgabe> eintraege{};
};
BOOST_DESCRIBE_STRUCT(VorschlagListe, (), (eintraege))

struct ZuletztAusgabe {
  base::Uuid id{};
  std::string zeichen{}, betreff{};
  base::Zeitpunkt zeit{};
};
BOOST_DESCRIBE_STRUCT(ZuletztAusgabe, (), (id, zeichen, betreff, zeit))

struct HeuteAusgabe {
  std::int64_t posteingang = 0, offeneVorgaenge = 0;
  std::vector<ZuletztAusgabe> zuletzt{};
  std::vector<akte::VorgangAusgabe> meine{};
};
BOOST_DESCRIBE_STRUCT(HeuteAusgabe, (), (posteingang, offeneVorgaenge, zuletzt, meine))

constexpr std::int64_t maxOffset = 10'000;

TrefferAusgabe showTreffer(Tx tx, const Berechtigung& wer, const text::Query& query, std::int64_t id) {
  const auto row = mandant::rowById<akte::DokumentZeile>(tx, wer.mandant, id).value();
  const auto mit = akte::findDokument(tx, wer, row.uuid).value();
  TrefferAusgabe out;
  out.dokument = akte::showKurz(tx, wer, row);
  if (mit.vorgang && mit.vorgang->gegenstand.stufe) {
    out.vorgang = akte::Verweis{mit.vorgang->vorgang.uuid, mit.vorgang->vorgang.zeichen, mit.vorgang->vorgang.betreff};
    if (mandant::stufeFor(tx, wer, mit.vorgang->akte.zugriff))
      out.akte = akte::Verweis{mit.vorgang->akte.uuid, mit.vorgang->akte.zeichen, mit.vorgang->akte.betreff};
  }
  const auto text = tx.value<std::string>(
      "SELECT t.text FROM version v JOIN volltext t ON t.mandant = v.mandant AND t.version = v.id "
      "WHERE v.mandant = :mandant AND v.dokument = :dokument AND v.nr = :nr",
      wer.mandant, id, row.version);
  for (auto& piece : text::snippet(text.value_or(""), query))
    out.ausschnitt.push_back({std::move(piece.text), piece.treffer});
  return out;
}

Result<SucheAusgabe> search(Tx tx, const Berechtigung& wer, const Frage& frage, bool english) {
  AKTENLOTSE_GET(limit, akte::limitOf(frage.limit ? frage.limit : 20));
  AKTENLOTSE_GET(offset, akte::cursorOf(frage.nach));
  if (offset > maxOffset)
    return base::fail(base::Code::EingabeUngueltig, "So weit hinten wird nicht geblättert; suchen Sie genauer.",
                      "nach");
  const auto query = text::parseQuery(frage.q.value);
  const auto found = find(tx, wer, query, limit, offset);
  SucheAusgabe out;
  out.anzahl = found.anzahl;
  for (const auto& hint : query.hints) out.hinweise.emplace_back(english ? hint.en : hint.de);
  for (const auto& treffer : found.treffer) out.eintraege.push_back(showTreffer(tx, wer, query, treffer.dokument));
  const auto shown = offset + static_cast<std::int64_t>(found.treffer.size());
  if (!found.treffer.empty() && shown < found.anzahl && shown <= maxOffset) out.nach = std::to_string(shown);
  return out;
}

/// Every word typed is the beginning of a word of the sign or the Betreff; the newest come first, so that ten are found
/// without ranking all.
std::vector<Treffer> suggested(Tx tx, const Berechtigung& wer, const std::vector<text::Token>& words,
                               VorschlagArt art) {
  std::string match;
  const bool postgres = tx.engine() == sql::Engine::postgres;
  for (const auto& word : words) {
    if (!match.empty()) match += postgres ? " & " : " AND ";
    match += postgres ? "w" + word.wort + ":*" : "wort : \"" + word.wort + "\" *";
  }
  sql::Query query("SELECT s.objekt");
  if (postgres) {
    query.add(" FROM suche s WHERE s.mandant = :mandant AND s.art = :art AND s.woerter @@ CAST(:frage AS tsquery) AND ",
              wer.mandant, art, match);
    query.add(mandant::sichtbar("s.zugriff", wer)).add(" ORDER BY s.objekt DESC LIMIT 10");
  } else {
    const std::int64_t base = wer.mandant << 40;
    query.add(
        " FROM vorschlag_wort JOIN suche s ON s.mandant = :mandant AND s.objekt = vorschlag_wort.rowid - :basis "
        "WHERE vorschlag_wort MATCH :frage AND vorschlag_wort.rowid BETWEEN :von AND :bis AND s.art = :art AND ",
        wer.mandant, base, match, base, base + (std::int64_t{1} << 40) - 1, art);
    query.add(mandant::sichtbar("s.zugriff", wer)).add(" ORDER BY vorschlag_wort.rowid DESC LIMIT 10");
  }
  return tx.query<Treffer>(query);
}

void suggestPlan(Tx tx, const Berechtigung& wer, const std::vector<text::Token>& words, VorschlagListe& out) {
  for (const auto& row : mandant::allRows<akte::AktenplaneinheitZeile>(tx, wer.mandant)) {
    const auto have = text::analyse(row.kennzeichen + " " + row.titel);
    const bool all = std::ranges::all_of(words, [&](const auto& word) {
      return std::ranges::any_of(have, [&](const auto& token) { return token.wort.starts_with(word.wort); });
    });
    if (all)
      out.eintraege.push_back(
          {VorschlagArt::aktenplaneinheit, row.uuid, row.kennzeichen, row.titel, "Aktenplan", !row.gesperrt});
    if (out.eintraege.size() >= 10) return;
  }
}

VorschlagListe suggest(Tx tx, const Berechtigung& wer, const VorschlagFrage& frage) {
  VorschlagListe out;
  const auto words = text::analyse(frage.q.value);
  if (words.empty()) return out;
  const auto wanted =
      frage.arten.value_or(std::vector{VorschlagArt::vorgang, VorschlagArt::akte, VorschlagArt::aktenplaneinheit});
  for (const auto art : wanted) {
    if (art == VorschlagArt::aktenplaneinheit) {
      suggestPlan(tx, wer, words, out);
      continue;
    }
    for (const auto& treffer : suggested(tx, wer, words, art)) {
      if (art == VorschlagArt::akte) {
        const auto row = mandant::rowById<akte::AkteZeile>(tx, wer.mandant, treffer.dokument).value();
        const auto blatt = mandant::rowById<akte::AktenplaneinheitZeile>(tx, wer.mandant, row.aktenplaneinheit).value();
        out.eintraege.push_back({art, row.uuid, row.zeichen, row.betreff, blatt.kennzeichen + " " + blatt.titel,
                                 row.status == akte::Status::inBearbeitung});
      } else {
        const auto row = mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, treffer.dokument).value();
        const auto akte = mandant::rowById<akte::AkteZeile>(tx, wer.mandant, row.akte).value();
        const bool seen = mandant::stufeFor(tx, wer, akte.zugriff).has_value();
        out.eintraege.push_back(
            {art, row.uuid, row.zeichen, row.betreff, seen ? akte.zeichen + " " + akte.betreff : "",
             row.status == akte::Status::inBearbeitung && akte.status == akte::Status::inBearbeitung});
      }
    }
  }
  if (out.eintraege.size() > 10) out.eintraege.resize(10);
  return out;
}

HeuteAusgabe heute(Tx tx, const Berechtigung& wer) {
  HeuteAusgabe out;
  sql::Query waiting(
      "SELECT COUNT(*) FROM dokument d WHERE d.mandant = :mandant AND d.vorgang IS NULL AND d.ueber IS NULL AND ",
      wer.mandant);
  out.posteingang = tx.value<std::int64_t>(waiting.add(mandant::sichtbar("d.zugriff", wer))).value();
  sql::Query open(
      "SELECT COUNT(*) FROM vorgang v WHERE v.mandant = :mandant AND v.bearbeitung = :person AND v.status = "
      "'inBearbeitung' AND ",
      wer.mandant, wer.person);
  out.offeneVorgaenge = tx.value<std::int64_t>(open.add(mandant::sichtbar("v.zugriff", wer))).value();
  auto mine = sql::Query::select<akte::VorgangZeile>("v");
  mine.add(" FROM vorgang v WHERE v.mandant = :mandant AND v.bearbeitung = :person AND v.status = 'inBearbeitung' AND ",
           wer.mandant, wer.person);
  mine.add(mandant::sichtbar("v.zugriff", wer)).add(" ORDER BY v.id DESC LIMIT 10");
  for (const auto& row : tx.query<akte::VorgangZeile>(mine))
    out.meine.push_back(akte::show(tx, wer, akte::findVorgang(tx, wer, row.uuid).value()));
  // The Vorgänge in which this person did something last.
  static const sql::Table shape{"journal",
                                {{"vorgang", sql::Kind::integer, false}, {"zeit", sql::Kind::integer, false}}};
  sql::Query recent(
      "SELECT v.id, MAX(j.zeit) FROM (SELECT objekt, oberobjekt, zeit FROM journal WHERE mandant = :m1 AND person = "
      ":person "
      "ORDER BY nr DESC LIMIT 200) j JOIN vorgang v ON v.mandant = :m2 AND (v.id = j.objekt OR v.id = j.oberobjekt) "
      "WHERE ",
      wer.mandant, wer.person, wer.mandant);
  recent.add(mandant::sichtbar("v.zugriff", wer)).add(" GROUP BY v.id ORDER BY 2 DESC LIMIT 8");
  tx.eachValues(shape, recent, [&](std::vector<sql::Value>&& row) {
    out.zuletzt.push_back({{}, {}, {}, {std::get<std::int64_t>(row[1])}});
    const auto vorgang = mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, std::get<std::int64_t>(row[0])).value();
    out.zuletzt.back().id = vorgang.uuid;
    out.zuletzt.back().zeichen = vorgang.zeichen;
    out.zuletzt.back().betreff = vorgang.betreff;
  });
  return out;
}

}  // namespace

void addRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, Frage, SucheAusgabe>(
      Verb::get, "/api/suche", {"suche", "Suche", "Dokumente by their words: words, \"phrases\", prefix*, -not, OR"},
      [&](const auto& call) {
        return zugang.read<SucheAusgabe>(
            call, [&](Tx tx, const Berechtigung& wer) { return search(tx, wer, call.query, call.request.english()); });
      });
  routes.add<None, VorschlagFrage, VorschlagListe>(
      Verb::get, "/api/vorschlaege",
      {"vorschlaege", "Suche", "Akten, Vorgänge and plan entries by the beginnings of words"}, [&](const auto& call) {
        return zugang.read<VorschlagListe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<VorschlagListe> {
          return suggest(tx, wer, call.query);
        });
      });
  routes.add<None, None, HeuteAusgabe>(
      Verb::get, "/api/heute", {"heute", "Start", "What is due, what came in, what was worked on last"},
      [&](const auto& call) {
        return zugang.read<HeuteAusgabe>(
            call, [&](Tx tx, const Berechtigung& wer) -> Result<HeuteAusgabe> { return heute(tx, wer); });
      });
}

}  // namespace suche
