// Redacted copies: pages as pictures, without what lies under the boxes.
#include <algorithm>

#include "akte/renditionen.h"
#include "extract/bild_wire.h"
#include "plan.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;

/// So many pages are drawn at a time.
constexpr std::int64_t kStueck = 20;
constexpr std::int64_t vorrang = 6;  // somebody waits for it

bool hasPages(std::string_view format) {
  return format == "pdf" || format == "tiff" || format == "jpeg" || format == "png";
}

std::string stellenJson(const std::vector<SchwarzeStelle>& stellen) {
  boost::json::object out;
  for (const auto& s : stellen) {
    auto& page = out[std::to_string(s.seite)];
    if (!page.is_array()) page.emplace_array();
    page.get_array().push_back(boost::json::array{s.x, s.y, s.breite, s.hoehe});
  }
  return boost::json::serialize(out);
}

Result<void> check(const SchwaerzungNeu& input) {
  constexpr std::int64_t whole = extract::kTeile;
  if (input.stellen.empty()) return fail(Code::EingabeUngueltig, "Markieren Sie mindestens eine Stelle.", "stellen");
  for (const auto& s : input.stellen)
    if (s.seite < 1 || s.x < 0 || s.y < 0 || s.breite < 1 || s.hoehe < 1 || s.x + s.breite > whole ||
        s.y + s.hoehe > whole)
      return fail(Code::EingabeUngueltig, "Eine Stelle liegt nicht auf der Seite.", "stellen");
  return {};
}

VersionZeile newest(const sql::ReadTx& tx, const DokumentZeile& dokument) {
  return tx
      .one<VersionZeile>(sql::Query::select<VersionZeile>().add(
          " FROM version WHERE mandant = :mandant AND dokument = :dokument AND nr = :nr", dokument.mandant, dokument.id,
          dokument.version))
      .value();
}

/// The blob whose pages are redacted; nothing where there are none yet.
OptText quelleOf(const sql::ReadTx& tx, const VersionZeile& version) {
  if (hasPages(version.format)) return version.sha256;
  return tx.value<std::string>(
      "SELECT sha256 FROM rendition WHERE mandant = :mandant AND version = :version AND art = 'pdf' AND seite = 0",
      version.mandant, version.id);
}

std::int64_t nummerOf(boost::json::string_view seite) { return std::stoll(std::string(seite.data(), seite.size())); }

/// The boxes of some pages, counted from the first of them.
std::string stellenVon(const boost::json::object& alle, std::int64_t von, std::int64_t bis) {
  boost::json::object out;
  for (const auto& [seite, boxes] : alle) {
    const auto nr = nummerOf(seite);
    if (nr >= von && nr <= bis) out[std::to_string(nr - von + 1)] = boxes;
  }
  return boost::json::serialize(out);
}

}  // namespace

Result<SchwaerzungZeile> Kanzlei::bestelleSchwaerzung(Change& change, const Berechtigung& wer,
                                                      const DokumentMit& dokument, const SchwaerzungNeu& input) {
  auto& tx = change.tx();
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, {dokument.gegenstand.stufe, true}));
  AKTENLOTSE_TRY(check(input));
  const auto version = newest(tx, dokument.dokument);
  if (!quelleOf(tx, version))
    return fail(Code::Konflikt, "Geschwärzt werden Seiten. Von diesem Dokument gibt es noch kein PDF.");
  const auto pages = tx.value<std::int64_t>(
      "SELECT seiten FROM volltext WHERE mandant = :mandant AND version = :version AND seiten IS NOT NULL", wer.mandant,
      version.id);
  if (pages && std::ranges::any_of(input.stellen, [&](const auto& s) { return s.seite > *pages; }))
    return fail(Code::EingabeUngueltig, "Eine Stelle liegt auf einer Seite, die es nicht gibt.", "stellen");
  SchwaerzungZeile row;
  row.uuid = change.newUuid();
  row.dokument = dokument.dokument.id;
  row.version = version.id;
  row.nr = tx.value<std::int64_t>("SELECT COUNT(*) FROM schwaerzung WHERE mandant = :mandant AND dokument = :dokument",
                                  wer.mandant, row.dokument)
               .value() +
           1;
  row.bezeichnung = input.bezeichnung.value;
  row.grund = input.grund.value;
  row.stellen = stellenJson(input.stellen);
  row.person = wer.person;
  row.zeit = change.zeit();
  change.insert(row);
  jobs::stelleEin(tx, wer.mandant, change.zeit(),
                  {.art = auftragSchwaerzung,
                   .nutzlast = base::toJson(SchwaerzungAuftrag{row.id}),
                   .vorrang = vorrang,
                   .person = wer.person,
                   .objekt = dokument.dokument.uuid});
  change.about({"dokument.geschwaerzt", DokumentZeile::tabelle, row.dokument, dokument.kette(),
                dokument.dokument.vorgang.value_or(0)});
  return row;
}

Kanzlei::PdfErgebnis Kanzlei::schwaerze(const std::string& sha256, const std::string& stellen,
                                        const std::function<bool(std::int64_t, std::int64_t)>& fortschritt) const {
  const auto misserfolg = [](const extract::Bildfehler& fehler) {
    return tl::unexpected(jobs::Misserfolg{fehler.text, fehler.code != "start"});
  };
  const auto opened = schriftgut_.blobs().need(sha256);
  auto folge = bilder_.open(opened.file().get());
  if (!folge) return misserfolg(folge.error());
  const auto pages = static_cast<std::int64_t>((*folge)->seiten());
  const auto alle = boost::json::parse(stellen).as_object();
  for (const auto& [seite, boxes] : alle)
    if (nummerOf(seite) > pages) return jobs::nie("Eine Stelle liegt auf einer Seite, die es nicht gibt.");
  std::vector<Teil> teile;
  for (std::int64_t von = 1; von <= pages; von += kStueck) {
    if (!fortschritt(von - 1, pages)) return jobs::spaeter("angehalten");
    const auto bis = std::min(pages, von + kStueck - 1);
    // The pages that are not drawn now are in a temporary file, which goes with its writer.
    const auto stueck = schriftgut_.blobs().writer();
    std::unique_ptr<extract::Bilderfolge> auszug;
    if (pages > kStueck) {
      if (auto done = (*folge)->teil(static_cast<std::uint32_t>(von), static_cast<std::uint32_t>(bis),
                                     [&](std::string_view piece) { stueck->write(piece); });
          !done)
        return misserfolg(done.error());
      auto made = bilder_.open(stueck->descriptor());
      if (!made) return misserfolg(made.error());
      auszug = *std::move(made);
    }
    const auto writer = schriftgut_.blobs().writer();
    if (auto done = (auszug ? *auszug : **folge)
                        .schwaerzen(stellenVon(alle, von, bis), [&](std::string_view piece) { writer->write(piece); });
        !done)
      return misserfolg(done.error());
    const auto ref = writer->commit();
    if (pages <= kStueck) return Pdf{ref, pages, "PDF"};
    teile.push_back(Teil{ref.sha256, ""});
  }
  return buendle(teile, /*seitenzahlen=*/false);
}

jobs::Ergebnis Kanzlei::erzeugeSchwaerzung(jobs::Lauf& lauf) {
  const auto auftrag = lauf.nutzlast<SchwaerzungAuftrag>();
  if (!auftrag) return jobs::nie(auftrag.error());
  OptText quelle;
  const auto row = schriftgut_.journal().database().read(lauf.mandant(), [&](const sql::ReadTx& tx) {
    auto found = mandant::rowById<SchwaerzungZeile>(tx, lauf.mandant(), auftrag->schwaerzung);
    if (found) quelle = quelleOf(tx, mandant::rowById<VersionZeile>(tx, lauf.mandant(), found->version).value());
    return found;
  });
  // Made already, or lawfully deleted meanwhile.
  if (!row || row->sha256) return {};
  if (!quelle) return jobs::nie("Von diesem Dokument gibt es kein PDF mehr.");
  const auto pdf = schwaerze(*quelle, row->stellen, [&](std::int64_t done, std::int64_t all) {
    return lauf.fortschritt(done, all, "Die Seiten werden geschwärzt");
  });
  if (!pdf) return tl::unexpected(pdf.error());
  const auto done = schriftgut_.journal().change(lauf.mandant(), [&](Change& change) -> Result<void> {
    change.by({row->person, 0});
    lauf.abschliessen(change.tx());
    const auto before = mandant::rowById<SchwaerzungZeile>(change.tx(), lauf.mandant(), row->id);
    if (!before) return {};
    auto after = *before;
    after.sha256 = pdf->ref.sha256;
    after.groesse = static_cast<std::int64_t>(pdf->ref.size);
    after.seiten = pdf->seiten;
    change.update(*before, after);
    const auto dokument = mandant::rowById<DokumentZeile>(change.tx(), lauf.mandant(), row->dokument).value();
    const auto vorgang = dokument.vorgang
                             ? mandant::rowById<akte::VorgangZeile>(change.tx(), lauf.mandant(), *dokument.vorgang)
                             : std::optional<akte::VorgangZeile>{};
    change.about({"schwaerzung.fertig", after.tabelle, after.id, vorgang ? vorgang->akte : 0, 0});
    return {};
  });
  if (!done) return jobs::nie(done.error());
  return {};
}

}  // namespace schreiben
