// Fair copies: a version as the PDF that goes out.
#include <fmt/format.h>

#include <algorithm>

#include "plan.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;
using mandant::rowById;

constexpr std::int64_t vorrang = 6;  // somebody waits for it

std::vector<DokumentZeile> mitAnlagen(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  auto out = tx.query<DokumentZeile>(sql::Query::select<DokumentZeile>().add(
      " FROM dokument WHERE mandant = :mandant AND ueber = :ueber AND status = 'inBearbeitung' ORDER BY id",
      dokument.mandant, dokument.id));
  out.insert(out.begin(), dokument);
  return out;
}

VersionZeile versionOf(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  return tx
      .one<VersionZeile>(sql::Query::select<VersionZeile>().add(
          " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", dokument.mandant, dokument.id,
          dokument.version))
      .value();
}

bool isOffice(std::string_view format) {
  static constexpr std::string_view known[] = {"docx", "odt", "rtf", "doc", "xlsx", "xls", "ods", "pptx", "ppt", "odp"};
  return std::ranges::find(known, format) != std::end(known);
}

jobs::Misserfolg misserfolg(const extract::Bildfehler& fehler) { return {fehler.text, fehler.code != "start"}; }

}  // namespace

Kanzlei::PdfErgebnis Kanzlei::behalte(blob::Writer& writer, std::string form) const {
  auto folge = bilder_.open(writer.descriptor());
  if (!folge) return tl::unexpected(misserfolg(folge.error()));
  const auto seiten = static_cast<std::int64_t>((*folge)->seiten());
  return Pdf{writer.commit(), seiten, std::move(form)};
}

Kanzlei::PdfErgebnis Kanzlei::drucke(const Blaetter& blaetter, const std::function<bool()>& weiter) const {
  if (!buero_.vorhanden()) return jobs::nie("LibreOffice ist auf diesem Server nicht installiert.");
  const auto writer = schriftgut_.blobs().writer();
  if (auto done = buero_.alsPdf(
          blaetter.fodt(), "fodt", [&](std::string_view piece) { writer->write(piece); }, weiter, /*archiv=*/true);
      !done)
    return tl::unexpected(misserfolg(done.error()));
  return behalte(*writer, "PDF/A-2b");
}

Kanzlei::PdfErgebnis Kanzlei::alsPdf(const VersionZeile& version, const akte::VolltextZeile& text,
                                     const std::function<bool()>& weiter) const {
  const auto opened = schriftgut_.blobs().need(version.sha256);
  const auto writer = schriftgut_.blobs().writer();
  const auto senke = [&](std::string_view piece) { writer->write(piece); };
  if (version.format == "pdf" || version.format == "tiff" || version.format == "jpeg" || version.format == "png") {
    auto folge = bilder_.open(opened.file().get());
    if (!folge) return tl::unexpected(misserfolg(folge.error()));
    const auto pages = (*folge)->seiten();
    // A PDF stays as it came: whoever signed it, signed these bytes.
    if (version.format == "pdf")
      return Pdf{
          {version.sha256, static_cast<std::uint64_t>(version.groesse)}, static_cast<std::int64_t>(pages), "PDF"};
    if (auto done = (*folge)->teil(1, pages, senke); !done) return tl::unexpected(misserfolg(done.error()));
    return behalte(*writer, "PDF");
  }
  if (isOffice(version.format)) {
    if (!buero_.vorhanden()) return jobs::nie("LibreOffice ist auf diesem Server nicht installiert.");
    if (auto done = buero_.alsPdf(opened, version.format, senke, weiter, /*archiv=*/true); !done)
      return tl::unexpected(misserfolg(done.error()));
    return behalte(*writer, "PDF/A-2b");
  }
  if (text.text.empty())
    return jobs::nie("Aus diesem Format lässt sich keine Reinschrift erzeugen. Laden Sie es als PDF hoch.");
  Blaetter blaetter;
  if (version.format == "md")
    blaetter.markdown(text.text);
  else
    blaetter.absatz(text.text);
  return drucke(blaetter, weiter);
}

Kanzlei::PdfErgebnis Kanzlei::buendle(const std::vector<Teil>& teile, bool seitenzahlen) const {
  constexpr std::size_t piece = 1 << 20;
  const auto row = schriftgut_.blobs().writer();
  row->write(extract::kBuendel);
  std::int64_t at = static_cast<std::int64_t>(extract::kBuendel.size());
  boost::json::array list;
  for (const auto& teil : teile) {
    const auto opened = schriftgut_.blobs().need(teil.sha256);
    for (std::uint64_t from = 0; from < opened.size; from += piece) row->write(opened.read(from, piece));
    boost::json::object one{{"von", at}, {"laenge", opened.size}};
    if (teil.ab > 0) one["ab"] = teil.ab;
    if (teil.bis > 0) one["bis"] = teil.bis;
    if (!teil.titel.empty()) one["titel"] = teil.titel;
    list.push_back(std::move(one));
    at += static_cast<std::int64_t>(opened.size);
  }
  boost::json::object angaben{{"teile", std::move(list)}};
  if (seitenzahlen) angaben["seitenzahlen"] = true;
  auto folge = bilder_.open(row->descriptor());
  if (!folge) return tl::unexpected(misserfolg(folge.error()));
  const auto writer = schriftgut_.blobs().writer();
  if (auto done =
          (*folge)->buendeln(boost::json::serialize(angaben), [&](std::string_view bytes) { writer->write(bytes); });
      !done)
    return tl::unexpected(misserfolg(done.error()));
  return behalte(*writer, "PDF");
}

Result<void> Kanzlei::bestelleReinschrift(Change& change, const Berechtigung& wer, const DokumentMit& dokument) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, dokument.gegenstand));
  auto& tx = change.tx();
  std::size_t asked = 0;
  for (const auto& one : mitAnlagen(tx, dokument.dokument)) {
    if (akte::reinschriftOf(tx, wer.mandant, one.id)) continue;
    const auto version = versionOf(tx, one);
    jobs::stelleEin(tx, wer.mandant, change.zeit(),
                    {.art = auftragReinschrift,
                     .nutzlast = base::toJson(ReinschriftAuftrag{version.id, wer.person}),
                     .schluessel = fmt::format("{}:{}", auftragReinschrift, version.id),
                     .vorrang = vorrang,
                     .person = wer.person,
                     .objekt = one.uuid});
    ++asked;
  }
  if (asked == 0) return fail(Code::Konflikt, "Die Reinschrift gibt es schon.");
  return {};
}

Result<void> Kanzlei::hebeReinschriftAuf(Change& change, const Berechtigung& wer, const DokumentMit& dokument) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, dokument.gegenstand));
  std::size_t taken = 0;
  for (const auto& one : mitAnlagen(change.tx(), dokument.dokument))
    if (const auto row = akte::reinschriftOf(change.tx(), wer.mandant, one.id)) {
      change.erase(*row);
      ++taken;
    }
  if (taken == 0) return fail(Code::Konflikt, "Davon gibt es keine Reinschrift.");
  change.about({"dokument.reinschrift_aufgehoben", DokumentZeile::tabelle, dokument.dokument.id, dokument.kette(),
                dokument.dokument.vorgang.value_or(0)});
  return {};
}

jobs::Ergebnis Kanzlei::erzeugeReinschrift(jobs::Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<ReinschriftAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  auto& database = schriftgut_.journal().database();
  akte::VolltextZeile text;
  const auto version = database.read(lauf.mandant(), [&](const sql::ReadTx& tx) {
    text = tx
               .one<akte::VolltextZeile>(sql::Query::select<akte::VolltextZeile>().add(
                   " FROM volltext WHERE mandant = :mandant AND version = :version", lauf.mandant(), auftrag->version))
               .value_or(akte::VolltextZeile());
    return rowById<VersionZeile>(tx, lauf.mandant(), auftrag->version);
  });
  if (!version) return {};
  if (!lauf.fortschritt(0, 1, "Die Reinschrift wird erzeugt")) return {};
  const auto pdf = alsPdf(*version, text, [&] { return lauf.weiter(); });
  if (!pdf) return tl::unexpected(pdf.error());
  const auto done = schriftgut_.journal().change(lauf.mandant(), [&](Change& change) -> Result<void> {
    auto& tx = change.tx();
    change.by({auftrag->person, 0});
    const auto wer = mandant::berechtigungOf(tx, lauf.mandant(), auftrag->person);
    const auto row = rowById<DokumentZeile>(tx, lauf.mandant(), version->dokument);
    if (!row) return fail(Code::NichtGefunden);
    AKTENLOTSE_GET(dokument, akte::findDokument(tx, wer, row->uuid));
    AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, dokument.gegenstand));
    if (row->version != version->nr)
      return fail(Code::Konflikt, "Inzwischen gibt es eine neuere Version. Erzeugen Sie die Reinschrift von ihr.");
    lauf.abschliessen(tx);
    if (akte::reinschriftOf(tx, lauf.mandant(), row->id)) return {};
    ReinschriftZeile reinschrift;
    reinschrift.uuid = change.newUuid();
    reinschrift.dokument = row->id;
    reinschrift.version = version->id;
    reinschrift.sha256 = pdf->ref.sha256;
    reinschrift.groesse = static_cast<std::int64_t>(pdf->ref.size);
    reinschrift.seiten = pdf->seiten;
    reinschrift.form = pdf->form;
    reinschrift.person = auftrag->person;
    reinschrift.zeit = change.zeit();
    change.insert(reinschrift);
    change.about({"dokument.reinschrift", DokumentZeile::tabelle, row->id, dokument.kette(), row->vorgang.value_or(0)});
    return {};
  });
  if (!done) return jobs::nie(done.error());
  return {};
}

}  // namespace schreiben
