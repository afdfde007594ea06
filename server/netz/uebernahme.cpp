// Adopting a Baustein: what it would do here, doing it in one step, and taking it back in one.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "geschaeftsgang/geschaeftsgang.h"
#include "inhalt.h"
#include "netz/checkliste.h"
#include "netz/eigenwerkzeug.h"
#include "netz/praxis.h"
#include "netz/wirkung.h"

namespace netz {

using base::Code;
using base::fail;
using mandant::allRows;

namespace {

using Tx = const sql::ReadTx&;

/// A slip as a town runs it.
struct LaufwegHier {
  std::string name{}, zeile{}, wann{};
};
BOOST_DESCRIBE_STRUCT(LaufwegHier, (), (name, zeile, wann))
struct Paar {
  std::string alt{}, neu{};
};
BOOST_DESCRIBE_STRUCT(Paar, (), (alt, neu))

template <class T>
std::vector<T> listOf(const std::string& json) {
  const auto parsed = base::parseJson(json);
  auto read = parsed ? base::fromJson<std::vector<T>>(*parsed) : tl::unexpected<base::Error>(parsed.error());
  if (!read) throw base::Failure("an adoption holds what cannot be read: " + read.error().detail);
  return *std::move(read);
}

std::string jsonOf(const Namen& namen) {
  std::vector<Paar> out;
  for (const auto& [alt, neu] : namen) out.push_back({alt, neu});
  return base::toJson(out);
}

std::optional<UebernahmeZeile> vorherige(Tx tx, std::int64_t mandant, const std::string& baustein) {
  return tx.one<UebernahmeZeile>(sql::Query::select<UebernahmeZeile>().add(
      " FROM netz_uebernahme WHERE mandant = :mandant AND baustein = :baustein AND status = 'aktiv' ORDER BY id DESC "
      "LIMIT 1",
      mandant, baustein));
}

/// What the town has of these parts now.
Bild hierOf(Tx tx, std::int64_t mandant, const std::set<Teil>& teile, const std::optional<UebernahmeZeile>& vorher) {
  BausteinInhalt inhalt;
  for (const auto& row : allRows<akte::AktenplaneinheitZeile>(tx, mandant)) {
    if (!teile.contains({Teilart::aktenplan, row.kennzeichen})) continue;
    BausteinEinheit one{{row.kennzeichen}, {}, {row.titel}, {}, row.aufbewahrungsdauer, row.aussonderungsart};
    if (row.beschreibung) one.beschreibung = base::Prose<4000>{*row.beschreibung};
    inhalt.aktenplan.push_back(std::move(one));
  }
  auto out = bildOf(inhalt, {});
  for (const auto& row : allRows<akte::FeldartZeile>(tx, mandant)) {
    const Teil teil{Teilart::feld, row.typ + " / " + row.bezeichnung};
    if (!teile.contains(teil) || !row.aktiv) continue;
    out[teil] = {{"art", std::string(base::enumName(row.art))},
                 {"auswahl", row.auswahl.value_or("")},
                 {"pflicht", row.pflicht ? "ja" : "nein"},
                 {"reihenfolge", std::to_string(row.reihenfolge)}};
  }
  const auto tools = allRows<WerkzeugZeile>(tx, mandant);
  for (const auto& row : allRows<ChecklisteZeile>(tx, mandant)) {
    const auto tool = std::ranges::find(tools, row.werkzeug, [](const WerkzeugZeile& one) { return one.uuid.text(); });
    // One of a tool of another town is not one of the tool that the package brings.
    if (tool == tools.end() && netz::werkzeug(row.werkzeug) == nullptr) continue;
    const Teil teil{Teilart::checkliste, tool == tools.end() ? row.werkzeug : tool->schluessel};
    if (teile.contains(teil)) out[teil];
  }
  for (const auto& row : tools)
    if (const Teil teil{Teilart::werkzeug, row.schluessel}; teile.contains(teil)) {
      BausteinInhalt one;
      one.werkzeuge = {alsTeil(row)};
      out.merge(bildOf(one, {}));
    }
  for (const auto& row : allRows<akte::TextbausteinZeile>(tx, mandant))
    if (const Teil teil{Teilart::textbaustein, row.bezeichnung}; row.aktiv && teile.contains(teil))
      out[teil]["text"] = row.text;
  for (const auto& row : allRows<akte::DokumentvorlageZeile>(tx, mandant)) {
    const Teil teil{Teilart::vorlage, row.bezeichnung};
    if (!row.aktiv || !teile.contains(teil)) continue;
    const auto fassung = tx.one<akte::VorlagenfassungZeile>(sql::Query::select<akte::VorlagenfassungZeile>().add(
        " FROM vorlagenfassung WHERE mandant = :mandant AND dokumentvorlage = :vorlage AND nr = :nr", mandant, row.id,
        row.fassung));
    out[teil] = {{"art", std::string(base::enumName(row.art))},
                 {"dateiname", fassung.value().dateiname},
                 {"datei", fassung->sha256}};
  }
  if (vorher)
    for (const auto& one : listOf<LaufwegHier>(vorher->laufwege))
      out[{Teilart::laufweg, one.name}] = {{"zeile", one.zeile}, {"wann", one.wann}};
  return out;
}

std::string dauerText(const std::string& jahre) { return jahre == "unbefristet" ? jahre : jahre + " Jahre"; }

/// The test cases of the package against what the town would have.
std::vector<Probenergebnis> probe(Tx tx, const Berechtigung& wer, const Baustein& baustein, const Namen& namen,
                                  const Bild& danach, const base::Datum& heute) {
  std::vector<Probenergebnis> out;
  const auto verzeichnis = geschaeftsgang::verzeichnisOf(tx, wer.mandant);
  const geschaeftsgang::Adressat selbst{mandant::TraegerArt::person, wer.person, {}};
  for (const auto& one : baustein.proben) {
    Probenergebnis result{one.name.value, false, ""};
    if (one.art == Probenart::frist) {
      const auto found = namen.find(one.von.value);
      const auto teil = danach.find({Teilart::aktenplan, found == namen.end() ? one.von.value : found->second});
      const auto wanted = one.zahl ? std::to_string(*one.zahl) : "unbefristet";
      const auto is = teil == danach.end() ? std::string() : teil->second.at("aufbewahrungsdauer");
      result.gut = is == wanted;
      result.text = is.empty() ? "Den Eintrag gibt es hier nicht."
                               : fmt::format("Die Frist ist {}, erwartet: {}.", dauerText(is), dauerText(wanted));
    } else {
      const auto teil = danach.find({Teilart::laufweg, one.von.value});
      if (teil == danach.end()) {
        result.text = "Den Laufweg gibt es hier nicht.";
      } else {
        const auto entwurf = geschaeftsgang::verstehe(teil->second.at("zeile"), verzeichnis, selbst, heute);
        result.gut =
            entwurf.hinweise.empty() && (!one.zahl || *one.zahl == static_cast<std::int64_t>(entwurf.schritte.size()));
        result.text = entwurf.hinweise.empty() ? fmt::format("Der Laufweg hat {} Schritte.", entwurf.schritte.size())
                                               : entwurf.hinweise.front().text;
      }
    }
    out.push_back(std::move(result));
  }
  return out;
}

/// What a clerk must mend first: places in the plan that are not there, tools that the program does not have.
std::vector<std::string> hindernisseOf(Tx tx, const Berechtigung& wer, const Vorschau& v) {
  std::vector<std::string> out;
  std::set<std::string> signs;
  for (const auto& row : allRows<akte::AktenplaneinheitZeile>(tx, wer.mandant)) signs.insert(row.kennzeichen);
  const auto here = [&](const std::string& sign) {
    const auto found = v.namen.find(sign);
    return found == v.namen.end() ? sign : found->second;
  };
  for (const auto& one : v.baustein.inhalt.aktenplan) signs.insert(here(one.kennzeichen.value));
  for (const auto& one : v.baustein.inhalt.aktenplan)
    if (one.ueber && !signs.contains(here(one.ueber->value)))
      out.push_back(
          fmt::format("{} soll unter {} liegen. Das gibt es in Ihrem Aktenplan nicht; nennen Sie, was Sie "
                      "dafür haben.",
                      one.kennzeichen.value, here(one.ueber->value)));
  if (v.vorher && v.vorher->schluessel != v.baustein.schluessel.value)
    out.push_back(
        "Diesen Baustein haben Sie von einem anderen Herausgeber. Nehmen Sie zuerst zurück, was Sie von ihm haben.");
  for (const auto& one : v.baustein.inhalt.checklisten)
    if (werkzeug(one.value) == nullptr && !v.neu.contains({Teilart::werkzeug, one.value}))
      out.push_back(fmt::format("Die Checkliste „{}“ kennt dieses Programm nicht.", one.value));
  return out;
}

/// Writes what the town has afterwards, where it differs from what it has now.
class Einbau {
 public:
  Einbau(Change& change, const Berechtigung& wer, akte::Schriftgut& schriftgut, const Vorschau& vorschau,
         const Vorlagenwerk& werk, const Vorlagendateien& dateien)
      : change_(change), wer_(wer), schriftgut_(schriftgut), v_(vorschau), werk_(werk), dateien_(dateien) {}

  Result<void> run(const Bild& danach) {
    AKTENLOTSE_TRY(plan(danach));
    // A checklist is begun of a tool that is there.
    for (const auto& [teil, felder] : danach)
      if (const auto now = v_.hier.find(teil);
          teil.first == Teilart::werkzeug && (now == v_.hier.end() || now->second != felder))
        werkzeug(teil.second, felder);
    for (const auto& [teil, felder] : danach) {
      const auto now = v_.hier.find(teil);
      if (now != v_.hier.end() && now->second == felder) continue;
      if (teil.first == Teilart::feld) AKTENLOTSE_TRY(feld(teil.second, felder));
      if (teil.first == Teilart::textbaustein) text(teil.second, felder);
      if (teil.first == Teilart::vorlage) AKTENLOTSE_TRY(vorlage(teil, felder));
      if (teil.first == Teilart::checkliste && now == v_.hier.end()) {
        const auto own = eigenes(teil.second);
        AKTENLOTSE_TRY(beginne(change_, wer_, ChecklisteNeu{{own ? own->uuid.text() : teil.second}, {}, {}}));
      }
    }
    return {};
  }

 private:
  [[nodiscard]] std::string here(const std::string& name) const {
    const auto found = v_.namen.find(name);
    return found == v_.namen.end() ? name : found->second;
  }
  [[nodiscard]] std::optional<akte::AktenplaneinheitZeile> einheit(const std::string& kennzeichen) {
    return change_.tx().one<akte::AktenplaneinheitZeile>(sql::Query::select<akte::AktenplaneinheitZeile>().add(
        " FROM aktenplaneinheit WHERE mandant = :mandant AND kennzeichen = :kennzeichen", wer_.mandant, kennzeichen));
  }
  static std::optional<std::int64_t> jahre(const std::string& text) {
    std::int64_t out = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), out).ec != std::errc()) return std::nullopt;
    return out;
  }

  /// Entries from above: one whose place is made by this package waits for it.
  Result<void> plan(const Bild& danach) {
    std::vector<const BausteinEinheit*> waiting;
    for (const auto& one : v_.baustein.inhalt.aktenplan) waiting.push_back(&one);
    while (!waiting.empty()) {
      const auto before = waiting.size();
      std::vector<const BausteinEinheit*> later;
      for (const auto* one : waiting) {
        const auto ueber = one->ueber ? einheit(here(one->ueber->value)) : std::nullopt;
        if (one->ueber && !ueber) {
          later.push_back(one);
          continue;
        }
        const Teil teil{Teilart::aktenplan, here(one->kennzeichen.value)};
        if (const auto found = danach.find(teil); found != danach.end())
          AKTENLOTSE_TRY(eintrag(teil, found->second, ueber));
      }
      waiting = std::move(later);
      if (waiting.size() == before)
        return fail(Code::Konflikt,
                    fmt::format("{} hat hier keinen Ort im Aktenplan.", waiting.front()->kennzeichen.value));
    }
    return {};
  }

  Result<void> eintrag(const Teil& teil, const Felder& felder,
                       const std::optional<akte::AktenplaneinheitZeile>& ueber) {
    const auto art = base::enumFrom<akte::Aussonderungsart>(felder.at("aussonderungsart")).value();
    const auto dauer = jahre(felder.at("aufbewahrungsdauer"));
    const auto now = v_.hier.find(teil);
    if (now == v_.hier.end()) {
      akte::AktenplaneinheitNeu input;
      if (ueber) input.ueber = ueber->uuid;
      input.kennzeichen = {teil.second};
      input.titel = {felder.at("titel")};
      if (!felder.at("beschreibung").empty()) input.beschreibung = base::Prose<4000>{felder.at("beschreibung")};
      input.aufbewahrungsdauer = dauer;
      input.aussonderungsart = art;
      AKTENLOTSE_TRY(schriftgut_.createEinheit(change_, wer_, input));
      return {};
    }
    if (now->second == felder) return {};
    akte::AktenplaneinheitAendern input;
    const auto changed = [&](const char* name) { return now->second.at(name) != felder.at(name); };
    if (changed("titel")) input.titel = base::Line<300>{felder.at("titel")};
    if (changed("beschreibung")) {
      input.beschreibung.present = true;
      if (!felder.at("beschreibung").empty()) input.beschreibung.value = base::Prose<4000>{felder.at("beschreibung")};
    }
    if (changed("aufbewahrungsdauer")) input.aufbewahrungsdauer = {true, dauer};
    if (changed("aussonderungsart")) input.aussonderungsart = art;
    AKTENLOTSE_TRY(schriftgut_.changeEinheit(change_, wer_, einheit(teil.second).value(), input));
    return {};
  }

  Result<void> feld(const std::string& schluessel, const Felder& felder) {
    const auto slash = schluessel.find(" / ");
    akte::FeldartNeu input;
    input.typ = {schluessel.substr(0, slash)};
    input.bezeichnung = {schluessel.substr(slash + 3)};
    input.art = base::enumFrom<akte::Feldtyp>(felder.at("art")).value();
    if (const auto& all = felder.at("auswahl"); !all.empty()) {
      input.auswahl.emplace();
      for (std::size_t at = 0; at <= all.size();) {
        const auto end = std::min(all.find('\n', at), all.size());
        input.auswahl->push_back({all.substr(at, end - at)});
        at = end + 1;
      }
    }
    input.pflicht = felder.at("pflicht") == "ja";
    input.aktiv = true;
    input.reihenfolge = jahre(felder.at("reihenfolge"));
    const auto row = change_.tx().one<akte::FeldartZeile>(sql::Query::select<akte::FeldartZeile>().add(
        " FROM feldart WHERE mandant = :mandant AND typ = :typ AND bezeichnung = :bezeichnung", wer_.mandant,
        input.typ.value, input.bezeichnung.value));
    if (row)
      AKTENLOTSE_TRY(akte::changeFeldart(change_, wer_, *row, input));
    else
      AKTENLOTSE_TRY(akte::createFeldart(change_, wer_, input));
    return {};
  }

  std::optional<WerkzeugZeile> eigenes(const std::string& schluessel) {
    return change_.tx().one<WerkzeugZeile>(sql::Query::select<WerkzeugZeile>().add(
        " FROM netz_werkzeug WHERE mandant = :mandant AND schluessel = :schluessel", wer_.mandant, schluessel));
  }

  void werkzeug(const std::string& schluessel, const Felder& felder) {
    const auto& all = v_.baustein.inhalt.werkzeuge.value();
    const auto& neu = *std::ranges::find(all, schluessel, [](const auto& one) { return one.schluessel.value; });
    const auto row = eigenes(schluessel);
    const auto hier = row ? std::optional(alsTeil(*row)) : std::nullopt;
    baueEin(change_, wer_, gemischt(neu, hier ? &*hier : nullptr, felder), v_.baustein);
  }

  void text(const std::string& bezeichnung, const Felder& felder) {
    const auto rows = allRows<akte::TextbausteinZeile>(change_.tx(), wer_.mandant);
    const auto before = std::ranges::find(rows, bezeichnung, &akte::TextbausteinZeile::bezeichnung);
    auto after = before == rows.end() ? akte::TextbausteinZeile() : *before;
    after.bezeichnung = bezeichnung;
    after.text = felder.at("text");
    after.aktiv = true;
    if (before != rows.end()) return change_.update(*before, after);
    after.uuid = change_.newUuid();
    change_.insert(after);
  }

  /// The file comes whole or not at all: a town that keeps its own keeps its kind and name too.
  Result<void> vorlage(const Teil& teil, const Felder& felder) {
    const auto found = dateien_.find(teil.second);
    if (found == dateien_.end() || v_.neu.at(teil).at("datei") != felder.at("datei")) return {};
    for (const auto& row : allRows<akte::DokumentvorlageZeile>(change_.tx(), wer_.mandant))
      if (row.bezeichnung == teil.second && row.aktiv) {
        if (v_.hier.contains(teil) && v_.hier.at(teil).at("datei") != felder.at("datei"))
          werk_.legeFassung(change_, wer_.person, row, found->second);
        return {};
      }
    werk_.lege(change_, wer_.person, teil.second, base::enumFrom<akte::Dokumentart>(felder.at("art")).value(),
               found->second);
    return {};
  }

  Change& change_;
  const Berechtigung& wer_;
  akte::Schriftgut& schriftgut_;
  const Vorschau& v_;
  const Vorlagenwerk& werk_;
  const Vorlagendateien& dateien_;
};

}  // namespace

Result<std::string> paketOf(Tx tx, const Berechtigung& wer, const BausteinAnnehmen& input) {
  if (input.datei) return input.datei->value;
  if (!input.praxis) return fail(Code::EingabeUngueltig, "Nennen Sie eine Praxis oder eine Datei.", "praxis");
  const auto row =
      tx.one<Aushang>(sql::Query::select<Aushang>("a")
                          .add(" FROM netz_aushang a WHERE a.art = 'baustein' AND a.ober = :praxis AND ", *input.praxis)
                          .add(imNetzSichtbar(tx, blickOf(tx, wer))));
  if (!row) return fail(Code::NichtGefunden);
  return row->inhalt;
}

Namen namenOf(const UebernahmeZeile& row) {
  Namen out;
  for (const auto& one : listOf<Paar>(row.namen)) out[one.alt] = one.neu;
  return out;
}

Result<Vorschau> schaueVor(Tx tx, const Berechtigung& wer, const BausteinAnnehmen& input, const base::Datum& heute) {
  AKTENLOTSE_GET(text, paketOf(tx, wer, input));
  AKTENLOTSE_GET(whole, liesBaustein(text));
  const auto land = allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).land;
  const auto baustein = fuerLand(whole, land);
  Vorschau out;
  out.baustein = baustein;
  out.herausgeber = werIst(tx, wer.mandant, baustein.schluessel.value);
  out.vorher = vorherige(tx, wer.mandant, baustein.id.text());
  if (out.vorher) out.namen = namenOf(*out.vorher);
  for (const auto& one : input.namen) out.namen[one.alt.value] = one.neu.value;
  out.neu = bildOf(baustein.inhalt, out.namen);
  std::optional<Bild> basis;
  if (out.vorher) {
    AKTENLOTSE_GET(earlier, liesBaustein(out.vorher->paket));
    basis = bildOf(fuerLand(earlier, land).inhalt, out.namen);
  }
  std::set<Teil> teile;
  for (const auto& [teil, felder] : out.neu) teile.insert(teil);
  if (basis)
    for (const auto& [teil, felder] : *basis) teile.insert(teil);
  out.hier = hierOf(tx, wer.mandant, teile, out.vorher);
  out.zeilen = mische(basis, out.hier, out.neu);
  std::set<std::string> uebernehmen;
  for (const auto& one : input.uebernehmen) uebernehmen.insert(one.value);
  out.proben = probe(tx, wer, baustein, out.namen, danach(out.hier, out.neu, out.zeilen, uebernehmen), heute);
  out.hindernisse = hindernisseOf(tx, wer, out);
  return out;
}

Result<std::vector<BausteinVorlage>> vorlagenOf(Tx tx, const Berechtigung& wer, const BausteinAnnehmen& input) {
  AKTENLOTSE_GET(text, paketOf(tx, wer, input));
  AKTENLOTSE_GET(whole, liesBaustein(text));
  const auto here = fuerLand(whole, allRows<mandant::MandantZeile>(tx, wer.mandant).at(0).land);
  return here.inhalt.vorlagen.value_or(std::vector<BausteinVorlage>());
}

Result<UebernahmeZeile> uebernimm(Change& change, const Berechtigung& wer, akte::Schriftgut& schriftgut,
                                  const BausteinAnnehmen& input, const Vorlagenwerk& werk,
                                  const Vorlagendateien& dateien) {
  if (wer.nurLesen || !wer.hat(Recht::aktenplanPflegen)) return fail(Code::NichtErlaubt);
  AKTENLOTSE_GET(vorschau, schaueVor(change.tx(), wer, input, base::Datum::of(change.zeit())));
  const auto& baustein = vorschau.baustein;
  if (!vorschau.herausgeber)
    return fail(Code::BausteinFremd,
                fmt::format("Der Schlüssel {}… ist hier nicht bekannt.", baustein.schluessel.value.substr(0, 16)));
  if (!vorschau.hindernisse.empty()) return fail(Code::Konflikt, vorschau.hindernisse.front(), "namen");
  if (vorschau.vorher && neuerAls(vorschau.vorher->version, baustein.version.value))
    return fail(Code::Konflikt, "Sie haben von diesem Baustein schon eine neuere Version.");
  std::set<std::string> uebernehmen;
  for (const auto& one : input.uebernehmen) uebernehmen.insert(one.value);
  const auto ziel = danach(vorschau.hier, vorschau.neu, vorschau.zeilen, uebernehmen);
  AKTENLOTSE_TRY(Einbau(change, wer, schriftgut, vorschau, werk, dateien).run(ziel));
  UebernahmeZeile row;
  row.uuid = change.newUuid();
  row.baustein = baustein.id.text();
  row.version = baustein.version.value;
  row.titel = baustein.titel.value;
  row.von = baustein.von.name.value;
  row.schluessel = baustein.schluessel.value;
  AKTENLOTSE_GET(text, paketOf(change.tx(), wer, input));
  row.paket = text;
  row.namen = jsonOf(vorschau.namen);
  std::vector<LaufwegHier> laufwege;
  for (const auto& [teil, felder] : ziel)
    if (teil.first == Teilart::laufweg) laufwege.push_back({teil.second, felder.at("zeile"), felder.at("wann")});
  row.laufwege = base::toJson(laufwege);
  row.eintrag = change.nr();
  row.uebernommen = base::Datum::of(change.zeit());
  row.person = wer.person;
  change.insert(row);
  if (vorschau.vorher) {
    auto after = *vorschau.vorher;
    after.status = Uebernahmestatus::ersetzt;
    change.update(*vorschau.vorher, after);
  }
  zeigeUebernahmen(change);
  change.about({"netzbaustein.uebernommen", row.tabelle, row.id, 0, 0});
  return row;
}

}  // namespace netz
