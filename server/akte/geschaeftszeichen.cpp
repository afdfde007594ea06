#include "akte/geschaeftszeichen.h"

#include <fmt/format.h>

namespace akte {
namespace {

using base::Code;
using base::fail;

/// Walks a template: `literal(text)` and `token(name, digits)`; false for a brace that is not closed.
template <typename Literal, typename Token>
bool walk(std::string_view vorlage, Literal literal, Token token) {
  while (!vorlage.empty()) {
    const auto open = vorlage.find('{');
    literal(vorlage.substr(0, open));
    if (open == std::string_view::npos) return true;
    const auto close = vorlage.find('}', open);
    if (close == std::string_view::npos) return false;
    auto name = vorlage.substr(open + 1, close - open - 1);
    int digits = 0;
    if (name.size() == 5 && name.starts_with("Lfd:") && name[4] >= '1' && name[4] <= '9') {
      digits = name[4] - '0';
      name = name.substr(0, 3);
    }
    if (!token(name, digits)) return false;
    vorlage.remove_prefix(close + 1);
  }
  return true;
}

bool isKnown(std::string_view name) {
  for (const auto* token : {"OE", "Aktenplan", "Akte", "Vorgang", "Dokument", "Jahr", "Lfd"})
    if (name == token) return true;
  return false;
}

std::string_view ownToken(Ebene ebene) {
  switch (ebene) {
    case Ebene::akte:
      return "Akte";
    case Ebene::vorgang:
      return "Vorgang";
    case Ebene::dokument:
      return "Dokument";
  }
  return "";
}

}  // namespace

bool hasToken(std::string_view vorlage, std::string_view token) {
  bool found = false;
  walk(
      vorlage, [](auto) {},
      [&](std::string_view name, int) {
        found = found || name == token;
        return true;
      });
  return found;
}

base::Result<void> checkVorlage(std::string_view vorlage, Ebene ebene) {
  const bool wellFormed = walk(
      vorlage, [](auto) {},
      [](std::string_view name, int digits) { return isKnown(name) && (digits > 0) == (name == "Lfd"); });
  if (!wellFormed)
    return fail(Code::EingabeUngueltig,
                "Die Vorlage kennt {OE}, {Aktenplan}, {Akte}, {Vorgang}, {Dokument}, {Jahr} und {Lfd:1} bis {Lfd:9}.",
                "zeichen");
  if (!hasToken(vorlage, ownToken(ebene)) && !hasToken(vorlage, "Lfd"))
    return fail(Code::EingabeUngueltig,
                fmt::format("Der Vorlage fehlt {{{}}} oder {{Lfd:n}}; ohne Nummer wäre das Zeichen nicht eindeutig.",
                            ownToken(ebene)),
                "zeichen");
  for (const auto above : {Ebene::vorgang, Ebene::dokument})
    if (above > ebene && hasToken(vorlage, ownToken(above)))
      return fail(Code::EingabeUngueltig, fmt::format("{{{}}} gibt es auf dieser Ebene noch nicht.", ownToken(above)),
                  "zeichen");
  return {};
}

std::string render(std::string_view vorlage, const ZeichenTeile& teile) {
  std::string out;
  walk(
      vorlage, [&](std::string_view text) { out += text; },
      [&](std::string_view name, int digits) {
        if (name == "OE")
          out += teile.oe;
        else if (name == "Aktenplan")
          out += teile.aktenplan;
        else if (name == "Jahr")
          out += std::to_string(teile.jahr);
        else if (name == "Akte")
          out += std::to_string(teile.akte);
        else if (name == "Vorgang")
          out += teile.ueber == 0 ? std::to_string(teile.vorgang) : fmt::format("{}.{}", teile.ueber, teile.vorgang);
        else if (name == "Dokument")
          out += std::to_string(teile.dokument);
        else
          out += fmt::format("{:0{}}", teile.lfd, digits);
        return true;
      });
  return out;
}

std::int64_t nextNumber(journal::Change& change, const std::string& bereich) {
  const auto found = change.tx().one<ZeichenZaehlerZeile>(sql::Query::select<ZeichenZaehlerZeile>().add(
      " FROM zeichen_zaehler WHERE mandant = :mandant AND bereich = :bereich", change.mandant(), bereich));
  if (!found) {
    ZeichenZaehlerZeile row{0, 0, bereich, 1};
    change.insert(row);
    return 1;
  }
  auto after = *found;
  ++after.wert;
  change.update(*found, after);
  return after.wert;
}

NeuesZeichen drawZeichen(journal::Change& change, std::string_view vorlage, Ebene ebene, ZeichenTeile teile,
                         const std::string& bereich) {
  // A sign may be taken already where a template gives the same text from different numbers (1-11 and 11-1) or was
  // changed.
  for (int attempt = 0; attempt < 10'000; ++attempt) {
    const auto nummer = nextNumber(change, bereich);
    auto& own = ebene == Ebene::akte ? teile.akte : ebene == Ebene::vorgang ? teile.vorgang : teile.dokument;
    own = nummer;
    if (hasToken(vorlage, "Lfd")) {
      teile.lfd = 0;
      teile.lfd = nextNumber(change, "lfd:" + render(vorlage, teile));
    }
    std::string zeichen = render(vorlage, teile);
    const auto taken = change.tx().value<std::int64_t>(
        "SELECT id FROM zeichen WHERE mandant = :mandant AND zeichen = :zeichen", change.mandant(), zeichen);
    if (!taken) return {std::move(zeichen), nummer};
  }
  throw base::Failure("no free sign in " + bereich);
}

void registerZeichen(journal::Change& change, const std::string& zeichen, std::string_view objektArt,
                     std::int64_t objekt) {
  ZeichenZeile row{0, 0, zeichen, std::string(objektArt), objekt, {}};
  change.insert(row);
}

void gibZeichenAuf(journal::Change& change, const std::string& zeichen, std::int64_t darin) {
  const auto before = change.tx().one<ZeichenZeile>(sql::Query::select<ZeichenZeile>().add(
      " FROM zeichen WHERE mandant = :mandant AND zeichen = :zeichen", change.mandant(), zeichen));
  if (!before) return;
  auto after = *before;
  after.darin = darin;
  change.update(*before, after);
}

}  // namespace akte
