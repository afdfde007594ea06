// How things stood at a past moment, and what changed between two.
#include <fmt/format.h>

#include "routen.h"
#include "stand.h"

namespace akte {
namespace {

struct Moment {
  base::Line<40> am{};
};
BOOST_DESCRIBE_STRUCT(Moment, (), (am))

struct MomentSeite : Seite {
  base::Line<40> am{};
};
BOOST_DESCRIBE_STRUCT(MomentSeite, (Seite), (am))

struct Zeitraum {
  base::Line<40> von{};
  std::optional<base::Line<40>> bis{};  ///< by default now
};
BOOST_DESCRIBE_STRUCT(Zeitraum, (), (von, bis))

/// What came, went or changed within: an object in short, with its fields where it changed.
struct Veraendert {
  SuchArt art{};
  base::Uuid id{};
  std::string zeichen{}, betreff{};
  std::vector<AenderungAusgabe> aenderungen{};
};
BOOST_DESCRIBE_STRUCT(Veraendert, (), (art, id, zeichen, betreff, aenderungen))

struct UnterschiedAusgabe {
  base::Zeitpunkt von{}, bis{};
  std::vector<AenderungAusgabe> aenderungen{};
  std::vector<Veraendert> hinzugekommen{}, weggefallen{}, geaendert{};
  std::vector<std::string> saetze{};  ///< all of it in words
};
BOOST_DESCRIBE_STRUCT(UnterschiedAusgabe, (), (von, bis, aenderungen, hinzugekommen, weggefallen, geaendert, saetze))

/// A page of rows that are at hand, newest first; cursors are the ids, as in other lists.
template <class List, class Row, class Show>
Result<List> pageOf(const std::vector<Row>& rows, const Seite& seite, Show show) {
  AKTENLOTSE_GET(limit, limitOf(seite.limit));
  AKTENLOTSE_GET(before, cursorOf(seite.nach));
  List out;
  std::int64_t last = 0;
  for (const auto& row : rows) {
    if (before > 0 && row.id >= before) continue;
    if (static_cast<std::int64_t>(out.eintraege.size()) == limit) {
      out.nach = std::to_string(last);
      break;
    }
    out.eintraege.push_back(show(row));
    last = row.id;
  }
  return out;
}

template <class Row>
boost::json::object asJson(const Row& row) {
  boost::json::object out;
  const auto& table = sql::tableOf<Row>();
  const auto values = sql::valuesOf(row);
  for (std::size_t i = 2; i < values.size(); ++i) {
    auto& cell = out[table.columns[i].name];
    if (const auto* number = std::get_if<std::int64_t>(&values[i])) cell = *number;
    if (const auto* text = std::get_if<std::string>(&values[i])) cell = *text;
  }
  return out;
}

template <class Row>
Veraendert kurz(const Row& row) {
  const auto k = knotenOf(row);
  return {k.art, k.uuid, k.zeichen, k.betreff, {}};
}

class Vergleich {
 public:
  Vergleich(Tx tx, const Berechtigung& wer, bool english, base::Zeitpunkt von, base::Zeitpunkt bis)
      : tx_(tx), wer_(wer), english_(english), vorher_(tx, wer, von), nachher_(tx, wer, bis) {
    out_.von = von;
    out_.bis = bis;
  }

  template <class Row>
  void self(const Row& heute) {
    const auto alt = vorher_.zeile(heute), neu = nachher_.zeile(heute);
    if (alt && neu) out_.aenderungen = unterschiede(tx_, wer_, english_, Row::tabelle, asJson(*alt), asJson(*neu));
  }
  void within(const AkteZeile& heute) { compare(vorher_.vorgaengeIn(heute), nachher_.vorgaengeIn(heute)); }
  void within(const VorgangZeile& heute) {
    compare(vorher_.teilvorgaengeIn(heute), nachher_.teilvorgaengeIn(heute));
    compare(vorher_.dokumenteIn(heute), nachher_.dokumenteIn(heute));
  }
  void within(const DokumentZeile& heute) { compare(vorher_.anlagenZu(heute), nachher_.anlagenZu(heute)); }

  UnterschiedAusgabe take() {
    for (const auto& a : out_.aenderungen) say(a, "");
    for (const auto& v : out_.hinzugekommen)
      out_.saetze.push_back(fmt::format(fmt::runtime(english_ ? "{} was added." : "{} ist hinzugekommen."), name(v)));
    for (const auto& v : out_.weggefallen)
      out_.saetze.push_back(
          fmt::format(fmt::runtime(english_ ? "{} is no longer there." : "{} liegt nicht mehr darin."), name(v)));
    for (const auto& v : out_.geaendert)
      for (const auto& a : v.aenderungen) say(a, name(v) + ": ");
    return std::move(out_);
  }

 private:
  template <class Row>
  void compare(const std::vector<Row>& alt, const std::vector<Row>& neu) {
    std::map<std::int64_t, const Row*> before;
    for (const auto& row : alt) before[row.id] = &row;
    for (const auto& row : neu) {
      const auto found = before.find(row.id);
      if (found == before.end()) {
        out_.hinzugekommen.push_back(kurz(row));
        continue;
      }
      auto changed = kurz(row);
      changed.aenderungen = unterschiede(tx_, wer_, english_, Row::tabelle, asJson(*found->second), asJson(row));
      if (!changed.aenderungen.empty()) out_.geaendert.push_back(std::move(changed));
      before.erase(found);
    }
    for (const auto& [id, row] : before) out_.weggefallen.push_back(kurz(*row));
  }

  [[nodiscard]] static std::string name(const Veraendert& v) {
    return v.zeichen.empty() ? "„" + v.betreff + "“" : v.zeichen + " „" + v.betreff + "“";
  }
  void say(const AenderungAusgabe& a, const std::string& of) {
    const std::string none = english_ ? "empty" : "leer";
    const auto quoted = [&](const OptText& text) { return text ? "„" + *text + "“" : none; };
    out_.saetze.push_back(of + fmt::format(fmt::runtime(english_ ? "{} was {} and is {}." : "{} war {} und ist {}."),
                                           a.feld, quoted(a.alt), quoted(a.neu)));
  }

  Tx tx_;
  const Berechtigung& wer_;
  bool english_;
  Rueckschau vorher_, nachher_;
  UnterschiedAusgabe out_;
};

/// Reads with the object of today and the moment that the address names.
template <class Out, class Find, class Show>
auto pastOf(Zugang& zugang, Find find, Show show) {
  return [&zugang, find, show](const auto& call) {
    Einsicht einsicht(zugang.journal());
    auto reply = zugang.read<Out>(call, [&](Tx tx, const Berechtigung& wer) -> Result<Out> {
      AKTENLOTSE_GET(moment, momentOf(call.query.am, "am"));
      AKTENLOTSE_GET(heute, find(tx, wer, call.id));
      einsicht.merke(tx, wer, heute);
      Rueckschau damals(tx, wer, moment);
      return show(tx, wer, damals, heute, call.query);
    });
    einsicht.halteFest();
    return reply;
  };
}

template <class Find>
void addUnterschied(http::Routes& routes, Zugang& zugang, std::string pattern, std::string_view id,
                    std::string_view tag, Find find) {
  routes.add<None, Zeitraum, UnterschiedAusgabe>(
      Verb::get, std::move(pattern), {.id = id, .tag = tag, .summary = "What changed between two moments, in words"},
      [&zugang, find](const auto& call) {
        return zugang.read<UnterschiedAusgabe>(call, [&](Tx tx, const Berechtigung& wer) -> Result<UnterschiedAusgabe> {
          AKTENLOTSE_GET(von, momentOf(call.query.von, "von"));
          auto bis = zugang.journal().clock().now();
          if (call.query.bis) {
            AKTENLOTSE_GET(given, momentOf(*call.query.bis, "bis"));
            bis = given;
          }
          if (bis < von) return base::fail(base::Code::EingabeUngueltig, "„bis“ liegt vor „von“.", "bis");
          AKTENLOTSE_GET(heute, find(tx, wer, call.id));
          Vergleich vergleich(tx, wer, call.request.english(), von, bis);
          vergleich.self(rowOf(heute));
          vergleich.within(rowOf(heute));
          return vergleich.take();
        });
      });
}

void addObjects(http::Routes& routes, Zugang& zugang) {
  routes.add<None, Moment, AkteAusgabe>(
      Verb::get, "/api/akten/{id}/stand", {"akteStand", "Akte", "The Akte as it stood at a past moment"},
      pastOf<AkteAusgabe>(zugang, &findAkte,
                          [](Tx, const Berechtigung&, Rueckschau& damals, const AkteMit& heute, const auto&) {
                            return damals.akte(heute);
                          }));
  routes.add<None, MomentSeite, VorgangListe>(
      Verb::get, "/api/akten/{id}/stand/vorgaenge",
      {"akteStandVorgaenge", "Akte", "The Vorgänge that lay in an Akte at a past moment, newest first"},
      pastOf<VorgangListe>(zugang, &findAkte,
                           [](Tx, const Berechtigung&, Rueckschau& damals, const AkteMit& heute, const auto& query) {
                             return pageOf<VorgangListe>(damals.vorgaengeIn(heute.akte), query,
                                                         [&](const VorgangZeile& row) { return damals.show(row); });
                           }));
  routes.add<None, Moment, VorgangAusgabe>(
      Verb::get, "/api/vorgaenge/{id}/stand", {"vorgangStand", "Vorgang", "The Vorgang as it stood at a past moment"},
      pastOf<VorgangAusgabe>(zugang, &findVorgang,
                             [](Tx, const Berechtigung&, Rueckschau& damals, const VorgangMit& heute, const auto&) {
                               return damals.vorgang(heute);
                             }));
  routes.add<None, MomentSeite, VorgangListe>(
      Verb::get, "/api/vorgaenge/{id}/stand/teilvorgaenge",
      {"vorgangStandTeilvorgaenge", "Vorgang", "The Teilvorgänge that lay in a Vorgang at a past moment, newest first"},
      pastOf<VorgangListe>(zugang, &findVorgang,
                           [](Tx, const Berechtigung&, Rueckschau& damals, const VorgangMit& heute, const auto& query) {
                             return pageOf<VorgangListe>(damals.teilvorgaengeIn(heute.vorgang), query,
                                                         [&](const VorgangZeile& row) { return damals.show(row); });
                           }));
  routes.add<None, MomentSeite, DokumentListe>(
      Verb::get, "/api/vorgaenge/{id}/stand/dokumente",
      {"vorgangStandDokumente", "Vorgang", "The Dokumente that lay in a Vorgang at a past moment, newest first"},
      pastOf<DokumentListe>(
          zugang, &findVorgang,
          [](Tx, const Berechtigung&, Rueckschau& damals, const VorgangMit& heute, const auto& query) {
            return pageOf<DokumentListe>(damals.dokumenteIn(heute.vorgang), query,
                                         [&](const DokumentZeile& row) { return damals.show(row); });
          }));
  routes.add<None, Moment, DokumentAusgabe>(
      Verb::get, "/api/dokumente/{id}/stand",
      {"dokumentStand", "Dokument", "The Dokument as it stood at a past moment"},
      pastOf<DokumentAusgabe>(zugang, &findDokument,
                              [](Tx, const Berechtigung&, Rueckschau& damals, const DokumentMit& heute, const auto&) {
                                return damals.dokument(heute);
                              }));
}

/// The tables of the order in which everything lies: what changed them after the moment is found by an index of its
/// own.
void loadOrdnung(Tx tx, std::int64_t mandant, journal::Damals& damals) {
  damals.load(tx, sql::Query(" FROM journal j WHERE j.mandant = :mandant AND j.objekt_art IN ('aktenplaneinheit', "
                             "'zugriff', 'stelle', 'person', 'organisationseinheit', 'mandant')",
                             mandant));
}

/// The plan; counts of Akten are not told of the past.
Result<AktenplanAusgabe> plan(Tx tx, const Berechtigung& wer, base::Zeitpunkt moment) {
  journal::Damals damals(moment);
  loadOrdnung(tx, wer.mandant, damals);
  auto rows = damals.all(mandant::allRows<AktenplaneinheitZeile>(tx, wer.mandant));
  std::ranges::sort(rows, {}, &AktenplaneinheitZeile::kennzeichen);
  std::map<std::int64_t, const AktenplaneinheitZeile*> byId;
  std::set<std::int64_t> parents;
  for (const auto& row : rows) {
    byId.emplace(row.id, &row);
    if (row.ueber) parents.insert(*row.ueber);
  }
  std::map<std::int64_t, ZugriffKurz> zugriffe;
  for (const auto& row : damals.all(mandant::allRows<mandant::ZugriffZeile>(tx, wer.mandant)))
    zugriffe[row.id] = {row.uuid, row.bezeichnung};
  std::map<std::int64_t, base::Uuid> units;
  for (const auto& row : damals.all(mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant)))
    units[row.id] = row.uuid;
  AktenplanAusgabe out;
  for (const auto& row : rows) {
    auto entry = columnsOf(row);
    if (row.ueber) entry.ueber = byId.at(*row.ueber)->uuid;
    entry.blatt = !parents.contains(row.id);
    int tiefe = 1;
    for (auto ueber = row.ueber; ueber; ++tiefe) ueber = byId.at(*ueber)->ueber;
    entry.art = artOf(row, entry.blatt, tiefe);
    if (row.organisationseinheit) entry.organisationseinheit = units.at(*row.organisationseinheit);
    entry.zugriff = zugriffe[row.zugriff];
    out.eintraege.push_back(std::move(entry));
  }
  return out;
}

struct ErreichtVon {
  PersonKurz person{};
  mandant::Stufe stufe{};
};
BOOST_DESCRIBE_STRUCT(ErreichtVon, (), (person, stufe))
struct ZugriffStand {
  base::Uuid id{};
  std::string bezeichnung{};
  std::vector<ErreichtVon> personen{};
};
BOOST_DESCRIBE_STRUCT(ZugriffStand, (), (id, bezeichnung, personen))
struct ZugriffStandListe {
  std::vector<ZugriffStand> eintraege{};
};
BOOST_DESCRIBE_STRUCT(ZugriffStandListe, (), (eintraege))

/// Who reached what: computed from organisation and definitions of that moment, as today's is from today's.
Result<ZugriffStandListe> rechte(Tx tx, const Berechtigung& wer, base::Zeitpunkt moment) {
  journal::Damals damals(moment);
  loadOrdnung(tx, wer.mandant, damals);
  const auto past = [&]<class Row>() { return damals.all(mandant::allRows<Row>(tx, wer.mandant)); };
  const mandant::Ordnung ordnung{past.operator()<mandant::StelleZeile>(), past.operator()<mandant::StelleRolleZeile>(),
                                 past.operator()<mandant::PersonZeile>(), past.operator()<mandant::BesetzungZeile>(),
                                 past.operator()<mandant::ZugriffseintragZeile>()};
  std::map<std::int64_t, PersonKurz> people;
  for (const auto& person : ordnung.personen) people[person.id] = {person.uuid, mandant::nameOf(person)};
  std::map<std::int64_t, std::vector<ErreichtVon>> reached;
  for (const auto& row : mandant::reach(ordnung, wer.mandant))
    reached[row.zugriff].push_back({people[row.person], row.stufe});
  ZugriffStandListe out;
  for (const auto& row : past.operator()<mandant::ZugriffZeile>())
    out.eintraege.push_back({row.uuid, row.bezeichnung, reached[row.id]});
  return out;
}

template <class Out, class F>
auto atMoment(Zugang& zugang, F f) {
  return [&zugang, f](const auto& call) {
    return zugang.read<Out>(call, [&](Tx tx, const Berechtigung& wer) -> Result<Out> {
      AKTENLOTSE_GET(moment, momentOf(call.query.am, "am"));
      return f(tx, wer, moment);
    });
  };
}

}  // namespace

void addStandRoutes(http::Routes& routes, Zugang& zugang) {
  addObjects(routes, zugang);
  addUnterschied(routes, zugang, "/api/akten/{id}/unterschied", "akteUnterschied", "Akte", &findAkte);
  addUnterschied(routes, zugang, "/api/vorgaenge/{id}/unterschied", "vorgangUnterschied", "Vorgang", &findVorgang);
  addUnterschied(routes, zugang, "/api/dokumente/{id}/unterschied", "dokumentUnterschied", "Dokument", &findDokument);
  routes.add<None, Moment, AktenplanAusgabe>(Verb::get, "/api/aktenplan/stand",
                                             {"aktenplanStand", "Aktenplan", "The plan as it stood at a past moment"},
                                             atMoment<AktenplanAusgabe>(zugang, plan));
  routes.add<None, Moment, ZugriffStandListe>(Verb::get, "/api/zugriffe/stand",
                                              {.id = "zugriffeStand",
                                               .tag = "Organisation",
                                               .summary = "Who reached what at a past moment",
                                               .recht = "zugriffPflegen"},
                                              atMoment<ZugriffStandListe>(zugang, rechte));
}

}  // namespace akte
