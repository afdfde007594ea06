#include "rendition/trennblatt.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
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

Codebild zeichneCode(const std::string& text) {
  const auto matrix =
      ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(0).setEccLevel(6).encode(text, 0, 0);
  Codebild out{{}, matrix.width()};
  for (int y = 0; y < matrix.height(); ++y)
    for (int x = 0; x < matrix.width(); ++x) {
      if (!matrix.get(x, y)) continue;
      const int begin = x;
      while (x < matrix.width() && matrix.get(x, y)) ++x;
      out.pfad += fmt::format("M{} {}h{}v1h-{}z", begin, y, x - begin, x - begin);
    }
  return out;
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
