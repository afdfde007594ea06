// Akteneinsicht: an Akte or Vorgang as one PDF with contents, page numbers and a note of what was left out.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "plan.h"

namespace schreiben {
namespace {

using akte::AkteneinsichtTeilZeile;
using base::Code;
using base::fail;
using mandant::rowById;

/// The Dokumente in their order, each followed by its Anlagen.
std::vector<DokumentZeile> inhaltOf(const sql::ReadTx& tx, const Einsichtsobjekt& objekt) {
  auto query = sql::Query::select<DokumentZeile>("d");
  query.add(
      " FROM dokument d JOIN vorgang v ON v.mandant = d.mandant AND v.id = d.vorgang WHERE d.mandant = :mandant AND "
      "v.akte = :akte",
      objekt.akte.mandant, objekt.akte.id);
  if (objekt.vorgang) query.add(" AND (v.id = :vorgang OR v.ueber = :ueber)", objekt.vorgang->id, objekt.vorgang->id);
  query.add(" ORDER BY v.id, COALESCE(d.ueber, d.id), d.id");
  return tx.query<DokumentZeile>(query);
}

VersionZeile newest(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  return tx
      .one<VersionZeile>(sql::Query::select<VersionZeile>().add(
          " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", dokument.mandant, dokument.id,
          dokument.version))
      .value();
}

/// All that is known of a part before it is drawn, and then its pages.
struct Stueck {
  AkteneinsichtTeilZeile teil{};
  DokumentZeile dokument{};
  VersionZeile version{};
  akte::VolltextZeile text{};
  std::optional<SchwaerzungZeile> schwaerzung{};
  std::string pdf{};  ///< the blob of its pages; empty: they cannot be shown
  std::int64_t seiten = 0;
  std::int64_t blattAb = 0, blattBis = 0;  ///< the pages of its sheet
  std::int64_t seite = 0;                  ///< where it begins in the whole
  [[nodiscard]] std::string name() const {
    return dokument.zeichen ? fmt::format("{} {}", *dokument.zeichen, dokument.betreff) : dokument.betreff;
  }
};

std::string tag(const OptDatum& datum) {
  if (!datum) return "";
  const auto& t = datum->text();
  return fmt::format("{}.{}.{}", t.substr(8, 2), t.substr(5, 2), t.substr(0, 4));
}

void metadatenblatt(Blaetter& blaetter, const Stueck& s, bool metadaten) {
  const auto& d = s.dokument;
  blaetter.titel(s.name());
  if (metadaten) {
    std::vector<std::pair<std::string, std::string>> rows{{"Art", std::string(base::enumName(d.art))}};
    const auto add = [&](const char* name, const std::string& value) {
      if (!value.empty()) rows.emplace_back(name, value);
    };
    add("Geschäftszeichen", d.zeichen.value_or(""));
    add("Absender", d.absender.value_or(""));
    add("Empfänger", d.empfaenger.value_or(""));
    add("Datum", tag(d.datum));
    add("Eingangsdatum", tag(d.eingangsdatum));
    add("Postausgangsdatum", tag(d.ausgangsdatum));
    add("Fremdes Zeichen", d.fremdesGeschaeftszeichen.value_or(""));
    add("Bemerkung", d.bemerkung.value_or(""));
    add("Zustand", d.status == akte::Status::storniert ? "storniert" : "");
    add("Datei", fmt::format("{} (Version {}, {} Byte)", s.version.dateiname, s.version.nr, s.version.groesse));
    add("SHA-256", s.version.sha256);
    blaetter.tabelle(rows);
  }
  if (s.schwaerzung) blaetter.absatz(fmt::format("Geschwärzte Fassung. Grund: {}", s.schwaerzung->grund));
  if (s.pdf.empty())
    blaetter.absatz(fmt::format(
        "Die Datei „{}“ lässt sich nicht als Seiten zeigen. Sie wird auf Wunsch gesondert übergeben.\nSHA-256: {}",
        s.version.dateiname, s.version.sha256));
}

/// "Blatt 3" at the head of a page says that the sheet of the third part begins there.
void findSheets(const std::vector<std::string>& pages, std::vector<Stueck*>& sheets) {
  std::size_t current = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (current < sheets.size() && pages[i].find(fmt::format("Blatt {}\n", current + 1)) != std::string::npos)
      ++current;
    if (current == 0) continue;
    auto& s = *sheets[current - 1];
    if (s.blattAb == 0) s.blattAb = static_cast<std::int64_t>(i) + 1;
    s.blattBis = static_cast<std::int64_t>(i) + 1;
  }
}

}  // namespace

Result<AkteneinsichtZeile> Kanzlei::bestelleEinsicht(Change& change, const Berechtigung& wer,
                                                     const Einsichtsobjekt& objekt, const AkteneinsichtNeu& input) {
  constexpr std::size_t most = 2000;
  auto& tx = change.tx();
  AKTENLOTSE_TRY(
      mandant::darf(wer, objekt.vorgang ? Recht::vorgangAendern : Recht::akteAendern, {objekt.gegenstand.stufe, true}));
  const auto inhalt = inhaltOf(tx, objekt);
  if (inhalt.empty()) return fail(Code::Konflikt, "Darin liegt noch nichts, was man einsehen könnte.");
  if (inhalt.size() > most)
    return fail(Code::ZuGross, fmt::format("Höchstens {} Dokumente auf einmal. Wählen Sie einzelne Vorgänge.", most));
  if (std::ranges::any_of(inhalt, [&](const auto& d) { return !mandant::stufeFor(tx, wer, d.zugriff); }))
    return fail(Code::NichtErlaubt,
                "Darin liegt etwas, das Sie nicht sehen dürfen. Die Einsicht stellt zusammen, wer alles lesen darf.");
  AkteneinsichtZeile row;
  row.uuid = change.newUuid();
  row.akte = objekt.akte.id;
  if (objekt.vorgang) row.vorgang = objekt.vorgang->id;
  row.nr = tx.value<std::int64_t>(
                 "SELECT COALESCE(MAX(nr), 0) FROM akteneinsicht WHERE mandant = :mandant AND akte = "
                 ":akte",
                 wer.mandant, row.akte)
               .value() +
           1;
  row.antragsteller = input.antragsteller.value;
  row.grundlage = input.grundlage.value;
  row.metadaten = input.metadaten;
  row.person = wer.person;
  row.zeit = change.zeit();
  std::map<base::Uuid, const Weggelassen*> left;
  for (const auto& one : input.weggelassen) left[one.dokument] = &one;
  std::map<base::Uuid, std::int64_t> black;
  for (const auto& one : input.schwaerzungen) black[one.dokument] = one.nr;
  std::set<base::Uuid> known;
  for (const auto& d : inhalt) known.insert(d.uuid);
  for (const auto& one : input.weggelassen)
    if (!known.contains(one.dokument))
      return fail(Code::EingabeUngueltig, "Ein Dokument, das weggelassen wird, liegt nicht darin.", "weggelassen");
  for (const auto& one : input.schwaerzungen)
    if (!known.contains(one.dokument))
      return fail(Code::EingabeUngueltig, "Ein geschwärztes Dokument liegt nicht darin.", "schwaerzungen");
  if (left.size() == inhalt.size()) return fail(Code::EingabeUngueltig, "Es bleibt nichts übrig.", "weggelassen");
  change.insert(row);
  for (const auto& d : inhalt) {
    AkteneinsichtTeilZeile teil;
    teil.akteneinsicht = row.id;
    teil.dokument = d.id;
    teil.version = newest(tx, d).id;
    teil.platz = static_cast<std::int64_t>(&d - inhalt.data()) + 1;
    if (const auto found = left.find(d.uuid); found != left.end()) teil.weggelassen = found->second->grund.value;
    if (const auto found = black.find(d.uuid); found != black.end()) {
      teil.schwaerzung = tx.value<std::int64_t>(
          "SELECT id FROM schwaerzung WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr AND version = "
          ":version AND sha256 IS NOT NULL",
          wer.mandant, d.id, found->second, teil.version);
      if (!teil.schwaerzung)
        return fail(Code::EingabeUngueltig, "Von der neuesten Version gibt es diese Schwärzung nicht.",
                    "schwaerzungen");
    }
    change.insert(teil);
  }
  jobs::stelleEin(tx, wer.mandant, change.zeit(),
                  {.art = auftragAkteneinsicht,
                   .nutzlast = base::toJson(AkteneinsichtAuftrag{row.id}),
                   .vorrang = 2,
                   .person = wer.person,
                   .objekt = objekt.vorgang ? objekt.vorgang->uuid : objekt.akte.uuid});
  if (objekt.vorgang)
    change.about(
        {"vorgang.akteneinsicht", akte::VorgangZeile::tabelle, objekt.vorgang->id, objekt.akte.id, objekt.akte.id});
  else
    change.about({"akte.akteneinsicht", akte::AkteZeile::tabelle, objekt.akte.id, objekt.akte.id, 0});
  return row;
}

namespace {

/// What a job finds of an Akteneinsicht.
struct Auftragslage {
  AkteneinsichtZeile row{};
  akte::AkteZeile akte{};
  std::optional<akte::VorgangZeile> vorgang{};
  std::string behoerde{}, person{};
  std::vector<Stueck> stuecke{};
};

std::optional<Auftragslage> lageOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t id) {
  const auto row = rowById<AkteneinsichtZeile>(tx, mandant, id);
  if (!row) return std::nullopt;
  Auftragslage out;
  out.row = *row;
  out.akte = rowById<akte::AkteZeile>(tx, mandant, row->akte).value();
  if (row->vorgang) out.vorgang = rowById<akte::VorgangZeile>(tx, mandant, *row->vorgang);
  out.behoerde = mandant::allRows<mandant::MandantZeile>(tx, mandant).at(0).name;
  if (const auto person = mandant::personKurz(tx, mandant, row->person)) out.person = person->name;
  for (const auto& teil : tx.query<AkteneinsichtTeilZeile>(sql::Query::select<AkteneinsichtTeilZeile>().add(
           " FROM akteneinsicht_teil WHERE mandant = :mandant AND akteneinsicht = :id ORDER BY platz", mandant, id))) {
    Stueck s;
    s.teil = teil;
    s.dokument = rowById<DokumentZeile>(tx, mandant, teil.dokument).value();
    s.version = rowById<VersionZeile>(tx, mandant, teil.version).value();
    s.text = tx
                 .one<akte::VolltextZeile>(sql::Query::select<akte::VolltextZeile>().add(
                     " FROM volltext WHERE mandant = :mandant AND version = :version", mandant, teil.version))
                 .value_or(akte::VolltextZeile());
    if (teil.schwaerzung) s.schwaerzung = rowById<SchwaerzungZeile>(tx, mandant, *teil.schwaerzung);
    out.stuecke.push_back(std::move(s));
  }
  return out;
}

/// Title and contents. `weiter` is how many pages it has itself, as far as is known.
Blaetter verzeichnis(const Auftragslage& lage) {
  Blaetter out;
  out.neu();
  out.titel("Akteneinsicht");
  std::vector<std::pair<std::string, std::string>> rows{
      {"Behörde", lage.behoerde}, {"Akte", fmt::format("{} {}", lage.akte.zeichen, lage.akte.betreff)}};
  if (lage.vorgang) rows.emplace_back("Vorgang", fmt::format("{} {}", lage.vorgang->zeichen, lage.vorgang->betreff));
  rows.emplace_back("Antragsteller", lage.row.antragsteller);
  rows.emplace_back("Grundlage", lage.row.grundlage);
  rows.emplace_back("Zusammengestellt", fmt::format("{} von {}", tag(base::Datum::of(lage.row.zeit)), lage.person));
  out.tabelle(rows);
  out.ueberschrift("Inhalt");
  std::vector<std::vector<std::string>> shown{{"Nr.", "Dokument", "Datum", "Seite"}},
      missing{{"Nr.", "Dokument", "Grund"}};
  for (const auto& s : lage.stuecke) {
    const auto nr = std::to_string(s.teil.platz);
    if (s.teil.weggelassen)
      missing.push_back({nr, s.name(), *s.teil.weggelassen});
    else
      shown.push_back({nr, s.name() + (s.schwaerzung ? " (geschwärzt)" : ""),
                       tag(s.dokument.datum ? s.dokument.datum : s.dokument.eingangsdatum), std::to_string(s.seite)});
  }
  out.liste(shown, {8, 64, 16, 12});
  if (missing.size() > 1) {
    out.ueberschrift("Nicht enthalten");
    out.liste(missing, {8, 52, 40});
  }
  return out;
}

}  // namespace

jobs::Ergebnis Kanzlei::stelleZusammen(jobs::Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<AkteneinsichtAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  auto lage = schriftgut_.journal().database().read(
      lauf.mandant(), [&](const sql::ReadTx& tx) { return lageOf(tx, lauf.mandant(), auftrag->akteneinsicht); });
  if (!lage || lage->row.sha256) return {};
  const auto weiter = [&] { return lauf.weiter(); };
  const auto all = static_cast<std::int64_t>(lage->stuecke.size());
  std::vector<Stueck*> sheets;
  for (auto& s : lage->stuecke) {
    if (!lauf.fortschritt(s.teil.platz - 1, all, "Die Seiten werden zusammengestellt")) return {};
    if (s.teil.weggelassen) continue;
    if (s.schwaerzung) {
      s.pdf = s.schwaerzung->sha256.value();
      s.seiten = s.schwaerzung->seiten.value();
    } else if (const auto pdf = alsPdf(s.version, s.text, weiter)) {
      s.pdf = pdf->ref.sha256;
      s.seiten = pdf->seiten;
    } else if (!pdf.error().endgueltig) {
      return tl::unexpected(pdf.error());
    }
    if (lage->row.metadaten || s.pdf.empty()) sheets.push_back(&s);
  }
  std::string blaetterPdf;
  if (!sheets.empty()) {
    Blaetter blaetter;
    for (const auto* s : sheets) {
      blaetter.neu(/*numeriert=*/true);
      metadatenblatt(blaetter, *s, lage->row.metadaten);
    }
    const auto pdf = drucke(blaetter, weiter);
    if (!pdf) return tl::unexpected(pdf.error());
    blaetterPdf = pdf->ref.sha256;
    const auto opened = schriftgut_.blobs().need(blaetterPdf);
    findSheets(schriftgut_.lesen(opened.file().get(), "blaetter.pdf").text.seiten, sheets);
  }
  // The contents name pages that come after them: it is printed again until its own number of pages was right.
  Pdf vorn{{}, 1, {}};
  constexpr int rounds = 4;
  for (int round = 0; round < rounds; ++round) {
    auto seite = vorn.seiten + 1;
    for (auto& s : lage->stuecke) {
      s.seite = seite;
      seite += s.seiten + (s.blattAb > 0 ? s.blattBis - s.blattAb + 1 : 0);
    }
    const auto before = vorn.seiten;
    auto pdf = drucke(verzeichnis(*lage), weiter);
    if (!pdf) return tl::unexpected(pdf.error());
    vorn = *std::move(pdf);
    if (vorn.seiten == before) break;
  }
  std::vector<Teil> teile{Teil{vorn.ref.sha256, "Inhalt"}};
  for (const auto& s : lage->stuecke) {
    if (s.teil.weggelassen) continue;
    const auto titel = fmt::format("{} {}", s.teil.platz, s.name());
    if (s.blattAb > 0) teile.push_back(Teil{blaetterPdf, titel, s.blattAb, s.blattBis});
    if (!s.pdf.empty()) teile.push_back(Teil{s.pdf, s.blattAb > 0 ? "" : titel});
  }
  const auto ganz = buendle(teile, /*seitenzahlen=*/true);
  if (!ganz) return tl::unexpected(ganz.error());
  const auto done = schriftgut_.journal().change(lauf.mandant(), [&](Change& change) -> Result<void> {
    change.by({lage->row.person, 0});
    lauf.abschliessen(change.tx());
    const auto before = rowById<AkteneinsichtZeile>(change.tx(), lauf.mandant(), lage->row.id);
    if (!before) return {};
    auto after = *before;
    after.sha256 = ganz->ref.sha256;
    after.groesse = static_cast<std::int64_t>(ganz->ref.size);
    after.seiten = ganz->seiten;
    change.update(*before, after);
    change.about({"akteneinsicht.fertig", after.tabelle, after.id, after.akte, 0});
    return {};
  });
  if (!done) return jobs::nie(done.error());
  return {};
}

}  // namespace schreiben
