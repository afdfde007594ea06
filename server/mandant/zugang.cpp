#include "mandant/zugang.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "drossel.h"
#include "mandant/zweitfaktor.h"

namespace mandant {
namespace {

constexpr std::int64_t sessionSeconds = 12 * 3600;
/// How long one may take for the second step.
constexpr std::int64_t openSeconds = 1800;
constexpr std::int64_t keySeconds = 24 * 3600;

void needSodium() {
  if (sodium_init() < 0) throw base::Failure("libsodium cannot start");
}

std::string hashPassword(std::string_view passwort) {
  needSodium();
  std::string out(crypto_pwhash_STRBYTES, '\0');
  if (crypto_pwhash_str(out.data(), passwort.data(), passwort.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
    throw base::Failure("no memory for argon2id");
  out.resize(out.find('\0'));
  return out;
}

bool verifyPassword(const std::string& hash, std::string_view passwort) {
  needSodium();
  return crypto_pwhash_str_verify(hash.c_str(), passwort.data(), passwort.size()) == 0;
}

/// Verified against when there is no such person, so that the time tells nothing.
const std::string& nobodysHash() {
  static const std::string hash = hashPassword("nobody has this one");
  return hash;
}

/// "<mandant>.<secret>" of cookies and tokens: the tenant is known before any table is asked.
struct Credential {
  std::int64_t mandant = 0;
  std::string geheimnisHash{};
};

std::optional<Credential> parseCredential(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || text.size() > 200) return std::nullopt;
  Credential out;
  const auto [end, error] = std::from_chars(text.data(), text.data() + dot, out.mandant);
  if (error != std::errc() || end != text.data() + dot || out.mandant <= 0) return std::nullopt;
  out.geheimnisHash = base::sha256Hex(text.substr(dot + 1));
  return out;
}

struct SitzungZeile {
  std::int64_t person = 0;
  std::string csrf{};
  base::Zeitpunkt begonnen{}, ende{};
  std::optional<Offen> offen{};
};
BOOST_DESCRIBE_STRUCT(SitzungZeile, (), (person, csrf, begonnen, ende, offen))

/// When a session ends that began then and was last used now.
base::Zeitpunkt endeNach(base::Zeitpunkt begonnen, base::Zeitpunkt now, std::int64_t ruhe) {
  const auto last = begonnen.plusSeconds(sessionSeconds);
  return ruhe > 0 ? std::min(last, now.plusSeconds(ruhe)) : last;
}

/// A session that still lacks something has no rights.
Berechtigung berechtigungIn(const sql::ReadTx& tx, std::int64_t mandant, const SitzungZeile& sitzung,
                            std::string geheimnisHash) {
  auto wer = sitzung.offen ? Berechtigung{} : berechtigungOf(tx, mandant, sitzung.person);
  wer.mandant = mandant;
  wer.person = sitzung.person;
  wer.csrf = sitzung.csrf;
  wer.geheimnisHash = std::move(geheimnisHash);
  wer.offen = sitzung.offen;
  return wer;
}

struct Anmeldung {
  std::int64_t person = 0;
  std::string hash{};
};
BOOST_DESCRIBE_STRUCT(Anmeldung, (), (person, hash))

struct Frueher {
  std::string anfrageHash{};
  base::Uuid antwort{};
};
BOOST_DESCRIBE_STRUCT(Frueher, (), (anfrageHash, antwort))

}  // namespace

std::optional<std::int64_t> mandantByKey(const sql::ReadTx& tx, std::string_view schluessel) {
  return tx.value<std::int64_t>("SELECT mandant FROM mandant_verzeichnis WHERE schluessel = :schluessel", schluessel);
}

std::vector<std::int64_t> alleMandanten(const sql::ReadTx& tx) {
  std::vector<std::int64_t> out;
  static const sql::Table table{"mandant_verzeichnis", {{"mandant", sql::Kind::integer, false}}};
  tx.eachValues(table, sql::Query("SELECT mandant FROM mandant_verzeichnis ORDER BY mandant"),
                [&](std::vector<sql::Value>&& row) { out.push_back(std::get<std::int64_t>(row[0])); });
  return out;
}

Berechtigung systemBerechtigung(std::int64_t mandant) {
  Berechtigung wer;
  wer.mandant = mandant;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Recht>>(
      [&](auto recht) { wer.rechte.push_back(recht.value); });
  return wer;
}

Berechtigung berechtigungOf(const sql::ReadTx& tx, std::int64_t mandant, std::int64_t person) {
  Berechtigung wer;
  wer.mandant = mandant;
  wer.person = person;
  static const sql::Table table{"stelle_rolle", {{"rolle", sql::Kind::text, false}}};
  tx.eachValues(table,
                sql::Query("SELECT DISTINCT r.rolle FROM besetzung b JOIN stelle_rolle r ON r.mandant = b.mandant AND "
                           "r.stelle = b.stelle WHERE b.mandant = :mandant AND b.person = :person ORDER BY r.rolle",
                           mandant, person),
                [&](std::vector<sql::Value>&& row) {
                  if (const auto rolle = base::enumFrom<Rolle>(std::get<std::string>(row[0])))
                    wer.rollen.push_back(*rolle);
                });
  for (const auto rolle : wer.rollen)
    wer.rechte.insert(wer.rechte.end(), rechteOf(rolle).begin(), rechteOf(rolle).end());
  std::ranges::sort(wer.rechte);
  wer.rechte.erase(std::ranges::unique(wer.rechte).begin(), wer.rechte.end());
  return wer;
}

void storePassword(sql::WriteTx& tx, std::int64_t mandant, std::int64_t person, std::string_view passwort,
                   bool vorlaeufig) {
  tx.exec(
      "INSERT INTO kennwort (mandant, person, hash, vorlaeufig) VALUES (:mandant, :person, :hash, :vorlaeufig) "
      "ON CONFLICT (mandant, person) DO UPDATE SET hash = excluded.hash, vorlaeufig = excluded.vorlaeufig",
      mandant, person, hashPassword(passwort), std::int64_t{vorlaeufig ? 1 : 0});
}

base::Result<void> checkStand(const http::Context& call, std::int64_t stand) {
  if (call.stand != stand) return base::fail(base::Code::Veraltet);
  return {};
}

base::Result<std::shared_ptr<const void>> Zugang::admit(const http::Request& request, const http::RouteInfo& info) {
  if (info.open) return nullptr;
  const auto header = request.header("Authorization");
  const auto cookie = request.cookie(cookieName());
  if (!header && !cookie) return base::fail(base::Code::NichtAngemeldet);
  constexpr std::string_view bearer = "Bearer ";
  if (header && !header->starts_with(bearer)) return base::fail(base::Code::NichtAngemeldet);
  // What a window asks for by itself is no act of the person.
  const bool act = !request.header("X-Ohne-Zutun") && info.produces != "text/event-stream";
  AKTENLOTSE_GET(wer, header ? fromToken(header->substr(bearer.size())) : fromCookie(*cookie, act));
  if (wer.offen && !info.signingIn) return base::fail(base::Code::NichtAngemeldet);
  const bool changes = request.verb != http::Verb::get;
  if (changes && !header) {
    const auto csrf = request.header("X-CSRF-Token").value_or("");
    if (csrf.size() != wer.csrf.size() || sodium_memcmp(csrf.data(), wer.csrf.data(), csrf.size()) != 0)
      return base::fail(base::Code::CsrfFehlt);
  }
  if (changes && wer.nurLesen) return base::fail(base::Code::NichtErlaubt, "Dieser Token darf nur lesen.");
  if (!info.recht.empty()) {
    const auto recht = base::enumFrom<Recht>(info.recht);
    if (!recht) throw base::Failure("route " + std::string(info.id) + " asks for an unknown right");
    if (!wer.hat(*recht)) return base::fail(base::Code::NichtErlaubt);
  }
  return std::make_shared<const Berechtigung>(std::move(wer));
}

base::Result<Berechtigung> Zugang::fromCookie(std::string_view cookie, bool act) {
  const auto credential = parseCredential(cookie);
  if (!credential) return base::fail(base::Code::NichtAngemeldet);
  const auto now = journal_.clock().now();
  std::optional<base::Zeitpunkt> later;
  auto wer = journal_.database().read(credential->mandant, [&](const sql::ReadTx& tx) -> base::Result<Berechtigung> {
    const auto sitzung = tx.one<SitzungZeile>(
        "SELECT s.person, s.csrf, s.begonnen, s.ende, s.offen FROM sitzung s JOIN person p ON p.mandant = s.mandant "
        "AND p.id = s.person WHERE s.mandant = :mandant AND s.geheimnis_hash = :hash AND p.aktiv = 1",
        credential->mandant, credential->geheimnisHash);
    if (!sitzung || sitzung->ende <= now) return base::fail(base::Code::NichtAngemeldet);
    later.reset();
    // Not with each request: a tenth of the rest is near enough, and costs one row now and then.
    const auto ende = endeNach(sitzung->begonnen, now, ruhe_);
    if (act && !sitzung->offen && ende.micros - sitzung->ende.micros > ruhe_ * 100'000) later = ende;
    return berechtigungIn(tx, credential->mandant, *sitzung, credential->geheimnisHash);
  });
  if (!later) return wer;
  try {
    journal_.database().write(credential->mandant, [&](sql::WriteTx& tx) {
      tx.exec("UPDATE sitzung SET ende = :ende WHERE mandant = :mandant AND geheimnis_hash = :hash AND ende < :bisher",
              *later, credential->mandant, credential->geheimnisHash, *later);
    });
  } catch (const base::Failure&) {  // reading goes on where nothing can be written
  }
  return wer;
}

base::Result<Berechtigung> Zugang::fromToken(std::string_view token) {
  const auto credential = parseCredential(token);
  if (!credential) return base::fail(base::Code::NichtAngemeldet);
  const auto now = journal_.clock().now();
  return journal_.database().read(credential->mandant, [&](const sql::ReadTx& tx) -> base::Result<Berechtigung> {
    const auto zeile = tx.one<ApiTokenZeile>(sql::Query::select<ApiTokenZeile>("t").add(
        " FROM api_token t JOIN person p ON p.mandant = t.mandant AND p.id = t.person "
        "WHERE t.mandant = :mandant AND t.geheimnis_hash = :hash AND p.aktiv = 1",
        credential->mandant, credential->geheimnisHash));
    if (!zeile || zeile->ende <= now) return base::fail(base::Code::NichtAngemeldet);
    auto wer = berechtigungOf(tx, credential->mandant, zeile->person);
    wer.nurLesen = zeile->umfang == Umfang::lesen;
    wer.geheimnisHash = credential->geheimnisHash;
    return wer;
  });
}

base::Result<Zugang::Angemeldet> Zugang::anmelden(std::string_view schluessel, std::string_view name,
                                                  std::string_view passwort) {
  auto& database = journal_.database();
  const auto now = journal_.clock().now();
  const auto mandant = database.read(0, [&](const sql::ReadTx& tx) { return mandantByKey(tx, schluessel); });
  std::optional<Anmeldung> known;
  bool closed = false;
  if (mandant) {
    database.read(*mandant, [&](const sql::ReadTx& tx) {
      known = tx.one<Anmeldung>(
          "SELECT p.id, k.hash FROM person p JOIN kennwort k ON k.mandant = p.mandant AND k.person = p.id "
          "WHERE p.mandant = :mandant AND p.anmeldename = :name AND p.aktiv = 1",
          *mandant, name);
      closed = gedrosselt(tx, *mandant, name, now);
    });
  }
  if (closed) return base::fail(base::Code::ZuVieleVersuche);
  const bool right = verifyPassword(known ? known->hash : nobodysHash(), passwort) && known;
  if (!right) {
    if (mandant) database.write(*mandant, [&](sql::WriteTx& tx) { zaehleVersuch(tx, *mandant, name, now); });
    return base::fail(base::Code::AnmeldungFalsch);
  }
  return database.write(*mandant, [&](sql::WriteTx& tx) -> base::Result<Angemeldet> {
    vergissVersuche(tx, *mandant, name);
    tx.exec("DELETE FROM sitzung WHERE mandant = :mandant AND ende < :jetzt", *mandant, now);
    return eroeffne(tx, *mandant, known->person, nochOffen(tx, *mandant, known->person));
  });
}

Zugang::Angemeldet Zugang::eroeffne(sql::WriteTx& tx, std::int64_t mandant, std::int64_t person,
                                    std::optional<Offen> offen) {
  const std::string geheimnis = base::randomHex(32);
  const auto now = journal_.clock().now();
  const auto seconds = offen ? openSeconds : sessionSeconds;
  const SitzungZeile sitzung{person, base::randomHex(16), now,
                             offen ? now.plusSeconds(openSeconds) : endeNach(now, now, ruhe_), offen};
  const auto hash = base::sha256Hex(geheimnis);
  tx.exec(
      "INSERT INTO sitzung (mandant, geheimnis_hash, person, csrf, begonnen, ende, offen) "
      "VALUES (:mandant, :hash, :person, :csrf, :begonnen, :ende, :offen)",
      mandant, hash, person, sitzung.csrf, now, sitzung.ende, offen);
  return {berechtigungIn(tx, mandant, sitzung, hash),
          fmt::format("{}={}.{}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}{}", cookieName(), mandant, geheimnis,
                      seconds, secureCookies_ ? "; Secure" : "")};
}

std::string Zugang::endCookie() const {
  return fmt::format("{}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{}", cookieName(),
                     secureCookies_ ? "; Secure" : "");
}

void Zugang::abmelden(sql::WriteTx& tx, std::int64_t mandant, std::int64_t person) {
  tx.exec("DELETE FROM sitzung WHERE mandant = :mandant AND person = :person", mandant, person);
}

void Zugang::abmelden(const Berechtigung& wer, bool everywhere) {
  journal_.database().write(wer.mandant, [&](sql::WriteTx& tx) {
    if (everywhere)
      abmelden(tx, wer.mandant, wer.person);
    else
      tx.exec("DELETE FROM sitzung WHERE mandant = :mandant AND geheimnis_hash = :hash", wer.mandant,
              wer.geheimnisHash);
  });
  ereignisse_.beende(wer, everywhere);
}

base::Result<void> Zugang::verlangePasswort(const Berechtigung& wer, std::string_view passwort, const char* feld) {
  const auto now = journal_.clock().now();
  std::string name, hash;
  const bool closed = journal_.database().read(wer.mandant, [&](const sql::ReadTx& tx) {
    name = rowById<PersonZeile>(tx, wer.mandant, wer.person).value().anmeldename;
    hash = tx.value<std::string>("SELECT hash FROM kennwort WHERE mandant = :mandant AND person = :person", wer.mandant,
                                 wer.person)
               .value_or("");
    return gedrosselt(tx, wer.mandant, name, now);
  });
  if (closed) return base::fail(base::Code::ZuVieleVersuche);
  if (!hash.empty() && verifyPassword(hash, passwort)) return {};
  journal_.database().write(wer.mandant, [&](sql::WriteTx& tx) { zaehleVersuch(tx, wer.mandant, name, now); });
  return base::fail(base::Code::EingabeUngueltig, "Das Passwort stimmt nicht.", feld);
}

base::Result<std::optional<base::Uuid>> Zugang::earlierAnswer(const sql::ReadTx& tx, const Berechtigung& wer,
                                                              const base::Uuid& key, const std::string& fingerprint) {
  const auto earlier = tx.one<Frueher>(
      "SELECT anfrage_hash, antwort FROM idempotenz WHERE mandant = :mandant AND person = :person AND schluessel = "
      ":schluessel",
      wer.mandant, wer.person, key);
  if (!earlier) return std::optional<base::Uuid>{};
  if (earlier->anfrageHash != fingerprint) return base::fail(base::Code::SchluesselWiederverwendet);
  return std::optional<base::Uuid>{earlier->antwort};
}

void Zugang::rememberAnswer(journal::Change& change, const Berechtigung& wer, const base::Uuid& key,
                            const std::string& fingerprint, const base::Uuid& uuid) {
  change.tx().exec("DELETE FROM idempotenz WHERE mandant = :mandant AND zeit < :alt", wer.mandant,
                   change.zeit().plusSeconds(-keySeconds));
  change.tx().exec(
      "INSERT INTO idempotenz (mandant, person, schluessel, anfrage_hash, antwort, zeit) "
      "VALUES (:mandant, :person, :schluessel, :anfrage, :antwort, :zeit)",
      wer.mandant, wer.person, key, fingerprint, uuid, change.zeit());
}

}  // namespace mandant
