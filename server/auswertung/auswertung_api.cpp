#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "einheiten.h"
#include "sql/liste.h"

namespace auswertung {
namespace {

using akte::OptDatum;
using akte::OptId;
using akte::OptText;
using base::Code;
using base::fail;

constexpr std::int64_t tageBisAblage = 14;

struct Frage {
  OptDatum von{}, bis{};
  std::optional<base::Uuid> organisationseinheit{};
};
BOOST_DESCRIBE_STRUCT(Frage, (), (von, bis, organisationseinheit))

struct Gruppe {
  OrganisationseinheitKurz organisationseinheit{};
  OptText typ{};
  Kennzahlen zahlen{};
};
BOOST_DESCRIBE_STRUCT(Gruppe, (), (organisationseinheit, typ, zahlen))
struct Monat {
  std::string monat{};  ///< 2026-11
  std::int64_t neu = 0, abgeschlossen = 0;
};
BOOST_DESCRIBE_STRUCT(Monat, (), (monat, neu, abgeschlossen))
/// Where cases wait: open steps of one kind.
struct Station {
  std::string art{};
  std::int64_t anzahl = 0, ueberfaellig = 0;
  std::optional<std::int64_t> medianTage{};
};
BOOST_DESCRIBE_STRUCT(Station, (), (art, anzahl, ueberfaellig, medianTage))
/// Mail that nobody filed within 14 days.
struct Liegengeblieben {
  OrganisationseinheitKurz organisationseinheit{};
  std::int64_t anzahl = 0, aeltesteTage = 0;
};
BOOST_DESCRIBE_STRUCT(Liegengeblieben, (), (organisationseinheit, anzahl, aeltesteTage))
struct JePerson {
  std::string name{};
  std::int64_t offen = 0, abgeschlossen = 0;
  std::optional<std::int64_t> medianTage{};
};
BOOST_DESCRIBE_STRUCT(JePerson, (), (name, offen, abgeschlossen, medianTage))

struct Auswertung {
  std::int64_t stand = 0;  ///< of the setting whether people are named
  base::Datum von{}, bis{};
  std::vector<OrganisationseinheitKurz> einheiten{};  ///< that this person may ask for
  Kennzahlen gesamt{};
  std::vector<Gruppe> gruppen{};
  std::vector<Monat> monate{};
  std::vector<Station> stationen{};
  std::vector<Liegengeblieben> liegengeblieben{};
  bool personenErlaubt = false;  ///< the tenant's setting
  std::vector<JePerson> personen{};
};
BOOST_DESCRIBE_STRUCT(Auswertung, (),
                      (stand, von, bis, einheiten, gesamt, gruppen, monate, stationen, liegengeblieben, personenErlaubt,
                       personen))

struct RegelSetzen {
  bool personen = false;
};
BOOST_DESCRIBE_STRUCT(RegelSetzen, (), (personen))

struct Fall {
  std::int64_t organisationseinheit = 0;
  OptText typ{};
  base::Zeitpunkt angelegt{};
  akte::Status status{};
  OptDatum zdaDatum{};
  OptId bearbeitung{};
};
BOOST_DESCRIBE_STRUCT(Fall, (), (organisationseinheit, typ, angelegt, status, zdaDatum, bearbeitung))

struct OffenerSchritt {
  akte::Text art{};
  std::int64_t organisationseinheit = 0;
  OptText typ{};
  OptDatum termin{};
  std::optional<base::Zeitpunkt> aktuellSeit{};
};
BOOST_DESCRIBE_STRUCT(OffenerSchritt, (), (art, organisationseinheit, typ, termin, aktuellSeit))

struct Post {
  std::int64_t organisationseinheit = 0;
  base::Zeitpunkt angelegt{};
};
BOOST_DESCRIBE_STRUCT(Post, (), (organisationseinheit, angelegt))

/// Figures in the making.
struct Sammler {
  Kennzahlen zahlen{};
  std::vector<std::int64_t> tage{};
  [[nodiscard]] Kennzahlen fertig() const {
    auto out = zahlen;
    out.medianTage = quantil(tage, 50);
    out.p90Tage = quantil(tage, 90);
    return out;
  }
};

class Rechnung {
 public:
  Rechnung(Tx tx, const Berechtigung& wer, Einheiten einheiten, base::Datum von, base::Datum bis, base::Zeitpunkt jetzt)
      : tx_(tx),
        wer_(wer),
        einheiten_(std::move(einheiten)),
        von_(std::move(von)),
        bis_(std::move(bis)),
        heute_(base::Datum::of(jetzt)),
        jetzt_(jetzt) {}

  Auswertung run() {
    Auswertung out;
    out.von = von_;
    out.bis = bis_;
    faelle();
    schritte(out);
    post(out);
    out.gesamt = gesamt_.fertig();
    for (const auto& [key, sammler] : gruppen_)
      out.gruppen.push_back({kurz(einheiten_, key.first), key.second, sammler.fertig()});
    for (const auto& [monat, zahlen] : monate_) out.monate.push_back({monat, zahlen.first, zahlen.second});
    const auto regel = regelOf(tx_, wer_.mandant);
    out.personenErlaubt = regel.personen;
    out.stand = regel.stand;
    if (out.personenErlaubt)
      for (const auto& [person, sammler] : personen_)
        if (const auto row = mandant::rowById<mandant::PersonZeile>(tx_, wer_.mandant, person))
          out.personen.push_back(
              {mandant::nameOf(*row), sammler.zahlen.offen, sammler.zahlen.abgeschlossen, quantil(sammler.tage, 50)});
    return out;
  }

 private:
  [[nodiscard]] sql::Query in() const {
    return sql::in(tx_, sql::numbersOf(einheiten_, &mandant::OrganisationseinheitZeile::id));
  }

  void faelle() {
    sql::Query query(
        "SELECT organisationseinheit, typ, angelegt, status, zda_datum, bearbeitung FROM vorgang WHERE mandant = "
        ":mandant "
        "AND status IN ('inBearbeitung', 'abgeschlossen', 'aussonderungsreif') AND organisationseinheit",
        wer_.mandant);
    query.add(in()).add(" ORDER BY id");
    tx_.each<Fall>(query, [&](const Fall& fall) {
      const auto von = base::Datum::of(fall.angelegt);
      const bool neu = von >= von_ && von <= bis_;
      const bool zu = fall.status != akte::Status::inBearbeitung && fall.zdaDatum && *fall.zdaDatum >= von_ &&
                      *fall.zdaDatum <= bis_;
      const bool offen = fall.status == akte::Status::inBearbeitung;
      if (neu) ++monate_[von.text().substr(0, 7)].first;
      if (zu) ++monate_[fall.zdaDatum->text().substr(0, 7)].second;
      const auto count = [&](Sammler& s) {
        s.zahlen.offen += offen;
        s.zahlen.neu += neu;
        s.zahlen.abgeschlossen += zu;
        if (zu) s.tage.push_back(tageZwischen(von, *fall.zdaDatum));
      };
      if (!neu && !zu && !offen) return;
      count(gesamt_);
      count(gruppen_[{fall.organisationseinheit, fall.typ}]);
      if (fall.bearbeitung) count(personen_[*fall.bearbeitung]);
    });
  }

  void schritte(Auswertung& out) {
    sql::Query query(
        "SELECT s.art, v.organisationseinheit, v.typ, s.termin, s.aktuell_seit FROM schritt s JOIN vorgang v ON "
        "v.mandant = s.mandant AND v.id = s.vorgang WHERE s.mandant = :mandant AND s.status = 'aktuell' AND v.status = "
        "'inBearbeitung' AND v.organisationseinheit",
        wer_.mandant);
    query.add(in()).add(" ORDER BY s.id");
    std::map<std::string, std::pair<Station, std::vector<std::int64_t>>> stationen;
    tx_.each<OffenerSchritt>(query, [&](const OffenerSchritt& schritt) {
      auto& [station, tage] = stationen[schritt.art];
      station.art = schritt.art;
      ++station.anzahl;
      if (schritt.aktuellSeit) tage.push_back(tageZwischen(base::Datum::of(*schritt.aktuellSeit), heute_));
      if (!schritt.termin || *schritt.termin >= heute_) return;
      ++station.ueberfaellig;
      ++gesamt_.zahlen.ueberfaellig;
      ++gruppen_[{schritt.organisationseinheit, schritt.typ}].zahlen.ueberfaellig;
    });
    for (auto& [art, eintrag] : stationen) {
      eintrag.first.medianTage = quantil(eintrag.second, 50);
      out.stationen.push_back(eintrag.first);
    }
    std::ranges::sort(out.stationen, std::greater{}, &Station::anzahl);
  }

  void post(Auswertung& out) {
    const auto grenze = jetzt_.plusSeconds(-tageBisAblage * 86'400);
    sql::Query query(
        "SELECT organisationseinheit, angelegt FROM dokument WHERE mandant = :mandant AND vorgang IS NULL AND ueber IS "
        "NULL AND status = 'inBearbeitung' AND angelegt < :grenze AND organisationseinheit",
        wer_.mandant, grenze);
    query.add(in()).add(" ORDER BY id");
    std::map<std::int64_t, Liegengeblieben> je;
    tx_.each<Post>(query, [&](const Post& one) {
      auto& eintrag = je[one.organisationseinheit];
      ++eintrag.anzahl;
      eintrag.aeltesteTage = std::max(eintrag.aeltesteTage, tageZwischen(base::Datum::of(one.angelegt), heute_));
    });
    for (auto& [oe, eintrag] : je) {
      eintrag.organisationseinheit = kurz(einheiten_, oe);
      out.liegengeblieben.push_back(eintrag);
    }
  }

  Tx tx_;
  const Berechtigung& wer_;
  Einheiten einheiten_;
  base::Datum von_, bis_, heute_;
  base::Zeitpunkt jetzt_;
  Sammler gesamt_{};
  std::map<std::pair<std::int64_t, OptText>, Sammler> gruppen_{};
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> monate_{};
  std::map<std::int64_t, Sammler> personen_{};
};

Result<Auswertung> rechne(Tx tx, const Berechtigung& wer, const Frage& frage, base::Zeitpunkt jetzt) {
  const auto alle = reichweite(tx, wer);
  if (alle.empty())
    return fail(Code::NichtErlaubt, "Auswertungen sehen die Leitung einer Einheit und die Administration.");
  const auto heute = base::Datum::of(jetzt);
  auto bis = frage.bis.value_or(heute), von = frage.von.value_or(bis.plusYears(-1));
  if (von > bis) return fail(Code::EingabeUngueltig, "Der Zeitraum endet vor seinem Beginn.", "bis");
  auto einheiten = alle;
  if (frage.organisationseinheit) {
    einheiten = darunter(alle, *frage.organisationseinheit);
    if (einheiten.empty()) return fail(Code::NichtGefunden);
  }
  auto out = Rechnung(tx, wer, std::move(einheiten), von, bis, jetzt).run();
  for (const auto& oe : alle) out.einheiten.push_back({oe.uuid, oe.kurzzeichen, oe.bezeichnung});
  return out;
}

std::string zahl(const std::optional<std::int64_t>& value) { return value ? std::to_string(*value) : ""; }

/// One table after another, parted by an empty line; with the mark by which spreadsheets know UTF-8.
std::string csvOf(const Auswertung& a) {
  std::string out = "\xEF\xBB\xBF";
  const auto row = [&](std::initializer_list<std::string> felder) {
    bool first = true;
    for (const auto& feld : felder) {
      if (!first) out += ';';
      first = false;
      out += csvFeld(feld);
    }
    out += "\r\n";
  };
  const auto n = [](std::int64_t value) { return std::to_string(value); };
  row({"Zeitraum", a.von.text(), a.bis.text()});
  row({});
  row({"Einheit", "Art", "offen", "neu", "abgeschlossen", "Median Tage", "90 % unter Tagen", "überfällig"});
  const auto zahlen = [&](const std::string& einheit, const std::string& typ, const Kennzahlen& z) {
    row({einheit, typ, n(z.offen), n(z.neu), n(z.abgeschlossen), zahl(z.medianTage), zahl(z.p90Tage),
         n(z.ueberfaellig)});
  };
  for (const auto& g : a.gruppen) zahlen(g.organisationseinheit.bezeichnung, g.typ.value_or(""), g.zahlen);
  zahlen("gesamt", "", a.gesamt);
  row({});
  row({"Monat", "neu", "abgeschlossen"});
  for (const auto& m : a.monate) row({m.monat, n(m.neu), n(m.abgeschlossen)});
  row({});
  row({"wartet auf", "Anzahl", "überfällig", "Median Tage"});
  for (const auto& s : a.stationen) row({s.art, n(s.anzahl), n(s.ueberfaellig), zahl(s.medianTage)});
  row({});
  row({"Post ohne Ablage seit über 14 Tagen", "Anzahl", "älteste (Tage)"});
  for (const auto& l : a.liegengeblieben) row({l.organisationseinheit.bezeichnung, n(l.anzahl), n(l.aeltesteTage)});
  if (a.personenErlaubt) {
    row({});
    row({"Person", "offen", "abgeschlossen", "Median Tage"});
    for (const auto& p : a.personen) row({p.name, n(p.offen), n(p.abgeschlossen), zahl(p.medianTage)});
  }
  return out;
}

}  // namespace

std::vector<const sql::Table*> tables() { return {&sql::tableOf<AuswertungsregelZeile>()}; }

void addRoutes(http::Routes& routes, Zugang& zugang) {
  addLageRoute(routes, zugang);
  routes.add<RegelSetzen, None, Auswertung>(
      Verb::put, "/api/auswertung/regel",
      {.id = "auswertungsregelSetzen",
       .tag = "Auswertung",
       .summary = "Whether the Personalrat has agreed that reports name people",
       .recht = "organisationPflegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.change<Auswertung>(call,
                                         [&](journal::Change& change, const Berechtigung& wer) -> Result<Auswertung> {
                                           const auto before = regelOf(change.tx(), wer.mandant);
                                           AKTENLOTSE_TRY(mandant::checkStand(call, before.stand));
                                           auto after = before;
                                           after.personen = call.body.personen;
                                           if (before.id == 0) {
                                             after.uuid = change.newUuid();
                                             after.stand = 1;
                                             change.insert(after);
                                           } else {
                                             change.update(before, after);
                                           }
                                           change.about({"auswertung.regel", after.tabelle, after.id, 0, 0});
                                           return rechne(change.tx(), wer, {}, zugang.journal().clock().now());
                                         });
      });
  routes.add<None, Frage, Auswertung>(
      Verb::get, "/api/auswertung",
      {"auswertung", "Auswertung", "How the work runs, of the units that one heads or administers"},
      [&](const auto& call) {
        return zugang.read<Auswertung>(call, [&](Tx tx, const Berechtigung& wer) {
          return rechne(tx, wer, call.query, zugang.journal().clock().now());
        });
      });
  routes.addRaw<Frage>(
      Verb::get, "/api/auswertung/csv",
      {.id = "auswertungCsv", .tag = "Auswertung", .summary = "The same as CSV", .produces = "text/csv"},
      [&](const auto& call) -> Result<http::Response> {
        const auto& wer = Zugang::who(call);
        AKTENLOTSE_GET(found, zugang.journal().database().read(wer.mandant, [&](Tx tx) {
          return rechne(tx, wer, call.query, zugang.journal().clock().now());
        }));
        auto response = http::text(200, "text/csv; charset=utf-8", csvOf(found));
        response.set("Content-Disposition", "attachment; filename=\"auswertung.csv\"");
        response.set("Cache-Control", "private, no-store");
        return response;
      });
}

}  // namespace auswertung
