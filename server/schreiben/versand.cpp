// Dispatch: what goes out, to whom, by which way. Afterwards the Dokument is closed.
#include <fmt/format.h>

#include <algorithm>

#include "eingang/eingang.h"
#include "plan.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;
using mandant::rowById;

/// What most mail servers take; base64 makes a third more of it.
constexpr std::int64_t kMailBytes = 20 << 20;

std::string pdfName(const std::string& dateiname) { return dateiname.substr(0, dateiname.rfind('.')) + ".pdf"; }

/// The fair copies of the Dokument and of its Anlagen; all must be there.
Result<void> collect(const sql::ReadTx& tx, const DokumentZeile& dokument, Versandplan& plan) {
  auto all = tx.query<DokumentZeile>(sql::Query::select<DokumentZeile>().add(
      " FROM dokument WHERE mandant = :mandant AND ueber = :ueber AND status = 'inBearbeitung' ORDER BY id",
      dokument.mandant, dokument.id));
  all.insert(all.begin(), dokument);
  for (const auto& one : all) {
    const auto row = akte::reinschriftOf(tx, dokument.mandant, one.id);
    if (!row) return fail(Code::NochOffen, "Es fehlt noch eine Reinschrift. Erzeugen Sie sie zuerst.");
    plan.reinschriften.push_back(*row);
    plan.namen.push_back(pdfName(rowById<VersionZeile>(tx, dokument.mandant, row->version).value().dateiname));
  }
  return {};
}

Result<Empfaenger> recipient(const sql::ReadTx& tx, const Berechtigung& wer, const EmpfaengerNeu& input) {
  Empfaenger out{input.name.value, {}, {}, {}};
  if (input.anschrift && !input.anschrift->value.empty()) out.anschrift = input.anschrift->value;
  if (input.email) out.email = input.email->value;
  if (!input.kontakt) return out;
  const auto kontakt = akte::findKontakt(tx, wer, *input.kontakt);
  if (!kontakt) return fail(Code::EingabeUngueltig, "Diesen Kontakt gibt es nicht.", "empfaenger");
  const auto known = empfaengerOf(*kontakt);
  out.kontakt = kontakt->id;
  if (!out.anschrift) out.anschrift = known.anschrift;
  if (!out.email) out.email = known.email;
  return out;
}

/// "bauamt+632.10-4_2026-1@town": an answer to it names the Vorgang.
std::string withSign(const std::string& adresse, std::string zeichen) {
  std::ranges::replace(zeichen, '/', '_');
  const auto at = adresse.find('@');
  const auto out = fmt::format("{}+{}{}", adresse.substr(0, at), zeichen, adresse.substr(at));
  return jobs::istAdresse(out) ? out : adresse;
}

/// The mail that a Dokument answers: its newest version.
std::string beantwortete(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  return tx
      .value<std::string>(
          "SELECT v.sha256 FROM verweis w JOIN dokument d ON d.mandant = w.mandant AND d.id = w.nach JOIN version v ON "
          "v.mandant = d.mandant AND v.dokument = d.id AND v.nr = d.version WHERE w.mandant = :mandant AND w.von = "
          ":von "
          "AND w.art = 'bezug' AND v.format = 'eml' ORDER BY w.id LIMIT 1",
          dokument.mandant, dokument.id)
      .value_or("");
}

}  // namespace

Result<Versandplan> Kanzlei::planeVersand(const sql::ReadTx& tx, const Berechtigung& wer, const DokumentMit& dokument,
                                          const VersandNeu& input) const {
  constexpr std::size_t most = 100;
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, dokument.gegenstand));
  const auto& row = dokument.dokument;
  if (!dokument.vorgang)
    return fail(Code::Konflikt, "Was versandt wird, liegt in einem Vorgang. Legen Sie es zuerst ab.");
  if (row.ueber) return fail(Code::Konflikt, "Eine Anlage geht mit ihrem Dokument.");
  if (row.art != Dokumentart::Ausgang)
    return fail(Code::Konflikt, "Versandt wird ein Ausgang. Ändern Sie zuerst die Art des Dokuments.");
  Versandplan plan;
  plan.art = input.art;
  const auto heute = base::Datum::of(schriftgut_.journal().clock().now());
  plan.ausgangsdatum = input.art == Versandart::post ? input.ausgangsdatum.value_or(heute) : heute;
  if (plan.ausgangsdatum > heute)
    return fail(Code::EingabeUngueltig, "Das Postausgangsdatum liegt in der Zukunft.", "ausgangsdatum");
  if (input.empfaenger.size() > most) return fail(Code::EingabeUngueltig, "Höchstens 100 Empfänger.", "empfaenger");
  for (const auto& one : input.empfaenger) {
    AKTENLOTSE_GET(an, recipient(tx, wer, one));
    plan.stuecke.push_back({std::move(an), {}, {}});
  }
  if (plan.stuecke.empty())
    for (auto& an : empfaengerOf(tx, wer, row)) plan.stuecke.push_back({std::move(an), {}, {}});
  if (plan.stuecke.empty()) return fail(Code::EingabeUngueltig, "Nennen Sie mindestens einen Empfänger.", "empfaenger");
  for (const auto& stueck : plan.stuecke) {
    const auto& an = stueck.empfaenger;
    if (input.art == Versandart::mail && (!an.email || !jobs::istAdresse(*an.email)))
      return fail(Code::EingabeUngueltig, fmt::format("Zu {} fehlt eine Mailadresse.", an.name), "empfaenger");
    if (input.art == Versandart::post && !an.anschrift)
      return fail(Code::EingabeUngueltig, fmt::format("Zu {} fehlt die Anschrift.", an.name), "empfaenger");
  }
  AKTENLOTSE_TRY(collect(tx, row, plan));
  if (input.art == Versandart::post) return plan;
  if (!mailMoeglich()) return fail(Code::Konflikt, "Es ist kein Postausgang eingerichtet. Versenden Sie per Post.");
  std::int64_t bytes = 0;
  for (const auto& reinschrift : plan.reinschriften) bytes += reinschrift.groesse;
  if (bytes > kMailBytes) return fail(Code::ZuGross, "Für eine Mail sind die Dateien zu groß (20 MiB).");
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, wer.mandant).at(0);
  const auto adresse = eingang::adresseVon(tx, wer.mandant, row.organisationseinheit);
  const auto& zeichen = dokument.vorgang->vorgang.zeichen;
  plan.brief.von = adresse.value_or(postausgang_.absender);
  plan.brief.vonName = town.name;
  // Only what comes to an address of ours finds its Vorgang by the plus.
  if (adresse) plan.brief.antwortAn = withSign(*adresse, zeichen);
  plan.brief.betreff = fmt::format("{} [{}]", row.betreff, zeichen);
  plan.brief.text =
      input.text && !input.text->value.empty()
          ? input.text->value
          : fmt::format("Guten Tag,\n\nanbei erhalten Sie unser Schreiben „{}“.\n\nGeschäftszeichen: {}\n\n{}\n",
                        row.betreff, zeichen, town.name);
  plan.beantwortet = beantwortete(tx, row);
  return plan;
}

void Kanzlei::verpacke(Versandplan& plan, base::Zeitpunkt jetzt) {
  if (plan.art != Versandart::mail) return;
  auto& blobs = schriftgut_.blobs();
  for (std::size_t i = 0; i < plan.reinschriften.size(); ++i) {
    const auto opened = blobs.need(plan.reinschriften[i].sha256);
    plan.brief.anhaenge.push_back({plan.namen[i], "application/pdf", opened.read(0, opened.size)});
  }
  if (!plan.beantwortet.empty())
    if (const auto opened = blobs.open(plan.beantwortet)) {
      const auto mail = schriftgut_.lesen(opened->file().get(), "nachricht.eml");
      if (const auto& id = mail.text.metadaten.nachrichtId; !id.empty()) plan.brief.bezug.push_back(id);
    }
  const auto domain = plan.brief.von.substr(plan.brief.von.find('@') + 1);
  for (auto& stueck : plan.stuecke) {
    stueck.nachrichtId = fmt::format("{}@{}", base::Uuid::make(jetzt.millis()).text(), domain);
    auto brief = plan.brief;
    brief.an = *stueck.empfaenger.email;
    brief.anName = stueck.empfaenger.name == brief.an ? "" : stueck.empfaenger.name;
    brief.nachrichtId = stueck.nachrichtId;
    const auto writer = blobs.writer();
    writer->write(jobs::nachricht(brief, jetzt));
    stueck.nachricht = writer->commit();
  }
}

Result<DokumentZeile> Kanzlei::versende(Change& change, const Berechtigung& wer, const DokumentMit& dokument,
                                        const Versandplan& plan) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, dokument.gegenstand));
  // They may have been taken back while the messages were made.
  for (const auto& reinschrift : plan.reinschriften) {
    const auto now = akte::reinschriftOf(tx, wer.mandant, reinschrift.dokument);
    if (!now || now->id != reinschrift.id) return fail(Code::Veraltet);
  }
  std::int64_t nr = 0;
  for (const auto& stueck : plan.stuecke) {
    VersandZeile row;
    row.uuid = change.newUuid();
    row.dokument = dokument.dokument.id;
    row.nr = ++nr;
    row.art = plan.art;
    row.empfaenger = stueck.empfaenger.name;
    if (plan.art == Versandart::post)
      row.anschrift = stueck.empfaenger.anschrift;
    else
      row.email = stueck.empfaenger.email;
    row.kontakt = stueck.empfaenger.kontakt;
    row.ausgangsdatum = plan.ausgangsdatum;
    row.person = wer.person;
    row.zeit = change.zeit();
    if (stueck.nachricht) {
      row.nachrichtId = stueck.nachrichtId;
      row.sha256 = stueck.nachricht->sha256;
      row.groesse = static_cast<std::int64_t>(stueck.nachricht->size);
      row.mime = "message/rfc822";
    }
    change.insert(row);
    jobs::stelleEin(tx, wer.mandant, change.zeit(),
                    {.art = auftragVersand,
                     .nutzlast = base::toJson(VersandAuftrag{row.id}),
                     .vorrang = 6,
                     .person = wer.person,
                     .objekt = dokument.dokument.uuid});
  }
  AKTENLOTSE_TRY(erledigeSchritte(change, wer, dokument));
  auto after = dokument.dokument;
  after.ausgangsdatum = plan.ausgangsdatum;
  change.update(dokument.dokument, after);
  change.about({"dokument.versandt", DokumentZeile::tabelle, after.id, dokument.kette(), after.vorgang.value_or(0)});
  return after;
}

Result<void> Kanzlei::erledigeSchritte(Change& change, const Berechtigung& wer, const DokumentMit& dokument) {
  auto& tx = change.tx();
  const auto& vorgang = dokument.vorgang.value();
  const auto ich = geschaeftsgang::personOf(tx, wer.mandant, wer.person);
  const geschaeftsgang::Vertretungen vertretungen(tx, wer.mandant, wer.person, base::Datum::of(change.zeit()));
  for (const auto& schritt : tx.query<akte::SchrittZeile>(sql::Query::select<akte::SchrittZeile>().add(
           " FROM schritt WHERE mandant = :mandant AND dokument = :dokument AND art = 'versand' AND status = 'aktuell' "
           "ORDER BY id",
           wer.mandant, dokument.dokument.id))) {
    const auto laufweg = rowById<akte::LaufwegZeile>(tx, wer.mandant, schritt.laufweg).value();
    const auto offered = geschaeftsgang::angeboten(
        wer, ich, vertretungen.bei(schritt.art, vorgang.akte.organisationseinheit), vorgang, laufweg, schritt,
        /*veraltet=*/false);
    if (std::ranges::find(offered, geschaeftsgang::Schritthandlung::erledigen) == offered.end()) continue;
    geschaeftsgang::SchrittHandeln act;
    act.schritt = schritt.uuid;
    act.handlung = geschaeftsgang::Schritthandlung::erledigen;
    AKTENLOTSE_TRY(geschaeftsgang_.handle(change, wer, vorgang, act));
  }
  return {};
}

jobs::Ergebnis Kanzlei::stelleZu(jobs::Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<VersandAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  auto& database = schriftgut_.journal().database();
  std::string zeile, von;
  std::vector<Teil> teile;
  const auto row = database.read(lauf.mandant(), [&](const sql::ReadTx& tx) -> std::optional<VersandZeile> {
    auto found = rowById<VersandZeile>(tx, lauf.mandant(), auftrag->versand);
    if (!found) return found;
    Versandplan plan;
    const auto dokument = rowById<DokumentZeile>(tx, lauf.mandant(), found->dokument).value();
    if (!collect(tx, dokument, plan)) return std::nullopt;
    for (std::size_t i = 0; i < plan.reinschriften.size(); ++i)
      teile.push_back(Teil{plan.reinschriften[i].sha256, plan.namen[i]});
    von = eingang::adresseVon(tx, lauf.mandant(), dokument.organisationseinheit).value_or(postausgang_.absender);
    const auto heads = mandant::allRows<BriefkopfZeile>(tx, lauf.mandant());
    const auto kopf = heads.empty() ? BriefkopfZeile() : heads.front();
    zeile = kopf.name.value_or(mandant::allRows<mandant::MandantZeile>(tx, lauf.mandant()).at(0).name);
    if (kopf.strasse)
      zeile = fmt::format("{}, {}, {} {}", zeile, *kopf.strasse, kopf.plz.value_or(""), kopf.ort.value_or(""));
    return found;
  });
  if (!row) return {};
  if (row->art == Versandart::mail) {
    if (postausgang_.host.empty()) return jobs::nie("Es ist kein Postausgang eingerichtet (--smtp-host).");
    const auto opened = schriftgut_.blobs().need(row->sha256.value());
    const auto message = opened.read(0, opened.size);
    return jobs::uebergib(postausgang_, von, row->email.value(), message);
  }
  if (row->sha256) return {};
  if (!lauf.fortschritt(0, 1, "Die Druckdatei wird erzeugt")) return {};
  Blaetter blaetter;
  blaetter.neu();
  blaetter.anschrift(zeile, row->anschrift.value());
  const auto blatt = drucke(blaetter, [&] { return lauf.weiter(); });
  if (!blatt) return tl::unexpected(blatt.error());
  teile.insert(teile.begin(), Teil{blatt->ref.sha256, "Anschriftenblatt"});
  const auto pdf = buendle(teile, /*seitenzahlen=*/false);
  if (!pdf) return tl::unexpected(pdf.error());
  const auto done = schriftgut_.journal().change(lauf.mandant(), [&](Change& change) -> Result<void> {
    change.by({row->person, 0});
    lauf.abschliessen(change.tx());
    const auto before = rowById<VersandZeile>(change.tx(), lauf.mandant(), row->id);
    if (!before) return {};
    auto after = *before;
    after.sha256 = pdf->ref.sha256;
    after.groesse = static_cast<std::int64_t>(pdf->ref.size);
    after.mime = "application/pdf";
    change.update(*before, after);
    const auto dokument = rowById<DokumentZeile>(change.tx(), lauf.mandant(), row->dokument).value();
    const auto vorgang = rowById<akte::VorgangZeile>(change.tx(), lauf.mandant(), dokument.vorgang.value()).value();
    change.about({"dokument.versandstueck", DokumentZeile::tabelle, dokument.id, vorgang.akte, vorgang.id});
    return {};
  });
  if (!done) return jobs::nie(done.error());
  return {};
}

std::vector<jobs::Art> Kanzlei::arten() {
  const auto art = [](std::string_view name, std::string de, std::string en, auto run) {
    jobs::Art out;
    out.name = name;
    out.bezeichnungDe = std::move(de);
    out.bezeichnungEn = std::move(en);
    out.versuche = 6;
    out.erstePause = 30;
    out.pachtSekunden = 300;
    out.ausfuehren = run;
    return out;
  };
  return {
      art(auftragReinschrift, "Reinschrift erzeugen", "Make a fair copy",
          [this](jobs::Lauf& lauf) { return erzeugeReinschrift(lauf); }),
      art(auftragVersand, "Schreiben versenden", "Send a letter", [this](jobs::Lauf& lauf) { return stelleZu(lauf); }),
      art(auftragAkteneinsicht, "Akteneinsicht zusammenstellen", "Put together an inspection",
          [this](jobs::Lauf& lauf) { return stelleZusammen(lauf); }),
      art(auftragSchwaerzung, "Geschwärzte Kopie erzeugen", "Make a redacted copy",
          [this](jobs::Lauf& lauf) { return erzeugeSchwaerzung(lauf); })};
}

}  // namespace schreiben
