#include "rendition/trennblatt.h"

#include <fmt/format.h>

namespace rendition {
namespace {

constexpr std::string_view kVorsatz = "aktenlotse:", kTrenner = "t", kVorgang = "v:";

}  // namespace

std::optional<Trenncode> parseTrenncode(std::string_view code) {
  if (code == kTrenner) return Trenncode{};
  if (!code.starts_with(kVorgang)) return std::nullopt;
  const auto uuid = base::Uuid::parse(code.substr(kVorgang.size()));
  return uuid ? std::optional(Trenncode{*uuid}) : std::nullopt;
}

std::string trenncodeText(const Trenncode& code) {
  return fmt::format("{}{}", kVorsatz, code.vorgang ? fmt::format("{}{}", kVorgang, code.vorgang->text()) : kTrenner);
}

std::vector<Abschnitt> abschnitte(const std::map<std::uint32_t, Trenncode>& blaetter, std::uint32_t seiten) {
  std::vector<Abschnitt> out;
  if (blaetter.empty()) return out;
  Abschnitt now{1, 0, {}};
  const auto close = [&](std::uint32_t bis) {
    now.bis = bis;
    if (now.von <= now.bis) out.push_back(now);
  };
  for (const auto& [seite, code] : blaetter) {
    close(seite - 1);
    now = {seite + 1, 0, code.vorgang};
  }
  close(seiten);
  return out;
}

}  // namespace rendition
