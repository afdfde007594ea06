#pragma once
#include <map>

#include "rendition/rendition.h"

namespace rendition {

struct Lage {
  VersionZeile version{};
  akte::DokumentZeile dokument{};
  akte::VolltextZeile volltext{};
  std::vector<std::string> texte{};             ///< of the pages, as the extractor gave them
  std::map<std::int64_t, SeiteZeile> seiten{};  ///< those that were read already
  bool durchsuchbar = false;

  [[nodiscard]] bool istBild() const { return version.format != "pdf"; }
  /// Pages without text that nobody has read yet. A PDF whose text was cut may have text beyond, so it ends there.
  [[nodiscard]] std::vector<std::uint32_t> offene(std::uint32_t anzahl) const;
};

/// Nothing when the version is gone.
[[nodiscard]] std::optional<Lage> lageVon(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t version);

/// In the place of one of the same kind and page.
void setze(sql::WriteTx& tx, const RenditionZeile& row);
void setze(sql::WriteTx& tx, const SeiteZeile& row);

inline constexpr std::string_view pdfMime = "application/pdf", jpegMime = "image/jpeg";

template <typename Ask>
extract::BildErgebnis<RenditionZeile> Werkstatt::kept(const VersionZeile& version, RenditionArt art, std::int64_t seite,
                                                      std::string_view mime, std::string_view programm, Ask ask) {
  const auto writer = schriftgut_.blobs().writer();
  if (auto done = ask([&](std::string_view piece) { writer->write(piece); }); !done)
    return tl::unexpected(std::move(done.error()));
  const auto ref = writer->commit();
  return RenditionZeile{
      version.mandant,       version.id, art, seite, ref.sha256, static_cast<std::int64_t>(ref.size), std::string(mime),
      std::string(programm), jetzt()};
}

}  // namespace rendition
