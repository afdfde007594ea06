#pragma once
// Scans become searchable and everything gets a preview: the jobs that make renditions of versions, the sheets that
// part a stack of scans, and the routes that show them.
#include "akte/renditionen.h"
#include "extract/bilder.h"
#include "jobs/jobs.h"
#include "rendition/buero.h"

namespace rendition {

using akte::RenditionArt;
using akte::RenditionZeile;
using akte::SeiteZeile;
using akte::VersionZeile;

/// What is known of a version before a job works on it.
struct Lage;

class Werkstatt {
 public:
  Werkstatt(akte::Schriftgut& schriftgut, akte::SuchIndex& index, const extract::Bilder& bilder, const Buero& buero)
      : schriftgut_(schriftgut), index_(index), bilder_(bilder), buero_(buero) {}

  /// The kinds of jobs that this room does; the names are in akte/renditionen.h.
  [[nodiscard]] std::vector<jobs::Art> arten();

  /// Reads pages that have no text of their own, a few in each run so that others get their turn; each page is kept as
  /// soon as it is read. The last run makes the searchable PDF, puts the text into the index, and parts a stack at its
  /// separator sheets.
  [[nodiscard]] jobs::Ergebnis erkenne(jobs::Lauf& lauf);
  /// The small picture of the first page, and of pictures all pages.
  [[nodiscard]] jobs::Ergebnis zeichne(jobs::Lauf& lauf);
  /// The PDF of an Office file, and its small picture.
  [[nodiscard]] jobs::Ergebnis drucke(jobs::Lauf& lauf);
  /// The long-term format of an Office file: PDF/A.
  [[nodiscard]] jobs::Ergebnis konserviere(jobs::Lauf& lauf);

 private:
  using Folge = extract::Bilderfolge;
  [[nodiscard]] sql::Database& database() { return schriftgut_.journal().database(); }
  [[nodiscard]] base::Zeitpunkt jetzt() { return schriftgut_.journal().clock().now(); }
  [[nodiscard]] extract::BildErgebnis<std::unique_ptr<Folge>> oeffne(const std::string& sha256) const;

  [[nodiscard]] jobs::Ergebnis liesSeiten(jobs::Lauf& lauf, Lage& lage, std::unique_ptr<Folge> folge);
  SeiteZeile liesSeite(const Lage& lage, std::unique_ptr<Folge>& folge, std::uint32_t nr);
  [[nodiscard]] jobs::Ergebnis schliesse(jobs::Lauf& lauf, Lage& lage, Folge& folge);
  /// The kept picture of a page, or nothing where it cannot be drawn.
  [[nodiscard]] std::optional<RenditionZeile> bildVon(const VersionZeile& version, Folge& folge, std::uint32_t seite,
                                                      bool klein, std::int64_t drehung);
  /// What a piece of work wrote, as a blob.
  template <typename Ask>
  [[nodiscard]] extract::BildErgebnis<RenditionZeile> kept(const VersionZeile& version, RenditionArt art,
                                                           std::int64_t seite, std::string_view mime,
                                                           std::string_view programm, Ask ask);

  // Stacks (stapel.cpp).
  struct Teil;
  [[nodiscard]] std::vector<Teil> teileVon(const Lage& lage, Folge& folge);
  void legeTeile(sql::WriteTx& tx, const Lage& lage, const std::vector<Teil>& teile);
  [[nodiscard]] base::Result<akte::DokumentZeile> legeTeil(journal::Change& change, const Lage& lage, const Teil& teil);

  /// What LibreOffice makes of the version of a job; nothing where there is none to make.
  [[nodiscard]] tl::expected<std::optional<RenditionZeile>, jobs::Misserfolg> alsPdf(jobs::Lauf& lauf,
                                                                                     RenditionArt art);

  akte::Schriftgut& schriftgut_;
  akte::SuchIndex& index_;
  const extract::Bilder& bilder_;
  const Buero& buero_;
};

/// Asks again for whatever is missing of the tenant's current versions; gives how many jobs that made. For `aktenlotse
/// renditionen`, after a program was installed that was not there before.
std::int64_t bestelleFehlende(sql::Database& database, std::int64_t mandant, base::Zeitpunkt jetzt);

void addRoutes(http::Routes& routes, mandant::Zugang& zugang, akte::Schriftgut& schriftgut);

}  // namespace rendition
