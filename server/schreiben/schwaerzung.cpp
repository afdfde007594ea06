// Redacted copies: pages as pictures, without what lies under the boxes.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "akte/renditionen.h"
#include "extract/bild_wire.h"
#include "plan.h"

namespace schreiben {
namespace {

using base::Code;
using base::fail;

/// What can be drawn while somebody waits.
constexpr std::int64_t kSeiten = 100;

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

}  // namespace

Result<std::string> Kanzlei::planeSchwaerzung(const sql::ReadTx& tx, const Berechtigung& wer,
                                              const DokumentMit& dokument, const SchwaerzungNeu& input) const {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, {dokument.gegenstand.stufe, true}));
  AKTENLOTSE_TRY(check(input));
  const auto version = newest(tx, dokument.dokument);
  if (hasPages(version.format)) return version.sha256;
  const auto pdf = tx.value<std::string>(
      "SELECT sha256 FROM rendition WHERE mandant = :mandant AND version = :version AND art = 'pdf' AND seite = 0",
      wer.mandant, version.id);
  if (!pdf) return fail(Code::Konflikt, "Geschwärzt werden Seiten. Von diesem Dokument gibt es noch kein PDF.");
  return *pdf;
}

Result<Kanzlei::Pdf> Kanzlei::schwaerze(const std::string& sha256, const SchwaerzungNeu& input) const {
  const auto opened = schriftgut_.blobs().need(sha256);
  auto folge = bilder_.open(opened.file().get());
  if (!folge) return fail(Code::Konflikt, folge.error().text);
  const auto pages = static_cast<std::int64_t>((*folge)->seiten());
  if (pages > kSeiten)
    return fail(Code::ZuGross,
                fmt::format("Geschwärzt werden höchstens {} Seiten auf einmal. Teilen Sie die Datei.", kSeiten));
  if (std::ranges::any_of(input.stellen, [&](const auto& s) { return s.seite > pages; }))
    return fail(Code::EingabeUngueltig, "Eine Stelle liegt auf einer Seite, die es nicht gibt.", "stellen");
  const auto writer = schriftgut_.blobs().writer();
  if (auto done =
          (*folge)->schwaerzen(stellenJson(input.stellen), [&](std::string_view piece) { writer->write(piece); });
      !done)
    return fail(Code::Konflikt, done.error().text);
  return Pdf{writer->commit(), pages, "PDF"};
}

Result<SchwaerzungZeile> Kanzlei::lege(Change& change, const Berechtigung& wer, const DokumentMit& dokument,
                                       const SchwaerzungNeu& input, const Pdf& pdf) {
  AKTENLOTSE_TRY(mandant::darf(wer, Recht::dokumentAendern, {dokument.gegenstand.stufe, true}));
  SchwaerzungZeile row;
  row.uuid = change.newUuid();
  row.dokument = dokument.dokument.id;
  row.version = newest(change.tx(), dokument.dokument).id;
  row.nr =
      change.tx()
          .value<std::int64_t>("SELECT COUNT(*) FROM schwaerzung WHERE mandant = :mandant AND dokument = :dokument",
                               wer.mandant, row.dokument)
          .value() +
      1;
  row.bezeichnung = input.bezeichnung.value;
  row.grund = input.grund.value;
  row.stellen = stellenJson(input.stellen);
  row.sha256 = pdf.ref.sha256;
  row.groesse = static_cast<std::int64_t>(pdf.ref.size);
  row.seiten = pdf.seiten;
  row.person = wer.person;
  row.zeit = change.zeit();
  change.insert(row);
  change.about({"dokument.geschwaerzt", DokumentZeile::tabelle, row.dokument, dokument.kette(),
                dokument.dokument.vorgang.value_or(0)});
  return row;
}

}  // namespace schreiben
