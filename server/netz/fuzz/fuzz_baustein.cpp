// Any bytes are a package or are refused with a reason; what is read is written as the same, and mixes with anything.
#include <cstdlib>

#include "netz/baustein.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

const netz::Schluesselpaar& paar() {
  static const auto made = netz::neuesSchluesselpaar();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace netz;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto read = liesBaustein(text); !read) require(read.error().code != base::Code::Intern);
  // No fuzzer finds a signature: the content is signed for it.
  const auto json = base::parseJson(text);
  if (!json) return 0;
  auto baustein = base::fromJson<Baustein>(*json);
  if (!baustein) return 0;
  const auto file = unterschreibe(*baustein, paar());
  const auto again = liesBaustein(file);
  if (!again) {
    require(again.error().code == base::Code::BausteinUngueltig || again.error().code == base::Code::ZuGross);
    return 0;
  }
  require(unterschreibe(*again, paar()) == file);
  Namen namen;
  for (const auto& name : genannte(again->inhalt)) namen[name] = "x";
  const auto bild = bildOf(again->inhalt, namen);
  for (const auto& zeile : mische(bild, bild, bild)) require(zeile.was == Mischung::gleich);
  require(danach({}, bild, mische(std::nullopt, {}, bild), {}) == bild);
  for (const auto& tool : again->inhalt.werkzeuge.value_or(std::vector<BausteinWerkzeug>())) {
    BausteinInhalt one;
    one.werkzeuge = {tool};
    const auto& [teil, felder] = *bildOf(one, {}).begin();
    one.werkzeuge = {gemischt(tool, &tool, felder)};
    require(bildOf(one, {}).at(teil) == felder);
  }
  return 0;
}
