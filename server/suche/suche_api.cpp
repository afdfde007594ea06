#include <algorithm>
#include <charconv>

#include "auswahl.h"
#include "merkmal.h"
#include "routen.h"
#include "sql/liste.h"
#include "text/snippet.h"
#include "worte.h"

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
  std::optional<Ordnung> ordnung{};
  std::optional<bool> facetten{};
};
BOOST_DESCRIBE_STRUCT(Frage, (), (q, limit, nach, ordnung, facetten))

struct Stueck {
  std::string text{};
  bool treffer = false;
};
BOOST_DESCRIBE_STRUCT(Stueck, (), (text, treffer))

struct TrefferAusgabe {
  akte::DokumentKurz dokument{};
  std::optional<akte::Verweis> vorgang{}, akte{};
  std::vector<Stueck> ausschnitt{};
  std::optional<std::int64_t> seite{};  ///< where the extract stands
  bool aehnlich = false;                ///< found by words near those asked for
};
BOOST_DESCRIBE_STRUCT(TrefferAusgabe, (), (dokument, vorgang, akte, ausschnitt, seite, aehnlich))

/// `frage` is what the query says for it: `typ:pdf`.
struct FacetteAusgabe {
  std::string frage{}, name{};
  std::int64_t anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(FacetteAusgabe, (), (frage, name, anzahl))

struct FacettenAusgabe {
  std::vector<FacetteAusgabe> dokumentart{}, format{}, jahr{}, einheit{}, absender{}, akte{};
};
BOOST_DESCRIBE_STRUCT(FacettenAusgabe, (), (dokumentart, format, jahr, einheit, absender, akte))

struct SucheAusgabe {
  std::vector<TrefferAusgabe> eintraege{};
  std::int64_t anzahl = 0, bewertet = 0, aehnliche = 0;
  std::vector<std::string> auchGefunden{};
  std::optional<std::string> nach{};
  std::vector<std::string> hinweise{};
  std::vector<VorschlagAusgabe> objekte{};
  std::optional<FacettenAusgabe> facetten{};
};
BOOST_DESCRIBE_STRUCT(SucheAusgabe, (),
                      (eintraege, anzahl, bewertet, aehnliche, auchGefunden, nach, hinweise, objekte, facetten))

/// A cursor is value and number of the last hit shown.
Result<std::optional<Treffer>> cursorOf(const std::optional<base::Line<200>>& nach) {
  if (!nach) return std::optional<Treffer>{};
  const std::string_view text = nach->value;
  const auto point = text.find('.');
  Treffer out;
  const auto number = [](std::string_view digits, std::int64_t& into) {
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), into);
    return read.ec == std::errc{} && read.ptr == digits.data() + digits.size() && into >= 0;
  };
  if (point == std::string_view::npos || !number(text.substr(0, point), out.wert) ||
      !number(text.substr(point + 1), out.dokument))
    return base::fail(base::Code::EingabeUngueltig, "Diese Stelle der Liste gibt es nicht.", "nach");
  return std::optional(out);
}

struct Ort {
  std::int64_t id = 0, akte = 0;
  base::Uuid uuid{};
  std::string zeichen{}, betreff{};
};
BOOST_DESCRIBE_STRUCT(Ort, (), (id, akte, uuid, zeichen, betreff))
using Orte = std::map<std::int64_t, Ort>;

/// Of Akten or Vorgänge those that the person may see.
Orte orteOf(Tx tx, const Berechtigung& wer, sql::Query query, const std::vector<std::int64_t>& ids) {
  Orte out;
  query.add(sql::in(tx, ids)).add(" AND ").add(mandant::sichtbar("x.zugriff", wer));
  tx.each<Ort>(query, [&](Ort&& ort) { out.emplace(ort.id, std::move(ort)); });
  return out;
}

struct Text {
  std::int64_t dokument = 0;
  std::string text{};
};
BOOST_DESCRIBE_STRUCT(Text, (), (dokument, text))

void showAusschnitt(TrefferAusgabe& out, const std::string& text, const text::Query& query) {
  std::size_t place = 0;
  for (auto& piece : text::snippet(text, query, 240, &place))
    out.ausschnitt.push_back({std::move(piece.text), piece.treffer});
  if (std::ranges::any_of(out.ausschnitt, &Stueck::treffer))
    out.seite = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(place), '\f');
}

/// Hits in their order. One that is gone meanwhile is left out.
std::vector<TrefferAusgabe> showTreffer(Tx tx, const Berechtigung& wer, const text::Query& query,
                                        const std::vector<Treffer>& treffer) {
  std::vector<TrefferAusgabe> out;
  if (treffer.empty()) return out;
  const auto ids = sql::numbersOf(treffer, &Treffer::dokument);
  auto select = sql::Query::select<akte::DokumentZeile>("d");
  select.add(" FROM dokument d WHERE d.mandant = :mandant AND d.id", wer.mandant).add(sql::in(tx, ids));
  auto rows = tx.query<akte::DokumentZeile>(select);
  std::ranges::sort(rows, {}, [&](const auto& row) { return std::ranges::find(ids, row.id) - ids.begin(); });

  std::vector<std::int64_t> vorgangIds, akteIds;
  for (const auto& row : rows)
    if (row.vorgang) vorgangIds.push_back(*row.vorgang);
  const auto vorgaenge = orteOf(tx, wer,
                                sql::Query("SELECT x.id, x.akte, x.uuid, x.zeichen, x.betreff FROM vorgang x WHERE "
                                           "x.mandant = :mandant AND x.id",
                                           wer.mandant),
                                vorgangIds);
  for (const auto& [id, ort] : vorgaenge) akteIds.push_back(ort.akte);
  const auto akten = orteOf(tx, wer,
                            sql::Query("SELECT x.id, x.id, x.uuid, x.zeichen, x.betreff FROM akte x WHERE x.mandant = "
                                       ":mandant AND x.id",
                                       wer.mandant),
                            akteIds);
  auto kurz = akte::showKurz(tx, wer, rows);
  std::map<std::int64_t, TrefferAusgabe*> byId;
  out.resize(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    byId[rows[i].id] = &out[i];
    out[i].dokument = std::move(kurz[i]);
    const auto vorgang = vorgaenge.find(rows[i].vorgang.value_or(0));
    if (vorgang == vorgaenge.end()) continue;
    const auto& ort = vorgang->second;
    out[i].vorgang = akte::Verweis{ort.uuid, ort.zeichen, ort.betreff};
    if (const auto akte = akten.find(ort.akte); akte != akten.end())
      out[i].akte = akte::Verweis{akte->second.uuid, akte->second.zeichen, akte->second.betreff};
  }
  sql::Query texte(
      "SELECT d.id, t.text FROM dokument d JOIN version v ON v.mandant = d.mandant AND v.dokument = d.id AND "
      "v.nr = d.version JOIN volltext t ON t.mandant = v.mandant AND t.version = v.id "
      "WHERE d.mandant = :mandant AND d.id",
      wer.mandant);
  tx.each<Text>(texte.add(sql::in(tx, ids)),
                [&](Text&& text) { showAusschnitt(*byId.at(text.dokument), text.text, query); });
  return out;
}

/// `field:value`, in quotation marks where the value needs them.
std::string fieldText(std::string_view field, std::string value) {
  std::erase(value, '"');
  const bool plain = value.find_first_of(" ()\t„“”«»") == std::string::npos;
  return std::string(field) + ':' + (plain ? value : '"' + value + '"');
}

std::string begriff(Tx tx, std::int64_t mandant, std::int64_t id) {
  return tx.value<std::string>("SELECT wort FROM suche_begriff WHERE mandant = :mandant AND id = :id", mandant, id)
      .value_or("");
}

/// Units with what lies below them, as `oe:` finds it.
std::vector<FacetteAusgabe> showEinheiten(Tx tx, const Berechtigung& wer, const Facetten& facetten) {
  constexpr std::size_t most = 12;
  const auto units = mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant);
  std::map<std::int64_t, std::int64_t> sums;
  for (const auto& wert : facetten.einheit)
    for (std::optional<std::int64_t> at = wert.schluessel; at;) {
      const auto unit = std::ranges::find(units, *at, &mandant::OrganisationseinheitZeile::id);
      if (unit == units.end()) break;
      sums[unit->id] += wert.anzahl;
      at = unit->ueber;
    }
  std::vector<FacetteAusgabe> out;
  for (const auto& unit : units)
    if (sums.contains(unit.id))
      out.push_back({fieldText("oe", unit.kurzzeichen), unit.kurzzeichen + " " + unit.bezeichnung, sums[unit.id]});
  std::ranges::stable_sort(out, std::greater(), &FacetteAusgabe::anzahl);
  if (out.size() > most) out.resize(most);
  return out;
}

FacettenAusgabe showFacetten(Tx tx, const Berechtigung& wer, const Facetten& facetten) {
  FacettenAusgabe out;
  static constexpr std::array<std::string_view, 4> arten{"", "eingang", "ausgang", "intern"};
  for (const auto& wert : facetten.dokumentart) {
    const std::string name(arten.at(static_cast<std::size_t>(wert.schluessel)));
    out.dokumentart.push_back({"typ:" + name, name, wert.anzahl});
  }
  for (const auto& wert : facetten.format) {
    const auto name = begriff(tx, wer.mandant, wert.schluessel);
    if (!name.empty()) out.format.push_back({"typ:" + name, name, wert.anzahl});
  }
  for (const auto& wert : facetten.jahr) {
    const auto name = std::to_string(wert.schluessel);
    out.jahr.push_back({"datum:" + name, name, wert.anzahl});
  }
  std::ranges::sort(out.jahr, std::greater(), &FacetteAusgabe::name);
  out.einheit = showEinheiten(tx, wer, facetten);
  for (const auto& wert : facetten.absender) {
    const auto name = begriff(tx, wer.mandant, wert.schluessel);
    if (!name.empty()) out.absender.push_back({fieldText("von", name), name, wert.anzahl});
  }
  for (const auto& wert : facetten.akte) {
    const auto row = mandant::rowById<akte::AkteZeile>(tx, wer.mandant, wert.schluessel);
    // A Dokument may be opened to somebody to whom its Akte is closed.
    if (row && mandant::stufeFor(tx, wer, row->zugriff))
      out.akte.push_back({fieldText("akte", row->zeichen), row->zeichen + " " + row->betreff, wert.anzahl});
  }
  return out;
}

/// Akten and Vorgänge that the words, taken as beginnings, or the sign name.
std::vector<VorschlagAusgabe> objekte(Tx tx, const Berechtigung& wer, const Sicht& sicht, const Auswahl& auswahl,
                                      const text::Query& query, std::string_view typed) {
  constexpr std::size_t most = 5;
  std::vector<std::int64_t> found;
  const auto wanted = [&](std::int64_t objekt) {
    const auto* row = sicht.spalten->find(objekt);
    return row != nullptr && row->art < 2 && auswahl.fails(objekt, *row) == 0;
  };
  const auto take = [&](std::int64_t objekt) {
    if (std::ranges::find(found, objekt) == found.end()) found.push_back(objekt);
    return found.size() < most;
  };
  const auto form = query.filters.empty() ? zeichenForm(typed) : std::string();
  if (!form.empty() && std::ranges::any_of(form, [](char c) { return c >= '0' && c <= '9'; }))
    tx.numbers(sql::Query("SELECT objekt FROM suche_zeichen WHERE mandant = :mandant AND form >= :von AND form < :bis "
                          "ORDER BY form, objekt",
                          wer.mandant, form, form.substr(0, form.size() - 1) + '/'),
               [&](std::span<const std::int64_t> row) { return !wanted(row[0]) || take(row[0]); });
  std::vector<std::string> words;
  for (const auto* leaf : text::shownLeaves(query)) words.insert(words.end(), leaf->terms.begin(), leaf->terms.end());
  if (found.size() < most && !words.empty()) eachMitWorten(tx, wer.mandant, words, wanted, take);
  if (words.empty() && !query.filters.empty())
    sicht.spalten->each([&](std::int64_t objekt, const Eigenschaften& row) {
      return row.art > 1 || auswahl.fails(objekt, row) != 0 || take(objekt);
    });
  std::vector<VorschlagAusgabe> out;
  for (const auto objekt : found)
    out.push_back(showVorschlag(
        tx, wer, sicht.spalten->find(objekt)->art == 0 ? VorschlagArt::akte : VorschlagArt::vorgang, objekt));
  return out;
}

Result<SucheAusgabe> search(Tx tx, const Berechtigung& wer, Bestand& bestand, const Frage& frage, bool english) {
  AKTENLOTSE_GET(limit, akte::limitOf(frage.limit ? frage.limit : 20));
  AKTENLOTSE_GET(nach, cursorOf(frage.nach));
  Anfrage anfrage{.query = text::parseQuery(frage.q.value),
                  .ordnung = frage.ordnung.value_or(Ordnung::relevanz),
                  .limit = limit,
                  .nach = nach,
                  .facetten = frage.facetten.value_or(false),
                  .nachsicht = true};
  const auto sicht = bestand.sicht(tx, wer.mandant);
  std::vector<text::Hint> hints;
  const Auswahl auswahl(tx, wer, sicht, anfrage.query, hints);
  auto found = find(tx, wer, bestand, sicht, auswahl, anfrage);
  SucheAusgabe out;
  out.anzahl = found.anzahl;
  out.bewertet = found.bewertet;
  for (const auto& list : {anfrage.query.hints, hints})
    for (const auto& hint : list) out.hinweise.emplace_back(english ? hint.en : hint.de);
  out.eintraege = showTreffer(tx, wer, anfrage.query, found.treffer);
  for (auto& shown : showTreffer(tx, wer, found.weit, found.aehnliche)) {
    shown.aehnlich = true;
    out.eintraege.push_back(std::move(shown));
  }
  out.aehnliche = found.anzahlAehnliche;
  out.auchGefunden = std::move(found.auchGefunden);
  if (found.mehr)
    out.nach = std::to_string(found.treffer.back().wert) + '.' + std::to_string(found.treffer.back().dokument);
  if (anfrage.facetten) out.facetten = showFacetten(tx, wer, found.facetten);
  if (!nach) out.objekte = objekte(tx, wer, sicht, auswahl, anfrage.query, frage.q.value);
  return out;
}

}  // namespace

void addRoutes(http::Routes& routes, Zugang& zugang, Bestand& bestand, const base::Clock& clock) {
  routes.add<None, Frage, SucheAusgabe>(Verb::get, "/api/suche",
                                        {"suche", "Suche",
                                         "Dokumente by their words and fields: words, \"phrases\", prefix*, -not, OR, "
                                         "von: az: typ: datum: oe: akte: in:; "
                                         "and Akten and Vorgänge by sign and Betreff"},
                                        [&](const auto& call) {
                                          return zugang.read<SucheAusgabe>(call, [&](Tx tx, const Berechtigung& wer) {
                                            return search(tx, wer, bestand, call.query, call.request.english());
                                          });
                                        });
  addVorschlagRoute(routes, zugang, bestand);
  addHeuteRoute(routes, zugang);
  addGemerktRoutes(routes, zugang, bestand, clock);
}

}  // namespace suche
