// Who can be named in a line, and how he is found.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "worte.h"

namespace geschaeftsgang {
namespace {

int rang(TraegerArt art) {
  switch (art) {
    case TraegerArt::person:
      return 0;
    case TraegerArt::stelle:
      return 1;
    case TraegerArt::organisationseinheit:
      return 2;
    default:
      return 3;
  }
}

constexpr std::pair<std::string_view, TraegerArt> vorsilben[] = {{"person:", TraegerArt::person},
                                                                 {"stelle:", TraegerArt::stelle},
                                                                 {"oe:", TraegerArt::organisationseinheit},
                                                                 {"rolle:", TraegerArt::rolle}};
std::string_view vorsilbeOf(TraegerArt art) {
  for (const auto& [text, kind] : vorsilben)
    if (kind == art) return text;
  return {};
}

bool plainName(std::string_view name) {
  return !name.empty() && name.find_first_of(" \t,;\":@") == std::string_view::npos;
}

std::string geschrieben(std::string_view name) {
  return plainName(name) ? std::string(name) : fmt::format("\"{}\"", name);
}

}  // namespace

Verzeichnis::Verzeichnis(std::vector<Eintrag> eintraege) : eintraege_(std::move(eintraege)) {
  std::ranges::stable_sort(eintraege_, {}, [](const Eintrag& e) { return rang(e.adressat.art); });
  for (std::size_t i = 0; i < eintraege_.size(); ++i)
    for (const auto& name : eintraege_[i].schluessel)
      if (!name.empty()) namen_.push_back({name, gefaltet(name), i});
}

Verzeichnis::Fund Verzeichnis::finde(std::string_view genannt) const {
  std::optional<TraegerArt> only;
  for (const auto& [text, art] : vorsilben)
    if (gefaltet(genannt.substr(0, text.size())) == text) {
      only = art;
      genannt.remove_prefix(text.size());
      break;
    }
  Fund out;
  if (const auto uuid = base::Uuid::parse(genannt)) {
    const auto at = std::ranges::find(eintraege_, *uuid, &Eintrag::uuid);
    if (at != eintraege_.end()) out.eintrag = &*at;
    return out;
  }
  const auto wanted = gefaltet(genannt);
  if (wanted.empty()) return out;
  const auto each = [&](auto matches) {
    std::vector<const Eintrag*> found;
    for (const auto& name : namen_) {
      const auto& eintrag = eintraege_[name.eintrag];
      if (only && eintrag.adressat.art != *only) continue;
      if (matches(name) && std::ranges::find(found, &eintrag) == found.end()) found.push_back(&eintrag);
    }
    return found;
  };
  // Of the first kind that has any; more than one of this kind is nobody.
  const auto decide = [&](std::vector<const Eintrag*> found) {
    if (found.empty()) return false;
    const auto first = rang(found.front()->adressat.art);
    const auto same = std::ranges::count_if(found, [&](const auto* e) { return rang(e->adressat.art) == first; });
    if (same == 1) out.eintrag = found.front();
    if (found.size() > 5) found.resize(5);
    if (same > 1) out.vorschlaege = std::move(found);
    return true;
  };
  if (decide(each([&](const Name& name) { return name.genau == genannt; }))) return out;
  if (decide(each([&](const Name& name) { return name.gefaltet == wanted; }))) return out;
  if (decide(each([&](const Name& name) { return name.gefaltet.starts_with(wanted); }))) return out;
  auto near = each([&](const Name& name) {
    return name.gefaltet.find(wanted) != std::string::npos ||
           abstand(wanted, name.gefaltet) < (wanted.size() > 4 ? 3 : 2);
  });
  if (near.size() > 5) near.resize(5);
  out.vorschlaege = std::move(near);
  return out;
}

std::vector<const Eintrag*> Verzeichnis::beginnend(std::string_view genannt, std::size_t hoechstens) const {
  std::vector<const Eintrag*> out;
  const auto wanted = gefaltet(genannt);
  const auto add = [&](auto matches) {
    for (const auto& name : namen_) {
      const auto* eintrag = &eintraege_[name.eintrag];
      if (out.size() < hoechstens && matches(name.gefaltet) && std::ranges::find(out, eintrag) == out.end())
        out.push_back(eintrag);
    }
  };
  add([&](const auto& name) { return name.starts_with(wanted); });
  if (wanted.size() >= 2) add([&](const auto& name) { return name.find(wanted) != std::string::npos; });
  return out;
}

const Eintrag* Verzeichnis::eintragOf(const Adressat& adressat) const {
  const auto at = std::ranges::find(eintraege_, adressat, &Eintrag::adressat);
  return at == eintraege_.end() ? nullptr : &*at;
}

std::string Verzeichnis::nennung(const Eintrag& eintrag) const {
  const auto finds = [&](std::string_view genannt) {
    const auto fund = finde(genannt);
    return fund.eintrag != nullptr && fund.eintrag->adressat == eintrag.adressat;
  };
  for (const auto& name : eintrag.schluessel)
    if (!name.empty() && name.find('"') == std::string::npos && finds(name)) return "@" + geschrieben(name);
  const auto vorsilbe = vorsilbeOf(eintrag.adressat.art);
  for (const auto& name : eintrag.schluessel)
    if (!name.empty() && name.find('"') == std::string::npos && finds(std::string(vorsilbe) + name))
      return fmt::format("@{}{}", vorsilbe, geschrieben(name));
  return fmt::format("@{}{}", vorsilbe, eintrag.uuid.text());
}

}  // namespace geschaeftsgang
