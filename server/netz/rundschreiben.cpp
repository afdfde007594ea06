#include "netz/rundschreiben.h"

#include <fmt/format.h>

#include <charconv>

#include "base/hash.h"
#include "netz/kommunen.h"
#include "treffen.h"
#include "treffen_inhalt.h"

namespace netz {

using base::Code;
using base::fail;

namespace {

constexpr std::int64_t stunde = 3600, woche = 7 * 24 * stunde;

struct AboZeile {
  std::string schluessel{}, email{};
  std::optional<base::Zeitpunkt> bestaetigt{};
  base::Zeitpunkt gefragt{};
};
BOOST_DESCRIBE_STRUCT(AboZeile, (), (schluessel, email, bestaetigt, gefragt))

Result<void> darfPflegen(const Berechtigung& wer) {
  if (wer.nurLesen || !wer.hat(Recht::netzPflegen)) return fail(Code::NichtErlaubt);
  return {};
}

Result<void> checkOffen(const SchreibenZeile& row) {
  if (row.status == Schreibenstatus::veroeffentlicht)
    return fail(Code::Abgeschlossen, "Das ist schon veröffentlicht. Schreiben Sie eine Berichtigung.");
  return {};
}

void fill(SchreibenZeile& row, const SchreibenNeu& input) {
  row.art = input.art;
  row.titel = input.titel.value;
  row.inhalt = input.inhalt.value;
  row.ort = input.ort ? OptText(input.ort->value) : OptText();
  row.tag = input.tag;
}

std::string link(const std::string& adresse, std::string_view what, std::int64_t mandant, const std::string& secret) {
  return fmt::format("{}/oeffentlich/abo/{}?schluessel={}.{}", adresse, what, mandant, secret);
}

/// The tenant and the secret of a link.
std::optional<std::pair<std::int64_t, std::string>> parts(std::string_view schluessel) {
  const auto dot = schluessel.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  std::int64_t mandant = 0;
  std::from_chars(schluessel.data(), schluessel.data() + dot, mandant);
  if (mandant <= 0) return std::nullopt;
  return std::pair{mandant, std::string(schluessel.substr(dot + 1))};
}

void verschicke(Change& change, const SchreibenZeile& row, const AboZeile& an, const std::string& adresse) {
  jobs::Mail mail{an.email, row.titel, {}, {}};
  mail.abmelden = link(adresse, "beenden", change.mandant(), an.schluessel);
  mail.text =
      fmt::format("{}\n\n--\nSie bekommen diese Mail, weil Sie sie bestellt haben. Abmelden mit einem Klick:\n{}\n",
                  row.inhalt, *mail.abmelden);
  jobs::sende(change.tx(), change.mandant(), change.zeit(), mail);
}

}  // namespace

Result<SchreibenZeile> findSchreiben(const sql::ReadTx& tx, const Berechtigung& wer, const base::Uuid& uuid) {
  auto row = mandant::rowByUuid<SchreibenZeile>(tx, wer.mandant, uuid);
  if (!row) return fail(Code::NichtGefunden);
  return *std::move(row);
}

Result<SchreibenZeile> createSchreiben(Change& change, const Berechtigung& wer, const SchreibenNeu& input) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  SchreibenZeile row;
  row.uuid = change.newUuid();
  row.status = Schreibenstatus::entwurf;
  row.person = wer.person;
  fill(row, input);
  change.insert(row);
  change.about({"netzschreiben.angelegt", row.tabelle, row.id, 0, 0});
  return row;
}

Result<SchreibenZeile> aendereSchreiben(Change& change, const Berechtigung& wer, const SchreibenZeile& before,
                                        const SchreibenNeu& input) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  AKTENLOTSE_TRY(checkOffen(before));
  auto after = before;
  fill(after, input);
  change.update(before, after);
  change.about({"netzschreiben.geaendert", after.tabelle, after.id, 0, 0});
  return after;
}

Result<SchreibenZeile> veroeffentliche(Change& change, const Berechtigung& wer, const SchreibenZeile& before,
                                       const std::string& adresse) {
  AKTENLOTSE_TRY(darfPflegen(wer));
  AKTENLOTSE_TRY(checkOffen(before));
  auto after = before;
  after.status = Schreibenstatus::veroeffentlicht;
  const auto wanted = change.tx().query<AboZeile>(
      "SELECT schluessel, email, bestaetigt, gefragt FROM netz_abo WHERE mandant = :mandant AND liste = :liste AND "
      "bestaetigt IS NOT NULL ORDER BY schluessel",
      change.mandant(), before.art);
  for (const auto& one : wanted) verschicke(change, after, one, adresse);
  after.empfaenger = static_cast<std::int64_t>(wanted.size());
  change.update(before, after);
  change.about({"netzschreiben.veroeffentlicht", after.tabelle, after.id, 0, 0});
  zeige(change, after);
  return after;
}

std::vector<Aushang> aushangOf(const sql::ReadTx& tx, const SchreibenZeile& row) {
  if (row.status != Schreibenstatus::veroeffentlicht) return {};
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, row.mandant).at(0);
  Aushang out;
  out.uuid = row.uuid;
  out.eigner = row.mandant;
  out.art = Aushangart::schreiben;
  out.ags = town.gebietsschluessel.value_or("");
  const auto land = landOf(out.ags);
  out.land = land.empty() ? town.land : std::string(land);
  // A circular is for those in the network; the rest is for everybody.
  out.sichtbarkeit = row.art == Schreibenart::rundschreiben ? Sichtbarkeit::netze : Sichtbarkeit::oeffentlich;
  out.titel = row.titel;
  out.suche = base::foldCase(row.titel + " " + row.inhalt);
  out.ordnung = row.tag.text();
  out.inhalt = base::toJson(SchreibenInhalt{row.art, row.inhalt, row.ort, row.tag});
  return {out};
}

// ---- who wants mail

void frageAbo(sql::WriteTx& tx, std::int64_t mandant, base::Zeitpunkt jetzt, Schreibenart liste,
              const std::string& email, const std::string& adresse) {
  // Who did not say yes within a week did not want it.
  tx.exec("DELETE FROM netz_abo WHERE mandant = :mandant AND bestaetigt IS NULL AND gefragt < :alt", mandant,
          jetzt.plusSeconds(-woche));
  const auto before = tx.one<AboZeile>(
      "SELECT schluessel, email, bestaetigt, gefragt FROM netz_abo WHERE mandant = :mandant AND liste = :liste AND "
      "email = :email",
      mandant, liste, email);
  if (before && (before->bestaetigt || before->gefragt.plusSeconds(stunde) > jetzt)) return;
  const auto secret = base::randomHex(24);
  tx.exec("DELETE FROM netz_abo WHERE mandant = :mandant AND liste = :liste AND email = :email", mandant, liste, email);
  tx.exec(
      "INSERT INTO netz_abo (mandant, schluessel, liste, email, gefragt) VALUES (:mandant, :schluessel, :liste, "
      ":email, :jetzt)",
      mandant, secret, liste, email, jetzt);
  const auto town = mandant::allRows<mandant::MandantZeile>(tx, mandant).at(0);
  jobs::sende(tx, mandant, jetzt,
              {email, fmt::format("Bitte bestätigen: Mails von {}", town.name),
               fmt::format("Guten Tag,\n\njemand hat mit dieser Adresse Mails von {} bestellt. Wenn Sie das waren, "
                           "bestätigen Sie es bitte hier:\n{}\n\nWaren Sie es nicht, müssen Sie nichts tun: Ohne "
                           "Bestätigung schreiben wir Ihnen nicht, und die Adresse wird nach einer Woche gelöscht.\n",
                           town.name, link(adresse, "bestaetigen", mandant, secret))});
}

Aboantwort bestaetigeAbo(sql::Database& database, std::string_view schluessel, base::Zeitpunkt jetzt) {
  const auto of = parts(schluessel);
  if (!of) return Aboantwort::unbekannt;
  return database.write(of->first, [&](sql::WriteTx& tx) {
    const auto rows = tx.exec(
        "UPDATE netz_abo SET bestaetigt = COALESCE(bestaetigt, :jetzt) WHERE mandant = :mandant AND schluessel = "
        ":schluessel",
        jetzt, of->first, of->second);
    return rows == 1 ? Aboantwort::bestaetigt : Aboantwort::unbekannt;
  });
}

Aboantwort beendeAbo(sql::Database& database, std::string_view schluessel) {
  const auto of = parts(schluessel);
  if (!of) return Aboantwort::unbekannt;
  return database.write(of->first, [&](sql::WriteTx& tx) {
    const auto rows =
        tx.exec("DELETE FROM netz_abo WHERE mandant = :mandant AND schluessel = :schluessel", of->first, of->second);
    return rows == 1 ? Aboantwort::beendet : Aboantwort::unbekannt;
  });
}

std::int64_t abonnenten(const sql::ReadTx& tx, std::int64_t mandant, Schreibenart liste) {
  return tx
      .value<std::int64_t>(
          "SELECT COUNT(*) FROM netz_abo WHERE mandant = :mandant AND liste = :liste AND bestaetigt IS NOT NULL",
          mandant, liste)
      .value();
}

}  // namespace netz
