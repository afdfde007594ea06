#pragma once
// What is made of a version later, by jobs: text of scans, previews, PDFs. Derived from its bytes, so not in the
// journal.
#include "akte/ausgabe.h"

namespace akte {

/// Other forms of a version, made from its bytes.
enum class RenditionArt : std::uint8_t {
  durchsuchbar,  ///< its pages with the words that were recognised laid invisibly over them, PDF
  vorschau,      ///< pictures of its pages; page 0 is the small one of the first
  pdf,           ///< of an Office file
  langzeit       ///< of an Office file that is kept for long: PDF/A-2b
};
BOOST_DESCRIBE_ENUM(RenditionArt, durchsuchbar, vorschau, pdf, langzeit)

/// Derived, not journalled: what was recognised on a page that had no text of its own.
struct SeiteZeile {
  static constexpr std::string_view tabelle = "seite";
  std::int64_t mandant = 0, version = 0, seite = 0;  ///< from 1
  std::int64_t drehung = 0;                          ///< quarters of a turn, clockwise, that set it upright
  std::int64_t sicherheit = 0;                       ///< percent
  OptText fehler{};                                  ///< why nothing could be read, a code of the extractor
  Text codes{};                                      ///< of separator sheets, one a line
  Text text{};
  Text worte{};        ///< JSON as extract::worteJson() makes it
  OptId aufloesung{};  ///< dots per inch of the scan
};
BOOST_DESCRIBE_STRUCT(SeiteZeile, (),
                      (mandant, version, seite, drehung, sicherheit, fehler, codes, text, worte, aufloesung))

/// Derived, not journalled: a blob that can be made anew from the version.
struct RenditionZeile {
  static constexpr std::string_view tabelle = "rendition";
  std::int64_t mandant = 0, version = 0;
  RenditionArt art{};
  std::int64_t seite = 0;
  Text sha256{};
  std::int64_t groesse = 0;
  Text mime{}, programm{};
  base::Zeitpunkt erzeugt{};
};
BOOST_DESCRIBE_STRUCT(RenditionZeile, (), (mandant, version, art, seite, sha256, groesse, mime, programm, erzeugt))

/// The payload of the jobs named below.
struct VersionAuftrag {
  std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(VersionAuftrag, (), (version))

inline constexpr std::string_view auftragTexterkennung = "rendition.texterkennung",
                                  auftragVorschau = "rendition.vorschau", auftragPdf = "rendition.pdf",
                                  auftragLangzeit = "rendition.langzeit";

/// Asks for what a new version needs, in the transaction that makes it: recognition of pages without text, a preview, a
/// PDF of an Office file. What comes in masses (an import) yields to what one person hands in.
void bestelleRenditionen(sql::WriteTx& tx, base::Zeitpunkt jetzt, const VersionZeile& version,
                         const VolltextZeile& text, const DokumentZeile& dokument, bool masse = false);
/// A version with the bytes of an older one takes what was made of it.
void uebernimmRenditionen(sql::WriteTx& tx, std::int64_t von, const VersionZeile& version);
/// Asks for the long-term format of newest versions whose Akte or Vorgang will not be opened again, as its
/// Transferfrist is over: PDF/A for Office files; what else comes in stays as it is. Gives how many; 0: nothing is
/// left.
std::int64_t bestelleLangzeit(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, std::int64_t hoechstens);
/// Of a version whose pages are known already, so that only the searchable PDF is missing.
void bestelleTexterkennung(sql::WriteTx& tx, base::Zeitpunkt jetzt, const VersionZeile& version,
                           const base::Uuid& dokument);

/// Whether a page that the extractor gave says nothing, so that its picture is to be read.
[[nodiscard]] bool ohneText(std::string_view seite);
/// Whether a page with text of its own (a scanner that reads) may be a separator sheet, so that its code is looked for.
[[nodiscard]] bool nenntTrennblatt(std::string_view seite);
/// The pages of a version's text, which are parted by form feeds.
[[nodiscard]] std::vector<std::string> seitenVon(std::string_view text);

/// Puts the text that was read later in the place of the first one, and into the search index, in one transaction. The
/// checksum is computed here. Throws base::Failure when there is no such version.
void setzeText(sql::WriteTx& tx, SuchIndex& index, VolltextZeile row);

/// The files that rows of a tenant name, with their sizes; what is not among them may be collected. Those with
/// checksums from `von` on and before `bis`; by default all.
[[nodiscard]] std::map<std::string, std::int64_t> genannteDateien(const sql::ReadTx& tx, std::int64_t mandant,
                                                                  const std::string& von = "",
                                                                  const std::string& bis = "g");

/// A version of a Dokument by its number; NichtGefunden as findDokument().
[[nodiscard]] base::Result<VersionZeile> findVersion(const sql::ReadTx& tx, const Berechtigung& wer,
                                                     const base::Uuid& dokument, std::int64_t nr);

struct Dateibeschreibung {
  std::string sha256{}, mime{}, dateiname{};
  bool herunterladen = false;
  std::optional<std::int64_t> groesse{};  ///< as its row says; a file of another size is not handed out
};
/// The bytes of a blob, whole or in part. Shown in place only where the kind of file cannot act in our origin; else
/// handed over as a file.
[[nodiscard]] base::Result<http::Response> dateiAntwort(const blob::Store& blobs, const http::Request& request,
                                                        const Dateibeschreibung& datei);

}  // namespace akte
