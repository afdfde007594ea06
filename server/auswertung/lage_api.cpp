// How the work of a head's units stands now: load, age, what is overdue. Figures count everything and name nothing; of
// what is overdue he sees what he may read.
#include <algorithm>
#include <map>
#include <set>

#include "akte/laufweg_zeilen.h"
#include "einheiten.h"
#include "sql/liste.h"

namespace auswertung {
namespace {

using akte::OptDatum;
using akte::OptId;
using akte::Schrittart;
using akte::SchrittZeile;
using base::Code;
using base::fail;
using mandant::TraegerArt;

constexpr std::int64_t mostLate = 50;
constexpr std::int64_t stufen[] = {3, 7, 14, 30};

struct LageFrage {
  std::optional<base::Uuid> organisationseinheit{};  ///< with all below it; by default all in reach
};
BOOST_DESCRIBE_STRUCT(LageFrage, (), (organisationseinheit))

struct Last {
  std::int64_t offen = 0;                                    ///< steps that wait for somebody now
  std::int64_t unverteilt = 0;                               ///< of them, those that nobody has taken yet
  std::int64_t ueberfaellig = 0;                             ///< of them, those whose day is over
  std::optional<std::int64_t> medianTage{}, aeltesteTage{};  ///< since they came
};
BOOST_DESCRIBE_STRUCT(Last, (), (offen, unverteilt, ueberfaellig, medianTage, aeltesteTage))
struct LageEinheit {
  OrganisationseinheitKurz organisationseinheit{};
  Last last{};
  std::int64_t posteingang = 0;
  std::optional<std::int64_t> posteingangTage{};  ///< how long the oldest has lain there
};
BOOST_DESCRIBE_STRUCT(LageEinheit, (), (organisationseinheit, last, posteingang, posteingangTage))
struct Altersstufe {
  std::optional<std::int64_t> bisTage{};  ///< nothing: older than all of these
  std::int64_t anzahl = 0;
};
BOOST_DESCRIBE_STRUCT(Altersstufe, (), (bisTage, anzahl))
struct LagePerson {
  std::string name{};
  Last last{};
};
BOOST_DESCRIBE_STRUCT(LagePerson, (), (name, last))
struct LageSchritt {
  base::Uuid vorgang{};
  std::string zeichen{}, betreff{};
  Schrittart art{};
  base::Datum termin{};
  std::int64_t tage = 0;  ///< over its day
  OrganisationseinheitKurz organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(LageSchritt, (), (vorgang, zeichen, betreff, art, termin, tage, organisationseinheit))

struct Lage {
  base::Datum heute{};
  std::vector<OrganisationseinheitKurz> auswahl{};  ///< that this person may ask for
  Last gesamt{};
  std::vector<LageEinheit> einheiten{};
  std::vector<Altersstufe> alter{};
  std::vector<LageSchritt> ueberfaellige{};  ///< longest first, as far as this person may see them; at most 50
  bool personenErlaubt = false;              ///< the Personalrat has agreed
  std::vector<LagePerson> personen{};
};
BOOST_DESCRIBE_STRUCT(Lage, (), (heute, auswahl, gesamt, einheiten, alter, ueberfaellige, personenErlaubt, personen))

struct Offen {
  TraegerArt adressatArt{};
  std::int64_t adressat = 0;
  OptId bearbeiter{};
  OptDatum termin{};
  std::optional<base::Zeitpunkt> aktuellSeit{};
};
BOOST_DESCRIBE_STRUCT(Offen, (), (adressatArt, adressat, bearbeiter, termin, aktuellSeit))

struct Post {
  std::int64_t organisationseinheit = 0, anzahl = 0;
  base::Zeitpunkt aelteste{};
};
BOOST_DESCRIBE_STRUCT(Post, (), (organisationseinheit, anzahl, aelteste))

struct Zaehler {
  Last last{};
  std::vector<std::int64_t> tage{};
  void add(const Offen& schritt, const base::Datum& heute) {
    ++last.offen;
    last.unverteilt += !schritt.bearbeiter && schritt.adressatArt != TraegerArt::person ? 1 : 0;
    last.ueberfaellig += schritt.termin && *schritt.termin < heute ? 1 : 0;
    if (schritt.aktuellSeit) tage.push_back(tageZwischen(base::Datum::of(*schritt.aktuellSeit), heute));
  }
  [[nodiscard]] Last fertig() const {
    auto out = last;
    out.medianTage = quantil(tage, 50);
    if (!tage.empty()) out.aeltesteTage = *std::ranges::max_element(tage);
    return out;
  }
};

/// Who and what belongs to some units. One who sits in several belongs to the first.
class Zugehoerige {
 public:
  Zugehoerige(Tx tx, std::int64_t mandant, const Einheiten& einheiten) {
    for (const auto& oe : einheiten) {
      einheiten_.insert(oe.id);
      keys_.push_back("organisationseinheit:" + std::to_string(oe.id));
    }
    for (const auto& stelle : mandant::allRows<mandant::StelleZeile>(tx, mandant))
      if (einheiten_.contains(stelle.organisationseinheit)) {
        stellen_.emplace(stelle.id, stelle.organisationseinheit);
        keys_.push_back("stelle:" + std::to_string(stelle.id));
      }
    for (const auto& sitz : mandant::allRows<mandant::BesetzungZeile>(tx, mandant)) {
      const auto stelle = stellen_.find(sitz.stelle);
      if (stelle == stellen_.end() || !leute_.emplace(sitz.person, stelle->second).second) continue;
      people_.push_back(sitz.person);
      keys_.push_back("person:" + std::to_string(sitz.person));
    }
  }
  [[nodiscard]] const std::vector<std::string>& keys() const { return keys_; }
  [[nodiscard]] const std::vector<std::int64_t>& people() const { return people_; }
  [[nodiscard]] OptId personOf(TraegerArt art, std::int64_t adressat, const OptId& bearbeiter) const {
    if (bearbeiter) return bearbeiter;
    return art == TraegerArt::person ? OptId(adressat) : OptId();
  }
  /// Only of what was found by keys or people.
  [[nodiscard]] std::int64_t einheitOf(TraegerArt art, std::int64_t adressat, const OptId& bearbeiter) const {
    if (const auto person = personOf(art, adressat, bearbeiter)) return leute_.at(*person);
    return art == TraegerArt::stelle ? stellen_.at(adressat) : adressat;
  }

 private:
  std::set<std::int64_t> einheiten_{};
  std::map<std::int64_t, std::int64_t> stellen_{}, leute_{};  ///< unit of each
  std::vector<std::int64_t> people_{};
  std::vector<std::string> keys_{};
};

/// Steps that wait now with those who belong to the units: taken ones, or those that are still for all who are meant.
sql::Query wartende(Tx tx, std::int64_t mandant, const Zugehoerige& wer, bool taken, const base::Datum& heute) {
  sql::Query out(
      " FROM schritt s CROSS JOIN vorgang v CROSS JOIN akte a WHERE s.mandant = :m1 AND s.status = 'aktuell' AND ",
      mandant);
  if (taken)
    out.add("s.bearbeiter IS NOT NULL AND s.bearbeiter").add(sql::in(tx, wer.people()));
  else
    out.add("s.bearbeiter IS NULL AND s.an").add(sql::in(tx, wer.keys()));
  return out.add(
      " AND v.mandant = :m2 AND v.id = s.vorgang AND v.status = 'inBearbeitung' AND a.mandant = :m3 AND a.id = v.akte "
      "AND a.status = 'inBearbeitung' AND NOT EXISTS (SELECT 1 FROM vorgang o WHERE o.mandant = v.mandant AND o.id = "
      "v.ueber AND o.status <> 'inBearbeitung') AND (s.art <> 'wiedervorlage' OR s.faellig <= :heute)",
      mandant, mandant, heute);
}

std::vector<LageSchritt> ueberfaellige(Tx tx, const Berechtigung& wer, const Einheiten& einheiten,
                                       const Zugehoerige& zugehoerige, const base::Datum& heute) {
  std::vector<SchrittZeile> rows;
  for (const bool taken : {false, true}) {
    auto query = sql::Query::select<SchrittZeile>("s").add(wartende(tx, wer.mandant, zugehoerige, taken, heute));
    query.add(" AND s.faellig < :tag AND ", heute).add(mandant::sichtbar("v.zugriff", wer));
    for (auto& row : tx.query<SchrittZeile>(query.add(" ORDER BY s.faellig, s.id LIMIT :grenze", mostLate)))
      rows.push_back(std::move(row));
  }
  std::ranges::sort(rows, {}, [](const auto& row) { return std::pair(row.termin->text(), row.id); });
  if (rows.size() > static_cast<std::size_t>(mostLate)) rows.resize(static_cast<std::size_t>(mostLate));
  std::vector<LageSchritt> out;
  for (const auto& row : rows) {
    const auto vorgang = mandant::rowById<akte::VorgangZeile>(tx, wer.mandant, row.vorgang).value();
    out.push_back({vorgang.uuid, vorgang.zeichen, vorgang.betreff, row.art, *row.termin,
                   tageZwischen(*row.termin, heute),
                   kurz(einheiten, zugehoerige.einheitOf(row.adressatArt, row.adressat, row.bearbeiter))});
  }
  return out;
}

std::map<std::int64_t, Post> postIn(Tx tx, std::int64_t mandant, const Einheiten& einheiten) {
  sql::Query query(
      "SELECT organisationseinheit, COUNT(*), MIN(angelegt) FROM dokument WHERE mandant = :mandant AND vorgang IS NULL "
      "AND ueber IS NULL AND status = 'inBearbeitung' AND organisationseinheit",
      mandant);
  query.add(sql::in(tx, sql::numbersOf(einheiten, &mandant::OrganisationseinheitZeile::id)));
  std::map<std::int64_t, Post> out;
  for (auto& row : tx.query<Post>(query.add(" GROUP BY organisationseinheit")))
    out.emplace(row.organisationseinheit, row);
  return out;
}

Result<Lage> lage(Tx tx, const Berechtigung& wer, const LageFrage& frage, base::Zeitpunkt jetzt) {
  const auto alle = reichweite(tx, wer);
  if (alle.empty()) return fail(Code::NichtErlaubt, "Die Lage sehen die Leitung einer Einheit und die Administration.");
  auto einheiten = alle;
  if (frage.organisationseinheit) {
    einheiten = darunter(alle, *frage.organisationseinheit);
    if (einheiten.empty()) return fail(Code::NichtGefunden);
  }
  Lage out;
  out.heute = base::Datum::of(jetzt);
  for (const auto& oe : alle) out.auswahl.push_back({oe.uuid, oe.kurzzeichen, oe.bezeichnung});
  out.personenErlaubt = regelOf(tx, wer.mandant).personen;
  const Zugehoerige zugehoerige(tx, wer.mandant, einheiten);
  Zaehler gesamt;
  std::map<std::int64_t, Zaehler> jeEinheit, jePerson;
  for (const bool taken : {false, true}) {
    sql::Query query("SELECT s.adressat_art, s.adressat, s.bearbeiter, s.termin, s.aktuell_seit");
    tx.each<Offen>(query.add(wartende(tx, wer.mandant, zugehoerige, taken, out.heute)), [&](const Offen& s) {
      gesamt.add(s, out.heute);
      jeEinheit[zugehoerige.einheitOf(s.adressatArt, s.adressat, s.bearbeiter)].add(s, out.heute);
      if (const auto person = zugehoerige.personOf(s.adressatArt, s.adressat, s.bearbeiter))
        jePerson[*person].add(s, out.heute);
    });
  }
  out.gesamt = gesamt.fertig();
  const auto post = postIn(tx, wer.mandant, einheiten);
  for (const auto& oe : einheiten) {
    LageEinheit one{{oe.uuid, oe.kurzzeichen, oe.bezeichnung}, jeEinheit[oe.id].fertig(), 0, {}};
    if (const auto found = post.find(oe.id); found != post.end()) {
      one.posteingang = found->second.anzahl;
      one.posteingangTage = tageZwischen(base::Datum::of(found->second.aelteste), out.heute);
    }
    out.einheiten.push_back(std::move(one));
  }
  std::int64_t before = -1;
  const auto between = [&](std::int64_t above, std::int64_t upTo) {
    return std::ranges::count_if(gesamt.tage, [&](auto tage) { return tage > above && tage <= upTo; });
  };
  for (const auto bis : stufen) {
    out.alter.push_back({bis, between(before, bis)});
    before = bis;
  }
  out.alter.push_back({{}, between(before, INT64_MAX)});
  out.ueberfaellige = ueberfaellige(tx, wer, einheiten, zugehoerige, out.heute);
  if (out.personenErlaubt)
    for (const auto& [person, zaehler] : jePerson)
      if (const auto row = mandant::rowById<mandant::PersonZeile>(tx, wer.mandant, person))
        out.personen.push_back({mandant::nameOf(*row), zaehler.fertig()});
  return out;
}

}  // namespace

void addLageRoute(http::Routes& routes, Zugang& zugang) {
  routes.add<None, LageFrage, Lage>(
      Verb::get, "/api/lage",
      {"lage", "Auswertung", "Load, age and overdue work of the units that one heads or administers, as it is now"},
      [&zugang](const auto& call) {
        return zugang.read<Lage>(call, [&](Tx tx, const Berechtigung& wer) {
          return lage(tx, wer, call.query, zugang.journal().clock().now());
        });
      });
}

}  // namespace auswertung
