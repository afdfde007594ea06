// Drafts: empty, or from a template whose fields are filled by a sandboxed child.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "plan.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;
using mandant::rowById;
using mandant::rowByUuid;

std::string inWords(const base::Datum& tag) {
  static constexpr std::array names = {"Januar", "Februar", "März",      "April",   "Mai",      "Juni",
                                       "Juli",   "August",  "September", "Oktober", "November", "Dezember"};
  const auto month = static_cast<std::size_t>(std::stoi(tag.text().substr(5, 2)));
  return fmt::format("{}. {} {}", std::stoi(tag.text().substr(8, 2)), names.at(month - 1), tag.year());
}

using Werte = std::vector<std::pair<std::string, std::string>>;

/// What is the same for all recipients.
Werte allgemeine(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& vorgang, const EntwurfNeu& input,
                 const std::optional<DokumentZeile>& bezug, const base::Datum& heute) {
  const auto person = rowById<mandant::PersonZeile>(tx, wer.mandant, wer.person);
  const auto stelle = tx.one<mandant::StelleZeile>(sql::Query::select<mandant::StelleZeile>("s").add(
      " FROM stelle s JOIN besetzung b ON b.mandant = s.mandant AND b.stelle = s.id WHERE s.mandant = :mandant AND "
      "b.person = :person ORDER BY s.id",
      wer.mandant, wer.person));
  const auto einheit = rowById<mandant::OrganisationseinheitZeile>(
      tx, wer.mandant, stelle ? stelle->organisationseinheit : vorgang.vorgang.organisationseinheit);
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0);
  const auto heads = mandant::allRows<BriefkopfZeile>(tx, wer.mandant);
  const auto kopf = heads.empty() ? BriefkopfZeile() : heads.front();
  const auto name = kopf.name.value_or(town.name), strasse = kopf.strasse.value_or("");
  const auto ort = fmt::format("{} {}", kopf.plz.value_or(""), kopf.ort.value_or(""));
  const auto zeichen = bezug && bezug->fremdesGeschaeftszeichen ? bezug->fremdesGeschaeftszeichen
                                                                : vorgang.vorgang.fremdesGeschaeftszeichen;
  // The Akte may be hidden from somebody to whom its Vorgang was opened.
  const bool akte = mandant::stufeFor(tx, wer, vorgang.akte.zugriff).has_value();
  return {{"az", vorgang.vorgang.zeichen},
          {"betreff", input.betreff.value},
          {"datum", inWords(heute)},
          {"text", input.text ? input.text->value : ""},
          {"ihr.zeichen", zeichen.value_or("")},
          {"ihr.schreiben", bezug && bezug->datum ? inWords(*bezug->datum) : ""},
          {"vorgang.betreff", vorgang.vorgang.betreff},
          {"akte.zeichen", akte ? vorgang.akte.zeichen : ""},
          {"akte.betreff", akte ? vorgang.akte.betreff : ""},
          {"bearbeiter.name", person ? mandant::nameOf(*person) : ""},
          {"bearbeiter.email", person ? person->email.value_or("") : ""},
          {"bearbeiter.stelle", stelle ? stelle->bezeichnung : ""},
          {"bearbeiter.einheit", einheit ? einheit->bezeichnung : ""},
          {"behoerde.name", name},
          {"behoerde.zusatz", kopf.zusatz.value_or("")},
          {"behoerde.strasse", strasse},
          {"behoerde.plz", kopf.plz.value_or("")},
          {"behoerde.ort", kopf.ort.value_or("")},
          {"behoerde.ruecksendung", strasse.empty() ? name : fmt::format("{}, {}, {}", name, strasse, ort)},
          {"behoerde.telefon", kopf.telefon.value_or("")},
          {"behoerde.email", kopf.email.value_or("")},
          {"behoerde.internet", kopf.internet.value_or("")},
          {"behoerde.bank", kopf.bank.value_or("")}};
}

std::string briefWerte(Werte werte, const std::optional<Empfaenger>& an, const std::string& anrede) {
  werte.insert(werte.end(), {{"empfaenger.anschrift", an ? an->anschrift.value_or(an->name) : ""},
                             {"empfaenger.name", an ? an->name : ""},
                             {"empfaenger.anrede", anrede},
                             {"empfaenger.email", an ? an->email.value_or("") : ""}});
  return werteJson(werte);
}

/// The Betreff as the name of a file.
std::string dateinameOf(const std::string& betreff, std::string_view format) {
  std::string name(base::cutUtf8(betreff, 120));
  std::ranges::replace(name, '/', '_');
  std::ranges::replace(name, '\\', '_');
  return fmt::format("{}.{}", name, format);
}

}  // namespace

Result<Entwurfsplan> Kanzlei::plane(const sql::ReadTx& tx, const Berechtigung& wer, const VorgangMit& vorgang,
                                    const EntwurfNeu& input) const {
  constexpr std::size_t mostLetters = 200;
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAnlegen, vorgang.gegenstand));
  if (input.art == Dokumentart::Eingang)
    return fail(Code::EingabeUngueltig, "Was man selbst schreibt, ist ein Ausgang oder intern.", "art");
  if (input.empfaenger.size() > mostLetters)
    return fail(Code::EingabeUngueltig, "Höchstens 200 Schreiben auf einmal.", "empfaenger");
  Entwurfsplan plan;
  std::optional<DokumentZeile> bezug;
  if (input.antwortAuf) {
    const auto mit = akte::findDokument(tx, wer, *input.antwortAuf);
    if (!mit)
      return fail(Code::EingabeUngueltig, "Das Schreiben, auf das geantwortet wird, gibt es nicht.", "antwortAuf");
    bezug = mit->dokument;
    plan.bezug = bezug->id;
  }
  std::string format = input.format == Leerformat::txt ? "txt" : "md";
  if (input.vorlage) {
    const auto row = rowByUuid<DokumentvorlageZeile>(tx, wer.mandant, *input.vorlage);
    if (!row) return fail(Code::EingabeUngueltig, "Diese Vorlage gibt es nicht.", "vorlage");
    if (!row->aktiv) return fail(Code::EingabeUngueltig, "Diese Vorlage ist nicht mehr in Gebrauch.", "vorlage");
    const auto fassung = tx.one<VorlagenfassungZeile>(sql::Query::select<VorlagenfassungZeile>().add(
        " FROM vorlagenfassung WHERE mandant = :mandant AND dokumentvorlage = :vorlage AND nr = :nr", wer.mandant,
        row->id, row->fassung));
    plan.vorlage = fassung.value().sha256;
    format = fassung->format;
  } else {
    plan.inhalt = input.text && !input.text->value.empty()
                      ? input.text->value
                      : (format == "md" ? "# " : "") + input.betreff.value + "\n\n";
  }
  plan.dateiname = dateinameOf(input.betreff.value, format);
  const auto werte = allgemeine(tx, wer, vorgang, input, bezug, base::Datum::of(schriftgut_.journal().clock().now()));
  for (const auto& uuid : input.empfaenger) {
    const auto kontakt = akte::findKontakt(tx, wer, uuid);
    if (!kontakt) return fail(Code::EingabeUngueltig, "Diesen Kontakt gibt es nicht.", "empfaenger");
    const auto an = empfaengerOf(*kontakt);
    plan.briefe.push_back({an, briefWerte(werte, an, anredeOf(*kontakt))});
  }
  if (plan.briefe.empty()) {
    std::optional<Empfaenger> an;
    if (bezug && bezug->absender) an = empfaengerFrom(*bezug->absender);
    plan.briefe.push_back({an, briefWerte(werte, an, "Sehr geehrte Damen und Herren,")});
  }
  return plan;
}

Result<std::vector<Datei>> Kanzlei::schreibe(const Entwurfsplan& plan) {
  std::vector<Datei> out;
  std::unique_ptr<extract::Bilderfolge> folge;
  if (!plan.vorlage.empty()) {
    auto opened = bilder_.open(schriftgut_.blobs().need(plan.vorlage).file().get());
    if (!opened) return fail(Code::Konflikt, opened.error().text);
    folge = *std::move(opened);
  }
  for (const auto& brief : plan.briefe) {
    const auto writer = schriftgut_.blobs().writer();
    if (folge) {
      if (auto done = folge->fuellen(brief.werte, [&](std::string_view piece) { writer->write(piece); }); !done)
        return fail(Code::Konflikt, "Die Vorlage lässt sich nicht füllen: " + done.error().text);
    } else {
      writer->write(plan.inhalt);
    }
    out.push_back(schriftgut_.einlagern(*writer, plan.dateiname));
  }
  return out;
}

Result<std::vector<DokumentZeile>> Kanzlei::lege(Change& change, const Berechtigung& wer, const VorgangMit& vorgang,
                                                 const EntwurfNeu& input, const Entwurfsplan& plan,
                                                 const std::vector<Datei>& dateien) {
  std::vector<DokumentZeile> out;
  for (std::size_t i = 0; i < dateien.size(); ++i) {
    AKTENLOTSE_GET(row, schriftgut_.createDokument(
                            change, wer, vorgang.vorgang.uuid, dateien[i],
                            {.art = input.art, .betreff = input.betreff.value, .anlass = akte::Anlass::entworfen}));
    const auto& an = plan.briefe[i].empfaenger;
    auto after = row;
    after.datum = base::Datum::of(change.zeit());
    // Without a Kontakt, what the letter that is answered says of its sender.
    if (an) after.empfaenger = an->email && !an->kontakt ? fmt::format("{} <{}>", an->name, *an->email) : an->name;
    change.update(row, after);
    if (an && an->kontakt) {
      akte::BeteiligungZeile beteiligung;
      beteiligung.uuid = change.newUuid();
      beteiligung.objektArt = DokumentZeile::tabelle;
      beteiligung.objekt = row.id;
      beteiligung.kontakt = *an->kontakt;
      beteiligung.rolle = rolleEmpfaenger;
      change.insert(beteiligung);
    }
    if (plan.bezug) {
      akte::VerweisZeile verweis;
      verweis.uuid = change.newUuid();
      verweis.vonArt = verweis.nachArt = DokumentZeile::tabelle;
      verweis.von = row.id;
      verweis.nach = *plan.bezug;
      verweis.art = akte::Verweisart::bezug;
      change.insert(verweis);
    }
    out.push_back(after);
  }
  return out;
}

Result<Kanzlei::Vorlagendatei> Kanzlei::pruefeVorlage(int descriptor) const {
  auto opened = bilder_.open(descriptor);
  if (!opened || (*opened)->seiten() != 0 || (*opened)->format() == "buendel")
    return fail(Code::EingabeUngueltig, "Eine Vorlage ist ein ODT, ein DOCX, Markdown oder reiner Text.", "dateiname");
  auto names = (*opened)->felder();
  if (!names) return fail(Code::EingabeUngueltig, names.error().text, "dateiname");
  return Vorlagendatei{(*opened)->format(), *std::move(names)};
}

namespace {

void insertFassung(Change& change, std::int64_t person, const DokumentvorlageZeile& vorlage, const Datei& datei,
                   const Kanzlei::Vorlagendatei& gelesen) {
  VorlagenfassungZeile row;
  row.dokumentvorlage = vorlage.id;
  row.nr = vorlage.fassung;
  row.sha256 = datei.ref.sha256;
  row.groesse = static_cast<std::int64_t>(datei.ref.size);
  row.dateiname = datei.dateiname;
  // Only the name of the file tells Markdown from other text.
  row.format = gelesen.format == "txt" && datei.text.format == "md" ? "md" : gelesen.format;
  for (const auto& name : gelesen.felder) row.felder += (row.felder.empty() ? "" : "\n") + name;
  row.angelegt = change.zeit();
  row.ersteller = person;
  change.insert(row);
}

}  // namespace

DokumentvorlageZeile Kanzlei::legeVorlage(Change& change, std::int64_t person, std::string bezeichnung, Dokumentart art,
                                          const Datei& datei, const Vorlagendatei& gelesen) {
  DokumentvorlageZeile row;
  row.uuid = change.newUuid();
  row.bezeichnung = std::move(bezeichnung);
  row.art = art;
  row.fassung = 1;
  change.insert(row);
  insertFassung(change, person, row, datei, gelesen);
  change.about({"dokumentvorlage.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

DokumentvorlageZeile Kanzlei::legeFassung(Change& change, std::int64_t person, const DokumentvorlageZeile& vorlage,
                                          const Datei& datei, const Vorlagendatei& gelesen) {
  auto after = vorlage;
  ++after.fassung;
  change.update(vorlage, after);
  insertFassung(change, person, after, datei, gelesen);
  change.about({"dokumentvorlage.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

}  // namespace schreiben
