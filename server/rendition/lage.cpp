#include "lage.h"

namespace rendition {

std::vector<std::uint32_t> Lage::offene(std::uint32_t anzahl) const {
  std::vector<std::uint32_t> out;
  for (std::uint32_t nr = 1; nr <= anzahl; ++nr) {
    const bool beyond = nr > texte.size();
    if (beyond && !istBild()) break;
    if ((beyond || akte::ohneText(texte[nr - 1])) && !seiten.contains(nr)) out.push_back(nr);
  }
  return out;
}

std::optional<Lage> lageVon(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t version) {
  const auto row = mandant::rowById<VersionZeile>(tx, mandant, version);
  if (!row) return std::nullopt;
  Lage out;
  out.version = *row;
  out.dokument = mandant::rowById<akte::DokumentZeile>(tx, mandant, row->dokument).value();
  out.volltext = tx
                     .one<akte::VolltextZeile>(sql::Query::select<akte::VolltextZeile>().add(
                         " FROM volltext WHERE mandant = :mandant AND version = :version", mandant, version))
                     .value();
  out.texte = akte::seitenVon(out.volltext.text);
  for (auto& seite : tx.query<SeiteZeile>(sql::Query::select<SeiteZeile>().add(
           " FROM seite WHERE mandant = :mandant AND version = :version ORDER BY seite", mandant, version)))
    out.seiten.emplace(seite.seite, std::move(seite));
  out.durchsuchbar = tx.value<std::int64_t>(
                           "SELECT seite FROM rendition WHERE mandant = :mandant AND version = :version AND "
                           "art = 'durchsuchbar'",
                           mandant, version)
                         .has_value();
  return out;
}

void setze(sql::WriteTx& tx, const RenditionZeile& row) {
  tx.exec("DELETE FROM rendition WHERE mandant = :mandant AND version = :version AND art = :art AND seite = :seite",
          row.mandant, row.version, row.art, row.seite);
  tx.exec(sql::Query::insertInto(sql::tableOf<RenditionZeile>(), sql::valuesOf(row)));
}

void setze(sql::WriteTx& tx, const SeiteZeile& row) {
  tx.exec("DELETE FROM seite WHERE mandant = :mandant AND version = :version AND seite = :seite", row.mandant,
          row.version, row.seite);
  tx.exec(sql::Query::insertInto(sql::tableOf<SeiteZeile>(), sql::valuesOf(row)));
}

}  // namespace rendition
