#include <algorithm>

#include "base/hash.h"
#include "einstellungen_teile.h"
#include "mandant/webauthn.h"

namespace akte {

using base::Code;
using base::fail;
using mandant::allRows;
using mandant::OrganisationseinheitZeile;
using mandant::PersonZeile;
using mandant::StelleZeile;
using mandant::TraegerArt;
using mandant::ZugriffZeile;

namespace {

template <class T>
bool same(const T& a, const T& b) {
  return base::toJson(a) == base::toJson(b);
}

class Anwender {
 public:
  Anwender(Change& change, const Berechtigung& wer, Schriftgut& schriftgut, const Vorlagenwerk& werk,
           const Eingelesen& dateien)
      : change_(change),
        wer_(wer),
        schriftgut_(schriftgut),
        werk_(werk),
        dateien_(dateien),
        namen_(change.tx(), change.mandant()) {}

  base::Result<EinstellungenBericht> run(const Einstellungen& datei) {
    if (datei.format.value != einstellungenFormat || datei.fassung != 1)
      return fail(Code::EingabeUngueltig, "Das ist keine Datei mit Einstellungen, die dieses Programm geschrieben hat.",
                  "format");
    if (datei.stadt) one(Bereich::stadt, "", Recht::aktenplanPflegen, [&] { return stadt(*datei.stadt); });
    for (const auto& teil : datei.organisationseinheiten)
      one(Bereich::organisationseinheiten, teil.kurzzeichen.value, Recht::organisationPflegen,
          [&] { return einheit(teil); });
    for (const auto& teil : datei.personen)
      one(Bereich::personen, teil.anmeldename.value, Recht::personPflegen, [&] { return person(teil); });
    for (const auto& teil : datei.stellen) {
      const auto name = Namen::freeStelle(teil.organisationseinheit.value, teil.bezeichnung.value, seen_);
      seen_.insert(name);
      one(Bereich::stellen, name, Recht::organisationPflegen, [&] { return stelle(name, teil); });
    }
    for (const auto& teil : datei.zugriffe)
      one(Bereich::zugriffe, teil.bezeichnung.value, Recht::zugriffPflegen, [&] { return zugriff(teil); });
    for (const auto& teil : datei.aktenplan)
      one(Bereich::aktenplan, teil.kennzeichen.value, Recht::aktenplanPflegen, [&] { return plan(teil); });
    for (const auto& teil : datei.felder)
      one(Bereich::felder, teil.typ.value + " " + teil.bezeichnung.value, Recht::aktenplanPflegen,
          [&] { return feld(teil); });
    if (datei.eingangsadressen)
      for (const auto& teil : *datei.eingangsadressen)
        one(Bereich::eingangsadressen, teil.adresse.value, Recht::organisationPflegen, [&] { return adresse(teil); });
    if (datei.postfaecher)
      for (const auto& teil : *datei.postfaecher)
        one(Bereich::postfaecher, teil.bezeichnung.value, Recht::organisationPflegen, [&] { return postfach(teil); });
    if (datei.textbausteine)
      for (const auto& teil : *datei.textbausteine)
        one(Bereich::textbausteine, teil.bezeichnung.value, Recht::aktenplanPflegen, [&] { return baustein(teil); });
    if (datei.briefkopf) one(Bereich::briefkopf, "", Recht::aktenplanPflegen, [&] { return kopf(*datei.briefkopf); });
    if (datei.laufwegvorlagen)
      for (const auto& teil : *datei.laufwegvorlagen)
        one(Bereich::laufwegvorlagen, teil.name.value, Recht::aktenplanPflegen, [&] { return laufweg(teil); });
    if (datei.dokumentvorlagen)
      for (const auto& teil : *datei.dokumentvorlagen)
        one(Bereich::dokumentvorlagen, teil.bezeichnung.value, Recht::aktenplanPflegen, [&] { return vorlage(teil); });
    mandant::recomputeReach(change_.tx(), change_.mandant());
    base::Sha256 sum;
    for (const auto& row : bericht_.zeilen) sum.add(base::toJson(row)).add("\n");
    bericht_.pruefsumme = sum.hex();
    return std::move(bericht_);
  }

 private:
  using Art = base::Result<ZeilenArt>;

  /// `make` tells what it did; it writes nothing where it refuses.
  template <class Make>
  void one(Bereich bereich, std::string name, Recht recht, Make make) {
    EinstellungenZeile row{bereich, std::move(name), {}, {}};
    const Art done = wer_.hat(recht) ? make() : Art(fail(Code::NichtErlaubt));
    if (!done) {
      row.art = ZeilenArt::fehler;
      row.hinweise = {done.error().detail.empty() ? std::string(base::info(done.error().code).titelDe)
                                                  : done.error().detail};
    } else {
      row.art = *done;
    }
    ++(row.art == ZeilenArt::fehler      ? bericht_.fehler
       : row.art == ZeilenArt::neu       ? bericht_.neu
       : row.art == ZeilenArt::geaendert ? bericht_.geaendert
                                         : bericht_.gleich);
    if (row.art != ZeilenArt::gleich) bericht_.zeilen.push_back(std::move(row));
  }

  template <class Map>
  static base::Result<typename Map::mapped_type> named(const Map& map, const std::string& name, std::string_view what) {
    const auto found = map.find(name);
    if (found == map.end()) return fail(Code::EingabeUngueltig, fmt::format("{} „{}“ gibt es nicht.", what, name));
    return found->second;
  }

  Art stadt(const StadtTeil& teil) {
    const auto before = allRows<mandant::MandantZeile>(change_.tx(), change_.mandant()).at(0);
    if (same(stadtOf(before), teil)) return ZeilenArt::gleich;
    MandantAendern input;
    input.zeichenAkte = teil.zeichenAkte;
    input.zeichenVorgang = teil.zeichenVorgang;
    input.zeichenDokument = teil.zeichenDokument;
    input.fristAbJahresende = teil.fristAbJahresende;
    input.nebenversionen = teil.nebenversionen;
    input.loeschfrist = {true, teil.loeschfrist};
    input.transferfrist = {true, teil.transferfrist};
    input.stichprobe = {true, teil.stichprobe};
    input.originaltage = {true, teil.originaltage};
    AKTENLOTSE_TRY(schriftgut_.changeMandant(change_, before, input));
    return ZeilenArt::geaendert;
  }

  Art einheit(const OeTeil& teil) {
    std::optional<base::Uuid> ueber;
    OptId ueberId;
    if (teil.ueber) {
      AKTENLOTSE_GET(oben, named(namen_.einheiten, teil.ueber->value, "Die Organisationseinheit"));
      ueber = oben.uuid;
      ueberId = oben.id;
    }
    const auto known = namen_.einheiten.find(teil.kurzzeichen.value);
    if (known == namen_.einheiten.end()) {
      AKTENLOTSE_GET(made, mandant::createOrganisationseinheit(change_, {teil.kurzzeichen, teil.bezeichnung, ueber}));
      namen_.know(made);
      nameInbox(made, teil);
      return ZeilenArt::neu;
    }
    const auto row = known->second;
    if (row.bezeichnung == teil.bezeichnung.value && row.ueber == ueberId) return ZeilenArt::gleich;
    AKTENLOTSE_GET(after, mandant::changeOrganisationseinheit(change_, row, {{}, teil.bezeichnung, {true, ueber}}));
    namen_.know(after);
    return ZeilenArt::geaendert;
  }

  /// The access that came with the unit gets the name by which the file knows it.
  void nameInbox(const OrganisationseinheitZeile& made, const OeTeil& teil) {
    const auto before = mandant::rowById<ZugriffZeile>(change_.tx(), change_.mandant(), made.zugriff).value();
    auto after = before;
    if (teil.posteingang) after.bezeichnung = teil.posteingang->value;
    if (after.bezeichnung != before.bezeichnung) change_.update(before, after);
    namen_.know(after);
  }

  Art person(const PersonTeil& teil) {
    const auto known = namen_.personen.find(teil.anmeldename.value);
    auto row = known == namen_.personen.end() ? PersonZeile{} : known->second;
    const auto before = row;
    row.vorname = teil.vorname.value;
    row.nachname = teil.nachname.value;
    row.email = teil.email ? OptText(teil.email->value) : OptText();
    row.aktiv = teil.aktiv;
    if (known == namen_.personen.end()) {
      // Nobody can sign in with it before the administration has set a password.
      row.uuid = change_.newUuid();
      row.anmeldename = teil.anmeldename.value;
      change_.insert(row);
      namen_.know(row);
      return ZeilenArt::neu;
    }
    if (same(row, before)) return ZeilenArt::gleich;
    if (row.id == wer_.person && !row.aktiv)
      return fail(Code::Konflikt, "Sich selbst kann niemand abmelden lassen; das macht jemand anderes.");
    change_.update(before, row);
    namen_.know(row);
    return ZeilenArt::geaendert;
  }

  Art stelle(const std::string& name, const StelleTeil& teil) {
    AKTENLOTSE_GET(oe, named(namen_.einheiten, teil.organisationseinheit.value, "Die Organisationseinheit"));
    std::vector<std::int64_t> wanted;
    for (const auto& anmeldename : teil.personen) {
      AKTENLOTSE_GET(wer, named(namen_.personen, anmeldename.value, "Die Person"));
      wanted.push_back(wer.id);
    }
    auto rollen = teil.rollen;
    std::ranges::sort(rollen);
    const auto known = namen_.stellen.find(name);
    auto art = ZeilenArt::gleich;
    if (known == namen_.stellen.end()) {
      AKTENLOTSE_GET(made, mandant::createStelle(change_, {teil.bezeichnung, oe.uuid, teil.leitung, rollen}));
      namen_.know(name, made);
      art = ZeilenArt::neu;
    } else if (known->second.leitung != teil.leitung ||
               rollenOf(change_.tx(), change_.mandant(), known->second.id) != rollen) {
      AKTENLOTSE_GET(after, mandant::changeStelle(change_, known->second, {{}, {}, teil.leitung, rollen}));
      namen_.know(name, after);
      art = ZeilenArt::geaendert;
    }
    // Who holds it already goes on holding it.
    const auto id = namen_.stellen.at(name).id;
    for (const auto person : wanted) {
      if (change_.tx().value<std::int64_t>(
              "SELECT id FROM besetzung WHERE mandant = :mandant AND stelle = :stelle AND person = :person",
              change_.mandant(), id, person))
        continue;
      mandant::BesetzungZeile sitz{0, 0, id, person};
      change_.insert(sitz);
      if (art == ZeilenArt::gleich) art = ZeilenArt::geaendert;
    }
    return art;
  }

  base::Result<mandant::EintragNeu> eintrag(const EintragTeil& teil) {
    mandant::EintragNeu out{teil.traegerArt, {}, teil.stufe};
    if (teil.traegerArt == TraegerArt::alle) return out;
    if (!teil.traeger) return fail(Code::EingabeUngueltig, "Ein Eintrag nennt nicht, für wen er gilt.");
    const auto& name = teil.traeger->value;
    if (teil.traegerArt == TraegerArt::organisationseinheit) {
      AKTENLOTSE_GET(row, named(namen_.einheiten, name, "Die Organisationseinheit"));
      out.traeger = {{row.uuid.text()}};
    } else if (teil.traegerArt == TraegerArt::stelle) {
      AKTENLOTSE_GET(row, named(namen_.stellen, name, "Die Stelle"));
      out.traeger = {{row.uuid.text()}};
    } else if (teil.traegerArt == TraegerArt::person) {
      AKTENLOTSE_GET(row, named(namen_.personen, name, "Die Person"));
      out.traeger = {{row.uuid.text()}};
    } else {
      if (!base::enumFrom<mandant::Rolle>(name))
        return fail(Code::EingabeUngueltig, fmt::format("Die Rolle „{}“ gibt es nicht.", name));
      out.traeger = {{name}};
    }
    return out;
  }

  Art zugriff(const ZugriffTeil& teil) {
    mandant::ZugriffNeu input{teil.bezeichnung, {}};
    for (const auto& line : teil.eintraege) {
      AKTENLOTSE_GET(one, eintrag(line));
      input.eintraege.push_back(one);
    }
    const auto known = namen_.zugriffe.find(teil.bezeichnung.value);
    if (known == namen_.zugriffe.end()) {
      AKTENLOTSE_GET(made, mandant::createZugriff(change_, input));
      namen_.know(made);
      return ZeilenArt::neu;
    }
    auto there =
        eintraegeOf(namen_, allRows<mandant::ZugriffseintragZeile>(change_.tx(), change_.mandant()), known->second.id);
    auto wanted = teil.eintraege;
    const auto text = [](const EintragTeil& line) { return base::toJson(line); };
    std::ranges::sort(there, {}, text);
    std::ranges::sort(wanted, {}, text);
    if (same(there, wanted)) return ZeilenArt::gleich;
    AKTENLOTSE_GET(after, mandant::changeZugriff(change_, known->second, input));
    namen_.know(after);
    return ZeilenArt::geaendert;
  }

  Art plan(const PlanTeil& teil) {
    AktenplaneinheitAendern input;
    input.titel = teil.titel;
    input.beschreibung = {true, teil.beschreibung};
    input.aufbewahrungsdauer = {true, teil.aufbewahrungsdauer};
    input.aussonderungsart = teil.aussonderungsart;
    input.gesperrt = teil.gesperrt;
    input.stillgelegt = teil.stillgelegt;
    input.zeichenAkte = {true, teil.zeichenAkte};
    input.zeichenVorgang = {true, teil.zeichenVorgang};
    input.zeichenDokument = {true, teil.zeichenDokument};
    input.art = {true, teil.art};
    input.gueltigVon = {true, teil.gueltigVon};
    input.gueltigBis = {true, teil.gueltigBis};
    input.organisationseinheit = {true, {}};
    input.ueber = {true, {}};
    if (teil.ueber) {
      AKTENLOTSE_GET(oben, named(namen_.plan, teil.ueber->value, "Den Eintrag"));
      input.ueber.value = oben.uuid;
      // An access above may have been changed by the file meanwhile.
      const auto now = mandant::rowById<AktenplaneinheitZeile>(change_.tx(), change_.mandant(), oben.id).value();
      if (!teil.zugriff) input.zugriff = mandant::rowById<ZugriffZeile>(change_.tx(), now.mandant, now.zugriff)->uuid;
    }
    if (teil.organisationseinheit) {
      AKTENLOTSE_GET(oe, named(namen_.einheiten, teil.organisationseinheit->value, "Die Organisationseinheit"));
      input.organisationseinheit.value = oe.uuid;
    }
    if (teil.zugriff) {
      AKTENLOTSE_GET(zugriff, named(namen_.zugriffe, teil.zugriff->value, "Den Zugriff"));
      input.zugriff = zugriff.uuid;
    }
    const auto known = namen_.plan.find(teil.kennzeichen.value);
    if (known != namen_.plan.end()) {
      const auto now =
          mandant::rowById<AktenplaneinheitZeile>(change_.tx(), change_.mandant(), known->second.id).value();
      if (same(planOf(namen_, now), teil)) return ZeilenArt::gleich;
      if (now.ueber == (teil.ueber ? OptId(namen_.plan.at(teil.ueber->value).id) : OptId())) input.ueber = {};
      AKTENLOTSE_GET(after, schriftgut_.changeEinheit(change_, wer_, now, input));
      namen_.know(after);
      return ZeilenArt::geaendert;
    }
    if (!wer_.hat(Recht::aussonderungPflegen))
      return fail(Code::NichtErlaubt, "Aufbewahrungsdauer und Aussonderungsart ändern nur Registratur und Archiv.");
    AKTENLOTSE_GET(made, schriftgut_.createEinheit(change_, wer_, {input.ueber.value, teil.kennzeichen, teil.titel}));
    input.ueber = {};
    AKTENLOTSE_GET(after, schriftgut_.changeEinheit(change_, wer_, made, input));
    namen_.know(after);
    return ZeilenArt::neu;
  }

  Art feld(const FeldartNeu& teil) {
    for (const auto& row : allRows<FeldartZeile>(change_.tx(), change_.mandant())) {
      if (row.typ != teil.typ.value || row.bezeichnung != teil.bezeichnung.value ||
          row.fuer.value_or(Feldziel::vorgang) != teil.fuer.value_or(Feldziel::vorgang))
        continue;
      auto full = teil;
      full.fuer = teil.fuer.value_or(Feldziel::vorgang);
      full.pflicht = teil.pflicht.value_or(false);
      full.aktiv = teil.aktiv.value_or(true);
      full.reihenfolge = teil.reihenfolge.value_or(0);
      if (same(feldOf(row), full)) return ZeilenArt::gleich;
      AKTENLOTSE_TRY(changeFeldart(change_, wer_, row, teil));
      return ZeilenArt::geaendert;
    }
    AKTENLOTSE_TRY(createFeldart(change_, wer_, teil));
    return ZeilenArt::neu;
  }

  Art adresse(const AdresseTeil& teil) {
    AKTENLOTSE_GET(oe, named(namen_.einheiten, teil.organisationseinheit.value, "Die Organisationseinheit"));
    const auto folded = base::foldCase(teil.adresse.value);
    for (const auto& row : allRows<EingangsadresseZeile>(change_.tx(), change_.mandant())) {
      if (row.adresse != folded) continue;
      if (row.organisationseinheit == oe.id) return ZeilenArt::gleich;
      AKTENLOTSE_TRY(changeEingangsadresse(change_, row, oe.uuid));
      return ZeilenArt::geaendert;
    }
    AKTENLOTSE_TRY(createEingangsadresse(change_, {teil.adresse, oe.uuid}));
    return ZeilenArt::neu;
  }

  /// Of several with one name, the first is meant.
  Art postfach(const PostfachTeil& teil) {
    AKTENLOTSE_GET(oe, named(namen_.einheiten, teil.organisationseinheit.value, "Die Organisationseinheit"));
    const PostfachNeu input{teil.bezeichnung,      oe.uuid,       teil.host,          teil.port,
                            teil.verschluesselung, teil.benutzer, teil.passwortDatei, teil.ordner,
                            teil.zielordner,       teil.minuten,  teil.aktiv};
    for (const auto& row : allRows<PostfachZeile>(change_.tx(), change_.mandant())) {
      if (row.bezeichnung != teil.bezeichnung.value) continue;
      if (same(postfachOf(namen_, row), teil)) return ZeilenArt::gleich;
      AKTENLOTSE_TRY(changePostfach(change_, row, input));
      return ZeilenArt::geaendert;
    }
    AKTENLOTSE_TRY(createPostfach(change_, input));
    return ZeilenArt::neu;
  }

  Art baustein(const BausteinTeil& teil) {
    for (const auto& row : allRows<TextbausteinZeile>(change_.tx(), change_.mandant())) {
      if (row.bezeichnung != teil.bezeichnung.value) continue;
      if (same(bausteinOf(row), teil)) return ZeilenArt::gleich;
      auto after = row;
      after.text = teil.text.value;
      after.aktiv = teil.aktiv;
      change_.update(row, after);
      return ZeilenArt::geaendert;
    }
    TextbausteinZeile row;
    row.uuid = change_.newUuid();
    row.bezeichnung = teil.bezeichnung.value;
    row.text = teil.text.value;
    row.aktiv = teil.aktiv;
    change_.insert(row);
    return ZeilenArt::neu;
  }

  Art kopf(const BriefkopfTeil& teil) {
    const auto rows = allRows<BriefkopfZeile>(change_.tx(), change_.mandant());
    if (!rows.empty() && same(kopfOf(rows.front()), teil)) return ZeilenArt::gleich;
    auto after = rows.empty() ? BriefkopfZeile() : rows.front();
    const auto set = [](OptText& into, const auto& text) { into = text ? OptText(text->value) : OptText(); };
    set(after.name, teil.name);
    set(after.zusatz, teil.zusatz);
    set(after.strasse, teil.strasse);
    set(after.plz, teil.plz);
    set(after.ort, teil.ort);
    set(after.telefon, teil.telefon);
    set(after.email, teil.email);
    set(after.internet, teil.internet);
    set(after.bank, teil.bank);
    if (!rows.empty()) {
      change_.update(rows.front(), after);
      return ZeilenArt::geaendert;
    }
    after.uuid = change_.newUuid();
    change_.insert(after);
    return ZeilenArt::neu;
  }

  Art laufweg(const LaufwegvorlageTeil& teil) {
    AKTENLOTSE_TRY(werk_.verstehe(change_.tx(), wer_, teil.zeile.value, base::Datum::of(change_.zeit())));
    LaufwegvorlageZeile row;
    row.name = teil.name.value;
    row.zeile = teil.zeile.value;
    if (teil.typ) row.typ = teil.typ->value;
    if (teil.aktenplaneinheit) {
      AKTENLOTSE_GET(eintrag, named(namen_.plan, teil.aktenplaneinheit->value, "Den Eintrag"));
      row.aktenplaneinheit = eintrag.id;
    }
    for (const auto& known : allRows<LaufwegvorlageZeile>(change_.tx(), change_.mandant())) {
      if (known.name != row.name) continue;
      if (same(laufwegOf(namen_, known), teil)) return ZeilenArt::gleich;
      auto after = known;
      after.zeile = row.zeile;
      after.typ = row.typ;
      after.aktenplaneinheit = row.aktenplaneinheit;
      change_.update(known, after);
      return ZeilenArt::geaendert;
    }
    row.uuid = change_.newUuid();
    change_.insert(row);
    return ZeilenArt::neu;
  }

  /// Of several with one name, the first is meant. Another file becomes a new version.
  Art vorlage(const DokumentvorlageTeil& teil) {
    if (teil.art == Dokumentart::Eingang)
      return fail(Code::EingabeUngueltig, "Eine Vorlage ist für einen Ausgang oder ein internes Dokument.");
    const auto found = dateien_.find(teil.bezeichnung.value);
    if (found == dateien_.end()) throw base::Failure("a template whose file was not looked into");
    AKTENLOTSE_TRY(found->second);
    const auto& datei = *found->second;
    const auto present = [&]() -> std::optional<DokumentvorlageZeile> {
      for (const auto& row : allRows<DokumentvorlageZeile>(change_.tx(), change_.mandant()))
        if (row.bezeichnung == teil.bezeichnung.value) return row;
      return std::nullopt;
    };
    const auto known = present();
    if (!known) werk_.lege(change_, wer_.person, teil.bezeichnung.value, teil.art, datei);
    auto row = present().value();
    const bool sameFile = fassungOf(change_.tx(), row).sha256 == datei.datei.ref.sha256;
    const bool sameRow = row.art == teil.art && row.aktiv == teil.aktiv;
    if (!sameRow) {
      const auto before = row;
      row.art = teil.art;
      row.aktiv = teil.aktiv;
      change_.update(before, row);
    }
    if (!sameFile) werk_.legeFassung(change_, wer_.person, row, datei);
    if (!known) return ZeilenArt::neu;
    return sameFile && sameRow ? ZeilenArt::gleich : ZeilenArt::geaendert;
  }

  Change& change_;
  const Berechtigung& wer_;
  Schriftgut& schriftgut_;
  const Vorlagenwerk& werk_;
  const Eingelesen& dateien_;
  Namen namen_;
  std::set<std::string> seen_;
  EinstellungenBericht bericht_;
};

}  // namespace

Eingelesen liesVorlagen(const Vorlagenwerk& werk, const Einstellungen& datei) {
  Eingelesen out;
  if (!datei.dokumentvorlagen) return out;
  for (const auto& teil : *datei.dokumentvorlagen) {
    const auto bytes = mandant::ausBase64Url(teil.inhalt.value);
    base::Result<Vorlagendatei> gelesen = fail(Code::EingabeUngueltig, "Die Datei der Vorlage ist beschädigt.");
    if (bytes) gelesen = werk.lies(*bytes, teil.dateiname.value);
    out.insert_or_assign(teil.bezeichnung.value, std::move(gelesen));
  }
  return out;
}

base::Result<EinstellungenBericht> wendeAn(Change& change, const Berechtigung& wer, Schriftgut& schriftgut,
                                           const Einstellungen& datei, const Vorlagenwerk& werk,
                                           const Eingelesen& dateien) {
  AKTENLOTSE_GET(bericht, Anwender(change, wer, schriftgut, werk, dateien).run(datei));
  const auto town = allRows<mandant::MandantZeile>(change.tx(), change.mandant()).at(0);
  change.about({"einstellungen.eingelesen", town.tabelle, town.id, 0, 0});
  if (!change.empty()) bericht.eintrag = change.nr();
  return std::move(bericht);
}

}  // namespace akte
