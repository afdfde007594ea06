#include <fmt/format.h>

#include <algorithm>

#include "postweg.h"

namespace eingang {
namespace {

using base::Code;

struct Verzeichnis {
  std::int64_t mandant = 0, organisationseinheit = 0;
};
BOOST_DESCRIBE_STRUCT(Verzeichnis, (), (mandant, organisationseinheit))

/// The open Vorgang of this sign.
std::optional<base::Uuid> offenerVorgang(const sql::ReadTx& tx, const mandant::Berechtigung& wer,
                                         const std::string& zeichen) {
  const auto uuid = tx.value<base::Uuid>("SELECT uuid FROM vorgang WHERE mandant = :mandant AND zeichen = :zeichen",
                                         wer.mandant, zeichen);
  if (!uuid) return std::nullopt;
  const auto vorgang = akte::findVorgang(tx, wer, *uuid);
  if (!vorgang || !mandant::darf(wer, mandant::Recht::dokumentAnlegen, vorgang->gegenstand)) return std::nullopt;
  return uuid;
}

}  // namespace

std::optional<base::Uuid> findeVorgang(const sql::ReadTx& tx, const mandant::Berechtigung& wer,
                                       const std::string& zusatz, const std::string& betreff) {
  // A slash is allowed in an address, but many programs do not let one type it.
  auto slashed = zusatz;
  std::ranges::replace(slashed, '_', '/');
  for (const auto& text : {zusatz, slashed})
    if (!text.empty())
      if (const auto found = offenerVorgang(tx, wer, text)) return found;
  for (const auto& kandidat : zeichenKandidaten(betreff))
    if (const auto found = offenerVorgang(tx, wer, kandidat)) return found;
  return std::nullopt;
}

std::vector<std::string> zeichenKandidaten(std::string_view text) {
  constexpr std::size_t maxWords = 40, maxTogether = 4;
  constexpr std::string_view outer = "[](){}<>\"',;:!?.#";
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size() && words.size() < maxWords;) {
    const auto begin = text.find_first_not_of(" \t\r\n", at);
    if (begin == std::string_view::npos) break;
    const auto end = std::min(text.find_first_of(" \t\r\n", begin), text.size());
    auto word = text.substr(begin, end - begin);
    while (!word.empty() && outer.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
    while (!word.empty() && outer.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
    if (!word.empty()) words.emplace_back(word);
    at = end;
  }
  const auto hasDigit = [](const std::string& word) {
    return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
  };
  std::vector<std::string> out;
  for (std::size_t count = std::min(maxTogether, words.size()); count > 0; --count)
    for (std::size_t i = 0; i + count <= words.size(); ++i) {
      std::string kandidat;
      for (std::size_t k = i; k < i + count; ++k) kandidat += (k > i ? " " : "") + words[k];
      if (kandidat.size() <= 200 && hasDigit(kandidat)) out.push_back(std::move(kandidat));
    }
  return out;
}

std::optional<Zustellung> Mailannahme::empfaenger(std::string_view adresse) {
  if (!jobs::istAdresse(adresse)) return std::nullopt;
  const auto at = adresse.find('@'), plus = std::min(adresse.find('+'), at);
  const auto plain = base::foldCase(std::string(adresse.substr(0, plus)).append(adresse.substr(at)));
  const auto found = schriftgut_.journal().database().read(0, [&](const sql::ReadTx& tx) {
    return tx.one<Verzeichnis>(
        "SELECT mandant, organisationseinheit FROM mailadresse_verzeichnis WHERE adresse = :adresse", plain);
  });
  if (!found) return std::nullopt;
  const auto zusatz = plus < at ? adresse.substr(plus + 1, at - plus - 1) : std::string_view();
  return Zustellung{found->mandant, found->organisationseinheit, std::string(zusatz)};
}

std::string schluesselVon(const akte::Datei& datei) {
  const auto& daten = datei.text.metadaten;
  return base::sha256Hex(daten.nachrichtId.empty()
                             ? datei.ref.sha256
                             : daten.nachrichtId + "\n" + daten.absender + "\n" + daten.datum + "\n" + daten.betreff);
}

base::Result<void> Mailannahme::lege(const Zustellung& zustellung, const akte::Datei& gelesen) {
  auto datei = gelesen;
  const auto& daten = datei.text.metadaten;
  const auto betreff = base::cleanText(base::repairUtf8(daten.betreff), false).value_or("");
  datei.dateiname = std::string(base::cutUtf8(betreff.empty() ? "Nachricht" : betreff, 120)) + ".eml";
  std::ranges::replace(datei.dateiname, '/', '_');
  const auto schluessel = schluesselVon(datei);
  const auto wer = mandant::systemBerechtigung(zustellung.mandant);
  return schriftgut_.journal().change(zustellung.mandant, [&](journal::Change& change) -> base::Result<void> {
    auto& tx = change.tx();
    const auto ziel = findeVorgang(tx, wer, zustellung.zusatz, betreff);
    if (tx.value<std::int64_t>(
              "SELECT COUNT(*) FROM mail_bekannt WHERE mandant = :mandant AND schluessel = :schluessel "
              "AND organisationseinheit = :oe",
              zustellung.mandant, schluessel, zustellung.organisationseinheit)
            .value() > 0)
      return {};
    const akte::DokumentNeu neu{.art = akte::Dokumentart::Eingang,
                                .kanal = akte::Kanal::mail,
                                .betreff = {},
                                .absender = {},
                                .datum = {},
                                .eingangsdatum = base::Datum::of(change.zeit())};
    const auto oe =
        mandant::rowById<mandant::OrganisationseinheitZeile>(tx, zustellung.mandant, zustellung.organisationseinheit);
    if (!oe) return base::fail(Code::NichtGefunden);
    AKTENLOTSE_GET(dokument, ziel ? schriftgut_.createDokument(change, wer, *ziel, datei, neu)
                                  : schriftgut_.createEingang(change, wer, oe->uuid, datei, neu));
    tx.exec(
        "INSERT INTO mail_bekannt (mandant, schluessel, organisationseinheit, dokument, zeit) VALUES (:mandant, "
        ":schluessel, :oe, :dokument, :zeit)",
        zustellung.mandant, schluessel, zustellung.organisationseinheit, dokument.uuid, change.zeit());
    return {};
  });
}

}  // namespace eingang
