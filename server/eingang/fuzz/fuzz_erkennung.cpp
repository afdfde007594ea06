// Any bytes are a letter: what is found lies inside them, and days and amounts are possible ones.
#include <cstdlib>

#include "eingang/erkennung.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto heute = base::Datum::of(2026, 11, 27);
  const auto found = eingang::erkennen(text, {heute, "Auenbrück"});
  const auto inside = [&](const eingang::Stelle& stelle) { require(stelle.von <= stelle.bis && stelle.bis <= size); };
  for (const auto* fund : {&found.betreff, &found.absender, &found.anschrift, &found.email, &found.fremdesZeichen})
    if (*fund) {
      inside((*fund)->stelle);
      require(!(*fund)->wert.empty());
    }
  if (found.datum) {
    inside(found.datum->stelle);
    require(found.datum->wert <= heute);
  }
  for (const auto& one : found.betraege) {
    inside(one.stelle);
    require(one.cent >= 0);
  }
  for (const auto& one : found.fristen) inside(one.stelle);
  for (const auto& one : found.bezuege) {
    inside(one.stelle);
    require(one.datum <= heute);
  }
  for (const auto& one : found.zeichen) {
    inside(one.stelle);
    require(!one.form.empty());
  }
  (void)eingang::zeichenForm(text);
  (void)eingang::absenderSchluessel(text);
  return 0;
}
