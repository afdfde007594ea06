#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "base/hash.h"
#include "jobs/mail.h"
#include "mandant/zweitfaktor.h"

namespace mandant {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t mostFactors = 10;
constexpr int codeCount = 10;
constexpr std::size_t codeBytes = 15;  ///< 120 bits: enough for a plain hash
constexpr std::int64_t challengeSeconds = 600;

std::string fromHex(const std::string& hex) {
  std::string out(hex.size() / 2, '\0');
  if (sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), hex.data(), hex.size(), nullptr, nullptr,
                     nullptr) != 0)
    throw base::Failure("a second factor is damaged");
  return out;
}

/// As people copy it: without the signs between, in any case.
std::string codeHash(std::string_view code) {
  std::string plain;
  for (const char c : code)
    if (c != '-' && c != ' ') plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return base::sha256Hex(plain);
}

/// In groups of four, to be read and typed.
std::string newCode() {
  std::string out;
  for (const char c : base32(fromHex(base::randomHex(codeBytes)))) {
    if (out.size() % 5 == 4) out += '-';
    out += c;
  }
  return out;
}

std::vector<std::string> storeCodes(sql::WriteTx& tx, std::int64_t mandant, std::int64_t person) {
  tx.exec("DELETE FROM wiederherstellungscode WHERE mandant = :mandant AND person = :person", mandant, person);
  std::vector<std::string> out;
  for (int i = 0; i < codeCount; ++i) {
    out.push_back(newCode());
    tx.exec("INSERT INTO wiederherstellungscode (mandant, person, code_hash) VALUES (:mandant, :person, :hash)",
            mandant, person, codeHash(out.back()));
  }
  return out;
}

bool sage(Change& change, const PersonZeile& person, std::string_view was) {
  if (!person.email || !jobs::istAdresse(*person.email)) return false;
  jobs::sende(
      change.tx(), change.mandant(), change.zeit(),
      {*person.email, "Ihr Zugang zu Aktenlotse",
       fmt::format("Guten Tag {},\n\n{}\n\nWaren Sie das nicht, oder wissen Sie nicht, warum: Sprechen Sie bitte "
                   "sofort mit Ihrer Administration.\n",
                   nameOf(person), was)});
  return true;
}

/// The trace in the journal: the person's row counts how often its factors changed.
void note(Change& change, const PersonZeile& before, std::string_view aktion) {
  auto after = before;
  after.faktorStand = before.faktorStand.value_or(0) + 1;
  change.update(before, after);
  change.about({aktion, after.tabelle, after.id, 0, 0});
}

void endOtherSessions(sql::WriteTx& tx, const Berechtigung& wer) {
  tx.exec("DELETE FROM sitzung WHERE mandant = :mandant AND person = :person AND geheimnis_hash <> :hash", wer.mandant,
          wer.person, wer.geheimnisHash);
}

PersonZeile personOf(Change& change, const Berechtigung& wer) {
  return rowById<PersonZeile>(change.tx(), wer.mandant, wer.person).value();
}

Faktorpflicht pflichtOf(const sql::ReadTx& tx, std::int64_t mandant) {
  return allRows<MandantZeile>(tx, mandant).at(0).zweiterFaktor.value_or(Faktorpflicht::freiwillig);
}

bool trifft(Faktorpflicht pflicht, const Berechtigung& wer) {
  return pflicht == Faktorpflicht::alle || (pflicht == Faktorpflicht::administration &&
                                            (wer.hat(Recht::personPflegen) || wer.hat(Recht::zugriffPflegen)));
}

}  // namespace

std::vector<FaktorZeile> faktorenOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person) {
  return tx.query<FaktorZeile>(sql::Query::select<FaktorZeile>().add(
      " FROM zweitfaktor WHERE mandant = :mandant AND person = :person ORDER BY erstellt, uuid", mandant, person));
}

std::int64_t codesOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person) {
  return tx
      .value<std::int64_t>("SELECT COUNT(*) FROM wiederherstellungscode WHERE mandant = :mandant AND person = :person",
                           mandant, person)
      .value();
}

bool faktorVerlangt(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person) {
  return trifft(pflichtOf(tx, mandant), berechtigungOf(tx, mandant, person));
}

std::optional<Offen> nochOffen(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person) {
  if (!faktorenOf(tx, mandant, person).empty()) return Offen::faktor;
  return danach(tx, mandant, person);
}

std::optional<Offen> danach(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person) {
  // Whoever knows a password that somebody else chose sets up no factor with it.
  if (tx.value<std::int64_t>("SELECT vorlaeufig FROM kennwort WHERE mandant = :mandant AND person = :person AND "
                             "vorlaeufig = 1",
                             mandant, person))
    return Offen::kennwort;
  if (faktorenOf(tx, mandant, person).empty() && faktorVerlangt(tx, mandant, person)) return Offen::einrichten;
  return std::nullopt;
}

void merkeAufgabe(sql::WriteTx& tx, const Berechtigung& wer, std::string_view aufgabe, base::Zeitpunkt jetzt) {
  tx.exec(
      "UPDATE sitzung SET aufgabe = :aufgabe, aufgabe_ende = :ende WHERE mandant = :mandant AND geheimnis_hash = :hash",
      aufgabe, jetzt.plusSeconds(challengeSeconds), wer.mandant, wer.geheimnisHash);
}

std::optional<std::string> aufgabeOf(const sql::ReadTx& tx, const Berechtigung& wer, base::Zeitpunkt jetzt) {
  return tx.value<std::string>(
      "SELECT aufgabe FROM sitzung WHERE mandant = :mandant AND geheimnis_hash = :hash AND aufgabe IS NOT NULL AND "
      "aufgabe_ende > :jetzt",
      wer.mandant, wer.geheimnisHash, jetzt);
}

void vergissAufgabe(sql::WriteTx& tx, const Berechtigung& wer) {
  tx.exec("UPDATE sitzung SET aufgabe = NULL, aufgabe_ende = NULL WHERE mandant = :mandant AND geheimnis_hash = :hash",
          wer.mandant, wer.geheimnisHash);
}

base::Result<std::vector<std::string>> fuegeFaktorHinzu(Change& change, const Berechtigung& wer, FaktorZeile& faktor) {
  auto& tx = change.tx();
  const auto present = faktorenOf(tx, wer.mandant, wer.person);
  if (present.size() >= mostFactors)
    return fail(Code::Konflikt, "Mehr als zehn Faktoren gibt es nicht. Entfernen Sie zuerst einen.");
  if (!faktor.kennung.empty() &&
      tx.value<std::string>("SELECT uuid FROM zweitfaktor WHERE mandant = :mandant AND kennung = :kennung", wer.mandant,
                            faktor.kennung))
    return fail(Code::Vergeben, "Dieser Sicherheitsschlüssel ist schon eingerichtet.", "schluessel");
  faktor.mandant = wer.mandant;
  faktor.uuid = change.newUuid();
  faktor.person = wer.person;
  faktor.erstellt = change.zeit();
  tx.exec(
      "INSERT INTO zweitfaktor (mandant, uuid, person, art, bezeichnung, kennung, geheimnis, verfahren, zaehler, "
      "erstellt) VALUES (:mandant, :uuid, :person, :art, :bezeichnung, :kennung, :geheimnis, :verfahren, :zaehler, "
      ":erstellt)",
      faktor.mandant, faktor.uuid, faktor.person, faktor.art, faktor.bezeichnung, faktor.kennung, faktor.geheimnis,
      faktor.verfahren, faktor.zaehler, faktor.erstellt);
  vergissAufgabe(tx, wer);
  endOtherSessions(tx, wer);
  const auto person = personOf(change, wer);
  note(change, person, "person.faktor_hinzugefuegt");
  sage(change, person,
       fmt::format("für Ihren Zugang wurde ein zweiter Faktor eingerichtet: „{}“.", faktor.bezeichnung));
  return present.empty() ? storeCodes(tx, wer.mandant, wer.person) : std::vector<std::string>{};
}

base::Result<void> entferneFaktor(Change& change, const Berechtigung& wer, const base::Uuid& id) {
  auto& tx = change.tx();
  const auto present = faktorenOf(tx, wer.mandant, wer.person);
  const auto found = std::ranges::find(present, id, &FaktorZeile::uuid);
  if (found == present.end()) return fail(Code::NichtGefunden);
  if (present.size() == 1 && faktorVerlangt(tx, wer.mandant, wer.person))
    return fail(Code::Konflikt, "Ihre Verwaltung verlangt einen zweiten Faktor. Richten Sie zuerst einen anderen ein.");
  tx.exec("DELETE FROM zweitfaktor WHERE mandant = :mandant AND uuid = :uuid", wer.mandant, id);
  if (present.size() == 1)
    tx.exec("DELETE FROM wiederherstellungscode WHERE mandant = :mandant AND person = :person", wer.mandant,
            wer.person);
  endOtherSessions(tx, wer);
  const auto person = personOf(change, wer);
  note(change, person, "person.faktor_entfernt");
  sage(change, person, fmt::format("von Ihrem Zugang wurde ein zweiter Faktor entfernt: „{}“.", found->bezeichnung));
  return {};
}

std::vector<std::string> erneuereCodes(Change& change, const Berechtigung& wer) {
  endOtherSessions(change.tx(), wer);
  const auto person = personOf(change, wer);
  note(change, person, "person.faktor_codes");
  sage(change, person, "für Ihren Zugang gibt es neue Wiederherstellungscodes; die alten gelten nicht mehr.");
  return storeCodes(change.tx(), wer.mandant, wer.person);
}

bool setzeFaktorenZurueck(Change& change, const PersonZeile& person) {
  auto& tx = change.tx();
  tx.exec("DELETE FROM zweitfaktor WHERE mandant = :mandant AND person = :person", person.mandant, person.id);
  tx.exec("DELETE FROM wiederherstellungscode WHERE mandant = :mandant AND person = :person", person.mandant,
          person.id);
  tx.exec("DELETE FROM sitzung WHERE mandant = :mandant AND person = :person", person.mandant, person.id);
  note(change, person, "person.faktoren_zurueckgesetzt");
  return sage(
      change, person,
      "die Administration hat Ihre zweiten Faktoren zurückgesetzt. Bei der nächsten Anmeldung genügt Ihr Passwort; "
      "richten Sie dann unter „Mein Zugang“ wieder einen ein.");
}

base::Result<void> loeseCodeEin(sql::WriteTx& tx, const Berechtigung& wer, std::string_view code,
                                base::Zeitpunkt jetzt) {
  for (const auto& faktor : faktorenOf(tx, wer.mandant, wer.person)) {
    if (faktor.art != Faktorart::totp) continue;
    const auto step = totpSchritt(fromHex(faktor.geheimnis), code, jetzt, faktor.zaehler);
    if (!step) continue;
    tx.exec("UPDATE zweitfaktor SET zaehler = :schritt, benutzt = :jetzt WHERE mandant = :mandant AND uuid = :uuid",
            *step, jetzt, wer.mandant, faktor.uuid);
    return {};
  }
  const auto used =
      tx.exec("DELETE FROM wiederherstellungscode WHERE mandant = :mandant AND person = :person AND code_hash = :hash",
              wer.mandant, wer.person, codeHash(code));
  if (used == 1) return {};
  return fail(Code::EingabeUngueltig, "Der Code stimmt nicht, oder er wurde schon benutzt.", "code");
}

base::Result<void> loeseSchluesselEin(sql::WriteTx& tx, const Berechtigung& wer, const Partei& partei,
                                      std::string_view aufgabe, std::string_view kennung, const Nachweis& nachweis,
                                      base::Zeitpunkt jetzt) {
  const auto present = faktorenOf(tx, wer.mandant, wer.person);
  const auto found = std::ranges::find_if(
      present, [&](const auto& faktor) { return faktor.art == Faktorart::schluessel && faktor.kennung == kennung; });
  if (found == present.end())
    return fail(Code::EingabeUngueltig, "Dieser Sicherheitsschlüssel ist für Sie nicht eingerichtet.", "schluessel");
  AKTENLOTSE_GET(count, pruefeNachweis(partei, aufgabe,
                                       {found->kennung, found->geheimnis, found->verfahren, found->zaehler}, nachweis));
  tx.exec("UPDATE zweitfaktor SET zaehler = :zaehler, benutzt = :jetzt WHERE mandant = :mandant AND uuid = :uuid",
          count, jetzt, wer.mandant, found->uuid);
  return {};
}

base::Result<MandantZeile> setzeFaktorpflicht(Change& change, const Berechtigung& wer, const MandantZeile& before,
                                              Faktorpflicht pflicht) {
  auto& tx = change.tx();
  if (pflicht != Faktorpflicht::freiwillig && faktorenOf(tx, wer.mandant, wer.person).empty())
    return fail(Code::Konflikt,
                "Richten Sie zuerst für sich selbst einen zweiten Faktor ein, unter „Mein Zugang“. Sonst kämen Sie "
                "womöglich nicht wieder herein.");
  auto after = before;
  after.zweiterFaktor = pflicht;
  change.update(before, after);
  for (const auto& person : allRows<PersonZeile>(tx, wer.mandant))
    if (trifft(pflicht, berechtigungOf(tx, wer.mandant, person.id)) && faktorenOf(tx, wer.mandant, person.id).empty())
      tx.exec("DELETE FROM sitzung WHERE mandant = :mandant AND person = :person", wer.mandant, person.id);
  change.about({"mandant.faktorpflicht", after.tabelle, after.id, 0, 0});
  return after;
}

}  // namespace mandant
