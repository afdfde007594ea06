// Reading in a plan. Rows are compared with the plan in memory, parents before children, with a handful of statements
// for the whole; what is told and what is done come from the same list.
#include <fmt/format.h>

#include <map>
#include <set>

#include "akte/registratur.h"
#include "base/hash.h"
#include "plan_spalten.h"

namespace akte {
namespace {

using base::Code;
using base::fail;

std::string quoted(const std::string& text) { return "„" + text + "“"; }

/// A row of the file on its way into the plan.
struct Satz {
  std::size_t zeile = 0;  ///< index into the report
  const TabellenZeile* roh = nullptr;
  AktenplaneinheitZeile before{}, after{};
  bool bekannt = false;  ///< is in the plan already
  bool fertig = false;   ///< compared
};

class Vergleich {
 public:
  Vergleich(const sql::ReadTx& tx, const Berechtigung& wer, const std::vector<TabellenZeile>& tabelle)
      : wer_(wer),
        tabelle_(tabelle),
        spalten_(findeSpalten(tabelle)),
        darfAussonderung_(wer.hat(Recht::aussonderungPflegen)) {
    for (auto& row : mandant::allRows<AktenplaneinheitZeile>(tx, wer.mandant)) {
      zeichenOf_[row.id] = row.kennzeichen;
      if (row.ueber) hatEintraege_.insert(*row.ueber);
      plan_.emplace(row.kennzeichen, row);
    }
    static const sql::Table shape{"akte", {{"aktenplaneinheit", sql::Kind::integer, false}}};
    tx.eachValues(shape, sql::Query("SELECT DISTINCT aktenplaneinheit FROM akte WHERE mandant = :mandant", wer.mandant),
                  [&](std::vector<sql::Value>&& row) { hatAkten_.insert(std::get<std::int64_t>(row[0])); });
    for (const auto& row : mandant::allRows<mandant::ZugriffZeile>(tx, wer.mandant))
      zugriffe_[row.bezeichnung] = row.id;
    for (const auto& row : mandant::allRows<mandant::OrganisationseinheitZeile>(tx, wer.mandant)) {
      units_[row.bezeichnung] = row.id;
      units_[row.kurzzeichen] = row.id;
    }
  }

  EinleseBericht run() {
    describe();
    for (std::size_t i = spalten_.erste; i < tabelle_.size(); ++i) collect(tabelle_[i]);
    std::vector<std::string> alle;
    for (const auto& [kennzeichen, row] : plan_) alle.push_back(kennzeichen);
    for (const auto& [kennzeichen, satz] : saetze_)
      if (!plan_.contains(kennzeichen)) alle.push_back(kennzeichen);
    const Gliederung gliederung(std::move(alle));
    for (const auto& kennzeichen : folge_) {
      std::set<std::string> weg;
      compare(kennzeichen, gliederung, weg);
    }
    return finish();
  }

  /// What is to be written, parents first.
  [[nodiscard]] const std::vector<std::string>& reihenfolge() const { return fertig_; }
  [[nodiscard]] Satz& satz(const std::string& kennzeichen) { return saetze_.at(kennzeichen); }
  [[nodiscard]] OptText ueberOf(const std::string& kennzeichen) const {
    return bericht_.zeilen[saetze_.at(kennzeichen).zeile].ueber;
  }
  [[nodiscard]] ZeilenArt artOf(const std::string& kennzeichen) const {
    return bericht_.zeilen[saetze_.at(kennzeichen).zeile].art;
  }

 private:
  void describe() {
    if (tabelle_.empty()) bericht_.hinweise.emplace_back("In der Datei steht keine Tabelle.");
    if (!spalten_.erkannt) {
      if (!tabelle_.empty())
        bericht_.hinweise.emplace_back(
            "Eine Kopfzeile wurde nicht erkannt; die erste Spalte gilt als Kennzeichen, die zweite als Titel.");
      return;
    }
    const auto& kopf = tabelle_[spalten_.erste - 1];
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Feld>>([&](auto e) {
      const Feld feld = e.value;
      if (spalten_.hat(feld))
        bericht_.spalten.push_back({spalten_.zelle(kopf, feld), std::string(base::enumName(feld))});
    });
    const bool aussonderung = spalten_.hat(Feld::aufbewahrungsdauer) || spalten_.hat(Feld::aussonderungsart);
    if (aussonderung && !darfAussonderung_)
      bericht_.hinweise.emplace_back(
          "Aufbewahrungsdauer und Aussonderungsart werden nicht übernommen; dazu fehlt Ihrer Stelle das Recht.");
  }

  EinleseZeile& zeile(const Satz& satz) { return bericht_.zeilen[satz.zeile]; }
  void refuse(const Satz& satz, std::string why) {
    auto& row = zeile(satz);
    if (row.art != ZeilenArt::fehler) row.hinweise.clear();
    row.art = ZeilenArt::fehler;
    row.hinweise.push_back(std::move(why));
  }
  void warn(const Satz& satz, std::string why) {
    if (zeile(satz).art != ZeilenArt::fehler) zeile(satz).hinweise.push_back(std::move(why));
  }

  void collect(const TabellenZeile& roh) {
    EinleseZeile row;
    row.zeile = static_cast<std::int64_t>(roh.nummer);
    row.kennzeichen = spalten_.zelle(roh, Feld::kennzeichen);
    row.titel = spalten_.zelle(roh, Feld::titel);
    if (row.kennzeichen.empty() && row.titel.empty()) return;
    const Satz satz{bericht_.zeilen.size(), &roh};
    bericht_.zeilen.push_back(row);
    if (row.kennzeichen.empty()) {
      zeile(satz).art = ZeilenArt::uebergangen;
      zeile(satz).hinweise.emplace_back("Ohne Kennzeichen: übergangen.");
      return;
    }
    const auto [first, isNew] = saetze_.try_emplace(row.kennzeichen, satz);
    if (!isNew) {
      refuse(satz, fmt::format("Das Kennzeichen steht schon in Zeile {}.", zeile(first->second).zeile));
      return;
    }
    folge_.push_back(row.kennzeichen);
    if (base::countCodePoints(row.kennzeichen) > 40) refuse(satz, "Das Kennzeichen ist länger als 40 Zeichen.");
    if (row.titel.empty()) refuse(satz, "Der Titel fehlt.");
    if (base::countCodePoints(row.titel) > 300) refuse(satz, "Der Titel ist länger als 300 Zeichen.");
  }

  /// Compares one row, and before it those above it. `weg` holds the signs on the way, to notice circles.
  void compare(const std::string& kennzeichen, const Gliederung& gliederung, std::set<std::string>& weg) {
    auto& satz = saetze_.at(kennzeichen);
    if (satz.fertig) return;
    if (weg.size() > 40 || !weg.insert(kennzeichen).second) {
      refuse(satz, "Der Eintrag läge unter sich selbst, oder tiefer als 40 Ebenen.");
      return;
    }
    const auto known = plan_.find(kennzeichen);
    satz.bekannt = known != plan_.end();
    if (satz.bekannt) satz.before = known->second;
    auto& ueber = zeile(satz).ueber;
    ueber = chooseUeber(satz, gliederung);
    if (ueber && saetze_.contains(*ueber)) {
      compare(*ueber, gliederung, weg);
      if (artOf(*ueber) == ZeilenArt::fehler && !plan_.contains(*ueber))
        refuse(satz, fmt::format("Der Eintrag {} darüber wird nicht übernommen.", *ueber));
    }
    satz.fertig = true;
    if (zeile(satz).art == ZeilenArt::fehler) return;
    fill(satz);
    if (zeile(satz).art != ZeilenArt::fehler) fertig_.push_back(kennzeichen);
  }

  OptText chooseUeber(const Satz& satz, const Gliederung& gliederung) {
    const auto named = spalten_.zelle(*satz.roh, Feld::ueber);
    if (!named.empty()) {
      if (!saetze_.contains(named) && !plan_.contains(named))
        refuse(satz, fmt::format("Den Eintrag {} darüber gibt es nicht.", quoted(named)));
      return named;
    }
    if (satz.bekannt) return satz.before.ueber ? OptText(zeichenOf_.at(*satz.before.ueber)) : OptText();
    auto oben = gliederung.ueber(zeile(satz).kennzeichen);
    if (oben.vermisst)
      warn(satz,
           oben.kennzeichen
               ? fmt::format("Den Eintrag {} gibt es nicht; er kommt unter {}.", *oben.vermisst, *oben.kennzeichen)
               : fmt::format("Den Eintrag {} gibt es nicht; er kommt auf die oberste Ebene.", *oben.vermisst));
    return oben.kennzeichen;
  }

  /// The entry above as it will be.
  [[nodiscard]] const AktenplaneinheitZeile* oben(const Satz& satz) const {
    const auto& ueber = bericht_.zeilen[satz.zeile].ueber;
    if (!ueber) return nullptr;
    const auto inFile = saetze_.find(*ueber);
    if (inFile != saetze_.end() && bericht_.zeilen[inFile->second.zeile].art != ZeilenArt::fehler)
      return &inFile->second.after;
    const auto inPlan = plan_.find(*ueber);
    return inPlan == plan_.end() ? nullptr : &inPlan->second;
  }

  void fill(Satz& satz) {
    auto& row = satz.after;
    row = satz.before;
    const auto* above = oben(satz);
    if (!satz.bekannt) inherit(row, above);
    checkAbove(satz, above);
    row.kennzeichen = zeile(satz).kennzeichen;
    row.titel = zeile(satz).titel;
    if (const auto text = spalten_.zelle(*satz.roh, Feld::beschreibung, true); !text.empty())
      row.beschreibung = std::string(base::cutUtf8(text, 4000));
    if (darfAussonderung_) {
      read(satz, Feld::aufbewahrungsdauer, row.aufbewahrungsdauer, jahreFrom, "0 bis 200 Jahre oder „unbefristet“");
      read(satz, Feld::aussonderungsart, row.aussonderungsart, aussonderungsartFrom, "A, B oder V");
    }
    read(satz, Feld::gueltigVon, row.gueltigVon, tagFrom, "ein Datum");
    read(satz, Feld::gueltigBis, row.gueltigBis, tagFrom, "ein Datum");
    read(satz, Feld::gesperrt, row.gesperrt, jaNeinFrom, "ja oder nein");
    read(satz, Feld::stillgelegt, row.stillgelegt, jaNeinFrom, "ja oder nein");
    read(satz, Feld::art, row.art, einheitartFrom, "Haupteinheit, Obereinheit, Untereinheit oder Betreffseinheit");
    if (row.gueltigVon && row.gueltigBis && *row.gueltigBis < *row.gueltigVon)
      refuse(satz, "Das Ende der Gültigkeit liegt vor ihrem Anfang.");
    place(satz, above);
    if (zeile(satz).art == ZeilenArt::fehler) return;
    judge(satz);
  }

  static void inherit(AktenplaneinheitZeile& row, const AktenplaneinheitZeile* above) {
    row.aufbewahrungsdauer = above == nullptr ? OptId(10) : above->aufbewahrungsdauer;
    row.aussonderungsart = above == nullptr ? Aussonderungsart::B : above->aussonderungsart;
    if (above == nullptr) return;
    row.organisationseinheit = above->organisationseinheit;
    row.zugriff = above->zugriff;
  }

  void checkAbove(const Satz& satz, const AktenplaneinheitZeile* above) {
    if (above == nullptr || (satz.bekannt && satz.before.ueber == above->id && above->id != 0)) return;
    if (above->art == Einheitart::Betreffseinheit)
      refuse(satz, fmt::format("{} ist eine Betreffseinheit und bekommt keine Untereinträge.", above->kennzeichen));
    if (hatAkten_.contains(above->id))
      refuse(satz, fmt::format("Unter {} liegen schon Akten; der Eintrag kann dort nicht angelegt werden.",
                               above->kennzeichen));
  }

  template <typename Member, typename Parse>
  void read(const Satz& satz, Feld feld, Member& member, Parse parse, std::string_view expected) {
    const auto text = spalten_.zelle(*satz.roh, feld);
    if (text.empty()) return;
    if (auto value = parse(text))
      member = *value;
    else
      refuse(satz, fmt::format("{}: {} wurde nicht verstanden, erwartet wird {}.", base::enumName(feld), quoted(text),
                               expected));
  }

  void place(Satz& satz, const AktenplaneinheitZeile* above) {
    auto& row = satz.after;
    if (const auto name = spalten_.zelle(*satz.roh, Feld::organisationseinheit); !name.empty()) {
      if (const auto found = units_.find(name); found != units_.end())
        row.organisationseinheit = found->second;
      else
        warn(satz, fmt::format("Die Organisationseinheit {} gibt es nicht; sie bleibt leer.", quoted(name)));
    }
    if (const auto name = spalten_.zelle(*satz.roh, Feld::zugriff); !name.empty()) {
      const auto found = zugriffe_.find(name);
      if (found == zugriffe_.end()) {
        refuse(satz, fmt::format("Den Zugriff {} gibt es nicht.", quoted(name)));
      } else {
        row.eigenerZugriff = above != nullptr && above->zugriff != found->second;
        row.zugriff = found->second;
      }
    } else if (above != nullptr && !row.eigenerZugriff) {
      row.zugriff = above->zugriff;
    }
    if (row.art == Einheitart::Betreffseinheit && satz.bekannt && hatEintraege_.contains(row.id))
      refuse(satz, "Der Eintrag hat Untereinträge; er kann keine Betreffseinheit sein.");
    if (row.art && *row.art != Einheitart::Betreffseinheit && satz.bekannt && hatAkten_.contains(row.id))
      refuse(satz, "Unter dem Eintrag liegen Akten; er bleibt Betreffseinheit.");
  }

  void judge(Satz& satz) {
    auto& out = zeile(satz);
    out.art = satz.bekannt ? ZeilenArt::gleich : ZeilenArt::neu;
    if (!satz.bekannt) return;
    const auto ueberVorher = satz.before.ueber ? zeichenOf_.at(*satz.before.ueber) : std::string();
    if (ueberVorher != out.ueber.value_or("")) out.aenderungen.emplace_back("ueber");
    base::forEachMember<AktenplaneinheitZeile>([&](std::string_view name, auto pointer) {
      if (satz.before.*pointer != satz.after.*pointer) out.aenderungen.emplace_back(name);
    });
    if (out.aenderungen.empty()) return;
    out.art = ZeilenArt::geaendert;
    if (hatAkten_.contains(satz.before.id)) warn(satz, "Der Eintrag ist in Gebrauch: unter ihm liegen Akten.");
  }

  EinleseBericht finish() {
    base::Sha256 sum;
    for (const auto& row : bericht_.zeilen) {
      auto& count = row.art == ZeilenArt::neu           ? bericht_.neu
                    : row.art == ZeilenArt::geaendert   ? bericht_.geaendert
                    : row.art == ZeilenArt::gleich      ? bericht_.gleich
                    : row.art == ZeilenArt::uebergangen ? bericht_.uebergangen
                                                        : bericht_.fehler;
      ++count;
      sum.add(base::toJson(row)).add("\n");
    }
    for (const auto& kennzeichen : fertig_) sum.add(fmt::format("{}\n", saetze_.at(kennzeichen).before.stand));
    bericht_.pruefsumme = sum.hex();
    return bericht_;
  }

  const Berechtigung& wer_;
  const std::vector<TabellenZeile>& tabelle_;
  Spalten spalten_;
  bool darfAussonderung_;
  EinleseBericht bericht_;
  std::map<std::string, AktenplaneinheitZeile> plan_;
  std::map<std::int64_t, std::string> zeichenOf_;
  std::set<std::int64_t> hatAkten_, hatEintraege_;
  std::map<std::string, std::int64_t> zugriffe_, units_;
  std::map<std::string, Satz> saetze_;
  std::vector<std::string> folge_, fertig_;
};

}  // namespace

bool hatSpalten(const std::vector<TabellenZeile>& tabelle) { return findeSpalten(tabelle).erkannt; }

EinleseBericht pruefePlan(const sql::ReadTx& tx, const Berechtigung& wer, const std::vector<TabellenZeile>& tabelle) {
  return Vergleich(tx, wer, tabelle).run();
}

base::Result<EinleseBericht> Registratur::lesePlanEin(Change& change, const Berechtigung& wer,
                                                      const std::vector<TabellenZeile>& tabelle,
                                                      const std::string& pruefsumme) {
  Vergleich vergleich(change.tx(), wer, tabelle);
  auto bericht = vergleich.run();
  if (bericht.pruefsumme != pruefsumme)
    return fail(Code::Konflikt, "Plan oder Datei haben sich seit der Vorschau geändert. Sehen Sie sie noch einmal an.");
  std::map<std::string, std::int64_t> ids;
  for (const auto& row : mandant::allRows<AktenplaneinheitZeile>(change.tx(), wer.mandant))
    ids[row.kennzeichen] = row.id;
  const auto alle = standardZugriff(change);
  for (const auto& kennzeichen : vergleich.reihenfolge()) {
    auto& satz = vergleich.satz(kennzeichen);
    auto& row = satz.after;
    const auto ueber = vergleich.ueberOf(kennzeichen);
    row.ueber = ueber ? OptId(ids.at(*ueber)) : OptId();
    if (row.zugriff == 0) row.zugriff = alle;
    if (satz.bekannt) {
      if (vergleich.artOf(kennzeichen) != ZeilenArt::geaendert) continue;
      // An access that changed above may have come down here meanwhile.
      const auto now = mandant::rowById<AktenplaneinheitZeile>(change.tx(), wer.mandant, row.id).value();
      change.update(now, row);
      if (row.zugriff != now.zugriff) schriftgut_.spreadBelowPlan(change, row.id, row.zugriff);
      continue;
    }
    row.uuid = change.newUuid();
    change.insert(row);
    ids[kennzeichen] = row.id;
  }
  const auto town = mandant::allRows<mandant::MandantZeile>(change.tx(), wer.mandant).at(0);
  change.about({"aktenplan.eingelesen", town.tabelle, town.id, 0, 0});
  if (!change.empty()) bericht.eintrag = change.nr();
  return bericht;
}

std::string planAlsCsv(const sql::ReadTx& tx, std::int64_t mandant) {
  std::map<std::int64_t, std::string> zeichen, zugriffe, units;
  const auto rows = tx.query<AktenplaneinheitZeile>(sql::Query::select<AktenplaneinheitZeile>().add(
      " FROM aktenplaneinheit WHERE mandant = :mandant ORDER BY kennzeichen", mandant));
  for (const auto& row : rows) zeichen[row.id] = row.kennzeichen;
  for (const auto& row : mandant::allRows<mandant::ZugriffZeile>(tx, mandant)) zugriffe[row.id] = row.bezeichnung;
  for (const auto& row : mandant::allRows<mandant::OrganisationseinheitZeile>(tx, mandant))
    units[row.id] = row.kurzzeichen;
  std::string out(csvAnfang);
  appendCsv(out, {"Kennzeichen", "Titel", "Beschreibung", "Aufbewahrungsdauer", "Aussonderungsart", "Gültig von",
                  "Gültig bis", "Über", "Organisationseinheit", "Zugriff", "Art", "Gesperrt", "Stillgelegt"});
  const auto day = [](const OptDatum& value) { return value ? value->text() : std::string(); };
  const auto yes = [](bool value) { return std::string(value ? "ja" : "nein"); };
  for (const auto& row : rows)
    appendCsv(out, {row.kennzeichen, row.titel, row.beschreibung.value_or(""),
                    row.aufbewahrungsdauer ? std::to_string(*row.aufbewahrungsdauer) : "unbefristet",
                    std::string(base::enumName(row.aussonderungsart)), day(row.gueltigVon), day(row.gueltigBis),
                    row.ueber ? zeichen.at(*row.ueber) : "",
                    row.organisationseinheit ? units.at(*row.organisationseinheit) : "", zugriffe.at(row.zugriff),
                    row.art ? std::string(base::enumName(*row.art)) : "", yes(row.gesperrt), yes(row.stillgelegt)});
  return out;
}

}  // namespace akte
