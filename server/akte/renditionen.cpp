#include "akte/renditionen.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "akte/schreiben_zeilen.h"
#include "jobs/jobs.h"

namespace akte {
namespace {

/// Previews are quick and looked at first. Somebody waits for what he has just handed in; masses yield to that.
constexpr std::int64_t vorrangVorschau = 5, vorrangTexterkennung = 4, vorrangPdf = 3, abzugMasse = 20;

bool isPicture(std::string_view format) { return format == "tiff" || format == "jpeg" || format == "png"; }

bool isOffice(std::string_view format) {
  static constexpr std::string_view known[] = {"docx", "xlsx", "pptx", "odt", "ods", "odp", "rtf", "doc", "xls", "ppt"};
  return std::ranges::find(known, format) != std::end(known);
}

void order(sql::WriteTx& tx, base::Zeitpunkt jetzt, const VersionZeile& version, const base::Uuid& dokument,
           std::string_view art, std::int64_t vorrang) {
  jobs::Neu neu;
  neu.art = art;
  neu.nutzlast = base::toJson(VersionAuftrag{version.id});
  neu.schluessel = fmt::format("{}:{}", art, version.id);
  neu.vorrang = vorrang;
  neu.person = version.ersteller;
  neu.objekt = dokument;
  jobs::stelleEin(tx, version.mandant, jetzt, neu);
}

}  // namespace

bool ohneText(std::string_view seite) {
  return std::ranges::none_of(seite, [](unsigned char c) { return std::isalnum(c) != 0 || c >= 0x80; });
}

bool nenntTrennblatt(std::string_view seite) { return seite.find("Trennblatt") != std::string_view::npos; }

std::vector<std::string> seitenVon(std::string_view text) {
  std::vector<std::string> pages(1);
  for (const char c : text) {
    if (c == '\f')
      pages.emplace_back();
    else
      pages.back().push_back(c);
  }
  return pages;
}

void bestelleRenditionen(sql::WriteTx& tx, base::Zeitpunkt jetzt, const VersionZeile& version,
                         const VolltextZeile& text, const DokumentZeile& dokument, bool masse) {
  const auto ask = [&](std::string_view art, std::int64_t vorrang) {
    order(tx, jetzt, version, dokument.uuid, art,
          vorrang - (masse || dokument.kanal == Kanal::import ? abzugMasse : 0));
  };
  if (text.status >= TextStatus::gesperrt) return;  // cannot or must not be opened
  if (isOffice(version.format)) return ask(auftragPdf, vorrangPdf);
  if (text.status == TextStatus::fehler || (version.format != "pdf" && !isPicture(version.format))) return;
  ask(auftragVorschau, vorrangVorschau);
  if (std::ranges::any_of(seitenVon(text.text),
                          [](const std::string& seite) { return ohneText(seite) || nenntTrennblatt(seite); }))
    ask(auftragTexterkennung, vorrangTexterkennung);
}

std::int64_t bestelleLangzeit(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, std::int64_t hoechstens) {
  const auto heute = base::Datum::of(jetzt);
  // One that was asked for lately is not asked for again, so that what LibreOffice cannot read is not tried every
  // night.
  const auto versionen = tx.query<VersionZeile>(sql::Query::select<VersionZeile>("v").add(
      " FROM dokument d JOIN version v ON v.mandant = d.mandant AND v.dokument = d.id AND v.nr = d.version JOIN "
      "vorgang "
      "g ON g.mandant = d.mandant AND g.id = d.vorgang JOIN akte a ON a.mandant = g.mandant AND a.id = g.akte WHERE "
      "d.mandant = :mandant AND v.format IN ('docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'rtf', 'doc', 'xls', 'ppt') "
      "AND (g.transferfrist_ende < :heute1 OR a.transferfrist_ende < :heute2 OR g.status = 'aussonderungsreif' OR "
      "a.status = 'aussonderungsreif') AND NOT EXISTS (SELECT 1 FROM rendition r WHERE r.mandant = v.mandant AND "
      "r.version = v.id AND r.art = 'langzeit') AND NOT EXISTS (SELECT 1 FROM auftrag q WHERE q.mandant = d.mandant "
      "AND "
      "q.objekt = d.uuid AND q.art = 'rendition.langzeit') ORDER BY v.id LIMIT :grenze",
      mandant, heute, heute, hoechstens));
  for (const auto& version : versionen)
    order(tx, jetzt, version, mandant::rowById<DokumentZeile>(tx, mandant, version.dokument).value().uuid,
          auftragLangzeit, vorrangPdf - abzugMasse);
  return static_cast<std::int64_t>(versionen.size());
}

void bestelleTexterkennung(sql::WriteTx& tx, base::Zeitpunkt jetzt, const VersionZeile& version,
                           const base::Uuid& dokument) {
  order(tx, jetzt, version, dokument, auftragTexterkennung, vorrangTexterkennung);
}

void uebernimmRenditionen(sql::WriteTx& tx, std::int64_t von, const VersionZeile& version) {
  tx.exec(
      "INSERT INTO seite (mandant, version, seite, drehung, sicherheit, fehler, codes, text, worte, "
      "aufloesung) SELECT mandant, CAST(:neu AS BIGINT), seite, drehung, sicherheit, fehler, codes, text, worte, "
      "aufloesung FROM seite "
      "WHERE mandant = :mandant AND version = :von",
      version.id, version.mandant, von);
  tx.exec(
      "INSERT INTO rendition (mandant, version, art, seite, sha256, groesse, mime, programm, erzeugt) "
      "SELECT mandant, CAST(:neu AS BIGINT), art, seite, sha256, groesse, mime, programm, erzeugt FROM rendition "
      "WHERE mandant = :mandant AND version = :von",
      version.id, version.mandant, von);
}

void setzeText(sql::WriteTx& tx, SuchIndex& index, VolltextZeile row) {
  const auto version = mandant::rowById<VersionZeile>(tx, row.mandant, row.version);
  if (!version) throw base::Failure(fmt::format("a text for version {}, which does not exist", row.version));
  const auto dokument = mandant::rowById<DokumentZeile>(tx, row.mandant, version->dokument).value();
  const bool current = dokument.version == version->nr;
  row.pruefsumme = pruefsummeOf(row);
  // The index is told the old words while they can still be read.
  if (current) index.remove(tx, row.mandant, dokument.id);
  tx.exec("DELETE FROM volltext WHERE mandant = :mandant AND version = :version", row.mandant, row.version);
  tx.exec(sql::Query::insertInto(sql::tableOf<VolltextZeile>(), sql::valuesOf(row)));
  if (current) index.refresh(tx, row.mandant, SuchArt::dokument, dokument.id);
}

std::map<std::string, std::int64_t> genannteDateien(const sql::ReadTx& tx, std::int64_t mandant, const std::string& von,
                                                    const std::string& bis) {
  std::map<std::string, std::int64_t> out;
  tx.each<VersionZeile>(sql::Query::select<VersionZeile>("v").add(
                            " FROM version v WHERE v.mandant = :mandant AND v.sha256 >= :von AND v.sha256 < :bis AND "
                            "NOT EXISTS (SELECT 1 FROM virenpruefung p WHERE p.mandant = "
                            "v.mandant AND p.version = v.id AND p.status = 'kassiert') ORDER BY v.id",
                            mandant, von, bis),
                        [&](VersionZeile&& row) { out.emplace(std::move(row.sha256), row.groesse); });
  tx.each<RenditionZeile>(sql::Query::select<RenditionZeile>().add(
                              " FROM rendition WHERE mandant = :mandant AND sha256 >= :von AND sha256 < :bis ORDER "
                              "BY version, art, seite",
                              mandant, von, bis),
                          [&](RenditionZeile&& row) { out.emplace(std::move(row.sha256), row.groesse); });
  for (auto& datei : schreibdateien(tx, mandant))
    if (datei.sha256 >= von && datei.sha256 < bis) out.emplace(std::move(datei.sha256), datei.groesse);
  return out;
}

}  // namespace akte
