#pragma once
// Counts of facets while hits go by. Private to the room.
#include "auswahl.h"

namespace suche {

class Zaehlung {
 public:
  explicit Zaehlung(const Sicht& sicht);

  /// `fails`: see Auswahl. A facet counts what would be a hit if its own field were not asked.
  void count(const Eigenschaften& row, unsigned fails) {
    if ((fails & (fails - 1)) != 0) return;
    if (counts(fails, Auswahl::dokumentart)) ++dokumentart_[row.dokumentart];
    if (counts(fails, Auswahl::format)) ++format_[row.format];
    if (counts(fails, Auswahl::datum)) ++jahr_[static_cast<std::size_t>(row.tag / 10000)];
    if (counts(fails, Auswahl::einheit)) ++einheit_[row.organisationseinheit];
    if (counts(fails, Auswahl::absender) && row.absender < absender_.size()) ++absender_[row.absender];
    if (counts(fails, Auswahl::akte)) ++akte_[row.akte];
  }
  [[nodiscard]] Facetten facetten() const;

 private:
  static bool counts(unsigned fails, unsigned gruppe) { return fails == 0 || fails == gruppe; }

  std::shared_ptr<Ort> ort_;
  std::vector<std::uint32_t> dokumentart_, format_, jahr_, einheit_, absender_, akte_;
};

}  // namespace suche
