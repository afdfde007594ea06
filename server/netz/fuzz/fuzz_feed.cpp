// Any bytes are an answer or a question, or are refused with a reason; and any content hangs out as it may, or not at
// all.
#include <cstdlib>

#include "netz/feed.h"

namespace {

using namespace netz;

void require(bool condition) {
  if (!condition) std::abort();
}

const Schluesselpaar& hier() {
  static const auto made = neuesSchluesselpaar();
  return made;
}
const Schluesselpaar& dort() {
  static const auto made = neuesSchluesselpaar();
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  constexpr std::int64_t jetzt = 1'800'000'000'000;
  const FeedFrage frage{hier().oeffentlich, dort().oeffentlich, std::string(32, 'a'), 0, "", jetzt};
  require(!liesSeite(text, frage, jetzt));  // no fuzzer finds a signature
  require(!liesFrage(text, dort().oeffentlich, jetzt));
  // So the content is signed for it.
  const auto json = base::parseJson(text);
  if (!json || !json->is_object() || !kanonisch(*json)) return 0;
  const auto& whole = json->get_object();
  const auto* art = whole.if_contains("art");
  FeedEintrag eintrag{{1, base::Uuid::make(1), 1,
                       art != nullptr && art->is_string() ? std::string(art->get_string()) : "", false, jetzt, "", ""},
                      "",
                      whole};
  eintrag.was->erase("art");
  signiere(eintrag, hier().oeffentlich, dort());
  const FeedSeite seite{dort().oeffentlich, hier().oeffentlich, frage.frage, 0, 1, jetzt, {eintrag}};
  const auto written = schreibe(seite, dort());
  const auto again = liesSeite(written, frage, jetzt);
  if (!again) {
    // Too deep, too long, or a kind whose name is not as it is written.
    require(!again.error().text.empty());
    return 0;
  }
  require(schreibe(*again, dort()) == written);
  const auto row = aushangAus(again->eintraege.front(), "drüben", dort().oeffentlich);
  if (!row) return 0;
  require(row->eigner == 0 && row->herkunft == "drüben" && row->uuid != eintrag.kopf.id);
  require(row->sichtbarkeit != Sichtbarkeit::kommune && row->sichtbarkeit != Sichtbarkeit::coaching);
  return 0;
}
