#include <sodium.h>

#include "base/codebild.h"
#include "drossel.h"
#include "mandant/zweitfaktor.h"

namespace mandant {
namespace {

using http::None;
using http::Verb;

struct FaktorAusgabe {
  base::Uuid id{};
  Faktorart art{};
  std::string bezeichnung{};
  base::Zeitpunkt erstellt{};
  std::optional<base::Zeitpunkt> benutzt{};
};
BOOST_DESCRIBE_STRUCT(FaktorAusgabe, (), (id, art, bezeichnung, erstellt, benutzt))

struct Faktorstand {
  std::vector<FaktorAusgabe> eintraege{};
  std::int64_t codes = 0;           ///< codes to use once that are left
  bool schluesselMoeglich = false;  ///< the operator has named the address that keys are for
  bool pflicht = false;
};
BOOST_DESCRIBE_STRUCT(Faktorstand, (), (eintraege, codes, schluesselMoeglich, pflicht))

struct PasswortNachweis {
  base::Line<200> passwort{};
};
BOOST_DESCRIBE_STRUCT(PasswortNachweis, (), (passwort))

struct CodeApp {
  std::string geheimnis{}, adresse{};
  std::string pfad{};
  std::int64_t breite = 0;
};
BOOST_DESCRIBE_STRUCT(CodeApp, (), (geheimnis, adresse, pfad, breite))

/// What navigator.credentials.create asks for.
struct SchluesselAufgabe {
  std::string aufgabe{}, partei{}, person{}, anmeldename{}, name{};
  std::vector<std::int64_t> verfahren{};
  std::vector<std::string> vorhanden{};
};
BOOST_DESCRIBE_STRUCT(SchluesselAufgabe, (), (aufgabe, partei, person, anmeldename, name, verfahren, vorhanden))

/// And what navigator.credentials.get asks for.
struct NachweisAufgabe {
  std::string aufgabe{}, partei{};
  std::vector<std::string> schluessel{};
};
BOOST_DESCRIBE_STRUCT(NachweisAufgabe, (), (aufgabe, partei, schluessel))

/// Bytes as base64url.
using Bytes = base::Line<8000>;

struct FaktorEingabe {
  Faktorart art{};
  base::Line<60> bezeichnung{};
  std::optional<base::Line<20>> code{};
  std::optional<Bytes> clientData{}, authenticatorData{};
};
BOOST_DESCRIBE_STRUCT(FaktorEingabe, (), (art, bezeichnung, code, clientData, authenticatorData))

struct FaktorAngelegt {
  base::Uuid id{};
  std::vector<std::string> codes{};  ///< shown this once; empty where there are some already
};
BOOST_DESCRIBE_STRUCT(FaktorAngelegt, (), (id, codes))

struct CodeListe {
  std::vector<std::string> codes{};
};
BOOST_DESCRIBE_STRUCT(CodeListe, (), (codes))

struct SchluesselEingabe {
  base::Line<2000> kennung{};
  Bytes clientData{}, authenticatorData{}, signatur{};
};
BOOST_DESCRIBE_STRUCT(SchluesselEingabe, (), (kennung, clientData, authenticatorData, signatur))

struct FaktorNachweis {
  std::optional<base::Line<60>> code{};
  std::optional<SchluesselEingabe> schluessel{};
};
BOOST_DESCRIBE_STRUCT(FaktorNachweis, (), (code, schluessel))

struct Zurueckgesetzt {
  bool benachrichtigt = false;
};
BOOST_DESCRIBE_STRUCT(Zurueckgesetzt, (), (benachrichtigt))

struct PflichtEingabe {
  Faktorpflicht pflicht{};
};
BOOST_DESCRIBE_STRUCT(PflichtEingabe, (), (pflicht))

struct PflichtAusgabe {
  std::int64_t stand = 0;
  Faktorpflicht pflicht{};
};
BOOST_DESCRIBE_STRUCT(PflichtAusgabe, (), (stand, pflicht))

constexpr std::string_view totpAufgabe = "totp:", schluesselAufgabe = "schluessel:", nachweisAufgabe = "nachweis:";

/// The rest of what was asked, if it was of that kind.
std::optional<std::string> rest(const std::optional<std::string>& aufgabe, std::string_view art) {
  if (!aufgabe || !aufgabe->starts_with(art)) return std::nullopt;
  return aufgabe->substr(art.size());
}

std::string bytesFromHex(const std::string& hex) {
  std::string out(hex.size() / 2, '\0');
  (void)sodium_hex2bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), hex.data(), hex.size(), nullptr,
                       nullptr, nullptr);
  return out;
}
std::string random32() { return bytesFromHex(base::randomHex(32)); }

tl::unexpected<base::Error> zuSpaet() {
  return base::fail(base::Code::Konflikt, "Das hat zu lange gedauert. Beginnen Sie bitte noch einmal.");
}

/// Factors are changed in a browser, by somebody who has just said the password: no token, and no session that still
/// lacks the proof of its factor.
base::Result<void> darfFaktoren(const Berechtigung& wer) {
  if (wer.csrf.empty() || wer.offen == Offen::faktor || wer.offen == Offen::kennwort)
    return base::fail(base::Code::NichtErlaubt, "Das geht nur in einer Sitzung.");
  return {};
}
base::Result<void> darfAendern(Zugang& zugang, const Berechtigung& wer, const PasswortNachweis& eingabe) {
  AKTENLOTSE_TRY(darfFaktoren(wer));
  return zugang.verlangePasswort(wer, eingabe.passwort.value, "passwort");
}

std::vector<std::string> kennungen(const std::vector<FaktorZeile>& faktoren) {
  std::vector<std::string> out;
  for (const auto& faktor : faktoren)
    if (faktor.art == Faktorart::schluessel) out.push_back(faktor.kennung);
  return out;
}

template <class Out>
http::Reply<Out> with(Out value) {
  http::Reply<Out> reply;
  reply.value = std::move(value);
  return reply;
}

base::Result<Partei> parteiOf(Zugang& zugang) {
  if (zugang.partei()) return *zugang.partei();
  return base::fail(
      base::Code::Konflikt,
      "Sicherheitsschlüssel gibt es hier noch nicht: Der Betreiber muss mit --adresse sagen, unter welcher "
      "Adresse Sie arbeiten.");
}

base::Result<http::Reply<CodeApp>> beginneTotp(Zugang& zugang, const Berechtigung& wer) {
  const auto hex = base::randomHex(20);
  const auto now = zugang.journal().clock().now();
  return zugang.journal().database().write(wer.mandant, [&](sql::WriteTx& tx) -> base::Result<http::Reply<CodeApp>> {
    merkeAufgabe(tx, wer, std::string(totpAufgabe) + hex, now);
    const auto key = bytesFromHex(hex);
    CodeApp out{base32(key),
                totpAdresse(key, allRows<MandantZeile>(tx, wer.mandant).at(0).name,
                            rowById<PersonZeile>(tx, wer.mandant, wer.person).value().anmeldename),
                {},
                0};
    const auto bild = base::zeichneCode(out.adresse);
    out.pfad = bild.pfad;
    out.breite = bild.breite;
    return with(std::move(out));
  });
}

base::Result<http::Reply<SchluesselAufgabe>> beginneSchluessel(Zugang& zugang, const Berechtigung& wer) {
  AKTENLOTSE_GET(partei, parteiOf(zugang));
  const auto aufgabe = base64Url(random32());
  const auto now = zugang.journal().clock().now();
  return zugang.journal().database().write(
      wer.mandant, [&](sql::WriteTx& tx) -> base::Result<http::Reply<SchluesselAufgabe>> {
        merkeAufgabe(tx, wer, std::string(schluesselAufgabe) + aufgabe, now);
        const auto person = rowById<PersonZeile>(tx, wer.mandant, wer.person).value();
        return with(SchluesselAufgabe{aufgabe,
                                      partei.id,
                                      base64Url(person.uuid.text()),
                                      person.anmeldename,
                                      nameOf(person),
                                      {std::begin(verfahren), std::end(verfahren)},
                                      kennungen(faktorenOf(tx, wer.mandant, wer.person))});
      });
}

/// The factor as it will be kept, when the answer fits what was asked.
base::Result<FaktorZeile> pruefe(Zugang& zugang, const FaktorEingabe& eingabe,
                                 const std::optional<std::string>& aufgabe) {
  FaktorZeile out;
  out.art = eingabe.art;
  out.bezeichnung = eingabe.bezeichnung.value;
  if (eingabe.art == Faktorart::totp) {
    const auto hex = rest(aufgabe, totpAufgabe);
    if (!hex) return zuSpaet();
    const auto step =
        totpSchritt(bytesFromHex(*hex), eingabe.code ? eingabe.code->value : "", zugang.journal().clock().now(), 0);
    if (!step)
      return base::fail(base::Code::EingabeUngueltig, "Der Code stimmt nicht. Geht die Uhr Ihres Telefons richtig?",
                        "code");
    out.geheimnis = *hex;
    out.zaehler = *step;
    return out;
  }
  AKTENLOTSE_GET(partei, parteiOf(zugang));
  const auto challenge = rest(aufgabe, schluesselAufgabe);
  if (!challenge) return zuSpaet();
  const auto clientData = ausBase64Url(eingabe.clientData ? eingabe.clientData->value : "");
  const auto authenticatorData = ausBase64Url(eingabe.authenticatorData ? eingabe.authenticatorData->value : "");
  if (!clientData || !authenticatorData)
    return base::fail(base::Code::EingabeUngueltig, "Der Sicherheitsschlüssel wurde nicht anerkannt.", "schluessel");
  AKTENLOTSE_GET(key, pruefeRegistrierung(partei, *challenge, *clientData, *authenticatorData));
  out.kennung = key.kennung;
  out.geheimnis = key.oeffentlich;
  out.verfahren = key.verfahren;
  out.zaehler = key.zaehler;
  return out;
}

/// What was asked holds for one answer: it is gone before the answer is looked at. The key of an app stays, as who
/// mistypes its code has proved nothing yet.
std::optional<std::string> takeAufgabe(Zugang& zugang, const Berechtigung& wer) {
  const auto now = zugang.journal().clock().now();
  return zugang.journal().database().write(wer.mandant, [&](sql::WriteTx& tx) {
    auto aufgabe = aufgabeOf(tx, wer, now);
    if (!rest(aufgabe, totpAufgabe)) vergissAufgabe(tx, wer);
    return aufgabe;
  });
}

base::Result<http::Reply<FaktorAngelegt>> legeAn(Zugang& zugang, const auto& call) {
  const auto& wer = Zugang::who(call);
  AKTENLOTSE_TRY(darfFaktoren(wer));
  AKTENLOTSE_GET(faktor, pruefe(zugang, call.body, takeAufgabe(zugang, wer)));
  std::string cookie;
  auto reply =
      zugang.change<FaktorAngelegt>(call, [&](Change& change, const Berechtigung& who) -> base::Result<FaktorAngelegt> {
        AKTENLOTSE_GET(codes, fuegeFaktorHinzu(change, who, faktor));
        if (who.offen) {
          Zugang::abmelden(change.tx(), who.mandant, who.person);
          cookie = zugang.eroeffne(change.tx(), who.mandant, who.person, {}).cookie;
        }
        return FaktorAngelegt{faktor.uuid, codes};
      });
  if (reply && !cookie.empty()) reply->headers.emplace_back("Set-Cookie", cookie);
  return reply;
}

base::Result<http::Reply<None>> weiseNach(Zugang& zugang, const Berechtigung& wer, const FaktorNachweis& eingabe) {
  if (wer.offen != Offen::faktor) return base::fail(base::Code::Konflikt, "Sie sind schon angemeldet.");
  auto& database = zugang.journal().database();
  const auto now = zugang.journal().clock().now();
  const auto quelle = "faktor " + std::to_string(wer.person);
  if (database.read(wer.mandant, [&](const sql::ReadTx& tx) { return gedrosselt(tx, wer.mandant, quelle, now); }))
    return base::fail(base::Code::ZuVieleVersuche);
  const auto challenge = eingabe.schluessel ? rest(takeAufgabe(zugang, wer), nachweisAufgabe) : std::nullopt;
  auto reply = database.write(wer.mandant, [&](sql::WriteTx& tx) -> base::Result<http::Reply<None>> {
    if (eingabe.schluessel) {
      const auto& key = *eingabe.schluessel;
      AKTENLOTSE_GET(partei, parteiOf(zugang));
      const auto clientData = ausBase64Url(key.clientData.value), data = ausBase64Url(key.authenticatorData.value),
                 signature = ausBase64Url(key.signatur.value);
      if (!challenge || !clientData || !data || !signature) return zuSpaet();
      AKTENLOTSE_TRY(
          loeseSchluesselEin(tx, wer, partei, *challenge, key.kennung.value, {*clientData, *data, *signature}, now));
    } else {
      AKTENLOTSE_TRY(loeseCodeEin(tx, wer, eingabe.code ? eingabe.code->value : "", now));
    }
    vergissVersuche(tx, wer.mandant, quelle);
    tx.exec("DELETE FROM sitzung WHERE mandant = :mandant AND geheimnis_hash = :hash", wer.mandant, wer.geheimnisHash);
    http::Reply<None> out;
    out.headers.emplace_back("Set-Cookie",
                             zugang.eroeffne(tx, wer.mandant, wer.person, danach(tx, wer.mandant, wer.person)).cookie);
    return out;
  });
  if (!reply) database.write(wer.mandant, [&](sql::WriteTx& tx) { zaehleVersuch(tx, wer.mandant, quelle, now); });
  return reply;
}

void addLoginRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, NachweisAufgabe>(
      Verb::post, "/api/anmeldung/aufgabe",
      {.id = "faktorAufgabe",
       .tag = "Anmeldung",
       .summary = "What a security key must answer to finish signing in",
       .signingIn = true},
      [&](const auto& call) -> base::Result<http::Reply<NachweisAufgabe>> {
        const auto& wer = Zugang::who(call);
        AKTENLOTSE_GET(partei, parteiOf(zugang));
        const auto aufgabe = base64Url(random32());
        const auto now = zugang.journal().clock().now();
        return zugang.journal().database().write(
            wer.mandant, [&](sql::WriteTx& tx) -> base::Result<http::Reply<NachweisAufgabe>> {
              merkeAufgabe(tx, wer, std::string(nachweisAufgabe) + aufgabe, now);
              return with(NachweisAufgabe{aufgabe, partei.id, kennungen(faktorenOf(tx, wer.mandant, wer.person))});
            });
      });
  routes.add<FaktorNachweis, None, None>(
      Verb::post, "/api/anmeldung/faktor",
      {.id = "faktorNachweisen",
       .tag = "Anmeldung",
       .summary = "Finish signing in: a code of the app, one to use once, or the answer of a security key",
       .signingIn = true},
      [&](const auto& call) { return weiseNach(zugang, Zugang::who(call), call.body); });
}

void addOwnRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, Faktorstand>(
      Verb::get, "/api/anmeldung/faktoren",
      {.id = "faktoren", .tag = "Anmeldung", .summary = "One's own second factors", .signingIn = true},
      [&](const auto& call) {
        return zugang.template read<Faktorstand>(
            call, [&](const sql::ReadTx& tx, const Berechtigung& wer) -> base::Result<Faktorstand> {
              if (wer.offen == Offen::faktor || wer.offen == Offen::kennwort)
                return base::fail(base::Code::NichtErlaubt);
              Faktorstand out;
              for (const auto& faktor : faktorenOf(tx, wer.mandant, wer.person))
                out.eintraege.push_back({faktor.uuid, faktor.art, faktor.bezeichnung, faktor.erstellt, faktor.benutzt});
              out.codes = codesOf(tx, wer.mandant, wer.person);
              out.schluesselMoeglich = zugang.partei().has_value();
              out.pflicht = faktorVerlangt(tx, wer.mandant, wer.person);
              return out;
            });
      });
  routes.add<PasswortNachweis, None, CodeApp>(
      Verb::post, "/api/anmeldung/faktoren/totp",
      {.id = "totpBeginnen",
       .tag = "Anmeldung",
       .summary = "Begin to set up an authenticator app; its key is shown this once",
       .signingIn = true},
      [&](const auto& call) -> base::Result<http::Reply<CodeApp>> {
        AKTENLOTSE_TRY(darfAendern(zugang, Zugang::who(call), call.body));
        return beginneTotp(zugang, Zugang::who(call));
      });
  routes.add<PasswortNachweis, None, SchluesselAufgabe>(
      Verb::post, "/api/anmeldung/faktoren/schluessel",
      {.id = "schluesselBeginnen",
       .tag = "Anmeldung",
       .summary = "Begin to set up a security key (WebAuthn)",
       .signingIn = true},
      [&](const auto& call) -> base::Result<http::Reply<SchluesselAufgabe>> {
        AKTENLOTSE_TRY(darfAendern(zugang, Zugang::who(call), call.body));
        return beginneSchluessel(zugang, Zugang::who(call));
      });
  routes.add<FaktorEingabe, None, FaktorAngelegt>(
      Verb::post, "/api/anmeldung/faktoren",
      {.id = "faktorAnlegen",
       .tag = "Anmeldung",
       .summary = "Finish setting up a second factor; other sessions end. The first brings ten codes to use once",
       .signingIn = true},
      [&](const auto& call) { return legeAn(zugang, call); });
  routes.add<PasswortNachweis, None, None>(
      Verb::post, "/api/anmeldung/faktoren/{id}/entfernen",
      {.id = "faktorEntfernen", .tag = "Anmeldung", .summary = "Remove a second factor; other sessions end"},
      [&](const auto& call) -> base::Result<http::Reply<None>> {
        AKTENLOTSE_TRY(darfAendern(zugang, Zugang::who(call), call.body));
        return zugang.template change<None>(call, [&](Change& change, const Berechtigung& wer) -> base::Result<None> {
          AKTENLOTSE_TRY(entferneFaktor(change, wer, call.id));
          return None{};
        });
      });
  routes.add<PasswortNachweis, None, CodeListe>(
      Verb::post, "/api/anmeldung/faktoren/codes",
      {.id = "codesErneuern", .tag = "Anmeldung", .summary = "Ten new codes to use once; the old ones are void"},
      [&](const auto& call) -> base::Result<http::Reply<CodeListe>> {
        AKTENLOTSE_TRY(darfAendern(zugang, Zugang::who(call), call.body));
        return zugang.template change<CodeListe>(
            call, [&](Change& change, const Berechtigung& wer) -> base::Result<CodeListe> {
              if (faktorenOf(change.tx(), wer.mandant, wer.person).empty())
                return base::fail(base::Code::Konflikt, "Richten Sie zuerst einen zweiten Faktor ein.");
              return CodeListe{erneuereCodes(change, wer)};
            });
      });
}

void addAdministrationRoutes(http::Routes& routes, Zugang& zugang) {
  routes.add<None, None, Zurueckgesetzt>(
      Verb::del, "/api/personen/{id}/faktoren",
      {.id = "personFaktorenZuruecksetzen",
       .tag = "Organisation",
       .summary = "Remove all second factors of a person, and end the sessions; the person is told by mail",
       .recht = "personPflegen"},
      [&](const auto& call) {
        return zugang.template change<Zurueckgesetzt>(
            call, [&](Change& change, const Berechtigung& wer) -> base::Result<Zurueckgesetzt> {
              const auto person = rowByUuid<PersonZeile>(change.tx(), wer.mandant, call.id);
              if (!person) return base::fail(base::Code::NichtGefunden);
              return Zurueckgesetzt{setzeFaktorenZurueck(change, *person)};
            });
      });
  routes.add<None, None, PflichtAusgabe>(
      Verb::get, "/api/mandant/zweiterfaktor",
      {.id = "faktorpflicht",
       .tag = "Mandant",
       .summary = "From whom the tenant asks a second factor",
       .recht = "personPflegen"},
      [&](const auto& call) {
        return zugang.template read<PflichtAusgabe>(
            call, [](const sql::ReadTx& tx, const Berechtigung& wer) -> base::Result<PflichtAusgabe> {
              const auto town = allRows<MandantZeile>(tx, wer.mandant).at(0);
              return PflichtAusgabe{town.stand, town.zweiterFaktor.value_or(Faktorpflicht::freiwillig)};
            });
      });
  routes.add<PflichtEingabe, None, PflichtAusgabe>(
      Verb::put, "/api/mandant/zweiterfaktor",
      {.id = "faktorpflichtSetzen",
       .tag = "Mandant",
       .summary = "Set it; who has none and needs one from now on must sign in again and set one up",
       .recht = "personPflegen",
       .changesExisting = true},
      [&](const auto& call) {
        return zugang.template change<PflichtAusgabe>(
            call, [&](Change& change, const Berechtigung& wer) -> base::Result<PflichtAusgabe> {
              const auto before = allRows<MandantZeile>(change.tx(), wer.mandant).at(0);
              AKTENLOTSE_TRY(checkStand(call, before.stand));
              AKTENLOTSE_GET(after, setzeFaktorpflicht(change, wer, before, call.body.pflicht));
              return PflichtAusgabe{after.stand, call.body.pflicht};
            });
      });
}

}  // namespace

void addZweitfaktorRoutes(http::Routes& routes, Zugang& zugang) {
  addLoginRoutes(routes, zugang);
  addOwnRoutes(routes, zugang);
  addAdministrationRoutes(routes, zugang);
}

}  // namespace mandant
