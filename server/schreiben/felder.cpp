// Who is written to, and what the fields of a template mean.
#include <fmt/format.h>

#include <algorithm>

#include "plan.h"

namespace schreiben {
namespace {

std::string lines(std::initializer_list<std::string> parts) {
  std::string out;
  for (const auto& part : parts)
    if (!part.empty()) out += (out.empty() ? "" : "\n") + part;
  return out;
}

std::string words(std::initializer_list<std::string> parts) {
  std::string out;
  for (const auto& part : parts)
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  return out;
}

}  // namespace

const std::vector<Feld>& felder() {
  static const std::vector<Feld> all{
      {"empfaenger.anschrift", "Name und Anschrift, Zeile für Zeile"},
      {"empfaenger.name", "Name des Empfängers"},
      {"empfaenger.anrede", "Anrede mit Namen, mit Komma"},
      {"empfaenger.email", "E-Mail-Adresse des Empfängers"},
      {"az", "Geschäftszeichen des Vorgangs"},
      {"betreff", "Betreff des Schreibens"},
      {"datum", "heutiges Datum"},
      {"text", "der Text des Schreibens"},
      {"ihr.zeichen", "fremdes Geschäftszeichen des beantworteten Schreibens oder des Vorgangs"},
      {"ihr.schreiben", "Datum des beantworteten Schreibens"},
      {"vorgang.betreff", "Betreff des Vorgangs"},
      {"akte.zeichen", "Geschäftszeichen der Akte"},
      {"akte.betreff", "Betreff der Akte"},
      {"bearbeiter.name", "wer das Schreiben anlegt"},
      {"bearbeiter.email", "seine E-Mail-Adresse"},
      {"bearbeiter.stelle", "seine Stelle"},
      {"bearbeiter.einheit", "seine Organisationseinheit"},
      {"behoerde.name", "Name der Behörde"},
      {"behoerde.zusatz", "Zusatz zum Namen"},
      {"behoerde.strasse", "Straße und Hausnummer"},
      {"behoerde.plz", "Postleitzahl"},
      {"behoerde.ort", "Ort"},
      {"behoerde.ruecksendung", "Rücksendeangabe in einer Zeile"},
      {"behoerde.telefon", "Telefon"},
      {"behoerde.email", "E-Mail-Adresse der Behörde"},
      {"behoerde.internet", "Internetadresse"},
      {"behoerde.bank", "Bankverbindung"},
  };
  return all;
}

std::string anredeOf(const akte::KontaktZeile& kontakt) {
  const auto nachname = kontakt.nachname.value_or("");
  const auto anrede = kontakt.anrede.value_or("");
  if (nachname.empty()) return "Sehr geehrte Damen und Herren,";
  if (anrede.starts_with("Frau")) return fmt::format("Sehr geehrte {} {},", anrede, nachname);
  if (anrede.starts_with("Herr"))
    return fmt::format("Sehr geehrter {} {},", anrede.starts_with("Herrn") ? "Herr" + anrede.substr(5) : anrede,
                       nachname);
  return fmt::format("Guten Tag {},", words({kontakt.vorname.value_or(""), nachname}));
}

Empfaenger empfaengerOf(const akte::KontaktZeile& kontakt) {
  const auto person = words({kontakt.anrede.value_or("") == "Herr" ? "Herrn" : kontakt.anrede.value_or(""),
                             kontakt.vorname.value_or(""), kontakt.nachname.value_or("")});
  const auto ort = words({kontakt.plz.value_or(""), kontakt.ort.value_or("")});
  Empfaenger out;
  out.name = kontakt.organisation.value_or("");
  if (out.name.empty()) out.name = words({kontakt.vorname.value_or(""), kontakt.nachname.value_or("")});
  // Without street and town nothing can be posted, so there is no address.
  if (!kontakt.strasse.value_or("").empty() || !ort.empty())
    out.anschrift = lines({kontakt.organisation.value_or(""), person, kontakt.strasse.value_or(""), ort});
  out.email = kontakt.email;
  out.kontakt = kontakt.id;
  return out;
}

Empfaenger empfaengerFrom(std::string_view absender) {
  const auto trimmed = [](std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '"')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '"')) text.remove_suffix(1);
    return std::string(text);
  };
  Empfaenger out;
  const auto open = absender.rfind('<'), close = absender.rfind('>');
  const bool framed = open != std::string_view::npos && close != std::string_view::npos && open < close;
  const auto address = trimmed(framed ? absender.substr(open + 1, close - open - 1) : absender);
  if (jobs::istAdresse(address)) out.email = address;
  out.name = trimmed(framed ? absender.substr(0, open) : absender);
  if (out.name.empty()) out.name = address;
  return out;
}

std::vector<Empfaenger> empfaengerOf(const sql::ReadTx& tx, const Berechtigung& wer, const DokumentZeile& dokument) {
  std::vector<Empfaenger> out;
  for (const auto& row : tx.query<akte::BeteiligungZeile>(sql::Query::select<akte::BeteiligungZeile>().add(
           " FROM beteiligung WHERE mandant = :mandant AND objekt = :objekt AND rolle = :rolle ORDER BY id",
           wer.mandant, dokument.id, rolleEmpfaenger))) {
    const auto kontakt = mandant::rowById<akte::KontaktZeile>(tx, wer.mandant, row.kontakt).value();
    if (mandant::stufeFor(tx, wer, kontakt.zugriff)) out.push_back(empfaengerOf(kontakt));
  }
  if (out.empty() && dokument.empfaenger) out.push_back(empfaengerFrom(*dokument.empfaenger));
  return out;
}

std::string werteJson(const std::vector<std::pair<std::string, std::string>>& werte) {
  boost::json::object out;
  for (const auto& [name, wert] : werte) out[name] = wert;
  return boost::json::serialize(out);
}

}  // namespace schreiben
