#include "zaehlung.h"

#include <algorithm>

namespace suche {
namespace {

constexpr std::size_t mostValues = 12;

/// The most frequent, without "none".
std::vector<FacettenWert> most(const std::vector<std::uint32_t>& counts,
                               const std::function<std::int64_t(std::uint32_t)>& keyOf,
                               std::size_t values = mostValues) {
  std::vector<FacettenWert> out;
  for (std::uint32_t i = 1; i < counts.size(); ++i)
    if (counts[i] > 0) out.push_back({i, counts[i]});
  const auto end = out.begin() + static_cast<std::ptrdiff_t>(std::min(out.size(), values));
  std::ranges::partial_sort(out, end, [](const auto& a, const auto& b) {
    return a.anzahl != b.anzahl ? a.anzahl > b.anzahl : a.schluessel > b.schluessel;
  });
  out.erase(end, out.end());
  for (auto& wert : out) wert.schluessel = keyOf(static_cast<std::uint32_t>(wert.schluessel));
  return out;
}

}  // namespace

Zaehlung::Zaehlung(const Sicht& sicht) : ort_(sicht.ort), dokumentart_(256), jahr_(10000) {
  const std::lock_guard lock(ort_->mutex);
  format_.resize(ort_->formate.size());
  einheit_.resize(ort_->einheiten.size());
  absender_.resize(ort_->absender.size());
  akte_.resize(ort_->akten.size());
}

Facetten Zaehlung::facetten() const {
  const auto same = [](std::uint32_t number) -> std::int64_t { return number; };
  const std::lock_guard lock(ort_->mutex);
  const auto named = [](const Nummern& nummern) {
    return [&nummern](std::uint32_t number) { return nummern.id(number); };
  };
  return {most(dokumentart_, same), most(format_, named(ort_->formate)),
          most(jahr_, same),        most(einheit_, named(ort_->einheiten), einheit_.size()),
          most(absender_, same),    most(akte_, named(ort_->akten))};
}

}  // namespace suche
