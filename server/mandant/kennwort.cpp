// Which passwords are refused: docs/security.md, "Signing in".
#include <set>
#include <span>

#include "http/static_files.h"
#include "mandant/zugang.h"

std::span<const http::Asset> mandant_daten();

namespace mandant {
namespace {

/// The most common ones, in lower case, each a line of a file in the program (tools/passwoerter).
const std::set<std::string_view>& haeufige() {
  static const auto all = [] {
    std::set<std::string_view> out;
    for (const auto& asset : mandant_daten())
      for (std::size_t at = 0; at < asset.bytes.size();) {
        const auto end = std::min(asset.bytes.find('\n', at), asset.bytes.size());
        out.insert(asset.bytes.substr(at, end - at));
        at = end + 1;
      }
    return out;
  }();
  return all;
}

base::Result<void> refuse(const char* hinweis) { return base::fail(base::Code::EingabeUngueltig, hinweis, "passwort"); }

}  // namespace

base::Result<void> checkNewPassword(std::string_view passwort, std::string_view anmeldename) {
  if (base::countCodePoints(passwort) < 10) return refuse("Das Passwort braucht mindestens 10 Zeichen.");
  const auto folded = base::foldCase(passwort);
  if (folded.find(base::foldCase(anmeldename)) != std::string::npos)
    return refuse("Das Passwort darf den Anmeldenamen nicht enthalten.");
  if (folded.find("aktenlotse") != std::string::npos)
    return refuse("Das Passwort darf den Namen des Programms nicht enthalten.");
  if (haeufige().contains(folded))
    return refuse(
        "Dieses Passwort wird sehr oft gewählt und deshalb als Erstes probiert. Nehmen Sie ein anderes, etwa "
        "vier Wörter, die nichts miteinander zu tun haben.");
  return {};
}

}  // namespace mandant
