#include "postkorb.h"

#include <algorithm>
#include <map>
#include <set>

#include "akte/schutz.h"
#include "sql/liste.h"

namespace geschaeftsgang {
namespace {

using akte::DokumentZeile;
using mandant::Aufgabe;
using mandant::Bereich;

/// Counting ends here, so that it stays cheap whatever has piled up.
constexpr std::int64_t grenze = 1000;
/// Letters that one page shows beside the steps.
constexpr std::int64_t amMeisten = 50;

/// One source of open steps, which an index gives in order of what is due: those for one key that nobody has taken, or
/// those that one person has taken.
struct Strom {
  std::string an{};  ///< empty: those taken
  std::int64_t bearbeiter = 0;
  std::int64_t fuer = 0;  ///< whose it is, where it is another's
  Bereich bereich{};
  std::vector<Bereich> ohne{};  ///< parts that an earlier source has
};

// A name may be in a statement only once.
constexpr sql::Sql einheiten[] = {" AND a.organisationseinheit = :oe0", " AND a.organisationseinheit = :oe1",
                                  " AND a.organisationseinheit = :oe2", " AND a.organisationseinheit = :oe3",
                                  " AND a.organisationseinheit = :oe4", " AND a.organisationseinheit = :oe5"};

void only(sql::Query& query, const Bereich& bereich, std::size_t nr) {
  if (bereich.organisationseinheit) query.add(einheiten[nr], *bereich.organisationseinheit);
  if (bereich.aufgabe == Aufgabe::zeichnung) query.add(" AND s.art IN ('mitzeichnung', 'schlusszeichnung')");
  if (bereich.aufgabe == Aufgabe::kenntnis) query.add(" AND s.art = 'kenntnis'");
  if (bereich.aufgabe == Aufgabe::bearbeitung)
    query.add(" AND s.art NOT IN ('mitzeichnung', 'schlusszeichnung', 'kenntnis')");
}

/// What a Vertretung is for, and not an earlier one of the same person. Of very many parts the last may be counted
/// twice; a list shows nothing twice.
void parts(sql::Query& query, const Strom& strom) {
  only(query, strom.bereich, 0);
  for (std::size_t i = 0; i < std::min(strom.ohne.size(), std::size(einheiten) - 1); ++i) {
    query.add(" AND NOT (1 = 1");
    only(query, strom.ohne[i], i + 1);
    query.add(")");
  }
}

/// CROSS JOIN keeps SQLite in this order. A Wiedervorlage is there from its day on.
sql::Query steps(const Berechtigung& wer, const Strom& strom, const base::Datum& heute) {
  sql::Query out(
      " FROM schritt s CROSS JOIN vorgang v CROSS JOIN akte a WHERE s.mandant = :m1 AND s.status = 'aktuell' AND ",
      wer.mandant);
  if (strom.an.empty())
    out.add("s.bearbeiter IS NOT NULL AND s.bearbeiter = :bearbeiter", strom.bearbeiter);
  else
    out.add("s.bearbeiter IS NULL AND s.an = :an", strom.an);
  out.add(
      " AND v.mandant = :m2 AND v.id = s.vorgang AND v.status = 'inBearbeitung' AND a.mandant = :m3 AND a.id = v.akte "
      "AND a.status = 'inBearbeitung' AND NOT EXISTS (SELECT 1 FROM vorgang o WHERE o.mandant = v.mandant AND o.id = "
      "v.ueber AND o.status <> 'inBearbeitung') AND (s.art <> 'wiedervorlage' OR s.faellig <= :heute) AND ",
      wer.mandant, wer.mandant, heute);
  out.add(mandant::sichtbar("v.zugriff", wer));
  parts(out, strom);
  return out;
}

/// Mitzeichnungen of a person, given by himself or for him, that a newer version asks for again.
sql::Query stale(const Berechtigung& wer, std::int64_t person, bool fuerIhn, const Strom& strom) {
  // In this order: one index has all that is asked of the marks that he gave in all years.
  sql::Query out(
      " FROM schritt s CROSS JOIN laufweg l CROSS JOIN vorgang v CROSS JOIN akte a WHERE s.mandant = :mandant AND "
      "s.status = 'erledigt' AND s.art = 'mitzeichnung' AND s.ergebnis = 'erledigt' AND l.mandant = s.mandant AND l.id "
      "= s.laufweg AND l.status = 'laeuft' AND v.mandant = s.mandant AND v.id = s.vorgang AND v.status = "
      "'inBearbeitung' AND a.mandant = v.mandant AND a.id = v.akte AND a.status = 'inBearbeitung' AND NOT EXISTS "
      "(SELECT "
      "1 FROM vorgang o WHERE o.mandant = v.mandant AND o.id = v.ueber AND o.status <> 'inBearbeitung') AND (EXISTS "
      "(SELECT "
      "1 FROM dokument d WHERE d.mandant = s.mandant AND d.id = s.dokument AND d.status = "
      "'inBearbeitung' AND NOT EXISTS (SELECT 1 FROM zeichnung z WHERE z.mandant = s.mandant AND z.schritt = s.id AND "
      "z.dokument = d.id AND z.version_nr = d.version)) OR (l.umlaufmappe IS NOT NULL AND EXISTS (SELECT 1 FROM "
      "mappenstueck m JOIN dokument d ON d.mandant = m.mandant AND d.id = m.dokument AND d.status = 'inBearbeitung' "
      "WHERE m.mandant = s.mandant AND m.umlaufmappe = l.umlaufmappe AND NOT EXISTS (SELECT 1 FROM zeichnung z WHERE "
      "z.mandant = s.mandant AND z.schritt = s.id AND z.dokument = d.id AND z.version_nr = d.version)))) AND ",
      wer.mandant);
  if (fuerIhn)
    out.add("s.vertretene IS NOT NULL AND s.vertretene = :person AND ", person);
  else
    out.add("s.bearbeiter = :person AND s.vertretene IS NULL AND ", person);
  out.add(mandant::sichtbar("v.zugriff", wer));
  parts(out, strom);
  return out;
}

struct Fund {
  SchrittZeile schritt{};
  std::int64_t fuer = 0;
  bool erneut = false;
};

/// How many of these steps there are, are overdue, are due today.
struct Zaehlung {
  std::int64_t alle = 0, ueberfaellig = 0, heute = 0;
};
BOOST_DESCRIBE_STRUCT(Zaehlung, (), (alle, ueberfaellig, heute))

template <class Row>
std::map<std::int64_t, Row> rowsBy(Tx tx, std::int64_t mandant, const std::vector<std::int64_t>& ids) {
  std::map<std::int64_t, Row> out;
  if (ids.empty()) return out;
  auto query = sql::Query::select<Row>();
  query.add(" FROM ").add(sql::Query::tableName<Row>()).add(" WHERE mandant = :mandant AND id", mandant);
  for (auto& row : tx.query<Row>(query.add(sql::in(tx, ids)))) out.emplace(row.id, std::move(row));
  return out;
}

template <class Rows, class F>
std::vector<std::int64_t> idsOf(const Rows& rows, F f) {
  std::vector<std::int64_t> out;
  for (const auto& row : rows)
    if (const akte::OptId id = f(row)) out.push_back(*id);
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

class Leser {
 public:
  Leser(Tx tx, const Berechtigung& wer, base::Datum heute)
      : tx_(tx),
        wer_(wer),
        heute_(std::move(heute)),
        ich_(personOf(tx, wer.mandant, wer.person)),
        vertretene_(mandant::vertreteneOf(tx, wer.mandant, wer.person, heute_)) {
    for (const auto& one : vertretene_)
      if (!leute_.contains(one.person)) leute_.emplace(one.person, personOf(tx, wer.mandant, one.person));
  }

  Result<PostkorbAusgabe> read(const PostkorbFrage& frage) {
    const auto korb = frage.korb.value_or(Korb::meine);
    AKTENLOTSE_GET(limit, akte::limitOf(frage.limit));
    std::optional<std::pair<base::Datum, std::int64_t>> nach;
    if (frage.nach) {
      const auto& cursor = frage.nach->value;
      const auto bar = cursor.find('|');
      const auto day = base::Datum::parse(cursor.substr(0, bar));
      AKTENLOTSE_GET(id, akte::cursorOf(bar == std::string::npos ? base::Line<200>{"x"}
                                                                 : base::Line<200>{cursor.substr(bar + 1)}));
      if (!day) return base::fail(base::Code::EingabeUngueltig, "Das ist kein Blättern dieser Liste.", "nach");
      nach = {*day, id};
    }
    PostkorbAusgabe out;
    out.heute = heute_;
    auto found = korb == Korb::leitung ? late() : steps(korb, limit, nach, frage.auswahl);
    if (korb != Korb::leitung && static_cast<std::int64_t>(found.size()) > limit) {
      found.resize(static_cast<std::size_t>(limit));
      const auto& last = found.back().schritt;
      out.nach = faellig(last) + "|" + std::to_string(last.id);
    }
    if (!nach && (korb == Korb::meine || korb == Korb::vertretung) &&
        frage.auswahl.value_or(Auswahl::zeichnung) == Auswahl::zeichnung && countStale(korb) > 0) {
      auto again = staleOnes(korb);
      found.insert(found.begin(), again.begin(), again.end());
    }
    out.eintraege = show(found);
    out.zahlen = counts();
    if (!nach && !frage.auswahl) out.eingaenge = eingaenge(tx_, wer_, korb, heute_, amMeisten, grenze).eintraege;
    for (const auto& [id, person] : leute_) out.vertretene.push_back(personName(id).value());
    return out;
  }

  [[nodiscard]] std::vector<SchrittZeile> first(Korb korb, std::int64_t limit) const {
    std::vector<SchrittZeile> out;
    for (auto& one : steps(korb, limit, {})) out.push_back(std::move(one.schritt));
    return out;
  }

  [[nodiscard]] PostkorbZahlen counts() const {
    const auto own = count(Korb::meine), deputised = count(Korb::vertretung);
    const auto letters = [&](Korb korb) { return eingaenge(tx_, wer_, korb, heute_, 0, grenze).anzahl; };
    PostkorbZahlen out;
    out.eingaenge = letters(Korb::einheit);
    out.meine = std::min(own.alle + countStale(Korb::meine) + letters(Korb::meine), grenze);
    out.einheit = std::min(count(Korb::einheit).alle + out.eingaenge, grenze);
    out.vertretung = std::min(deputised.alle + countStale(Korb::vertretung) + letters(Korb::vertretung), grenze);
    out.ueberfaellig = own.ueberfaellig;
    out.heute = own.heute;
    out.grenze = grenze;
    out.leitung = static_cast<std::int64_t>(late().size());
    return out;
  }

 private:
  static std::string faellig(const SchrittZeile& s) { return s.termin ? s.termin->text() : "9999-12-31"; }

  [[nodiscard]] std::vector<Fund> late() const {
    std::vector<Fund> out;
    for (auto& one : ueberfaelligUnter(tx_, wer_, heute_)) out.push_back({std::move(one.schritt), 0, false});
    return out;
  }

  [[nodiscard]] std::vector<Strom> stroeme(Korb korb) const {
    std::vector<Strom> out;
    const auto add = [&](std::string_view art, const auto& id, const Strom& like) {
      out.push_back(like);
      out.back().an = std::string(art) + ":" + id;
    };
    if (korb == Korb::meine) {
      add("person", std::to_string(wer_.person), {});
      for (const auto id : ich_.stellen) add("stelle", std::to_string(id), {});
      out.push_back({{}, wer_.person, 0, {}, {}});
    } else if (korb == Korb::einheit) {
      for (const auto id : std::set(ich_.einheiten.begin(), ich_.einheiten.end()))
        add("organisationseinheit", std::to_string(id), {});
      for (const auto rolle : ich_.rollen) add("rolle", std::string(base::enumName(rolle)), {});
    } else {
      for (const auto& like : vertretungen()) {
        const auto& who = leute_.at(like.fuer);
        add("person", std::to_string(who.id), like);
        for (const auto id : who.stellen)
          if (std::ranges::find(ich_.stellen, id) == ich_.stellen.end()) add("stelle", std::to_string(id), like);
        out.push_back(like);
        out.back().bearbeiter = who.id;
      }
    }
    return out;
  }

  /// For whom and for what, so that nothing is in two of them.
  [[nodiscard]] std::vector<Strom> vertretungen() const {
    std::vector<Strom> out;
    for (const auto& one : vertretene_) {
      Strom like{{}, 0, one.person, one.bereich, {}};
      for (const auto& earlier : out)
        if (earlier.fuer == one.person) like.ohne.push_back(earlier.bereich);
      out.push_back(std::move(like));
    }
    return out;
  }

  /// In order of what is due; one more than asked for, where there are more.
  [[nodiscard]] std::vector<Fund> steps(Korb korb, std::int64_t limit,
                                        const std::optional<std::pair<base::Datum, std::int64_t>>& nach,
                                        std::optional<Auswahl> auswahl = {}) const {
    std::vector<Fund> out;
    for (const auto& strom : stroeme(korb)) {
      auto query = sql::Query::select<SchrittZeile>("s").add(geschaeftsgang::steps(wer_, strom, heute_));
      if (auswahl == Auswahl::zeichnung) query.add(" AND s.art IN ('mitzeichnung', 'schlusszeichnung')");
      if (auswahl == Auswahl::wiedervorlage) query.add(" AND s.art = 'wiedervorlage'");
      if (auswahl == Auswahl::ueberfaellig) query.add(" AND s.faellig < :vorbei", heute_);
      if (nach)
        query.add(" AND s.faellig >= :f1 AND (s.faellig > :f2 OR s.id > :i)", nach->first, nach->first, nach->second);
      for (auto& row : tx_.query<SchrittZeile>(query.add(" ORDER BY s.faellig, s.id LIMIT :grenze", limit + 1)))
        out.push_back({std::move(row), strom.fuer, false});
    }
    std::ranges::sort(out, {}, [](const Fund& f) { return std::pair(faellig(f.schritt), f.schritt.id); });
    // Two for whom one stands in may share a Stelle.
    const auto twice = std::ranges::unique(out, {}, [](const Fund& f) { return f.schritt.id; });
    out.erase(twice.begin(), twice.end());
    if (static_cast<std::int64_t>(out.size()) > limit + 1) out.resize(static_cast<std::size_t>(limit + 1));
    return out;
  }

  [[nodiscard]] std::vector<Strom> owners(Korb korb) const {
    return korb == Korb::meine ? std::vector<Strom>{{{}, 0, 0, {}, {}}} : vertretungen();
  }
  [[nodiscard]] std::vector<Fund> staleOnes(Korb korb) const {
    std::vector<Fund> out;
    for (const auto& strom : owners(korb))
      for (const bool fuerIhn : {false, true})
        for (auto& row :
             tx_.query<SchrittZeile>(sql::Query::select<SchrittZeile>("s")
                                         .add(stale(wer_, strom.fuer == 0 ? wer_.person : strom.fuer, fuerIhn, strom))
                                         .add(" ORDER BY s.id LIMIT 50")))
          out.push_back({std::move(row), strom.fuer, true});
    return out;
  }
  /// Counted once: of many marks this is what costs, and mostly there is none.
  [[nodiscard]] std::int64_t countStale(Korb korb) const {
    const auto [at, fresh] = veraltet_.try_emplace(korb);
    if (!fresh) return at->second;
    auto& out = at->second;
    for (const auto& strom : owners(korb))
      for (const bool fuerIhn : {false, true})
        out +=
            tx_.value<std::int64_t>(sql::Query("SELECT COUNT(*)")
                                        .add(stale(wer_, strom.fuer == 0 ? wer_.person : strom.fuer, fuerIhn, strom)))
                .value();
    return out;
  }
  [[nodiscard]] Zaehlung count(Korb korb) const {
    Zaehlung out;
    for (const auto& strom : stroeme(korb)) {
      sql::Query query(
          "SELECT COUNT(*), COALESCE(SUM(CASE WHEN x.faellig < :tag1 THEN 1 ELSE 0 END), 0), "
          "COALESCE(SUM(CASE WHEN x.faellig = :tag2 THEN 1 ELSE 0 END), 0) FROM (SELECT s.faellig",
          heute_, heute_);
      query.add(geschaeftsgang::steps(wer_, strom, heute_)).add(" ORDER BY s.faellig, s.id LIMIT :grenze) x", grenze);
      const auto one = tx_.one<Zaehlung>(query).value();
      out.alle += one.alle;
      out.ueberfaellig += one.ueberfaellig;
      out.heute += one.heute;
    }
    return out;
  }

  [[nodiscard]] std::vector<PostkorbEintrag> show(const std::vector<Fund>& found) {
    const auto mandant = wer_.mandant;
    const auto of = [&](auto member) {
      return idsOf(found, [&](const Fund& f) { return akte::OptId(f.schritt.*member); });
    };
    const auto vorgaenge = rowsBy<akte::VorgangZeile>(tx_, mandant, of(&SchrittZeile::vorgang));
    const auto akten = rowsBy<akte::AkteZeile>(
        tx_, mandant, idsOf(vorgaenge, [](const auto& one) { return akte::OptId(one.second.akte); }));
    const auto obere =
        rowsBy<akte::VorgangZeile>(tx_, mandant, idsOf(vorgaenge, [](const auto& one) { return one.second.ueber; }));
    const auto dokumente = rowsBy<DokumentZeile>(tx_, mandant, of(&SchrittZeile::dokument));
    const auto laufwege = rowsBy<LaufwegZeile>(tx_, mandant, of(&SchrittZeile::laufweg));
    std::map<std::int64_t, Schritte> slips;
    if (!laufwege.empty())
      for (auto& row : tx_.query<SchrittZeile>(sql::Query::select<SchrittZeile>()
                                                   .add(" FROM schritt WHERE mandant = :mandant AND laufweg", mandant)
                                                   .add(sql::in(tx_, of(&SchrittZeile::laufweg)))
                                                   .add(" ORDER BY laufweg, nr")))
        slips[row.laufweg].push_back(std::move(row));
    std::vector<PostkorbEintrag> out;
    for (const auto& f : found) {
      const auto& vorgang = vorgaenge.at(f.schritt.vorgang);
      const auto& akte = akten.at(vorgang.akte);
      VorgangMit mit{vorgang, akte, {stufeOf(vorgang.zugriff), true}, {}};
      if (vorgang.ueber) mit.ueber = obere.at(*vorgang.ueber);
      const auto dokument = f.schritt.dokument ? dokumente.find(*f.schritt.dokument) : dokumente.end();
      out.push_back(show(f, mit, dokument == dokumente.end() ? nullptr : &dokument->second,
                         laufwege.at(f.schritt.laufweg), slips.at(f.schritt.laufweg)));
    }
    return out;
  }

  PostkorbEintrag show(const Fund& f, const VorgangMit& mit, const DokumentZeile* dokument, const LaufwegZeile& laufweg,
                       const Schritte& slip) {
    const auto& s = f.schritt;
    PostkorbEintrag out;
    out.id = s.uuid;
    out.vorgang = {mit.vorgang.uuid, mit.vorgang.stand, mit.vorgang.zeichen, mit.vorgang.betreff};
    out.geheimhaltung = akte::geheimhaltungOf(mit);
    const auto mark = [&](const DokumentZeile& row) {
      if (stufeOf(row.zugriff)) out.geheimhaltung = std::max(out.geheimhaltung, row.geheimhaltung);
    };
    if (dokument != nullptr) mark(*dokument);
    if (dokument != nullptr && stufeOf(dokument->zugriff))
      out.dokument = Verweis{dokument->uuid, dokument->zeichen.value_or(""), dokument->betreff};
    out.art = s.art;
    out.adressat = {s.adressatArt, adressatName(adressatOf(s))};
    out.termin = s.termin;
    out.text = s.text;
    out.von = personName(s.ersteller);
    if (f.fuer != 0) out.fuer = personName(f.fuer);
    out.seit = s.aktuellSeit;
    out.erneut = f.erneut;
    const std::vector<Person> fuer = f.fuer == 0 ? std::vector<Person>{} : std::vector{leute_.at(f.fuer)};
    if (laufweg.umlaufmappe) {
      out.umlaufmappe = mappentitel(tx_, wer_.mandant, laufweg.umlaufmappe);
      const auto stuecke = dokumenteIn(tx_, wer_.mandant, laufweg.umlaufmappe);
      out.stuecke = static_cast<std::int64_t>(stuecke.size());
      for (const auto& [id, row] : rowsBy<DokumentZeile>(tx_, wer_.mandant, stuecke)) mark(row);
    }
    out.darf = angeboten(wer_, ich_, fuer, mit, laufweg, s, f.erneut);
    for (const auto& other : slip) {
      if (other.ergebnis == Schrittergebnis::zurueckgegeben && other.stufe == s.stufe - 1 &&
          s.art == Schrittart::bearbeitung && s.text == other.vermerk)
        out.zurueckgegeben = true;
      out.laufweg.push_back({other.stufe, other.art, adressatName(adressatOf(other)), other.status});
    }
    return out;
  }

  // The same few people, units and access definitions come again and again.
  std::optional<mandant::Stufe> stufeOf(std::int64_t zugriff) {
    const auto [at, fresh] = stufen_.try_emplace(zugriff);
    if (fresh) at->second = mandant::stufeFor(tx_, wer_, zugriff);
    return at->second;
  }
  std::optional<PersonKurz> personName(std::int64_t id) {
    const auto [at, fresh] = personen_.try_emplace(id);
    if (fresh) at->second = mandant::personKurz(tx_, wer_.mandant, id);
    return at->second;
  }
  const std::string& adressatName(const Adressat& an) {
    const auto [at, fresh] = namen_.try_emplace({an.art, an.id, an.rolle});
    if (fresh) at->second = nameOf(tx_, wer_.mandant, an);
    return at->second;
  }

  Tx tx_;
  const Berechtigung& wer_;
  base::Datum heute_;
  Person ich_;
  std::vector<mandant::Vertretener> vertretene_;
  std::map<std::int64_t, Person> leute_{};
  mutable std::map<Korb, std::int64_t> veraltet_{};
  std::map<std::int64_t, std::optional<mandant::Stufe>> stufen_{};
  std::map<std::int64_t, std::optional<PersonKurz>> personen_{};
  std::map<std::tuple<TraegerArt, std::int64_t, std::optional<Rolle>>, std::string> namen_{};
};

std::vector<Termin> withSigns(Tx tx, std::int64_t mandant, std::vector<SchrittZeile> rows) {
  const auto vorgaenge =
      rowsBy<akte::VorgangZeile>(tx, mandant, idsOf(rows, [](const auto& s) { return akte::OptId(s.vorgang); }));
  std::vector<Termin> out;
  for (auto& row : rows) {
    auto zeichen = vorgaenge.at(row.vorgang).zeichen;
    out.push_back({std::move(row), std::move(zeichen)});
  }
  return out;
}

}  // namespace

std::vector<Termin> termineOf(Tx tx, const Berechtigung& wer) {
  return withSigns(tx, wer.mandant, Leser(tx, wer, base::Datum::of(2999, 12, 31)).first(Korb::meine, 500));
}

std::vector<Termin> ueberfaelligInVertretung(Tx tx, const Berechtigung& wer, const base::Datum& heute) {
  auto rows = Leser(tx, wer, heute).first(Korb::vertretung, 500);
  std::erase_if(rows, [&](const auto& row) { return !row.termin || *row.termin >= heute; });
  return withSigns(tx, wer.mandant, std::move(rows));
}

std::vector<Termin> ueberfaelligUnter(Tx tx, const Berechtigung& wer, const base::Datum& seit) {
  std::set<std::int64_t> units;
  static const sql::Table shape{"stelle", {{"oe", sql::Kind::integer, false}}};
  tx.eachValues(shape,
                sql::Query("SELECT s.organisationseinheit FROM besetzung b JOIN stelle s ON s.mandant = b.mandant AND "
                           "s.id = b.stelle WHERE b.mandant = :mandant AND b.person = :person AND s.leitung = 1",
                           wer.mandant, wer.person),
                [&](std::vector<sql::Value>&& row) { units.insert(std::get<std::int64_t>(row[0])); });
  if (units.empty()) return {};
  const auto all = mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant);
  for (bool grew = true; grew;) {
    grew = false;
    for (const auto& unit : all)
      if (unit.ueber && units.contains(*unit.ueber)) grew = units.insert(unit.id).second || grew;
  }
  std::vector<std::string> keys;
  for (const auto unit : units) keys.push_back("organisationseinheit:" + std::to_string(unit));
  std::map<std::int64_t, bool> posts;
  for (const auto& post : mandant::allRows<mandant::StelleZeile>(tx, wer.mandant))
    if (units.contains(post.organisationseinheit)) {
      posts[post.id] = true;
      keys.push_back("stelle:" + std::to_string(post.id));
    }
  std::vector<std::int64_t> people;
  for (const auto& seat : mandant::allRows<mandant::BesetzungZeile>(tx, wer.mandant))
    if (posts.contains(seat.stelle) && seat.person != wer.person) {
      people.push_back(seat.person);
      keys.push_back("person:" + std::to_string(seat.person));
    }
  std::vector<SchrittZeile> rows;
  for (const bool taken : {false, true}) {
    auto query = sql::Query::select<SchrittZeile>("s").add(
        " FROM schritt s JOIN vorgang v ON v.mandant = s.mandant AND v.id = s.vorgang AND v.status = 'inBearbeitung' "
        "AND NOT EXISTS (SELECT 1 FROM vorgang o WHERE o.mandant = v.mandant AND o.id = v.ueber AND o.status <> "
        "'inBearbeitung') WHERE s.mandant = :mandant AND s.status = 'aktuell' AND s.faellig < :seit AND ",
        wer.mandant, seit);
    query.add(mandant::sichtbar("v.zugriff", wer));
    if (taken)
      query.add(" AND s.bearbeiter IS NOT NULL AND s.bearbeiter").add(sql::in(tx, people));
    else
      query.add(" AND s.bearbeiter IS NULL AND s.an").add(sql::in(tx, keys));
    for (auto& row : tx.query<SchrittZeile>(query.add(" ORDER BY s.faellig, s.id LIMIT 50")))
      rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows, {}, [](const auto& s) { return s.termin->text(); });
  return withSigns(tx, wer.mandant, std::move(rows));
}

Result<PostkorbAusgabe> postkorb(Tx tx, const Berechtigung& wer, const PostkorbFrage& frage, const base::Datum& heute) {
  return Leser(tx, wer, heute).read(frage);
}

PostkorbZahlen postkorbZahlen(Tx tx, const Berechtigung& wer, const base::Datum& heute) {
  return Leser(tx, wer, heute).counts();
}

}  // namespace geschaeftsgang
